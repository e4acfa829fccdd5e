from django.urls import reverse

from core.tables import Column, Table
from core.text.display import NBSP
from doanvien.bien_dong import NHAN, RA, VAO
from doanvien.models import ChuyenSinhHoat
from tochuc.permissions import Quyen

from .filters import CHO_TOI, DEN, DI, XONG

T = ChuyenSinhHoat.TrangThai
_CACH_LAM = "Mở trang của đồng chí cần chuyển, bấm ⋯, chọn «Chuyển sinh hoạt»."
SAP_HET_HAN = 15  # days
_PILL = {
    T.TU_CHOI: ("bad", "undo-2"),
    T.XONG: ("ok", "check"),
    T.RUT: ("neutral", "archive"),
}
TEN_NGAN = {
    T.CHO_PHUONG_DI: "Chờ Đoàn cơ sở đi",
    T.CHO_PHUONG_DEN: "Chờ Đoàn cơ sở đến",
    T.CHO_CHI_DOAN_DEN: "Chờ chi đoàn đến",
    T.CHO_NOI_KHAC: "Chờ nơi đến",
    T.TU_CHOI: "Bị từ chối",
    T.XONG: "Đã tiếp nhận",
    T.RUT: "Đã rút",
}


def state_of(day, so_ngay_nhac):
    """Where a transfer stands: (family, icon, words), with the days it waits when they are many."""

    def state(row):
        family, icon = _PILL.get(row.trang_thai, ("info", "hourglass"))
        words = TEN_NGAN[row.trang_thai]
        days = (day - row.ngay_buoc).days
        if row.is_dang_mo and days >= so_ngay_nhac:
            return "bad" if family == "bad" else "warn", icon, f"{words}, {days}{NBSP}ngày"
        return family, icon, words

    return state


_KHONG_CO_AI = {
    "": ("Không có ai đang chuyển sinh hoạt", _CACH_LAM),
    CHO_TOI: ("Không có việc nào chờ đồng chí", "Việc nào đến lượt đồng chí ký sẽ hiện ở đây."),
    DI: ("Không có ai đang chuyển đi", _CACH_LAM),
    DEN: (
        "Không có ai đang chuyển đến",
        "Đồng chí mang giấy từ nơi chưa dùng phần mềm: bấm «Tiếp nhận từ nơi khác».",
    ),
    XONG: ("Chưa có lần chuyển nào xong", "Tiếp nhận xong, hoặc đã rút, thì vào đây."),
}
"""What an empty part of the list says: title and hint."""


def chuyen_table(day, so_ngay_nhac, muc=""):
    state = state_of(day, so_ngay_nhac)
    empty, hint = _KHONG_CO_AI.get(muc, _KHONG_CO_AI[""])
    return Table(
        name="chuyen-sinh-hoat",
        columns=(
            Column(
                label="Họ và tên",
                source="doan_vien.ho_ten",
                link=True,
                sort=("doan_vien__khoa_sap_xep",),
                second="get_loai_display",
                primary=True,
            ),
            Column(label="Từ", source="ten_noi_di", meta=True),
            Column(label="Đến", source="ten_noi_den", meta="đến"),
            Column(label="Ngày đề nghị", source="ngay", sort="ngay"),
            Column(label="Bước gần nhất", source="ngay_buoc", sort="ngay_buoc"),
            Column(label="Tình trạng", source=lambda row: state(row)[2], pill=state),
            Column(label="Số giấy", source="so_giay", in_page=False),
            Column(label="Lý do", source="ly_do", in_page=False),
        ),
        empty_text=empty,
        empty_hint=hint,
        empty_icon="arrow-right-left",
    )


def khach_table(day):
    def state(row):
        if row.den_ngay and row.den_ngay < day:
            return "neutral", "archive", "Đã hết hạn"
        if row.den_ngay and (row.den_ngay - day).days <= SAP_HET_HAN:
            return "warn", "calendar-clock", "Sắp hết hạn"
        return "", "", row.get_loai_display()

    return Table(
        name="tam-thoi-noi-cu-tru",
        columns=(
            Column(
                label="Họ và tên",
                source="doan_vien.ho_ten",
                link=lambda row: reverse("doanvien:khach_detail", args=[row.pk]),
                sort=("doan_vien__khoa_sap_xep",),
                second="get_loai_display",
                primary=True,
            ),
            Column(label="Chính thức tại", source="noi_goc", meta=True),
            Column(label="Tham gia tại", source="chi_doan.ten_day_du", meta="tại"),
            Column(label="Từ ngày", source="tu_ngay", sort="tu_ngay"),
            Column(label="Đến hết ngày", source="den_ngay", sort="den_ngay"),
            Column(label="Tình trạng", source=lambda row: state(row)[2], pill=state),
        ),
        empty_text="Chưa có ai sinh hoạt tạm thời hay tham gia nơi cư trú",
        empty_hint="Đoàn viên cơ quan, trường học về tham gia ở nơi cư trú thì thêm ở đây.",
        empty_icon="house",
    )


BIEN_DONG_COLUMNS = (
    ("Đơn vị", lambda row: str(row.don_vi)),
    ("Đầu kỳ", lambda row: row.dau_ky),
    *((f"Vào: {NHAN[key].lower()}", lambda row, key=key: row.vao[key]) for key in VAO),
    ("Tổng vào", lambda row: row.tong_vao),
    *((f"Ra: {NHAN[key].lower()}", lambda row, key=key: row.ra[key]) for key in RA),
    ("Tổng ra", lambda row: row.tong_ra),
    ("Cuối kỳ", lambda row: row.cuoi_ky),
)
"""The workbook of movements: every reason on its own."""


def dong_bien_dong_table(user):
    def link(row):
        person = row.doan_vien
        may_open = user.may(Quyen.XEM_DOAN_VIEN, person.chi_doan)
        return person.get_absolute_url() if may_open else ""

    return Table(
        name="bien-dong",
        columns=(
            Column(
                label="Họ và tên",
                source="doan_vien.ho_ten",
                link=link,
                sort=("doan_vien__khoa_sap_xep",),
                primary=True,
            ),
            Column(label="Chi đoàn", source="chi_doan.ten_day_du", meta=True),
            Column(label="Từ ngày", source="tu_ngay", sort="tu_ngay", meta="từ"),
            Column(label="Vì", source="get_ly_do_bat_dau_display"),
            Column(label="Đến hết ngày", source="den_ngay", sort="den_ngay", meta="đến"),
            Column(label="Lý do thôi", source="get_ly_do_ket_thuc_display"),
        ),
        empty_text="Không có ai",
        empty_icon="users",
    )
