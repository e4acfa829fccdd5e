from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from baocao.models import BaoCao, ChiTieuNam, SoLieu
from baocao.services import override_so_lieu, save_phan_loi, submit_bao_cao
from core.periods import KyBaoCao
from doanvien.models import DoanVien
from tests.factories import make_bao_cao, make_buoi, make_chi_doan, make_doan_vien, make_phuong
from tochuc.models import NhatKy

LIST = reverse("baocao:list")
TOI_DA = 12


def url(name, bao_cao, *args):
    return reverse(f"baocao:{name}", args=[bao_cao.pk, *args])


# ---- figures on the page -------------------------------------------------------------------


def test_every_figure_opens_as_many_rows_as_it_says(client_of, bi_thu_phuong, bao_cao, chi_doan):
    nguoi = DoanVien.objects.get()
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 9, 1), diem_danh={nguoi: "co_mat"})
    client = client_of(bi_thu_phuong)
    lines = client.get(url("detail", bao_cao)).context["trang"].lines
    opened = [line for line in lines if line.url]

    assert len(opened) > 25
    for line in opened:
        page = client.get(line.url).context["page"]
        assert page.paginator.count == line.dong.he_thong.tu, line.ma


def test_sensitive_figures_are_sums_only(client_of, bi_thu_phuong, bao_cao, phuong):
    client = client_of(bi_thu_phuong)
    lines = {line.ma: line for line in client.get(url("detail", bao_cao)).context["trang"].lines}

    answer = client.get(reverse("baocao:chi_tieu_rows", args=[phuong.pk, "ton_giao"]))

    assert lines["ton_giao"].url == ""
    assert answer.status_code == 403
    assert "tổng số" in answer.content.decode()


def test_rows_of_a_foreign_unit_and_of_an_unknown_indicator_are_not_there(
    client_of, nguoi_la, bi_thu_phuong, phuong
):
    rows = reverse("baocao:chi_tieu_rows", args=[phuong.pk, "doan_vien"])
    assert client_of(nguoi_la).get(rows).status_code == 404
    client = client_of(bi_thu_phuong)
    other = reverse("baocao:chi_tieu_rows", args=[phuong.pk, "khong-co"])
    assert client.get(other).status_code == 404
    ahead = client.get(rows, {"ky": "2026Q4", "den": "2026-12-31"})
    assert "tính đến 18/11/2026" in ahead.text  # no further than today


def test_rows_are_a_workbook_that_is_recorded(client_of, bi_thu_phuong, bao_cao, phuong):
    rows = reverse("baocao:chi_tieu_rows", args=[phuong.pk, "ket_nap_moi"])

    answer = client_of(bi_thu_phuong).get(rows, {"ky": "2026Q3", "export": "xlsx"})

    sheet = load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in sheet["A"]] == ["Họ và tên", "Lê Văn Bình"]
    assert NhatKy.objects.get(hanh_dong="chi_tieu.export").noi_dung["ma"] == "ket_nap_moi"


def test_a_file_with_names_takes_the_right_to_export(client_of, kiem_tra, bao_cao, phuong):
    names = reverse("baocao:chi_tieu_rows", args=[phuong.pk, "ket_nap_moi"])
    meetings = reverse("baocao:chi_tieu_rows", args=[phuong.pk, "buoi_sinh_hoat"])
    client, asked = client_of(kiem_tra), {"ky": "2026Q3"}

    page = client.get(names, asked)

    assert (page.status_code, page.context["may_export"]) == (200, False)
    assert client.get(names, asked | {"export": "xlsx"}).status_code == 403
    assert client.get(meetings, asked | {"export": "xlsx"}).status_code == 200


def test_both_lists_of_a_rate_open(client_of, bi_thu_phuong, bao_cao, phuong, chi_doan):
    khac = make_doan_vien(chi_doan=chi_doan)
    roll = {DoanVien.objects.exclude(pk=khac.pk).get(): "co_mat", khac: "vang"}
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 9, 1), diem_danh=roll)
    rows = reverse("baocao:chi_tieu_rows", args=[phuong.pk, "ty_le_du_sinh_hoat"])
    client = client_of(bi_thu_phuong)

    part = client.get(rows, {"ky": "2026Q3"}).context["page"].paginator.count
    whole = client.get(rows, {"ky": "2026Q3", "phan": "mau"}).context["page"].paginator.count

    assert (part, whole) == (1, 2)


