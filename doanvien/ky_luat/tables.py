from core.periods import today
from core.tables import Column, Table
from doanvien.khen_thuong.tables import trang_cua


def tinh_trang(row):
    """Family, icon and word: in force, appealed or over."""
    if row.is_con_hieu_luc(today()):
        words = "Đang khiếu nại" if row.khieu_nai == row.KhieuNai.DANG_XET else "Đang có hiệu lực"
        return "warn", "circle-alert", words
    return "neutral", "archive", "Đã hủy" if row.khieu_nai == row.KhieuNai.HUY else "Hết hiệu lực"


KY_LUAT_TABLE = Table(
    name="ky-luat",
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
        Column(label="Số quyết định", source="so_quyet_dinh"),
        Column(label="Công bố", source="ngay_cong_bo", sort="ngay_cong_bo", meta=True),
        Column(label="Tình trạng", source=lambda row: tinh_trang(row)[2], pill=tinh_trang),
    ),
    empty_text="Không có quyết định kỷ luật nào",
    empty_hint="Ghi từ trang của đồng chí, mục Khen thưởng, kỷ luật.",
    empty_icon="shield-check",
)
"""Without the reasons: these are read on the member's page alone."""
