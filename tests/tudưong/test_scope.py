"""Who sees which case, and what the figures count."""

from datetime import date

import pytest

from core.errors import RuleError
from core.periods import KyBaoCao
from tests.factories import (
    make_chi_doan,
    make_doan_vien,
    make_ho_so,
    make_ky,
    make_thanh_vien,
    make_to,
)
from tochuc.models import NhatKy
from tudưong.models import BuocHoSo, HoSo, KyDanhGia, ThanhVienTo, ToTuDuong
from tudưong.services import HoSoCu, record_ho_so_history

T = HoSo.TrangThai
NAM_2020 = KyBaoCao(2020)


@pytest.fixture
def cases(chi_doan, chi_doan_khac, phuong_khac):
    """One case in each branch of the ward and one next door, all but the first sent."""
    return [
        make_ho_so(chi_doan=chi_doan),
        make_ho_so(chi_doan=chi_doan, trang_thai=T.DA_GUI),
        make_ho_so(chi_doan=chi_doan_khac, trang_thai=T.KET_NAP),
        make_ho_so(chi_doan=make_chi_doan(phuong=phuong_khac), trang_thai=T.DA_GUI),
    ]


def numbers(cases, queryset) -> list[int]:
    return sorted(cases.index(case) for case in queryset)


def test_a_branch_sees_its_own_cases_and_the_ward_all_of_its_own(
    cases, bi_thu, bi_thu_phuong, van_phong, cap_uy, uy_vien
):
    seen = [numbers(cases, HoSo.objects.visible_to(user)) for user in (bi_thu, bi_thu_phuong)]
    assert seen == [[0, 1], [0, 1, 2]]
    assert numbers(cases, HoSo.objects.visible_to(van_phong)) == [0, 1, 2, 3]
    assert numbers(cases, HoSo.objects.visible_to(cap_uy)) == []
    assert numbers(cases, HoSo.objects.visible_to(uy_vien)) == []


def test_the_party_committee_sees_only_cases_sent_to_it(cases, cap_uy, bi_thu_phuong):
    assert numbers(cases, HoSo.objects.gui_cap_uy_cua(cap_uy)) == [1, 2]
    assert numbers(cases, HoSo.objects.gui_cap_uy_cua(bi_thu_phuong)) == []


def test_groups_are_the_wards_and_places_also_the_branches(
    bi_thu, bi_thu_phuong, nguoi_la, to, thanh_vien, chi_doan_khac
):
    other = make_thanh_vien(to=to, doan_vien=make_doan_vien(chi_doan=chi_doan_khac))

    assert list(ToTuDuong.objects.visible_to(bi_thu_phuong)) == [to]
    assert not ToTuDuong.objects.visible_to(bi_thu).exists()
    assert list(ThanhVienTo.objects.visible_to(bi_thu)) == [thanh_vien]
    assert set(ThanhVienTo.objects.visible_to(bi_thu_phuong)) == {thanh_vien, other}
    assert not ThanhVienTo.objects.visible_to(nguoi_la).exists()


def test_places_count_on_the_day(to, thanh_vien, chi_doan):
    make_thanh_vien(
        to=to,
        doan_vien=make_doan_vien(chi_doan=chi_doan),
        tu_ngay=date(2026, 1, 5),
        den_ngay=date(2026, 3, 31),
    )
    ended = make_to(don_vi=to.don_vi, ket_thuc=date(2026, 2, 1))
    make_thanh_vien(to=ended, doan_vien=make_doan_vien(chi_doan=chi_doan))

    counted = [
        ThanhVienTo.objects.under(to.don_vi).dang_boi_duong(day).count()
        for day in (date(2026, 1, 4), date(2026, 1, 5), date(2026, 2, 2), date(2026, 4, 1))
    ]
    assert counted == [2, 3, 2, 1]


def test_sessions_count_once_closed_in_the_quarter_they_were_held(to):
    make_ky(to=to, nam=2026, quy=2, ngay=date(2026, 7, 3), trang_thai="ket_thuc")
    make_ky(to=to, nam=2026, quy=3, ngay=date(2026, 9, 20))

    held = KyDanhGia.objects.under(to.don_vi).da_hop()

    assert [held.trong_ky(KyBaoCao(2026, quy=quy)).count() for quy in (2, 3)] == [0, 1]


def history(chi_doan, results) -> list[HoSoCu]:
    return [
        HoSoCu(
            doan_vien=make_doan_vien(chi_doan=chi_doan),
            ngay_gioi_thieu=date(2020, 3, 26),
            ket_qua=ket_qua,
            ngay_ket_qua=date(2020, 9, 2) if ket_qua else None,
        )
        for ket_qua in results
    ]


def test_history_in_bulk_is_counted_like_any_case(
    chi_doan, phuong, bi_thu_phuong, django_assert_max_num_queries
):
    rows = history(chi_doan, ["ket_nap"] * 7 + ["khong_ket_nap"] * 2 + [""] * 3)

    with django_assert_max_num_queries(30):
        cases = record_ho_so_history(rows=rows, by=bi_thu_phuong)

    counted = HoSo.objects.under(phuong)
    assert counted.gioi_thieu_trong(NAM_2020).count() == 12
    assert counted.ket_nap_dang_trong(NAM_2020).count() == 7
    assert counted.ket_nap_dang_trong(KyBaoCao(2020, quy=1)).count() == 0
    assert [case.ma for case in cases][:2] == ["HS-2020-01", "HS-2020-02"]
    assert BuocHoSo.objects.count() == 7 * 3 + 2 * 4 + 3 * 2
    assert NhatKy.objects.filter(hanh_dong="ho_so.history").count() == 1
    rows[0].doan_vien.refresh_from_db()
    assert rows[0].doan_vien.ngay_vao_dang == date(2020, 9, 2)


def test_history_is_refused_as_a_whole(chi_doan, bi_thu_phuong):
    good = history(chi_doan, ["ket_nap"])
    bad = HoSoCu(
        doan_vien=make_doan_vien(chi_doan=chi_doan),
        ngay_gioi_thieu=date(2020, 3, 26),
        ket_qua="ket_nap",
        ngay_ket_qua=date(2020, 3, 25),
    )

    with pytest.raises(RuleError, match="trước ngày giới thiệu"):
        record_ho_so_history(rows=[*good, bad], by=bi_thu_phuong)

    assert not HoSo.objects.exists()


def test_later_numbers_follow_the_history(chi_doan, bi_thu_phuong):
    record_ho_so_history(rows=history(chi_doan, [""]), by=bi_thu_phuong)

    second = record_ho_so_history(rows=history(chi_doan, [""]), by=bi_thu_phuong)

    assert second[0].ma == "HS-2020-02"
