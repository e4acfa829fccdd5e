"""What pages show of photos: never the bytes, which only the two pictures' own addresses read."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from chidoan.models import Anh, BuoiSinhHoat, HoatDong, NhatKyMoHinh
from chidoan.models.anh import ten_khoa
from tochuc.permissions import Quyen

Viec = BuoiSinhHoat | HoatDong | NhatKyMoHinh
LIGHT = Anh.objects.select_related("don_vi", "buoi", "hoat_dong", "nhat_ky_mo_hinh").khong_tep()


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
    may_add = user.may(Quyen.GHI_SINH_HOAT, viec.don_vi)
    return PhanAnh(
        [row for row in own if not row.is_phieu],
        trang_anh(viec) if may_add else "",
        [row for row in own if row.is_phieu],
        [row for row in rows if row not in own],
    )


def viec_de_ve(anh: Anh, user) -> Viec:
    """What a photo's page leads back to: its own meeting or activity, or for a branch that met
    together with it the meeting of its own. One query at most."""
    if user.may(Quyen.XEM_SINH_HOAT, anh.don_vi) or anh.buoi is None:
        return anh.viec
    host = anh.buoi.chu_nha_id or anh.buoi_id
    joint = BuoiSinhHoat.objects.visible_to(user).filter(Q(pk=host) | Q(chu_nha=host))
    return joint.select_related("chi_doan").order_by("pk").first() or anh.viec


def trang_anh(viec: Viec) -> str:
    """The page of its photos, which also takes new ones."""
    return reverse(f"chidoan:anh_{ten_khoa(viec)}", args=[viec.pk])


def hang_xom(anh: Anh) -> tuple[list[int], int]:
    """The keys of all photos of the same kind beside it, and its place among them. One query."""
    rows = Anh.objects.cua(anh.viec).filter(loai=anh.loai)
    keys = list(rows.values_list("pk", flat=True))
    return keys, keys.index(anh.pk)
