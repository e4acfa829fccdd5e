"""The rows of the demo, kept in the test database, so that many tests take one build of it.

A test with a browser commits, and what it leaves is flushed after it. The demo is therefore
built by the first test of a database and copied into tables of its own, which no flush
reaches; every later test copies it back.
"""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from baocao.demo.tat_ca import build_demo
from tochuc.thong_ke import refresh_statistics

KEPT = "kept_"
MADE_BY_DJANGO = {"auth", "contenttypes", "sessions"}
"""Apps whose rows Django makes again after each flush, or that belong to nobody yet."""


def fill():
    """Put the demo into the empty tables of this database."""
    with transaction.atomic(), connection.cursor() as cursor:
        if _is_kept():
            _copy_back(cursor)
        else:
            build_demo()
            _copy_away(cursor)
        refresh_statistics()


def _copy_away(cursor):
    for table in _tables():
        cursor.execute(f"CREATE TABLE {KEPT}{table} AS SELECT * FROM {table}")


def _copy_back(cursor):
    for table in _tables():
        cursor.execute(f"DELETE FROM {table}")  # rows that ship come again after each flush
        cursor.execute(f"INSERT INTO {table} SELECT * FROM {KEPT}{table}")
    for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
        cursor.execute(statement)


def _is_kept():
    return any(name.startswith(KEPT) for name in connection.introspection.table_names())


def _models():
    kept = (app for app in apps.get_app_configs() if app.label not in MADE_BY_DJANGO)
    return [model for app in kept for model in app.get_models(include_auto_created=True)]


def _tables():
    return [model._meta.db_table for model in _models() if not model._meta.proxy]
