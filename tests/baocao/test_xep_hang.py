import uuid
from datetime import date

import pytest

from baocao.models import ChiTieuNam, XepLoaiDonVi
from baocao.xep_hang import load_xep_hang
from baocao.xep_loai import Muc
from core.periods import KyBaoCao
from doanvien.doan_phi import services as doan_phi
from tests.baocao.conftest import MOMENT
from tests.baocao.ranking import TU_DANH_GIA, assess, excellent, full_year, people, rows_of
from tests.factories import (
    make_buoi,
    make_chi_doan,
    make_don_vi,
    make_ky_luat,
    make_phieu_thu,
    make_xep_loai,
)
from tochuc.models import QuyDinh


def test_a_branch_with_all_criteria_at_the_top_is_excellent(phuong, chi_doan, can_bo_phuong):
    excellent(chi_doan, can_bo_phuong)

    row = rows_of(phuong)[chi_doan.pk]

    assert row.xep.muc == Muc.HTXS
    assert row.xep.so_cao_nhat == 9
    assert (row.hang, row.hang_cum) == (1, 1)


@pytest.mark.parametrize(
    ("levels", "muc"), [({"so_chi_doan": "ht"}, "ht"), ({"ky_luat": "htt"}, "htt")]
)
def test_the_wards_finding_lowers_the_branch(phuong, chi_doan, can_bo_phuong, levels, muc):
    excellent(chi_doan, can_bo_phuong)
    assess(chi_doan, can_bo_phuong, **levels)

    assert rows_of(phuong)[chi_doan.pk].muc == muc


@pytest.mark.parametrize(
    ("khieu_nai", "muc"), [("khong", "htt"), ("dang_xet", "htt"), ("huy", "htxs")]
)
def test_discipline_in_the_book_blocks_the_top_whatever_was_assessed(
    phuong, chi_doan, can_bo_phuong, khieu_nai, muc
):
    members = excellent(chi_doan, can_bo_phuong)
    day = date(2025, 5, 6)
    make_ky_luat(members[0], ngay_quyet_dinh=day, ngay_cong_bo=day, khieu_nai=khieu_nai)
    make_ky_luat(members[1])  # of another year

    assert rows_of(phuong)[chi_doan.pk].muc == muc


def test_a_missed_month_fails_the_branch(phuong, chi_doan, can_bo_phuong):
    excellent(chi_doan, can_bo_phuong)
    chi_doan.buoi_sinh_hoat.filter(ngay__month=7).delete()

    row = rows_of(phuong)[chi_doan.pk]

    assert row.muc == "kht"
    assert row.ket_qua[0].tu == 11
    assert row.ket_qua[0].mau == 12


def test_months_before_the_book_began_are_not_missed(phuong, chi_doan):
    people(chi_doan, tu_ngay=date(2025, 11, 20))
    chi_doan.so_lieu_tu = date(2025, 11, 20)
    chi_doan.save()

    row = rows_of(phuong)[chi_doan.pk]

    assert (row.nhip_hop.da_hop, row.nhip_hop.phai_hop) == (0, 1)
    chi_doan.so_lieu_tu = date(2025, 12, 2)
    chi_doan.save()
    assert rows_of(phuong)[chi_doan.pk].muc == ""


def test_the_running_month_is_not_missed_on_its_last_day(monkeypatch, phuong, chi_doan):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MOMENT.replace(month=12, day=31))
    members = people(chi_doan)
    for thang in range(1, 12):
        make_buoi(
            chi_doan=chi_doan,
            ngay=date(2026, thang, 10),
            diem_danh=dict.fromkeys(members, "co_mat"),
        )

    row = rows_of(phuong, 2026)[chi_doan.pk]

    assert (row.ket_qua[0].tu, row.ket_qua[0].mau) == (11, 11)


def test_what_nobody_assessed_leaves_the_level_open(phuong, chi_doan):
    full_year(chi_doan, people(chi_doan))

    row = rows_of(phuong)[chi_doan.pk]

    assert row.muc == ""
    assert row.ten_muc == "Chưa đủ dữ liệu"
    missing = {item.tieu_chi.ma for item in row.ket_qua if item.muc is None}
    by_hand = set(TU_DANH_GIA) - {"ky_luat"}  # the book has none: that is an answer
    assert missing == {*by_hand, "ket_nap", "tot_tro_len", "khong_hoan_thanh"}


