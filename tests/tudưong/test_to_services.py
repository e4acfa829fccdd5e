"""The cultivation group: founded, filled, given tasks."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleError
from tests.factories import (
    make_chi_doan,
    make_doan_vien,
    make_ky,
    make_nhiem_vu,
    make_thanh_vien,
    make_to,
)
from tochuc.models import QuyDinh
from tudưong.models import DanhGia, NhiemVu
from tudưong.services import (
    add_thanh_vien,
    assign_nhiem_vu,
    create_to,
    end_to,
    remove_thanh_vien,
    update_to,
)

NGAY = date(2026, 1, 5)


def test_create_is_the_wards(phuong, bi_thu_phuong, bi_thu):
    to = create_to(don_vi=phuong, ten="Tổ tu dưỡng", ngay_thanh_lap=NGAY, by=bi_thu_phuong)
    assert to.don_vi == phuong

    with pytest.raises(PermissionDenied):
        create_to(don_vi=phuong, ten="Tổ khác", ngay_thanh_lap=NGAY, by=bi_thu)


def test_create_refuses_a_branch_and_a_day_to_come(chi_doan, phuong, bi_thu_phuong):
    with pytest.raises(RuleError, match="Đoàn cơ sở"):
        create_to(don_vi=chi_doan, ten="Tổ", ngay_thanh_lap=NGAY, by=bi_thu_phuong)
    with pytest.raises(RuleError, match="chưa đến"):
        create_to(don_vi=phuong, ten="Tổ", ngay_thanh_lap=date(2026, 11, 22), by=bi_thu_phuong)


def test_update_refuses_a_founding_day_after_the_first_place(to, thanh_vien, bi_thu_phuong):
    update_to(to=to, ten="Tổ mới", by=bi_thu_phuong)

    with pytest.raises(RuleError) as refusal:
        update_to(to=to, ngay_thanh_lap=date(2026, 3, 1), by=bi_thu_phuong)

    to.refresh_from_db()
    assert (to.ten, refusal.value.field) == ("Tổ mới", "ngay_thanh_lap")


def test_group_takes_ten_with_its_leader(to, chi_doan, bi_thu_phuong):
    for so in range(10):
        doan_vien = make_doan_vien(chi_doan=chi_doan)
        add_thanh_vien(
            to=to, doan_vien=doan_vien, tu_ngay=NGAY, la_to_truong=so == 0, by=bi_thu_phuong
        )

    with pytest.raises(RuleError, match="đã đủ 10 đồng chí"):
        add_thanh_vien(
            to=to, doan_vien=make_doan_vien(chi_doan=chi_doan), tu_ngay=NGAY, by=bi_thu_phuong
        )


def test_size_is_a_dated_setting(to, thanh_vien, chi_doan, bi_thu_phuong):
    QuyDinh.objects.create(
        ma="to_tu_duong_quy_mo",
        don_vi=to.don_vi,
        tu_ngay=date(2026, 1, 1),
        gia_tri=1,
        can_cu="Quyết định của phường",
    )

    with pytest.raises(RuleError, match="đã đủ 1 đồng chí"):
        add_thanh_vien(
            to=to, doan_vien=make_doan_vien(chi_doan=chi_doan), tu_ngay=NGAY, by=bi_thu_phuong
        )


def test_place_refuses_strangers_leavers_and_doubles(to, thanh_vien, chi_doan, bi_thu_phuong):
    cases = {
        "không sinh hoạt ở": make_doan_vien(chi_doan=make_chi_doan()),
        "không còn sinh hoạt": make_doan_vien(chi_doan=chi_doan, trang_thai="chuyen_di"),
        "đang ở trong một tổ": thanh_vien.doan_vien,
    }
    for message, doan_vien in cases.items():
        with pytest.raises(RuleError, match=message):
            add_thanh_vien(to=to, doan_vien=doan_vien, tu_ngay=NGAY, by=bi_thu_phuong)

    assert to.thanh_vien.count() == 1


def test_one_leader(to, chi_doan, bi_thu_phuong):
    make_thanh_vien(to=to, la_to_truong=True)

    with pytest.raises(RuleError, match="đang có tổ trưởng"):
        add_thanh_vien(
            to=to,
            doan_vien=make_doan_vien(chi_doan=chi_doan),
            tu_ngay=NGAY,
            la_to_truong=True,
            by=bi_thu_phuong,
        )


def test_newcomer_joins_the_open_session(to, chi_doan, bi_thu_phuong):
    ky = make_ky(to=to)

    thanh_vien = add_thanh_vien(
        to=to, doan_vien=make_doan_vien(chi_doan=chi_doan), tu_ngay=NGAY, by=bi_thu_phuong
    )

    assert list(ky.danh_gia.values_list("thanh_vien", flat=True)) == [thanh_vien.pk]


def test_leaver_keeps_what_was_reviewed(to, thanh_vien, bi_thu_phuong):
    other = make_thanh_vien(to=to)
    make_ky(to=to, thanh_vien=[thanh_vien, other])
    DanhGia.objects.filter(thanh_vien=other).update(version=2)

    for row in (thanh_vien, other):
        remove_thanh_vien(
            thanh_vien=row, den_ngay=date(2026, 10, 1), ly_do="Chuyển đi", by=bi_thu_phuong
        )

    assert list(DanhGia.objects.values_list("thanh_vien", flat=True)) == [other.pk]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ly_do": ""}, "ly_do"),
        ({"den_ngay": date(2025, 9, 5)}, "den_ngay"),
        ({"den_ngay": date(2026, 11, 22)}, "den_ngay"),
    ],
)
def test_leaving_refuses(thanh_vien, bi_thu_phuong, fields, field):
    fields = {"den_ngay": date(2026, 10, 1), "ly_do": "Chuyển đi", **fields}

    with pytest.raises(RuleError) as refusal:
        remove_thanh_vien(thanh_vien=thanh_vien, by=bi_thu_phuong, **fields)

    assert refusal.value.field == field


def test_end_closes_the_places(to, thanh_vien, bi_thu_phuong):
    end_to(to=to, ngay=date(2026, 11, 1), by=bi_thu_phuong)

    thanh_vien.refresh_from_db()
    assert (thanh_vien.den_ngay, thanh_vien.ly_do_thoi) == (date(2026, 11, 1), "Tổ kết thúc")


def test_end_refuses_while_a_session_is_open(to, thanh_vien, bi_thu_phuong):
    make_ky(to=to, thanh_vien=[thanh_vien])

    with pytest.raises(RuleError, match="đang mở"):
        end_to(to=to, ngay=date(2026, 11, 1), by=bi_thu_phuong)


TASK = {"noi_dung": "Viết bài", "linh_vuc": "hoc_tap", "han": date(2026, 12, 1)}


def test_assign_gives_a_concrete_task(thanh_vien, bi_thu_phuong, hom_nay):
    task = assign_nhiem_vu(thanh_vien=thanh_vien, by=bi_thu_phuong, **TASK)

    assert (task.giao_ngay, task.giao_boi) == (hom_nay, bi_thu_phuong)
    assert task.trang_thai == NhiemVu.TrangThai.DANG_LAM


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"han": date(2026, 11, 20)}, "han"),
        ({"giao_ngay": date(2025, 9, 5)}, "giao_ngay"),
        ({"giao_ngay": date(2026, 11, 22)}, "giao_ngay"),
    ],
)
def test_assign_refuses(thanh_vien, bi_thu_phuong, fields, field):
    with pytest.raises(RuleError) as refusal:
        assign_nhiem_vu(thanh_vien=thanh_vien, by=bi_thu_phuong, **{**TASK, **fields})

    assert refusal.value.field == field


def test_assign_is_the_wards(thanh_vien, bi_thu):
    with pytest.raises(PermissionDenied):
        assign_nhiem_vu(thanh_vien=thanh_vien, by=bi_thu, **TASK)


def test_overdue_tasks(thanh_vien):
    late = make_nhiem_vu(thanh_vien=thanh_vien, han=date(2026, 11, 20))
    make_nhiem_vu(thanh_vien=thanh_vien, han=date(2026, 11, 21))
    make_nhiem_vu(thanh_vien=thanh_vien, trang_thai="xong", xep_muc="tot")

    assert list(NhiemVu.objects.qua_han(date(2026, 11, 21))) == [late]


def test_a_group_of_another_ward_is_not_mine(bi_thu_phuong, phuong_khac):
    with pytest.raises(PermissionDenied):
        update_to(to=make_to(don_vi=phuong_khac), ten="Của tôi", by=bi_thu_phuong)
