from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.periods import today
from core.xlsx import Sheet, workbook_response, write_workbook, xlsx_response


def sheet_of(rows):
    return load_workbook(BytesIO(write_workbook([Sheet("Danh sách", ["Cột"], rows)]))).active


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+84", "-1", "@sum", "012345678901", "Đặng"])
def test_text_stays_text(text):
    cell = sheet_of([[text]])["A2"]

    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize(
    ("text", "is_marked"), [("=1+1", True), ("+84", True), ("\t=1", True), ("Đặng", False)]
)
def test_text_like_a_formula_stays_text_when_somebody_edits_it(text, is_marked):
    assert sheet_of([[text]])["A2"].quotePrefix is is_marked


@pytest.mark.parametrize(
    ("value", "read", "number_format"),
    [
        (date(2026, 2, 5), datetime(2026, 2, 5), "DD/MM/YYYY"),  # noqa: DTZ001 -- Excel has none
        (
            datetime(2026, 2, 4, 18, 30, tzinfo=UTC),
            datetime(2026, 2, 5, 1, 30),  # noqa: DTZ001 -- Excel has none
            "DD/MM/YYYY HH:MM",
        ),
        (1248, 1248, "General"),
        (Decimal("12.5"), 12.5, "General"),
        (None, None, "General"),
        (True, "Có", "General"),
    ],
)
def test_values_keep_their_kind(value, read, number_format):
    cell = sheet_of([[value]])["A2"]

    assert (cell.value, cell.number_format) == (read, number_format)


def test_characters_that_excel_refuses_are_left_out():
    assert sheet_of([["A\x00\x0bB"]])["A2"].value == "AB"


def test_text_longer_than_a_cell_is_cut():
    assert len(sheet_of([["x" * 40_000]])["A2"].value) == 32_767


def test_head_is_bold_and_stays_in_sight():
    sheet = sheet_of([["a"]])

    assert sheet["A1"].font.bold
    assert not sheet["A2"].font.bold
    assert sheet.freeze_panes == "A2"


def test_workbook_has_its_sheets_with_names_that_excel_allows():
    content = write_workbook([Sheet("Quý I/2026 [nháp]", ["A"], [[1]]), Sheet("B" * 40, ["B"], [])])

    workbook = load_workbook(BytesIO(content))

    assert workbook.sheetnames == ["Quý I 2026  nháp ", "B" * 31]
    assert [cell.value for cell in workbook.worksheets[0]["A"]] == ["A", 1]


def test_response_is_a_dated_download():
    response = xlsx_response("doan-vien", ["A"], iter([[1]]))

    assert response["Content-Disposition"] == (
        f'attachment; filename="doan-vien-{today():%Y%m%d}.xlsx"'
    )
    assert response["Content-Type"].endswith("spreadsheetml.sheet")


def test_response_of_many_sheets_holds_them_all():
    response = workbook_response("bao-cao", [Sheet(name, ["A"], []) for name in ("Một", "Hai")])

    assert load_workbook(BytesIO(response.content)).sheetnames == ["Một", "Hai"]


def test_letters_that_no_workbook_can_hold_are_left_out():
    assert sheet_of([["Nhà\x00 \x0bvăn\ufffe hóa\uffff\ud800"]])["A2"].value == "Nhà văn hóa"
