"""A scoring round from the self-score on a phone to the final result, one objection upheld."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from baocao.models import DongCham, DotCham, YKien
from core.periods import today
from tests.browser.journey import SIDEWAYS
from tests.factories import make_dot_cham

Y_KIEN = "Chi đoàn còn hai buổi học tập chưa tính."


@pytest.fixture
def dong(branch, phuong):
    due = today() + timedelta(days=3)
    dot = make_dot_cham(phuong, ky=str(today().year), han_tu_cham=due, han_tham_dinh=due)
    return dot.dong.get()


def test_a_round_from_self_score_to_final(phone, desk, sign_in, axe, bi_thu, bi_thu_phuong, dong):
    round_page, line_page = dong.dot.get_absolute_url(), dong.get_absolute_url()
    sign_in(phone, bi_thu)
    sign_in(desk, bi_thu_phuong)

    score_oneself(phone, line_page, axe)
    step(desk, round_page, "Bắt đầu thẩm định")
    verify(desk, line_page, axe)
    step(desk, round_page, "Tính kết quả thử")
    step(desk, round_page, "Công bố nhận ý kiến")
    object_to_it(phone, line_page, axe)
    uphold(desk, line_page)
    DotCham.objects.update(han_y_kien=today() - timedelta(days=1))
    step(desk, round_page, "Chốt chung cuộc")

    desk.get_by_role("button", name="Kiểm tra mã băm").click()
    expect(desk.get_by_text("Mã băm khớp")).to_be_attached()
    row = DongCham.objects.get(pk=dong.pk)
    assert (row.diem, row.hang) == (58, None)
    assert YKien.objects.get().ket_qua == "chap_nhan"


def score_oneself(page, line_page, axe):
    page.goto(f"{line_page}tu-cham/")
    assert page.evaluate(SIDEWAYS) == 0
    axe(page)
    other = page.locator("#a2").get_by_label("Nhận xét")
    other.fill("Hai bài")
    for ma, points in (("a1", "30"), ("a2", "20")):
        row = page.locator(f"#{ma}")
        row.get_by_label("Điểm").fill(points)
        row.get_by_role("button", name="Lưu").tap()
        expect(page.locator(f"#{ma}").get_by_role("button", name="Lưu lại")).to_be_visible()
        expect(other).to_have_value("Hai bài")  # typed before another criterion was saved
    page.locator("#a1").get_by_role("link", name="Thêm minh chứng").tap()
    page.get_by_label("Liên kết").fill("https://vi.du/anh")
    page.get_by_role("button", name="Thêm minh chứng").tap()
    expect(page.get_by_role("link", name="https://vi.du/anh", exact=True)).to_be_visible()
    other.fill("Ba bài")
    page.get_by_role("link", name="Gửi", exact=True).tap()
    expect(page.get_by_text("1 mục chưa lưu")).to_be_visible()
    page.locator("#a2").get_by_role("button", name="Lưu lại").tap()
    page.get_by_role("link", name="Gửi", exact=True).tap()
    page.get_by_role("button", name="Gửi bản tự chấm").tap()
    expect(page.get_by_text("Đã gửi").first).to_be_visible()


def verify(page, line_page, axe):
    page.goto(f"{line_page}tham-dinh/")
    axe(page)
    page.get_by_role("button", name="Đồng ý các mục không khác").click()
    page.get_by_role("link", name="Thẩm định xong").click()
    page.get_by_role("button", name="Thẩm định xong").click()
    expect(page.get_by_text("Đã thẩm định").first).to_be_visible()


def step(page, round_page, verb):
    page.goto(round_page)
    page.get_by_role("link", name=verb).click()
    page.get_by_role("button", name=verb).click()
    expect(page).to_have_url(re.compile(rf"{round_page}$"))


def object_to_it(page, line_page, axe):
    page.goto(line_page)
    assert page.evaluate(SIDEWAYS) == 0
    axe(page)
    page.locator("#a1").get_by_role("link", name="Gửi ý kiến").tap()
    page.get_by_label("Ý kiến", exact=True).fill(Y_KIEN)
    page.get_by_role("button", name="Gửi ý kiến").tap()
    expect(page.get_by_text(Y_KIEN)).to_be_visible()


def uphold(page, line_page):
    page.goto(line_page)
    page.get_by_role("link", name="Trả lời").click()
    page.get_by_label("Chấp nhận", exact=True).check()
    page.get_by_label("Trả lời đơn vị").fill("Đã đối chiếu sổ, cộng thêm.")
    page.get_by_label("Điểm mới").fill("38")
    page.get_by_role("button", name="Trả lời").click()
    expect(page.get_by_text("Đã đối chiếu sổ").first).to_be_visible()
