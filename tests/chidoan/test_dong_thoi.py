"""Two requests at the same moment: one record, no lost update."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connections

from chidoan import services
from chidoan.models import BuoiSinhHoat, ChucVu
from core.errors import RuleError, StaleError
from tests.chidoan.test_services_buoi import said
from tests.factories import make_doan_vien
from tochuc.audit import find_faults

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls):
    """What each call gives back, or the refusal it ends in."""

    def run(call):
        try:
            return call()
        except RuleError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def members(chi_doan):
    return [make_doan_vien(chi_doan=chi_doan) for _ in range(3)]


def test_double_click_is_one_meeting(chi_doan, members):
    values = {
        "chi_doan": chi_doan,
        "client_id": uuid.uuid4(),
        "noi_dung": said(members),
        "hoan_thanh": True,
        "by": None,
    }

    found = at_once(*[lambda: services.create_buoi(**values)] * 4)

    assert {buoi.pk for buoi in found} == {BuoiSinhHoat.objects.get().pk}


def test_one_of_two_editors_wins_and_the_other_is_told(chi_doan, members):
    buoi = services.create_buoi(
        chi_doan=chi_doan,
        client_id=uuid.uuid4(),
        noi_dung=said(members),
        hoan_thanh=True,
        by=None,
    )

    def save(words):
        return services.update_buoi(
            buoi=buoi,
            version=1,
            noi_dung=said(members, ket_luan=words),
            hoan_thanh=True,
            by=None,
        )

    found = at_once(lambda: save("Một"), lambda: save("Hai"))

    (lost,) = [answer for answer in found if isinstance(answer, StaleError)]
    (kept,) = [answer for answer in found if isinstance(answer, BuoiSinhHoat)]
    buoi.refresh_from_db()
    assert (buoi.version, buoi.ket_luan) == (2, kept.ket_luan)
    assert lost.current.ket_luan == kept.ket_luan


def test_one_of_two_secretaries_is_elected(chi_doan, members):
    def elect(person):
        return services.add_chuc_vu(
            don_vi=chi_doan,
            doan_vien=person,
            chuc_danh="bi_thu",
            tu_ngay=date(2026, 9, 1),
            by=None,
        )

    found = at_once(*[lambda person=person: elect(person) for person in members])

    assert sum(isinstance(answer, RuleError) for answer in found) == 2
    assert ChucVu.objects.get().chuc_danh == "bi_thu"
    assert list(find_faults()) == []
