from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from chidoan import services
from chidoan.models import BuoiSinhHoat, ChuDiem, DiemDanh, NghiQuyet
from core.periods import today
from tests.chidoan.buoi_data import NGAY, ballot, post_data
from tests.factories import (
    make_buoi,
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_nghi_quyet,
)

CREATE = reverse("chidoan:buoi_create")


@pytest.fixture
def members(chi_doan):
    names = ("Nguyễn Hoài An", "Trần Gia Bảo", "Phạm Thị Cẩm", "Lê Minh Duy")
    return [make_doan_vien(chi_doan=chi_doan, ho_ten=name) for name in names]


def update_url(buoi):
    return reverse("chidoan:buoi_update", args=[buoi.pk])


def rows_of(page):
    return [(str(row.doan_vien), row.trang_thai, row.ly_do) for row in page.roll]


def test_page_comes_filled(client_of, bi_thu, chi_doan, members, phuong):
    an, bao, cam, duy = members
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", doan_vien=duy, ho_ten=duy.ho_ten)
    ChuDiem.objects.create(
        don_vi=phuong, nam=today().year, thang=today().month, ten="Tôn sư trọng đạo"
    )
    cam.di_xa_tu, cam.di_xa_noi = date(2026, 1, 1), "Bình Dương"
    cam.save()
    last = today() - timedelta(days=60)
    buoi = make_buoi(chi_doan=chi_doan, ngay=last, dia_diem="Đình Khu vực 1", thu_ky=bao)
    make_nghi_quyet(buoi=buoi, phu_trach=an, noi_dung="Thu gom rác")
    DiemDanh.objects.create(buoi=buoi, doan_vien=an, trang_thai="vang_co_ly_do", ly_do="di_hoc")

    page = client_of(bi_thu).get(CREATE).context["page"]

    form = page.form
    assert [form[name].value() for name in ("dia_diem", "chu_tri", "thu_ky", "chu_diem")] == [
        "Đình Khu vực 1",
        duy.pk,
        bao.pk,
        "Tôn sư trọng đạo",
    ]
    assert form["ngay"].value() == today()
    assert rows_of(page) == [
        ("Nguyễn Hoài An", "co_mat", ""),
        ("Trần Gia Bảo", "co_mat", ""),
        ("Phạm Thị Cẩm", "vang_co_ly_do", "di_lam_xa"),
        ("Lê Minh Duy", "co_mat", ""),
    ]
    assert [row.ghi_chu for row in page.roll] == ["", "", "Đi làm xa, Bình Dương", "Bí thư"]
    assert page.roll[0].ly_do_truoc == "di_hoc"
    assert page.dem == {
        "co_mat": 3,
        "muon": 0,
        "co_ly_do": 1,
        "vang": 0,
        "du_hop": 3,
        "danh_sach": 4,
        "phai_co": 3,
    }
    assert [form.nghi_quyet.noi_dung for form in page.ket_qua] == ["Thu gom rác"]


@pytest.mark.parametrize("count", [1, 40])
def test_page_takes_the_same_queries_for_any_number_of_members(
    client_of, bi_thu, chi_doan, count, django_assert_num_queries
):
    buoi = make_buoi(chi_doan=chi_doan, ngay=date(2026, 1, 5))
    for _ in range(count):
        member = make_doan_vien(chi_doan=chi_doan)
        make_nghi_quyet(buoi=buoi, phu_trach=member)
    client = client_of(bi_thu)

    # session, user, roles, branches; roster, offices, last time; last meeting, agenda; resolutions;
    # a draft of the month; other branches
    with django_assert_num_queries(12):
        response = client.get(CREATE)

    assert len(response.context["page"].roll) == count


def test_six_hundred_members_can_be_logged(client_of, bi_thu, chi_doan):
    for _ in range(600):
        make_doan_vien(chi_doan=chi_doan)
    client = client_of(bi_thu)

    page = client.get(CREATE)
    response = client.post(CREATE, post_data(chi_doan))

    assert page.context["page"].dem["danh_sach"] == 600
    assert response.status_code == 302
    assert DiemDanh.objects.count() == 600


