"""A member's page: what is shown, and to whom."""

from datetime import date, timedelta

import pytest

from core.periods import today
from doanvien.models import DoanVien, QuaTrinh, XepLoai
from tests.doanvien.records import CANARIES, edit_data, reveal
from tests.factories import make_chi_doan
from tochuc.models import NhatKy


def test_the_page_tells_where_somebody_belonged_and_how_he_was_rated(client_of, bi_thu, doan_vien):
    QuaTrinh.objects.filter(doan_vien=doan_vien).update(tu_ngay=date(2022, 6, 15))
    XepLoai.objects.create(
        doan_vien=doan_vien,
        chi_doan=doan_vien.chi_doan,
        nam=2025,
        muc=XepLoai.Muc.TOT,
        ngay=date(2025, 12, 10),
    )
    XepLoai.objects.create(
        doan_vien=doan_vien,
        chi_doan=doan_vien.chi_doan,
        nam=2018,
        muc=XepLoai.Muc.CU_KHA,
        ngay=date(2018, 12, 10),
    )

    page = client_of(bi_thu).get(f"/doan-vien/{doan_vien.pk}/")

    assert [row["title"] for row in page.context["entries"]] == ["Chi đoàn Khu vực 1", "Vào Đoàn"]
    assert page.context["entries"][0]["when"] == "15/06/2022 – nay"
    assert [(row["nam"], row["muc"], row["thang"]) for row in page.context["ratings"]] == [
        (2025, "Hoàn thành tốt nhiệm vụ", "từ 2019"),
        (2018, "Khá", "trước 2019"),
    ]
    assert ">2025<" in page.content.decode()


def test_being_away_stands_on_top_while_it_lasts(client_of, bi_thu, doan_vien):
    url = f"/doan-vien/{doan_vien.pk}/"
    DoanVien.objects.update(di_xa_tu=date(2026, 2, 10), di_xa_noi="KCN Amata, Đồng Nai")
    client = client_of(bi_thu)

    page = client.get(url)
    assert page.context["entries"][0]["title"] == "Đi làm xa: KCN Amata, Đồng Nai"
    assert page.context["state"] == ("warn", "plane", "Đi làm xa")

    DoanVien.objects.update(di_xa_den=today() - timedelta(days=1))
    page = client.get(url)
    assert len(page.context["entries"]) == 2
    assert page.context["state"][2] == "Đang sinh hoạt"


@pytest.mark.parametrize("person", ["bi_thu", "uy_vien"])
@pytest.mark.parametrize("trang", ["", "sua/"])
def test_sensitive_fields_are_absent_without_the_right(
    request, client_of, doan_vien, person, trang
):
    client = client_of(request.getfixturevalue(person))

    html = client.get(f"/doan-vien/{doan_vien.pk}/{trang}").content.decode()

    assert [canary for canary in CANARIES if canary in html] == []


@pytest.mark.parametrize("person", ["bi_thu_phuong", "can_bo_phuong", "van_phong", "kiem_tra"])
def test_sensitive_fields_stand_open_to_the_right_and_a_reason(
    request, client_of, doan_vien, person
):
    client, url = client_of(request.getfixturevalue(person)), f"/doan-vien/{doan_vien.pk}/"
    masked = client.get(url).content.decode()
    reveal(client, doan_vien)
    html = client.get(url).content.decode()

    assert [canary for canary in [*CANARIES, "079204014471"] if canary in masked] == []
    assert [canary for canary in [*CANARIES, "079204014471"] if canary not in html] == []


def test_downloads_and_audit_lines_hold_nothing_sensitive(client_of, bi_thu_phuong, doan_vien):
    client = client_of(bi_thu_phuong)
    reveal(client, doan_vien)
    client.get("/doan-vien/", {"export": "xlsx"})
    client.post(f"/doan-vien/{doan_vien.pk}/sua/", edit_data(client, doan_vien, ky_luat="Cảnh cáo"))

    lines = str(list(NhatKy.objects.values_list("noi_dung", flat=True)))
    assert "ky_luat" in lines
    assert [word for word in [*CANARIES, "Cảnh cáo", "4471"] if word in lines] == []


