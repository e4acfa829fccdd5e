"""The answer of `import_members --json`: the fields are named as in the list's expectation."""

from typing import Any

from .reading import DanhSach
from .results import CREATE, RowResult

SHOWN = ("ho_ten", "ngay_sinh", "gioi_tinh", "cccd", "dien_thoai", "chi_doan", "chuc_vu")


def list_report(danh_sach: DanhSach, **facts: Any) -> dict:
    """Counts, notes about the file, and one entry for each data row."""
    return {
        **facts,
        "rows": len(danh_sach.results),
        "count": danh_sach.count,
        "notes": danh_sach.luu_y,
        "results": [row_report(result) for result in danh_sach.results],
    }


def row_report(result: RowResult) -> dict:
    entry: dict[str, Any] = {"row": result.row, "action": result.action}
    if result.action == CREATE:
        entry |= {name: _plain(result.values.get(name)) for name in SHOWN}
    else:
        entry |= {"field": result.field, "message": result.message}
        entry["errors"] = [
            {"field": fault.field, "message": fault.message, "suggestion": fault.suggestion}
            for fault in result.faults
        ]
    if result.of_row:
        entry["of_row"] = result.of_row
    if result.warnings:
        entry["warnings"] = [fault.message for fault in result.warnings]
    return entry


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
