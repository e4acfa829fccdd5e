"""Wards ranked by today's books: what is known gives a place, an open row says what is missing."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from baocao.cham_diem.co_san import ship_sets
from baocao.models import XepLoaiDonVi
from tests.factories import make_chi_doan

URL = "/xep-hang/"
CO_SO = {"loai": "doan_co_so", "ky": "2025"}


@pytest.fixture
def xep_loai(phuong, phuong_khac, chi_doan):
    """One ward's branch was rated well; of the other ward nothing is known."""
    ship_sets()
    make_chi_doan(phuong=phuong_khac)
    XepLoaiDonVi.objects.create(
        don_vi=chi_doan, nam=2025, thang="hd33", muc="htt", ngay=date(2025, 12, 1)
    )


def test_wards_have_a_place_by_what_is_known_of_them(
    client_of, van_phong, xep_loai, phuong, phuong_khac, django_assert_max_num_queries
):
    client = client_of(van_phong)
    client.get(URL, CO_SO)

    with django_assert_max_num_queries(12):
        page = client.get(URL, CO_SO)

    rows = {row.dong.pk: row for row in page.context["rows"]}
    assert rows[phuong.pk].dong.hang == 1
    assert rows[phuong_khac.pk].pill[2] == "Chưa đủ dữ liệu"
    assert [tab["active"] for tab in page.context["tabs"]] == [False, True]


def test_an_open_ward_shows_every_criterion_and_what_would_raise_it(
    client_of, van_phong, xep_loai, phuong
):
    page = client_of(van_phong).get(URL, {**CO_SO, "mo": phuong.pk})

    (row,) = [row for row in page.context["rows"] if row.is_mo]
    rated = next(item for item in row.tieu_chi if item.luat.nguon == "chi_doan_tot")
    assert (rated.tu, rated.mau, rated.chung) == ("1", "1", "Hoàn thành xuất sắc nhiệm vụ")
    assert len(row.tieu_chi) == len(row.bo.la)
    assert any("cần đánh giá kèm minh chứng" in line for line in row.de_nang)


def test_wards_are_searched_and_taken_home(client_of, van_phong, xep_loai, phuong):
    client = client_of(van_phong)

    page = client.get(URL, {**CO_SO, "q": phuong.ten.lower()})
    found = client.get(URL, {**CO_SO, "export": "xlsx"})

    assert phuong.pk in [row.dong.pk for row in page.context["rows"]]
    sheet = load_workbook(BytesIO(found.content)).active
    assert str(phuong) in [cell.value for cell in sheet["D"]]


def test_a_branch_has_branches_alone(client_of, bi_thu, xep_loai):
    page = client_of(bi_thu).get(URL, CO_SO)

    assert page.context["tabs"] == []
    assert page.context["rows"] == []
