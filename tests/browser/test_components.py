"""The shared components in a browser: keyboard, one click one record, no fault on any screen."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.urls("tests.core.gallery")

PAGES = ["/", "/viec/", "/danh-sach/", "/danh-sach/?trang=xa", "/bieu-mau/?loi=1", "/hoi/"]


@pytest.mark.parametrize("path", PAGES)
def test_page_of_components_is_without_fault(screen, axe, path):
    screen.goto(path)

    expect(screen.get_by_role("heading", level=1)).to_be_visible()
    axe(screen)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways(desk, path):
    desk.goto(path)

    for width in (320, 360, 768, 1024, 1920):
        desk.set_viewport_size({"width": width, "height": 800})
        assert desk.evaluate("document.documentElement.scrollWidth") <= width


def test_tab_leads_first_to_the_skip_link(desk):
    desk.goto("/danh-sach/")

    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    expect(desk.locator("#noi-dung")).to_be_focused()


def test_dialog_opens_closes_and_returns_the_focus(screen):
    screen.goto("/")
    opener = screen.get_by_role("link", name="Xóa bản nháp")

    opener.click()
    expect(screen.get_by_role("dialog", name="Nộp báo cáo quý III?")).to_be_visible()
    screen.keyboard.press("Escape")

    expect(screen.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_refused_form_begins_at_its_summary_and_leads_to_the_field(screen):
    screen.goto("/bieu-mau/?loi=1")

    expect(screen.locator(".error-summary")).to_be_focused()
    screen.locator(".error-summary").get_by_role("link", name="Số người dự").click()

    expect(screen.get_by_label("Số người dự")).to_be_focused()
    expect(screen.get_by_label("Số người dự")).to_be_in_viewport()


def test_second_click_sends_nothing(phone):
    phone.goto("/hoi/")
    sent = []

    def keep_page(route):
        sent.append(route.request.method)
        route.fulfill(status=204)

    phone.route("**/hoi/", keep_page)
    phone.get_by_role("button", name="Nộp báo cáo").click()
    busy = phone.get_by_role("button", name="Đang lưu")
    expect(busy).to_have_attribute("aria-busy", "true")
    busy.click()

    assert sent == ["POST"]


def test_filter_applies_when_chosen(desk):
    desk.goto("/danh-sach/?sort=-ngay_sinh")

    desk.locator("summary", has_text="Chi đoàn").click()
    desk.get_by_label("Chi đoàn").select_option("Khu vực 3")

    expect(desk.locator("summary", has_text="Chi đoàn: Khu vực 3")).to_be_visible()
    assert "sort=-ngay_sinh" in desk.url


def test_menu_closes_with_escape_and_by_a_click_beside_it(desk):
    desk.goto("/danh-sach/")
    summary = desk.locator("summary", has_text="Chi đoàn")
    field = desk.get_by_label("Chi đoàn")

    summary.click()
    desk.keyboard.press("Escape")
    expect(field).to_be_hidden()
    expect(summary).to_be_focused()

    summary.click()
    expect(field).to_be_visible()
    desk.mouse.click(1200, 700)
    expect(field).to_be_hidden()


def test_password_can_be_shown(phone):
    phone.goto("/dang-nhap/")
    field = phone.get_by_label("Mật khẩu", exact=True)
    field.fill("mat-khau-thu")

    phone.get_by_role("button", name="Hiện").click()
    expect(field).to_have_attribute("type", "text")
    phone.get_by_role("button", name="Ẩn").click()

    expect(field).to_have_attribute("type", "password")
    expect(field).to_have_value("mat-khau-thu")


def test_list_on_a_phone_is_cards_whose_whole_face_is_the_link(phone):
    phone.goto("/danh-sach/")
    card = phone.locator("tbody tr").first

    card.click(position={"x": 200, "y": 40})

    assert phone.url.endswith("#")
    assert card.bounding_box()["height"] >= 60


def test_targets_on_a_phone_are_large_enough(phone):
    phone.goto("/bieu-mau/")
    small = [
        f"{target.inner_text()} {box['width']:.0f}×{box['height']:.0f}"
        for target in phone.locator("main input:not([type=hidden]):not(.form-check-input)").all()
        + phone.locator("a.page-back, .btn, select").all()
        if target.is_visible()
        and min((box := target.bounding_box()).values()) >= 0
        and (box["height"] < 44 or box["width"] < 44)
    ]

    assert small == []


def test_phone_orders_a_list_by_a_menu(phone):
    phone.goto("/danh-sach/")

    phone.locator("summary", has_text="Xếp theo").click()
    phone.get_by_role("link", name="Ngày sinh", exact=True).click()

    expect(phone).to_have_url(re.compile(r"\?sort=ngay_sinh$"))


def test_address_of_a_filtered_list_carries_only_what_was_chosen(desk):
    desk.goto("/danh-sach/")

    desk.get_by_role("searchbox").fill("an")
    desk.keyboard.press("Enter")

    expect(desk).to_have_url(re.compile(r"\?q=an$"))
