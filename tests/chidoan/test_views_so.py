from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from chidoan.models import BuoiSinhHoat, DiemDanh
from core.periods import today
from tests.chidoan.test_services_buoi import change, log, said
from tests.factories import (
    make_buoi,
    make_chi_doan,
    make_doan_vien,
    make_nghi_quyet,
    make_nguoi_dung,
)
from tochuc.models import NhatKy, VanBan
from tochuc.permissions import VaiTro

LIST = reverse("chidoan:buoi_list")
ROLL = reverse("chidoan:diem_danh_list")
CO_MAT, MUON, LY_DO, VANG = DiemDanh.TrangThai.values


def url(name, target):
    return reverse(f"chidoan:{name}", args=[target.pk])


def issue(client, buoi):
    """Press "In biên bản": the paper that follows."""
    return client.post(url("buoi_pdf", buoi), follow=True)


def rows_of(response):
    return list(response.context["page"].object_list)


@pytest.fixture
def members(chi_doan):
    return [make_doan_vien(chi_doan=chi_doan) for _ in range(4)]


@pytest.fixture
def buoi(chi_doan, members):
    states = dict(zip(members, [CO_MAT, MUON, LY_DO, VANG], strict=True))
    return make_buoi(
        chi_doan=chi_doan,
        ngay=date(2026, 9, 15),
        chu_tri=members[0],
        thu_ky=members[1],
        diem_danh=states,
        noi_dung="Đã bàn việc tháng.",
    )


def test_branch_sees_its_year_month_by_month(client_of, bi_thu, chi_doan, chi_doan_khac, buoi):
    draft = make_buoi(chi_doan=chi_doan, ngay=date(2026, 10, 2), trang_thai="nhap")
    make_buoi(chi_doan=chi_doan_khac, ngay=date(2026, 9, 1))

    response = client_of(bi_thu).get(LIST, {"nam": 2026})

    (year,) = response.context["lich"]
    months = year.thang
    assert year.chi_doan.pk == chi_doan.pk
    assert [month.thang.thang for month in months] == list(range(12, 0, -1))
    held = {month.thang.thang: month.buoi for month in months if month.buoi}
    assert held == {9: [buoi], 10: [draft]}
    assert (held[9][0].so_du_hop, held[9][0].so_danh_sach) == (2, 4)


@pytest.mark.parametrize("count", [1, 12])
def test_year_takes_the_same_queries_for_any_number_of_meetings(
    client_of, bi_thu, chi_doan, count, django_assert_num_queries
):
    for month in range(1, count + 1):
        make_buoi(chi_doan=chi_doan, ngay=date(2025, month, 5))
    client = client_of(bi_thu)

    # session, user, roles; the branch with its cadence, meetings of the year
    with django_assert_num_queries(5):
        response = client.get(LIST, {"nam": 2025})

    (year,) = response.context["lich"]
    assert sum(len(month.buoi) for month in year.thang) == count
    assert f"Đã họp {count} trên 12 buổi phải họp" in response.content.decode()


def test_year_that_is_no_year_is_this_year(client_of, bi_thu):
    assert client_of(bi_thu).get(LIST, {"nam": "x"}).context["nam"] == today().year


def test_branch_may_look_at_the_list_too(client_of, bi_thu, buoi, chi_doan_khac):
    make_buoi(chi_doan=chi_doan_khac)

    assert rows_of(client_of(bi_thu).get(LIST, {"ky": "2026"})) == [buoi]


def test_ward_lists_and_filters_the_meetings_of_its_branches(
    client_of, can_bo_phuong, chi_doan, chi_doan_khac, buoi
):
    make_buoi()
    draft = make_buoi(chi_doan=chi_doan_khac, ngay=date(2026, 10, 1), trang_thai="nhap")
    bch = make_buoi(chi_doan=chi_doan_khac, ngay=date(2026, 8, 1), loai="bch")
    client = client_of(can_bo_phuong)

    found = {
        query: rows_of(client.get(f"{LIST}?{query}"))
        for query in (
            "",
            f"don_vi={chi_doan.pk}",
            "ky=2026Q3",
            "ky=2026-10",
            "trang_thai=da_hop",
            "trang_thai=nhap",
            "loai=sinh_hoat",
            "loai=bch",
        )
    }

    assert list(found.values()) == [
        [draft, buoi, bch],
        [buoi],
        [buoi, bch],
        [draft],
        [buoi, bch],
        [draft],
        [draft, buoi],
        [bch],
    ]


def test_period_that_is_no_period_is_said_in_the_filter(client_of, can_bo_phuong, buoi):
    response = client_of(can_bo_phuong).get(LIST, {"ky": "13/2026"})

    assert "Kỳ «13/2026» không đúng" in str(response.context["filters"].form.errors["ky"])


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries_for_any_number_of_rows(
    client_of, can_bo_phuong, phuong, count, django_assert_num_queries
):
    for _ in range(count):
        branch = make_chi_doan(phuong=phuong)
        make_buoi(chi_doan=branch, diem_danh={make_doan_vien(chi_doan=branch): CO_MAT})
    client = client_of(can_bo_phuong)

    # session, user, roles; count, page, choices of the unit filter
    for address in (LIST, ROLL):
        with django_assert_num_queries(6):
            response = client.get(address)
        assert response.context["page"].paginator.count == count


