"""What the settings promise of SQLite, asked of a file of its own."""

import sqlite3
from contextlib import closing

from config.settings.base import SQLITE_OPTIONS


def test_a_long_transaction_does_not_shut_out_readers(tmp_path):
    """Three times as much as the cache holds, as an import or a reorganisation writes it."""
    with closing(opened(tmp_path)) as writer, closing(opened(tmp_path)) as reader:
        writer.execute("CREATE TABLE so (trang BLOB)")
        writer.execute("BEGIN IMMEDIATE")
        writer.executemany("INSERT INTO so VALUES (?)", [(bytes(60_000),)] * 100)

        assert reader.execute("SELECT count(*) FROM so").fetchone() == (0,)

        writer.execute("COMMIT")
        assert reader.execute("SELECT count(*) FROM so").fetchone() == (100,)


def opened(folder):
    """A connection that waits for nobody."""
    connection = sqlite3.connect(folder / "so.sqlite3", timeout=0, isolation_level=None)
    connection.executescript(SQLITE_OPTIONS["init_command"])
    return connection
