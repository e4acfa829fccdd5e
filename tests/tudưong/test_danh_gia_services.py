"""The quarterly session: opened, each member reviewed, closed."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleError, StaleError
from core.periods import KyBaoCao
from tests.factories import make_ky, make_nhiem_vu, make_thanh_vien
from tudưong.models import KyDanhGia, NhiemVu
from tudưong.services import (
    close_ky,
    open_ky,
    record_du_hop,
    record_task_outcome,
    record_y_kien,
    save_danh_gia,
    update_ky,
)
from tudưong.services.danh_gia import carried_points

QUY_3, QUY_4 = KyBaoCao(2026, quy=3), KyBaoCao(2026, quy=4)
DAY_DU = {"ket_qua": "Dự đủ buổi", "muc": "htt", "ket_luan": "tiep_tuc"}


@pytest.fixture
def ky(to, thanh_vien):
    return make_ky(to=to, thanh_vien=[thanh_vien])


@pytest.fixture
def danh_gia(ky):
    return ky.danh_gia.get()


def open_now(to, by, ky=QUY_4, ngay=date(2026, 11, 20)):
    return open_ky(to=to, ky=ky, ngay=ngay, dia_diem="Hội trường", by=by)


def test_open_fixes_the_roster_of_the_day(to, thanh_vien, bi_thu_phuong):
    make_thanh_vien(to=to, den_ngay=date(2026, 11, 1))

    ky = open_now(to, bi_thu_phuong)

    assert [row.thanh_vien for row in ky.danh_gia.all()] == [thanh_vien]
    assert (ky.nam, ky.quy, ky.trang_thai) == (2026, 4, KyDanhGia.TrangThai.MO)


def test_open_refuses_a_second_session_of_the_quarter(to, thanh_vien, bi_thu_phuong):
    make_ky(to=to, quy=4, ngay=date(2026, 11, 1), trang_thai="ket_thuc")

    with pytest.raises(RuleError, match="Đã có kỳ đánh giá"):
        open_now(to, bi_thu_phuong)


def test_open_refuses_while_another_is_open(to, ky, bi_thu_phuong):
    with pytest.raises(RuleError, match="đang mở"):
        open_now(to, bi_thu_phuong)


@pytest.mark.parametrize("ngay", [date(2026, 6, 30), date(2026, 11, 1)])
def test_open_refuses_a_day_outside_the_quarter(to, thanh_vien, bi_thu_phuong, ngay):
    with pytest.raises(RuleError, match="không thuộc"):
        open_now(to, bi_thu_phuong, ky=QUY_3, ngay=ngay)


def test_open_refuses_an_empty_group(to, bi_thu_phuong):
    with pytest.raises(RuleError, match="chưa có đồng chí"):
        open_now(to, bi_thu_phuong)


def test_open_takes_up_what_was_judged_since(to, thanh_vien, bi_thu_phuong):
    task = make_nhiem_vu(thanh_vien=thanh_vien)
    record_task_outcome(nhiem_vu=task, ky=None, xep_muc="tot", by=bi_thu_phuong)

    ky = open_now(to, bi_thu_phuong)

    assert list(NhiemVu.objects.cua_ky(ky)) == [task]


def test_review_is_saved_unfinished_and_then_whole(danh_gia, bi_thu_phuong):
    save_danh_gia(danh_gia=danh_gia, version=1, changes={"ket_qua": "Một"}, by=bi_thu_phuong)
    save_danh_gia(danh_gia=danh_gia, version=2, changes=DAY_DU, by=bi_thu_phuong)

    danh_gia.refresh_from_db()
    assert (danh_gia.muc, danh_gia.version, danh_gia.luu_boi) == ("htt", 3, bi_thu_phuong)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({**DAY_DU, "ket_luan": ""}, "ket_luan"),
        ({**DAY_DU, "ket_qua": " "}, "ket_qua"),
        ({**DAY_DU, "han_khac_phuc": date(2026, 9, 20)}, "han_khac_phuc"),
        ({**DAY_DU, "ket_luan": "tam_dung", "ly_do_tam_dung": " "}, "ly_do_tam_dung"),
        ({**DAY_DU, "so_tan_thanh": 9, "so_co_mat": 8}, "so_tan_thanh"),
        ({**DAY_DU, "so_tan_thanh": 9}, "so_tan_thanh"),
    ],
)
def test_review_refuses(danh_gia, bi_thu_phuong, changes, field):
    with pytest.raises(RuleError) as refusal:
        save_danh_gia(danh_gia=danh_gia, version=1, changes=changes, by=bi_thu_phuong)

    assert refusal.value.field == field


def test_two_people_on_one_review_lose_nothing(danh_gia, bi_thu_phuong, can_bo_phuong):
    save_danh_gia(danh_gia=danh_gia, version=1, changes={"ket_qua": "Một"}, by=bi_thu_phuong)

    with pytest.raises(StaleError) as refusal:
        save_danh_gia(danh_gia=danh_gia, version=1, changes={"ket_qua": "Hai"}, by=can_bo_phuong)

    assert refusal.value.current.ket_qua == "Một"


def test_review_is_the_wards(danh_gia, bi_thu):
    with pytest.raises(PermissionDenied):
        save_danh_gia(danh_gia=danh_gia, version=1, changes=DAY_DU, by=bi_thu)


def test_points_come_back_until_they_are_mended(to, thanh_vien, bi_thu_phuong):
    quarters = [(1, date(2026, 3, 20)), (2, date(2026, 6, 20)), (3, date(2026, 9, 20))]
    first, second, third = (
        make_ky(to=to, quy=quy, ngay=ngay, thanh_vien=[thanh_vien]).danh_gia.get()
        for quy, ngay in quarters
    )
    save_danh_gia(
        danh_gia=first,
        version=1,
        changes={"can_khac_phuc": "Ít phát biểu\n\nNộp bài chậm"},
        by=bi_thu_phuong,
    )
    save_danh_gia(
        danh_gia=second,
        version=1,
        changes={"khac_phuc": ["tien_bo", "da"], "can_khac_phuc": "Vắng 1 buổi\nÍt phát biểu"},
        by=bi_thu_phuong,
    )

    assert carried_points(first) == []
    assert [(row["dieu"], row["tu"], row["trang_thai"]) for row in carried_points(third)] == [
        ("Vắng 1 buổi", "2026Q2", ""),
        ("Ít phát biểu", "2026Q1", ""),
    ]


def test_comment_is_the_branches_or_entered_by_the_ward(danh_gia, bi_thu, bi_thu_phuong, uy_vien):
    ngay = date(2026, 9, 18)
    record_y_kien(danh_gia=danh_gia, y_kien="Nhiệt tình", ngay=ngay, by=bi_thu)
    danh_gia.refresh_from_db()
    assert (danh_gia.y_kien_bch, danh_gia.y_kien_boi) == ("Nhiệt tình", bi_thu)

    record_y_kien(danh_gia=danh_gia, y_kien="Theo biên bản", ngay=ngay, by=bi_thu_phuong)
    with pytest.raises(PermissionDenied):
        record_y_kien(danh_gia=danh_gia, y_kien="Khác", ngay=ngay, by=uy_vien)

    danh_gia.refresh_from_db()
    assert danh_gia.y_kien_bch == "Theo biên bản"


def test_comment_does_not_disturb_an_open_review(danh_gia, bi_thu, bi_thu_phuong):
    record_y_kien(danh_gia=danh_gia, y_kien="Tốt", ngay=date(2026, 9, 18), by=bi_thu)

    save_danh_gia(danh_gia=danh_gia, version=1, changes=DAY_DU, by=bi_thu_phuong)

    danh_gia.refresh_from_db()
    assert (danh_gia.y_kien_bch, danh_gia.muc) == ("Tốt", "htt")


def test_close_needs_every_review_and_every_due_task(ky, danh_gia, thanh_vien, bi_thu_phuong):
    task = make_nhiem_vu(thanh_vien=thanh_vien, han=ky.ngay)
    make_nhiem_vu(thanh_vien=thanh_vien, han=date(2026, 12, 1))

    with pytest.raises(RuleError, match="Còn 1 đồng chí chưa đánh giá: Trần Gia Bảo"):
        close_ky(ky=ky, by=bi_thu_phuong)
    save_danh_gia(danh_gia=danh_gia, version=1, changes=DAY_DU, by=bi_thu_phuong)
    with pytest.raises(RuleError, match="Còn 1 nhiệm vụ"):
        close_ky(ky=ky, by=bi_thu_phuong)
    record_task_outcome(nhiem_vu=task, ky=ky, xep_muc="tot", ket_qua="Xong", by=bi_thu_phuong)
    close_ky(ky=ky, by=bi_thu_phuong)

    ky.refresh_from_db()
    assert not ky.is_mo


def test_close_waits_for_its_day(to, thanh_vien, bi_thu_phuong):
    ky = make_ky(to=to, quy=4, ngay=date(2026, 12, 4), thanh_vien=[thanh_vien])

    with pytest.raises(RuleError, match="chưa đến ngày"):
        close_ky(ky=ky, by=bi_thu_phuong)


def test_nothing_changes_in_a_closed_session(ky, danh_gia, thanh_vien, bi_thu_phuong, bi_thu):
    task = make_nhiem_vu(thanh_vien=thanh_vien, trang_thai="xong", xep_muc="tot", ky_danh_gia=ky)
    KyDanhGia.objects.update(trang_thai="ket_thuc")
    ngay = date(2026, 9, 18)
    attempts = [
        lambda: save_danh_gia(danh_gia=danh_gia, version=1, changes=DAY_DU, by=bi_thu_phuong),
        lambda: record_du_hop(ky=ky, gui={}, by=bi_thu_phuong),
        lambda: update_ky(ky=ky, ket_luan="Khác", by=bi_thu_phuong),
        lambda: record_y_kien(danh_gia=danh_gia, y_kien="Tốt", ngay=ngay, by=bi_thu),
        lambda: record_task_outcome(nhiem_vu=task, ky=None, xep_muc="chua", by=bi_thu_phuong),
        lambda: close_ky(ky=ky, by=bi_thu_phuong),
    ]

    for attempt in attempts:
        with pytest.raises(RuleError, match="đã kết thúc"):
            attempt()


@pytest.mark.parametrize(
    ("xep_muc", "trang_thai"), [("tot", "xong"), ("cham", "xong"), ("mot_phan", "chua_xong")]
)
def test_outcome_of_a_task(ky, thanh_vien, bi_thu_phuong, xep_muc, trang_thai):
    task = make_nhiem_vu(thanh_vien=thanh_vien)

    record_task_outcome(nhiem_vu=task, ky=ky, xep_muc=xep_muc, ket_qua="Đã làm", by=bi_thu_phuong)

    task.refresh_from_db()
    assert (task.trang_thai, task.ky_danh_gia) == (trang_thai, ky)


def test_dropping_a_task_needs_a_reason(ky, thanh_vien, bi_thu_phuong):
    task = make_nhiem_vu(thanh_vien=thanh_vien)

    with pytest.raises(RuleError, match="lý do thôi giao"):
        record_task_outcome(nhiem_vu=task, ky=ky, xep_muc="", by=bi_thu_phuong)
