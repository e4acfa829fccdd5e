"""Compares one row of the file with what it said at download and with the register; no writing."""

from dataclasses import asdict, dataclass
from typing import Any

DOI, XUNG_DOT, TU_CHOI = "doi", "xung_dot", "tu_choi"


@dataclass(frozen=True)
class O:  # noqa: E742 -- ô: the cell
    """Ô: a cell that differs. `truoc` at download, `trong_so` now, `moi` in the file."""

    ten: str
    loai: str
    truoc: Any = ""
    trong_so: Any = ""
    moi: Any = ""
    vi_sao: str = ""

    def as_json(self) -> dict:
        return asdict(self)


def compare(ten: str, *, truoc: Any, trong_so: Any, moi: Any) -> O | None:
    """None when the file asks for nothing; a conflict when the register has moved as well.

    A cell that both changed to the same value is no conflict: it is done already.
    """
    if moi in (truoc, trong_so):
        return None
    loai = DOI if trong_so == truoc else XUNG_DOT
    return O(ten, loai, truoc, trong_so, moi)


def refused(ten: str, vi_sao: str, *, trong_so: Any = "") -> O:
    return O(ten, TU_CHOI, trong_so=trong_so, vi_sao=vi_sao)
