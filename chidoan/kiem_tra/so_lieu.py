"""What the system knows of an inspected unit for the time looked at: figures with their rows.

Prepared for the inspectors before they go: each figure opens the very rows that it counts, and
can be taken over into the minutes as the facts of a finding.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from chidoan.lich_hop import NhipHop, ky_phai_hop
from chidoan.models import BuoiSinhHoat, ChiDoan, CuocKiemTra, DiemDanh, NghiQuyet
from core.periods import KyBaoCao, het_ngay, today
from core.text.display import ngay, tien
from core.text.numbers import percent
from doanvien.doan_phi.queries import doc_thang
from doanvien.models import DoanVien, XepLoai
from tochuc.models import DonVi, VanBan
from tochuc.scoping import subtree

from .ket_nap import ket_nap_trong

NHIEU_DON_VI = 4
"""So many branches are named in a sentence; more are counted."""


@dataclass(frozen=True)
class KhoangXem:
    """The unit and the span of days that are looked at."""

    don_vi: DonVi
    tu: date
    den: date

    @property
    def thang(self) -> list[KyBaoCao]:
        """The months that begin within the span: the first one may have met before it."""
        months = [KyBaoCao.month_of(self.tu)]
        if self.tu != months[0].start:
            months = [months[0].next]
        while months[-1].end < self.den:
            months.append(months[-1].next)
        return months


@dataclass(frozen=True)
class SoLieu:
    """One figure: `cau` is the sentence for the minutes, `family` how it looks."""

    ma: str
    ten: str
    gia_tri: str
    cau: str
    family: str = "neutral"
    ghi_chu: str = ""


# ---- the rows behind each figure -----------------------------------------------------------


def buoi_trong(xem: KhoangXem):
    rows = BuoiSinhHoat.objects.under(xem.don_vi).da_hop().sinh_hoat()
    return rows.filter(ngay__range=(xem.tu, xem.den))


def chua_bien_ban(xem: KhoangXem):
    """Meetings whose minutes were never issued as a paper."""
    issued = VanBan.objects.con_gia_tri().filter(
        doi_tuong_loai=BuoiSinhHoat._meta.label_lower, doi_tuong_id=OuterRef("pk"), loai="BB"
    )
    return buoi_trong(xem).filter(~Exists(issued))


def diem_danh_trong(xem: KhoangXem):
    rows = DiemDanh.objects.da_hop().sinh_hoat().under(xem.don_vi)
    return rows.filter(buoi__ngay__range=(xem.tu, xem.den))


def nghi_quyet_qua_han(xem: KhoangXem):
    """Resolutions that were due in the span and are not finished."""
    rows = NghiQuyet.objects.under(xem.don_vi).qua_han(xem.den)
    return rows.filter(han__gte=xem.tu)


def xep_loai_trong(xem: KhoangXem):
    rows = XepLoai.objects.under(xem.don_vi).exclude(muc__startswith="cu_")
    return rows.filter(ngay__range=(xem.tu, xem.den))


def nguoi_no(xem: KhoangXem):
    """Members who owe dues of a month of the span."""
    owed = {item.doan_vien for item in _thang_no(xem)}
    return DoanVien.objects.filter(pk__in=owed).select_related("chi_doan")


def _thang_no(xem: KhoangXem):
    scope = subtree("chi_doan__path", xem.don_vi.path)
    rows = doc_thang(scope, xem.tu, xem.den, xem.den)
    return [item for item in rows if item.is_no and item.path.startswith(xem.don_vi.path)]


DONG: dict[str, Callable[[KhoangXem], object]] = {
    "sinh_hoat": buoi_trong,
    "ghi_muon": lambda xem: buoi_trong(xem).filter(ghi_muon=True),
    "bien_ban": chua_bien_ban,
    "du_hop": diem_danh_trong,
    "nghi_quyet": nghi_quyet_qua_han,
    "doan_phi": nguoi_no,
    "ket_nap": lambda xem: ket_nap_trong(xem.don_vi, xem.tu, xem.den),
    "ket_nap_thieu": lambda xem: ket_nap_trong(xem.don_vi, xem.tu, xem.den).filter(so_thieu__gt=0),
    "xep_loai": xep_loai_trong,
}
"""The rows that a figure opens, by its code."""
TEN = {
    "sinh_hoat": "Sinh hoạt chi đoàn",
    "du_hop": "Lượt dự sinh hoạt",
    "ghi_muon": "Buổi ghi muộn",
    "bien_ban": "Buổi chưa lập biên bản",
    "nghi_quyet": "Nghị quyết quá hạn chưa xong",
    "doan_phi": "Đoàn viên nợ đoàn phí",
    "ket_nap": "Kết nạp đoàn viên",
    "ket_nap_thieu": "Kết nạp chưa đủ bước",
    "xep_loai": "Đoàn viên được xếp loại",
}


def dong_so_lieu(ma: str, xem: KhoangXem):
    return DONG[ma](xem)


def khoang_cua(cuoc: CuocKiemTra) -> KhoangXem:
    """The time an inspection looks at; before the visit the year so far."""
    if cuoc.tu_ngay:
        return KhoangXem(cuoc.doi_tuong, cuoc.tu_ngay, cuoc.den_ngay)
    day = cuoc.doi_tuong.ngay_so_lieu(today())
    return KhoangXem(cuoc.doi_tuong, date(day.year, 1, 1), day)


def so_lieu_cua(cuoc: CuocKiemTra, ma: str) -> SoLieu | None:
    """One figure for the minutes; none for an unknown one."""
    rows = doc_so_lieu(khoang_cua(cuoc))
    return next((row for row in rows if row.ma == ma), None)


# ---- the figures ---------------------------------------------------------------------------


def doc_so_lieu(xem: KhoangXem) -> list[SoLieu]:
    """Every figure of the unit. About ten queries, however many branches there are."""
    dem = _dem(xem)
    return [
        *_sinh_hoat(xem),
        _nghi_quyet(dem),
        _doan_phi(xem),
        *_ket_nap(dem),
        _xep_loai(dem),
    ]


def _dem(xem: KhoangXem) -> dict[str, int]:
    """Counts of rows that need nothing else, by code; ratings by level. One query."""
    admitted = DONG["ket_nap"](xem)
    rows = {
        "nghi_quyet": nghi_quyet_qua_han(xem),
        "ket_nap": admitted,
        "ket_nap_thieu": admitted.filter(so_thieu__gt=0),
    }
    rated = xep_loai_trong(xem)
    rows |= {muc.value: rated.filter(muc=muc) for muc in XepLoai.Muc}
    counts = {f"dem_{ma}": _count(found) for ma, found in rows.items()}
    found = DonVi.objects.filter(pk=xem.don_vi.pk).values(**counts)[0]
    return {name.removeprefix("dem_"): so for name, so in found.items()}


def _count(rows):
    grouped = rows.order_by().annotate(_g=Value(1)).values("_g").annotate(_n=Count("pk"))
    return Coalesce(Subquery(grouped.values("_n")[:1]), 0)


@dataclass
class _Hop:
    """What was held: months by branch, and how many meetings of which kind."""

    thang: dict[int, set[date]] = field(default_factory=lambda: defaultdict(set))
    so_buoi: int = 0
    muon: int = 0
    khong_bien_ban: int = 0
    du: int = 0
    danh_sach: int = 0


def _sinh_hoat(xem: KhoangXem) -> Iterator[SoLieu]:
    hop = _doc_hop(xem)
    nhip, thieu = _nhip(xem, hop.thang)
    con_thieu = nhip.phai_hop - nhip.da_hop
    du, tong = hop.du, hop.danh_sach
    yield SoLieu(
        "sinh_hoat",
        TEN["sinh_hoat"],
        nhip.phan_so or f"{hop.so_buoi} buổi",
        f"Từ {ngay(xem.tu)} đến {ngay(xem.den)} sinh hoạt {nhip}{f', {thieu}' if thieu else ''}",
        "bad" if con_thieu else "ok",
        ", ".join(part for part in (f"{hop.so_buoi} buổi", thieu) if part),
    )
    yield SoLieu(
        "du_hop",
        TEN["du_hop"],
        f"{du}/{tong}" if tong else "chưa có",
        f"Tỷ lệ dự sinh hoạt {du}/{tong} lượt, đạt {percent(du, tong)}"
        if tong
        else "Không có buổi nào được điểm danh",
        "warn" if tong and du * 3 < tong * 2 else "neutral",
        percent(du, tong) or "",
    )
    yield SoLieu(
        "ghi_muon",
        TEN["ghi_muon"],
        str(hop.muon),
        f"{hop.muon}/{hop.so_buoi} buổi sinh hoạt ghi vào sổ muộn",
        "warn" if hop.muon else "ok",
    )
    yield SoLieu(
        "bien_ban",
        TEN["bien_ban"],
        str(hop.khong_bien_ban),
        f"{hop.khong_bien_ban}/{hop.so_buoi} buổi sinh hoạt chưa lập biên bản",
        "warn" if hop.khong_bien_ban else "ok",
    )


def _doc_hop(xem: KhoangXem) -> _Hop:
    """The meetings of the span; a dispersed branch's quarter may be held before it. One query."""
    first = KyBaoCao.quarter_of(xem.tu).start
    without = chua_bien_ban(xem).filter(pk=OuterRef("pk"))
    rows = BuoiSinhHoat.objects.under(xem.don_vi).da_hop().sinh_hoat()
    rows = rows.filter(ngay__range=(first, xem.den)).order_by()
    found = _Hop()
    columns = ("chi_doan_id", "ngay", "ghi_muon", "thieu", "so_du_hop", "so_danh_sach")
    rows = rows.with_diem_danh().annotate(thieu=Exists(without))
    for branch, day, late, no_minutes, present, roll in rows.values_list(*columns):
        found.thang[branch].add(day.replace(day=1))
        if day >= xem.tu:
            found.so_buoi += 1
            found.muon += late
            found.khong_bien_ban += no_minutes
            found.du += present
            found.danh_sach += roll
    return found


