"""A branch proposes a member for the group by its vote, the ward answers, the branch reads it."""

from playwright.sync_api import expect

from core.periods import today
from tudưong.models import DeXuatVaoTo, ToTuDuong

CAC_TRANG = (
    ("/tu-duong/nguon/", "Nguồn vào tổ"),
    ("/tu-duong/cam-tinh/", "Danh sách cảm tình Đảng"),
    ("/tu-duong/lop/", "Lớp bồi dưỡng nhận thức về Đảng"),
    ("/tu-duong/lop/cho/", "Chờ lớp"),
    ("/tu-duong/lop/cu-di/", "Cử đi học"),
)


def test_proposal_goes_from_the_branch_to_the_ward_and_back(journey):
    branch = journey.sign_in("demo.chidoan")
    row = propose(journey, branch)
    decline(journey, row)
    read_answer(journey, branch, row)


def propose(journey, page) -> DeXuatVaoTo:
    journey.go(page, "/tu-duong/de-xuat/", "Đề xuất vào tổ tu dưỡng")
    page.get_by_role("link", name="Đề xuất vào tổ").click()
    journey.arrive(page, "Đề xuất vào tổ tu dưỡng")
    page.get_by_label("Đoàn viên", exact=True).select_option(index=1)
    for label, value in (("Có mặt", 14), ("Tán thành", 13), ("Không tán thành", 1)):
        page.get_by_label(label, exact=True).fill(str(value))
    page.get_by_label("Lý do đề xuất").fill("Việc khó nào cũng nhận.")
    page.get_by_role("button", name="Gửi đề xuất").click()
    row = DeXuatVaoTo.objects.latest("pk")
    journey.arrive(page, row.doan_vien.ho_ten)
    expect(page.get_by_role("main")).to_contain_text("13/16")
    return row


def decline(journey, row):
    page = journey.sign_in("demo.phuong")
    journey.go(page, "/tu-duong/de-xuat/?trang_thai=cho", "Đề xuất vào tổ tu dưỡng")
    page.get_by_role("link", name=row.doan_vien.ho_ten).first.click()
    journey.arrive(page, row.doan_vien.ho_ten)
    expect(page.get_by_role("main")).to_contain_text("đã đủ 10 đồng chí")
    page.get_by_role("link", name="Chưa nhận").click()
    journey.arrive(page, "Chưa nhận đồng chí")
    page.get_by_label("Lý do").fill("Tổ đã đủ người.")
    page.get_by_role("button", name="Chưa nhận").click()
    journey.arrive(page, row.doan_vien.ho_ten)


def read_answer(journey, page, row):
    journey.go(page, "/", "Việc tháng")
    for fold in page.locator("summary", has_text="Xem thêm").all():  # as much as is due that day
        fold.click()
    page.get_by_role("link", name="đề xuất vào tổ tu dưỡng").first.click()
    journey.arrive(page, "Đề xuất vào tổ tu dưỡng")
    page.get_by_role("link", name=row.doan_vien.ho_ten).first.click()
    expect(page.get_by_role("main")).to_contain_text("Tổ đã đủ người.")
    page.get_by_role("button", name="Đã đọc trả lời").click()
    journey.arrive(page, "Đề xuất vào tổ tu dưỡng")
    row.refresh_from_db()
    assert row.da_xem


def test_pages_around_the_group_are_in_order(journey):
    page = journey.sign_in("demo.phuong")
    to = ToTuDuong.objects.get()
    plan = to.ke_hoach.get(nam=today().year)
    for address, title in CAC_TRANG:
        journey.go(page, address, title)
    journey.go(page, f"/tu-duong/{to.pk}/quyet-dinh/", "Quyết định về tổ")
    journey.go(page, plan.get_absolute_url(), f"Kế hoạch năm {plan.nam}")
    journey.go(page, f"/tu-duong/{to.pk}/lap-ke-hoach/", "Lập kế hoạch năm")
