"""Accounts and roles: granted downwards, ended in time, never taken for oneself."""

from datetime import timedelta

import pytest

from core.errors import RuleError
from core.periods import today
from tests.factories import make_nguoi_dung
from tochuc import services
from tochuc.models import NguoiDung, NhatKy, PhanCong
from tochuc.permissions import Quyen, VaiTro, vai_tro_duoc_cap

PASSWORD = "trang sang ngoai hien"


def new_account(don_vi, role, **changes):
    return {
        "ho_ten": "Nguyễn Thị Mới",
        "username": "bithu.moi",
        "dien_thoai": "0912 345 678",
        "password": PASSWORD,
        "don_vi": don_vi.pk,
        "vai_tro": role,
        "tu_ngay": today().strftime("%d/%m/%Y"),
        **changes,
    }


def test_a_ward_secretary_opens_an_account_with_its_first_role(client_of, bi_thu_phuong, chi_doan):
    response = client_of(bi_thu_phuong).post(
        "/tai-khoan/cap/", new_account(chi_doan, VaiTro.BI_THU_CHI_DOAN)
    )

    account = NguoiDung.objects.get(username="bithu.moi")
    assert response.url == f"/tai-khoan/{account.pk}/"
    assert (account.ho_ten, account.dien_thoai) == ("Nguyễn Thị Mới", "0912345678")
    assert account.may(Quyen.GHI_SINH_HOAT, chi_doan)
    lines = NhatKy.objects.order_by("so").values_list("hanh_dong", "don_vi")
    assert list(lines)[-2:] == [
        ("tai_khoan.create", chi_doan.pk),
        ("phan_cong.create", chi_doan.pk),
    ]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"username": "Bí thư"}, "username", "Chỉ dùng chữ thường không dấu"),
        ({"dien_thoai": "12345"}, "dien_thoai", "gồm 10 chữ số"),
        ({"password": "ngan"}, "password", "quá ngắn"),
        ({"tu_ngay": "31/02/2026"}, "tu_ngay", ""),
        ({"den_ngay": "01/01/2020"}, "den_ngay", "từ ngày bắt đầu trở đi"),
        ({"vai_tro": VaiTro.BI_THU_PHUONG}, "vai_tro", "không giữ tại Chi đoàn Khu vực 1"),
        ({"vai_tro": VaiTro.KIEM_TRA}, "vai_tro", ""),
    ],
)
def test_a_new_account_is_refused_beside_the_field(
    client_of, bi_thu_phuong, chi_doan, changes, field, words
):
    data = new_account(chi_doan, VaiTro.BI_THU_CHI_DOAN, **changes)

    response = client_of(bi_thu_phuong).post("/tai-khoan/cap/", data)

    assert words in " ".join(response.context["form"].errors[field])
    assert not NguoiDung.objects.filter(ho_ten="Nguyễn Thị Mới").exists()


@pytest.mark.parametrize("field", ["username", "dien_thoai"])
def test_a_name_or_phone_in_use_is_refused(client_of, bi_thu_phuong, chi_doan, field):
    make_nguoi_dung(username="bithu.moi", dien_thoai="0912345678")
    data = new_account(chi_doan, VaiTro.BI_THU_CHI_DOAN)
    data |= {"username": "khac"} if field == "dien_thoai" else {"dien_thoai": ""}

    response = client_of(bi_thu_phuong).post("/tai-khoan/cap/", data)

    assert "đã có" in " ".join(response.context["form"].errors[field])


def test_the_suggested_password_passes_the_rules_and_is_new_each_time(client_of, bi_thu_phuong):
    client = client_of(bi_thu_phuong)
    suggested = {
        client.get("/tai-khoan/cap/").context["form"]["password"].value() for _ in range(3)
    }

    assert len(suggested) == 3
    services.change_password(nguoi_dung=bi_thu_phuong, password=suggested.pop(), by=bi_thu_phuong)


def test_units_of_the_neighbours_are_no_choice(client_of, bi_thu_phuong, phuong_khac):
    data = new_account(phuong_khac, VaiTro.CAN_BO_PHUONG)

    response = client_of(bi_thu_phuong).post("/tai-khoan/cap/", data)

    assert "don_vi" in response.context["form"].errors