def _nhip(xem: KhoangXem, held: dict[int, set[date]]) -> tuple[NhipHop, str]:
    """Held of expected, and what is missing in words. One query."""
    branches = ChiDoan.objects.under(xem.don_vi).dang_hoat_dong(xem.den).with_nhip()
    total, missing = NhipHop(), []
    last = het_ngay(xem.den)
    for branch in branches.order_by("path"):
        due = [ky for month in xem.thang for ky in ky_phai_hop(branch, month, last)]
        lacks = [ky for ky in due if not any(day in ky for day in held[branch.pk])]
        total += NhipHop(len(due) - len(lacks), len(due))
        if lacks:
            missing.append((branch, lacks))
    return total, _thieu(xem, missing)


def _thieu(xem: KhoangXem, missing: list) -> str:
    if not missing:
        return ""
    if xem.don_vi.is_chi_doan:
        return f"không họp {', '.join(_ten_ky(ky) for ky in missing[0][1])}"
    names = ", ".join(branch.ten for branch, _ in missing[:NHIEU_DON_VI])
    more = f" và {len(missing) - NHIEU_DON_VI} chi đoàn khác" if missing[NHIEU_DON_VI:] else ""
    return f"{len(missing)} chi đoàn họp chưa đủ: {names}{more}"


def _ten_ky(ky: KyBaoCao) -> str:
    return f"tháng {ky.thang}/{ky.nam}" if ky.thang else ky.ten


