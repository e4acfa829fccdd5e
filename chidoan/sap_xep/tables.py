"""The list of reorganisations, declared once for page and workbook."""

from chidoan.models import SapXep
from core.tables import Column, Table

T = SapXep.TrangThai
_FAMILY = {
    T.NHAP: ("neutral", "file-pen-line"),
    T.CHO_DUYET: ("warn", "hourglass"),
    T.CHO_HIEU_LUC: ("info", "calendar-clock"),
    T.DA_AP_DUNG: ("ok", "circle-check"),
    T.DA_HOAN_TAC: ("neutral", "undo-2"),
    T.DA_BO: ("neutral", "archive"),
}


def tinh_trang(sap_xep: SapXep) -> tuple[str, str, str]:
    """Where it stands as a pill: family, icon, word."""
    return (*_FAMILY[sap_xep.trang_thai], sap_xep.get_trang_thai_display())


SAP_XEP_TABLE = Table(
    name="sap-xep",
    columns=(
        Column(label="Đợt sắp xếp", source="ten", link=True, second="don_vi"),
        Column(label="Có hiệu lực", source="hieu_luc", sort="hieu_luc", meta=True),
        Column(label="Quyết định", source="so_quyet_dinh", meta=True),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=tinh_trang),
    ),
    empty_text="Chưa có đợt sắp xếp nào",
    empty_hint="Sáp nhập, chia tách, đổi tên: lập kế hoạch, xem trước rồi trình duyệt.",
    empty_icon="network",
)
