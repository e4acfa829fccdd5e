from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import numbers

DIGITS = dict(
    zip(
        ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mốt", "lăm"],
        [*range(10), 1, 5],
        strict=True,
    )
)


def understand(words: str) -> int:
    """Read a number in words as a listener does, without knowing how it was made."""
    total, group, digit = 0, 0, 0
    for word in words.split():
        if word in DIGITS:
            digit = DIGITS[word]
        elif word == "trăm":
            group, digit = digit * 100, 0
        elif word in {"mươi", "mười"}:
            group, digit = group + (digit * 10 if word == "mươi" else 10), 0
        elif word == "linh":
            digit = 0
        else:
            scale = {"nghìn": 10**3, "triệu": 10**6, "tỷ": 10**9}[word]
            total, group, digit = _scaled(total, group + digit, scale), 0, 0
    return total + group + digit


def _scaled(total: int, group: int, scale: int) -> int:
    return (total + group) * scale if scale == 10**9 else total + group * scale


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (15, "Mười lăm đồng"),
        (21_000, "Hai mươi mốt nghìn đồng chẵn"),
        (78_000, "Bảy mươi tám nghìn đồng chẵn"),
        (105_000, "Một trăm linh năm nghìn đồng chẵn"),
        (234_000, "Hai trăm ba mươi bốn nghìn đồng chẵn"),
        (1_001, "Một nghìn không trăm linh một đồng"),
        (1_010, "Một nghìn không trăm mười đồng"),
        (1_015, "Một nghìn không trăm mười lăm đồng"),
        (1_000_005, "Một triệu không trăm linh năm đồng"),
        (1_005_000, "Một triệu không trăm linh năm nghìn đồng chẵn"),
        (1_000_100, "Một triệu một trăm đồng"),
        (2_015_000, "Hai triệu không trăm mười lăm nghìn đồng chẵn"),
        (
            21_021_021,
            "Hai mươi mốt triệu không trăm hai mươi mốt nghìn không trăm hai mươi mốt đồng",
        ),
        (1_000_000_005, "Một tỷ không trăm linh năm đồng"),
        (3_005_000_000, "Ba tỷ không trăm linh năm triệu đồng chẵn"),
        (10**12, "Một nghìn tỷ đồng chẵn"),
        (10**18, "Một tỷ tỷ đồng chẵn"),
        (111, "Một trăm mười một đồng"),
        (555, "Năm trăm năm mươi lăm đồng"),
        (64_000, "Sáu mươi bốn nghìn đồng chẵn"),
        (-15, "Âm mười lăm đồng"),
    ],
)
def test_money_words(amount, words):
    assert numbers.money_words(amount) == words


def test_money_words_follow_southern_settings():
    words = numbers.money_words(105_000, linh="lẻ", nghin="ngàn")

    assert words == "Một trăm lẻ năm ngàn đồng chẵn"
    assert numbers.money_words(21_000, is_chan=False) == "Hai mươi mốt nghìn đồng"


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_number_words_are_understood_as_the_same_number(number):
    assert understand(numbers.number_words(number)) == number


@given(st.integers(min_value=0, max_value=10**15))
def test_number_words_keep_the_rules_of_speech(number):
    words = f" {numbers.number_words(number)} "

    assert "mươi một " not in words
    assert "mười mốt " not in words
    assert "mươi năm " not in words
    assert "linh lăm " not in words
    assert "  " not in words


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (13, 15, "86,7%"),
        (1, 15, "6,7%"),
        (19, 19, "100,0%"),
        (0, 9, "0,0%"),
        (1, 8, "12,5%"),
        (49, 400, "12,3%"),  # exactly 12,25: half goes up
        (61, 60, "101,7%"),
        (-1, 8, "-12,5%"),
        (3, 0, ""),
    ],
)
def test_percent(part, whole, text):
    assert numbers.percent(part, whole) == text


def test_fraction_percent_shows_its_base():
    assert numbers.fraction_percent(13, 15) == "13/15 = 86,7%"
    assert numbers.fraction_percent(0, 0) == ""


@pytest.mark.parametrize(
    ("number", "text"), [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (204, "204"), (1287, "1.287")]
)
def test_count_has_a_leading_zero_below_ten(number, text):
    assert numbers.count(number) == text


def test_money_and_millions():
    assert numbers.money(4_120_000_000) == "4.120.000.000"
    assert numbers.money(0) == "0"
    assert numbers.million(86_500_000) == "86,5"
    assert numbers.million(4_120_050_000) == "4.120,1"


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026", "05/02/2026"),
        (date(2001, 3, 9), "ngày 09 tháng 3 năm 2001", "09/3/2001"),
        (date(2026, 10, 15), "ngày 15 tháng 10 năm 2026", "15/10/2026"),
        (date(2026, 9, 7), "ngày 07 tháng 9 năm 2026", "07/9/2026"),
        (date(2024, 1, 31), "ngày 31 tháng 01 năm 2024", "31/01/2024"),
    ],
)
def test_dates_keep_the_zero_rule(day, long, short):
    assert numbers.date_long(day) == long
    assert numbers.date_short(day) == short


def test_date_short_of_nothing_is_empty():
    assert numbers.date_short(None) == ""


@pytest.mark.parametrize(("number", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (38, "XXXVIII")])
def test_roman(number, text):
    assert numbers.roman(number) == text


def test_roman_refuses_zero():
    with pytest.raises(ValueError, match="Roman"):
        numbers.roman(0)


@pytest.mark.parametrize(
    ("parts", "day", "name"),
    [
        (
            ("NQ", "07-NQ/ĐTN", "phường minh tân", "trần minh đức"),
            date(2026, 2, 5),
            "NQ_07-NQ-DTN_phuong-minh-tan_tran-minh-duc_20260205.pdf",
        ),
        (("HS-2026-014", "03", "4-KNĐ"), None, "HS-2026-014_03_4-KND.pdf"),
        (("", "../../etc", "a\0b"), None, "etc_a-b.pdf"),
        ((), None, "van-ban.pdf"),
    ],
)
def test_file_name(parts, day, name):
    assert numbers.file_name(*parts, day=day) == name


@given(st.lists(st.text(max_size=60), max_size=5))
def test_file_name_is_short_plain_ascii(parts):
    name = numbers.file_name(*parts, day=date(2026, 2, 5))

    assert name.isascii()
    assert len(name) <= 80
    assert name.endswith("_20260205.pdf") or name == "van-ban_20260205.pdf"
    assert not set(name) & set("/\\ \"'%\0\n")


def test_long_file_name_is_cut_at_a_word():
    name = numbers.file_name("BC", "báo cáo công tác đoàn " * 6, day=date(2026, 9, 22))

    stem = name.removesuffix("_20260922.pdf")
    assert set(stem.removeprefix("BC_").split("-")) == {"bao", "cao", "cong", "tac", "doan"}


def test_ascii_slug():
    assert numbers.ascii_slug("Trần Minh Đức") == "tran-minh-duc"
