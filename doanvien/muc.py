"""The pages of the register, and those of one member: what stands in the two rows of tabs.

Whoever adds a page to the register adds its line here; a tab shows to who holds its right.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse

from tochuc.permissions import Quyen


@dataclass(frozen=True)
class Muc:
    """One tab: the named URL, its words, and the right that opens it.

    One of a member may stand there only for some: when what `khi` names is true of him.
    """

    name: str
    label: str
    quyen: Quyen
    khi: str = ""


@dataclass(frozen=True)
class Tab:
    """A tab ready to show."""

    label: str
    url: str
    active: bool


MUC_SO: tuple[Muc, ...] = (
    Muc("doanvien:list", "Danh sách", Quyen.XEM_DOAN_VIEN),
    Muc("doanvien:doan_phi", "Đoàn phí", Quyen.XEM_DOAN_PHI),
    Muc("doanvien:ket_nap_list", "Kết nạp", Quyen.XEM_DOAN_VIEN),
    Muc("doanvien:chuyen_list", "Chuyển sinh hoạt", Quyen.XEM_DOAN_VIEN),
    Muc("chidoan:xep_loai_list", "Xếp loại", Quyen.XEM_DOAN_VIEN),
    Muc("doanvien:nguyen_vong_list", "Nguyện vọng", Quyen.XEM_NGUYEN_VONG),
    Muc("chidoan:so_sach_list", "Sổ sách", Quyen.XUAT_DOAN_VIEN),
    Muc("doanvien:truong_thanh_list", "Trưởng thành", Quyen.XEM_DOAN_VIEN),
    Muc("doanvien:ren_luyen_list", "Rèn luyện", Quyen.XEM_DOAN_VIEN),
    Muc("doanvien:khen_thuong_list", "Khen thưởng", Quyen.XEM_DOAN_VIEN),
    Muc("doanvien:ky_luat_list", "Kỷ luật", Quyen.XEM_NHAY_CAM),
    Muc("doanvien:hoan_list", "Hoãn sinh hoạt", Quyen.XEM_DOAN_VIEN),
    Muc("doanvien:xoa_ten_list", "Xóa tên", Quyen.XEM_DOAN_VIEN),
    Muc("doanvien:khach_list", "Tạm thời, nơi cư trú", Quyen.XEM_DOAN_VIEN),
    Muc("doanvien:bien_dong", "Biến động", Quyen.XEM_DOAN_VIEN),
    Muc("doanvien:thu_chi_list", "Thu – chi", Quyen.XEM_DOAN_PHI),
    Muc("doanvien:trung_list", "Bản ghi trùng", Quyen.DUYET_DOAN_VIEN),
    Muc("doanvien:yeu_cau_list", "Yêu cầu dữ liệu", Quyen.QUAN_LY_DU_LIEU),
)
"""The register: lists about many members, what is used most first."""

MUC_DOAN_VIEN: tuple[Muc, ...] = (
    Muc("doanvien:detail", "Tổng quan", Quyen.XEM_DOAN_VIEN),
    Muc("doanvien:nguyen_vong_cua", "Nguyện vọng", Quyen.XEM_NGUYEN_VONG),
    Muc("chidoan:xep_loai_doan_vien", "Xếp loại, rèn luyện", Quyen.XEM_DOAN_VIEN),
    Muc("chidoan:hoat_dong_cua", "Hoạt động", Quyen.XEM_SINH_HOAT),
    Muc("chidoan:sinh_ke_cua", "Sinh kế", Quyen.XEM_SINH_HOAT),
    Muc("doanvien:doan_phi_doan_vien", "Đoàn phí", Quyen.XEM_DOAN_PHI),
    Muc("doanvien:du_lieu_detail", "Dữ liệu cá nhân", Quyen.QUAN_LY_DU_LIEU),
    Muc("doanvien:khen_ky", "Khen thưởng, kỷ luật", Quyen.XEM_DOAN_VIEN),
    Muc("chidoan:can_bo_detail", "Cán bộ", Quyen.XEM_CAN_BO, khi="da_giu_chuc_vu"),
)
"""One member: each page takes the member's number alone."""


SO_TAB = 7
"""So many stand in the row; the rest are in a menu at its end."""


def tabs_so(user, path: str) -> list[Tab]:
    """The register's tabs for `user`; the one whose address is the longest beginning is active."""
    return tabs_of(MUC_SO, user, path)


def tabs_of(entries: Iterable[Muc], user, path: str) -> list[Tab]:
    """The tabs of a row for `user`; the one whose address is the longest beginning is active."""
    return list(_tabs((muc for muc in entries if user.has_quyen(muc.quyen)), path))


def split_tabs(tabs: list[Tab]) -> tuple[list[Tab], list[Tab]]:
    """What stands in the row and what in the menu; the page one is on is always in the row."""
    row, menu = tabs[:SO_TAB], tabs[SO_TAB:]
    current = [tab for tab in menu if tab.active]
    if current:
        row, menu = [*row[:-1], *current], [row[-1], *(tab for tab in menu if not tab.active)]
    return row, menu


def tabs_doan_vien(user, doan_vien, path: str) -> list[Tab]:
    """A member's tabs for `user`, who must hold each right at the member's branch."""
    shown = (
        muc
        for muc in MUC_DOAN_VIEN
        if user.may(muc.quyen, doan_vien.chi_doan) and (not muc.khi or getattr(doan_vien, muc.khi))
    )
    return list(_tabs(shown, path, doan_vien.pk))


def _tabs(entries: Iterable[Muc], path: str, *args) -> Iterator[Tab]:
    urls = {muc: reverse(muc.name, args=args) for muc in entries}
    active = max((url for url in urls.values() if path.startswith(url)), key=len, default="")
    return (Tab(muc.label, url, url == active) for muc, url in urls.items())