def test_meeting_is_logged(client_of, bi_thu, chi_doan, members):
    an, bao, cam, duy = members
    data = post_data(
        chi_doan,
        absent={cam: "vang_co_ly_do:om", duy: "vang"},
        resolutions=[("Thu gom rác", cam, "30/09/2026"), ("Trồng cây", an, "05102026")],
        noi_dung="Đã bàn.",
        **ballot(tan_thanh="2"),
    )

    response = client_of(bi_thu).post(CREATE, data)

    buoi = BuoiSinhHoat.objects.get()
    assert response.url == buoi.get_absolute_url()
    assert (buoi.trang_thai, buoi.chu_tri, buoi.thu_ky, buoi.ghi_boi) == (
        "hoan_thanh",
        an,
        bao,
        bi_thu,
    )
    assert set(buoi.diem_danh.values_list("doan_vien__ho_ten", "trang_thai", "ly_do")) == {
        ("Nguyễn Hoài An", "co_mat", ""),
        ("Trần Gia Bảo", "co_mat", ""),
        ("Phạm Thị Cẩm", "vang_co_ly_do", "om"),
        ("Lê Minh Duy", "vang", ""),
    }
    assert list(buoi.nghi_quyet.values_list("noi_dung", "phu_trach__ho_ten", "han")) == [
        ("Thu gom rác", "Phạm Thị Cẩm", date(2026, 9, 30)),
        ("Trồng cây", "Nguyễn Hoài An", date(2026, 10, 5)),
    ]


def test_double_click_is_one_meeting_and_one_way_on(client_of, bi_thu, chi_doan, members):
    row = make_nghi_quyet(
        buoi=make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 1)), phu_trach=members[0]
    )
    data = post_data(chi_doan, resolutions=[("Trồng cây", members[0], "30/09/2026")])
    data |= {f"kq-{row.pk}-trang_thai": "xong", f"kq-{row.pk}-ket_qua": "4 buổi"}
    client = client_of(bi_thu)

    answers = [client.post(CREATE, data) for _ in range(3)]

    buoi = BuoiSinhHoat.objects.get(ngay=NGAY)
    assert {answer.url for answer in answers} == {buoi.get_absolute_url()}
    assert buoi.nghi_quyet.count() == 1


def test_open_resolution_is_reported_on(client_of, bi_thu, chi_doan, members):
    row = make_nghi_quyet(
        buoi=make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 1)), phu_trach=members[0]
    )
    data = post_data(chi_doan)
    data |= {f"kq-{row.pk}-trang_thai": "xong", f"kq-{row.pk}-ket_qua": "4 buổi"}

    client_of(bi_thu).post(CREATE, data)

    row.refresh_from_db()
    assert (row.trang_thai, row.ket_qua, row.ket_thuc_tai) == (
        "xong",
        "4 buổi",
        BuoiSinhHoat.objects.get(ngay=NGAY),
    )


def test_resolution_done_without_a_result_is_refused_beside_its_field(
    client_of, bi_thu, chi_doan, members
):
    row = make_nghi_quyet(
        buoi=make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 1)), phu_trach=members[0]
    )
    data = post_data(chi_doan) | {f"kq-{row.pk}-trang_thai": "xong", f"kq-{row.pk}-ket_qua": ""}

    page = client_of(bi_thu).post(CREATE, data).context["page"]

    assert page.ket_qua[0].errors == {"ket_qua": ["Ghi một câu kết quả của nghị quyết đã xong."]}
    assert BuoiSinhHoat.objects.count() == 1


@pytest.mark.parametrize(
    ("votes", "field", "message"),
    [
        ({"tan_thanh": "5"}, "noi_dung", "5 lớn hơn số có mặt 3"),
        ({"tan_thanh": "-1"}, "tan_thanh", "không nhỏ hơn 0"),
        ({"tan_thanh": "", "khong_tan_thanh": "1"}, "tan_thanh", "không ai tán thành thì ghi 0"),
        ({"noi_dung": ""}, "noi_dung", "Ghi việc được biểu quyết"),
    ],
)
def test_wrong_vote_is_refused_beside_its_field(
    client_of, bi_thu, chi_doan, members, votes, field, message
):
    data = post_data(chi_doan, absent={members[2]: "vang"}, **ballot(**votes))

    response = client_of(bi_thu).post(CREATE, data)

    page = response.context["page"]
    assert field in page.bieu_quyet[0].errors
    assert message in response.content.decode()
    assert page.co_bieu_quyet
    assert not BuoiSinhHoat.objects.exists()


