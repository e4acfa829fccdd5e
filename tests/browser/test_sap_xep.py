"""Three branches become one: planned by the ward, approved above, and undone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from chidoan.models import SapXep
from core.periods import today
from doanvien.models import DoanVien
from tests.browser.journey import SIDEWAYS
from tests.factories import make_chi_doan, make_doan_vien
from tochuc.models import DonVi

XUA = today() - timedelta(days=400)


@pytest.fixture
def ba(transactional_db, phuong):
    """Three branches with two members each."""
    branches = [make_chi_doan(phuong=phuong, ten=f"Thôn {so}") for so in (1, 2, 3)]
    for branch in branches:
        for _ in range(2):
            make_doan_vien(chi_doan=branch, tu_ngay=XUA)
    return branches


@pytest.fixture
def look(axe):
    """The page shows no fault and does not scroll sideways."""

    def look(page):
        page.wait_for_load_state()
        assert page.evaluate(SIDEWAYS) == 0, page.url
        axe(page)

    return look


def test_three_branches_merge_with_a_preview_and_are_put_back(
    screen, sign_in, live_server, look, ba, bi_thu_phuong, van_phong
):
    page = screen
    sign_in(page, bi_thu_phuong)
    page.goto(live_server.url + "/sap-xep/lap/")
    plan_merge(page, look, ba)
    assert not DonVi.objects.filter(ten="Thôn Đoài").exists()  # a preview is only one
    page.get_by_role("button", name="Trình duyệt").click()
    expect(page.get_by_text("Chờ duyệt").first).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, van_phong)
    url = live_server.url + SapXep.objects.get().get_absolute_url()
    page.goto(url + "duyet/")
    approve(page, look)
    assert DoanVien.objects.filter(chi_doan__ten="Thôn Đoài").count() == 6
    page.goto(url + "hoan-tac/")
    page.get_by_label("Lý do").fill("Ghi nhầm ngày")
    page.get_by_label("Mật khẩu của đồng chí").fill("mat-khau")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_text("Đã hoàn tác").first).to_be_visible()
    assert [branch.doan_vien.count() for branch in ba] == [2, 2, 2]


def plan_merge(page, look, ba):
    """Three branches into a new one, as far as the preview."""
    look(page)
    page.get_by_role("link", name="Sáp nhập").click()
    look(page)
    for branch in ba:
        page.get_by_label(branch.ten_day_du, exact=True).check()
    page.get_by_label("Tên đơn vị mới").fill("Thôn Đoài")
    page.get_by_label("Có hiệu lực từ ngày").fill(f"{today():%d/%m/%Y}")
    page.get_by_role("button", name="Lưu và xem trước").click()
    expect(page.get_by_text("Chi đoàn Thôn Đoài chưa có bí thư.")).to_be_visible()
    look(page)


def approve(page, look):
    """The decision's number, its day and the password again."""
    look(page)
    page.get_by_label("Số quyết định").fill("12-QĐ/ĐTN")
    page.get_by_label("Ngày quyết định").fill(f"{today():%d/%m/%Y}")
    page.get_by_label("Mật khẩu của đồng chí").fill("mat-khau")
    page.get_by_role("button", name="Duyệt").click()
    expect(page.get_by_text("Đã áp dụng").first).to_be_visible()
    look(page)
