"""Requests about personal data: their clocks, their steps, what closes them."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from core.errors import RuleError
from core.periods import today
from doanvien.models import YeuCauDuLieu
from doanvien.rieng_tu import services
from doanvien.rieng_tu.ngay_lam_viec import (
    NGHI,
    NGUON,
    cong_ngay_lam_viec,
    den_ngay_lam_viec,
    is_ngay_lam_viec,
)
from doanvien.rieng_tu.viec import dem_phuong
from doanvien.services import update_doan_vien
from tests.core.pdf_reading import page_texts, words
from tests.factories import make_doan_vien, make_yeu_cau
from tochuc.models import NhatKy, VanBan
from tochuc.viec import dem_viec

LIST = "/doan-vien/yeu-cau/"


def text_of(pdf):
    return words(" ".join(page_texts(pdf)))


@pytest.fixture
def doan_vien(chi_doan):
    return make_doan_vien(chi_doan=chi_doan, ho_ten="Huỳnh Tấn Đạt")


@pytest.fixture
def yeu_cau(doan_vien):
    return make_yeu_cau(doan_vien=doan_vien)


def finish(yeu_cau, by, **fields):
    fields = {"trang_thai": "xong", "ngay": today(), "ket_qua": "", **fields}
    return services.finish_yeu_cau(yeu_cau=yeu_cau, by=by, **fields)


# ---- clocks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 9, 7), date(2026, 9, 9)),  # Monday
        (date(2026, 9, 10), date(2026, 9, 14)),  # Thursday: over the weekend
        (date(2026, 9, 12), date(2026, 9, 15)),  # Saturday
        (date(2026, 8, 31), date(2026, 9, 4)),  # over the two days of Quốc khánh
        (date(2026, 2, 13), date(2026, 2, 24)),  # over Tết Bính Ngọ
        (date(2026, 4, 24), date(2026, 4, 29)),  # Giỗ Tổ on a Sunday is made up for on Monday
        (date(2026, 4, 29), date(2026, 5, 5)),  # 30/4 and 1/5, then the weekend
        (date(2027, 12, 31), date(2028, 1, 5)),  # 01/01/2028 is a Saturday
    ],
)
def test_two_working_days_leave_out_weekends_and_holidays(received, due):
    assert cong_ngay_lam_viec(received, 2) == due


def test_each_year_has_its_five_days_of_tet_and_its_source():
    for year in NGUON:
        assert 9 <= len([day for day in NGHI if day.year == year]) <= 11
    assert all(day.weekday() < 5 for day in NGHI)


@given(st.dates(date(2024, 1, 1), date(2028, 12, 31)), st.integers(0, 30))
def test_a_due_day_is_a_working_day_and_never_goes_back(day, count):
    due = cong_ngay_lam_viec(day, count)

    assert due >= day
    assert count == 0 or is_ngay_lam_viec(due)
    assert sum(is_ngay_lam_viec(day + timedelta(n + 1)) for n in range((due - day).days)) == count
    assert is_ngay_lam_viec(den_ngay_lam_viec(day))


@pytest.mark.parametrize(
    ("loai", "han"),
    [
        ("xem", date(2026, 9, 17)),
        ("rut", date(2026, 9, 22)),
        ("xoa", date(2026, 9, 28)),  # 27/9 is a Sunday
    ],
)
def test_each_kind_has_its_days(phuong, loai, han):
    assert services.deadlines(loai, date(2026, 9, 7), phuong) == (date(2026, 9, 9), han)


# ---- steps ---------------------------------------------------------------------------------


def test_a_request_enters_the_register_with_number_and_clocks(client_of, bi_thu_phuong, doan_vien):
    form = {
        "loai": "sua",
        "nguoi_yeu_cau": "chinh_chu",
        "cach_nhan": "dien_thoai",
        "ngay_nhan": f"{today():%d/%m/%Y}",
        "noi_dung": "Sai năm sinh",
    }

    response = client_of(bi_thu_phuong).post(f"/doan-vien/{doan_vien.pk}/du-lieu/yeu-cau/", form)

    row = YeuCauDuLieu.objects.get()
    assert response.url == f"{LIST}{row.pk}/"
    assert (row.so, row.nam, row.trang_thai) == (1, today().year, "moi")
    assert (row.han_tra_loi, row.han) == services.deadlines("sua", today(), row.don_vi)
    assert "Sai năm sinh" not in str(list(NhatKy.objects.values_list("noi_dung", flat=True)))


def test_a_second_open_request_of_a_kind_is_refused(bi_thu_phuong, doan_vien, yeu_cau):
    fields = {"nguoi": doan_vien, "cach_nhan": "thu", "by": bi_thu_phuong}
    with pytest.raises(RuleError, match="chưa xong"):
        services.receive_yeu_cau(loai="xem", ngay_nhan=today(), **fields)
    with pytest.raises(RuleError, match="chưa đến"):
        services.receive_yeu_cau(loai="sua", ngay_nhan=date(2999, 1, 1), **fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_yeu_cau(doan_vien=doan_vien)


def test_the_first_answer_stops_the_first_clock(bi_thu_phuong, phuong, yeu_cau):
    day = date(2026, 9, 10)
    (duty,) = dem_viec(list(dem_phuong(bi_thu_phuong, phuong, day, {})))
    assert (duty.han, duty.qua_han) == (date(2026, 9, 9), True)

    answered = services.answer_yeu_cau(
        yeu_cau=yeu_cau, ngay=date(2026, 9, 9), noi_dung="Đã báo", by=bi_thu_phuong
    )

    (duty,) = dem_viec(list(dem_phuong(bi_thu_phuong, phuong, day, {})))
    assert (duty.han, duty.qua_han) == (date(2026, 9, 17), False)
    assert not answered.is_qua_han(day)
    assert not YeuCauDuLieu.objects.qua_han(day).exists()
    with pytest.raises(RuleError, match="đã được trả lời"):
        services.answer_yeu_cau(yeu_cau=yeu_cau, ngay=day, noi_dung="", by=bi_thu_phuong)


def test_it_is_extended_once_with_a_reason(bi_thu_phuong, yeu_cau):
    with pytest.raises(RuleError, match="Ghi lý do"):
        services.extend_yeu_cau(yeu_cau=yeu_cau, ly_do=" ", by=bi_thu_phuong)

    longer = services.extend_yeu_cau(yeu_cau=yeu_cau, ly_do="Hồ sơ giấy", by=bi_thu_phuong)

    assert longer.han == date(2026, 10, 2)
    with pytest.raises(RuleError, match="đã gia hạn một lần"):
        services.extend_yeu_cau(yeu_cau=yeu_cau, ly_do="Nữa", by=bi_thu_phuong)


def test_a_correction_closes_with_what_was_changed(bi_thu_phuong, doan_vien):
    yeu_cau = make_yeu_cau(doan_vien=doan_vien, loai="sua")
    with pytest.raises(RuleError, match="chưa được sửa"):
        finish(yeu_cau, bi_thu_phuong)

    update_doan_vien(
        doan_vien=doan_vien, version=1, changes={"noi_o": "Số 9", "cccd": ""}, by=bi_thu_phuong
    )
    done = finish(yeu_cau, bi_thu_phuong)

    assert done.ket_qua == "Đã sửa: chỗ ở hiện nay, số CCCD."
    with pytest.raises(RuleError, match="đã kết thúc"):
        finish(yeu_cau, bi_thu_phuong)


def test_what_is_not_done_is_not_closed_as_done(bi_thu_phuong, doan_vien, yeu_cau):
    with pytest.raises(RuleError, match="Chưa tải bản dữ liệu"):
        finish(yeu_cau, bi_thu_phuong)
    with pytest.raises(RuleError, match="nút «Xóa dữ liệu»"):
        finish(make_yeu_cau(doan_vien=doan_vien, loai="xoa"), bi_thu_phuong)
    with pytest.raises(RuleError, match="Ghi lý do không thực hiện"):
        finish(yeu_cau, bi_thu_phuong, trang_thai="tu_choi")
    with pytest.raises(RuleError, match="nhận ngày 07/09/2026"):
        finish(yeu_cau, bi_thu_phuong, ngay=date(2026, 9, 1), trang_thai="rut")

    refused = finish(yeu_cau, bi_thu_phuong, trang_thai="tu_choi", ket_qua="Không đúng người")
    assert [row.viec for row in refused.buoc.all()] == ["tu_choi"]


@pytest.mark.parametrize("person", ["bi_thu", "can_bo_phuong", "van_phong", "kiem_tra"])
def test_the_register_is_the_ward_secretarys(request, client_of, yeu_cau, person):
    client = client_of(request.getfixturevalue(person))

    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{yeu_cau.pk}/").status_code == 403


def test_the_answer_is_a_letter_with_a_number(client_of, bi_thu_phuong, yeu_cau):
    client, url = client_of(bi_thu_phuong), f"{LIST}{yeu_cau.pk}/in/"
    draft = text_of(client.get(url).content)
    assert "17/9/2026" in draft or "17/09/2026" in draft

    finish(yeu_cau, bi_thu_phuong, trang_thai="tu_choi", ket_qua="Huỳnh Tấn Đạt là người khác.")
    client.post(url)

    text = text_of(client.get(url).content)
    van_ban = VanBan.objects.get()
    assert van_ban.so_ky_hieu in text
    assert "Lý do: Huỳnh Tấn Đạt là người khác." in text
    assert "Huỳnh" not in van_ban.tieu_de
