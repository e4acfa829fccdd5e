"""Files that are no sane workbook: each gets one Vietnamese sentence, none brings us down."""

import random
import re
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from core.apart import ROOT
from doanvien.nhap import limits
from doanvien.nhap.package import OLE_MAGIC
from doanvien.nhap.reader import answer
from doanvien.nhap.workbook import Cell, WorkbookRefused, read_workbook
from tests.doanvien.nhap_lists import Formula, Text, make_workbook, member, save

SAMPLE = (Path(__file__).parents[1] / "data" / "danh-sach-doan-vien.xlsx").read_bytes()
SENTENCE = re.compile(r"^[A-ZĐ].*[àáảãạăâêôơưếệốộờợừứựểẹẻ].*\.$", re.DOTALL)
SHEET = "xl/worksheets/sheet1.xml"
BOMB = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
ENTITY = '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/hostname">]>'


def refusal(content):
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(content)
    return str(refused.value)


def rebuilt(content=SAMPLE, *, replace=None, add=None, keep=lambda name: True):
    """The package with some parts changed, added or left out."""
    source, target = zipfile.ZipFile(BytesIO(content)), BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in filter(keep, source.namelist()):
            part = source.read(name)
            package.writestr(name, (replace or {}).get(name, lambda part: part)(part))
        for name, part in (add or {}).items():
            package.writestr(name, part)
    return target.getvalue()


def in_sheet(old, new):
    return rebuilt(replace={SHEET: lambda part: part.replace(old.encode(), new.encode(), 1)})


def with_rows(xml):
    """The sample with `xml` as its only rows."""

    def swap(part):
        head, _, rest = part.partition(b"<sheetData>")
        return head + b"<sheetData>" + xml + b"</sheetData>" + rest.partition(b"</sheetData>")[2]

    return rebuilt(replace={SHEET: swap})


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "rỗng"),
        (b"  \n", "rỗng"),
        ("STT;Họ và tên\n1;An".encode(), "tệp đổi đuôi"),
        (OLE_MAGIC + bytes(4096), "97–2003"),
        (OLE_MAGIC + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        (SAMPLE[: len(SAMPLE) // 2], "bị hỏng"),
        (SAMPLE[:-30], "bị hỏng"),
        (bytes(limits.MAX_FILE_BYTES + 1), "nặng hơn 10 MB"),
        (rebuilt(add={"xl/vbaProject.bin": b"x"}), "macro"),
        (rebuilt(add={"xl/externalLinks/externalLink1.xml": b"<x/>"}), "liên kết"),
        (rebuilt(add={"xl/embeddings/oleObject1.bin": b"x"}), "nhúng"),
        (rebuilt(keep=lambda name: name != "[Content_Types].xml"), "không phải sổ tính"),
        (rebuilt(keep=lambda name: name != SHEET), "bị hỏng"),
        (rebuilt(add={f"x/{i}.xml": b"" for i in range(limits.MAX_PARTS)}), "quá lớn"),
    ],
)
def test_what_is_no_workbook_is_refused_with_the_reason(content, part):
    sentence = refusal(content)

    assert part in sentence
    assert SENTENCE.match(sentence)


def test_encrypted_entry_is_refused():
    content = bytearray(SAMPLE)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(magic)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(magic, at + 4)

    assert "mật khẩu" in refusal(bytes(content))


def test_part_that_stands_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = rebuilt(add={SHEET: b"<worksheet/>"})

    assert "bất thường" in refusal(content)


@pytest.mark.parametrize("declaration", [BOMB, ENTITY, "<!DOCTYPE worksheet>"])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_declared_entities_are_refused_in_every_part(declaration, part):
    content = rebuilt(replace={part: lambda xml: declaration.encode() + xml})

    assert "DTD" in refusal(content)


def test_declaration_in_another_encoding_is_refused_too():
    xml = f'<?xml version="1.0" encoding="UTF-16"?>{BOMB}<worksheet/>'.encode("utf-16")

    assert "DTD" in refusal(rebuilt(replace={SHEET: lambda part: xml}))


def test_inclusion_is_refused():
    xml = '<sheetData><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>'

    assert "chèn nội dung" in refusal(in_sheet("<sheetData>", xml))


def test_cell_of_512_mib_is_refused_before_it_is_unpacked():
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            package.writestr(name, "<x/>")
        with package.open(SHEET, "w", force_zip64=True) as part:
            part.write(b'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>')
            for _ in range(512):
                part.write(b"A" * 1024 * 1024)
            part.write(b"</t></is></c></row></sheetData></worksheet>")

    assert "bung ra quá lớn" in refusal(target.getvalue())


def test_size_that_lies_is_refused():
    content = bytearray(SAMPLE)
    directory = content.find(SHEET.encode(), content.find(b"PK\x01\x02")) - 46
    content[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")

    assert "bị hỏng" in refusal(bytes(content))


def test_long_text_within_the_size_is_refused():
    assert "quá nhiều chữ" in refusal(in_sheet("ĐOÀN PHƯỜNG I", "A" * 40_000_000))


def with_shared_texts(texts, rows):
    """A workbook as Excel writes it: the texts in a part of their own."""
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED_STRINGS}"/></'
    return rebuilt(
        with_rows(rows.encode()),
        replace={
            "[Content_Types].xml": lambda part: override.encode().join(part.rsplit(b"</", 1)),
        },
        add={"xl/sharedStrings.xml": f'<sst xmlns="{SHEET_MAIN_NS}">{texts}</sst>'},
    )


def test_shared_texts_are_put_together_without_their_phonetic_guides():
    content = with_shared_texts(
        "<si><t>Một</t></si>"
        '<si><r><t>Lê </t></r><r><t>An_x000D_</t></r><rPh sb="0" eb="2"><t>?</t></rPh></si>',
        '<row r="3"><c r="B3" t="s"><v>1</v></c><c t="s"><v>0</v></c></row>',
    )

    [row] = read_workbook(content)[0].rows

    assert row.number == 3
    assert [(column, cell.value) for column, cell in row.cells.items()] == [
        (1, "Lê An "),
        (2, "Một"),
    ]


def test_shared_text_repeated_too_often_is_refused():
    rows = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(1000))

    assert "quá nhiều chữ" in refusal(with_shared_texts(f"<si><t>{'A' * 30_000}</t></si>", rows))


