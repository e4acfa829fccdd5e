"""Where figures come from, and what the engine makes of them for real units."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baocao.cham_diem import luat_cua, tinh_tu_dong, tong_hop
from baocao.cham_diem.cong_thuc import GiaTri, tinh
from baocao.cham_diem.luat import Bac, BoLuat, LuatTieuChi
from baocao.cham_diem.nguon import CO_TEN, nguon_dung_cho
from baocao.models import BoTieuChi, ChiTieuNam, XepLoaiDonVi
from core.periods import KyBaoCao
from tests.baocao.ranking import full_year, people
from tests.factories import (
    make_bao_cao,
    make_buoi,
    make_chi_doan,
    make_hoat_dong,
    make_nghi_quyet,
)

NAM = KyBaoCao(2025)


def bo(*tieu_chi: LuatTieuChi, doi_tuong="chi_doan") -> BoLuat:
    return BoLuat(
        ma="thu",
        phien_ban=1,
        ten="Thử",
        doi_tuong=doi_tuong,
        kieu="diem",
        can_cu="Thử",
        tieu_chi=tieu_chi,
        muc=(),
    )


def moi(nguon: str, chia_cho="khong", **them) -> LuatTieuChi:
    """Ten points for each unit of the figure, up to a hundred."""
    return LuatTieuChi(
        **{
            "ma": "x",
            "ten": "X",
            "cach_cham": "tu_dong",
            "cong_thuc": "ty_le",
            "moc_duoi": Fraction(0),
            "moc_tren": Fraction(10),
            "diem_toi_da": Decimal(100),
            **them,
        },
        nguon=nguon,
        chia_cho=chia_cho,
    )


def diem(unit, *tieu_chi, goc=None, doi_tuong="chi_doan", ky=NAM):
    found = tinh_tu_dong(bo(*tieu_chi, doi_tuong=doi_tuong), goc or unit, ky)
    return found[unit.pk]["x"]


def test_a_count_by_heads_lets_small_and_large_branches_be_compared(phuong):
    small, large = make_chi_doan(phuong=phuong), make_chi_doan(phuong=phuong)
    people(small, 5)
    people(large, 10)
    for branch, count in ((small, 5), (large, 10)):
        for _ in range(count):
            make_hoat_dong(don_vi=branch, loai="chu_nhat_xanh", ngay=date(2025, 5, 4))

    found = [diem(branch, moi("chu_nhat_xanh", "doan_vien")) for branch in (small, large)]

    assert [(row.tu, row.mau, row.diem) for row in found] == [(5, 5, 10), (10, 10, 10)]


def test_more_than_the_cap_counts_no_further(chi_doan):
    people(chi_doan, 5)
    for _ in range(4):
        make_hoat_dong(don_vi=chi_doan, loai="chu_nhat_xanh", ngay=date(2025, 5, 4))

    found = diem(chi_doan, moi("chu_nhat_xanh", tran_so=3))

    assert (found.tu, found.diem) == (4, 30)


def test_a_register_that_may_not_be_kept_says_nothing_rather_than_nought(chi_doan):
    people(chi_doan, 5)

    assert diem(chi_doan, moi("chu_nhat_xanh")).is_thieu
    assert diem(chi_doan, moi("buoi_sinh_hoat")).diem == 0


def test_without_a_target_there_is_nothing_to_measure_against(chi_doan):
    people(chi_doan, 2, tu_ngay=date(2025, 3, 26))

    assert diem(chi_doan, moi("ket_nap_moi", "chi_tieu")).is_thieu
    ChiTieuNam.objects.create(don_vi=chi_doan, ma="ket_nap_moi", nam=2025, gia_tri=4)
    found = diem(chi_doan, moi("ket_nap_moi", "chi_tieu"))
    assert (found.tu, found.mau, found.diem) == (2, 4, 5)


def test_in_a_quarter_the_years_target_is_measured_by_the_year_so_far(chi_doan):
    people(chi_doan, 2, tu_ngay=date(2025, 3, 26))
    ChiTieuNam.objects.create(don_vi=chi_doan, ma="ket_nap_moi", nam=2025, gia_tri=4)
    third = KyBaoCao.parse("2025Q3")

    assert diem(chi_doan, moi("ket_nap_moi", "chi_tieu"), ky=third).tu == 2
    assert diem(chi_doan, moi("ket_nap_moi"), ky=third).tu == 0


@pytest.mark.parametrize(("chia_cho", "mau"), [("thang", 12), ("so", 6), ("khong", None)])
def test_what_a_count_is_divided_by(chi_doan, chia_cho, mau):
    full_year(chi_doan, people(chi_doan, 2))

    found = diem(chi_doan, moi("buoi_sinh_hoat", chia_cho, chia_so=6))

    assert (found.tu, found.mau) == (12, mau)


def test_resolutions_are_in_time_when_done_by_their_day(chi_doan):
    (nguoi,) = people(chi_doan, 1)
    buoi = make_buoi(chi_doan=chi_doan, ngay=date(2025, 4, 1))
    done = {"trang_thai": "xong", "ket_qua": "Đã làm"}
    for ket_thuc_ngay, them in (
        (date(2025, 5, 1), done),
        (date(2025, 6, 1), done),
        (None, {}),
        (date(2025, 4, 9), {"trang_thai": "thoi", "ket_qua": "Không cần nữa"}),
    ):
        make_nghi_quyet(
            buoi=buoi,
            phu_trach=nguoi,
            han=date(2025, 5, 15),
            ket_thuc_ngay=ket_thuc_ngay,
            **them,
        )

    found = diem(chi_doan, moi("nghi_quyet_dung_han", "rieng"))

    assert (found.tu, found.mau) == (1, 3)


def test_reports_are_in_time_when_first_handed_in_by_their_day(phuong):
    def moment(day):
        return datetime(2025, 9, day, 12, tzinfo=UTC)

    make_bao_cao(don_vi=phuong, ky="2025Q2", nop_lan_dau=None)
    make_bao_cao(don_vi=phuong, ky="2025Q3", han=date(2025, 9, 25), nop_lan_dau=moment(25))
    make_bao_cao(don_vi=phuong, ky="2025Q1", trang_thai="mien", mien_ly_do="Mới lập")

    found = diem(phuong, moi("bao_cao_dung_han", "rieng"), doi_tuong="doan_co_so")

    assert (found.tu, found.mau) == (1, 2)


def test_a_ward_union_is_judged_by_its_branches(phuong):
    for muc in ("htxs", "htt", "kht"):
        branch = make_chi_doan(phuong=phuong)
        full_year(branch, people(branch, 2))
        XepLoaiDonVi.objects.create(
            don_vi=branch, nam=2025, thang="hd33", muc=muc, ngay=date(2025, 12, 1)
        )
    shipped = BoTieuChi.objects.get(ma="hd33-doan-co-so")

    found = tinh_tu_dong(shipped, phuong, NAM)[phuong.pk]

    assert (found["chi_doan_tot"].tu, found["chi_doan_tot"].mau) == (2, 3)
    assert found["chi_doan_tot"].muc == "htt"
    assert (found["chi_doan_kht"].muc, found["doan_phi"].is_thieu) == ("kht", True)
    levels = {ma: row.muc for ma, row in found.items()}
    assert tong_hop(shipped, levels).muc == "kht"
    rhythm = diem(phuong, moi("nhip_hop", "rieng"), doi_tuong="doan_co_so")
    assert (rhythm.tu, rhythm.mau) == (36, 36)


def test_many_units_take_the_statements_of_one_and_say_how_far_it_is(phuong):
    everything = [
        moi(ma, "rieng" if ma in CO_TEN else "khong", ma=ma) for ma in nguon_dung_cho("chi_doan")
    ]
    counts, seen = [], []
    for more in (1, 4):
        for _ in range(more):
            branch = make_chi_doan(phuong=phuong)
            full_year(branch, people(branch, 2))
        with CaptureQueriesContext(connection) as queries:
            found = tinh_tu_dong(
                bo(*everything), phuong, NAM, tien_do=lambda *far: seen.append(far)
            )
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 10
    assert all(set(row) == set(nguon_dung_cho("chi_doan")) for row in found.values())
    assert seen[-1] == (0, 5)


def test_the_same_books_give_the_same_whatever_order_criteria_stand_in(phuong, chi_doan):
    full_year(chi_doan, people(chi_doan, 3))
    luat = luat_cua(BoTieuChi.objects.get(ma="bang-100-diem"))

    found = tinh_tu_dong(luat, phuong, NAM)
    turned = tinh_tu_dong(replace(luat, tieu_chi=luat.tieu_chi[::-1]), phuong, NAM)

    assert found == turned
    points = {ma: row.diem for ma, row in found[chi_doan.pk].items()}
    assert tong_hop(luat, points).tong == sum(value for value in points.values() if value)


def test_dues_handed_over_late_rule_the_best_step_out():
    item = moi(
        "thu_nop",
        "rieng",
        cong_thuc="bac",
        bac=(
            Bac(gioi_han=Fraction(1), diem=Decimal(10)),
            Bac(gioi_han=Fraction(1, 2), diem=Decimal(6)),
            Bac(diem=Decimal(0)),
        ),
    )

    assert tinh(item, GiaTri(12, 12)).diem == 10
    assert tinh(item, GiaTri(12, 12, khong_cao_nhat=True)).diem == 6
