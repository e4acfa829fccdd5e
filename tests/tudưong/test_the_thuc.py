"""The 25 points of acceptance over every paper of a referral, and the settings of their form."""

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from core.docx import render_docx
from core.pdf import Heading, Paper, Signatures, TableBlock, render_pdf
from core.pdf.geometry import column_widths, text_width
from core.pdf.inline import plain
from core.pdf.prints import Print
from doanvien.models import DoanVien
from tests.core.docx_reading import in_order, words_of_docx, words_of_page
from tests.core.pdf_reading import fonts, is_nfc, page_boxes, page_texts, reader, text_boxes, words
from tests.factories import make_chuc_vu
from tests.giay_mau import HoSoMau
from tochuc.models import QuyDinh
from tudưong.giay_to.bang import BANG, giay_cua

pytestmark = pytest.mark.same_on_both
MA = "MT26XXXXXXXX"
CO_SO_VAN_BAN = {
    "4_1-knd": "07-NQ/ĐTN",
    "4-knd": "07-NQ/ĐTN",
    "bien-ban-chi-doan": "07-BB/ĐTN",
    "bien-ban-bch": "07-BB/ĐTN",
    "trich-ngang": "07-DS/ĐTN",
    "le-trao": "03-DS/ĐTN",
    "chuyen-ho-so": "07-CV/ĐTN",
    "cong-van-ket-qua": "05-CV/ĐTN",
    "nhan-xet-du-bi": "07-NX/ĐTN",
    "quyet-dinh-to": "02-QĐ/ĐTN",
    "ke-hoach-to": "02-KH/ĐTN",
}
CHAY = {*CO_SO_VAN_BAN} - {"trich-ngang", "le-trao"}
"""Papers of running text, which end in "./."; lists, slips and forms do not."""
CONG_VAN = {"chuyen-ho-so", "cong-van-ket-qua"}
CON_DAU = {
    "4-knd",
    "bien-ban-bch",
    "chuyen-ho-so",
    "cong-van-ket-qua",
    "nhan-xet-du-bi",
    "quyet-dinh-to",
}
NHAY_CAM = ("Khơ-me", "Phật giáo")
CAM = ("CỘNG HÒA XÃ HỘI", "None", "null", "0/0", "()", "chất vấn", "khiếu nại", "giải trình")


@pytest.fixture
def mau(db):
    return HoSoMau()


def texts(papers, title="Văn bản") -> list[str]:
    return [words(text) for text in page_texts(render_pdf(papers, title=title))]


def test_every_paper_keeps_the_25_points(mau):
    for ten, papers in mau.papers(ma=MA).items():
        check_paper(ten, papers[0], render_pdf(papers, title=f"Văn bản {ten}"))


def check_paper(ten: str, paper: Paper, pdf: bytes) -> None:
    pages = [words(text) for text in page_texts(pdf)]
    text = " ".join(pages)
    check_heading(ten, paper, pages[0])
    check_text(ten, text)
    check_pages(ten, paper, pages)
    check_tables(paper)
    check_signatures(ten, paper)
    assert all(fonts(pdf).values()), ten
    assert is_nfc(text), ten
    assert reader(pdf).trailer["/Root"]["/Lang"] == "vi", ten
    assert reader(pdf).metadata.title == f"Văn bản {ten}"


def check_heading(ten: str, paper: Paper, first: str) -> None:
    """Points 1 to 7: tiêu đề, issuer, number, place and date, title, addressees."""
    assert "ĐOÀN TNCS HỒ CHÍ MINH" in first, ten
    order = [paper.heading.cap_tren, paper.heading.co_quan, "***"]
    if ten in CO_SO_VAN_BAN:
        order.append(f"Số: {CO_SO_VAN_BAN[ten]}")
    places = [first.rindex(part) for part in order]
    assert places == sorted(places), ten
    assert re.search(r"Phường Minh Tân, ngày \d\d tháng (0[12]|[3-9]|1[0-2]) năm 202[56]", first)
    assert "Huyện đoàn" not in first
    assert bool(paper.heading.trich_yeu_cong_van) == (paper.title is None) == (ten in CONG_VAN)
    if ten in ("4-knd", *CONG_VAN):
        assert "Chi bộ Khu phố 3" in first, ten
        assert "Đảng ủy phường Minh Tân" in first, ten


