"""Pages of a past period on both maps: a branch that has moved to another ward since."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from baocao.bang_so_lieu import load_bang
from baocao.models import BaoCao
from core.periods import KyBaoCao
from doanvien.doan_phi.services import submit_nop
from tests.cay import doi_cay
from tests.factories import (
    make_buoi,
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_don_vi,
    make_hoat_dong,
    make_nguoi_dung,
    make_phieu_thu,
)
from tochuc.models import DonVi, LichSuDonVi
from tochuc.permissions import VaiTro
from tochuc.quy_dinh import LUON_LUON

KY = {"ky": "2025", "ban_do": "khi_do"}


@pytest.fixture
def da_chuyen(phuong, phuong_khac, chi_doan):
    """Khu vực 1 with two members, since 01/3/2026 at the other ward; one member stays behind."""
    o_lai = make_chi_doan(phuong=phuong, ten="Khu vực 9")
    for branch, count in ((chi_doan, 2), (o_lai, 1)):
        for _ in range(count):
            make_doan_vien(chi_doan=branch, tu_ngay=date(2024, 1, 1))
    LichSuDonVi.objects.update(tu_ngay=LUON_LUON)
    doi_cay([(chi_doan, phuong_khac, date(2026, 3, 1))])
    return DonVi.objects.get(pk=phuong.pk)


def doan_vien(page):
    rows = [row for _, rows in page.context["nhom"] for row in rows]
    return next(row for row in rows if row.chi_tieu.ma == "doan_vien")


@pytest.mark.parametrize(("ban_do", "expected"), [("khi_do", 3), ("hom_nay", 1)])
def test_the_office_above_reads_a_ward_on_both_maps(
    client_of, van_phong, da_chuyen, ban_do, expected
):
    client = client_of(van_phong)
    url = reverse("baocao:don_vi_so_lieu", args=[da_chuyen.pk])

    row = doan_vien(client.get(url, {"ky": "2025", "ban_do": ban_do}))

    opened = client.get(row.url)
    assert row.trong_ky.tu == opened.context["page"].paginator.count == expected
    assert [view["active"] for view in opened.context["ban_do"].views] == [
        ban_do == "hom_nay",
        ban_do == "khi_do",
    ]


def test_the_ward_itself_is_told_that_a_branch_has_left(client_of, bi_thu_phuong, da_chuyen):
    page = client_of(bi_thu_phuong).get(reverse("baocao:don_vi_so_lieu", args=[da_chuyen.pk]), KY)

    assert doan_vien(page).trong_ky.tu == 1
    assert "1 chi đoàn nay thuộc đơn vị khác" in page.content.decode()


def test_where_nothing_has_changed_no_choice_is_offered(client_of, van_phong, da_chuyen):
    page = client_of(van_phong).get(
        reverse("baocao:don_vi_so_lieu", args=[da_chuyen.pk]), {**KY, "ky": "2026Q2"}
    )

    assert page.context["ban_do"].views == []
    assert "Như đã báo cáo" not in page.content.decode()


def test_rows_of_the_old_map_name_the_ward_of_then(client_of, van_phong, huyen, da_chuyen, phuong):
    url = reverse("baocao:chi_tieu_rows", args=[huyen.pk, "doan_vien"])

    page = client_of(van_phong).get(url, KY)

    assert f"phường {phuong.ten}" in page.content.decode()
    assert "phường Khác" not in page.content.decode()


@pytest.mark.parametrize(
    ("name", "asked", "then", "now"),
    [
        ("doanvien:list", {"ngay": "31/12/2025"}, 3, 1),
        ("chidoan:list", {"ngay": "31/12/2025"}, 2, 1),
        ("chidoan:buoi_list", {"ky": "2025"}, 1, 0),
        ("chidoan:hoat_dong_list", {"ky": "2025"}, 1, 0),
        ("doanvien:phieu_thu_list", {"ky": "2025"}, 1, 0),
        ("doanvien:nop_doan_phi_list", {"ky": "2025"}, 1, 0),
        ("chidoan:can_bo_list", {"ngay": "31/12/2025"}, 1, 0),
        ("chidoan:chuc_vu_list", {"ngay": "31/12/2025"}, 1, 0),
    ],
)
def test_lists_of_a_past_day_are_read_on_both_maps(
    client_of, van_phong, da_chuyen, chi_doan, name, asked, then, now
):
    make_buoi(chi_doan=chi_doan, ngay=date(2025, 5, 5))
    make_hoat_dong(don_vi=chi_doan, ngay=date(2025, 5, 5))
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", tu_ngay=date(2025, 1, 1))
    thu_va_nop(chi_doan)
    client, url = client_of(van_phong), reverse(name)
    asked = {**asked, "don_vi": da_chuyen.pk}

    assert client.get(url, asked).context["page"].paginator.count == now
    page = client.get(url, {**asked, "ban_do": "khi_do"})
    assert page.context["page"].paginator.count == then
    assert "Như đã báo cáo" in page.content.decode()
    assert ("ban_do", "khi_do") in page.context["kept"]


def thu_va_nop(chi_doan):
    """Dues of May 2025, one member's, and their share handed on."""
    chi_doan = DonVi.objects.get(pk=chi_doan.pk)
    make_phieu_thu(
        chi_doan.doan_vien.first(), date(2025, 5, 1), chi_doan=chi_doan, ngay=date(2025, 5, 9)
    )
    submit_nop(
        don_vi=chi_doan, ky=KyBaoCao(2025, thang=5), ngay=date(2025, 6, 2), chung_tu="",
        ma_gui=uuid.uuid4(), by=None,
    )  # fmt: skip


