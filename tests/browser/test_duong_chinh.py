"""The main job on the demo, end to end: a ward enters its members, a branch logs its meeting, and
everybody's home page leads to what is due. What follows is in `test_duong_tu_duong.py` and
`test_duong_bao_cao.py`."""

import json
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from baocao.demo.khung import TAI_KHOAN
from baocao.demo.noi_dung import CHU_DIEM
from core.periods import today
from core.text.display import ngay
from core.text.numbers import date_long
from doanvien.models import DoanVien
from tests.browser.journey import printed_by, read_pdf
from tochuc.models import DonVi

FILE = Path(__file__).parents[1] / "data" / "danh-sach-doan-vien.xlsx"
EXPECTED = json.loads(FILE.with_suffix(".expected.json").read_text(encoding="utf-8"))
ROW = ("ho_ten", "ngay_sinh", "gioi_tinh", "cccd", "dien_thoai", "chi_doan", "chuc_vu")
VIEC = "Trồng 20 cây hoa trước nhà văn hóa"
CAN_LAM = {
    "demo.chidoan": "hôm nay",
    "demo.uyvien": "hôm nay",
    "demo.phuong": "Nộp báo cáo quý",
    "demo.canbo": "Nộp báo cáo quý",
    "demo.phuongmau": "Nộp báo cáo quý",
    "demo.huyen": "chưa nộp báo cáo quý",
    "demo.capuy": "Xem xét hồ sơ",
}
"""What the demo leaves to do on any day; the others may have nothing due."""


def test_ward_imports_its_member_list(journey):
    page = journey.sign_in("demo.phuongmau")
    journey.go(page, "/doan-vien/", "Đoàn viên")
    page.get_by_role("link", name="Nhập từ Excel").first.click()
    journey.arrive(page, "Nhập đoàn viên từ Excel")
    choose_file(page)
    journey.arrive(page, "Xem trước khi nhập")
    assert page.locator(".nhap-counts a b").all_inner_texts() == ["178", "2", "24"]
    expect(page.locator("#dong-13")).to_contain_text("Thiếu họ và tên. Điền ở ô B13.")
    assert not members_of_the_ward()

    page.get_by_role("link", name="Nhập 178").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_contain_text("178")
    journey.look(page)
    dialog.get_by_role("button", name="Nhập 178").click()

    journey.arrive(page, "Kết quả nhập")
    expect(page.get_by_text("Đã nhập 178 đồng chí vào sổ.")).to_be_visible()
    created = [row for row in EXPECTED["expected"] if row["action"] == "create"]
    assert members_of_the_ward() == sorted([row[name] for name in ROW] for row in created)
    page.get_by_role("link", name="Xem đoàn viên").click()
    journey.arrive(page, "Đoàn viên")
    expect(page.locator(".page-sub")).to_contain_text("178 đồng chí")

    journey.go(page, "/doan-vien/nhap/", "Nhập đoàn viên từ Excel")
    choose_file(page)
    journey.arrive(page, "Kết quả nhập")
    expect(page.get_by_text("Tệp này đã được nhập")).to_be_visible()
    assert len(members_of_the_ward()) == len(created)


def choose_file(page):
    page.get_by_label("Chọn tệp").set_input_files(FILE)
    page.get_by_role("button", name="Xem trước").click()


def members_of_the_ward() -> list[list[str]]:
    people = DoanVien.objects.under(DonVi.objects.get(ma="phuong-mau")).select_related("chi_doan")
    return sorted([str(getattr(person, name)) for name in ROW] for person in people)


def test_branch_logs_its_meeting_and_prints_the_minutes(journey):
    page = journey.sign_in("demo.chidoan")
    away = log_meeting(journey, page)
    journey.arrive(page, f"Sinh hoạt ngày {ngay(today())}")
    expect(page.get_by_text(f"Đã ghi buổi sinh hoạt tháng {today().month}")).to_be_visible()
    assert journey.taps <= 12

    draft = page.get_by_role("link", name="Xem trước").get_attribute("href")
    assert "Mã kiểm tra" not in " ".join(read_pdf(page, draft))
    minutes = " ".join(printed_by(page, page.get_by_role("button", name="In biên bản")))
    assert "BIÊN BẢN" in minutes
    assert "Mã kiểm tra" in minutes
    for said in (*away, VIEC, CHU_DIEM[today().month - 1], date_long(today())):
        assert said in minutes

    journey.go(page, "/sinh-hoat/", "Sinh hoạt")
    expect(page.get_by_role("link").filter(has_text=ngay(today()))).to_be_visible()

    tomorrow = today() + timedelta(days=1)
    journey.go(page, f"/sinh-hoat/ghi/?ngay={tomorrow:%d/%m/%Y}", "Sinh hoạt tháng")
    expect(page.get_by_role("region", name="Nghị quyết chưa xong")).to_contain_text(VIEC)


def log_meeting(journey, page) -> list[str]:
    """From home to done: one absent, one excused, one late, a text, a resolution; the three."""
    journey.tap(page.get_by_role("link", name="Ghi buổi sinh hoạt"))
    journey.arrive(page, f"Sinh hoạt tháng {today().month}")
    expect(page.get_by_label("Chủ điểm")).to_have_value(CHU_DIEM[today().month - 1])
    here = page.locator(".dd[data-tt=co_mat] .dd-nut b").all_inner_texts()[2:5]
    for taps, name in enumerate(here, 1):
        for _ in range(taps):
            journey.tap(page.get_by_role("button", name=name))
    journey.tap(page.get_by_role("button", name=f"Việc tháng {today().month}", exact=True))
    journey.tap(page.get_by_role("button", name="Thêm nghị quyết"))
    page.keyboard.type(VIEC)
    resolution = page.get_by_role("group", name="Nghị quyết mới")
    journey.tap(resolution.get_by_label("Người phụ trách"))
    resolution.get_by_label("Người phụ trách").select_option(here[2])
    journey.tap(resolution.get_by_label("Hạn"))
    resolution.get_by_label("Hạn").fill(f"{today() + timedelta(days=20):%d/%m/%Y}")
    journey.look(page)
    journey.tap(page.get_by_role("button", name="Hoàn thành"))
    return here


def test_home_leads_everybody_to_what_is_due(journey):
    for username, *_ in TAI_KHOAN:
        page = journey.sign_in(username)
        if username in CAN_LAM:
            duties = page.locator(".duty-card, .rows")
            expect(duties.filter(has_text=CAN_LAM[username]).first).to_be_visible()
        links = page.locator(".duty-card a, .rows a, .kpis a")
        paths = {link.get_attribute("href") for link in links.all()}
        answers = {path: page.request.get(path).status for path in paths}
        assert answers == dict.fromkeys(paths, 200), username
