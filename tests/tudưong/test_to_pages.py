"""Pages of the group: done, refused by rule, 403, 404, the same queries for any rows."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    make_buoi,
    make_doan_vien,
    make_ky,
    make_nhiem_vu,
    make_thanh_vien,
    make_to,
)
from tudưong.models import DanhGia, KyDanhGia, NhiemVu, ThanhVienTo, ToTuDuong

LIST = reverse("tuduong:to_list")


def url(name, row):
    return reverse(f"tuduong:{name}", args=[row.pk])


@pytest.fixture
def ky(to, thanh_vien):
    return make_ky(to=to, quy=4, ngay=date(2026, 11, 20), thanh_vien=[thanh_vien])


@pytest.fixture
def danh_gia(ky):
    return ky.danh_gia.get()


# ---- the way in ----------------------------------------------------------------------------


def test_ward_without_a_group_is_offered_to_found_one(client_of, bi_thu_phuong):
    page = client_of(bi_thu_phuong).get(LIST).content.decode()

    assert "Chưa lập tổ tu dưỡng" in page
    assert reverse("tuduong:to_create") in page


def test_ward_with_one_group_goes_straight_to_it(client_of, bi_thu_phuong, to):
    make_to(don_vi=to.don_vi, ket_thuc=date(2026, 1, 1))

    assert client_of(bi_thu_phuong).get(LIST).url == to.get_absolute_url()


def test_ward_with_two_groups_sees_the_list(client_of, bi_thu_phuong, to, phuong_khac):
    second = make_to(don_vi=to.don_vi)
    make_to(don_vi=phuong_khac)

    response = client_of(bi_thu_phuong).get(LIST)

    assert {row[0].row for row in response.context["rows"]} == {to, second}


def test_branch_is_led_to_those_who_are_in_a_group_today(client_of, bi_thu, to, thanh_vien):
    da_thoi = make_doan_vien(chi_doan=thanh_vien.chi_doan)
    make_thanh_vien(to=to, doan_vien=da_thoi, den_ngay=date(2026, 1, 1))

    response = client_of(bi_thu).get(LIST, follow=True)

    assert response.redirect_chain[-1][0].endswith("?ngay=21/11/2026")
    assert [row[0].row for row in response.context["rows"]] == [thanh_vien]


@pytest.mark.parametrize(
    ("ket_luan", "shown"),
    [("du_dieu_kien", "Đủ điều kiện giới thiệu"), ("tiep_tuc", ""), ("", "")],
)
def test_group_page_names_the_latest_verdict_that_says_something(
    client_of, bi_thu_phuong, to, ky, danh_gia, ket_luan, shown
):
    DanhGia.objects.filter(pk=danh_gia.pk).update(
        ket_luan=ket_luan, muc="htt" if ket_luan else "", ket_qua="Tốt"
    )

    response = client_of(bi_thu_phuong).get(url("to_detail", to))

    assert [row.ket_luan for row in response.context["hang"]] == [shown]
    assert response.content.decode().count("Đủ điều kiện giới thiệu") == bool(shown)


def test_branch_sees_its_own_members_in_groups(client_of, bi_thu, to, thanh_vien):
    make_thanh_vien(to=to)

    response = client_of(bi_thu).get(LIST, follow=True)

    assert [row[0].row for row in response.context["rows"]] == [thanh_vien]
    assert client_of(bi_thu).get(to.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("so", [1, 5])
def test_group_page_takes_the_same_queries_for_any_number(
    client_of, bi_thu_phuong, to, chi_doan, so, django_assert_num_queries
):
    members = [
        make_thanh_vien(to=to, doan_vien=make_doan_vien(chi_doan=chi_doan)) for _ in range(so)
    ]
    for quy, ngay in ((1, date(2026, 3, 20)), (2, date(2026, 6, 20)), (3, date(2026, 9, 20))):
        make_ky(to=to, quy=quy, ngay=ngay, thanh_vien=members)
    for member in members:
        make_nhiem_vu(thanh_vien=member)
    client = client_of(bi_thu_phuong)

    # session, user, roles, group, sessions, members, reviews, tasks, cases, plan, size, tasks due
    with django_assert_num_queries(12):
        response = client.get(to.get_absolute_url())

    assert len(response.context["hang"]) == so
    assert [row.so_qua_han for row in response.context["hang"]] == [1] * so


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("to_detail", "to"),
        ("to_update", "to"),
        ("to_end", "to"),
        ("thanh_vien_add", "to"),
        ("ky_open", "to"),
        ("thanh_vien_detail", "thanh_vien"),
        ("thanh_vien_remove", "thanh_vien"),
        ("nhiem_vu_assign", "thanh_vien"),
        ("ky_detail", "ky"),
        ("ky_close", "ky"),
        ("danh_gia", "danh_gia"),
        ("danh_gia_y_kien", "danh_gia"),
        ("phieu_pdf", "danh_gia"),
    ],
)
def test_neighbours_rows_are_404(request, client_of, nguoi_la, name, target):
    row = request.getfixturevalue(target)

    assert client_of(nguoi_la).get(url(name, row)).status_code == 404


@pytest.mark.parametrize(
    ("name", "target", "person"),
    [
        ("to_update", "to", "kiem_tra"),
        ("to_end", "to", "van_phong"),
        ("ky_open", "to", "van_phong"),
        ("thanh_vien_add", "to", "kiem_tra"),
        ("nhiem_vu_assign", "thanh_vien", "bi_thu"),
        ("thanh_vien_remove", "thanh_vien", "bi_thu"),
        ("ky_close", "ky", "van_phong"),
        ("ky_update", "ky", "van_phong"),
        ("ky_diem_danh", "ky", "kiem_tra"),
        ("ky_ket_luan", "ky", "van_phong"),
        ("danh_gia_y_kien", "danh_gia", "van_phong"),
        ("danh_gia", "danh_gia", "uy_vien"),
        ("danh_gia", "danh_gia", "cap_uy"),
    ],
)
def test_what_is_seen_is_not_yet_changed(request, client_of, name, target, person):
    row = request.getfixturevalue(target)
    user = request.getfixturevalue(person)

    assert client_of(user).get(url(name, row)).status_code == 403


@pytest.mark.parametrize("person", ["bi_thu", "van_phong", "kiem_tra"])
def test_posting_without_the_right_changes_nothing(request, client_of, danh_gia, person):
    client = client_of(request.getfixturevalue(person))

    for address in (url("danh_gia_save", danh_gia), url("ky_update", danh_gia.ky)):
        assert client.post(address, {"version": 1, "ket_qua": "Khác"}).status_code == 403

    danh_gia.refresh_from_db()
    assert danh_gia.ket_qua == ""


# ---- what the ward does --------------------------------------------------------------------


def test_found_a_group_add_members_give_a_task(client_of, bi_thu_phuong, doan_vien):
    client = client_of(bi_thu_phuong)
    founding = {"ten": "Tổ tu dưỡng phường Thử", "ngay_thanh_lap": "06/09/2025"}
    client.post(reverse("tuduong:to_create"), founding)
    to = ToTuDuong.objects.get()
    member = {"doan_vien": doan_vien.pk, "tu_ngay": "06/09/2025", "la_to_truong": "on"}
    client.post(url("thanh_vien_add", to), member)
    thanh_vien = ThanhVienTo.objects.get()
    task = {"noi_dung": "Viết bài", "linh_vuc": "hoc_tap", "han": "15/12/2026"}
    client.post(url("nhiem_vu_assign", thanh_vien), {**task, "giao_ngay": "01/11/2026"})

    assert (thanh_vien.doan_vien, thanh_vien.la_to_truong) == (doan_vien, True)
    assert NhiemVu.objects.get().han == date(2026, 12, 15)


def test_form_of_members_offers_the_wards_free_ones(
    client_of, bi_thu_phuong, to, thanh_vien, chi_doan
):
    free = make_doan_vien(chi_doan=chi_doan)
    left = make_thanh_vien(
        to=to, doan_vien=make_doan_vien(chi_doan=chi_doan), den_ngay=date(2026, 1, 1)
    )
    make_doan_vien()

    response = client_of(bi_thu_phuong).get(url("thanh_vien_add", to))

    offered = set(response.context["form"].fields["doan_vien"].queryset)
    assert offered == {free, left.doan_vien}


@pytest.mark.parametrize(
    ("data", "field"),
    [({"han": "31/02/2027"}, "han"), ({"han": "2027"}, "han"), ({"han": "01/10/2026"}, "han")],
)
def test_task_with_a_wrong_day_is_refused(client_of, bi_thu_phuong, thanh_vien, data, field):
    task = {"noi_dung": "Viết bài", "linh_vuc": "hoc_tap", "giao_ngay": "01/11/2026", **data}

    response = client_of(bi_thu_phuong).post(url("nhiem_vu_assign", thanh_vien), task)

    assert field in response.context["form"].errors
    assert not NhiemVu.objects.exists()


def test_task_is_judged_between_two_sessions(client_of, bi_thu_phuong, thanh_vien):
    task = make_nhiem_vu(thanh_vien=thanh_vien)

    client = client_of(bi_thu_phuong)
    shown = client.get(url("nhiem_vu_judge", task)).context["form"]["version"].value()
    data = {"xep_muc": "tot", "ket_qua": "Xong", "minh_chung": "4 ảnh", "version": shown}
    client.post(url("nhiem_vu_judge", task), data)

    task.refresh_from_db()
    assert (task.trang_thai, task.xep_muc, task.minh_chung) == ("xong", "tot", "4 ảnh")


def test_leaving_needs_a_reason(client_of, bi_thu_phuong, thanh_vien):
    client = client_of(bi_thu_phuong)

    refused = client.post(url("thanh_vien_remove", thanh_vien), {"den_ngay": "01/11/2026"})
    assert "ly_do" in refused.context["form"].errors
    client.post(
        url("thanh_vien_remove", thanh_vien), {"den_ngay": "01/11/2026", "ly_do": "Chuyển đi"}
    )

    thanh_vien.refresh_from_db()
    assert thanh_vien.den_ngay == date(2026, 11, 1)


# ---- the session ---------------------------------------------------------------------------


def test_session_is_opened_for_a_free_quarter(client_of, bi_thu_phuong, to, thanh_vien):
    make_ky(to=to, quy=3, trang_thai="ket_thuc")
    client = client_of(bi_thu_phuong)

    offered = client.get(url("ky_open", to)).context["form"].fields["ky"].choices
    client.post(
        url("ky_open", to), {"ky": "2026Q4", "ngay": "20/11/2026", "dia_diem": "Hội trường"}
    )

    assert offered == [("2026Q4", "Quý IV năm 2026")]
    assert KyDanhGia.objects.get(quy=4).danh_gia.count() == 1


def test_review_page_opens_with_what_was_to_be_mended(
    client_of, bi_thu_phuong, to, thanh_vien, danh_gia, chi_doan, django_assert_max_num_queries
):
    before = make_ky(to=to, quy=3, thanh_vien=[thanh_vien], trang_thai="ket_thuc")
    before.danh_gia.update(can_khac_phuc="Vắng 2 buổi\nÍt phát biểu")
    make_buoi(
        chi_doan=chi_doan, ngay=date(2026, 10, 15), diem_danh={thanh_vien.doan_vien: "co_mat"}
    )
    client = client_of(bi_thu_phuong)

    with django_assert_max_num_queries(12):
        response = client.get(danh_gia.get_absolute_url())

    trang = response.context["trang"]
    assert [row["dieu"] for row in trang.dieu_truoc] == ["Vắng 2 buổi", "Ít phát biểu"]
    assert trang.so_sinh_hoat == "Sổ sinh hoạt: quý này dự 1/1\u00a0buổi của chi đoàn."
    assert [row.title for row in trang.dieu_kien if row.dat] == ["Đủ 18 tuổi"]


def test_save_goes_on_to_the_next_member(client_of, bi_thu_phuong, to, ky, danh_gia, chi_doan):
    after = make_thanh_vien(to=to, doan_vien=make_doan_vien(chi_doan=chi_doan, ho_ten="Lê Văn Út"))
    following = DanhGia.objects.create(ky=ky, thanh_vien=after)
    task = make_nhiem_vu(thanh_vien=danh_gia.thanh_vien)
    data = {"version": 1, "ket_qua": "Dự đủ", "muc": "htt", "ket_luan": "tiep_tuc", "sang": "1"}
    data |= {f"muc_{task.pk}": "tot", f"ket_qua_{task.pk}": "Xong"}

    response = client_of(bi_thu_phuong).post(url("danh_gia_save", danh_gia), data)

    danh_gia.refresh_from_db()
    task.refresh_from_db()
    assert response.url == following.get_absolute_url()
    assert (danh_gia.muc, danh_gia.version) == ("htt", 2)
    assert (task.xep_muc, task.ky_danh_gia) == ("tot", ky)


def test_answers_to_last_quarters_points_are_kept(
    client_of, bi_thu_phuong, to, thanh_vien, danh_gia
):
    before = make_ky(to=to, quy=3, thanh_vien=[thanh_vien], trang_thai="ket_thuc")
    before.danh_gia.update(can_khac_phuc="Vắng 2 buổi")

    client_of(bi_thu_phuong).post(
        url("danh_gia_save", danh_gia), {"version": 1, "khac_phuc_0": "tien_bo"}
    )

    danh_gia.refresh_from_db()
    assert [(row["dieu"], row["trang_thai"]) for row in danh_gia.khac_phuc_truoc] == [
        ("Vắng 2 buổi", "tien_bo")
    ]


def test_two_people_on_one_review_see_both_versions(
    client_of, bi_thu_phuong, can_bo_phuong, danh_gia
):
    client_of(can_bo_phuong).post(
        url("danh_gia_save", danh_gia), {"version": 1, "ket_qua": "Bản một"}
    )

    response = client_of(bi_thu_phuong).post(
        url("danh_gia_save", danh_gia), {"version": 1, "ket_qua": "Bản hai"}
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert "Bản một" in page
    assert "Bản hai" in page
    danh_gia.refresh_from_db()
    assert danh_gia.ket_qua == "Bản một"
    kept = {"version": response.context["form"].data["version"], "ket_qua": "Bản hai"}
    client_of(bi_thu_phuong).post(url("danh_gia_save", danh_gia), kept)
    danh_gia.refresh_from_db()
    assert danh_gia.ket_qua == "Bản hai"


def test_branch_reads_the_review_and_comments(client_of, bi_thu, danh_gia):
    client = client_of(bi_thu)

    page = client.get(danh_gia.get_absolute_url())
    shown = client.get(url("danh_gia_y_kien", danh_gia)).context["form"]["version"].value()
    data = {"y_kien": "Nhiệt tình", "ngay": "18/11/2026", "version": shown}
    client.post(url("danh_gia_y_kien", danh_gia), data)

    danh_gia.refresh_from_db()
    assert page.context["form"] is None
    assert (danh_gia.y_kien_bch, danh_gia.y_kien_boi) == ("Nhiệt tình", bi_thu)


def test_session_closes_when_all_are_reviewed(client_of, bi_thu_phuong, ky, danh_gia):
    client = client_of(bi_thu_phuong)

    refused = client.post(url("ky_close", ky))
    danh_gia.muc, danh_gia.ket_luan = "htt", "tiep_tuc"
    danh_gia.save()
    client.post(url("ky_close", ky))

    ky.refresh_from_db()
    assert "chưa đánh giá: Trần Gia Bảo" in refused.text
    assert not ky.is_mo


def test_posted_comment_and_session_are_not_taken(client_of, bi_thu_phuong, danh_gia, bi_thu):
    client_of(bi_thu_phuong).post(
        url("danh_gia_save", danh_gia),
        {"version": 1, "y_kien_bch": "Giả", "ky": 99, "luu_boi": bi_thu.pk, "du_hop": ""},
    )

    danh_gia.refresh_from_db()
    assert (danh_gia.y_kien_bch, danh_gia.luu_boi, danh_gia.du_hop) == ("", bi_thu_phuong, True)
