"""How much one file may hold: a layout that is started is always finished in bounded time."""

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass

from core.errors import RuleError

from .blocks import Picture

MAX_PIECES = 4_000
MAX_LETTERS = 200_000
MAX_PAPERS = 60
MAX_PICTURES = 40
MAX_PICTURE_BYTES = 1_000_000
JPEG = b"\xff\xd8\xff"


def check_bounds(papers: Sequence) -> None:
    """Refuse what would occupy the server for long; such lists belong in a spreadsheet."""
    inside = list(_inside(papers))
    strings = [item for item in inside if isinstance(item, str)]
    if len(papers) > MAX_PAPERS:
        raise RuleError(
            f"Mỗi lần chỉ in được tối đa {MAX_PAPERS} văn bản. Đề nghị chia thành nhiều lần in."
        )
    if len(strings) > MAX_PIECES or sum(map(len, strings)) > MAX_LETTERS:
        raise RuleError(
            "Văn bản quá dài để in một lần. Đề nghị thu hẹp phạm vi hoặc tải về bảng tính."
        )
    check_pictures([item for item in inside if isinstance(item, Picture)])


def check_pictures(pictures: Sequence[Picture]) -> None:
    if any(not picture.jpeg.startswith(JPEG) for picture in pictures):
        raise RuleError("Chỉ in được ảnh JPG. Đề nghị chụp lại ảnh giấy tờ.")
    if any(len(picture.jpeg) > MAX_PICTURE_BYTES for picture in pictures):
        raise RuleError("Ảnh giấy tờ nặng hơn 1 MB. Đề nghị chụp lại ở cỡ nhỏ hơn.")
    if len(pictures) > MAX_PICTURES:
        raise RuleError(f"Mỗi bộ chỉ in được tối đa {MAX_PICTURES} ảnh giấy tờ. Đề nghị bớt ảnh.")


def _inside(value) -> Iterable:
    """Every plain value and every block of the papers."""
    yield value
    if is_dataclass(value):
        value = [getattr(value, field.name) for field in fields(value)]
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        for item in value:
            yield from _inside(item)
