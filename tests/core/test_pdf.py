"""Whole papers: what every printed file of the Union keeps, checked on the reference papers."""

import gc
import os
import re
import subprocess
import sys
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.conf import settings

from core.pdf import Chart, Charts, Paper, Para, pdf_response, render_pdf
from core.pdf.layout import VARIANTS
from core.pdf.markup import block_html, document_html
from tests.core.hostile import HOSTILE, is_harmless
from tests.core.papers_examples import EXAMPLES
from tests.core.papers_examples.common import HOST
from tests.core.papers_examples.resolutions import nghi_quyet_4_knd
from tests.core.pdf_reading import (
    example_boxes,
    example_pdf,
    fonts,
    is_nfc,
    page_boxes,
    page_texts,
    reader,
    text_boxes,
    words,
    xmp,
)

PAGE_COUNTS = {
    "01-nghi-quyet-4-knd": 2,
    "03-bien-ban-sinh-hoat-chi-doan": 2,
    "04-bien-ban-hop-bch": 2,
    "05-danh-sach-trich-ngang": 1,
    "06-phieu-nhan-xet-quy": 1,
    "07-bao-cao-quy": 5,
    "08-cong-van": 1,
    "09-ho-so": 3,
    "11b-giay-gioi-thieu": 1,
    "90-ten-dai": 1,
    "92-chu-ky-le": 2,
    "93-bang-60-dong": 4,
}
NAMES = list(EXAMPLES)


@pytest.mark.parametrize("name", NAMES)
def test_paper_has_the_pages_of_its_picture(name):
    assert len(reader(example_pdf(name)).pages) == PAGE_COUNTS[name]


@pytest.mark.parametrize("name", NAMES)
def test_paper_embeds_only_the_private_fonts(name):
    found = fonts(example_pdf(name))

    assert set(found) <= {"Doc", "Doc-Bold", "Doc-Italic", "Doc-Bold-Italic"}
    assert all(found.values())


@pytest.mark.parametrize("name", NAMES)
def test_paper_text_is_nfc_and_has_no_empty_words(name):
    text = "\n".join(page_texts(example_pdf(name)))

    assert is_nfc(text)
    assert "None" not in text
    assert "\ufffd" not in text
    assert "\u00a0" not in text


@pytest.mark.parametrize("name", NAMES)
def test_paper_is_tagged_vietnamese_and_titled(name):
    file = reader(example_pdf(name))
    catalog = file.trailer["/Root"]

    assert catalog["/Lang"] == "vi"
    assert catalog["/MarkInfo"]["/Marked"]
    assert b'pdfuaid:part="1"' in catalog["/Metadata"].get_object().get_data()
    assert dict(file.metadata) == {"/Title": f"Văn bản {name}"}


@pytest.mark.parametrize("name", NAMES)
def test_paper_carries_no_attachment_script_or_version(name):
    pdf = example_pdf(name)
    file = reader(pdf)

    assert file.attachments == {}
    assert "/OpenAction" not in file.trailer["/Root"]
    assert b"WeasyPrint" not in file.trailer["/Root"]["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("name", NAMES)
def test_second_rendering_gives_the_same_bytes(name):
    again = render_pdf(EXAMPLES[name](), title=f"Văn bản {name}")

    assert again == example_pdf(name)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "09-ho-so"])
def test_page_number_begins_on_the_second_page(name):
    first, *others = example_boxes(name)

    assert [box.text for box in text_boxes(first) if box.bottom < 19 and box.text.isdigit()] == []
    for number, page in enumerate(others, start=2):
        assert str(number) in [box.text for box in text_boxes(page) if box.bottom < 19]


def test_parts_that_continue_a_file_show_their_number():
    cover, contents, checklist = example_boxes("09-ho-so")

    assert not [box for box in text_boxes(cover) if box.text.isdigit() and box.top < 30]
    assert "2" in [box.text for box in text_boxes(contents) if box.bottom < 19]
    assert "3" in [box.text for box in text_boxes(checklist) if box.bottom < 19]


