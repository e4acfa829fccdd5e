"""The tests of reports look at the books on one morning: Wednesday, 18 November 2026."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from baocao.services import save_phan_loi, submit_bao_cao, zero_so_lieu_nhap
from tests.factories import make_bao_cao, make_doan_vien

MOMENT = datetime(2026, 11, 18, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(autouse=True)
def hom_nay(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MOMENT)
    return MOMENT.date()


@pytest.fixture
def bao_cao(phuong, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 8, 1), ho_ten="Lê Văn Bình")
    return make_bao_cao(don_vi=phuong)


@pytest.fixture
def da_nop(bao_cao, bi_thu_phuong):
    for muc in ("tinh_hinh", "han_che"):
        save_phan_loi(bao_cao=bao_cao, muc=muc, noi_dung="Ổn định.", version=0, by=bi_thu_phuong)
    zero_so_lieu_nhap(bao_cao=bao_cao, by=bi_thu_phuong)
    bao_cao.refresh_from_db()
    return submit_bao_cao(bao_cao=bao_cao, version=bao_cao.version, by=bi_thu_phuong)
