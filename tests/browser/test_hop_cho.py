"""The outbox beyond plain meetings: drafts, called meetings, two branches, photos, signing out."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from chidoan.models import BuoiSinhHoat
from chidoan.queries import danh_sach
from core.periods import today
from tests.browser.ngoai_tuyen import (
    KEPT,
    LOG,
    NAMES,
    OUTBOX,
    STORED,
    choose_photos,
    finish,
    in_section,
    items,
    log_meeting,
    logged,
)
from tests.factories import make_buoi, make_chi_doan, make_doan_vien
from tochuc.models import PhanCong
from tochuc.permissions import VaiTro

REPLAY = """async (rows) => {
  for (const row of rows) await NgoaiTuyen.put("hop", row);
  await NgoaiTuyen.send(true);
}"""


@pytest.fixture
def drafts(branch, bi_thu):
    """Two drafts of the secretary and a meeting called for today, each with its roll."""
    people = list(danh_sach(branch.pk, today()))

    def draft(days, **fields):
        return make_buoi(
            chi_doan=branch,
            ngay=today() - timedelta(days=days),
            trang_thai="nhap",
            ghi_boi=bi_thu,
            dia_diem="Đình",
            chu_tri=people[1],
            thu_ky=people[2],
            diem_danh=dict.fromkeys(people, "co_mat"),
            **fields,
        )

    return draft(3), draft(5), draft(0, hen_luc=timezone.now())


@pytest.fixture
def second(bi_thu, phuong):
    """Another branch with the same secretary."""
    branch = make_chi_doan(phuong=phuong, ten="Khu vực 9")
    PhanCong.objects.create(
        nguoi_dung=bi_thu, don_vi=branch, vai_tro=VaiTro.BI_THU_CHI_DOAN, tu_ngay=date(2020, 1, 1)
    )
    for name in ("Cao Thị Út", "Kiều Văn Tám"):
        make_doan_vien(chi_doan=branch, ho_ten=name)
    return branch


def visit(page, *paths):
    """Open pages with a network, so that the device keeps them."""
    for path in paths:
        page.goto(path)
        page.evaluate(KEPT, [path])


def log_late(page):
    """In the branch just chosen, a meeting of 25 days ago."""
    page.get_by_label("Ngày họp").fill(f"{today() - timedelta(days=25):%d/%m/%Y}")
    page.get_by_label("Địa điểm").fill("Nhà ông Sáu")
    page.get_by_label("Chủ trì", exact=True).select_option(label="Cao Thị Út")
    page.get_by_label("Thư ký").select_option(label="Kiều Văn Tám")
    finish(page, "Ghi muộn")


def save_as(buoi, user, chu_diem):
    """Somebody else goes on with the draft meanwhile."""
    buoi.chu_diem, buoi.version, buoi.ghi_boi = chu_diem, buoi.version + 1, user
    buoi.save()


def restart(page, path=OUTBOX):
    """Kill the tab and open another one."""
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(path)
    return page


def written():
    """What stands on the server of the meetings of these tests, by what they were about."""
    rows = BuoiSinhHoat.objects.da_hop().filter(dia_diem__in=["Đình", "Nhà ông Sáu"])
    return {row.chu_diem: (row.chi_doan_id, row.ghi_muon, row.version) for row in rows}


def test_drafts_called_meetings_and_two_branches_go_each_its_own_way(
    handset, can_bo_phuong, branch, second, drafts
):
    """Late, in any order, after a restart, ten times over: each is written once, nobody's words are
    written over, and what was refused says why until its writer has looked."""
    updates = [reverse("chidoan:buoi_update", args=[row.pk]) for row in drafts]
    visit(handset, *updates, LOG)
    handset.evaluate(KEPT, [f"{LOG}?chi_doan={row.pk}" for row in (branch, second)])
    handset.context.set_offline(True)
    for path, words in zip(updates, ("Nháp", "Sửa trên máy", "Đã hẹn"), strict=True):
        handset.goto(path)
        finish(handset, words)
    handset.goto(LOG)
    handset.get_by_role("link", name="Khu vực 9").tap()
    log_late(handset)
    save_as(drafts[1], can_bo_phuong, "Phường ghi")
    page = restart(handset)
    expect(in_section(page, "Đang chờ").get_by_text("Chờ gửi")).to_have_count(4)
    expect(in_section(page, "Đang chờ").get_by_text("Chi đoàn Khu vực 9")).to_be_visible()
    kept = items(page)
    page.context.set_offline(False)

    expect(in_section(page, "Đã gửi").get_by_text("Máy chủ nhận lúc")).to_have_count(3)
    page.evaluate(REPLAY, kept)
    for _ in range(9):
        page.evaluate(REPLAY, [row for row in kept if row["duong"] == updates[0]])
    assert written() == {
        "Nháp": (branch.pk, False, 2),
        "Đã hẹn": (branch.pk, False, 2),
        "Ghi muộn": (second.pk, True, 1),
    }
    drafts[1].refresh_from_db()
    assert (drafts[1].chu_diem, drafts[1].is_nhap) == ("Phường ghi", True)
    page = restart(page)
    card = in_section(page, "Cần đồng chí xem")
    expect(card).to_contain_text(f"Đồng chí {can_bo_phuong.ho_ten} đã lưu buổi này")
    card.get_by_role("button", name="So hai bản").tap()
    expect(page.get_by_role("cell", name="Sửa trên máy")).to_be_visible()


@pytest.fixture
def two_photos(settings):
    """A meeting may have two photos."""
    settings.PHOTOS_PER_EVENT = 2
    return settings


REMEMBER_PHOTOS = """async () => {
  window.before = {anh: await NgoaiTuyen.all("anh"), tep: await NgoaiTuyen.all("tep")};
  return before.tep.length;
}"""
REPLAY_PHOTOS = """async () => {
  for (const row of before.tep) await NgoaiTuyen.put("tep", row);
  for (const row of before.anh) await NgoaiTuyen.put("anh", row);
  await NgoaiTuyen.send(true);
}"""


@pytest.fixture
def meeting_with_photos(two_photos, handset, axe):
    """The outbox of a phone on which a meeting and its two photos wait."""
    handset.context.set_offline(True)
    handset.goto(LOG)
    choose_photos(handset, 3)
    expect(handset.get_by_role("alert")).to_contain_text("Mỗi buổi giữ nhiều nhất 2 ảnh")
    expect(handset.get_by_text("2 ảnh giữ trên máy này")).to_be_visible()
    handset.reload()
    expect(handset.get_by_role("img", name="Ảnh: Chờ gửi")).to_have_count(2)
    finish(handset, "Có ảnh")
    expect(in_section(handset, "Đang chờ")).to_contain_text("(2 ảnh)")
    expect(in_section(handset, "Đang chờ")).to_contain_text("gửi sau biên bản")
    axe(handset)
    return restart(handset)


def test_photos_wait_for_their_meeting(meeting_with_photos, two_photos, axe):
    page = meeting_with_photos
    assert page.evaluate(REMEMBER_PHOTOS) == 2
    two_photos.PHOTOS_PER_EVENT = 1
    page.context.set_offline(False)

    sent = in_section(page, "Đã gửi")
    expect(sent.get_by_text("Máy chủ nhận lúc")).to_have_count(2)
    expect(sent).to_contain_text("(1 ảnh)")
    photos = logged().get().anh
    assert photos.count() == 1
    for _ in range(3):
        page.evaluate(REPLAY_PHOTOS)
    assert photos.count() == 1
    page.reload()
    card = in_section(page, "Cần đồng chí xem")
    expect(card).to_contain_text("này đã đủ 1 ảnh")
    axe(page)
    card.get_by_role("button", name="Bỏ mục này").tap()
    page.get_by_role("dialog").get_by_role("button", name="Bỏ mục này").tap()
    expect(card).to_be_hidden()
    assert page.evaluate(REMEMBER_PHOTOS) == 0


def test_signing_out_without_a_network_shows_nothing_more_and_loses_nothing(handset, bi_thu):
    context = handset.context
    context.set_offline(True)
    log_meeting(handset, days_ago=0, chu_diem="Buổi chưa gửi")
    expect(in_section(handset, "Đang chờ")).to_contain_text("Chờ gửi")
    assert NAMES[1] in handset.evaluate(STORED)

    handset.get_by_role("button", name="Đăng xuất khỏi máy này").tap()
    asked = handset.get_by_role("dialog", name="Đăng xuất khỏi máy này?")
    expect(asked).to_contain_text("1 buổi chưa gửi vẫn nằm trên máy này")
    asked.get_by_role("button", name="Đăng xuất").tap()
    heading = handset.get_by_role("heading", name="Đã xóa phần giữ trên máy này")
    expect(heading).to_be_visible()
    handset.goto(LOG)
    expect(heading).to_be_visible()
    left = handset.evaluate(STORED)
    assert NAMES[1] not in left
    assert "Buổi chưa gửi" in left
    context.set_offline(False)

    handset.goto(LOG)
    expect(handset.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert not logged().exists()
    handset.get_by_label("Tên đăng nhập").fill(bi_thu.username)
    handset.get_by_label("Mật khẩu", exact=True).fill("mat-khau")
    handset.get_by_role("button", name="Đăng nhập").tap()
    expect(handset.get_by_role("heading", name="Sinh hoạt tháng")).to_be_visible()
    handset.goto(OUTBOX)
    expect(in_section(handset, "Đã gửi")).to_contain_text("Máy chủ nhận lúc")
    assert logged().get().chu_diem == "Buổi chưa gửi"


def test_pages_go_after_two_weeks_but_not_what_is_unsent(handset):
    context = handset.context
    context.set_offline(True)
    handset.goto(LOG)
    choose_photos(handset, 1)
    expect(handset.get_by_text("1 ảnh giữ trên máy này")).to_be_visible()
    finish(handset, "Tôn sư trọng đạo")
    in_section(handset, "Đang chờ").get_by_role("button", name="Bỏ ảnh sinh hoạt").tap()
    handset.get_by_role("dialog").get_by_role("button", name="Bỏ mục này").tap()
    expect(in_section(handset, "Đang chờ")).not_to_contain_text("ảnh")
    handset.evaluate(
        """async () => {
          const [name] = (await caches.keys()).filter((one) => one.startsWith("trang-"));
          const cache = await caches.open(name);
          for (const key of await cache.keys()) {
            const old = await cache.match(key, {ignoreVary: true});
            const headers = new Headers(old.headers);
            headers.set("X-Giu-Luc", String(Date.now() - 14 * 24 * 3600 * 1000));
            await cache.put(key, new Response(await old.text(), {headers}));
          }
        }"""
    )
    handset.goto(LOG)
    expect(handset.get_by_role("heading", name="Đang mất mạng")).to_be_visible()
    handset.goto(reverse("home"))
    left = handset.evaluate(STORED)
    assert NAMES[1] not in left
    assert "Tôn sư trọng đạo" in left
    context.set_offline(False)

    handset.goto(reverse("home"))
    expect(handset.get_by_text("Đã gửi 1 buổi")).to_be_visible()
    assert logged().count() == 1


def test_chromium_would_install_it(handset):
    """Its own list of what is missing; that of a real phone is this one."""
    devtools = handset.context.new_cdp_session(handset)

    found = devtools.send("Page.getAppManifest")
    missing = devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert found["errors"] == []
    assert found["manifest"]["display"] == "kStandalone"
    assert [one["errorId"] for one in missing] in ([], ["in-incognito"])
    handset.goto(reverse("home"))
    handset.get_by_role("link", name="Hộp chờ gửi").tap()
    expect(handset.get_by_text("Không có gì chờ gửi")).to_be_visible()
