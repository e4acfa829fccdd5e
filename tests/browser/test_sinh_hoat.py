"""A branch's meeting in a browser: logged on a phone by tapping, changed, seen by two people."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from chidoan.models import BuoiSinhHoat, ChuDiem, DiemDanh
from core.periods import today
from tests.factories import make_buoi, make_chuc_vu, make_doan_vien, make_nghi_quyet

NAMES = (
    "Nguyễn Hoài An",
    "Trần Gia Bảo",
    "Phạm Thị Cẩm",
    "Lê Minh Duy",
    "Võ Thị Mỹ Duyên",
    "Huỳnh Tấn Đạt",
    "Đặng Ngọc Hân",
    "Bùi Quốc Huy",
    "Trương Khánh Linh",
    "Ngô Thành Long",
    "Đỗ Thị Kim Ngân",
    "Lý Hồng Nhung",
    "Phan Nhật Quang",
    "Mai Thanh Tâm",
    "Dương Thị Thu Trang",
)
AWAY = {"Phạm Thị Cẩm": "Bình Dương", "Huỳnh Tấn Đạt": "Đồng Nai"}
LOG = reverse("chidoan:buoi_create")


@pytest.fixture
def branch(transactional_db, phuong, chi_doan):
    """Fifteen members, two away, a meeting before with one open resolution."""
    people = {name: make_doan_vien(chi_doan=chi_doan, ho_ten=name) for name in NAMES}
    for name, place in AWAY.items():
        people[name].di_xa_tu, people[name].di_xa_noi = date(2026, 1, 1), place
        people[name].save()
    for name, office in (("Lê Minh Duy", "bi_thu"), ("Đặng Ngọc Hân", "pho_bi_thu")):
        make_chuc_vu(don_vi=chi_doan, chuc_danh=office, doan_vien=people[name], ho_ten=name)
    before = make_buoi(
        chi_doan=chi_doan,
        ngay=date(2026, 1, 15),
        dia_diem="Nhà văn hóa Khu vực 1",
        thu_ky=people["Đặng Ngọc Hân"],
    )
    make_nghi_quyet(buoi=before, phu_trach=people["Mai Thanh Tâm"], noi_dung="Thu gom rác bờ kè")
    ChuDiem.objects.create(
        don_vi=phuong, nam=today().year, thang=today().month, ten="Tôn sư trọng đạo"
    )
    return chi_doan


class Taps:
    """Counts what a person does with the thumb, and the time it takes by the usual allowances:
    two seconds to find and tap something, a third of a second for each letter."""

    GIAY_MOT_CHAM, GIAY_MOT_CHU = 2, 1 / 3

    def __init__(self):
        self.count = self.letters = 0

    def __call__(self, locator, times=1):
        for _ in range(times):
            locator.tap()
            self.count += 1

    def type(self, page, text):
        page.keyboard.type(text)
        self.letters += len(text)

    @property
    def seconds(self) -> float:
        return self.count * self.GIAY_MOT_CHAM + self.letters * self.GIAY_MOT_CHU


def member(page, name):
    return page.get_by_role("button", name=name)


@pytest.mark.parametrize("width", [390, 360])
def test_usual_meeting_takes_at_most_twelve_taps_and_a_minute(
    phone, sign_in, axe, bi_thu, branch, width
):
    phone.set_viewport_size({"width": width, "height": 740})
    sign_in(phone, bi_thu)
    phone.goto(reverse("home"))
    axe(phone)
    tap = Taps()

    tap(phone.get_by_role("link", name="Ghi buổi sinh hoạt").first)
    expect(phone.locator("[data-dem=co_mat]")).to_have_text("13")
    axe(phone)
    tap(member(phone, "Bùi Quốc Huy"))
    tap(member(phone, "Lý Hồng Nhung"), times=2)
    tap(member(phone, "Ngô Thành Long"), times=3)
    tap(phone.get_by_text("Xong", exact=True))
    tap.type(phone, "4 buổi, 11 đồng chí")
    tap(phone.get_by_role("button", name="Thể thao"))
    expect(phone.locator("[data-dem=du_hop]")).to_have_text("73,3% (11/15)")
    expect(phone.locator("[data-dem=phai_co]")).to_have_text("91,7% (11/12)")
    axe(phone)
    tap(phone.get_by_role("button", name="Hoàn thành"))

    expect(phone.get_by_text(f"Đã ghi buổi sinh hoạt tháng {today().month}")).to_be_visible()
    expect(phone.get_by_role("button", name="In biên bản")).to_be_visible()
    axe(phone)
    assert tap.count <= 12
    assert tap.seconds <= 60
    buoi = BuoiSinhHoat.objects.get(ngay=today())
    assert dict(
        buoi.diem_danh.exclude(trang_thai="co_mat").values_list("doan_vien__ho_ten", "trang_thai")
    ) == {
        "Phạm Thị Cẩm": "vang_co_ly_do",
        "Huỳnh Tấn Đạt": "vang_co_ly_do",
        "Bùi Quốc Huy": "vang",
        "Lý Hồng Nhung": "vang_co_ly_do",
        "Ngô Thành Long": "muon",
    }
    assert buoi.nghi_quyet_ket_thuc.get().ket_qua == "4 buổi, 11 đồng chí"
    assert buoi.noi_dung.count("tháng") == 2
    assert "thể thao" in buoi.noi_dung


def test_row_says_its_state_and_offers_reasons(phone, sign_in, bi_thu, branch):
    sign_in(phone, bi_thu)
    phone.goto(LOG)
    row = member(phone, "Lý Hồng Nhung")

    states = []
    for _ in range(4):
        row.tap()
        states.append(row.get_attribute("aria-label"))
    row.tap()
    row.tap()
    phone.get_by_role("button", name="Học tập", exact=True).tap()

    assert states == [
        "Lý Hồng Nhung, Vắng",
        "Lý Hồng Nhung, Vắng có lý do, Chọn lý do",
        "Lý Hồng Nhung, Đến muộn",
        "Lý Hồng Nhung, Có mặt",
    ]
    expect(row).to_have_attribute("aria-label", "Lý Hồng Nhung, Vắng có lý do, Học tập")
    expect(phone.get_by_role("button", name="Học tập", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_long_press_picks_a_state_directly(phone, sign_in, bi_thu, branch):
    sign_in(phone, bi_thu)
    phone.goto(LOG)
    row = member(phone, "Lý Hồng Nhung")

    row.dispatch_event("contextmenu")
    phone.get_by_role("radio", name="Muộn").check()

    expect(row).to_have_attribute("aria-label", "Lý Hồng Nhung, Đến muộn")
    expect(phone.locator("[data-dem=muon]")).to_have_text("1")


def test_roll_follows_the_day(screen, sign_in, bi_thu, branch):
    make_doan_vien(chi_doan=branch, ho_ten="Võ Thị Mới", den_ngay=date(2026, 1, 20))
    sign_in(screen, bi_thu)
    screen.goto(LOG)
    member(screen, "Bùi Quốc Huy").click()

    screen.get_by_text("Sửa", exact=True).click()
    screen.get_by_label("Ngày họp").fill("18/01/2026")
    screen.get_by_label("Ngày họp").press("Tab")

    expect(screen.get_by_text("thêm Võ Thị Mới")).to_be_visible()
    expect(member(screen, "Bùi Quốc Huy")).to_have_attribute("aria-label", "Bùi Quốc Huy, Vắng")
    expect(screen.locator("[data-dem=ty_so]")).to_have_text("13/16")


def test_new_resolutions_are_added_one_by_one(screen, sign_in, axe, bi_thu, branch):
    sign_in(screen, bi_thu)
    screen.goto(LOG)

    for index in range(4):
        screen.get_by_role("button", name="Thêm nghị quyết").click()
        screen.keyboard.type(f"Việc {index}")
        row = screen.get_by_role("group", name="Nghị quyết mới").nth(index)
        row.get_by_label("Người phụ trách").select_option(label="Lê Minh Duy")
        row.get_by_label("Hạn").fill("31/12/2099")
    axe(screen)
    screen.get_by_role("button", name="Hoàn thành").click()

    expect(screen.get_by_role("button", name="In biên bản")).to_be_visible()
    assert BuoiSinhHoat.objects.get(ngay=today()).nghi_quyet.count() == 4


def test_page_keeps_the_draft_and_goes_on_with_it(phone, sign_in, bi_thu, branch):
    sign_in(phone, bi_thu)
    phone.goto(LOG)
    member(phone, "Bùi Quốc Huy").tap()
    phone.get_by_label("Ghi tóm tắt").fill("Đang ghi")
    saved = phone.get_by_role("status").filter(has_text="Bản nháp đã lưu lúc")
    expect(saved).to_be_visible(timeout=15_000)
    member(phone, "Mai Thanh Tâm").scroll_into_view_if_needed()
    head, counters = (phone.locator(box).bounding_box() for box in (".page-head", ".dd-dem"))
    assert counters["y"] >= head["y"] + head["height"] - 1

    phone.reload()
    expect(member(phone, "Bùi Quốc Huy")).to_have_attribute("aria-label", "Bùi Quốc Huy, Vắng")
    expect(phone.get_by_label("Ghi tóm tắt")).to_have_value("Đang ghi")
    member(phone, "Lý Hồng Nhung").tap()
    with phone.expect_response("**/sua/"):
        phone.evaluate(
            "Object.defineProperty(document, 'hidden', {value: true});"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    phone.get_by_role("button", name="Hoàn thành").tap()

    expect(phone.get_by_text("Đã ghi buổi sinh hoạt")).to_be_visible()
    buoi = BuoiSinhHoat.objects.get(ngay=today())
    assert not buoi.is_nhap
    assert buoi.diem_danh.filter(trang_thai="vang").count() == 2


def test_meeting_is_logged_without_script(new_context, sign_in, bi_thu, branch):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, bi_thu)
    page.goto(LOG)

    row = page.get_by_role("radiogroup", name="Bùi Quốc Huy")
    row.get_by_role("radio", name="Vắng").check()
    page.get_by_role("button", name="Hoàn thành").click()

    expect(page.get_by_role("button", name="In biên bản")).to_be_visible()
    assert DiemDanh.objects.get(trang_thai="vang").doan_vien.ho_ten == "Bùi Quốc Huy"


def test_two_people_change_one_meeting(screen, sign_in, axe, faults, bi_thu, branch):
    sign_in(screen, bi_thu)
    screen.goto(LOG)
    screen.get_by_role("button", name="Hoàn thành").click()
    screen.get_by_role("link", name="Sửa").click()
    other = BuoiSinhHoat.objects.get(ngay=today())
    other.chu_diem, other.version = "Của người trước", 2
    other.save()

    screen.get_by_label("Chủ điểm").fill("Của người sau")
    screen.get_by_label("Lý do sửa").fill("Ghi nhầm chủ điểm")
    screen.get_by_role("button", name="Lưu sửa đổi").click()

    expect(screen.get_by_role("cell", name="Của người trước")).to_be_visible()
    axe(screen)
    faults.remove(f"409: /sinh-hoat/{other.pk}/sua/")
    screen.get_by_role("button", name="Ghép hai bản").click()
    expect(screen.get_by_role("heading", name="Ghép hai bản")).to_be_visible()
    expect(screen.get_by_role("cell", name="Của người trước")).to_be_visible()
    expect(screen.get_by_label("Chủ điểm")).to_have_value("Của người sau")
    axe(screen)
    screen.get_by_role("button", name="Lưu sửa đổi").click()
    expect(screen.get_by_role("button", name="In biên bản")).to_be_visible()
    other.refresh_from_db()
    assert (other.chu_diem, other.version) == ("Của người sau", 3)


def test_what_is_touched_is_large_enough_on_a_narrow_phone(phone, sign_in, bi_thu, branch):
    """Inputs of 16 px, so that no phone zooms in; whatever is tapped at least 44 px high."""
    phone.set_viewport_size({"width": 360, "height": 740})
    sign_in(phone, bi_thu)
    phone.goto(LOG)
    phone.locator(".buoi-dau summary").tap()
    phone.get_by_role("button", name="Thêm nghị quyết").tap()
    phone.locator("[data-bq] summary").tap()

    small = phone.evaluate(
        """() => ["input", "select", "textarea", "button"]
          .flatMap((tag) => [...document.querySelectorAll(`main ${tag}`)])
          .filter((box) => box.offsetHeight && !["checkbox", "radio"].includes(box.type))
          .filter((box) => box.getBoundingClientRect().height < 43.5 ||
            parseFloat(getComputedStyle(box).fontSize) < 16 && box.tagName !== "BUTTON")
          .map((box) => `${box.name || box.textContent.trim()}: ${box.offsetHeight}px`)"""
    )

    assert small == []


@pytest.mark.parametrize("width", [320, 360, 768, 1024])
def test_nothing_scrolls_sideways(desk, sign_in, bi_thu, branch, width):
    sign_in(desk, bi_thu)
    buoi = BuoiSinhHoat.objects.get()
    desk.set_viewport_size({"width": width, "height": 800})

    for path in (LOG, reverse("chidoan:buoi_list"), buoi.get_absolute_url()):
        desk.goto(path)
        assert desk.evaluate("document.documentElement.scrollWidth") <= width


def test_ward_pages_are_without_fault(screen, sign_in, axe, can_bo_phuong, phuong, branch):
    make_chuc_vu(don_vi=phuong)
    buoi = BuoiSinhHoat.objects.get()
    sign_in(screen, can_bo_phuong)

    for path in (
        reverse("chidoan:list"),
        reverse("chidoan:detail", args=[branch.pk]),
        reverse("chidoan:buoi_list"),
        reverse("chidoan:diem_danh_list"),
        reverse("chidoan:nghi_quyet_list"),
        reverse("chidoan:nghi_quyet_finish", args=[buoi.nghi_quyet.get().pk]),
        reverse("chidoan:chu_diem"),
        reverse("chidoan:bch", args=[phuong.pk]),
        reverse("chidoan:chuc_vu_create", args=[branch.pk]),
        reverse("chidoan:phu_trach_assign", args=[branch.pk]),
        reverse("chidoan:mo_hinh_list"),
        reverse("chidoan:mo_hinh_create"),
    ):
        screen.goto(path)
        expect(screen.get_by_role("heading", level=1)).to_be_visible()
        axe(screen)
