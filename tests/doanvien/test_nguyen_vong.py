"""Hopes and concerns: who sees them, what is done about them, where they end."""

from datetime import date, timedelta

import pytest

from core.errors import RuleError
from core.periods import today
from doanvien.models import NguyenVong
from doanvien.nguyen_vong import services
from doanvien.nguyen_vong.viec import dem_chi_doan, dem_phuong
from tests.factories import make_doan_vien, make_nguoi_dung, make_nguyen_vong
from tochuc.models import NhatKy
from tochuc.permissions import VaiTro
from tochuc.viec import dem_viec

LIST = "/doan-vien/nguyen-vong/"
TEXT = "Muốn học nghề sửa máy"


@pytest.fixture
def doan_vien(chi_doan):
    return make_doan_vien(chi_doan=chi_doan, ho_ten="Huỳnh Tấn Đạt")


@pytest.fixture
def pho_bi_thu(chi_doan):
    return make_nguoi_dung(VaiTro.PHO_BI_THU_CHI_DOAN, chi_doan)


@pytest.fixture
def nguyen_vong(doan_vien):
    return make_nguyen_vong(doan_vien=doan_vien, noi_dung=TEXT)


def step(nguyen_vong, by, **fields):
    fields = {"ngay": today(), "noi_dung": "Đã gặp xưởng", "trang_thai": "dang", **fields}
    return services.add_buoc(nguyen_vong=nguyen_vong, by=by, **fields)


# ---- writing it down -----------------------------------------------------------------------


def test_three_fields_on_a_phone_are_enough(client_of, bi_thu, chi_doan, doan_vien):
    form = {"nguoi": doan_vien.pk, "linh_vuc": "hoc_tap", "noi_dung": f" {TEXT} "}

    response = client_of(bi_thu).post(f"{LIST}ghi/", form)

    row = NguyenVong.objects.get()
    assert response.url == f"{LIST}{row.pk}/"
    assert (row.cua, row.doan_vien, row.chi_doan) == ("doan_vien", doan_vien, chi_doan)
    assert (row.noi_dung, row.ngay, row.rieng, row.trang_thai) == (TEXT, today(), True, "chua")
    assert TEXT not in str(list(NhatKy.objects.values_list("noi_dung", flat=True)))


@pytest.mark.parametrize("cua", ["chung", "an_danh"])
def test_it_may_name_nobody(client_of, bi_thu, chi_doan, cua):
    client_of(bi_thu).post(
        f"{LIST}ghi/", {"nguoi": cua, "linh_vuc": "khac", "noi_dung": "Cần sân bóng"}
    )

    assert NguyenVong.objects.values_list("cua", "doan_vien").get() == (cua, None)


def test_a_member_of_another_branch_is_no_choice(client_of, bi_thu, chi_doan, chi_doan_khac):
    other = make_doan_vien(chi_doan=chi_doan_khac)

    response = client_of(bi_thu).post(
        f"{LIST}ghi/", {"nguoi": other.pk, "linh_vuc": "khac", "noi_dung": "x"}
    )

    assert "nguoi" in response.context["form"].errors
    with pytest.raises(RuleError, match="không sinh hoạt ở"):
        services.create_nguyen_vong(
            chi_doan=chi_doan, linh_vuc="khac", noi_dung="x", doan_vien=other, by=bi_thu
        )


def test_a_ward_chooses_the_branch_and_writes_for_it(
    client_of, bi_thu_phuong, chi_doan, chi_doan_khac
):
    client = client_of(bi_thu_phuong)

    assert len(client.get(f"{LIST}ghi/").context["chi_doan"]) == 2
    client.post(
        f"{LIST}ghi/?chi_doan={chi_doan.pk}",
        {"nguoi": "chung", "linh_vuc": "khac", "noi_dung": "Cần sân bóng"},
    )

    assert NguyenVong.objects.get().chi_doan == chi_doan
    assert NhatKy.objects.order_by("-so").first().noi_dung["nhap_thay"] is True


