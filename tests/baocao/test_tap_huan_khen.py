"""Figures of training and of awards: the count is the rows that open."""

from datetime import date

import pytest
from django.urls import reverse

from baocao.chi_tieu import ThoiKy, compute
from chidoan.models import KhenTapThe
from core.periods import KyBaoCao
from tests.factories import make_doan_vien, make_hoc_vien, make_khen_thuong, make_lop

NAM = KyBaoCao(2026)


@pytest.mark.parametrize("ma", ["lop_tap_huan", "luot_tap_huan"])
def test_a_class_counts_once_it_is_finished_where_it_was_held(
    client_of, van_phong, huyen, phuong, chi_doan, ma
):
    nguoi = make_doan_vien(chi_doan=chi_doan)
    over = make_lop(don_vi=huyen, trang_thai="xong", ngay_xong=date(2026, 5, 20))
    make_hoc_vien(lop=over, doan_vien=nguoi, du=True)
    make_hoc_vien(lop=over, don_vi=phuong, du=False)
    make_hoc_vien(lop=make_lop(don_vi=huyen), doan_vien=nguoi, du=True)

    table = compute(huyen, ThoiKy.of(NAM, huyen, date(2026, 12, 31)))
    url = reverse("baocao:chi_tieu_rows", args=[huyen.pk, ma])
    opened = client_of(van_phong).get(url, {"ky": "2026"})

    assert (table.so(huyen, ma).tu, table.so(phuong, ma).tu) == (1, 0)
    assert opened.context["page"].paginator.count == 1


def test_awards_are_those_of_people_and_of_collectives_together(
    client_of, van_phong, huyen, phuong, chi_doan
):
    for _ in range(2):
        make_khen_thuong(make_doan_vien(chi_doan=chi_doan), ngay=date(2026, 3, 26))
    KhenTapThe.objects.create(
        don_vi=chi_doan, cap="co_so", hinh_thuc="giay_khen", noi_dung="Dẫn đầu",
        ngay=date(2026, 3, 26),
    )  # fmt: skip

    table = compute(phuong, ThoiKy.of(NAM, phuong, date(2026, 12, 31)))
    url = reverse("baocao:chi_tieu_rows", args=[phuong.pk, "khen_thuong"])
    client = client_of(van_phong)
    people = client.get(url, {"ky": "2026"})
    groups = client.get(url, {"ky": "2026", "phan": "them"})

    assert [table.so(phuong, ma).tu for ma in ("khen_thuong", "khen_tap_the")] == [3, 1]
    assert table.so(phuong, "khen_tap_the_co_so").tu == 1
    assert [page.context["page"].paginator.count for page in (people, groups)] == [2, 1]
    assert [view["active"] for view in groups.context["views"]] == [False, True]
