"""Collecting and handing over, counted in the database: the same as read month by month."""

import uuid
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.periods import KyBaoCao
from doanvien.doan_phi import services
from doanvien.doan_phi.con_no import con_no_thang, con_no_trong, thang_no
from doanvien.doan_phi.muc_thu import HUONG_LUONG, KHONG_LUONG, BangMuc
from doanvien.doan_phi.queries import bang_thu
from doanvien.doan_phi.quy_tac import thang_sau
from doanvien.doan_phi.thu_nop import QUY_DINH, ThuNop, thang_da_qua, thu_nop
from doanvien.models import DoanPhi, MienDoanPhi, PhieuThu, QuaTrinh, SoThuDoanPhi
from tests.factories import make_chi_doan, make_doan_vien, make_huyen, make_phieu_thu, make_phuong
from tochuc.models import QuyDinh

NAM = 2026
MUC = (KHONG_LUONG, HUONG_LUONG)
CUOI_NAM = date(NAM, 12, 31)
JAN = date(NAM, 1, 1)
branches, months = st.integers(0, 2), st.integers(0, 11).map(lambda so: thang_sau(JAN, so))
days = st.integers(-40, 380).map(lambda so: JAN + timedelta(days=so))
periods = st.sampled_from([KyBaoCao(NAM), KyBaoCao(NAM, quy=2), KyBaoCao(NAM, thang=9)])
levels = st.integers(0, 2)  # district, ward, branch
books = st.lists(st.none() | months, min_size=3, max_size=3)
stops = st.lists(st.none() | st.none() | days, min_size=3, max_size=3)
exemptions = st.lists(st.tuples(months, st.integers(0, 5), st.booleans()), max_size=2)
lives = st.tuples(
    st.lists(st.tuples(days, branches), min_size=1, max_size=4),  # moves, each from a day on
    st.none() | days,  # the day of leaving
    st.lists(st.tuples(months, branches), max_size=4, unique_by=lambda paid: paid[0]),
    exemptions,
    st.sampled_from(["dang_sinh_hoat", "dang_sinh_hoat", "tu_tran"]),
    st.tuples(st.booleans(), st.none() | months),  # a salary, from a month on
)
rates = st.lists(st.tuples(levels, months, st.sampled_from(MUC), st.integers(1, 9)), max_size=3)


def live(chi_doan, moves, left, paid, exempt, trang_thai, luong) -> None:
    """A member with the periods, payments and exemptions of one drawn life."""
    moves = sorted(dict(moves).items())
    nguoi = make_doan_vien(chi_doan=chi_doan[moves[0][1]])
    QuaTrinh.objects.all().filter(doan_vien=nguoi).delete()
    nguoi.trang_thai = trang_thai
    nguoi.huong_luong, nguoi.huong_luong_tu = luong
    nguoi.save()
    ends = [day - timedelta(days=1) for day, _ in moves[1:]] + [left]
    for (tu, so), den in zip(moves, ends, strict=True):
        if den is None or den >= tu:
            QuaTrinh.objects.create(
                doan_vien=nguoi, chi_doan=chi_doan[so], tu_ngay=tu, den_ngay=den,
                ly_do_bat_dau="ket_nap", ly_do_ket_thuc="chuyen_di" if den else "",
            )  # fmt: skip
    for thang, so in paid:
        phieu = PhieuThu.objects.create(
            don_vi=chi_doan[so], nam=NAM, so=PhieuThu.objects.count() + 1, ngay=thang,
            nguoi_nop="Thử", noi_dung="Thử", tong=2000, ma_gui=uuid.uuid4(),
        )  # fmt: skip
        DoanPhi.objects.create(
            phieu=phieu, doan_vien=nguoi, chi_doan=chi_doan[so], thang=thang, so_tien=2000
        )
    for thang, more, granted in exempt:
        MienDoanPhi.objects.create(
            doan_vien=nguoi, chi_doan=chi_doan[moves[0][1]], tu_thang=thang,
            den_thang=thang_sau(thang, more), ly_do="kho_khan", ngay_quyet=JAN,
            trang_thai="da_duyet" if granted else "khong_duyet",
        )  # fmt: skip


def read(don_vi, ky) -> dict[str, tuple[int, int]]:
    """Paid and owed per branch, as the pages of dues read them: member by member."""
    found = {
        path: (thu.luot_da_thu, thu.luot_no) for path, thu in bang_thu(don_vi, ky, CUOI_NAM).items()
    }
    return {path: counts for path, counts in found.items() if any(counts)}


def owed(rows, don_vi) -> dict[str, tuple[int, int]]:
    """Per branch: how many months are owed, and how much."""
    found = Counter(), Counter()
    for row in rows.filter(chi_doan__path__startswith=don_vi.path).select_related("chi_doan"):
        found[0][row.chi_doan.path] += len(thang_no(row)) or 1
        found[1][row.chi_doan.path] += row.so_tien
    return {path: (found[0][path], found[1][path]) for path in found[0]}


def owed_as_read(don_vi, ky) -> dict[str, tuple[int, int]]:
    bang = bang_thu(don_vi, ky, CUOI_NAM)
    return {path: (thu.luot_no, thu.con_no) for path, thu in bang.items() if thu.luot_no}


class ThuNopTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.huyen = make_huyen()
        cls.ward, other = (make_phuong(cap_tren=cls.huyen) for _ in range(2))
        cls.units = [make_chi_doan(phuong=unit) for unit in (cls.ward, cls.ward, other)]

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(books, stops, st.lists(lives, min_size=1, max_size=4), periods, levels, rates)
    def test_counting_in_the_database_finds_what_reading_finds(
        self, books, stops, told, ky, level, rates
    ):
        units = self.units
        for unit, book, stop in zip(units, books, stops, strict=True):
            unit.so_lieu_den = stop
            unit.save(update_fields=["so_lieu_den"])
            if book:
                SoThuDoanPhi.objects.create(don_vi=unit, tu_thang=book)
        for life in told:
            live(units, *life)
        thang = [month.start for month in ky.months]
        for place, tu_ngay, ma, so in {row[:3]: row for row in rates}.values():
            unit = (None, self.ward, units[0])[place]
            QuyDinh.objects.create(
                ma=ma, don_vi=unit, tu_ngay=tu_ngay, gia_tri=1000 * so, can_cu="Thử"
            )

        don_vi = (self.huyen, self.ward, units[0])[level]
        counted = thu_nop(don_vi, thang, CUOI_NAM, BangMuc(*QUY_DINH))

        pairs = {path: (row.da_thu, row.con_no) for path, row in counted.items()}
        assert {path: pair for path, pair in pairs.items() if any(pair)} == read(don_vi, ky)
        assert owed(con_no_trong(ky.start, ky.end), don_vi) == owed_as_read(don_vi, ky)
        for month in ky.months:
            alone = con_no_thang(month.start)
            assert owed(alone, don_vi) == owed_as_read(don_vi, month)


# ---- handing over --------------------------------------------------------------------------

HOM_NAY = date(NAM, 11, 20)
DA_QUA = thang_da_qua(NAM, HOM_NAY)


@pytest.fixture
def _hom_nay(monkeypatch):
    for module in ("thu", "nop"):
        monkeypatch.setattr(f"doanvien.doan_phi.services.{module}.today", lambda: HOM_NAY)


def hand_over(chi_doan, thang, ngay):
    return services.submit_nop(
        don_vi=chi_doan, ky=KyBaoCao(NAM, thang=thang), ngay=ngay, chung_tu="",
        ma_gui=uuid.uuid4(), by=None,
    )  # fmt: skip


def late(chi_doan, hom_nay=HOM_NAY) -> list[int]:
    found = thu_nop(chi_doan, DA_QUA, hom_nay, BangMuc(*QUY_DINH)).get(chi_doan.path, ThuNop())
    return [item.month for item in found.nop_cham]


def test_only_months_that_are_over_are_judged():
    assert [item.month for item in thang_da_qua(2026, date(2026, 3, 30))] == [1, 2]
    assert [item.month for item in thang_da_qua(2026, date(2026, 3, 31))] == [1, 2, 3]
    assert len(thang_da_qua(2025, date(2025, 12, 31))) == 12
    assert thang_da_qua(2026, date(2026, 1, 30)) == []


@pytest.mark.usefixtures("_hom_nay")
def test_a_share_is_late_after_its_due_day_handed_over_or_not(chi_doan):
    person = make_doan_vien(chi_doan=chi_doan)
    for thang in (8, 9, 10):
        make_phieu_thu(person, date(NAM, thang, 1), ngay=date(NAM, thang, 20))
    hand_over(chi_doan, 8, date(NAM, 9, 5))
    hand_over(chi_doan, 9, date(NAM, 10, 6))
    assert late(chi_doan) == [9, 10]

    assert late(chi_doan, hom_nay=date(NAM, 11, 5)) == [9]
    QuyDinh.objects.create(
        ma="doan_phi_han_nop", tu_ngay=date(NAM, 1, 1), gia_tri=10, don_vi=chi_doan, can_cu="Thử"
    )
    assert late(chi_doan) == [10]


@pytest.mark.usefixtures("_hom_nay")
def test_what_was_taken_back_waits_no_longer_what_was_given_back_again(chi_doan, chi_doan_khac):
    person, other = (make_doan_vien(chi_doan=unit) for unit in (chi_doan, chi_doan_khac))
    wrong = make_phieu_thu(person, date(NAM, 9, 1), ngay=date(NAM, 9, 20))
    assert late(chi_doan) == [9]
    services.cancel_phieu(phieu=wrong, ly_do="Nhầm", by=None)
    assert late(chi_doan) == []

    make_phieu_thu(other, date(NAM, 9, 1), ngay=date(NAM, 9, 20))
    nop = hand_over(chi_doan_khac, 9, date(NAM, 10, 4))
    assert late(chi_doan_khac) == []
    services.return_nop(nop=nop, ly_do="Thiếu tiền", by=None)
    assert late(chi_doan_khac) == [9]


@pytest.mark.usefixtures("_hom_nay")
def test_what_was_handed_over_by_mistake_is_set_off_against_the_next_month(chi_doan):
    first, second = (make_doan_vien(chi_doan=chi_doan) for _ in range(2))
    wrong = make_phieu_thu(first, date(NAM, 8, 1), ngay=date(NAM, 8, 20))
    hand_over(chi_doan, 8, date(NAM, 9, 5))
    services.cancel_phieu(phieu=wrong, ly_do="Nhầm", by=None)
    make_phieu_thu(second, date(NAM, 9, 1), ngay=date(NAM, 9, 20))
    assert late(chi_doan) == []

    make_phieu_thu(first, date(NAM, 9, 1), ngay=date(NAM, 9, 21))
    assert late(chi_doan) == [9]
