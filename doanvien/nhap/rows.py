"""Reads each data row of a member list: cleaned values, what refuses it, what is merely odd.

Only six columns can refuse a row: name, birth date, citizen id, ethnic group, branch and
admission date. Everything else is a warning, and a value that cannot be read stays empty.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from core.text import clean, fold, lowfirst

from . import code_lists, values
from .branches import split_section
from .columns import LABELS, Layout, column_letter
from .limits import MAX_COLUMNS
from .results import Fault, ParsedRow, Rules
from .values import BadValue, Entry
from .workbook import EMPTY, Cell, Row

SPOKEN_LABELS = {
    "ngay_vao_doan": "Ngày vào Đoàn",
    "ngay_vao_dang": "Ngày vào Đảng",
    "ngay_sinh_nam": "Ngày sinh",
    "ngay_sinh_nu": "Ngày sinh",
    "ngay_sinh": "Ngày sinh",
    "gioi_tinh": "Giới tính",
    "chi_doan": "Chi đoàn",
}
TEXT_LIMITS = {
    "ma_dinh_danh": 30,
    "que_quan": 200,
    "thuong_tru": 200,
    "cccd_noi_cap": 120,
    "so_nghi_quyet": 40,
    "so_the": 30,
    "khen_thuong": 300,
    "ky_luat": 300,
}
CODE_LISTS = {
    "ton_giao": tuple(code_lists.TON_GIAO.values()),
    "van_hoa": code_lists.TRINH_DO_VAN_HOA,
    "chuyen_mon": code_lists.TRINH_DO_CHUYEN_MON,
    "ly_luan": code_lists.TRINH_DO_LLCT,
    "tin_hoc": code_lists.TIN_HOC,
    "ngoai_ngu": code_lists.NGOAI_NGU,
    "nghe_nghiep": code_lists.NGHE_NGHIEP,
    "hoi": code_lists.HOI,
    "chuc_vu": tuple(code_lists.CHUC_VU.values()),
}
EMPTY_IS_NONE = {"cccd_ngay_cap", "ngay_vao_dang", "danh_du"}
"""Optional columns of which an empty cell says nothing at all; the others keep an empty text."""
BIRTH_COLUMNS = {"ngay_sinh_nam": "nam", "ngay_sinh_nu": "nu"}
UNCERTAIN = "chua_ro"
NOWHERE = (MAX_COLUMNS,)
IDENTIFYING = ("ho_ten", *BIRTH_COLUMNS, "cccd")
TOTAL = re.compile(r"(tong cong|tong so|tong|cong)( doan vien)?[ :.()\d]*")
OLDEST_AT_ADMISSION = 30
ROUNDED = "00000"
"""How a number ends that was saved as 9,3204E+10: the lost digits came back as zeros."""


def is_data_row(layout: Layout, row: Row) -> bool:
    """Whether the row has a number under STT; section, total and signature rows have none."""
    if layout.is_la and "stt" not in layout.columns:
        return _names_somebody(layout, row)
    stt = _cell(layout, row, "stt")
    if stt.kind == "f":  # numbering by formula; its result is not in the file for certain
        filled = [name for name in IDENTIFYING if _cell(layout, row, name).value]
        return bool(filled) and not TOTAL.fullmatch(fold(_cell(layout, row, "ho_ten").value))
    return bool(re.fullmatch(r"[0-9]+\.?", clean(stt.value))) and stt.kind in {"n", "s"}


def _names_somebody(layout: Layout, row: Row) -> bool:
    """In a list without numbers: a name, and something else about the person."""
    name = clean(_cell(layout, row, "ho_ten").value)
    about = (*BIRTH_COLUMNS, "cccd", "ngay_vao_doan", "dien_thoai", "gioi_tinh")
    said = any(clean(_cell(layout, row, column).value) for column in about)
    return bool(name) and said and not TOTAL.fullmatch(fold(name))


def read_rows(layout: Layout, rules: Rules) -> Iterator[ParsedRow]:
    """Every data row in the order of the sheet."""
    parser = RowParser(layout, rules)
    section = ""
    for row in layout.rows:
        if is_data_row(layout, row):
            yield parser.parse(row, section)
        else:
            section = section_of(row, rules) or section


def section_of(row: Row, rules: Rules) -> str:
    """The branch that a section row is about, "" if the row is no such row."""
    texts = (split_section(cell.value)[0] for cell in row.cells.values() if cell.kind == "s")
    return next((name for text in texts if (name := rules.branches.find(text))), "")


class RowParser:
    """Reads rows of one layout under one ward's rules."""

    def __init__(self, layout: Layout, rules: Rules):
        self.layout = layout
        self.rules = rules
        self.optional: dict[str, Callable[[Entry], object]] = {
            **{name: partial(values.read_text, limit=n) for name, n in TEXT_LIMITS.items()},
            **{name: partial(read_listed, labels=labels) for name, labels in CODE_LISTS.items()},
            "cccd_ngay_cap": read_date_or_nothing,
            "cccd_noi_cap": read_noi_cap,
            "ngay_vao_dang": read_date_or_nothing,
            "danh_du": values.read_flag,
            "email": values.read_email,
            "dien_thoai": values.read_phone,
        }
        known = layout.columns
        self.known: dict[str, dict[Cell, object]] = {
            name: {} for name in known if name != "chi_doan"
        }
        """What a cell of a column was read as before; a branch may depend on its section."""
        self.labels = {name: SPOKEN_LABELS.get(name) or LABELS[name][0] for name in known}
        self.letters = {name: column_letter(known[name][0]) for name in known}

    def parse(self, row: Row, section: str) -> ParsedRow:
        parsed = ParsedRow(row.number)
        self.read(parsed, row, "ho_ten", values.read_name)
        self.read_birth_date(parsed, row)
        self.read(parsed, row, "dan_toc", values.read_dan_toc)
        self.read(parsed, row, "cccd", values.read_cccd)
        self.read(parsed, row, "ngay_vao_doan", values.read_date)
        if "chi_doan" in self.layout.columns:
            self.read(parsed, row, "chi_doan", partial(self.read_branch, section=section))
        else:
            self.take_branch(parsed, row, section)
        for name, reader in self.optional.items():
            self.read(parsed, row, name, reader, required=False)
        parsed.faults.sort(key=lambda fault: self.column_of(fault.field))
        self.check_admission(parsed, row)
        self.add_warnings(parsed, row, section)
        return parsed

    def read(self, parsed: ParsedRow, row: Row, name: str, reader, *, required=True) -> None:
        """Keep what `reader` makes of the cell, or note what is wrong with it."""
        if name not in self.layout.columns:
            if required:
                parsed.faults.append(self.no_column(row, name))
            return
        cell, known = self.cell(row, name), self.known.get(name, {})
        if not required and not cell.value:
            parsed.values[name] = None if name in EMPTY_IS_NONE else ""
            return
        try:
            if cell not in known:
                known[cell] = reader(Entry(self.labels[name], self.address(row, name), cell))
            parsed.values[name] = known[cell]
        except BadValue as bad:
            fault = self.fault(row, name, str(bad), bad.suggestion)
            parsed.raw[name] = cell.shown
            (parsed.faults if required else parsed.warnings).append(fault)

    def read_birth_date(self, parsed: ParsedRow, row: Row) -> None:
        """The filled one of two columns holds the birth date and tells the gender."""
        if self.layout.has_one_birth_column:
            self.read_birth_and_gender(parsed, row)
            return
        filled = [name for name in BIRTH_COLUMNS if clean(self.cell(row, name).value)]
        if len(filled) == 1:
            self.read(parsed, row, filled[0], values.read_date)
            parsed.faults = [_as_birth_date(fault) for fault in parsed.faults]
            parsed.values["ngay_sinh"] = parsed.values.pop(filled[0], None)
            parsed.values["gioi_tinh"] = BIRTH_COLUMNS[filled[0]]
            return
        nam, nu = (self.address(row, name) for name in BIRTH_COLUMNS)
        message = (
            f"Ngày sinh ghi ở cả hai cột Nam và Nữ. Chỉ giữ một ô, {nam} hoặc {nu}."
            if filled
            else f"Thiếu ngày sinh. Điền ở ô {nam} (nam) hoặc {nu} (nữ)."
        )
        parsed.raw |= {name: self.cell(row, name).shown for name in BIRTH_COLUMNS}
        fault = self.fault(row, "ngay_sinh_nam", message, also="ngay_sinh_nu")
        parsed.faults.append(_as_birth_date(fault))

    def read_birth_and_gender(self, parsed: ParsedRow, row: Row) -> None:
        """A foreign list: the date in one column, the gender in another or nowhere."""
        self.read(parsed, row, "ngay_sinh_nam", values.read_date)
        parsed.faults = [_as_birth_date(fault) for fault in parsed.faults]
        parsed.values["ngay_sinh"] = parsed.values.pop("ngay_sinh_nam", None)
        written = fold(self.cell(row, "gioi_tinh").value)
        parsed.values["gioi_tinh"] = written if written in BIRTH_COLUMNS.values() else UNCERTAIN
        if written and parsed.values["gioi_tinh"] == UNCERTAIN:
            message = f"Giới tính «{written}» chưa rõ, sẽ để trống."
            parsed.warnings.append(self.fault(row, "ngay_sinh_nam", message))

    def take_branch(self, parsed: ParsedRow, row: Row, section: str) -> None:
        """A list without a branch column: one branch for all of it, or that of the section."""
        branch = self.layout.ca_tep or section
        if branch:
            parsed.values["chi_doan"] = branch
        else:
            parsed.faults.append(self.no_column(row, "chi_doan"))

    def no_column(self, row: Row, name: str) -> Fault:
        label = SPOKEN_LABELS.get(name, LABELS[name][0])
        message = f"Thiếu {lowfirst(label)}: tệp không có cột này."
        return Fault("ngay_sinh" if name in BIRTH_COLUMNS else name, "", message)

    def read_branch(self, entry: Entry, *, section: str) -> str:
        text = entry.text
        branch = self.rules.branches.find(text)
        if not text and self.layout.is_la:
            branch = self.layout.ca_tep or section
        if branch:
            return branch
        if not text:
            hint = f" Dòng này nằm dưới mục {section}." if section else ""
            raise BadValue(f"Thiếu chi đoàn.{hint} Điền ở ô {entry.address}.", section)
        suggestion = self.rules.branches.suggest(text)
        hint = f"Nếu là {suggestion}, sửa" if suggestion else "Sửa"
        raise BadValue(f"Trong đơn vị chưa có «{text}». {hint} ở ô {entry.address}.", suggestion)

    def check_admission(self, parsed: ParsedRow, row: Row) -> None:
        """An admission below the age in force on its day, kept apart from the other faults."""
        born, admitted = parsed.values.get("ngay_sinh"), parsed.values.get("ngay_vao_doan")
        if not born or not admitted:
            return
        age = self.rules.admission_age(admitted)
        if admitted < age.earliest(born):
            years = _years(born, admitted)
            had = f"mới {years} tuổi" if years >= 0 else "chưa sinh"
            birth = "ngay_sinh_nam" if parsed.values["gioi_tinh"] == "nam" else "ngay_sinh_nu"
            message = (
                f"Ngày vào Đoàn {admitted:%d/%m/%Y} khi {had}; kết nạp từ đủ {age}. "
                f"Xem ô {self.address(row, 'ngay_vao_doan')} và ngày sinh ở ô "
                f"{self.address(row, birth)}."
            )
            parsed.too_young = self.fault(row, "ngay_vao_doan", message, also=birth)

    def add_warnings(self, parsed: ParsedRow, row: Row, section: str) -> None:
        for name, message in odd_but_possible(parsed.values, self.rules.today):
            parsed.warnings.append(self.fault(row, name, message))
        branch = parsed.values.get("chi_doan")
        by_column = "chi_doan" in self.layout.columns
        if branch and section and branch != section and by_column:
            message = f"Dòng này nằm dưới mục {section} nhưng ghi {branch}."
            parsed.warnings.append(self.fault(row, "chi_doan", message))
        if row.hidden:
            message = "Dòng này đang ẩn trong tệp."
            parsed.warnings.append(
                self.fault(row, "ho_ten" if self.layout.is_la else "stt", message)
            )

    def fault(
        self, row: Row, name: str, message: str, suggestion: str = "", *, also: str = ""
    ) -> Fault:
        """A finding about one cell; `also` is another column whose cell the message names."""
        shown = self.cell(row, name).shown
        value = _masked(shown) if name == "cccd" else shown
        named = {column: self.address(row, column) for column in (name, also) if column}
        cells = {column: address for column, address in named.items() if address}
        return Fault(name, value, message, suggestion, cells)

    def cell(self, row: Row, name: str) -> Cell:
        return _cell(self.layout, row, name)

    def address(self, row: Row, name: str) -> str:
        return f"{self.letters[name]}{row.number}" if name in self.letters else ""

    def column_of(self, name: str) -> int:
        columns = self.layout.columns
        if name == "ngay_sinh":
            return min(columns.get(birth, NOWHERE)[0] for birth in BIRTH_COLUMNS)
        return columns.get(name, NOWHERE)[0]


