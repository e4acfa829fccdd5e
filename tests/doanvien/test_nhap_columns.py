"""Where a list stands in its sheet, and which of its rows are members."""

import pytest

from doanvien.nhap.columns import column_letter, find_layout
from doanvien.nhap.notes import file_notes
from doanvien.nhap.workbook import Cell, Row, Sheet, WorkbookRefused
from tests.doanvien.nhap_lists import (
    COLUMNS,
    Formula,
    judge_sheet,
    make_sheet,
    member,
    rules,
)


def with_rows(sheet, *rows):
    return Sheet(sheet.name, sorted([*sheet.rows, *rows], key=lambda row: row.number))


def text_row(number, **cells):
    return Row(number, False, {COLUMNS.index(k): Cell("s", v) for k, v in cells.items()})


def notes_of(sheet, unit="Đoàn phường I", others=()):
    return file_notes(find_layout([sheet]), [sheet, *others], rules(), unit)


def test_columns_may_stand_in_any_order():
    moved = [name for name in reversed(COLUMNS) if name not in {"ngay_sinh_nam", "ngay_sinh_nu"}]
    moved[3:3] = ["ngay_sinh_nam", "ngay_sinh_nu"]

    [result] = judge_sheet(make_sheet(member(dan_toc="Cadong", cccd="1"), columns=moved))

    assert [fault.field for fault in result.faults] == ["cccd", "dan_toc"]


def test_nu_may_stand_before_nam():
    moved = [*COLUMNS[:3], "ngay_sinh_nu", "ngay_sinh_nam", *COLUMNS[5:]]
    sheet = make_sheet(member(), columns=moved)
    below = next(row for row in sheet.rows if row.number == 6)
    header = next(row for row in sheet.rows if row.number == 5)
    header.cells[3] = header.cells.pop(4)

    assert below.cells[3].value == "Nữ"
    [result] = judge_sheet(sheet)
    assert result.values["gioi_tinh"] == "nam"


def test_headers_are_known_without_accents_stars_and_remarks():
    sheet = make_sheet(member())
    header = sheet.rows[0]
    header.cells[1] = Cell("s", "HỌ VÀ TÊN (*)")
    header.cells[COLUMNS.index("dan_toc")] = Cell("s", "dan  toc:")

    [result] = judge_sheet(sheet)

    assert result.action == "create"


def test_place_spread_over_three_columns_is_read_commune_first():
    sheet = make_sheet(member())
    at = COLUMNS.index("que_quan")
    # Quê quán takes the place of the two columns after it.
    for number in (5, 7):
        row = next(row for row in sheet.rows if row.number == number)
        row.cells.pop(at + 1, None)
    sheet.rows[1].cells.update({at: Cell("s", "Tỉnh"), at + 1: Cell("s", "Xã")})
    sheet.rows[2].cells.update({at: Cell("s", "Hậu Giang"), at + 1: Cell("s", "Phường I")})

    [result] = judge_sheet(sheet)

    assert result.values["que_quan"] == "Phường I, Hậu Giang"


@pytest.mark.parametrize("missing", ["stt", "dan_toc", "cccd", "ngay_vao_doan", "chi_doan"])
def test_missing_column_is_named(missing):
    columns = [name for name in COLUMNS if name != missing]

    with pytest.raises(WorkbookRefused, match=r"Dòng tiêu đề 5 thiếu cột «.+»\."):
        find_layout([make_sheet(member(), columns=columns)])


def test_column_that_stands_twice_is_refused():
    sheet = make_sheet(member())
    sheet.rows[0].cells[len(COLUMNS)] = Cell("s", "Dân tộc")

    with pytest.raises(WorkbookRefused, match="hai cột «Dân tộc»"):
        find_layout([sheet])


def test_sheet_without_a_list_is_refused():
    with pytest.raises(WorkbookRefused, match=r"Không tìm thấy dòng tiêu đề .+ đang hiện"):
        find_layout([Sheet("Bìa", [Row(1, False, {0: Cell("s", "Kính gửi")})])])


def test_limits_of_another_sheet_do_not_matter():
    other = Sheet("Danh mục xã", [Row(1, False, {0: Cell("s", "Xã")})], "quá nhiều dòng")

    assert find_layout([other, make_sheet(member())]).sheet.name == "DSDV"