@pytest.mark.parametrize(
    ("person", "unit", "roles"),
    [
        ("bi_thu", "chi_doan", set()),
        ("can_bo_phuong", "phuong", set()),
        (
            "bi_thu_phuong",
            "chi_doan",
            {VaiTro.BI_THU_CHI_DOAN, VaiTro.PHO_BI_THU_CHI_DOAN, VaiTro.UY_VIEN_CHI_DOAN},
        ),
        (
            "bi_thu_phuong",
            "phuong",
            {
                VaiTro.BI_THU_PHUONG,
                VaiTro.PHO_BI_THU_PHUONG,
                VaiTro.CAN_BO_PHUONG,
                VaiTro.CAP_UY,
            },
        ),
        ("bi_thu_phuong", "huyen", set()),
        ("bi_thu_phuong", "phuong_khac", set()),
        ("van_phong", "huyen", {VaiTro.VAN_PHONG_CAP_TREN, VaiTro.KIEM_TRA}),
        ("quan_tri", "huyen", {VaiTro.VAN_PHONG_CAP_TREN, VaiTro.KIEM_TRA, VaiTro.QUAN_TRI}),
    ],
)
def test_roles_are_given_at_and_below_the_own_unit(request, person, unit, roles):
    user, don_vi = request.getfixturevalue(person), request.getfixturevalue(unit)

    assert set(vai_tro_duoc_cap(user, don_vi)) == roles


def test_nobody_gives_himself_a_role(bi_thu_phuong, phuong):
    with pytest.raises(RuleError, match="không tự giao"):
        services.assign_role(
            nguoi_dung=bi_thu_phuong,
            don_vi=phuong,
            vai_tro=VaiTro.CAP_UY,
            tu_ngay=today(),
            by=bi_thu_phuong,
        )


def test_a_second_role_in_the_same_time_is_refused(client_of, bi_thu_phuong, bi_thu, chi_doan):
    response = client_of(bi_thu_phuong).post(
        f"/tai-khoan/{bi_thu.pk}/vai-tro/",
        {"don_vi": chi_doan.pk, "vai_tro": VaiTro.BI_THU_CHI_DOAN, "tu_ngay": "01/06/2026"},
    )

    assert "đã giữ vai trò đó" in " ".join(response.context["form"].errors["tu_ngay"])


def test_a_role_ends_with_its_day_and_stays_in_the_history(client_of, bi_thu_phuong, bi_thu):
    role = bi_thu.phan_cong.get()
    yesterday = today() - timedelta(days=1)

    client_of(bi_thu_phuong).post(
        f"/vai-tro/{role.pk}/ket-thuc/",
        {"den_ngay": yesterday.strftime("%d/%m/%Y"), "ly_do": "Hết nhiệm kỳ"},
    )

    role.refresh_from_db()
    assert (role.den_ngay, role.ly_do_ket_thuc) == (yesterday, "Hết nhiệm kỳ")
    page = client_of(bi_thu_phuong).get(f"/tai-khoan/{bi_thu.pk}/").content.decode()
    assert "Đã kết thúc" in page
    assert "Hết nhiệm kỳ" in page


def test_a_role_of_the_level_above_is_not_ended_from_below(bi_thu_phuong, phuong):
    checker = make_nguoi_dung(VaiTro.KIEM_TRA, phuong)

    with pytest.raises(RuleError, match="việc của cấp trên"):
        services.end_role(
            phan_cong=checker.phan_cong.get(), den_ngay=today(), ly_do="thử", by=bi_thu_phuong
        )


@pytest.mark.parametrize("action", ["mat-khau", "khoa", "mo"])
def test_an_account_that_also_serves_above_is_out_of_reach(
    client_of, bi_thu_phuong, van_phong, phuong, action
):
    PhanCong.objects.create(
        nguoi_dung=van_phong, don_vi=phuong, vai_tro=VaiTro.CAN_BO_PHUONG, tu_ngay=today()
    )

    response = client_of(bi_thu_phuong).post(
        f"/tai-khoan/{van_phong.pk}/{action}/", {"password": PASSWORD}
    )

    assert response.status_code == 403
    assert "cấp trên hoặc đơn vị khác" in response.content.decode()
    van_phong.refresh_from_db()
    assert van_phong.is_active
    assert not van_phong.check_password(PASSWORD)