def test_download_has_the_rows_of_the_page_and_is_recorded(client_of, can_bo_phuong, buoi):
    make_buoi()

    response = client_of(can_bo_phuong).get(LIST, {"export": "xlsx", "ky": "2026"})

    head, row = load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)
    assert row[0].date() == buoi.ngay
    assert dict(zip(head[1:], row[1:], strict=True)) == {
        "Chi đoàn": "Khu vực 1",
        "Loại buổi": "Sinh hoạt định kỳ",
        "Danh sách": 4,
        "Dự họp": 2,
        "Vắng có lý do": 1,
        "Vắng": 1,
        "Trạng thái": "Đã hoàn thành",
        "Cách ghi": None,
    }
    assert NhatKy.objects.get(hanh_dong="buoi.export").noi_dung["so_dong"] == 1


def test_roll_opens_the_rows_behind_a_rate(client_of, can_bo_phuong, chi_doan, members, buoi):
    make_buoi(chi_doan=chi_doan, trang_thai="nhap", diem_danh={members[0]: CO_MAT})
    make_buoi(chi_doan=chi_doan, loai="bch", diem_danh={members[0]: CO_MAT})
    make_buoi(diem_danh={make_doan_vien(): CO_MAT})
    client = client_of(can_bo_phuong)

    counts = [
        len(rows_of(client.get(f"{ROLL}?{query}")))
        for query in (
            "ky=2026",
            "ky=2026-09&trang_thai=du_hop",
            "trang_thai=vang",
            f"don_vi={chi_doan.pk}&trang_thai=muon",
            "q=khong co ai",
            "ky=2025",
        )
    ]

    assert counts == [4, 2, 1, 1, 0, 0]


def test_detail_shows_the_meeting(client_of, bi_thu, chi_doan, members, buoi):
    made = make_nghi_quyet(buoi=buoi, phu_trach=members[0], noi_dung="Trồng 20 cây xanh")
    ended = make_nghi_quyet(
        buoi=make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 1)),
        trang_thai="xong",
        ket_qua="4 buổi",
        ket_thuc_ngay=buoi.ngay,
        ket_thuc_tai=buoi,
    )

    response = client_of(bi_thu).get(buoi.get_absolute_url())

    context = response.context
    assert (context["du_hop"], context["co_ly_do"], context["phai_co"]) == (2, 1, 3)
    assert list(context["nghi_quyet"]) == [made]
    assert list(context["ket_thuc_tai_day"]) == [ended]
    assert "ốm" not in response.content.decode().lower()


def test_detail_tells_who_changed_what(client_of, bi_thu, chi_doan, members):
    buoi = log(chi_doan, said(members), bi_thu)
    change(buoi, said(members, ket_luan="Nhất trí"), bi_thu)

    entries = client_of(bi_thu).get(buoi.get_absolute_url()).context["lich_su"]

    assert [(entry["title"], entry["who"], entry["lines"]) for entry in entries] == [
        ("Sửa đổi", "Lê Minh Duy", ["Lý do: Ghi nhầm", "Đổi kết luận"]),
        ("Hoàn thành", "Lê Minh Duy", ["Ghi muộn"]),
    ]


def test_what_the_ward_writes_for_a_branch_is_marked_everywhere(
    client_of, bi_thu, bi_thu_phuong, chi_doan, members
):
    """On the page, in both lists, in the file, in the history, in the audit of what follows."""
    buoi = log(chi_doan, said(members), bi_thu_phuong)
    nghi_quyet = make_nghi_quyet(buoi=buoi, phu_trach=members[0])
    own = log(chi_doan, said(members, ngay=buoi.ngay + timedelta(days=1)), bi_thu)
    client = client_of(bi_thu_phuong)
    assert "Đồng chí ghi thay chi đoàn" in client.get(url("buoi_update", own)).content.decode()
    change(own, said(members, ngay=own.ngay, ket_luan="Nhất trí"), bi_thu_phuong)
    for name, words in (
        ("nghi_quyet_tien_do", {"ngay": f"{today():%d/%m/%Y}", "noi_dung": "Đã mua cây"}),
        (
            "nghi_quyet_finish",
            {"trang_thai": "xong", "ket_qua": "Xong", "ngay": f"{today():%d/%m/%Y}"},
        ),
    ):
        assert client.post(url(name, nghi_quyet), words).status_code == 302

    pages = [client.get(address).content.decode() for address in (buoi.get_absolute_url(), LIST)]
    file = load_workbook(BytesIO(client.get(LIST, {"export": "xlsx"}).content)).active
    calendar = client_of(bi_thu).get(LIST).content.decode()
    history = client.get(own.get_absolute_url()).context["lich_su"]

    assert "Phường nhập thay</span>" in pages[0]
    assert ["· phường nhập thay, ghi muộn" in page for page in (pages[1], calendar)] == [True, True]
    assert {row[-1].value for row in file.iter_rows(min_row=2)} == {
        "phường nhập thay, ghi muộn",
        "ghi muộn",
    }
    assert history[0]["lines"] == ["Lý do: Ghi nhầm", "Đổi kết luận", "Phường nhập thay"]
    assert not BuoiSinhHoat.objects.get(pk=own.pk).nhap_thay
    marked = NhatKy.objects.filter(noi_dung__nhap_thay=True).order_by("so")
    assert list(marked.values_list("hanh_dong", flat=True)) == [
        "buoi.finish", "buoi.amend", "nghi_quyet.tien_do", "nghi_quyet.finish",
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 30])
def test_detail_takes_the_same_queries_for_any_roll(
    client_of, bi_thu, chi_doan, count, django_assert_num_queries
):
    people = [make_doan_vien(chi_doan=chi_doan) for _ in range(count)]
    buoi = make_buoi(chi_doan=chi_doan, diem_danh=dict.fromkeys(people, CO_MAT))
    for person in people:
        make_nghi_quyet(buoi=buoi, phu_trach=person)
    client = client_of(bi_thu)

    # session, user, roles; meeting, roll, minutes, history, resolutions, votes, activities, photos
    with django_assert_num_queries(11):
        client.get(buoi.get_absolute_url())


