from core.tables import Column, Table

from .models.don_vi import goi_ten
from .nhat_ky import hanh_dong_bang_chu, noi_dung_bang_chu, ten_doi_tuong


def ten_khi_do(don_vi):
    return don_vi.goi_ten(don_vi.ten_khi_do)


def cap_tren_khi_do(don_vi):
    return goi_ten(don_vi.cap_tren_loai, don_vi.cap_tren_ten) if don_vi.cap_tren_ten else ""


def don_vi_state(don_vi):
    if don_vi.ket_thuc:
        return "neutral", "archive", f"Kết thúc {don_vi.ket_thuc:%d/%m/%Y}"
    if don_vi.so_lieu_den:
        return "", "", f"Số liệu đến {don_vi.so_lieu_den:%d/%m/%Y}"
    return "", "", "Đang hoạt động"


def so_truc_thuoc(don_vi):
    """Units directly below; a branch cannot have any."""
    return "" if don_vi.is_chi_doan else don_vi.so_don_vi_duoi


DON_VI_TABLE = Table(
    name="don-vi",
    columns=(
        Column(label="Đơn vị", source=ten_khi_do, link=True, sort="khoa_sap_xep", primary=True),
        Column(label="Cấp trên trực tiếp", source=cap_tren_khi_do, meta=True),
        Column(label="Cấp", source="get_cap_display"),
        Column(label="Khối", source="get_khoi_display"),
        Column(label="Cụm thi đua", source="cum_thi_dua", sort="cum_thi_dua", meta=True),
        Column(label="Trực thuộc", source=so_truc_thuoc, numeric=True),
        Column(label="Tình trạng", source=lambda row: don_vi_state(row)[2], pill=don_vi_state),
        Column(label="Mã", source="ma", in_page=False),
    ),
    empty_text="Chưa có đơn vị nào vào ngày này",
)


CHI_DOAN_TRUC_THUOC = Table(
    name="truc-thuoc",
    columns=(
        Column(label="Chi đoàn", source=ten_khi_do, link=True, primary=True),
        Column(label="Khối", source="get_khoi_display", meta=True),
        Column(label="Cụm thi đua", source="cum_thi_dua", meta=True),
        Column(label="Tình trạng", source=lambda row: don_vi_state(row)[2], pill=don_vi_state),
    ),
)
DON_VI_TRUC_THUOC = Table(
    name="truc-thuoc",
    columns=(
        Column(label="Đơn vị", source=ten_khi_do, link=True, primary=True),
        Column(label="Cụm thi đua", source="cum_thi_dua", meta=True),
        Column(label="Trực thuộc", source="so_don_vi_duoi", numeric=True, meta="trực thuộc"),
        Column(label="Tình trạng", source=lambda row: don_vi_state(row)[2], pill=don_vi_state),
    ),
)


def vai_tro_hom_nay(user):
    return ", ".join(str(phan_cong) for phan_cong in user.dang_giu)


def tai_khoan_state(user):
    if not user.is_active:
        return "neutral", "lock", "Đã khóa"
    if not user.dang_giu:
        return "warn", "clock", "Chưa có vai trò hôm nay"
    return "", "", "Đang dùng"


TAI_KHOAN_TABLE = Table(
    name="tai-khoan",
    columns=(
        Column(
            label="Họ và tên",
            source="ho_ten",
            link=True,
            sort=("khoa_sap_xep", "username"),
            primary=True,
        ),
        Column(label="Vai trò hôm nay", source=vai_tro_hom_nay, meta=True),
        Column(label="Tên đăng nhập", source="username", sort="username"),
        Column(label="Điện thoại", source="dien_thoai"),
        Column(
            label="Tình trạng", source=lambda row: tai_khoan_state(row)[2], pill=tai_khoan_state
        ),
        Column(label="Đăng nhập gần nhất", source="last_login", sort="last_login"),
    ),
    empty_text="Chưa có tài khoản nào",
    empty_hint="Cấp tài khoản cho bí thư chi đoàn khi nhận nhiệm vụ.",
)


def nguoi_lam(line):
    """Who did it; a wrong password is somebody's whom we do not know."""
    return line.nguoi or ("Chưa rõ" if line.hanh_dong.endswith("login_failed") else "Hệ thống")


def chi_tiet(line):
    return noi_dung_bang_chu(line.noi_dung, line.doi_tuong_loai)


NHAT_KY_TABLE = Table(
    name="nhat-ky",
    columns=(
        Column(label="Lúc", source="luc", meta=True, nowrap=True),
        Column(label="Người làm", source=nguoi_lam, meta=True, nowrap=True),
        Column(
            label="Việc",
            source=lambda row: hanh_dong_bang_chu(row.hanh_dong),
            second=chi_tiet,
            primary=True,
        ),
        Column(label="Đối tượng", source=ten_doi_tuong, link=lambda row: row.url, nowrap=True),
        Column(label="Đơn vị", source="don_vi"),
        Column(label="Địa chỉ mạng", source="dia_chi"),
        Column(label="Chi tiết", source=chi_tiet, in_page=False),
        Column(label="Số thứ tự", source="so", in_page=False),
    ),
    empty_text="Chưa có dòng nào",
)