def test_nobody_admitted_is_for_the_ward_to_judge(phuong, chi_doan, can_bo_phuong):
    full_year(chi_doan, people(chi_doan))
    assess(chi_doan, can_bo_phuong, ket_nap="htxs")

    result = next(
        item for item in rows_of(phuong)[chi_doan.pk].ket_qua if item.tieu_chi.ma == "ket_nap"
    )

    assert (result.muc, result.tu) == (Muc.HTXS, 0)


def test_admissions_are_measured_against_the_years_target(phuong, chi_doan):
    people(chi_doan, 2, tu_ngay=date(2025, 3, 26))
    ChiTieuNam.objects.create(don_vi=chi_doan, ma="ket_nap_moi", nam=2025, gia_tri=3)

    def result():
        found = rows_of(phuong)[chi_doan.pk].ket_qua
        return next(item for item in found if item.tieu_chi.ma == "ket_nap")

    assert (result().muc, result().tu, result().mau) == (None, 2, 3)
    people(chi_doan, 1, tu_ngay=date(2025, 9, 2))
    assert (result().muc, result().tu) == (Muc.HTXS, 3)


def test_unrated_members_count_in_the_base_when_the_setting_says_so(phuong, chi_doan):
    members = people(chi_doan, 5)
    for nguoi in members[:4]:
        make_xep_loai(nguoi, "htt", nam=2025)

    def rate():
        found = rows_of(phuong)[chi_doan.pk].ket_qua
        return next((item.tu, item.mau) for item in found if item.tieu_chi.ma == "tot_tro_len")

    assert rate() == (4, 4)
    QuyDinh.objects.create(
        ma="mau_so_xep_loai", tu_ngay=date(2025, 1, 1), gia_tri="tong_doan_vien", can_cu="Thử"
    )
    assert rate() == (4, 5)


def test_attendance_breaks_ties_and_equals_share_a_rank(phuong, can_bo_phuong):
    branches = [make_chi_doan(phuong=phuong, cum_thi_dua="Cụm 1") for _ in range(3)]
    for branch, states in zip(branches, [(), (), ("vang",)], strict=True):
        excellent(branch, can_bo_phuong, states=states)

    found = rows_of(phuong)

    assert [found[branch.pk].hang for branch in branches] == [1, 1, 3]


def test_ranks_are_given_within_the_cluster_too(phuong, can_bo_phuong):
    first = make_chi_doan(phuong=phuong, cum_thi_dua="Cụm 1")
    second = make_chi_doan(phuong=phuong, cum_thi_dua="Cụm 2")
    for branch, states in ((first, ()), (second, ("vang",))):
        excellent(branch, can_bo_phuong, states=states)

    found = rows_of(phuong)

    assert [(found[unit.pk].hang, found[unit.pk].hang_cum) for unit in (first, second)] == [
        (1, 1),
        (2, 1),
    ]


def test_clusters_of_two_wards_that_are_called_alike_stay_apart(huyen, phuong, can_bo_phuong):
    first = make_chi_doan(phuong=phuong, cum_thi_dua="Cụm 1")
    other = make_don_vi(cap_tren=huyen, ten="Khác")
    second = make_chi_doan(phuong=other, cum_thi_dua="Cụm 1")
    for branch, states in ((first, ()), (second, ("vang",))):
        excellent(branch, can_bo_phuong, states=states)

    found = rows_of(huyen)

    assert (found[second.pk].hang, found[second.pk].hang_cum) == (2, 1)


def test_small_new_and_empty_branches_stand_beside_the_ranking(phuong):
    small = make_chi_doan(phuong=phuong)
    people(small, 4)
    new = make_chi_doan(phuong=phuong, thanh_lap=date(2025, 9, 1))
    people(new, 6, tu_ngay=date(2025, 9, 1))
    empty = make_chi_doan(phuong=phuong)

    found = rows_of(phuong)

    assert [found[unit.pk].hang for unit in (small, new, empty)] == [None] * 3
    assert found[small.pk].ghi_chu == "Dưới 5 đoàn viên"
    assert found[new.pk].ghi_chu == "Mới thành lập chưa đủ 6 tháng"
    assert found[empty.pk].ghi_chu == "Chưa có đoàn viên trong sổ"


def test_small_branches_are_ranked_when_the_setting_says_so(phuong, chi_doan):
    people(chi_doan, 4)
    QuyDinh.objects.create(
        ma="xep_hang_chi_doan_nho", tu_ngay=date(2025, 1, 1), gia_tri=1, can_cu="Thử"
    )

    row = rows_of(phuong)[chi_doan.pk]

    assert (row.hang, row.ghi_chu) == (1, "Dưới 5 đoàn viên")


