"""The pages of an import: choose a file, look, choose, enter; nobody else's list."""

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from doanvien.models import DoanVien, DotNhap
from doanvien.nhap.danh_sach import read_danh_sach
from doanvien.nhap.services import confirm_nhap, preview_nhap
from doanvien.nhap.workbook import read_workbook
from tests.doanvien.nhap_lists import COLUMNS, judge_sheet, make_workbook, member
from tests.factories import make_chi_doan, make_doan_vien, make_nguoi_dung
from tochuc.models import NhatKy
from tochuc.permissions import VaiTro

UPLOAD_URL = reverse("doanvien:nhap_upload")
FILE = Path(__file__).parents[1] / "data" / "danh-sach-doan-vien.xlsx"
EXPECTED = json.loads(FILE.with_suffix(".expected.json").read_text(encoding="utf-8"))
CREATE, REJECT = member(), member(ho_ten=None)
DUPLICATE = member(dien_thoai="0987654321")


@pytest.fixture
def secretary(client_of, bi_thu_phuong, chi_doan):
    """The ward's secretary at the browser; the ward has the branch Khu vực 1."""
    return client_of(bi_thu_phuong)


@pytest.fixture
def look(phuong, chi_doan, bi_thu_phuong):
    def look(*members):
        content = make_workbook(*members)
        return preview_nhap(content=content, ten_tep="ds.xlsx", don_vi=phuong, by=bi_thu_phuong)

    return look


def upload(client, don_vi, content, name="danh-sach.xlsx"):
    return client.post(UPLOAD_URL, {"don_vi": don_vi.pk, "tep": SimpleUploadedFile(name, content)})


def confirm_page(client, dot_nhap, so_them, so_cap_nhat=0):
    counts = {"so_them": so_them, "so_cap_nhat": so_cap_nhat}
    return client.post(reverse("doanvien:nhap_confirm", args=[dot_nhap.pk]), counts, follow=True)


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize(("person", "links"), [("can_bo_phuong", 2), ("bi_thu", 0)])
def test_empty_register_leads_whoever_may_import_to_the_upload(
    request, client_of, chi_doan, person, links
):
    response = client_of(request.getfixturevalue(person)).get(reverse("doanvien:list"))

    assert "Chưa có đoàn viên nào trong sổ" in text_of(response)
    assert text_of(response).count(f'href="{UPLOAD_URL}"') == links


def test_upload_leads_to_the_preview_and_writes_nothing(secretary, phuong):
    response = upload(secretary, phuong, make_workbook(CREATE))

    dot_nhap = DotNhap.objects.get()
    assert response.url == dot_nhap.get_absolute_url()
    assert dot_nhap.ten_tep == "danh-sach.xlsx"
    assert not DoanVien.objects.exists()


@pytest.mark.same_on_both
@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"STT;An", "không phải sổ tính .xlsx"),
        (b"", "Tệp rỗng. Chọn lại tệp danh sách."),
        (bytes(10 * 1024 * 1024 + 1), "nặng hơn 10 MB"),
    ],
)
def test_refused_file_is_said_beside_the_field(secretary, phuong, content, part):
    response = upload(secretary, phuong, content)

    assert part in str(response.context["form"].errors["tep"])
    assert not DotNhap.objects.exists()


def test_upload_into_another_ward_is_a_form_error(secretary, phuong_khac):
    response = upload(secretary, phuong_khac, make_workbook(CREATE))

    assert set(response.context["form"].errors) == {"don_vi"}
    assert not DotNhap.objects.exists()


def test_one_who_serves_two_wards_chooses_between_them(client_of, phuong, phuong_khac, chi_doan):
    user = make_nguoi_dung(VaiTro.CAN_BO_PHUONG, phuong)
    user.phan_cong.create(
        don_vi=phuong_khac, vai_tro=VaiTro.CAN_BO_PHUONG, tu_ngay=user.phan_cong.get().tu_ngay
    )

    response = client_of(user).get(UPLOAD_URL)

    choices = response.context["form"].fields["don_vi"].queryset
    assert set(choices) == {phuong, phuong_khac}
    assert not response.context["form"]["don_vi"].is_hidden


def test_second_upload_says_the_file_is_in_and_shows_that_import(secretary, look, phuong):
    dot_nhap = look(CREATE)
    confirm_page(secretary, dot_nhap, 1)

    response = upload(secretary, phuong, make_workbook(CREATE))

    assert response.url == dot_nhap.get_absolute_url()
    assert "Tệp này đã được nhập lúc" in text_of(secretary.get(response.url))
    assert DoanVien.objects.count() == 1


