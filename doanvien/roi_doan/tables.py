from core.tables import Column, Table
from doanvien.models import DeNghiXoaTen

PILLS = {
    DeNghiXoaTen.TrangThai.CHO: ("warn", "hourglass"),
    DeNghiXoaTen.TrangThai.DONG_Y: ("neutral", "archive"),
    DeNghiXoaTen.TrangThai.KHONG_DONG_Y: ("info", "undo-2"),
    DeNghiXoaTen.TrangThai.RUT: ("", ""),
}


def tinh_trang(row):
    return (*PILLS[row.trang_thai], row.get_trang_thai_display())


XOA_TEN_TABLE = Table(
    name="de-nghi-xoa-ten",
    columns=(
        Column(
            label="Họ và tên",
            source="doan_vien.ho_ten",
            link=lambda row: row.doan_vien.get_absolute_url(),
            primary=True,
            nowrap=True,
        ),
        Column(label="Chi đoàn", source="chi_doan.ten", sort="chi_doan__path", meta=True),
        Column(label="Căn cứ", source="get_can_cu_display", second="ly_do"),
        Column(label="Đề nghị ngày", source="ngay", sort="ngay", meta=True),
        Column(label="Tình trạng", source=lambda row: tinh_trang(row)[2], pill=tinh_trang),
        Column(label="Trả lời", source="tra_loi", second="tra_loi_ngay"),
        Column(
            label="Việc",
            source=lambda row: row.pk,
            template="doanvien/_xoa_ten_cell.html",
            act=True,
            in_file=False,
        ),
    ),
    empty_text="Không có đề nghị xóa tên nào",
    empty_hint="Chi đoàn đề nghị từ trang của đồng chí, mục ⋯ Rời chi đoàn.",
    empty_icon="circle-check",
)
