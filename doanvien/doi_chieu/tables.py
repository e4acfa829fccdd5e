from core.tables import Column, Table
from core.text.display import gio, so


def _state(dot):
    if dot.is_da_ghi:
        return "ok", "circle-check", "Đã ghi"
    return "neutral", "circle-dashed", "Chưa ghi vào sổ"


LICH_SU_TABLE = Table(
    name="lich-su-doi-chieu",
    columns=(
        Column(label="Tệp", source="ten_tep", link=True),
        Column(label="Lúc", source=lambda dot: gio(dot.ghi_luc or dot.tao_luc), meta=True),
        Column(label="Người so", source=lambda dot: dot.ghi_boi or dot.tao_boi),
        Column(label="Ô khác", source=lambda dot: so(dot.so_doi), numeric=True, meta="khác"),
        Column(label="Xung đột", source=lambda dot: so(dot.so_xung_dot), numeric=True),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=_state),
    ),
)
