"""Sổ thay đổi: sets of rows changed at once, remembered so that they can be put back.

The one who uses it says where a page of the book is kept: `luu(bang, dong)` with up to some
thousand [number, before, after]. Memory stays flat whatever the size of the set.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from django.apps import apps
from django.db import connection, models
from django.db.models import Value

TRANG = 1000
"""Rows on a page of the book."""
CAU_MOT_LUOT = 40
"""So many branches of the tree, or questions, are named in one statement."""
NHIEU_NHOM, IT_DONG = 20, 5
"""From so many different values on, those of few rows are written together."""


class SoThayDoi:
    """Changes sets of rows and writes each page of what they were."""

    def __init__(self, luu: Callable[[str, list], None] | None):
        self._luu = luu  # None: a trial, of which nothing is kept
        self.dem = Counter()

    def sua(self, rows: models.QuerySet, **values) -> int:
        """Set the same plain values in all these rows; how many there were."""
        model, fields = rows.model, [rows.model._meta.get_field(name) for name in values]
        after = {field.attname: _plain(values[field.name]) for field in fields}
        names = list(after)
        total = 0
        for page in _by_number(rows, lambda part: part.values_list("pk", *names)):
            wrong = [row for row in page if dict(zip(names, row[1:], strict=True)) != after]
            if not wrong:
                continue
            total += len(wrong)
            self._viet(
                model, ([pk, dict(zip(names, old, strict=True)), after] for pk, *old in wrong)
            )
            plain_rows(model).filter(pk__in=[row[0] for row in wrong]).update(**after)
        self.dem[model._meta.label_lower] += total
        return total

    def sua_tung(self, model, changes: Iterable[tuple[int, dict, dict]]) -> int:
        """Set values of its own in each row: (number, before, after) by column."""
        changes = list(changes)
        self.ghi(model, changes)
        write_rows(model, [(pk, after) for pk, _, after in changes])
        return len(changes)

    def ghi(self, model, changes: Iterable[tuple[int, dict, dict]]) -> None:
        """Only write down what changes: the caller has a faster way to do it."""
        for page in pages(changes):
            self._viet(model, (list(change) for change in page))
            self.dem[model._meta.label_lower] += len(page)

    def them(self, model, rows: Iterable[models.Model]) -> list[int]:
        """Add rows; their numbers."""
        added = []
        for page in pages(rows):
            made = plain_rows(model).bulk_create(page)
            self._viet(model, ([row.pk, None, seen(row)] for row in made))
            added += [row.pk for row in made]
        self.dem[model._meta.label_lower] += len(added)
        return added

    def chep(self, rows: models.QuerySet, mau: models.Model, **columns) -> None:
        """Add a row like `mau` for each of these, with `columns` taken from it: the database
        copies them by itself, however many they are."""
        model = mau._meta.concrete_model
        added = _copy(rows, mau, columns)
        if self._luu:
            for page in pages(plain_rows(model).filter(pk__in=added).order_by("pk")):
                self._viet(model, ([row.pk, None, seen(row)] for row in page))
        self.dem[model._meta.label_lower] += len(added)

    def xoa(self, rows: models.QuerySet) -> int:
        """Take away rows that never took effect."""
        model, total = rows.model, 0
        for page in _by_number(rows, lambda part: part):
            total += len(page)
            self._viet(model, ([row.pk, whole(row), None] for row in page))
            plain_rows(model).filter(pk__in=[row.pk for row in page]).delete()
        self.dem[model._meta.label_lower] += total
        return total

    def _viet(self, model, rows: Iterable[list]) -> None:
        if self._luu:
            self._luu(model._meta.label_lower, list(rows))


def pages(rows: Iterable) -> Iterator[list]:
    rows = iter(rows)
    while page := list(islice(rows, TRANG)):
        yield page


def _by_number(rows: models.QuerySet, shape: Callable) -> Iterator[list]:
    """Pages of the rows in the order of their numbers; each is asked for when it is needed."""
    last, rows = 0, rows.order_by("pk")
    while page := list(shape(rows.filter(pk__gt=last))[:TRANG]):
        yield page
        last = page[-1][0] if isinstance(page[-1], tuple) else page[-1].pk


def _copy(rows: models.QuerySet, mau: models.Model, columns: dict) -> list[int]:
    """INSERT … SELECT, which the ORM cannot say; the numbers of the new rows."""
    model, quote = mau._meta.concrete_model, connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    values = {
        f"moi_{field.attname}": columns.get(field.attname)
        or Value(field.value_from_object(mau), output_field=field)
        for field in fields
    }
    chosen = rows.order_by().annotate(**values).values_list(*values)
    sql, params = chosen.query.sql_with_params()
    into = ", ".join(quote(field.column) for field in fields)
    table, number = quote(model._meta.db_table), quote(model._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({into}) {sql} RETURNING {number}", params)
        return [pk for (pk,) in cursor.fetchall()]


def tung_luot(rows: Sequence) -> Iterator[Sequence]:
    """Parts of a list that one statement can name."""
    for start in range(0, len(rows), CAU_MOT_LUOT):
        yield rows[start : start + CAU_MOT_LUOT]


def plain_rows(model) -> models.QuerySet:
    """All rows of a table, without what a tree's own queryset does besides."""
    return models.QuerySet(model._meta.concrete_model)


