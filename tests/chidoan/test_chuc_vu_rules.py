"""The rules of offices, without a database."""

from datetime import date

import pytest

from chidoan.chuc_vu.quy_tac import check_di_xa
from core.errors import RuleError
from doanvien.models import DoanVien

NGAY = date(2026, 9, 1)


def nguoi(di_xa_tu=None, di_xa_den=None) -> DoanVien:
    return DoanVien(ho_ten="Trần Gia Bảo", di_xa_tu=di_xa_tu, di_xa_den=di_xa_den)


@pytest.mark.parametrize("chuc_danh", ["bi_thu", "pho_bi_thu"])
@pytest.mark.parametrize("den", [None, NGAY])
def test_member_who_is_away_leads_no_branch_without_a_reason(chuc_danh, den):
    away = nguoi(date(2026, 8, 1), den)

    with pytest.raises(RuleError, match=r"đang ghi đi làm xa từ 01/08/2026") as refusal:
        check_di_xa(doan_vien=away, chuc_danh=chuc_danh, ngay=NGAY, ly_do="  ")

    assert refusal.value.field == "ly_do_di_xa"
    kept = check_di_xa(doan_vien=away, chuc_danh=chuc_danh, ngay=NGAY, ly_do=" Cuối tuần về ")
    assert kept == "Cuối tuần về"


@pytest.mark.parametrize(
    ("person", "chuc_danh"),
    [
        (nguoi(), "bi_thu"),
        (nguoi(date(2026, 9, 2)), "bi_thu"),
        (nguoi(date(2026, 1, 1), date(2026, 8, 31)), "pho_bi_thu"),
        (nguoi(date(2026, 8, 1)), "uy_vien"),
        (None, "bi_thu"),
    ],
)
def test_no_reason_is_asked_for_nor_kept_otherwise(person, chuc_danh):
    assert check_di_xa(doan_vien=person, chuc_danh=chuc_danh, ngay=NGAY, ly_do="thừa") == ""
