"""Figures of one branch and one month, for its report to the ward.

Everything is counted up to one day and by dates on record, so that the same day gives the same
figures when they are asked for again.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Subquery
from django.db.models.functions import Coalesce

from chidoan.hoat_dong.queries import cau_hoat_dong
from chidoan.models import BuoiSinhHoat, ChuDiem, HoatDong, NghiQuyet
from chidoan.queries import danh_sach
from core.periods import KyBaoCao
from doanvien.bien_dong import NHAN, bien_dong
from doanvien.doan_phi.queries import con_no_thang
from doanvien.models import DoanPhi, NopDoanPhi, PhieuThu, SoThuDoanPhi
from tochuc.models import DonVi
from tochuc.van_ban import cap_tren_tai_ngay

from .doc_buoi import NhiemVu


@dataclass(frozen=True, kw_only=True)
class BuoiTrongThang:
    """One meeting of the month."""

    ten: str
    ngay: date
    chu_diem: str
    du_hop: int
    danh_sach: int
    kem_theo: str


@dataclass(frozen=True, kw_only=True)
class DoanPhiThang:
    """Dues of the month: who had to pay it and who did, money taken and money handed over.

    `nop_cua` names the months that what was handed over is of.
    """

    da_mo_so: bool
    phai_dong: int = 0
    da_dong: int = 0
    thu: int = 0
    nop: int = 0
    nop_cua: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SoLieuThang:
    """What the report tells in figures; the same values always give the same paper."""

    ky: KyBaoCao
    den: date
    doan_vien: int
    nu: int
    di_xa: int
    vao: tuple[tuple[str, int], ...]
    ra: tuple[tuple[str, int], ...]
    buoi: tuple[BuoiTrongThang, ...]
    hop_bch: int
    xong: tuple[NhiemVu, ...]
    thoi: int
    con_lai: tuple[NhiemVu, ...]
    qua_han: int
    hoat_dong: tuple[str, ...]
    doan_phi: DoanPhiThang | None
    chu_diem_sau: str


def so_lieu_thang(chi_doan: DonVi, ky: KyBaoCao, den: date, *, co_doan_phi: bool) -> SoLieuThang:
    """The figures of `ky` up to `den`. Twelve queries, whatever there is to count."""
    rows = bien_dong(chi_doan, ky, den=den)
    vao, ra = (rows[0].vao, rows[0].ra) if rows else ({}, {})
    held = list(_held(chi_doan, ky, den))
    open_rows = list(_open(chi_doan, den))
    done = list(_ended(chi_doan, ky, den))
    return SoLieuThang(
        ky=ky,
        den=den,
        **_people(chi_doan, den),
        vao=_named(vao),
        ra=_named(ra),
        buoi=tuple(_meeting(row) for row in held if row.loai != BuoiSinhHoat.Loai.BCH),
        hop_bch=sum(row.loai == BuoiSinhHoat.Loai.BCH for row in held),
        xong=tuple(_task(row) for row in done if row.trang_thai == NghiQuyet.TrangThai.XONG),
        thoi=sum(row.trang_thai == NghiQuyet.TrangThai.THOI for row in done),
        con_lai=tuple(_task(row) for row in open_rows),
        qua_han=sum(row.han < den for row in open_rows),
        hoat_dong=tuple(_activities(chi_doan, ky, den)),
        doan_phi=_dues(chi_doan, ky, den) if co_doan_phi else None,
        chu_diem_sau=_theme(chi_doan, ky.next),
    )


def _people(chi_doan: DonVi, day: date) -> dict[str, int]:
    away = Q(di_xa_tu__lte=day) & (Q(di_xa_den__isnull=True) | Q(di_xa_den__gte=day))
    return danh_sach(chi_doan.pk, day).aggregate(
        doan_vien=Count("pk"),
        nu=Count("pk", filter=Q(gioi_tinh="nu")),
        di_xa=Count("pk", filter=away),
    )


def _named(counts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple((NHAN[key].lower(), number) for key, number in counts.items() if number)


def _held(chi_doan: DonVi, ky: KyBaoCao, den: date):
    rows = BuoiSinhHoat.objects.filter(chi_doan=chi_doan, ngay__range=(ky.start, den))
    return rows.da_hop().with_diem_danh().order_by("ngay", "pk")


def _meeting(row: BuoiSinhHoat) -> BuoiTrongThang:
    return BuoiTrongThang(
        ten=row.get_loai_display(),
        ngay=row.ngay,
        chu_diem=row.chu_diem,
        du_hop=row.so_du_hop,
        danh_sach=row.so_danh_sach,
        kem_theo=row.hoat_dong_kem,
    )


def _resolved(chi_doan: DonVi, den: date):
    rows = NghiQuyet.objects.filter(chi_doan=chi_doan, buoi__ngay__lte=den)
    return rows.select_related("phu_trach").order_by("han", "pk")


def _open(chi_doan: DonVi, den: date):
    """Open at the end of that day, whatever became of them later."""
    open_then = Q(ket_thuc_ngay__isnull=True) | Q(ket_thuc_ngay__gt=den)
    return _resolved(chi_doan, den).filter(open_then)


def _ended(chi_doan: DonVi, ky: KyBaoCao, den: date):
    return _resolved(chi_doan, den).filter(ket_thuc_ngay__range=(ky.start, den))


def _task(row: NghiQuyet) -> NhiemVu:
    return NhiemVu(
        noi_dung=row.noi_dung,
        phu_trach=row.phu_trach.ho_ten,
        han=row.han,
        ket_qua=row.ket_qua,
        trang_thai=NghiQuyet.TrangThai(row.trang_thai).value,
    )


def _activities(chi_doan: DonVi, ky: KyBaoCao, den: date):
    """A sentence for each activity that ended in the month, with its last day."""
    rows = HoatDong.objects.filter(don_vi=chi_doan, den_ngay__range=(ky.start, den))
    for row in rows.da_xong().with_tham_gia().order_by("den_ngay", "pk"):
        yield cau_hoat_dong(row, co_ngay=True)


def _dues(chi_doan: DonVi, ky: KyBaoCao, den: date) -> DoanPhiThang:
    """Four queries; one for a branch that keeps no book of dues."""
    book = SoThuDoanPhi.objects.filter(don_vi=chi_doan, tu_thang__lte=ky.start)
    owed = (
        con_no_thang(chi_doan, ky)
        .filter(tu_ngay__lte=den)
        .order_by()
        .values("chi_doan")
        .annotate(so=Count("pk"))
    )
    unpaid = Coalesce(Subquery(owed.values("so")), 0)
    found = book.annotate(no=unpaid).values_list("no", flat=True).first()
    if found is None:
        return DoanPhiThang(da_mo_so=False)
    paid = DoanPhi.objects.con_hieu_luc().trong_thang(ky.start, ky.start)
    paid = paid.filter(chi_doan=chi_doan).aggregate(
        tat_ca=Count("pk"), den=Count("pk", filter=Q(phieu__ngay__lte=den))
    )
    taken = PhieuThu.objects.filter(
        don_vi=chi_doan, loai=PhieuThu.Loai.DOAN_PHI, ngay__range=(ky.start, den)
    )
    handed = NopDoanPhi.objects.con_tinh().filter(don_vi=chi_doan, ngay__range=(ky.start, den))
    shares = list(handed.order_by("ky").values_list("ky", "trich_nop"))
    return DoanPhiThang(
        da_mo_so=True,
        phai_dong=found + paid["tat_ca"],
        da_dong=paid["den"],
        thu=taken.tong_tien(),
        nop=sum(amount for _, amount in shares),
        nop_cua=tuple(dict.fromkeys(KyBaoCao.parse(code).ten for code, _ in shares)),
    )


def _theme(chi_doan: DonVi, ky: KyBaoCao) -> str:
    ward = cap_tren_tai_ngay(chi_doan, ky.start)
    row = ChuDiem.objects.filter(don_vi=ward, nam=ky.nam, thang=ky.thang).first()
    return row.ten if row else ""
