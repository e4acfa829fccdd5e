from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from baocao.giai_thich import SO_QUYET_DINH
from baocao.models import DanhGiaTieuChi, XepLoaiDonVi
from baocao.services import assess_chi_doan
from tests.baocao.ranking import assess, excellent, people
from tests.factories import make_chi_doan, make_don_vi, make_phieu_thu

URL = reverse("baocao:xep_hang")


# ---- the page ------------------------------------------------------------------------------


def test_an_open_row_shows_numbers_evidence_and_the_way_up(
    client_of, van_phong, chi_doan, can_bo_phuong
):
    excellent(chi_doan, can_bo_phuong)
    chi_doan.buoi_sinh_hoat.filter(ngay__month__in=[7, 9]).delete()

    page = client_of(van_phong).get(URL, {"ky": "2025", "mo": chi_doan.pk})
    text = page.content.decode()

    assert "Tiêu chí thấp nhất quyết định mức chung: Sinh hoạt chi đoàn định kỳ." in text
    assert "thêm 2 tháng có buổi sinh hoạt thì đạt mức xuất sắc" in text
    assert "Biên bản kiểm tra." in text
    (row,) = [row for row in page.context["rows"] if row.is_mo]
    for item in row.tieu_chi:
        for words, url in item.urls:
            shown = client_of(van_phong).get(url).context
            rows = shown["lich"][0].nhip if "lich" in shown else shown["page"].paginator.count
            assert words.startswith(f"{rows}")
    assert [item.urls[0][0] for item in row.tieu_chi if item.urls] == [
        "10 trên 12 buổi phải họp",
        "1 đoàn viên mới",
        "5 xếp loại tốt trở lên",
        "5 đồng chí được xếp loại",
    ]


def test_filters_keep_the_year_and_the_rank(client_of, van_phong, phuong, can_bo_phuong):
    first = make_chi_doan(phuong=phuong, cum_thi_dua="Cụm 1", ten="Thứ Nhất")
    second = make_chi_doan(phuong=phuong, cum_thi_dua="Cụm 2", ten="Thứ Hai")
    for branch, states in ((first, ()), (second, ("vang",))):
        excellent(branch, can_bo_phuong, states=states)
    client = client_of(van_phong)

    page = client.get(URL, {"ky": "2025", "cum": "Cụm 2"})
    found = client.get(URL, {"ky": "2025", "q": "thu nhat"})
    none = client.get(URL, {"ky": "2025", "muc": "kht"})

    assert [(row.dong.chi_doan.ten, row.dong.hang) for row in page.context["rows"]] == [
        ("Thứ Hai", 2)
    ]
    assert [row.dong.chi_doan.ten for row in found.context["rows"]] == ["Thứ Nhất"]
    assert none.context["rows"] == []


def test_clusters_are_chosen_within_a_ward(client_of, huyen, phuong, van_phong):
    other = make_don_vi(cap_tren=huyen, ten="Khác")
    first = make_chi_doan(phuong=phuong, cum_thi_dua="Cụm 1", ten="Thứ Nhất")
    second = make_chi_doan(phuong=other, cum_thi_dua="Cụm 1", ten="Thứ Hai")
    for branch in (first, second):
        people(branch)
    client = client_of(van_phong)

    everywhere = client.get(URL, {"ky": "2025", "cum": "Cụm 1"}).context["rows"]
    within = client.get(URL, {"ky": "2025", "xa": other.ten_noi, "cum": "Cụm 1"}).context["rows"]

    assert {row.dong.chi_doan.ten for row in everywhere} >= {"Thứ Nhất", "Thứ Hai"}
    assert [row.dong.chi_doan.ten for row in within] == ["Thứ Hai"]


def test_each_figure_of_levels_opens_its_rows(client_of, van_phong, chi_doan, chi_doan_khac):
    for branch, muc in ((chi_doan, "htt"), (chi_doan_khac, "ht")):
        people(branch)
        XepLoaiDonVi.objects.create(
            don_vi=branch, nam=2025, thang="hd33", muc=muc, ngay=date(2025, 12, 1)
        )
    client = client_of(van_phong)

    for kpi in client.get(URL, {"ky": "2025"}).context["kpis"]:
        page = client.get(f"{URL}{kpi['url']}").context["page"]
        assert str(page.paginator.count) == kpi["value"]