def test_votes_of_a_draft_come_back_and_count_when_it_is_finished(
    client_of, bi_thu, chi_doan, members
):
    client = client_of(bi_thu)
    client.post(CREATE, post_data(chi_doan, luu="nhap", **ballot(tan_thanh="3", co_quyen="4")))
    draft = BuoiSinhHoat.objects.get()

    page = client.get(update_url(draft)).context["page"]
    client.post(update_url(draft), post_data(chi_doan, **ballot(tan_thanh="3")) | {"version": 1})

    assert page.bieu_quyet[0]["tan_thanh"].value() == "3"
    assert page.co_bieu_quyet
    assert list(draft.bieu_quyet.values_list("tan_thanh", "co_mat", "co_quyen")) == [(3, 4, 4)]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"ngay": "31/02/2026"}, "ngay", "Ngày 31/02/2026 không có trong lịch"),
        ({"ngay": "2026"}, "ngay", "Mới có năm 2026"),
        ({"ngay": ""}, "ngay", "Ghi ngày họp"),
        ({"bat_dau": "25:00"}, "bat_dau", "Giờ «25:00» không đúng"),
        ({"ket_thuc": "19:00"}, "ket_thuc", "Giờ kết thúc phải sau giờ bắt đầu"),
        ({"dia_diem": ""}, "dia_diem", "Ghi địa điểm"),
        ({"chu_tri": ""}, "chu_tri", "Chọn chủ trì"),
        ({"chu_diem": ""}, "chu_diem", "Ghi chủ điểm"),
        ({"loai": "khac"}, "loai", "lựa chọn không còn trong danh sách"),
    ],
)
def test_wrong_field_is_refused_in_words_and_what_was_typed_is_kept(
    client_of, bi_thu, chi_doan, members, changes, field, message
):
    data = post_data(chi_doan, absent={members[2]: "vang"}, noi_dung="Đã bàn.") | changes

    response = client_of(bi_thu).post(CREATE, data)

    page = response.context["page"]
    assert field in page.form.errors
    assert message in response.content.decode()
    assert page.form["noi_dung"].value() == "Đã bàn."
    assert rows_of(page)[2] == ("Phạm Thị Cẩm", "vang", "")
    assert not BuoiSinhHoat.objects.exists()


def test_day_to_come_is_refused(client_of, bi_thu, chi_doan, members):
    day = today() + timedelta(days=1)

    page = client_of(bi_thu).post(CREATE, post_data(chi_doan, ngay=day)).context["page"]

    assert "chưa đến" in page.form.errors["ngay"][0]


def test_day_before_founding_is_refused(client_of, phuong, bi_thu_phuong):
    chi_doan = make_chi_doan(phuong=phuong, thanh_lap=date(2026, 9, 16))
    for _ in range(2):
        make_doan_vien(chi_doan=chi_doan)

    page = client_of(bi_thu_phuong).post(CREATE, post_data(chi_doan)).context["page"]

    assert "thành lập ngày 16/09/2026" in page.form.errors["ngay"][0]


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        (("Trồng cây", None, "30/09/2026"), "phu_trach", "Chọn người phụ trách."),
        (("Trồng cây", 0, ""), "han", "Ghi hạn, ví dụ 05/02/2026."),
        (("Trồng cây", 0, "31/09/2026"), "han", None),
        (("Trồng cây", 0, "14/09/2026"), "noi_dung", "Hạn 14/09/2026 của «Trồng cây» trước"),
        (("", 0, ""), "noi_dung", "Ghi việc cần làm, hoặc bỏ người phụ trách."),
    ],
)
def test_resolution_half_filled_is_refused_beside_its_field(
    client_of, bi_thu, chi_doan, members, row, field, message
):
    text, member, due = row
    data = post_data(
        chi_doan, resolutions=[(text, None if member is None else members[member], due)]
    )

    page = client_of(bi_thu).post(CREATE, data).context["page"]

    assert list(page.nghi_quyet[0].errors) == [field]
    assert message is None or message in page.nghi_quyet[0].errors[field][0]
    assert not NghiQuyet.objects.exists()


