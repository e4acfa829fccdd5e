"""The pages that stand side by side in one row of tabs: cadres, livelihood, reorganisation.

Whoever adds a page to one of these adds its line here; a tab shows to who holds its right.
"""

from doanvien.muc import Muc
from tochuc.permissions import Quyen

CAN_BO: tuple[Muc, ...] = (
    Muc("chidoan:can_bo_list", "Bí thư, phó bí thư", Quyen.XEM_CAN_BO),
    Muc("chidoan:chuc_vu_list", "Chức vụ", Quyen.XEM_CAN_BO),
    Muc("chidoan:nhan_su", "Quy hoạch", Quyen.XEM_CAN_BO),
    Muc("chidoan:tap_huan_list", "Tập huấn", Quyen.XEM_CAN_BO),
    Muc("chidoan:phu_trach_list", "Phụ trách", Quyen.XEM_CAN_BO),
    Muc("chidoan:loi_hua_list", "Việc đã hứa", Quyen.XEM_CAN_BO),
    Muc("chidoan:xep_loai_can_bo_list", "Xếp loại", Quyen.XEM_CAN_BO),
    Muc("chidoan:phu_cap_list", "Phụ cấp", Quyen.XEM_CAN_BO),
)
SINH_KE: tuple[Muc, ...] = ()
SAP_XEP: tuple[Muc, ...] = (Muc("chidoan:theo_doi", "Theo dõi tổ chức", Quyen.XEM_CAN_BO),)

NHOM: dict[str, tuple[tuple[Muc, ...], str]] = {
    "can_bo": (CAN_BO, "Các mục về cán bộ"),
    "sinh_ke": (SINH_KE, "Các mục về sinh kế, tham mưu"),
    "sap_xep": (SAP_XEP, "Các mục về sắp xếp tổ chức"),
}
"""Rows by name: the tabs and what the row is called aloud. Shown by `{% tabs_nhom "can_bo" %}`."""
