"""Dates and numbers go in and out as Vietnamese readers write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template

from core.text import display


class DayForm(forms.Form):
    ngay = forms.DateField()


class NumberForm(forms.Form):
    so = forms.DecimalField(localize=True)


@pytest.mark.parametrize(
    "typed",
    ["05/02/2026", "5/2/2026", "5-2-26", "05-02-2026", "05022026", "5/2/26", "2026-02-05"],
)
def test_date_is_read_day_first(typed):
    form = DayForm({"ngay": typed})

    assert form.is_valid()
    assert form.cleaned_data["ngay"] == date(2026, 2, 5)


@pytest.mark.parametrize("typed", ["31/02/2026", "2004", "02/2004", "26/13/2005", "03/26/2005"])
def test_date_that_is_not_a_day_is_refused(typed):
    assert not DayForm({"ngay": typed}).is_valid()


def test_date_is_shown_back_with_two_digits():
    assert 'value="05/02/2026"' in str(DayForm(initial={"ngay": date(2026, 2, 5)})["ngay"])


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1.248,5", "1248.5"), ("1248,5", "1248.5"), ("12,5", "12.5"), ("1248", "1248")],
)
def test_number_is_read_with_comma_and_dots(typed, number):
    form = NumberForm({"so": typed})

    assert form.is_valid()
    assert form.cleaned_data["so"] == Decimal(number)


def test_template_writes_dates_and_numbers_the_vietnamese_way():
    text = Template("{{ day }} {{ number }}").render(
        Context({"day": date(2026, 2, 5), "number": 1248})
    )

    assert text == "05/02/2026 1.248"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1248, "1.248"),
        (1248.5, "1.248,5"),
        (Decimal("1248.50"), "1.248,5"),
        (100, "100"),
        (Decimal("2.345"), "2,35"),
        (0, "0"),
        (None, ""),
    ],
)
def test_so_groups_thousands_and_drops_empty_decimals(value, text):
    assert display.so(value) == text


def test_tien_keeps_number_and_unit_together():
    assert display.tien(4000) == "4.000\u00a0đ"


@pytest.mark.parametrize(
    ("rate", "text"),
    [(0.812, "81,2%"), (1, "100%"), (0, "0%"), (Decimal("0.0625"), "6,3%"), (None, "")],
)
def test_phan_tram_has_one_decimal_at_most(rate, text):
    assert display.phan_tram(rate) == text


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(112, 138, "81,2% (112/138)"), (7, 8, "7/8 (87,5%)"), (0, 0, "–"), (10, 10, "100% (10/10)")],
)
def test_ty_le_never_walks_alone(part, whole, text):
    assert display.ty_le(part, whole) == text


@pytest.mark.parametrize(
    ("due", "text"),
    [
        (date(2026, 11, 15), "quá hạn 3\u00a0ngày"),
        (date(2026, 11, 18), "hạn hôm nay"),
        (date(2026, 11, 25), "còn 7\u00a0ngày"),
        (None, ""),
    ],
)
def test_con_lai_counts_days(due, text):
    assert display.con_lai(due, date(2026, 11, 18)) == text


def test_moment_is_shown_on_its_day_in_vietnam():
    moment = datetime(2026, 2, 4, 18, 30, tzinfo=UTC)

    assert display.ngay(moment) == "05/02/2026"
    assert display.gio(moment) == "01:30 ngày\u00a005/02/2026"


def test_thu_names_the_weekday():
    assert display.thu(date(2026, 11, 20)) == "Thứ\u00a0Sáu, 20/11/2026"
    assert display.thu(date(2026, 11, 22)) == "Chủ\u00a0nhật, 22/11/2026"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        ("", "–"),
        (True, "Có"),
        (False, "Không"),
        (0, "0"),
        (1248, "1.248"),
        (date(2026, 2, 5), "05/02/2026"),
        (["Ảnh", 3], "Ảnh, 3"),
        ([], "–"),
        ("Khu vực 3", "Khu vực 3"),
    ],
)
def test_show_writes_any_value(value, text):
    assert display.show(value) == text


@pytest.mark.parametrize("typed", ["01/01/0001", "05/02/0206", "31/12/9999"])
def test_a_day_of_no_year_that_people_mean_is_refused_with_the_year(typed):
    with pytest.raises(ValidationError) as refusal:
        forms.DateField().clean(typed)

    assert refusal.value.messages[0].startswith(f"Năm {typed[-4:]} không đúng.")


@pytest.mark.parametrize("typed", ["01/01/1900", "5-2-26", "05022026", "31/12/2100"])
def test_days_that_people_mean_are_taken(typed):
    assert forms.DateField().clean(typed)
