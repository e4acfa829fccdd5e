"""The models and their migrations say the same."""

import os
import subprocess
import sys
from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.utils import ConnectionHandler

from tests.demo_rows import KEPT

MIGRATE = """
import gc, django
from django.core.management import call_command
gc.set_threshold(100_000, 50, 100)  # migrating renders thousands of models: a third of the time
django.setup()
call_command("migrate", verbosity=0)
"""


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_migrations_make_the_tables_that_the_tests_use(migrated):
    """The tests' own are made from the models at once, for speed."""
    ours, theirs = tables_of(connection), tables_of(migrated)

    assert set(ours) == set(theirs)
    assert len(ours) > 50
    different = {name: ours[name] ^ theirs[name] for name in ours if ours[name] != theirs[name]}
    different.pop("auth_group_permissions", None)  # Django's own, its key wider in new tables
    assert different == {}


@pytest.fixture
def migrated(tmp_path):
    """A connection to a database that every migration has gone over, one after the other."""
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        name, url = str(tmp_path / "migrated"), f"sqlite:///{tmp_path / 'migrated'}"
        theirs = ConnectionHandler({"default": own | {"NAME": name}})
    else:
        name = f"{own['NAME']}_migrated"
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        theirs = ConnectionHandler({"default": own | {"NAME": name}, "beside": own})
        run(theirs["beside"], f'CREATE DATABASE "{name}"')
    command = [sys.executable, "-c", MIGRATE]
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test", "DATABASE_URL": url}
    subprocess.run(command, check=True, cwd=settings.BASE_DIR, env=env)
    yield theirs["default"]
    theirs["default"].close()
    if connection.vendor != "sqlite":
        run(theirs["beside"], f'DROP DATABASE "{name}"')
        theirs["beside"].close()


def run(database, statement):
    with database.cursor() as cursor:
        cursor.execute(statement)


def tables_of(database):
    """Each table with its columns and constraints, in whatever order they were made."""
    with database.cursor() as cursor:
        found = (of_sqlite if database.vendor == "sqlite" else of_postgresql)(cursor)
    return {name: made for name, made in found.items() if not name.startswith(KEPT)}


def of_sqlite(cursor):
    """The statements that make each table and its indexes, the former in their parts."""
    cursor.execute("SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    found = defaultdict(set)
    for table, statement in cursor.fetchall():
        found[table] |= {*parts(statement)} if "CREATE TABLE" in statement else {statement}
    return found


def parts(statement):
    """What stands between the commas of a CREATE TABLE, but not within inner brackets."""
    depth, part = 0, ""
    for sign in statement.partition("(")[2].rpartition(")")[0] + ",":
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            yield part.strip()
            part = ""
        else:
            part += sign


def of_postgresql(cursor):
    columns = """
        SELECT table_name, column_name, data_type, character_maximum_length, is_nullable,
               column_default, collation_name, is_identity
        FROM information_schema.columns WHERE table_schema = 'public'"""
    rules = """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace"""
    indexes = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    found = defaultdict(set)
    for query in (columns, rules, indexes):
        cursor.execute(query)
        for table, *rest in cursor.fetchall():
            found[table.strip('"')].add(tuple(rest))
    return found
