"""The database as one file and back, for each engine: a consistent picture while others write."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection, transaction

from .archive import BackupError

Counts = dict[str, int]


def dump(target: Path) -> Counts:
    """Write the database to `target`; the number of rows of each table in that very picture."""
    return ENGINES[connection.vendor].dump(target)


def count() -> Counts:
    """The number of rows of each table now."""
    with connection.cursor() as cursor:
        return _count(_asking(cursor), connection.introspection.table_names(cursor))


def load(source: Path) -> None:
    """Replace everything in the database by what `dump` wrote, or leave it as it is."""
    ENGINES[connection.vendor].load(source)


class Sqlite:
    """SQLite's own online backup, which copies page by page."""

    @staticmethod
    def dump(target: Path) -> Counts:
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
            tables = copy.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            )
            return _count(copy.execute, [name for (name,) in tables])

    @staticmethod
    def load(source: Path) -> None:
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            copy.backup(connection.connection)


class PostgreSQL:
    """pg_dump and pg_restore, of the same or a newer version than the server."""

    @staticmethod
    def dump(target: Path) -> Counts:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            PostgreSQL.run(
                "pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}"
            )
            return _count(_asking(cursor), connection.introspection.table_names(cursor))

    @staticmethod
    def load(source: Path) -> None:
        connection.close()
        PostgreSQL.run(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--single-transaction",
            f"--dbname={connection.settings_dict['NAME']}",
            str(source),
        )

    @staticmethod
    def run(program: str, *arguments: str) -> None:
        """The address and the password go by the environment, which other users cannot read."""
        found = shutil.which(program)
        if found is None:
            raise BackupError(
                f"Máy này không có {program}. Cài gói postgresql-client rồi chạy lại."
            )
        place = connection.settings_dict
        names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
        address = {name: str(place[key]) for name, key in names.items() if place[key]}
        line = [found, "--no-owner", "--no-privileges", *arguments]
        env = {**os.environ, **address, "PGDATABASE": place["NAME"]}
        done = subprocess.run(line, env=env, check=False, capture_output=True, text=True)  # noqa: S603 -- our own words
        if done.returncode:
            raise BackupError(f"{program} không chạy được: {done.stderr.strip()}")


ENGINES = {"sqlite": Sqlite, "postgresql": PostgreSQL}


def _asking(cursor):
    """The cursor as sqlite3 has it: execute gives the rows."""

    def ask(sql):
        cursor.execute(sql)
        return cursor

    return ask


def _count(ask, tables) -> Counts:
    return {
        table: ask(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]  # noqa: S608 -- names of the schema
        for table in sorted(tables)
    }
