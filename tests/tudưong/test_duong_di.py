"""A member's path over the quarters: the same in the picture and in the table."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import make_ho_so, make_ky, make_nhiem_vu
from tudưong.duong_di import duong_di, hinh_duong_di, hinh_nho
from tudưong.trang_to import history_of

pytestmark = pytest.mark.django_db
HOM_NAY = date(2026, 11, 21)


@pytest.fixture
def reviews(to, thanh_vien):
    """Three closed sessions; none was held in quarter II."""
    days = {1: date(2026, 3, 20), 3: date(2026, 9, 20), 4: date(2026, 11, 20)}
    found = [
        make_ky(to=to, quy=quy, ngay=ngay, thanh_vien=[thanh_vien], trang_thai="ket_thuc")
        for quy, ngay in days.items()
    ]
    for ky, muc, ket_luan in zip(
        found, ("ht", "htt", "htxs"), ("tiep_tuc", "tam_dung", "du_dieu_kien"), strict=True
    ):
        ky.danh_gia.update(muc=muc, ket_luan=ket_luan, ket_qua="Tốt")
    judged = {"thanh_vien": thanh_vien, "ky_danh_gia": found[1]}
    make_nhiem_vu(**judged, trang_thai="xong", xep_muc="tot")
    make_nhiem_vu(**judged, trang_thai="chua_xong", xep_muc="chua")
    make_nhiem_vu(**judged, trang_thai="thoi", ket_qua="Bận")
    return found


@pytest.fixture
def thanh_vien(thanh_vien):
    thanh_vien.tu_ngay = date(2026, 1, 5)
    thanh_vien.save()
    return thanh_vien


def path_of(thanh_vien):
    return duong_di(thanh_vien, history_of(thanh_vien.doan_vien_id, date.max), HOM_NAY)


def test_each_quarter_has_its_level_tasks_and_events(thanh_vien, reviews):
    make_ho_so(
        doan_vien=thanh_vien.doan_vien,
        trang_thai="ket_nap",
        ngay_gioi_thieu=date(2026, 5, 3),
        ngay_gui=date(2026, 5, 4),
        ngay_ket_nap=date(2026, 6, 10),
    )

    chang = path_of(thanh_vien)

    assert [(one.ten, one.viec, one.moc) for one in chang] == [
        ("Quý I/2026", "", "vào tổ"),
        ("Quý II/2026", "", "giới thiệu, kết nạp"),
        ("Quý III/2026", "1/2", ""),
        ("Quý IV/2026", "", ""),
    ]
    stops = [(row.step, row.shape) for row in (one.stop() for one in chang)]
    assert stops == [(2, "dot"), (None, "dot"), (1, "pause"), (0, "up")]
    said = "quý I/2026 hoàn thành, quý III/2026 tốt, quý IV/2026 xuất sắc"
    assert f"Chặng đường của Trần Gia Bảo: {said}" in hinh_duong_di(thanh_vien, chang)


def test_only_the_last_twelve_quarters_are_drawn(thanh_vien, reviews):
    thanh_vien.tu_ngay = date(2020, 1, 5)

    chang = path_of(thanh_vien)

    assert (len(chang), chang[0].ten, chang[-1].ten) == (12, "Quý I/2024", "Quý IV/2026")


def test_without_a_review_there_is_no_picture(client_of, bi_thu_phuong, thanh_vien):
    assert path_of(thanh_vien) == []
    assert hinh_nho(thanh_vien, [None]) == ""
    page = client_of(bi_thu_phuong).get(thanh_vien.get_absolute_url())
    assert "Chặng đường" not in page.text


def test_the_member_and_the_group_show_it(
    client_of, bi_thu, bi_thu_phuong, to, thanh_vien, reviews, django_assert_max_num_queries
):
    client = client_of(bi_thu)
    with django_assert_max_num_queries(12):
        page = client.get(thanh_vien.get_absolute_url())

    assert page.text.count('aria-label="Chặng đường của Trần Gia Bảo') == 2  # wide and narrow
    assert page.text.count("<td>1/2</td>") == 1
    assert f"?doan_vien={thanh_vien.doan_vien_id}" in page.text
    group = client_of(bi_thu_phuong).get(to.get_absolute_url())
    assert group.text.count('aria-label="Chặng đường của Trần Gia Bảo') == 1


def test_who_pauses_is_said_with_the_reason(client_of, bi_thu, thanh_vien, reviews):
    reviews[2].danh_gia.update(ket_luan="tam_dung", ly_do_tam_dung="Đi học xa")

    assert "Đi học xa" in client_of(bi_thu).get(thanh_vien.get_absolute_url()).text


def test_the_last_verdict_is_linked_from_its_quarter(client_of, bi_thu, thanh_vien, reviews):
    page = client_of(bi_thu).get(thanh_vien.get_absolute_url())

    assert reverse("tuduong:danh_gia", args=[reviews[0].danh_gia.get().pk]) in page.text
