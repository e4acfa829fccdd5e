"""Two submissions of a report compared line by line: what was said then, what is said now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from core.text.display import gio, so

from .chi_tieu import THEO_MA
from .models import BaoCao, BuocBaoCao, PhanLoi

NOP, TRA_LAI = BuocBaoCao.HanhDong.NOP, BuocBaoCao.HanhDong.TRA_LAI


@dataclass(frozen=True)
class LanNop:
    """One submission: which one, by whom, and for what the one before was returned."""

    so: int
    buoc: BuocBaoCao
    tra_lai: BuocBaoCao | None

    @property
    def ten(self) -> str:
        return f"Lần {self.so} · {gio(self.buoc.luc)}"


@dataclass(frozen=True)
class DongKhac:
    """A figure that the two say differently, each with the reason beside it."""

    ten: str
    cu: str
    moi: str
    ly_do: str


@dataclass(frozen=True)
class MucKhac:
    """A section in pieces: (kind, words), kept, taken out or put in."""

    ten: str
    doan: list[tuple[str, str]]


def cac_lan(bao_cao: BaoCao) -> list[LanNop]:
    """The submissions of a report, oldest first. One query."""
    found: list[LanNop] = []
    returned = None
    for step in bao_cao.buoc.select_related("by"):
        if step.hanh_dong == TRA_LAI:
            returned = step
        elif step.hanh_dong == NOP:
            found.append(LanNop(len(found) + 1, step, returned))
            returned = None
    return found


def so_khac(cu: BuocBaoCao, moi: BuocBaoCao) -> Iterator[DongKhac]:
    """Figures that differ, in the order of the newer one."""
    for ma in dict.fromkeys([*moi.so_lieu, *cu.so_lieu]):
        before, after = _so(cu.so_lieu.get(ma)), _so(moi.so_lieu.get(ma))
        if before != after:
            name = THEO_MA[ma].ten if ma in THEO_MA else ma
            yield DongKhac(name, before[0], after[0], after[1] or before[1])


def loi_khac(cu: BuocBaoCao, moi: BuocBaoCao) -> Iterator[MucKhac]:
    """Sections that differ, in printing order. Submissions of before sections were kept with them
    say nothing of theirs."""
    if not cu.phan_loi and not moi.phan_loi:
        return
    for muc in PhanLoi.Muc:
        before, after = cu.phan_loi.get(muc, ""), moi.phan_loi.get(muc, "")
        if before != after:
            yield MucKhac(muc.label, list(_doan(before.split(), after.split())))


def _so(cell: Sequence | None) -> tuple[str, str]:
    """What a kept figure reported, and its reason, which older ones do not have."""
    if cell is None:
        return "không có", ""
    value = "trống" if cell[1] is None else so(Decimal(cell[1]))
    return value, cell[2] if len(cell) > 2 else ""


def _doan(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "", " ".join(after[c:d])
            continue
        if a < b:
            yield "del", " ".join(before[a:b])
        if c < d:
            yield "ins", " ".join(after[c:d])
