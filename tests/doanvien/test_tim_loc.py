"""Finding members: numbers that leave no trace, counts, columns, saved filters, what is missing."""

from datetime import date
from io import BytesIO
from urllib.parse import parse_qs, urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from core.periods import today
from doanvien.danh_sach import services
from doanvien.models import BoLoc, DoanVien, LuotXem, NguonCanBo
from doanvien.services import update_doan_vien
from tests.factories import make_doan_vien, make_nguoi_dung
from tochuc.permissions import VaiTro

URL = "/doan-vien/"


def names(client, **params):
    return sorted(row.ho_ten for row in client.get(URL, params).context["page"])


def search(client, text):
    return client.post("/doan-vien/tim/", {"q": text, "trang_thai": ""}, follow=True)


@pytest.fixture
def people(chi_doan):
    return [
        make_doan_vien(chi_doan=chi_doan, **fields)
        for fields in (
            {"ho_ten": "Huỳnh Tấn Đạt", "cccd": "079204014471", "dien_thoai": "0912345218"},
            {"ho_ten": "Trần Gia Bảo", "cccd": "331234471", "so_the": "79-000123"},
            {"ho_ten": "Đặng Ngọc Hân", "gioi_tinh": "nu", "dan_toc": "Tày", "so_the": "123"},
        )
    ]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("079204014471", ["Huỳnh Tấn Đạt"]),
        ("079 204 014 471", ["Huỳnh Tấn Đạt"]),
        ("331234471", ["Trần Gia Bảo"]),
        ("0912.345.218", ["Huỳnh Tấn Đạt"]),
        ("079204014472", []),
    ],
)
def test_a_number_is_found_and_stands_in_no_address(client_of, bi_thu, people, typed, found):
    client = client_of(bi_thu)

    answer = search(client, typed)

    assert [row.ho_ten for row in answer.context["page"]] == found
    digits = "".join(sign for sign in typed if sign.isdigit())
    assert digits not in answer.request["QUERY_STRING"]
    assert digits not in answer.content.decode()
    assert answer.context["searched"].endswith(digits[-3:])
    typed_into_the_address = client.get(URL, {"q": digits})
    assert typed_into_the_address.status_code == 302
    assert digits not in typed_into_the_address.url


def test_the_token_of_a_number_opens_for_its_account_alone(client_of, bi_thu, chi_doan, people):
    token = parse_qs(search(client_of(bi_thu), "079204014471").request["QUERY_STRING"])["so"][0]
    other = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan)

    for broken in (token, "hỏng"):
        again = client_of(other).get(URL, {"so": broken, "gioi_tinh": "nu"}, follow=True)
        assert again.request["QUERY_STRING"] == "gioi_tinh=nu"
        assert "Gõ lại số vào ô tìm" in again.content.decode()


@pytest.mark.parametrize(
    ("text", "found"),
    [("79-000123", ["Trần Gia Bảo"]), ("123", ["Đặng Ngọc Hân"]), ("dat", ["Huỳnh Tấn Đạt"])],
)
def test_cards_and_names_are_found_in_an_address_that_can_be_sent(
    client_of, bi_thu, people, text, found
):
    answer = search(client_of(bi_thu), text)

    assert parse_qs(answer.request["QUERY_STRING"]) == {"q": [text]}
    assert [row.ho_ten for row in answer.context["page"]] == found


def test_who_has_left_is_found_by_search_and_under_every_state(client_of, bi_thu, people):
    DoanVien.objects.filter(ho_ten="Trần Gia Bảo").update(trang_thai="chuyen_di")
    client = client_of(bi_thu)

    assert "Trần Gia Bảo" not in names(client)
    assert names(client, trang_thai="moi") == sorted(row.ho_ten for row in people)
    assert names(client, q="gia bao") == ["Trần Gia Bảo"]
    assert names(client, q="gia bao", trang_thai="dang_sinh_hoat") == []


def labels(client, name, **params):
    form = client.get(URL, params).context["filters"].form
    return dict(form.fields[name].widget.choices)


