"""The lists around a group: candidates, proposals, sympathisers, the class about the Party."""

from dataclasses import replace

from core.periods import today
from core.tables import Column, Table
from core.text.display import NBSP, ngay

from .models import BoiDuongNhanThuc, DeXuatVaoTo, NguonVaoTo
from .models.nguon import SAP_HET_HAN
from .thang import full_months

T = DeXuatVaoTo.TrangThai
_DE_XUAT = {
    T.CHO: ("info", "hourglass"),
    T.NHAN: ("ok", "circle-check"),
    T.KHONG_NHAN: ("warn", "undo-2"),
    T.RUT: ("neutral", "log-out"),
}
_DONG_CHI = Column(
    label="Đồng chí",
    source="doan_vien.ho_ten",
    link=True,
    sort=("doan_vien__khoa_sap_xep",),
    second="doan_vien.chi_doan.ten_day_du",
)
_NGUOI = Column(
    label="Đồng chí",
    source="ho_ten",
    link=True,
    sort=("khoa_sap_xep",),
    second="chi_doan.ten_day_du",
)


def trang_thai_de_xuat(row: DeXuatVaoTo) -> tuple[str, str, str]:
    return (*_DE_XUAT[row.trang_thai], row.get_trang_thai_display())


def phieu(row) -> str:
    """ "12/15 tán thành" of a proposal or candidate; nothing without a vote."""
    return f"{row.tan_thanh}/{row.co_quyen}{NBSP}tán{NBSP}thành" if row.co_quyen else ""


DE_XUAT_TABLE = Table(
    name="de-xuat-vao-to",
    columns=(
        _DONG_CHI,
        Column(label="Nguồn", source="get_nguon_display", second=phieu, meta=True),
        Column(label="Ngày họp", source="ngay", sort="ngay", meta="họp"),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=trang_thai_de_xuat),
        Column(label="Trả lời", source="tra_loi", second="xet_ngay"),
        Column(label="Lý do đề xuất", source="ly_do", in_page=False),
    ),
    empty_text="Chưa có đề xuất nào",
    empty_hint="Chi đoàn họp, biểu quyết rồi đề xuất đoàn viên ưu tú vào tổ tu dưỡng.",
    empty_icon="vote",
)


def tuoi(nguoi) -> str:
    """ "24 tuổi 3 tháng": conditions are counted by month."""
    thang = full_months(nguoi.ngay_sinh, today())
    return f"{thang // 12}{NBSP}tuổi {thang % 12}{NBSP}tháng"


def _nguon(nguoi) -> str:
    words = [NguonVaoTo(nguoi.nguon_de_xuat).label] if nguoi.nguon_de_xuat else []
    words += [f"Xếp loại xuất sắc năm {today().year - 1}"] if nguoi.xuat_sac else []
    return "; ".join(words)


NGUON_TABLE = Table(
    name="nguon-vao-to",
    columns=(
        _NGUOI,
        Column(label="Nguồn", source=_nguon, second=phieu, meta=True),
        Column(label="Tuổi", source=tuoi, sort="ngay_sinh", meta=True),
        Column(label="Học vấn", source="van_hoa"),
        Column(label="Cảm tình Đảng", source="ngay_cam_tinh", sort="ngay_cam_tinh"),
        Column(label="Chứng nhận đến", source="chung_nhan_den"),
        Column(
            label="Việc",
            source="pk",
            template="tuduong/_nguon_cell.html",
            act=True,
            in_file=False,
        ),
    ),
    empty_text="Chưa có nguồn vào tổ",
    empty_hint="Đoàn viên được đề xuất hoặc xếp loại xuất sắc năm trước sẽ ở đây. Nhắc các chi "
    "đoàn họp, biểu quyết đề xuất.",
    empty_icon="users",
)

