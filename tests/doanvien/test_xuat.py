"""The register in the layout of the national software, and long lists in the background."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from doanvien.models import DoanVien, LuotXem
from doanvien.nhap.services import preview_nhap
from doanvien.xuat import mau_quoc_gia, viec
from tests.factories import make_doan_vien, make_xep_loai
from tochuc.models import CongViec, NhatKy

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).parents[1] / "data" / "danh-sach-doan-vien.xlsx"
URL = "/doan-vien/xuat/quoc-gia/"
REASON = {"ly_do": LuotXem.LyDo.values[0], "ghi_chu": "Nộp cấp trên"}


@pytest.fixture
def nguoi(chi_doan):
    return make_doan_vien(
        chi_doan=chi_doan,
        ho_ten="Trần Thị Ánh",
        gioi_tinh="nu",
        ngay_sinh=date(2004, 3, 9),
        ngay_vao_doan=date(2020, 3, 26),
        dan_toc="Khơ Me",
        ton_giao="Phật giáo",
        cccd="093304000001",
        cccd_ngay_cap=date(2022, 5, 1),
        dien_thoai="0912345678",
        so_the="0012345678",
        van_hoa="Trung học phổ thông hệ 12/12",
        khen_thuong="=Giấy khen",
        danh_du=True,
        huong_luong=True,
    )


def content_of(response):
    return b"".join(response.streaming_content)


def full(client):
    return content_of(client.post(URL, REASON))


def test_layout_is_that_of_the_national_software(client_of, bi_thu_phuong, nguoi):
    sheet = load_workbook(BytesIO(full(client_of(bi_thu_phuong))))["DSDV"]
    theirs = load_workbook(SAMPLE)["DSDV"]

    for row in (5, 6):
        assert [cell.value for cell in sheet[row]] == [cell.value for cell in theirs[row]]
    assert sheet["A3"].value == theirs["A3"].value
    headers = {str(found) for found in sheet.merged_cells.ranges}
    assert headers == {str(f) for f in theirs.merged_cells.ranges if f.min_row == 5}


def test_each_value_stands_where_and_as_the_software_reads_it(client_of, bi_thu_phuong, nguoi):
    make_xep_loai(nguoi, nam=2024, muc="htt")
    make_xep_loai(nguoi, nam=2025, muc="htxs")
    sheet = load_workbook(BytesIO(full(client_of(bi_thu_phuong))))["DSDV"]

    row = {name: sheet.cell(7, i + 1) for i, name in enumerate(mau_quoc_gia.COLUMNS)}
    assert (row["ngay_sinh_nam"].value, row["ngay_sinh_nu"].value.date()) == (
        None,
        date(2004, 3, 9),
    )
    assert [row[name].value for name in ("cccd", "dien_thoai", "so_the", "chi_doan")] == [
        "093304000001",
        "0912345678",
        "0012345678",
        "Chi đoàn Khu vực 1",
    ]
    assert {row[name].data_type for name in ("cccd", "dien_thoai", "khen_thuong")} == {"s"}
    assert (row["xep_loai"].value, row["danh_du"].value) == ("Hoàn thành xuất sắc nhiệm vụ", "x")


def test_code_lists_stand_in_a_hidden_sheet_with_their_numbers(client_of, bi_thu_phuong, nguoi):
    book = load_workbook(BytesIO(full(client_of(bi_thu_phuong))))

    data = book["DATA"]
    pairs = {(data.cell(r, 1).value, data.cell(r, 2).value) for r in range(1, 55)}
    assert (data.sheet_state, len(pairs)) == ("hidden", 54)
    assert {("Kinh", 5), ("Khơ Me", 34)} <= pairs
    choices = {c.formula1: str(c.sqref) for c in book["DSDV"].data_validations.dataValidation}
    assert choices["DATA!$A$1:$A$54"].startswith("F7:F")
    assert len(choices) == len(mau_quoc_gia.LISTS)


def test_it_comes_in_again_as_nothing_new(client_of, bi_thu_phuong, phuong, nguoi):
    content = full(client_of(bi_thu_phuong))

    dot = preview_nhap(content=content, ten_tep="DSDV.xlsx", don_vi=phuong, by=bi_thu_phuong)

    [dong] = dot.dong.all()
    assert dong.hanh_dong == "duplicate"
    assert dong.loi[0]["message"].endswith("Không có gì khác.")
    assert dong.canh_bao == []


def test_full_file_takes_a_reason_that_is_kept(client_of, bi_thu_phuong, nguoi):
    client = client_of(bi_thu_phuong)
    assert client.get(URL).context["form"].fields.keys() == {"ly_do", "ghi_chu"}
    assert not LuotXem.objects.exists()

    full(client)

    assert LuotXem.objects.get().so_nguoi == 1
    line = NhatKy.objects.get(hanh_dong="doan_vien.export")
    assert (line.nguoi, line.noi_dung["so_dong"]) == (bi_thu_phuong, 1)


def test_branch_gets_a_masked_file_that_says_so(client_of, bi_thu, nguoi):
    client = client_of(bi_thu)
    assert "bản đã che" in client.get(URL).content.decode()

    sheet = load_workbook(BytesIO(content_of(client.post(URL))))["DSDV"]

    text = str([[cell.value for cell in row] for row in sheet.rows])
    assert not [word for word in ("Khơ Me", "Phật", "093304000001") if word in text]
    assert sheet["A4"].value == mau_quoc_gia.GHI_CHU_CHE
    assert LuotXem.objects.count() == 0


def test_long_files_are_made_in_the_background(
    client_of, bi_thu_phuong, nguoi, chi_doan, monkeypatch, settings, tmp_path
):
    monkeypatch.setattr(viec, "DAI", 1)
    settings.JOBS_DIR = tmp_path
    make_doan_vien(chi_doan=chi_doan)
    client = client_of(bi_thu_phuong)

    client.get("/doan-vien/?export=xlsx")
    client.post(URL, REASON)

    jobs = {job.tep: job for job in CongViec.objects.all()}
    assert {job.trang_thai for job in jobs.values()} == {"xong"}
    lists = load_workbook(tmp_path / str(jobs["doan-vien.xlsx"].pk) / "doan-vien.xlsx").active
    assert lists.max_row == 1 + DoanVien.objects.count()
    national = load_workbook(tmp_path / str(jobs["DSDV.xlsx"].pk) / "DSDV.xlsx")["DSDV"]
    assert "093304000001" in {cell.value for cell in national["J"]}
