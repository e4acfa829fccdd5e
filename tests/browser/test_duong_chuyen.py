"""A transfer through its four signatures: refused with a reason, sent again, taken in."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from core.periods import today
from doanvien.models import ChuyenSinhHoat, QuaTrinh
from tests.browser.journey import SIDEWAYS
from tests.factories import make_chi_doan, make_doan_vien, make_nguoi_dung
from tochuc.permissions import VaiTro

LY_DO = "Sổ đoàn viên chưa có nhận xét năm trước."
XUONG_MAY = "Chi đoàn Xưởng may"


@pytest.fixture
def doan_vien(chi_doan):
    return make_doan_vien(chi_doan=chi_doan, ho_ten="Huỳnh Tấn Đạt")


@pytest.fixture
def people(transactional_db, bi_thu, bi_thu_phuong, nguoi_la, phuong_khac):
    """The secretaries of both branches and of both wards, by whose turn it is."""
    branch = make_chi_doan(phuong=phuong_khac, ten="Xưởng may")
    receiver = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, branch)
    return {
        "di": bi_thu,
        "phuong_di": bi_thu_phuong,
        "phuong_den": nguoi_la,
        "den": receiver,
        "chi_doan_den": branch,
    }


@pytest.fixture
def visit(screen, sign_in, live_server, axe):
    """Open a page as one of the people; it shows no fault and does not scroll sideways."""

    def visit(user, address):
        screen.context.clear_cookies()
        sign_in(screen, user)
        screen.goto(live_server.url + address)
        screen.wait_for_load_state()
        assert screen.evaluate(SIDEWAYS) == 0
        axe(screen)
        return screen

    return visit


def test_a_transfer_is_refused_sent_again_and_taken_in(visit, people, doan_vien, chi_doan):
    ask(visit(people["di"], f"/doan-vien/{doan_vien.pk}/"))
    chuyen = ChuyenSinhHoat.objects.get()
    url = chuyen.get_absolute_url()

    step(visit(people["phuong_di"], url), "Ký giới thiệu", "Ký và lấy số")
    page = visit(people["phuong_den"], url)
    page.get_by_role("link", name="Từ chối").last.click()
    page.get_by_label("Lý do").fill(LY_DO)
    page.get_by_role("button", name="Từ chối").click()
    expect(page.get_by_text(LY_DO).first).to_be_visible()

    page = visit(people["di"], url)
    expect(page.get_by_text("Bị từ chối.")).to_be_visible()
    expect(page.get_by_text(LY_DO).first).to_be_visible()
    step(page, "Gửi lại", "Gửi lại")

    step(visit(people["phuong_di"], url), "Ký giới thiệu", "Ký và lấy số")
    page = visit(people["phuong_den"], url)
    page.locator("a:visible", has_text="Giới thiệu về chi đoàn").first.click()
    page.get_by_label("Chi đoàn tiếp nhận").select_option(label=str(people["chi_doan_den"]))
    page.get_by_role("button", name="Giới thiệu về chi đoàn").click()
    assert counts(people, chi_doan) == (1, 0)
    step(visit(people["den"], url), "Xác nhận tiếp nhận", "Xác nhận tiếp nhận")

    expect(page.get_by_text("Đã tiếp nhận").first).to_be_visible()
    assert counts(people, chi_doan) == (0, 1)
    moved = QuaTrinh.objects.chinh_thuc().filter(doan_vien=doan_vien).order_by("tu_ngay")
    assert [row.den_ngay for row in moved] == [today() - timedelta(days=1), None]
    assert members_shown(visit(people["di"], "/doan-vien/")) == 0
    assert members_shown(visit(people["den"], "/doan-vien/")) == 1


def ask(page):
    """From the member's page: to a ward that is in the list."""
    page.get_by_label("Việc khác với").click()
    page.get_by_role("link", name="Chuyển sinh hoạt", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chuyển sinh hoạt")
    page.get_by_label("Đoàn cơ sở khác có trong danh sách").check()
    page.locator("#id_phuong_den").select_option(index=1)
    page.get_by_label("Chi đoàn, nếu biết").fill(XUONG_MAY)
    page.get_by_label("Đã đóng đoàn phí hết tháng").fill(f"{today():%m/%Y}")
    page.get_by_role("button", name="Gửi Đoàn cơ sở").click()
    expect(page.get_by_text("Chờ Đoàn cơ sở đi").first).to_be_visible()


def step(page, link, button):
    page.locator("a:visible", has_text=link).first.click()
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_load_state()


def counts(people, chi_doan) -> tuple[int, int]:
    rows = QuaTrinh.objects.chinh_thuc().tai_ngay(today())
    return tuple(rows.under(unit).count() for unit in (chi_doan, people["chi_doan_den"]))


def members_shown(page) -> int:
    return page.locator("main td a[href^='/doan-vien/'], main th a[href^='/doan-vien/']").count()
