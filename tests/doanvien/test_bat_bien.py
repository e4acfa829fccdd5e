"""What holds whatever happens: random lives of members, told by the services alone."""

from collections import Counter
from datetime import date, time, timedelta
from uuid import uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from baocao.chi_tieu.danh_muc import THEO_MA
from baocao.chi_tieu.khai_bao import ThoiKy
from baocao.chi_tieu.tinh import compute
from chidoan.models import BuoiSinhHoat
from chidoan.noi_dung import Dong, NoiDungBuoi
from chidoan.queries import danh_sach
from chidoan.services import create_buoi
from core.errors import RuleError
from core.periods import KyBaoCao, today
from doanvien.bien_dong import bien_dong, dong, tong
from doanvien.chuyen import services as chuyen
from doanvien.chuyen.services import NoiDen
from doanvien.models import ChuyenSinhHoat, DoanVien, QuaTrinh
from doanvien.services import begin_membership, create_doan_vien, end_membership
from tests.factories import make_chi_doan, make_huyen, make_nguoi_dung, make_phuong
from tochuc.permissions import VaiTro

HOM_NAY = today()
FIRST = HOM_NAY - timedelta(days=800)
MONTHS = [KyBaoCao.month_of(FIRST + timedelta(days=so)) for so in range(30, 790, 30)]
days = st.one_of(
    st.integers(0, 800).map(lambda so: FIRST + timedelta(days=so)),
    st.sampled_from([day for month in MONTHS for day in (month.start, month.end)]),
)
"""Any day, and often the first or last of a month, where periods are cut."""
people, branches = st.integers(0, 3), st.integers(0, 3)
ends = st.sampled_from(["truong_thanh", "xoa_ten", "khai_tru", "chuyen_di"])
kinds = st.sampled_from(["chinh_thuc", "chinh_thuc", "tam_thoi", "noi_cu_tru"])
outcomes = st.sampled_from(["confirm", "confirm", "refuse", "withdraw", "elsewhere"])
events = st.one_of(
    st.tuples(st.just("create"), people, branches, days),
    st.tuples(st.just("end"), people, ends, days),
    st.tuples(st.just("rejoin"), people, branches, days),
    st.tuples(st.just("meet"), people, branches, days),
    st.tuples(st.just("transfer"), people, branches, days, kinds, outcomes, st.integers(0, 40)),
)
periods = st.builds(
    KyBaoCao, st.integers(FIRST.year, HOM_NAY.year), quy=st.integers(0, 4)
) | st.builds(KyBaoCao, st.integers(FIRST.year, HOM_NAY.year), thang=st.integers(1, 12))

CHI_TIEU = {
    "ket_nap_moi": ("vao", "ket_nap"),
    "chuyen_den": ("vao", "chuyen_den"),
    "chuyen_di": ("ra", "chuyen_di"),
    "truong_thanh": ("ra", "truong_thanh"),
    "xoa_ten": ("ra", "xoa_ten"),
    "khai_tru": ("ra", "khai_tru"),
}
"""Indicators of reports, and where the page of movements tells the same."""


class World:
    """Two wards of one district with two branches each, and the people that events speak of."""

    def __init__(self):
        self.huyen = make_huyen()
        self.wards = [make_phuong(cap_tren=self.huyen) for _ in range(2)]
        self.branches = [make_chi_doan(phuong=ward) for ward in self.wards for _ in range(2)]
        self.by = make_nguoi_dung(VaiTro.CAN_BO_PHUONG, self.wards[0])
        for ward in self.wards[1:]:
            self.by.phan_cong.create(don_vi=ward, vai_tro=VaiTro.CAN_BO_PHUONG, tu_ngay=FIRST)
        self.people: dict[int, DoanVien] = {}
        self.meetings: dict[int, tuple] = {}

    def begin(self) -> "World":
        """Before anything happened."""
        self.people, self.meetings = {}, {}
        return self

    def happen(self, event) -> bool:
        """Let it happen; what the rules refuse has not happened."""
        name, who, *rest = event
        if name == "create" and who in self.people:
            return False
        if who not in self.people and name != "create":
            self.create(who, who, FIRST)
        try:
            getattr(self, name)(who, *rest)
        except RuleError:
            return False
        return True

    def create(self, who, branch, day):
        person = DoanVien(
            chi_doan=self.branches[branch],
            ngay_sinh=date(2000, 1, 1),
            ngay_vao_doan=FIRST,
            dan_toc="Kinh",
        )
        person.set_ho_ten(f"Người Thứ {who}")
        create_doan_vien(doan_vien=person, tu_ngay=day, ly_do="vao_so", by=self.by)
        self.people[who] = person

    def end(self, who, why, day):
        end_membership(doan_vien=self.people[who], den_ngay=day, ly_do=why, by=self.by)

    def rejoin(self, who, branch, day):
        begin_membership(
            doan_vien=self.people[who],
            chi_doan=self.branches[branch],
            tu_ngay=day,
            ly_do="chuyen_den",
            by=self.by,
        )

    def meet(self, who, branch, day):
        """A finished meeting of everybody on the roster of the day; every second one is absent."""
        roster = list(danh_sach(self.branches[branch].pk, day).values_list("pk", flat=True))
        if not roster:
            return
        roll = {
            pk: Dong(trang_thai="vang" if place % 2 and place > 1 else "co_mat")
            for place, pk in enumerate(roster)
        }
        buoi = create_buoi(
            chi_doan=self.branches[branch],
            client_id=uuid4(),
            noi_dung=NoiDungBuoi(
                loai="dinh_ky",
                ngay=day,
                bat_dau=time(19, 30),
                dia_diem="Nhà văn hóa",
                chu_diem="Chủ điểm",
                chu_tri_id=roster[0],
                thu_ky_id=roster[min(1, len(roster) - 1)],
                diem_danh=roll,
            ),
            hoan_thanh=True,
            by=self.by,
        )
        self.meetings[buoi.pk] = told_of(buoi.pk)

    def transfer(self, who, branch, day, kind, outcome, later):
        branch = self.branches[branch]
        noi_den = (
            NoiDen(ten_phuong="Đoàn phường xa")
            if outcome == "elsewhere"
            else NoiDen(phuong=branch.cap_tren, chi_doan=branch)
        )
        row = chuyen.request(
            doan_vien=self.people[who],
            loai=kind,
            noi_den=noi_den,
            ngay=day,
            den_ngay=day + timedelta(days=90),
            ly_do_no="Đi học",
            by=self.by,
        )
        step = {"chuyen": row, "ngay": day, "by": self.by}
        if outcome == "refuse":
            chuyen.refuse(ly_do="Thiếu sổ", **step)
            chuyen.withdraw(ly_do="Thôi", **step)
        elif outcome == "withdraw":
            chuyen.withdraw(ly_do="Thôi", **step)
        else:
            self._finish(row, day, later, outcome)

    def _finish(self, row, day, later, outcome):
        """Signed past the paper, whose drawing takes long and changes no membership."""
        T = ChuyenSinhHoat.TrangThai  # noqa: N806 -- the states
        end = T.CHO_NOI_KHAC if outcome == "elsewhere" else T.CHO_CHI_DOAN_DEN
        ChuyenSinhHoat.objects.filter(pk=row.pk).update(trang_thai=end, ngay_gioi_thieu=day)
        step = chuyen.confirm_elsewhere if outcome == "elsewhere" else chuyen.confirm
        try:
            step(chuyen=row, ngay=day + timedelta(days=later), by=self.by)
        except RuleError:
            chuyen.withdraw(chuyen=row, ngay=HOM_NAY, ly_do="Không hợp lệ", by=self.by)


