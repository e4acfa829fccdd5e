"""Printing twenty dossiers at a desk: one lacks something, is mended, and goes on with the rest."""

from datetime import date
from io import BytesIO

import pytest
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from core.pdf import Booklet, Paper, Print
from tests.factories import make_chuc_vu, make_doan_vien, make_ho_so
from tochuc.models import SoVanBan, VanBan
from tochuc.viec_nen.services import run
from tudưong.models import BuocHoSo, DotIn, HoSo

NGAY = date(2026, 6, 10)
SO_BO = 20
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture(autouse=True)
def _blank_sheets(monkeypatch, settings, tmp_path):
    """How a dossier looks is told elsewhere; here each is one sheet."""
    settings.JOBS_DIR = tmp_path
    blank = Print(Paper(), "Thử").pdf()
    for kind in (Print, Booklet):
        monkeypatch.setattr(kind, "pdf", lambda _: blank)


@pytest.fixture
def cases(phuong, chi_doan, bi_thu_phuong):
    """Twenty with the committee's resolution; one is for a Party cell nobody has named."""
    make_chuc_vu(don_vi=phuong, chuc_danh="bi_thu", ho_ten="Trịnh Hoài Phong")
    return [a_case(number, chi_doan, bi_thu_phuong) for number in range(SO_BO)]


def a_case(number: int, chi_doan, by) -> HoSo:
    person = make_doan_vien(chi_doan=chi_doan, ho_ten=f"Trần Gia Bảo {number + 1}")
    chi_bo = "" if number == 6 else "Khu vực 1"
    ho_so = make_ho_so(doan_vien=person, trang_thai="cho_gui", chi_bo=chi_bo)
    votes = ((BuocHoSo.Loai.DE_NGHI, "cho_tham_tra"), (BuocHoSo.Loai.NGHI_QUYET, "cho_gui"))
    for thu_tu, (loai, den) in enumerate(votes, start=1):
        BuocHoSo.objects.create(
            ho_so=ho_so,
            thu_tu=thu_tu,
            loai=loai,
            den_trang_thai=den,
            ngay=NGAY,
            boi=by,
            co_quyen=15,
            co_mat=13,
            tan_thanh=13,
            khong_tan_thanh=0,
            khong_hop_le=0,
        )
    return ho_so


@override_settings(TASKS=QUEUE)
def test_twenty_dossiers_of_which_one_fails_and_is_mended(
    desk, sign_in, axe, cases, phuong, bi_thu_phuong
):
    sign_in(desk, bi_thu_phuong)
    desk.goto("/ho-so/")
    desk.get_by_role("link", name="In nhiều bộ").click()
    expect(desk.get_by_text("Chưa ghi chi bộ nhận hồ sơ.")).to_have_count(1)
    expect(desk.locator("[name=chon]:checked")).to_have_count(SO_BO - 1)
    desk.get_by_role("checkbox", checked=False).check()
    axe(desk)

    desk.get_by_role("button", name="In các bộ đã chọn").click()
    expect(desk.get_by_text("Chờ máy chủ bắt đầu")).to_be_visible()
    axe(desk)
    work_off()

    expect(desk.get_by_text(f"Đã in 19/{SO_BO} bộ.")).to_be_visible()  # the page renews itself
    expect(desk.get_by_role("row").filter(has_text="Chưa ghi chi bộ")).to_have_count(1)
    axe(desk)
    batch = desk.url
    mend(desk, cases[6])

    desk.goto(batch)
    desk.get_by_role("button", name="In tiếp phần còn lại (1)").click()
    expect(desk.get_by_text("Chờ máy chủ bắt đầu")).to_be_visible()
    work_off()

    expect(desk.get_by_text(f"Đã in {SO_BO}/{SO_BO} bộ.")).to_be_visible()
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Tải một tệp để in").click()
    assert len(PdfReader(BytesIO(download.value.path().read_bytes())).pages) == SO_BO
    for loai in ("NQ", "DS"):
        numbers = VanBan.objects.filter(don_vi=phuong, loai=loai).values_list("so", flat=True)
        assert sorted(numbers) == list(range(1, SO_BO + 1))
        assert SoVanBan.objects.get(don_vi=phuong, loai=loai).so_cuoi == SO_BO


def work_off() -> None:
    """What the worker would do that waits for the batch."""
    run(DotIn.objects.get().cong_viec_id)


def mend(page, ho_so) -> None:
    page.get_by_role("link", name=f"Sửa hồ sơ của {ho_so.doan_vien.ho_ten}").click()
    expect(page).to_have_url(ho_so.get_absolute_url())
    page.goto(reverse("tuduong:ho_so_nhan_xet", args=[ho_so.pk]))
    page.locator("[name=chi_bo]").fill("Khu vực 1")
    page.get_by_role("button", name="Lưu").click()
    expect(page).to_have_url(ho_so.get_absolute_url())
