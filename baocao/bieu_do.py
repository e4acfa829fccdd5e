"""The strip of criteria in the ranking: one small square each, few elements, one name."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .xep_loai import KetQua, Muc, XepChung

CANH, BUOC = 13, 16
"""Side of a square, and the distance from one to the next."""


def dai_tieu_chi(ket_qua: Sequence[KetQua], xep: XepChung) -> SafeString:
    """Squares in the order of the criteria; equal levels are one path."""
    levels = tuple(item.muc for item in ket_qua)
    return _dai(levels, xep.so_cao_nhat, xep.so_tieu_chi, xep.so_thieu)


@lru_cache(maxsize=1000)
def _dai(levels: tuple[Muc | None, ...], best: int, criteria: int, missing: int) -> SafeString:
    """Many branches of a page stand alike."""
    places: dict[str, list[int]] = {}
    for place, muc in enumerate(levels):
        css = "x-none" if muc is None else f"x-{int(muc)}"
        places.setdefault(css, []).append(place)
    paths = format_html_join(
        "",
        '<path class="{}" d="{}"/>',
        ((css, "".join(_square(place) for place in found)) for css, found in places.items()),
    )
    width = len(levels) * BUOC - BUOC + CANH + 1
    return format_html(
        '<svg class="xh-dai" role="img" aria-label="{} trên {} tiêu chí ở mức cao nhất, {} chưa đủ '
        'dữ liệu" viewBox="0 0 {} {}" width="{}" height="{}">{}</svg>',
        best,
        criteria,
        missing,
        width,
        CANH + 1,
        width,
        CANH + 1,
        paths,
    )


def _square(place: int) -> str:
    return f"M{place * BUOC + 0.5} .5h{CANH}v{CANH}h-{CANH}z"
