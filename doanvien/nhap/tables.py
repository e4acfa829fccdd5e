import re

from core.tables import Column, Table
from core.text.display import gio, so
from doanvien.models import DotNhap

from .columns import LABELS, REASON_LABEL, ROW_LABEL, column_letter
from .storage import raw_of, values_of

BIRTH = {"ngay_sinh_nam": "nam", "ngay_sinh_nu": "nu"}


def state_pill(dot_nhap: DotNhap) -> tuple[str, str, str]:
    if dot_nhap.is_da_nhap:
        return "ok", "circle-check", "Đã nhập"
    if dot_nhap.is_hoan_tac:
        return "neutral", "undo-2", "Đã hoàn tác"
    if dot_nhap.is_cho_cot:
        return "warn", "circle-dashed", "Chờ chọn cột"
    return "neutral", "circle-dashed", "Chưa ghi vào sổ"


LICH_SU_TABLE = Table(
    name="lich-su-nhap",
    columns=(
        Column(label="Tệp", source="ten_tep", link=True),
        Column(label="Lúc", source=lambda dot: gio(dot.nhap_luc or dot.tao_luc), meta=True),
        Column(label="Người nhập", source=lambda dot: dot.nhap_boi or dot.tao_boi or "Máy chủ"),
        Column(label="Số dòng", source=lambda dot: so(dot.so_dong), numeric=True),
        Column(label="Thêm mới", source=lambda dot: so(dot.so_them), numeric=True, meta="thêm"),
        Column(label="Cần sửa", source=lambda dot: so(dot.so_can_sua), numeric=True),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=state_pill),
    ),
)
REJECT_COLUMNS = {name: column_letter(index) for index, name in enumerate(LABELS)}
REJECT_LABELS = [*(labels[0] for labels in LABELS.values()), ROW_LABEL, REASON_LABEL]


def reject_rows(rows):
    """Rows to mend as a list that can be chosen again once they are: values, then the reason."""
    for number, dong in enumerate(rows, start=1):  # the labels stand in row 1
        cells = raw_of(dong) | values_of(dong) | {"stt": number}
        for column, gender in BIRTH.items():
            if cells.get("ngay_sinh") and cells.get("gioi_tinh") == gender:
                cells[column] = cells["ngay_sinh"]
        findings = (*dong.loi, *dong.canh_bao)
        reasons = " ".join(_message_here(finding, number + 1) for finding in findings)
        yield [*(_typed(cells.get(name)) for name in LABELS), dong.row, reasons]


def _message_here(finding, row):
    """What was found, naming the cells of this workbook instead of those of the first one."""
    named = finding.get("cells", {}).items()
    here = {address: f"{REJECT_COLUMNS[name]}{row}" for name, address in named}
    return re.sub(r"\b[A-Z]{1,3}\d+\b", lambda cell: here.get(cell[0], cell[0]), finding["message"])


def _typed(value):
    """A cell to be mended: formulas and flags are typed anew."""
    if isinstance(value, str) and value.startswith("="):
        return ""
    return "x" if value is True else value or None
