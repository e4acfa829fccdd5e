"""How much one file may hold: a layout that is started is always finished in bounded time."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass

from core.errors import RuleError

MAX_PIECES = 4_000
MAX_LETTERS = 200_000
MAX_PAPERS = 60


def check_bounds(papers: Sequence) -> None:
    """Refuse what would occupy the server for long; such lists belong in a spreadsheet."""
    strings = list(_strings(papers))
    if len(papers) > MAX_PAPERS:
        raise RuleError(
            f"Mỗi lần chỉ in được tối đa {MAX_PAPERS} văn bản. Đề nghị chia thành nhiều lần in."
        )
    if len(strings) > MAX_PIECES or sum(map(len, strings)) > MAX_LETTERS:
        raise RuleError(
            "Văn bản quá dài để in một lần. Đề nghị thu hẹp phạm vi hoặc tải về bảng tính."
        )


def _strings(value) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
    elif isinstance(value, Sequence):
        for item in value:
            yield from _strings(item)
