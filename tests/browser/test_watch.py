"""The watch over pages sees the faults it is there for."""

import pytest
from playwright.sync_api import expect


def test_watch_sees_a_breach_of_the_content_security_policy(desk, faults):
    desk.goto("/dang-nhap/")

    desk.evaluate("document.body.setAttribute('style', 'color: red')")

    desk.wait_for_load_state("networkidle")
    assert any(fault.startswith("console: securitypolicyviolation: style-src") for fault in faults)
    faults.clear()


def test_watch_sees_a_missing_page(desk, faults):
    desk.goto("/khong-co-trang-nay/")

    assert faults.pop() == "404: /khong-co-trang-nay/"


def test_axe_sees_a_picture_without_words(desk, axe):
    desk.goto("/dang-nhap/")
    desk.evaluate("document.querySelector('main').append(new Image())")

    with pytest.raises(AssertionError, match="image-alt"):
        axe(desk)


def test_log_in_page_is_without_fault(screen, axe):
    screen.goto("/dang-nhap/")

    expect(screen.get_by_role("heading", level=1)).to_be_visible()
    axe(screen)
