"""Evidence photos: what pages show of them, and who adds some."""

from chidoan.anh.queries import PhanAnh, trang_anh
from tochuc.permissions import Quyen

from .models import AnhMinhChung, GiayTo, NhiemVu

LIGHT = AnhMinhChung.objects.select_related(
    "don_vi",
    "nhiem_vu__thanh_vien__doan_vien",
    "nhiem_vu__thanh_vien__chi_doan",
    "giay_to__ho_so__doan_vien",
    "giay_to__ho_so__chi_doan",
    "giay_to__ho_so__don_vi",
).khong_tep()


def phan_minh_chung(viec: NhiemVu | GiayTo, *, user) -> PhanAnh:
    """Everything the part about photos shows. One query."""
    them = trang_anh(viec) if may_ghi(viec, user) else ""
    return PhanAnh(list(viec.anh.khong_tep()), them, [], [])


def may_ghi(viec: NhiemVu | GiayTo, user) -> bool:
    """Whether the person adds photos, describes and throws away those that are there: of a task
    the member's branch and the ward until it is judged, of a paper who keeps its case."""
    if isinstance(viec, NhiemVu):
        rights = (Quyen.DE_NGHI_HO_SO, Quyen.QUAN_LY_TU_DUONG)
        return viec.is_dang_lam and any(user.may(one, viec.don_vi) for one in rights)
    return viec.ho_so.is_dang_mo and user.may(Quyen.LAP_HO_SO, viec.ho_so.don_vi)


def quyen_ghi(viec: NhiemVu | GiayTo) -> Quyen:
    return Quyen.DE_NGHI_HO_SO if isinstance(viec, NhiemVu) else Quyen.LAP_HO_SO


def goi_ten(viec: NhiemVu | GiayTo) -> str:
    """What the photos are of, below a heading."""
    person = viec.thanh_vien if isinstance(viec, NhiemVu) else viec.ho_so.doan_vien
    return f"{viec} · {person}"


def trang_cua(viec: NhiemVu | GiayTo) -> str:
    """The page that the photos lead back to."""
    page = viec if isinstance(viec, NhiemVu) else viec.ho_so
    return page.get_absolute_url()
