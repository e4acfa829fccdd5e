"""A member's record as a form: what is taken, and what is refused in which words."""

from datetime import date, timedelta

import pytest

from core.periods import today
from doanvien.models import DoanVien, QuaTrinh
from doanvien.services import begin_membership, end_membership
from tests.doanvien.records import SENSITIVE, edit_data
from tests.factories import make_chi_doan, make_doan_vien
from tochuc.models import NhatKy


def new_member(unit, **changes):
    return {
        "chi_doan": unit.pk,
        "ly_do": "ket_nap",
        "tu_ngay": "26/03/2026",
        "ho_ten": "  NGUYỄN  VĂN AN ",
        "gioi_tinh": "nam",
        "ngay_sinh": "05/02/2006",
        "ngay_vao_doan": "26/03/2026",
        "dan_toc": "Kinh",
        "ton_giao": "Không",
        "chuc_vu": "Đoàn viên",
        **changes,
    }


# ---- entering ------------------------------------------------------------------------------


def test_a_new_member_enters_the_register_with_the_period(client_of, bi_thu, chi_doan):
    response = client_of(bi_thu).post(
        "/doan-vien/them/", new_member(chi_doan, cccd="079 206 012 345", dien_thoai="0912 345 678")
    )

    doan_vien = DoanVien.objects.get()
    assert response.url == f"/doan-vien/{doan_vien.pk}/"
    assert (doan_vien.ho_ten, doan_vien.khoa_tim) == ("Nguyễn Văn An", "nguyen van an")
    assert (doan_vien.cccd, doan_vien.dien_thoai) == ("079206012345", "0912345678")
    period = doan_vien.qua_trinh.get()
    assert (period.chi_doan, period.tu_ngay, period.ly_do_bat_dau) == (
        chi_doan,
        date(2026, 3, 26),
        QuaTrinh.LyDoBatDau.KET_NAP,
    )
    assert NhatKy.objects.get(hanh_dong="doan_vien.create").nguoi == bi_thu


@pytest.mark.same_on_both
@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        (
            {"ngay_sinh": "31/02/2006"},
            "ngay_sinh",
            "Ngày 31/02/2006 không có trong lịch. Gõ theo ngày/tháng/năm.",
        ),
        (
            {"ngay_sinh": "2006"},
            "ngay_sinh",
            "Mới có năm 2006. Ghi đủ ngày/tháng/năm, ví dụ 05/02/2006.",
        ),
        ({"ngay_sinh": "02/2006"}, "ngay_sinh", "Gõ theo ngày/tháng/năm."),
        ({"ngay_sinh": ""}, "ngay_sinh", "Ghi ngày sinh."),
        ({"ngay_sinh": "05/02/2090"}, "ngay_sinh", "ở sau hôm nay"),
        ({"tu_ngay": "26/03/2090"}, "tu_ngay", "ở sau hôm nay"),
        (
            {"tu_ngay": "25/03/2026", "ly_do": "chuyen_den"},
            "tu_ngay",
            "trước ngày vào Đoàn 26/03/2026",
        ),
        (
            {"ngay_vao_doan": "26/03/2022"},
            "tu_ngay",
            "Kết nạp thì sinh hoạt từ ngày vào Đoàn, 26/03/2022.",
        ),
        (
            {"cccd": "0792060123"},
            "cccd",
            "Số CCCD «0792060123» có 10 chữ số, cần 12 (hoặc 9 với CMND cũ).",
        ),
        ({"cccd": "07920601234x"}, "cccd", "có ký tự không phải chữ số"),
        ({"dien_thoai": "091234"}, "dien_thoai", "gồm 10 chữ số"),
        ({"email": "an@"}, "email", "không đúng"),
        ({"ho_ten": "   "}, "ho_ten", "Ghi họ và tên."),
        ({"ngay_vao_doan": "05/02/2005"}, "ngay_vao_doan", "phải sau ngày sinh"),
        ({"ngay_vao_doan": "05/02/2021"}, "ngay_vao_doan", "kết nạp từ đủ 15 tuổi và 1 ngày"),
        ({"chi_doan": ""}, "chi_doan", "Chọn chi đoàn."),
        ({"chi_doan": "999999"}, "chi_doan", "không còn trong danh sách"),
        ({"dan_toc": "Cadong"}, "dan_toc", "Chọn «Xơ Đăng»"),
        ({"di_xa_noi": "Đồng Nai"}, "di_xa_tu", "Ghi ngày bắt đầu đi làm xa."),
        (
            {"di_xa_tu": "05/02/2026", "di_xa_den": "05/01/2026"},
            "di_xa_den",
            "phải sau ngày đi",
        ),
    ],
)
def test_a_wrong_field_is_named_with_what_to_do(client_of, bi_thu, chi_doan, changes, field, words):
    response = client_of(bi_thu).post("/doan-vien/them/", new_member(chi_doan, **changes))

    html = response.content.decode()
    box = html.split(f'id="div_id_{field}"')[1].split("</div>")[0]
    assert words in box.replace("&quot;", '"')
    assert "<title>Lỗi:" in html
    assert not DoanVien.objects.exists()


