"""Reads around a called meeting: who is asked, what was answered, who checked in, the feed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, Value
from django.utils import timezone

from chidoan.diem_danh import default_dong
from chidoan.models import BuoiHuy, BuoiSinhHoat, KhoaLich, TraLoiMoi, TuDiemDanh
from chidoan.noi_dung import Dong
from chidoan.queries import danh_sach
from core.periods import today
from doanvien.models import DoanVien
from tochuc.models import DonVi

from .cau_tra_loi import CauTraLoi
from .lien_ket import read

SAU_BUOI = timedelta(days=1)
"""So long after its day a link still opens."""
LICH_LUI = timedelta(days=366)
"""How far back the calendar feed goes."""
COT_DANH_SACH = ("ho_ten", "khoa_sap_xep", "ngay_sinh", "so_the", "di_xa_tu", "di_xa_den")


def cau_tra_loi(buoi: BuoiSinhHoat) -> dict[int, CauTraLoi]:
    """Answers and check-ins of a meeting, by member. One query."""
    answers = TraLoiMoi.objects.filter(buoi=buoi).order_by()
    answers = answers.annotate(la_diem_danh=Value(0), co=F("du_hop"), chu=F("ly_do"))
    answers = answers.values_list("doan_vien_id", "la_diem_danh", "co", "chu", "tra_loi_luc", "pk")
    arrivals = TuDiemDanh.objects.filter(buoi=buoi).order_by()
    arrivals = arrivals.annotate(la_diem_danh=Value(1), co=F("cung_may"), chu=F("cach"))
    arrivals = arrivals.values_list("doan_vien_id", "la_diem_danh", "co", "chu", "luc", "pk")
    found: dict[int, CauTraLoi] = {}
    for doan_vien, is_arrival, yes, word, when, so in answers.union(arrivals, all=True):
        line = found.setdefault(doan_vien, CauTraLoi())
        if is_arrival:
            line.diem_danh_luc, line.diem_danh_so, line.cung_may = when, so, yes
        else:
            line.tra_loi_luc, line.du_hop, line.ly_do = when, yes, word
    return found


def dong_dau_buoi(
    buoi: BuoiSinhHoat | None, said: dict[int, CauTraLoi], stored: dict[int, Dong]
) -> dict[int, Dong]:
    """The roll with what members said themselves: where nobody marked them yet, or marked them
    before they were heard of."""
    given = dict(stored)
    for pk, line in said.items():
        is_newer = pk not in stored or (buoi is not None and line.luc > buoi.ghi_luc)
        if line.dong and is_newer:
            given[pk] = line.dong
    return given


@dataclass(frozen=True)
class NguoiDuocMoi:
    """A member of the meeting's roster with what he said."""

    doan_vien: DoanVien
    cau: CauTraLoi
    di_xa: bool

    @property
    def nhom(self) -> str:
        if self.cau.tra_loi_luc is None:
            return "chua"
        return "di" if self.cau.du_hop else "vang"


def nguoi_duoc_moi(buoi: BuoiSinhHoat) -> list[NguoiDuocMoi]:
    """The roster of the meeting's day, by given name. Two queries."""
    said = cau_tra_loi(buoi)
    people = danh_sach(buoi.chi_doan_id, buoi.ngay).only(*COT_DANH_SACH)
    return [
        NguoiDuocMoi(
            person,
            said.get(person.pk, CauTraLoi()),
            not default_dong(person, buoi.ngay).is_du_hop,
        )
        for person in people
    ]


def tren_danh_sach(buoi: BuoiSinhHoat, pk: int) -> DoanVien | None:
    """The member, when he is on the roster of the meeting's day."""
    return danh_sach(buoi.chi_doan_id, buoi.ngay).filter(pk=pk).only(*COT_DANH_SACH).first()


@dataclass(frozen=True)
class LoiMoi:
    """What a signed link opens: a meeting, and the member it was given to, if to one."""

    buoi: BuoiSinhHoat
    doan_vien: DoanVien | None


def find_loi_moi(ma: str) -> LoiMoi | None:
    """Nothing for a link that is not ours, whose meeting is cancelled or over since more than a
    day, or whose member is not on its roster any more."""
    said = read(ma)
    if said is None:
        return None
    rows = BuoiSinhHoat.objects.filter(hen_luc__isnull=False, ngay__gte=today() - SAU_BUOI)
    buoi = rows.select_related("chi_doan").filter(pk=said.buoi).first()
    if buoi is None:
        return None
    person = tren_danh_sach(buoi, said.doan_vien) if said.doan_vien else None
    return None if said.doan_vien and person is None else LoiMoi(buoi, person)


def find_da_huy(ma: str) -> BuoiHuy | None:
    """The called-off meeting to which a signed link leads, until the day after it."""
    said = read(ma)
    if said is None:
        return None
    rows = BuoiHuy.objects.filter(so=said.buoi, ngay__gte=today() - SAU_BUOI)
    return rows.select_related("chi_doan").first()


def find_diem_danh(ma: str) -> BuoiSinhHoat | None:
    """The meeting that takes check-ins under this code now."""
    rows = BuoiSinhHoat.objects.filter(
        ma_diem_danh=ma.upper(),
        trang_thai=BuoiSinhHoat.TrangThai.NHAP,
        diem_danh_den__gt=timezone.now(),
    )
    return rows.select_related("chi_doan").first()


def cua_nguoi(buoi: BuoiSinhHoat, doan_vien: DoanVien) -> CauTraLoi:
    """What one member said. One query."""
    return cau_tra_loi(buoi).get(doan_vien.pk, CauTraLoi())


def find_khoa_lich(ma: str) -> KhoaLich | None:
    return KhoaLich.objects.filter(ma=ma).select_related("chi_doan").first()


def khoa_lich_cua(chi_doan: DonVi) -> KhoaLich | None:
    return KhoaLich.objects.filter(chi_doan=chi_doan).first()


def buoi_tren_lich(chi_doan: DonVi, day: date) -> list[BuoiSinhHoat]:
    """Called and finished meetings from a year back on; drafts that nobody called are nobody's
    business yet. One query."""
    rows = BuoiSinhHoat.objects.filter(chi_doan=chi_doan, ngay__gte=day - LICH_LUI)
    shown = Q(hen_luc__isnull=False) | ~Q(trang_thai=BuoiSinhHoat.TrangThai.NHAP)
    return list(rows.filter(shown).order_by("ngay", "pk"))


def buoi_huy_tren_lich(chi_doan: DonVi, day: date) -> list[BuoiHuy]:
    """Called-off meetings of the same span. One query."""
    rows = BuoiHuy.objects.filter(chi_doan=chi_doan, ngay__gte=day - LICH_LUI)
    return list(rows.order_by("ngay", "so"))
