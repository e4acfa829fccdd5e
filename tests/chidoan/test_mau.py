"""Agendas: shipped, the ward's, the branch's own; what the page of a meeting opens with."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from chidoan.mau.chuong_trinh import DAI_NHAN, MAC_DINH, MucSan, items
from chidoan.mau.queries import mau_thang
from chidoan.mau.services import drop_mau, set_mau
from chidoan.models import BuoiSinhHoat, MauSinhHoat
from core.periods import today
from tests.factories import make_chi_doan, make_doan_vien
from tochuc.models import NhatKy

NGAY = date(2026, 1, 15)
LIST = reverse("chidoan:mau_list")
CREATE = reverse("chidoan:buoi_create")


def test_every_kind_ships_with_an_agenda():
    assert set(MAC_DINH) == set(BuoiSinhHoat.Loai)
    assert all(items(mau.san, NGAY) for mau in MAC_DINH.values())


def test_months_are_filled_in_and_january_looks_back_to_december():
    assert items("Việc tháng {thang_truoc} | Kiểm điểm việc tháng {thang_truoc}.", NGAY) == [
        MucSan("Việc tháng 12", "Kiểm điểm việc tháng 12.")
    ]
    assert items("Triển khai việc tháng {thang}.\n\n | \n", NGAY)[0] == MucSan(
        "Triển khai việc tháng 1", "Triển khai việc tháng 1."
    )


@given(st.text(max_size=300))
def test_any_text_gives_items_with_short_names_and_words(text):
    for item in items(text, NGAY):
        assert len(item.nhan) <= DAI_NHAN + 1
        assert "\n" not in item.cau


@pytest.mark.django_db
def test_nearest_unit_decides_each_kind(phuong, chi_doan, bi_thu, django_assert_num_queries):
    other = make_chi_doan(phuong=phuong)
    for unit, text in ((phuong, "Của phường"), (chi_doan, "Của chi đoàn")):
        set_mau(don_vi=unit, loai="dinh_ky", muc_san=text, muc_goi_y="", by=bi_thu)
    set_mau(don_vi=phuong, loai="bch", muc_san="Họp BCH", muc_goi_y=" Gợi ý \n\n", by=bi_thu)

    with django_assert_num_queries(1):
        own = mau_thang(chi_doan, NGAY)
    assert (own.cua("dinh_ky").san, own.cua("bch").san) == ("Của chi đoàn", "Họp BCH")
    assert own.cua("bch").goi_y == "Gợi ý"
    assert mau_thang(other, NGAY).cua("dinh_ky").san == "Của phường"
    assert own.cua("ket_nap") == MAC_DINH["ket_nap"]

    drop_mau(don_vi=chi_doan, loai="dinh_ky", by=bi_thu)
    assert mau_thang(chi_doan, NGAY).cua("dinh_ky").san == "Của phường"
    assert list(NhatKy.objects.order_by("so").values_list("hanh_dong", flat=True))[-2:] == [
        "mau_sinh_hoat.set",
        "mau_sinh_hoat.drop",
    ]


@pytest.mark.django_db
def test_log_opens_with_the_agenda_and_the_secretary_changes_it(client_of, bi_thu, chi_doan):
    for _ in range(2):
        make_doan_vien(chi_doan=chi_doan)
    client = client_of(bi_thu)
    month = today().month

    shipped = client.get(CREATE).context["page"]
    form = client.get(reverse("chidoan:mau_update", args=["dinh_ky"])).content.decode()
    client.post(
        reverse("chidoan:mau_update", args=["dinh_ky"]),
        {"muc_san": "Việc tháng {thang}.\nĐọc báo.", "muc_goi_y": "Hát"},
    )
    own = client.get(CREATE).context["page"]
    listed = client.get(LIST).content.decode()
    client.post(reverse("chidoan:mau_update", args=["dinh_ky"]), {"bo": "1"})

    assert f"Triển khai việc tháng {month}." in shipped.form["noi_dung"].value()
    assert "Kiểm điểm việc tháng {thang_truoc}." in form
    assert own.form["noi_dung"].value() == f"Việc tháng {month}.\nĐọc báo."
    assert own.cac_mau["dinh_ky"] == ["Việc tháng {thang}.\nĐọc báo.", "Hát"]
    assert "Mẫu riêng" in listed
    assert not MauSinhHoat.objects.exists()


@pytest.mark.django_db
def test_agendas_are_for_who_logs_and_for_the_own_unit(
    client_of, bi_thu, nguoi_la, chi_doan_khac, phuong
):
    client = client_of(bi_thu)

    assert client.get(reverse("chidoan:mau_update", args=["la"])).status_code == 404
    assert client.get(LIST, {"don_vi": chi_doan_khac.pk}).status_code == 404
    assert client.get(LIST, {"don_vi": phuong.pk}).status_code in (403, 404)
    assert client.get(LIST, {"don_vi": "9" * 30}).status_code == 404