def test_a_new_password_from_above_ends_the_open_sessions(client_of, client, bi_thu_phuong, bi_thu):
    there = type(client)()
    there.force_login(bi_thu)

    client_of(bi_thu_phuong).post(f"/tai-khoan/{bi_thu.pk}/mat-khau/", {"password": PASSWORD})

    bi_thu.refresh_from_db()
    assert bi_thu.check_password(PASSWORD)
    assert there.get("/don-vi/").status_code == 302


def test_an_account_is_closed_and_opened_by_post_only(client_of, bi_thu_phuong, bi_thu):
    client = client_of(bi_thu_phuong)

    assert "Khóa tài khoản của" in client.get(f"/tai-khoan/{bi_thu.pk}/khoa/").content.decode()
    bi_thu.refresh_from_db()
    assert bi_thu.is_active
    client.post(f"/tai-khoan/{bi_thu.pk}/khoa/")
    bi_thu.refresh_from_db()
    assert not bi_thu.is_active
    client.post(f"/tai-khoan/{bi_thu.pk}/mo/")
    bi_thu.refresh_from_db()
    assert bi_thu.is_active
    assert list(
        NhatKy.objects.filter(doi_tuong_id=bi_thu.pk, doi_tuong_loai="tochuc.nguoidung")
        .order_by("so")
        .values_list("hanh_dong", flat=True)
    ) == ["tai_khoan.close", "tai_khoan.open"]


def test_nobody_closes_the_own_account(client_of, bi_thu_phuong):
    response = client_of(bi_thu_phuong).post(f"/tai-khoan/{bi_thu_phuong.pk}/khoa/", follow=True)

    assert "không thể khóa tài khoản của chính mình" in response.content.decode()
    bi_thu_phuong.refresh_from_db()
    assert bi_thu_phuong.is_active


def test_the_list_finds_without_accents_and_shows_roles_of_today(
    client_of, bi_thu_phuong, chi_doan
):
    make_nguoi_dung(VaiTro.UY_VIEN_CHI_DOAN, chi_doan, ho_ten="Đặng Thị Hoà")

    page = client_of(bi_thu_phuong).get("/tai-khoan/", {"q": "dang thi hoa"})

    assert page.context["page"].paginator.count == 1
    assert "Ủy viên, người điểm danh, Chi đoàn Khu vực 1" in page.content.decode()


@pytest.mark.parametrize(
    ("state", "names"),
    [
        ("dang_dung", {"Lê Minh Duy", "Trịnh Hoài Phong"}),
        ("khong_vai_tro", {"Người Hết Hạn"}),
        ("khoa", {"Người Bị Khóa"}),
    ],
)
def test_the_list_is_filtered_by_state(client_of, bi_thu_phuong, bi_thu, chi_doan, state, names):
    make_nguoi_dung(
        VaiTro.UY_VIEN_CHI_DOAN,
        chi_doan,
        ho_ten="Người Hết Hạn",
        den_ngay=today() - timedelta(days=1),
    )
    make_nguoi_dung(VaiTro.UY_VIEN_CHI_DOAN, chi_doan, ho_ten="Người Bị Khóa", is_active=False)

    page = client_of(bi_thu_phuong).get("/tai-khoan/", {"tinh_trang": state}).context["page"]

    assert {account.ho_ten for account in page} == names


@pytest.mark.parametrize("item_count", [1, 5])
def test_the_list_takes_the_same_queries_for_any_number_of_rows(
    client_of, bi_thu_phuong, chi_doan, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        make_nguoi_dung(VaiTro.UY_VIEN_CHI_DOAN, chi_doan)
    client = client_of(bi_thu_phuong)

    # session, user, roles, count, page, roles of the rows
    with django_assert_num_queries(6):
        client.get("/tai-khoan/")
