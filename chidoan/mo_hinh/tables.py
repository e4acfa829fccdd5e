"""Columns of the list of initiatives, page and workbook."""

from chidoan.models import MoHinh
from core.periods import KyBaoCao
from core.tables import Column, Table

from .mau_cam_ket import gan_voi

MUC = {
    "tot": ("ok", "circle-check"),
    "dat": ("info", "check"),
    "chua": ("warn", "triangle-alert"),
}


def tinh_trang(row: MoHinh) -> tuple[str, str, str]:
    """Family, icon and word of where it stands."""
    if row.is_ket_thuc:
        return "neutral", "flag", f"Đã kết thúc: {row.get_ket_luan_display().lower()}"
    if row.ket_luan:
        return "ok", "circle-check", "Tiếp tục làm điểm"
    return "ok", "circle-check", "Đang thực hiện"


def muc_danh_gia(danh_gia) -> tuple[str, str, str]:
    return *MUC[danh_gia.muc], danh_gia.get_muc_display()


def _ky_cuoi(row: MoHinh) -> str:
    return str(KyBaoCao.parse(row.ky_cuoi)) if row.ky_cuoi else ""


def _gan_voi(row: MoHinh) -> str:
    return ", ".join(gan_voi(row.nhom_cam_ket.all()))


MO_HINH_TABLE = Table(
    name="mo-hinh",
    columns=(
        Column(label="Mô hình", source="ten", link=True, second=_gan_voi),
        Column(label="Đơn vị", source="don_vi.ten_day_du"),
        Column(
            label="Làm điểm",
            source=lambda row: row.diem.ten if row.diem else "Cả Đoàn cơ sở",
            meta="điểm:",
        ),
        Column(label="Gắn với", source=_gan_voi, in_page=False),
        Column(label="Thành viên tổ", source="so_thanh_vien", numeric=True, in_page=False),
        Column(label="Nếp làm việc", source="sinh_hoat", in_page=False),
        Column(label="Ra mắt", source="tu_ngay", sort="tu_ngay", meta="từ"),
        Column(label="Đánh giá gần nhất", source=_ky_cuoi),
        Column(label="Tình trạng", source=lambda row: tinh_trang(row)[2], pill=tinh_trang),
    ),
    empty_text="Chưa có mô hình nào",
    empty_hint="Mô hình có tổ thực hiện, chi đoàn làm điểm, cam kết, nhật ký, đánh giá hằng quý.",
    empty_icon="lightbulb",
)
