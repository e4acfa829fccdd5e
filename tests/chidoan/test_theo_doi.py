"""Watching over branches: the rules, the numbers of a ward and a district, and their rows."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from chidoan.theo_doi.queries import load_theo_doi
from chidoan.theo_doi.quy_tac import Nguong, TinhTrang, tim
from core.periods import today
from tests.cay import doi_cay
from tests.factories import make_buoi, make_chi_doan, make_chuc_vu, make_doan_vien, make_phuong
from tochuc.models import DiaBan

TRANG, DANH_SACH = reverse("chidoan:theo_doi"), reverse("chidoan:theo_doi_list")
DIA_BAN = reverse("chidoan:theo_doi_dia_ban")
NGAY = date(2026, 11, 18)
DAU = date(2020, 1, 1)
NGUONG = Nguong(
    toi_thieu=3, bch=9, thang_khong_hop=2, tuoi=30, thang_truong_thanh=12, dot_truong_thanh=(1, 2)
)


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({"so_doan_vien": 9}, set()),
        ({"so_doan_vien": 8}, {"duoi_bch"}),
        ({"so_doan_vien": 2}, {"duoi_bch", "duoi_toi_thieu"}),
        ({"so_doan_vien": 0}, {"duoi_bch", "duoi_toi_thieu", "trang"}),
        ({"so_doan_vien": 10, "co_bi_thu": False}, {"khuyet_bi_thu"}),
        ({"so_doan_vien": 10, "co_pho": False}, {"khuyet_pho"}),
        ({"so_doan_vien": 10, "thang_khong_hop": 1}, set()),
        ({"so_doan_vien": 10, "thang_khong_hop": 2}, {"khong_hop"}),
        ({"so_doan_vien": 10, "so_qua_tuoi": 5}, set()),
        ({"so_doan_vien": 10, "so_qua_tuoi": 6}, {"truong_thanh"}),
    ],
)
def test_what_is_found_in_a_branch(known, found):
    assert tim(TinhTrang(**known), NGUONG) == found


@pytest.fixture
def yeu(phuong, chi_doan):
    """In trouble: two members about to leave, no secretary, no meeting since May."""
    people = [
        make_doan_vien(chi_doan=chi_doan, tu_ngay=DAU, ngay_sinh=date(1997, 3, 1)) for _ in range(2)
    ]
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", tu_ngay=DAU, den_ngay=date(2026, 9, 1))
    make_chuc_vu(don_vi=chi_doan, chuc_danh="pho_bi_thu", tu_ngay=DAU, doan_vien=people[0])
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 5, 4), diem_danh={people[0]: "co_mat"})
    return chi_doan


@pytest.fixture
def trang(phuong):
    return make_chi_doan(phuong=phuong, ten="Khu vực 7")


def test_a_branch_is_known_by_its_books(phuong, yeu):
    (row,) = load_theo_doi(phuong, NGAY).dong

    assert row.tinh_trang == TinhTrang(
        so_doan_vien=2,
        so_qua_tuoi=2,
        thang_khong_hop=5,
        co_bi_thu=False,
        khuyet_tu=date(2026, 9, 2),
        co_pho=True,
    )
    assert row.thay == {"duoi_toi_thieu", "duoi_bch", "khuyet_bi_thu", "khong_hop", "truong_thanh"}
    (then,) = load_theo_doi(phuong, date(2026, 5, 20)).dong
    assert (then.tinh_trang.co_bi_thu, then.tinh_trang.thang_khong_hop) == (True, 0)


def test_every_number_of_the_ward_opens_its_rows(client_of, bi_thu_phuong, phuong, yeu, trang):
    client = client_of(bi_thu_phuong)
    DiaBan.objects.create(don_vi=phuong, loai="thon", ten="Một", tu_ngay=DAU)
    DiaBan.objects.create(don_vi=phuong, loai="thon", ten="Hai", tu_ngay=DAU, chi_doan=yeu)

    kpis = [kpi for strip in client.get(TRANG).context["kpis"] for kpi in strip]

    assert [kpi["value"] for kpi in kpis] == [1, 2, 2, 2, 2, 1, 1, 1]
    for kpi in kpis:
        page = client.get(kpi["url"]).context["page"]
        assert page.paginator.count == kpi["value"], kpi["label"]


def test_the_office_above_sees_a_row_for_each_ward(
    client_of, van_phong, huyen, phuong, phuong_khac, yeu, trang
):
    client = client_of(van_phong)
    make_chi_doan(phuong=phuong_khac)

    rows = client.get(TRANG, {"don_vi": huyen.pk}).context["theo_don_vi"]

    assert [(row.don_vi.pk, row.so_chi_doan) for row in rows] == [
        (phuong.pk, 2),
        (phuong_khac.pk, 1),
    ]
    for row in rows:
        for cell in row.o:
            if cell.so:
                assert client.get(cell.url).context["page"].paginator.count == cell.so


def test_the_day_and_the_map_go_with_the_numbers(client_of, van_phong, phuong, phuong_khac, yeu):
    doi_cay([(yeu, phuong_khac, date(2026, 7, 1))])
    client = client_of(van_phong)
    asked = {"don_vi": phuong.pk, "ngay": "20/05/2026"}

    today = client.get(TRANG, asked).context["kpis"]
    then = client.get(TRANG, {**asked, "ban_do": "khi_do"}).context["kpis"]

    assert [strip[1]["value"] for strip in (today[0], then[0])] == [0, 1]
    opened = client.get(then[0][1]["url"])
    assert [row.pk for row in opened.context["page"]] == [yeu.pk]


def test_pages_take_the_same_statements_for_any_number_of_branches(
    client_of, van_phong, huyen, phuong, yeu
):
    client = client_of(van_phong)
    counts = []
    for _ in range(2):
        sizes = []
        for url in (TRANG, DANH_SACH, DIA_BAN):
            with CaptureQueriesContext(
                connection,
            ) as taken:
                client.get(url, {"don_vi": huyen.pk})
            sizes.append(len(taken))
        counts.append(sizes)
        for _ in range(2):
            make_doan_vien(chi_doan=make_chi_doan(phuong=make_phuong(cap_tren=huyen)))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 12


def test_the_ward_and_the_office_above_are_told_of_empty_branches(
    client_of, bi_thu_phuong, van_phong, trang
):
    for user in (bi_thu_phuong, van_phong):
        client = client_of(user)
        (duty,) = [row for row in client.get("/").context["viec"] if "trắng" in row.tieu_de]
        assert client.get(duty.url).context["page"].paginator.count == 1


def test_foreign_units_and_people_without_the_right(client_of, nguoi_la, uy_vien, phuong, yeu):
    assert client_of(nguoi_la).get(TRANG, {"don_vi": phuong.pk}).status_code == 404
    assert client_of(uy_vien).get(TRANG).status_code == 403


def test_download_has_the_rows(client_of, bi_thu_phuong, phuong, yeu, trang):
    answer = client_of(bi_thu_phuong).get(DANH_SACH, {"muc": "trang", "export": "xlsx"})

    sheet = load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in sheet["A"]] == ["Chi đoàn", trang.ten]
    assert [cell.value for cell in sheet["C"]] == [
        "Thấy gì",
        "Trắng đoàn viên; khuyết bí thư; 12 tháng không họp; khuyết phó bí thư",
    ]


def test_an_area_of_a_split_branch_is_a_duty_until_it_is_given_to_one(
    client_of, bi_thu_phuong, phuong, chi_doan, phuong_khac
):
    """From its day on; what was before stays on record, and a foreign branch is not offered."""
    area = DiaBan.objects.create(
        don_vi=phuong, loai="to_dan_pho", ten="Tổ 9", tu_ngay=today() - timedelta(days=30)
    )
    client = client_of(bi_thu_phuong)
    assert any("Giao 1" in duty.tieu_de for duty in client.get("/").context["viec"])
    page = client.get(reverse("chidoan:theo_doi_dia_ban"), {"don_vi": phuong.pk})
    url = reverse("chidoan:theo_doi_dia_ban_giao", args=[area.pk])
    assert url in page.content.decode()

    data = {"chi_doan": make_chi_doan(phuong=phuong_khac).pk, "tu_ngay": f"{today():%d/%m/%Y}"}
    assert client.post(url, data).status_code == 200  # the branch of another ward
    for _ in range(2):  # a double click
        assert client.post(url, {**data, "chi_doan": chi_doan.pk}).status_code == 302

    area.refresh_from_db()
    assert area.den_ngay == today() - timedelta(days=1)
    given = DiaBan.objects.tai_ngay(today()).get()
    later = reverse("chidoan:theo_doi_dia_ban_giao", args=[given.pk])
    other = {**data, "chi_doan": make_chi_doan(phuong=phuong).pk}
    assert "Vừa có người giao" in client.post(later, {**other, "truoc": ""}).content.decode()
    assert "Vừa có người giao" in client.post(url, other).content.decode()
    assert DiaBan.objects.tai_ngay(today()).get().chi_doan == chi_doan
    assert not [duty for duty in client.get("/").context["viec"] if "địa bàn" in duty.tieu_de]