def odd_but_possible(found: dict, today: date) -> Iterator[tuple[str, str]]:
    """Contradictions inside a row that a person should look at: (field, sentence)."""
    name, born, admitted = (found.get(key) for key in ("ho_ten", "ngay_sinh", "ngay_vao_doan"))
    if name and (len(name.split()) < 2 or re.search(r"[^\w .'’-]|[\d_]", name)):
        yield "ho_ten", f"Họ và tên «{name}» có gì đó lạ. Xem lại."
    elif name and any(_is_oddly_cased(word) for word in name.split()):
        yield "ho_ten", f"Họ và tên «{name}» viết hoa chưa đều. Xem lại."
    if admitted and admitted > today:
        yield "ngay_vao_doan", f"Ngày vào Đoàn {admitted:%d/%m/%Y} ở sau hôm nay."
    elif born and admitted and _years(born, admitted) > OLDEST_AT_ADMISSION:
        yield "ngay_vao_doan", f"Vào Đoàn khi {_years(born, admitted)} tuổi. Xem lại ngày."
    cccd = found.get("cccd", "")
    if born and len(cccd) == 12 and cccd[3:6] not in _cccd_codes(born, found["gioi_tinh"]):
        yield "cccd", "Số CCCD không khớp giới tính hoặc năm sinh. Xem lại."
    if cccd.endswith(ROUNDED):
        yield "cccd", "Số CCCD tận cùng nhiều số 0, có thể Excel đã làm tròn. Đối chiếu với thẻ."