def check_text(ten: str, text: str) -> None:
    """Points 13, 19, 22, 24: the end, no voter, no empty word, sensitive data where it belongs."""
    assert text.count("./.") == (ten in CHAY), ten
    assert not [word for word in CAM if word in text], ten
    assert [word in text for word in NHAY_CAM] == [ten == "le-trao"] * 2, ten
    assert ("Kinh" in text) == (ten in ("le-trao", "trich-ngang")), ten


def check_pages(ten: str, paper: Paper, pages: list[str]) -> None:
    """Points 8, 12, 25: margins, numbers from page 2, the check line on each page."""
    boxes = page_boxes(paper)
    for number, page in enumerate(boxes, start=1):
        above = [box.text.strip() for box in text_boxes(page) if box.top < 19 and box.left > 90]
        label = [paper.heading.mau] if number == 1 and paper.heading.mau else []
        assert " ".join(above) == (" ".join(label) if number == 1 else str(number)), ten
    if paper.check:
        assert all(f"Mã kiểm tra: {MA}" in page for page in pages), ten
    left, right = (20, 15) if paper.page == "A4-landscape" else (30, 20)
    width = 297 if paper.page == "A4-landscape" else 210
    for page in boxes:
        for box in text_boxes(page):
            assert left - 0.3 < box.left, (ten, box.text)
            assert box.right < width - right + 0.5, (ten, box.text)


def check_tables(paper: Paper) -> None:
    """Point 10: widths add up to the text."""
    for block in paper.body:
        if isinstance(block, TableBlock):
            column_widths(block.columns, text_width(paper.page))


def check_signatures(ten: str, paper: Paper) -> None:
    """Points 14 to 17: Nơi nhận, room under a seal, names on one line, no empty committee."""
    block: Signatures = paper.signatures
    if block.noi_nhan:
        assert not paper.kinh_gui or block.noi_nhan[0] == "Như trên", ten
        assert plain(block.noi_nhan[-1]).startswith("Lưu:"), ten
    if ten in CON_DAU:
        assert max(signer.room_mm for signer in block.signers) >= 30, ten
    lowest = {box.text: round(box.top, 1) for box in text_boxes(page_boxes(paper)[-1])}
    names = {lowest[signer.name] for signer in block.signers if signer.name}
    assert len(names) == 1, ten


@pytest.mark.parametrize("ten", ["bien-ban-bch", "bien-ban-chi-doan", "chuyen-ho-so", "le-trao"])
def test_decomposed_input_and_long_names_print_as_they_should(mau, ten):
    dai = "Nguyễn Phan Hoàng Công Tằng Tôn Nữ Bảo Trân Thị Ánh Nguyệt"
    DoanVien.objects.filter(pk=mau.ho_so.doan_vien_id).update(
        ho_ten=unicodedata.normalize("NFD", dai)
    )
    mau.ho_so.refresh_from_db()

    papers = mau.papers(ma=MA)[ten]

    text = " ".join(texts(papers))
    assert is_nfc(text)
    assert dai in text
    assert all(fonts(render_pdf(papers, title="Văn bản")).values())


def words_of_pages(papers) -> list[str]:
    return [word for paper in papers for word in words_of_page(paper)]


def test_word_says_what_each_paper_says(mau):
    for ten, papers in mau.papers().items():
        settled = Print(papers, ten).settled()
        assert words_of_docx(render_docx(settled, title=ten)) == words_of_pages(papers), ten


def test_dossier_is_one_word_file(mau):
    booklet = mau.bo_ho_so()
    declared = [paper for part in booklet.parts for paper in part.papers]

    settled = booklet.settled()
    cover, *others = settled
    found = words_of_docx(render_docx(settled, title=booklet.title))

    on_cover = words_of_docx(render_docx(cover, title=booklet.title))
    warning = Counter(in_order(cover.canh_bao.upper()))
    assert Counter(on_cover) == Counter(words_of_page(cover)) + warning
    assert found == on_cover + words_of_pages(others)
    assert found[-len(words_of_pages(declared)) :] == words_of_pages(declared)


