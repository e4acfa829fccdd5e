"""What the page of one branch shows: the month as a list, the year as a grid."""

import uuid
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from core.periods import KyBaoCao, today
from core.text.display import so, tien, ty_le
from doanvien.models import DoanPhi, DoanVien, PhieuThu
from tochuc.chon_ban_do import ChonBanDo, chon_ban_do
from tochuc.models import DonVi
from tochuc.permissions import Quyen

from . import queries
from .quy_tac import cac_thang, doc_khoang, thang_cua, thang_sau

T = queries.TrangThaiThang
_NHAN = {
    T.NOI_KHAC: ("nơi khác", "Đã đóng ở chi đoàn khác"),
    T.MIEN: ("miễn", "Được miễn"),
    T.CHUA_DEN: ("", "Chưa đến tháng"),
}


@dataclass(slots=True)
class DongThang:
    """A member in the list of a month."""

    doan_vien: DoanVien
    o: queries.Thang
    ma_gui: uuid.UUID
    no_cu: list[date]
    dong: DoanPhi | None = None
    hoan_tac: bool = False

    @property
    def nhan_no_cu(self) -> str:
        return f"còn nợ {doc_khoang(self.no_cu)}" if self.no_cu else ""

    @property
    def nhan(self) -> str:
        return _NHAN.get(self.o.trang_thai, ("", ""))[1]


@dataclass(frozen=True, slots=True)
class OThang:
    """One cell of the grid: `loai` is its class, `chu` what stands in it, `doc` what it means."""

    loai: str
    chu: str
    doc: str
    url: str = ""


@dataclass(slots=True)
class DongNam:
    doan_vien: DoanVien
    cac_o: list[OThang]
    thu: queries.Thu = field(default_factory=queries.Thu)


class TrangChiDoan:
    """A branch's dues in one year, read once, looked at as a month and as a grid."""

    def __init__(self, chi_doan: DonVi, thang: date, hom_nay: date):
        self.chi_doan, self.thang, self.hom_nay = chi_doan, thang_cua(thang), hom_nay
        so_thu = getattr(chi_doan, "so_thu_doan_phi", None)
        self.tu_thang = so_thu.tu_thang if so_thu else None
        self.thang_nay = thang_cua(chi_doan.ngay_so_lieu(hom_nay))
        mo_so = self.tu_thang or min(self.thang, self.thang_nay)
        year = KyBaoCao(self.thang.year)
        items = queries.doc_chi_doan(
            chi_doan, year.start, year.end, self.thang_nay, mo_so=None if so_thu else mo_so
        )
        self.theo_nguoi: dict[int, dict[date, queries.Thang]] = {}
        for item in items:
            self.theo_nguoi.setdefault(item.doan_vien, {})[item.thang] = item
        people = DoanVien.objects.filter(pk__in=self.theo_nguoi).only(
            "ho_ten", "khoa_sap_xep", "chi_doan"
        )
        self.people = list(people)
        self.cac_thang = list(cac_thang(year.start, year.end))

    # ---- the month -------------------------------------------------------------------------

    def dong_thang(self) -> list[DongThang]:
        """Who has something to do with the month: owing first, each in name order."""
        lines = self._lines()
        token = uuid.uuid4()
        no_truoc = min(self.thang, self.thang_nay)
        rows = []
        for person in self.people:
            months = self.theo_nguoi[person.pk]
            if self.thang not in months:
                continue
            line = lines.get(person.pk)
            rows.append(
                DongThang(
                    person,
                    months[self.thang],
                    uuid.uuid5(token, str(person.pk)),
                    [m for m, item in months.items() if item.is_no and m < no_truoc],
                    line,
                    _trong_ngay(line, self.hom_nay),
                )
            )
        return sorted(rows, key=lambda row: not row.o.is_no)

    def thu_thang(self) -> queries.Thu:
        thu = queries.Thu()
        for months in self.theo_nguoi.values():
            if self.thang in months:
                thu.add(months[self.thang])
        return thu

    def _lines(self) -> dict[int, DoanPhi]:
        rows = DoanPhi.objects.con_hieu_luc().filter(chi_doan=self.chi_doan, thang=self.thang)
        return {row.doan_vien_id: row for row in rows.select_related("phieu")}

    # ---- the year --------------------------------------------------------------------------

    def dong_nam(self) -> list[DongNam]:
        return [self._dong_nam(person) for person in self.people]

    def tong_thang(self) -> list[queries.Thu]:
        totals = {thang: queries.Thu() for thang in self.cac_thang}
        for months in self.theo_nguoi.values():
            for thang, item in months.items():
                totals[thang].add(item)
        return list(totals.values())

    def thu_nam(self) -> queries.Thu:
        thu = queries.Thu()
        for months in self.theo_nguoi.values():
            for item in months.values():
                thu.add(item)
        return thu

    def _dong_nam(self, person: DoanVien) -> DongNam:
        months = self.theo_nguoi[person.pk]
        row = DongNam(
            person, [o_cua(months.get(thang), self.thang_nay) for thang in self.cac_thang]
        )
        for item in months.values():
            row.thu.add(item)
        return row

    # ---- around them -----------------------------------------------------------------------

    def thang_ke(self) -> dict:
        """The months before and after, as far as they can be looked at."""
        before, after = thang_sau(self.thang, -1), thang_sau(self.thang)
        last = date(self.hom_nay.year, 12, 1)
        return {"thang_truoc": before, "thang_toi": after if after <= last else None}


