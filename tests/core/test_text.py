"""Names are stored in one form, found without accents and sorted by given name."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import clean, clean_name, fold, lines, name_sort_key, natural_sort_key

VIETNAMESE = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ"
)
WORDS = st.text(alphabet=VIETNAMESE, min_size=1, max_size=7)
NAMES = st.lists(WORDS, min_size=1, max_size=5).map(" ".join).map(str.title)


@given(NAMES)
def test_both_unicode_forms_of_a_name_are_one(name):
    composed, decomposed = (unicodedata.normalize(form, name) for form in ("NFC", "NFD"))

    assert clean_name(composed) == clean_name(decomposed)
    assert fold(composed) == fold(decomposed)
    assert name_sort_key(composed) == name_sort_key(decomposed)


@given(NAMES)
def test_fold_is_plain_ascii_and_stable(name):
    folded = fold(name)

    assert folded.isascii()
    assert fold(folded) == folded


@given(NAMES)
def test_sort_key_holds_only_digits_and_small_letters(name):
    assert set(name_sort_key(name)) <= set("0123456789abcdefghijklmnopqrstuvwxyz")


@pytest.mark.parametrize(
    "stored", ["Đặng Thị Hoà", "Đặng Thị Hòa", "ĐẶNG  THỊ HÒA", "đặng thị hoa"]
)
def test_search_without_accents_finds_either_tone_placement(stored):
    assert fold(stored) == "dang thi hoa"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Nguyễn   Văn\u00a0An ", "Nguyễn Văn An"),
        ("Nguyễn\u200b Văn An\ufeff", "Nguyễn Văn An"),
        ("NGUYỄN VĂN AN", "Nguyễn Văn An"),
        ("nguyễn văn an", "Nguyễn Văn An"),
        ("Nguyễn Văn an", "Nguyễn Văn an"),
        ("\u00d0ặng Văn An", "Đặng Văn An"),
        ("", ""),
        (None, ""),
    ],
)
def test_clean_name(typed, stored):
    assert clean_name(typed) == stored


def test_clean_keeps_capitals_and_line_of_words():
    assert clean(" UBND  phường\n1 ") == "UBND phường 1"


IN_ORDER = [
    "Lê An",
    "Nguyễn An",
    "Trần An",
    "Trần Gia An",
    "Lê Hoài An",
    "Nguyễn Hoài An",
    "Nguyễn Hoài Bảo An",
    "Trần Ân",
    "Trần Ấn",
    "Lê Bình",
    "Lê Cẩm",
    "Lê Cường",
    "Lê Dũng",
    "Lê Duy",
    "Lê Đạt",
    "Lê Hoa",
    "Lê Hòa",
    "Lê Hỏa",
    "Lê Hoan",
    "Lê Mai",
    "Lê Mải",
    "Lê Mãi",
    "Lê Mái",
    "Lê Mại",
    "Lê Oanh",
    "Lê Ốc",
    "Lê Ơn",
    "Lê Uyên",
    "Lê Ưng",
    "Lê Yến",
]


def test_names_sort_by_given_name_then_middle_then_family_in_the_order_of_the_alphabet():
    shuffled = random.Random(7).sample(IN_ORDER, len(IN_ORDER))

    assert sorted(shuffled, key=name_sort_key) == IN_ORDER


def test_units_sort_by_their_number():
    units = ["Khu phố 10", "Khu phố 2", "Khu phố 1", "Công an phường", "Ấp 3"]

    assert sorted(units, key=natural_sort_key) == [
        "Ấp 3",
        "Công an phường",
        "Khu phố 1",
        "Khu phố 2",
        "Khu phố 10",
    ]


def test_what_is_typed_one_a_line():
    assert lines(" Một việc \r\n\n\t\nHai") == ["Một việc", "Hai"]
    assert lines(" \n ") == []
