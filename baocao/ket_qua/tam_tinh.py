"""Wards ranked live: what the engine computes of today's books, nothing stored.

What people score is left open: a round asks for it.
"""

from collections.abc import Sequence
from dataclasses import replace

from baocao.cham_diem import DiemTuDong, bo_hieu_luc, luat_cua, tinh_tu_dong, tong_hop
from baocao.cham_diem.cong_thuc import KetTinh
from baocao.cham_diem.luat import BAC_CUA, BoLuat
from baocao.models import DotCham
from baocao.xep_loai import xep_hang
from core.periods import KyBaoCao
from core.text.display import so
from tochuc.models import DonVi

from .hang import Hang
from .loi import Diem, co_chan

NHOM = {"hang": "", "hang_cum": "cum", "hang_khoi": "khoi"}


def co_so_tam_tinh(don_vi: DonVi, ky: KyBaoCao) -> tuple[BoLuat | None, list[Hang]]:
    """The rules in force for wards, and the wards below by them, best first."""
    bo = bo_hieu_luc(DotCham.DoiTuong.CO_SO, ky, don_vi)
    if bo is None:
        return None, []
    luat = luat_cua(bo)
    computed = tinh_tu_dong(luat, don_vi, ky)
    units = DonVi.objects.filter(pk__in=computed).order_by("path")
    rows = [_hang(luat, unit, computed[unit.pk]) for unit in units]
    return luat, xep_hang_chung(luat, rows)


def xep_hang_chung(luat: BoLuat, rows: Sequence[Hang]) -> list[Hang]:
    """With shared ranks among all, within the cluster and within the kind, best first; last those
    of which nothing is known."""
    placed = {row.pk: row for row in rows}
    for field, nhom in NHOM.items():
        groups: dict[str, list[Hang]] = {}
        for row in rows:
            key = getattr(row, nhom) if nhom else "tất cả"
            if key and _co_gi(row):
                groups.setdefault(key, []).append(row)
        for members in groups.values():
            for place, row in xep_hang(members, lambda row: _khoa(luat, row)):
                placed[row.pk] = replace(placed[row.pk], **{field: place})
    return sorted(placed.values(), key=lambda row: (row.hang is None, row.hang))


def _co_gi(row: Hang) -> bool:
    """Whether anything is known of it; what nothing is known of has no place."""
    return not row.rows or any(not item.is_thieu for item in row.rows.values())


def _khoa(luat: BoLuat, row: Hang) -> tuple:
    if luat.is_diem:
        return (row.tong,)
    best = sum(item.muc == luat.cac_muc[0] for item in row.rows.values())
    return (BAC_CUA[row.muc] if row.muc else -1, best)


def _hang(luat: BoLuat, unit: DonVi, found: dict[str, DiemTuDong]) -> Hang:
    rows = {item.ma: _diem(item, found.get(item.ma)) for item in luat.la}
    values = {ma: row.diem if luat.is_diem else row.muc for ma, row in rows.items()}
    total = tong_hop(luat, values)
    note = f"{so(total.so_thieu)} tiêu chí chưa có điểm" if total.so_thieu else ""
    return Hang(
        pk=unit.pk,
        ten=unit.ten_day_du,
        cum=unit.cum_thi_dua,
        tong=total.tong if luat.is_diem else None,
        muc=total.muc,
        ghi_chu=note,
        rows=rows,
    )


def _diem(luat, found: DiemTuDong | None) -> Diem:
    if found is None:
        return Diem(luat)
    may = KetTinh(found.diem, found.muc)
    value = co_chan(luat, found.tu, found.mau, may)
    return Diem(luat, value, may, found.diem, found.muc)
