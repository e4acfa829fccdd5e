"""Does an initiative work: the comparison counts as the reports do; reviews and the report."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from baocao.chi_tieu import THEO_MA, ThoiKy, compute, rows, total
from baocao.mo_hinh.chi_so import CHI_SO, GiaTri, doi, doi_chu, hon
from baocao.mo_hinh.so_sanh import (
    DA_DEM,
    compare,
    default_periods,
    figures,
    notes,
    quarters_chart,
    so_tu,
)
from chidoan.models import DanhGiaMoHinh, DiemDanh
from core.periods import KyBaoCao
from tests.baocao.histories import make_history
from tests.factories import make_buoi, make_chi_doan, make_doan_vien, make_ho_so, make_mo_hinh
from tochuc.models import VanBan

CO_MAT, MUON, LY_DO, VANG = DiemDanh.TrangThai.values
Q = KyBaoCao
THEO_TEN = {item.ma: item for item in CHI_SO}
SEP = date(2026, 9, 10)


@pytest.fixture
def mo_hinh(phuong, chi_doan):
    return make_mo_hinh(don_vi=phuong, diem=chi_doan, tu_ngay=date(2026, 4, 10))


@pytest.fixture
def song(mo_hinh, phuong, chi_doan, chi_doan_khac):
    """Two branches before and since: the pilot's attendance rises, the other's does not."""
    pilot = [make_doan_vien(chi_doan=chi_doan) for _ in range(4)]
    other = [make_doan_vien(chi_doan=chi_doan_khac) for _ in range(2)]
    for month, present in ((2, 1), (7, 4), (8, 3)):
        roll = {one: CO_MAT if so < present else VANG for so, one in enumerate(pilot)}
        make_buoi(chi_doan=chi_doan, ngay=date(2026, month, 5), diem_danh=roll)
    for month in (2, 8):
        make_buoi(
            chi_doan=chi_doan_khac,
            ngay=date(2026, month, 6),
            diem_danh={other[0]: CO_MAT, other[1]: LY_DO},
        )
    new = date(2026, 8, 20)
    make_doan_vien(chi_doan=chi_doan, tu_ngay=new, ngay_vao_doan=new)
    make_ho_so(doan_vien=pilot[0], trang_thai="cho_gui", ngay_gioi_thieu=date(2026, 8, 1))
    return mo_hinh


def at(mo_hinh, ky, **kwargs):
    return figures(mo_hinh, ThoiKy.of(ky, mo_hinh.don_vi), **kwargs)


# ---- how figures are said ------------------------------------------------------------------


def test_a_share_a_rate_and_a_sum_per_head():
    share = GiaTri(THEO_TEN["ty_le_du_sinh_hoat"], 36, 39)
    rate = GiaTri(THEO_TEN["ket_nap_moi"], 1, 14)
    dues = GiaTri(THEO_TEN["doan_phi_da_thu"], 100_000, 8)
    nothing = GiaTri(THEO_TEN["ty_le_du_sinh_hoat"], 0, 0)

    assert (share.chu, share.phan) == ("92,3%", "36/39")
    assert (rate.chu, rate.phan) == ("7,1", "1/14")
    assert (dues.chu, dues.so) == ("12.500\xa0đ", 12_500)
    assert (nothing.chu, nothing.so, nothing.phan) == ("–", None, "")
    assert doi(nothing, share) is None
    assert doi_chu(share.chi_so, Decimal("-2.5")) == "−2,5 điểm\xa0%"  # noqa: RUF001 -- a minus
    assert hon(Decimal(5), Decimal(2)) == 3
    assert hon(Decimal(5), None) is None


# ---- the same figures as the reports -------------------------------------------------------


@pytest.mark.parametrize("ky", [Q(2026), Q(2026, quy=1), Q(2026, quy=3)], ids=lambda ky: ky.code)
def test_the_comparison_equals_the_indicators_of_those_units_and_periods(song, ky):
    thoi_ky = ThoiKy.of(ky, song.don_vi)
    seen = figures(song, thoi_ky)
    pilot = compute(song.diem, thoi_ky)  # counted for the branch alone, as its own page does
    ward = compute(song.don_vi, thoi_ky)

    for item in DA_DEM:
        own, all_of_them = pilot.so(song.diem, item.ma), ward.so(song.don_vi, item.ma)
        assert seen.diem.gia_tri[item.ma].tu == own.tu
        assert seen.khac.gia_tri[item.ma].tu == all_of_them.tu - own.tu
        if item.is_ty_le:
            assert seen.diem.gia_tri[item.ma].mau == own.mau
            assert seen.diem.gia_tri[item.ma].so == own.gia_tri
            assert seen.khac.gia_tri[item.ma].mau == all_of_them.mau - own.mau
    full = ward.so(song.don_vi, "chi_doan_sinh_hoat_du").tu
    held = [seen.diem.gia_tri["nhip_sinh_hoat"], seen.khac.gia_tri["nhip_sinh_hoat"]]
    assert full == sum(bool(one.tu) and one.tu >= one.mau for one in held)


@pytest.mark.parametrize("seed", range(3))
def test_random_histories_are_compared_as_they_are_reported(db, seed):
    _, wards, branches = make_history(seed)
    ward = max(wards, key=lambda one: sum(row.path.startswith(one.path) for row in branches))
    pilot = next(row for row in branches if row.path.startswith(ward.path))
    mo_hinh = make_mo_hinh(don_vi=ward, diem=pilot, tu_ngay=date(2026, 4, 1))
    thoi_ky = ThoiKy.of(Q(2026), ward)

    seen = figures(mo_hinh, thoi_ky)

    for item in DA_DEM:
        for unit, group, tru in ((pilot, seen.diem, None), (ward, seen.khac, pilot)):
            found = rows(item, unit, thoi_ky, tru=tru)
            counted = total(item, found).tu if item.tong else found.count()
            assert group.gia_tri[item.ma].tu == counted


def test_every_number_opens_its_rows(client_of, can_bo_phuong, song):
    client = client_of(can_bo_phuong)
    page = client.get(
        reverse("baocao:mo_hinh_so_sanh", args=[song.pk]), {"truoc": "2026Q1", "sau": "2026Q3"}
    )

    opened = 0
    for row in page.context["dong"]:
        for gia_tri, url in row.o:
            assert url
            response = client.get(url)
            found = list(response.context["page"].object_list)
            if row.chi_so.ma == "nhip_sinh_hoat":
                assert sum(one.so_da_hop for one in found) == gia_tri.tu
                assert sum(one.so_phai_hop for one in found) == gia_tri.mau
            elif row.chi_so.ma != "doan_phi_da_thu":
                assert len(found) == gia_tri.tu
            opened += 1
    assert opened == 4 * len(CHI_SO)
    assert "trừ Chi đoàn Khu vực 1" in response.context["subtitle"]


def test_the_pilot_rose_more_than_the_others(song):
    table = {
        row.chi_so.ma: row for row in compare(at(song, Q(2026, quy=1)), at(song, Q(2026, quy=3)))
    }
    attendance, rhythm = table["ty_le_du_sinh_hoat"], table["nhip_sinh_hoat"]

    assert [gia_tri.phan for gia_tri, _ in attendance.o] == ["1/4", "7/8", "1/2", "1/2"]
    assert (attendance.doi_diem, attendance.doi_khac) == ("+62,5 điểm\xa0%", "không đổi")
    assert (attendance.hon, attendance.is_hon) == ("+62,5 điểm\xa0%", True)
    assert [gia_tri.phan for gia_tri, _ in rhythm.o] == ["1/3", "2/3", "1/3", "1/3"]
    assert table["doan_vien"].is_hon is None  # heads are told, not compared
    assert table["ket_nap_moi"].o[1][0].phan == "1/5"


# ---- an honest base ------------------------------------------------------------------------


def test_the_base_is_the_same_quarter_before_the_launch_or_the_first_on_record(song):
    day = date(2026, 11, 29)

    assert default_periods(song, date(2024, 1, 5), day) == (Q(2025, quy=3), Q(2026, quy=3))
    assert default_periods(song, date(2025, 8, 5), day) == (Q(2026, quy=2), Q(2026, quy=3))
    song.tu_ngay = date(2018, 9, 6)
    assert default_periods(song, date(2024, 1, 5), day) == (Q(2024, quy=3), Q(2026, quy=3))


def test_a_thin_or_late_base_is_said(song):
    first = so_tu(song.don_vi)
    before, after = at(song, Q(2026, quy=1)), at(song, Q(2026, quy=3))

    said = " ".join(notes(song, before, after, first))
    assert "chỉ có 4 đoàn viên; một người đã là 25%" in said
    assert "Sổ sinh hoạt chỉ có một phần của quý\xa0I" in said
    song.tu_ngay = date(2018, 9, 6)
    assert "không nói được trước ngày ra mắt" in " ".join(notes(song, before, after, first))
    assert "dài ngắn khác nhau" in " ".join(notes(song, at(song, Q(2026)), after, first))


def test_the_chart_tells_pilot_and_others_apart_without_colour(song):
    drawn = str(quarters_chart(song, so_tu(song.don_vi), date(2026, 9, 30)))

    assert "Điểm" in drawn
    assert "Khác" in drawn
    assert 'stroke-dasharray="5 4"' in drawn


@pytest.mark.parametrize("count", [1, 4])
def test_the_comparison_takes_as_many_queries_for_any_number_of_branches(
    client_of, can_bo_phuong, song, phuong, count, django_assert_max_num_queries
):
    for _ in range(count):
        branch = make_chi_doan(phuong=phuong)
        make_buoi(chi_doan=branch, diem_danh={make_doan_vien(chi_doan=branch): CO_MAT})
    client = client_of(can_bo_phuong)

    with django_assert_max_num_queries(12):
        client.get(reverse("baocao:mo_hinh_so_sanh", args=[song.pk]))


# ---- reviews and the report ----------------------------------------------------------------

WORDS = {
    "ngay": "30/09/2026",
    "ket_qua": "Giữ được nếp họp",
    "han_che": "Ít người dự",
    "viec_tiep": "Đổi giờ họp\nGặp thanh niên",
    "muc": "dat",
    "version": "0",
}


def test_a_review_freezes_the_figures_it_shows(client_of, can_bo_phuong, song, chi_doan):
    client = client_of(can_bo_phuong)
    page = reverse("baocao:mo_hinh_danh_gia_ghi", args=[song.pk, "2026Q3"])

    shown = client.get(page).context["so_lieu"]
    client.post(page, WORDS)
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 9, 1))

    row = DanhGiaMoHinh.objects.get()
    assert row.chot["so_lieu"] == shown
    assert row.chot_ngay == date(2026, 9, 30)
    assert {one["ma"]: one["diem_phan"] for one in shown}["nhip_sinh_hoat"] == "2/3"
    # what was promised opens the next review
    after = client.get(reverse("baocao:mo_hinh_danh_gia_ghi", args=[song.pk, "2026Q4"]))
    assert after.context["da_hen"] == "Đổi giờ họp\nGặp thanh niên"
    assert "viec_truoc" in after.content.decode()
    listed = client.get(reverse("baocao:mo_hinh_danh_gia", args=[song.pk]))
    assert "Giữ được nếp họp" in listed.content.decode()
    client.post(reverse("baocao:danh_gia_mo_hinh_xoa", args=[row.pk]))
    assert not DanhGiaMoHinh.objects.exists()


def test_a_foreign_quarter_has_no_page(client_of, can_bo_phuong, song):
    client = client_of(can_bo_phuong)

    for ky in ("2026", "2025Q4", "xyz"):
        page = reverse("baocao:mo_hinh_danh_gia_ghi", args=[song.pk, ky])
        assert client.get(page).status_code == 404


def test_the_report_tells_what_is_on_record_and_is_issued_once(client_of, can_bo_phuong, song):
    client = client_of(can_bo_phuong)
    client.post(reverse("baocao:mo_hinh_danh_gia_ghi", args=[song.pk, "2026Q3"]), WORDS)
    page = reverse("baocao:mo_hinh_bao_cao", args=[song.pk])
    pdf = reverse("baocao:mo_hinh_bao_cao_pdf", args=[song.pk])

    assert client.get(page).context["thieu"] == ["nhật ký"]
    client.post(page)
    client.post(page)

    issued = client.get(page).context["van_ban"]
    assert (issued.so, issued.phien_ban) == (1, 1)
    pages = PdfReader(BytesIO(client.get(f"{pdf}?ban=1").content)).pages
    text = " ".join(" ".join(one.extract_text() for one in pages).split())
    for words in ("BÁO CÁO", "Nâng chất chi đoàn", "87,5%", "Giữ được nếp họp", "Đổi giờ họp"):
        assert words in text
    word = client.get(reverse("baocao:mo_hinh_bao_cao_word", args=[song.pk]))
    assert word.content[:2] == b"PK"


def test_the_office_above_reads_the_report_and_issues_none(client_of, van_phong, song):
    page = reverse("baocao:mo_hinh_bao_cao", args=[song.pk])
    client = client_of(van_phong)

    assert client.get(page).context["may_issue"] is False
    assert client.post(page).status_code == 403
    assert VanBan.objects.issued(song, "BC") is None


def test_the_comparison_of_another_ward_is_closed(client_of, nguoi_la, song):
    for name in ("mo_hinh_so_sanh", "mo_hinh_danh_gia", "mo_hinh_bao_cao"):
        assert client_of(nguoi_la).get(reverse(f"baocao:{name}", args=[song.pk])).status_code == 404


def test_indicator_codes_of_the_comparison_are_the_reports_own():
    assert [item.ma for item in DA_DEM] == [
        item.ma for item in CHI_SO if item.ma != "nhip_sinh_hoat"
    ]
    assert all(THEO_MA[item.ma] is item for item in DA_DEM)
