"""One applicant's way on a phone: the branch takes the application in and votes, the ward decides
and prints, the ceremony is held, and the new member stands in the list."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from core.periods import today
from doanvien.models import DoanVien, KetNap
from tests.browser.conftest import PHONE
from tests.browser.journey import read_pdf

TEN = "Lâm Hoài An"
KET_NAP = "/doan-vien/ket-nap/"


def day(days_ago: int) -> str:
    return f"{today() - timedelta(days=days_ago):%d/%m/%Y}"


@pytest.mark.parametrize(
    "journey",
    [pytest.param(PHONE, id="phone", marks=pytest.mark.xdist_group("demo"))],
    indirect=True,
)
def test_application_becomes_a_member(journey):
    branch = journey.sign_in("demo.chidoan")
    apply(journey, branch)
    vote(journey, branch)
    ward = journey.sign_in("demo.phuong")
    decide(journey, ward)
    hold_ceremony(journey, ward)
    find_in_list(journey, branch)


def apply(journey, page):
    journey.go(page, "/doan-vien/", "Đoàn viên")
    page.get_by_role("link", name="Kết nạp", exact=True).click()
    journey.arrive(page, "Kết nạp đoàn viên")
    page.get_by_role("link", name="Nhận đơn").first.click()
    journey.arrive(page, "Nhận đơn xin vào Đoàn")
    page.get_by_label("Họ và tên").fill(TEN)
    page.get_by_text("Nữ", exact=True).click()
    page.get_by_label("Ngày sinh").fill(f"15/06/{today().year - 18}")
    page.get_by_label("Ngày làm đơn").fill(day(30))
    page.get_by_label("Ngày học Điều lệ Đoàn").fill(day(20))
    page.get_by_label("Đoàn viên giới thiệu").select_option(index=1)
    page.get_by_role("button", name="Nhận đơn").click()
    journey.arrive(page, TEN)
    expect(page.get_by_text("Việc tiếp theo: chi đoàn biểu quyết")).to_be_visible()


def vote(journey, page):
    page.get_by_role("link", name="Ghi biểu quyết").last.click()
    journey.arrive(page, "Chi đoàn biểu quyết kết nạp")
    page.get_by_label("Ngày chi đoàn họp").fill(day(10))
    page.get_by_label("Có mặt").fill("9")
    page.get_by_label("Tán thành", exact=True).fill("8")
    page.get_by_role("button", name="Ghi biểu quyết").click()
    expect(page.get_by_text("Tổng số phiếu 8 khác số có mặt 9").first).to_be_visible()
    page.get_by_label("Không tán thành").fill("1")
    page.get_by_role("button", name="Ghi biểu quyết").click()
    journey.arrive(page, TEN)
    expect(page.get_by_text("Chờ phường chuẩn y").first).to_be_visible()


def decide(journey, page):
    journey.go(page, f"{KET_NAP}chuan-y/", "Chuẩn y kết nạp")
    for box in page.get_by_role("checkbox").all():
        box.set_checked(False)
    page.get_by_role("checkbox", name=TEN).check()
    page.get_by_role("button", name="Tiếp tục").click()
    journey.arrive(page, "Chuẩn y kết nạp 1 đồng chí?")
    page.get_by_role("button", name="Chuẩn y 1 đồng chí").click()
    journey.arrive(page, TEN)
    case = KetNap.objects.get(ho_ten=TEN)
    expect(page.get_by_text(case.so_nghi_quyet).first).to_be_visible()
    paper = read_pdf(page, f"{case.get_absolute_url()}nghi-quyet.pdf")[0]
    assert f"Số: {case.so_nghi_quyet}" in paper
    assert TEN in paper


def hold_ceremony(journey, page):
    page.get_by_role("link", name="Ghi lễ kết nạp").last.click()
    journey.arrive(page, "Lễ kết nạp")
    for box in page.get_by_role("checkbox").all():
        box.set_checked(False)
    page.get_by_role("checkbox", name=TEN).check()
    page.get_by_label("Nơi tổ chức").fill("Nhà văn hóa phường I")
    page.get_by_role("button", name="Ghi lễ kết nạp").click()
    journey.arrive(page, "Lễ kết nạp ngày")
    expect(page.get_by_role("link", name=TEN)).to_be_visible()
    assert KetNap.objects.get(ho_ten=TEN).ngay_le == today()


def find_in_list(journey, page):
    member = DoanVien.objects.get(ho_ten=TEN)
    journey.go(page, "/doan-vien/?q=lam+hoai+an", "Đoàn viên")
    page.get_by_role("link", name=TEN).click()
    journey.arrive(page, TEN)
    assert member.chi_doan.ma == "phuong-1-khu-vuc-3"
    expect(page.get_by_text(member.so_nghi_quyet).first).to_be_visible()
