"""What holds for every indicator, every unit and every period, whatever happened in a district."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import chain

import pytest

from baocao.bang_so_lieu import load_bang
from baocao.chi_tieu import TU_TINH, BangSo, ChiTieu, ThoiKy, compute, rows
from baocao.services import save_phan_loi, submit_bao_cao, zero_so_lieu_nhap
from chidoan.models import DiemDanh, HoatDong
from core.periods import KyBaoCao
from doanvien.models import KhenThuong
from tests.baocao.histories import live_on, make_full_history
from tests.factories import make_bao_cao
from tochuc.models import DonVi

pytestmark = pytest.mark.usefixtures("papers_unread")
KY = ["2025", "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026-02"]
NGAY = date(2026, 2, 14)
LICH_SU = [0, pytest.param(1, marks=pytest.mark.same_on_both)]


def parts(item: ChiTieu) -> list[ChiTieu]:
    """The indicator once for each table of its rows."""
    return [replace(item, nguon=nguon) for nguon in item.cac_nguon]


def opened(item: ChiTieu, don_vi, thoi_ky, **which) -> list[tuple]:
    """The rows that open: where each belongs, where a move leads, how much it counts."""
    return list(
        chain.from_iterable(read(one, rows(one, don_vi, thoi_ky, **which)) for one in parts(item))
    )


def read(item: ChiTieu, found) -> Iterator[tuple]:
    nguon = item.nguon
    columns = nguon.path, nguon.path_khac or "pk", item.tong or "pk"
    for path, khac, amount in found.values_list(*columns):
        yield path, (khac or "") if nguon.path_khac else "", int(amount) if item.tong else 1


def all_rows(item: ChiTieu, thoi_ky, *, luy_ke=False, mau=False) -> list[tuple]:
    """Every row of the period, moves inside the district too."""
    condition = item.mau if mau else item.tu
    found = ((one, one.nguon.mo(thoi_ky, luy_ke)) for one in parts(item))
    return [row for one, rows in found for row in read(one, rows.filter(condition(thoi_ky)))]


def size(found, don_vi) -> int:
    """What they come to for a unit: a move inside it is none."""
    return sum(
        amount
        for path, khac, amount in found
        if path.startswith(don_vi.path) and not khac.startswith(don_vi.path)
    )


def is_one_window(item, thoi_ky) -> bool:
    """Whether the year so far holds the same rows as the period: a state, or the whole year."""
    return not item.nguon.ngay or thoi_ky.trong_ky == thoi_ky.luy_ke


@pytest.mark.parametrize("seed", LICH_SU)
def test_every_figure_of_every_unit_opens_as_many_rows(db, seed):
    huyen, wards, branches = make_full_history(seed)
    units = [huyen, *wards, *branches]
    for so, period in enumerate(KY):
        thoi_ky = ThoiKy.of(KyBaoCao.parse(period), huyen, NGAY)
        table = compute(huyen, thoi_ky)
        for place, item in enumerate(TU_TINH):
            one = units[(place + so) % len(units)]
            for which in ({}, {"luy_ke": True}, {"mau": True}):
                if which.get("luy_ke") and is_one_window(item, thoi_ky):
                    continue
                if which.get("mau") and not item.mau:
                    continue
                found = all_rows(item, thoi_ky, **which)
                for don_vi in units:
                    assert size(found, don_vi) == counted(table, don_vi, item, **which), item.ma
                assert size(opened(item, one, thoi_ky, **which), one) == size(found, one), item.ma


def counted(table: BangSo, don_vi, item, *, luy_ke=False, mau=False) -> int:
    figure = table.so(don_vi, item.ma, luy_ke=luy_ke)
    return figure.mau if mau else figure.tu


def test_no_indicator_is_always_zero(db):
    """Else the tests of this module would say nothing about it."""
    seen = set()
    for seed in (0, 1):
        huyen, *_ = make_full_history(seed)
        for nam in (2025, 2026):
            table = compute(huyen, ThoiKy.of(KyBaoCao(nam), huyen, date(2026, 11, 30)))
            seen |= {item.ma for item in TU_TINH if table.so(huyen, item.ma).tu}
    assert {item.ma for item in TU_TINH} - seen == set()


@pytest.mark.parametrize("seed", LICH_SU)
def test_a_unit_is_the_sum_of_those_below_and_of_its_own_rows(db, seed):
    """Numerators and denominators each; a move between two units below is none above them."""
    huyen, *_ = make_full_history(seed)
    below = defaultdict(list)
    for unit in DonVi.objects.under(huyen):
        below[unit.path[: -DonVi.steplen]].append(unit)
    for period in ("2025", "2025Q3", "2026-02"):
        thoi_ky = ThoiKy.of(KyBaoCao.parse(period), huyen, NGAY)
        table = compute(huyen, thoi_ky)
        for item in TU_TINH:
            own, moves = defaultdict(int), []
            for path, khac, amount in all_rows(item, thoi_ky):
                own[path] += amount * (path != khac)
                moves += [(path, khac)] if khac else []
            for unit in DonVi.objects.under(huyen):
                children = [table.so(child, item.ma) for child in below[unit.path]]
                between = sum(is_between(unit, *move) for move in moves)
                whole = table.so(unit, item.ma)
                parts_of_it = own[unit.path] + sum(so.tu for so in children)
                assert whole.tu == parts_of_it - between, item.ma
                if item.mau and children:
                    assert whole.mau >= sum(so.mau for so in children), item.ma


def is_between(unit, path: str, khac: str) -> bool:
    """Whether a move leads from one unit right below to another."""
    end = len(unit.path) + DonVi.steplen
    inside = path.startswith(unit.path) and khac.startswith(unit.path)
    return inside and path[:end] != khac[:end]


@pytest.mark.parametrize("seed", LICH_SU)
def test_what_was_submitted_never_moves(bi_thu_phuong, seed):
    _, wards, branches = make_full_history(seed)
    report = make_bao_cao(don_vi=wards[0], ky="2026Q3")
    for muc in ("tinh_hinh", "han_che"):
        save_phan_loi(bao_cao=report, muc=muc, noi_dung="Ổn định.", version=0, by=bi_thu_phuong)
    zero_so_lieu_nhap(bao_cao=report, by=bi_thu_phuong)
    report.refresh_from_db()
    report = submit_bao_cao(bao_cao=report, version=report.version, by=bi_thu_phuong)
    before = [said(line) for line in load_bang(report)]

    live_on(seed, branches)
    for model in (DiemDanh, KhenThuong, HoatDong):
        model.objects.filter(pk__in=list(model.objects.values_list("pk", flat=True)[::2])).delete()
    report.refresh_from_db()
    bang = load_bang(report)

    assert [said(line) for line in bang] == before
    live = compute(wards[0], bang.thoi_ky, ban_do=bang.ban_do)
    changed = {line.ma for line in bang if line.da_doi}
    assert changed == {
        line.ma
        for line in bang
        if line.hien_tai is not None and live.so(wards[0], line.ma) != line.he_thong
    }
    assert changed


def said(line) -> tuple:
    return line.ma, line.he_thong, line.gia_tri, line.luy_ke, line.ty_le, line.chi_tieu_nam
