from core.periods import today
from core.tables import Column, Table
from core.text.display import con_lai
from doanvien.models import YeuCauDuLieu

T = YeuCauDuLieu.TrangThai
PILLS = {
    T.XONG: ("ok", "circle-check"),
    T.TU_CHOI: ("neutral", "circle-x"),
    T.RUT: ("neutral", "undo-2"),
}


def state_of(row) -> tuple[str, str, str]:
    """Family, icon and word; while open, how far the nearest clock is."""
    if not row.is_con_mo:
        return (*PILLS[row.trang_thai], row.get_trang_thai_display())
    day = today()
    words = con_lai(row.han_gan_nhat, day)
    what = "trả lời" if row.is_moi else "thực hiện"
    if row.is_qua_han(day):
        return "bad", "circle-alert", f"{words.capitalize()} {what}"
    return "warn" if row.is_moi else "info", "hourglass", f"{words.capitalize()} {what}"


def _vai(row) -> str:
    return "xin vào Đoàn" if row.ket_nap_id else ""


YEU_CAU_TABLE = Table(
    name="so-yeu-cau-du-lieu",
    columns=(
        Column(label="Số", source=lambda row: f"{row.so}/{row.nam}", link=True, sort=("nam", "so")),
        Column(label="Đồng chí", source="nguoi.ho_ten", primary=True, link=True, second=_vai),
        Column(label="Yêu cầu", source="get_loai_display", meta=True),
        Column(label="Ngày nhận", source="ngay_nhan", sort="ngay_nhan", meta="nhận"),
        Column(label="Hạn trả lời", source="han_tra_loi", sort="han_tra_loi"),
        Column(label="Hạn thực hiện", source="han", sort="han"),
        Column(label="Tình trạng", source=lambda row: state_of(row)[2], pill=state_of),
        Column(label="Nhận bằng cách", source="get_cach_nhan_display", in_page=False),
        Column(label="Người yêu cầu", source="get_nguoi_yeu_cau_display", in_page=False),
        Column(label="Ngày kết thúc", source="ngay_xong", in_page=False),
    ),
    empty_text="Chưa có yêu cầu nào về dữ liệu cá nhân",
    empty_hint=(
        "Đoàn viên muốn xem, sửa hay xóa dữ liệu của mình: mở trang của đồng chí ấy, mục Dữ liệu "
        "cá nhân, ghi yêu cầu. Sổ nhắc hạn trả lời."
    ),
    empty_icon="shield-check",
)
