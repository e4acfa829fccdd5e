"""The Word file of each paper of a month says what its print says, in its order."""

from datetime import date

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from chidoan.giay_to.bao_cao import bao_cao_thang, doc_so_lieu
from chidoan.giay_to.bien_ban import du_thao, read_bien_ban
from chidoan.giay_to.doc_buoi import doc_buoi
from chidoan.giay_to.nghi_quyet import nghi_quyet
from chidoan.models import BaoCaoThang, BieuQuyet
from core.docx import render_docx
from tests.core.test_docx import in_order, opened, printed_words, texts, words_of_page
from tests.factories import make_buoi, make_chuc_vu, make_doan_vien, make_nghi_quyet

NGAY = date(2026, 9, 5)


@pytest.fixture
def buoi(chi_doan):
    """A long meeting: a vote, a long table of tasks, one earlier task that goes on."""
    people = [make_doan_vien(chi_doan=chi_doan) for _ in range(6)]
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", doan_vien=people[0])
    before = make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 5))
    make_nghi_quyet(buoi=before, phu_trach=people[1], noi_dung="Vẽ bích họa")
    roll = dict.fromkeys(people, "co_mat") | {people[5]: "vang"}
    buoi = make_buoi(
        chi_doan=chi_doan,
        ngay=NGAY,
        chu_tri=people[0],
        thu_ky=people[1],
        diem_danh=roll,
        hoat_dong_kem="Giao lưu bóng chuyền",
        y_kien="- Đồng chí Đức: đổi giờ.",
    )
    BieuQuyet.objects.create(
        buoi=buoi, noi_dung="Thông qua", co_quyen=6, co_mat=5, tan_thanh=4, khong_tan_thanh=1
    )
    for number in range(30):
        make_nghi_quyet(buoi=buoi, phu_trach=people[2], noi_dung=f"Việc thứ {number} của tháng")
    return buoi


@pytest.fixture
def papers(buoi):
    report = BaoCaoThang(
        chi_doan=buoi.chi_doan, nam=2026, thang=9, ngay=date(2026, 9, 25), danh_gia="Khó.\nDễ."
    )
    return {
        "BB": du_thao(buoi, read_bien_ban(buoi)),
        "NQ": nghi_quyet(buoi.chi_doan, doc_buoi(buoi)),
        "BC": bao_cao_thang(report, doc_so_lieu(report)),
    }


def test_word_and_print_say_the_same_in_the_same_order(papers):
    for name, paper in papers.items():
        word = in_order("\n".join(texts(opened(render_docx(paper, title=name)))).upper())

        assert word == words_of_page(paper), name
        assert set(word) == set(printed_words(paper)), name


def test_word_has_the_measures_of_the_print(papers):
    for name, paper in papers.items():
        document = opened(render_docx(paper, title=name))
        section, normal = document.sections[0], document.styles["Normal"]
        edges = (section.top_margin, section.right_margin, section.bottom_margin)

        assert [round(edge.mm) for edge in (*edges, section.left_margin)] == [20, 20, 20, 30]
        assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
        assert normal.element.rPr.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
        assert "PAGE" in section.header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml
        for table in document.tables:
            assert abs(sum(column.width for column in table.columns) - Mm(160)) < Mm(1), name


def test_last_rows_of_a_table_go_to_a_page_together(papers):
    document = opened(render_docx(papers["BB"], title="BB"))
    table = next(table for table in document.tables if len(table.rows) > 30)
    held = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]

    assert [number for number, is_held in enumerate(held) if is_held] == [0, 28, 29]
    assert 'w:name="compatibilityMode"' in document.settings.element.xml
