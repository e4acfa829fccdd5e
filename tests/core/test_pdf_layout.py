"""Thể thức: breaks, compact set, columns of the heading, tables, signatures, missing data."""

from dataclasses import replace
from datetime import date

import pytest

from core.pdf import (
    Cell,
    CheckLine,
    Column,
    Fields,
    GroupRow,
    Heading,
    Paper,
    Para,
    Section,
    Signatures,
    Signer,
    TableBlock,
    TheThuc,
    Title,
    dia_danh_ngay,
    so_hieu,
)
from core.pdf.blocks import Dots
from core.pdf.markup import document_html, heading_columns
from core.pdf.metrics import width_mm
from core.pdf.render import fit, lay_out_papers, render_pdf
from tests.core.papers_examples.common import ward_heading, ward_signature
from tests.core.papers_examples.dossier import ho_so
from tests.core.papers_examples.hard import chu_ky_le, giay_gioi_thieu, ten_dai
from tests.core.papers_examples.lists import bang_dai, trich_ngang
from tests.core.papers_examples.resolutions import nghi_quyet_4_knd
from tests.core.pdf_reading import page_boxes, page_texts, reader, text_boxes, words


def last_page(paper: Paper) -> list:
    return page_boxes(paper)[-1]


def main_texts(page) -> list[str]:
    """The texts between the top and the bottom margin, in order."""
    return [box.text for box in text_boxes(page) if 19 < box.top < 277]


def lines_above(page, classes: set[str]) -> int:
    """Printed lines of the text on this page that stand above the signature."""
    signature = min((box.top for box in page if classes & box.classes), default=0)
    lines = {
        round(box.top)
        for box in text_boxes(page)
        if 19 < box.top < signature - 0.1 and not {"heading", "tieu-de", "ngay"} & box.classes
    }
    return len(lines)


@pytest.mark.parametrize("filler", range(7, 12))
@pytest.mark.parametrize("repeat", [1, 3, 7])
def test_signature_never_stands_alone(filler, repeat):
    paper = chu_ky_le("Đoạn cuối của văn bản dùng để thử việc ngắt trang. " * repeat, filler)

    page = last_page(paper)

    assert any("signatures" in box.classes for box in page)
    assert lines_above(page, {"signatures"}) >= 2


def test_signature_takes_two_lines_of_the_last_paragraph_along():
    first, second = page_boxes(chu_ky_le())

    assert not any("signatures" in box.classes for box in first)
    assert lines_above(second, {"signatures"}) == 2


@pytest.mark.parametrize("row_count", [4, 13, 14, 15, 16, 60])
def test_last_page_of_a_table_has_three_rows_and_its_header(row_count):
    for page in page_boxes(bang_dai(row_count))[1:]:
        numbers = [box.text for box in text_boxes(page) if "center" in box.classes]

        assert "TT" in {box.text for box in text_boxes(page)}
        assert len([text for text in numbers if text.isdigit()]) >= 3


@pytest.mark.parametrize("row_count", range(13, 18))
def test_one_line_between_table_and_signature_takes_rows_along(row_count):
    paper = bang_dai(row_count)
    table = replace(paper.body[0], note="")
    page = last_page(replace(paper, body=[table, Para("Danh sách đã được thông qua.")]))

    rows = [box.text for box in text_boxes(page) if "center" in box.classes and box.text.isdigit()]
    assert len(rows) >= 3


@pytest.mark.parametrize("shift", range(3))
def test_group_rows_stay_with_their_first_row(shift):
    rows = [[str(n), "Hàng đầu"] for n in range(shift)]
    for group in range(1, 25):
        rows += [GroupRow(f"Nhóm {group}"), *([str(n), "Nội dung"] for n in range(2))]
    paper = Paper(body=[TableBlock([Column("TT", 10), Column("Nội dung")], rows)], compact=False)

    pages = page_boxes(paper)

    assert len(pages) == 2
    for page in pages:
        assert not main_texts(page)[-1].startswith("NHÓM")


