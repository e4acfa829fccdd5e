"""The main job on the demo, the end of it: a ward's quarterly report goes up, comes back and is
accepted; offices above read the ranking down to its evidence."""

import re

import pytest
from playwright.sync_api import expect

from baocao.models import BaoCao
from core.periods import KyBaoCao, today
from tests.browser.conftest import DESK, PHONE
from tests.browser.journey import Journey, read_pdf

VIET = {
    "Tình hình thanh niên": "Thanh niên trên địa bàn yên tâm làm ăn.",
    "Phương hướng": "Tập trung giúp bốn chi đoàn còn khó khăn.",
}
LY_DO = "Phần phương hướng chưa nêu chi đoàn nào được giúp."
O_HOI, HOI = "2.1 Tổng số đoàn viên", "Số này đã trừ đoàn viên chuyển đi chưa?"
DAP = "Đã đối chiếu với sổ, số đúng."
SUA = "Tập trung giúp chi đoàn Khu vực 4, 5, 8 và 10."


# ---- the report ----------------------------------------------------------------------------


@pytest.mark.xdist_group("demo")  # made by one worker only
def test_report_is_submitted_returned_and_accepted(demo, open_page, axe):
    """The ward holds a phone, the district sits at a desk; a branch's report, which takes the same
    pages, is looked at on both."""
    journey = Journey(open_page, PHONE, axe)
    ky = KyBaoCao.quarter_due(today())
    report = BaoCao.objects.get(don_vi__ma="phuong-1", ky=ky.code)
    ward = journey.sign_in("demo.phuong")
    district = Journey(open_page, DESK, axe).sign_in("demo.huyen")

    open_report(journey, ward, report)
    open_a_figure(journey, ward, report)
    for title, text in VIET.items():
        write_section(journey, ward, report, title, text)
    submit(journey, ward, report, "Nộp báo cáo")

    comment(journey, district, report, O_HOI, HOI)
    return_report(journey, district, report)
    journey.go(ward, report.get_absolute_url(), "Báo cáo")
    expect(ward.get_by_text(LY_DO).first).to_be_visible()
    answer(journey, ward)
    write_section(journey, ward, report, "Phương hướng", SUA)
    submit(journey, ward, report, "Nộp lại")

    journey.go(district, report.get_absolute_url(), "Báo cáo")
    expect(district.locator("#doan_vien").get_by_text(DAP)).to_be_visible()
    accept(journey, district, report)
    journey.go(ward, report.get_absolute_url(), "Báo cáo")
    paper = " ".join(read_pdf(ward, f"{report.get_absolute_url()}bao-cao.pdf"))
    assert SUA in paper
    assert VIET["Tình hình thanh niên"] in paper


def open_report(journey, page, report):
    journey.go(page, "/bao-cao/", "Báo cáo")
    page.locator(f"main a[href='{report.get_absolute_url()}']").click()
    journey.arrive(page, f"Báo cáo {report.ky_bao_cao.ten}")


def open_a_figure(journey, page, report):
    """The figure says as many as there are rows behind it."""
    journey.go(page, f"{report.get_absolute_url()}?xem=tat-ca", "Báo cáo")
    figure = page.locator("#doan_vien").get_by_role("link", name=re.compile(r"^\d+$"))
    count = figure.inner_text()
    figure.click()
    journey.arrive(page, "Tổng số đoàn viên")
    expect(page.get_by_role("navigation", name="Trang")).to_contain_text(f"trong {count}")
    journey.go(page, report.get_absolute_url(), "Báo cáo")


def write_section(journey, page, report, title, text):
    """From the report to its sections, into one of them, and back to the report."""
    page.get_by_role("link", name="Xem, sửa phần lời").click()
    journey.arrive(page, "Phần lời")
    page.get_by_role("link", name=re.compile(rf"(Viết|Sửa): .*{title}")).click()
    journey.arrive(page, title)
    page.get_by_role("textbox").fill(text)
    page.get_by_role("button", name="Lưu mục này").click()
    journey.arrive(page, "Phần lời")
    journey.go(page, report.get_absolute_url(), "Báo cáo")
    expect(page.get_by_text(text)).to_be_visible()


def submit(journey, page, report, verb):
    """What was done is told by a toast, which may have gone by the time the page is read."""
    page.get_by_role("link", name=verb).first.click()
    journey.arrive(page, f"Nộp báo cáo {report.ky_bao_cao.ten}?")
    reason = page.get_by_label("Lý do")
    if reason.count():
        reason.fill("Không phát sinh")
    page.get_by_role("button", name="Nộp báo cáo").click()
    journey.arrive(page, "Báo cáo")
    expect(page.get_by_text(f"Đã nộp báo cáo {report.ky_bao_cao.ten}")).to_be_attached()


