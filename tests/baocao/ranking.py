"""Branches with a whole year behind them, for the tests of the ranking."""

from datetime import date

from baocao.services import assess_chi_doan
from baocao.xep_hang import load_xep_hang
from tests.factories import make_buoi, make_doan_vien, make_xep_loai

TU_DANH_GIA = ("nhiem_vu", "so_chi_doan", "doan_phi", "ren_luyen", "ky_luat")


def people(chi_doan, count=5, *, tu_ngay=date(2024, 1, 1)):
    return [make_doan_vien(chi_doan=chi_doan, tu_ngay=tu_ngay) for _ in range(count)]


def full_year(chi_doan, members, *, nam=2025, states=()):
    """A meeting in every month; `states` are those of the first members, the rest present."""
    roll = dict.fromkeys(members, "co_mat") | dict(zip(members, states, strict=False))
    for thang in range(1, 13):
        make_buoi(chi_doan=chi_doan, ngay=date(nam, thang, 10), diem_danh=roll)


def assess(chi_doan, by, *, nam=2025, **levels):
    found = dict.fromkeys(TU_DANH_GIA, "htxs") | levels
    assess_chi_doan(
        chi_doan=chi_doan,
        nam=nam,
        danh_gia={ma: (muc, "Biên bản kiểm tra.") for ma, muc in found.items()},
        ngay=date(2026, 1, 10),
        by=by,
    )


def excellent(chi_doan, by, *, states=()):
    members = people(chi_doan)
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2025, 3, 26))
    full_year(chi_doan, members, states=states)
    for nguoi in members:
        make_xep_loai(nguoi, "htxs", nam=2025)
    assess(chi_doan, by)
    return members


def rows_of(don_vi, nam=2025):
    return {row.chi_doan.pk: row for row in load_xep_hang(don_vi, nam).dong}