def test_a_section_is_folded_until_something_in_it_must_be_mended(client_of, bi_thu, chi_doan):
    client = client_of(bi_thu)
    page = client.get("/doan-vien/them/").content.decode()
    sent = client.post("/doan-vien/them/", new_member(chi_doan, chuyen_mon="Giỏi"))

    assert '<input type="hidden" name="chi_doan"' in page
    assert (page.count('<details class="fold'), page.count('fold section" open')) == (5, 0)
    fold = sent.content.decode().split('fold section" open')[1]
    assert fold.split("</summary>")[0].startswith("><summary>Học vấn, nghề nghiệp")


@pytest.mark.same_on_both
@pytest.mark.parametrize("typed", ["5/2/2006", "05-02-2006", "05022006", "5-2-06"])
def test_dates_are_read_as_people_type_them(client_of, bi_thu, chi_doan, typed):
    client_of(bi_thu).post("/doan-vien/them/", new_member(chi_doan, ngay_sinh=typed))

    assert DoanVien.objects.get().ngay_sinh == date(2006, 2, 5)


@pytest.mark.parametrize("ly_do", ["chuyen_den", "vao_so"])
def test_who_was_admitted_earlier_is_no_new_admission(client_of, bi_thu, chi_doan, ly_do):
    client_of(bi_thu).post(
        "/doan-vien/them/", new_member(chi_doan, ngay_vao_doan="26/03/2022", ly_do=ly_do)
    )

    assert QuaTrinh.objects.get().ly_do_bat_dau == ly_do


def test_somebody_on_file_is_not_entered_twice(client_of, bi_thu, chi_doan):
    make_doan_vien(cccd="079206012345")

    response = client_of(bi_thu).post("/doan-vien/them/", new_member(chi_doan, cccd="079206012345"))

    assert "đã có trong sổ" in response.context["form"].errors["cccd"][0]
    assert DoanVien.objects.count() == 1


def test_a_double_click_enters_one_person(client_of, bi_thu, chi_doan):
    client = client_of(bi_thu)
    client.post("/doan-vien/them/", new_member(chi_doan))

    second = client.post("/doan-vien/them/", new_member(chi_doan))

    [refusal] = second.context["form"].errors["ho_ten"]
    assert refusal == (
        "Chi đoàn Khu vực 1 đã có Nguyễn Văn An, sinh ngày 05/02/2006. "
        "Nếu là người khác, ghi số CCCD của cả hai đồng chí."
    )
    assert DoanVien.objects.count() == QuaTrinh.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "second", "entered"),
    [
        ("079206012345", "079206012346", 2),
        ("079206012345", "", 1),
        ("", "079206012346", 1),
    ],
)
def test_namesakes_of_one_day_are_told_apart_by_both_citizen_ids(
    client_of, bi_thu, chi_doan, first, second, entered
):
    client = client_of(bi_thu)
    for cccd in (first, second):
        client.post("/doan-vien/them/", new_member(chi_doan, cccd=cccd))

    assert DoanVien.objects.count() == entered