def test_choices_say_how_many_stand_behind_them(client_of, bi_thu_phuong, chi_doan, people):
    NguonCanBo.objects.create(doan_vien=people[0], ma="dan_quan")
    NguonCanBo.objects.create(doan_vien=people[0], ma="bo_doi")
    client = client_of(bi_thu_phuong)

    assert labels(client, "gioi_tinh")["nu"] == "Nữ (1)"
    assert labels(client, "thieu")["so_the"] == "Chưa có số thẻ đoàn (1)"
    assert labels(client, "nguon")["bo_doi"] == "Bộ đội xuất ngũ (1)"
    assert labels(client, "dan_toc")["thieu_so"] == "Dân tộc thiểu số"
    assert labels(client, "chi_doan")[str(chi_doan.pk)].endswith("(3)")
    assert labels(client, "thieu", gioi_tinh="nu")["cccd"] == "Chưa có số CCCD (1)"
    assert labels(client, "gioi_tinh", gioi_tinh="nu")["chua_ro"] == "Chưa rõ (2)"
    assert labels(client, "gioi_tinh", ngay="01/06/2026")["nu"] == "Nữ (1)"
    chip = client.get(URL, {"gioi_tinh": "nu"}).context["chosen"][0]
    assert chip.text == "Nữ"


def test_counts_are_asked_once_and_again_after_every_change(client_of, bi_thu, people):
    client = client_of(bi_thu)
    asked = '"doanvien_doanvien"."dien_thoai" = \'\''
    with CaptureQueriesContext(connection) as first:
        assert labels(client, "thieu")["dien_thoai"] == "Chưa có điện thoại (2)"
    with CaptureQueriesContext(connection) as again:
        assert labels(client, "thieu")["dien_thoai"] == "Chưa có điện thoại (2)"
    assert [sum(asked in row["sql"] for row in look) for look in (first, again)] == [1, 0]

    for phone, so in (("", 3), ("0912345218", 2)):
        update_doan_vien(
            doan_vien=people[0],
            version=DoanVien.objects.get(pk=people[0].pk).version,
            changes={"dien_thoai": phone},
            by=bi_thu,
        )
        assert labels(client, "thieu")["dien_thoai"] == f"Chưa có điện thoại ({so})"
    assert labels(client, "thieu", thieu="dien_thoai")["cccd"] == "Chưa có số CCCD (1)"


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"nguon": "dan_quan"}, ["Huỳnh Tấn Đạt"]),
        ({"thieu": "cccd"}, ["Đặng Ngọc Hân"]),
        ({"dan_toc": "thieu_so"}, ["Đặng Ngọc Hân"]),
        ({"dang": "dang_vien"}, ["Trần Gia Bảo"]),
        ({"dang": "cam_tinh"}, ["Huỳnh Tấn Đạt"]),
        ({"vao_doan_tu": "01/01/2020"}, ["Đặng Ngọc Hân"]),
        ({"vao_doan_den": "31/12/2019", "thieu": "dien_thoai"}, ["Trần Gia Bảo"]),
        ({"di_xa": "false", "gioi_tinh": "nu"}, ["Đặng Ngọc Hân"]),
    ],
)
def test_each_filter_finds_its_people(client_of, bi_thu_phuong, people, params, found):
    NguonCanBo.objects.create(doan_vien=people[0], ma="dan_quan")
    DoanVien.objects.filter(pk=people[0].pk).update(ngay_cam_tinh=date(2024, 1, 1))
    DoanVien.objects.filter(pk=people[1].pk).update(ngay_vao_dang=date(2024, 1, 1))
    DoanVien.objects.filter(pk=people[2].pk).update(ngay_vao_doan=date(2020, 3, 26))

    client = client_of(bi_thu_phuong)
    if {"dan_toc", "dang"} & set(params):
        client.post(f"{URL}?{urlencode(params)}", {"ly_do": "cap_nhat"})
    assert names(client, **params) == found


def test_a_list_by_something_masked_opens_after_a_reason(client_of, bi_thu_phuong, people):
    client = client_of(bi_thu_phuong)
    url = f"{URL}?dan_toc=thieu_so"
    for query in ("", "&export=xlsx"):
        asked = client.get(url + query)
        assert "Lọc theo mục riêng tư?" in asked.content.decode()
        assert "Đặng Ngọc Hân" not in asked.content.decode()
    assert client.get("/doan-vien/nhan-the.pdf?dan_toc=thieu_so").url == url
    assert "ly_do" in client.post(url, {"ly_do": ""}).context["form"].errors

    assert client.post(url, {"ly_do": "lap_bao_cao"}).url == url

    assert names(client, dan_toc="thieu_so") == ["Đặng Ngọc Hân"]
    look = LuotXem.objects.get()
    assert (look.so_nguoi, look.ly_do, look.nguoi) == (1, "lap_bao_cao", bi_thu_phuong)
    assert client.get(f"{URL}?dang=dang_vien").context.get("page") is None


