"""A clean list, damaged as spreadsheet programs and hands damage it, is repaired or refused."""

import unicodedata
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from doanvien.nhap.code_lists import DAN_TOC
from doanvien.nhap.workbook import Cell
from doanvien.tuoi import TuoiKetNap
from tests.doanvien.nhap_lists import BRANCHES, judge_one, judge_sheet, make_sheet, member

FAMILY = st.sampled_from(["Nguyễn", "Đặng", "Huỳnh", "Thạch", "Lò", "Hà"])
GIVEN = st.sampled_from(["Thị Hoà", "Văn Ưng", "Ngọc Ánh", "Đức", "Thuỷ Tiên", "Quốc Ỷ"])
NAMES = st.builds("{} {}".format, FAMILY, GIVEN)
BIRTHS = st.dates(date(1990, 1, 1), date(2009, 12, 31))
CCCD = st.integers(1_000_000_000, 96_999_999_999).map(lambda number: f"{number:012d}")


def in_capitals(text):
    return text.upper()


def decomposed(text):
    return unicodedata.normalize("NFD", text)


def with_hard_spaces(text):
    return text.replace(" ", "\u00a0")


def with_double_spaces(text):
    return "  " + text.replace(" ", "  ") + " "


def with_invisible(text):
    return f"\ufeff{text[:1]}\u200b{text[1:]}"


def unharmed(text):
    return text


TEXT_DAMAGE = st.lists(
    st.sampled_from(
        [unharmed, in_capitals, decomposed, with_hard_spaces, with_double_spaces, with_invisible]
    ),
    min_size=1,
    max_size=3,
)
DATE_DAMAGE = st.sampled_from(["{0:%d/%m/%Y}", "{0.day}/{0.month}/{0.year}", "{0:%d-%m-%Y}"])


def damage(text, steps):
    for step in steps:
        text = step(text)
    return text


@given(NAMES, TEXT_DAMAGE)
def test_name_is_repaired_whatever_was_done_to_it(name, steps):
    assert judge_one(ho_ten=damage(name, steps)).values["ho_ten"] == name


@given(st.sampled_from(BRANCHES), TEXT_DAMAGE, st.sampled_from(["", "Chi đoàn ", "CĐ "]))
def test_branch_is_recognised_whatever_was_done_to_it(branch, steps, prefix):
    assert judge_one(chi_doan=damage(prefix + branch, steps)).values["chi_doan"] == branch


@given(st.sampled_from(sorted(DAN_TOC.values())), TEXT_DAMAGE)
def test_ethnic_group_is_recognised_whatever_was_done_to_it(group, steps):
    assert judge_one(dan_toc=damage(group, steps)).values["dan_toc"] == group


@given(CCCD, st.booleans())
def test_citizen_id_as_a_number_is_repaired_or_refused(cccd, as_number):
    result = judge_one(cccd=Cell("n", str(int(cccd))) if as_number else cccd)

    certain = not as_number or len(str(int(cccd))) == 11
    assert result.action == ("create" if certain else "reject")
    assert not certain or result.values["cccd"] == cccd


@given(BIRTHS, DATE_DAMAGE)
def test_date_as_text_is_read_day_first(born, form):
    result = judge_one(ngay_sinh_nam=form.format(born), ngay_vao_doan=date(2026, 3, 26))

    assert result.values["ngay_sinh"] == born


@given(BIRTHS)
def test_american_date_is_never_taken_for_another_day_beyond_the_twelfth(born):
    result = judge_one(ngay_sinh_nam=f"{born:%m/%d/%Y}", ngay_vao_doan=date(2026, 3, 26))

    assert result.action == ("reject" if born.day > 12 else "create")


@given(BIRTHS, st.integers(-400, 400))
def test_admission_age_counts_to_the_day(born, off):
    earliest = TuoiKetNap().earliest(born)
    admitted = date.fromordinal(earliest.toordinal() + off)

    result = judge_one(ngay_sinh_nam=born, ngay_vao_doan=admitted)

    assert result.action == ("create" if off >= 0 else "reject")


@given(st.lists(CCCD, max_size=12))
def test_each_citizen_id_is_created_once(ids):
    results = judge_sheet(make_sheet(*(member(cccd=cccd) for cccd in ids)))

    created = [result.values["cccd"] for result in results if result.action == "create"]
    assert sorted(created) == sorted(set(ids))
    assert len(results) == len(ids)


@given(st.text(max_size=40), st.sampled_from(sorted(member())), st.sampled_from("sne"))
def test_any_text_in_any_cell_gets_an_answer(text, field, kind):
    result = judge_one(**{field: Cell(kind, text)})

    assert result.action in {"create", "reject"}
    assert all(fault.message for fault in (*result.faults, *result.warnings))
