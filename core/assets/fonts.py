"""Be Vietnam Pro, cut to Latin and Vietnamese for the screen."""

from importlib.resources import as_file, files
from io import BytesIO

from fontTools import subset

WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}
_RANGES = [
    range(0x20, 0x7F),
    range(0xA0, 0x100),
    range(0x1EA0, 0x1EFA),  # Vietnamese letters with two marks
]
CHARACTERS = "".join(chr(code) for codes in _RANGES for code in codes) + (
    "\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0"
    "\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026\u20ab\u2212\u2264\u2265"
)


def build_font(weight: int) -> bytes:
    """The woff2 subset of one weight; the same input gives the same bytes."""
    options = subset.Options(
        flavor="woff2",
        hinting=False,
        desubroutinize=True,
        layout_features=["kern", "mark", "mkmk", "ccmp", "locl"],
        name_IDs=[1, 2],
    )
    source = files("fontpkg_be_vietnam_pro") / "files" / f"BeVietnamPro-{WEIGHTS[weight]}.ttf"
    cutter = subset.Subsetter(options)
    cutter.populate(text=CHARACTERS)
    target = BytesIO()
    with as_file(source) as path, subset.load_font(path, options) as font:
        cutter.subset(font)
        subset.save_font(font, target, options)
    return target.getvalue()
