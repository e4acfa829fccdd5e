"""What every test stands on: the people of `tests/fixtures_people.py`."""

import gc
import os
import signal
import sys
from functools import wraps

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection

from tests.blank_papers import blank_on_second
from tests.core.hostile import listener, secret  # noqa: F401 -- fixtures are found by being here
from tests.fixtures_people import *  # noqa: F403 -- fixtures are found by being here

# Machines differ in speed, and a test that failed once must fail again.
hypothesis.settings.register_profile("same", deadline=None, derandomize=True)
hypothesis.settings.load_profile("same")

# A run that is told to end takes its workers and its browser along.
signal.signal(signal.SIGTERM, signal.default_int_handler)


def pytest_make_parametrize_id(val, argname):
    """No contents of files and no sets in names: all workers must call a test the same."""
    return argname if isinstance(val, bytes | set | frozenset) else None


def pytest_collection_modifyitems(config, items):
    """With TESTS=database only what may differ from one database to the other."""
    if os.environ.get("TESTS") == "database":
        dropped = [item for item in items if not _asks_database(item)]
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item not in set(dropped)]


def pytest_collection_finish(session):
    """What stands until the end is not searched for garbage over and over: a tenth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _asks_database(item) -> bool:
    if "browser" in item.path.parts or item.get_closest_marker("same_on_both"):
        return False
    fixtures = {"db", "transactional_db", "django_db_setup"} & set(item.fixturenames)
    return bool(fixtures or item.get_closest_marker("django_db"))


@pytest.fixture(autouse=True, scope="session")
def _papers_unwatched():
    """Coverage looks away while others make or read a paper: it would only double the time."""
    if hasattr(sys.gettrace(), "stop"):
        from pypdf import PageObject  # noqa: PLC0415 -- slow import
        from weasyprint import CSS, HTML, Document  # noqa: PLC0415 -- slow import

        for part, name in (
            (CSS, "__init__"),
            (HTML, "__init__"),
            (HTML, "render"),
            (Document, "write_pdf"),
            (PageObject, "extract_text"),
        ):
            setattr(part, name, unwatched(getattr(part, name)))


def unwatched(function):
    """The function, run without the tracer of coverage."""

    @wraps(function)
    def call(*args, **kwargs):
        tracer = sys.gettrace()
        if not hasattr(tracer, "stop"):
            return function(*args, **kwargs)
        tracer.stop()
        try:
            return function(*args, **kwargs)
        finally:
            tracer.start()

    return call


@pytest.fixture
def papers_unread():
    """For modules that issue many papers and read none."""
    with blank_on_second():
        yield


@pytest.fixture(autouse=True)
def _empty_cache():
    """A test is told nothing by the one before: what was counted there, what was tried."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_use_migrations():
    """The tables are made from the models, in half a second: `test_migrations` compares them."""
    return False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database; at the end nobody holds it, be it a request that a browser gave up."""
    settings.MIGRATION_MODULES = {}  # known again, and told as applied: a backup writes them down
    with django_db_blocker.unblock():
        call_command("migrate", fake=True, verbosity=0)
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
