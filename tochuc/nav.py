"""The menu of each role, as data: what stands in the side bar and in the bottom bar."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.urls import reverse

from .permissions import VaiTro


@dataclass(frozen=True)
class Muc:
    """A menu entry: a named URL, its words and icon."""

    name: str
    label: str
    icon: str


@dataclass
class Item:
    """An entry ready to show: `count` open duties, `overdue` when one of them is late."""

    label: str
    url: str
    icon: str
    active: bool = False
    count: int = 0
    overdue: bool = False


@dataclass
class Nav:
    main: list[Item] = field(default_factory=list)
    manage: list[Item] = field(default_factory=list)
    bottom: list[Item] = field(default_factory=list)


HOME = Muc("home", "Tổng quan", "layout-dashboard")
VIEC = Muc("home", "Việc", "list-checks")
CHI_DOAN = Muc("chidoan:list", "Chi đoàn", "network")
DON_VI = Muc("tochuc:don_vi_list", "Đơn vị", "network")
DOAN_VIEN = Muc("doanvien:list", "Đoàn viên", "users")
SINH_HOAT = Muc("chidoan:buoi_list", "Sinh hoạt", "calendar-check")
HOAT_DONG = Muc("chidoan:hoat_dong_list", "Hoạt động", "hand-heart")
NGHI_QUYET = Muc("chidoan:nghi_quyet_list", "Nghị quyết", "clipboard-check")
CAN_BO = Muc("chidoan:can_bo_list", "Cán bộ", "user-check")
MO_HINH = Muc("chidoan:mo_hinh_list", "Mô hình", "lightbulb")
TAP_HUAN = Muc("chidoan:tap_huan_list", "Tập huấn", "graduation-cap")
TU_DUONG = Muc("tuduong:to_list", "Tổ tu dưỡng", "sprout")
HO_SO = Muc("tuduong:ho_so_list", "Hồ sơ giới thiệu", "folder-check")
BAO_CAO = Muc("baocao:list", "Báo cáo", "file-text")
XEP_HANG = Muc("baocao:xep_hang", "Xếp hạng", "list-ordered")
KIEM_TRA = Muc("chidoan:kiem_tra_list", "Kiểm tra", "shield-check")
SINH_KE = Muc("chidoan:to_tiet_kiem_list", "Sinh kế", "wallet")
SAP_XEP = Muc("chidoan:sap_xep_list", "Sắp xếp", "git-branch-plus")
TAI_KHOAN = Muc("tochuc:tai_khoan_list", "Tài khoản", "key-round")
QUY_DINH = Muc("tochuc:quy_dinh_list", "Quy định", "sliders-horizontal")
NHAT_KY = Muc("tochuc:nhat_ky_list", "Nhật ký", "scroll-text")
VAN_HANH = Muc("admin:index", "Vận hành", "server-cog")
HO_SO_CHO = Muc("tuduong:cap_uy_list", "Hồ sơ đang chờ", "folder-clock")
HO_SO_DA_TRA_LOI = Muc("tuduong:cap_uy_da_tra_loi", "Đã trả lời", "folder-check")
CONG_VAN = Muc("tuduong:cap_uy_cong_van", "Công văn", "mail")
THEM = Muc("tochuc:them", "Thêm", "menu")

_CHI_DOAN = (
    (
        *(VIEC, SINH_HOAT, HOAT_DONG, NGHI_QUYET, DOAN_VIEN, CAN_BO, BAO_CAO, XEP_HANG),
        *(TU_DUONG, HO_SO, SINH_KE, KIEM_TRA, MO_HINH),
    ),
    (),
    (VIEC, SINH_HOAT, DOAN_VIEN, BAO_CAO, THEM),
)
_PHUONG = (
    *(HOME, CHI_DOAN, DOAN_VIEN, SINH_HOAT, HOAT_DONG, CAN_BO, TU_DUONG, HO_SO, BAO_CAO),
    *(XEP_HANG, MO_HINH, SINH_KE, KIEM_TRA),
)
_PHUONG_BOTTOM = (HOME, CHI_DOAN, TU_DUONG, BAO_CAO, THEM)
_CAP_UY = (HO_SO_CHO, HO_SO_DA_TRA_LOI, CONG_VAN)

MENU: dict[str, tuple[tuple[Muc, ...], tuple[Muc, ...], tuple[Muc, ...]]] = {
    VaiTro.BI_THU_CHI_DOAN: _CHI_DOAN,
    VaiTro.PHO_BI_THU_CHI_DOAN: _CHI_DOAN,
    VaiTro.UY_VIEN_CHI_DOAN: (
        (VIEC, SINH_HOAT, HOAT_DONG, DOAN_VIEN, SINH_KE, MO_HINH),
        (),
        (VIEC, SINH_HOAT, THEM),
    ),
    VaiTro.BI_THU_PHUONG: (_PHUONG, (SAP_XEP, TAI_KHOAN, QUY_DINH, NHAT_KY), _PHUONG_BOTTOM),
    VaiTro.PHO_BI_THU_PHUONG: (_PHUONG, (SAP_XEP, TAI_KHOAN, QUY_DINH, NHAT_KY), _PHUONG_BOTTOM),
    VaiTro.CAN_BO_PHUONG: (_PHUONG, (SAP_XEP, QUY_DINH), _PHUONG_BOTTOM),
    VaiTro.VAN_PHONG_CAP_TREN: (
        (
            *(HOME, DON_VI, DOAN_VIEN, CAN_BO, TAP_HUAN, HO_SO, BAO_CAO, XEP_HANG, MO_HINH),
            *(SINH_KE, KIEM_TRA),
        ),
        (SAP_XEP, TAI_KHOAN, QUY_DINH, NHAT_KY),
        (HOME, DON_VI, BAO_CAO, XEP_HANG, THEM),
    ),
    VaiTro.KIEM_TRA: (
        (
            *(HOME, KIEM_TRA, DON_VI, DOAN_VIEN, SINH_HOAT, HOAT_DONG, CAN_BO, TU_DUONG, HO_SO),
            *(BAO_CAO, XEP_HANG, MO_HINH, SINH_KE),
        ),
        (SAP_XEP, QUY_DINH, NHAT_KY),
        (HOME, KIEM_TRA, DON_VI, NHAT_KY, THEM),
    ),
    VaiTro.CAP_UY: (_CAP_UY, (), (*_CAP_UY, THEM)),
    VaiTro.QUAN_TRI: (
        (HOME, DON_VI, TAI_KHOAN, QUY_DINH, NHAT_KY, VAN_HANH),
        (),
        (HOME, TAI_KHOAN, QUY_DINH, NHAT_KY, THEM),
    ),
}


def build_nav(*, vai_tro: str, path: str) -> Nav:
    """The menu of a role; the entry whose address is the longest beginning of `path` is active."""
    main, manage, bottom = (list(_items(group)) for group in MENU[vai_tro])
    for group in (main + manage, bottom):
        current = _longest_match(group, path)
        if current:
            current.active = True
    return Nav(main, manage, bottom)


def rest_of_menu(*, vai_tro: str) -> list[Item]:
    """What the side bar has and the bottom bar has not: the page "Thêm" of a phone."""
    main, manage, bottom = MENU[vai_tro]
    return list(_items(tuple(muc for muc in (*main, *manage) if muc not in bottom)))


def _items(group: tuple[Muc, ...]) -> Iterator[Item]:
    for muc in group:
        yield Item(muc.label, reverse(muc.name), muc.icon)


def _longest_match(items: list[Item], path: str) -> Item | None:
    matches = [
        item
        for item in items
        if path == item.url or (len(item.url) > 1 and path.startswith(item.url))
    ]
    return max(matches, key=lambda item: len(item.url), default=None)
