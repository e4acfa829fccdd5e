"""Branches in the order in which the ward looks after them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from chidoan.can_giup import CanGiup
from chidoan.lich_hop import SAP_XEP
from chidoan.models import ChiDoan, ChucVu, LanXuong, LoiHua, PhuTrach
from chidoan.queries import (
    KHOA_CAN_GIUP,
    chi_doan_hoat_dong,
    diem_danh_cac_thang,
    nguong_tu,
    thang_xet,
    tinh_hinh_tu,
)
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri_nhieu
from tochuc.scoping import in_force

from .thu_tu import CanKem, lau_chua_xuong, moi_vi_sao, thu_tu

KHOA_XUONG = "han_xuong_chi_doan"
KHOA_MOI = "kem_chi_doan_moi_thang"


@dataclass(frozen=True)
class DongPhuTrach:
    """One branch: why it comes early, who coaches it, the last visit, what was promised."""

    can_giup: CanGiup
    kem: CanKem
    is_lau: bool
    day: date

    @property
    def chi_doan(self) -> ChiDoan:
        return self.can_giup.chi_doan

    @property
    def so_ngay(self) -> int | None:
        return (self.day - self.kem.lan_cuoi).days if self.kem.lan_cuoi else None

    @property
    def vi_sao(self) -> str:
        """Why it comes early, in one line."""
        reasons = self.can_giup.ly_do if self.can_giup.diem else ""
        return "; ".join(filter(None, (self.kem.moi, reasons)))


LOC = {
    "truoc": ("Kèm trước", lambda row: row.kem.nhom < 2),
    "chua_ai": ("Chưa có người phụ trách", lambda row: not row.kem.co_phu_trach),
    "lau": ("Lâu chưa xuống", lambda row: row.is_lau),
    "qua_han": ("Lời hứa quá hạn", lambda row: row.chi_doan.so_hua_qua_han),
}
"""What `?loc=` may ask for."""


def dong_phu_trach(don_vi: DonVi, day: date) -> tuple[list[DongPhuTrach], int]:
    """Every branch of a ward in order, and the days within which one is visited. Three queries."""
    settings = gia_tri_nhieu([*KHOA_CAN_GIUP, KHOA_XUONG, KHOA_MOI], ngay=day, don_vi=don_vi)
    attendance = diem_danh_cac_thang(don_vi, thang_xet(day))
    branches = chi_doan_hoat_dong(don_vi, day).with_nghi_quyet(day).with_can_bo(day)
    rows = with_lan_xuong(branches.with_can_giup(day, don_vi.path), day)
    found = [
        _dong(one, day, settings)
        for one in tinh_hinh_tu(rows, day, attendance, nguong_tu(settings))
    ]
    return sorted(found, key=lambda row: thu_tu(row.kem)), settings[KHOA_XUONG]


def with_lan_xuong(branches, day: date):
    """Annotate `lan_xuong_cuoi`, `so_hua` (open) and `so_hua_qua_han`."""
    visits = LanXuong.objects.filter(chi_doan=OuterRef("pk"), ngay__lte=day).order_by("-ngay")
    promises = LoiHua.objects.chua_xong().filter(lan_xuong__chi_doan=OuterRef("pk"))
    return branches.annotate(
        lan_xuong_cuoi=Subquery(visits.values("ngay")[:1]),
        so_hua=_count(promises),
        so_hua_qua_han=_count(promises.filter(han__lt=day)),
    )


def cho_xuong(don_vi: DonVi, day: date, quy_dinh: Mapping):
    """Branches that nobody has visited within the days in force: the rows of a duty."""
    since = day - timedelta(days=quy_dinh[KHOA_XUONG])
    recent = LanXuong.objects.filter(chi_doan=OuterRef("pk"), ngay__range=(since, day))
    old = Q(thanh_lap__isnull=True) | Q(thanh_lap__lt=since)
    branches = ChiDoan.objects.under(don_vi).dang_hoat_dong(day)
    return branches.filter(old, ~Exists(recent))


def nguoi_kem(chi_doan: DonVi, day: date) -> PhuTrach | None:
    """Who coaches a branch on that day. One query."""
    rows = PhuTrach.objects.filter(chi_doan=chi_doan).tai_ngay(day)
    return rows.select_related("chuc_vu").first()


def uy_vien_cua(don_vi: DonVi, day: date, *, them: int | None = None):
    """The offices of a unit held on `day`, and the one of number `them`."""
    return ChucVu.objects.filter(Q(pk=them) | in_force(day) & Q(don_vi=don_vi))


def _dong(one: CanGiup, day: date, settings: Mapping) -> DongPhuTrach:
    branch = one.chi_doan
    merges = tuple(span.tu_ngay for span in branch.nhip if span.kieu == SAP_XEP)
    kem = CanKem(
        moi=moi_vi_sao(
            thanh_lap=branch.thanh_lap, sap_xep=merges, day=day, thang=settings[KHOA_MOI]
        ),
        diem=one.diem,
        co_phu_trach=bool(branch.ten_phu_trach),
        lan_cuoi=branch.lan_xuong_cuoi,
        path=branch.path,
    )
    is_lau = lau_chua_xuong(
        kem.lan_cuoi, thanh_lap=branch.thanh_lap, day=day, so_ngay=settings[KHOA_XUONG]
    )
    return DongPhuTrach(one, kem, is_lau, day)


def _count(rows):
    branch = F("lan_xuong__chi_doan")
    grouped = rows.order_by().values(_nhom=branch).annotate(so=Count("pk")).values("so")
    return Coalesce(Subquery(grouped), 0)