@pytest.mark.parametrize("name", ["buoi_detail", "buoi_pdf"])
def test_meeting_of_another_ward_is_not_found(client_of, nguoi_la, buoi, name):
    assert client_of(nguoi_la).get(url(name, buoi)).status_code == 404


def test_minutes_are_issued_once_and_again_when_changed(client_of, bi_thu, buoi):
    client = client_of(bi_thu)

    first, again = (issue(client, buoi) for _ in range(2))
    BuoiSinhHoat.objects.filter(pk=buoi.pk).update(ket_luan="Nhất trí")
    looked_at = client.get(url("buoi_pdf", buoi))
    changed = issue(client, buoi)

    assert first.headers["Content-Type"] == "application/pdf"
    assert looked_at.content == first.content
    assert "01-BB-CD_Chi-doan-Khu-vuc-1_20260915.pdf" in first.headers["Content-Disposition"]
    assert first.content == again.content != changed.content
    assert list(VanBan.objects.order_by("phien_ban").values_list("so_ky_hieu", "phien_ban")) == [
        ("01-BB/CĐ", 1),
        ("01-BB/CĐ", 2),
    ]


def test_draft_has_no_minutes(client_of, bi_thu, chi_doan):
    draft = make_buoi(chi_doan=chi_doan, trang_thai="nhap")

    response = client_of(bi_thu).get(url("buoi_pdf", draft))

    issued = client_of(bi_thu).post(url("buoi_pdf", draft))
    assert response.status_code == issued.status_code == 409
    assert "còn là bản nháp" in response.content.decode()
    assert not VanBan.objects.exists()


@pytest.mark.parametrize("reader", ["bi_thu", "kiem_tra"])
def test_a_look_at_the_minutes_gives_no_number(client_of, buoi, reader, request):
    client = client_of(request.getfixturevalue(reader))

    response = client.get(url("buoi_pdf", buoi))

    assert response.headers["Content-Type"] == "application/pdf"
    assert "BB-du-thao_Chi-doan-Khu-vuc-1" in response.headers["Content-Disposition"]
    assert not VanBan.objects.exists()
    assert "Xem trước" in client.get(buoi.get_absolute_url()).content.decode()


def test_those_who_only_look_get_minutes_that_were_issued(client_of, bi_thu, kiem_tra, buoi):
    refused = client_of(kiem_tra).post(url("buoi_pdf", buoi))
    issued = issue(client_of(bi_thu), buoi)
    given = client_of(kiem_tra).get(url("buoi_pdf", buoi))
    page = client_of(kiem_tra).get(buoi.get_absolute_url()).content.decode()

    assert refused.status_code == 403
    assert given.content == issued.content
    assert VanBan.objects.count() == 1
    assert "Xem biên bản" in page
    assert "In biên bản" not in page


def test_page_says_when_the_minutes_are_older_than_the_meeting(
    client_of, bi_thu, chi_doan, members
):
    buoi = log(chi_doan, said(members), bi_thu)
    client = client_of(bi_thu)
    issue(client, buoi)
    before = client.get(buoi.get_absolute_url()).content.decode()
    change(buoi, said(members, ket_luan="Nhất trí"), bi_thu)
    after = client.get(buoi.get_absolute_url()).content.decode()

    assert "01-BB/CĐ, lập ngày" in before
    assert "lập bản mới" not in before
    assert "buổi này đã sửa sau đó, bấm In biên bản để lập bản mới" in after


def test_role_without_meetings_is_refused(client_of, huyen):
    operator = make_nguoi_dung(VaiTro.QUAN_TRI, huyen)

    assert client_of(operator).get(LIST).status_code == 403
