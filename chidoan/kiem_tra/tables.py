"""Lists of inspections, recommendations and admissions, for page and workbook."""

from django.urls import reverse
from django.utils.text import capfirst

from chidoan.models import CuocKiemTra, KienNghi
from chidoan.models.kiem_tra import TrangThaiKiemTra as T
from core.periods import today
from core.tables import Column, Table
from core.text import lowfirst
from core.text.display import con_lai, ngay

from .ket_nap import BUOC, thieu_bang_chu

PILLS = {
    T.KE_HOACH: ("neutral", "calendar"),
    T.DA_TIEN_HANH: ("info", "pencil-line"),
    T.DA_KET_LUAN: ("info", "file-check"),
    T.KHAC_PHUC: ("warn", "hourglass"),
    T.XONG: ("ok", "circle-check"),
    T.BO: ("neutral", "minus"),
}
K = KienNghi.TrangThai
PILLS_KIEN_NGHI = {
    K.CHO: ("warn", "circle-dashed"),
    K.DA_TRA_LOI: ("info", "send"),
    K.TRA_LAI: ("bad", "undo-2"),
    K.XONG: ("ok", "circle-check"),
}


def trang_thai(row: CuocKiemTra) -> tuple[str, str, str]:
    """Family, icon and words; a plan that is late says so."""
    day = today()
    if row.is_qua_han(day):
        return "bad", "circle-alert", f"Chưa tiến hành, {con_lai(row.han, day)}"
    return (*PILLS[row.trang_thai], row.get_trang_thai_display())


def trang_thai_kien_nghi(row: KienNghi) -> tuple[str, str, str]:
    day = today()
    if row.is_qua_han(day):
        return "bad", "circle-alert", con_lai(row.han, day).capitalize()
    return (*PILLS_KIEN_NGHI[row.trang_thai], row.get_trang_thai_display())


def thoi_gian(row: CuocKiemTra) -> str:
    """The day it took place, else when it is planned."""
    if row.ngay:
        return ngay(row.ngay)
    return row.ky_du_kien.ten if row.ky else ""


def _con_lai(row: CuocKiemTra) -> str:
    return f"{row.so_con_lai}/{row.so_kien_nghi}" if row.so_kien_nghi else ""


KIEM_TRA_TABLE = Table(
    name="kiem-tra-giam-sat",
    columns=(
        Column(
            label="Nội dung",
            source="chuyen_de",
            link=True,
            second=lambda row: f"{row.get_hinh_thuc_display()} · {row.doi_tuong}",
            primary=True,
        ),
        Column(label="Hình thức", source="get_hinh_thuc_display", in_page=False),
        Column(label="Đơn vị được kiểm tra", source="doi_tuong.ten_day_du", in_page=False),
        Column(label="Đơn vị tiến hành", source="don_vi.ten_day_du"),
        Column(label="Thời gian", source=thoi_gian, sort=("ngay", "han"), meta=True, nowrap=True),
        Column(label="Kiến nghị còn lại", source=_con_lai, numeric=True, meta="kiến nghị còn"),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=trang_thai),
        Column(label="Ngày kết luận", source="ngay_ket_luan", in_page=False),
        Column(label="Trưởng đoàn", source="truong_doan", in_page=False),
    ),
    empty_text="Chưa có cuộc kiểm tra, giám sát nào",
    empty_hint="Lập chương trình của năm, rồi ghi từng cuộc: tiến hành, kết luận, khắc phục.",
    empty_icon="search",
)

CHUONG_TRINH_TABLE = Table(
    name="chuong-trinh-kiem-tra",
    columns=(
        Column(
            label="Chương trình",
            source=lambda row: f"Năm {row.nam}",
            link=True,
            second="don_vi.ten_day_du",
            sort=("nam",),
            primary=True,
        ),
        Column(label="Đơn vị", source="don_vi.ten_day_du", in_page=False),
        Column(label="Số văn bản", source="so_van_ban", meta=True),
        Column(label="Ngày ban hành", source="ngay", sort="ngay"),
        Column(label="Số cuộc", source="so_cuoc", numeric=True, meta="cuộc"),
        Column(label="Đã tiến hành", source="so_da_lam", numeric=True, meta="đã tiến hành"),
    ),
    empty_text="Chưa lập chương trình năm nào",
    empty_hint="Đầu năm lập chương trình: nội dung, đơn vị, tháng hoặc quý.",
    empty_icon="calendar",
)

KIEN_NGHI_TABLE = Table(
    name="kien-nghi-kiem-tra",
    columns=(
        Column(
            label="Kiến nghị",
            source="noi_dung",
            link=True,
            second=lambda row: row.cuoc.doi_tuong.ten_day_du,
            primary=True,
        ),
        Column(label="Đơn vị phải khắc phục", source="cuoc.doi_tuong.ten_day_du", in_page=False),
        Column(label="Cuộc kiểm tra", source="cuoc.chuyen_de"),
        Column(label="Kết luận", source="cuoc.ngay_ket_luan", sort="cuoc__ngay_ket_luan"),
        Column(label="Hạn", source="han", sort="han", meta="hạn"),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=trang_thai_kien_nghi),
        Column(label="Khắc phục xong", source="ngay_xong", in_page=False),
    ),
    empty_text="Không có kiến nghị nào",
    empty_hint="Kiến nghị của các cuộc đã kết luận nằm ở đây cho đến khi khắc phục xong.",
    empty_icon="circle-check",
)


