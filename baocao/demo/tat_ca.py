"""The whole demo in one transaction."""

from datetime import date

from django.db import transaction

from core.periods import today
from tochuc.models import DonVi, NguoiDung
from tochuc.thong_ke import refresh_statistics

from . import (
    anh,
    bao_cao_chi_doan,
    can_bo,
    chuyen,
    danh_gia,
    doan_phi,
    dot_cham,
    hen,
    hoat_dong,
    hop_chung,
    ket_nap,
    khen,
    kiem_tra,
    mo_hinh,
    nghe_an,
    nghia_hanh,
    nguon_to,
    nhiem_ky,
    nhip,
    phuong_1,
    roi_doan,
    sap_xep,
    tap_huan,
    tu_duong,
    van_ban,
    xep_loai,
)
from .khung import build_accounts, build_vi_thanh
from .nguyen_vong import record_nguyen_vong


def is_built() -> bool:
    return DonVi.objects.filter(ma__in=["vi-thanh", "nghia-hanh", "nghe-an"]).exists()


@transaction.atomic
def build_demo() -> dict[str, NguoiDung]:
    """Make units, accounts and their story up to today; returns the accounts by name."""
    units = build_vi_thanh()
    nghia_hanh.build(by=None)
    nghe_an.build(by=None)
    accounts = build_accounts(units)
    build_phuong_1(units, accounts, homnay=today())
    dot_cham.build(units, accounts, homnay=today())
    sap_xep.plan_of_phuong_1(units, homnay=today(), by=accounts["demo.phuong"])
    return accounts


def build_phuong_1(units: dict[str, DonVi], accounts, *, homnay: date) -> None:
    """The story of Phường I as it stands on `homnay`, whichever day of the year that is."""
    by, phuong = accounts["demo.phuong"], units["phuong-1"]
    branches = phuong_1.build_people(units, homnay=homnay, by=by)
    phuong_1.offices(branches, phuong, homnay=homnay, by=by)
    ket_nap.admissions(branches, phuong, homnay=homnay, by=by)
    mo_hinh.launch(units, by=by)
    nhip.cadences(units, homnay=homnay, by=by)
    phuong_1.branch_life(branches, phuong, homnay=homnay, by=by)
    hop_chung.joint_meeting(branches, homnay=homnay)
    record_nguyen_vong(branches, homnay=homnay, by=by)
    places = _cultivation(units, branches, homnay=homnay, by=by)
    roi_doan.build(branches, phuong, homnay=homnay, by=by)
    _works(branches, units, accounts, homnay=homnay)
    refresh_statistics()  # what follows counts what was entered so far
    xep_loai.ren_luyen(branches, homnay=homnay)
    danh_gia.ratings(branches, phuong, homnay=homnay, by=by)
    xep_loai.rounds(branches, phuong, homnay=homnay, by=by)
    nguon_to.build(places, accounts, homnay=homnay)
    tu_duong.open_cases(places, accounts, homnay=homnay)
    doan_phi.dues(branches, phuong, homnay=homnay, by=by)
    danh_gia.reports(phuong, accounts, homnay=homnay)
    tren = accounts["demo.huyen"]
    bao_cao_chi_doan.reports_of_branches(branches, phuong, homnay=homnay, by=by, tren=tren)
    van_ban.papers(branches, accounts, homnay=homnay)
    chuyen.build(branches, units, accounts, homnay=homnay)
    _cadres(branches, accounts, phuong, homnay=homnay)
    anh.pictures(branches, by=by)
    mo_hinh.life(phuong, homnay=homnay, by=by)
    hen.meetings_to_come(branches, accounts=accounts, homnay=homnay)


def _cadres(branches, accounts, phuong: DonVi, *, homnay: date) -> None:
    """Who holds which office, who comes next, who helps them."""
    by = accounts["demo.phuong"]
    nhiem_ky.build(branches, accounts, phuong, homnay=homnay, by=by)
    can_bo.build(branches, phuong, homnay=homnay, by=by)


def _cultivation(units: dict[str, DonVi], branches, *, homnay: date, by):
    """The group with its quarters, and the cases of earlier years; returns today's places."""
    bat_dau = tu_duong.quarters_before(homnay)[0].start
    to = tu_duong.found(units, by=by, bat_dau=bat_dau)
    places = tu_duong.join_today(to, branches, bat_dau=bat_dau, by=by)
    nguon_to.papers(to, bat_dau=bat_dau, homnay=homnay, by=by)
    tu_duong.review_quarters(to, places, homnay=homnay, by=by)
    tu_duong.past_cases(branches, homnay=homnay, by=by)
    return places


def _works(branches, units: dict[str, DonVi], accounts, *, homnay: date) -> None:
    """What branches and ward did beside their meetings."""
    by, phuong = accounts["demo.phuong"], units["phuong-1"]
    hoat_dong.build(branches, phuong, homnay=homnay, by=by)
    kiem_tra.build(units, accounts, branches, homnay=homnay)
    tap_huan.phuong_1(units, accounts, homnay=homnay)
    khen.build(branches, phuong, homnay=homnay, by=by)