@pytest.mark.parametrize(
    "row",
    [
        '<row r="3"><c t="s"><v>9</v></c></row>',
        '<row r="3"><c><v>1</v></c></row><row r="3"><c><v>2</v></c></row>',
        '<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>2</v></c></row>',
        '<row r="3"><c r="A3"><v>1</v></c><c r="A3"><v>2</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="x"><c><v>1</v></c></row>',
        "<row><c><v>mười</v></c></row>",
    ],
)
def test_contradictions_inside_a_sheet_are_refused(row):
    assert "bị hỏng" in refusal(with_shared_texts("<si><t>Một</t></si>", row))


def test_far_cell_is_refused():
    row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    [sheet] = read_workbook(with_rows(row))

    assert "quá 60 cột" in sheet.refused
    assert sheet.rows == []


def test_row_beyond_the_limit_ends_the_reading():
    row = b'<row><c t="inlineStr"><is><t>An</t></is></c></row>'

    [sheet] = read_workbook(with_rows(row * 1_000_000))

    assert "quá 5.000 dòng" in sheet.refused
    assert len(sheet.rows) == limits.MAX_ROWS


def test_styled_but_empty_rows_are_no_rows():
    [sheet] = read_workbook(with_rows(b'<row><c s="1"/></row>' * 300_000))

    assert (sheet.rows, sheet.refused) == ([], "")


def test_dimension_is_not_believed():
    content = in_sheet('<dimension ref="A2:AF230" />', '<dimension ref="A1:XFD1048576" />')

    assert read_workbook(content) == read_workbook(SAMPLE)


def test_too_many_sheets_are_refused():
    book = Workbook()
    for number in range(limits.MAX_SHEETS):
        book.create_sheet(f"Trang {number}")

    assert "quá nhiều trang tính" in refusal(save(book))


def test_formula_and_text_that_looks_like_one_are_told_apart():
    content = make_workbook(member(ho_ten=Formula("=A1")), member(ho_ten=Text("=A1")))

    [sheet] = read_workbook(content)

    cells = [row.cell(1) for row in sheet.rows[2:]]
    assert [(cell.kind, cell.value) for cell in cells] == [("f", "=A1"), ("s", "=A1")]


