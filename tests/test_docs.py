"""What the documents link to and show is there, and no picture is left over."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]
TARGET = re.compile(r'\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"')
PICTURE = re.compile(r'!\[([^\]]*)\]\(|<img [^>]*alt="([^"]*)"')
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
IMAGES = {".png", ".jpg", ".svg", ".webp"}


def prose(page: Path) -> str:
    """A page without its pieces of code."""
    return CODE.sub("", page.read_text("utf-8"))


def targets(page: Path) -> list[tuple[Path, str]]:
    """(file, heading) of each relative link and picture of a page."""
    found = ["".join(match) for match in TARGET.findall(prose(page))]
    parts = [name.partition("#") for name in found if not re.match(r"[a-z]+:", name)]
    return [((page.parent / name if name else page).resolve(), part) for name, _, part in parts]


def anchors(page: Path) -> set[str]:
    """The headings of a page as links write them."""
    words = HEADING.findall(page.read_text("utf-8"))
    return {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in words}


def by_name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_links_and_pictures_lead_somewhere(page):
    for target, part in targets(page):
        assert target.exists(), target
        assert not part or part in anchors(target), part


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_pictures_are_told_in_words(page):
    alts = ["".join(match) for match in PICTURE.findall(prose(page))]
    shown = [target for target, _ in targets(page) if target.suffix in IMAGES]

    assert len(alts) >= len(shown)
    assert [alt for alt in alts if len(alt.split()) < 4] == []


def test_every_picture_is_used():
    shown = {target for page in PAGES for target, _ in targets(page)}
    pictures = [path for path in DOCS.rglob("*") if path.suffix in IMAGES]

    assert pictures
    assert [by_name(path) for path in pictures if path.resolve() not in shown] == []
