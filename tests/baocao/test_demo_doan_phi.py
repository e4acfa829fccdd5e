"""The demo's dues tell their story on any day of the year, and add up."""

from datetime import date

import pytest
from django.db.models import Sum

from baocao.demo import doan_phi, phuong_1
from baocao.demo.khung import build_vi_thanh
from core.periods import KyBaoCao
from doanvien.doan_phi import queries
from doanvien.models import DoanPhi, NopDoanPhi, PhieuThu
from tests.factories import make_nguoi_dung, make_phieu_thu
from tochuc.permissions import VaiTro

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("homnay", [date(2026, 1, 1), date(2026, 3, 31), date(2026, 11, 28)])
def test_dues_of_the_demo_add_up(homnay):
    units = build_vi_thanh()
    phuong = units["phuong-1"]
    by = make_nguoi_dung(VaiTro.BI_THU_PHUONG, phuong)
    branches = phuong_1.build_people(units, homnay=homnay, by=by)
    doan_phi.dues(branches, phuong, homnay=homnay, by=by)

    receipts = PhieuThu.objects.filter(loai="doan_phi")
    assert receipts.tong_tien() == DoanPhi.objects.aggregate(tong=Sum("so_tien"))["tong"]
    assert not PhieuThu.objects.filter(ngay__gte=homnay).exists()
    for nop in NopDoanPhi.objects.all():
        assert nop.co_so == nop.phieu_thu.all().tong_tien()
    # the office above has handed on what it took until the quarter before
    last = KyBaoCao.quarter_of(homnay).previous
    waiting = PhieuThu.objects.chua_nop().filter(don_vi=phuong.cap_tren, ngay__lte=last.end)
    assert not waiting.exists()
    good, weak = branches[0].don_vi, branches[3].don_vi
    before = KyBaoCao.month_of(homnay).previous
    bang = queries.bang_thu(phuong, before, before.end)
    assert bang[good.path].con_no == 0
    assert queries.tong_thu(bang, weak.path).phai_thu > 0
    # the register goes on where the demo stopped
    person = branches[0].nguoi[0]
    last = PhieuThu.objects.filter(don_vi=good, nam=homnay.year).first()
    paid = DoanPhi.objects.filter(doan_vien=person, thang=homnay.replace(day=1)).exists()
    if not paid:
        new = make_phieu_thu(person, homnay.replace(day=1), ngay=homnay)
        assert new.so == (last.so if last else 0) + 1