def test_typed_figures_are_saved_from_the_table(client_of, bi_thu_phuong, bao_cao):
    client = client_of(bi_thu_phuong)

    client.post(url("so_lieu_save", bao_cao), {"gt_hien_mau": "1.022", "cu_hien_mau": ""})

    assert SoLieu.objects.get().bao_cao_gia_tri == 1022


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"gt_hien_mau": "hai"}, "không phải là số"),
        ({"gt_hien_mau": "-1"}, "số âm"),
        ({"gt_hien_mau": "1,5"}, "số nguyên"),
    ],
)
def test_what_is_no_number_is_named(client_of, bi_thu_phuong, bao_cao, fields, message):
    answer = client_of(bi_thu_phuong).post(url("so_lieu_save", bao_cao), fields, follow=True)

    assert message in answer.content.decode()
    assert not SoLieu.objects.exists()


@pytest.mark.parametrize("action", ["so_lieu_save", "so_lieu_zero"])
def test_one_wrong_number_does_not_lose_the_others(client_of, bi_thu_phuong, bao_cao, action):
    fields = {"gt_hien_mau": "hai", "cu_hien_mau": "", "gt_hoc_bong": "12", "cu_hoc_bong": ""}

    page = client_of(bi_thu_phuong).post(url(action, bao_cao), fields)

    typed = {line.ma: line.typed_text for line in page.context["trang"].lines}
    assert (typed["hien_mau"], typed["hoc_bong"], typed["ve_nguon"]) == ("hai", "12", "")
    assert not SoLieu.objects.exists()
    fields["gt_hien_mau"] = "2"
    client_of(bi_thu_phuong).post(url("so_lieu_save", bao_cao), fields)
    saved = dict(SoLieu.objects.values_list("ma", "bao_cao_gia_tri"))
    assert saved == {"hien_mau": 2, "hoc_bong": 12}


def test_writing_zeros_keeps_what_was_just_typed(client_of, bi_thu_phuong, bao_cao):
    fields = {"gt_hien_mau": "22", "cu_hien_mau": "", "gt_hoc_bong": "", "cu_hoc_bong": ""}

    client_of(bi_thu_phuong).post(url("so_lieu_zero", bao_cao), fields)

    saved = dict(SoLieu.objects.values_list("ma", "bao_cao_gia_tri"))
    assert (saved["hien_mau"], saved["hoc_bong"]) == (22, 0)


def test_a_correction_needs_its_sentence(client_of, bi_thu_phuong, bao_cao):
    client = client_of(bi_thu_phuong)
    page = url("so_lieu", bao_cao, "ket_nap_moi")

    refused = client.post(page, {"gia_tri": "8", "ly_do": ""})
    client.post(page, {"gia_tri": "8", "ly_do": "1 đồng chí kết nạp 29/9."})

    assert "Ghi một câu lý do." in refused.content.decode()
    text = client.get(url("detail", bao_cao)).content.decode()
    assert "Sửa tay" in text
    assert "1 đồng chí kết nạp 29/9." in text


def test_both_versions_of_a_section_are_shown(client_of, bi_thu_phuong, can_bo_phuong, bao_cao):
    save_phan_loi(bao_cao=bao_cao, muc="uu_diem", noi_dung="Bản một.", version=0, by=can_bo_phuong)

    answer = client_of(bi_thu_phuong).post(
        url("phan_loi", bao_cao, "uu_diem"), {"noi_dung": "Bản hai.", "version": "0"}
    )

    text = answer.content.decode()
    assert "Bản một." in text
    assert "Bản hai." in text
    again = {"noi_dung": "Bản ghép.", "version": answer.context["form"]["version"].value()}
    client_of(bi_thu_phuong).post(url("phan_loi", bao_cao, "uu_diem"), again)
    assert bao_cao.phan_loi.get().noi_dung == "Bản ghép."


def test_what_changed_since_submission_is_said(client_of, van_phong, da_nop, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 20))

    text = client_of(van_phong).get(url("detail", da_nop)).content.decode()

    assert "Đã đổi từ khi nộp: nay 2" in text


# ---- lists ---------------------------------------------------------------------------------


def test_the_office_above_sees_who_has_handed_in(client_of, van_phong, phuong_khac, da_nop, phuong):
    page = client_of(van_phong).get(LIST, {"ky": "2026Q3"})

    rows = {row.don_vi: row for row in page.context["rows"]}
    assert rows[phuong].da_nop
    assert not rows[phuong].dung_han
    assert rows[phuong].chi_doan_hop == "0/1"
    assert rows[phuong_khac].pill[2] == "Chưa mở"
    assert [kpi["value"] for kpi in page.context["kpis"]] == [1, 0, 1, 0]


@pytest.mark.parametrize("loc", ["da-nop", "dung-han", "cho", "chap-nhan", "chua-nop"])
def test_each_figure_of_completeness_opens_its_rows(client_of, van_phong, phuong_khac, da_nop, loc):
    client = client_of(van_phong)
    everything = client.get(LIST, {"ky": "2026Q3"})
    expected = {kpi["url"].rsplit("loc=", 1)[1]: kpi["value"] for kpi in everything.context["kpis"]}
    expected["chua-nop"] = 1

    rows = client.get(LIST, {"ky": "2026Q3", "loc": loc}).context["rows"]

    assert len(rows) == expected[loc]


