"""What pages show of photos: never the bytes, which only the two pictures' own addresses read."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from chidoan.models import Anh, BuoiSinhHoat, HoatDong, HoiThi, NhatKyMoHinh, ThamHoi
from chidoan.models.anh import AnhVeLai
from chidoan.tap_huan.services.khoa import may_to_chuc
from tochuc.models import DonVi
from tochuc.permissions import Quyen

Viec = BuoiSinhHoat | HoatDong | NhatKyMoHinh | ThamHoi | HoiThi
LIGHT = Anh.objects.select_related(
    "don_vi", *Anh.KHOA, "tham_hoi__doan_vien", "hoi_thi__don_vi"
).khong_tep()


@dataclass(frozen=True)
class PhanAnh:
    """The part of a page about photos, for `chidoan/anh/_anh.html`; `them` is "" for readers."""

    anh: list[Anh]
    them: str
    phieu: list[Anh]
    chung: list[Anh]
    """Those of the branches that met together with this one."""


def anh_cua(*, buoi: BuoiSinhHoat | None = None, hoat_dong: HoatDong | None = None):
    """Photos of a meeting or an activity, sheets of its roll among them. One query."""
    return Anh.objects.khong_tep().cua(buoi or hoat_dong)


def phan_anh(viec: Viec, *, user) -> PhanAnh:
    """Everything the part about photos shows. One query."""
    rows = Anh.objects.khong_tep()
    is_buoi = isinstance(viec, BuoiSinhHoat)
    rows = rows.cua_ca_buoi_chung(viec) if is_buoi else rows.cua(viec)
    own = [row for row in rows if not is_buoi or row.buoi_id == viec.pk]
    return PhanAnh(
        [row for row in own if not row.is_phieu],
        trang_anh(viec) if may_ghi(viec, don_vi_cua(viec), user) else "",
        [row for row in own if row.is_phieu],
        [row for row in rows if row not in own],
    )


def don_vi_cua(viec) -> DonVi:
    """The unit whose photos they are; of a visit the branch of who was visited."""
    return viec.chi_doan if isinstance(viec, ThamHoi) else viec.don_vi


def may_ghi(viec: Viec, don_vi: DonVi, user) -> bool:
    """Whether the person adds photos to it, and describes and throws away those that are there:
    who writes down the thing itself."""
    if isinstance(viec, HoiThi):
        return may_to_chuc(user, viec.don_vi)
    return user.may(quyen_ghi(viec), don_vi)


def quyen_ghi(viec: Viec) -> Quyen:
    kinds = {HoiThi: Quyen.TO_CHUC_BOI_DUONG, ThamHoi: Quyen.SUA_DOAN_VIEN}
    return kinds.get(type(viec), Quyen.GHI_SINH_HOAT)


def goi_ten(viec: Viec, don_vi: DonVi) -> str:
    """What the photos are of, below a heading."""
    ten = f"Thăm {viec.doan_vien}, {viec.ngay:%d/%m/%Y}" if isinstance(viec, ThamHoi) else viec
    return f"{ten} · {don_vi}"


def viec_de_ve(anh: Anh, user) -> Viec:
    """What a photo's page leads back to: its own meeting or activity, or for a branch that met
    together with it the meeting of its own. One query at most."""
    if user.may(Quyen.XEM_SINH_HOAT, anh.don_vi) or anh.buoi is None:
        return anh.viec
    host = anh.buoi.chu_nha_id or anh.buoi_id
    joint = BuoiSinhHoat.objects.visible_to(user).filter(Q(pk=host) | Q(chu_nha=host))
    return joint.select_related("chi_doan").order_by("pk").first() or anh.viec


def trang_anh(viec) -> str:
    """The page of its photos, which also takes new ones."""
    return reverse(f"{viec.anh.model.TRANG}{viec.anh.field.name}", args=[viec.pk])


def hang_xom(anh: AnhVeLai) -> tuple[list[AnhVeLai], int]:
    """All photos of the same kind beside it by key, and its place among them. One query."""
    rows = list(type(anh).objects.cua(anh.viec).filter(**anh.kieu).only("pk"))
    return rows, rows.index(anh)
