"""What the record holds beyond the old columns: sources, introducer, book and card, old places."""

import importlib
from datetime import date

import pytest
from django.apps import apps

from doanvien.danh_muc import split_nguon
from doanvien.models import NguonCanBo
from tests.doanvien.records import edit_data
from tests.factories import make_doan_vien

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "codes", "rest"),
    [
        ("bộ đội xuất ngũ", ["bo_doi"], ""),
        ("Đảng viên trẻ; dân quân, thợ mộc giỏi", ["dang_vien_tre", "dan_quan"], "thợ mộc giỏi"),
        ("Giáo viên/giáo viên", ["giao_vien"], ""),
        ("trưởng câu lạc bộ", [], "trưởng câu lạc bộ"),
    ],
)
def test_a_typed_source_becomes_codes_and_nothing_is_lost(text, codes, rest):
    assert split_nguon(text) == (codes, rest)


def test_old_texts_are_read_once_and_can_be_written_back(doan_vien):
    migration = importlib.import_module("doanvien.migrations.0003_sources_of_cadres")
    doan_vien.nguon_can_bo = "Dân quân, thợ mộc giỏi"
    doan_vien.save()

    migration.read_old_texts(apps, None)
    doan_vien.refresh_from_db()
    assert [row.ma for row in doan_vien.nguon.all()] == ["dan_quan"]
    assert doan_vien.nguon_can_bo == "thợ mộc giỏi"

    migration.write_old_texts(apps, None)
    doan_vien.refresh_from_db()
    assert doan_vien.nguon_can_bo == "thợ mộc giỏi, Dân quân tự vệ"


def test_the_form_keeps_sources_introducer_book_and_card(client_of, bi_thu, doan_vien):
    introducer = make_doan_vien(chi_doan=doan_vien.chi_doan, ho_ten="Đặng Ngọc Hân")
    NguonCanBo.objects.create(doan_vien=doan_vien, ma="giao_vien")
    client = client_of(bi_thu)
    changes = {
        "nguon": ["dan_quan", "bo_doi"],
        "nguoi_gioi_thieu": "dang ngoc han",
        "so_doan": "co",
        "so_doan_noi_giu": "Đoàn phường",
        "the_ngay_cap": "26/03/2019",
        "que_quan": "Vũ Thư, Thái Bình",
    }

    answer = client.post(
        f"/doan-vien/{doan_vien.pk}/sua/", edit_data(client, doan_vien, **changes), follow=True
    )

    doan_vien.refresh_from_db()
    assert {row.ma for row in doan_vien.nguon.all()} == {"dan_quan", "bo_doi"}
    assert doan_vien.nguoi_gioi_thieu == introducer
    assert doan_vien.que_quan == "Vũ Thư, Thái Bình"
    facts = dict(answer.context["facts"])
    assert facts["Quê quán"] == "Vũ Thư, Thái Bình (nay thuộc tỉnh Hưng Yên)"
    assert facts["Sổ đoàn viên"] == "Có sổ, giữ tại Đoàn phường"
    assert facts["Người giới thiệu"] == "Đặng Ngọc Hân"
    page = client.get(introducer.get_absolute_url()).content.decode()
    assert "Đã giới thiệu 1 đồng chí vào Đoàn." in page

    again = edit_data(client, doan_vien)
    client.post(f"/doan-vien/{doan_vien.pk}/sua/", again)
    doan_vien.refresh_from_db()
    assert doan_vien.nguoi_gioi_thieu == introducer


def test_an_introducer_must_be_one_person_of_the_register(client_of, bi_thu, doan_vien):
    for year in (1998, 2004):
        make_doan_vien(
            chi_doan=doan_vien.chi_doan, ho_ten="Lê Minh Duy", ngay_sinh=date(year, 2, 2)
        )
    make_doan_vien(ho_ten="Người Nơi Khác")
    client = client_of(bi_thu)

    def answer(text):
        data = edit_data(client, doan_vien, nguoi_gioi_thieu=text)
        response = client.post(f"/doan-vien/{doan_vien.pk}/sua/", data)
        form = response.context["form"] if response.context else None
        return form.errors["nguoi_gioi_thieu"][0] if form else ""

    assert answer("Lê Minh Duy") == (
        "Có nhiều đồng chí tên này: Lê Minh Duy 1998, Lê Minh Duy 2004. Ghi thêm năm sinh."
    )
    assert answer("Người Nơi Khác").startswith("Không có đồng chí «Người Nơi Khác»")
    assert answer(f"{doan_vien} 2000").startswith("Không có đồng chí")
    assert answer("Lê Minh Duy 2004") == ""


def test_a_value_from_elsewhere_is_kept_with_a_hint_and_other_writings_are_understood(
    client_of, bi_thu, doan_vien
):
    doan_vien.nghe_nghiep = "Giáo viên"
    doan_vien.save()
    client = client_of(bi_thu)
    form = client.get(f"/doan-vien/{doan_vien.pk}/sua/").context["form"]
    assert form.fields["nghe_nghiep"].help_text.startswith("Đang ghi «Giáo viên»")

    data = edit_data(client, doan_vien, van_hoa="trung học  cơ sở")
    client.post(f"/doan-vien/{doan_vien.pk}/sua/", data)
    doan_vien.refresh_from_db()
    assert (doan_vien.van_hoa, doan_vien.nghe_nghiep) == ("Trung học cơ sở", "Giáo viên")
