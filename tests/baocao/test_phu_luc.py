"""The report taken home: Word with its appendix, and the appendix for Excel."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from baocao.giay_to import preview_bao_cao, read_bao_cao, submit_and_issue, word_bao_cao
from baocao.models import BaoCao
from baocao.phu_luc import phu_luc_xlsx
from baocao.services import override_so_lieu, submit_bao_cao, zero_so_lieu_nhap
from tests.core.pdf_reading import page_texts, words
from tests.factories import (
    make_bao_cao,
    make_buoi,
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_phuong,
)


def sheet_of(content: bytes, name="Phụ lục"):
    return load_workbook(BytesIO(content))[name]


def line_of(sheet, name) -> list:
    return next([cell.value for cell in row] for row in sheet.iter_rows() if row[1].value == name)


@pytest.fixture
def chuan_bi(phuong, chi_doan, bi_thu_phuong):
    """A ward's report, ready to go; one figure is corrected."""
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 8, 1))
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 5))
    found = make_bao_cao(don_vi=phuong)
    zero_so_lieu_nhap(bao_cao=found, by=bi_thu_phuong)
    override_so_lieu(
        bao_cao=found, ma="ket_nap_moi", gia_tri=Decimal(3), ly_do="=1+1", by=bi_thu_phuong
    )
    found.refresh_from_db()
    return found


@pytest.fixture
def da_gui(chuan_bi, bi_thu_phuong):
    return submit_bao_cao(bao_cao=chuan_bi, version=chuan_bi.version, by=bi_thu_phuong)


def test_the_workbook_has_the_papers_columns_and_both_numbers(chuan_bi):
    sheet = sheet_of(phu_luc_xlsx(chuan_bi, ca_don_vi_duoi=True))

    labels = [
        "TT",
        "Nội dung chỉ tiêu",
        "ĐVT",
        "Chỉ tiêu năm",
        "Kết quả kỳ",
        "Lũy kế năm",
        "Tỷ lệ %",
        "Ghi chú",
    ]
    assert labels in [[cell.value for cell in row] for row in sheet.iter_rows()]
    row = line_of(sheet, "Kết nạp mới")
    assert row[2:6] == ["người", None, 3, 3]
    assert row[7] == "Hệ thống tính 1, đơn vị ghi 3. =1+1"
    assert sheet.page_setup.paperSize == int(sheet.PAPERSIZE_A4)
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


@pytest.mark.same_on_both
def test_a_text_of_the_workbook_is_never_a_formula(chuan_bi, bi_thu_phuong, phuong):
    phuong.ten = "=HYPERLINK(1)"
    phuong.save()
    chuan_bi.don_vi.refresh_from_db()

    sheet = sheet_of(phu_luc_xlsx(chuan_bi, ca_don_vi_duoi=True))

    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_figures_that_were_handed_in_stay_and_the_change_is_noted(da_gui, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 8, 2))

    sheet = sheet_of(phu_luc_xlsx(da_gui, ca_don_vi_duoi=True))

    row = line_of(sheet, "Tổng số đoàn viên cuối kỳ")
    assert row[4] == 1
    assert row[7] == "Sổ đã đổi từ khi nộp: nay 2"
    notes = [cell.value for cell in sheet["A"] if "bảng giữ số đã nộp" in str(cell.value)]
    assert len(notes) == 1
    table = Document(BytesIO(word_bao_cao(da_gui)))
    said = " ".join(item.text for item in table.paragraphs)
    assert "Tổng số đoàn viên cuối kỳ: nay 2" in said


