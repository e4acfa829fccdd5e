"""Yearly ratings: each in its own scale, on the unit's page and in the books."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from baocao.models import XepLoaiDonVi
from chidoan.so_chi_doan.bang import NamSo
from chidoan.so_chi_doan.so import SO_CHI_DOAN, SO_CO_SO
from tests.factories import make_doan_vien

D = XepLoaiDonVi.DoiTuong


def rate(don_vi, nam=2025, **fields):
    values = {"thang": "hd33", "muc": "htt", "ngay": date(nam, 11, 10)} | fields
    return XepLoaiDonVi.objects.create(don_vi=don_vi, nam=nam, **values)


def rate_by_points(don_vi, nam=2025, **fields):
    words = {"ten_muc": "Vững mạnh xuất sắc", "ten_thang": "Thang 100 điểm", "diem": "88.50"}
    return rate(don_vi, nam, thang="bo", muc="htxs", **words, **fields)


def test_a_unit_and_its_committee_each_have_one_rating_a_year(phuong):
    rate(phuong, doi_tuong=D.DOAN_CO_SO)
    rate(phuong, doi_tuong=D.BCH)

    with pytest.raises(IntegrityError), transaction.atomic():
        rate(phuong, doi_tuong=D.BCH, muc="ht")


@pytest.mark.parametrize(
    "fields",
    [
        {"thang": "cu", "muc": "htt"},
        {"thang": "hd33", "muc": "manh"},
        {"thang": "bo", "muc": "htt"},
        {"thang": "bo", "muc": "htt", "ten_muc": "Tốt"},
    ],
)
def test_a_level_belongs_to_its_scale_and_a_sets_own_scale_has_words(phuong, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        rate(phuong, **fields)


def test_the_units_page_tells_every_year_in_the_scale_of_that_year(
    client_of, bi_thu_phuong, chi_doan
):
    rate(chi_doan, 2018, thang="cu", muc="manh", so_quyet_dinh="61-QĐ/ĐTN")
    rate(chi_doan, 2025, doi_tuong=D.BCH)
    rate_by_points(chi_doan, 2025)

    page = client_of(bi_thu_phuong).get(reverse("tochuc:don_vi_detail", args=[chi_doan.pk]))

    assert [(row.nam, row.doi_tuong, row.ten) for row in page.context["xep_loai"]] == [
        (2025, "chi_doan", "Vững mạnh xuất sắc"),
        (2025, "bch", "Hoàn thành tốt nhiệm vụ"),
        (2018, "chi_doan", "Vững mạnh"),
    ]
    text = page.content.decode()
    assert "Thang 100 điểm · 88,5 điểm" in text
    assert "Thang trước 2019" in text


def test_who_may_not_see_rankings_sees_no_ratings(client_of, uy_vien, chi_doan):
    rate(chi_doan)

    page = client_of(uy_vien).get(reverse("tochuc:don_vi_detail", args=[chi_doan.pk]))

    assert page.context["xep_loai"] == []


def test_the_books_of_ward_and_branch_tell_what_was_decided(phuong, chi_doan, chi_doan_khac):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2020, 1, 1))
    rate(phuong, doi_tuong=D.DOAN_CO_SO, so_quyet_dinh="09-QĐ/TĐTN")
    rate(chi_doan, so_quyet_dinh="28-QĐ/ĐTN")
    rate(chi_doan, doi_tuong=D.BCH, so_quyet_dinh="28-QĐ/ĐTN")
    rate_by_points(chi_doan_khac)
    rate(chi_doan_khac, 2024)

    ward = SO_CO_SO.lay(4).read(NamSo(phuong, 2025)).rows
    branch = SO_CHI_DOAN.lay(11).read(NamSo(chi_doan, 2025))

    assert [row[1:4] for row in ward] == [
        [str(phuong), "Đoàn cơ sở", "Hoàn thành tốt nhiệm vụ"],
        [str(chi_doan), "Chi đoàn", "Hoàn thành tốt nhiệm vụ"],
        [str(chi_doan), "Ban Chấp hành", "Hoàn thành tốt nhiệm vụ"],
        [str(chi_doan_khac), "Chi đoàn", "Vững mạnh xuất sắc"],
    ]
    assert branch.note == (
        "Chi đoàn: hoàn thành tốt nhiệm vụ (Quyết định số 28-QĐ/ĐTN). "
        "Ban Chấp hành: hoàn thành tốt nhiệm vụ (Quyết định số 28-QĐ/ĐTN)."
    )
