"""The icons of the screens, by their lucide names, and the sprite that carries them."""

import re
from importlib.resources import files
from zipfile import ZipFile

_NAMES = """
activity archive arrow-down arrow-left arrow-right arrow-right-left arrow-up arrow-up-down
arrow-up-right award badge-check ban bell book-open building-2 cake calendar calendar-check
calendar-clock calendar-days calendar-plus camera chart-column check chevron-down chevron-left
chevron-right chevron-up chevrons-up-down circle-alert circle-check circle-dashed circle-dot
circle-question-mark circle-x clipboard-check clock copy download ellipsis ellipsis-vertical eye
eye-off file-check file-down file-pen-line file-text file-up files flag folder-check folder-clock
folder-open git-branch-plus graduation-cap hand-heart history hourglass house image info key-round
layout-dashboard lightbulb list-checks list-filter list-ordered lock log-in log-out mail
mail-question-mark map-pin megaphone menu message-square-text minus network octagon-x pencil-line
phone plane plus printer qr-code refresh-cw scroll-text search send server-cog settings share-2
shield-check sliders-horizontal smartphone sprout square-pen star target trash-2 trending-up
triangle-alert undo-2 upload user user-check user-plus users vote wallet wifi wifi-off x
"""
ICONS = frozenset(_NAMES.split())


def build_sprite() -> str:
    """One SVG file of symbols; a name that lucide does not have is an error."""
    source = files("lucide").joinpath("lucide.zip")
    with source.open("rb") as stream, ZipFile(stream) as archive:
        symbols = [_symbol(name, archive.read(f"{name}.svg").decode()) for name in sorted(ICONS)]
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def _symbol(name: str, svg: str) -> str:
    inner = re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)[1]
    inner = re.sub(r"\s*\n\s*", "", inner).replace(" />", "/>")
    return f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>'
