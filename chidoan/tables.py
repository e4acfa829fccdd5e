"""The lists of branch life: columns of page and workbook."""

from datetime import date

from django.urls import reverse

from core.periods import KyBaoCao, today
from core.tables import Column, Table
from core.text.display import EMPTY, con_lai, ty_le
from core.text.numbers import roman
from tochuc.models import LoaiDonVi

from .lich_hop import ky_cua
from .lich_nam import url_nam
from .models import BuoiSinhHoat, ChiDoan, NghiQuyet

TRANG_THAI_BUOI = {
    BuoiSinhHoat.TrangThai.NHAP: ("warn", "file-pen-line"),
    BuoiSinhHoat.TrangThai.HOAN_THANH: ("", "circle-check"),
    BuoiSinhHoat.TrangThai.SUA_DOI: ("info", "pencil-line"),
}


def trang_thai_buoi(buoi: BuoiSinhHoat) -> tuple[str, str, str]:
    """Family, icon and word; a finished meeting is the normal case and stays quiet."""
    if buoi.is_hen:
        return "info", "calendar-clock", "Đã hẹn"
    family, icon = TRANG_THAI_BUOI[buoi.trang_thai]
    return family, icon, buoi.get_trang_thai_display()


def trang_thai_nghi_quyet(row: NghiQuyet) -> tuple[str, str, str]:
    """Lateness is told as of today, or of the day on which the branch's records stop."""
    if row.trang_thai == NghiQuyet.TrangThai.XONG:
        return "ok", "circle-check", "Xong"
    if row.trang_thai == NghiQuyet.TrangThai.THOI:
        return "neutral", "minus", "Thôi làm"
    day = row.chi_doan.ngay_so_lieu(today())
    words = con_lai(row.han, day)
    if row.han < day:
        return "bad", "circle-alert", words.capitalize()
    return "", "clock", f"Đang làm, {words}"


def _chu_de(buoi: BuoiSinhHoat) -> str:
    theme = buoi.chu_diem or buoi.get_loai_display()
    return f"{theme} · {buoi.cach_ghi}" if buoi.cach_ghi else theme


BUOI_TABLE = Table(
    name="sinh-hoat",
    columns=(
        Column(label="Ngày họp", source="ngay", link=True, sort="ngay", second=_chu_de),
        Column(label="Chi đoàn", source="chi_doan.ten", sort="chi_doan__khoa_sap_xep", meta=True),
        Column(label="Loại buổi", source="get_loai_display", in_page=False),
        Column(
            label="Dự họp",
            source=lambda row: ty_le(row.so_du_hop, row.so_danh_sach),
            numeric=True,
            meta="dự họp",
            in_file=False,
        ),
        Column(
            label="Không tính vắng có lý do",
            source=lambda row: ty_le(row.so_du_hop, row.so_danh_sach - row.so_ly_do),
            numeric=True,
            in_file=False,
        ),
        Column(label="Danh sách", source="so_danh_sach", numeric=True, in_page=False),
        Column(label="Dự họp", source="so_du_hop", numeric=True, in_page=False),
        Column(label="Vắng có lý do", source="so_ly_do", numeric=True, in_page=False),
        Column(label="Vắng", source="so_vang", numeric=True, in_page=False),
        Column(label="Trạng thái", source="get_trang_thai_display", pill=trang_thai_buoi),
        Column(label="Cách ghi", source="cach_ghi", in_page=False),
    ),
    empty_text="Chưa ghi buổi sinh hoạt nào",
    empty_hint="Buổi sinh hoạt do chi đoàn ghi, hoặc phường ghi thay, sẽ nằm ở đây.",
)

DIEM_DANH_TABLE = Table(
    name="diem-danh",
    columns=(
        Column(label="Họ và tên", source="doan_vien.ho_ten", sort="doan_vien__khoa_sap_xep"),
        Column(label="Chi đoàn", source="buoi.chi_doan.ten", meta=True),
        Column(
            label="Buổi ngày",
            source="buoi.ngay",
            link=lambda row: reverse("chidoan:buoi_detail", args=[row.buoi_id]),
            sort="buoi__ngay",
            meta=True,
        ),
        Column(label="Tình trạng", source="get_trang_thai_display", meta=True),
    ),
    empty_text="Chưa có ai trong danh sách điểm danh",
)

