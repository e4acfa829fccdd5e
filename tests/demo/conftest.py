"""The whole demo, made once for the tests of this folder and taken back after them."""

import pytest
from django.db import transaction

from baocao.demo.tat_ca import build_demo


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    """The demo's accounts by name; each test runs in a savepoint on top of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_demo()
        transaction.set_rollback(True)
