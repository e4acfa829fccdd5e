"""Photos that prove a task or are the scan of a paper: in scope, and gone with the person."""

import pytest
from django.urls import reverse

from doanvien.rieng_tu.an_danh import anonymise
from doanvien.rieng_tu.ban_du_lieu import rows_of
from tests.chidoan.test_anh import photo
from tests.factories import make_anh, make_ho_so, make_nhiem_vu
from tochuc.models import NhatKy
from tudưong.models import AnhMinhChung

pytestmark = pytest.mark.django_db


@pytest.fixture
def nhiem_vu(thanh_vien):
    return make_nhiem_vu(thanh_vien=thanh_vien)


def url(name, target):
    return reverse(f"tuduong:minh_chung_{name}", args=[target.pk])


def test_the_branch_and_the_ward_add_photos_to_a_task(client_of, bi_thu, bi_thu_phuong, nhiem_vu):
    for user, colour in ((bi_thu, "green"), (bi_thu_phuong, "red")):
        client_of(user).post(url("nhiem_vu", nhiem_vu), {"tep": photo(colour)})

    first, _ = nhiem_vu.anh.all()
    assert (first.don_vi, first.them_boi, first.rong) == (nhiem_vu.don_vi, bi_thu, 60)
    assert first.tep.startswith(b"\xff\xd8")
    line = NhatKy.objects.get(hanh_dong="anh.add", nguoi=bi_thu)
    assert line.noi_dung["nhiem_vu"] == nhiem_vu.pk
    page = client_of(bi_thu).get(url("nhiem_vu", nhiem_vu)).text
    assert f'src="{first.url_nho}"' in page
    assert "Ảnh 1/2" in client_of(bi_thu).get(first.get_absolute_url()).text


def test_a_device_hears_where_its_photo_stands(client_of, bi_thu, nhiem_vu):
    answer = client_of(bi_thu).post(
        url("nhiem_vu", nhiem_vu), {"tep": photo()}, headers={"Accept": "application/json"}
    )

    anh = nhiem_vu.anh.get()
    assert answer.json() == {"anh": anh.pk, "trang": anh.get_absolute_url(), "nho": anh.url_nho}


def test_a_photo_is_described_and_thrown_away(client_of, bi_thu, nhiem_vu):
    anh, client = make_anh(nhiem_vu), client_of(bi_thu)

    client.post(url("update", anh), {"chu_thich": "Tổ công nghệ số ra quân"})
    assert str(nhiem_vu.anh.get()) == "Tổ công nghệ số ra quân"
    assert client.post(url("delete", anh)).url == url("nhiem_vu", nhiem_vu)

    assert not nhiem_vu.anh.exists()


def test_a_judged_task_takes_and_loses_no_photo(client_of, bi_thu, thanh_vien):
    judged = make_nhiem_vu(thanh_vien=thanh_vien, trang_thai="xong", xep_muc="tot")
    anh, client = make_anh(judged), client_of(bi_thu)

    assert client.post(url("nhiem_vu", judged), {"tep": photo()}).status_code == 403
    assert client.post(url("delete", anh)).status_code == 403
    assert client.get(url("tep", anh)).status_code == 200


def test_photos_are_seen_by_who_sees_the_task_or_the_case(
    client_of, bi_thu, bi_thu_phuong, uy_vien, nguoi_la, cap_uy, nhiem_vu, chi_doan
):
    kept, sent = (make_ho_so(chi_doan=chi_doan, trang_thai=t) for t in ("cho_gui", "da_gui"))
    photos = [make_anh(x) for x in (nhiem_vu, kept.giay_to.last(), sent.giay_to.last())]
    seen = {
        user: [client_of(user).get(url("tep", anh)).status_code for anh in photos]
        for user in (bi_thu, bi_thu_phuong, nguoi_la, uy_vien, cap_uy)
    }
    own = [
        client_of(cap_uy).get(reverse("tuduong:cap_uy_minh_chung", args=[anh.pk])).status_code
        for anh in photos
    ]

    assert seen == {
        bi_thu: [200] * 3,
        bi_thu_phuong: [200] * 3,
        nguoi_la: [404] * 3,
        uy_vien: [403] * 3,
        cap_uy: [403] * 3,
    }
    assert own == [404, 404, 200]


def test_photos_are_in_the_persons_data_and_go_with_him(nhiem_vu, ho_so, doan_vien):
    make_anh(nhiem_vu)
    make_anh(ho_so.giay_to.last())
    rows = [row for bang, rows in rows_of(doan_vien) for row in rows]
    assert sum(isinstance(row, AnhMinhChung) for row in rows) == 2

    anonymise(doan_vien)

    assert not AnhMinhChung.objects.exists()