def test_roster_of_another_day_is_shown_again_with_what_was_marked(
    client_of, bi_thu, chi_doan, members
):
    newcomer = make_doan_vien(chi_doan=chi_doan, ho_ten="Võ Thị Mới", tu_ngay=date(2026, 9, 16))
    data = post_data(chi_doan, absent={members[0]: "vang"}) | {"ngay": "20/09/2026"}

    client = client_of(bi_thu)
    page = client.post(CREATE, data).context["page"]
    data[f"dd-{newcomer.pk}"] = "muon"
    client.post(CREATE, data | {"chu_tri": members[1].pk, "thu_ky": members[2].pk})

    assert "Danh sách đoàn viên ngày 20/09/2026 khác: thêm Võ Thị Mới." in str(page.form.errors)
    assert rows_of(page)[0] == ("Nguyễn Hoài An", "vang", "")
    buoi = BuoiSinhHoat.objects.get()
    assert buoi.ngay == date(2026, 9, 20)
    assert buoi.diem_danh.get(doan_vien=newcomer).trang_thai == "muon"


def test_roll_is_drawn_for_the_day_that_is_typed(client_of, bi_thu, chi_doan, members):
    make_doan_vien(chi_doan=chi_doan, ho_ten="Võ Thị Mới", tu_ngay=date(2026, 9, 16))
    data = post_data(chi_doan, absent={members[0]: "vang"}) | {"ngay": "20/09/2026"}

    response = client_of(bi_thu).post(reverse("chidoan:buoi_roll"), data)

    assert rows_of(response.context["page"])[0] == ("Nguyễn Hoài An", "vang", "")
    assert "thêm Võ Thị Mới" in response.content.decode()
    assert not BuoiSinhHoat.objects.exists()


def test_page_keeps_its_draft_by_itself(client_of, bi_thu, chi_doan, members):
    client = client_of(bi_thu)
    data = post_data(chi_doan, luu="tu_luu", noi_dung="Đang ghi")

    first = client.post(CREATE, data).json()
    draft = BuoiSinhHoat.objects.get(ngay=NGAY)
    again = client.post(first["url"], data | {"version": first["version"], "noi_dung": "Ghi tiếp"})
    stale = client.post(first["url"], data | {"version": 1, "noi_dung": "Máy khác"}).json()
    wrong = client.post(first["url"], data | {"version": 2, "ngay": "31/02/2026"}).json()
    late = client.post(first["url"], data | {"version": 2, "ngay": "31/12/2099"}).json()
    draft.refresh_from_db()

    assert (first["url"], first["version"]) == (update_url(draft), 1)
    assert (again.json()["version"], draft.noi_dung, draft.is_nhap) == (2, "Ghi tiếp", True)
    assert "có người vừa lưu" in stale["loi"]
    assert "Ngày họp" in wrong["loi"]
    assert "chưa đến" in late["loi"]
    assert BuoiSinhHoat.objects.count() == 1


def test_new_form_points_at_a_draft_of_the_same_month(client_of, bi_thu, chi_doan, members):
    draft = make_buoi(chi_doan=chi_doan, ngay=date(2026, 9, 3), trang_thai="nhap")
    client = client_of(bi_thu)

    same = client.get(CREATE, {"ngay": "15/09/2026"}).content.decode()
    other = client.get(CREATE, {"ngay": "15/08/2026"}).content.decode()

    assert "Tháng này đã có bản nháp ngày 03/09/2026." in same
    assert update_url(draft) in same
    assert "đã có bản nháp" not in other


def test_finished_meeting_is_not_amended_by_the_page_itself(client_of, bi_thu, chi_doan, members):
    client = client_of(bi_thu)
    client.post(CREATE, post_data(chi_doan))
    buoi = BuoiSinhHoat.objects.get()

    answer = client.post(update_url(buoi), post_data(chi_doan, luu="tu_luu", version=1))

    buoi.refresh_from_db()
    assert answer.json() == {"loi": "buổi này đã hoàn thành"}
    assert (buoi.trang_thai, buoi.version) == ("hoan_thanh", 1)


