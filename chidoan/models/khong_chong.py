"""Không chồng: a constraint that no two rows of a unit cover the same day."""

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.ddl_references import Statement, Table
from django.db.models import BaseConstraint, Q

_PG = (
    "EXCLUDE USING gist (int8range({unit}, {unit}, '[]') WITH &&, "
    "daterange({tu}, {den}, '[]') WITH &&) WHERE ({column} = '{value}')"
)
_TRIGGER = (
    "CREATE TRIGGER {name} AFTER {event} ON %(table)s "
    "WHEN NEW.{column} = '{value}' AND EXISTS (SELECT 1 FROM %(table)s AS old "
    "WHERE old.{unit} = NEW.{unit} AND old.{column} = NEW.{column} AND old.id <> NEW.id "
    "AND (NEW.{den} IS NULL OR old.{tu} <= NEW.{den}) "
    "AND (old.{den} IS NULL OR old.{den} >= NEW.{tu})) "
    "BEGIN SELECT RAISE(ABORT, '{name}'); END"
)
_SUFFIX = {"INSERT": "them", "UPDATE": "sua"}


class KhongChong(BaseConstraint):
    """Không chồng (no overlap): of rows where `truong` is `gia_tri`, one a unit on any day.

    PostgreSQL excludes ranges that meet; SQLite has no such constraint and is given triggers,
    which Django makes again whenever it makes the table again.
    """

    tu, den, don_vi = "tu_ngay", "den_ngay", "don_vi"

    def __init__(self, *, truong: str, gia_tri: str, name: str, violation_error_message=None):
        self.truong, self.gia_tri = truong, gia_tri
        super().__init__(name=name, violation_error_message=violation_error_message)

    def constraint_sql(self, model, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            name = schema_editor.quote_name(self.name)
            return f"CONSTRAINT {name} {_PG.format(**self._parts(model))}"
        schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
        return None

    def create_sql(self, model, schema_editor):
        table = Table(model._meta.db_table, schema_editor.quote_name)
        sql = self.constraint_sql(model, schema_editor)
        return Statement(f"ALTER TABLE %(table)s ADD {sql}", table=table)

    def remove_sql(self, model, schema_editor):
        table = Table(model._meta.db_table, schema_editor.quote_name)
        return Statement(f"ALTER TABLE %(table)s DROP CONSTRAINT {self.name}", table=table)

    def validate(self, model, instance, exclude=None, using=DEFAULT_DB_ALIAS):
        if getattr(instance, self.truong) != self.gia_tri:
            return
        start, end = getattr(instance, self.tu), getattr(instance, self.den)
        same = {self.don_vi: getattr(instance, f"{self.don_vi}_id"), self.truong: self.gia_tri}
        rows = model.objects.using(using).filter(**same).exclude(pk=instance.pk)
        rows = rows.filter(Q(**{f"{self.den}__isnull": True}) | Q(**{f"{self.den}__gte": start}))
        if (rows.filter(**{f"{self.tu}__lte": end}) if end else rows).exists():
            raise ValidationError(self.get_violation_error_message())

    def deconstruct(self):
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "truong": self.truong, "gia_tri": self.gia_tri}

    def __eq__(self, other):
        if isinstance(other, KhongChong):
            return self.deconstruct() == other.deconstruct()
        return NotImplemented

    def __hash__(self):
        return hash(self.name)

    def _triggers(self, model, schema_editor):
        for event, suffix in _SUFFIX.items():
            parts = self._parts(model) | {"name": f"{self.name}_{suffix}", "event": event}
            table = Table(model._meta.db_table, schema_editor.quote_name)
            yield Statement(_TRIGGER.format(**parts), table=table)

    def _parts(self, model) -> dict[str, str]:
        columns = {
            "unit": self.don_vi,
            "tu": self.tu,
            "den": self.den,
            "column": self.truong,
        }
        found = {key: model._meta.get_field(name).column for key, name in columns.items()}
        return {**found, "value": self.gia_tri}
