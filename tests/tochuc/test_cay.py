"""The dated tree: a path for each day, followed by everything below."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from doanvien.models import DoanVien
from tests.factories import make_chi_doan, make_doan_vien, make_don_vi, make_huyen, make_phuong
from tochuc.cay import CayTheoNgay, Khoang, doc_duong, ma_buoc
from tochuc.models import DonVi, LichSuDonVi

CU, MOI = date(2025, 6, 30), date(2025, 7, 1)
XUA = date(2010, 1, 1)


@pytest.mark.parametrize(("so", "ma"), [(0, "0000"), (37, "0011"), (36**4 - 1, "ZZZZ")])
def test_a_step_is_the_number_in_four_signs(so, ma):
    assert ma_buoc(so) == ma
    assert doc_duong("0001" + ma) == [1, so]


def test_a_number_beyond_four_signs_is_refused():
    with pytest.raises(ValueError, match="bốn ký tự"):
        ma_buoc(36**4)


@pytest.fixture
def cay():
    """Ward 3 moved from district 2 to province 1 on 1 July 2025; branch 4 is below it."""
    return CayTheoNgay(
        [
            Khoang(1, "Tỉnh", None, XUA, None),
            Khoang(2, "Huyện", 1, XUA, None),
            Khoang(3, "Xã", 2, XUA, CU),
            Khoang(3, "Xã", 1, MOI, None),
            Khoang(4, "Thôn", 3, XUA, None),
        ]
    )


def test_a_span_is_cut_where_something_above_it_changed(cay):
    assert cay.manh(Khoang(4, "Thôn", 3, XUA, None)) == [
        (XUA, CU, "0001000200030004"),
        (MOI, None, "000100030004"),
    ]
    assert cay.manh(Khoang(3, "Xã", 1, MOI, None)) == [(MOI, None, "00010003")]


def test_a_unit_below_itself_is_refused():
    cay = CayTheoNgay([Khoang(1, "A", 2, XUA, None), Khoang(2, "B", 1, XUA, None)])

    with pytest.raises(ValueError, match="dưới chính mình"):
        cay.duong(1, MOI)


@pytest.fixture
def xa_chuyen(db):
    """A ward whose spans say that it left its district on 1 July 2025."""
    tinh = make_don_vi(cap="tinh", loai="tinh")
    huyen = make_huyen(cap_tren=tinh)
    xa = make_phuong(cap_tren=huyen)
    old = LichSuDonVi.objects.filter(don_vi=xa)
    old.update(den_ngay=CU)
    way = LichSuDonVi.objects.get(don_vi=tinh).duong + ma_buoc(xa.pk)
    LichSuDonVi.objects.create(don_vi=xa, ten=xa.ten, cap_tren=tinh, tu_ngay=MOI, duong=way)
    return tinh, huyen, xa


def test_a_new_unit_has_a_span_for_each_way_of_the_unit_above(xa_chuyen):
    tinh, huyen, xa = xa_chuyen

    thon = make_chi_doan(phuong=xa)

    spans = [(row.tu_ngay, row.den_ngay, doc_duong(row.duong)) for row in thon.lich_su.all()]
    assert spans[0][1:] == (CU, [tinh.pk, huyen.pk, xa.pk, thon.pk])
    assert spans[1] == (MOI, None, [tinh.pk, xa.pk, thon.pk])


def test_what_stood_below_a_unit_on_a_day(xa_chuyen):
    _, huyen, xa = xa_chuyen
    thon = make_chi_doan(phuong=xa)
    person = make_doan_vien(chi_doan=thon)

    def below(day):
        return set(LichSuDonVi.objects.duoi(huyen, day).values_list("don_vi", flat=True))

    assert below(CU) == {huyen.pk, xa.pk, thon.pk}
    assert below(MOI) == {huyen.pk}
    assert list(DoanVien.objects.under_tai(huyen, CU)) == [person]
    assert not DoanVien.objects.under_tai(huyen, MOI)
    assert thon in DonVi.objects.under_tai(xa, MOI)


def test_the_migration_writes_the_same_paths(xa_chuyen):
    """Rows of an earlier release have one span whatever happened above, and no path."""
    *_, xa = xa_chuyen
    thon = make_chi_doan(phuong=xa)
    rows = LichSuDonVi.objects.order_by("don_vi", "tu_ngay")
    fields = ["don_vi", "ten", "cap_tren", "tu_ngay", "den_ngay", "duong"]
    wanted = list(rows.values_list(*fields))
    thon.lich_su.filter(tu_ngay=MOI).delete()
    thon.lich_su.update(den_ngay=None)
    LichSuDonVi.objects.update(duong="")

    import_module("tochuc.migrations.0005_sap_xep").fill(
        apps, SimpleNamespace(connection=connection)
    )

    assert list(rows.values_list(*fields)) == wanted
    if connection.vendor == "postgresql":  # the migration goes on altering the table
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE tochuc_lichsudonvi ALTER can_cu SET STORAGE EXTENDED")