def test_draft_keeps_everything_as_typed_and_is_finished_later(
    client_of, bi_thu, chi_doan, members
):
    row = make_nghi_quyet(
        buoi=make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 1)), phu_trach=members[0]
    )
    client = client_of(bi_thu)
    typed = {f"kq-{row.pk}-trang_thai": "xong", f"kq-{row.pk}-ket_qua": ""}
    data = post_data(
        chi_doan,
        absent={members[2]: "vang"},
        resolutions=[("Trồng cây", None, "31/13")],
        dia_diem="",
        luu="nhap",
    )

    response = client.post(CREATE, data | typed)

    draft = BuoiSinhHoat.objects.get(ngay=NGAY)
    assert response.url == update_url(draft)
    page = client.get(response.url).context["page"]
    assert rows_of(page)[2] == ("Phạm Thị Cẩm", "vang", "")
    assert page.ket_qua[0]["trang_thai"].value() == "xong"
    assert page.nghi_quyet[0]["han"].value() == "31/13"
    row.refresh_from_db()
    assert row.trang_thai == "dang_lam"

    finish = post_data(chi_doan, version=draft.version) | {
        f"kq-{row.pk}-trang_thai": "thoi",
        f"kq-{row.pk}-ket_qua": "Mưa",
    }
    assert client.post(update_url(draft), finish).url == draft.get_absolute_url()
    draft.refresh_from_db()
    row.refresh_from_db()
    assert (draft.trang_thai, draft.ban_nhap, row.trang_thai) == ("hoan_thanh", {}, "thoi")


def test_finished_meeting_is_amended_with_its_own_roll(client_of, bi_thu, chi_doan, members):
    client = client_of(bi_thu)
    client.post(CREATE, post_data(chi_doan, resolutions=[("Trồng cây", members[0], "30/09/2026")]))
    buoi = BuoiSinhHoat.objects.get()
    data = post_data(chi_doan, version=1, ket_luan="Nhất trí")
    make_doan_vien(chi_doan=chi_doan, ho_ten="Vào Sổ Sau", tu_ngay=date(2026, 1, 1))

    page = client.get(update_url(buoi)).context["page"]
    row = page.nghi_quyet[0]
    data |= {"nq-INITIAL_FORMS": 1, "nq-TOTAL_FORMS": 4}
    data |= {f"nq-0-{name}": row[name].value() for name in ("pk", "noi_dung", "phu_trach")}
    response = client.post(update_url(buoi), data | {"nq-0-han": "15/10/2026"})

    assert len(page.roll) == 4
    assert response.url == buoi.get_absolute_url()
    buoi.refresh_from_db()
    assert (buoi.trang_thai, buoi.version, buoi.ket_luan) == ("sua_doi", 2, "Nhất trí")
    assert buoi.nghi_quyet.get().han == date(2026, 10, 15)


def test_amending_without_a_reason_is_refused_beside_its_field(
    client_of, bi_thu, chi_doan, members
):
    client = client_of(bi_thu)
    client.post(CREATE, post_data(chi_doan))
    buoi = BuoiSinhHoat.objects.get()

    response = client.post(
        update_url(buoi), post_data(chi_doan, version=1, ket_luan="Nhất trí", ly_do_sua="")
    )

    assert response.context["page"].sua_doi.errors["ly_do_sua"] == [
        "Ghi lý do sửa buổi sinh hoạt đã hoàn thành."
    ]


def test_form_of_a_closed_meeting_says_so_before_anything_is_typed(
    client_of, bi_thu, can_bo_phuong, chi_doan, members
):
    client = client_of(bi_thu)
    client.post(CREATE, post_data(chi_doan))
    buoi = BuoiSinhHoat.objects.get()
    assert "Sửa" in client.get(buoi.get_absolute_url()).content.decode()
    client.post(CREATE, post_data(chi_doan, ngay=date(2026, 10, 15)))

    page = client.get(update_url(buoi), follow=True)

    assert page.redirect_chain[0][0] == buoi.get_absolute_url()
    assert page.content.decode().count("Buổi ngày 15/10/2026 đã hoàn thành") == 2
    assert update_url(buoi) not in page.content.decode()
    assert client_of(can_bo_phuong).get(update_url(buoi)).status_code == 200