NGHI_QUYET_TABLE = Table(
    name="nghi-quyet",
    columns=(
        Column(label="Việc", source="noi_dung", link=True, second="ket_qua"),
        Column(label="Chi đoàn", source="chi_doan.ten", sort="chi_doan__khoa_sap_xep", meta=True),
        Column(label="Người phụ trách", source="phu_trach.ho_ten", meta=True),
        Column(label="Ra ngày", source="buoi.ngay", sort="buoi__ngay"),
        Column(label="Hạn", source="han", sort="han", meta="hạn"),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=trang_thai_nghi_quyet),
        Column(
            label="Ghi kết quả",
            source=lambda row: "",
            template="chidoan/_nghi_quyet_viec.html",
            act=True,
            in_file=False,
        ),
        Column(label="Kết quả", source="ket_qua", in_page=False),
        Column(label="Kết thúc ngày", source="ket_thuc_ngay", in_page=False),
    ),
    empty_text="Chưa có nghị quyết nào",
    empty_hint="Nghị quyết ghi ở buổi sinh hoạt, kèm người phụ trách và hạn, sẽ nằm ở đây.",
)


def ten_doan_co_so(row: ChiDoan) -> str:
    """The ward of a branch, for those who see several wards."""
    return f"Đoàn {LoaiDonVi(row.loai_cap_tren).label} {row.ten_cap_tren}"


def _da_hop(row: ChiDoan, thang: KyBaoCao) -> tuple[str, str, str]:
    """Only a missing meeting is marked; a dispersed branch meets once a quarter."""
    words = ChiDoan.Hop(row.hop).label
    if row.hop == ChiDoan.Hop.CHUA:
        return "neutral", "circle-dashed", words
    unit = ky_cua(row, thang)
    if row.hop == ChiDoan.Hop.DA and unit != thang:
        words = f"{words} quý {roman(unit.quy)}"
    return "", "", words


_NGUOI_VIEC = (
    Column(
        label="Đoàn viên",
        source="so_doan_vien",
        numeric=True,
        sort="so_doan_vien",
        meta="đoàn viên",
    ),
    Column(
        label="Dự họp 3 tháng",
        source=lambda row: ty_le(row.so_du_hop, row.so_danh_sach),
        numeric=True,
        meta="dự họp",
    ),
    Column(label="Bí thư", source="ten_bi_thu", template="chidoan/_bi_thu_cell.html", meta=True),
    Column(label="Phụ trách", source="ten_phu_trach", template="chidoan/_phu_trach_cell.html"),
    Column(label="Nghị quyết đang làm", source="so_nghi_quyet", numeric=True, in_page=False),
    Column(
        label="Nghị quyết",
        source="so_nghi_quyet",
        template="chidoan/_nghi_quyet_cell.html",
        in_file=False,
    ),
    Column(label="Nghị quyết quá hạn", source="so_qua_han", numeric=True, in_page=False),
)


def chi_doan_table(*, nhieu_don_vi: bool, thang: KyBaoCao, den: date) -> Table:
    """Branches with the month's meeting, the year's that were due by `den`, and what stands open;
    with their ward when needed."""
    return Table(
        name="chi-doan",
        columns=(
            Column(
                label="Chi đoàn",
                source="ten",
                link=True,
                sort="khoa_sap_xep",
                second=ten_doan_co_so if nhieu_don_vi else None,
            ),
            Column(label="Đoàn cơ sở", source=ten_doan_co_so, in_page=False),
            *_cot_hop(thang, den, nhieu_don_vi),
            *_NGUOI_VIEC,
        ),
        empty_text="Chưa có chi đoàn nào",
    )


def _cot_hop(thang: KyBaoCao, den: date, nhieu_don_vi: bool) -> tuple[Column, ...]:
    def nhip(row):
        return row.nhip_nam(den)

    return (
        Column(
            label=f"Tháng {thang.thang}/{thang.nam}",
            source=lambda row: _da_hop(row, thang)[2],
            pill=lambda row: _da_hop(row, thang),
        ),
        Column(
            label=f"Đã họp năm {thang.nam}",
            source=lambda row: nhip(row).phan_so or EMPTY,
            link=lambda row: url_nam(row, row.nam_hop) if nhip(row).phai_hop else "",
            numeric=True,
            sort=() if nhieu_don_vi else "so_thieu",  # dear over a whole province
            meta="đã họp",
            in_file=False,
        ),
        Column(label="Đã họp", source=lambda row: nhip(row).da_hop, numeric=True, in_page=False),
        Column(
            label="Phải họp", source=lambda row: nhip(row).phai_hop, numeric=True, in_page=False
        ),
    )
