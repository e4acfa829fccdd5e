"""A district with a random past: what counts must hold for whatever happened in it."""

import random
from datetime import date, timedelta

from baocao.models import XepLoaiDonVi
from chidoan.models import ChiDoan, DiemDanh, HoatDong, MoHinh, NhipSinhHoat
from doanvien.models import DoanVien, QuaTrinh
from tests.baocao.registers import DAYS, FIRST, fill_registers
from tests.factories import (
    make_buoi,
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_hoat_dong,
    make_huyen,
    make_nhip,
    make_phuong,
)
from tochuc.models import DiaBan, KhoiChiDoan

SAP_XEP = ("sap_xep", "sap_xep")


def make_history(seed: int):
    """A district with two wards and five branches, members who come, move and leave."""
    dice = random.Random(seed)
    huyen = make_huyen()
    wards = [make_phuong(cap_tren=huyen) for _ in range(2)]
    branches = [_branch(dice, dice.choice(wards)) for _ in range(5)]
    for _ in range(24):
        _life(dice, branches)
    for branch in branches:
        for _ in range(dice.randrange(8)):
            _meeting(dice, branch)
    for ward in wards:
        DiaBan.objects.create(
            don_vi=ward, loai=DiaBan.Loai.THON, ten="Một", tu_ngay=_day(dice), den_ngay=None
        )
        MoHinh.objects.create(don_vi=ward, ten="Mô hình", tu_ngay=_day(dice))
    for don_vi in dice.choices([*wards, *branches], k=40):
        _activity(dice, don_vi)
    return huyen, wards, branches


def make_full_history(seed: int):
    """The same with rows in every register that an indicator counts."""
    huyen, wards, branches = make_history(seed)
    fill_registers(random.Random(seed), huyen, wards, branches)
    return huyen, wards, list(ChiDoan.objects.under(huyen))


def live_on(seed: int, branches) -> None:
    """More of the same past is entered: members, moves and meetings."""
    dice = random.Random(f"more {seed}")
    for _ in range(12):
        _life(dice, branches)
    for branch in branches:
        _meeting(dice, branch)


def _day(dice, after: date = FIRST) -> date:
    left = (FIRST + timedelta(days=DAYS) - after).days
    return after + timedelta(days=dice.randrange(max(left, 1)))


def _branch(dice, ward):
    founded = dice.choice([None, _day(dice)])
    branch = make_chi_doan(
        phuong=ward,
        khoi=dice.choice(KhoiChiDoan.values),
        thanh_lap=founded,
        ket_thuc=_day(dice, founded or FIRST) if dice.random() < 0.3 else None,
    )
    _cadence(dice, branch)
    make_chuc_vu(don_vi=branch, chuc_danh="bi_thu", tu_ngay=_day(dice))
    XepLoaiDonVi.objects.create(
        don_vi=branch, nam=2025, thang="cu", muc=dice.choice(["manh", "kha"]), ngay=_day(dice)
    )
    return branch


def _cadence(dice, branch):
    """Up to three spans, with or without days between them; the last may still run."""
    day = _day(dice)
    for _ in range(dice.randrange(4)):
        last_day = _day(dice, day)
        open_end = dice.random() < 0.3
        make_nhip(
            branch, dice.choice(NhipSinhHoat.Kieu.values), day, None if open_end else last_day
        )
        if open_end:
            return
        day = last_day + timedelta(days=dice.choice([1, 1, 40]))


def _life(dice, branches):
    """One member: admitted, perhaps moved once, perhaps gone."""
    first, second = dice.choice(branches), dice.choice(branches)
    start = _day(dice)
    nguoi = make_doan_vien(
        chi_doan=first,
        tu_ngay=start,
        ly_do_bat_dau=dice.choice(["ket_nap", "chuyen_den", "vao_so"]),
        gioi_tinh=dice.choice(DoanVien.GioiTinh.values),
        dan_toc=dice.choice(["Kinh", "Thái"]),
        ton_giao=dice.choice(["", "Không", "Phật giáo"]),
        ngay_vao_dang=dice.choice([None, _day(dice)]),
        di_xa_tu=dice.choice([None, _day(dice)]),
    )
    period = nguoi.qua_trinh.get()
    if dice.random() < 0.4:
        period = _move(dice, period, second, *dice.choice([("chuyen_di", "chuyen_den"), SAP_XEP]))
    if dice.random() < 0.3:
        _end(period, _day(dice, period.tu_ngay), dice.choice(["truong_thanh", "xoa_ten"]))


def _move(dice, period, branch, left, came):
    last_day = _day(dice, period.tu_ngay)
    _end(period, last_day, left)
    return QuaTrinh.objects.create(
        doan_vien=period.doan_vien,
        chi_doan=branch,
        tu_ngay=last_day + timedelta(days=1),
        ly_do_bat_dau=came,
        truoc=period,
    )


def _end(period, last_day, reason):
    period.den_ngay, period.ly_do_ket_thuc = last_day, reason
    period.save()


def _meeting(dice, branch):
    people = DoanVien.objects.filter(chi_doan=branch)
    make_buoi(
        chi_doan=branch,
        ngay=_day(dice),
        loai=dice.choice(["dinh_ky", "bch"]),
        trang_thai=dice.choice(["hoan_thanh", "nhap", "sua_doi"]),
        diem_danh={nguoi: dice.choice(DiemDanh.TrangThai.values) for nguoi in people},
    )


def _activity(dice, don_vi):
    """Done, going on or given up; over some days, with some of the unit's people."""
    start = _day(dice)
    people = [*DoanVien.objects.filter(chi_doan__path__startswith=don_vi.path)]
    make_hoat_dong(
        don_vi=don_vi,
        loai=dice.choice(HoatDong.Loai.values),
        tu_ngay=start,
        den_ngay=_day(dice, start),
        so_luong=dice.choice([None, 1, 50, "1.15", "0.35"]),
        gia_tri=dice.choice([None, 1_500_000, 3_000_000_000]),
        nguoi_ngoai=dice.randrange(5),
        trang_thai=dice.choice(["xong", "xong", "dang_lam", "thoi"]),
        ket_qua="Có",
        tham_gia=dice.sample(people, k=min(len(people), 3)),
    )