def test_a_namesake_of_another_branch_is_another_person(
    client_of, bi_thu_phuong, chi_doan, chi_doan_khac
):
    client = client_of(bi_thu_phuong)
    for unit in (chi_doan, chi_doan_khac):
        client.post("/doan-vien/them/", new_member(unit))

    assert DoanVien.objects.count() == 2


def test_faults_are_listed_in_the_order_of_the_page(client_of, bi_thu):
    form = client_of(bi_thu).get("/doan-vien/them/").context["form"]

    assert list(form.fields)[:4] == ["chi_doan", "ly_do", "tu_ngay", "ho_ten"]


def test_the_branch_of_the_neighbours_is_no_choice(client_of, bi_thu, chi_doan_khac):
    response = client_of(bi_thu).post("/doan-vien/them/", new_member(chi_doan_khac))

    assert "chi_doan" in response.context["form"].errors


def test_a_branch_secretary_is_offered_the_own_branch(client_of, bi_thu, chi_doan, chi_doan_khac):
    form = client_of(bi_thu).get("/doan-vien/them/").context["form"]

    assert form["chi_doan"].value() == chi_doan.pk
    assert list(form.fields["chi_doan"].queryset) == [chi_doan]


def test_a_branch_that_has_ended_takes_nobody(client_of, bi_thu_phuong, chi_doan):
    chi_doan.ket_thuc = today() - timedelta(days=1)
    chi_doan.save()

    response = client_of(bi_thu_phuong).post("/doan-vien/them/", new_member(chi_doan))

    assert "chi_doan" in response.context["form"].errors


# ---- editing -------------------------------------------------------------------------------


def test_an_edit_changes_what_was_changed_and_nothing_else(client_of, bi_thu, doan_vien):
    client = client_of(bi_thu)

    client.post(
        f"/doan-vien/{doan_vien.pk}/sua/", edit_data(client, doan_vien, noi_o="Số 12, Khu vực 1")
    )

    doan_vien.refresh_from_db()
    assert doan_vien.noi_o == "Số 12, Khu vực 1"
    assert {name: getattr(doan_vien, name) for name in SENSITIVE} == SENSITIVE
    assert (doan_vien.cccd, doan_vien.version) == ("079204014471", 2)
    assert NhatKy.objects.get(hanh_dong="doan_vien.update").noi_dung == {"truong": ["noi_o"]}


def test_a_hidden_field_cannot_be_sent_along(client_of, bi_thu, doan_vien):
    client = client_of(bi_thu)
    extra = {"ky_luat": "", "dan_toc": "Kinh", "trang_thai": "tu_tran", "chi_doan": "1"}

    client.post(
        f"/doan-vien/{doan_vien.pk}/sua/", edit_data(client, doan_vien, noi_o="Mới", **extra)
    )

    doan_vien.refresh_from_db()
    assert (doan_vien.ky_luat, doan_vien.dan_toc) == ("Khiển trách năm 2024", "Mnông")
    assert doan_vien.trang_thai == DoanVien.TrangThai.DANG_SINH_HOAT


def test_a_new_citizen_id_replaces_the_old_one(client_of, bi_thu, doan_vien):
    client = client_of(bi_thu)

    client.post(
        f"/doan-vien/{doan_vien.pk}/sua/", edit_data(client, doan_vien, cccd="079204019999")
    )

    doan_vien.refresh_from_db()
    assert (doan_vien.cccd, doan_vien.cccd_cuoi) == ("079204019999", "9999")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ngay_sinh": "31/02/2004"}, "Ngày 31/02/2004 không có trong lịch."),
        ({"ngay_vao_doan": "2020"}, "Mới có năm 2020."),
        ({"cccd": "0792040199"}, "có 10 chữ số"),
    ],
)
def test_a_wrong_edit_is_named_and_saves_nothing(client_of, bi_thu, doan_vien, changes, words):
    client, url = client_of(bi_thu), f"/doan-vien/{doan_vien.pk}/sua/"

    response = client.post(url, edit_data(client, doan_vien, noi_o="Mới", **changes))

    assert words in response.content.decode()
    doan_vien.refresh_from_db()
    assert (doan_vien.version, doan_vien.noi_o) == (1, "")