def test_a_branch_sees_its_own_report_and_its_figures(client_of, bi_thu, bao_cao, chi_doan):
    client = client_of(bi_thu)
    page = client.get(LIST, {"ky": "2026Q3"})
    own = client.get(reverse("baocao:don_vi_so_lieu", args=[chi_doan.pk]), {"ky": "2026Q3"})

    assert page.context["unit"].ten == "Khu vực 1"
    assert {row.don_vi.pk for row in page.context["own"]} == {chi_doan.pk}
    figures = {row.chi_tieu.ma: row for _, rows in own.context["nhom"] for row in rows}
    assert figures["ket_nap_moi"].trong_ky.tu == 1


# ---- statements ----------------------------------------------------------------------------


def grow(phuong, count):
    for _ in range(count):
        branch = make_chi_doan(phuong=phuong)
        nguoi = make_doan_vien(chi_doan=branch, tu_ngay=date(2026, 8, 1))
        make_buoi(chi_doan=branch, ngay=date(2026, 9, 1), diem_danh={nguoi: "co_mat"})


@pytest.mark.parametrize("name", ["detail", "list", "rows"])
def test_pages_take_the_same_statements_for_one_branch_and_many(
    client_of, bi_thu_phuong, phuong, da_nop, name
):
    pages = {
        "detail": url("detail", da_nop),
        "list": LIST,
        "rows": reverse("baocao:chi_tieu_rows", args=[phuong.pk, "doan_vien"]),
    }
    client = client_of(bi_thu_phuong)
    counts = []
    for more in (0, 3):
        grow(phuong, more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(pages[name], {"ky": "2026Q3"}).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= TOI_DA


def test_the_list_of_the_office_above_takes_the_same_statements(
    client_of, van_phong, huyen, da_nop
):
    client = client_of(van_phong)
    counts = []
    for more in (0, 3):
        for _ in range(more):
            make_bao_cao(don_vi=make_phuong(cap_tren=huyen))
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST, {"ky": "2026Q3"})
        counts.append(len(queries))

    assert counts[0] == counts[1] <= TOI_DA


def test_a_correction_is_counted_for_the_office_above(client_of, van_phong, bi_thu_phuong, da_nop):
    reopened = BaoCao.objects.get(pk=da_nop.pk)
    reopened.trang_thai = BaoCao.TrangThai.TRA_LAI
    reopened.save()
    override_so_lieu(
        bao_cao=reopened,
        ma="ket_nap_moi",
        gia_tri=Decimal(9),
        ly_do="Chưa nhập.",
        by=bi_thu_phuong,
    )
    reopened.refresh_from_db()
    submit_bao_cao(bao_cao=reopened, version=reopened.version, by=bi_thu_phuong)

    (row,) = client_of(van_phong).get(LIST, {"ky": "2026Q3"}).context["rows"]

    assert row.bao_cao.so_sua_tay == 1
    assert row.ky == KyBaoCao(2026, quy=3)


def test_the_page_of_figures_tells_the_years_target_and_is_a_workbook(
    client_of, bi_thu_phuong, phuong, chi_doan, chi_doan_khac
):
    for day in (date(2026, 2, 1), date(2026, 8, 1)):
        make_doan_vien(chi_doan=chi_doan, tu_ngay=day)
    ChiTieuNam.objects.create(don_vi=phuong, ma="ket_nap_moi", nam=2026, gia_tri=4)
    url = reverse("baocao:don_vi_so_lieu", args=[phuong.pk])
    page = client_of(bi_thu_phuong).get(url, {"ky": "2026Q3"})

    row = next(
        row for _, rows in page.context["nhom"] for row in rows if row.chi_tieu.ma == "ket_nap_moi"
    )
    assert (row.trong_ky.tu, row.luy_ke.tu, row.chi_tieu_nam, row.ty_le) == (1, 2, 4, 50)
    html = page.content.decode()
    assert "Chỉ tiêu năm" in html
    book = load_workbook(BytesIO(client_of(bi_thu_phuong).get(page.context["export_url"]).content))
    own, below = (list(sheet.values) for sheet in book)
    assert next(line[3:] for line in own if line[1] == "Kết nạp mới") == (1, 2, 4, 50)
    place = below[0].index("Kết nạp mới (người)")
    found = {line[0]: line[place] for line in below[1:]}
    assert found == {str(phuong): 1, str(chi_doan): 1, str(chi_doan_khac): 0}
