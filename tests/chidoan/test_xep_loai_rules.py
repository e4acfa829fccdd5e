"""The highest level that the facts allow (33-HD/TWĐTN-BTC 2019, domain 4.2)."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidoan.xep_loai.dieu_kien import (
    HT,
    KHT,
    MUC,
    TOT,
    XS,
    Nguong,
    SuKien,
    is_vuot,
    ket_luan,
    muc_nhieu_phieu,
    muc_tham_gia,
    phan_tram,
    so_thang_tron,
)

NGUONG = Nguong()
DU = {"so_thang": 24, "du_hop": 10, "so_buoi": 10, "ren_luyen": XS, "nhiem_vu": XS}


@pytest.mark.parametrize(
    ("facts", "toi_da", "cau"),
    [
        ({}, XS, "Tối đa: xuất sắc"),
        ({"du_hop": 8}, TOT, "Tối đa: tốt, vì dự 8/10 buổi = 80%"),
        ({"du_hop": 7}, HT, "Tối đa: hoàn thành, vì dự 7/10 buổi = 70%"),
        ({"du_hop": 4}, KHT, "Tối đa: không hoàn thành, vì dự 4/10 buổi = 40%"),
        ({"ren_luyen": TOT}, TOT, "Tối đa: tốt, vì rèn luyện tốt"),
        (
            {"ren_luyen": KHT, "du_hop": 8},
            KHT,
            "Tối đa: không hoàn thành, vì rèn luyện không hoàn thành",
        ),
        ({"nhiem_vu": HT}, HT, "Tối đa: hoàn thành, vì nhiệm vụ được giao hoàn thành"),
        ({"thang_om": 3}, HT, "Tối đa: hoàn thành, vì nghỉ ốm 3 tháng"),
        ({"thang_om": 2}, XS, "Tối đa: xuất sắc"),
        ({"ky_luat": KHT}, KHT, "Tối đa: không hoàn thành, vì đang thi hành kỷ luật"),
        (
            {"hoi_cu_tru": True, "cu_tru": "co"},
            TOT,
            "Tối đa: tốt, vì có tham gia sinh hoạt nơi cư trú",
        ),
        (
            {"hoi_cu_tru": True, "cu_tru": "khong"},
            HT,
            "Tối đa: hoàn thành, vì không tham gia sinh hoạt nơi cư trú",
        ),
        ({"cu_tru": "khong"}, XS, "Tối đa: xuất sắc"),
        ({"so_thang": 2, "don_vi_cu": TOT}, TOT, "Tối đa: tốt, vì đơn vị cũ nhận xét tốt"),
    ],
)
def test_the_weakest_fact_decides_and_is_named(facts, toi_da, cau):
    found = ket_luan(SuKien(**{**DU, **facts}), NGUONG)

    assert (found.khong_xep, found.toi_da, found.cau) == ("", toi_da, cau)


@pytest.mark.parametrize(
    ("facts", "khong_xep"),
    [
        ({"dang_vien": True}, "dang_vien"),
        ({"dang_vien": True, "so_thang": 1}, "dang_vien"),
        ({"so_thang": 5}, "duoi_6_thang"),
        ({"so_thang": 6}, ""),
        ({"so_thang": 5, "don_vi_cu": XS}, ""),
    ],
)
def test_party_members_and_newcomers_without_a_remark_are_not_rated(facts, khong_xep):
    assert ket_luan(SuKien(**{**DU, **facts}), NGUONG).khong_xep == khong_xep


def test_what_is_not_known_lowers_nothing_and_is_said():
    found = ket_luan(SuKien(so_thang=24, hoi_cu_tru=True), NGUONG)

    assert found.toi_da == XS
    assert found.con_thieu == ("điểm danh", "kết quả rèn luyện", "tham gia nơi cư trú")


@given(st.integers(0, 60), st.integers(1, 60))
def test_attendance_is_compared_as_a_fraction(du_hop, so_buoi):
    du_hop = min(du_hop, so_buoi)
    rate = Fraction(du_hop, so_buoi)
    expected = XS if rate >= Fraction(9, 10) else TOT if rate >= Fraction(8, 10) else HT
    if rate < Fraction(5, 10):
        expected = KHT

    assert muc_tham_gia(du_hop, so_buoi, NGUONG) == expected


FACTS = st.builds(
    SuKien,
    so_thang=st.integers(0, 30),
    du_hop=st.integers(0, 12),
    so_buoi=st.just(12),
    moi_ket_nap=st.booleans(),
    don_vi_cu=st.sampled_from(["", *MUC]),
    ren_luyen=st.sampled_from(["", *MUC]),
    nhiem_vu=st.sampled_from(["", *MUC]),
    hoi_cu_tru=st.booleans(),
    cu_tru=st.sampled_from(["", "tich_cuc", "co", "khong"]),
    thang_om=st.integers(0, 8),
    ky_luat=st.sampled_from(["", KHT]),
)


@given(FACTS)
def test_no_fact_is_forgotten_and_none_is_invented(facts):
    found = ket_luan(facts, NGUONG)
    if found.khong_xep:
        assert facts.so_thang < 6
        assert not facts.don_vi_cu
        return
    limits = [MUC.index(row.muc) for row in found.ly_do]
    assert MUC.index(found.toi_da) == min(limits, default=3)
    assert (found.toi_da == XS) == (not found.ly_do)
    for muc in (facts.ren_luyen, facts.nhiem_vu, facts.ky_luat):
        assert not muc or not is_vuot(found.toi_da, muc)
    assert facts.thang_om < 3 or not is_vuot(found.toi_da, HT)


@pytest.mark.parametrize(
    ("phieu", "muc"),
    [
        ((3, 9, 1, 0), TOT),
        ((0, 0, 0, 4), KHT),
        ((5, 5, 2, 0), ""),
        ((0, 0, 0, 0), ""),
    ],
)
def test_most_votes_propose_a_level_and_a_tie_none(phieu, muc):
    assert muc_nhieu_phieu(phieu) == muc


def test_a_rate_is_never_rounded_over_a_threshold():
    assert [phan_tram(799, 1000), phan_tram(2, 3), phan_tram(4, 5)] == ["79,9%", "66,6%", "80%"]


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 5, 20), date(2026, 11, 20), 6),
        (date(2026, 5, 21), date(2026, 11, 20), 5),
        (date(2026, 11, 21), date(2026, 11, 20), 0),
    ],
)
def test_months_are_whole(start, end, months):
    assert so_thang_tron(start, end) == months
