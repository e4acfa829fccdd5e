"""Issued papers: numbers without gaps, the same content gives the same bytes."""

from datetime import date

import pytest

from tests.factories import make_chi_doan, make_don_vi, make_huyen, make_phuong
from tochuc.models import LichSuDonVi, QuyDinh, VanBan
from tochuc.van_ban import dia_danh, issue, tieu_de_don_vi

NGAY = date(2026, 2, 5)


def issue_paper(target, by, noi_dung="nội dung", loai="NQ", ngay=NGAY):
    return issue(
        target=target,
        don_vi=target,
        loai=loai,
        ngay=ngay,
        tieu_de="Nghị quyết thử",
        noi_dung=noi_dung,
        render=lambda so, ma: f"{so} {ma} {noi_dung}".encode(),
        by=by,
    )


def test_numbers_run_per_kind_and_year(phuong, bi_thu_phuong, chi_doan):
    papers = [
        issue_paper(phuong, bi_thu_phuong),
        issue_paper(chi_doan, bi_thu_phuong),
        issue_paper(phuong, bi_thu_phuong, loai="BC"),
    ]

    assert [paper.so_ky_hieu for paper in papers] == ["01-NQ/ĐTN", "01-NQ/CĐ", "01-BC/ĐTN"]


def test_same_content_gives_the_stored_bytes(phuong, bi_thu_phuong):
    first = issue_paper(phuong, bi_thu_phuong)
    again = issue_paper(phuong, bi_thu_phuong)

    assert again.pk == first.pk
    assert VanBan.objects.count() == 1


def test_changed_content_is_a_new_version_with_the_same_number(phuong, bi_thu_phuong):
    first = issue_paper(phuong, bi_thu_phuong)
    second = issue_paper(phuong, bi_thu_phuong, noi_dung="đã sửa")

    assert (second.so_ky_hieu, second.phien_ban) == (first.so_ky_hieu, 2)
    assert bytes(VanBan.objects.get(pk=first.pk).tep) == bytes(first.tep)
    assert second.ma_kiem_tra != first.ma_kiem_tra


def test_number_pattern_is_a_dated_setting(phuong, bi_thu_phuong):
    QuyDinh.objects.create(
        ma="mau_so_van_ban",
        don_vi=phuong,
        tu_ngay=date(2026, 1, 1),
        gia_tri="{so}/{loai}-{dv}",
        can_cu="Nếp của phường",
    )

    assert issue_paper(phuong, bi_thu_phuong).so_ky_hieu == "01/NQ-ĐTN"


def test_heading_is_that_of_the_day(db):
    tinh = make_don_vi(cap="tinh", loai="tinh", ten="Quảng Ngãi")
    huyen = make_huyen(ten="Nghĩa Hành", cap_tren=tinh)
    xa = make_phuong(ten="Hành Thịnh", loai="xa", cap_tren=huyen)
    chi_doan = make_chi_doan(phuong=xa, ten="An Ba")
    LichSuDonVi.objects.filter(don_vi=xa).update(den_ngay=date(2025, 6, 30))
    LichSuDonVi.objects.create(don_vi=xa, ten="Hành Thịnh", cap_tren=tinh, tu_ngay=date(2025, 7, 1))

    assert tieu_de_don_vi(xa, date(2020, 1, 1)) == (
        "HUYỆN ĐOÀN NGHĨA HÀNH",
        "BCH ĐOÀN XÃ HÀNH THỊNH",
    )
    assert tieu_de_don_vi(xa, NGAY) == ("TỈNH ĐOÀN QUẢNG NGÃI", "BCH ĐOÀN XÃ HÀNH THỊNH")
    assert tieu_de_don_vi(chi_doan, NGAY) == ("ĐOÀN XÃ HÀNH THỊNH", "CHI ĐOÀN AN BA")


@pytest.mark.parametrize(("dat", "ra"), [("", "Phường Thử"), ("TP. Vị Thanh", "TP. Vị Thanh")])
def test_place_of_the_date(phuong, chi_doan, dat, ra):
    phuong.dia_danh = dat
    phuong.save()

    assert dia_danh(chi_doan) == ra
