"""The register in the layout of the national software, and long lists in the background."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from chidoan.models import ChucVu
from doanvien.danh_muc import DAN_TOC, find_label
from doanvien.models import DoanVien, LuotXem
from doanvien.nhap.rows import CODE_LISTS
from doanvien.nhap.services import preview_nhap
from doanvien.xuat import danh_muc_quoc_gia, mau_quoc_gia, viec
from tests.factories import make_doan_vien, make_xep_loai
from tochuc.models import CongViec, NhatKy

pytestmark = pytest.mark.django_db
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
        cccd_noi_cap="Cục CSQLHC về TTXH",
        chuc_vu="Ủy viên BCH chi đoàn",
        danh_du=True,
        huong_luong=True,
    )


def content_of(response):
    return b"".join(response.streaming_content)


def full(client):
    return content_of(client.post(URL, REASON))


def test_layout_is_that_of_the_national_software(client_of, bi_thu_phuong, nguoi):
    """Checked against a workbook that the software itself had exported."""
    sheet = load_workbook(BytesIO(full(client_of(bi_thu_phuong))))["DSDV"]

    assert [sheet[cell].value for cell in ("A2", "A3", "A4")] == [
        "DANH SÁCH ĐOÀN VIÊN",
        "ĐOÀN PHƯỜNG THỬ",
        None,
    ]
    assert "|".join(cell.value or "" for cell in sheet[5]) == (
        "STT|Họ và tên|Mã định danh đoàn viên|Ngày sinh||Dân tộc|Tôn giáo|Quê quán|"
        "Địa chỉ thường trú|Số CMND/CCCD|Ngày cấp|Nơi cấp|Trình độ văn hóa |Trình độ chuyên môn|"
        "Trình độ LLCT|Tin học|Ngoại ngữ|Thời gian vào đoàn|"
        "Số Nghị quyết chuẩn y kết nạp đoàn viên|Số thẻ đoàn|Thời gian vào Đảng|"
        "Nghề nghiệp hiện nay|Đối tượng đoàn viên|Rèn luyện đoàn viên|"
        "Đánh giá, xếp loại đoàn viên|Khen thưởng|Kỷ luật|Chức vụ trong chi đoàn|Hội|"
        "Đoàn viên danh dự|Email liên hệ|Điện thoại liên hệ|Đơn vị"
    )
    assert [(cell.coordinate, cell.value) for cell in sheet[6] if cell.value] == [
        ("D6", "Nam"),
        ("E6", "Nữ"),
    ]
    merged = {str(found) for found in sheet.merged_cells.ranges}
    letters = [get_column_letter(number) for number in range(1, sheet.max_column + 1)]
    assert merged == {"D5:E5", *(f"{x}5:{x}6" for x in letters if x not in "DE")}
    assert (sheet.freeze_panes, sheet.column_dimensions["AD"].hidden) == ("C7", True)


def test_each_value_stands_where_and_as_the_software_reads_it(client_of, bi_thu_phuong, nguoi):
    make_xep_loai(nguoi, nam=2024, muc="htt")
    make_xep_loai(nguoi, nam=2025, muc="htxs")
    sheet = load_workbook(BytesIO(full(client_of(bi_thu_phuong))))["DSDV"]

    row = {cell.column_letter: cell.value for cell in sheet[7] if cell.value is not None}
    assert row == {
        "A": 1,
        "B": "Trần Thị Ánh",
        "E": "09/03/2004",
        "F": "Khơ Me",
        "G": "Phật giáo",
        "J": "093304000001",
        "K": "01/05/2022",
        "L": "CỤC CẢNH SÁT QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI",
        "M": "Hệ 12/12",
        "R": "26/03/2020",
        "T": "0012345678",
        "W": "Sinh hoạt chính",
        "Y": "Hoàn thành xuất sắc nhiệm vụ",
        "Z": "=Giấy khen",
        "AB": "Ủy viên Ban Chấp hành chi đoàn",
        "AD": "x",
        "AF": "0912345678",
        "AG": "Chi đoàn Khu vực 1",
    }
    assert {sheet[f"{x}7"].data_type for x in ("E", "J", "K", "Z", "AF")} == {"s"}


def test_code_lists_stand_in_a_hidden_sheet_with_their_numbers(client_of, bi_thu_phuong, nguoi):
    book = load_workbook(BytesIO(full(client_of(bi_thu_phuong))))

    data = book["DATA"]
    assert [data.cell(1, column).value for column in range(1, 9)] == [
        *(5, "Kinh", 1, "Tin Lành", 89, "An Giang", 4, "Tiểu học")
    ]
    assert (data.sheet_state, data.max_row, data.max_column) == ("hidden", 64, 22)
    found = book["DSDV"].data_validations.dataValidation
    assert {str(choice.sqref): choice.formula1 for choice in found} == {
        "F7:F1000": "DATA!$B$1:$B$61",
        "G7:G1000": "DATA!$D$1:$D$14",
        "L7:L1000": "DATA!$F$1:$F$64",
        "M7:M1000": "DATA!$H$1:$H$4",
        "Q7:Q1000": "DATA!$J$1:$J$6",
        "AB7:AB1000": "DATA!$L$1:$L$41",
        "AC7:AC1000": "DATA!$N$1:$N$2",
        "N7:N1000": "DATA!$P$1:$P$7",
        "O7:O1000": "DATA!$R$1:$R$5",
        "P7:P1000": "DATA!$T$1:$T$2",
        "V7:V1000": "DATA!$V$1:$V$6",
    }


def test_every_value_of_the_register_is_one_of_the_softwares_and_is_read_back():
    for name, labels in (*CODE_LISTS.items(), ("dan_toc", DAN_TOC.values())):
        theirs = danh_muc_quoc_gia.LISTS[name].values()
        written = {label: danh_muc_quoc_gia.nhan(name, label) for label in labels}
        assert set(written.values()) <= set(theirs), name
        assert all(find_label(text, labels) == label for label, text in written.items())


def test_an_office_given_here_is_that_of_the_branch_there():
    labels = [label for ma, label in ChucVu.ChucDanh.choices if ma != "uy_vien_btv"]
    assert [danh_muc_quoc_gia.nhan("chuc_vu", label) for label in labels] == [
        "Bí thư chi đoàn",
        "Phó bí thư chi đoàn",
        "Ủy viên Ban Chấp hành chi đoàn",
    ]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Công an tỉnh Hậu Giang", "Hậu Giang"),
        ("Công an Thành phố Cần Thơ", "Cần Thơ"),
        ("Công an tỉnh Thừa Thiên - Huế", "Thừa Thiên Huế"),
        ("Bộ Công an", "Bộ Công an"),
    ],
)
def test_who_gave_the_card_is_a_province_of_the_softwares_list(text, label):
    assert danh_muc_quoc_gia.nhan("cccd_noi_cap", text) == label


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
