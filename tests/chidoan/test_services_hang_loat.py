from datetime import date, time, timedelta

import pytest

from chidoan.models import BuoiSinhHoat, DiemDanh, NghiQuyet
from chidoan.services import BuoiDaHop, record_buoi_many
from core.errors import RuleError
from core.periods import today
from tests.factories import make_doan_vien
from tochuc.models import NhatKy


def held(chi_doan, ngay, members, nghi_quyet=()):
    return BuoiDaHop(
        buoi=BuoiSinhHoat(
            chi_doan=chi_doan, ngay=ngay, bat_dau=time(19), dia_diem="Nhà văn hóa", chu_diem="Xuân"
        ),
        diem_danh=[(member.pk, "co_mat", "") for member in members],
        nghi_quyet=list(nghi_quyet),
    )


def test_many_meetings_are_written_with_one_audit_line(phuong, chi_doan, bi_thu_phuong):
    members = [make_doan_vien(chi_doan=chi_doan) for _ in range(3)]
    first = held(chi_doan, date(2026, 8, 1), members)
    second = held(chi_doan, date(2026, 9, 1), members)
    first.nghi_quyet.append(
        NghiQuyet(
            noi_dung="Trồng cây",
            phu_trach=members[0],
            han=date(2026, 8, 31),
            trang_thai="xong",
            ket_qua="20 cây",
            ket_thuc_ngay=date(2026, 9, 1),
            ket_thuc_tai=second.buoi,
        )
    )

    found = record_buoi_many(rows=[first, second], don_vi=phuong, by=bi_thu_phuong)

    assert list(BuoiSinhHoat.objects.order_by("ngay")) == found
    assert {buoi.trang_thai for buoi in BuoiSinhHoat.objects.all()} == {"hoan_thanh"}
    assert DiemDanh.objects.count() == 6
    row = NghiQuyet.objects.get()
    assert (row.buoi, row.chi_doan_id, row.ket_thuc_tai) == (found[0], chi_doan.pk, found[1])
    line = NhatKy.objects.get(hanh_dong="buoi.record_many")
    assert line.noi_dung == {"so_buoi": 2, "so_nghi_quyet": 1}


def test_number_of_queries_does_not_grow_with_the_meetings(
    phuong, chi_doan, django_assert_max_num_queries
):
    members = [make_doan_vien(chi_doan=chi_doan) for _ in range(3)]
    rows = [held(chi_doan, date(2025, 1, 1) + timedelta(days=day), members) for day in range(60)]

    with django_assert_max_num_queries(12):
        record_buoi_many(rows=rows, don_vi=phuong, by=None)

    assert DiemDanh.objects.count() == 180


def test_day_to_come_is_refused_and_nothing_is_written(phuong, chi_doan):
    members = [make_doan_vien(chi_doan=chi_doan)]
    rows = [
        held(chi_doan, date(2026, 9, 1), members),
        held(chi_doan, today() + timedelta(days=1), members),
    ]

    with pytest.raises(RuleError, match="chưa đến"):
        record_buoi_many(rows=rows, don_vi=phuong, by=None)

    assert not BuoiSinhHoat.objects.exists()
