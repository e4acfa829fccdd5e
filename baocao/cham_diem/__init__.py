"""Criteria sets and the engine that evaluates them: declarative rules, exact numbers.

`tinh_tu_dong` computes what the books tell of every unit of a scope; `tong_hop` puts criteria
together; `bo_hieu_luc` is the set that judges a unit; `snapshot` its rules as canonical JSON.
"""

from collections.abc import Mapping
from datetime import date

from baocao.models import BoTieuChi
from baocao.xep_loai import xep_hang
from core.periods import KyBaoCao
from tochuc.models import DonVi

from .bo import bo_hieu_luc, luat_cua, luat_hieu_luc, snapshot
from .dong_co import DiemTuDong, TienDo, doc_so, tinh_nhieu
from .luat import BoLuat, bam, doc_luat
from .tong_hop import KetQuaTieuChi, TongHop
from .tong_hop import tong_hop as _tong_hop

__all__ = [
    "BoLuat",
    "DiemTuDong",
    "TongHop",
    "bam",
    "bo_hieu_luc",
    "doc_luat",
    "luat_cua",
    "luat_hieu_luc",
    "snapshot",
    "tinh_tu_dong",
    "tong_hop",
    "xep_hang",
]


def tinh_tu_dong(
    bo: BoTieuChi | BoLuat,
    goc: DonVi,
    ky: KyBaoCao,
    ngay: date | None = None,
    tien_do: TienDo | None = None,
) -> dict[int, dict[str, DiemTuDong]]:
    """{unit: {criterion: figure, points or level}} for all units at or below `goc`.

    The same number of queries for one unit and for thousands. A criterion without enough data
    has neither points nor level.
    """
    luat = _luat(bo)
    so = doc_so(luat, goc, ky, ngay)
    return tinh_nhieu(luat, so, so.don_vi, tien_do)


def tong_hop(bo: BoTieuChi | BoLuat, diem: Mapping[str, KetQuaTieuChi]) -> TongHop:
    """The total and the class from points (or codes of levels) by criterion; None is missing."""
    return _tong_hop(_luat(bo), diem)


def _luat(bo: BoTieuChi | BoLuat) -> BoLuat:
    return bo if isinstance(bo, BoLuat) else luat_cua(bo)
