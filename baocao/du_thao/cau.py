"""What a draft is made of: sentences, each with the rows it speaks of, in paragraphs.

Pure data: a draft kept beside a section is read back as it was made.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.text import lowfirst
from core.text.numbers import count, decimal

NEU_TOI_DA = 5
"""So many names stand in one sentence."""


@dataclass(frozen=True)
class Dan:
    """Dẫn chứng (evidence) of a sentence: `so` rows of `ma`. What the unit typed or is measured
    by (`is_go`) has no rows of the period: it stands in the appendix."""

    ma: str
    so: int
    is_go: bool = False


@dataclass(frozen=True)
class Cau:
    """Câu: a sentence without its full stop, and its evidence."""

    loi: str
    dan: tuple[Dan, ...] = ()


@dataclass(frozen=True)
class Doan:
    """Đoạn: a paragraph under its sub-heading, "" where the section has none."""

    tieu_de: str
    cau: tuple[Cau, ...]


@dataclass(frozen=True)
class NhapMuc:
    """The draft of a section; `goi_y` says what nobody but the writer knows, and is not printed."""

    doan: tuple[Doan, ...] = ()
    goi_y: tuple[Cau, ...] = ()

    @property
    def loi(self) -> str:
        return loi_cua(self.doan)


def doan(tieu_de: str, *cau: Cau | None) -> Doan | None:
    """A paragraph of the sentences that have something to say; None when none has."""
    said = tuple(item for item in cau if item)
    return Doan(tieu_de, said) if said else None


def nhap(*cac_doan: Doan | None, goi_y: Iterable[Cau | None] = ()) -> NhapMuc:
    return NhapMuc(tuple(item for item in cac_doan if item), tuple(item for item in goi_y if item))


def loi_cua(cac_doan: Sequence[Doan]) -> str:
    """The words of a section: a line for each paragraph, numbered when there are several."""
    many = len(cac_doan) > 1
    return "\n".join(
        (f"{number}. " if many else "") + _mot_doan(item) for number, item in enumerate(cac_doan, 1)
    )


def _mot_doan(item: Doan) -> str:
    text = " ".join(f"{cau.loi[:1].upper()}{cau.loi[1:]}." for cau in item.cau)
    return f"{item.tieu_de}: {lowfirst(text)}" if item.tieu_de else text


def ghi_lai(cac_doan: Sequence[Doan]) -> list:
    """The draft as a column of the database keeps it."""
    return [
        [item.tieu_de, [[cau.loi, [[d.ma, d.so, d.is_go] for d in cau.dan]] for cau in item.cau]]
        for item in cac_doan
    ]


def doc_lai(kept: list) -> tuple[Doan, ...]:
    return tuple(
        Doan(tieu_de, tuple(Cau(loi, tuple(Dan(*d) for d in dan)) for loi, dan in cau))
        for tieu_de, cau in kept
    )


def chu_so(value: int | Decimal | None) -> str:
    """A figure in prose: two digits below ten, dots between thousands, one decimal if it has."""
    if value is None:
        return "0"
    value = Decimal(value)
    return count(int(value)) if value == value.to_integral_value() else decimal(float(value))


def ke(rows: Sequence[tuple[str, str]], total: int) -> str:
    """Rows by name and place, in brackets; "trong đó có" when there are more than are named."""
    if not rows:
        return ""
    places: dict[str, list[str]] = {}
    for name, place in rows:
        found = places.setdefault(name, [])
        if place and place not in found:
            found.append(place)
    shown = dict(list(places.items())[:NEU_TOI_DA])
    is_all = len(rows) == total and len(shown) == len(places)
    said = (f"{name} tại {', '.join(where)}" if where else name for name, where in shown.items())
    return f" ({'' if is_all else 'trong đó có: '}{'; '.join(said)})"