def test_sample_file_is_a_list_without_members(secretary):
    response = secretary.get(reverse("doanvien:nhap_sample"))

    [sheet] = read_workbook(response.content)
    assert judge_sheet(sheet) == []


def test_preview_shows_counts_rows_and_what_to_do(secretary, look):
    response = secretary.get(look(CREATE, REJECT, DUPLICATE).get_absolute_url())

    text = text_of(response)
    assert [tab["label"].replace("\u00a0", " ") for tab in response.context["tabs"]] == [
        "Cần xem · 2",
        "Cần sửa · 1",
        "Trùng · 1",
        "Thêm mới · 1",
    ]
    assert "chưa ghi gì vào sổ" in text
    assert "Thiếu họ và tên. Điền ở ô B8." in text
    assert "Bỏ qua 1 dòng trùng, 1 dòng cần sửa." in text
    assert "Nhập 1 đồng chí vào sổ Đoàn phường Thử?" in text


@pytest.mark.parametrize(
    ("tab", "rows"),
    [
        ("", [8, 9, 10]),
        ("can-xem", [8, 9, 10]),
        ("can-sua", [8]),
        ("trung", [9]),
        ("them-moi", [7, 10]),
        ("x", [8, 9, 10]),
    ],
)
def test_each_view_shows_its_rows(secretary, look, tab, rows):
    odd = member(cccd="093204000002", ho_ten="An")

    response = secretary.get(look(CREATE, REJECT, DUPLICATE, odd).get_absolute_url(), {"xem": tab})

    assert [row.dong.row for row in response.context["rows"]] == rows


def test_clean_list_opens_on_the_rows_to_enter(secretary, look):
    response = secretary.get(look(CREATE).get_absolute_url())

    assert response.context["tab"] == "them-moi"


def test_preview_shows_the_values_of_the_file_also_where_they_are_wrong(secretary, look):
    wrong = member(ngay_sinh_nam="31/02/2004", chi_doan="Khu vực 99")

    [row] = secretary.get(look(wrong).get_absolute_url()).context["rows"]

    assert (row.ho_ten, row.ngay_sinh, row.chi_doan) == (
        "Nguyễn Văn An",
        "31/02/2004",
        "Khu vực 99",
    )


@pytest.mark.same_on_both
def test_names_from_the_file_are_only_text(secretary, look):
    response = secretary.get(look(member(ho_ten="<script>alert(1)</script>")).get_absolute_url())

    assert "<script>alert" not in text_of(response)
    assert "&lt;script&gt;alert(1)" in text_of(response)


def test_no_citizen_id_stands_on_the_page_in_full(secretary, look):
    response = secretary.get(look(CREATE, DUPLICATE, member(cccd="0932040001")).get_absolute_url())

    assert "093204000001" not in text_of(response)
    assert "0932040001" not in text_of(response)


@pytest.mark.parametrize("item_count", [1, 3, 60])
def test_preview_takes_the_same_queries_for_any_number_of_rows(
    secretary, look, chi_doan, item_count, django_assert_num_queries
):
    members = []
    for number in range(item_count):
        cccd = f"0932040{number:05d}"
        make_doan_vien(chi_doan=chi_doan, cccd=cccd)
        members.append(member(cccd=cccd))
    dot_nhap = look(*members)

    # session, user, roles, import with counts, count of the view, its page
    with django_assert_num_queries(6):
        secretary.get(dot_nhap.get_absolute_url())


@pytest.mark.parametrize("item_count", [1, 3])
def test_upload_page_takes_the_same_queries_for_any_history(
    secretary, look, item_count, django_assert_num_queries
):
    for number in range(item_count):
        look(member(cccd=f"09320400000{number}"))

    # session, user, roles, units to choose from, count and page of the history
    with django_assert_num_queries(6):
        response = secretary.get(UPLOAD_URL)

    assert response.context["page"].paginator.count == item_count


@pytest.mark.parametrize("item_count", [1, 300])
def test_reading_a_list_takes_the_same_queries_for_any_number_of_rows(
    phuong, chi_doan, item_count, django_assert_num_queries
):
    content = make_workbook(*(member(cccd=f"0932040{n:05d}") for n in range(item_count)))

    # branches, admission age, people with these ids, namesakes
    with django_assert_num_queries(4):
        read_danh_sach(content=content, don_vi=phuong)


