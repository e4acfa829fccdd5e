"""The list of advice: columns of page and workbook."""

from chidoan.models import ThamMuu
from chidoan.sinh_ke.tables import trieu
from core.periods import today
from core.tables import Column, Table
from core.text.display import EMPTY, NBSP, tien

KQ = ThamMuu.KetQua
PILLS = {
    KQ.DA_GUI: ("info", "send"),
    KQ.CHAP_THUAN: ("ok", "circle-check"),
    KQ.MOT_PHAN: ("ok", "circle-check"),
    KQ.KHONG: ("neutral", "minus"),
    KQ.CHUA_TRA_LOI: ("warn", "hourglass"),
}


def trang_thai(row: ThamMuu) -> tuple[str, str, str]:
    """Family, icon and words; what waits says for how long."""
    words = row.get_ket_qua_display()
    if row.is_cho_tra_loi:
        days = (today() - row.ngay).days
        words = f"{words}, {days}{NBSP}ngày" if days else words
    return (*PILLS[row.ket_qua], words)


def _duoc_gi(row: ThamMuu) -> str:
    parts = [tien(row.kinh_phi)] if row.kinh_phi else []
    parts += [row.chu_truong] if row.chu_truong else []
    return "; ".join(parts)


THAM_MUU_TABLE = Table(
    name="tham-muu",
    columns=(
        Column(
            label="Nội dung",
            source="noi_dung",
            link=True,
            second="noi_nhan_la",
            primary=True,
        ),
        Column(label="Nơi nhận", source="noi_nhan_la", in_page=False),
        Column(label="Đơn vị", source="don_vi.ten_day_du", in_page=False),
        Column(label="Ngày gửi", source="ngay", sort="ngay", meta="gửi"),
        Column(label="Số văn bản", source="so_van_ban", nowrap=True),
        Column(label="Kết quả", source="get_ket_qua_display", pill=trang_thai),
        Column(label="Ngày trả lời", source="ngay_tra_loi", in_page=False),
        Column(label="Số văn bản trả lời", source="so_tra_loi", in_page=False),
        Column(label="Đem lại", source=lambda row: _duoc_gi(row) or EMPTY, in_file=False),
        Column(label="Kinh phí (đồng)", source="kinh_phi", numeric=True, in_page=False),
        Column(label="Chủ trương", source="chu_truong", in_page=False),
    ),
    empty_text="Chưa ghi nội dung tham mưu nào",
    empty_hint="Tờ trình, đề xuất gửi cấp ủy, chính quyền: ghi ngày gửi rồi theo dõi trả lời.",
    empty_icon="send",
)


def kpis(tong: dict, ky: str) -> list[dict]:
    """What the listed advice came to; each figure opens its rows."""
    return [
        {"label": "Đã gửi", "value": tong["gui"]},
        {
            "label": "Được chấp thuận",
            "value": tong["duoc"],
            "fraction": f"/ {tong['gui']}",
            "url": f"?ket_qua=duoc{ky}",
        },
        {"label": "Chưa trả lời", "value": tong["cho"], "url": f"?ket_qua=cho{ky}"},
        {
            "label": "Kinh phí được cấp",
            "value": trieu(tong["kinh_phi"]),
            "fraction": "triệu đ",
        },
    ]
