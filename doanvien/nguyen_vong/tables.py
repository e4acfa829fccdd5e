from core.periods import today
from core.tables import Column, Table
from core.text.display import con_lai
from doanvien.models import NguyenVong

T = NguyenVong.TrangThai
PILLS = {
    T.CHUA: ("warn", "circle-dashed"),
    T.DANG: ("info", "clock"),
    T.DA: ("ok", "circle-check"),
    T.KHONG: ("neutral", "minus"),
}
MAX_WORDS = 18


def state_of(row) -> tuple[str, str, str]:
    """Family, icon and word; lateness comes before everything else."""
    day = today()
    if row.is_qua_han(day):
        return "bad", "circle-alert", con_lai(row.han, day).capitalize()
    return (*PILLS[row.trang_thai], row.get_trang_thai_display())


def shortened(row) -> str:
    """The first words of the matter, as a line of a list."""
    words = row.noi_dung.split()
    return " ".join(words[:MAX_WORDS]) + (" …" if len(words) > MAX_WORDS else "")


NGUYEN_VONG_TABLE = Table(
    name="nguyen-vong",
    columns=(
        Column(label="Nguyện vọng", source=shortened, link=True, second="cua_ai", primary=True),
        Column(label="Lĩnh vực", source="get_linh_vuc_display", meta=True),
        Column(label="Chi đoàn", source="chi_doan.ten", meta=True),
        Column(label="Ghi nhận", source="ngay", sort="ngay"),
        Column(label="Nơi giải quyết", source="get_noi_giai_quyet_display"),
        Column(label="Hạn", source="han", sort="han"),
        Column(label="Tình trạng", source=lambda row: state_of(row)[2], pill=state_of),
        Column(label="Của ai", source="cua_ai", in_page=False),
        Column(label="Ngày kết thúc", source="ngay_xong", in_page=False),
    ),
    empty_text="Chưa ghi nguyện vọng nào",
    empty_hint=(
        "Ghi điều đoàn viên mong muốn hay lo lắng; Đoàn phường, xã cùng theo dõi đến khi xong."
    ),
    empty_icon="message-square-text",
)