def test_table_rows_never_split():
    row = ["1", "Nội dung dài nhiều dòng. " * 20]
    table = TableBlock([Column("TT", 10), Column("Nội dung")], [row] * 25)

    for page in page_boxes(Paper(body=[table], compact=False)):
        assert main_texts(page)[-1].strip().endswith("dòng.")
        assert main_texts(page)[2].startswith("1")


@pytest.mark.parametrize("line_count", range(28, 33))
def test_section_is_never_last_on_a_page(line_count):
    body = [*(Para(f"Dòng {n}") for n in range(line_count)), Section("II. Mục sau"), Para("Hết.")]

    for page in page_boxes(Paper(body=body, compact=False)):
        assert main_texts(page)[-1] != "II. MỤC SAU"


def short_overflow(lines: int) -> Paper:
    """A letter whose text runs over the first page by a few lines."""
    body = [Para("Đoạn văn dùng để thử bộ cỡ chữ nhỏ, viết vừa một dòng.") for _ in range(lines)]
    return Paper(
        heading=ward_heading(5, "TB", date(2026, 1, 3)),
        title=Title("THÔNG BÁO", "Thử"),
        body=body,
        signatures=ward_signature(["Lưu: VP"], room_mm=22),
    )


def test_compact_set_is_taken_when_it_saves_a_page():
    (paper,), layout = fit([short_overflow(21)], "Thử")

    assert paper.compact is True
    assert layout.page_count() == 1


def test_compact_set_is_left_when_it_saves_nothing():
    (paper,), layout = fit([short_overflow(24)], "Thử")

    assert paper.compact == "auto"
    assert layout.page_count() == 2


def test_a_last_page_with_eight_lines_keeps_fourteen_points():
    body = [*(Para(f"Dòng {n}.") for n in range(29 + 9))]
    (paper,), layout = fit([Paper(body=body)], "Thử")

    assert layout.page_count() == 2
    assert layout.last_lines() >= 8
    assert paper.compact == "auto"


@pytest.fixture
def layouts(monkeypatch):
    """Which set each paper was laid out in, in turn."""
    given = []

    def noted(papers, title, **kwargs):
        given.extend(paper.compact for paper in papers)
        return lay_out_papers(papers, title, **kwargs)

    monkeypatch.setattr("core.pdf.render.lay_out_papers", noted)
    return given


def test_a_file_of_papers_that_fit_is_laid_out_once(layouts):
    fit([short_overflow(lines) for lines in (5, 36, 5)], "Thử")

    assert layouts == ["auto"] * 3


def test_each_paper_of_a_file_takes_the_set_it_takes_alone(layouts):
    papers = [short_overflow(lines) for lines in (5, 21, 24, 36)]

    chosen, layout = fit(papers, "Thử")

    assert [paper.compact for paper in chosen] == ["auto", True, "auto", "auto"]
    assert [layout.page_count(number) for number in range(4)] == [1, 1, 2, 2]
    assert layouts == ["auto", "auto", True, "auto", True, "auto"]
    alone = [fit([paper], "Thử") for paper in papers]
    assert [paper for (paper,), _ in alone] == chosen
    assert [own.last_lines() for _, own in alone] == [layout.last_lines(n) for n in range(4)]


@pytest.mark.parametrize(
    ("place", "columns", "classes"),
    [
        ("Minh Tân", (78, 82), "one-line"),
        ("TP. Hồ Chí Minh", (60, 100), "narrow one-line"),
        ("Thành phố Hồ Chí Minh", (60, 100), "narrow small-date one-line"),
    ],
)
def test_heading_columns_follow_the_measured_date(place, columns, classes):
    heading = Heading("A", "B", dia_danh_ngay(place, date(2026, 1, 7)))

    assert heading_columns(heading, Paper(heading=heading)) == (columns, classes)


