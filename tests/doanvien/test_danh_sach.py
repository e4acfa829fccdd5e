"""The list of members: whose, on which day, found how, in which order, and as a workbook."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from core.periods import today
from doanvien import services, views
from doanvien.models import DoanVien, QuaTrinh
from tests.factories import make_chi_doan, make_doan_vien, make_nguoi_dung
from tochuc.models import NhatKy
from tochuc.permissions import VaiTro

URL = "/doan-vien/"


def names(client, **params):
    return [row.ho_ten for row in client.get(URL, params).context["page"]]


def born(years, days=0):
    """A birth date so that the person is `years` old and `days` days (today)."""
    day = today() - timedelta(days=days)
    return day.replace(year=day.year - years, day=min(day.day, 28))


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("bi_thu", ["Của Chi Đoàn"]),
        ("uy_vien", ["Của Chi Đoàn"]),
        ("bi_thu_phuong", ["Của Chi Đoàn", "Cùng Phường Nhà"]),
        ("kiem_tra", ["Của Chi Đoàn", "Phường Khác Hẳn", "Cùng Phường Nhà"]),
    ],
)
def test_one_sees_the_members_of_the_own_units(
    request, client_of, chi_doan, chi_doan_khac, phuong_khac, person, seen
):
    make_doan_vien(chi_doan=chi_doan, ho_ten="Của Chi Đoàn")
    make_doan_vien(chi_doan=chi_doan_khac, ho_ten="Cùng Phường Nhà")
    make_doan_vien(chi_doan=make_chi_doan(phuong=phuong_khac), ho_ten="Phường Khác Hẳn")
    make_doan_vien(ho_ten="Huyện Khác Xa")

    assert sorted(names(client_of(request.getfixturevalue(person)))) == sorted(seen)


def test_names_are_sorted_by_given_name_then_birth_date(client_of, bi_thu, chi_doan):
    for ho_ten, ngay_sinh in [
        ("Lê Minh Duy", date(2004, 2, 2)),
        ("Đặng Ngọc Ân", date(2001, 1, 1)),
        ("Lê Minh Duy", date(1998, 9, 15)),
        ("Vũ Thị Bảo", date(2001, 1, 1)),
        ("Phạm Văn Đạt", date(2001, 1, 1)),
    ]:
        make_doan_vien(chi_doan=chi_doan, ho_ten=ho_ten, ngay_sinh=ngay_sinh)

    page = client_of(bi_thu).get(URL).context["page"]

    assert [(row.ho_ten, row.ngay_sinh.year) for row in page] == [
        ("Đặng Ngọc Ân", 2001),
        ("Vũ Thị Bảo", 2001),
        ("Lê Minh Duy", 1998),
        ("Lê Minh Duy", 2004),
        ("Phạm Văn Đạt", 2001),
    ]


@pytest.mark.parametrize(
    ("sort", "first"), [("ngay_sinh", "Nguyễn An"), ("-ngay_sinh", "Trần Bình")]
)
def test_the_list_is_sorted_as_asked(client_of, bi_thu, chi_doan, sort, first):
    make_doan_vien(chi_doan=chi_doan, ho_ten="Trần Bình", ngay_sinh=date(2006, 1, 1))
    make_doan_vien(chi_doan=chi_doan, ho_ten="Nguyễn An", ngay_sinh=date(1999, 1, 1))

    assert names(client_of(bi_thu), sort=sort)[0] == first


@pytest.mark.parametrize(
    ("sort", "direction", "next_sort"),
    [
        ("", "ascending", "-khoa_sap_xep"),
        ("zzz", "ascending", "-khoa_sap_xep"),
        ("-khoa_sap_xep", "descending", "khoa_sap_xep"),
        ("ngay_sinh", "", "khoa_sap_xep"),
    ],
)
def test_the_heading_tells_the_order_of_names(
    client_of, bi_thu, chi_doan, sort, direction, next_sort
):
    make_doan_vien(chi_doan=chi_doan)

    heading = client_of(bi_thu).get(URL, {"sort": sort}).context["headings"][0]

    assert (heading.direction, heading.next_sort) == (direction, next_sort)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("dang thi hoa", True),
        ("ĐẶNG THỊ HÒA", True),
        ("Đặng Thị Hoà", True),
        ("thi hoa", True),
        ("5678", True),
        ("78", False),
        ("hoa binh", False),
        ("%", False),
    ],
)
def test_people_are_found_without_accents_and_by_the_end_of_the_phone(
    client_of, bi_thu, chi_doan, asked, found
):
    make_doan_vien(chi_doan=chi_doan, ho_ten="Đặng Thị Hoà", dien_thoai="0912345678")
    make_doan_vien(chi_doan=chi_doan, ho_ten="Nguyễn Văn Nam", dien_thoai="0900000000")

    assert names(client_of(bi_thu), q=asked) == (["Đặng Thị Hoà"] if found else [])


@pytest.mark.parametrize(
    ("params", "seen"),
    [
        ({}, {"Nữ Trẻ", "Nam Xa", "Sắp Ba Mươi", "Đủ Ba Mươi"}),
        ({"gioi_tinh": "nu"}, {"Nữ Trẻ"}),
        ({"di_xa": "true"}, {"Nam Xa"}),
        ({"tuoi": "duoi_18"}, {"Nữ Trẻ"}),
        ({"tuoi": "18_24"}, {"Nam Xa"}),
        ({"tuoi": "25_29"}, {"Sắp Ba Mươi"}),
        ({"tuoi": "sap_qua"}, {"Sắp Ba Mươi"}),
        ({"tuoi": "qua"}, {"Đủ Ba Mươi"}),
        ({"trang_thai": "chuyen_di"}, {"Đã Đi"}),
        ({"tuoi": "khong_co"}, {"Nữ Trẻ", "Nam Xa", "Sắp Ba Mươi", "Đủ Ba Mươi"}),
    ],
)
def test_filters(client_of, bi_thu, chi_doan, params, seen):
    states = DoanVien.TrangThai
    for ho_ten, fields in {
        "Nữ Trẻ": {"gioi_tinh": "nu", "ngay_sinh": born(17)},
        "Nam Xa": {"gioi_tinh": "nam", "ngay_sinh": born(20), "di_xa_tu": date(2024, 1, 1)},
        "Sắp Ba Mươi": {"ngay_sinh": born(30, -30)},
        "Đủ Ba Mươi": {"ngay_sinh": born(30)},
        "Đã Đi": {"trang_thai": states.CHUYEN_DI, "den_ngay": date(2025, 1, 1)},
    }.items():
        fields.setdefault("ngay_vao_doan", today())
        fields.setdefault("tu_ngay", date(2020, 1, 1))
        make_doan_vien(chi_doan=chi_doan, ho_ten=ho_ten, **fields)

    assert set(names(client_of(bi_thu), **params)) == seen


def test_several_branches_are_chosen_at_once(client_of, bi_thu_phuong, phuong):
    units = [make_chi_doan(phuong=phuong, ten=f"Khu vực {so}") for so in (3, 5, 7)]
    for unit in units:
        make_doan_vien(chi_doan=unit, ho_ten=f"Người {unit.ten}")
    client = client_of(bi_thu_phuong)

    assert names(client, chi_doan=[units[0].pk, units[2].pk]) == [
        "Người Khu vực 3",
        "Người Khu vực 7",
    ]


def test_a_unit_above_opens_everybody_below_it(client_of, van_phong, phuong, chi_doan, phuong_khac):
    make_doan_vien(chi_doan=chi_doan, ho_ten="Ở Đây")
    make_doan_vien(chi_doan=make_chi_doan(phuong=phuong_khac), ho_ten="Ở Kia")

    assert names(client_of(van_phong), don_vi=phuong.pk) == ["Ở Đây"]


@pytest.mark.parametrize("person", ["bi_thu_phuong", "van_phong"])
def test_a_link_to_a_branch_opens_its_members_from_any_level(
    request, client_of, chi_doan, chi_doan_khac, person
):
    make_doan_vien(chi_doan=chi_doan, ho_ten="Ở Đây")
    make_doan_vien(chi_doan=chi_doan_khac, ho_ten="Ở Kia")
    client = client_of(request.getfixturevalue(person))

    assert names(client, chi_doan=chi_doan.pk) == ["Ở Đây"]
    assert (
        "Chi đoàn: Chi đoàn Khu vực 1"
        in client.get(URL, {"chi_doan": chi_doan.pk}).content.decode()
    )


def test_a_branch_of_the_neighbours_is_no_filter(client_of, bi_thu, chi_doan, chi_doan_khac):
    make_doan_vien(chi_doan=chi_doan_khac)
    mine = make_doan_vien(chi_doan=chi_doan)

    assert names(client_of(bi_thu), chi_doan=chi_doan_khac.pk) == [mine.ho_ten]


@pytest.mark.parametrize(
    ("day", "seen"),
    [
        ("28/02/2024", []),
        ("01/03/2024", ["Đã Chuyển"]),
        ("30/06/2025", ["Đã Chuyển"]),
        ("01/07/2025", ["Mới Đến"]),
    ],
)
def test_the_list_of_a_day_counts_by_the_periods_of_that_day(
    client_of, bi_thu, chi_doan, chi_doan_khac, day, seen
):
    moved = make_doan_vien(
        chi_doan=chi_doan,
        ho_ten="Đã Chuyển",
        tu_ngay=date(2024, 3, 1),
        den_ngay=date(2025, 6, 30),
    )
    QuaTrinh.objects.create(
        doan_vien=moved,
        chi_doan=chi_doan_khac,
        tu_ngay=date(2025, 7, 1),
        ly_do_bat_dau=QuaTrinh.LyDoBatDau.CHUYEN_DEN,
    )
    DoanVien.objects.filter(pk=moved.pk).update(chi_doan=chi_doan_khac)
    make_doan_vien(chi_doan=chi_doan, ho_ten="Mới Đến", tu_ngay=date(2025, 7, 1))
    client = client_of(bi_thu)

    assert names(client, ngay=day) == seen
    assert names(client, ngay=day, chi_doan=chi_doan.pk) == seen


def test_who_has_moved_away_is_counted_then_but_not_opened(
    client_of, bi_thu, chi_doan, chi_doan_khac
):
    moved = make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2024, 3, 1), den_ngay=date(2025, 6, 30))
    DoanVien.objects.filter(pk=moved.pk).update(chi_doan=chi_doan_khac)

    page = client_of(bi_thu).get(URL, {"ngay": "30/06/2025"}).content.decode()

    assert moved.ho_ten in page
    assert "Khu vực 1" in page
    assert f"/doan-vien/{moved.pk}/" not in page


def test_a_day_that_does_not_exist_is_named_and_today_is_shown(client_of, bi_thu, chi_doan):
    make_doan_vien(chi_doan=chi_doan)

    page = client_of(bi_thu).get(URL, {"ngay": "31/02/2026"})

    assert "Ngày 31/02/2026 không có trong lịch" in page.content.decode()
    assert page.context["page"].paginator.count == 1


@pytest.mark.parametrize(("person", "named"), [("bi_thu", False), ("can_bo_phuong", True)])
def test_ones_own_branch_is_not_named_on_every_row(request, client_of, chi_doan, person, named):
    make_doan_vien(chi_doan=chi_doan)

    context = client_of(request.getfixturevalue(person)).get(URL).context

    assert ("chi_doan" in context["filters"].form.fields) is named
    assert ("Chi đoàn" in [head.column.label for head in context["headings"]]) is named
    assert "Chi đoàn" in context["table"].labels


def test_a_day_stands_once_on_its_chip_and_leads_back_to_today(client_of, bi_thu, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2024, 3, 1))

    page = client_of(bi_thu).get(URL, {"ngay": "01/03/2024"})
    before = client_of(bi_thu).get(URL, {"ngay": "29/02/2024"}).content.decode()

    assert page.context["chosen"] == []
    assert "1 đồng chí, " in page.content.decode()
    assert '<input type="hidden" name="ngay" value="01/03/2024"' in page.content.decode()
    assert "Ngày ấy trong sổ chưa có ai" in before


@pytest.mark.parametrize("trang", ["0", "99", "abc", "-1"])
def test_a_page_that_does_not_exist_is_answered(client_of, bi_thu, chi_doan, trang):
    make_doan_vien(chi_doan=chi_doan)

    assert client_of(bi_thu).get(URL, {"page": trang}).status_code == 200


def test_a_download_has_the_rows_of_the_page(client_of, bi_thu, chi_doan):
    make_doan_vien(
        chi_doan=chi_doan,
        ho_ten="=Hyperlink(1)",
        ngay_sinh=date(2001, 3, 9),
        dien_thoai="0912345678",
        cccd="079204012345",
    )
    make_doan_vien(chi_doan=chi_doan, ho_ten="Lê Văn Bình")
    make_doan_vien(ho_ten="Người chi đoàn khác")

    response = client_of(bi_thu).get(URL, {"export": "xlsx", "q": "hyper"})

    sheet = load_workbook(BytesIO(response.content)).active
    labels, row = sheet.values
    cells = dict(zip(labels, row, strict=True))
    assert cells["Họ và tên"] == "=Hyperlink(1)"
    assert sheet["A2"].data_type == "s"
    assert cells["Ngày sinh"].date() == date(2001, 3, 9)
    assert cells["Điện thoại"] == "0912345678"
    assert cells["Số CCCD (4 số cuối)"] == "2345"
    assert "079204012345" not in map(str, row)


def test_a_download_leaves_an_audit_line(client_of, bi_thu, chi_doan):
    make_doan_vien(chi_doan=chi_doan)

    client_of(bi_thu).get(URL, {"export": "xlsx"})

    line = NhatKy.objects.first()
    assert (line.hanh_dong, line.nguoi, line.don_vi, line.noi_dung["so_dong"]) == (
        "doan_vien.export",
        bi_thu,
        chi_doan,
        1,
    )


@pytest.mark.parametrize("person", ["uy_vien", "kiem_tra"])
def test_who_may_only_look_downloads_nothing(request, client_of, chi_doan, person):
    client = client_of(request.getfixturevalue(person))
    make_doan_vien(chi_doan=chi_doan)

    assert client.get(URL, {"export": "xlsx"}).status_code == 403
    assert "Xuất Excel" not in client.get(URL).content.decode()


def test_a_download_holds_only_units_where_one_has_that_right(client_of, bi_thu, chi_doan_khac):
    bi_thu.phan_cong.create(don_vi=chi_doan_khac, vai_tro=VaiTro.UY_VIEN_CHI_DOAN, tu_ngay=today())
    make_doan_vien(chi_doan=chi_doan_khac, ho_ten="Chỉ Được Xem")
    client = client_of(bi_thu)

    assert names(client) == ["Chỉ Được Xem"]
    sheet = load_workbook(BytesIO(client.get(URL, {"export": "xlsx"}).content)).active
    assert sheet.max_row == 1


@pytest.mark.parametrize("item_count", [1, 60])
@pytest.mark.parametrize(
    ("params", "queries"),
    [
        # session, user, roles, age setting, version, count, page, branches and units to choose,
        # saved filters, numbers beside choices; one more for the choices of a chosen filter
        ({}, 11),
        ({"ngay": "01/06/2026"}, 11),
        ({"q": "nguyen", "tuoi": "18_24", "di_xa": "true"}, 11),
        ({"tuoi": "18_24"}, 12),
        ({"di_xa": "true", "cot": ["so_the", "dien_thoai"]}, 12),
    ],
)
def test_the_list_takes_the_same_queries_for_any_number_of_rows(
    client_of, bi_thu_phuong, chi_doan, item_count, params, queries, django_assert_num_queries
):
    for _ in range(item_count):
        make_doan_vien(chi_doan=chi_doan, di_xa_tu=date(2024, 1, 1), ngay_sinh=born(20))
    client = client_of(bi_thu_phuong)

    with django_assert_num_queries(queries):
        page = client.get(URL, params).context["page"]

    assert page.paginator.count == item_count


@pytest.mark.parametrize("params", [{}, {"q": "nguyen"}, {"page": "2"}, {"sort": "-ngay_sinh"}])
def test_a_long_list_read_in_the_order_of_names_is_the_same_list(
    client_of, bi_thu_phuong, chi_doan, chi_doan_khac, monkeypatch, params
):
    for so in range(30):
        make_doan_vien(chi_doan=chi_doan, ho_ten=f"Nguyễn Văn {chr(65 + so % 7)}")
        make_doan_vien(chi_doan=chi_doan_khac, ho_ten=f"Trần Thị {chr(65 + so % 5)}")
    make_doan_vien(ho_ten="Nguyễn Huyện Khác")
    client = client_of(bi_thu_phuong)
    short = [row.pk for row in client.get(URL, params).context["page"]]

    monkeypatch.setattr("core.listing.LONG_LIST", 10)

    assert [row.pk for row in client.get(URL, params).context["page"]] == short


def test_a_long_list_is_counted_again_after_a_change(client_of, bi_thu, chi_doan, monkeypatch):
    monkeypatch.setattr("core.listing.LONG_LIST", 1)
    people = [make_doan_vien(chi_doan=chi_doan) for _ in range(3)]
    client = client_of(bi_thu)

    def count():
        return client.get(URL).context["page"].paginator.count

    assert count() == 3
    with CaptureQueriesContext(connection) as queries:
        assert count() == 3
    assert not any("COUNT(*)" in query["sql"] for query in queries)

    services.end_membership(
        doan_vien=people[0], den_ngay=today(), ly_do=DoanVien.TrangThai.CHUYEN_DI, by=bi_thu
    )
    assert count() == 2


@pytest.mark.parametrize(
    ("person", "buttons"),
    [
        ("uy_vien", []),
        ("bi_thu", ["Xuất Excel", "Thêm đoàn viên"]),
        ("can_bo_phuong", ["Xuất Excel", "Nhập từ Excel", "Thêm đoàn viên"]),
        ("van_phong", ["Xuất Excel"]),
    ],
)
def test_buttons_follow_the_rights(request, client_of, chi_doan, person, buttons):
    make_doan_vien(chi_doan=chi_doan)

    page = client_of(request.getfixturevalue(person)).get(URL).content.decode()

    every = ["Xuất Excel", "Nhập từ Excel", "Thêm đoàn viên"]
    assert [button for button in every if button in page] == buttons


@pytest.mark.parametrize("preset", views.PRESETS, ids=lambda preset: preset.label)
def test_saved_filters_are_filters_that_exist(client_of, bi_thu, preset):
    page = client_of(bi_thu).get(f"{URL}?{preset.query}")

    assert len(page.context["chosen"]) == 1


def test_roles_without_the_right_have_no_list(client_of, cap_uy, quan_tri):
    for user in [cap_uy, quan_tri, make_nguoi_dung()]:
        assert client_of(user).get(URL).status_code == 403


@pytest.mark.parametrize(
    "params",
    [
        {"chi_doan": "9" * 30},
        {"chi_doan": "abc"},
        {"chi_doan": "1,2"},
        {"don_vi": "9" * 30},
        {"don_vi": "-1"},
        {"q": "\x00"},
        {"q": "x" * 5000},
        {"ngay": "9" * 30},
        {"sort": "chi_doan__path"},
        {"sort": "__"},
        {"tuoi": ["18_24", "qua"]},
        {"trang_thai": "x"},
    ],
    ids=str,
)
@pytest.mark.parametrize("person", ["bi_thu", "van_phong"])
def test_an_address_typed_by_hand_is_answered(request, client_of, chi_doan, person, params):
    make_doan_vien(chi_doan=chi_doan)

    assert client_of(request.getfixturevalue(person)).get(URL, params).status_code == 200
