"""How many members stand behind each choice of a filter, in one statement or two."""

from django.db.models import Count, Exists, OuterRef, Q

from doanvien.models import DoanVien, NguonCanBo


def add_counts(filters) -> None:
    """Write the number of members beside each choice of the list's filters.

    A choice says how many rows would be left with it and everything else that is chosen. For
    one chosen filter that takes a look without it; of several chosen ones nothing is said.
    """
    chosen = [name for name, value in filters.form.cleaned_data.items() if value]
    choices = {name: choices_of(filters, name) for name in _counted(filters)}
    free = {name: wanted for name, wanted in choices.items() if name not in chosen}
    _write(filters, free, filters.qs)
    taken = [name for name in choices if name in chosen]
    if len(taken) == 1:
        _write(filters, {taken[0]: choices[taken[0]]}, rows_without(filters, taken[0]))


def _counted(filters) -> list[str]:
    """Which filters show numbers; branches when they are listed, and today's."""
    names = [name for name in filters.COUNTED if name in filters.form.fields]
    is_today = "chi_doan_khi_do" not in filters.queryset.query.annotations
    if "chi_doan" in filters.form.fields and is_today and not filters.from_above:
        names.append("chi_doan")
    return names


def rows_without(filters, left_out: str):
    """The rows that all filters but one leave."""
    rows = filters.queryset.all()
    for name, value in filters.form.cleaned_data.items():
        if name != left_out:
            rows = filters.filters[name].filter(rows, value)
    return rows


def choices_of(filters, name: str) -> dict[str, Q]:
    """Which rows each choice of a filter means, by the choice's value."""
    return {value: filters.means(name, value) for value, _ in _labels(filters, name) if value}


def _labels(filters, name: str) -> list[tuple[str, str]]:
    """The choices of a filter as they are offered; branches are read once."""
    widget = filters.form.fields[name].widget
    widget.choices = [(str(value), str(label)) for value, label in widget.choices]
    return widget.choices


def _write(filters, wanted: dict[str, dict[str, Q]], rows) -> None:
    """One statement for all choices of these filters."""
    asked = {
        f"so_{index}": (name, value, condition)
        for index, (name, value, condition) in enumerate(
            (name, value, condition)
            for name, conditions in wanted.items()
            for value, condition in conditions.items()
        )
    }
    if not asked:
        return
    labels = {name: _labels(filters, name) for name in wanted}
    people = DoanVien.objects.filter(pk__in=rows.order_by().values("pk"))
    counts = people.aggregate(
        **{key: Count("pk", filter=condition) for key, (_, _, condition) in asked.items()}
    )
    found = {(name, value): counts[key] for key, (name, value, _) in asked.items()}
    for name in wanted:
        filters.form.fields[name].widget.choices = [
            (value, f"{label} ({found[name, value]})" if value else label)
            for value, label in labels[name]
        ]


def has_nguon(ma: str) -> Q:
    """Members of a talent-source group."""
    return Q(Exists(NguonCanBo.objects.filter(doan_vien=OuterRef("pk"), ma=ma)))
