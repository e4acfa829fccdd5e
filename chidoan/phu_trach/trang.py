"""What the pages of coaching show, as plain data for their templates."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from chidoan.models import LanXuong
from tochuc.models import DonVi

from .queries import LOC, DongPhuTrach
from .tables import tinh_trang


def bo_loc(rows: Sequence[DongPhuTrach], don_vi: DonVi, loc: str, so_ngay: int) -> dict:
    """The quick filters with their numbers; `lau` says after how many days."""
    options = [{"label": f"Tất cả {len(rows)}", "url": _url(don_vi, ""), "active": loc not in LOC}]
    for ma, (label, keeps) in LOC.items():
        words = f"Quá {so_ngay} ngày chưa xuống" if ma == "lau" else label
        count = sum(bool(keeps(row)) for row in rows)
        options.append({"label": f"{words} {count}", "url": _url(don_vi, ma), "active": ma == loc})
    return {"cac_loc": options, "so_chi_doan": len(rows)}


def promises_of(visits: Iterable[LanXuong]) -> list:
    """Open promises of these visits, the one due first on top: (promise, state)."""
    rows = [row for visit in visits for row in visit.loi_hua.all() if not row.is_xong]
    return [(row, tinh_trang(row)) for row in sorted(rows, key=lambda row: (row.han, row.pk))]


def _url(don_vi: DonVi, loc: str) -> str:
    return f"?{urlencode({'don_vi': don_vi.pk, **({'loc': loc} if loc else {})})}"
