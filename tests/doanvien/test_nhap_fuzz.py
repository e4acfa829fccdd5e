"""A few of the damaged lists of `bench.fuzz_nhap`: refused in a sentence or previewed, no more."""

import pytest

from bench import fuzz_nhap, nhap
from doanvien.models import DoanVien

BRANCHES = ["Chi đoàn Khu vực 1"]


@pytest.mark.django_db
def test_damaged_lists_are_refused_or_previewed(phuong, chi_doan, monkeypatch):
    monkeypatch.setattr(fuzz_nhap, "REAL_PROCESS_EVERY", 1_000)

    outcomes, failures = fuzz_nhap.run(60, 20261128, [nhap.make_file(12, BRANCHES)], phuong)

    assert failures == []
    assert sum(outcomes.values()) == 60
    assert outcomes["previewed"] > 10
    assert not DoanVien.objects.exists()
