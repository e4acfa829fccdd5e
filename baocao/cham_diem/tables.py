"""The list of criteria sets: columns of page and workbook."""

from core.tables import Column, Table

from .trang import trang_thai

BO_TIEU_CHI_TABLE = Table(
    name="bo-tieu-chi",
    columns=(
        Column(label="Bộ tiêu chí", source=str, link=True, second="can_cu", primary=True),
        Column(label="Căn cứ", source="can_cu", in_page=False),
        Column(label="Xếp loại", source="get_doi_tuong_display", meta=True),
        Column(
            label="Đơn vị ban hành",
            source=lambda row: row.don_vi.ten_day_du if row.don_vi else "Có sẵn",
        ),
        Column(label="Cách xếp", source=lambda row: "Theo điểm" if row.is_diem else "Theo mức"),
        Column(label="Áp dụng", source=lambda row: row.hieu_luc_bang_loi or "Chưa ban hành"),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=trang_thai),
    ),
    empty_text="Chưa có bộ tiêu chí nào",
    empty_hint="Các bộ có sẵn xuất hiện sau khi cài đặt.",
    empty_icon="list-checks",
)
