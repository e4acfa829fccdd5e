"""The roll on paper: printed for a meeting, led back to it by its QR, hung on it."""

from datetime import date, time, timedelta
from urllib.parse import unquote
from uuid import uuid4

import pytest
import segno
from django.urls import reverse

from chidoan.anh.phieu import sheet
from chidoan.models import Anh, BuoiSinhHoat, DiemDanh
from core.pdf import GroupRow, TableBlock, render_pdf
from core.pdf.markup import paper_html
from core.periods import today
from tests.chidoan.test_anh import JSON, photo, url
from tests.core.pdf_reading import page_texts, words
from tests.factories import make_buoi, make_doan_vien
from tochuc.models import NhatKy

CO_MAT, MUON, LY_DO, VANG = DiemDanh.TrangThai.values


@pytest.fixture
def members(chi_doan):
    names = ("Bùi Quốc Huy", "Lê Minh Duy", "Lê Minh Duy", "Đỗ Thị Kim Ngân")
    born = (1999, 2000, 2003, 2001)
    return [
        make_doan_vien(chi_doan=chi_doan, ho_ten=name, ngay_sinh=date(year, 5, 19))
        for name, year in zip(names, born, strict=True)
    ]


def rows_of(paper):
    return [block.rows for block in paper.body if isinstance(block, TableBlock)]


def test_a_called_meeting_gives_an_empty_sheet(chi_doan, members):
    buoi = make_buoi(
        chi_doan=chi_doan,
        trang_thai="nhap",
        ngay=date(2026, 12, 15),
        bat_dau=time(19, 30),
        chu_tri=members[0],
        diem_danh={members[0]: CO_MAT},
    )
    (rows,) = rows_of(sheet(buoi))
    roll, guests = rows[:4], rows[4:]
    assert sorted(row[1] for row in roll) == [
        "Bùi Quốc Huy", "Lê Minh Duy (2000)", "Lê Minh Duy (2003)", "Đỗ Thị Kim Ngân",
    ]  # fmt: skip
    assert [row[2:] for row in roll] == [["", "", "", ""]] * 4
    assert guests == [GroupRow("Đại biểu, khách mời"), *[[""] * 6] * 3]

    (text,) = page_texts(render_pdf(sheet(buoi), title="Phiếu"))

    text = words(text)
    for said in (
        "ĐOÀN PHƯỜNG THỬ",
        "CHI ĐOÀN KHU VỰC 1",
        "DANH SÁCH ĐIỂM DANH",
        "Sinh hoạt định kỳ tháng 12 năm 2026",
        "19 giờ 30 phút, ngày 15 tháng 12 năm 2026",
        "THƯ KÝ CHỦ TRÌ Bùi Quốc Huy",
        "Ký tên",
        "Vắng có lý do",
        "Tổng số 04 đoàn viên; có mặt",
        f"Buổi số {buoi.pk}.",
        f"127.0.0.1:8000/sinh-hoat/{buoi.pk}/phieu/",
    ):
        assert said in text, said


def test_a_finished_meeting_shows_who_was_there_and_no_reason(chi_doan, members):
    buoi = make_buoi(
        chi_doan=chi_doan,
        dai_bieu="Ông Trần Văn Năm, Bí thư chi bộ",
        diem_danh=dict(zip(members, (CO_MAT, MUON, LY_DO, VANG), strict=True)),
    )
    buoi.diem_danh.filter(trang_thai=LY_DO).update(ly_do="om")

    (roll,) = rows_of(sheet(buoi))

    assert {row[1]: row[3:] for row in roll} == {
        "Bùi Quốc Huy": ["x", "", ""],
        "Lê Minh Duy (2000)": ["x", "", "Đến muộn"],
        "Lê Minh Duy (2003)": ["", "x", ""],
        "Đỗ Thị Kim Ngân": ["", "", ""],
    }
    html = paper_html(sheet(buoi))
    assert "Ốm" not in html
    assert "Ông Trần Văn Năm" in html