def whole(row) -> dict:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def seen(row) -> dict:
    """What of an added row is compared later: keys, days and choices, no text about people."""
    return {name: getattr(row, name) for name in _so_sanh(row._meta.concrete_model)}


@cache
def _so_sanh(model) -> tuple[str, ...]:
    return tuple(
        field.attname
        for field in model._meta.concrete_fields
        if field.choices or isinstance(field, models.ForeignKey | models.DateField)
        if not isinstance(field, models.DateTimeField)
    )


def _plain(value):
    return value.pk if isinstance(value, models.Model) else value


def write_rows(model, changes: list[tuple[int, dict]]) -> None:
    """Write plain values; rows with the same ones in one statement."""
    groups = defaultdict(list)
    for pk, values in changes:
        groups[tuple(sorted(values.items(), key=lambda item: item[0]))].append(pk)
    single = []
    for values, pks in groups.items():
        if len(groups) > NHIEU_NHOM and len(pks) < IT_DONG:
            single += [_row(model, pk, dict(values)) for pk in pks]
        else:
            plain_rows(model).filter(pk__in=pks).update(**dict(values))
    if single:
        names = sorted({name for _, values in changes for name in values})
        plain_rows(model).bulk_update(single, _fields(model, names), batch_size=200)


def _fields(model, attnames) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if field.attname in attnames]


def _row(model, pk: int, values: dict):
    return model._meta.concrete_model(pk=pk, **values)


def doc(model, values: dict) -> dict:
    """Values as they come out of the book: days and numbers of the column's own kind."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return {name: by_name[name].to_python(value) for name, value in values.items()}


class DaDoiKhacError(Exception):
    """A row was changed by somebody since: putting it back would lose that."""

    def __init__(self, model, pks: list):
        super().__init__(model._meta.verbose_name)
        self.model, self.pks = model, pks


def hoan_tac(bang: str, dong: list, *, bo_qua: frozenset[str] = frozenset()) -> None:
    """Put one page back; the caller goes from the last page to the first.

    DaDoiKhacError when a row is not as the page left it; columns in `bo_qua` are not asked.
    """
    model = apps.get_model(bang)
    _check(model, [(pk, after) for pk, _, after in dong if after is not None], bo_qua)
    added = [pk for pk, before, _ in dong if before is None]
    if added:
        _check_khong_ai_tro(model, added)
        plain_rows(model).filter(pk__in=added).delete()
    gone = [doc(model, before) for _, before, after in dong if after is None]
    plain_rows(model).bulk_create([model(**values) for values in gone])
    changed = [(pk, doc(model, before)) for pk, before, after in dong if before and after]
    write_rows(model, changed)


def _check_khong_ai_tro(model, added: list[int]) -> None:
    """Refuse to take away rows on which others have been hung since."""
    for key in model._meta.related_objects:
        if key.many_to_many:
            continue
        rows = plain_rows(key.related_model).filter(**{f"{key.field.name}__in": added})
        if found := list(rows.values_list("pk", flat=True)):
            raise DaDoiKhacError(key.related_model, found)


def _check(model, wanted: list[tuple[int, dict]], bo_qua: frozenset[str]) -> None:
    if not wanted:
        return
    names = [name for name in wanted[0][1] if name not in bo_qua]
    rows = plain_rows(model).filter(pk__in=[pk for pk, _ in wanted]).values_list("pk", *names)
    now = {pk: dict(zip(names, values, strict=True)) for pk, *values in rows}
    wrong = [
        pk
        for pk, after in wanted
        if now.get(pk) != {name: doc(model, after)[name] for name in names}
    ]
    if wrong:
        raise DaDoiKhacError(model, wrong)
