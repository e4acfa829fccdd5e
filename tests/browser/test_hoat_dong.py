"""An activity on a phone: kind, all ticked, one taken out, saved; nothing sideways."""

from django.urls import reverse
from playwright.sync_api import expect

from chidoan.models import HoatDong
from tests.factories import make_doan_vien


def test_an_activity_is_logged_with_a_thumb(
    phone, sign_in, live_server, transactional_db, chi_doan, bi_thu, axe
):
    names = [f"Lê Văn Tám {number:02}" for number in range(24)]
    people = [make_doan_vien(chi_doan=chi_doan, ho_ten=name) for name in names]
    away = make_doan_vien(chi_doan=chi_doan, ho_ten="Trần Đi Xa", di_xa_tu="2020-01-01")
    sign_in(phone, bi_thu)
    phone.goto(live_server.url + reverse("chidoan:hoat_dong_create"))
    taps = []
    phone.expose_function("tapped", lambda: taps.append(1))
    phone.evaluate("document.addEventListener('click', (e) => e.isTrusted && tapped(), true)")
    axe(phone)

    phone.get_by_label("Loại hoạt động").select_option("trong_cay")
    phone.get_by_label("Số cây đã trồng").fill("50")
    phone.get_by_role("button", name="Chọn tất cả").tap()
    phone.get_by_label("Tìm tên").fill("tam 07")
    shown = phone.locator(".hd-ds li:visible")
    expect(shown).to_have_count(1)
    shown.locator("label").first.tap()
    assert shown.bounding_box()["height"] >= 44
    expect(phone.locator("[data-hd-dem]")).to_have_text("23")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert len(taps) <= 4
    phone.get_by_role("button", name="Lưu hoạt động").tap()

    expect(phone.get_by_text("Đã ghi «Trồng cây».")).to_be_visible()
    row = HoatDong.objects.get()
    ticked = set(row.tham_gia.values_list("doan_vien", flat=True))
    assert ticked == {person.pk for person in people} - {people[7].pk}
    assert away.pk not in ticked
    assert (row.so_luong, row.trang_thai) == (50, "xong")