def test_edited_dates_must_allow_the_admission(client_of, bi_thu, doan_vien):
    client, url = client_of(bi_thu), f"/doan-vien/{doan_vien.pk}/sua/"
    born = doan_vien.ngay_vao_doan.year - 14

    response = client.post(url, edit_data(client, doan_vien, ngay_sinh=f"01/01/{born}"))

    assert "kết nạp từ đủ 15 tuổi" in response.context["form"].errors["ngay_vao_doan"][0]
    doan_vien.refresh_from_db()
    assert doan_vien.version == 1


def test_old_dates_do_not_stop_another_edit(client_of, bi_thu, doan_vien):
    DoanVien.objects.update(ngay_sinh=doan_vien.ngay_vao_doan - timedelta(days=1))
    client = client_of(bi_thu)

    client.post(f"/doan-vien/{doan_vien.pk}/sua/", edit_data(client, doan_vien, noi_o="Mới"))

    doan_vien.refresh_from_db()
    assert doan_vien.noi_o == "Mới"


def test_the_later_of_two_edits_sees_both_versions(client_of, bi_thu, doan_vien):
    client, url = client_of(bi_thu), f"/doan-vien/{doan_vien.pk}/sua/"
    mine = edit_data(client, doan_vien, noi_o="Bản của tôi", the_manh="Hát")
    client.post(url, edit_data(client, doan_vien, noi_o="Bản của đồng chí khác"))

    response = client.post(url, mine)

    assert response.status_code == 409
    assert [(row["label"], row["mine"], row["theirs"]) for row in response.context["versions"]] == [
        ("Chỗ ở hiện nay", "Bản của tôi", "Bản của đồng chí khác"),
        ("Thế mạnh", "Hát", ""),
    ]
    doan_vien.refresh_from_db()
    assert doan_vien.noi_o == "Bản của đồng chí khác"


def test_after_looking_at_both_the_later_one_may_be_kept(client_of, bi_thu, doan_vien):
    client, url = client_of(bi_thu), f"/doan-vien/{doan_vien.pk}/sua/"
    mine = edit_data(client, doan_vien, noi_o="Bản của tôi")
    client.post(url, edit_data(client, doan_vien, noi_o="Bản của đồng chí khác"))
    shown = client.post(url, mine).context["form"]

    response = client.post(url, mine | {"version": shown["version"].value()})

    assert response.status_code == 302
    doan_vien.refresh_from_db()
    assert doan_vien.noi_o == "Bản của tôi"


def test_a_double_click_saves_once(client_of, bi_thu, doan_vien):
    client, url = client_of(bi_thu), f"/doan-vien/{doan_vien.pk}/sua/"
    data = edit_data(client, doan_vien, noi_o="Mới")

    client.post(url, data)
    second = client.post(url, data)

    assert second.status_code == 409
    assert second.context["versions"] == []
    assert NhatKy.objects.filter(hanh_dong="doan_vien.update").count() == 1


# ---- leaving and coming back ---------------------------------------------------------------


def end(client, doan_vien, **changes):
    data = {"ly_do": "truong_thanh", "den_ngay": today().strftime("%d/%m/%Y"), **changes}
    return client.post(f"/doan-vien/{doan_vien.pk}/ket-thuc/", data)


def test_leaving_is_asked_first_and_ends_the_period(client_of, bi_thu, doan_vien):
    client = client_of(bi_thu)
    question = client.get(f"/doan-vien/{doan_vien.pk}/ket-thuc/").content.decode()
    assert "Huỳnh Tấn Đạt rời chi đoàn" in question
    assert "Ngày mất" not in question
    assert doan_vien.qua_trinh.get().den_ngay is None

    end(client, doan_vien)

    doan_vien.refresh_from_db()
    assert doan_vien.trang_thai == DoanVien.TrangThai.TRUONG_THANH
    assert doan_vien.qua_trinh.get().den_ngay == today()