def return_report(journey, page, report):
    journey.go(page, report.get_absolute_url(), "Báo cáo")
    expect(page.get_by_text(VIET["Phương hướng"])).to_be_visible()
    page.get_by_role("link", name="Trả lại").click()
    journey.arrive(page, "Trả lại báo cáo")
    page.get_by_role("textbox").fill(LY_DO)
    page.get_by_role("button", name="Trả lại").click()
    journey.arrive(page, "Báo cáo")
    expect(page.get_by_text("Đã trả lại báo cáo của Đoàn phường I")).to_be_attached()


def answer(journey, page):
    """The figure is right: the comment is answered, the figure stays."""
    cell = page.locator("#can-sua")
    expect(cell.get_by_text(HOI)).to_be_visible()
    cell.get_by_text("Không sửa, trả lời").click()
    cell.get_by_label(f"Trả lời góp ý: {O_HOI}").fill(DAP)
    cell.get_by_role("button", name="Gửi trả lời").click()
    expect(page.get_by_text("Đã trả lời góp ý")).to_be_attached()
    expect(page.locator("#can-sua")).to_have_count(0)


def accept(journey, page, report):
    open_report(journey, page, report)
    page.get_by_role("link", name="Chấp nhận").click()
    journey.arrive(page, "Chấp nhận báo cáo")
    page.get_by_role("button", name="Chấp nhận").click()
    journey.arrive(page, "Báo cáo")
    expect(page.get_by_text("Đã chấp nhận báo cáo của Đoàn phường I")).to_be_attached()


GOP_Y, CHI_TIEU = "Sổ ghi một đồng chí kết nạp trong quý.", "Kết nạp mới"


def test_a_branch_hands_in_mends_a_cell_that_the_ward_commented_on_and_is_accepted(journey):
    """Nothing is typed before the ward asks for it."""
    branch, ward = journey.sign_in("demo.chidoan"), journey.sign_in("demo.phuong")
    ky = KyBaoCao.quarter_of(today())

    journey.go(branch, "/bao-cao/", "Báo cáo")
    row = branch.get_by_role("row").filter(has_text=re.compile(ky.ten, re.IGNORECASE))
    row.get_by_role("button", name="Mở báo cáo").click()
    journey.arrive(branch, f"Báo cáo {ky.ten}")
    report = BaoCao.objects.get(don_vi__ma="phuong-1-khu-vuc-3", ky=ky.code)
    open_a_figure(journey, branch, report)
    write_section(journey, branch, report, "Phương hướng", SUA)
    submit(journey, branch, report, "Nộp báo cáo")

    comment_and_return(journey, ward, report)
    journey.go(branch, report.get_absolute_url(), "Báo cáo")
    expect(branch.locator("#can-sua").get_by_text(GOP_Y)).to_be_visible()
    branch.get_by_role("link", name=f"Sửa ô này: 2.5 {CHI_TIEU}").click()
    journey.arrive(branch, CHI_TIEU)
    expect(branch.get_by_text(GOP_Y)).to_be_visible()
    branch.get_by_label("Số báo cáo").fill("7")
    branch.get_by_label("Lý do").fill("Chưa nhập quyết định kết nạp")
    branch.get_by_role("button", name="Lưu chỉ tiêu").click()
    submit(journey, branch, report, "Nộp lại")

    journey.go(ward, f"{report.get_absolute_url()}lan-nop/", "So các lần nộp")
    expect(ward.get_by_role("row").filter(has_text=CHI_TIEU)).to_contain_text("7")
    journey.go(ward, report.get_absolute_url(), "Báo cáo")
    ward.get_by_role("link", name="Chấp nhận").click()
    ward.get_by_role("button", name="Chấp nhận").click()
    expect(ward.get_by_text("Đã chấp nhận báo cáo của Chi đoàn Khu vực 3")).to_be_attached()


def comment_and_return(journey, page, report):
    comment(journey, page, report, f"2.5 {CHI_TIEU}", GOP_Y)
    page.get_by_role("link", name="Trả lại").click()
    journey.arrive(page, "Trả lại báo cáo")
    page.get_by_role("button", name="Trả lại").click()
    expect(page.get_by_text("Đã trả lại báo cáo của Chi đoàn Khu vực 3")).to_be_attached()


