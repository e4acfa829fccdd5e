"""33-HD/TWĐTN-BTC said once more, as a person would with the books in hand: no rules, no engine."""

import random
from contextlib import suppress
from datetime import date
from fractions import Fraction

from baocao.chi_tieu import So
from baocao.models import ChiTieuNam, DanhGiaTieuChi
from baocao.xep_loai import Muc
from core.errors import RuleError
from doanvien.models import DoanVien
from tests.baocao.histories import make_history
from tests.factories import make_ky_luat, make_phieu_thu, make_ren_luyen, make_xep_loai

XS, T, HT, KHT = Muc.HTXS, Muc.HTT, Muc.HT, Muc.KHT
TU_DANH_GIA = ("nhiem_vu", "so_chi_doan", "doan_phi", "ren_luyen", "ket_nap", "ky_luat")


def make_judged_history(seed: int, nam: int):
    """A random past with ratings, dues, registrations, discipline and findings of the year."""
    dice = random.Random(seed)
    huyen, wards, branches = make_history(seed)
    for nguoi in DoanVien.objects.filter(chi_doan__in=branches).select_related("chi_doan"):
        _person(dice, nguoi, nam)
    for branch in branches:
        if dice.random() < 0.5:
            target = dice.randrange(4)
            ChiTieuNam.objects.create(don_vi=branch, ma="ket_nap_moi", nam=nam, gia_tri=target)
        for ma in TU_DANH_GIA:
            if dice.random() < 0.6:
                _finding(dice, branch, ma, nam)
    return huyen, wards, branches


def _person(dice, nguoi, nam: int) -> None:
    if dice.random() < 0.6:
        make_xep_loai(nguoi, dice.choice(["htxs", "htt", "ht", "kht"]), nam=nam)
    if dice.random() < 0.4:
        make_ren_luyen(nguoi, nam=nam)
    if dice.random() < 0.1:
        day = date(nam, dice.randrange(1, 13), 5)
        make_ky_luat(nguoi, ngay_quyet_dinh=day, ngay_cong_bo=day)
    if dice.random() < 0.4 and not nguoi.chi_doan.ket_thuc:
        thang = date(nam, dice.randrange(1, 13), 1)
        with suppress(RuleError):  # not a member there in that month
            make_phieu_thu(nguoi, thang, ngay=thang.replace(day=9))


def _finding(dice, branch, ma: str, nam: int) -> None:
    levels = {"ky_luat": ["htxs", "htt"], "ket_nap": ["htxs", "kht"]}
    DanhGiaTieuChi.objects.create(
        chi_doan=branch,
        nam=nam,
        tieu_chi=ma,
        muc=dice.choice(levels.get(ma, ["htxs", "ht", "kht"])),
        minh_chung="Biên bản",
        ngay=date(nam, 12, 1),
    )


def theo_sach(row, bang) -> dict[str, Muc | None]:
    """The level of each criterion of a branch, out of the books and what the ward found."""
    found = {ma: Muc[finding.muc.upper()] for ma, finding in row.danh_gia.items()}

    def so(ma):
        return bang.counted.so(row.chi_doan, ma)

    rated_well, failed = so("xep_loai_tot"), so("xep_loai_khong_hoan_thanh")
    registered = So(so("dang_ky_ren_luyen").tu, row.chi_doan.so_doan_vien)
    admitted = so("ket_nap_moi").tu
    target = int(row.chi_doan.chi_tieu_ket_nap or 1)
    return {
        "sinh_hoat": _du(row.nhip_hop.da_hop, row.nhip_hop.phai_hop),
        "nhiem_vu": found.get("nhiem_vu"),
        "so_chi_doan": found.get("so_chi_doan"),
        "doan_phi": _doan_phi(bang.thu_nop.get(row.chi_doan.path), found.get("doan_phi")),
        "ren_luyen": _bac(registered, 80, 50, dinh=100)
        if registered.tu
        else found.get("ren_luyen"),
        "ket_nap": XS if admitted and admitted >= target else found.get("ket_nap"),
        "tot_tro_len": _bac(rated_well, 60, 50, dinh=80),
        "khong_hoan_thanh": _khong_hoan_thanh(failed),
        "ky_luat": T if so("ky_luat").tu else found.get("ky_luat", XS),
    }


def _du(held: int, due: int) -> Muc | None:
    if not due:
        return None
    return XS if held == due else KHT


def _doan_phi(book, finding: Muc | None) -> Muc | None:
    if book is None or not book.phai_thu:
        return finding
    if not book.da_thu:
        return KHT
    counted = HT if book.con_no or book.nop_cham else XS
    return counted if finding is None else min(counted, finding)


def _bac(figure, tot: int, hoan_thanh: int, *, dinh: int) -> Muc | None:
    if not figure.mau:
        return None
    percent = Fraction(100 * figure.tu, figure.mau)
    if percent >= dinh:
        return XS
    if percent >= tot:
        return T
    return HT if percent >= hoan_thanh else KHT


def _khong_hoan_thanh(figure) -> Muc | None:
    if not figure.mau:
        return None
    if not figure.tu:
        return XS
    return HT if 5 * figure.tu <= figure.mau else KHT
