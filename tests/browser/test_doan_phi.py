"""A branch's dues of a month on a phone: all in one tap, one taken back, the receipt, the share."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from doanvien.models import DoanPhi, NopDoanPhi, PhieuThu
from tests.factories import make_doan_vien

TEN = ("Trần Gia Bảo", "Huỳnh Tấn Đạt", "Lê Thị Mỹ Duyên")


def test_a_month_is_collected_in_one_tap(phone, sign_in, live_server, chi_doan, bi_thu, axe):
    for ten in TEN:
        make_doan_vien(chi_doan=chi_doan, ho_ten=ten)
    sign_in(phone, bi_thu)
    phone.goto(live_server.url + reverse("doanvien:doan_phi"))
    axe(phone)

    phone.get_by_role("button", name=re.compile(r"Thu cả chi đoàn \(3 đồng chí")).tap()
    expect(phone.get_by_role("link", name="phiếu PT-0001", exact=True)).to_be_visible()
    expect(phone.get_by_role("button", name=re.compile("^Hoàn tác"))).to_have_count(3)
    axe(phone)

    phone.get_by_role("button", name="Hoàn tác phần của Huỳnh Tấn Đạt").tap()
    again = phone.get_by_role("button", name=re.compile("Thu .* của Huỳnh Tấn Đạt"))
    expect(again).to_be_visible()
    assert again.bounding_box()["height"] >= 44
    assert DoanPhi.objects.con_hieu_luc().count() == 2

    phone.get_by_role("link", name="phiếu PT-0001", exact=True).tap()
    expect(phone.get_by_text("Sáu nghìn đồng chẵn")).to_be_visible()
    expect(phone.get_by_text("đã hủy", exact=True)).to_be_visible()
    axe(phone)
    assert sorted(PhieuThu.objects.values_list("tong", flat=True)) == [-2_000, 6_000]

    phone.goto(live_server.url + reverse("doanvien:doan_phi"))
    phone.get_by_role("link", name="Nộp lên phường", exact=True).tap()
    split = "4.000\xa0đ: nộp 1.333\xa0đ, giữ 2.667\xa0đ, phần lẻ giữ ở chi đoàn."
    expect(phone.get_by_text(split)).to_be_visible()
    phone.get_by_role("button", name=re.compile("Ghi nộp")).tap()
    expect(phone.get_by_text("Chờ cấp trên nhận")).to_be_visible()
    axe(phone)
    assert NopDoanPhi.objects.get().trich_nop == 1_333
