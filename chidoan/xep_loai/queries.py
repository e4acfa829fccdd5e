"""What the books know about the members of a round, and the level it allows each.

The number of queries does not grow with the members.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, Exists, OuterRef, Value

from chidoan.models import DiemDanh
from chidoan.queries import danh_sach
from core.periods import KyBaoCao
from doanvien.ky_luat.anh_huong import muc_toi_da
from doanvien.models import (
    DoanVien,
    DotXepLoai,
    KyLuat,
    NhanXetCuTru,
    PhieuXepLoai,
    QuaTrinh,
    RenLuyen,
    XepLoai,
)
from doanvien.ngay_thang import ngay_trong_nam
from tochuc.models import DonVi, KhoiChiDoan
from tochuc.quy_dinh import gia_tri, gia_tri_nhieu, ty_le

from .dieu_kien import DUOI_SAU_THANG, KHT, KetLuan, Nguong, SuKien, ket_luan, so_thang_tron

KHOA = (
    "xep_loai_tham_gia_htxs",
    "xep_loai_tham_gia_htt",
    "xep_loai_tham_gia_ht",
    "xep_loai_du_thang",
    "xep_loai_nghi_om",
    "xep_loai_di_xa",
)


_CU_TRU = {
    NhanXetCuTru.Muc.TICH_CUC: PhieuXepLoai.NoiCuTru.TICH_CUC,
    NhanXetCuTru.Muc.THAM_GIA: PhieuXepLoai.NoiCuTru.CO,
    NhanXetCuTru.Muc.KHONG: PhieuXepLoai.NoiCuTru.KHONG,
}


@dataclass(frozen=True)
class DongXepLoai:
    """One member of a round: his sheet, the facts and what they allow."""

    phieu: PhieuXepLoai
    su_kien: SuKien
    ket_luan: KetLuan

    @property
    def doan_vien(self):
        return self.phieu.doan_vien

    @property
    def duoc_xep(self) -> bool:
        return not self.ket_luan.khong_xep

    @property
    def co_don_vi_cu(self) -> bool:
        """Whether the word of an old unit is asked for; who was admitted here has none."""
        is_new = self.ket_luan.khong_xep == DUOI_SAU_THANG and not self.su_kien.moi_ket_nap
        return is_new or bool(self.phieu.muc_don_vi_cu)


@dataclass(frozen=True, kw_only=True)
class SoSach:
    """Sổ sách: what was read of the books, by member."""

    nguong: Nguong
    qua_trinh: dict[int, list[QuaTrinh]]
    diem_danh: dict[int, list[tuple[date, bool]]]
    ren_luyen: dict[int, str]
    cu_tru: dict[int, str]
    ky_luat: dict[int, str]


def load_dong(dot: DotXepLoai, phieu: Iterable[PhieuXepLoai] | None = None) -> list[DongXepLoai]:
    """The sheets of a round (or those given) with their facts. Five queries."""
    sheets = list(dot.phieu.co_nguoi() if phieu is None else phieu)
    people = [sheet.doan_vien_id for sheet in sheets]
    found = _ma(people, dot)
    books = SoSach(
        nguong=load_nguong(dot),
        qua_trinh=_periods(people, dot.ngay_hop),
        diem_danh=_rolls(people, dot),
        ren_luyen=found["ren_luyen"],
        cu_tru={pk: _CU_TRU[muc] for pk, muc in found["cu_tru"].items()},
        ky_luat={pk: muc_toi_da(hinh_thuc) for pk, hinh_thuc in found["ky_luat"].items()},
    )
    facts = [(sheet, _su_kien(dot, sheet, books)) for sheet in sheets]
    return [DongXepLoai(sheet, fact, ket_luan(fact, books.nguong)) for sheet, fact in facts]


def load_nguong(dot: DotXepLoai) -> Nguong:
    """The thresholds in force on the day of the conference. One query."""
    values = gia_tri_nhieu(list(KHOA), ngay=dot.ngay_hop, don_vi=dot.chi_doan)
    return Nguong(
        htxs=ty_le(values["xep_loai_tham_gia_htxs"]),
        htt=ty_le(values["xep_loai_tham_gia_htt"]),
        ht=ty_le(values["xep_loai_tham_gia_ht"]),
        du_thang=values["xep_loai_du_thang"],
        nghi_om=values["xep_loai_nghi_om"],
        di_xa=values["xep_loai_di_xa"],
    )


def hoi_cu_tru(dot: DotXepLoai) -> bool:
    """Members of schools, offices and enterprises take part where they live as well."""
    return dot.chi_doan.khoi not in ("", KhoiChiDoan.DAN_CU)


def lech_danh_sach(
    dot: DotXepLoai, phieu: Iterable[PhieuXepLoai] | None = None
) -> tuple[list, list]:
    """Who is on the roster of the day without a sheet, and whose sheet is left over."""
    people = {person.pk: person for person in danh_sach(dot.chi_doan_id, dot.ngay_hop)}
    known = dot.phieu.co_nguoi() if phieu is None else phieu
    sheets = {sheet.doan_vien_id: sheet.doan_vien for sheet in known}
    added = [person for pk, person in people.items() if pk not in sheets]
    gone = [person for pk, person in sheets.items() if pk not in people]
    return added, gone


def _periods(people: list[int], day: date) -> dict[int, list[QuaTrinh]]:
    """Official periods up to that day, newest first. One query."""
    rows = QuaTrinh.objects.chinh_thuc().filter(doan_vien__in=people, tu_ngay__lte=day)
    found = defaultdict(list)
    for row in rows.order_by("-tu_ngay", "-pk"):
        found[row.doan_vien_id].append(row)
    return found


def _rolls(people: list[int], dot: DotXepLoai) -> dict[int, list[tuple[date, bool]]]:
    """(day, present) of each roll of the year up to the conference that bears the name."""
    year = KyBaoCao(dot.nam)
    until = min(dot.ngay_hop, year.end)
    rows = (
        DiemDanh.objects.da_hop()
        .sinh_hoat()
        .filter(doan_vien__in=people, buoi__ngay__range=(year.start, until))
        .order_by()
        .values_list("doan_vien_id", "buoi__ngay", "trang_thai")
    )
    found = defaultdict(list)
    for pk, ngay, trang_thai in rows:
        found[pk].append((ngay, trang_thai in DiemDanh.DU_HOP))
    return found


def _ma(people: list[int], dot: DotXepLoai) -> dict[str, dict[int, str]]:
    """Codes of three registers by member: training result, residence remark, discipline.

    Of several disciplines in force the one that leaves least counts. One query.
    """
    sources = {
        "ren_luyen": (RenLuyen.objects.cua_nam(dot.nam).exclude(muc=""), "doan_vien_id", "muc"),
        "cu_tru": (
            NhanXetCuTru.objects.filter(nam=dot.nam),
            "qua_trinh__doan_vien_id",
            "muc",
        ),
        "ky_luat": (KyLuat.objects.con_hieu_luc(dot.ngay_hop), "doan_vien_id", "hinh_thuc"),
    }
    first, *rest = (
        rows.filter(**{f"{person}__in": people})
        .order_by()
        .annotate(nguon=Value(ma, output_field=CharField()))
        .values_list("nguon", person, code)
        for ma, (rows, person, code) in sources.items()
    )
    found: dict[str, dict[int, str]] = {ma: {} for ma in sources}
    for ma, pk, code in first.union(*rest, all=True):
        known = found[ma].get(pk)
        if known is None or (ma == "ky_luat" and muc_toi_da(code) == KHT):
            found[ma][pk] = code
    return found


def _su_kien(dot: DotXepLoai, sheet: PhieuXepLoai, books: SoSach) -> SuKien:
    """The remark of the residence goes before what the branch has answered itself."""
    person, pk = sheet.doan_vien, sheet.doan_vien_id
    months, is_admission = _so_thang(books.qua_trinh.get(pk, []), dot.ngay_hop)
    rolls = books.diem_danh.get(pk, [])
    counted = [present for day, present in rolls if not _is_nghi(sheet, day, books.nguong)]
    vao_dang = person.ngay_vao_dang
    return SuKien(
        so_thang=months,
        du_hop=sum(counted),
        so_buoi=len(counted),
        dang_vien=vao_dang is not None and vao_dang <= dot.ngay_hop,
        moi_ket_nap=is_admission,
        don_vi_cu=sheet.muc_don_vi_cu,
        ren_luyen=books.ren_luyen.get(pk, ""),
        nhiem_vu=sheet.nhiem_vu,
        hoi_cu_tru=hoi_cu_tru(dot),
        cu_tru=books.cu_tru.get(pk) or sheet.noi_cu_tru,
        ky_luat=books.ky_luat.get(pk, ""),
        thang_om=_thang_nghi(sheet) if sheet.nghi_vi == PhieuXepLoai.NghiVi.OM else 0,
    )


def _so_thang(periods: list[QuaTrinh], day: date) -> tuple[int, bool]:
    """Whole months without a break in the branch, and whether they began with admission.

    A reorganised unit goes on under another name. Who was there when the book was begun has
    been there for longer than the book tells.
    """
    if not periods:
        return 0, False
    begin = periods[0]
    for earlier in periods[1:]:
        if begin.ly_do_bat_dau != QuaTrinh.LyDoBatDau.SAP_XEP:
            break
        begin = earlier
    if begin.ly_do_bat_dau == QuaTrinh.LyDoBatDau.VAO_SO:
        return 12, False
    is_admission = begin.ly_do_bat_dau == QuaTrinh.LyDoBatDau.KET_NAP
    return so_thang_tron(begin.tu_ngay, day), is_admission


def _is_nghi(sheet: PhieuXepLoai, day: date, nguong: Nguong) -> bool:
    """Whether a leave takes that day out: maternity, or a short absence (33-HD 2019)."""
    if not sheet.nghi_vi or not sheet.nghi_tu <= day <= sheet.nghi_den:
        return False
    if sheet.nghi_vi == PhieuXepLoai.NghiVi.THAI_SAN:
        return True
    is_short = so_thang_tron(sheet.nghi_tu, sheet.nghi_den) < nguong.di_xa
    return sheet.nghi_vi == PhieuXepLoai.NghiVi.DI_XA and is_short


def _thang_nghi(sheet: PhieuXepLoai) -> int:
    """Whole months of a leave; 01/01 to 31/03 is three."""
    return so_thang_tron(sheet.nghi_tu, sheet.nghi_den + timedelta(days=1))


def chua_xep_loai(chi_doan: DonVi, nam: int):
    """The branch itself while it has members, but no round or results of that year; else no row."""
    branch = {"chi_doan": OuterRef("pk")}
    members = DoanVien.objects.dang_sinh_hoat().filter(**branch)
    done = (rows.objects.filter(nam=nam, **branch) for rows in (DotXepLoai, XepLoai))
    return DonVi.objects.filter(Exists(members), *(~Exists(rows) for rows in done), pk=chi_doan.pk)


def nam_hien_hanh(don_vi: DonVi, day: date) -> int:
    """The year whose ratings are at hand: the one before, until this year's season begins."""
    tu_ngay = gia_tri("xep_loai_tu_ngay", ngay=day, don_vi=don_vi)
    return day.year if day >= ngay_trong_nam(tu_ngay, day.year) else day.year - 1
