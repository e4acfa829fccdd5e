"""The sets that ship, and which set judges whom."""

from datetime import date

import pytest
from django.apps import apps

from baocao.cham_diem import bam, bo_hieu_luc, luat_cua, snapshot
from baocao.cham_diem.co_san import doc_tep, ship_sets
from baocao.cham_diem.kiem import kiem_bo
from baocao.models import BoTieuChi
from core.periods import KyBaoCao


def test_every_file_is_an_issued_set_with_its_source(db):
    shipped = {bo.ma: bo for bo in BoTieuChi.objects.filter(don_vi__isnull=True)}

    assert set(shipped) == {data["ma"] for data in doc_tep()}
    for bo in shipped.values():
        assert bo.can_cu
        assert bam(snapshot(bo)) == bo.ban_bam


def test_shipping_again_adds_nothing(db):
    before = set(BoTieuChi.objects.values_list("pk", "ban_bam"))

    ship_sets(apps=apps)

    assert set(BoTieuChi.objects.values_list("pk", "ban_bam")) == before


def test_a_version_that_was_shipped_stays_when_its_file_has_changed(db, monkeypatch):
    before = dict(BoTieuChi.objects.values_list("pk", "ban_bam"))
    changed = [data | {"ten": f"{data['ten']} (sửa)"} for data in doc_tep()]
    monkeypatch.setattr("baocao.cham_diem.co_san.doc_tep", lambda: changed)

    ship_sets(apps=apps)

    assert dict(BoTieuChi.objects.values_list("pk", "ban_bam")) == before


@pytest.mark.parametrize("data", doc_tep(), ids=lambda data: data["ma"])
def test_the_tree_of_a_shipped_set_says_what_its_rules_say(db, data):
    bo = BoTieuChi.objects.get(don_vi__isnull=True, ma=data["ma"])
    frozen = luat_cua(bo)

    bo.quy_tac = None

    assert luat_cua(bo) == frozen


@pytest.mark.parametrize("ma", ["hd33-chi-doan", "hd33-doan-co-so", "bang-100-diem"])
def test_a_shipped_set_has_nothing_that_would_keep_it_from_being_issued(db, ma):
    assert kiem_bo(luat_cua(BoTieuChi.objects.get(ma=ma, don_vi=None))) == []


def test_the_hundred_points_are_a_hundred(db):
    bo = BoTieuChi.objects.get(ma="bang-100-diem")

    assert luat_cua(bo).toi_da == 100


@pytest.mark.parametrize(("nam", "ma"), [(2018, None), (2019, "hd33-chi-doan")])
def test_the_national_thresholds_hold_since_2019(phuong, nam, ma):
    found = bo_hieu_luc("chi_doan", KyBaoCao(nam), phuong)

    assert (found and found.ma) == ma


def test_the_set_of_the_nearest_unit_decides(phuong, huyen):
    shipped = BoTieuChi.objects.get(ma="hd33-chi-doan")

    def issue(don_vi, tu_ngay, den_ngay=None):
        return BoTieuChi.objects.create(
            don_vi=don_vi,
            ma="rieng",
            phien_ban=BoTieuChi.objects.filter(don_vi=don_vi).count() + 1,
            ten="Riêng",
            doi_tuong="chi_doan",
            kieu="muc",
            can_cu="Thử",
            tu_ngay=tu_ngay,
            den_ngay=den_ngay,
            trang_thai="ban_hanh",
            quy_tac=shipped.quy_tac,
            ban_bam=shipped.ban_bam,
        )

    of_district = issue(huyen, date(2024, 1, 1))
    of_ward = issue(phuong, date(2025, 1, 1), date(2025, 12, 31))

    def found(nam, don_vi=phuong):
        return bo_hieu_luc("chi_doan", KyBaoCao(nam), don_vi)

    assert found(2023) == shipped
    assert found(2024) == of_district
    assert found(2025) == of_ward
    assert found(2025, huyen) == of_district
    assert found(2026) == of_district
