"""Inspections, livelihood and advice in the reports: each figure is as many as its rows."""

from datetime import date

import pytest

from baocao.bang_so_lieu import load_bang
from baocao.chi_tieu import THEO_MA, ThoiKy, compute, rows, total
from core.periods import KyBaoCao
from tests.factories import make_bao_cao, make_doan_vien
from tests.kiem_tra_data import (
    make_cuoc,
    make_ho_tro,
    make_kien_nghi,
    make_mo_hinh_kinh_te,
    make_so_du,
    make_tham_muu,
    make_to_tiet_kiem,
)

NAM, Q2, Q3 = KyBaoCao(2026), KyBaoCao(2026, quy=2), KyBaoCao(2026, quy=3)
CUOI_NAM = date(2026, 12, 31)


@pytest.fixture
def story(huyen, phuong, chi_doan, chi_doan_khac):
    """A year of a ward: a branch inspected twice, another once and one planned; the ward once."""
    done = {"doi_tuong": chi_doan, "trang_thai": "da_tien_hanh"}
    make_cuoc(**done)
    make_cuoc(**done | {"ngay": date(2026, 8, 3), "trang_thai": "da_ket_luan"}, **KET_LUAN)
    remedied = make_cuoc(doi_tuong=chi_doan_khac, trang_thai="khac_phuc", hinh_thuc="giam_sat")
    make_kien_nghi(remedied, trang_thai="xong", ngay_xong=date(2026, 6, 10))
    make_cuoc(doi_tuong=chi_doan_khac)
    make_cuoc(doi_tuong=phuong, trang_thai="da_tien_hanh")
    to = make_to_tiet_kiem(don_vi=phuong)
    make_so_du(to, "2026Q1", du_no=900_000_000)
    make_so_du(to, "2026Q2", du_no=1_000_000_000)
    ended = make_to_tiet_kiem(don_vi=chi_doan, ten="Tổ cũ", den_ngay=date(2026, 6, 1))
    make_so_du(ended, "2026Q1", du_no=500_000_000)
    person = make_doan_vien(chi_doan=chi_doan)
    make_mo_hinh_kinh_te(doan_vien=person)
    make_ho_tro(doan_vien=person, loai="vay_von", so_tien=50_000_000)
    make_ho_tro(don_vi=phuong, loai="gia_dinh")
    make_tham_muu(don_vi=phuong)
    make_tham_muu(
        don_vi=phuong,
        ket_qua="mot_phan",
        ngay_tra_loi=date(2026, 7, 2),
        kinh_phi=12_000_000,
    )
    return phuong


KET_LUAN = {"ngay_ket_luan": date(2026, 8, 10)}


@pytest.mark.parametrize(
    ("ma", "q2", "q3", "nam"),
    [
        ("cuoc_kiem_tra", 2, 1, 3),
        ("don_vi_kiem_tra", 2, 0, 2),
        ("kien_nghi_khac_phuc", 1, 0, 1),
        ("to_tiet_kiem", 1, 1, 1),
        ("du_no_vay_von", 10**9, 10**9, 10**9),
        ("vay_von", 1, 0, 1),
        ("vay_von_so_tien", 50_000_000, 0, 50_000_000),
        ("giup_gia_dinh", 1, 0, 1),
        ("mo_hinh_kinh_te", 1, 1, 1),
        ("tham_muu", 2, 0, 2),
        ("tham_muu_chap_thuan", 0, 1, 1),
        ("tham_muu_kinh_phi", 0, 12_000_000, 12_000_000),
    ],
)
def test_a_ward_counts_what_it_did(story, van_phong, ma, q2, q3, nam):
    item = THEO_MA[ma]
    for ky, expected in ((Q2, q2), (Q3, q3), (NAM, nam)):
        span = ThoiKy.of(ky, story, CUOI_NAM)

        assert compute(story, span, [item]).so(story, ma).tu == expected, ky

        found = rows(item, story, span).visible_to(van_phong)
        assert (total(item, found).tu if item.tong else found.count()) == expected, ky


def test_the_office_above_adds_its_own_inspection(story, huyen):
    span = ThoiKy.of(NAM, huyen, CUOI_NAM)

    table = compute(huyen, span)

    assert table.so(huyen, "cuoc_kiem_tra").tu == 4
    assert table.so(huyen, "don_vi_kiem_tra").tu == 3


def test_a_group_that_is_given_back_is_still_there_before_that_day(story):
    span = ThoiKy.of(KyBaoCao(2026, quy=1), story, date(2026, 3, 31))

    table = compute(story, span)

    assert table.so(story, "to_tiet_kiem").tu == 2
    assert table.so(story, "du_no_vay_von").tu == 1_400_000_000


def test_while_nothing_is_on_record_the_figure_is_typed(phuong, chi_doan):
    report = make_bao_cao(don_vi=phuong, ky="2026Q2")

    assert load_bang(report).dong("cuoc_kiem_tra").gia_tri is None
    make_cuoc(doi_tuong=chi_doan, trang_thai="da_tien_hanh")
    assert load_bang(report).dong("cuoc_kiem_tra").gia_tri == 1
