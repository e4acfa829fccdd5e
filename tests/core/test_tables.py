from datetime import date
from types import SimpleNamespace as Row

import pytest

from core.tables import Column, Table

TABLE = Table(
    name="doan-vien",
    columns=(
        Column(label="Số", source=lambda row: row.so * 2, numeric=True, in_page=False),
        Column(label="Họ và tên", source="ho_ten", link=True, sort=("khoa", "ngay_sinh")),
        Column(label="Ngày sinh", source="ngay_sinh", sort="ngay_sinh", meta=True),
        Column(label="Chi đoàn", source="chi_doan.ten", meta="ở", second="chi_doan.ma"),
        Column(label="Tình trạng", source="trang", pill=lambda row: ("warn", "plane", row.trang)),
        Column(label="Xem", source="so", in_file=False),
    ),
)
AN = Row(
    so=4,
    ho_ten="Nguyễn Hoài An",
    ngay_sinh=date(2005, 7, 12),
    chi_doan=Row(ten="Khu vực 3", ma="kv3"),
    trang="Đi làm xa",
    get_absolute_url=lambda: "/doan-vien/4/",
)
BAO = Row(
    so=5,
    ho_ten="Trần Gia Bảo",
    ngay_sinh=None,
    chi_doan=None,
    trang="",
    get_absolute_url=lambda: "/doan-vien/5/",
)


def test_page_and_file_show_the_declared_columns():
    assert [heading.column.label for heading in TABLE.headings("")] == [
        "Họ và tên",
        "Ngày sinh",
        "Chi đoàn",
        "Tình trạng",
        "Xem",
    ]
    assert TABLE.labels == ["Số", "Họ và tên", "Ngày sinh", "Chi đoàn", "Tình trạng"]
    assert list(TABLE.file_rows([AN, BAO])) == [
        [8, "Nguyễn Hoài An", date(2005, 7, 12), "Khu vực 3", "Đi làm xa"],
        [10, "Trần Gia Bảo", None, None, ""],
    ]


def test_row_of_a_page_knows_text_link_pill_and_second_line():
    (first, second) = TABLE.page_rows([AN, BAO])

    assert [cell.text for cell in first] == [
        "Nguyễn Hoài An",
        "12/07/2005",
        "Khu vực 3",
        "Đi làm xa",
        "4",
    ]
    assert [cell.text for cell in second] == ["Trần Gia Bảo", "–", "–", "–", "5"]
    assert [cell.url for cell in first] == ["/doan-vien/4/", "", "", "", ""]
    assert [cell.is_primary for cell in first] == [True, False, False, False, False]
    assert [cell.second for cell in first] == ["", "", "kv3", "", ""]
    assert second[2].second is None
    assert first[2].lead == "ở"
    assert [first[2].css, second[2].css] == ["t-meta", "t-meta t-none"]
    assert first[3].pill == ("warn", "plane", "Đi làm xa")


def test_link_may_be_a_function_of_the_row():
    column = Column(label="Số", source="so", link=lambda row: f"/x/{row.so}/" if row.so > 4 else "")
    table = Table(name="x", columns=(column,))

    assert [cell.url for row in table.page_rows([AN, BAO]) for cell in row] == ["", "/x/5/"]


def test_misspelt_source_fails_instead_of_showing_an_empty_column():
    column = Column(label="Tên", source="chi_doan.tne")

    with pytest.raises(AttributeError, match="tne"):
        column.value(AN)


@pytest.mark.parametrize(
    ("sort", "fields"),
    [
        ("khoa", ("khoa", "ngay_sinh", "pk")),
        ("-khoa", ("-khoa", "-ngay_sinh", "pk")),
        ("-ngay_sinh", ("-ngay_sinh", "pk")),
        ("", ()),
        ("mat_khau", ()),
        ("-", ()),
        ("--khoa", ()),
    ],
)
def test_only_declared_columns_order_a_list(sort, fields):
    assert TABLE.ordering(sort) == fields


@pytest.mark.parametrize(
    ("sort", "direction", "next_sort"),
    [("", "", "khoa"), ("khoa", "ascending", "-khoa"), ("-khoa", "descending", "khoa")],
)
def test_heading_says_the_order_and_offers_the_other(sort, direction, next_sort):
    heading = TABLE.headings(sort)[0]

    assert (heading.direction, heading.next_sort) == (direction, next_sort)


def test_column_css_names_what_a_card_needs():
    assert [column.css for column in TABLE.columns] == ["num", "", "t-meta", "t-meta", "t-pill", ""]