def test_a_branch_sees_its_own_row_alone_with_its_rank(
    client_of, bi_thu, phuong, chi_doan, chi_doan_khac, can_bo_phuong
):
    excellent(chi_doan, can_bo_phuong, states=("vang",))
    excellent(chi_doan_khac, can_bo_phuong)

    page = client_of(bi_thu).get(URL, {"ky": "2025"})

    (row,) = page.context["rows"]
    assert (row.dong.chi_doan.pk, row.dong.hang, page.context["so_xep"]) == (chi_doan.pk, 2, 2)
    assert "Khu vực 2" not in page.content.decode()


def test_a_unit_whose_books_end_opens_at_its_last_year(client_of, van_phong, huyen, chi_doan):
    huyen.so_lieu_den = date(2020, 12, 31)
    huyen.save()

    page = client_of(van_phong).get(URL)

    assert page.context["nam"] == 2020
    assert "Số liệu đến 31/12/2020" in page.content.decode()


def test_the_workbook_has_the_filtered_rows(client_of, van_phong, chi_doan, chi_doan_khac):
    people(chi_doan)
    people(chi_doan_khac)

    answer = client_of(van_phong).get(URL, {"ky": "2025", "q": "khu vuc 2", "export": "xlsx"})

    sheet = load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in sheet["G"]] == ["Chi đoàn", "Khu vực 2"]
    assert [cell.value for cell in sheet["A"]] == ["Hạng chung", 1]


def test_the_ranking_takes_the_same_statements_for_one_branch_and_many(
    client_of, van_phong, phuong, chi_doan, can_bo_phuong
):
    excellent(chi_doan, can_bo_phuong)
    client = client_of(van_phong)
    counts = []
    for more in (0, 3):
        for _ in range(more):
            excellent(make_chi_doan(phuong=phuong), can_bo_phuong)
        with CaptureQueriesContext(connection) as queries:
            client.get(URL, {"ky": "2025", "mo": chi_doan.pk})
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12


# ---- assessment ----------------------------------------------------------------------------


def test_the_ward_assesses_and_the_page_shows_it(client_of, can_bo_phuong, chi_doan):
    people(chi_doan)
    client = client_of(can_bo_phuong)
    form = reverse("baocao:danh_gia", args=[chi_doan.pk])
    fields = {
        "ngay": "10/01/2026",
        "muc_so_chi_doan": "ht",
        "minh_chung_so_chi_doan": "Thiếu tháng 7.",
    }

    answer = client.post(f"{form}?ky=2025", fields, follow=True)

    assert "Thiếu tháng 7." in answer.content.decode()
    assert DanhGiaTieuChi.objects.get().by == can_bo_phuong


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ngay": "31/02/2026"}, "ngay"),
        ({"ngay": "10/01/2027", "muc_ky_luat": "htxs", "minh_chung_ky_luat": "Sổ."}, "ngay"),
        ({"ngay": "10/01/2026", "muc_ky_luat": "htxs"}, "minh_chung_ky_luat"),
        ({"ngay": "10/01/2026", "minh_chung_ky_luat": "Sổ."}, "muc_ky_luat"),
        ({"ngay": "10/01/2026", "muc_ky_luat": "kht", "minh_chung_ky_luat": "S."}, "muc_ky_luat"),
    ],
)
def test_an_assessment_is_refused_at_its_field(client_of, can_bo_phuong, chi_doan, fields, field):
    form = reverse("baocao:danh_gia", args=[chi_doan.pk])

    answer = client_of(can_bo_phuong).post(f"{form}?ky=2025", fields)

    assert list(answer.context["form"].errors) == [field]
    assert not DanhGiaTieuChi.objects.exists()


def test_only_the_branchs_own_ward_assesses(client_of, van_phong, nguoi_la, bi_thu, chi_doan):
    form = reverse("baocao:danh_gia", args=[chi_doan.pk])

    assert client_of(nguoi_la).get(form).status_code == 404
    assert client_of(van_phong).get(form).status_code == 403
    assert client_of(bi_thu).get(form).status_code == 403


def test_a_year_of_the_older_scale_is_not_assessed(client_of, can_bo_phuong, chi_doan):
    form = reverse("baocao:danh_gia", args=[chi_doan.pk])
    answer = client_of(can_bo_phuong).get(f"{form}?ky=2018", follow=True)

    assert answer.redirect_chain[0][0].startswith(f"{reverse('baocao:xep_hang')}?ky=2018")
    assert "không đánh giá theo mức" in answer.text


