"""An initiative on a phone: a line of the log with its photo, checks ticked, before and after."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from chidoan.models import Anh, KetQuaCamKet, NhatKyMoHinh
from tests.browser.test_anh import camera
from tests.factories import make_buoi, make_doan_vien, make_mo_hinh


@pytest.fixture
def mo_hinh(transactional_db, phuong, chi_doan):
    member = make_doan_vien(chi_doan=chi_doan)
    make_buoi(chi_doan=chi_doan, diem_danh={member: "co_mat"})
    return make_mo_hinh(don_vi=phuong, diem=chi_doan, chuong_trinh=["ba_chu_dong", "mot_cong_mot"])


def test_the_pilot_branch_logs_with_a_photo_and_ticks(
    phone, sign_in, live_server, mo_hinh, bi_thu, axe
):
    sign_in(phone, bi_thu)
    phone.goto(live_server.url + mo_hinh.get_absolute_url())
    axe(phone)

    phone.get_by_role("link", name="Ghi nhật ký").first.tap()
    expect(phone.get_by_label("Việc đã làm")).to_be_visible()
    axe(phone)
    phone.get_by_label("Việc đã làm").fill("Thăm gia đình đoàn viên mới")
    phone.get_by_role("button", name="Lưu rồi thêm ảnh").tap()
    phone.get_by_label("Chọn ảnh").set_input_files([camera()])
    expect(phone.get_by_text("Đã gửi 1 ảnh.")).to_be_visible()

    row = NhatKyMoHinh.objects.get()
    assert Anh.objects.get().nhat_ky_mo_hinh == row
    phone.goto(live_server.url + reverse("chidoan:mo_hinh_nhat_ky", args=[mo_hinh.pk]))
    expect(phone.get_by_role("img", name="Ảnh", exact=True)).to_be_visible()
    axe(phone)

    phone.get_by_role("navigation", name="Các mục của mô hình").get_by_text("Cam kết").tap()
    level = phone.get_by_text("Đạt", exact=True).first
    expect(level).to_be_visible()
    assert level.bounding_box()["height"] >= 40
    level.tap()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(phone)
    phone.get_by_role("button", name="Lưu cam kết").tap()
    expect(phone.get_by_text("Đã ghi 1 đầu mục.")).to_be_visible()
    assert KetQuaCamKet.objects.get().muc_do == "dat"

    phone.get_by_role("navigation", name="Các mục của mô hình").get_by_text("Trước và sau").tap()
    expect(
        phone.get_by_role("img", name=re.compile("^Tỷ lệ đoàn viên dự sinh hoạt"))
    ).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(phone)
