"""Lists of classes: columns of page and workbook."""

from collections.abc import Sequence

from django.urls import reverse

from chidoan.models import BuoiTapHuan, HocVien, LopTapHuan
from core.tables import Column, Table
from core.text.display import EMPTY, ngay

from .services.hoc_vien import ten_chuc_vu

TRANG_THAI = {
    LopTapHuan.TrangThai.DU_KIEN: ("neutral", "calendar-clock"),
    LopTapHuan.TrangThai.MO: ("info", "megaphone"),
    LopTapHuan.TrangThai.XONG: ("ok", "circle-check"),
    LopTapHuan.TrangThai.HUY: ("neutral", "ban"),
}
KET_QUA = {
    HocVien.KetQua.DAT: ("ok", "circle-check"),
    HocVien.KetQua.KHONG_DAT: ("warn", "circle-x"),
}


def trang_thai(lop: LopTapHuan) -> tuple[str, str, str]:
    family, icon = TRANG_THAI[lop.trang_thai]
    return family, icon, lop.get_trang_thai_display()


def thoi_gian(lop: LopTapHuan) -> str:
    """One day, or "12/10/2026 – 13/10/2026"."""
    return ngay(lop.tu_ngay) if lop.mot_ngay else f"{ngay(lop.tu_ngay)} – {ngay(lop.den_ngay)}"


def so_cho(lop: LopTapHuan) -> str:
    """ "48/60", and who waits."""
    seats = f"/{lop.so_cho}" if lop.so_cho else ""
    waiting = f", chờ {lop.so_cho_xep}" if lop.so_cho_xep else ""
    return f"{lop.so_dang_ky}{seats}{waiting}"


def _da_du(lop: LopTapHuan) -> int | None:
    """Who attended; of a class that is still to come nothing is said."""
    return lop.so_du if lop.so_du or lop.is_xong else None


LOP_TABLE = Table(
    name="tap-huan",
    columns=(
        Column(
            label="Lớp",
            source="ten",
            link=True,
            second=lambda row: ", ".join(row.cac_chu_de),
        ),
        Column(label="Chuyên đề", source=lambda row: "; ".join(row.cac_chu_de), in_page=False),
        Column(label="Đơn vị mở lớp", source="don_vi.ten_day_du", meta=True),
        Column(label="Thời gian", source=thoi_gian, sort="tu_ngay", meta=True, in_file=False),
        Column(label="Từ ngày", source="tu_ngay", in_page=False),
        Column(label="Đến ngày", source="den_ngay", in_page=False),
        Column(label="Địa điểm", source="dia_diem", in_page=False),
        Column(label="Phối hợp", source="phoi_hop", in_page=False),
        Column(label="Đăng ký", source=so_cho, numeric=True, meta="đăng ký", in_file=False),
        Column(label="Đăng ký", source="so_dang_ky", numeric=True, in_page=False),
        Column(label="Đã dự", source=_da_du, numeric=True, sort="so_du", meta="dự", in_file=False),
        Column(label="Đã dự", source="so_du", numeric=True, in_page=False),
        Column(label="Đạt", source="so_dat", numeric=True, in_page=False),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=trang_thai),
    ),
    empty_text="Chưa ghi lớp tập huấn nào",
    empty_hint="Mở lớp, cho các chi đoàn đăng ký, điểm danh từng buổi; kết thúc lớp thì số lớp "
    "và số lượt cán bộ vào báo cáo.",
    empty_icon="graduation-cap",
)


def hoc_vien_table(sessions: Sequence[BuoiTapHuan]) -> Table:
    """Participants of one class; the workbook has a column for each session."""
    return Table(
        name="hoc-vien",
        columns=(
            Column(
                label="Họ và tên",
                source="ho_ten",
                link=_trang_doan_vien,
                second="chuc_vu",
                sort="khoa_sap_xep",
                primary=True,
                nowrap=True,
            ),
            Column(label="Chức vụ", source="chuc_vu", in_page=False),
            Column(label="Đơn vị", source="ten_don_vi", sort="don_vi__path", meta=True),
            Column(label="Tình trạng", source="get_trang_thai_display", meta=True),
            *(
                Column(
                    label=f"Buổi {place} ({buoi.ngay:%d/%m})",
                    source=lambda row, pk=buoi.pk: _co_mat(row, pk),
                    in_page=False,
                )
                for place, buoi in enumerate(sessions, 1)
            ),
            Column(label="Buổi dự", source="so_du", numeric=True, meta="dự"),
            Column(label="Kết quả", source="get_ket_qua_display", pill=_ket_qua),
            Column(label="Điểm", source="diem", numeric=True),
            Column(label="Nhận xét", source="nhan_xet"),
        ),
        empty_text="Chưa có ai trong danh sách",
        empty_icon="users",
    )


def _trang_doan_vien(row: HocVien) -> str:
    return reverse("doanvien:detail", args=[row.doan_vien_id]) if row.doan_vien_id else ""


def _co_mat(row: HocVien, buoi_pk: int) -> str:
    marks = {mark.buoi_id: str(mark) for mark in row.diem_danh.all()}
    return marks.get(buoi_pk, "")


def _ket_qua(row: HocVien):
    if not row.ket_qua:
        return None
    return (*KET_QUA[row.ket_qua], row.get_ket_qua_display())


def chua_du_table(nam: int, toi_thieu: int, ten_phuong=None) -> Table:
    """Secretaries and deputies of branches, and how many classes of the year they attended."""
    ward = (
        (Column(label="Đoàn cơ sở", source=lambda row: ten_phuong(row.don_vi), meta=True),)
        if ten_phuong
        else ()
    )
    return Table(
        name="tap-huan-chua-du",
        columns=(
            Column(
                label="Họ và tên",
                source="ho_ten",
                link=_trang_doan_vien,
                second=ten_chuc_vu,
                sort=("doan_vien__khoa_sap_xep",),
                primary=True,
                nowrap=True,
            ),
            Column(label="Chức vụ", source=ten_chuc_vu, in_page=False),
            Column(label="Chi đoàn", source="don_vi.ten", sort="don_vi__path", meta=True),
            *ward,
            Column(label="Giữ chức từ", source="tu_ngay", sort="tu_ngay", meta="từ"),
            Column(
                label=f"Lớp đã dự năm {nam}",
                source="so_lop",
                numeric=True,
                sort="so_lop",
                in_page=False,
            ),
            Column(
                label=f"Tập huấn năm {nam}",
                source=lambda row: row.so_lop or EMPTY,
                pill=lambda row: _du_lop(row, toi_thieu),
                in_file=False,
            ),
        ),
        empty_text="Không có đồng chí nào",
        empty_hint="Danh sách lấy từ bí thư, phó bí thư đương nhiệm của các chi đoàn.",
        empty_icon="circle-check",
    )


def _du_lop(row, toi_thieu: int) -> tuple[str, str, str]:
    if row.so_lop >= toi_thieu:
        return "ok", "circle-check", f"Đã dự {row.so_lop} lớp"
    if row.so_lop:
        return "warn", "clock", f"Mới dự {row.so_lop}/{toi_thieu} lớp"
    return "warn", "circle-alert", "Chưa dự lớp nào"
