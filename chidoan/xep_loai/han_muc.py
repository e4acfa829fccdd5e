"""The share of "xuất sắc" that a ward has set itself: a reminder, never a refusal."""

from collections.abc import Iterable
from datetime import date

from core.text.display import ty_le
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri_nhieu

from .bang_phuong import SoChiDoan

XUAT_SAC = "htxs"


def nhac_han_muc(don_vi: DonVi, day: date, rows: Iterable[SoChiDoan]) -> str:
    """A sentence when more are "xuất sắc" than the setting allows; "" without one. One query."""
    values = gia_tri_nhieu(["xep_loai_han_muc", "xep_loai_han_muc_goc"], ngay=day, don_vi=don_vi)
    limit = values["xep_loai_han_muc"]
    rows = list(rows)
    best = sum(row.muc.get(XUAT_SAC, 0) for row in rows)
    is_tot = values["xep_loai_han_muc_goc"] == "tot_tro_len"
    base = sum(row.tot_tro_len if is_tot else row.so_xep for row in rows)
    if not limit or not base or 100 * best <= limit * base:
        return ""
    of = "số xếp loại tốt trở lên" if is_tot else "số được xếp loại"
    return f"Hoàn thành xuất sắc {ty_le(best, base)} {of}, quá {limit}% theo quy định đang đặt."