def test_choice_changes_what_the_button_does(secretary, look):
    dot_nhap = look(CREATE, DUPLICATE)
    dong = dot_nhap.dong.get(row=8)
    url = reverse("doanvien:nhap_choose", args=[dong.pk])

    response = secretary.post(url, {"cap_nhat": "1", "xem": "trung", "page": "1"})

    assert response.url == f"{dot_nhap.get_absolute_url()}?xem=trung&page=1#dong-8"
    assert secretary.get(dot_nhap.get_absolute_url()).context["verb"] == "Nhập 1, cập nhật 1"
    secretary.post(url, {"cap_nhat": ""})
    assert secretary.get(dot_nhap.get_absolute_url()).context["verb"] == "Nhập 1"


def test_choice_without_a_record_to_update_is_refused_in_words(secretary, look):
    dot_nhap = look(CREATE)

    response = secretary.post(
        reverse("doanvien:nhap_choose", args=[dot_nhap.dong.get().pk]),
        {"cap_nhat": "1"},
        follow=True,
    )

    assert "Dòng 7 không có bản ghi nào của đơn vị để cập nhật." in text_of(response)


def test_confirm_page_asks_the_same_question_without_script(secretary, look):
    dot_nhap = look(CREATE, REJECT)

    response = secretary.get(reverse("doanvien:nhap_confirm", args=[dot_nhap.pk]))

    assert response.context["title"] == "Nhập 1 đồng chí vào sổ Đoàn phường Thử?"
    assert response.context["form"].initial == {"so_them": 1, "so_cap_nhat": 0}


def test_confirm_page_leads_back_when_nothing_is_left_to_enter(secretary, look):
    dot_nhap = look(REJECT)

    response = secretary.get(reverse("doanvien:nhap_confirm", args=[dot_nhap.pk]))

    assert response.url == dot_nhap.get_absolute_url()


def test_confirm_enters_the_list_and_shows_the_result(secretary, look):
    response = confirm_page(secretary, look(CREATE, REJECT), 1)

    assert "Đã nhập 1 đồng chí vào sổ." in text_of(response)
    assert response.context["title"] == "Kết quả nhập"
    assert [row.ho_ten for row in response.context["rows"]] == ["Nguyễn Văn An"]
    assert response.context["rows"][0].url == DoanVien.objects.get().get_absolute_url()


def test_confirm_twice_enters_once(secretary, look):
    dot_nhap = look(CREATE)
    confirm_page(secretary, dot_nhap, 1)

    response = confirm_page(secretary, dot_nhap, 1)

    assert "Tệp này đã được nhập lúc" in text_of(response)
    assert DoanVien.objects.count() == 1


def test_confirm_of_another_count_enters_nobody(secretary, look):
    response = confirm_page(secretary, look(CREATE), 2)

    assert "Số dòng thêm mới nay là 1, không phải 2." in text_of(response)
    assert not DoanVien.objects.exists()


def test_confirm_without_counts_asks_again(secretary, look):
    dot_nhap = look(CREATE)

    response = secretary.post(reverse("doanvien:nhap_confirm", args=[dot_nhap.pk]))

    assert response.status_code == 200
    assert not DoanVien.objects.exists()


def test_discard_drops_the_list(secretary, look):
    response = secretary.post(reverse("doanvien:nhap_discard", args=[look(CREATE).pk]), follow=True)

    assert "Đã bỏ ds.xlsx, chưa ghi gì vào sổ." in text_of(response)
    assert not DotNhap.objects.exists()


def test_discard_of_an_entered_list_is_refused_in_words(secretary, look):
    dot_nhap = look(CREATE)
    confirm_page(secretary, dot_nhap, 1)

    response = secretary.post(reverse("doanvien:nhap_discard", args=[dot_nhap.pk]), follow=True)

    assert "Tệp này đã được nhập" in text_of(response)
    assert DotNhap.objects.exists()


def test_rows_to_mend_come_back_as_a_list_with_reasons(secretary, look):
    wrong = member(ngay_sinh_nam="2004", cccd="0932040001")
    dot_nhap = look(CREATE, wrong, REJECT)

    response = secretary.get(reverse("doanvien:nhap_rejects", args=[dot_nhap.pk]))

    labels, *rows = load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)
    first, second = (dict(zip(labels, row, strict=True)) for row in rows)
    assert (first["Dòng trong tệp gốc"], first["Ngày sinh Nam"]) == (8, "2004")
    assert (first["Số CMND/CCCD"], first["Dân tộc"]) == ("0932040001", "Kinh")
    assert second["Vì sao, cách sửa"] == "Thiếu họ và tên. Điền ở ô B3."
    assert NhatKy.objects.filter(hanh_dong="dot_nhap.download").count() == 1


