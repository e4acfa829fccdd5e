"""A round of two branches that is published or final; the first one does better."""

import pytest

from baocao.dot_cham import services
from tests.baocao.dot_cham.conftest import (
    cham,
    het_han_y_kien,
    lai,
    nguoi,  # noqa: F401 -- a fixture is found by being here
)
from tests.factories import make_chuc_vu, make_dot_cham


def gui_het(dot, **diem):
    """Everybody scores themselves, by code, and sends; the ward begins to verify."""
    for line in dot.dong.select_related("don_vi"):
        cham(line, **diem.get(line.don_vi.ma, {"a1": 35, "a2": 20}))
        services.send_dong(dong=line, by=None)
    services.start_tham_dinh(dot=dot, by=None)


def tinh_thu(dot):
    """The ward agrees with all, and the trial is made."""
    for line in dot.dong.exclude(trang_thai="da_tham_dinh"):
        services.agree_rest(dong=line, by=None)
        services.finish_tham_dinh(dong=line, by=None)
    services.trial_dot(dot=dot, by=None)


def dang_cong_bo(dot, **diem):
    gui_het(dot, **diem)
    tinh_thu(dot)
    services.publish_dot(dot=dot, by=None)
    return lai(dot)


def chot(dot):
    het_han_y_kien(dot)
    services.final_dot(dot=dot, by=None)
    return lai(dot)


@pytest.fixture
def cong_bo(nguoi, phuong, chi_doan):  # noqa: F811 -- the fixture
    """Published: 75 points and 55."""
    return dang_cong_bo(make_dot_cham(phuong), **{chi_doan.ma: {"a1": 40, "a2": 30, "c1": 5}})


@pytest.fixture
def chung_cuoc(cong_bo):
    return chot(cong_bo)


@pytest.fixture
def bch(phuong):
    return [make_chuc_vu(don_vi=phuong, trong_bch=True) for _ in range(3)]
