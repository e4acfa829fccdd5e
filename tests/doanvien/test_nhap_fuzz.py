"""A few of the damaged lists of `bench.fuzz_nhap`: refused in a sentence or previewed, no more."""

from datetime import date

import pytest

from bench import fuzz_nhap, nhap
from doanvien.models import DoanVien
from doanvien.nhap.services import preview_nhap
from tests.doanvien.nhap_lists import make_workbook, member

BRANCHES = ["Chi đoàn Khu vực 1"]


@pytest.mark.django_db
def test_damaged_lists_are_refused_or_previewed(phuong, chi_doan, monkeypatch):
    monkeypatch.setattr(fuzz_nhap, "REAL_PROCESS_EVERY", 1_000)

    outcomes, failures = fuzz_nhap.run(60, 20261128, [nhap.make_file(12, BRANCHES)], phuong)

    assert failures == []
    assert sum(outcomes.values()) == 60
    assert outcomes["previewed"] > 10
    assert not DoanVien.objects.exists()


@pytest.mark.django_db
def test_admission_before_every_known_rule_is_no_fault_of_the_page(phuong, chi_doan):
    born = {"ngay_sinh_nam": date(1901, 1, 1), "ngay_vao_doan": date(1901, 6, 1)}
    content = make_workbook(member(**born))

    dot = preview_nhap(content=content, ten_tep="cu.xlsx", don_vi=phuong, by=None)

    assert dot.dong.get().field == "ngay_vao_doan"
