"""From admission to official membership: the road, the pages of ward and Party committee."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import make_doan_vien, make_ho_so
from tudưong.models import BuocHoSo, HoSo

T = HoSo.TrangThai
KET_NAP = date(2025, 11, 15)
DATA = {"version": 1, "so_van_ban": "31-QĐ/ĐU", "ngay": "20/11/2026"}


def admitted(chi_doan, ngay=KET_NAP, **fields) -> HoSo:
    ho_so = make_ho_so(
        doan_vien=make_doan_vien(chi_doan=chi_doan, ngay_vao_dang=ngay),
        trang_thai=T.KET_NAP,
        ngay_gioi_thieu=date(2025, 6, 1),
        ngay_gui=date(2025, 6, 2),
        ngay_ket_nap=ngay,
        ngay_buoc=ngay,
        **fields,
    )
    BuocHoSo.objects.create(
        ho_so=ho_so,
        thu_tu=1,
        loai="ket_nap",
        den_trang_thai=T.KET_NAP,
        ngay=ngay,
        so_van_ban="20-QĐ/ĐU",
        phien_ban_mau="06-HD/TW",
    )
    return ho_so


def address(name, ho_so):
    return reverse(f"tuduong:{name}", args=[ho_so.pk])


@pytest.mark.parametrize(
    ("who", "page", "form"),
    [
        ("bi_thu_phuong", "ho_so_detail", "ho_so_official"),
        ("can_bo_phuong", "ho_so_detail", "ho_so_official"),
        ("cap_uy", "cap_uy_detail", "cap_uy_official"),
    ],
)
def test_ward_or_party_committee_records_the_decision(
    client_of, request, chi_doan, who, page, form
):
    user, ho_so = request.getfixturevalue(who), admitted(chi_doan)
    client = client_of(user)
    assert address(form, ho_so) in client.get(address(page, ho_so)).text
    assert "thời gian dự bị đến ngày 15/11/2026" in client.get(address(form, ho_so)).text

    response = client.post(address(form, ho_so), DATA)

    assert response.url == address(page, ho_so)
    ho_so.refresh_from_db()
    assert (ho_so.trang_thai, ho_so.ngay_chinh_thuc) == (T.CHINH_THUC, date(2026, 11, 20))
    assert ho_so.doan_vien.ngay_dang_chinh_thuc == date(2026, 11, 20)
    shown = client.get(address(page, ho_so)).text
    assert "31-QĐ/ĐU" in shown
    assert "công nhận chính thức ngày" in shown or "chính thức 20/11/2026" in shown
    assert address(form, ho_so) not in shown


def test_nobody_is_asked_for_it_before_the_probation_is_over(
    client_of, bi_thu_phuong, cap_uy, chi_doan
):
    ho_so = admitted(chi_doan, date(2026, 3, 1))

    for user, page, form in (
        (bi_thu_phuong, "ho_so_detail", "ho_so_official"),
        (cap_uy, "cap_uy_detail", "cap_uy_official"),
    ):
        shown = client_of(user).get(address(page, ho_so)).text
        assert address(form, ho_so) not in shown
        assert "01/03/2027" in shown
        answer = client_of(user).post(address(form, ho_so), DATA)
        assert "Thời gian dự bị đến ngày 01/03/2027" in answer.text

    ho_so.refresh_from_db()
    assert ho_so.trang_thai == T.KET_NAP


def test_branch_reads_it_and_records_nothing(client_of, bi_thu, chi_doan):
    ho_so = admitted(chi_doan)

    page = client_of(bi_thu).get(address("ho_so_detail", ho_so))

    assert "Hết thời gian dự bị" in page.text
    assert address("ho_so_official", ho_so) not in page.text
    assert client_of(bi_thu).post(address("ho_so_official", ho_so), DATA).status_code == 403


def test_history_says_whose_form_was_in_force(client_of, bi_thu, cap_uy, chi_doan):
    ho_so = admitted(chi_doan)

    assert "mẫu theo 06-HD/TW" in client_of(bi_thu).get(ho_so.get_absolute_url()).text
    assert "mẫu theo 06-HD/TW" in client_of(cap_uy).get(address("cap_uy_detail", ho_so)).text


def test_a_stranger_finds_nothing(client_of, nguoi_la, chi_doan):
    ho_so = admitted(chi_doan)

    assert client_of(nguoi_la).get(address("ho_so_official", ho_so)).status_code == 404
