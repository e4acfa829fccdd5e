"""How many members stand behind each choice of a filter, in one statement or two."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from doanvien.models import DoanVien, NguonCanBo

CHI_DOAN = "chi_doan"
Choices = dict[str, list[str]]
"""The values that each filter offers, by its name."""
Counts = dict[tuple[str, str], int]
"""How many members stand behind a filter's value."""


def add_counts(filters, paginator) -> None:
    """Write the number of members beside each choice of the list's filters.

    A choice says how many rows would be left with it and everything else that is chosen. For
    one chosen filter that takes a look without it; of several chosen ones nothing is said.
    The numbers are remembered with the state of the data they were counted in.
    """
    labels = {name: _labels(filters, name) for name in _counted(filters)}
    choices = {name: [value for value, _ in rows if value] for name, rows in labels.items()}
    asked = f"{filters.moc} {choices} {_chosen(filters)}"
    found = paginator.remembered(asked, lambda: counts_of(filters, choices))
    for name, rows in labels.items():
        filters.form.fields[name].widget.choices = [
            (value, f"{label} ({found[name, value]})" if (name, value) in found else label)
            for value, label in rows
        ]


def counts_of(filters, choices: Choices) -> Counts:
    """The numbers of the filters that are free, and of the one that is chosen."""
    taken = [name for name in _chosen(filters) if name in choices]
    free = {name: values for name, values in choices.items() if name not in taken}
    found = _count(filters, free, filters.qs)
    if len(taken) == 1:
        (name,) = taken
        found |= _count(filters, {name: choices[name]}, rows_without(filters, name))
    return found


def _counted(filters) -> list[str]:
    """Which filters show numbers; branches when they are listed, and today's."""
    names = [name for name in filters.COUNTED if name in filters.form.fields]
    is_today = "chi_doan_khi_do" not in filters.queryset.query.annotations
    if CHI_DOAN in filters.form.fields and is_today and not filters.from_above:
        names.append(CHI_DOAN)
    return names


def _chosen(filters) -> list[str]:
    return [name for name, value in filters.form.cleaned_data.items() if value]


def rows_without(filters, left_out: str):
    """The rows that all filters but one leave."""
    rows = filters.queryset.all()
    for name, value in filters.form.cleaned_data.items():
        if name != left_out:
            rows = filters.filters[name].filter(rows, value)
    return rows


def _labels(filters, name: str) -> list[tuple[str, str]]:
    """The choices of a filter as they are offered; branches are read once."""
    widget = filters.form.fields[name].widget
    widget.choices = [(str(value), str(label)) for value, label in widget.choices]
    return widget.choices


def _count(filters, wanted: Choices, rows: QuerySet) -> Counts:
    """One statement for all choices: a line for each branch, a column for each other choice."""
    if not wanted:
        return {}
    columns = {
        f"so_{number}": (name, value)
        for number, (name, value) in enumerate(
            (name, value) for name, values in wanted.items() if name != CHI_DOAN for value in values
        )
    }
    figures = {
        column: Count("pk", filter=filters.means(*choice)) for column, choice in columns.items()
    }
    people = DoanVien.objects.filter(pk__in=rows.order_by().values("pk")).order_by()
    lines = list(people.values(CHI_DOAN).annotate(so=Count("pk"), **figures))
    found = {choice: sum(line[column] for line in lines) for column, choice in columns.items()}
    of_branch = {str(line[CHI_DOAN]): line["so"] for line in lines}
    return found | {(CHI_DOAN, pk): of_branch.get(pk, 0) for pk in wanted.get(CHI_DOAN, ())}


def has_nguon(ma: str) -> Q:
    """Members of a talent-source group."""
    return Q(Exists(NguonCanBo.objects.filter(doan_vien=OuterRef("pk"), ma=ma)))
