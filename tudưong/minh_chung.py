"""Evidence photos: what pages show of them, and who adds some."""

from collections import defaultdict

from chidoan.anh.queries import PhanAnh, trang_anh
from core.periods import today
from tochuc.permissions import Quyen
from tochuc.quy_dinh import gia_tri

from .danh_muc import CUA_DANG
from .models import AnhMinhChung, GiayTo, HoSo, NhiemVu
from .quyen import GHI_TRONG_TO, may_one_of

KHONG_NHAN_ANH = (
    "Đây là mẫu của Đảng: hệ thống chỉ theo dõi tình trạng, không nhận ảnh chụp. Nộp bản giấy "
    "cho chi bộ, rồi ghi tình trạng ở danh mục giấy tờ của hồ sơ."
)

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
        return viec.is_dang_lam and may_one_of(user, GHI_TRONG_TO, viec.don_vi)
    may_keep = viec.ho_so.is_dang_mo and user.may(Quyen.LAP_HO_SO, viec.ho_so.don_vi)
    return may_keep and nhan_anh(viec)


def nhan_anh(giay_to: GiayTo) -> bool:
    """Whether photos of the paper are kept: of the Party's forms only by a setting."""
    if giay_to.loai not in CUA_DANG:
        return True
    return nhan_anh_giay_to_dang(giay_to.ho_so)


def nhan_anh_giay_to_dang(ho_so: HoSo) -> bool:
    """The setting for the Party's forms; one query."""
    return bool(int(gia_tri("nhan_anh_giay_to_dang", ngay=today(), don_vi=ho_so.don_vi)))


def anh_cua_ho_so(ho_so: HoSo) -> dict[int, list[int]]:
    """The keys of the photos of each paper of the case, oldest first; one query."""
    found = defaultdict(list)
    rows = AnhMinhChung.objects.filter(giay_to__ho_so=ho_so)
    for giay_to, pk in rows.values_list("giay_to", "pk"):
        found[giay_to].append(pk)
    return found


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