@pytest.mark.parametrize(
    ("name", "left", "right", "width"),
    [
        ("01-nghi-quyet-4-knd", 30, 20, 210),
        ("05-danh-sach-trich-ngang", 20, 15, 297),
        ("07-bao-cao-quy", 30, 20, 210),
        ("09-ho-so", 25, 15, 210),
        ("90-ten-dai", 30, 20, 210),
        ("93-bang-60-dong", 30, 20, 210),
    ],
)
def test_nothing_is_printed_in_the_side_margins(name, left, right, width):
    for page in example_boxes(name):
        for box in text_boxes(page):
            assert box.left >= left - 0.1, box.text
            assert box.right <= width - right + 0.1, box.text


def test_check_line_is_on_every_page_and_the_code_on_the_first():
    pages = example_boxes("07-bao-cao-quy")

    line = f"Mã kiểm tra: MT26-BCQ3-1Z9M – {HOST}/kiem-tra/MT26-BCQ3-1Z9M"
    for page in pages:
        assert line in "".join(box.text for box in text_boxes(page) if box.top > 277)
    assert [any("qr" in box.classes for box in page) for page in pages] == [True] + [False] * 4
    [code] = [box for box in pages[0] if "qr" in box.classes and "Replaced" in box.kind]
    assert round(code.right - code.left, 1) == 14.0
    assert code.top > 277


def test_two_papers_in_one_file_begin_afresh():
    pdf = render_pdf([EXAMPLES["08-cong-van"](), EXAMPLES["01-nghi-quyet-4-knd"]()], title="Hai")
    pages = page_boxes([EXAMPLES["08-cong-van"](), EXAMPLES["01-nghi-quyet-4-knd"]()])

    assert len(reader(pdf).pages) == 3
    assert [any("qr" in box.classes for box in page) for page in pages] == [True, True, False]
    assert "MT26-CVKQ-8L5X" in page_texts(pdf)[0]
    assert "MT26-CVKQ-8L5X" not in page_texts(pdf)[1]
    assert "MT26-4KND-7Q3K" in page_texts(pdf)[2]


def test_numbers_of_pages_begin_afresh_with_each_paper_of_a_file():
    numbers = [
        [box.text for box in text_boxes(page) if box.bottom < 19 and box.text.isdigit()]
        for page in page_boxes([EXAMPLES["08-cong-van"](), EXAMPLES["01-nghi-quyet-4-knd"]()])
    ]

    assert numbers == [[], [], ["2"]]


def test_a_paper_without_a_code_does_not_bear_that_of_the_one_before_it():
    letter = EXAMPLES["08-cong-van"]()
    pages = page_boxes([letter, replace(letter, check=None), letter])

    assert [any("qr" in box.classes for box in page) for page in pages] == [True, False, True]


@pytest.mark.parametrize(("variant", "conformance"), [("pdf/a-2a", "A"), ("pdf/a-2u", "U")])
def test_a_file_for_the_archive_says_so_and_keeps_its_tags(variant, conformance):
    papers = EXAMPLES["09-ho-so"]()

    pdf = render_pdf(papers, title="Hồ sơ", variant=variant)

    catalog = reader(pdf).trailer["/Root"]
    [intent] = catalog["/OutputIntents"]
    assert f'pdfaid:part="2" pdfaid:conformance="{conformance}"'.encode() in xmp(pdf)
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_object()["/N"] == 3
    assert (catalog["/MarkInfo"]["/Marked"], catalog["/Lang"]) == (True, "vi")
    assert "/StructTreeRoot" in catalog
    assert reader(pdf).trailer["/ID"]
    assert all(fonts(pdf).values())
    assert set(reader(pdf).metadata) == {"/Title"}
    assert b"WeasyPrint" not in xmp(pdf)
    assert render_pdf(papers, title="Hồ sơ", variant=variant) == pdf


def test_the_usual_file_has_no_profile_of_colours():
    assert "/OutputIntents" not in reader(example_pdf("09-ho-so")).trailer["/Root"]