def test_measured_widths_are_those_of_the_specification():
    assert round(width_mm("ĐOÀN TNCS HỒ CHÍ MINH", 15, bold=True), 1) == pytest.approx(67.8, abs=1)
    name = width_mm("BAN CHẤP HÀNH ĐOÀN PHƯỜNG MINH TÂN", 14, bold=True)
    assert name == pytest.approx(106.6, abs=1.5)


def test_line_under_the_heading_is_as_long_as_its_text():
    page = page_boxes(short_overflow(3))[0]

    [line] = [box for box in page if box.kind == "InlineBlockBox" and box.top < 25]
    [text] = [box for box in text_boxes(page) if box.text == "ĐOÀN TNCS HỒ CHÍ MINH"]
    assert line.right - line.left == pytest.approx(text.right - text.left, abs=0.01)


def test_long_names_break_before_the_proper_name():
    text = "\n".join(page_texts(render_pdf(ten_dai(), title="Tên dài")))

    assert "THÀNH ĐOÀN THÀNH PHỐ\nHỒ CHÍ MINH" in text
    assert "\nTÂN THUẬN ĐÔNG\n" in text


def test_names_of_three_signers_stand_on_one_line():
    signers = [
        Signer(["ĐOÀN VIÊN"], "Thạch Sô Phi", note="(đã đọc)"),
        Signer(["TM. BCH CHI ĐOÀN", "BÍ THƯ"], "Danh Hoàng Vũ", room_mm=16),
        Signer(["TỔ TRƯỞNG"], "Nguyễn Thị Quỳnh Hương"),
    ]
    page = page_boxes(Paper(body=[Para("A"), Para("B")], signatures=Signatures(signers)))[0]

    tops = {round(box.top, 2) for box in text_boxes(page) if "name" in box.classes}
    assert len(tops) == 1


@pytest.mark.parametrize(
    "signatures",
    [
        Signatures([]),
        Signatures([Signer(["A"])] * 4),
        Signatures([Signer(["A"]), Signer(["B"])], noi_nhan=["Lưu: VP"]),
    ],
)
def test_impossible_signatures_are_refused(signatures):
    with pytest.raises(ValueError, match="signer"):
        document_html(Paper(signatures=signatures), "Thử")


@pytest.mark.parametrize(
    "columns",
    [
        [Column("A", 100), Column("B", 70)],
        [Column("A", 100), Column("B", 50)],
        [Column("A"), Column("B")],
        [Column("A", 170), Column("B")],
    ],
)
def test_table_that_does_not_fill_the_text_is_refused(columns):
    with pytest.raises(ValueError, match="mm"):
        document_html(Paper(body=[TableBlock(columns, [["1", "2"]])]), "Thử")


def test_row_with_a_missing_cell_is_refused():
    table = TableBlock([Column("A", 60), Column("B")], [["1"]])

    with pytest.raises(ValueError, match="row 1 has 1 cells for 2"):
        document_html(Paper(body=[table]), "Thử")


def test_table_fills_the_text_and_spans_columns():
    table = TableBlock(
        [Column("TT", 10, "center"), Column("Chi đoàn"), Column("Tổng số", 20, "right")],
        [["1", "Khu phố 1", "14"], [Cell("Tổng cộng", span=2, bold=True), Cell("14", bold=True)]],
    )
    page = page_boxes(Paper(body=[table]))[0]

    [box] = [box for box in page if box.kind == "TableBox"]
    assert (round(box.left), round(box.right)) == (30, 190)


def test_missing_data_are_dotted_lines():
    pdf = render_pdf(giay_gioi_thieu(), title="Giấy giới thiệu")
    text = words(page_texts(pdf)[0])
    page = page_boxes(giay_gioi_thieu())[0]

    assert "Quê quán: ......" in text
    assert "None" not in text
    assert len([box for box in page if "dots" in box.classes]) == 8
    ends = {}
    for box in text_boxes(page):
        if box.text == ".":
            ends[round(box.top)] = max(box.right, ends.get(round(box.top), 0))
    assert [round(end, 1) for end in ends.values()] == [190.0] * 7