_CAM_TINH = Table(
    name="cam-tinh-dang",
    columns=(
        _NGUOI,
        Column(label="Ngày sinh", source="ngay_sinh", sort="ngay_sinh"),
        Column(label="Ngày xét", source="ngay_cam_tinh", sort="ngay_cam_tinh", meta="xét"),
        Column(label="Chi bộ xét", source="noi_cam_tinh", meta=True),
        Column(
            label="Việc",
            source="pk",
            template="tuduong/_cam_tinh_cell.html",
            act=True,
            in_file=False,
        ),
    ),
    empty_text="Chưa ghi đồng chí nào là cảm tình Đảng",
    empty_hint="Khi chi bộ xét công nhận, Đoàn cơ sở ghi ngày và tên chi bộ.",
    empty_icon="star",
)


def cam_tinh_table(*, may_manage: bool) -> Table:
    """The list of sympathisers; with the button to take somebody off for who may."""
    return _CAM_TINH if may_manage else replace(_CAM_TINH, columns=_CAM_TINH.columns[:-1])


THOI_CAM_TINH_TABLE = Table(
    name="thoi-cam-tinh-dang",
    columns=(
        Column(
            label="Đồng chí",
            source="doan_vien.ho_ten",
            sort=("doan_vien__khoa_sap_xep",),
            second="doan_vien.chi_doan.ten_day_du",
        ),
        Column(label="Ngày xét", source="ngay_cam_tinh"),
        Column(label="Chi bộ xét", source="noi_cam_tinh"),
        Column(label="Đưa ra ngày", source="ngay", sort="ngay", meta="đưa ra"),
        Column(label="Lý do", source="ly_do", meta=True),
    ),
    empty_text="Chưa đưa đồng chí nào ra khỏi danh sách",
    empty_icon="circle-check",
)


def trang_thai_nhan_thuc(row: BoiDuongNhanThuc) -> tuple[str, str, str]:
    """The state as a pill; a certificate with the day it runs out, red when that is near."""
    state = BoiDuongNhanThuc.TrangThai
    if row.trang_thai == state.DUOC_CAP:
        den = row.hieu_luc_den
        if den < today():
            return "bad", "circle-alert", f"Hết hạn {ngay(den)}"
        if den <= today() + SAP_HET_HAN:
            return "bad", "circle-alert", f"Sắp hết hạn {ngay(den)}"
        return "ok", "circle-check", f"Còn hạn đến {ngay(den)}"
    families = {
        state.CU_DI: ("info", "send"),
        state.DANG_HOC: ("info", "graduation-cap"),
        state.KHONG_DAT: ("warn", "circle-alert"),
    }
    return (*families[row.trang_thai], row.get_trang_thai_display())


NHAN_THUC_TABLE = Table(
    name="lop-nhan-thuc-ve-dang",
    columns=(
        _DONG_CHI,
        Column(label="Tình trạng", source="get_trang_thai_display", pill=trang_thai_nhan_thuc),
        Column(label="Nơi học", source="noi_hoc", second="lop", meta=True),
        Column(label="Học từ ngày", source="tu_ngay", sort="tu_ngay", meta="từ"),
        Column(label="Đến ngày", source="den_ngay"),
        Column(label="Số giấy chứng nhận", source="so_chung_nhan"),
        Column(label="Ngày cấp", source="ngay_cap", sort="ngay_cap"),
        Column(label="Giá trị đến", source="hieu_luc_den", sort="hieu_luc_den", in_page=False),
    ),
    empty_text="Chưa cử đồng chí nào đi học lớp nhận thức về Đảng",
    empty_hint="Đoàn cơ sở cử đồng chí đi học, rồi ghi số và ngày giấy chứng nhận khi được cấp.",
    empty_icon="graduation-cap",
)

CHO_LOP_TABLE = Table(
    name="cho-lop-nhan-thuc",
    columns=(
        Column(
            label="Đồng chí",
            source="doan_vien.ho_ten",
            link=True,
            sort=("doan_vien__khoa_sap_xep",),
            second="chi_doan.ten_day_du",
        ),
        Column(label="Tổ", source="to.ten", meta=True),
        Column(label="Vào tổ", source="tu_ngay", sort="tu_ngay", meta="vào tổ"),
    ),
    empty_text="Không có đồng chí nào trong tổ đang chờ lớp",
    empty_icon="circle-check",
)
