"""The spine on the demo: accounts, settings, the audit log, and a person with two roles."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from core.periods import today
from core.text.display import ngay
from tochuc.models import DonVi, NguoiDung, PhanCong
from tochuc.permissions import VaiTro

PAGES = {
    "/tai-khoan/": "Tài khoản",
    "/quy-dinh/": "Quy định",
    "/quy-dinh/ky_bien_ban/moi/": "Đặt giá trị mới",
    "/nhat-ky/": "Nhật ký",
    "/nhat-ky/?tu=31/02/2026": "Nhật ký",
    "/don-vi/": "Đơn vị",
    "/them/": "Thêm",
    "/doi-mat-khau/": "Đổi mật khẩu",
}


def test_pages_of_the_spine_are_without_fault(journey):
    district = journey.sign_in("demo.huyen")

    for address, title in PAGES.items():
        journey.go(district, address, title)


def test_an_account_is_given_with_a_role_that_begins_later_and_is_ended(journey):
    ward = journey.sign_in("demo.phuong")
    journey.go(ward, "/tai-khoan/cap/", "Cấp tài khoản")
    ward.get_by_label("Họ và tên").fill("Nguyễn Văn Bình")
    ward.get_by_label("Tên đăng nhập").fill("Binh.KV1")
    ward.get_by_label("Đơn vị").select_option(str(DonVi.objects.get(ma="phuong-1-khu-vuc-1").pk))
    ward.get_by_label("Vai trò").select_option(VaiTro.BI_THU_CHI_DOAN)
    ward.get_by_label("Từ ngày").fill(ngay(today() + timedelta(days=30)))
    ward.get_by_role("button", name="Cấp tài khoản").click()

    journey.arrive(ward, "Nguyễn Văn Bình")
    expect(ward.get_by_text("Chưa bắt đầu")).to_be_visible()
    ward.get_by_role("link", name="Kết thúc vai trò").click()
    journey.arrive(ward, "Kết thúc vai trò Bí thư chi đoàn")
    ward.get_by_role("button", name="Kết thúc vai trò").click()
    journey.arrive(ward, "Kết thúc vai trò Bí thư chi đoàn")
    expect(ward.get_by_text("Ghi lý do.")).to_be_visible()


def test_a_person_with_two_roles_changes_between_them(journey):
    PhanCong.objects.create(
        nguoi_dung=NguoiDung.objects.get(username="demo.capuy"),
        don_vi=DonVi.objects.get(ma="phuong-1-khu-vuc-1"),
        vai_tro=VaiTro.BI_THU_CHI_DOAN,
        tu_ngay=today(),
    )
    person = journey.sign_in("demo.capuy")

    journey.go(person, "/them/", "Thêm")
    person.get_by_role("main").get_by_role("button", name="Bí thư chi đoàn").click()

    journey.arrive(person, "Việc tháng")
    expect(person.get_by_role("navigation").get_by_text("Sinh hoạt").first).to_be_attached()


@pytest.mark.xdist_group("demo")  # made by one worker only
def test_the_shell_is_walked_by_keyboard(desk, demo):
    desk.goto("/dang-nhap/")
    expect(desk.get_by_label("Số điện thoại hoặc tên đăng nhập")).to_be_focused()
    desk.keyboard.type("demo.phuong")
    desk.keyboard.press("Tab")
    desk.keyboard.type("doan-phuong-1")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url("/")

    desk.keyboard.press("Tab")
    expect(desk.get_by_text("Tới nội dung chính")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("#noi-dung")).to_be_focused()

    person = desk.locator(".side-person summary")
    person.focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    expect(desk.get_by_role("link", name="Đổi mật khẩu")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(person).to_be_focused()
