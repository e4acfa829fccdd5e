from datetime import UTC, datetime

import pytest

from tests.doanvien.records import SENSITIVE
from tests.factories import make_doan_vien


@pytest.fixture
def doan_vien(chi_doan):
    return make_doan_vien(
        chi_doan=chi_doan,
        ho_ten="Huỳnh Tấn Đạt",
        cccd="079204014471",
        dien_thoai="0912345218",
        **SENSITIVE,
    )


@pytest.fixture
def hom_nay_21_11(monkeypatch):
    """It is 21/11/2026, nine in the morning in Vietnam."""
    now = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
