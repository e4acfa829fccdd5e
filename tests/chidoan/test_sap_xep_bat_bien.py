"""What holds after any sequence of reorganisations, on the day and on every day before it."""

import uuid
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from baocao.models import BaoCao
from chidoan.models import BuoiSinhHoat, DiemDanh, SapXep
from chidoan.sap_xep import ke_hoach as kh
from chidoan.sap_xep import services
from core.errors import RuleError
from core.periods import today
from doanvien.models import DoanVien, QuaTrinh
from tests.factories import (
    make_bao_cao,
    make_buoi,
    make_chi_doan,
    make_doan_vien,
    make_don_vi,
    make_huyen,
    make_nguoi_dung,
    make_phuong,
)
from tochuc.cay import doc_duong
from tochuc.models import DonVi, LichSuDonVi, PhanCong, VanBan
from tochuc.permissions import VaiTro

DAYS = [today() - timedelta(days=back) for back in (30, 20, 10, 0)]
TRUOC = DAYS[0] - timedelta(days=1)
XUA = today() - timedelta(days=900)
KINDS = [kh.SAP_NHAP, kh.CHIA_TACH, kh.LAP_MOI, kh.GIAI_THE, kh.DOI_TEN, kh.CHUYEN, kh.BO_CAP]

steps = st.lists(
    st.tuples(
        st.sampled_from(DAYS),
        st.sampled_from(KINDS),
        st.permutations(range(6)),
        st.booleans(),
        st.booleans(),
    ),
    min_size=2,
    max_size=5,
)