def test_the_citizen_id_is_its_last_four_digits(client_of, bi_thu_phuong, doan_vien):
    client = client_of(bi_thu_phuong)
    for page in ["", "sua/"]:
        html = client.get(f"/doan-vien/{doan_vien.pk}/{page}").content.decode()
        assert "4471" in html
        assert "079204014471" not in html


@pytest.mark.parametrize(
    ("person", "shown"), [("bi_thu", "0912345218"), ("uy_vien", "09•• ••• 218")]
)
def test_the_phone_is_for_who_works_with_the_person(request, client_of, doan_vien, person, shown):
    client = client_of(request.getfixturevalue(person))

    html = client.get(f"/doan-vien/{doan_vien.pk}/").content.decode()

    assert shown in html
    assert person == "bi_thu" or "0912345218" not in html


@pytest.mark.parametrize(
    ("person", "is_shown"),
    [("bi_thu", True), ("bi_thu_phuong", True), ("uy_vien", False)],
)
def test_addresses_are_for_who_works_with_the_person(
    request, client_of, doan_vien, person, is_shown
):
    DoanVien.objects.update(email="dat@vidu.vn", lien_he_gia_dinh="Mẹ: 0909 000 660")

    page = client_of(request.getfixturevalue(person)).get(f"/doan-vien/{doan_vien.pk}/")

    for text in ("dat@vidu.vn", "Mẹ: 0909 000 660"):
        assert (text in page.content.decode()) is is_shown


@pytest.mark.parametrize(
    ("ton_giao", "shown"),
    [("Không", "Kinh, không theo tôn giáo"), ("Cao Đài", "Kinh, Cao Đài"), ("", "Kinh")],
)
def test_ethnic_group_and_religion_are_said_together(
    client_of, bi_thu_phuong, doan_vien, ton_giao, shown
):
    DoanVien.objects.update(dan_toc="Kinh", ton_giao=ton_giao)

    client = client_of(bi_thu_phuong)
    reveal(client, doan_vien)
    facts = client.get(f"/doan-vien/{doan_vien.pk}/").context["facts"]

    assert ("Dân tộc, tôn giáo", shown) in facts


def test_who_may_only_look_is_offered_no_action(client_of, uy_vien, doan_vien):
    client = client_of(uy_vien)

    assert "/sua/" not in client.get(f"/doan-vien/{doan_vien.pk}/").content.decode()
    for page in ["sua", "ket-thuc", "tiep-nhan"]:
        assert client.get(f"/doan-vien/{doan_vien.pk}/{page}/").status_code == 403


def test_the_office_above_looks_but_does_not_edit(client_of, van_phong, doan_vien):
    client = client_of(van_phong)

    assert client.get(f"/doan-vien/{doan_vien.pk}/").status_code == 200
    assert client.get(f"/doan-vien/{doan_vien.pk}/sua/").status_code == 403


@pytest.mark.parametrize("periods", [1, 4])
def test_the_page_takes_the_same_queries_for_any_history(
    client_of, bi_thu, doan_vien, chi_doan, periods, django_assert_num_queries
):
    for so in range(1, periods):
        QuaTrinh.objects.create(
            doan_vien=doan_vien,
            chi_doan=make_chi_doan(),
            tu_ngay=date(2010, so, 1),
            den_ngay=date(2010, so, 20),
            ly_do_bat_dau="chuyen_den",
            ly_do_ket_thuc="chuyen_di",
        )
    client = client_of(bi_thu)

    # session, user, roles, member, age setting, periods, ratings, offices for the row of tabs
    with django_assert_num_queries(9):
        client.get(f"/doan-vien/{doan_vien.pk}/")