def _mo_ket_nap(row) -> str:
    """The case, or the member who has none."""
    if row.ket_nap_pk:
        return reverse("doanvien:ket_nap", args=[row.ket_nap_pk])
    return row.doan_vien.get_absolute_url()


def _thieu(row) -> tuple[str, str, str] | None:
    missing = _cau_thieu(row)
    return ("bad", "circle-alert", missing) if missing else ("ok", "check", "Đủ bước")


def _cau_thieu(row) -> str:
    """ "Chưa học Điều lệ Đoàn; không ghi người giới thiệu"."""
    words = "; ".join(lowfirst(text) for text in thieu_bang_chu(row))
    return capfirst(words)


KET_NAP_THIEU_TABLE = Table(
    name="ket-nap-thieu-buoc",
    columns=(
        Column(
            label="Họ và tên",
            source="doan_vien.ho_ten",
            link=_mo_ket_nap,
            sort=("doan_vien__khoa_sap_xep",),
            second=lambda row: row.chi_doan.ten_day_du,
            primary=True,
        ),
        Column(label="Chi đoàn", source="chi_doan.ten_day_du", in_page=False),
        Column(label="Kết nạp ngày", source="tu_ngay", sort="tu_ngay", meta=True),
        Column(label="Còn thiếu", source=_cau_thieu, pill=_thieu),
        *(Column(label=buoc.thieu, source=buoc.ma, numeric=True, in_page=False) for buoc in BUOC),
    ),
    empty_text="Không có trường hợp kết nạp nào thiếu bước",
    empty_hint="Ai kết nạp trong năm cũng có đơn, học Điều lệ, biểu quyết và số nghị quyết.",
    empty_icon="circle-check",
)


def _nguoi(path: str, second: str = "") -> Column:
    return Column(
        label="Họ và tên",
        source=f"{path}.ho_ten" if path else "ho_ten",
        link=(lambda row: getattr(row, path).get_absolute_url()) if path else True,
        second=second or None,
        primary=True,
    )


_BUOI = Table(
    name="kiem-tra-sinh-hoat",
    columns=(
        Column(label="Buổi sinh hoạt", source="__str__", link=True, primary=True),
        Column(label="Chi đoàn", source="chi_doan.ten", meta=True),
        Column(label="Ngày họp", source="ngay", sort="ngay", meta=True),
        Column(label="Ghi muộn", source="ghi_muon"),
    ),
    empty_text="Không có buổi nào",
)
DONG_TABLES: dict[str, tuple[Table, tuple[str, ...], tuple[str, ...]]] = {
    "sinh_hoat": (_BUOI, ("chi_doan",), ("chi_doan__path", "ngay", "pk")),
    "ghi_muon": (_BUOI, ("chi_doan",), ("chi_doan__path", "ngay", "pk")),
    "bien_ban": (_BUOI, ("chi_doan",), ("chi_doan__path", "ngay", "pk")),
    "du_hop": (
        Table(
            name="kiem-tra-diem-danh",
            columns=(
                _nguoi("doan_vien"),
                Column(label="Chi đoàn", source="buoi.chi_doan.ten", meta=True),
                Column(label="Ngày họp", source="buoi.ngay", meta=True),
                Column(label="Tình trạng", source="get_trang_thai_display", meta=True),
            ),
            empty_text="Không có lượt điểm danh nào",
        ),
        ("doan_vien", "buoi__chi_doan"),
        ("buoi__ngay", "doan_vien__khoa_sap_xep", "pk"),
    ),
    "nghi_quyet": (
        Table(
            name="kiem-tra-nghi-quyet",
            columns=(
                Column(label="Nghị quyết", source="noi_dung", link=True, primary=True),
                Column(label="Chi đoàn", source="chi_doan.ten", meta=True),
                Column(label="Hạn", source="han", meta="hạn"),
            ),
            empty_text="Không có nghị quyết nào quá hạn",
        ),
        ("chi_doan",),
        ("han", "pk"),
    ),
    "doan_phi": (
        Table(
            name="kiem-tra-doan-phi",
            columns=(
                Column(
                    label="Họ và tên",
                    source="ho_ten",
                    link=lambda row: reverse("doanvien:doan_phi_doan_vien", args=[row.pk]),
                    primary=True,
                ),
                Column(label="Chi đoàn", source="chi_doan.ten", meta=True),
            ),
            empty_text="Không ai nợ đoàn phí",
        ),
        ("chi_doan",),
        ("khoa_sap_xep", "pk"),
    ),
    "ket_nap": (KET_NAP_THIEU_TABLE, (), ("tu_ngay", "pk")),
    "ket_nap_thieu": (KET_NAP_THIEU_TABLE, (), ("tu_ngay", "pk")),
    "xep_loai": (
        Table(
            name="kiem-tra-xep-loai",
            columns=(
                _nguoi("doan_vien"),
                Column(label="Chi đoàn", source="chi_doan.ten", meta=True),
                Column(label="Mức", source="get_muc_display", meta=True),
                Column(label="Ngày công nhận", source="ngay"),
            ),
            empty_text="Chưa xếp loại ai",
        ),
        ("doan_vien", "chi_doan"),
        ("doan_vien__khoa_sap_xep", "pk"),
    ),
}
"""The table of the rows behind each figure, what it reads along, and its order."""
CO_TEN = frozenset({"du_hop", "doan_phi", "ket_nap", "ket_nap_thieu", "xep_loai"})
"""Rows that are people: their file takes the right to take members along."""