@pytest.mark.same_on_both
@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"den_ngay": "01/01/2000"}, "den_ngay", "từ ngày bắt đầu trở đi"),
        ({"den_ngay": "01/01/2090"}, "den_ngay", "ở sau hôm nay"),
        ({"ly_do": "xoa_ten"}, "ghi_chu", ""),
    ],
)
def test_leaving_is_refused_beside_the_field(client_of, bi_thu, doan_vien, changes, field, words):
    response = end(client_of(bi_thu), doan_vien, **changes)

    assert words in response.context["form"].errors[field][0]
    assert doan_vien.qua_trinh.get().den_ngay is None


@pytest.mark.parametrize("ly_do", ["dang_sinh_hoat", ""])
def test_without_a_way_of_leaving_the_ways_are_shown(client_of, bi_thu, doan_vien, ly_do):
    response = end(client_of(bi_thu), doan_vien, ly_do=ly_do)

    assert "Đề nghị xóa tên" in response.content.decode()
    assert doan_vien.qua_trinh.get().den_ngay is None


def test_nobody_leaves_twice(client_of, bi_thu, doan_vien):
    client = client_of(bi_thu)
    end(client, doan_vien)

    response = end(client, doan_vien)

    assert "không còn sinh hoạt chính thức" in response.context["form"].non_field_errors()[0]


def begin(client, doan_vien, chi_doan, **changes):
    data = {
        "chi_doan": chi_doan.pk,
        "ly_do": "chuyen_den",
        "tu_ngay": today().strftime("%d/%m/%Y"),
        **changes,
    }
    return client.post(f"/doan-vien/{doan_vien.pk}/tiep-nhan/", data)


def test_a_second_official_membership_is_refused(
    client_of, bi_thu_phuong, doan_vien, chi_doan_khac
):
    response = begin(client_of(bi_thu_phuong), doan_vien, chi_doan_khac)

    assert response.context["form"].errors["chi_doan"][0] == (
        "Huỳnh Tấn Đạt đang sinh hoạt chính thức ở Chi đoàn Khu vực 1 từ 26/03/2018. "
        "Kết thúc ở đó trước, hoặc làm thủ tục chuyển sinh hoạt."
    )
    assert doan_vien.qua_trinh.count() == 1


def test_who_has_left_is_taken_in_again_from_the_next_day(
    client_of, bi_thu_phuong, doan_vien, chi_doan_khac
):
    client = client_of(bi_thu_phuong)
    left = today() - timedelta(days=1)
    end(client, doan_vien, den_ngay=left.strftime("%d/%m/%Y"))
    too_early = begin(client, doan_vien, chi_doan_khac, tu_ngay=left.strftime("%d/%m/%Y"))
    assert "Chọn ngày sau đó" in too_early.context["form"].errors["tu_ngay"][0]

    begin(client, doan_vien, chi_doan_khac)

    doan_vien.refresh_from_db()
    assert doan_vien.is_dang_sinh_hoat
    assert doan_vien.chi_doan == chi_doan_khac
    assert [period.chi_doan for period in doan_vien.qua_trinh.all()] == [
        chi_doan_khac,
        doan_vien.qua_trinh.last().chi_doan,
    ]


def test_the_dead_are_not_taken_in(client_of, bi_thu_phuong, doan_vien, chi_doan):
    client = client_of(bi_thu_phuong)
    end(client, doan_vien, ly_do="tu_tran")

    response = begin(client, doan_vien, chi_doan)

    assert "đã từ trần" in response.context["form"].non_field_errors()[0]


def test_the_book_of_a_branch_begins_with_its_first_member(phuong, chi_doan, bi_thu):
    newcomer = make_doan_vien(chi_doan=make_chi_doan(phuong=phuong), tu_ngay=date(2026, 9, 1))
    end_membership(doan_vien=newcomer, den_ngay=date(2026, 9, 30), ly_do="chuyen_di", by=bi_thu)
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 5, 3))

    begin_membership(
        doan_vien=newcomer,
        chi_doan=chi_doan,
        tu_ngay=date(2026, 10, 1),
        ly_do="chuyen_den",
        by=bi_thu,
    )

    chi_doan.refresh_from_db()
    assert chi_doan.so_lieu_tu == date(2026, 5, 3)