@pytest.mark.parametrize(
    ("formulas", "shown"),
    [
        ('<f t="shared" si="0" ref="A1:A2">B1+1</f>|<f t="shared" si="0"/>', ["=B1+1", "=B2+1"]),
        ('<f t="array" ref="A1:A2">B1:B2</f>', ["=B1:B2"]),
        ('<f t="dataTable" ref="A1:A2" r1="B1"/>', ["="]),
    ],
)
def test_formula_of_several_cells_is_a_formula_in_each_of_them(formulas, shown):
    rows = "".join(
        f'<row r="{row}"><c r="A{row}">{formula}<v>1</v></c></row>'
        for row, formula in enumerate(formulas.split("|"), start=1)
    )

    [sheet] = read_workbook(with_rows(rows.encode()))

    assert [row.cell(0) for row in sheet.rows] == [Cell("f", text) for text in shown]


def test_truth_values_and_errors_are_no_text():
    cells = '<c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c>'

    [row] = read_workbook(with_rows(f"<row>{cells}</row>".encode()))[0].rows

    assert [(cell.kind, cell.value) for cell in row.cells.values()] == [
        ("e", "TRUE"),
        ("e", "#N/A"),
    ]


def test_hidden_rows_are_marked_and_empty_ones_keep_their_number():
    book = Workbook()
    book.active["A2"], book.active["A4"] = "An", "Bình"
    book.active.row_dimensions[4].hidden = True

    rows = read_workbook(save(book))[0].rows

    assert [(row.number, row.hidden) for row in rows] == [(2, False), (4, True)]


@pytest.mark.parametrize(
    ("number_format", "kind"),
    [("DD/MM/YYYY", "d"), ("[$-1010000]d/m/yyyy;@", "d"), ("mm/yyyy", "p"), ("yyyy", "p")],
)
def test_date_format_tells_what_a_number_is(number_format, kind):
    book = Workbook()
    book.active["A1"] = 38055
    book.active["A1"].number_format = number_format

    cell = read_workbook(save(book))[0].rows[0].cell(0)

    assert (cell.kind, cell.value) == (kind, "2004-03-09")


@pytest.mark.parametrize("number_format", ["General", '#,##0\\ "đ"', "[Red]0.00", "hh:mm"])
def test_other_number_format_is_no_date(number_format):
    book = Workbook()
    book.active["A1"] = 38055
    book.active["A1"].number_format = number_format

    assert read_workbook(save(book))[0].rows[0].cell(0).kind == "n"


def test_dates_counted_from_1904_are_the_same_days():
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = date(2004, 3, 9)

    cell = read_workbook(save(book))[0].rows[0].cell(0)

    assert cell.value == "2004-03-09"


@pytest.mark.parametrize(
    ("program", "part"),
    [
        ("import os; os.abort()", "quá nặng để đọc"),
        ("raise SystemExit(3)", "bị hỏng"),
        ("print('no answer')", "bị hỏng"),
    ],
)
def test_reader_that_dies_or_babbles_refuses_the_file(program, part):
    with pytest.raises(WorkbookRefused, match=part):
        read_workbook(SAMPLE, reader=(sys.executable, "-c", program))


@pytest.mark.parametrize("program", ["bytearray(600 << 20)", "open('x.tmp', 'w', 1).write('x\\n')"])
def test_reader_has_little_memory_and_writes_no_file(program, tmp_path):
    limited = f"from doanvien.nhap.reader import set_limits; set_limits(); {program}"

    process = subprocess.run(
        [sys.executable, "-B", "-c", limited],
        env={"PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )

    assert process.returncode != 0
    assert re.search(rb"MemoryError|File too large", process.stderr)


def test_hundreds_of_mutations_are_read_or_refused():
    chance = random.Random(20261122)

    for _ in range(300):
        found = answer(mutated(chance))
        assert set(found) in ({"sheets"}, {"refused"})
        assert "sheets" in found or SENTENCE.match(found["refused"])


def test_mutations_through_the_limited_process_are_read_or_refused():
    chance = random.Random(7)

    outcomes = [outcome(mutated(chance)) for _ in range(12)]

    assert all(found == "read" or SENTENCE.match(found) for found in outcomes)


def outcome(content):
    try:
        read_workbook(content)
    except WorkbookRefused as refused:
        return str(refused)
    return "read"


def mutated(chance):
    """Half of them broken in the raw file, half inside one part."""
    if chance.random() < 0.5:
        return scrambled(SAMPLE, chance)
    name = chance.choice(zipfile.ZipFile(BytesIO(SAMPLE)).namelist())
    return rebuilt(replace={name: lambda part: scrambled(part, chance)})


def scrambled(content, chance):
    content = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if chance.random() < 0.2:
        del content[chance.randrange(len(content)) :]
    return bytes(content)