def test_sensitive_filters_are_for_who_may_read_them(client_of, bi_thu, people):
    client = client_of(bi_thu)

    assert names(client, dan_toc="thieu_so") == names(client)
    html = client.get(URL).content.decode()
    assert "thiểu số" not in html
    assert "Đảng viên" not in html.replace("Đảng viên trẻ", "")


def test_chosen_columns_stand_in_the_table_and_in_the_file(client_of, bi_thu, uy_vien, people):
    params = {"cot": ["so_the", "dien_thoai", "khong_co"]}
    client = client_of(bi_thu)
    page = client.get(URL, params)
    assert [heading.column.label for heading in page.context["headings"]] == [
        "Họ và tên",
        "Điện thoại",
        "Số thẻ đoàn",
    ]
    book = client.get(URL, {**params, "export": "xlsx"})
    content = b"".join(book.streaming_content) if book.streaming else book.content
    rows = list(load_workbook(BytesIO(content), read_only=True).active.values)
    assert any(row[:3] == ("Họ và tên", "Điện thoại", "Số thẻ đoàn") for row in rows)
    assert any(row[:2] == ("Huỳnh Tấn Đạt", "0912345218") for row in rows)

    masked = client_of(uy_vien).get(URL, params).content.decode()
    assert "0912345218" not in masked
    assert "09•• ••• 218" in masked


def test_a_filter_is_saved_without_the_name_searched_for_and_deleted(
    client_of, bi_thu, bi_thu_phuong, people
):
    client = client_of(bi_thu)
    query = "q=Nguyen+Van+A&gioi_tinh=nu&cot=so_the&page=2&sort=-ngay_sinh&thieu="
    client.post("/doan-vien/bo-loc/luu/", {"ten": "Nữ", "dieu_kien": query})

    bo_loc = BoLoc.objects.get()
    assert parse_qs(bo_loc.dieu_kien) == {
        "gioi_tinh": ["nu"],
        "cot": ["so_the"],
        "sort": ["-ngay_sinh"],
    }
    presets = client.get(URL).context["presets"]
    assert (presets[-1].label, presets[-1].query) == ("Nữ", bo_loc.dieu_kien)
    assert names(client, **parse_qs(presets[-1].query)) == ["Đặng Ngọc Hân"]

    again = client.post("/doan-vien/bo-loc/luu/", {"ten": "Nữ", "dieu_kien": query}, follow=True)
    assert "đã có bộ lọc «Nữ»" in again.content.decode()
    empty = client.post("/doan-vien/bo-loc/luu/", {"ten": "X", "dieu_kien": "q=a"}, follow=True)
    assert "Chọn bộ lọc hoặc cột" in empty.content.decode()

    delete = f"/doan-vien/bo-loc/{bo_loc.pk}/xoa/"
    assert client_of(bi_thu_phuong).post(delete).status_code == 404
    client_of(bi_thu).post(delete)
    assert not BoLoc.objects.exists()


def test_the_number_of_saved_filters_is_limited(bi_thu, monkeypatch):
    monkeypatch.setattr(services, "NHIEU_NHAT", 1)
    services.save_bo_loc(ten="Một", dieu_kien="gioi_tinh=nu", by=bi_thu)

    with pytest.raises(services.RuleError, match="Xóa bớt"):
        services.save_bo_loc(ten="Hai", dieu_kien="gioi_tinh=nam", by=bi_thu)


def test_the_day_is_changed_on_the_page_and_everything_else_stays(client_of, bi_thu, people):
    html = client_of(bi_thu).get(URL, {"gioi_tinh": "nu", "page": "1"}).content.decode()
    form = html.split("Đổi ngày")[1].split("</form>")[0]

    assert '<input type="hidden" name="gioi_tinh" value="nu">' in form
    assert 'name="page"' not in form
    assert f'name="ngay" value="{today():%d/%m/%Y}"' in form
