"""Photos on a phone: shrunk before they go, sent again after a gap; the sheet above the roll."""

import re
from io import BytesIO

from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from chidoan.models import Anh
from tests.factories import make_anh, make_buoi, make_doan_vien


def camera(name="IMG_1.jpg"):
    """What a phone takes: 12 million points, held upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    content = BytesIO()
    picture = Image.effect_noise((2000, 1500), 20).resize((4000, 3000)).convert("RGB")
    picture.save(content, "JPEG", quality=90, exif=exif)
    return {"name": name, "mimeType": "image/jpeg", "buffer": content.getvalue()}


def small():
    content = BytesIO()
    Image.new("RGB", (800, 600), "green").save(content, "JPEG")
    return {"name": "xanh.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def url(name, target):
    return reverse(f"chidoan:{name}", args=[target.pk])


def loaded(image) -> bool:
    return image.evaluate(
        "async (image) => { await image.decode(); return image.naturalWidth > 1; }"
    )


def test_large_photos_go_small(
    phone, sign_in, live_server, transactional_db, chi_doan, bi_thu, axe
):
    buoi = make_buoi(chi_doan=chi_doan)
    sign_in(phone, bi_thu)
    phone.goto(live_server.url + url("buoi_detail", buoi))
    phone.get_by_role("link", name="Thêm ảnh").tap()
    expect(phone.get_by_role("heading", name="Ảnh", level=1)).to_be_visible()
    axe(phone)
    assert phone.get_by_text("Chọn ảnh", exact=True).bounding_box()["height"] >= 44
    large = [camera(), camera("IMG_2.jpg")]
    assert min(len(file["buffer"]) for file in large) > 1_000_000
    sent = []
    phone.on("request", lambda request: request.method == "POST" and sent.append(request))

    phone.get_by_label("Chọn ảnh").set_input_files(large)
    expect(phone.get_by_text("Đã gửi 2 ảnh.")).to_be_visible()

    sizes = [int(request.all_headers()["content-length"]) for request in sent]
    assert len(sizes) == 2
    assert max(sizes) < 420_000
    images = phone.locator("[data-anh-luoi] img")
    expect(images).to_have_count(2)
    assert all(loaded(image) for image in images.all())
    assert {(row.rong, row.cao) for row in Anh.objects.all()} == {(1200, 1600)}


def test_a_slow_line_shows_how_much_has_gone(
    phone, sign_in, live_server, transactional_db, chi_doan, bi_thu
):
    sign_in(phone, bi_thu)
    phone.goto(live_server.url + url("anh_buoi", make_buoi(chi_doan=chi_doan)))
    line = phone.context.new_cdp_session(phone)
    speed = {"offline": False, "latency": 100, "downloadThroughput": -1}
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {**speed, "uploadThroughput": 40_000})

    phone.get_by_label("Chọn ảnh").set_input_files([camera()])

    expect(phone.get_by_text("Đang gửi 1/1")).to_be_visible()
    bar = phone.get_by_role("progressbar")
    expect(bar).to_have_attribute("value", re.compile(r"^0\.[1-9]"))
    line.send("Network.emulateNetworkConditions", {**speed, "uploadThroughput": -1})
    expect(phone.get_by_text("Đã gửi 1 ảnh.")).to_be_visible()
    expect(bar).to_have_count(0)


def test_a_photo_waits_for_the_network_and_a_bad_one_is_told_off(
    phone, sign_in, live_server, transactional_db, chi_doan, bi_thu, faults
):
    sign_in(phone, bi_thu)
    phone.goto(live_server.url + url("anh_buoi", make_buoi(chi_doan=chi_doan)))

    phone.context.set_offline(True)
    phone.get_by_label("Chọn ảnh").set_input_files([small()])
    said = phone.locator(".anh-bao")
    expect(said).to_contain_text("1 ảnh giữ trên máy này, có mạng thì tự gửi")
    phone.context.set_offline(False)
    expect(said).to_have_text("Đã gửi 1 ảnh.")
    expect(phone.get_by_role("img", name="Ảnh: Đã gửi")).to_be_visible()
    assert Anh.objects.count() == 1
    assert all("ERR_INTERNET_DISCONNECTED" in fault for fault in faults)
    faults.clear()

    phone.get_by_label("Chọn ảnh").set_input_files(
        [{"name": "ảnh.jpg", "mimeType": "image/jpeg", "buffer": b"<svg/>"}]
    )
    expect(phone.get_by_role("alert")).to_have_text(re.compile("^ảnh.jpg: Tệp này không phải ảnh"))
    assert [fault[:3] for fault in faults] == ["400"]
    faults.clear()


def test_one_photo_leads_on_by_keys_and_is_thrown_away(
    desk, sign_in, live_server, transactional_db, chi_doan, bi_thu, axe
):
    buoi = make_buoi(chi_doan=chi_doan)
    content = small()["buffer"]
    first, last = (
        make_anh(buoi, chu_thich=words, rong=800, cao=600, tep=content, tep_nho=content)
        for words in ("Ra quân", "Tổng kết")
    )
    sign_in(desk, bi_thu)
    desk.goto(live_server.url + url("anh_xem", first))
    axe(desk)

    desk.keyboard.press("ArrowRight")
    expect(desk.get_by_role("img", name="Tổng kết")).to_be_visible()
    desk.keyboard.press("ArrowLeft")
    expect(desk.get_by_role("img", name="Ra quân")).to_be_visible()
    desk.get_by_role("link", name="Xóa ảnh").click()
    desk.get_by_role("button", name="Xóa ảnh").click()

    expect(desk.get_by_text("Đã xóa ảnh.")).to_be_visible()
    assert Anh.objects.get() == last


def test_the_form_takes_photos_and_shows_the_sheet_above_the_roll(
    phone, sign_in, live_server, transactional_db, chi_doan, bi_thu, axe
):
    make_doan_vien(chi_doan=chi_doan, ho_ten="Trần Gia Bảo")
    draft = make_buoi(chi_doan=chi_doan, trang_thai="nhap", ngay="2026-09-15")
    content = small()["buffer"]
    make_anh(draft, loai="phieu_giay", tep=content, tep_nho=content)
    sign_in(phone, bi_thu)
    phone.goto(live_server.url + url("buoi_update", draft))

    phone.get_by_role("link", name="Xem phiếu giấy").tap()
    sheet = phone.locator(".phieu-xem img")
    expect(sheet).to_be_visible()
    assert loaded(sheet)
    axe(phone)
    phone.get_by_role("button", name=re.compile("^Trần Gia Bảo")).tap()
    phone.get_by_role("button", name="Đóng").tap()
    expect(sheet).to_have_count(0)

    with phone.expect_file_chooser() as chooser:
        phone.get_by_role("link", name="Ảnh", exact=True).tap()
    chooser.value.set_files([small()])
    expect(phone.get_by_text("Đã gửi 1 ảnh.")).to_be_visible()
    assert draft.anh.filter(loai="anh").count() == 1
