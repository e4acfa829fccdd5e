"""One declaration of columns, for the page and for the workbook."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

from .text.display import EMPTY, NBSP, show

Source = str | Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: `source` is a dotted path from the row, or a function of the row.

    On a phone a row is a card: the primary column and the pill on line one, the meta
    columns on line two (a text in `meta` stands before the value there), the rest is left out.
    """

    label: str
    source: Source
    link: bool | Callable[[Any], str] = False  # True: the row's own page
    numeric: bool = False
    unit: str = ""  # stands after the figure on the page; a file holds the bare number
    sort: str | tuple[str, ...] = ()  # fields of the query
    second: Source | None = None  # the grey line under the value
    pill: Callable[[Any], tuple[str, str, str] | None] | None = None  # family, icon, word
    template: str = ""  # a part that draws the cell from `row` and `value`
    primary: bool = False
    meta: bool | str = False
    nowrap: bool = False  # names of people, moments
    act: bool = False  # buttons: on a phone the last line of the card
    in_file: bool = True
    in_page: bool = True

    def value(self, row: Any) -> Any:
        return _read(self.source, row)

    @property
    def sort_fields(self) -> tuple[str, ...]:
        return (self.sort,) if isinstance(self.sort, str) else self.sort

    @property
    def sort_key(self) -> str:
        """The name of this order in an address."""
        return self.sort_fields[0] if self.sort_fields else ""

    @cached_property
    def css(self) -> str:
        names = (
            ("num", self.numeric),
            ("nowrap", self.nowrap),
            ("t-pill", self.pill),
            ("t-meta", self.meta),
            ("t-act", self.act),
        )
        return " ".join(name for name, used in names if used)


@dataclass(slots=True)
class Cell:
    column: Column
    row: Any
    value: Any
    url: str = ""
    is_primary: bool = False

    @property
    def text(self) -> str:
        text = show(self.value)
        return f"{text}{NBSP}{self.column.unit}" if self.column.unit and text != EMPTY else text

    @property
    def second(self) -> Any:
        return _read(self.column.second, self.row) if self.column.second else ""

    @property
    def pill(self) -> tuple[str, str, str] | None:
        return self.column.pill(self.row) if self.column.pill else None

    @property
    def css(self) -> str:
        """As its column; a phone's card leaves out a fact that is not known."""
        column = self.column
        is_shown = not column.meta or column.template or self.second or self.text != EMPTY
        return column.css if is_shown else f"{column.css} t-none"

    @property
    def lead(self) -> str:
        """The word that stands before the value on a card."""
        return self.column.meta if isinstance(self.column.meta, str) else ""


@dataclass(frozen=True)
class Heading:
    column: Column
    direction: str  # "", "ascending", "descending"

    @property
    def next_sort(self) -> str:
        """What a click asks for."""
        return f"{'-' if self.direction == 'ascending' else ''}{self.column.sort_key}"


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[Column, ...]
    empty_text: str = "Chưa có dòng nào"
    empty_hint: str = ""
    empty_icon: str = ""
    sorted_by: str = ""  # the column's order in which rows come when no other is asked for

    @property
    def labels(self) -> list[str]:
        return [column.label for column in self.file_columns]

    @property
    def file_columns(self) -> list[Column]:
        return [column for column in self.columns if column.in_file]

    @property
    def page_columns(self) -> list[Column]:
        return [column for column in self.columns if column.in_page]

    def page_rows(self, objects: Iterable[Any]) -> Iterator[list[Cell]]:
        columns = self.page_columns
        first = next((column for column in columns if column.primary), columns[0])
        for row in objects:
            yield [
                Cell(column, row, column.value(row), _link(column, row), column is first)
                for column in columns
            ]

    def file_rows(self, objects: Iterable[Any]) -> Iterator[list[Any]]:
        columns = self.file_columns
        for row in objects:
            yield [column.value(row) for column in columns]

    def headings(self, sort: str) -> list[Heading]:
        sort = sort if self.ordering(sort) else self.sorted_by
        return [Heading(column, _direction(column, sort)) for column in self.page_columns]

    def ordering(self, sort: str) -> tuple[str, ...]:
        """The fields to order by for `?sort=`; an unknown name keeps the query's own order."""
        for column in self.columns:
            if column.sort_key and _direction(column, sort):
                sign = "-" if sort.startswith("-") else ""
                return (*(f"{sign}{field}" for field in column.sort_fields), "pk")
        return ()


def _direction(column: Column, sort: str) -> str:
    if not column.sort_key or sort.removeprefix("-") != column.sort_key:
        return ""
    return "descending" if sort.startswith("-") else "ascending"


def _link(column: Column, row: Any) -> str:
    if callable(column.link):
        return column.link(row)
    return row.get_absolute_url() if column.link else ""


def _read(source: Source, row: Any) -> Any:
    return source(row) if callable(source) else reduce(_follow, source.split("."), row)


def _follow(target: Any, name: str) -> Any:
    if target is None:
        return None
    # a misspelt path must fail, not show an empty column
    value = target[name] if isinstance(target, dict) else getattr(target, name)
    return value() if callable(value) else value