def test_none_in_a_paragraph_is_a_dotted_line_and_is_not_justified():
    html = document_html(Paper(body=[Para(["Sinh ngày ", None, "; quê quán: ", Dots(40)])]), "T")

    assert '<span class="dots mm-2500"></span>; quê quán: <span class="dots mm-4000">' in html
    assert "para left" in html


@pytest.mark.parametrize(
    ("so", "mau", "text"),
    [
        (7, "{so}-{loai}/{don_vi}", "Số: 07-NQ/ĐTN"),
        (118, "{so}/{loai}-{don_vi}", "Số: 118/NQ-ĐTN"),
        (36, "{so} - {loai}/{don_vi}", "Số: 36 - NQ/ĐTN"),
        (None, "{so}-{loai}/{don_vi}", ("Số: ", Dots(14), "-NQ/ĐTN")),
    ],
)
def test_number_line_follows_the_pattern_of_the_unit(so, mau, text):
    assert so_hieu(so, "NQ", "ĐTN", mau) == text


def test_addressees_and_receivers_end_as_the_rules_say():
    paper = Paper(
        kinh_gui=["Đảng ủy phường", "Chi bộ Khu phố 3."],
        body=[Para("A"), Para("B./.")],
        signatures=ward_signature(["Như trên;", "Lưu: VP"]),
    )
    text = words(page_texts(render_pdf(paper, title="Thư"))[0])

    assert "Kính gửi: - Đảng ủy phường; - Chi bộ Khu phố 3." in text
    assert "Nơi nhận: - Như trên; - Lưu: VP." in text


def test_one_addressee_has_no_dash():
    paper = Paper(kinh_gui=["Ban Chấp hành Đoàn phường"], body=[Para("A")])

    assert "Kính gửi: Ban Chấp hành Đoàn phường." in words(
        page_texts(render_pdf(paper, title="Thư"))[0]
    )


def test_settings_of_the_unit_change_the_heading():
    base = short_overflow(3)
    plain = replace(base, the_thuc=TheThuc(sao="", co_chu=13, tieu_de_trai=True))

    text = page_texts(render_pdf(plain, title="Thử"))[0]
    assert "***" not in text
    [tieu_de] = [box for box in text_boxes(page_boxes(plain)[0]) if "TNCS" in box.text]
    assert tieu_de.right < 110
    assert 'class="paper size-13' in document_html(plain, "Thử")


def test_fields_print_label_and_value():
    paper = Paper(body=[Fields([("Chi đoàn", "Khu phố 3"), ("Số tờ", None)])])

    text = words(page_texts(render_pdf(paper, title="Thử"))[0])
    assert text.startswith("Chi đoàn: Khu phố 3 Số tờ: ....")


def test_slip_on_a5_has_a_code_but_no_qr():
    paper = Paper(page="A5-landscape", body=[Para("A")], check=CheckLine("PT-1", "doan.example"))
    page = page_boxes(paper)[0]

    assert not any("qr" in box.classes for box in page)
    [line] = [box for box in text_boxes(page) if "PT-1" in box.text]
    assert 136 < line.top < 148


def test_parts_of_one_file_keep_their_own_page_formats():
    papers = [*ho_so(), replace(trich_ngang(), continues=True), nghi_quyet_4_knd()]
    file = reader(render_pdf(papers, title="Hồ sơ"))

    sizes = [(round(p.mediabox.width), round(p.mediabox.height)) for p in file.pages]
    assert sizes == [(595, 842)] * 3 + [(842, 595)] + [(595, 842)] * 2


def test_warning_about_sensitive_data_stands_in_the_bottom_margin():
    paper = Paper(body=[Para("A")], canh_bao="Có dữ liệu cá nhân")
    page = page_boxes(paper)[0]

    [line] = [box for box in text_boxes(page) if box.text == "Có dữ liệu cá nhân"]
    assert line.top > 277
