"""The whole demo, for the tests of this folder, and taken back after them."""

import pytest
from django.db import transaction

from baocao.demo.khung import TAI_KHOAN
from tests import demo_rows
from tochuc.models import NguoiDung


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    """The demo's accounts by name; each test runs in a savepoint on top of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo_rows.fill()
        names = [username for username, *_ in TAI_KHOAN]
        yield {user.username: user for user in NguoiDung.objects.filter(username__in=names)}
        transaction.set_rollback(True)
