"""Resolutions between two meetings: what was done for them, another owner, another day."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from chidoan import services
from chidoan.trang_buoi import find_earlier
from core.errors import RuleError
from core.periods import today
from tests.factories import make_buoi, make_doan_vien, make_nghi_quyet
from tochuc.models import NhatKy

HOP = date(2026, 8, 15)


@pytest.fixture
def nghi_quyet(chi_doan):
    buoi = make_buoi(chi_doan=chi_doan, ngay=HOP)
    return make_nghi_quyet(buoi=buoi, phu_trach=make_doan_vien(chi_doan=chi_doan))


def report(nghi_quyet, noi_dung="Đã thu 2 buổi", ngay=HOP + timedelta(days=5), by=None):
    return services.report_tien_do(nghi_quyet=nghi_quyet, ngay=ngay, noi_dung=noi_dung, by=by)


def test_progress_is_kept_once_and_comes_to_the_next_meeting(nghi_quyet, chi_doan, bi_thu):
    report(nghi_quyet, by=bi_thu)
    report(nghi_quyet, by=bi_thu)
    report(nghi_quyet, "Đã thu 4 buổi", HOP + timedelta(days=9), by=bi_thu)

    (row,) = find_earlier(None, chi_doan, date(2026, 9, 15))

    assert nghi_quyet.tien_do.count() == 2
    assert (row.tien_do_cuoi, row.tien_do_ngay) == ("Đã thu 4 buổi", HOP + timedelta(days=9))
    assert "thu" not in str(NhatKy.objects.order_by("-so").first().noi_dung)


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"noi_dung": "  "}, "noi_dung", "một câu"),
        ({"ngay": today() + timedelta(days=1)}, "ngay", "chưa đến"),
        ({"ngay": HOP - timedelta(days=1)}, "ngay", "chọn ngày từ đó"),
    ],
)
def test_progress_is_refused(nghi_quyet, fields, field, message):
    with pytest.raises(RuleError, match=message) as refused:
        report(nghi_quyet, **fields)

    assert refused.value.field == field
    assert not nghi_quyet.tien_do.exists()


def test_ended_resolution_takes_no_more(nghi_quyet, bi_thu):
    services.finish_nghi_quyet(
        nghi_quyet=nghi_quyet, trang_thai="xong", ket_qua="Rồi", ngay=HOP, by=bi_thu
    )

    with pytest.raises(RuleError, match="đã được kết thúc"):
        report(nghi_quyet)


def test_owner_and_day_change_for_a_reason_that_stays(nghi_quyet, chi_doan, bi_thu):
    other, han = make_doan_vien(chi_doan=chi_doan), nghi_quyet.han + timedelta(days=30)
    change = {"nghi_quyet": nghi_quyet, "phu_trach": other, "han": han, "by": bi_thu}

    for wrong, field in (
        ({"ly_do": " "}, "ly_do"),
        ({"ly_do": "Mưa", "han": HOP - timedelta(days=1)}, "han"),
        ({"ly_do": "Mưa", "phu_trach": make_doan_vien()}, "phu_trach"),
    ):
        with pytest.raises(RuleError) as refused:
            services.change_nghi_quyet(**change | wrong)
        assert refused.value.field == field
    services.change_nghi_quyet(**change, ly_do="Mưa kéo dài")

    nghi_quyet.refresh_from_db()
    assert (nghi_quyet.phu_trach, nghi_quyet.han) == (other, han)
    assert "Mưa kéo dài" in nghi_quyet.tien_do.get().noi_dung


def test_pages_of_a_resolution(client_of, bi_thu, kiem_tra, nguoi_la, nghi_quyet, chi_doan):
    client = client_of(bi_thu)
    page = reverse("chidoan:nghi_quyet_detail", args=[nghi_quyet.pk])
    write = reverse("chidoan:nghi_quyet_tien_do", args=[nghi_quyet.pk])
    change = reverse("chidoan:nghi_quyet_change", args=[nghi_quyet.pk])

    assert write in client.get(page).content.decode()
    sent = client.post(write, {"noi_dung": "Đã thu 2 buổi", "ngay": "20/08/2026"})
    moved = {"phu_trach": nghi_quyet.phu_trach_id, "han": "20/12/2026", "ly_do": "Mưa"}
    assert client.post(change, moved).url == sent.url == page
    seen = client.get(page).content.decode()
    assert "Đã thu 2 buổi" in seen
    assert "Dời hạn từ 15/10/2026 sang 20/12/2026: Mưa" in seen
    assert page in client.get(reverse("chidoan:nghi_quyet_list")).content.decode()
    log = client.get(reverse("chidoan:buoi_create"), {"chi_doan": chi_doan.pk}).content.decode()
    assert "Dời hạn từ" in log

    assert client_of(nguoi_la).get(page).status_code == 404
    reader = client_of(kiem_tra)
    assert write not in reader.get(page).content.decode()
    assert reader.post(write, {"noi_dung": "x", "ngay": "20/08/2026"}).status_code == 403