@pytest.mark.parametrize("ban_do", ["khi_do", "hom_nay"])
def test_dues_of_a_past_period_are_read_on_both_maps(
    client_of, van_phong, da_chuyen, chi_doan, phuong_khac, ban_do, django_assert_max_num_queries
):
    """The branch's dues stand with the ward of the map, and so do the debts behind the sum."""
    thu_va_nop(chi_doan)
    client = client_of(van_phong)
    url = reverse("doanvien:doan_phi_don_vi", args=[phuong_khac.pk])
    client.get(url)

    with django_assert_max_num_queries(12):
        page = client.get(url, {"ky": "2025-05", "ban_do": ban_do})

    is_here = ban_do == "hom_nay"
    found = page.context["tong"]
    assert [row.don_vi.pk for row in found.dong] == ([chi_doan.pk] if is_here else [])
    assert bool(found.thu.da_thu) == bool(found.thu.con_no) == is_here
    assert [bool(row.cho_nhan) for row in found.dong] == ([True] if is_here else [])
    debts = client.get(
        reverse("doanvien:doan_phi_no", args=[phuong_khac.pk]), {"ky": "2025-05", "ban_do": ban_do}
    )
    assert debts.context["tong"] == found.thu.con_no


def test_a_report_that_was_handed_in_stays_and_is_compared_with_todays_map(
    client_of, van_phong, da_nop, chi_doan, phuong_khac
):
    LichSuDonVi.objects.update(tu_ngay=LUON_LUON)
    before = {line.ma: line.he_thong for line in load_bang(da_nop)}
    doi_cay([(chi_doan, phuong_khac, date(2026, 10, 5))])
    report = BaoCao.objects.get(pk=da_nop.pk)
    client, url = client_of(van_phong), reverse("baocao:detail", args=[da_nop.pk])

    lines = list(load_bang(report))
    as_reported = client.get(url, {"xem": "tat-ca"})
    today = client.get(url, {"xem": "tat-ca", "ban_do": "hom_nay"})

    assert {line.ma: line.he_thong for line in lines} == before
    assert not any(line.da_doi for line in lines)
    assert "Theo bản đồ hôm nay: 0" in today.content.decode()
    assert "Theo bản đồ hôm nay: 0" not in as_reported.content.decode()
    line = next(row for row in as_reported.context["trang"].lines if row.ma == "chi_doan")
    assert client.get(line.url).context["page"].paginator.count == line.dong.he_thong.tu


