from decimal import Decimal

import pytest

from baocao.bang_so_lieu import load_bang
from baocao.kiem_tra import find_van_de
from baocao.models import PhanLoi, SoLieu
from tests.factories import make_bao_cao, make_ho_so


def findings(bao_cao, phan_loi=(), **how):
    parts = {muc: PhanLoi(muc=muc, noi_dung="Đã viết.") for muc in phan_loi}
    return find_van_de(load_bang(bao_cao), parts, **how)


def titles(bao_cao, family, phan_loi=(), **how):
    return [item.title for item in findings(bao_cao, phan_loi, **how) if item.family == family]


@pytest.mark.parametrize(
    ("written", "family", "title"),
    [
        (1, "bad", "Phần lời mới có 1/13 mục"),
        (2, "warn", "Phần lời: đã viết 2/13 mục"),
        (13, "ok", "Phần lời đủ 13 mục"),
    ],
)
def test_two_sections_are_enough_and_all_are_better(phuong, written, family, title):
    written = PhanLoi.Muc.values[:written]
    found = titles(make_bao_cao(don_vi=phuong), family, written, is_dang_sua=False)

    assert title in found


def test_sections_still_to_be_filled_from_the_books_never_stand_in_the_way(phuong):
    found = titles(make_bao_cao(don_vi=phuong), "warn")

    assert "Phần lời: đã viết 0/13 mục" in found


def test_admitted_this_year_after_a_referral_of_last_year_is_only_worth_a_look(phuong, chi_doan):
    make_ho_so(
        chi_doan=chi_doan,
        trang_thai="ket_nap",
        ngay_gioi_thieu="2025-11-01",
        ngay_gui="2025-11-05",
        ngay_ket_nap="2026-08-10",
    )

    found = titles(make_bao_cao(don_vi=phuong), "warn")

    assert any("Được kết nạp Đảng: 1, nhiều hơn" in title for title in found)


def test_a_part_typed_larger_than_its_whole_stands_against_submitting(phuong):
    bao_cao = make_bao_cao(don_vi=phuong)
    SoLieu.objects.create(bao_cao=bao_cao, ma="di_lam_xa", bao_cao_gia_tri=4, ly_do="Đếm lại.")

    found = titles(bao_cao, "bad")

    assert any("Đi làm ăn xa: 4, nhiều hơn 2.1: 0" in title for title in found)


@pytest.mark.parametrize(("truoc", "nay", "la"), [(40, 22, False), (50, 22, True), (3, 6, False)])
def test_a_figure_far_from_the_period_before_is_worth_a_look(phuong, truoc, nay, la):
    for ky in ("2026Q1", "2026Q2"):
        earlier = make_bao_cao(don_vi=phuong, ky=ky, trang_thai="chap_nhan", tinh_den="2026-06-30")
        SoLieu.objects.create(bao_cao=earlier, ma="hien_mau", bao_cao_gia_tri=Decimal(truoc))
    bao_cao = make_bao_cao(don_vi=phuong)
    SoLieu.objects.create(bao_cao=bao_cao, ma="hien_mau", bao_cao_gia_tri=Decimal(nay))

    found = titles(bao_cao, "warn")

    assert any(f"kỳ trước {truoc}, {truoc}. Đúng" in title for title in found) is la


def test_blockers_come_first(phuong):
    families = [item.family for item in findings(make_bao_cao(don_vi=phuong))]

    assert families == sorted(families, key=("bad", "warn", "ok").index)