def test_resolution_that_is_done_is_shown_but_not_changed_in_its_meeting(
    client_of, bi_thu, chi_doan, members
):
    client = client_of(bi_thu)
    client.post(CREATE, post_data(chi_doan, resolutions=[("Trồng cây", members[0], "16/09/2026")]))
    buoi = BuoiSinhHoat.objects.get()
    row = buoi.nghi_quyet.get()
    services.finish_nghi_quyet(
        nghi_quyet=row, trang_thai="xong", ket_qua="20 cây", ngay=date(2026, 9, 16), by=None
    )

    page = client.get(update_url(buoi)).context["page"]
    moved = post_data(chi_doan, version=1, ngay=date(2026, 9, 20))
    response = client.post(update_url(buoi), moved)

    assert page.da_ket_thuc == [row]
    assert response.url == buoi.get_absolute_url()
    row.refresh_from_db()
    assert (row.noi_dung, row.han, row.trang_thai) == ("Trồng cây", date(2026, 9, 16), "xong")


def test_later_of_two_editors_sees_both_versions_and_chooses(client_of, bi_thu, chi_doan, members):
    client = client_of(bi_thu)
    client.post(CREATE, post_data(chi_doan))
    buoi = BuoiSinhHoat.objects.get()
    first = post_data(chi_doan, version=1, ket_luan="Của người trước")
    later = post_data(
        chi_doan, version=1, ket_luan="Của người sau", absent={members[3]: "vang_co_ly_do:om"}
    )
    client.post(update_url(buoi), first)

    response = client.post(update_url(buoi), later)

    assert response.status_code == 409
    assert [(line.nhan, line.cua_toi, line.ban_kia) for line in response.context["khac"]] == [
        ("Kết luận của chủ trì", "Của người sau", "Của người trước"),
        ("Điểm danh Lê Minh Duy", "Vắng có lý do, ốm", "Có mặt"),
    ]
    buoi.refresh_from_db()
    assert buoi.ket_luan == "Của người trước"

    mine = dict(response.context["sent"]) | {"version": response.context["buoi"].version}
    look = client.post(update_url(buoi), mine | {"luu": "xem"})
    assert look.context["page"].form["ket_luan"].value() == "Của người sau"
    assert look.context["khac"] == response.context["khac"]
    assert "Của người trước" in look.content.decode()
    assert client.post(update_url(buoi), mine | {"luu": ""}).url == buoi.get_absolute_url()
    buoi.refresh_from_db()
    assert (buoi.ket_luan, buoi.version) == ("Của người sau", 3)


def test_form_opened_once_and_sent_with_other_words_shows_both_versions(
    client_of, bi_thu, chi_doan, members
):
    client, data = client_of(bi_thu), post_data(chi_doan)
    client.post(CREATE, data)

    response = client.post(CREATE, data | {"chu_diem": "Khác"})

    assert response.status_code == 409
    assert [line.nhan for line in response.context["khac"]] == ["Chủ điểm"]


def test_keys_and_votes_beyond_any_database_are_answered(client_of, bi_thu, chi_doan, members):
    client, huge = client_of(bi_thu), "9" * 25

    votes = client.post(CREATE, post_data(chi_doan, **ballot(tan_thanh=huge)))
    keys = client.post(CREATE, post_data(chi_doan) | {f"kq-{huge}-trang_thai": "xong"})
    nobody = client.post(reverse("chidoan:buoi_roll"))

    assert "Tán thành không lớn hơn 9.999." in votes.content.decode()
    assert keys.url == BuoiSinhHoat.objects.get().get_absolute_url()
    assert nobody.status_code == 404


def test_version_that_is_no_number_is_a_conflict(client_of, bi_thu, chi_doan, members):
    client = client_of(bi_thu)
    client.post(CREATE, post_data(chi_doan))
    buoi = BuoiSinhHoat.objects.get()

    response = client.post(update_url(buoi), post_data(chi_doan, version="x", ket_luan="Khác"))

    assert response.status_code == 409


def test_ward_chooses_the_branch_and_is_marked(
    client_of, can_bo_phuong, chi_doan, chi_doan_khac, members
):
    client = client_of(can_bo_phuong)

    choice = client.get(CREATE)
    client.post(CREATE, post_data(chi_doan))

    assert [unit.pk for unit, _ in choice.context["rows"]] == [chi_doan.pk, chi_doan_khac.pk]
    assert BuoiSinhHoat.objects.get().nhap_thay


def test_draft_is_thrown_away_after_a_question(client_of, bi_thu, chi_doan, members):
    client = client_of(bi_thu)
    client.post(CREATE, post_data(chi_doan, luu="nhap"))
    url = reverse("chidoan:buoi_delete", args=[BuoiSinhHoat.objects.get().pk])

    question = client.get(url)
    assert BuoiSinhHoat.objects.exists()
    client.post(url)

    assert question.context["title"] == "Xóa bản nháp ngày 15/09/2026?"
    assert not BuoiSinhHoat.objects.exists()


