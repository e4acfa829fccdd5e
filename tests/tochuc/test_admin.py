"""The operators' room: closed to everybody else, read-only, without what nobody there needs."""

import re
from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from baocao.models import ChiTieuNam, DanhGiaTieuChi, XepLoaiDonVi
from chidoan.models import ChuDiem, MoHinh, PhuTrach
from tests.factories import (
    make_bao_cao,
    make_buoi,
    make_chuc_vu,
    make_doan_vien,
    make_ho_so,
    make_ky,
    make_to,
)
from tests.tochuc.test_van_ban import issue_paper
from tochuc.models import DonVi, LichSuDonVi, NhatKy, QuyDinh

MODELS = list(admin.site._registry)  # noqa: SLF001 -- the registry has no public name
SECRETS = re.compile(r"Công giáo|Mnông|Khiển trách|079204010345|\b0345\b|Cảm tình")
"""The last figures of the card begin with a nought, so that no row's number is taken for them."""


def url_of(model, page="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.fixture
def rows(chi_doan, phuong, bi_thu_phuong):
    doan_vien = make_doan_vien(
        chi_doan=chi_doan,
        ho_ten="Đặng Thị Hoà",
        cccd="079204010345",
        dan_toc="Mnông",
        ton_giao="Công giáo",
        ky_luat="Khiển trách 2024",
        ngay_cam_tinh=date(2024, 2, 3),
    )
    make_buoi(chi_doan=chi_doan, noi_dung="Cảm tình Đảng của hai đồng chí")
    coach = make_chuc_vu(don_vi=phuong)
    PhuTrach.objects.create(chi_doan=chi_doan, chuc_vu=coach, tu_ngay=date(2026, 1, 1))
    ChuDiem.objects.create(don_vi=phuong, nam=2026, thang=3, ten="Tháng Thanh niên")
    MoHinh.objects.create(don_vi=phuong, ten="Mô hình thử", tu_ngay=date(2026, 1, 1))
    make_ky(to=make_to(don_vi=phuong))
    make_ho_so(doan_vien=doan_vien)
    make_bao_cao(don_vi=phuong)
    ChiTieuNam.objects.create(don_vi=phuong, ma="ket_nap_moi", nam=2026, gia_tri=5)
    XepLoaiDonVi.objects.create(
        don_vi=chi_doan, nam=2025, thang="hd33", muc="htt", ngay=date(2025, 12, 1)
    )
    DanhGiaTieuChi.objects.create(
        chi_doan=chi_doan,
        nam=2026,
        tieu_chi="nhiem_vu",
        muc=DanhGiaTieuChi.Muc.choices[0][0],
        minh_chung="Sổ chi đoàn",
        ngay=date(2026, 6, 1),
        by=bi_thu_phuong,
    )
    issue_paper(phuong, bi_thu_phuong)
    QuyDinh.objects.create(
        ma="chi_doan_nho", don_vi=phuong, tu_ngay=date(2026, 1, 1), gia_tri=4, can_cu="Nếp phường"
    )


@pytest.mark.same_on_both
@pytest.mark.parametrize("person", ["bi_thu", "bi_thu_phuong", "van_phong", "kiem_tra", "cap_uy"])
@pytest.mark.parametrize("url", ["/quan-tri/", "/quan-tri/doanvien/doanvien/"])
def test_everybody_but_operators_is_refused(request, client_of, person, url):
    response = client_of(request.getfixturevalue(person)).get(url)

    assert response.status_code == 403
    assert "việc của Quản trị hệ thống" in response.content.decode()


@pytest.mark.parametrize("url", ["/quan-tri/", "/quan-tri/tochuc/nhatky/"])
def test_strangers_are_sent_to_our_own_log_in(client, db, url):
    response = client.get(url, follow=True)

    assert response.redirect_chain[-1] == (f"/dang-nhap/?next={url}", 302)


def test_djangos_own_log_in_takes_no_password(client, db, bi_thu):
    client.post("/quan-tri/login/", {"username": bi_thu.username, "password": "mat-khau"})

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_list_opens_and_is_searched(client_of, quan_tri, rows, model):
    client = client_of(quan_tri)

    assert client.get(url_of(model)).status_code == 200
    assert client.get(url_of(model), {"q": "dang thi hoa"}).status_code == 200


@pytest.mark.same_on_both
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_row_is_shown_without_anything_to_change(client_of, quan_tri, rows, model):
    row = model.objects.first()

    page = client_of(quan_tri).get(url_of(model, "change", row.pk))

    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()


@pytest.mark.same_on_both
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_rows_are_neither_changed_nor_deleted(client_of, quan_tri, rows, model):
    client, row = client_of(quan_tri), model.objects.first()

    assert client.post(url_of(model, "change", row.pk), {"_save": "1"}).status_code == 403
    assert client.post(url_of(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    if model is not DonVi:
        assert client.get(url_of(model, "add")).status_code == 403


def test_nothing_sensitive_is_shown_anywhere(client_of, quan_tri, rows):
    client = client_of(quan_tri)
    pages = [client.get(url_of(model)).content.decode() for model in MODELS]
    pages += [
        client.get(url_of(model, "change", model.objects.first().pk)).content.decode()
        for model in MODELS
    ]

    assert [found for page in pages for found in SECRETS.findall(page)] == []
    assert any("Đặng Thị Hoà" in page for page in pages)


def new_unit(**changes):
    return {"cap": "co_so", "loai": "phuong", "ten": " Mới ", "ma": "phuong-moi", **changes}


def test_an_operator_adds_a_unit_with_its_history(client_of, quan_tri, huyen):
    client_of(quan_tri).post(url_of(DonVi, "add"), new_unit(cap_tren=huyen.pk))

    unit = DonVi.objects.get(ma="phuong-moi")
    assert (unit.ten, unit.cap_tren) == ("Mới", huyen)
    assert LichSuDonVi.objects.filter(don_vi=unit, cap_tren=huyen).exists()
    assert NhatKy.objects.filter(hanh_dong="don_vi.create", nguoi=quan_tri, don_vi=unit).exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cap": "tinh", "loai": "tinh"}, "không thể đứng dưới"),
        ({"ma": "huyen-thu"}, "đã tồn tại"),
        ({"loai": "chi_doan"}, "Chi đoàn, và chỉ chi đoàn"),
    ],
)
def test_a_unit_that_does_not_fit_is_refused(client_of, quan_tri, huyen, changes, words):
    data = new_unit(cap_tren=huyen.pk, **changes)

    page = client_of(quan_tri).post(url_of(DonVi, "add"), data)

    assert words in page.content.decode()
    assert DonVi.objects.count() == 1


def test_leaving_and_the_password_are_ours(client_of, quan_tri):
    client = client_of(quan_tri)

    assert client.get("/quan-tri/password_change/").url == "/doi-mat-khau/"
    assert client.post("/quan-tri/logout/").url == "/dang-nhap/"
    assert NhatKy.objects.filter(hanh_dong="tai_khoan.logout").exists()


@pytest.mark.parametrize(
    ("url", "query"),
    [
        ("/quan-tri/doanvien/doanvien/", "ton_giao=Công giáo"),
        ("/quan-tri/doanvien/doanvien/", "ky_luat__startswith=K"),
        ("/quan-tri/tochuc/nguoidung/", "password__startswith=md5"),
        ("/quan-tri/tochuc/phancong/", "nguoi_dung__password__startswith=md5"),
    ],
)
def test_a_hidden_field_is_not_found_out_by_filtering(client_of, quan_tri, rows, url, query):
    assert client_of(quan_tri).get(f"{url}?{query}").status_code == 400


@pytest.mark.parametrize(
    "url",
    [
        "/quan-tri/doanvien/doanvien/?trang_thai__exact=dang_sinh_hoat",
        "/quan-tri/tochuc/donvi/?khoi__isnull=True",
        "/quan-tri/tochuc/nhatky/?luc__gte=2026-01-01+00:00:00%2B07:00",
        "/quan-tri/chidoan/buoisinhhoat/?ngay__year=2026",
        "/quan-tri/baocao/chitieunam/?nam=2026",
    ],
)
def test_the_filters_of_the_lists_work(client_of, quan_tri, rows, url):
    assert client_of(quan_tri).get(url).status_code == 200


def test_vietnamese_nouns_have_no_plural(client_of, quan_tri):
    index = client_of(quan_tri).get("/quan-tri/").content.decode()

    assert ">Chủ điểm</a>" in index
    assert not [model for model in MODELS if str(model._meta.verbose_name_plural).endswith("ms")]
