"""What a table of a book is: its number, title, columns, and how its rows are read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from core.pdf import Column, Text
from core.pdf.blocks import Row
from core.periods import KyBaoCao, today
from tochuc.models import DonVi

RONG = 262  # mm of text on a landscape page


@dataclass(frozen=True)
class NamSo:
    """One unit's book of one year: `den` is the last day that it can know of."""

    don_vi: DonVi
    nam: int

    @property
    def ky(self) -> KyBaoCao:
        return KyBaoCao(self.nam)

    @property
    def den(self) -> date:
        return min(self.ky.end, self.don_vi.ngay_so_lieu(today()))


@dataclass(frozen=True)
class NoiDungBang:
    """The rows of a table, and the note below it."""

    rows: Sequence[Row]
    note: Text = ""


@dataclass(frozen=True)
class Bang:
    """Bảng (table of a book). `read` gives its rows for a unit and year.

    `cot` may depend on the year, when the columns are its meetings.
    """

    so: int
    ten: str
    giai_thich: str
    read: Callable[[NamSo], NoiDungBang]
    cot: Sequence[Column] | Callable[[NamSo], Sequence[Column]]
    co_chu: float = 11

    def columns(self, nam_so: NamSo) -> Sequence[Column]:
        return self.cot(nam_so) if callable(self.cot) else self.cot


def numbered(rows) -> list[list]:
    """Put TT before every row."""
    return [[str(number), *row] for number, row in enumerate(rows, start=1)]
