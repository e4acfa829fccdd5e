"""The whole demo, for the tests of this folder, and taken back after them."""

import pytest
from django.core.management import call_command

from baocao.demo.khung import TAI_KHOAN
from tests import demo_rows
from tests.blank_papers import blank_on_second
from tochuc.models import NguoiDung


@pytest.fixture(scope="package")
def demo(django_db_setup, django_db_blocker):
    """The demo's accounts by name; each test takes back what it did on top of it.

    It is committed, so that its copy stays for the tests with a browser, and emptied at the end.
    """
    with django_db_blocker.unblock():
        with blank_on_second():
            demo_rows.fill()
        names = [username for username, *_ in TAI_KHOAN]
        yield {user.username: user for user in NguoiDung.objects.filter(username__in=names)}
        call_command("flush", interactive=False, verbosity=0)
