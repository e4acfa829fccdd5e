"""An evening with an invitation: called, passed on, answered, scanned, confirmed, on record."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
import segno
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from chidoan.models import BuoiSinhHoat, TuDiemDanh
from chidoan.moi.lien_ket import LienKet, sign
from core.periods import today
from tests.browser.conftest import DESK, PHONE
from tests.factories import make_buoi, make_doan_vien

SINH = date(2004, 2, 5)
NAMES = (
    *("Lê Minh Duy", "Nguyễn Hoài An", "Trần Gia Bảo", "Phạm Thị Cẩm", "Huỳnh Tấn Đạt"),
    "Mai Thanh Tâm",
)
SHARE = "navigator.share = async ({ text }) => { window.shared = text; };"
"""Keeps what would go to another application."""
VIEN = 2
"""Width of the white edge around a code, in squares."""


def says(image, address: str) -> bool:
    """Whether the picture on the screen is, square by square, the code of this address."""
    wanted = segno.make(address, error="m", micro=False).matrix
    shown = Image.open(BytesIO(image.screenshot())).convert("L")
    step = shown.width / (len(wanted) + 2 * VIEN)

    def is_dark(row, column):
        place = ((column + VIEN + 0.5) * step, (row + VIEN + 0.5) * step)
        return shown.getpixel((int(place[0]), int(place[1]))) < 128

    return all(
        is_dark(row, column) == bool(square)
        for row, squares in enumerate(wanted)
        for column, square in enumerate(squares)
    )


def copied(page) -> list[str]:
    """The addresses in what the page has copied."""
    return re.findall(r"https?://\S+", page.evaluate("navigator.clipboard.readText()"))


def own_link(buoi, person) -> str:
    return reverse("chidoan:moi_mo", args=[sign(LienKet(buoi.pk, person.pk))])


def call(desk) -> tuple[str, str]:
    """Called for today, as the form proposes it; the links that were copied for the group, and
    for Nguyễn Hoài An."""
    desk.goto(reverse("chidoan:hen_create"))
    desk.get_by_label("Ngày họp").fill(f"{today():%d/%m/%Y}")
    desk.get_by_label("Chủ điểm").fill("Tôn sư trọng đạo")
    desk.get_by_role("button", name="Hẹn", exact=True).click()
    desk.get_by_role("button", name="Chia sẻ").click()
    desk.get_by_role("button", name="Chép lời mời").click()
    expect(desk.get_by_role("button", name="Đã chép")).to_be_visible()
    (group,) = copied(desk)
    assert desk.evaluate("window.shared === document.getElementById('loi-moi').value")
    assert says(desk.get_by_role("img", name="Mã QR của lời mời"), group)
    desk.get_by_role("link", name="Mời từng đồng chí").click()
    desk.get_by_role("button", name="Chép lời mời Nguyễn Hoài An").click()
    expect(desk.get_by_role("button", name="Chép lời mời Nguyễn Hoài An")).to_have_text("Đã chép")
    return group, copied(desk)[0]


def show_code(desk, live_server) -> str:
    """The code of the check-in, and the address it holds."""
    desk.goto(BuoiSinhHoat.objects.get(trang_thai="nhap").get_absolute_url())
    desk.get_by_role("link", name="Mời họp").click()
    desk.get_by_role("button", name="Mở mã điểm danh").click()
    expect(desk.get_by_text("0/6 đã điểm danh")).to_be_in_viewport()
    code = BuoiSinhHoat.objects.get(trang_thai="nhap").ma_diem_danh
    scanned = live_server.url + reverse("chidoan:moi_mo", args=[code])
    assert says(desk.get_by_role("img", name="Mã QR điểm danh"), scanned)
    return scanned


def arrive(page, address, **typed):
    page.goto(address)
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(text)
    page.get_by_role("button", name="Tôi có mặt").tap()
    expect(page.get_by_text("Đã điểm danh.")).to_be_visible()


def confirm(desk, buoi) -> dict[str, tuple]:
    """The roll once the secretary has finished the meeting: who was not heard of is away."""
    desk.goto(reverse("chidoan:buoi_update", args=[buoi.pk]))
    desk.get_by_role("button", name="Ai chưa điểm danh thì vắng").click()
    desk.get_by_role("button", name="Hoàn thành").click()
    expect(desk.get_by_role("button", name="In biên bản")).to_be_visible()
    roll = buoi.diem_danh.values_list("doan_vien__ho_ten", "trang_thai", "ly_do")
    return {name: tuple(state) for name, *state in roll}


@pytest.fixture
def branch(transactional_db, chi_doan):
    """Six members, and the meeting before."""
    people = [
        make_doan_vien(chi_doan=chi_doan, ho_ten=name, so_the=f"TV{number}", ngay_sinh=SINH)
        for number, name in enumerate(NAMES)
    ]
    before = today() - timedelta(days=30)
    make_buoi(chi_doan=chi_doan, ngay=before, chu_tri=people[0], thu_ky=people[3])
    return people


def test_a_meeting_is_called_answered_scanned_and_confirmed(
    open_page, sign_in, axe, live_server, branch, bi_thu
):
    duy, _, _, cam, dat, tam = branch
    desk, ans, bao, hers = open_page(DESK), *(open_page(PHONE) for _ in range(3))
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_server.url)
    desk.context.add_init_script(SHARE)
    sign_in(desk, bi_thu)
    group, own = call(desk)
    buoi = BuoiSinhHoat.objects.get(trang_thai="nhap")

    ans.goto(own)
    axe(ans)
    ans.get_by_role("button", name="Đi làm xa").tap()
    expect(ans.get_by_text("Đã báo: đồng chí vắng, lý do đi làm xa.")).to_be_visible()
    bao.goto(group)
    axe(bao)
    bao.get_by_label("Số thẻ đoàn viên").fill("tv 2")
    bao.get_by_label("Ngày sinh").fill("5/2/2004")
    bao.get_by_role("button", name="Trả lời lời mời").tap()
    bao.get_by_role("button", name="Đi", exact=True).tap()
    expect(bao.get_by_text("Đã báo: đồng chí đi.")).to_be_visible()

    scanned = show_code(desk, live_server)
    axe(desk)
    arrive(bao, scanned)  # his phone is known
    arrive(hers, scanned, Số_thẻ_đoàn_viên="TV-3", Ngày_sinh="05/02/2004")
    arrive(hers, own_link(buoi, dat), Mã_trên_màn_hình=scanned[-9:-1].lower())
    axe(hers)
    expect(desk.get_by_text("3/6 đã điểm danh")).to_be_visible()
    assert list(TuDiemDanh.objects.values_list("doan_vien__ho_ten", "cach", "cung_may")) == [
        (NAMES[2], "lien_ket", False),
        (cam.ho_ten, "so_the", False),
        (dat.ho_ten, "lien_ket", True),  # on her phone
    ]

    assert confirm(desk, buoi) == {
        duy.ho_ten: ("co_mat", ""),  # he chairs
        **dict.fromkeys((NAMES[2], cam.ho_ten, dat.ho_ten), ("co_mat", "")),
        NAMES[1]: ("vang_co_ly_do", "di_lam_xa"),
        tam.ho_ten: ("vang", ""),
    }
    ans.reload()
    expect(ans.get_by_text("Buổi này đã họp xong.")).to_be_visible()
    expect(ans.get_by_role("button")).to_have_count(0)
