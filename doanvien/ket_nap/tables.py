"""The lists of admissions, declared once for page and workbook."""

from core.periods import today
from core.tables import Column, Table
from core.text.display import NBSP
from doanvien.models import KetNap, QuaTrinh

T = KetNap.TrangThai
_FAMILY = {
    T.DON: ("info", "vote"),
    T.CHUA_THONG_QUA: ("neutral", "circle-dashed"),
    T.CHO_CHUAN_Y: ("warn", "hourglass"),
    T.TRA_LAI: ("bad", "undo-2"),
    T.CHUAN_Y: ("info", "flag"),
    T.DA_KET_NAP: ("ok", "circle-check"),
    T.RUT: ("neutral", "archive"),
}


def trang_thai_ket_nap(ket_nap: KetNap) -> tuple[str, str, str]:
    """Where an application stands as a pill: family, icon, word."""
    return (*_FAMILY[ket_nap.trang_thai], ket_nap.get_trang_thai_display())


def so_ngay_o_buoc(ket_nap: KetNap) -> int | None:
    return (today() - ket_nap.ngay_buoc).days if ket_nap.is_dang_mo else None


def _o_buoc(ket_nap: KetNap) -> str:
    days = so_ngay_o_buoc(ket_nap)
    return f"{days}{NBSP}ngày" if days else ""


KET_NAP_TABLE = Table(
    name="ket-nap",
    columns=(
        Column(
            label="Họ và tên",
            source="ho_ten",
            link=True,
            sort=("khoa_sap_xep", "ngay_sinh"),
            second=lambda row: row.chi_doan.ten_day_du,
            primary=True,
        ),
        Column(label="Giai đoạn", source="get_trang_thai_display", pill=trang_thai_ket_nap),
        Column(label="Ngày sinh", source="ngay_sinh", sort="ngay_sinh"),
        Column(label="Làm đơn", source="ngay_don", sort="ngay_don", meta="đơn"),
        Column(label="Người giới thiệu", source="ben_gioi_thieu", nowrap=True),
        Column(label="Ở bước này", source=_o_buoc, sort="ngay_buoc", numeric=True, in_file=False),
        Column(
            label="Chuẩn y",
            source="ngay_chuan_y",
            sort="ngay_chuan_y",
            second="so_nghi_quyet",
            nowrap=True,
        ),
        Column(label="Nghị quyết", source="so_nghi_quyet", in_page=False),
        Column(label="Lễ kết nạp", source="ngay_le", in_page=False),
        Column(label="Chi đoàn", source="chi_doan.ten_day_du", in_page=False),
        Column(label="Giới tính", source="get_gioi_tinh_display", in_page=False),
        Column(label="Học Điều lệ", source="ngay_hoc_dieu_le", in_page=False),
        Column(label="Nơi tổ chức lễ", source="noi_le", in_page=False),
    ),
    empty_text="Chưa có đơn xin vào Đoàn nào",
    empty_hint="Ghi đơn khi nhận, rồi biểu quyết, phường chuẩn y và lễ kết nạp ghi tiếp ở đây.",
    empty_icon="user-plus",
)


def _link(row: QuaTrinh) -> str:
    return row.doan_vien.get_absolute_url()


KHONG_HO_SO_TABLE = Table(
    name="ket-nap-khong-ho-so",
    columns=(
        Column(
            label="Họ và tên",
            source="doan_vien.ho_ten",
            link=_link,
            sort=("doan_vien__khoa_sap_xep",),
            second=lambda row: row.chi_doan.ten_day_du,
            primary=True,
        ),
        Column(label="Kết nạp ngày", source="tu_ngay", sort="tu_ngay", meta=True),
        Column(label="Số nghị quyết", source="doan_vien.so_nghi_quyet"),
        Column(label="Chi đoàn", source="chi_doan.ten_day_du", in_page=False),
    ),
    empty_text="Ai kết nạp trong năm cũng có hồ sơ",
    empty_hint="Mỗi đồng chí đều có đơn, biểu quyết của chi đoàn và nghị quyết của phường.",
    empty_icon="circle-check",
)
