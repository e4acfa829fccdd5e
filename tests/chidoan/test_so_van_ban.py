"""Sổ văn bản on a page, in a sheet and in print: every number, the void ones with their reason."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.chidoan.test_giay_to import text_of
from tests.factories import make_buoi, make_chi_doan
from tochuc.models import VanBan
from tochuc.van_ban import issue, void

LIST = reverse("chidoan:so_van_ban_list")


def issue_minutes(buoi, noi_dung="một", **fields):
    return issue(
        target=buoi,
        don_vi=buoi.chi_doan,
        loai="BB",
        ngay=buoi.ngay,
        tieu_de=f"Biên bản ngày {buoi.ngay:%d/%m/%Y}",
        noi_dung=noi_dung,
        render=lambda so, ma: b"%PDF",
        by=None,
        **fields,
    )


@pytest.fixture
def papers(chi_doan):
    """Two of a year, the first void and issued anew, then amended; one of the next year."""
    first = make_buoi(chi_doan=chi_doan, ngay=date(2025, 12, 30))
    void(van_ban=issue_minutes(first), ly_do="Lập nhầm buổi", by=None)
    issue_minutes(first, "hai")
    issue_minutes(first, "ba")
    issue_minutes(make_buoi(chi_doan=chi_doan, ngay=date(2026, 1, 2)))
    issue_minutes(make_buoi(chi_doan=make_chi_doan(ten="Nơi khác")))


def test_page_shows_every_number_once_with_what_became_of_it(papers, bi_thu, client_of):
    page = client_of(bi_thu).get(LIST)

    rows = list(page.context["page"].object_list)
    assert [(row.so_ky_hieu, row.ngay.year, row.ban) for row in rows] == [
        ("01-BB/CĐ", 2026, 1),
        ("01-BB/CĐ", 2025, 1),
        ("02-BB/CĐ", 2025, 1),
        ("02-BB/CĐ", 2025, 2),
    ]
    text = page.content.decode()
    for part in ("Đã hủy", "Hủy: Lập nhầm buổi", "Đã thay bằng bản 2", "Đang dùng"):
        assert part in text
    assert "Nơi khác" not in text


def test_sheet_and_print_are_that_page(papers, bi_thu, client_of):
    client = client_of(bi_thu)

    sheet = load_workbook(BytesIO(client.get(LIST, {"export": "xlsx"}).content)).worksheets[0]
    cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"01-BB/CĐ", "02-BB/CĐ", "Đã hủy", "Hủy: Lập nhầm buổi"} <= cells
    printed = text_of(client.get(reverse("chidoan:so_van_ban_pdf"), {"nam": "2025"}).content)
    for part in ("BIÊN BẢN NĂM 2025", "1 01-BB/CĐ 30/12/2025", "Hủy: Lập nhầm buổi", "năm 2025"):
        assert part in printed
    assert "BIÊN BẢN NĂM 2026" not in printed


def test_minutes_without_a_number_count_their_versions_too(chi_doan):
    buoi = make_buoi(chi_doan=chi_doan)
    for noi_dung in ("một", "hai"):
        issue_minutes(buoi, noi_dung, co_so=False)

    assert list(VanBan.objects.with_ban().order_by("pk").values_list("so", "ban")) == [
        (None, 1),
        (None, 2),
    ]