def _nghi_quyet(dem: dict[str, int]) -> SoLieu:
    so = dem["nghi_quyet"]
    cau = f"{so} nghị quyết đến hạn chưa thực hiện xong"
    return SoLieu("nghi_quyet", TEN["nghi_quyet"], str(so), cau, "warn" if so else "ok")


def _doan_phi(xem: KhoangXem) -> SoLieu:
    rows = _thang_no(xem)
    people = {item.doan_vien for item in rows}
    owed = sum(item.so_tien for item in rows)
    return SoLieu(
        "doan_phi",
        TEN["doan_phi"],
        str(len(people)),
        f"{len(people)} đoàn viên còn nợ đoàn phí {len(rows)} tháng, số tiền {tien(owed)}"
        if people
        else "Đoàn phí thu đủ theo sổ",
        "warn" if people else "ok",
        f"{len(rows)} tháng, {tien(owed)}" if people else "",
    )


def _ket_nap(dem: dict[str, int]) -> Iterator[SoLieu]:
    tong, thieu = dem["ket_nap"], dem["ket_nap_thieu"]
    yield SoLieu("ket_nap", TEN["ket_nap"], str(tong), f"Kết nạp {tong} đoàn viên mới")
    yield SoLieu(
        "ket_nap_thieu",
        TEN["ket_nap_thieu"],
        str(thieu),
        f"{thieu}/{tong} trường hợp kết nạp chưa đủ bước theo quy định",
        "bad" if thieu else "ok",
    )


def _xep_loai(dem: dict[str, int]) -> SoLieu:
    counts = {muc: dem[muc.value] for muc in XepLoai.Muc if not muc.value.startswith("cu_")}
    total = sum(counts.values())
    words = ", ".join(f"{muc.label.lower()} {so}" for muc, so in counts.items() if so)
    cau = f"Xếp loại {total} đoàn viên: {words}" if total else "Chưa xếp loại đoàn viên"
    return SoLieu("xep_loai", TEN["xep_loai"], str(total), cau, ghi_chu=words)