def test_the_older_scale_is_shown_as_decided_and_never_converted(phuong, chi_doan, chi_doan_khac):
    for branch, muc in ((chi_doan, "kha"), (chi_doan_khac, "manh")):
        people(branch)
        XepLoaiDonVi.objects.create(
            don_vi=branch, nam=2020, thang="cu", muc=muc, ngay=date(2020, 12, 15)
        )
    for branch in (chi_doan, chi_doan_khac):
        branch.doan_vien.first().qua_trinh.update(tu_ngay=date(2019, 1, 1))
    people(chi_doan, 6, tu_ngay=date(2019, 1, 1))
    people(chi_doan_khac, 6, tu_ngay=date(2019, 1, 1))

    bang = load_xep_hang(phuong, 2020)

    assert [(row.chi_doan.pk, row.ten_muc, row.hang) for row in bang.dong] == [
        (chi_doan_khac.pk, "Vững mạnh", 1),
        (chi_doan.pk, "Khá", 2),
    ]
    assert bang.dem_muc == [("manh", "Vững mạnh", 1), ("kha", "Khá", 1)]


def test_before_2019_there_is_nothing_to_compute(phuong, chi_doan):
    people(chi_doan, 6, tu_ngay=date(2016, 1, 1))

    row = rows_of(phuong, 2018)[chi_doan.pk]

    assert row.ket_qua == ()
    assert row.muc == ""


# ---- dues ----------------------------------------------------------------------------------


def dues(phuong, chi_doan):
    found = rows_of(phuong, 2026)[chi_doan.pk].ket_qua
    return next(item for item in found if item.tieu_chi.ma == "doan_phi")


@pytest.fixture
def dong_chi(chi_doan):
    return people(chi_doan, 2)


def collect(chi_doan, dong_chi, *thang):
    for so in thang:
        for nguoi in dong_chi:
            make_phieu_thu(nguoi, date(2026, so, 1), ngay=date(2026, so, 20))
        doan_phi.submit_nop(
            don_vi=chi_doan, ky=KyBaoCao(2026, thang=so), ngay=date(2026, so + 1, 2), chung_tu="",
            ma_gui=uuid.uuid4(), by=None,
        )  # fmt: skip


def test_dues_in_full_and_in_time_are_at_the_top(phuong, chi_doan, dong_chi):
    collect(chi_doan, dong_chi, 8, 9, 10)

    result = dues(phuong, chi_doan)

    assert (result.muc, result.tu, result.mau) == (Muc.HTXS, 6, 6)


def test_the_ward_may_find_worse_than_the_book_of_dues_and_not_better(
    phuong, chi_doan, dong_chi, can_bo_phuong
):
    collect(chi_doan, dong_chi, 9, 10)
    for found, muc in (("htxs", Muc.HTXS), ("kht", Muc.KHT)):
        assess(chi_doan, can_bo_phuong, nam=2026, doan_phi=found)
        assert dues(phuong, chi_doan).muc == muc

    late = people(chi_doan, 1)
    assess(chi_doan, can_bo_phuong, nam=2026, doan_phi="htxs")
    result = dues(phuong, chi_doan)
    assert (result.muc, result.tu, result.mau) == (Muc.HT, 4, 6)
    make_phieu_thu(late[0], date(2026, 9, 1), date(2026, 10, 1), ngay=date(2026, 10, 30))
    result = dues(phuong, chi_doan)
    assert (result.muc, result.tu, result.mau) == (Muc.HT, 6, 6)  # all paid, not handed over


def test_an_open_book_without_a_payment_fails_and_no_book_leaves_it_to_the_ward(
    phuong, chi_doan, dong_chi, can_bo_phuong
):
    assess(chi_doan, can_bo_phuong, nam=2026)
    assert (dues(phuong, chi_doan).muc, dues(phuong, chi_doan).mau) == (Muc.HTXS, None)

    doan_phi.open_so_thu(chi_doan=chi_doan, tu_thang=date(2026, 11, 1), by=None)
    assert dues(phuong, chi_doan).mau is None  # the month that runs is not judged

    doan_phi.open_so_thu(chi_doan=chi_doan, tu_thang=date(2026, 10, 1), by=None)
    result = dues(phuong, chi_doan)
    assert (result.muc, result.tu, result.mau) == (Muc.KHT, 0, 2)