@pytest.mark.parametrize("variant", VARIANTS)
def test_no_form_of_a_file_uses_transparency(variant):
    pdf = render_pdf(EXAMPLES["01-nghi-quyet-4-knd"](), title="Thử", variant=variant)

    for page in reader(pdf).pages:
        assert "/Group" not in page
        states = page["/Resources"].get("/ExtGState", {}).values()
        assert {
            value for state in states for key, value in state.items() if key in ("/ca", "/CA")
        } <= {1}


def test_text_can_be_found_and_read_in_order():
    text = words(" ".join(page_texts(example_pdf("01-nghi-quyet-4-knd"))))

    assert "Căn cứ điểm 1 Điều 4 Chương I Điều lệ Đảng Cộng sản Việt Nam;" in text
    assert "tán thành giới thiệu: 13 đồng chí (đạt 86,7% so với tổng số 15 ủy viên" in text
    assert text.count("./.") == 1
    assert text.index("THÀNH ĐOÀN CẦN THƠ") < text.index("ĐOÀN TNCS HỒ CHÍ MINH")
    assert text.index("Nơi nhận:") < text.index("TM. BAN CHẤP HÀNH")


def test_headings_skip_no_level():
    html = document_html(EXAMPLES["03-bien-ban-sinh-hoat-chi-doan"](), "Biên bản")

    assert '<h2 class="section level-1">III. Nội dung</h2>' in html
    assert '<h3 class="section level-3">5. Biểu quyết</h3>' in html


def test_papers_made_at_the_same_time_do_not_disturb_each_other():
    names = ["01-nghi-quyet-4-knd", "08-cong-van", "90-ten-dai"] * 2

    with ThreadPoolExecutor(3) as pool:
        made = list(pool.map(lambda n: render_pdf(EXAMPLES[n](), title=f"Văn bản {n}"), names))

    assert made == [example_pdf(name) for name in names]


@pytest.mark.parametrize("payload", HOSTILE)
def test_markup_in_a_name_stays_text_and_loads_nothing(payload, listener, secret):
    name = payload.format(port=listener.port, path=secret.path)

    pdf = render_pdf(nghi_quyet_4_knd(name), title=name)

    assert listener.visits == []
    assert secret.reads == []
    assert is_harmless(pdf)
    letters = "".join("".join(page_texts(pdf)).split())
    assert "".join(name.split()) in letters


def test_a_process_that_printed_leaves_no_folder_behind(tmp_path):
    """Each would leave its copy of the fonts, until the disk of the server is full."""
    code = (
        "import os, django; django.setup()\n"
        "from core.pdf.layout import engine; engine(); print(len(os.listdir(os.environ['TMPDIR'])))"
    )
    env = os.environ | {"TMPDIR": str(tmp_path)}

    done = subprocess.run(
        [sys.executable, "-c", code],
        env=env,
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    )

    assert done.stdout.strip() == "1"
    assert list(tmp_path.iterdir()) == []


def test_pdf_response_shows_the_file_and_is_kept_by_no_cache():
    response = pdf_response(b"%PDF-1.7", "BB_10_20261015.pdf")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="BB_10_20261015.pdf"'
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("searches", [True, False])
def test_the_search_for_cycles_rests_for_the_layout_alone(monkeypatch, searches):
    """Also when the layout fails; a process that has switched it off finds it off."""
    seen = []

    def fail(*args, **kwargs):
        seen.append(gc.isenabled())
        raise ValueError

    monkeypatch.setattr("weasyprint.HTML.render", fail)
    if not searches:
        gc.disable()
    try:
        with pytest.raises(ValueError, match=r"^$"):
            render_pdf(Paper(body=[Para("Thử")]), title="Thử")
        assert (seen, gc.isenabled()) == ([False], searches)
    finally:
        gc.enable()


def test_charts_are_pictures_in_the_papers_type_without_links():
    svg = '<svg class="chart"><a href="/x"><text class="value">9</text></a></svg>'

    html = block_html(Charts([Chart("Kết nạp", svg, "Kết nạp: 9")]), Paper())

    (drawn,) = re.findall(r"base64,([^\"]+)", html)
    drawn = b64decode(drawn).decode()
    assert 'font-family="Doc"' in drawn
    assert '<text font-weight="700">9</text>' in drawn
    assert "href" not in drawn
    assert 'alt="Kết nạp: 9"' in html