def test_finished_meeting_is_not_thrown_away(client_of, bi_thu, chi_doan, members):
    buoi = make_buoi(chi_doan=chi_doan)

    response = client_of(bi_thu).post(reverse("chidoan:buoi_delete", args=[buoi.pk]), follow=True)

    assert "đã hoàn thành thì không xóa" in response.content.decode()
    assert BuoiSinhHoat.objects.exists()


@pytest.mark.parametrize("name", ["buoi_update", "buoi_delete"])
@pytest.mark.parametrize(("role", "status"), [("nguoi_la", 404), ("van_phong", 403)])
def test_meeting_of_others_is_closed(client_of, request, chi_doan, name, role, status):
    buoi = make_buoi(chi_doan=chi_doan)

    response = client_of(request.getfixturevalue(role)).get(
        reverse(f"chidoan:{name}", args=[buoi.pk])
    )

    assert response.status_code == status


@pytest.mark.parametrize(("role", "status"), [("nguoi_la", 404), ("van_phong", 403)])
def test_branch_of_others_is_not_logged_for(client_of, request, chi_doan, members, role, status):
    client = client_of(request.getfixturevalue(role))

    page = client.get(CREATE, {"chi_doan": chi_doan.pk})
    sent = client.post(CREATE, post_data(chi_doan))
    roll = client.post(reverse("chidoan:buoi_roll"), post_data(chi_doan))

    assert [page.status_code, sent.status_code, roll.status_code] == [status] * 3
    assert not BuoiSinhHoat.objects.exists()


def test_word_instead_of_a_branch_is_not_found(client_of, bi_thu):
    assert client_of(bi_thu).get(CREATE, {"chi_doan": "x"}).status_code == 404


def test_resolution_ended_elsewhere_meanwhile_is_refused_in_words(
    client_of, bi_thu, chi_doan, members
):
    row = make_nghi_quyet(
        buoi=make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 1)), phu_trach=members[0]
    )
    data = post_data(chi_doan)
    data |= {f"kq-{row.pk}-trang_thai": "xong", f"kq-{row.pk}-ket_qua": "4 buổi"}
    services.finish_nghi_quyet(
        nghi_quyet=row, trang_thai="thoi", ket_qua="Mưa", ngay=date(2026, 9, 1), by=None
    )

    page = client_of(bi_thu).post(CREATE, data).context["page"]

    (form,) = page.ket_qua
    assert "đã được kết thúc trước đó: Mưa." in form.errors["ket_qua"][0]
    assert form["ket_qua"].value() == "4 buổi"
    assert BuoiSinhHoat.objects.count() == 1


def test_numbers_of_thousands_of_digits_are_no_fault(client_of, bi_thu, chi_doan, members):
    client, huge = client_of(bi_thu), "9" * 5000
    data = post_data(chi_doan)
    draft = {**data, "luu": "nhap", "nq-0-noi_dung": "Việc", "nq-0-phu_trach": "9" * 40}

    kept = client.post(reverse("chidoan:buoi_create"), draft)
    assert client.get(kept.url).status_code == 200
    assert client.post(kept.url, data | {"version": huge}).status_code == 409
    strange = urlencode(post_data(chi_doan) | {f"dd-{huge}": "co_mat"})
    form = "application/x-www-form-urlencoded"
    url = reverse("chidoan:buoi_create")
    assert client.post(url, strange, content_type=form).status_code == 302


def test_minutes_without_end_are_refused(client_of, bi_thu, chi_doan, members):
    names = ("noi_dung", "y_kien", "ket_luan")
    sent = post_data(chi_doan, **dict.fromkeys(names, "ý" * 10_001))

    page = client_of(bi_thu).post(CREATE, sent).context["page"]

    assert set(page.form.errors) == set(names)


def test_form_without_anything_in_it_is_asked_again(client_of, bi_thu, chi_doan, members):
    client = client_of(bi_thu)
    for url in (CREATE, update_url(make_buoi(chi_doan=chi_doan))):
        assert client.post(url).context["page"].co_loi
