"""Who holds several roles works with one of them at a time and changes with one click."""

import pytest
from django.urls import reverse

from core.periods import today
from tests.factories import make_nguoi_dung
from tochuc.models import PhanCong
from tochuc.permissions import Quyen, VaiTro


@pytest.fixture
def person(phuong, chi_doan):
    account = make_nguoi_dung(VaiTro.CAP_UY, phuong)
    PhanCong.objects.create(
        nguoi_dung=account, don_vi=chi_doan, vai_tro=VaiTro.BI_THU_CHI_DOAN, tu_ngay=today()
    )
    return account


def role_of(account, vai_tro):
    return account.phan_cong.get(vai_tro=vai_tro)


def choose(client, role):
    return client.post(reverse("tochuc:vai_tro_choose", args=[role.pk]))


def labels(page):
    return [item.label for item in page.context["nav"].main]


def test_the_widest_role_is_shown_until_another_is_chosen(client_of, person, chi_doan):
    client = client_of(person)
    assert "Hồ sơ đang chờ" in labels(client.get("/"))

    answer = choose(client, role_of(person, VaiTro.BI_THU_CHI_DOAN))

    page = client.get("/")
    assert answer.url == "/"
    assert "Sinh hoạt" in labels(page)
    assert page.context["don_vi"] == chi_doan


def test_rights_are_those_of_all_roles_whichever_is_shown(client_of, person, chi_doan):
    client = client_of(person)
    choose(client, role_of(person, VaiTro.BI_THU_CHI_DOAN))

    assert client.get(reverse("tuduong:cap_uy_list")).status_code == 200
    assert person.may(Quyen.GHI_SINH_HOAT, chi_doan)


@pytest.mark.parametrize("url", ["/", "/them/"])
def test_both_roles_are_offered_on_a_desk_and_on_a_phone(client_of, person, url):
    page = client_of(person).get(url).content.decode()

    for role in person.phan_cong.all():
        assert f'action="/vai-tro/{role.pk}/chon/"' in page


def test_who_holds_one_role_is_offered_no_other(client_of, bi_thu):
    assert "/chon/" not in client_of(bi_thu).get("/them/").content.decode()


def test_a_role_that_has_ended_is_shown_no_longer(client_of, person):
    client = client_of(person)
    role = role_of(person, VaiTro.BI_THU_CHI_DOAN)
    choose(client, role)
    role.delete()

    assert "Hồ sơ đang chờ" in labels(client.get("/"))


def test_the_role_of_somebody_else_is_not_there(client_of, person, bi_thu):
    assert choose(client_of(person), bi_thu.phan_cong.get()).status_code == 404
