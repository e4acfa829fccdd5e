"""The audit chain: whole when untouched, naming the fault when touched."""

import pytest
from django.db import connection

from tochuc.audit import find_faults, record
from tochuc.models import ChuoiNhatKy, NhatKy


@pytest.fixture
def chain(phuong, bi_thu_phuong):
    NhatKy.objects.all().delete()
    ChuoiNhatKy.objects.all().delete()
    return [
        record(by=bi_thu_phuong, hanh_dong="thu.ghi", target=phuong, buoc=buoc) for buoc in range(5)
    ]


def test_an_untouched_chain_is_whole(chain):
    assert list(find_faults()) == []
    assert [line.so for line in chain] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "change",
    [
        {"noi_dung": {"buoc": 99}},
        {"hanh_dong": "thu.khac"},
        {"nguoi": None},
        {"dia_chi": "10.0.0.9"},
        {"don_vi": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edited_line_is_named(chain, change):
    NhatKy.objects.filter(so=3).update(**change)

    assert list(find_faults()) == ["Dòng 3 đã bị sửa."]


def test_a_deleted_line_is_named(chain):
    NhatKy.objects.filter(so=3).delete()

    assert list(find_faults()) == ["Thiếu dòng 3 đến 3.", "Dòng 4 không nối với dòng trước."]


def test_a_truncated_tail_is_named(chain):
    NhatKy.objects.filter(so__gte=4).delete()

    assert list(find_faults()) == ["Thiếu dòng 4 đến 5."]


def test_lines_that_changed_places_are_named(chain):
    with connection.cursor() as cursor:
        for old, new in [(2, 99), (3, 2), (99, 3)]:
            cursor.execute("UPDATE tochuc_nhatky SET so = %s WHERE so = %s", [new, old])

    assert "Dòng 2 đã bị sửa." in list(find_faults())
