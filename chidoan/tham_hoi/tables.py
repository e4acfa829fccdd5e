"""Visits and gifts: columns of page and workbook; the circumstance stands in neither."""

from core.tables import Column, Table

THAM_HOI_TABLE = Table(
    name="tham-hoi",
    columns=(
        Column(
            label="Đồng chí",
            source="doan_vien.ho_ten",
            link=True,
            sort=("doan_vien__khoa_sap_xep",),
            second="chuc_vu",
            primary=True,
            nowrap=True,
        ),
        Column(label="Chi đoàn", source="chi_doan.ten", sort="chi_doan__path", meta=True),
        Column(label="Chức vụ khi đó", source="chuc_vu", in_page=False),
        Column(label="Dịp", source="get_dip_display", meta=True),
        Column(label="Quà", source="qua"),
        Column(label="Trị giá (đồng)", source="gia_tri", numeric=True, sort="gia_tri", meta="đồng"),
        Column(label="Người trao", source="nguoi_tang", second=lambda row: str(row.don_vi)),
        Column(label="Ngày", source="ngay", sort="ngay", meta=True),
    ),
    empty_text="Chưa ghi lần thăm hỏi nào trong kỳ này",
    empty_hint="Thăm hỏi, tặng quà bí thư chi đoàn và đoàn viên khó khăn ghi ở đây.",
    empty_icon="hand-heart",
)