# ---- why, and what would raise it ----------------------------------------------------------


def opened(client, chi_doan, nam=2025):
    page = client.get(URL, {"ky": nam, "mo": chi_doan.pk})
    (row,) = [row for row in page.context["rows"] if row.is_mo]
    return row


def test_an_excellent_branch_has_nothing_to_raise(client_of, van_phong, chi_doan, can_bo_phuong):
    excellent(chi_doan, can_bo_phuong)

    row = opened(client_of(van_phong), chi_doan)

    assert row.vi_sao == ["Cả 9 tiêu chí đều ở mức cao nhất."]
    assert row.de_nang == []


def test_each_level_says_the_way_to_the_next(client_of, van_phong, chi_doan, can_bo_phuong):
    members = excellent(chi_doan, can_bo_phuong)
    assess(chi_doan, can_bo_phuong, doan_phi="ht", ky_luat="htt")
    for nguoi, muc in zip(members, ["ht", "ht", "kht"], strict=False):
        nguoi.xep_loai.update(muc=muc)

    row = opened(client_of(van_phong), chi_doan)

    assert row.de_nang == [
        "Thu, nộp đoàn phí: đúng, đủ thì đạt mức xuất sắc.",
        (
            "Đoàn viên xếp loại tốt trở lên: thêm 1 đồng chí xếp loại tốt trở lên thì đạt mức hoàn "
            "thành."
        ),
        (
            "Đoàn viên không hoàn thành nhiệm vụ: bớt 1 đồng chí không hoàn thành thì đạt mức xuất "
            "sắc."
        ),
        "Đoàn viên bị kỷ luật: không có thì đạt mức xuất sắc.",
    ]


def test_a_recorded_decision_names_its_number_and_scale(client_of, van_phong, chi_doan):
    people(chi_doan, 6, tu_ngay=date(2019, 1, 1))
    XepLoaiDonVi.objects.create(
        don_vi=chi_doan,
        nam=2020,
        thang="cu",
        muc="manh",
        ngay=date(2020, 12, 15),
        so_quyet_dinh="61-QĐ/ĐTN",
    )

    row = opened(client_of(van_phong), chi_doan, 2020)

    assert row.vi_sao[0] == (
        "Quyết định số 61-QĐ/ĐTN ngày 15/12/2020: Vững mạnh (thang trước 2019)."
    )
    assert row.vi_sao[1].startswith("Theo tiêu chí của 33-HD/TWĐTN-BTC, để tham khảo:")
    assert row.de_nang == []


def test_an_empty_branch_says_that_it_is_empty(client_of, van_phong, chi_doan):
    row = opened(client_of(van_phong), chi_doan)

    assert row.vi_sao == ["Chưa có đoàn viên trong sổ."]


def test_the_line_of_dues_opens_the_book_and_the_late_remittances(
    client_of, can_bo_phuong, chi_doan
):
    members = people(chi_doan, 2)
    for so in (8, 9):
        make_phieu_thu(members[0], date(2026, so, 1), ngay=date(2026, so, 20))
    assess_chi_doan(
        chi_doan=chi_doan, nam=2026, danh_gia={"doan_phi": ("htxs", "Phiếu thu.")},
        ngay=date(2026, 11, 1), by=can_bo_phuong,
    )  # fmt: skip
    client = client_of(can_bo_phuong)

    page = client.get(URL, {"ky": "2026", "mo": chi_doan.pk})
    (row,) = [row for row in page.context["rows"] if row.is_mo]

    line = next(item for item in row.tieu_chi if item.ket_qua.tieu_chi.ma == "doan_phi")
    assert (line.tu, line.mau, line.pill[2]) == (2, 6, "Hoàn thành")
    assert [words for words, _ in line.urls] == [
        "2 lượt đã thu, 4 lượt còn nợ",
        "nộp chậm tháng 8–9/2026",
    ]
    assert line.minh_chung == SO_QUYET_DINH
    assert "Thu, nộp đoàn phí: thu 4 lượt còn nợ và nộp lên đúng hạn." in row.de_nang
    book, handed = (client.get(url) for _, url in line.urls)
    counts = [thu for thu in book.context["page"].tong_thang() if thu.luot_phai_thu]
    assert [(thu.luot_da_thu, thu.luot_phai_thu) for thu in counts[:3]] == [(1, 2), (1, 2), (0, 2)]
    assert handed.status_code == 200
