"""The pages that stand side by side in one row of tabs: cadres, livelihood, inspection …

Whoever adds a page to one of these adds its line here; a tab shows to who holds its right.
"""

from doanvien.muc import Muc
from tochuc.permissions import Quyen

CAN_BO: tuple[Muc, ...] = (
    Muc("chidoan:can_bo_list", "Bí thư, phó bí thư", Quyen.XEM_CAN_BO),
    Muc("chidoan:chuc_vu_list", "Chức vụ", Quyen.XEM_CAN_BO),
    Muc("chidoan:ban_giao_list", "Bàn giao", Quyen.XEM_CAN_BO),
    Muc("chidoan:nhan_su", "Nhân sự", Quyen.XEM_CAN_BO),
    Muc("chidoan:tap_huan_list", "Tập huấn", Quyen.XEM_CAN_BO),
    Muc("chidoan:hoi_thi_list", "Hội thi", Quyen.XEM_CAN_BO),
    Muc("chidoan:de_nghi_khen_list", "Đề nghị khen thưởng", Quyen.XEM_CAN_BO),
    Muc("chidoan:phu_trach_list", "Phụ trách", Quyen.XEM_CAN_BO),
    Muc("chidoan:loi_hua_list", "Việc đã hứa", Quyen.XEM_CAN_BO),
    Muc("chidoan:tham_hoi_list", "Thăm hỏi", Quyen.XEM_CAN_BO),
    Muc("chidoan:xep_loai_can_bo_list", "Xếp loại", Quyen.XEM_CAN_BO),
    Muc("chidoan:phu_cap_list", "Phụ cấp", Quyen.XEM_CAN_BO),
)
SAP_XEP: tuple[Muc, ...] = (
    Muc("chidoan:sap_xep_list", "Sắp xếp", Quyen.XEM_DON_VI),
    Muc("chidoan:theo_doi", "Theo dõi tổ chức", Quyen.XEM_CAN_BO),
)
SINH_KE: tuple[Muc, ...] = (
    Muc("chidoan:to_tiet_kiem_list", "Tổ TK&VV", Quyen.XEM_SINH_HOAT),
    Muc("chidoan:mo_hinh_kinh_te_list", "Mô hình kinh tế", Quyen.XEM_SINH_HOAT),
    Muc("chidoan:ho_tro_list", "Vốn, việc làm, giúp đỡ", Quyen.XEM_SINH_HOAT),
    Muc("chidoan:tham_muu_list", "Tham mưu", Quyen.XEM_BAO_CAO),
)
TU_CAP_PHUONG = frozenset({"chidoan:tham_muu_list"})
"""What only a ward and the offices above have: a branch's list would always be empty."""
KIEM_TRA: tuple[Muc, ...] = (
    Muc("chidoan:kiem_tra_list", "Cuộc kiểm tra", Quyen.XEM_KIEM_TRA),
    Muc("chidoan:kien_nghi_list", "Kiến nghị", Quyen.XEM_KIEM_TRA),
    Muc("chidoan:chuong_trinh_kiem_tra_list", "Chương trình năm", Quyen.XEM_KIEM_TRA),
    Muc("chidoan:ket_nap_thieu_list", "Kết nạp đối chiếu quy trình", Quyen.XEM_KIEM_TRA),
)

NHOM: dict[str, tuple[tuple[Muc, ...], str]] = {
    "can_bo": (CAN_BO, "Các mục về cán bộ"),
    "sinh_ke": (SINH_KE, "Các mục về sinh kế, tham mưu"),
    "kiem_tra": (KIEM_TRA, "Các mục về kiểm tra, giám sát"),
    "sap_xep": (SAP_XEP, "Các mục về sắp xếp tổ chức"),
}
"""Rows by name: the tabs and what the row is called aloud. Shown by `{% tabs_nhom "can_bo" %}`."""
