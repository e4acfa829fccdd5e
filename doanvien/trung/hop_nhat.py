"""Puts the official periods of two records together: every day counted before, none twice.

The periods of the record that stays keep their days; those of the other one fill what is
left. A piece that adjoins a period of the same branch becomes part of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

DAY = timedelta(days=1)
KET_NAP, CHUYEN_DEN, CHUYEN_DI = "ket_nap", "chuyen_den", "chuyen_di"


@dataclass(frozen=True)
class Doan:
    """A period: `pk` is its row, None for a piece that gets a row of its own."""

    pk: int | None
    chi_doan: int
    tu: date
    den: date | None
    vi: str
    het: str = ""

    @property
    def cuoi(self) -> date:
        return self.den or date.max


def hop_nhat(giu: Iterable[Doan], bo: Iterable[Doan]) -> list[Doan]:
    """The periods of the one person, in the order of their days."""
    placed = sorted(giu, key=lambda doan: doan.tu)
    for doan in sorted(bo, key=lambda doan: doan.tu):
        placed = sorted([*placed, *_pieces(doan, placed)], key=lambda one: one.tu)
    return _one_admission(_joined(placed))


def _pieces(doan: Doan, placed: list[Doan]) -> list[Doan]:
    """What of a period lies outside the others; the first piece keeps its row."""
    pieces = [doan]
    for other in placed:
        pieces = [part for piece in pieces for part in _without(piece, other)]
    return [piece if not index else replace(piece, pk=None) for index, piece in enumerate(pieces)]


def _without(piece: Doan, other: Doan) -> list[Doan]:
    if other.cuoi < piece.tu or piece.cuoi < other.tu:
        return [piece]
    parts = []
    if piece.tu < other.tu:
        parts.append(replace(piece, den=other.tu - DAY, het=CHUYEN_DI))
    if other.cuoi < piece.cuoi:
        parts.append(replace(piece, tu=other.cuoi + DAY, vi=CHUYEN_DEN))
    return parts


def _joined(placed: list[Doan]) -> list[Doan]:
    """Neighbours of one branch without a day between them as one period."""
    result: list[Doan] = []
    for doan in placed:
        last = result[-1] if result else None
        if last and last.chi_doan == doan.chi_doan and last.den and last.den + DAY == doan.tu:
            pk = last.pk if last.pk is not None else doan.pk
            result[-1] = replace(last, pk=pk, den=doan.den, het=doan.het)
        else:
            result.append(doan)
    return result


def _one_admission(placed: list[Doan]) -> list[Doan]:
    """One person is admitted once: the first admission stands, later ones were arrivals."""
    admissions = [doan for doan in placed if doan.vi == KET_NAP]
    later = admissions[1:]
    return [replace(doan, vi=CHUYEN_DEN) if doan in later else doan for doan in placed]
