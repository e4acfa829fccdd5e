"""A branch's page on an earlier day: who belonged, who only took part, and what is counted."""

from datetime import date

import pytest

from doanvien.models import QuaTrinh
from tests.factories import make_doan_vien


def take_part(doan_vien, chi_doan, loai, tu_ngay):
    QuaTrinh.objects.create(
        doan_vien=doan_vien,
        chi_doan=chi_doan,
        loai=loai,
        tu_ngay=tu_ngay,
        ly_do_bat_dau=QuaTrinh.LyDoBatDau.GIOI_THIEU,
    )


@pytest.fixture
def people(chi_doan, chi_doan_khac):
    left = make_doan_vien(
        chi_doan=chi_doan,
        ho_ten="Đã Chuyển Đi",
        tu_ngay=date(2020, 1, 1),
        den_ngay=date(2022, 5, 1),
        trang_thai="chuyen_di",
    )
    came = make_doan_vien(chi_doan=chi_doan, ho_ten="Mới Đến Sau", tu_ngay=date(2023, 1, 1))
    guest = make_doan_vien(chi_doan=chi_doan_khac, ho_ten="Khách Cư Trú")
    take_part(guest, chi_doan, QuaTrinh.Loai.NOI_CU_TRU, date(2021, 1, 1))
    take_part(came, chi_doan_khac, QuaTrinh.Loai.TAM_THOI, date(2024, 1, 1))
    return left, came, guest


@pytest.mark.parametrize(
    ("day", "official", "guests"),
    [
        ("01/06/2020", ["Đã Chuyển Đi"], []),
        ("01/06/2021", ["Đã Chuyển Đi"], ["Khách Cư Trú"]),
        ("01/06/2022", [], ["Khách Cư Trú"]),
        ("", ["Mới Đến Sau"], ["Khách Cư Trú"]),
        ("không phải ngày", ["Mới Đến Sau"], ["Khách Cư Trú"]),
    ],
)
def test_the_roster_of_a_day_and_apart_from_it_who_only_took_part(
    client_of, bi_thu_phuong, chi_doan, people, day, official, guests
):
    page = client_of(bi_thu_phuong).get(f"/chi-doan/{chi_doan.pk}/", {"ngay": day} if day else {})

    assert [row.doan_vien.ho_ten for row in page.context["doan_vien"]] == official
    assert [row.doan_vien.ho_ten for row in page.context["tham_gia"]] == guests
    members = page.context["kpis"][0]
    assert members["value"] == str(len(official))
    opened = client_of(bi_thu_phuong).get(members["url"]).context["page"]
    assert [row.ho_ten for row in opened] == official


def test_the_list_of_branches_counts_as_of_the_day_and_keeps_it(
    client_of, bi_thu_phuong, chi_doan, people
):
    client = client_of(bi_thu_phuong)

    page = client.get("/chi-doan/", {"ngay": "01/06/2022"})

    counts = {row.ten: row.so_doan_vien for row in page.context["page"]}
    assert counts == {"Khu vực 1": 0, "Khu vực 2": 1}
    assert page.context["kept"] == [("ngay", "01/06/2022")]


def test_names_are_for_who_may_see_members(client_of, quan_tri, chi_doan, people):
    page = client_of(quan_tri).get(f"/chi-doan/{chi_doan.pk}/")

    assert page.status_code == 200
    assert "Mới Đến Sau" not in page.content.decode()
