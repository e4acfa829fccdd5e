"""A chart of a dashboard: its drawing, and the table that says the same and opens the rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from django.utils.safestring import SafeString

from baocao.chi_tieu import THEO_MA, BangSo, ChiTieu, So
from baocao.dia_chi import fraction, rows_url
from core.text.display import so
from tochuc.models import DonVi

_TEN_DOC = re.compile(r'aria-label="([^"]*)"')


@dataclass(frozen=True)
class OBang:
    """Ô (cell): what stands in it, and the rows it opens."""

    chu: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class BieuDo:
    """Biểu đồ (chart): the first cell of a row names it. Without anything to draw, `trong` says
    why."""

    ma: str
    ten: str
    ve: SafeString | str
    cot: Sequence[str]
    dong: Sequence[Sequence[OBang]]
    trong: str = ""
    chu_giai: str = ""

    @property
    def ten_doc(self) -> str:
        """The sentence that the drawing carries."""
        found = _TEN_DOC.search(self.ve)
        return unescape(found[1]) if found else self.trong


class MoSo:
    """Figures of a unit in a table, each with the address of its rows."""

    def __init__(self, don_vi: DonVi, table: BangSo, user=None):
        self.don_vi, self.table, self.user = don_vi, table, user

    def so(self, item: ChiTieu, don_vi: DonVi | None = None, *, luy_ke: bool = False) -> So:
        return self.table.so(don_vi or self.don_vi, item.ma, luy_ke=luy_ke)

    def url(self, item: ChiTieu, don_vi: DonVi | None = None, *, luy_ke: bool = False) -> str:
        return rows_url(
            (don_vi or self.don_vi).pk,
            item,
            self.table.thoi_ky,
            luy_ke=luy_ke,
            mau=item.is_ty_le,
            user=self.user,
            ban_do=self.table.ban_do,
        )

    def o(self, item: ChiTieu, don_vi: DonVi | None = None, *, luy_ke: bool = False) -> OBang:
        return OBang(
            chu_cua(self.so(item, don_vi, luy_ke=luy_ke)), self.url(item, don_vi, luy_ke=luy_ke)
        )


def chu_cua(figure: So) -> str:
    """A figure in a cell: "85,7% (96/112)", "1.248", "–" without a base."""
    if figure.gia_tri is None:
        return "–"
    if figure.mau is None:
        return so(figure.gia_tri)
    return f"{so(figure.gia_tri)}% ({fraction(figure)})"


def theo_ma(ma: Sequence[str]) -> list[ChiTieu]:
    return [THEO_MA[item] for item in ma]
