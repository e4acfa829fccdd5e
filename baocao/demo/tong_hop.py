"""Synthetic data of any size, for benchmarks: one province of wards, branches and members."""

from datetime import date, time, timedelta
from random import Random

from django.db import transaction

from chidoan.models import BuoiSinhHoat, DiemDanh
from core.periods import KyBaoCao
from doanvien.models import QuaTrinh
from doanvien.services import create_many
from tochuc.models import DonVi
from tochuc.services import create_don_vi

from .ten import May

NGUOI_MOT_CHI_DOAN, CHI_DOAN_MOT_PHUONG = 15, 20
MA = "tong-hop"
_BATCH = 2000


@transaction.atomic
def generate(*, members: int, months: int, homnay: date) -> DonVi:
    """Make `members` people in branches of 15, wards of 20 branches, and their meetings.

    `months` is for how many months back each branch has met. Returns the province; refused
    by the unique code when it has been made before.
    """
    may = May(members, tinh="001", que_quan="Quê quán mẫu")
    tinh = create_don_vi(cap="tinh", loai="tinh", ten="Tổng hợp", ma=MA, cap_tren=None, by=None)
    branches = _branches(tinh, so=-(-members // NGUOI_MOT_CHI_DOAN))
    sinh = (date(homnay.year - 29, 1, 1), date(homnay.year - 18, 1, 1))
    vao_doan = (date(homnay.year - 12, 3, 26), date(homnay.year - 2, 12, 1))
    people = [
        may.nguoi(chi_doan=branches[so % len(branches)], sinh=sinh, vao_doan=vao_doan)
        for so in range(members)
    ]
    create_many(
        rows=[(nguoi, nguoi.ngay_vao_doan, QuaTrinh.LyDoBatDau.KET_NAP) for nguoi in people],
        don_vi=tinh,
        by=None,
        hanh_dong="doan_vien.generate",
    )
    month = KyBaoCao.month_of(homnay)
    for _ in range(months):
        month = month.previous
        _meetings(branches, people, month, may.random)
    return tinh


def _branches(tinh: DonVi, *, so: int) -> list[DonVi]:
    branches, phuong = [], None
    for index in range(so):
        if index % CHI_DOAN_MOT_PHUONG == 0:
            ward = index // CHI_DOAN_MOT_PHUONG + 1
            phuong = create_don_vi(
                cap="co_so",
                loai="phuong",
                ten=f"Số {ward}",
                ma=f"{MA}-{ward}",
                cap_tren=tinh,
                by=None,
            )
        ten = f"Khu vực {index % CHI_DOAN_MOT_PHUONG + 1}"
        branches.append(
            create_don_vi(
                cap="chi_doan",
                loai="chi_doan",
                ten=ten,
                ma=f"{phuong.ma}-{index}",
                cap_tren=phuong,
                by=None,
                khoi="dan_cu",
                cum_thi_dua=f"Cụm {index % 2 + 1}",
            )
        )
    return branches


def _meetings(branches, people, month: KyBaoCao, random: Random) -> None:
    """One meeting a branch in `month`, four of five members present."""
    day = month.start + timedelta(days=14)
    meetings = BuoiSinhHoat.objects.bulk_create(
        [
            BuoiSinhHoat(
                chi_doan=branch,
                ngay=day,
                bat_dau=time(19, 30),
                dia_diem="Nhà văn hóa",
                chu_diem="Chủ điểm tháng",
                trang_thai=BuoiSinhHoat.TrangThai.HOAN_THANH,
            )
            for branch in branches
        ],
        batch_size=_BATCH,
    )
    by_branch = {buoi.chi_doan_id: buoi for buoi in meetings}
    trang_thai = DiemDanh.TrangThai
    DiemDanh.objects.bulk_create(
        [
            DiemDanh(
                buoi=by_branch[nguoi.chi_doan_id],
                doan_vien=nguoi,
                trang_thai=trang_thai.CO_MAT if random.random() < 0.8 else trang_thai.VANG,
            )
            for nguoi in people
        ],
        batch_size=_BATCH,
    )