# ---- who sees it ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "rieng", "sees"),
    [
        ("bi_thu", True, True),
        ("bi_thu_phuong", True, True),
        ("can_bo_phuong", True, True),
        ("pho_bi_thu", True, False),
        ("pho_bi_thu", False, True),
    ],
)
def test_a_private_one_is_for_the_secretary_and_the_ward(
    request, client_of, nguyen_vong, person, rieng, sees
):
    NguyenVong.objects.update(rieng=rieng)
    client = client_of(request.getfixturevalue(person))

    assert (TEXT in client.get(LIST).content.decode()) is sees
    assert client.get(f"{LIST}{nguyen_vong.pk}/").status_code == (200 if sees else 404)
    tab = client.get(f"/doan-vien/{nguyen_vong.doan_vien_id}/nguyen-vong/")
    assert (TEXT in tab.content.decode()) is sees


def test_who_wrote_it_down_keeps_seeing_it(nguyen_vong, pho_bi_thu):
    NguyenVong.objects.update(rieng=True, ghi_boi=pho_bi_thu)

    assert NguyenVong.objects.visible_to(pho_bi_thu).get() == nguyen_vong


@pytest.mark.parametrize("person", ["uy_vien", "van_phong", "kiem_tra", "cap_uy", "quan_tri"])
def test_others_have_no_page_of_it(request, client_of, nguyen_vong, person):
    client = client_of(request.getfixturevalue(person))

    for url in (LIST, f"{LIST}{nguyen_vong.pk}/", f"/doan-vien/{nguyen_vong.doan_vien_id}/"):
        assert TEXT not in client.get(url).content.decode()
    assert client.get(LIST).status_code == 403


# ---- what is done about it -----------------------------------------------------------------


def test_a_step_says_what_was_done_and_where_it_stands(nguyen_vong, bi_thu):
    step(nguyen_vong, bi_thu)
    step(nguyen_vong, bi_thu, trang_thai="da", noi_dung="Đã vào lớp nghề")

    nguyen_vong.refresh_from_db()
    assert (nguyen_vong.trang_thai, nguyen_vong.ngay_xong) == ("da", today())
    assert [row.nhap_thay for row in nguyen_vong.buoc.all()] == [False, False]

    step(nguyen_vong, bi_thu, noi_dung="Lớp hoãn, tìm lớp khác")
    nguyen_vong.refresh_from_db()
    assert (nguyen_vong.trang_thai, nguyen_vong.ngay_xong) == ("dang", None)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"noi_dung": " "}, "đã làm gì"),
        ({"noi_dung": "", "trang_thai": "khong"}, "lý do không giải quyết"),
        ({"ngay": date(2026, 9, 1)}, "ghi nhận ngày 10/09/2026"),
        ({"ngay": date(2999, 1, 1)}, "chưa đến"),
        ({"trang_thai": "la"}, "Chọn tình trạng"),
    ],
)
def test_a_step_that_says_nothing_is_refused(nguyen_vong, bi_thu, fields, message):
    with pytest.raises(RuleError, match=message):
        step(nguyen_vong, bi_thu, **fields)

    assert not nguyen_vong.buoc.exists()


def test_one_tap_sends_it_to_the_ward_which_answers_there(
    client_of, nguyen_vong, bi_thu, bi_thu_phuong, phuong, chi_doan
):
    client_of(bi_thu).post(f"{LIST}{nguyen_vong.pk}/chuyen/")

    nguyen_vong.refresh_from_db()
    assert nguyen_vong.is_o_phuong
    (duty,) = duties(dem_phuong, bi_thu_phuong, phuong)
    assert duty.tieu_de == "Trả lời 1\u00a0nguyện vọng của đoàn viên"
    assert client_of(bi_thu_phuong).get(duty.url).context["page"].paginator.count == 1
    assert duties(dem_chi_doan, bi_thu, chi_doan) == []
    with pytest.raises(RuleError, match="đã chuyển lên"):
        services.send_to_phuong(nguyen_vong=nguyen_vong, by=bi_thu)

    client_of(bi_thu_phuong).post(
        f"{LIST}{nguyen_vong.pk}/viec/",
        {"trang_thai": "da", "noi_dung": "Đã xếp lớp", "ngay": f"{today():%d/%m/%Y}"},
    )
    answer = nguyen_vong.buoc.last()
    assert (answer.den_trang_thai, answer.nhap_thay) == ("da", False)
    assert duties(dem_phuong, bi_thu_phuong, phuong) == []


