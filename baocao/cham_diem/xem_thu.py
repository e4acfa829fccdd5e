"""Trying a set on a year that is known: what each unit would be, beside the set in force."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baocao.chi_tieu import ThoiKy
from baocao.models import DanhGiaTieuChi
from baocao.xep_loai import Muc, XepChung
from core.periods import KyBaoCao
from tochuc.models import DonVi

from .bo import luat_hieu_luc
from .dong_co import MOI_LAN, TienDo, cham, don_vi_duoc_cham
from .kiem import diem
from .luat import BoLuat
from .nguon import SoNguon, chi_tieu_can, doc_nguon
from .xep_chung import ket_qua, xep_chung


@dataclass(frozen=True)
class DongThu:
    """One unit: its class by the set that is tried and by the one in force."""

    don_vi: DonVi
    thu: XepChung
    hien_nay: XepChung | None
    ten_thu: str
    ten_hien_nay: str

    @property
    def is_khac(self) -> bool:
        """Whether both say something, and not the same."""
        if self.hien_nay is None or self.thu.muc is None or self.hien_nay.muc is None:
            return False
        return self.ten_thu != self.ten_hien_nay

    @property
    def diem(self) -> str:
        """ "23,5 trên 40", of what the books tell."""
        return f"{diem(self.thu.tong)} trên {diem(self.thu.toi_da)}"


@dataclass(frozen=True)
class BangThu:
    """The whole trial."""

    goc: DonVi
    ky: KyBaoCao
    bo: BoLuat
    hien_nay: BoLuat | None
    dong: tuple[DongThu, ...]

    @property
    def phan_bo(self) -> list[tuple[str, int, int]]:
        """(class, units by the tried set, units by the one in force), best first."""
        tried = Counter(row.ten_thu for row in self.dong)
        now = Counter(row.ten_hien_nay for row in self.dong)
        known = [self.bo.ten_muc(muc) for muc in self.bo.cac_muc]
        known += (
            [self.hien_nay.ten_muc(muc) for muc in self.hien_nay.cac_muc] if self.hien_nay else []
        )
        names = dict.fromkeys([*known, CHUA_DU])
        return [(ten, tried[ten], now[ten]) for ten in names if tried[ten] or now[ten]]

    @property
    def so_khac(self) -> int:
        return sum(1 for row in self.dong if row.is_khac)


CHUA_DU = "Chưa đủ dữ liệu"
NHAN_FILE = ("Đơn vị", "Điểm máy tính", "Tối đa", "Thiếu tiêu chí", "Bộ này", "Đang áp dụng")


def file_rows(bang: BangThu) -> list[list]:
    """The trial as a workbook."""
    return [
        [
            row.don_vi.ten_day_du,
            row.thu.tong if bang.bo.is_diem else None,
            row.thu.toi_da if bang.bo.is_diem else None,
            row.thu.so_thieu,
            row.ten_thu,
            row.ten_hien_nay,
        ]
        for row in bang.dong
    ]


def don_vi_thu(bo: BoLuat, goc: DonVi, nam: int) -> list[DonVi]:
    """The units of a trial. One query."""
    return don_vi_duoc_cham(bo, goc, ThoiKy.of(KyBaoCao(nam), goc).den)


def xem_thu(
    bo: BoLuat,
    goc: DonVi,
    nam: int,
    units: Sequence[DonVi] | None = None,
    tien_do: TienDo | None = None,
) -> BangThu:
    """Evaluate a set and the one in force on a year of the units at or below `goc`.

    The same number of queries for any number of units.
    """
    thoi_ky = ThoiKy.of(KyBaoCao(nam), goc)
    now = luat_hieu_luc(bo.doi_tuong, thoi_ky.ky, goc)
    units = don_vi_thu(bo, goc, nam) if units is None else units
    wanted = [*chi_tieu_can(bo), *(chi_tieu_can(now) if now else ())]
    read = doc_nguon(goc, thoi_ky, units, wanted)
    found = _danh_gia(goc, nam)
    rows = []
    for place, unit in enumerate(units):
        if tien_do and not place % MOI_LAN:
            tien_do(place, len(units))
        rows.append(_dong(unit, bo, now, read, found.get(unit.pk, {})))
    return BangThu(goc, thoi_ky.ky, bo, now, tuple(rows))


def _danh_gia(goc: DonVi, nam: int) -> dict[int, dict[str, str]]:
    """The latest finding on each criterion of each branch."""
    found: dict[int, dict[str, str]] = {}
    rows = DanhGiaTieuChi.objects.under(goc).filter(nam=nam).order_by("ngay", "pk")
    for branch, ma, muc in rows.values_list("chi_doan_id", "tieu_chi", "muc"):
        found.setdefault(branch, {})[ma] = muc
    return found


def _dong(
    unit: DonVi, bo: BoLuat, now: BoLuat | None, read: SoNguon, findings: Mapping[str, str]
) -> DongThu:
    tried = _xep(bo, unit, read, findings)
    current = _xep(now, unit, read, findings) if now else None
    return DongThu(
        unit,
        tried,
        current,
        _ten(bo, tried.muc),
        _ten(now, current.muc) if now else "",
    )


def _xep(bo: BoLuat, unit: DonVi, read: SoNguon, findings: Mapping[str, str]) -> XepChung:
    if not read.so_doan_vien(unit):
        return xep_chung(bo, ())
    computed = cham(bo, read, unit)
    return xep_chung(
        bo, [ket_qua(item, computed.get(item.ma), findings.get(item.ma, "")) for item in bo.la]
    )


def _ten(bo: BoLuat, muc: Muc | None) -> str:
    return CHUA_DU if muc is None else bo.ten_muc(bo.cac_muc[Muc.HTXS - muc])
