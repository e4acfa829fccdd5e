"""The demo's ward on days at which the calendar turns: it can be built, and work is due."""

from datetime import date, datetime, time

import pytest
from django.urls import reverse
from django.utils.timezone import get_default_timezone

from baocao.demo.khung import build_accounts, build_vi_thanh
from baocao.demo.tat_ca import build_phuong_1
from baocao.xep_hang import load_xep_hang
from tests.blank_papers import lay_out_blank
from tests.factories import make_huyen

pytestmark = pytest.mark.django_db


def noon(day):
    return datetime.combine(day, time(12), get_default_timezone())


@pytest.fixture
def build(monkeypatch):
    """The ward on a day; its papers are blank sheets, for how they look is told elsewhere."""
    lay_out_blank(monkeypatch)

    def built_on(day):
        monkeypatch.setattr("django.utils.timezone.now", lambda: noon(day))
        for ma in ("nghia-hanh", "nghe-an", "que-phong"):
            make_huyen(ma=ma)
        units = build_vi_thanh()
        accounts = build_accounts(units)
        build_phuong_1(units, accounts, homnay=day)
        return units["phuong-1"], accounts

    return built_on


@pytest.mark.same_on_both
@pytest.mark.parametrize(
    ("day", "levels"),
    [
        pytest.param(date(2027, 1, 1), {""}, marks=pytest.mark.no_cover),
        pytest.param(date(2028, 2, 29), {"", "kht"}, marks=pytest.mark.no_cover),
        (date(2026, 12, 1), {"htxs", "htt", "ht", "kht"}),
    ],
    ids=lambda value: str(value) if isinstance(value, date) else None,
)
def test_the_story_can_be_told_on_any_day(client, build, day, levels):
    ward, accounts = build(day)

    assert {row.muc for row in load_xep_hang(ward, day.year).dong} <= levels
    for username in ("demo.chidoan", "demo.chidoan2", "demo.phuong", "demo.huyen"):
        client.force_login(accounts[username])
        page = client.get(reverse("home"))
        assert page.context.get("the") or page.context["viec"], username
