"""A booklet: contents that know their leaves, numbers that run on, pictures of papers."""

import pickle
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from core.errors import RuleError
from core.pdf import (
    Booklet,
    Column,
    Leaves,
    Paper,
    Para,
    Part,
    Picture,
    Print,
    TableBlock,
    Title,
    render_pdf,
)
from core.pdf.bounds import MAX_PICTURE_BYTES, MAX_PICTURES
from tests.core.papers_examples import EXAMPLES
from tests.core.pdf_reading import page_boxes, page_texts, reader, words


def contents(rows: int = 2) -> Paper:
    columns = [Column("Tên", 120), Column("Tờ số")]
    lines = [["Nghị quyết", Leaves("a")], ["Phiếu", Leaves("b")]]
    more = [[f"Dòng {number}", "–"] for number in range(rows - 2)]
    return Paper(
        page="A4-ho-so",
        continues=True,
        title=Title("MỤC LỤC"),
        body=[TableBlock(columns, [*lines, *more]), Para(["Tổng số ", Leaves(), " tờ."])],
    )


def booklet(rows: int = 2) -> Booklet:
    parts = {"a": "01-nghi-quyet-4-knd", "b": "06-phieu-nhan-xet-quy"}
    return Booklet(
        [contents(rows)],
        [Part(key, [replace(EXAMPLES[name](), continues=True)]) for key, name in parts.items()],
        "Hồ sơ",
    )


def jpeg(width: int = 1200, height: int = 1600) -> bytes:
    content = BytesIO()
    Image.new("RGB", (width, height), "lightgray").save(content, "JPEG")
    return content.getvalue()


@pytest.mark.parametrize(("rows", "front"), [(2, 1), (60, 2)])
def test_contents_tell_the_leaves_and_numbers_of_pages_run_on(rows, front):
    """Also when the contents take more pages than was thought."""
    pages = [words(text) for text in page_texts(booklet(rows).pdf())]

    assert "Nghị quyết 1–2" in pages[0]
    assert "Phiếu 3" in pages[0]
    assert "Tổng số 3 tờ." in pages[front - 1]
    assert len(pages) == front + 3
    for number, page in enumerate(pages[front:], start=front + 1):
        assert f"{number} Mã kiểm tra" in page


def test_a_booklet_is_a_value():
    again = pickle.loads(pickle.dumps(booklet()))

    assert again == booklet()
    assert again != booklet(3)
    assert again.pdf() == booklet().pdf()


def test_a_picture_fills_its_page_as_it_was_given():
    picture = Picture(jpeg(), "Giấy chứng nhận, ảnh 1")
    paper = Paper(page="A4-ho-so", continues=True, body=[picture])

    pdf = render_pdf(paper, title="Ảnh")

    [page] = reader(pdf).pages
    assert len(page["/Resources"]["/XObject"]) == 1
    assert picture.jpeg in pdf
    [box] = [box for box in page_boxes(paper)[0] if "picture" in box.classes]
    assert box.right - box.left == pytest.approx(162, abs=0.5)
    assert box.bottom <= 277


def test_pictures_are_told_apart_by_their_bytes():
    one, other = Picture(jpeg(), "Ảnh"), Picture(jpeg(10, 10), "Ảnh")

    assert repr(one) != repr(other)
    assert len(repr(one)) < 200


@pytest.mark.parametrize(
    ("pictures", "words"),
    [
        ([b"\x89PNG" + bytes(100)], "JPG"),
        ([b"<svg onload='x'/>"], "JPG"),
        ([b"\xff\xd8\xff" + bytes(MAX_PICTURE_BYTES)], "1 MB"),
        ([b"\xff\xd8\xff"] * (MAX_PICTURES + 1), "tối đa"),
    ],
)
def test_other_pictures_are_refused(pictures, words):
    paper = Paper(body=[Picture(content, "Ảnh") for content in pictures])

    with pytest.raises(RuleError, match=words):
        Print(paper, "Ảnh").pdf()