def test_a_districts_workbook_has_a_row_for_each_ward_and_they_sum_up(
    huyen, da_gui, chi_doan, van_phong
):
    other = make_chi_doan(phuong=make_phuong(cap_tren=huyen, ten="Hai"), ten="Khu vực 9")
    for _ in range(2):
        make_doan_vien(chi_doan=other, tu_ngay=date(2026, 8, 1))
    content = phu_luc_xlsx(make_bao_cao(don_vi=huyen), ca_don_vi_duoi=True)

    counted, reported = (sheet_of(content, name) for name in ("Đơn vị đếm từ sổ", "Đơn vị báo cáo"))
    assert counted.print_title_cols == "$A:$B"  # too wide for one page, read on several
    assert not counted.sheet_properties.pageSetUpPr.fitToPage
    column = next(
        cell.column - 1
        for row in counted.iter_rows()
        for cell in row
        if cell.value == "Tổng số đoàn viên cuối kỳ (người)"
    )
    wards = {row[1].value: row[column].value for row in counted.iter_rows() if row[1].value}
    whole = wards["Toàn đơn vị"]
    assert whole == line_of(sheet_of(content), "Tổng số đoàn viên cuối kỳ")[4] == 3
    assert wards["Cộng 2 đơn vị"] == whole
    assert wards["Ngoài các đơn vị trên, trừ chuyển nội bộ"] == 0
    said = {row[1].value: row[column].value for row in reported.iter_rows() if row[1].value}
    assert (said[str(da_gui.don_vi)], said["Cộng 1 trên 2 đơn vị có số đã nộp"]) == (1, 1)
    assert said["Đoàn phường Hai"] is None


@pytest.mark.same_on_both
def test_word_says_what_the_print_says(chuan_bi):
    text = words(" ".join(page_texts(preview_bao_cao(chuan_bi))))
    document = Document(BytesIO(word_bao_cao(chuan_bi)))
    sentences = [words(item.text) for item in document.paragraphs if len(item.text) > 40]

    assert len(sentences) > 5
    glued = text.replace(" ", "")
    assert [s for s in sentences if s.replace(" ", "") not in glued] == []


def test_a_branch_without_a_committee_signs_for_the_branch(phuong, chi_doan):
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", trong_bch=False)
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 5))
    bao_cao = make_bao_cao(don_vi=chi_doan, mau="chi-doan-2026")

    text = words(" ".join(page_texts(preview_bao_cao(bao_cao))))

    assert "CHI ĐOÀN KHU VỰC 1" in text
    assert "TM. CHI ĐOÀN BÍ THƯ" in text
    assert "Chi đoàn tổ chức 01 buổi sinh hoạt" in text.replace("chi đoàn tổ", "Chi đoàn tổ")
    assert "Ban Chấp hành Chi đoàn" not in text
    assert "mẫu chi-doan-2026" in text


def test_units_that_need_not_report_are_named_and_stay_named(
    phuong, chi_doan, chuan_bi, bi_thu_phuong
):
    mien = make_bao_cao(
        don_vi=chi_doan,
        mau="chi-doan-2026",
        trang_thai=BaoCao.TrangThai.MIEN,
        mien_ly_do="Mới thành lập.",
    )
    assert "được miễn nộp báo cáo: Khu vực 1" in read_bao_cao(chuan_bi).to_chuc

    sent = submit_bao_cao(bao_cao=chuan_bi, version=chuan_bi.version, by=bi_thu_phuong)
    mien.delete()
    assert "được miễn nộp báo cáo: Khu vực 1" in read_bao_cao(sent).to_chuc


def test_files_are_for_who_sees_the_report(client_of, van_phong, nguoi_la, da_gui):
    for name in ("word", "xlsx"):
        address = reverse(f"baocao:{name}", args=[da_gui.pk])
        assert client_of(van_phong).get(address).status_code == 200
        assert client_of(nguoi_la).get(address).status_code == 404


def test_the_issued_print_stays_when_the_books_change(chuan_bi, chi_doan, bi_thu_phuong, client_of):
    sent = submit_and_issue(bao_cao=chuan_bi, version=chuan_bi.version, by=bi_thu_phuong)
    address = reverse("baocao:pdf", args=[sent.pk])
    first = client_of(bi_thu_phuong).get(address).content
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 8, 2))

    assert client_of(bi_thu_phuong).get(address).content == first
