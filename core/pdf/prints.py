"""What is to be printed, as plain values: compared, sent to another process, laid out anywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import islice
from typing import Any

from .blocks import Leaves, Paper
from .bounds import check_bounds
from .inline import normalise
from .layout import PDF_UA, Layout
from .render import AnyPaper, fit, lay_out_papers, render_pdf


@dataclass(frozen=True)
class Print:
    """Papers of one file, its title, and the form of the file."""

    papers: AnyPaper | Sequence[AnyPaper]
    title: str
    variant: str = PDF_UA

    def pdf(self) -> bytes:
        return render_pdf(self.papers, title=self.title, variant=self.variant)

    def settled(self) -> list[AnyPaper]:
        """The papers with the size of type in which they are printed."""
        papers = [self.papers] if isinstance(self.papers, AnyPaper) else list(self.papers)
        check_bounds(papers)
        return fit(papers, normalise(self.title))[0]


@dataclass(frozen=True)
class Part:
    """One part of a booklet: what `Leaves` of the contents call it, and its papers."""

    key: str
    papers: Sequence[Paper]


@dataclass(frozen=True)
class Booklet:
    """A file whose first papers (cover, contents) tell where the parts after them stand.

    Leaves count from the first paper of the first part; numbers of pages from the cover.
    """

    front: Sequence[AnyPaper]
    parts: Sequence[Part]
    title: str
    variant: str = PDF_UA

    def pdf(self) -> bytes:
        check_bounds([*self.front, *self._papers])
        title = normalise(self.title)
        body = fit(self._papers, title, before=len(self.front))[1]
        front = lay_out_papers(fill(self.front, self._leaves(body)), title)
        if front.pages != len(self.front):
            body = fit(self._papers, title, before=front.pages)[1]
        return (front + body).pdf(self.variant)

    def settled(self) -> list[AnyPaper]:
        """All papers as they are printed: their size of type settled, their leaves counted."""
        check_bounds([*self.front, *self._papers])
        chosen, body = fit(self._papers, normalise(self.title), before=len(self.front))
        return [*fill(self.front, self._leaves(body)), *chosen]

    @property
    def _papers(self) -> list[Paper]:
        return [paper for part in self.parts for paper in part.papers]

    def _leaves(self, body: Layout) -> dict[str, str]:
        pages = (body.page_count(number) for number in range(len(self._papers)))
        leaves, last = {}, 0
        for part in self.parts:
            first, last = last + 1, last + sum(islice(pages, len(part.papers)))
            leaves[part.key] = str(first) if first == last else f"{first}–{last}"
        return leaves | {"": str(last)}


def fill(value: Any, leaves: Mapping[str, str]) -> Any:
    """The same papers with every `Leaves` in them as text."""
    if isinstance(value, Leaves):
        return leaves[value.part]
    if is_dataclass(value):
        names = [item.name for item in fields(value) if item.init]
        changes = {name: fill(getattr(value, name), leaves) for name in names}
        return replace(value, **changes)
    if isinstance(value, list | tuple):
        return type(value)(fill(item, leaves) for item in value)
    return value