def test_a_report_of_a_quarter_that_is_over_counts_the_branches_of_then(
    phuong, chi_doan, phuong_khac, bao_cao
):
    LichSuDonVi.objects.update(tu_ngay=LUON_LUON)
    before = {line.ma: line.he_thong for line in load_bang(bao_cao)}
    doi_cay([(chi_doan, phuong_khac, date(2026, 10, 5))])

    bang = load_bang(BaoCao.objects.get(pk=bao_cao.pk))

    assert {line.ma: line.he_thong for line in bang} == before
    assert bang.pham_vi["chi_doan"] == [chi_doan.pk]


def test_the_ranking_and_the_home_page_of_a_past_year_are_read_on_both_maps(
    client_of, van_phong, huyen, da_chuyen, phuong_khac, chi_doan
):
    """Within the district the branch is ranked either way; its ward is that of the map."""
    client = client_of(van_phong)
    for ban_do, ward in (("hom_nay", phuong_khac), ("khi_do", da_chuyen)):
        asked = {"ky": "2025", "ban_do": ban_do}
        rows = client.get(reverse("baocao:xep_hang"), asked).context["bang"].dong
        found = {row.chi_doan.pk: row.co_so for row in rows}
        home = client.get("/", asked)
        members = {unit.pk: cells[2] for unit, cells in home.context["bang"]}

        assert found[chi_doan.pk] == ward.ten_noi
        assert members[phuong_khac.pk].so.tu == (2 if ward == phuong_khac else 0)
        opened = client.get(members[da_chuyen.pk].url)
        assert opened.context["page"].paginator.count == members[da_chuyen.pk].so.tu


@pytest.mark.parametrize(("ban_do", "expected"), [("khi_do", 1), ("hom_nay", 2)])
def test_the_home_page_of_a_ward_is_read_on_both_maps_in_a_past_quarter(
    client_of, chi_doan, phuong, phuong_khac, bi_thu_phuong, ban_do, expected,
    django_assert_max_num_queries,
):  # fmt: skip
    """A branch of the neighbour has come since: on the map of then it is not the ward's."""
    from_there = make_chi_doan(phuong=phuong_khac, ten="Khu vực 8")
    for branch in (chi_doan, from_there):
        make_doan_vien(chi_doan=branch, tu_ngay=date(2024, 1, 1))
    LichSuDonVi.objects.update(tu_ngay=LUON_LUON)
    doi_cay([(from_there, phuong, date(2026, 3, 1))])
    client = client_of(bi_thu_phuong)

    with django_assert_max_num_queries(12):
        page = client.get("/", {"ky": "2025Q4", "ban_do": ban_do})

    kpi = page.context["kpis"][0]
    lines = [*page.context["can_giup"], *page.context["on_dinh"]]
    opened = client.get(kpi["url"]).context["page"].paginator.count
    assert int(kpi["value"]) == opened == len(lines) == expected
    assert [view["active"] for view in page.context["ban_do"].views][1] == (ban_do == "khi_do")
    assert ("ban_do=khi_do" in page.context["kem"]) == (ban_do == "khi_do")


def test_the_home_page_of_a_province_lists_its_districts(client, phuong, huyen):
    tinh = make_don_vi(cap="tinh", loai="tinh", ten="Lớn", cap_tren=None)
    DonVi.objects.move(huyen, tinh, "last-child")
    client.force_login(make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, DonVi.objects.get(pk=tinh.pk)))

    page = client.get("/")

    assert [unit.pk for unit, _ in page.context["bang"]] == [huyen.pk]
    assert page.context["bao_cao_kpis"]