def test_limits_of_the_list_refuse_it():
    sheet = make_sheet(member())

    with pytest.raises(WorkbookRefused, match="quá nhiều dòng"):
        find_layout([Sheet(sheet.name, sheet.rows, "quá nhiều dòng")])


def test_section_total_signature_and_number_rows_are_no_members():
    sheet = with_rows(
        make_sheet(member(stt=None), member()),
        text_row(9, stt="II. CHI ĐOÀN TRƯỜNG THCS (0 đoàn viên)"),
        Row(10, False, {1: Cell("s", "Tổng cộng"), 9: Cell("f", "=COUNTA(J7:J9)")}),
        Row(11, False, {0: Cell("f", "=COUNTA(A7:A8)"), 1: Cell("s", "Tổng số:")}),
        text_row(12, ho_ten="NGƯỜI LẬP BIỂU"),
    )

    assert [result.row for result in judge_sheet(sheet)] == [8]


def test_numbered_columns_under_the_header_are_no_member():
    sheet = make_sheet(member(), member(cccd="093204000002"))
    numbers = next(row for row in sheet.rows if row.number == 7)
    numbers.cells.clear()
    numbers.cells.update({i: Cell("n", str(i + 1)) for i in range(len(COLUMNS))})

    assert [result.row for result in judge_sheet(sheet)] == [8]


@pytest.mark.parametrize("stt", [3, "3", "3.", Formula("=A6+1")])
def test_number_under_stt_makes_a_member(stt):
    assert len(judge_sheet(make_sheet(member(stt=stt)))) == 1


def test_hidden_row_is_read_and_said():
    [result] = judge_sheet(make_sheet(member(), hidden={7}))

    assert [w.message for w in result.warnings] == ["Dòng này đang ẩn trong tệp."]


def test_row_under_another_section_is_said():
    sheet = make_sheet(member(stt="I. CHI ĐOÀN TRƯỜNG THCS", ho_ten=None), member())

    [result] = judge_sheet(sheet)

    assert [w.message for w in result.warnings] == [
        "Dòng này nằm dưới mục Chi đoàn Trường THCS nhưng ghi Chi đoàn Khu vực 1."
    ]


def test_branch_left_out_is_suggested_from_its_section():
    sheet = make_sheet(member(stt="1. Chi đoàn Khu vực 1 (1 đv)"), member(chi_doan=None))

    [result] = judge_sheet(sheet)

    assert [fault.suggestion for fault in result.faults] == ["Chi đoàn Khu vực 1"]


def test_notes_name_what_was_not_read():
    columns = [name for name in COLUMNS if name not in {"doi_tuong", "ren_luyen", "xep_loai"}]
    sheet = make_sheet(
        {"stt": "I. CHI ĐOÀN KHU VỰC 1 (2 đoàn viên)"},
        member(),
        member(stt=None, cccd="093204000002"),
        columns=columns,
        titles=["ĐOÀN PHƯỜNG II - VỊ"],
    )
    sheet.rows[1].cells[len(columns)] = Cell("s", "Facebook")

    assert notes_of(sheet, others=[Sheet("Cũ", sheet.rows)]) == [
        "Tiêu đề của tệp ghi «ĐOÀN PHƯỜNG II - VỊ», đang nhập vào Đoàn phường I. Kiểm tra lại tệp.",
        "Dòng 9 có họ tên, ngày sinh nhưng không có STT nên không được đọc.",
        "Mục Chi đoàn Khu vực 1 (dòng 7) ghi 2 đoàn viên, đếm được 1 dòng.",
        "Không đọc cột lạ: Facebook.",
        "Chỉ đọc trang tính DSDV; chưa đọc: Cũ.",
    ]


def test_title_of_the_own_ward_says_nothing():
    columns = [name for name in COLUMNS if name not in {"doi_tuong", "ren_luyen", "xep_loai"}]
    sheet = make_sheet(member(), columns=columns, titles=["BCH ĐOÀN PHƯỜNG I"])

    assert notes_of(sheet) == []


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (31, "AF")])
def test_column_letters(index, letters):
    assert column_letter(index) == letters
