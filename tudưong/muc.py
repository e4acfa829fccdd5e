"""The pages around a cultivation group that stand side by side in one row of tabs."""

from doanvien.muc import Muc
from tochuc.permissions import Quyen

MUC_TO: tuple[Muc, ...] = (
    Muc("tuduong:to_list", "Tổ", Quyen.XEM_TU_DUONG),
    Muc("tuduong:nguon_list", "Nguồn vào tổ", Quyen.QUAN_LY_TU_DUONG),
    Muc("tuduong:de_xuat_list", "Đề xuất", Quyen.XEM_TU_DUONG),
    Muc("tuduong:cam_tinh_list", "Cảm tình Đảng", Quyen.XEM_TU_DUONG),
    Muc("tuduong:nhan_thuc_list", "Lớp nhận thức", Quyen.XEM_TU_DUONG),
)
