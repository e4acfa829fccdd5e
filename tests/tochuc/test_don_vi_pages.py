"""Units: as they are today, and as they were on another day."""

from datetime import date

import pytest

from tests.factories import make_chi_doan, make_don_vi, make_huyen
from tochuc.models import DiaBan, LichSuDonVi

OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def renamed(phuong, chi_doan):
    """The branch was "Ấp 1" until the reorganisation of 1 July 2025."""
    LichSuDonVi.objects.filter(don_vi=chi_doan).update(ten="Ấp 1", den_ngay=OLD)
    LichSuDonVi.objects.create(don_vi=chi_doan, ten="Khu vực 1", cap_tren=phuong, tu_ngay=NEW)
    return chi_doan


@pytest.mark.parametrize(
    ("day", "name"), [("30/06/2025", "Chi đoàn Ấp 1"), ("01/07/2025", "Chi đoàn Khu vực 1")]
)
def test_a_unit_is_called_what_it_was_called_on_that_day(
    client_of, bi_thu_phuong, renamed, day, name
):
    client = client_of(bi_thu_phuong)

    assert client.get(f"/don-vi/{renamed.pk}/", {"ngay": day}).context["title"] == name
    assert name in client.get("/don-vi/", {"ngay": day}).content.decode()


def test_units_below_are_those_of_that_day(client_of, van_phong, huyen, phuong, phuong_khac):
    chi_doan = make_chi_doan(phuong=phuong, ten="Bến Đò")
    LichSuDonVi.objects.filter(don_vi=chi_doan).update(den_ngay=OLD)
    LichSuDonVi.objects.create(don_vi=chi_doan, ten="Bến Đò", cap_tren=phuong_khac, tu_ngay=NEW)
    client = client_of(van_phong)

    def names(unit, day):
        rows = client.get(f"/don-vi/{unit.pk}/", {"ngay": day}).context["rows"]
        return [row[0].value for row in rows]

    assert names(phuong, "30/06/2025") == ["Chi đoàn Bến Đò"]
    assert names(phuong, "01/07/2025") == []
    assert names(phuong_khac, "01/07/2025") == ["Chi đoàn Bến Đò"]


def test_a_unit_that_has_ended_is_listed_for_its_own_time_only(client_of, bi_thu_phuong, phuong):
    make_chi_doan(phuong=phuong, ten="Cũ", thanh_lap=date(2020, 1, 1), ket_thuc=OLD)
    client = client_of(bi_thu_phuong)

    def names(day):
        page = client.get("/don-vi/", {"ngay": day, "cap": "chi_doan"}).context["page"]
        return [unit.ten for unit in page]

    assert names("31/12/2019") == []
    assert names("30/06/2025") == ["Cũ"]
    assert names("01/07/2025") == []


@pytest.mark.parametrize("asked", ["khu vuc 1", "KHU VỰC 1", "chi đoàn khu vực 1"])
def test_units_are_found_without_accents_and_with_their_title(
    client_of, bi_thu_phuong, chi_doan, chi_doan_khac, asked
):
    page = client_of(bi_thu_phuong).get("/don-vi/", {"q": asked}).context["page"]

    assert list(page) == [chi_doan]


def test_a_day_that_does_not_exist_is_named_and_today_is_shown(client_of, bi_thu_phuong, chi_doan):
    page = client_of(bi_thu_phuong).get("/don-vi/", {"ngay": "31/02/2026"})

    assert "Ngày 31/02/2026 không có trong lịch" in page.content.decode()
    assert page.context["page"].paginator.count == 2


def test_history_areas_and_roles_stand_on_the_page(
    client_of, bi_thu_phuong, bi_thu, phuong, renamed
):
    DiaBan.objects.create(
        don_vi=phuong,
        chi_doan=renamed,
        loai=DiaBan.Loai.TO_DAN_PHO,
        ten="12",
        tu_ngay=date(2020, 1, 1),
    )

    page = client_of(bi_thu_phuong).get(f"/don-vi/{renamed.pk}/").content.decode()

    for words in ["Chi đoàn Ấp 1", "Trực thuộc Đoàn phường Thử", "tổ dân phố 12", "Lê Minh Duy"]:
        assert words in page


def test_accounts_are_not_shown_to_who_does_not_manage_them(client_of, kiem_tra, bi_thu, chi_doan):
    page = client_of(kiem_tra).get(f"/don-vi/{chi_doan.pk}/").content.decode()

    assert "Lê Minh Duy" not in page


@pytest.mark.parametrize("item_count", [1, 4])
def test_pages_take_the_same_queries_for_any_number_of_units(
    client_of, van_phong, huyen, item_count, django_assert_num_queries
):
    for so in range(item_count):
        make_don_vi(cap_tren=huyen, ten=f"Số {so}")
    client = client_of(van_phong)

    # session, user, roles, count, page
    with django_assert_num_queries(5):
        client.get("/don-vi/")
    # session, user, roles, unit, units below, history, areas, ratings, roles of the unit
    with django_assert_num_queries(9):
        client.get(f"/don-vi/{huyen.pk}/")


def test_the_unit_of_another_district_is_not_there(client_of, van_phong):
    assert client_of(van_phong).get(f"/don-vi/{make_huyen().pk}/").status_code == 404
