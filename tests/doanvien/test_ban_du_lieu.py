"""Everything held about one person in one file: all tables, all papers, nobody else."""

import json
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from openpyxl import load_workbook

from chidoan.models import MoHinh
from doanvien.models import BuocYeuCau, DoanVien, KetNap
from doanvien.rieng_tu.ban_du_lieu import _fields, _label, ban_du_lieu
from doanvien.rieng_tu.quan_he import bang_lien_quan, bang_ten
from tests.doanvien.canary import TEXTS, make_paper, make_person, put_on_team
from tests.factories import make_buoi, make_yeu_cau
from tests.page_visits import DOMAIN_APPS
from tochuc.models import NhatKy

MINE, OTHER = "Zqinh", "Qvuwa"


@pytest.fixture
def people(chi_doan, phuong, bi_thu_phuong):
    """Two members of one branch who meet wherever two people can meet."""
    fields = {"chi_doan": chi_doan, "phuong": phuong, "by": bi_thu_phuong}
    me, other = (make_person(mark, so=so, **fields) for so, mark in enumerate((MINE, OTHER), 1))
    make_buoi(chi_doan=chi_doan, chu_tri=me, thu_ky=other, y_kien=f"{OTHER} phát biểu")
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 1), diem_danh={me: "co_mat", other: "vang"})
    mo_hinh = MoHinh.objects.create(don_vi=phuong, ten="Mô hình", tu_ngay=date(2026, 1, 1))
    for person, mark in ((me, MINE), (other, OTHER)):
        put_on_team(mo_hinh, person, mark)
        make_paper(person, phuong, bi_thu_phuong, mark)
    return me, other


def read(archive: bytes) -> dict[str, str]:
    """The parts of the file as text."""
    with ZipFile(BytesIO(archive)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    book = load_workbook(BytesIO(parts.pop("ban-du-lieu.xlsx")))
    cells = [sheet.title for sheet in book]
    cells += [str(cell.value) for sheet in book for row in sheet for cell in row]
    return {"xlsx": "\n".join(cells), **{name: part.decode() for name, part in parts.items()}}


def test_the_file_says_every_word_about_the_person_and_none_about_the_neighbour(people):
    me, _ = people

    parts = read(ban_du_lieu(me))

    words = [f"{MINE} {name}"[:30] for name in TEXTS]
    words += ["079201000001", "0900000001", "zqinh@vidu.vn", "04/03/2001"]
    words += [f"{MINE} {text}" for text in ("cần việc", "đã có việc", "muốn xem", "giúp")]
    words += [f"{MINE} {text}" for text in ("tốt", "vận động", "vững vàng", "dòng nhập", "ô")]
    words += [f"{MINE} tổ chức", "Có mặt", "Là chủ trì".lower()]
    for name in ("ban-du-lieu.html", "ban-du-lieu.json", "xlsx"):
        assert [word for word in words if word.lower() not in parts[name].lower()] == [], name
    papers = [text for name, text in parts.items() if name.startswith("van-ban/")]
    assert papers == [f"%PDF {MINE}"]
    for text in parts.values():
        assert OTHER.lower() not in text.lower()
        assert "079201000002" not in text


def test_the_tables_have_vietnamese_names(people):
    tables = json.loads(read(ban_du_lieu(people[0]))["ban-du-lieu.json"])

    assert tables[0]["ten"] == "Đoàn viên"
    assert tables[0]["dong"][0]["Họ và tên"] == f"Nguyễn {MINE} {MINE}"
    assert tables[-1]["ten"] == "Việc đã làm với lý lịch"
    ratings = next(table for table in tables if table["bang"] == "doanvien.xeploai")
    assert ratings["dong"][0]["Năm"] == "2025"
    for goc in (DoanVien, KetNap):
        own = {table.model for table in bang_lien_quan(goc) if table.cua_nguoi}
        for model in {goc, *own}:
            for field in _fields(model, only_facts=False):
                assert _label(field).lower() != field.name.replace("_", " "), (model, field)


def test_of_who_was_introduced_nothing_but_where_and_when_is_said(people):
    me, other = people
    other.nguoi_gioi_thieu = me
    other.save()

    tables = json.loads(read(ban_du_lieu(me))["ban-du-lieu.json"])

    part = next(table for table in tables if "người giới thiệu" in table["ten"])
    assert set(part["dong"][0]) == {"Chi đoàn", "Ngày vào Đoàn"}


def test_a_name_written_by_hand_is_nobodys_when_two_bear_it(people):
    me, other = people
    other.set_ho_ten(me.ho_ten)
    other.save()

    assert f"{MINE} tổ chức" not in read(ban_du_lieu(me))["ban-du-lieu.json"]


def test_it_is_taken_on_a_request_of_that_kind_and_written_down(client_of, bi_thu_phuong, people):
    asked = make_yeu_cau(doan_vien=people[0])
    other_kind = make_yeu_cau(doan_vien=people[0], loai="sua")
    client = client_of(bi_thu_phuong)

    response = client.post(f"/doan-vien/yeu-cau/{asked.pk}/tai/")
    refused = client.post(f"/doan-vien/yeu-cau/{other_kind.pk}/tai/")

    assert response["Content-Type"] == "application/zip"
    assert MINE not in response["Content-Disposition"]
    assert read(response.content)["ban-du-lieu.html"].count(MINE) > 10
    assert refused.url == f"/doan-vien/yeu-cau/{other_kind.pk}/"
    assert list(BuocYeuCau.objects.values_list("viec", flat=True)) == ["cung_cap"]
    assert NhatKy.objects.order_by("-so").first().hanh_dong == "yeu_cau.export"


ROLES_ONLY = {
    "chidoan.buoisinhhoat": "chairs or takes the minutes of a meeting of the branch",
    "chidoan.totietkiem": "leads a savings-and-loan group",
    "doanvien.doanvien": "introduced somebody",
    "doanvien.khacnguoi": "was told apart from a namesake",
}
"""Tables that name a person in a matter of others: dates and units go into the file, no words."""


def test_every_table_with_a_way_to_a_person_is_in_the_file():
    tables = bang_lien_quan()
    own = {table.label for table in tables if table.cua_nguoi}
    roles = {table.label for table in tables if not table.cua_nguoi} - own

    assert roles == set(ROLES_ONLY)
    assert len({(table.label, table.path) for table in tables}) == len(tables)
    for app in DOMAIN_APPS:
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.concrete_fields:
                if field.related_model is DoanVien and not model._meta.proxy:
                    assert model._meta.label_lower in own | roles


TEN_NGUOI = {
    *("ho_ten", "nguoi", "nguoi_lam", "nguoi_nop", "nguoi_tang"),
    *("ten_to_truong", "truong_doan"),
}
"""How columns are called that hold somebody's name."""


def test_every_table_that_keeps_names_as_text_says_so():
    """A field called after a name is the register's, an account's, or declared by its model."""
    declared = {model._meta.label_lower for model, _ in bang_ten()}
    named = {
        model._meta.label_lower
        for app in DOMAIN_APPS
        for model in apps.get_app_config(app).get_models()
        if TEN_NGUOI
        & {field.name for field in model._meta.concrete_fields if not field.is_relation}
    }
    assert named - {"doanvien.doanvien", "tochuc.nguoidung"} == declared
