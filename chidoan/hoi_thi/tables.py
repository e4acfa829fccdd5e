"""List of contests: columns of page and workbook."""

from chidoan.models import HoiThi
from core.tables import Column, Table

TRANG_THAI = {
    HoiThi.TrangThai.CHUAN_BI: ("info", "calendar-clock"),
    HoiThi.TrangThai.XONG: ("ok", "circle-check"),
    HoiThi.TrangThai.HUY: ("neutral", "ban"),
}


def trang_thai(row: HoiThi) -> tuple[str, str, str]:
    family, icon = TRANG_THAI[row.trang_thai]
    return family, icon, row.get_trang_thai_display()


HOI_THI_TABLE = Table(
    name="hoi-thi",
    columns=(
        Column(label="Hội thi", source="ten", link=True, second="get_loai_display"),
        Column(label="Loại", source="get_loai_display", in_page=False),
        Column(label="Đơn vị tổ chức", source="don_vi.ten_day_du", meta=True),
        Column(label="Ngày", source="ngay", sort="ngay", meta=True),
        Column(label="Địa điểm", source="dia_diem", in_page=False),
        Column(label="Thí sinh", source="so_thi_sinh", numeric=True, meta="thí sinh"),
        Column(label="Đạt giải", source="so_giai", numeric=True, meta="giải"),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=trang_thai),
    ),
    empty_text="Chưa ghi hội thi nào",
    empty_hint="Hội thi Bí thư chi đoàn giỏi, cán bộ Đoàn giỏi: ghi thí sinh, điểm từng vòng, "
    "giải, rồi in danh sách đạt giải.",
    empty_icon="award",
)
