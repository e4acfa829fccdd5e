"""A phone without a network: what is done on it, and what is found on it."""

from datetime import timedelta
from io import BytesIO

from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from chidoan.models import BuoiSinhHoat
from core.periods import today

LOG = reverse("chidoan:buoi_create")
OUTBOX = reverse("chidoan:hop_cho_gui")
NAMES = ("Nguyễn Hoài An", "Trần Gia Bảo", "Lê Minh Duy", "Đặng Ngọc Hân")
KEPT = """async (paths) => {
  const kept = async () => (await Promise.all(paths.map(
    (path) => caches.match(path, {ignoreVary: true})))).every(Boolean);
  while (!await kept()) await new Promise((done) => setTimeout(done, 50));
}"""
STORED = """async () => {
  const found = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const key of await cache.keys()) {
      if (!key.url.includes("/static/")) found.push(await (await cache.match(key)).text());
    }
  }
  for (const {name} of await indexedDB.databases()) {
    const done = (ask) => new Promise((told) => { ask.onsuccess = () => told(ask.result); });
    const base = await done(indexedDB.open(name));
    for (const store of base.objectStoreNames) {
      found.push(JSON.stringify(await done(base.transaction(store).objectStore(store).getAll())));
    }
    base.close();
  }
  return found.join(" ");
}"""


def log_meeting(page, *, days_ago, chu_diem="Tôn sư trọng đạo", absent=""):
    """Log a meeting on the phone; the page is opened anew."""
    page.goto(LOG)
    page.get_by_label("Chủ điểm").fill(chu_diem)
    if days_ago:
        page.get_by_text("Sửa", exact=True).click()
        page.get_by_label("Ngày họp").fill(f"{today() - timedelta(days=days_ago):%d/%m/%Y}")
    if absent:
        member(page, absent).tap()
    page.get_by_role("button", name="Hoàn thành").tap()


def member(page, name):
    return page.locator(".dd-nut").filter(has_text=name)


def items(page):
    return page.evaluate("NgoaiTuyen.all('hop')")


def logged():
    """Finished meetings of these days."""
    return BuoiSinhHoat.objects.da_hop().filter(ngay__gt=today() - timedelta(days=30))


def in_section(page, name):
    return page.get_by_role("region", name=name)


def finish(page, chu_diem):
    """Say what the meeting was about and finish it, wherever it goes from there."""
    page.get_by_label("Chủ điểm").fill(chu_diem)
    page.get_by_role("button", name="Hoàn thành").tap()
    expect(page.get_by_role("heading", name="Hộp chờ gửi")).to_be_visible()


def picture():
    content = BytesIO()
    Image.new("RGB", (300, 200), "green").save(content, "JPEG")
    return {"name": "anh.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def choose_photos(page, number):
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Ảnh", exact=True).tap()
    chooser.value.set_files([picture() for _ in range(number)])
