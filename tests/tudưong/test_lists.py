"""Lists of groups, members, tasks and sessions: what each filter keeps, and who sees it."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    make_doan_vien,
    make_ky,
    make_nhiem_vu,
    make_phuong,
    make_thanh_vien,
    make_to,
)
from tochuc.models import NhatKy

MEMBERS = reverse("tuduong:thanh_vien_list")
TASKS = reverse("tuduong:nhiem_vu_list")
SESSIONS = reverse("tuduong:ky_list")


def rows(response) -> list:
    return [row[0].row for row in response.context["rows"]]


def test_groups_at_work_on_a_day(client_of, bi_thu_phuong, phuong):
    old = make_to(
        don_vi=phuong, ngay_thanh_lap=date(2018, 9, 6), ket_thuc=date(2020, 1, 1), ten="Tổ cũ"
    )
    new = make_to(don_vi=phuong, ten="Tổ mới")
    make_thanh_vien(to=new)
    client = client_of(bi_thu_phuong)

    then = client.get(reverse("tuduong:to_list"), {"ngay": "01/06/2019"})
    now = client.get(reverse("tuduong:to_list"), {"ngay": "21/11/2026"})

    assert (rows(then), rows(now)) == ([old], [new])
    assert rows(now)[0].so_nguoi == 1


def test_members_on_a_day_and_by_name(client_of, bi_thu_phuong, to, thanh_vien, chi_doan):
    left = make_thanh_vien(
        to=to, doan_vien=make_doan_vien(chi_doan=chi_doan), den_ngay=date(2026, 3, 1)
    )
    client = client_of(bi_thu_phuong)

    assert set(rows(client.get(MEMBERS, {"ngay": "01/02/2026"}))) == {thanh_vien, left}
    assert rows(client.get(MEMBERS, {"ngay": "02/03/2026"})) == [thanh_vien]
    assert rows(client.get(MEMBERS, {"q": "tran gia bao"})) == [thanh_vien]
    assert rows(client.get(MEMBERS, {"don_vi": chi_doan.pk, "q": "bao"})) == [thanh_vien]


def test_unit_of_another_ward_is_no_choice(client_of, bi_thu_phuong, thanh_vien):
    foreign = make_phuong()

    response = client_of(bi_thu_phuong).get(MEMBERS, {"don_vi": foreign.pk})

    assert "don_vi" in response.context["filters"].form.errors


def test_tasks_by_state(client_of, bi_thu_phuong, thanh_vien):
    late = make_nhiem_vu(thanh_vien=thanh_vien)
    open_one = make_nhiem_vu(thanh_vien=thanh_vien, han=date(2026, 12, 1))
    done = make_nhiem_vu(thanh_vien=thanh_vien, trang_thai="xong", xep_muc="tot")
    partly = make_nhiem_vu(thanh_vien=thanh_vien, trang_thai="chua_xong", xep_muc="mot_phan")
    client = client_of(bi_thu_phuong)

    assert rows(client.get(TASKS, {"tinh_trang": "qua_han"})) == [late]
    assert rows(client.get(TASKS, {"tinh_trang": "dang_lam"})) == [late, open_one]
    page = client.get(TASKS)
    pills = {row[0].row: row[4].pill for row in page.context["rows"]}
    assert pills[late] == ("bad", "circle-alert", "Quá hạn 67\u00a0ngày")
    assert pills[open_one] == ("", "", "Đang làm")
    assert pills[done] == ("ok", "circle-check", "Hoàn thành tốt")
    assert pills[partly] == ("warn", "circle-dot", "Đạt một phần")


def test_sessions_of_a_quarter(client_of, bi_thu_phuong, to, thanh_vien):
    held = make_ky(to=to, quy=2, ngay=date(2026, 7, 2), trang_thai="ket_thuc")
    open_one = make_ky(to=to, quy=3, thanh_vien=[thanh_vien])
    client = client_of(bi_thu_phuong)

    assert rows(client.get(SESSIONS, {"ky": "2026Q3"})) == [open_one, held]
    assert rows(client.get(SESSIONS, {"ky": "2026Q3", "trang_thai": "ket_thuc"})) == [held]
    assert rows(client.get(SESSIONS, {"ky": "2026Q2"})) == []


@pytest.mark.parametrize("address", [MEMBERS, TASKS, SESSIONS, reverse("tuduong:to_list")])
def test_workbook_leaves_an_audit_line(client_of, bi_thu_phuong, to, thanh_vien, address):
    make_nhiem_vu(thanh_vien=thanh_vien)
    make_ky(to=to, thanh_vien=[thanh_vien])

    response = client_of(bi_thu_phuong).get(address, {"export": "xlsx"})

    assert response.status_code == 200
    assert NhatKy.objects.get(hanh_dong="tu_duong.export").noi_dung == {"so_dong": 1}


def test_group_page_leads_to_all_sessions(client_of, bi_thu_phuong, to, thanh_vien):
    make_ky(to=to, thanh_vien=[thanh_vien])

    page = client_of(bi_thu_phuong).get(to.get_absolute_url())

    assert f'href="{SESSIONS}"' in page.text


def test_branch_sees_its_own_rows_alone(client_of, bi_thu, to, thanh_vien):
    mine = make_nhiem_vu(thanh_vien=thanh_vien)
    make_nhiem_vu(thanh_vien=make_thanh_vien(to=to))
    client = client_of(bi_thu)

    assert rows(client.get(MEMBERS)) == [thanh_vien]
    assert rows(client.get(TASKS)) == [mine]
    assert rows(client.get(SESSIONS)) == []


@pytest.mark.parametrize("so", [1, 4])
def test_page_of_a_member_takes_the_same_queries(
    client_of, bi_thu_phuong, to, thanh_vien, so, django_assert_num_queries
):
    for quy in range(1, so + 1):
        ky = make_ky(to=to, quy=quy, ngay=date(2026, 3 * quy, 1), thanh_vien=[thanh_vien])
        ky.danh_gia.update(muc="htt", ket_luan="tiep_tuc", can_khac_phuc="Nộp bài đúng hạn")
        make_nhiem_vu(thanh_vien=thanh_vien)
    client = client_of(bi_thu_phuong)

    # session, user, roles, member, reviews, tasks done, cases, whether one waits, tasks, helpers
    with django_assert_num_queries(10):
        response = client.get(thanh_vien.get_absolute_url())

    assert len(response.context["quy"]) == so
    assert response.context["latest"].cac_dieu == ["Nộp bài đúng hạn"]
    assert response.context["back"] == to.get_absolute_url()


def test_branch_page_of_a_member_leads_back_to_its_list(client_of, bi_thu, thanh_vien):
    response = client_of(bi_thu).get(thanh_vien.get_absolute_url())

    assert response.context["back"] == MEMBERS
    assert not response.context["may_manage"]
