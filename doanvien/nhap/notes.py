"""What the importer should know about the file as a whole; nothing here stops an import."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.text import clean, fold

from .branches import split_section
from .columns import LABELS, Layout, column_letter, has_list
from .results import Rules
from .rows import is_data_row, section_of
from .workbook import Sheet

MAX_NOTES = 12
NOT_KEPT = ("doi_tuong", "ren_luyen", "xep_loai")
WARD_IN_TITLE = re.compile(r"\bdoan (?:phuong|xa|thi tran|dac khu) [^,;:()–-]+")


@dataclass
class Section:
    """A section row: its branch, how many members it announces, how many follow."""

    row: int
    branch: str
    announced: int | None
    counted: int = 0


def file_notes(layout: Layout, sheets: list[Sheet], rules: Rules, unit: str) -> list[str]:
    """Sentences about the title, unread rows, columns and sheets, and counts that differ."""
    notes = [
        *_other_ward(layout, unit),
        *_rows_without_number(layout),
        *_counts_that_differ(layout, rules),
        *_unread_columns(layout),
        *_unread_sheets(layout, sheets),
    ]
    more = len(notes) - MAX_NOTES
    return [*notes[:MAX_NOTES], f"Còn {more} lưu ý khác."] if more > 0 else notes


def _other_ward(layout: Layout, unit: str) -> Iterator[str]:
    for title in layout.titles:
        named = WARD_IN_TITLE.search(fold(title))
        if named and named[0].strip() != fold(unit):
            yield f"Tiêu đề của tệp ghi «{title}», đang nhập vào {unit}. Kiểm tra lại tệp."


def _rows_without_number(layout: Layout) -> Iterator[str]:
    if layout.is_la:
        return
    born = [layout.columns[name][0] for name in ("ngay_sinh_nam", "ngay_sinh_nu")]
    name = layout.columns["ho_ten"][0]
    for row in layout.rows:
        filled = clean(row.cell(name).value) and any(row.cell(column).value for column in born)
        if filled and not is_data_row(layout, row):
            yield f"Dòng {row.number} có họ tên, ngày sinh nhưng không có STT nên không được đọc."


def _counts_that_differ(layout: Layout, rules: Rules) -> Iterator[str]:
    for section in _sections(layout, rules):
        if section.announced is not None and section.announced != section.counted:
            yield (
                f"Mục {section.branch} (dòng {section.row}) ghi {section.announced} đoàn viên, "
                f"đếm được {section.counted} dòng."
            )


def _sections(layout: Layout, rules: Rules) -> list[Section]:
    sections = []
    for row in layout.rows:
        if is_data_row(layout, row):
            if sections:
                sections[-1].counted += 1
        elif branch := section_of(row, rules):
            texts = [cell.value for cell in row.cells.values()]
            announced = next((n for text in texts if (n := split_section(text)[1])), None)
            sections.append(Section(row.number, branch, announced))
    return sections


def _unread_columns(layout: Layout) -> Iterator[str]:
    if layout.unknown:
        yield f"Không đọc cột lạ: {', '.join(layout.unknown)}."
    kept_out = [
        f"{LABELS[name][0]} ({column_letter(layout.columns[name][0])})"
        for name in NOT_KEPT
        if name in layout.columns
    ]
    if kept_out:
        yield f"Không đưa vào sổ: {', '.join(kept_out)}."


def _unread_sheets(layout: Layout, sheets: list[Sheet]) -> Iterator[str]:
    others = [sheet.name for sheet in sheets if sheet is not layout.sheet and has_list(sheet)]
    if others:
        yield f"Chỉ đọc trang tính {layout.sheet.name}; chưa đọc: {', '.join(others)}."
