"""Builds member lists in the layout of the national export, as cells or as a workbook."""

import re
from datetime import date, datetime
from io import BytesIO
from zipfile import ZipFile, ZipInfo

from openpyxl import Workbook

from doanvien.nhap.branches import Branches
from doanvien.nhap.columns import LABELS, find_layout
from doanvien.nhap.judge import judge
from doanvien.nhap.results import Rules
from doanvien.nhap.rows import read_rows
from doanvien.nhap.workbook import Cell, Row, Sheet

BRANCHES = ["Chi đoàn Khu vực 1", "Chi đoàn Khu vực 10", "Chi đoàn Trường THCS"]
TODAY = date(2026, 11, 22)
COLUMNS = list(LABELS)
FIRST_ROW = 7
MEMBER = {
    "ho_ten": "Nguyễn Văn An",
    "ngay_sinh_nam": date(2004, 3, 9),
    "dan_toc": "Kinh",
    "ton_giao": "Không",
    "cccd": "093204000001",
    "ngay_vao_doan": date(2020, 3, 26),
    "chuc_vu": "Đoàn viên",
    "dien_thoai": "0912345678",
    "chi_doan": "Chi đoàn Khu vực 1",
}


class Formula(str):
    """A cell that computes."""


class Text(str):
    """A text that a spreadsheet program might take for something else."""


def rules(**changes):
    return Rules(**{"branches": Branches(BRANCHES), "today": TODAY, **changes})


def member(**changes):
    return {**MEMBER, **changes}


def make_sheet(*members, columns=COLUMNS, hidden=(), titles=()):
    """A sheet as the reader gives it: titles, header in rows 5 and 6, members from row 7."""
    rows = [Row(2 + i, False, {0: Cell("s", title)}) for i, title in enumerate(titles)]
    rows += [Row(5, False, _header(columns)), Row(6, False, _second_header(columns))]
    for index, found in enumerate(members):
        number = FIRST_ROW + index
        cells = {"stt": index + 1, **found}
        row = {
            columns.index(name): _cell(value)
            for name, value in cells.items()
            if name in columns and value is not None
        }
        rows.append(Row(number, number in hidden, row))
    return Sheet("DSDV", rows)


def judge_sheet(sheet, **options):
    found = {name: options.pop(name) for name in ("members", "namesakes") if name in options}
    return judge(read_rows(find_layout([sheet]), rules(**options)), **found)


def judge_one(**changes):
    """What becomes of one member with these cells."""
    [result] = judge_sheet(make_sheet(member(**changes)))
    return result


def make_workbook(*members, columns=COLUMNS):
    """The same list as a real file."""
    book = Workbook()
    sheet = book.active
    sheet.title = "DSDV"
    for row in make_sheet(*members, columns=columns).rows[:2]:
        for column, cell in row.cells.items():
            sheet.cell(row.number, column + 1, cell.value)
    for index, found in enumerate(members):
        for name, value in {"stt": index + 1, **found}.items():
            cell = sheet.cell(FIRST_ROW + index, columns.index(name) + 1, value)
            if isinstance(value, Text):
                cell.data_type = "s"
    return save(book)


def save(book):
    """The bytes of a workbook, the same for the same content at any time."""
    content, same = BytesIO(), BytesIO()
    book.save(content)
    with ZipFile(content) as source, ZipFile(same, "w") as target:
        for name in source.namelist():
            part = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2026-01-01T00:00:00Z", source.read(name))
            target.writestr(ZipInfo(name), part)
    return same.getvalue()


def _header(columns):
    labels = {name: LABELS[name][0] for name in columns} | {"ngay_sinh_nam": "Ngày sinh"}
    return {
        index: Cell("s", labels[name])
        for index, name in enumerate(columns)
        if name != "ngay_sinh_nu"
    }


def _second_header(columns):
    words = {"ngay_sinh_nam": "Nam", "ngay_sinh_nu": "Nữ"}
    return {columns.index(name): Cell("s", word) for name, word in words.items()}


def _cell(value):
    if isinstance(value, Cell):
        return value
    if isinstance(value, Formula):
        return Cell("f", str(value))
    if isinstance(value, datetime | date):
        return Cell("d", f"{value:%Y-%m-%d}")
    return Cell("s" if isinstance(value, str) else "n", str(value))
