"""Lists in other layouts: their columns are guessed, corrected, and remembered by the ward."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from doanvien.models import AnhXaCot, DoanVien, DotNhap
from doanvien.nhap.anh_xa import judge_foreign
from doanvien.nhap.columns import UnknownLayout
from doanvien.nhap.danh_sach import read_danh_sach
from doanvien.nhap.doan_cot import find_table
from doanvien.nhap.services import confirm_nhap, map_nhap, preview_nhap
from doanvien.nhap.workbook import read_workbook

pytestmark = pytest.mark.django_db
AN = ["Lê Văn An", date(2004, 3, 9), "Nam", "093204000001", "Kinh", "26/3/2020", "0912345678"]
BINH = ["Trần Thị Bình", date(2005, 4, 8), "Nữ", "093305000002", "Hoa", "26/3/2021", "0987654321"]
LABELS = ["Họ tên", "NTNS", "Phái", "Số căn cước", "D.tộc", "Ngày kết nạp", "Số ĐT"]


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def guessed(*rows, **options):
    bang = find_table(read_workbook(workbook(*rows)), is_branch=lambda text: "", **options)
    return {cot.doan: cot.so for cot in bang.cot if cot.doan}, bang


def look(content, phuong, by):
    return preview_nhap(content=content, ten_tep="la.xlsx", don_vi=phuong, by=by)


FIELDS = ["ho_ten", "ngay_sinh", "gioi_tinh", "cccd", "dan_toc", "ngay_vao_doan", "dien_thoai"]


@pytest.mark.parametrize(
    "labels",
    [
        LABELS,
        ["HO TEN DOAN VIEN", "ngay sinh", "Gioi tinh", "CCCD", "dan toc", "vao doan", "SDT"],
        [
            "Họ và tên",
            "Ngày sinhh",
            "Giới tính",
            "Số CMND/CCCD",
            "Dân tôc",
            "Ngày vào Đoàn",
            "Zalo",
        ],
    ],
)
def test_columns_are_guessed_from_their_labels(labels):
    found, bang = guessed(["DANH SÁCH"], [], labels, AN, BINH)

    assert found == {name: index for index, name in enumerate(FIELDS)}
    assert (bang.header, bang.so_dong_tieu_de, bang.cot[0].vi_du) == (3, 1, (AN[0], BINH[0]))


def test_columns_in_any_order_and_with_two_header_rows():
    order = [6, 3, 0, 5, 4]
    labels = [LABELS[i] for i in order]
    found, bang = guessed(
        [*labels, "Ngày sinh"],
        [None] * 5 + ["Nam", "Nữ"],
        [*[AN[i] for i in order], AN[1], None],
    )

    assert bang.so_dong_tieu_de == 2
    assert found == {
        **{FIELDS[i]: place for place, i in enumerate(order)},
        "ngay_sinh_nam": 5,
        "ngay_sinh_nu": 6,
    }


def test_columns_without_a_telling_label_are_known_by_what_they_hold():
    found, _ = guessed(["A", "B", "C", "D", "E", "F", "G"], AN, BINH)

    assert found == {
        "ho_ten": 0,
        "ngay_sinh": 1,
        "gioi_tinh": 2,
        "cccd": 3,
        "dan_toc": 4,
        "dien_thoai": 6,
    }


def test_foreign_list_waits_for_its_columns_and_goes_in(phuong, chi_doan, bi_thu_phuong):
    content = workbook(LABELS, AN, BINH, [None, None, None, None, "Người lập"])
    with pytest.raises(UnknownLayout):
        read_danh_sach(content=content, don_vi=phuong)
    dot = look(content, phuong, bi_thu_phuong)
    assert (dot.is_cho_cot, dot.dong.count()) == (True, 0)
    assert "Lê Văn An" not in str(DotNhap.objects.values())

    cot = {name: index for index, name in enumerate(FIELDS)}
    branch = chi_doan.ten_day_du
    dot = map_nhap(dot_nhap=dot, so_dong=1, cot=cot, ca_tep=branch, by=bi_thu_phuong)
    confirm_nhap(dot_nhap=dot, expected_count=2, by=bi_thu_phuong)

    people = DoanVien.objects.order_by("ngay_sinh")
    assert [
        (p.ho_ten, p.ngay_sinh, p.gioi_tinh, p.cccd, p.dan_toc, p.ngay_vao_doan, p.dien_thoai)
        for p in people
    ] == [
        (AN[0], AN[1], "nam", AN[3], "Kinh", date(2020, 3, 26), AN[6]),
        (BINH[0], BINH[1], "nu", BINH[3], "Hoa", date(2021, 3, 26), BINH[6]),
    ]
    assert {p.chi_doan for p in people} == {chi_doan}
    dot.refresh_from_db()
    assert dot.bang_ma_hoa == ""


def test_choice_is_proposed_to_the_same_ward_alone(phuong, phuong_khac, chi_doan, bi_thu_phuong):
    labels = [*LABELS, "Sinh hoạt tại"]
    first = workbook(labels, [*AN, "KV1"])
    cot = {name: index for index, name in enumerate([*FIELDS, "chi_doan"])}
    dot = look(first, phuong, bi_thu_phuong)
    map_nhap(dot_nhap=dot, so_dong=1, cot=cot, ca_tep="", by=bi_thu_phuong)

    again = look(workbook(labels, [*BINH, "Khu vực 1"]), phuong, bi_thu_phuong)
    elsewhere = look(workbook(labels, [*BINH, "Khu vực 1"]), phuong_khac, bi_thu_phuong)

    assert AnhXaCot.objects.get().cot == cot
    assert list(again.dong.values_list("row", "hanh_dong")) == [(2, "create")]
    assert elsewhere.is_cho_cot


def test_rows_without_a_needed_column_are_rejected_each_with_the_reason(
    phuong, chi_doan, bi_thu_phuong
):
    dot = look(workbook(LABELS[:3], AN[:3]), phuong, bi_thu_phuong)
    cot = {"ho_ten": 0, "ngay_sinh": 1, "gioi_tinh": 2}
    dot = map_nhap(dot_nhap=dot, so_dong=1, cot=cot, ca_tep="", by=bi_thu_phuong)

    [dong] = dot.dong.all()
    assert dong.hanh_dong == "reject"
    assert [fault["field"] for fault in dong.loi] == [
        "dan_toc",
        "cccd",
        "ngay_vao_doan",
        "chi_doan",
    ]
    assert "Dân tộc, Số CMND/CCCD, Thời gian vào Đoàn, Đơn vị" in dot.luu_y[0]


def test_section_rows_name_the_branch(phuong, chi_doan, chi_doan_khac, bi_thu_phuong):
    dot = look(
        workbook(LABELS, ["I. CHI ĐOÀN KHU VỰC 1"], AN, ["II. Khu vực 2 (1)"], BINH),
        phuong,
        bi_thu_phuong,
    )
    cot = {name: index for index, name in enumerate(FIELDS)}
    map_nhap(dot_nhap=dot, so_dong=1, cot=cot, ca_tep="", by=bi_thu_phuong)
    confirm_nhap(dot_nhap=dot, expected_count=2, by=bi_thu_phuong)

    people = DoanVien.objects.order_by("ngay_sinh")
    assert [person.chi_doan for person in people] == [chi_doan, chi_doan_khac]


def test_page_shows_the_guess_and_takes_the_correction(client_of, phuong, chi_doan, bi_thu_phuong):
    client = client_of(bi_thu_phuong)
    tep = BytesIO(workbook(["Tên", *LABELS[1:]], AN, BINH))
    tep.name = "la.xlsx"
    page = client.post("/doan-vien/nhap/", {"tep": tep, "don_vi": phuong.pk}, follow=True)
    form = page.context["form"]
    assert form.initial["cot_3"] == "cccd"
    assert "093204000001" in page.content.decode()
    url = page.request["PATH_INFO"]

    same = client.post(url, {"so_dong": "1", "cot_0": "ho_ten", "cot_1": "ho_ten"})
    assert "Chỉ giữ một cột" in same.content.decode()
    sent = {f"cot_{index}": name for index, name in enumerate(FIELDS)}
    answer = client.post(url, {**sent, "so_dong": "1", "ca_tep": chi_doan.pk}, follow=True)

    assert answer.context["verb"] == "Nhập 2"


@pytest.mark.parametrize(
    ("header", "second"),
    [
        (["TT", "Họ đệm", "Tên", "Ngày sinh"], []),
        (["TT", "Họ và tên", None, "Ngày sinh"], []),
        (["TT", "Họ và tên", None, "Ngày sinh"], [None, "Họ", "Tên"]),
    ],
)
def test_family_and_given_names_in_two_columns_are_one_name(phuong, chi_doan, header, second):
    rows = [[1, "Nguyễn Văn", "An", "09.03.2004"], [2, "Trần Thị", "Bé", date(2005, 4, 8)]]
    content = workbook(["DANH SÁCH"], header, *([second] if second else []), *rows)
    [sheet] = read_workbook(content)

    bang = find_table([sheet], is_branch=lambda text: "")
    cot = {cot.doan: cot.so for cot in bang.cot}
    assert cot == {"stt": 0, "ho_ten": 1, "ten": 2, "ngay_sinh": 3}
    assert bang.cot[3].vi_du == ("09.03.2004", "08/04/2005")
    found = judge_foreign(
        sheets=[sheet], bang=bang, cot=cot, sha256="", don_vi=phuong, ca_tep=chi_doan.ten_day_du
    )
    assert [row.values["ho_ten"] for row in found.results] == ["Nguyễn Văn An", "Trần Thị Bé"]
    assert found.results[0].values["ngay_sinh"] == date(2004, 3, 9)


def test_a_column_called_name_alone_holds_whole_names():
    found, _ = guessed(["Tên", "Ngày sinh", "SĐT"], ["Lê Văn An", AN[1], AN[6]])
    assert found == {"ho_ten": 0, "ngay_sinh": 1, "dien_thoai": 2}


def test_the_national_layout_may_hold_the_name_in_two_columns(phuong, chi_doan):
    labels = ["STT", "Họ và tên", None, "Ngày sinh", None, "Dân tộc", "CCCD", "Ngày vào Đoàn"]
    rest = ["Kinh", "093204000001", "26/3/2020", chi_doan.ten]
    rows = [[n, "Lê Văn", ten, AN[1], None, *rest] for n, ten in enumerate(("An", "Bé"), 1)]
    content = workbook([*labels, "Đơn vị"], [None, None, None, "Nam", "Nữ"], *rows)

    found = read_danh_sach(content=content, don_vi=phuong)

    assert [row.values["ho_ten"] for row in found.results] == ["Lê Văn An", "Lê Văn Bé"]
