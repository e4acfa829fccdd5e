"""Who has handed in: what a cell says, what the rates count, who is reminded in which words."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import get_default_timezone
from openpyxl import load_workbook

from baocao.mau import KieuKy
from baocao.theo_doi import (
    CHO,
    DUNG,
    MIEN,
    MUON,
    THIEU,
    cac_ky,
    can_nhac,
    load_theo_doi,
    loi_nhac_chung,
)
from core.periods import KyBaoCao
from tests.factories import (
    make_bao_cao,
    make_don_vi,
    make_huyen,
    make_nguoi_dung,
    make_phuong,
)
from tochuc.permissions import VaiTro

URL, NHAC = "/bao-cao/theo-doi/", "/bao-cao/nhac-nop/"
Q3, Q4 = KyBaoCao(2026, quy=3), KyBaoCao(2026, quy=4)


def nop(don_vi, ky, day, by, **fields):
    luc = datetime.combine(day, datetime.min.time(), get_default_timezone())
    return make_bao_cao(
        don_vi=don_vi,
        ky=ky,
        **{
            "trang_thai": "da_nop",
            "tinh_den": day,
            "nop_lan_dau": luc,
            "nop_luc": luc,
            "nop_boi": by,
            **fields,
        },
    )


def states(bang, ky):
    index = bang.ky.index(ky)
    return {row.don_vi: row.o[index].ma for row in bang.dong}


@pytest.fixture
def bon_phuong(huyen, phuong, bi_thu_phuong):
    """In time, late, missing, waived."""
    dung, muon, thieu, mien = phuong, *(make_phuong(cap_tren=huyen) for _ in range(3))
    nop(dung, "2026Q3", date(2026, 9, 25), bi_thu_phuong)
    nop(muon, "2026Q3", date(2026, 9, 28), bi_thu_phuong)
    make_bao_cao(don_vi=mien, trang_thai="mien", mien_ly_do="Mới thành lập")
    return dung, muon, thieu, mien


def test_each_cell_says_what_came_of_what_was_expected(huyen, bon_phuong, hom_nay):
    dung, muon, thieu, mien = bon_phuong
    bang = load_theo_doi(huyen, cac_ky(KieuKy.QUY, hom_nay), hom_nay)

    assert states(bang, Q3) == {dung: DUNG, muon: MUON, thieu: THIEU, mien: MIEN}
    assert set(states(bang, Q4).values()) == {CHO}
    assert [cell.chu for cell in bang.dong[1].o[-2:]] == ["Muộn 3 ngày", "Chưa đến hạn"]
    rate = bang.ty_le[-2]
    assert (rate.phai, rate.nop, rate.dung) == (3, 2, 1)


def test_a_unit_is_expected_from_its_founding_to_its_end(huyen, hom_nay):
    """One that ended without another going on is asked for what was locked by then, and nobody is
    reminded of that any more."""
    moi = make_phuong(cap_tren=huyen, thanh_lap=date(2026, 8, 1))
    het = make_phuong(cap_tren=huyen, ket_thuc=date(2026, 6, 30))
    make_bao_cao(don_vi=het, ky="2026Q2", han=date(2026, 6, 25), nhan_den=date(2026, 9, 23))
    bang = load_theo_doi(huyen, cac_ky(KieuKy.QUY, hom_nay), hom_nay)
    cells = {row.don_vi: [cell.ma for cell in row.o] for row in bang.dong}

    assert cells[moi][-3:] == ["", THIEU, CHO]
    assert cells[het][-4:] == [THIEU, "", "", ""]
    assert [unit for unit, _ in can_nhac(bang, hom_nay)] == [moi]


def test_periods_of_a_half_are_first_halves(hom_nay):
    assert [ky.code for ky in cac_ky(KieuKy.NUA_NAM, hom_nay)] == [
        "2023H1",
        "2024H1",
        "2025H1",
        "2026H1",
    ]


def test_every_rate_opens_as_many_rows(client_of, van_phong, bon_phuong):
    client = client_of(van_phong)
    rate = client.get(URL).context["ty_le"][-2]

    assert len(client.get(rate.nop_url).context["rows"]) == rate.nop
    assert len(client.get(rate.dung_url).context["rows"]) == rate.dung


def test_the_table_is_filtered_taken_home_and_costs_the_same_for_more_units(
    client_of, van_phong, huyen, bon_phuong
):
    client = client_of(van_phong)
    counts = []
    for more in (0, 4):
        for _ in range(more):
            make_bao_cao(don_vi=make_phuong(cap_tren=huyen))
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12
    late = client.get(URL, {"tinh_trang": "muon"}).context["bang"].dong
    assert [row.don_vi for row in late] == [bon_phuong[1]]
    book = client.get(URL, {"export": "xlsx", "tinh_trang": "muon"})
    sheet = load_workbook(BytesIO(book.content)).active
    assert [cell.value for cell in sheet[2]][-2:] == ["Muộn 3 ngày", "Chưa đến hạn"]


def test_who_is_late_is_reminded_in_words_to_copy(client_of, van_phong, bi_thu, bon_phuong):
    page = client_of(van_phong).get(NHAC)

    (owed,) = [row for row in page.context["rows"] if row[0] == bon_phuong[2]]
    assert "Báo cáo quý\u00a0III năm\u00a02026: quá hạn 54 ngày" in owed[2]
    assert len(owed[2].splitlines()) <= 20
    kept = [row.ky.ten for row in owed[1]]
    before = f" và {len(kept) - 2} kỳ trước đó"
    assert f"{bon_phuong[2].ten}: {kept[-2]}, {kept[-1]}{before}" in loi_nhac_chung([owed[:2]])
    assert bon_phuong[3] not in [row[0] for row in page.context["rows"] if row[1][-1].ky == Q3]
    assert client_of(bi_thu).get(NHAC).status_code == 403


def test_a_returned_report_is_reminded_as_returned_not_as_handed_in_time(
    client_of, van_phong, phuong, bi_thu_phuong
):
    nop(phuong, "2026Q3", date(2026, 9, 25), bi_thu_phuong, trang_thai="tra_lai")

    page = client_of(van_phong).get(NHAC).text

    assert "<li>Quý\u00a0III năm\u00a02026: cấp trên trả lại, sửa rồi nộp lại</li>" in page
    assert "quý\u00a0III năm\u00a02026 (sửa, nộp lại)" in page
    assert "đúng hạn" not in page


def test_a_branch_goes_to_its_own_reports(client_of, bi_thu):
    assert client_of(bi_thu).get(URL)["Location"] == reverse("baocao:list")


def test_a_ward_follows_its_branches(client_of, bi_thu_phuong, chi_doan):
    bang = client_of(bi_thu_phuong).get(URL).context["bang"]

    assert [row.don_vi for row in bang.dong] == [chi_doan]
    assert bang.dong[0].o[-1].ma == CHO


def test_waived_units_are_listed_alone(client_of, van_phong, bon_phuong):
    rows = client_of(van_phong).get("/bao-cao/", {"ky": "2026Q3", "loc": "mien"}).context["rows"]

    assert [row.don_vi for row in rows] == [bon_phuong[3]]


def test_rates_of_wards_open_no_list_of_districts(db, client_of):
    tinh = make_don_vi(cap="tinh", loai="tinh")
    make_phuong(cap_tren=make_huyen(cap_tren=tinh))
    office = make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, tinh)

    page = client_of(office).get(URL, {"cap": "co_so"})

    assert page.context["ty_le"][-2].nop_text == "0/1"
    assert "loc=da-nop" not in page.text
    assert "loc=da-nop" in client_of(office).get(URL).text
