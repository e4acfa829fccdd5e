"""A ward enters its member list, on a phone and on a desk."""

import json
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from doanvien.models import DoanVien
from tests.factories import make_chi_doan, make_doan_vien

FILE = Path(__file__).parents[1] / "data" / "danh-sach-doan-vien.xlsx"
EXPECTED = json.loads(FILE.with_suffix(".expected.json").read_text(encoding="utf-8"))
ON_FILE = next(row for row in EXPECTED["expected"] if row["row"] == 10)


@pytest.fixture
def ward(phuong, bi_thu_phuong):
    """The ward with the branches of the sample list, and one of its members on file."""
    branches = [
        make_chi_doan(phuong=phuong, ten=name.removeprefix("Chi đoàn "))
        for name in EXPECTED["branches"]
    ]
    make_doan_vien(chi_doan=branches[0], cccd=ON_FILE["cccd"], ho_ten="Tên Cũ")
    return phuong


def test_ward_enters_its_list(screen, sign_in, live_server, ward, bi_thu_phuong, axe):
    sign_in(screen, bi_thu_phuong)
    screen.goto(live_server.url + reverse("doanvien:nhap_upload"))
    axe(screen)

    screen.get_by_label("Chọn tệp").set_input_files(FILE)
    screen.get_by_role("button", name="Xem trước").click()
    expect(screen.get_by_text("Thiếu họ và tên. Điền ở ô B13.")).to_be_visible()
    axe(screen)

    row = screen.get_by_role("row").filter(has_text=ON_FILE["ho_ten"])
    row.get_by_role("button", name="Cập nhật").click()
    screen.get_by_role("link", name="Nhập 177, cập nhật 1").click()
    axe(screen)
    screen.get_by_role("dialog").get_by_role("button", name="Nhập 177, cập nhật 1").click()

    expect(screen.get_by_role("heading", name="Kết quả nhập")).to_be_visible()
    axe(screen)
    assert DoanVien.objects.under(ward).count() == EXPECTED["count"]["create"]
    assert not DoanVien.objects.filter(ho_ten="Tên Cũ").exists()


def test_refused_file_is_said_on_the_page(screen, sign_in, live_server, ward, bi_thu_phuong, axe):
    sign_in(screen, bi_thu_phuong)
    screen.goto(live_server.url + reverse("doanvien:nhap_upload"))

    screen.get_by_label("Chọn tệp").set_input_files(
        {"name": "ds.xlsx", "mimeType": "text/csv", "buffer": b"STT;An"}
    )
    screen.get_by_role("button", name="Xem trước").click()

    expect(screen.get_by_text("không phải sổ tính .xlsx")).to_be_visible()
    axe(screen)
