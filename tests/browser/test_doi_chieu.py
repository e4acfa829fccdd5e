"""A branch secretary edits the list elsewhere and brings it back; somebody saves meanwhile."""

from io import BytesIO

from django.urls import reverse
from openpyxl import load_workbook
from playwright.sync_api import expect

from doanvien.models import DoanVien
from doanvien.services import update_doan_vien
from tests.factories import make_doan_vien

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def edit(content, **changes):
    """The first row of the download with other cells, as a file to choose."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    labels = {cell.value: cell.column for cell in sheet[1]}
    for label, value in changes.items():
        sheet.cell(2, labels[label.replace("_", " ")]).value = value
    saved = BytesIO()
    book.save(saved)
    return {"name": "da-sua.xlsx", "mimeType": XLSX, "buffer": saved.getvalue()}


def test_round_trip_with_a_conflict(screen, sign_in, live_server, bi_thu, bi_thu_phuong, axe):
    chi_doan = bi_thu.phan_cong_chinh.don_vi
    nguoi = make_doan_vien(chi_doan=chi_doan, ho_ten="Huỳnh Tấn Đạt", noi_o="Khu vực 1")
    sign_in(screen, bi_thu)
    screen.goto(live_server.url + reverse("doanvien:doi_chieu"))
    axe(screen)
    with screen.expect_download() as download:
        screen.get_by_role("link", name="Tải về để sửa").click()
    content = download.value.path().read_bytes()
    update_doan_vien(doan_vien=nguoi, version=1, changes={"noi_o": "Khu vực 2"}, by=bi_thu_phuong)

    tep = edit(content, Chỗ_ở_hiện_nay="Khu vực 3", Điện_thoại_liên_hệ="0912345678")
    screen.get_by_label("Chọn tệp").set_input_files(tep)
    screen.get_by_role("button", name="So với sổ").click()

    expect(screen.get_by_text("Trong sổ bây giờ")).to_be_visible()
    phone = screen.get_by_role("checkbox", name="Điện thoại liên hệ")
    place = screen.get_by_role("checkbox", name="Chỗ ở hiện nay")
    expect(phone).to_be_checked()
    expect(place).not_to_be_checked()
    axe(screen)
    place.check()
    screen.get_by_role("button", name="Ghi ô đã chọn").click()
    screen.get_by_role("button", name="Ghi 2 ô của 1 đồng chí").click()

    expect(screen.get_by_text("Đã ghi 2 ô của 1 đồng chí vào sổ.")).to_be_visible()
    axe(screen)
    saved = DoanVien.objects.get()
    assert (saved.noi_o, saved.dien_thoai) == ("Khu vực 3", "0912345678")
