"""The books: each table says what was recorded elsewhere, for its unit and year."""

from datetime import date

import pytest
from django.urls import reverse

from chidoan.models import DiemDanh
from chidoan.so_chi_doan.bang import RONG, NamSo
from chidoan.so_chi_doan.so import SO_CHI_DOAN, SO_CO_SO, pages
from core.pdf.geometry import column_widths
from doanvien.models import QuaTrinh
from tests.core.pdf_reading import page_texts, words
from tests.factories import make_buoi, make_chuyen, make_doan_vien, make_phieu_thu, make_xep_loai
from tochuc.models import CongViec, NhatKy, VanBan

pytestmark = pytest.mark.django_db
NAM = 2026


@pytest.fixture
def so(chi_doan):
    return NamSo(chi_doan, NAM)


def text_of(pdf):
    return words(" ".join(page_texts(pdf)))


def rows(so, number, book=SO_CHI_DOAN):
    return [list(row) for row in book.lay(number).read(so).rows]


def test_the_book_has_its_thirteen_tables_and_the_ward_its_four():
    assert [bang.so for bang in SO_CHI_DOAN.bang] == list(range(1, 14))
    assert [bang.so for bang in SO_CO_SO.bang] == [1, 2, 3, 4]


def test_every_table_fills_the_page_exactly(so):
    make_buoi(chi_doan=so.don_vi, ngay=date(NAM, 3, 1))
    make_buoi(chi_doan=so.don_vi, ngay=date(NAM, 3, 20))
    for bang in (*SO_CHI_DOAN.bang, *SO_CO_SO.bang):
        assert sum(column_widths(bang.columns(so), RONG)) == pytest.approx(RONG), bang.ten


def test_members_of_the_year_with_what_became_of_them(so):
    make_doan_vien(chi_doan=so.don_vi, ho_ten="Lê An", gioi_tinh="nu", tu_ngay=date(2020, 3, 26))
    make_doan_vien(
        chi_doan=so.don_vi, ho_ten="Trần Bình", gioi_tinh="nam", den_ngay=date(NAM, 5, 1)
    )
    make_doan_vien(chi_doan=so.don_vi, ho_ten="Phạm Cũ", den_ngay=date(NAM - 1, 5, 1))

    an, binh = rows(so, 1)

    assert (an[1], an[2], an[3], an[-1]) == ("Lê An", "", "19/5/2000", "")
    assert (binh[1], binh[2], binh[-1]) == ("Trần Bình", "19/5/2000", "Chuyển đi 01/5/2026")
    assert "01 đoàn viên" in SO_CHI_DOAN.lay(1).read(so).note


def test_each_way_out_and_in_has_its_table(so):
    for name, reason in (("A", "chuyen_di"), ("B", "truong_thanh"), ("C", "xoa_ten")):
        member = make_doan_vien(chi_doan=so.don_vi, ho_ten=f"Lê {name}", den_ngay=date(NAM, 2, 1))
        member.qua_trinh.update(ly_do_ket_thuc=reason, so_quyet_dinh="07-QĐ/ĐTN")
    make_doan_vien(
        chi_doan=so.don_vi,
        ho_ten="Lê D",
        ngay_vao_doan=date(NAM, 3, 26),
        ly_do_bat_dau=QuaTrinh.LyDoBatDau.KET_NAP,
        so_nghi_quyet="05-NQ/ĐTN",
    )

    assert [[row[1] for row in rows(so, number)] for number in (6, 7, 8, 9)] == [
        ["Lê A"],
        ["Lê D"],
        ["Lê B"],
        ["Lê C"],
    ]
    assert rows(so, 7)[0][3:6] == ["Kết nạp", "26/3/2026", "05-NQ/ĐTN"]
    assert [rows(so, number)[0][-2] for number in (8, 9)] == ["07-QĐ/ĐTN", "07-QĐ/ĐTN"]


def test_who_left_twice_has_the_slip_of_each_time(so):
    """Also who came back in between; and it is told from where."""
    an = make_doan_vien(chi_doan=so.don_vi, ho_ten="Lê An", den_ngay=date(NAM, 2, 1))
    back = QuaTrinh.objects.create(
        doan_vien=an,
        chi_doan=so.don_vi,
        tu_ngay=date(NAM, 5, 1),
        den_ngay=date(NAM, 9, 1),
        ly_do_bat_dau=QuaTrinh.LyDoBatDau.CHUYEN_DEN,
        ly_do_ket_thuc=QuaTrinh.LyDoKetThuc.CHUYEN_DI,
    )
    done = {"doan_vien": an, "trang_thai": "xong", "noi_den": "Đoàn xã Tân Tiến"}
    make_chuyen(**done, ngay=date(NAM, 1, 20), so_giay="01-GGT/ĐTN")
    make_chuyen(**done, ngay=date(NAM, 8, 20), so_giay="02-GGT/ĐTN")
    came = make_chuyen(**done, ngay=date(NAM, 4, 20), noi_di="Đoàn xã Tân Tiến")
    type(came).objects.filter(pk=came.pk).update(chi_doan_di=None, phuong_di=None, qua_trinh=back)

    assert [row[3:6] for row in rows(so, 6)] == [
        ["Đoàn xã Tân Tiến", "01/02/2026", "01-GGT/ĐTN"],
        ["Đoàn xã Tân Tiến", "01/9/2026", "02-GGT/ĐTN"],
    ]
    assert rows(so, 7)[0][-1] == "Từ Đoàn xã Tân Tiến"


