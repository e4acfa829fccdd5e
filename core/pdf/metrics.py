"""What the paper font can print and how wide it runs, read from the font files themselves."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.conf import settings

from core.errors import RuleError

FONT_FILES = {
    (False, False): "texgyretermes-regular.otf",
    (True, False): "texgyretermes-bold.otf",
    (False, True): "texgyretermes-italic.otf",
    (True, True): "texgyretermes-bolditalic.otf",
}
"""(bold, italic) → file name in `settings.PAPER_FONTS_DIR`."""

_MM_PER_PT = 25.4 / 72
_SPACE, _NBSP = 0x20, 0xA0


def width_mm(text: str, size_pt: float, *, bold: bool = False, italic: bool = False) -> float:
    """The printed width of one line (without kerning, so never too small)."""
    advances, units = _advances(bold, italic)
    widest = max(advances.values())
    total = sum(advances.get(ord(char), widest) for char in text)
    return total / units * size_pt * _MM_PER_PT


def has_glyph(char: str) -> bool:
    """Whether the four fonts hold this character, so that no other font is ever asked."""
    return ord(char) in _common_characters()


@lru_cache
def _common_characters() -> frozenset[int]:
    return frozenset.intersection(*(frozenset(_advances(*style)[0]) for style in FONT_FILES))


@lru_cache
def _advances(bold: bool, italic: bool) -> tuple[dict[int, int], int]:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- slow import

    with TTFont(font_path(FONT_FILES[bold, italic]), lazy=True) as font:
        widths = font["hmtx"].metrics
        advances = {code: widths[glyph][0] for code, glyph in font.getBestCmap().items()}
        advances[_NBSP] = advances[_SPACE]
        return advances, font["head"].unitsPerEm


@lru_cache
def font_bytes(name: str) -> bytes:
    """The font as papers use it: its no-break space, a third too wide, is its plain space."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- slow import

    with TTFont(font_path(name), recalcBBoxes=False, recalcTimestamp=False) as font:
        for table in font["cmap"].tables:
            if _NBSP in table.cmap:
                table.cmap[_NBSP] = table.cmap[_SPACE]
        content = BytesIO()
        font.save(content, reorderTables=None)
    return content.getvalue()


def font_path(name: str) -> Path:
    """The file of a packaged font; papers are not printed in any other font."""
    path = Path(settings.PAPER_FONTS_DIR) / name
    if not path.is_file():
        raise RuleError(
            "Chưa in được văn bản vì máy chủ thiếu bộ phông chữ. "
            "Đề nghị báo người quản trị hệ thống."
        )
    return path
