"""A branch's secretary changes, on a phone: the ward's one form, both signatures, and from the
next day on the old account has lost what the new one has gained."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from chidoan.models import BanGiao
from core.periods import today
from tests.browser.conftest import PHONE
from tests.browser.journey import SIDEWAYS, read_pdf
from tests.factories import make_buoi, make_chuc_vu, make_doan_vien, make_nguoi_dung
from tochuc.models import PhanCong
from tochuc.permissions import VaiTro


@pytest.fixture
def people(transactional_db, chi_doan, bi_thu, bi_thu_phuong):
    """Who leaves with the office's account, who comes with one of the ward's, and the ward."""
    old = make_doan_vien(chi_doan=chi_doan, ho_ten="Lê Minh Duy")
    make_doan_vien(chi_doan=chi_doan, ho_ten="Đặng Ngọc Hân", dien_thoai="0922222222")
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", doan_vien=old, ho_ten=old.ho_ten)
    make_buoi(chi_doan=chi_doan, ngay=today() - timedelta(days=20), chu_tri=old)
    taker = make_nguoi_dung(VaiTro.PHO_BI_THU_CHI_DOAN, chi_doan, ho_ten="Đặng Ngọc Hân")
    return {"cu": bi_thu, "moi": taker, "phuong": bi_thu_phuong}


@pytest.fixture
def visit(open_page, sign_in, live_server, axe):
    page = open_page(PHONE)

    def visit(user, address, title):
        page.context.clear_cookies()
        sign_in(page, user)
        page.goto(live_server.url + address)
        look(page, title)
        return page

    def look(page, title):
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        page.wait_for_load_state()
        assert page.evaluate(SIDEWAYS) == 0, page.url
        axe(page)

    visit.look = look
    return visit


def test_secretary_changes_with_a_hand_over(visit, people, chi_doan, monkeypatch):
    page = visit(people["phuong"], reverse("chidoan:detail", args=[chi_doan.pk]), "Khu vực 1")
    page.get_by_role("link", name="Đổi bí thư").click()
    visit.look(page, "Đổi bí thư")
    fill(page)
    page.get_by_role("button", name="Xem trước").click()
    visit.look(page, "Xem lại trước khi đổi")
    expect(page.get_by_text(f"Tài khoản {people['cu'].username} hết quyền")).to_be_visible()
    assert not BanGiao.objects.exists()
    page.get_by_role("button", name="Đổi bí thư").click()
    visit.look(page, "Bàn giao bí thư")

    address = BanGiao.objects.get().get_absolute_url()
    sign(visit(people["cu"], address, "Bàn giao bí thư"))
    page = visit(people["moi"], address, "Bàn giao bí thư")
    expect(page.get_by_text("Xác nhận được từ ngày")).to_be_visible()
    assert "Đặng Ngọc Hân" in read_pdf(page, f"{address}bien-ban.pdf")[0]

    tomorrow = today() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *args: tomorrow)
    page = visit(people["moi"], "/", "Việc tháng")
    page.get_by_role("link", name="Những việc đầu tiên của bí thư mới").click()
    visit.look(page, "Tháng đầu của bí thư mới")
    page.get_by_role("link", name="Đọc và xác nhận bàn giao").click()
    sign(page)
    expect(page.get_by_text("Đã bàn giao").first).to_be_visible()
    assert BanGiao.objects.get().is_xong
    rights = {user: [r.vai_tro for r in fresh(user)] for user in (people["cu"], people["moi"])}
    assert rights[people["cu"]] == []
    assert VaiTro.BI_THU_CHI_DOAN in rights[people["moi"]]


def fill(page):
    page.get_by_label("Vì sao thôi giữ chức").select_option("di_xa")
    comer = page.get_by_label("Bí thư mới")
    comer.select_option(label_of(comer, "Đặng Ngọc Hân"))
    page.get_by_label("Cách giữ chức").select_option("dai_hoi")
    page.get_by_text("Kết quả bầu").click()
    for label, number in (("Có quyền bầu", "2"), ("Có mặt bầu", "2"), ("Phiếu tán thành", "2")):
        page.get_by_label(label).fill(number)
    page.get_by_text("Dùng tài khoản đã có").click()
    account = page.get_by_label("Tài khoản của đồng chí ấy")
    account.select_option(label_of(account, "Đặng Ngọc Hân"))


def label_of(select, beginning: str) -> str:
    """The value of its option that begins so."""
    return select.locator("option", has_text=beginning).first.get_attribute("value")


def sign(page):
    page.get_by_role("button", name="Tôi xác nhận").click()
    expect(page.get_by_text("Đã xác nhận bàn giao")).to_be_visible()


def fresh(user) -> list[PhanCong]:
    return list(PhanCong.objects.filter(nguoi_dung=user).tai_ngay(today()))
