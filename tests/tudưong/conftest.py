"""A fixed day, a ward with a committee of 15, a branch of 15 members, and a case at hand."""

from datetime import UTC, date, datetime

import pytest

from doanvien.models import XepLoai
from tests.factories import (
    make_chuc_vu,
    make_doan_vien,
    make_ho_so,
    make_ky,
    make_nguoi_dung,
    make_nhiem_vu,
    make_thanh_vien,
    make_to,
)
from tochuc.bieu_quyet import Phieu
from tochuc.permissions import VaiTro
from tudưong.models import HoSo
from tudưong.services import propose, resolve, review

HOM_NAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def hom_nay(monkeypatch):
    """It is 21/11/2026, nine in the morning in Vietnam."""
    now = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    return HOM_NAY


@pytest.fixture
def bch(phuong):
    """The ward's committee: its secretary and 14 others."""
    make_chuc_vu(don_vi=phuong, chuc_danh="bi_thu", ho_ten="Trịnh Hoài Phong")
    return [make_chuc_vu(don_vi=phuong) for _ in range(14)]


@pytest.fixture
def doan_vien(chi_doan):
    return make_doan_vien(chi_doan=chi_doan, ho_ten="Trần Gia Bảo")


@pytest.fixture
def chi_doan_15(chi_doan, doan_vien):
    """With the member of the case, 15 on the branch's roster."""
    return [doan_vien, *(make_doan_vien(chi_doan=chi_doan) for _ in range(14))]


@pytest.fixture
def ho_so(doan_vien, chi_doan_15):
    return make_ho_so(doan_vien=doan_vien)


@pytest.fixture
def to(phuong):
    return make_to(don_vi=phuong)


@pytest.fixture
def thanh_vien(to, doan_vien):
    return make_thanh_vien(to=to, doan_vien=doan_vien, dang_vien_giup="Trần Công Minh")


@pytest.fixture
def pho_bi_thu_phuong(phuong):
    return make_nguoi_dung(VaiTro.PHO_BI_THU_PHUONG, phuong)


@pytest.fixture
def da_nghi_quyet(doan_vien, ho_so, bi_thu, can_bo_phuong, bi_thu_phuong, bch, chi_doan):
    """Resolved by 13 of 15, on 05/02/2026; the branch has a secretary and no committee."""
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", ho_ten="Lê Minh Duy", trong_bch=False)
    propose(ho_so=ho_so, ngay=date(2026, 1, 24), phieu=Phieu(13, 12, 1), ly_do="Trẻ", by=bi_thu)
    HoSo.objects.update(ngay_buoc=date(2026, 1, 24))
    review(ho_so=ho_so, ngay=date(2026, 1, 30), by=can_bo_phuong)
    resolve(
        ho_so=ho_so,
        ngay=date(2026, 2, 4),
        ngay_van_ban=date(2026, 2, 5),
        phieu=Phieu(14, 13, 1),
        ly_do="Cần thêm thời gian rèn luyện",
        by=bi_thu_phuong,
    )
    return HoSo.objects.select_related("doan_vien", "chi_doan", "don_vi").get(pk=ho_so.pk)


@pytest.fixture
def with_reviews(da_nghi_quyet, to, chi_doan):
    """Three closed quarters in the group, the last with a task."""
    dv = da_nghi_quyet.doan_vien
    dv.gioi_tinh, dv.dan_toc, dv.ton_giao, dv.que_quan = "nam", "Khơ-me", "Phật giáo", "Vị Thắng"
    dv.save()
    XepLoai.objects.create(
        doan_vien=dv, chi_doan=chi_doan, nam=2025, muc="htxs", ngay=date(2025, 11, 30)
    )
    thanh_vien = make_thanh_vien(to=to, doan_vien=dv, dang_vien_giup="Trần Công Minh")
    for nam, quy, ngay in ((2025, 3, (9, 28)), (2025, 4, (12, 20)), (2026, 1, (3, 22))):
        ky = make_ky(
            to=to,
            nam=nam,
            quy=quy,
            ngay=date(nam, *ngay),
            thanh_vien=[thanh_vien],
            trang_thai="ket_thuc",
        )
        ky.danh_gia.update(muc="htt", ket_luan="tiep_tuc", ket_qua="Dự đủ buổi.")
    make_nhiem_vu(
        thanh_vien=thanh_vien,
        giao_ngay=date(2026, 1, 5),
        han=date(2026, 3, 15),
        trang_thai="xong",
        xep_muc="tot",
        ket_qua="Vận động 03",
        ky_danh_gia=ky,
    )
    return da_nghi_quyet