def comment(journey, page, report, cell, text):
    journey.go(page, f"{report.get_absolute_url()}?xem=tat-ca", "Báo cáo")
    page.get_by_role("link", name=f"Góp ý: {cell}").click()
    journey.arrive(page, "Góp ý")
    page.get_by_role("textbox").fill(text)
    page.get_by_role("button", name="Ghi góp ý").click()
    journey.arrive(page, "Báo cáo")


# ---- the ranking ---------------------------------------------------------------------------


def test_ranking_opens_to_the_evidence_of_each_criterion(journey):
    page = journey.sign_in("demo.huyen")
    journey.go(page, f"/xep-hang/?ky={today().year - 1}", "Xếp hạng chi đoàn")
    overall = ranks(page)
    assert overall == sorted(overall)
    assert overall[0] == 1

    page.get_by_role("link", name="Khu vực 3", exact=True).first.click()
    journey.arrive(page, "Xếp hạng chi đoàn")
    opened = page.locator(".xh-chi-tiet")
    expect(opened.get_by_role("heading", level=2)).to_contain_text("tiêu chí ở mức cao nhất")
    meetings = opened.get_by_role("row").filter(has_text="Sinh hoạt chi đoàn định kỳ")
    numerator, denominator = meetings.locator("td.num").all_inner_texts()[:2]
    assert 0 < int(numerator) <= int(denominator)
    evidence = {link.get_attribute("href") for link in opened.locator(".xh-link").all()}
    assert len(evidence) >= 3
    assert {path: page.request.get(path).status for path in evidence} == dict.fromkeys(
        evidence, 200
    )


def ranks(page) -> list[int]:
    texts = page.locator(".xh-hang b").all_inner_texts()
    return [int(text) for text in texts if text != "–"]


def test_ranking_within_a_cluster(journey):
    page = journey.sign_in("demo.huyen")
    journey.go(page, "/xep-hang/", "Xếp hạng chi đoàn")

    expect(page.locator("summary", has_text="Cụm")).to_have_count(0)  # each ward has its own
    page.locator("summary", has_text="Xã, phường").click()
    page.get_by_label("Xã, phường").select_option("Phường I")
    page.locator("summary", has_text="Cụm").click()
    page.get_by_label("Cụm").select_option("Cụm 2")

    expect(page.locator("summary", has_text="Cụm: Cụm 2")).to_be_visible()
    journey.look(page)
    rows = page.locator("tr[id^=r]")
    assert set(rows.locator("td:nth-child(2) small").all_text_contents()) == {"Cụm 2"}
    first = rows.first.locator("td:nth-child(2)").text_content()
    assert first.strip().startswith("1")


def test_district_of_2020_shows_the_figures_of_its_article(journey):
    page = journey.sign_in("demo.nghiahanh")
    home = page.locator(".kpis").inner_text()
    assert "2.982" in home
    assert "74" in home

    journey.go(page, "/xep-hang/?ky=2020", "Xếp hạng chi đoàn năm 2020")
    strong, fair = (cell.inner_text() for cell in page.locator(".kpi-figure").all())
    assert strong.split() == ["43", "/", "74"]
    assert fair.split() == ["31", "/", "74"]
    page.locator(".kpi").first.click()
    journey.arrive(page, "Xếp hạng chi đoàn năm 2020")
    expect(page.get_by_text("43 chi đoàn khớp bộ lọc")).to_be_visible()


def test_from_a_districts_tile_and_from_its_chart_it_is_three_steps_to_a_meeting(journey):
    page = journey.sign_in("demo.nghiahanh")
    page.locator("#ban-o .tq-o a").first.click()
    journey.arrive(page, "Bảng tổng hợp")
    page.locator(".tq-heat td a:visible").first.click()
    journey.arrive(page, "Sinh hoạt")
    page.locator("tbody th a").first.click()
    journey.arrive(page, "inh hoạt")
    assert re.search(r"/sinh-hoat/\d+/$", page.url)

    journey.go(page, "/", "Tổng quan")
    page.locator("#du-hop svg a").last.click()
    journey.arrive(page, "Tỷ lệ đoàn viên dự sinh hoạt")
    if not journey.is_phone:  # a card on a phone has one link, to the person
        page.locator("tbody td a").first.click()
        journey.arrive(page, "inh hoạt")
        assert re.search(r"/sinh-hoat/\d+/$", page.url)
