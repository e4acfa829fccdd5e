"""Visits and gifts: recorded, summed for a quarter, their circumstances kept to those who work
with the person."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from openpyxl import load_workbook

from baocao.chi_tieu import THEO_MA, ThoiKy, compute
from chidoan.models import ThamHoi
from chidoan.tham_hoi import services
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao, today
from tests.factories import make_chuc_vu, make_doan_vien

NGAY = date(2026, 5, 12)
HOAN_CANH = "Nhà bị tốc mái"


@pytest.fixture
def secretary(chi_doan):
    person = make_doan_vien(chi_doan=chi_doan, ho_ten="Lê Minh Duy")
    make_chuc_vu(don_vi=chi_doan, doan_vien=person, chuc_danh="bi_thu")
    return person


def visit(person, don_vi, by, **fields) -> ThamHoi:
    fields = {
        "dip": "kho_khan",
        "qua": "Gạo",
        "gia_tri": 500_000,
        "nguoi_tang": "Trịnh Hoài Phong",
        "hoan_canh": HOAN_CANH,
        "ngay": NGAY,
    } | fields
    return services.create_tham_hoi(doan_vien=person, don_vi=don_vi, by=by, **fields)


def test_a_visit_keeps_the_office_of_that_day(secretary, phuong, bi_thu_phuong):
    row = visit(secretary, phuong, bi_thu_phuong)

    assert row.chuc_vu == "Bí thư Chi đoàn Khu vực 1"
    with pytest.raises(RuleError, match="đã được ghi"):
        visit(secretary, phuong, bi_thu_phuong)
    assert list(ThamHoi.objects.can_bo()) == [row]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"ngay": today() + timedelta(days=1)}, "chưa đến"),
        ({"nguoi_tang": " "}, "Ghi người đến thăm"),
        ({"qua": "", "gia_tri": 0, "hoan_canh": ""}, "Ghi quà"),
        ({"dip": "x"}, "Chọn dịp"),
    ],
)
def test_a_visit_is_refused(fields, message, secretary, phuong, bi_thu_phuong):
    with pytest.raises(RuleError, match=message):
        visit(secretary, phuong, bi_thu_phuong, **fields)


def test_nobody_writes_for_another_branch(
    secretary, chi_doan_khac, phuong, bi_thu, bi_thu_phuong, nguoi_la
):
    with pytest.raises(PermissionDenied):
        visit(secretary, phuong, nguoi_la)
    with pytest.raises(RuleError, match="Chọn chi đoàn của đồng chí"):
        visit(secretary, chi_doan_khac, bi_thu_phuong)
    row = visit(secretary, secretary.chi_doan, bi_thu)
    services.update_tham_hoi(tham_hoi=row, version=1, changes={"qua": "Sữa"}, by=bi_thu_phuong)
    with pytest.raises(StaleError):
        services.update_tham_hoi(tham_hoi=row, version=1, changes={"qua": "Dầu"}, by=bi_thu)


def test_the_quarter_is_summed_and_the_report_counts_the_same(
    client, secretary, phuong, bi_thu_phuong
):
    visit(secretary, phuong, bi_thu_phuong)
    visit(secretary, phuong, bi_thu_phuong, dip="tet", gia_tri=300_000, ngay=date(2026, 2, 1))
    client.force_login(bi_thu_phuong)
    page = client.get(reverse("chidoan:tham_hoi_list"), {"ky": "2026Q2"})

    assert (page.context["so"], page.context["gia_tri"]) == (1, 500_000)
    quarter = ThoiKy(KyBaoCao(2026, quy=2), date(2026, 6, 30))
    figures = [THEO_MA[ma] for ma in ("tham_hoi", "tham_hoi_gia_tri")]
    table = compute(phuong, quarter, figures)
    assert [table.so(phuong, one.ma).tu for one in figures] == [1, 500_000]


def test_the_circumstance_is_read_by_those_who_work_with_the_person(
    client, secretary, phuong, bi_thu, bi_thu_phuong, van_phong
):
    row = visit(secretary, phuong, bi_thu_phuong)
    seen = {}
    for user in (bi_thu, bi_thu_phuong, van_phong):
        client.force_login(user)
        seen[user] = HOAN_CANH in client.get(row.get_absolute_url()).content.decode()
        assert HOAN_CANH not in client.get(reverse("chidoan:tham_hoi_list")).content.decode()

    assert seen == {bi_thu: True, bi_thu_phuong: True, van_phong: False}


def test_an_illness_is_told_to_those_who_look_after_the_person_and_stands_in_no_file(
    client, secretary, phuong, bi_thu, bi_thu_phuong, van_phong
):
    row = visit(secretary, phuong, bi_thu_phuong, dip="om_dau")
    url, period = reverse("chidoan:tham_hoi_list"), {"ky": "2026Q2"}

    def occasion(user, **asked):
        client.force_login(user)
        rows = client.get(url, period | asked).context["rows"]
        return [cell.value for cells in rows for cell in cells if cell.column.label == "Dịp"]

    for user in (bi_thu, bi_thu_phuong):
        assert occasion(user, dip="om_dau") == ["Ốm đau, tai nạn"]
        assert occasion(user, dip="khac") == []
        file = client.get(url, period | {"export": "xlsx"})
        cells = [
            cell for cells in load_workbook(BytesIO(file.content)).active.values for cell in cells
        ]
        assert "Dịp khác" in cells
        assert "Ốm đau, tai nạn" not in cells
    assert occasion(van_phong, dip="khac") == ["Dịp khác"]
    assert client.get(url, period | {"dip": "om_dau"}).context["refused"]
    assert "Ốm đau" not in client.get(row.get_absolute_url()).content.decode()
    profile = reverse("chidoan:can_bo_detail", args=[secretary.pk])
    assert "Ốm đau" not in client.get(profile).content.decode()
