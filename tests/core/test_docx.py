"""A Word file says what the printed paper says, in its order, and nothing of who made it."""

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from core.docx import render_docx
from core.pdf import CheckBox, CheckLine, Dots, Fields, Paper, Para, render_pdf
from tests.core.docx_reading import in_order, opened, texts, words_of_docx, words_of_page
from tests.core.papers_examples import EXAMPLES
from tests.core.pdf_reading import page_texts

NAMES = (
    "01-nghi-quyet-4-knd",
    "03-bien-ban-sinh-hoat-chi-doan",
    "04-bien-ban-hop-bch",
    "05-danh-sach-trich-ngang",
    "06-phieu-nhan-xet-quy",
    "07-bao-cao-quy",
    "08-cong-van",
    "90-ten-dai",
)


@lru_cache
def draft(name: str) -> Paper:
    paper = EXAMPLES[name]()
    paper = paper[0] if isinstance(paper, list | tuple) else paper
    return replace(paper, check=None)


@lru_cache
def word(name: str) -> bytes:
    return render_docx(draft(name), title=f"Văn bản {name}")


def printed_words(paper: Paper) -> Counter:
    pages = page_texts(render_pdf(paper, title="Văn bản"))
    numbers = Counter(str(number) for number in range(2, len(pages) + 1))
    return Counter(in_order("\n".join(pages).upper())) - numbers


@pytest.mark.parametrize("name", NAMES)
def test_word_says_what_the_print_says_in_its_order(name):
    assert words_of_docx(word(name)) == words_of_page(draft(name))


def test_word_has_every_word_of_the_printed_file():
    name = "03-bien-ban-sinh-hoat-chi-doan"

    found = Counter(words_of_docx(word(name)))

    assert found == printed_words(draft(name))


def test_page_and_font_are_those_of_official_papers():
    document = opened(word("03-bien-ban-sinh-hoat-chi-doan"))
    section, normal = document.sections[0], document.styles["Normal"]

    edges = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(edge.mm) for edge in edges] == [20, 20, 20, 30]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_tables_fill_the_text_and_bring_their_header_back():
    tables = opened(word("04-bien-ban-hop-bch")).tables
    votes = next(table for table in tables if len(table.columns) == 7)

    assert abs(sum(column.width for column in votes.columns) - Mm(160)) < Mm(1)
    properties = [row._tr.trPr for row in votes.rows]
    assert [item.find(qn("w:tblHeader")) is not None for item in properties] == [
        True,
        True,
        *[False] * (len(votes.rows) - 2),
    ]
    assert all(item.find(qn("w:cantSplit")) is not None for item in properties)


def test_last_lines_go_with_the_signatures():
    held = [line.paragraph_format.keep_with_next for line in opened(word("08-cong-van")).paragraphs]

    assert held[-2:] == [True, True]


def test_file_names_nobody_and_no_program():
    content = word("03-bien-ban-sinh-hoat-chi-doan")
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        about = archive.read("docProps/core.xml").decode()

    known = opened(content).core_properties
    assert (known.title, known.language) == (
        "Văn bản 03-bien-ban-sinh-hoat-chi-doan",
        "vi-VN",
    )
    assert (known.author, known.last_modified_by, known.comments) == ("", "", "")
    assert "python" not in about.lower()
    assert not [name for name in names if "thumbnail" in name]


def test_missing_data_are_dots_to_write_on():
    paper = Paper(
        body=[
            Fields([("Họ và tên", None)]),
            Para(["Sinh ngày ", Dots(20), ", đã họp ", CheckBox(checked=True)]),
        ]
    )

    document = opened(render_docx(paper, title="Phiếu"))

    first, second = [line.text for line in document.paragraphs]
    assert first == "Họ và tên: \t"
    assert re.fullmatch(r"Sinh ngày \.{10,}, đã họp ☒", second)


def test_paper_with_a_check_code_is_no_draft():
    with pytest.raises(ValueError, match="draft"):
        render_docx(Paper(check=CheckLine("MA")), title="Biên bản")


def test_several_papers_are_one_file_each_on_pages_of_its_own_format():
    upright, wide = draft("01-nghi-quyet-4-knd"), draft("05-danh-sach-trich-ngang")
    cover = replace(EXAMPLES["09-ho-so"]()[0], check=None)

    content = render_docx([cover, upright, replace(wide, continues=True)], title="Hồ sơ")

    sections = opened(content).sections
    text = " ".join("\n".join(texts(opened(content))).split())
    assert [round(section.page_width.mm) for section in sections] == [210, 210, 297]
    assert [round(section.left_margin.mm) for section in sections] == [25, 30, 20]
    firsts = [section.different_first_page_header_footer for section in sections]
    assert firsts == [True, True, False]
    framed = [section._sectPr.find(qn("w:pgBorders")) is not None for section in sections]
    assert framed == [True, False, False]
    order = ("GIỚI THIỆU ĐOÀN VIÊN ƯU TÚ", "giới thiệu đoàn viên ưu tú vào", "TRÍCH NGANG")
    places = [text.index(part) for part in order]
    assert places == sorted(places)
