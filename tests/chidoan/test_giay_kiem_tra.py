"""Papers of an inspection: Word says what the print says; what stands in a draft."""

from datetime import date

import pytest

from chidoan.kiem_tra.giay_chuong_trinh import giay_chuong_trinh
from chidoan.kiem_tra.giay_to import giay_bien_ban, giay_ket_luan
from chidoan.models import ChuongTrinhKiemTra
from core.docx import render_docx
from core.docx.render import CONTENT_TYPE
from core.periods import today
from tests.core.test_docx import in_order, opened, printed_words, texts, words_of_page
from tests.factories import make_chi_doan, make_chuc_vu
from tests.kiem_tra_data import make_cuoc, make_ket_qua, make_kien_nghi
from tochuc.models import NhatKy

GOC = "/kiem-tra-giam-sat"
NHIEU = {"dai_dien": "Lê Minh Duy, Bí thư chi đoàn", "thanh_vien": "Hồ Thị Yến\nVõ Văn Tư"}


@pytest.fixture
def chuong_trinh(phuong):
    return ChuongTrinhKiemTra.objects.create(
        don_vi=phuong,
        nam=2026,
        so_van_ban="02-CTr/ĐTN",
        ngay=date(2026, 1, 15),
        ghi_chu="Mỗi quý hai chi đoàn.\nƯu tiên chi đoàn yếu.",
    )


@pytest.fixture
def cuoc(chi_doan, chuong_trinh):
    """Concluded, with findings of two kinds and many recommendations."""
    make_chuc_vu(don_vi=chi_doan.cap_tren, chuc_danh="bi_thu")
    row = make_cuoc(
        doi_tuong=chi_doan, chuong_trinh=chuong_trinh, trang_thai="da_ket_luan", **NHIEU
    )
    make_ket_qua(row, "uu_diem", noi_dung="Họp đều", so_lieu="4/4 buổi")
    make_ket_qua(row)
    for number in range(12):
        make_kien_nghi(row, noi_dung=f"Bổ sung biên bản của buổi thứ {number}")
    return row


def in_word(content: bytes) -> list[str]:
    return in_order("\n".join(texts(opened(content))).upper())


@pytest.mark.same_on_both
@pytest.mark.parametrize("hinh_thuc", ["kiem_tra", "giam_sat"])
def test_word_and_print_say_the_same_in_the_same_order(cuoc, chuong_trinh, hinh_thuc):
    cuoc.hinh_thuc = hinh_thuc
    for giay in (giay_bien_ban(cuoc), giay_ket_luan(cuoc), giay_chuong_trinh(chuong_trinh)):
        paper = giay.declare()

        word = in_word(render_docx(paper, title=giay.ten))

        assert word == words_of_page(paper), giay.loai
        assert set(word) == set(printed_words(paper)), giay.loai


def test_a_conclusion_can_be_written_in_word_before_it_is_issued(cuoc):
    cuoc.trang_thai, cuoc.ket_luan, cuoc.ngay_ket_luan = "da_tien_hanh", "", None

    giay = giay_ket_luan(cuoc)

    lines = list(texts(opened(render_docx(giay.declare(), title=giay.ten))))
    after = lines[lines.index("II. KẾT LUẬN") + 1]
    assert giay.ngay == today()
    assert not in_order(after)
    assert "Bổ sung biên bản của buổi thứ 11" in lines


def test_a_theme_stands_once_in_the_programme_with_all_its_units(cuoc, chuong_trinh, phuong):
    khac = make_chi_doan(phuong=phuong, ten="Khu vực 9")
    make_cuoc(doi_tuong=khac, chuong_trinh=chuong_trinh)
    make_cuoc(doi_tuong=khac, chuong_trinh=chuong_trinh, hinh_thuc="giam_sat")
    make_cuoc(doi_tuong=khac, chuong_trinh=chuong_trinh, trang_thai="bo", ly_do_bo="Bận")

    giay = giay_chuong_trinh(chuong_trinh)

    table = opened(render_docx(giay.declare(), title=giay.ten)).tables[1]
    theme, khi = "Công tác phát triển đoàn viên", "Quý II năm 2026"
    assert [[" ".join(cell.text.split()) for cell in row.cells] for row in table.rows[1:]] == [
        ["1", f"Kiểm tra: {theme}", f"{cuoc.doi_tuong}; {khac}", khi],
        ["2", f"Giám sát: {theme}", str(khac), khi],
    ]


def test_word_files_are_taken_home_and_recorded(client_of, kiem_tra, cuoc, chuong_trinh):
    client = client_of(kiem_tra)
    paths = (f"{cuoc.pk}/bien-ban", f"{cuoc.pk}/ket-luan", f"chuong-trinh/{chuong_trinh.pk}")

    for path in paths:
        word = client.get(f"{GOC}/{path}.docx")
        assert (word.status_code, word["Content-Type"]) == (200, CONTENT_TYPE)
        assert client.get(f"{GOC}/{path}.pdf").content.startswith(b"%PDF")
        assert client.post(f"{GOC}/{path}.docx").status_code == 405
    done = NhatKy.objects.filter(hanh_dong__startswith="van_ban.").order_by("pk")
    assert [row.hanh_dong for row in done] == ["van_ban.word", "van_ban.print"] * 3


def test_a_branch_gets_the_papers_from_the_conclusion_on(client_of, bi_thu, chi_doan, cuoc):
    at_work = make_cuoc(doi_tuong=chi_doan, trang_thai="da_tien_hanh")
    client = client_of(bi_thu)

    assert client.get(f"{GOC}/{at_work.pk}/ket-luan.docx").status_code == 404
    assert client.get(f"{GOC}/{cuoc.pk}/ket-luan.docx").status_code == 200
