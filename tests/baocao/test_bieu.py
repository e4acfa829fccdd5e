"""The national software's nine half-year tables, filled from the books."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from baocao.bieu import viec
from baocao.bieu.doc import bieu_xlsx, doc_bieu, thoi_ky_bieu
from baocao.bieu.khai_bao import CAC_BIEU
from baocao.chi_tieu import ThoiKy, compute, rows
from core.periods import KyBaoCao
from tests.baocao.histories import make_full_history
from tests.factories import make_chi_doan, make_chuc_vu, make_doan_vien, make_lop, make_phuong
from tochuc.models import CongViec, NhatKy

GIUA_NAM = KyBaoCao(2026, nua=1)
COT = [cot.chi_tieu for bieu in CAC_BIEU for cot in bieu.cot if cot.chi_tieu]


def url(don_vi, name="bieu"):
    return reverse(f"baocao:{name}", args=[don_vi.pk])


def test_the_tables_are_as_of_the_day_they_are_due(phuong, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 6, 30))
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 7, 1))

    found = doc_bieu(phuong, GIUA_NAM)

    assert found.thoi_ky.den == date(2026, 6, 30)
    assert found.so.so(phuong, "ket_nap_moi").tu == 1
    assert thoi_ky_bieu(phuong, KyBaoCao(2026)).den == date(2026, 11, 18)  # today: not due yet
    assert thoi_ky_bieu(phuong, KyBaoCao(2025)).den == date(2025, 11, 30)


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.same_on_both)])
def test_every_number_opens_its_rows_and_equals_the_indicator(db, seed):
    huyen, wards, _ = make_full_history(seed)
    found = doc_bieu(huyen, KyBaoCao(2025))
    live = compute(huyen, ThoiKy(KyBaoCao(2025), date(2025, 11, 30)))

    for unit in (huyen, wards[0]):
        for item in COT:
            figure = found.so.so(unit, item.ma)
            if not item.ma.startswith("bieu_"):
                assert figure == live.so(unit, item.ma), item.ma
            if not item.is_ty_le and not item.tong:
                assert rows(item, unit, found.thoi_ky).count() == figure.tu, item.ma


def test_offices_and_schooling_come_from_the_registers(phuong, chi_doan):
    dv = make_doan_vien(
        chi_doan=chi_doan, chuyen_mon="Thạc sĩ", ly_luan="Trung cấp", gioi_tinh="nu"
    )
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", doan_vien=dv, cach="bch")
    make_chuc_vu(don_vi=phuong, chuc_danh="bi_thu")
    make_lop(
        don_vi=phuong,
        chu_de=",ly_luan,doan_vu,",
        tu_ngay=date(2026, 3, 1),
        den_ngay=date(2026, 3, 2),
        trang_thai="xong",
        ngay_xong=date(2026, 3, 2),
    )

    so = doc_bieu(phuong, GIUA_NAM).so
    counted = {
        ma: so.so(phuong, f"bieu_{ma}").tu
        for ma in (
            "bi_thu_cd",
            "bi_thu_cd_nu",
            "bi_thu_cd_ths",
            "bi_thu_cd_lltc",
            "bi_thu_cd_dh",
            "bi_thu_cs",
            "bi_thu_cs_nu",
            "lop_ly_luan",
            "lop_doan_vu",
            "lop_so_sach",
        )
    }

    assert list(counted.values()) == [1, 1, 1, 1, 0, 1, 0, 1, 1, 0]


def test_a_district_has_nine_sheets_with_a_row_for_each_ward(huyen, phuong, chi_doan):
    other = make_chi_doan(phuong=make_phuong(cap_tren=huyen, ten="Hai"))
    for branch in (chi_doan, other, other):
        make_doan_vien(chi_doan=branch, tu_ngay=date(2026, 2, 1))

    book = load_workbook(BytesIO(bieu_xlsx(doc_bieu(huyen, GIUA_NAM))))

    assert book.sheetnames == [f"Biểu {number}" for number in range(1, 10)]
    first = {row[1].value: row[2].value for row in book["Biểu 1"].iter_rows() if row[1].value}
    assert first == {
        "Đơn vị": "Tổng số đoàn viên cuối kỳ",
        "Đoàn phường Thử": 1,
        "Đoàn phường Hai": 2,
        f"Toàn {huyen.ten_day_du}": 3,
    }
    nine = book["Biểu 9"]
    head = next(
        cell
        for row in nine.iter_rows()
        for cell in row
        if cell.value == "Hội viên trong doanh nghiệp"
    )
    assert [nine.cell(head.row + n, head.column).value for n in (1, 2, 3)] == [None, None, None]
    notes = [cell.value for cell in nine["A"] if "Sổ không có, gõ tay" in str(cell.value)]
    assert len(notes) == 1
    for sheet in book:  # thirty columns are read on one sheet of A4 too
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sum(column.width for column in sheet.column_dimensions.values()) <= 250


def test_the_page_says_what_is_filled_and_opens_its_numbers(
    client_of, bi_thu_phuong, phuong, chi_doan, django_assert_max_num_queries
):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 2, 1))
    client = client_of(bi_thu_phuong)

    with django_assert_max_num_queries(12):
        page = client.get(url(phuong), {"ky": "2026H1"})

    tables = page.context["cac_bieu"]
    assert [table["so"] for table in tables] == list(range(1, 10))
    total = tables[0]["o"][0]
    assert total["gia_tri"] == client.get(total["url"]).context["page"].paginator.count == 1
    assert page.context["so_go"] == sum(len(table["go_tay"]) for table in tables) > 0
    assert "gõ tay" in page.content.decode()


@pytest.mark.parametrize("item", [item for item in COT if item.ma.startswith("bieu_")][::6])
def test_the_lists_behind_the_tables_open(client_of, bi_thu_phuong, phuong, item):
    address = reverse("baocao:chi_tieu_rows", args=[phuong.pk, item.ma])

    assert client_of(bi_thu_phuong).get(address, {"ky": "2026H1"}).status_code == 200


def test_many_wards_are_written_in_the_background(client_of, van_phong, huyen, phuong, monkeypatch):
    monkeypatch.setattr(viec, "DAI", 1)

    answer = client_of(van_phong).post(url(huyen, "bieu_tai"), {"ky": "2026H1"})

    work = CongViec.objects.get()
    assert answer.url == work.get_absolute_url()
    assert work.thong_bao == "Đã lập 9 biểu của 1 đơn vị."
    assert NhatKy.objects.filter(hanh_dong="bieu_quoc_gia.export").count() == 1


def test_few_wards_are_taken_home_at_once(client_of, van_phong, huyen):
    answer = client_of(van_phong).post(url(huyen, "bieu_tai"), {"ky": "2026H1"})

    assert "bieu-quoc-gia" in answer["Content-Disposition"]


def test_the_tables_are_of_wards_and_of_who_sees_them(
    client_of, bi_thu_phuong, nguoi_la, phuong, chi_doan
):
    assert client_of(bi_thu_phuong).get(url(chi_doan)).status_code == 404
    assert client_of(nguoi_la).get(url(phuong)).status_code == 404