def test_reasons_name_the_cells_of_the_workbook_they_stand_in(secretary, phuong):
    columns = [COLUMNS[0], COLUMNS[-1], *COLUMNS[1:-1]]
    wrong = member(cccd="0932040001", chi_doan="Khu vực 99")
    born_nowhere = member(ngay_sinh_nam=None)
    too_young = member(cccd="093204000002", ngay_vao_doan=date(2012, 1, 1))
    content = make_workbook(wrong, born_nowhere, too_young, columns=columns)
    dot_nhap = DotNhap.objects.get(pk=upload(secretary, phuong, content).url.split("/")[-2])

    response = secretary.get(reverse("doanvien:nhap_rejects", args=[dot_nhap.pk]))

    sheet = load_workbook(BytesIO(response.content)).active
    label_of = {cell.column_letter: cell.value for cell in sheet[1]}
    named = [
        [(label_of[letter], int(row)) for letter, row in re.findall(r"\b([A-Z]+)(\d+)\b", text)]
        for text in (row[-1].value for row in sheet.iter_rows(min_row=2))
    ]
    assert named == [
        [("Đơn vị", 2), ("Số CMND/CCCD", 2)],
        [("Ngày sinh Nam", 3), ("Ngày sinh Nữ", 3)],
        [("Thời gian vào Đoàn", 4), ("Ngày sinh Nam", 4)],
    ]


def test_mended_rows_can_be_chosen_again(secretary, look, phuong):
    dot_nhap = look(member(ho_ten=None, email="a@b.vn", van_hoa="12/12"))
    content = secretary.get(reverse("doanvien:nhap_rejects", args=[dot_nhap.pk])).content
    book = load_workbook(BytesIO(content))
    book.active["B2"] = "Nguyễn Văn Ân"
    mended = BytesIO()
    book.save(mended)

    response = upload(secretary, phuong, mended.getvalue())

    again = DotNhap.objects.get(pk=response.url.strip("/").split("/")[-1])
    confirm_nhap(dot_nhap=again, expected_count=1, by=None)
    nguoi = DoanVien.objects.get()
    assert (nguoi.ho_ten, nguoi.email, nguoi.cccd) == ("Nguyễn Văn Ân", "a@b.vn", "093204000001")
    assert again.luu_y == dot_nhap.luu_y


def test_real_list_comes_to_the_expected_counts(secretary, phuong):
    for name in set(EXPECTED["branches"]) - {"Chi đoàn Khu vực 1"}:
        make_chi_doan(phuong=phuong, ten=name.removeprefix("Chi đoàn "))

    response = secretary.get(upload(secretary, phuong, FILE.read_bytes()).url)

    dot_nhap = response.context["dot_nhap"]
    found = {
        "create": dot_nhap.so_them,
        "reject": dot_nhap.so_can_sua,
        "duplicate": dot_nhap.so_trung,
    }
    assert found == EXPECTED["count"]
    confirm_page(secretary, dot_nhap, 178)
    assert DoanVien.objects.under(phuong).count() == 178


PAGES = ["nhap_preview", "nhap_confirm", "nhap_discard", "nhap_rejects", "nhap_choose"]


def call(client, name, dot_nhap):
    target = dot_nhap.dong.first() if name == "nhap_choose" else dot_nhap
    url = reverse(f"doanvien:{name}", args=[target.pk])
    return client.post(url) if name in {"nhap_discard", "nhap_choose"} else client.get(url)


@pytest.mark.parametrize("name", PAGES)
def test_list_of_a_neighbouring_ward_is_not_found(client_of, look, nguoi_la, name):
    assert call(client_of(nguoi_la), name, look(CREATE)).status_code == 404


@pytest.mark.same_on_both
@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ["bi_thu", "van_phong", "kiem_tra"])
def test_import_is_not_everybodys_work(client_of, look, request, role, name):
    client = client_of(request.getfixturevalue(role))

    assert call(client, name, look(CREATE)).status_code == 403
    assert client.get(UPLOAD_URL).status_code == 403


@pytest.mark.same_on_both
@pytest.mark.parametrize("name", PAGES)
def test_strangers_sign_in_first(client, look, name):
    assert call(client, name, look(CREATE)).url.startswith("/dang-nhap/?next=/doan-vien/nhap/")


def test_history_shows_the_own_ward_only(client_of, look, nguoi_la):
    look(CREATE)

    assert client_of(nguoi_la).get(UPLOAD_URL).context["page"].paginator.count == 0