def test_the_roll_of_every_meeting(so):
    an = make_doan_vien(chi_doan=so.don_vi, ho_ten="Lê An")
    binh = make_doan_vien(chi_doan=so.don_vi, ho_ten="Trần Bình")
    state = DiemDanh.TrangThai
    make_buoi(chi_doan=so.don_vi, ngay=date(NAM, 1, 15), diem_danh={an: state.MUON})
    make_buoi(
        chi_doan=so.don_vi,
        ngay=date(NAM, 2, 15),
        diem_danh={an: state.CO_MAT, binh: state.VANG_CO_LY_DO},
    )

    line_an, line_binh, present = rows(so, 12)

    assert line_an[1:4] == ["Lê An", "M", "x"]
    assert line_an[-5:] == ["2", "0", "0", "2/2", "100,0"]
    assert line_binh[1:4] == ["Trần Bình", "–", "P"]
    assert line_binh[-5:] == ["0", "1", "0", "0/1", "0,0"]
    assert present[1:3] == ["1/1", "1/2"]


def test_dues_cash_and_ratings_come_from_their_own_parts(so):
    member = make_doan_vien(chi_doan=so.don_vi, ho_ten="Lê An", tu_ngay=date(NAM, 1, 1))
    make_phieu_thu(member, date(NAM, 1, 1), ngay=date(NAM, 1, 20))
    make_xep_loai(member, "htxs", nam=NAM)

    dues, total = rows(so, 4)

    assert dues[1:3] == ["Lê An", "2.000"]
    assert dues[3] == "N"
    assert total[1] == "2.000"
    assert rows(so, 5)[1][2:5] == ["Thu đoàn phí", "PT-0001", "2.000"]
    assert rows(so, 11)[0][-4] == "Hoàn thành xuất sắc nhiệm vụ"


def test_the_ward_reads_all_its_branches(phuong, chi_doan, chi_doan_khac):
    make_doan_vien(chi_doan=chi_doan, ho_ten="Lê An")
    make_doan_vien(chi_doan=chi_doan_khac, ho_ten="Trần Bình")

    table = SO_CO_SO.lay(1).read(NamSo(phuong, NAM)).rows

    assert [getattr(row, "text", None) or row[1] for row in table] == [
        "Chi đoàn Khu vực 1",
        "Lê An",
        "Chi đoàn Khu vực 2",
        "Trần Bình",
    ]


def test_an_empty_book_says_so_on_every_page(so):
    papers = pages(so, SO_CHI_DOAN.bang)

    said = sum("Trong năm không có." in str(paper.body) for paper in papers)
    assert said == len(papers) - 1  # the cash book begins with what was left


def test_a_table_opens_as_pdf_and_the_look_is_recorded(client, chi_doan, bi_thu):
    make_doan_vien(chi_doan=chi_doan, ho_ten="Lê An")
    client.force_login(bi_thu)

    answer = client.get(reverse("chidoan:so_bang_pdf", args=[chi_doan.pk, 1]))

    assert "SỔ CHI ĐOÀN – Bảng 1" in text_of(answer.content)
    assert "Lê An" in text_of(answer.content)
    assert NhatKy.objects.filter(hanh_dong="so_sach.print").count() == 1
    assert client.get(reverse("chidoan:so_bang_pdf", args=[chi_doan.pk, 14])).status_code == 404


def test_the_whole_book_is_printed_in_the_background_with_a_code(
    client, chi_doan, bi_thu, settings, tmp_path
):
    settings.JOBS_DIR = tmp_path
    make_doan_vien(chi_doan=chi_doan, ho_ten="Lê An")
    client.force_login(bi_thu)
    url = reverse("chidoan:so_sach_print", args=[chi_doan.pk])

    for _ in range(2):
        answer = client.post(url, {"nam": NAM})
    job = CongViec.objects.first()
    page = client.get(answer.url).content.decode()

    assert (job.is_xong, "13 bảng" in page) == (True, True)
    paper = VanBan.objects.get()  # the second press gave the same paper
    assert paper.ma_kiem_tra in text_of(bytes(paper.tep))
    assert (paper.tieu_de, paper.so) == ("Sổ chi đoàn năm 2026", None)
