"""Rates are what a count by hand gives, whatever the rolls."""

from collections import Counter
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chidoan.diem_danh import read_roll
from chidoan.models import BuoiSinhHoat, DiemDanh
from chidoan.noi_dung import Dong, NoiDungBuoi
from chidoan.queries import diem_danh_theo_thang
from core.periods import KyBaoCao
from tests.chidoan.test_services_buoi import said
from tests.factories import make_buoi, make_doan_vien

CO_MAT, MUON, LY_DO, VANG = DiemDanh.TrangThai.values
states = st.sampled_from(DiemDanh.TrangThai.values)
rolls = st.lists(states, min_size=3, max_size=3)
days = st.dates(date(2026, 1, 1), date(2026, 10, 31))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(meetings=st.lists(st.tuples(days, rolls), max_size=6))
def test_attendance_by_month_equals_a_count_by_hand(phuong, chi_doan, meetings):
    BuoiSinhHoat.objects.all().delete()
    members = [make_doan_vien(chi_doan=chi_doan) for _ in range(3)]
    by_hand = {}
    for day, roll in meetings:
        make_buoi(chi_doan=chi_doan, ngay=day, diem_danh=dict(zip(members, roll, strict=True)))
        month = by_hand.setdefault(day.replace(day=1), Counter())
        month.update(["buoi", *roll])

    rows = diem_danh_theo_thang(phuong, KyBaoCao(2026))

    assert {
        row.thang: (row.so_buoi, row.du_hop, row.co_ly_do, row.vang, row.danh_sach) for row in rows
    } == {
        month: (c["buoi"], c[CO_MAT] + c[MUON], c[LY_DO], c[VANG], 3 * c["buoi"])
        for month, c in by_hand.items()
    }
    for row in rows:
        assert row.du_hop + row.co_ly_do + row.vang == row.danh_sach
        assert 0 <= row.du_hop <= row.khong_tinh_ly_do <= row.danh_sach


@given(st.dictionaries(st.integers(1, 10**6), st.tuples(st.text(max_size=14), st.text(max_size=8))))
def test_roll_that_was_sent_is_read_into_known_states_only(sent):
    data = {f"dd-{pk}": state for pk, (state, _) in sent.items()}
    data |= {f"ld-{pk}": reason for pk, (_, reason) in sent.items()}

    roll = read_roll(data | {"dd-": "vang", "dd-x": "vang", "ngay": "1/1/2026"})

    assert roll.keys() == sent.keys()
    for row in roll.values():
        assert row.trang_thai in DiemDanh.TrangThai.values
        assert not row.ly_do or row.trang_thai == LY_DO


@given(st.dictionaries(st.integers(1, 100), states, min_size=2))
def test_present_are_those_present_or_late(roll):
    members = [Member(1), Member(2)]
    meeting: NoiDungBuoi = said(
        members, diem_danh={pk: Dong(trang_thai=state) for pk, state in roll.items()}
    )

    assert meeting.so_du_hop == sum(state in (CO_MAT, MUON) for state in roll.values())


class Member:
    def __init__(self, pk):
        self.pk = pk
