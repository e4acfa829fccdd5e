"""The rows behind a figure, one declaration for each source."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from chidoan.hoat_dong.loai import so_luong_bang_chu
from chidoan.lich_hop import NhipHop
from chidoan.lich_nam import url_nam
from core.tables import Column, Table
from core.text.display import EMPTY as CHUA_CO
from doanvien.doan_phi.con_no import thang_no
from doanvien.doan_phi.quy_tac import doc_khoang
from tochuc.models import DonVi
from tudưong.models import BoiDuongNhanThuc

from . import tables_sinh_ke

EMPTY = "Không có dòng nào trong kỳ"


def _nguoi(path: str = "doan_vien") -> Column:
    return Column(
        label="Họ và tên",
        source=f"{path}.ho_ten",
        link=lambda row: getattr(row, path).get_absolute_url(),
        primary=True,
    )


def _chi_doan(path: str = "chi_doan") -> Column:
    return Column(label="Chi đoàn", source=f"{path}.ten", meta=True)


def _ve_don_vi(row) -> str:
    return row.don_vi.get_absolute_url()


_QUA_TRINH = (
    _nguoi(),
    _chi_doan(),
    Column(label="Ngày sinh", source="doan_vien.ngay_sinh"),
    Column(label="Từ ngày", source="tu_ngay", meta="từ"),
    Column(label="Vì", source="get_ly_do_bat_dau_display"),
    Column(label="Đến hết ngày", source="den_ngay"),
    Column(label="Lý do thôi", source="get_ly_do_ket_thuc_display"),
)
_DON_VI = (
    Column(label="Đơn vị", source="ten_day_du", link=True, primary=True),
    Column(label="Khối", source="get_khoi_display", meta=True),
    Column(label="Cụm thi đua", source="cum_thi_dua"),
    Column(label="Thành lập", source="thanh_lap"),
    Column(label="Kết thúc", source="ket_thuc"),
)
_CHI_DOAN = (
    Column(label="Chi đoàn", source="ten", link=True, primary=True),
    Column(label="Khối", source="get_khoi_display", meta=True),
    Column(label="Đoàn viên", source="so_doan_vien", numeric=True, meta="đoàn viên"),
    Column(label="Buổi trong kỳ", source="so_buoi", numeric=True),
    Column(
        label="Đã họp",
        source=lambda row: NhipHop(row.so_da_hop, row.so_phai_hop).phan_so or CHUA_CO,
        link=lambda row: url_nam(row, row.nam_hop) if row.so_phai_hop else "",
        numeric=True,
        meta="đã họp",
        in_file=False,
    ),
    Column(label="Đã họp", source="so_da_hop", numeric=True, in_page=False),
    Column(label="Phải họp", source="so_phai_hop", numeric=True, in_page=False),
)
_HO_SO = (
    _nguoi(),
    _chi_doan(),
    Column(label="Hồ sơ", source="ma", link=True),
    Column(label="Giới thiệu", source="ngay_gioi_thieu", meta="giới thiệu"),
    Column(label="Giai đoạn", source="get_trang_thai_display"),
    Column(label="Kết nạp Đảng", source="ngay_ket_nap"),
)
_CONG_VAN = (
    Column(
        label="Họ và tên",
        source="ho_so.doan_vien.ho_ten",
        link=lambda row: row.ho_so.get_absolute_url(),
        primary=True,
    ),
    _chi_doan("ho_so.chi_doan"),
    Column(label="Ngày công văn", source="ngay", meta="ngày"),
    Column(label="Đề nghị trả lời trước", source="han_tra_loi"),
    Column(label="Được trả lời", source="tra_loi_ngay", meta="trả lời"),
    Column(label="Nội dung trả lời", source="get_tra_loi_loai_display"),
)
_BI_THU = (
    Column(label="Họ và tên", source="ho_ten", primary=True),
    Column(
        label="Chi đoàn",
        source="don_vi.ten",
        link=lambda row: row.don_vi.get_absolute_url(),
        meta=True,
    ),
    Column(label="Nhận nhiệm vụ", source="tu_ngay", meta="từ"),
    Column(label="Đến hết ngày", source="den_ngay"),
)
_NGUYEN_VONG = (
    Column(
        label="Nguyện vọng",
        source="__str__",
        link=True,
        second=lambda row: row.cua_ai,
        primary=True,
    ),
    Column(label="Chi đoàn", source="chi_doan.ten", meta=True),
    Column(label="Ghi nhận", source="ngay", meta="ghi"),
    Column(label="Tình trạng", source="get_trang_thai_display", meta=True),
    Column(label="Ngày kết thúc", source="ngay_xong"),
)
_HOAT_DONG = (
    Column(
        label="Hoạt động",
        source="ten",
        link=True,
        second=lambda row: row.get_loai_display(),
        primary=True,
    ),
    Column(label="Đơn vị", source="don_vi.ten_day_du", meta=True),
    Column(label="Ngày", source="den_ngay", meta=True),
    Column(
        label="Số lượng", source=lambda row: so_luong_bang_chu(row.loai, row.so_luong), meta=True
    ),
    Column(label="Lượt người", source="luot", numeric=True),
    Column(label="Trị giá (đồng)", source="tien", numeric=True),
)
_DOAN_PHI = (
    _nguoi(),
    _chi_doan(),
    Column(label="Tháng", source=lambda row: f"{row.thang:%m/%Y}", meta="tháng"),
    Column(label="Số tiền (đồng)", source="so_tien", numeric=True, meta=True),
    Column(label="Phiếu", source="phieu.so_phieu", link=lambda row: row.phieu.get_absolute_url()),
    Column(label="Ngày thu", source="phieu.ngay"),
)
_COLUMNS: dict[str, tuple[Column, ...]] = {
    "don_vi": _DON_VI,
    "chi_doan": _CHI_DOAN,
    "thanh_lap": _DON_VI,
    "ket_thuc": _DON_VI,
    "dia_ban": (
        Column(label="Địa bàn", source="__str__", primary=True),
        Column(label="Loại", source="get_loai_display", meta=True),
        Column(label="Chi đoàn phụ trách", source="chi_doan.ten", meta=True),
        Column(label="Từ ngày", source="tu_ngay"),
    ),
    "xep_loai": (
        Column(
            label="Chi đoàn",
            source="don_vi.ten",
            link=_ve_don_vi,
            primary=True,
        ),
        Column(label="Mức", source="ten", meta=True),
        Column(label="Thang", source="thang_day_du"),
        Column(label="Số quyết định", source="so_quyet_dinh"),
        Column(label="Ngày", source="ngay", meta=True),
    ),
    "co_so_xep_loai": (
        Column(label="Đoàn cơ sở", source="don_vi.ten_day_du", link=_ve_don_vi, primary=True),
        Column(label="Mức", source="ten", meta=True),
        Column(label="Số quyết định", source="so_quyet_dinh"),
        Column(label="Ngày", source="ngay", meta=True),
    ),
    "doan_vien": _QUA_TRINH,
    "noi_cu_tru": _QUA_TRINH,
    "vao": _QUA_TRINH,
    "ra": _QUA_TRINH,
    "buoi": (
        Column(label="Buổi sinh hoạt", source="__str__", link=True, primary=True),
        _chi_doan(),
        Column(label="Chủ điểm", source="chu_diem"),
        Column(label="Ngày", source="ngay"),
    ),
    "diem_danh": (
        _nguoi(),
        _chi_doan("buoi.chi_doan"),
        Column(
            label="Buổi",
            source="buoi.ngay",
            link=lambda row: row.buoi.get_absolute_url(),
            meta=True,
        ),
        Column(label="Tình trạng", source="get_trang_thai_display", meta=True),
    ),
    "bi_thu": _BI_THU,
    "nhan_bi_thu": _BI_THU,
    "bi_thu_lop": (*_BI_THU, Column(label="Lớp đã dự trong năm", source="so_lop", numeric=True)),
    "chi_doan_gon": (
        Column(label="Chi đoàn", source="ten", link=True, primary=True),
        Column(label="Khối", source="get_khoi_display", meta=True),
        Column(label="Đoàn viên", source="so_doan_vien", numeric=True, meta="đoàn viên"),
        Column(label="Họp lần cuối", source="buoi_cuoi", meta="họp lần cuối"),
    ),
    "khuyet_bi_thu": (
        Column(label="Chi đoàn", source="ten", link=True, primary=True),
        Column(label="Khối", source="get_khoi_display", meta=True),
        Column(label="Khuyết từ", source="khuyet_tu", meta="từ"),
    ),
    "hoat_dong": _HOAT_DONG,
    "mo_hinh": (
        Column(label="Mô hình", source="ten", link=True, primary=True),
        Column(label="Đơn vị", source="don_vi.ten_day_du", meta=True),
        Column(label="Từ ngày", source="tu_ngay", meta="từ"),
    ),
    "xep_loai_doan_vien": (
        _nguoi(),
        _chi_doan(),
        Column(label="Mức", source="get_muc_display", meta=True),
        Column(label="Ngày công nhận", source="ngay"),
    ),
    "thanh_vien_to": (
        _nguoi(),
        _chi_doan(),
        Column(label="Tổ", source="to.ten", meta=True),
        Column(label="Vào tổ", source="tu_ngay"),
    ),
    "to_tu_duong": (
        Column(label="Tổ", source="ten", link=True, primary=True),
        Column(label="Đơn vị", source="don_vi.ten_day_du", meta=True),
        Column(label="Thành lập", source="ngay_thanh_lap"),
    ),
    "ky_danh_gia": (
        Column(label="Kỳ", source="__str__", link=True, primary=True),
        Column(label="Tổ", source="to.ten", meta=True),
        Column(label="Ngày họp", source="ngay", meta=True),
    ),
    "khen_tap_the": (
        Column(label="Tập thể", source="don_vi.ten_day_du", link=_ve_don_vi, primary=True),
        Column(label="Hình thức", source="get_hinh_thuc_display", meta=True),
        Column(label="Cấp khen", source="get_cap_display", meta=True),
        Column(label="Nội dung, thành tích", source="noi_dung"),
        Column(label="Số quyết định", source="so_quyet_dinh"),
        Column(label="Ngày", source="ngay", meta=True),
    ),
    "lop_tap_huan": (
        Column(label="Lớp", source="ten", link=True, primary=True),
        Column(label="Đơn vị mở lớp", source="don_vi.ten_day_du", meta=True),
        Column(label="Chuyên đề", source=lambda row: "; ".join(row.cac_chu_de)),
        Column(label="Từ ngày", source="tu_ngay"),
        Column(label="Đến ngày", source="den_ngay", meta=True),
        Column(label="Lượt cán bộ", source="so_du", numeric=True, meta="lượt"),
    ),
    "luot_tap_huan": (
        Column(label="Họ và tên", source="ho_ten", primary=True, second="chuc_vu"),
        Column(label="Đơn vị", source="ten_don_vi", meta=True),
        Column(
            label="Lớp",
            source="lop.ten",
            link=lambda row: row.lop.get_absolute_url(),
            meta=True,
        ),
        Column(label="Ngày", source="lop.den_ngay", meta=True),
        Column(label="Kết quả", source="get_ket_qua_display"),
    ),
    "khen_thuong": (
        _nguoi(),
        _chi_doan(),
        Column(label="Hình thức", source="get_hinh_thuc_display", meta=True),
        Column(label="Cấp khen", source="get_cap_display", meta=True),
        Column(label="Nội dung", source="noi_dung"),
        Column(label="Ngày", source="ngay"),
    ),
    "ky_luat": (_chi_doan(), Column(label="Công bố", source="ngay_cong_bo", meta=True)),
    "doan_phi": _DOAN_PHI,
    "doan_phi_thang": _DOAN_PHI,
    "no_doan_phi": (
        _nguoi(),
        _chi_doan(),
        Column(label="Tháng còn nợ", source=lambda row: doc_khoang(thang_no(row)), meta=True),
        Column(label="Số tiền (đồng)", source="so_tien", numeric=True, meta="đồng"),
    ),
    "nop_doan_phi": (
        Column(label="Chi đoàn", source="don_vi.ten", link=True, primary=True),
        Column(label="Ngày nộp", source="ngay", meta=True),
        Column(label="Đã thu (đồng)", source="co_so", numeric=True),
        Column(label="Giữ lại (đồng)", source="giu_lai", numeric=True),
        Column(label="Trích nộp (đồng)", source="trich_nop", numeric=True, meta="nộp"),
        Column(label="Tình trạng", source="get_trang_thai_display"),
    ),
    "gioi_thieu": _HO_SO,
    "gui_cap_uy": (*_HO_SO, Column(label="Gửi cấp ủy", source="ngay_gui")),
    "ket_nap_dang": _HO_SO,
    "nhan_thuc": (
        _nguoi(),
        _chi_doan(),
        Column(
            label="Lớp",
            source=lambda row: BoiDuongNhanThuc.TrangThai(row.tinh_trang).label,
            link=lambda row: reverse("tuduong:nhan_thuc", args=[row.lop]),
            meta=True,
        ),
        Column(label="Học xong ngày", source="ngay_hoc", meta="ngày"),
    ),
    "cong_van": _CONG_VAN,
    "cong_van_tra_loi": _CONG_VAN,
    "cong_van_cho": _CONG_VAN,
    "nguyen_vong": _NGUYEN_VONG,
    "nguyen_vong_xong": _NGUYEN_VONG,
    "quy_hoach": (
        _nguoi(),
        Column(label="Cho chi đoàn", source="don_vi.ten", meta=True),
        Column(label="Chức danh", source="get_chuc_danh_display", meta=True),
        Column(label="Đưa vào", source="ngay"),
        Column(label="Phê duyệt", source="can_cu"),
    ),
    "cu_can_bo": (
        _nguoi(),
        Column(label="Cử về", source="don_vi.ten", meta=True),
        Column(label="Để làm", source="get_vai_tro_display", meta=True),
        Column(label="Từ ngày", source="tu_ngay"),
        Column(label="Đến hết ngày", source="den_ngay"),
        Column(label="Văn bản cử", source="can_cu"),
    ),
    "lan_xuong": (
        Column(
            label="Chi đoàn",
            source="chi_doan.ten",
            link=lambda row: reverse("chidoan:lan_xuong_cua", args=[row.chi_doan_id]),
            primary=True,
        ),
        Column(label="Người xuống", source="ho_ten", meta=True),
        Column(label="Ngày", source="ngay", meta=True),
    ),
    "tham_hoi": (
        _nguoi(),
        _chi_doan(),
        Column(label="Dịp", source="dip_cong_khai", meta=True),
        Column(label="Trị giá (đồng)", source="gia_tri", numeric=True),
        Column(label="Ngày", source="ngay", link=True, meta=True),
    ),
    **tables_sinh_ke.COT,
}
_NGHI_QUYET = (
    Column(label="Nghị quyết", source="noi_dung", link=True, primary=True),
    _chi_doan(),
    Column(label="Hạn", source="han", meta="hạn"),
    Column(label="Tình trạng", source="get_trang_thai_display", meta=True),
    Column(label="Kết thúc", source="ket_thuc_ngay"),
)
_NHU: dict[str, str] = {
    "cham_nop": "chi_doan",
    "cho_cap_tren": "nguyen_vong",
    "chuc_vu": "bi_thu",
    "nhan_chuc": "bi_thu",
    "thoi_chuc": "bi_thu",
    "cu_di": "cu_can_bo",
    "tham_muu_cho": "tham_muu",
    "sap_lam": "hoat_dong",
    "lop_sap_mo": "lop_tap_huan",
    "kiem_tra_sap_toi": "kiem_tra",
}
"""Sources whose rows are shown as those of another are."""
_COLUMNS |= dict.fromkeys(
    ("nghi_quyet_xong", "nghi_quyet_qua_han", "nghi_quyet_den_han"), _NGHI_QUYET
)
_RELATED: dict[str, tuple[str, ...]] = {
    "dia_ban": ("chi_doan", "don_vi"),
    "xep_loai": ("don_vi",),
    "co_so_xep_loai": ("don_vi",),
    "buoi": ("chi_doan",),
    "diem_danh": ("doan_vien", "buoi__chi_doan"),
    "bi_thu": ("don_vi",),
    "bi_thu_lop": ("don_vi",),
    "nhan_bi_thu": ("don_vi",),
    "hoat_dong": ("don_vi",),
    "khen_tap_the": ("don_vi",),
    "lop_tap_huan": ("don_vi",),
    "luot_tap_huan": ("lop__don_vi",),
    "mo_hinh": ("don_vi",),
    "thanh_vien_to": ("doan_vien", "chi_doan", "to"),
    "to_tu_duong": ("don_vi",),
    "ky_danh_gia": ("to",),
    "doan_phi": ("doan_vien", "chi_doan", "phieu"),
    "doan_phi_thang": ("doan_vien", "chi_doan", "phieu"),
    "nop_doan_phi": ("don_vi",),
    "quy_hoach": ("doan_vien", "don_vi"),
    "cu_can_bo": ("doan_vien", "don_vi"),
    "lan_xuong": ("chi_doan",),
    **tables_sinh_ke.KEM,
}
_RELATED |= dict.fromkeys(
    ("nghi_quyet_xong", "nghi_quyet_qua_han", "nghi_quyet_den_han"), ("chi_doan",)
)
_NGUOI = ("doan_vien", "chi_doan")
_CONG_VAN_KEM = ("ho_so__doan_vien", "ho_so__chi_doan")
_RELATED |= dict.fromkeys(("cong_van", "cong_van_tra_loi", "cong_van_cho"), _CONG_VAN_KEM)
_ORDER = {
    **tables_sinh_ke.THU_TU,
    "nghi_quyet_xong": ("ket_thuc_ngay", "pk"),
    "nghi_quyet_qua_han": ("han", "pk"),
    "nghi_quyet_den_han": ("han", "pk"),
    "nguyen_vong": ("ngay", "pk"),
    "cong_van": ("ngay", "pk"),
    "cong_van_tra_loi": ("tra_loi_ngay", "pk"),
    "cong_van_cho": ("ngay", "pk"),
    "nguyen_vong_xong": ("ngay_xong", "pk"),
    "doan_phi": ("phieu__ngay", "doan_vien__khoa_sap_xep", "pk"),
    "doan_phi_thang": ("thang", "doan_vien__khoa_sap_xep", "pk"),
    "nop_doan_phi": ("ngay", "don_vi__path", "pk"),
    "diem_danh": ("buoi__ngay", "doan_vien__khoa_sap_xep", "pk"),
    "buoi": ("ngay", "pk"),
    "hoat_dong": ("den_ngay", "pk"),
    "khen_tap_the": ("ngay", "don_vi__path", "pk"),
    "lop_tap_huan": ("den_ngay", "pk"),
    "luot_tap_huan": ("lop__den_ngay", "lop", "don_vi__path", "khoa_sap_xep", "pk"),
    "xep_loai": ("don_vi__path",),
    "co_so_xep_loai": ("don_vi__path",),
    "dia_ban": ("don_vi__path", "chi_doan__path", "pk"),
    "lan_xuong": ("ngay", "pk"),
    "bi_thu": ("don_vi__path", "pk"),
    "bi_thu_lop": ("don_vi__path", "pk"),
    "chi_doan_gon": ("path",),
    "khuyet_bi_thu": ("path",),
    "nhan_bi_thu": ("don_vi__path", "pk"),
    "don_vi": ("path",),
    "chi_doan": ("path",),
}
CA_NHAN = frozenset(
    {
        "doan_vien",
        "noi_cu_tru",
        "vao",
        "ra",
        "diem_danh",
        "doan_phi",
        "doan_phi_thang",
        "no_doan_phi",
        "nhan_thuc",
        "bi_thu",
        "bi_thu_lop",
        "nhan_bi_thu",
        "xep_loai_doan_vien",
        "thanh_vien_to",
        "khen_thuong",
        "luot_tap_huan",
        "ky_luat",
        "gioi_thieu",
        "gui_cap_uy",
        "ket_nap_dang",
        "cong_van",
        "cong_van_tra_loi",
        "cong_van_cho",
        "nguyen_vong",
        "nguyen_vong_xong",
        "quy_hoach",
        "cu_can_bo",
        "tham_hoi",
        "cho_cap_tren",
        "chuc_vu",
        "nhan_chuc",
        "thoi_chuc",
        "cu_di",
        "mo_hinh_kinh_te",
        "ho_tro",
        "to_tiet_kiem",
    }
)
"""Sources whose rows are persons: a workbook of them takes the right to export, and is recorded."""


def rows_table(nguon: str, *, ten: str, co_so: Callable[[Any], str] | None = None) -> Table:
    """The table of a source's rows; `co_so` adds the ward of each row."""
    columns = _COLUMNS[_NHU.get(nguon, nguon)]
    if co_so:
        ward = Column(label="Xã, phường", source=co_so, meta=True)
        columns = (columns[0], ward, *columns[1:])
    return Table(name=ten, columns=columns, empty_text=EMPTY)


def prepared(nguon: str, rows):
    """The rows with all that the table shows, in a fixed order."""
    nguon = _NHU.get(nguon, nguon)
    is_nguoi = nguon in CA_NHAN
    if nguon == "lop_tap_huan":
        rows = rows.with_so_nguoi()
    related = _RELATED.get(nguon) or (_NGUOI if is_nguoi else ())
    if related:
        rows = rows.select_related(*related)
    by_name = ("doan_vien__khoa_sap_xep", "pk") if is_nguoi else ("pk",)
    return rows.order_by(*_ORDER.get(nguon, by_name))


def ten_co_so(units: list[DonVi], path_of: Callable[[Any], str]) -> Callable[[Any], str]:
    """A function from a row to the name of its ward."""
    names = {unit.path: unit.ten_noi for unit in units}

    def ten(row) -> str:
        path = path_of(row)
        above = (path[:end] for end in range(len(path), 0, -DonVi.steplen))
        return next((names[part] for part in above if part in names), "")

    return ten
