"""Text on its way to a paper, what a file may hold, and a server that cannot print."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import RuleError
from core.pdf import Bold, CheckLine, Paper, Para, TableBlock, paragraphs, render_pdf
from core.pdf import layout as pdf_layout
from core.pdf.blocks import Column
from core.pdf.inline import even_lines, inline_html, join_proper_name, keep_together, normalise
from core.pdf.markup import check_text, qr_uri
from core.pdf.metrics import font_path, has_glyph
from tests.core.pdf_reading import fonts, page_texts, words

VOWELS = "a ă â e ê i o ô ơ u ư y".split()  # noqa: SIM905 -- reads better
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES]
ALL_LETTERS = [*LETTERS, *(letter.upper() for letter in LETTERS), "đ", "Đ"]


def test_all_146_letters_print_in_every_style_without_another_font():
    assert len(set(ALL_LETTERS)) == 146
    text = " ".join(ALL_LETTERS)

    pdf = render_pdf(Paper(body=[Para(text), Para([Bold(text)])]), title="Chữ")

    assert set(fonts(pdf)) == {"Doc", "Doc-Bold"}
    assert words(page_texts(pdf)[0]) == f"{text} {text}"


def test_decomposed_names_print_composed():
    name = "Nguyễn Thị Quỳnh Hương – Ữ Ợ Ậ"
    pdf = render_pdf(Paper(body=[Para(unicodedata.normalize("NFD", name))]), title="Tên")

    assert page_texts(pdf)[0] == name
    assert set(fonts(pdf)) == {"Doc"}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Trần\u200b Minh\ufeff Đức\u00ad", "Trần Minh Đức"),
        ("vui 😀👍", "vui "),
        ("họp ✓", "họp x"),
        ("tên ខ្មែរ", "tên ???"),
        ("a\x00b\x0bc", "abc"),
    ],
)
def test_what_the_font_cannot_print(text, printed):
    assert normalise(text) == printed


@given(st.text())
def test_normalised_text_holds_only_letters_of_the_font(text):
    result = normalise(text)

    assert unicodedata.is_normalized("NFC", result)
    assert all(char == "\n" or has_glyph(char) for char in result)


def test_an_endless_word_is_given_places_to_break():
    parts = normalise("a" * 1000).split(" ")

    assert max(map(len, parts)) <= 120
    assert "".join(parts) == "a" * 1000


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("ngày 05 tháng 02 năm 2026", "ngày_05 tháng_02 năm_2026"),
        ("ngày 05/02/2026", "ngày 05/02/2026"),
        ("dịp 27/7", "dịp 27/7"),
        ("quý III và Quý IV", "quý_III và Quý_IV"),
        ("số 07-NQ/ĐTN, Điều 4", "số_07-NQ/ĐTN, Điều_4"),
        ("Chi đoàn Khu phố 3", "Chi đoàn Khu_phố_3"),
        ("Chi bộ Khu vực 3, phường I", "Chi bộ Khu_vực_3, phường_I"),
        ("Phường I, TP. Vị Thanh", "Phường_I, TP. Vị Thanh"),
        ("có mặt 14 đồng chí", "có mặt 14_đồng_chí"),
        ("1.764.000 đồng", "1.764.000_đồng"),
        ("tán thành 19/19 đồng chí", "tán thành 19/19 đồng chí"),
        ("04 đoàn viên", "04 đoàn viên"),
        ("lúc 19 giờ 30 phút", "lúc 19_giờ 30_phút"),
    ],
)
def test_words_that_stay_together(text, joined):
    assert keep_together(text) == joined.replace("_", "\u00a0")


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("BCH ĐOÀN PHƯỜNG MINH TÂN", "BCH ĐOÀN PHƯỜNG MINH_TÂN"),
        ("CHI ĐOÀN KHU PHỐ 3", "CHI ĐOÀN KHU_PHỐ_3"),
        ("THÀNH ĐOÀN CẦN THƠ", "THÀNH ĐOÀN CẦN_THƠ"),
        ("THÀNH ĐOÀN THÀNH PHỐ HỒ CHÍ MINH", "THÀNH ĐOÀN THÀNH PHỐ HỒ_CHÍ_MINH"),
        ("CHI ĐOÀN CÔNG TY MAY TÂN PHÁT", "CHI ĐOÀN CÔNG TY MAY TÂN PHÁT"),
    ],
)
def test_proper_names_of_the_heading_stay_whole(text, joined):
    assert join_proper_name(text) == joined.replace("_", "\u00a0")


def test_inline_escapes_and_keeps_codes_whole():
    html = inline_html(["<b>", Bold("A & B"), " mẫu 4-KNĐ\nhết"])

    assert html == (
        '&lt;b&gt;<b>A &amp; B</b> mẫu <span class="nb">4-KNĐ</span><br>hết'  # a new line breaks
    )


def test_number_of_a_paper_is_one_piece_with_the_word_that_clings_to_it():
    """Apart from that word, WeasyPrint ends a line after each of the words before it."""
    text = "theo Quyết định số 15-QĐ/ĐTN về tổ"

    assert 'định <span class="nb">số\u00a015-QĐ/ĐTN</span> về' in inline_html(text)
    for count in range(1, 4):
        start = "Xét " * count
        para = Para(f"{start}Quyết định này kể từ ngày ký. Danh sách {text}, kèm danh sách.")
        page = page_texts(render_pdf(Paper(body=[para]), title="Thử"))[0]
        assert len(page.splitlines()[0].split()) > 10


def test_typed_text_becomes_one_paragraph_a_line():
    assert paragraphs(" Một \n\n hai") == [Para("Một"), Para("hai")]
    assert paragraphs("  ") == paragraphs(None) == [Para(None)]


def test_check_line_prints_the_address_without_its_scheme():
    paper = Paper(check=CheckLine("A-1", "http://127.0.0.1:8000"), canh_bao="Mật")

    assert check_text(paper) == "Mã kiểm tra: A-1 – 127.0.0.1:8000/kiem-tra/A-1\nMật"
    assert check_text(Paper(check=CheckLine("A-1"))) == "Mã kiểm tra: A-1"
    assert check_text(Paper()) == ""


def test_qr_holds_the_address_alone():
    secure = qr_uri(CheckLine("A-1", "doan.example"))

    assert secure == qr_uri(CheckLine("A-1", "https://doan.example"))
    assert secure != qr_uri(CheckLine("A-1", "http://doan.example"))
    assert secure.startswith("data:image/svg+xml")


@pytest.mark.parametrize(
    "paper",
    [
        Paper(body=[Para("chữ " * 60_000)]),
        Paper(body=[TableBlock([Column("A")], [["1"]] * 4_001)]),
    ],
)
def test_a_paper_too_long_is_refused_with_what_to_do(paper):
    with pytest.raises(RuleError, match="thu hẹp phạm vi"):
        render_pdf(paper, title="Dài")


def test_too_many_papers_are_refused():
    with pytest.raises(RuleError, match="tối đa 60 văn bản"):
        render_pdf([Paper()] * 61, title="Nhiều")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "https://example.org/x",
        "file:///etc/hostname",
        "asset:../../etc/hostname",
        "asset:paper.css",
        "ftp://127.0.0.1/x",
        "texgyretermes-bold.otf",
    ],
)
def test_fetcher_knows_only_its_fonts(url):
    with pytest.raises(ValueError, match="nothing but its own fonts"):
        pdf_layout.paper_fetcher()(url)


def test_fetcher_gives_fonts_and_inline_pictures():
    fetch = pdf_layout.paper_fetcher()

    assert fetch("asset:texgyretermes-bold.otf").read()[:4] == b"OTTO"
    assert fetch("data:text/plain,abc").read() == b"abc"


def test_missing_fonts_are_told_in_plain_words(settings, tmp_path):
    settings.PAPER_FONTS_DIR = tmp_path

    with pytest.raises(RuleError, match="thiếu bộ phông chữ"):
        font_path("texgyretermes-regular.otf")


def test_missing_libraries_are_told_in_plain_words(tmp_path, monkeypatch):
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library pango')")
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)
    pdf_layout.engine.cache_clear()

    with pytest.raises(RuleError, match="thiếu thư viện dàn trang"):
        render_pdf(Paper(), title="Thử")


def test_a_subject_has_no_line_of_one_word():
    text = "“Giải pháp nâng cao chất lượng chi đoàn trên địa bàn khu dân cư”"

    first, second = even_lines(f"Kết quả thực hiện mô hình\n{text}").split("\n")[1:]

    assert f"{first} {second}" == text
    assert abs(len(first) - len(second)) < 12
    assert even_lines("Kiểm tra đoàn phí") == "Kiểm tra đoàn phí"


@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=80), min_size=1))
def test_even_lines_keep_every_word(words):
    text = " ".join(words)

    lines = even_lines(text).split("\n")

    assert " ".join(lines).replace("\u00a0", " ") == text
    assert all(lines)
