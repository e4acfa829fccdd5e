"""Statistics of the tables, by which PostgreSQL chooses how to answer a question."""

from django.db import connection


def refresh_statistics() -> None:
    """Let PostgreSQL look at its tables now, after many rows came in at once.

    It does so by itself within a minute or two; until then it takes the tables for empty, and
    the figures of a district can take minutes. SQLite chooses well without.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