def read_date_or_nothing(entry: Entry) -> date | None:
    return values.read_date(entry) if clean(entry.cell.value) else None


def read_noi_cap(entry: Entry) -> str:
    """Who gave the card; the police department by the name that people give it."""
    text = values.read_text(entry, limit=TEXT_LIMITS["cccd_noi_cap"])
    return code_lists.CUC_CANH_SAT if code_lists.is_cuc_canh_sat(text) else text


def read_listed(entry: Entry, *, labels: tuple[str, ...]) -> str:
    """A value of a code list, in any case and spacing; the school systems also as "12/12"."""
    text = entry.text
    wanted = f"Trung học phổ thông hệ {text}" if re.fullmatch(r"1[02]/1[02]", text) else text
    label = code_lists.find_label(wanted, labels)
    if text and not label:
        raise BadValue(
            f"{entry.label} «{text}» không có trong danh mục, sẽ để trống. Xem ô {entry.address}.",
            code_lists.suggest_label(text, labels),
        )
    return label


def _cell(layout: Layout, row: Row, name: str) -> Cell:
    """The field's cell; one spread over several columns is put together.

    A name in its order; a place from the commune, which stands last, to the province.
    """
    columns = layout.columns.get(name, ())
    if not columns:
        return EMPTY
    if len(columns) == 1:
        return row.cell(columns[0])
    cells = [row.cell(column) for column in columns if row.cell(column).value]
    formula = next((cell for cell in cells if cell.kind in {"f", "e"}), None)
    parts = [clean(cell.value) for cell in cells]
    joined = " ".join(parts) if name == "ho_ten" else ", ".join(reversed(parts))
    return formula or Cell("s", joined)


def _as_birth_date(fault: Fault) -> Fault:
    if fault.field not in BIRTH_COLUMNS:
        return fault
    return replace(fault, field="ngay_sinh")


def _masked(text: str) -> str:
    return f"…{text[-4:]}" if len(text) > 4 else text


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _is_oddly_cased(word: str) -> bool:
    return word.islower() or (len(word) > 1 and word.isupper())


def _cccd_codes(born: date, gender: str) -> set[str]:
    genders = BIRTH_COLUMNS.values() if gender == UNCERTAIN else (gender,)
    return {_cccd_code(born, known) for known in genders}


def _cccd_code(born: date, gender: str) -> str:
    """Digits 4 to 6 of a citizen id: century with gender, year of birth (137/2015/NĐ-CP)."""
    century = (born.year // 100 - 19) * 2 + (gender == "nu")
    return f"{century}{born.year % 100:02d}"
