"""How a judged row is kept until it is written: its values encrypted, for they hold citizen ids."""

import json
from dataclasses import asdict
from datetime import date

from doanvien.models import DongNhap, DotNhap
from tochuc.ma_hoa import decrypt, encrypt

from .results import RowResult

DATES = ("ngay_sinh", "ngay_vao_doan", "ngay_vao_dang", "cccd_ngay_cap")


def to_dong(result: RowResult, dot_nhap: DotNhap) -> DongNhap:
    """An unsaved row of an import."""
    kept = {"values": result.values, "raw": result.raw}
    written = result.raw.get("ho_ten", "")
    name = "(công thức)" if written.startswith("=") else written
    return DongNhap(
        dot_nhap=dot_nhap,
        row=result.row,
        hanh_dong=result.action,
        ho_ten=(result.values.get("ho_ten") or name)[:120],
        field=result.field,
        of_row=result.of_row,
        trung_voi_id=result.of_member,
        gia_tri_ma_hoa=encrypt(json.dumps(kept, default=str, ensure_ascii=False)),
        loi=[asdict(fault) for fault in result.faults],
        canh_bao=[asdict(fault) for fault in result.warnings],
    )


def values_of(dong: DongNhap) -> dict:
    """The cleaned values of a row, dates as dates; empty once the row is written."""
    values = _kept(dong)["values"]
    return {
        name: date.fromisoformat(value) if name in DATES and value else value
        for name, value in values.items()
    }


def raw_of(dong: DongNhap) -> dict[str, str]:
    """What stands in the cells that could not be read."""
    return _kept(dong)["raw"]


def _kept(dong: DongNhap) -> dict:
    text = decrypt(dong.gia_tri_ma_hoa)
    return json.loads(text) if text else {"values": {}, "raw": {}}