def duties(dem, user, don_vi):
    return dem_viec(list(dem(user, don_vi, today(), {})))


def test_what_the_ward_does_in_the_branchs_place_says_so(nguyen_vong, bi_thu_phuong):
    assert step(nguyen_vong, bi_thu_phuong).nhap_thay


def test_due_within_a_week_is_the_branchs_duty(client_of, bi_thu, nguyen_vong, chi_doan):
    assert duties(dem_chi_doan, bi_thu, chi_doan) == []

    NguyenVong.objects.update(han=today() - timedelta(days=3), ngay=today() - timedelta(days=9))

    (duty,) = duties(dem_chi_doan, bi_thu, chi_doan)
    assert (duty.qua_han, duty.overdue) == (True, "Quá hạn 3\u00a0ngày")
    assert client_of(bi_thu).get(duty.url).context["page"].paginator.count == 1


def test_the_most_overdue_stands_first_and_what_is_settled_last(client_of, bi_thu, chi_doan):
    day = today()
    for text, fields in {
        "xong": {"trang_thai": "da", "ngay_xong": day},
        "chưa có hạn": {},
        "quá hạn ít": {"han": day - timedelta(days=1)},
        "quá hạn nhiều": {"han": day - timedelta(days=5)},
        "còn hạn": {"han": day + timedelta(days=5)},
    }.items():
        make_nguyen_vong(chi_doan=chi_doan, noi_dung=text, ngay=day - timedelta(days=9), **fields)

    rows = client_of(bi_thu).get(LIST).context["page"]

    assert [row.noi_dung for row in rows] == [
        "quá hạn nhiều",
        "quá hạn ít",
        "còn hạn",
        "chưa có hạn",
        "xong",
    ]


def test_it_is_corrected_and_a_late_second_edit_is_refused(client_of, bi_thu, nguyen_vong):
    client, url = client_of(bi_thu), f"{LIST}{nguyen_vong.pk}/sua/"
    form = {
        "version": 1,
        "linh_vuc": "hoc_tap",
        "noi_dung": "Muốn học nghề",
        "noi_giai_quyet": "len_cap_uy",
        "han": "01/10/2026",
    }

    assert client.post(url, form).status_code == 302
    late = client.post(url, form | {"noi_dung": "Khác"})
    assert (late.status_code, late.context["form"]["version"].value()) == (409, 2)
    assert late.context["versions"] == [
        {"label": "Nội dung", "mine": "Khác", "theirs": "Muốn học nghề"}
    ]

    nguyen_vong.refresh_from_db()
    assert (nguyen_vong.noi_dung, nguyen_vong.han) == ("Muốn học nghề", date(2026, 10, 1))
    assert (nguyen_vong.noi_giai_quyet, nguyen_vong.rieng) == ("len_cap_uy", False)


def test_a_mistake_is_taken_back_until_something_was_done(client_of, bi_thu, nguyen_vong):
    step(nguyen_vong, bi_thu)
    client = client_of(bi_thu)
    client.post(f"{LIST}{nguyen_vong.pk}/xoa/")
    assert NguyenVong.objects.exists()

    nguyen_vong.buoc.all().delete()
    client.post(f"{LIST}{nguyen_vong.pk}/xoa/")
    assert not NguyenVong.objects.exists()
