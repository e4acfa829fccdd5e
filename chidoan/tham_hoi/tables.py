"""Visits and gifts: columns of page and workbook; the circumstance stands in neither, an illness
on the page of those alone who look after the person."""

from core.tables import Column, Table


def tham_hoi_table(user) -> Table:
    """The list as `user` may read it; a file leaves the house and tells of no illness."""
    return Table(
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
            Column(label="Dịp", source=lambda row: row.dip_cho(user), meta=True, in_file=False),
            Column(label="Dịp", source="dip_cong_khai", in_page=False),
            Column(label="Quà", source="qua"),
            Column(
                label="Trị giá",
                source="gia_tri",
                unit="đ",
                numeric=True,
                sort="gia_tri",
                meta=True,
            ),
            Column(label="Người trao", source="nguoi_tang", second=lambda row: str(row.don_vi)),
            Column(label="Ngày", source="ngay", sort="ngay", meta=True),
        ),
        empty_text="Chưa ghi lần thăm hỏi nào trong kỳ này",
        empty_hint="Thăm hỏi, tặng quà bí thư chi đoàn và đoàn viên khó khăn ghi ở đây.",
        empty_icon="hand-heart",
    )
