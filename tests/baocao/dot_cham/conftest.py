"""A ward with two branches of five, a round for them, and how far it has come."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from baocao.dot_cham import services
from baocao.models import DongCham, DotCham
from tests.factories import make_doan_vien, make_dot_cham


@pytest.fixture
def nguoi(chi_doan, chi_doan_khac):
    for branch in (chi_doan, chi_doan_khac):
        for _ in range(5):
            make_doan_vien(chi_doan=branch, tu_ngay=date(2024, 3, 1))


@pytest.fixture
def dot(nguoi, phuong):
    return make_dot_cham(phuong)


@pytest.fixture
def dong(dot, chi_doan):
    return dong_cua(dot, chi_doan)


def dong_cua(dot, don_vi) -> DongCham:
    rows = DongCham.objects.select_related("dot__don_vi", "dot__bo", "don_vi")
    return rows.get(dot=dot, don_vi=don_vi)


def lai(dot) -> DotCham:
    """The round as it stands now."""
    return DotCham.objects.select_related("don_vi", "bo").get(pk=dot.pk)


def cham(dong, *, by=None, **diem):
    """Self-score criteria by code."""
    for ma, points in diem.items():
        row = dong.tieu_chi.select_related("dong").get(ma=ma)
        services.save_tu_cham(diem_tieu_chi=row, diem=Decimal(points), by=by)


def gui(dot, **diem):
    """Everybody scores themselves alike and sends."""
    for line in dot.dong.all():
        cham(line, **(diem or {"a1": 35, "a2": 20}))
        services.send_dong(dong=line, by=None)


def den_tham_dinh(dot):
    gui(dot)
    services.start_tham_dinh(dot=dot, by=None)


def den_thu(dot):
    den_tham_dinh(dot)
    for line in dot.dong.all():
        services.agree_rest(dong=line, by=None)
        services.finish_tham_dinh(dong=line, by=None)
    services.trial_dot(dot=dot, by=None)


def den_cong_bo(dot):
    den_thu(dot)
    services.publish_dot(dot=dot, by=None)


def het_han_y_kien(dot):
    """The window for objections is over."""
    yesterday = date(2026, 11, 18) - timedelta(days=1)
    DotCham.objects.filter(pk=dot.pk).update(han_y_kien=yesterday)


def den_chung_cuoc(dot):
    den_cong_bo(dot)
    het_han_y_kien(dot)
    services.final_dot(dot=dot, by=None)
