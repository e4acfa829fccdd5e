"""The list page: filter, order, table, pages and download from one declaration."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.core.paginator import Paginator
from django.forms.boundfield import BoundField
from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property

from .text.display import EMPTY, ngay, show
from .text.form_errors import field_errors
from .xlsx import xlsx_response

PAGE_SIZE = 50
LONG_LIST = 5000
SEARCH = "q"
SHOWN_FILTERS = 4
"""So many filters stand in the bar; the rest are under "Thêm bộ lọc"."""


def asked_filters(request: HttpRequest) -> str:
    """The filters of an address, for the record of a download.

    Without what was typed into the search: it is mostly somebody's name.
    """
    params = request.GET.copy()
    params.pop(SEARCH, None)
    return params.urlencode()


@dataclass(frozen=True)
class Preset:
    """A filter worth a name: `query` is the part of the address after the question mark."""

    label: str
    query: str


@dataclass(frozen=True)
class Create:
    """How a new row begins, for who `may`: beside the heading, and below a list that is empty."""

    name: str  # of the page's address
    label: str
    may: bool
    icon: str = "plus"

    @property
    def url(self) -> str:
        return reverse(self.name)


@dataclass(frozen=True)
class FilterChip:
    """One filter of the bar with what is chosen in it, in words."""

    field: BoundField
    text: str
    drop_url: str  # the same list without this filter


class CountingPaginator(Paginator):
    """Remembers how long a long list is until `version` says that something was written.

    `version` is a mark of the data's state that no other state has ever had.
    """

    def __init__(self, objects, per_page, version):
        super().__init__(objects, per_page)
        self.version = version

    @cached_property
    def question(self) -> str:
        """Which rows, in which state of the data: what is said of them stands until it changes."""
        try:
            rows = self.object_list.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            rows = ()
        return f"{self.version()} {rows}"

    @cached_property
    def count(self):
        if self.version is None:
            return self.object_list.count()
        asked = _key(self.question)
        known = cache.get(asked)
        if known is None:
            known = self.object_list.count()
            if known > LONG_LIST:
                cache.set(asked, known)
        return known

    def remembered(self, more: str, ask: Callable[[], Any]) -> Any:
        """What `ask` says about these rows; asked once until something is written."""
        if self.version is None:
            return ask()
        return cache.get_or_set(_key(f"{self.question} {more}"), ask)


def _key(question: str) -> str:
    return sha256(question.encode()).hexdigest()


def list_page(
    request,
    *,
    queryset,
    filterset,
    table,
    queryset_in_order=None,
    version: Callable[[], str] | None = None,
    title,
    noun="dòng",
    template="core/list.html",
    presets=(),
    create: Create | None = None,
    on_download: Callable[[HttpRequest, int], None] | None = None,
    add_counts: Callable[[Any, CountingPaginator], None] | None = None,
    on_page: Callable[[Iterable], None] | None = None,
    extra=None,
):
    """Answer with a page of `queryset`; with `?export=xlsx`, with all of it as a workbook.

    `noun` is what is counted ("đồng chí"). `on_download(request, rows)` is called before a
    workbook leaves the house, so that the view can write an audit line. `queryset_in_order`
    holds the same rows asked in another way: a list too long to sort is read from it.
    `version` is another one whenever rows may have changed; until then a long list is counted
    once. `add_counts(filters, paginator)` writes numbers beside the choices of a list that is
    not long. `on_page(rows)` completes the rows of the page that is shown.
    """
    filters = filterset(request.GET, queryset=queryset, request=request)
    sort = request.GET.get("sort", "")
    ordering = table.ordering(sort)
    objects = filters.qs.order_by(*ordering) if ordering else filters.qs
    if request.GET.get("export") == "xlsx":
        return _download(request, table, objects, on_download)

    paginator = CountingPaginator(objects, PAGE_SIZE, version)
    if queryset_in_order is not None and not ordering and paginator.count > LONG_LIST:
        paginator.object_list = filters.filter_queryset(queryset_in_order)
    page = paginator.get_page(request.GET.get("page"))
    filter_bar = _filter_bar(filters.form, request.GET)
    if add_counts and paginator.count <= LONG_LIST:
        add_counts(filters, paginator)
    if on_page:
        on_page(page)
    context = {
        "title": title,
        "noun": noun,
        "filters": filters,
        **filter_bar,
        "presets": presets,
        "create": create,
        "table": table,
        "headings": table.headings(sort),
        "page": page,
        "rows": list(table.page_rows(page)),
        "export_url": f"?{_query(request.GET, page=None, export=['xlsx'])}",
        **(extra or {}),
    }
    return TemplateResponse(request, template, context)


def _filter_bar(form, params: QueryDict) -> dict:
    """The search box and the filters, what is chosen in them, and what cannot be."""
    chips = filter_chips(form, params)
    return {
        "search": form[SEARCH] if SEARCH in form.fields else None,
        "searched": form.cleaned_data.get(SEARCH, ""),
        "chips": chips[:SHOWN_FILTERS],
        "more_chips": chips[SHOWN_FILTERS:],
        "chosen": [chip for chip in chips if chip.text],
        "refused": refused_filters(form),
    }


def filter_chips(form, params: QueryDict) -> list[FilterChip]:
    """The filters besides the search box, each with the value it has now."""
    return [
        FilterChip(
            field,
            _chosen_text(field, form.cleaned_data.get(field.name)),
            f"?{_query(params, page=None, **dict.fromkeys(_parameter_names(field)))}",
        )
        for field in form.visible_fields()
        if field.name != SEARCH
    ]


def refused_filters(form) -> list[tuple[str, str]]:
    """What was asked and cannot be: the filter in words, and what to do about it.

    The list is shown without it, which must be said: its menu is closed, or it has none.
    """
    return [
        (f"Chưa lọc theo «{field.label}».", " ".join(field_errors(field)))
        for field in form
        if field.errors
    ]


def _query(params: QueryDict, **changes) -> str:
    """The address of this list with some parameters set or, for None, left out."""
    params = params.copy()
    for name, value in changes.items():
        params.pop(name, None)
        if value:
            params.setlist(name, value)
    return params.urlencode()


def _parameter_names(field: BoundField) -> list[str]:
    """A range has a parameter for each end."""
    suffixes = getattr(field.field.widget, "suffixes", [""])
    return [f"{field.html_name}_{suffix}" if suffix else field.html_name for suffix in suffixes]


def _chosen_text(field, value) -> str:
    if value in (None, "", []) or (hasattr(value, "exists") and not value):
        return ""
    if isinstance(value, slice):
        return _range_text(value.start, value.stop)
    labels = {str(key): label for key, label in _flat_choices(field.field)}
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(str(labels.get(str(item), "")) or show(item) for item in values)


def _range_text(start, stop) -> str:
    start, stop = (ngay(end) if isinstance(end, date) else show(end) for end in (start, stop))
    if start in ("", EMPTY) or stop in ("", EMPTY):
        return f"đến {stop}" if start in ("", EMPTY) else f"từ {start}"
    return f"{start} – {stop}"


def _flat_choices(field):
    """Static choices only: the rows of a model choice know their own names."""
    if hasattr(field, "queryset"):
        return
    for key, label in getattr(field, "choices", []):
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def _download(request, table, objects, on_download):
    if on_download:
        on_download(request, objects.count())
    return xlsx_response(table.name, table.labels, table.file_rows(objects.iterator(500)))
