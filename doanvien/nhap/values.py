"""Reads one cell as what its column means; repairs only what is certain."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from core.text import clean, clean_name, lowfirst

from .code_lists import DAN_TOC, find_label, suggest_dan_toc
from .workbook import Cell

MAX_NAME = 120
FIRST_YEAR = 1900
EXCEL_EPOCH = date(1899, 12, 30)
DATE_TEXT = re.compile(r"(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{4})")
TRUE_WORDS = {"x", "có", "co", "1", "đúng"}
FALSE_WORDS = {"", "không", "khong", "0"}


class BadValue(ValueError):  # noqa: N818 -- a finding about the list
    """What is wrong with a cell and how to mend it, in one or two Vietnamese sentences."""

    def __init__(self, message: str, suggestion: str = ""):
        super().__init__(message)
        self.suggestion = suggestion


class Entry(NamedTuple):
    """A cell with the words by which a person finds it."""

    label: str
    address: str
    cell: Cell

    @property
    def text(self) -> str:
        """What the cell shows; a formula or an error shows nothing that can be taken."""
        if self.cell.kind == "f":
            raise BadValue(f"{self.label} là công thức. Gõ thẳng nội dung vào ô {self.address}.")
        if self.cell.kind == "e":
            raise BadValue(
                f"{self.label} báo lỗi {clean(self.cell.value)}. Gõ lại ô {self.address}."
            )
        if self.cell.kind == "d":
            return f"{date.fromisoformat(self.cell.value):%d/%m/%Y}"
        return clean(self.cell.value)


def read_text(entry: Entry, *, limit: int) -> str:
    if len(entry.text) > limit:
        raise BadValue(f"{entry.label} dài quá {limit} chữ. Ghi gọn lại ở ô {entry.address}.")
    return entry.text


def read_name(entry: Entry) -> str:
    name = clean_name(read_text(entry, limit=MAX_NAME))
    if not name:
        raise BadValue(f"Thiếu họ và tên. Điền ở ô {entry.address}.")
    return name


def read_date(entry: Entry) -> date:
    """A date cell, or text as day, month, year with / - or . between; a part of it is none."""
    if entry.cell.kind == "p":
        raise BadValue(
            f"{entry.label} chỉ hiện tháng và năm. Gõ đủ ngày/tháng/năm ở ô {entry.address}."
        )
    text = entry.text
    match = DATE_TEXT.fullmatch(text)
    if not match:
        raise _no_date(entry, text)
    day, month, year = int(match[1]), int(match[3]), int(match[4])
    try:
        found = date(year, month, day)
    except ValueError:
        found = None
    if found is None or year < FIRST_YEAR:
        raise BadValue(f"{entry.label} {text} không có trong lịch. Sửa ô {entry.address}.")
    return found


def _no_date(entry: Entry, text: str) -> BadValue:
    if not text:
        label = lowfirst(entry.label)
        return BadValue(f"Thiếu {label}. Điền ở ô {entry.address}.")
    if re.fullmatch(r"(19|20)\d\d", text):
        return BadValue(
            f"{entry.label} chỉ có năm {text}. Gõ đủ ngày/tháng/năm ở ô {entry.address}."
        )
    if entry.cell.kind == "n" and text.isdecimal() and int(text) < 100_000:
        day = EXCEL_EPOCH + timedelta(days=int(text))
        return BadValue(
            f"{entry.label} {text} là số. Nếu là {day:%d/%m/%Y}, định dạng ô {entry.address} "
            "theo ngày/tháng/năm.",
            f"{day:%d/%m/%Y}",
        )
    return BadValue(
        f"{entry.label} «{text}» không phải ngày. Gõ theo ngày/tháng/năm, ví dụ 05/02/2004, "
        f"ở ô {entry.address}."
    )


def read_cccd(entry: Entry) -> str:
    """12 digits, or the 9 of an old card; a number of 11 digits gets back its leading zero."""
    text = entry.text.lstrip("'").replace(" ", "")
    if not text:
        raise BadValue(f"Thiếu số CCCD. Điền ở ô {entry.address}.")
    if not re.fullmatch(r"[0-9]+", text):
        raise BadValue(
            f"Số CCCD có ký tự không phải chữ số. Định dạng ô {entry.address} là Văn bản, gõ lại."
        )
    if entry.cell.kind == "n" and len(text) == 11:
        return f"0{text}"
    if len(text) not in {9, 12}:
        raise BadValue(
            f"Số CCCD có {len(text)} chữ số, cần 12 (hoặc 9 số của CMND cũ). "
            f"Định dạng ô {entry.address} là Văn bản rồi gõ lại."
        )
    return text


def read_dan_toc(entry: Entry) -> str:
    """One of the 54 groups; another name is refused with the group it probably belongs to."""
    text = entry.text
    if not text:
        raise BadValue(f"Thiếu dân tộc. Điền ở ô {entry.address}.")
    label = find_label(text, DAN_TOC.values())
    if not label:
        suggestion = suggest_dan_toc(text)
        hint = f"Nếu là {suggestion}, sửa" if suggestion else "Sửa"
        raise BadValue(
            f"Dân tộc «{text}» không có trong danh mục 54 dân tộc. {hint} ở ô {entry.address}.",
            suggestion,
        )
    return label


def read_phone(entry: Entry) -> str:
    """Ten digits from 0; a number of nine digits gets back its leading zero."""
    text = re.sub(r"[ .\-]", "", entry.text.lstrip("'"))
    if re.fullmatch(r"\+84[0-9]{9}", text):
        text = f"0{text[3:]}"
    if entry.cell.kind == "n" and re.fullmatch(r"[1-9][0-9]{8}", text):
        text = f"0{text}"
    if text and not re.fullmatch(r"0[0-9]{9}", text):
        raise BadValue(
            f"Số điện thoại «{text}» không đủ 10 chữ số bắt đầu bằng 0. Xem ô {entry.address}."
        )
    return text


def read_email(entry: Entry) -> str:
    text = read_text(entry, limit=254)
    if text and not re.fullmatch(r"[^@\s<>\"',;]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", text):
        raise BadValue(f"Email «{text}» không đúng dạng. Xem ô {entry.address}.")
    return text


def read_flag(entry: Entry) -> bool | None:
    """Yes or no; an empty cell says neither."""
    text = entry.text.lower()
    if text not in TRUE_WORDS | FALSE_WORDS:
        raise BadValue(f"{entry.label} «{text}» chưa rõ. Đánh x nếu có, ở ô {entry.address}.")
    return text in TRUE_WORDS if text else None