# ---- settings of the form ------------------------------------------------------------------


def dat(mau, ma: str, gia_tri: str) -> None:
    QuyDinh.objects.create(
        ma=ma, don_vi=mau.phuong, tu_ngay=date(2025, 1, 1), gia_tri=gia_tri, can_cu="Nếp của phường"
    )


def nghi_quyet(mau) -> Paper:
    return giay_cua(mau.ho_so, BANG["4-knd"]).declare()


@pytest.mark.parametrize(
    ("ma", "gia_tri", "co", "khong"),
    [
        ("cach_ghi_co_quan", "BAN CHẤP HÀNH", "BAN CHẤP HÀNH ĐOÀN PHƯỜNG MINH TÂN", "BCH ĐOÀN"),
        ("cach_ghi_co_quan", "ten", "THÀNH ĐOÀN CẦN THƠ ĐOÀN PHƯỜNG MINH TÂN", "BCH ĐOÀN"),
        ("dau_duoi_co_quan", "---***---", "---***---", "MINH TÂN *** "),
        ("dau_duoi_co_quan", "khong", "MINH TÂN Số:", "***"),
        ("chu_thay_mat", "T/M", "T/M BAN CHẤP HÀNH", "TM. "),
        ("in_nhan_mau", "0", "NGHỊ QUYẾT", "Mẫu 4-KNĐ"),
        ("mau_so_van_ban", "{so}/{loai}-{dv}", "/NQ-ĐTN", "-NQ/ĐTN"),
    ],
)
def test_form_follows_the_units_settings_of_the_day(mau, ma, gia_tri, co, khong):
    before = " ".join(texts(nghi_quyet(mau)))
    dat(mau, ma, gia_tri)

    after = " ".join(texts(nghi_quyet(mau)))

    assert co in after
    assert khong in before
    assert khong not in after


def test_title_of_the_union_stands_left_where_it_is_set_so(mau):
    dat(mau, "vi_tri_tieu_de", "trai")

    first = texts(nghi_quyet(mau))[0]

    assert first.index("ĐOÀN TNCS HỒ CHÍ MINH") < first.index("THÀNH ĐOÀN CẦN THƠ")


@pytest.mark.parametrize(
    ("ma", "gia_tri", "field", "value"),
    [
        ("chuc_vu_in_dam", "0", "chuc_vu_dam", False),
        ("co_chu_van_ban", "13", "co_chu", 13),
    ],
)
def test_weight_and_size_are_settings(mau, ma, gia_tri, field, value):
    before = getattr(nghi_quyet(mau).cach_viet, field)
    dat(mau, ma, gia_tri)

    assert getattr(nghi_quyet(mau).cach_viet, field) == value != before


@pytest.mark.parametrize(
    ("gia_tri", "lines"),
    [
        ("0", ["TM. BAN CHẤP HÀNH", "PHÓ BÍ THƯ"]),
        ("1", ["TM. BAN CHẤP HÀNH", "KT. BÍ THƯ", "PHÓ BÍ THƯ"]),
    ],
)
def test_deputy_signs_for_the_body_or_in_the_secretarys_stead(mau, gia_tri, lines):
    dat(mau, "pho_ky_thay", gia_tri)
    mau.phuong.chuc_vu.all().delete()
    make_chuc_vu(don_vi=mau.phuong, chuc_danh="pho_bi_thu", ho_ten="Võ Thành Trung")

    signer = nghi_quyet(mau).signatures.signers[0]

    assert (list(signer.lines), signer.name) == (lines, "Võ Thành Trung")


def test_minutes_are_signed_in_the_order_that_is_set(mau):
    dat(mau, "ky_bien_ban", "chu_tri")

    signers = giay_cua(mau.ho_so, BANG["bien-ban-bch"]).declare().signatures.signers

    assert [signer.lines[0] for signer in signers] == ["CHỦ TRÌ", "THƯ KÝ"]


def test_settings_are_no_part_of_what_a_paper_says(mau):
    before = repr(nghi_quyet(mau))
    dat(mau, "vi_tri_tieu_de", "trai")

    assert repr(nghi_quyet(mau)) == before
    assert isinstance(replace(nghi_quyet(mau)).heading, Heading)
