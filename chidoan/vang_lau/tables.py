from core.tables import Column, Table

VANG_LAU_TABLE = Table(
    name="khong-sinh-hoat",
    columns=(
        Column(
            label="Họ và tên",
            source="ho_ten",
            link=True,
            sort=("khoa_sap_xep", "ngay_sinh"),
            primary=True,
            nowrap=True,
        ),
        Column(label="Chi đoàn", source="chi_doan.ten", sort="chi_doan__path", meta=True),
        Column(label="Vắng không lý do", source="so_vang", numeric=True, meta="vắng"),
        Column(
            label="Việc",
            source=lambda row: row.pk,
            template="chidoan/_vang_lau_cell.html",
            act=True,
            in_file=False,
        ),
    ),
    empty_text="Không có đồng chí nào vắng cả 3 tháng",
    empty_hint="Chỉ tính buổi đã ghi điểm danh; ai có lý do hoặc đang hoãn thì không tính.",
    empty_icon="circle-check",
)
