"""The member list of a real office's layout, row by row as the expectation says."""

import json
from pathlib import Path

import pytest

from doanvien.nhap.branches import Branches
from doanvien.nhap.columns import find_layout
from doanvien.nhap.judge import judge
from doanvien.nhap.notes import file_notes
from doanvien.nhap.results import CREATE
from doanvien.nhap.rows import read_rows
from doanvien.nhap.workbook import read_workbook
from tests.doanvien.nhap_lists import rules

DATA = Path(__file__).parents[1] / "data"
EXPECTED = json.loads((DATA / "danh-sach-doan-vien.expected.json").read_text(encoding="utf-8"))
SHOWN = ("ho_ten", "ngay_sinh", "gioi_tinh", "cccd", "dien_thoai", "chi_doan", "chuc_vu")


@pytest.fixture(scope="module")
def sheets():
    return read_workbook((DATA / "danh-sach-doan-vien.xlsx").read_bytes())


def as_expected(result):
    answer = {"row": result.row, "action": result.action}
    if result.action == CREATE:
        return answer | {name: str(result.values[name]) for name in SHOWN}
    answer["field"] = result.field
    return answer | ({"of_row": result.of_row} if result.of_row else {})


def test_every_row_is_judged_as_expected(sheets):
    results = judge(read_rows(find_layout(sheets), rules(branches=Branches(EXPECTED["branches"]))))

    expected = [{k: v for k, v in row.items() if k != "why"} for row in EXPECTED["expected"]]
    assert [as_expected(result) for result in results] == expected


def test_hidden_sheet_is_not_opened(sheets):
    assert [sheet.name for sheet in sheets] == ["DSDV"]


def test_header_is_found_in_two_rows(sheets):
    layout = find_layout(sheets)

    assert [layout.first_row, layout.last_row] == EXPECTED["header_rows"]
    assert layout.unknown == []


def test_file_notes_name_the_other_ward_and_what_is_not_kept(sheets):
    ward = rules(branches=Branches(EXPECTED["branches"]))

    notes = file_notes(find_layout(sheets), sheets, ward, "Đoàn phường Mẫu")

    assert notes == [
        "Tiêu đề của tệp ghi «ĐOÀN PHƯỜNG I», đang nhập vào Đoàn phường Mẫu. Kiểm tra lại tệp.",
        "Không đưa vào sổ: Rèn luyện đoàn viên (W), Đánh giá, xếp loại đoàn viên (X).",
    ]


def test_suggestion_for_a_local_group_is_the_group_it_is_counted_in(sheets):
    results = judge(read_rows(find_layout(sheets), rules(branches=Branches(EXPECTED["branches"]))))

    [cadong] = [fault for row in results for fault in row.faults if fault.field == "dan_toc"]
    assert (cadong.value, cadong.suggestion, cadong.cells) == (
        "Cadong",
        "Xơ Đăng",
        {"dan_toc": "F158"},
    )
