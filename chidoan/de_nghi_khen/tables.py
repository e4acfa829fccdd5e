"""Lists of proposals, decisions and awards of collectives: columns of page and workbook."""

from django.urls import reverse

from chidoan.models import DeNghiKhen, KhenTapThe, QuyetDinhKhen
from core.tables import Column, Table

T = DeNghiKhen.TrangThai
TRANG_THAI = {
    T.CHO: ("info", "hourglass"),
    T.DONG_Y: ("info", "circle-check"),
    T.KHONG_DONG_Y: ("warn", "undo-2"),
    T.RUT: ("neutral", "minus"),
    T.DA_KHEN: ("ok", "award"),
}


def trang_thai(row: DeNghiKhen) -> tuple[str, str, str]:
    """Family, icon and words; whose turn it is while it is somebody's."""
    family, icon = TRANG_THAI[row.trang_thai]
    if row.trang_thai == T.CHO:
        return family, icon, f"Chờ {row.noi_giu} xem xét"
    return family, icon, row.get_trang_thai_display()


def _cua(row: DeNghiKhen) -> str:
    return row.doan_vien.chi_doan.ten_day_du if row.doan_vien_id else "Tập thể"


def _hieu_luc(row: QuyetDinhKhen):
    return ("neutral", "ban", "Đã hủy") if row.is_huy else ("ok", "circle-check", "Còn hiệu lực")


DE_NGHI_TABLE = Table(
    name="de-nghi-khen",
    columns=(
        Column(label="Được đề nghị", source="ten", link=True, second=_cua, primary=True),
        Column(label="Thuộc", source=_cua, in_page=False),
        Column(label="Hình thức", source="hinh_thuc_bang_chu", meta=True),
        Column(label="Dịp", source="dip", meta=True),
        Column(label="Đơn vị đề nghị", source="don_vi.ten_day_du", sort="don_vi__path"),
        Column(label="Thành tích", source="thanh_tich", in_page=False),
        Column(label="Ngày", source="ngay_buoc", sort="ngay_buoc", meta=True),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=trang_thai),
    ),
    empty_text="Chưa có đề nghị khen thưởng nào",
    empty_hint="Chi đoàn, phường đề nghị cá nhân hoặc tập thể; cấp xét đồng ý rồi ra quyết định "
    "thì khen thưởng tự vào sổ.",
    empty_icon="award",
)

QUYET_DINH_TABLE = Table(
    name="quyet-dinh-khen",
    columns=(
        Column(label="Quyết định", source="__str__", link=True, second="ve_viec"),
        Column(label="Về việc", source="ve_viec", in_page=False),
        Column(label="Đơn vị", source="don_vi.ten_day_du", meta=True),
        Column(label="Hình thức", source="hinh_thuc_bang_chu", meta=True),
        Column(label="Ngày", source="ngay", sort="ngay", meta=True),
        Column(
            label="Tình trạng",
            source=lambda row: "Đã hủy" if row.is_huy else "Còn hiệu lực",
            pill=_hieu_luc,
        ),
    ),
    empty_text="Chưa có quyết định khen thưởng nào",
    empty_hint="Đồng ý đề nghị trước, rồi ra quyết định cho một hay nhiều đề nghị cùng hình thức.",
    empty_icon="file-check",
)


def _xoa(row: KhenTapThe) -> str:
    """What a decision here gave goes with the decision alone."""
    if row.theo_quyet_dinh:
        return ""
    return reverse("chidoan:khen_tap_the_delete", args=[row.pk])


KHEN_TAP_THE_TABLE = Table(
    name="khen-tap-the",
    columns=(
        Column(
            label="Tập thể",
            source="don_vi.ten_day_du",
            link=lambda row: row.don_vi.get_absolute_url(),
            primary=True,
        ),
        Column(
            label="Hình thức", source="get_hinh_thuc_display", second="get_cap_display", meta=True
        ),
        Column(label="Cấp khen", source="get_cap_display", in_page=False),
        Column(label="Nội dung, thành tích", source="noi_dung"),
        Column(label="Số quyết định", source="so_quyet_dinh"),
        Column(label="Ngày", source="ngay", sort="ngay", meta=True),
        Column(
            label="Việc",
            source=lambda row: "" if row.theo_quyet_dinh else "Xóa",
            link=_xoa,
            in_file=False,
            act=True,
        ),
    ),
    empty_text="Chưa ghi khen tập thể nào",
    empty_hint="Khen của đơn vị mình ra từ đề nghị; khen trên giấy của cấp khác thì ghi ở đây.",
    empty_icon="award",
)