def build():
    """A province, two districts, three wards, six branches; a member or two in each branch."""
    tinh = make_don_vi(cap="tinh", loai="tinh", thanh_lap=XUA)
    huyen = [make_huyen(cap_tren=tinh, thanh_lap=XUA) for _ in range(2)]
    xa = [make_phuong(cap_tren=huyen[order // 2], thanh_lap=XUA) for order in range(3)]
    thon = [make_chi_doan(phuong=xa[order // 2], thanh_lap=XUA) for order in range(6)]
    for unit in thon:
        people = [make_doan_vien(chi_doan=unit, tu_ngay=XUA) for _ in range(1 + unit.pk % 2)]
        make_buoi(chi_doan=unit, ngay=TRUOC, diem_danh=dict.fromkeys(people, "co_mat"))
    for unit in xa:
        make_bao_cao(don_vi=unit, ky="2020Q1")
        make_nguoi_dung(VaiTro.BI_THU_PHUONG, unit, tu_ngay=XUA)
    for unit in thon:
        make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, unit, tu_ngay=XUA)
    return tinh, [tinh, *huyen, *xa, *thon]


def chosen_of(kind, units, order, is_xa):
    """Units of the level that the kind is about, in some order; ended ones among them."""
    _, huyen, xa, thon = units[0], units[1:3], units[3:6], units[6:]
    if kind == kh.BO_CAP:
        return [huyen[order[0] % 2]] * 3
    level = xa if is_xa else thon
    found = [level[so % len(level)] for so in order]
    first, second, third = list(dict.fromkeys(found))[:3]
    if kind == kh.CHUYEN:
        return [first, (huyen if is_xa else xa)[order[1] % 2], third]
    return [first, second, third]


def change_of(kind, chosen, extra, dau=""):
    """One change as somebody might mean it; whether it can be done, the service says. `dau` marks
    its names."""
    first, second, third = chosen
    new = kh.Dich(
        ten=f"Mới {dau}", loai="chi_doan" if first.is_chi_doan else "xa", cap_tren=_tren(first)
    )
    if kind == kh.SAP_NHAP:
        target = kh.Dich(don_vi=third.pk) if extra else new
        return kh.ThayDoi(kind, (first.pk, second.pk), (target,))
    if kind == kh.CHIA_TACH:
        people = DoanVien.objects.filter(chi_doan=first).values_list("pk", flat=True)
        keep = kh.Dich(don_vi=first.pk) if extra else new
        nguoi = {pk: order % 2 for order, pk in enumerate(people)}
        return kh.ThayDoi(kind, (first.pk,), (keep, new), nguoi=nguoi)
    if kind == kh.LAP_MOI:
        return kh.ThayDoi(kind, (), (new,))
    if kind == kh.DOI_TEN:
        return kh.ThayDoi(kind, (first.pk,), ten=f"Tên khác {dau}")
    if kind == kh.CHUYEN:
        return kh.ThayDoi(kind, (first.pk,), cap_tren=second.pk)
    return kh.ThayDoi(kind, (first.pk,))


def _tren(unit):
    above = DonVi.objects.get(pk=unit.pk).cap_tren
    return above.pk if above else unit.pk


def tai_ngay(day):
    """The tree of a day: the way to the root of each unit, and who belonged where."""
    spans = LichSuDonVi.objects.tai_ngay(day)
    ways = {row.don_vi_id: row.duong for row in spans}
    assert len(ways) == spans.count()  # one span for each unit
    rows = QuaTrinh.objects.chinh_thuc().tai_ngay(day)
    return ways, dict(rows.values_list("doan_vien_id", "chi_doan_id"))


def check(tinh, first_day):
    people = set(DoanVien.objects.values_list("pk", flat=True))
    for day in (TRUOC, *DAYS):
        ways, where = tai_ngay(day)
        spans = {row.don_vi_id: row for row in LichSuDonVi.objects.tai_ngay(day)}
        for pk, duong in ways.items():
            steps = doc_duong(duong)
            assert steps[0] == tinh.pk
            assert steps[-1] == pk
            assert len(set(steps)) == len(steps)
            assert spans[pk].cap_tren_id == (steps[-2] if len(steps) > 1 else None)
            assert not steps[:-1] or ways[steps[-2]] == duong[:-4]
        assert set(where) == people  # nobody without an official unit, nobody lost
        held = QuaTrinh.objects.chinh_thuc().tai_ngay(day).values_list("doan_vien")
        assert len(held) == len(people)
        live = set(DonVi.objects.dang_hoat_dong(day).values_list("pk", flat=True))
        assert set(where.values()) <= live
    by_path = dict(DonVi.objects.values_list("path", "pk"))
    today_ways = {
        pk: [by_path[path[:end]] for end in range(4, len(path) + 1, 4)]
        for path, pk in by_path.items()
    }
    last = {
        row.don_vi_id: doc_duong(row.duong) for row in LichSuDonVi.objects.filter(den_ngay=None)
    }
    assert {pk: way for pk, way in today_ways.items() if pk in last} == last
    below = Counter(path[:-4] for path in by_path)
    counted = dict(DonVi.objects.values_list("path", "numchild"))
    assert counted == {path: below[path] for path in by_path}
    assert tai_ngay(TRUOC) == first_day
    copies = dict(DoanVien.objects.values_list("pk", "chi_doan"))
    assert copies == tai_ngay(today())[1]


def check_access():
    """Who works for a unit that is there sees it and all below; who worked for one that is not,
    nothing."""
    live = set(DonVi.objects.dang_hoat_dong(today()).values_list("pk", flat=True))
    for role in PhanCong.objects.select_related("nguoi_dung", "don_vi"):
        seen = role.nguoi_dung.paths_with("xem_don_vi")
        assert seen == ([role.don_vi.path] if role.don_vi_id in live else [])


def kept():
    """What of the past must not change by a byte."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (BuoiSinhHoat, DiemDanh, BaoCao, VanBan)
    ]


@pytest.mark.django_db
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_any_sequence_keeps_the_promises_and_undone_backwards_gives_the_first_tree(steps, db):
    from django.db import transaction  # noqa: PLC0415 -- each example is rolled back

    with transaction.atomic():
        _play(steps)
        transaction.set_rollback(True)


def _play(steps):
    tinh, units = build()
    first_day, past = tai_ngay(TRUOC), kept()
    first_tree = tai_ngay(today())
    done = []
    for day, kind, order, is_xa, extra in sorted(steps, key=lambda step: step[0]):
        plan = [change_of(kind, chosen_of(kind, units, order, is_xa), extra)]
        try:
            sap_xep = services.record_history(
                plan=plan,
                ten=f"Đợt {uuid.uuid4()}",
                hieu_luc=day,
                so_quyet_dinh="1-QĐ",
                ngay_quyet_dinh=day,
            )
        except RuleError:
            continue
        done.append(sap_xep)
        check(tinh, first_day)
        check_access()
    assert kept() == past
    for sap_xep in reversed(done):
        services.revert(sap_xep=SapXep.objects.get(pk=sap_xep.pk), ly_do="Thử", by=None)
    assert tai_ngay(today()) == first_tree
    check(tinh, first_day)
    check_access()


two_of_a_day = st.tuples(
    st.sampled_from(KINDS), st.permutations(range(6)), st.booleans(), st.booleans()
)


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(one=two_of_a_day, other=two_of_a_day)
@example(
    one=(kh.DOI_TEN, [0, 1, 2, 3, 4, 5], False, False),
    other=(kh.DOI_TEN, [0, 2, 1, 3, 4, 5], False, True),
)
@example(
    one=(kh.CHUYEN, [0, 1, 2, 3, 4, 5], False, False),
    other=(kh.CHUYEN, [0, 2, 1, 3, 4, 5], False, False),
)
def test_two_changes_of_one_day_give_one_tree_in_either_order_or_an_error(one, other, db):
    from django.db import transaction  # noqa: PLC0415 -- each example is rolled back

    with transaction.atomic():
        _, units = build()
        old = {unit.pk for unit in units}
        plans = [
            [change_of(kind, chosen_of(kind, units, order, is_xa), extra, f"{so}")]
            for so, (kind, order, is_xa, extra) in enumerate((one, other))
        ]
        trees = [_tree_after(plans, old), _tree_after(plans[::-1], old)]
        transaction.set_rollback(True)
    assert None in trees or trees[0] == trees[1]


def _tree_after(plans, old):
    """Names, ways and last days of all units once both are applied; None when one is refused."""
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic():
        try:
            for plan in plans:
                services.record_history(
                    plan=plan,
                    ten="Đợt",
                    hieu_luc=today(),
                    so_quyet_dinh="1-QĐ",
                    ngay_quyet_dinh=today(),
                )
        except RuleError:
            transaction.set_rollback(True)
            return None
        names = dict(DonVi.objects.values_list("pk", "ten"))
        ends = dict(DonVi.objects.values_list("pk", "ket_thuc"))
        spans = LichSuDonVi.objects.filter(den_ngay=None).values_list("don_vi", "ten", "duong")
        found = Counter(
            (ten, ends[pk], tuple(step if step in old else names[step] for step in doc_duong(way)))
            for pk, ten, way in spans
        )
        transaction.set_rollback(True)
    return found
