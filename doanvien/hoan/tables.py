from core.periods import today
from core.tables import Column, Table
from core.text.display import con_lai

from .filters import SAP_HET


def tinh_trang(row):
    """Running, ending soon, not begun, over, or the person left: (family, icon, word)."""
    day = today()
    if not row.is_con_o_chi_doan:
        return "", "", "Đã rời chi đoàn"
    if row.ngay_het < day:
        return "", "", "Đã hết hoãn"
    if row.tu_ngay > day:
        return "neutral", "clock", "Chưa bắt đầu"
    if row.ngay_het <= day + SAP_HET:
        return "warn", "hourglass", f"Hết hạn {con_lai(row.ngay_het, day)}"
    return "info", "clock", "Đang hoãn"


HOAN_TABLE = Table(
    name="hoan-sinh-hoat",
    columns=(
        Column(
            label="Họ và tên",
            source="doan_vien.ho_ten",
            link=lambda row: row.doan_vien.get_absolute_url(),
            sort=("doan_vien__khoa_sap_xep", "doan_vien__ngay_sinh"),
            primary=True,
            nowrap=True,
        ),
        Column(label="Chi đoàn", source="chi_doan.ten", sort="chi_doan__path", meta=True),
        Column(label="Từ ngày", source="tu_ngay", sort="tu_ngay"),
        Column(label="Đến hết ngày", source="ngay_het", sort="den_ngay", meta="đến"),
        Column(label="Lý do", source="ly_do"),
        Column(label="Nghị quyết, biên bản", source="so_nghi_quyet"),
        Column(label="Tình trạng", source=lambda row: tinh_trang(row)[2], pill=tinh_trang),
        Column(
            label="Việc",
            source=lambda row: row.pk,
            template="doanvien/_hoan_cell.html",
            act=True,
            in_file=False,
        ),
    ),
    empty_text="Chưa ghi hoãn sinh hoạt cho ai",
    empty_hint="Ghi từ trang của đồng chí, mục ⋯ Hoãn sinh hoạt.",
    empty_icon="clock",
)