def first_day_of(event) -> date:
    """The earliest day about which an event may say something new."""
    return next(part for part in event if isinstance(part, date))


def told_of(pk) -> tuple:
    """The roll of a meeting, its counts, and the attendance of its month."""
    buoi = BuoiSinhHoat.objects.with_diem_danh().get(pk=pk)
    roll = tuple(buoi.diem_danh.order_by("doan_vien").values_list("doan_vien", "trang_thai"))
    return roll, buoi.so_du_hop, buoi.so_vang, buoi.so_danh_sach


def count(unit, day) -> int:
    return QuaTrinh.objects.chinh_thuc().tai_ngay(day).under(unit).count()


def members(day) -> list:
    """Who belonged where on a day."""
    rows = QuaTrinh.objects.chinh_thuc().tai_ngay(day).order_by("doan_vien", "chi_doan")
    return list(rows.values_list("doan_vien", "chi_doan"))


class BatBienTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = World()

    @settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(events, min_size=3, max_size=7), st.lists(periods, min_size=2, max_size=2), days
    )
    def test_whatever_happens_every_member_is_counted_once_and_figures_add_up(
        self, told, spans, past
    ):
        world = self.world.begin()
        for event in told:
            before, known = members(past), set(world.people)
            happened = world.happen(event)
            if event[1] in known and (not happened or first_day_of(event) > past):
                assert members(past) == before, event
        for pk, told_then in world.meetings.items():
            assert told_of(pk) == told_then
        self.check_one_place_at_a_time()
        for ky in spans:
            self.check_figures(world, ky)
        self.check_sum(world, past)

    def check_one_place_at_a_time(self):
        last: dict[int, date] = {}
        rows = QuaTrinh.objects.chinh_thuc().order_by("doan_vien", "tu_ngay")
        for pk, tu, den in rows.values_list("doan_vien", "tu_ngay", "den_ngay"):
            assert last.get(pk, date.min) < tu
            last[pk] = den or date.max

    def check_figures(self, world, ky):
        with self.assertNumQueries(2):
            rows = bien_dong(world.huyen, ky)
        total = tong(rows, world.huyen)
        for day, figures in (
            (ky.start - timedelta(days=1), {row.don_vi.pk: row.dau_ky for row in rows}),
            (ky.end, {row.don_vi.pk: row.cuoi_ky for row in rows}),
        ):
            assert +Counter(figures) == Counter(branch for _, branch in members(day))
        assert {row.don_vi.pk for row in rows} == {unit.pk for unit in world.branches}
        for row in [*rows, total]:
            assert row.dau_ky + row.tong_vao - row.tong_ra == row.cuoi_ky
        assert total.vao["noi_bo"] == total.ra["noi_bo"]
        for name, figure in (("vao", total.tong_vao), ("ra", total.tong_ra)):
            assert dong(world.huyen, ky, name).count() == figure
        self.check_report(world, ky, [*rows, total])

    def check_report(self, world, ky, rows):
        """The report of the period tells of every unit what the page of movements tells."""
        asked = [THEO_MA[ma] for ma in ("doan_vien", *CHI_TIEU)]
        table = compute(world.huyen, ThoiKy(ky, ky.end), asked)
        for row in rows:
            assert table.so(row.don_vi, "doan_vien").tu == row.cuoi_ky
        for ma, (side, key) in CHI_TIEU.items():
            for row in rows:
                assert table.so(row.don_vi, ma).tu == getattr(row, side)[key], (ma, row.don_vi)

    def check_sum(self, world, day):
        for ward, branches in zip(
            world.wards, (world.branches[:2], world.branches[2:]), strict=True
        ):
            assert count(ward, day) == sum(count(unit, day) for unit in branches)
        assert count(world.huyen, day) == sum(count(ward, day) for ward in world.wards)
