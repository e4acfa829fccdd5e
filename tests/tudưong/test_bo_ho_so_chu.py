"""Every word of a dossier is printed as it was declared, and nothing else is in the file."""

import re
import unicodedata
from bisect import bisect_left
from dataclasses import fields, is_dataclass
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from core.pdf import Booklet, CheckBox, Dots, Leaves, Picture
from core.pdf.inline import normalise
from core.pdf.layout import VARIANTS
from tests.core.hostile import HOSTILE, is_harmless
from tests.core.pdf_reading import fonts, is_nfc
from tests.core.test_pdf_text import ALL_LETTERS
from tudưong.giay_to.bo_ho_so import bo_ho_so, with_code
from tudưong.models import DanhGia, HoSo, NhiemVu

pytestmark = pytest.mark.same_on_both
FORM = ("page", "align", "sign", "compact", "the_thuc", "check", "sha256")
"""Fields that say how something is printed, or that the file tells by itself."""
ADDED = ("Kính gửi", "Nơi nhận", "-", "chú Nam")
"""What a paper puts before its lists; and two headings that stand side by side in a table."""


@pytest.fixture
def long_and_decomposed(with_reviews):
    """A member of a very long name and remarks with all letters, typed as one letter and a sign."""
    ho_so = HoSo.objects.get(pk=with_reviews.pk)
    ten = "Công Tằng Tôn Nữ Nguyễn Khoa Huyền Trân Diễm Quỳnh Phương Thảo Ngọc Ánh"
    ho_so.doan_vien.set_ho_ten(unicodedata.normalize("NFD", ten))
    ho_so.doan_vien.save()
    ho_so.nang_luc = unicodedata.normalize("NFD", f"Chữ {' '.join(ALL_LETTERS)}. " * 12)
    ho_so.khuyet_diem = unicodedata.normalize("NFD", "Còn ngại phát biểu.\nĐôi khi nóng vội.")
    ho_so.save()
    NhiemVu.objects.update(noi_dung=unicodedata.normalize("NFD", "Vận động người đi làm ăn xa"))
    return HoSo.objects.select_related("doan_vien", "chi_doan", "don_vi").get(pk=ho_so.pk)


def declared(value) -> list[str]:
    """Every text of a paper, in the order of its declaration."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Dots | CheckBox | Leaves | Picture):
        return []
    if is_dataclass(value):
        parts = [getattr(value, item.name) for item in fields(value) if item.name not in FORM]
    else:
        parts = value if isinstance(value, list | tuple) else []
    return [text for part in parts for text in declared(part)]


def letters(text: str) -> str:
    """What a reader sees of a text: one form, capitals as small letters, no spaces."""
    return "".join(normalise(text).lower().split())


def printed(booklet: Booklet) -> list[str]:
    """The text of each page, without the number of the page, which comes last."""
    pages = PdfReader(BytesIO(booklet.pdf())).pages
    return [
        page.extract_text().rstrip().removesuffix(str(number))
        for number, page in enumerate(pages, start=1)
    ]


def is_printed(text: str, pages: list[str]) -> bool:
    """On one page, or begun on one and ended on the next."""
    for page, following in pairwise([*pages, ""]):
        known = bisect_left(range(1, len(text) + 1), True, key=lambda end: text[:end] not in page)
        if text[known:] in following or known == len(text):
            return True
    return False


def test_every_text_of_every_paper_is_printed_as_it_was_declared(long_and_decomposed):
    booklet = bo_ho_so(long_and_decomposed, nhay_cam=True)

    texts = printed(booklet)

    assert all(is_nfc(text) for text in texts)
    pages = [letters(text) for text in texts]
    papers = [*booklet.front, *(paper for part in booklet.parts for paper in part.papers)]
    assert len(papers) >= 9
    for paper in papers:
        for text in declared(paper):
            for line in text.split("\n"):
                assert is_printed(letters(line), pages), line
    whole = "".join(pages)
    assert "\ufffd" not in whole
    assert "none" not in whole


def test_no_word_is_printed_that_nobody_declared(long_and_decomposed):
    booklet = bo_ho_so(long_and_decomposed, nhay_cam=True)

    words = {word for text in printed(booklet) for word in normalise(text).lower().split()}

    papers = [*booklet.front, *(paper for part in booklet.parts for paper in part.papers)]
    known = letters("".join([*(text for paper in papers for text in declared(paper)), *ADDED]))
    plain = {word.strip("().;:,") for word in words}
    strange = {word for word in plain if not re.fullmatch(r"[\d–*]*", word) and word not in known}
    assert strange == set()


@pytest.mark.parametrize("variant", VARIANTS)
def test_only_our_fonts_are_in_the_file_and_every_sign_has_its_picture(
    long_and_decomposed, variant
):
    booklet = with_code(bo_ho_so(long_and_decomposed, nhay_cam=True), "ABCDEFGHJKMN")

    content = Booklet(booklet.front, booklet.parts, booklet.title, variant).pdf()

    assert set(fonts(content)) == {"Doc", "Doc-Bold", "Doc-Italic", "Doc-Bold-Italic"}
    assert all(fonts(content).values())
    assert is_harmless(content)
    assert not missing_pictures(content)


def missing_pictures(content: bytes) -> list[str]:
    """Texts of the file that show the sign for "no such letter", glyph 0."""
    found = []
    for page in PdfReader(BytesIO(content)).pages:
        for hexed in re.findall(rb"<([0-9A-Fa-f]{4,})>", page.get_contents().get_data()):
            glyphs = [hexed[place : place + 4] for place in range(0, len(hexed), 4)]
            found += [hexed.decode()] * (b"0000" in glyphs)
    return found


def test_markup_typed_anywhere_is_only_text(long_and_decomposed, listener, secret):
    """All thirty, in the name, the places, the remarks, a task and a review of one dossier."""
    typed = [text.format(port=listener.port, path=secret.path) for text in HOSTILE]
    ho_so = long_and_decomposed
    ho_so.doan_vien.ho_ten, ho_so.doan_vien.que_quan, ho_so.doan_vien.noi_vao_doan = typed[:3]
    ho_so.doan_vien.chuc_vu, ho_so.chi_bo = typed[3:5]
    fields_of_remarks = ("pham_chat", "dao_duc", "nang_luc", "quan_he", "khuyet_diem")
    for number, name in enumerate(fields_of_remarks):
        setattr(ho_so, name, "\n".join(typed[5 + 3 * number : 8 + 3 * number]))
    NhiemVu.objects.update(noi_dung="\n".join(typed[20:24]), ket_qua=" ".join(typed[24:26]))
    DanhGia.objects.update(ket_qua=typed[26], han_che="\n".join(typed[27:]))

    content = with_code(bo_ho_so(ho_so, nhay_cam=True), "ABCDEFGHJKMN").pdf()

    assert listener.visits == []
    assert secret.reads == []
    assert is_harmless(content)
    whole = letters("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))
    assert "root:x:0:0" not in whole
    assert [text for text in typed if letters(text) not in whole] == []