def _trong_ngay(line: DoanPhi | None, hom_nay: date) -> bool:
    """Whether it was collected today and not handed over yet: one tap takes it back."""
    if line is None or line.phieu.nop_id:
        return False
    return timezone.localdate(line.phieu.thu_luc) == hom_nay


def o_cua(item: queries.Thang | None, thang_nay: date) -> OThang:
    """A month in the grid; without one nothing is due here. The running month is no debt yet."""
    if item is None:
        return OThang("khong", "–", "Không phải đóng ở đây")
    if item.is_da_dong:
        url = reverse("doanvien:phieu_thu_detail", args=[item.phieu])
        return OThang("da-dong", so(item.so_tien), f"Đã đóng {tien(item.so_tien)}", url)
    if item.is_no and item.thang >= thang_nay:
        return OThang("chua", "chưa", f"Chưa đóng {tien(item.so_tien)}")
    if item.is_no:
        return OThang("no", "nợ", f"Còn nợ {tien(item.so_tien)}")
    return OThang(item.trang_thai.replace("_", "-"), *_NHAN[item.trang_thai])


def doc_thang_hoi(text: str | None, hom_nay: date) -> date:
    """`?thang=2026-11` as its first day; this month for nothing and for nonsense."""
    try:
        ky = KyBaoCao.parse(text or "")
    except ValueError:
        return thang_cua(hom_nay)
    return ky.start if ky.thang else thang_cua(hom_nay)


def ban_do_thu(request, don_vi: DonVi, ky: KyBaoCao) -> ChonBanDo:
    """On which map the dues of a unit are read: of a past period also that of its end."""
    day = min(don_vi.ngay_so_lieu(today()), ky.end)
    return chon_ban_do(
        request.GET,
        request.user,
        Quyen.XEM_DOAN_PHI,
        don_vi,
        day,
        ben_trong=True,
        tung_don_vi=True,
    )


def so_sach(don_vi: DonVi) -> str:
    return reverse("doanvien:doan_phi_don_vi", args=[don_vi.pk])


def kpis(page: TrangChiDoan, thu: queries.Thu) -> list[dict]:
    """The month in three figures, which the list below adds up to."""
    return [
        {
            "label": "Phải thu",
            "value": tien(thu.phai_thu),
            "note": f"{thu.luot_phai_thu} đồng chí",
            "url": "#thang",
        },
        {
            "label": "Đã thu",
            "value": tien(thu.da_thu),
            "note": ty_le(thu.luot_da_thu, thu.luot_phai_thu),
            "url": "#thang",
        },
        {
            "label": "Còn phải thu",
            "value": tien(thu.con_no),
            "note": f"{thu.so_nguoi_no} đồng chí",
            "url": "#thang",
            "bad": bool(thu.con_no and page.thang < page.thang_nay),
        },
    ]


PHIEU_KE_RIENG = 3
"""So many receipts of a day are named one by one; more are one line."""


@dataclass(frozen=True, slots=True)
class ThuHomNay:
    """What was collected today for the month and can still be undone."""

    phieu: list[PhieuThu]  # newest first
    tong: int
    url: str  # the list of today's receipts

    @property
    def ke_rieng(self) -> list[PhieuThu]:
        return self.phieu if len(self.phieu) <= PHIEU_KE_RIENG else []


def thu_hom_nay(page: TrangChiDoan, rows: list[DongThang]) -> ThuHomNay:
    lines = [row.dong for row in rows if row.hoan_tac]
    found = {line.phieu_id: line.phieu for line in lines}
    day = f"{page.hom_nay:%d/%m/%Y}"
    query = {"don_vi": page.chi_doan.pk, "ngay_after": day, "ngay_before": day}
    return ThuHomNay(
        sorted(found.values(), key=lambda phieu: -phieu.so),
        sum(line.so_tien for line in lines),
        f"{reverse('doanvien:phieu_thu_list')}?{urlencode(query)}",
    )
