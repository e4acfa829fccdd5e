from django.urls import reverse

from core.tables import Column, Table


def trang_cua(row):
    return reverse("doanvien:khen_ky", args=[row.doan_vien_id])


KHEN_THUONG_TABLE = Table(
    name="khen-thuong",
    columns=(
        Column(
            label="Họ và tên",
            source="doan_vien.ho_ten",
            link=trang_cua,
            sort=("doan_vien__khoa_sap_xep", "doan_vien__ngay_sinh"),
            primary=True,
            nowrap=True,
        ),
        Column(label="Chi đoàn", source="chi_doan.ten", sort="chi_doan__path", meta=True),
        Column(
            label="Hình thức", source="get_hinh_thuc_display", second="get_cap_display", meta=True
        ),
        Column(label="Cấp khen", source="get_cap_display", in_page=False),
        Column(label="Nội dung, thành tích", source="noi_dung"),
        Column(label="Số quyết định", source="so_quyet_dinh"),
        Column(label="Ngày", source="ngay", sort="ngay", meta=True),
    ),
    empty_text="Chưa ghi khen thưởng nào",
    empty_hint="Ghi một lần cho nhiều đồng chí cùng quyết định.",
    empty_icon="award",
)
