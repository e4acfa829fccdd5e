"""The tests of reports look at the books on one morning: Wednesday, 18 November 2026."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

MOMENT = datetime(2026, 11, 18, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(autouse=True)
def hom_nay(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: MOMENT)
    return MOMENT.date()
