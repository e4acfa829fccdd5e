"""A grid that two people may fill at once: what of it changed since it was shown to each.

A line of the grid has a name and a value. The page carries a mark of every line as it was
shown. A line that its reader left alone keeps what somebody else has written meanwhile; one
that both have changed is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from chidoan.models.dau_ban import dau_ban
from core.errors import RuleError, StaleError

_DAI = 10


@dataclass(frozen=True)
class BangDangLuu:
    """A grid as it is stored, the lines that two people wrote differently, and what the page
    carries from now on."""

    dong: Mapping[str, tuple]
    khac: tuple[str, ...]
    version: str


def ghi_dau(dong: Mapping[str, tuple]) -> str:
    """What a page carries of the lines it shows."""
    return _noi({ten: _dau(value) for ten, value in dong.items()})


def dong_can_ghi(
    gui: Mapping[str, tuple], version: str | None, luu: Mapping[str, tuple]
) -> list[str]:
    """The lines to be written, of those sent; without `version`, all that differ.

    StaleError, with the grid as it is stored, when one was changed to something else since it
    was shown, and when one is no longer there. A page that carries no mark of anything is to be
    opened anew (RuleError).
    """
    stored = {ten: _dau(value) for ten, value in luu.items()}
    shown = stored if version is None else _doc(version)
    if stored and not shown:
        raise RuleError("Trang này mở đã lâu, chưa lưu. Tải lại trang rồi ghi lại.")
    mine = {ten: _dau(value) for ten, value in gui.items() if ten in shown and ten in stored}
    changed = [ten for ten in mine if mine[ten] not in (shown[ten], stored[ten])]
    differ = tuple(ten for ten in changed if shown[ten] != stored[ten])
    if differ or set(shown) - set(stored):
        still = [ten for ten in shown if ten in stored]  # also lines of which nothing was sent
        marks = {ten: stored[ten] if ten in differ else shown[ten] for ten in still}
        raise StaleError(
            f"Có người vừa ghi khác {len(differ)} chỗ trong bảng này. Xem hai bản rồi lưu."
            if differ
            else "Danh sách vừa có thay đổi. Xem lại bảng rồi lưu.",
            current=BangDangLuu(luu, differ, _noi(marks)),
        )
    return changed


def _noi(marks: Mapping[str, str]) -> str:
    return ",".join(f"{ten}.{mark}" for ten, mark in marks.items())


def _doc(version: str) -> dict[str, str]:
    """The marks by their lines; words of no sense give none."""
    parts = (part.rpartition(".") for part in version.split(","))
    return {ten: mark for ten, _, mark in parts if ten}


def _dau(value: tuple) -> str:
    return dau_ban(*map(_chu, value))[:_DAI]


def _chu(part) -> str:
    """ "8", "8.0" and a stored 8 are one mark; nothing and an empty box too."""
    if isinstance(part, Decimal):
        return f"{part.normalize():f}"
    return "" if part is None else " ".join(str(part).split())
