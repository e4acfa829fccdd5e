"""Masked by default: a reason opens one person's record for a while, and every look is kept."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone
from openpyxl import load_workbook

from core.errors import RuleError
from doanvien.models import DoanVien, LuotXem
from doanvien.rieng_tu import xem
from tests.doanvien.records import SENSITIVE, reveal
from tests.factories import make_doan_vien
from tochuc.models import NhatKy


@pytest.fixture
def doan_vien(chi_doan):
    fields = {"dien_thoai": "0912345218", "noi_o": "Số 9 đường Bờ Kè", "cccd": "079204014471"}
    return make_doan_vien(chi_doan=chi_doan, ho_ten="Huỳnh Tấn Đạt", **SENSITIVE, **fields)


def page_of(client, doan_vien, part=""):
    return client.get(f"/doan-vien/{doan_vien.pk}/{part}").content.decode()


def test_a_look_leaves_who_when_and_why(client_of, bi_thu_phuong, doan_vien):
    response = reveal(client_of(bi_thu_phuong), doan_vien, ghi_chu="Rà soát cùng chị Hân")

    assert response.url == f"/doan-vien/{doan_vien.pk}/"
    look = LuotXem.objects.get()
    assert (look.nguoi, look.doan_vien, look.ly_do) == (bi_thu_phuong, doan_vien, "cap_nhat")
    line = NhatKy.objects.order_by("-so").first()
    assert (line.hanh_dong, line.noi_dung) == ("doan_vien.reveal", {"ly_do": "cap_nhat"})


@pytest.mark.parametrize(
    "reason", [{"ly_do": ""}, {"ly_do": "la"}, {"ly_do": "khac", "ghi_chu": " "}]
)
def test_without_a_reason_nothing_opens(client_of, bi_thu_phuong, doan_vien, reason):
    client = client_of(bi_thu_phuong)

    response = reveal(client, doan_vien, **reason)

    assert response.context["form"].errors
    assert "Mnông" not in page_of(client, doan_vien)
    assert not LuotXem.objects.exists()


def test_one_reason_opens_one_person_for_a_quarter_of_an_hour(
    client_of, bi_thu_phuong, chi_doan, doan_vien, monkeypatch
):
    other = make_doan_vien(chi_doan=chi_doan, dan_toc="Ba Na")
    client = client_of(bi_thu_phuong)
    reveal(client, doan_vien)

    assert "Mnông" in page_of(client, doan_vien)
    assert "còn 15 phút" in page_of(client, doan_vien)
    assert "Ba Na" not in page_of(client, other)

    later = timezone.now() + timedelta(minutes=15, seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert "Mnông" not in page_of(client, doan_vien)


def test_it_is_masked_again_at_a_tap(client_of, bi_thu_phuong, doan_vien):
    client = client_of(bi_thu_phuong)
    reveal(client, doan_vien)

    client.post(f"/doan-vien/{doan_vien.pk}/che-lai/")

    assert "Mnông" not in page_of(client, doan_vien)


def test_the_edit_form_has_sensitive_fields_after_the_reason(client_of, bi_thu_phuong, doan_vien):
    client = client_of(bi_thu_phuong)
    assert "Mnông" not in page_of(client, doan_vien, "sua/")

    edit = f"/doan-vien/{doan_vien.pk}/sua/"
    response = client.post(
        f"/doan-vien/{doan_vien.pk}/xem-day-du/?next={edit}", {"ly_do": "cap_nhat"}
    )

    assert response.url == edit
    assert "Mnông" in page_of(client, doan_vien, "sua/")


@pytest.mark.parametrize("target", ["https://noi-khac.vn/", "//noi-khac.vn", "javascript:1"])
def test_the_way_back_is_a_page_of_ours(client_of, bi_thu_phuong, doan_vien, target):
    url = f"/doan-vien/{doan_vien.pk}/xem-day-du/?next={target}"

    assert (
        client_of(bi_thu_phuong).post(url, {"ly_do": "cap_nhat"}).url
        == f"/doan-vien/{doan_vien.pk}/"
    )


def test_numbers_and_addresses_of_others_take_a_reason(client_of, van_phong, doan_vien):
    client = client_of(van_phong)
    masked = page_of(client, doan_vien)
    reveal(client, doan_vien, ly_do="don_thu")

    assert "0912345218" not in masked
    assert "Bờ Kè" not in masked
    assert "0912345218" in page_of(client, doan_vien)


@pytest.mark.parametrize(("person", "shown"), [("bi_thu", True), ("van_phong", False)])
def test_a_file_has_numbers_for_who_works_with_the_people(
    request, client_of, doan_vien, person, shown
):
    response = client_of(request.getfixturevalue(person)).get("/doan-vien/", {"export": "xlsx"})

    rows = load_workbook(BytesIO(response.getvalue())).active.iter_rows(values_only=True)
    text = str(list(rows))
    assert ("0912345218" in text, "Bờ Kè" in text) == (shown, shown)
    assert "Huỳnh Tấn Đạt" in text


def test_an_unmasked_file_asks_the_reason_first(db, phuong, bi_thu_phuong):
    asked = RequestFactory().get("/")
    asked.user = AnonymousUser()
    ly_do, page = xem.require_ly_do(asked, title="Tải danh sách đầy đủ?", back="/")
    assert ly_do is None
    assert page.template_name == "core/confirm.html"

    sent = RequestFactory().post("/", {"ly_do": "lap_bao_cao"})
    ly_do, page = xem.require_ly_do(sent, title="Tải danh sách đầy đủ?", back="/")
    assert page is None
    xem.ghi_xem_danh_sach(don_vi=phuong, so_nguoi=138, ly_do=ly_do, by=bi_thu_phuong)

    assert LuotXem.objects.values_list("so_nguoi", "ly_do").get() == (138, "lap_bao_cao")
    assert NhatKy.objects.order_by("-so").first().noi_dung == {
        "ly_do": "lap_bao_cao",
        "so_dong": 138,
    }
    with pytest.raises(RuleError, match="Chọn lý do"):
        xem.ghi_xem_danh_sach(don_vi=phuong, so_nguoi=1, ly_do=xem.LyDo("la"), by=bi_thu_phuong)


def test_looks_at_whole_lists_are_looks_at_each_of_their_people(
    phuong, phuong_khac, doan_vien, bi_thu_phuong
):
    fields = {"ly_do": xem.LyDo("lap_bao_cao"), "by": bi_thu_phuong}
    xem.ghi_xem_danh_sach(don_vi=phuong, so_nguoi=9, **fields)
    xem.ghi_xem_danh_sach(don_vi=phuong_khac, so_nguoi=9, **fields)
    xem.ghi_luot_xem(doan_vien=doan_vien, **fields)

    looks = LuotXem.objects.ve(DoanVien.objects.select_related("chi_doan").get())

    assert [(look.don_vi, look.so_nguoi) for look in looks] == [
        (doan_vien.chi_doan, 1),
        (phuong, 9),
    ]