def test_the_qr_names_the_meeting(chi_doan, settings):
    settings.PUBLIC_HOST = "doan.example.vn"
    buoi = make_buoi(chi_doan=chi_doan)

    wanted = segno.make(
        f"https://doan.example.vn/sinh-hoat/{buoi.pk}/phieu/", error="m", micro=False
    )

    assert unquote(wanted.svg_data_uri(border=0, xmldecl=False)) in unquote(
        paper_html(sheet(buoi)).replace("&#x27;", "'")
    )


@pytest.mark.parametrize(("people", "pages"), [(16, 1), (60, 3)])
def test_a_usual_branch_takes_one_page(chi_doan, people, pages):
    buoi = make_buoi(chi_doan=chi_doan, trang_thai="nhap")
    for _ in range(people):
        make_doan_vien(chi_doan=chi_doan)

    texts = page_texts(render_pdf(sheet(buoi), title="Phiếu"))

    assert len(texts) == pages
    assert all("Họ và tên" in text for text in texts)


def test_printing_is_on_record_and_the_sheet_comes_back(
    client_of, bi_thu, van_phong, nguoi_la, chi_doan
):
    buoi = make_buoi(chi_doan=chi_doan, trang_thai="nhap")
    response = client_of(bi_thu).get(url("phieu_pdf", buoi))
    assert response["Content-Type"] == "application/pdf"
    assert NhatKy.objects.filter(hanh_dong="phieu_giay.print", doi_tuong_id=buoi.pk).count() == 1

    client, back = client_of(bi_thu), url("phieu_giay", buoi)
    page = client.get(back).content.decode()
    assert 'capture="environment"' in page
    client.post(back, {"loai": "phieu_giay", "tep": photo()}, headers=JSON)

    anh = Anh.objects.get()
    assert (anh.loai, anh.buoi) == ("phieu_giay", buoi)
    assert f"/anh/{anh.pk}-nho.jpg" in client.get(back).content.decode()
    assert client_of(van_phong).get(back).status_code == 403
    assert client_of(nguoi_la).get(back).status_code == 404


def test_who_scans_signed_out_lands_there_after_signing_in(client, bi_thu, chi_doan):
    back = url("phieu_giay", make_buoi(chi_doan=chi_doan))

    page = client.get(back, follow=True)
    response = client.post(
        f"{reverse('login')}?next={back}",
        {"username": bi_thu.username, "password": "mat-khau"},
    )

    assert page.redirect_chain == [(f"/dang-nhap/?next={back}", 302)]
    assert response.url == back


def test_a_branch_without_a_meeting_prints_a_sheet_for_a_day(client_of, bi_thu, chi_doan, members):
    """It calls the meeting; the same day once more is the same meeting, its photo hangs there."""
    client, page = client_of(bi_thu), reverse("chidoan:phieu_create")
    assert (
        f"{page}?chi_doan={chi_doan.pk}"
        in client.get(reverse("chidoan:detail", args=[chi_doan.pk])).content.decode()
    )
    day = today() + timedelta(days=5)
    data = {
        "loai": "dinh_ky", "ngay": f"{day:%d/%m/%Y}", "bat_dau": "19:30", "dia_diem": "Sân đình",
    }  # fmt: skip

    back = client.post(page, {**data, "client_id": str(uuid4())}).url
    again = client.post(page, {**data, "loai": "chu_diem", "client_id": str(uuid4())}).url

    buoi = BuoiSinhHoat.objects.get()
    assert (buoi.is_hen, buoi.ngay, back, again) == (True, day, *[url("phieu_giay", buoi)] * 2)
    assert client.get(page).context["form"].initial["ngay"] == day
    (text,) = page_texts(client.get(url("phieu_pdf", buoi)).content)
    assert f"Buổi số {buoi.pk}." in words(text)
    assert "Đỗ Thị Kim Ngân" in text
    client.post(back, {"loai": "phieu_giay", "tep": photo()}, headers=JSON)
    assert Anh.objects.get().buoi == buoi
    past = {**data, "ngay": "01/02/2026", "client_id": str(uuid4())}
    assert "đã qua" in client.post(page, past).content.decode()
