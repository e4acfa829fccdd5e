"""The engine: a set's computed criteria for every unit of a scope, in one pass."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from baocao.chi_tieu import ThoiKy
from chidoan.queries import chi_doan_hoat_dong
from core.periods import KyBaoCao
from tochuc.models import DonVi

from .cong_thuc import GiaTri, KetTinh, tinh
from .luat import BAC_CUA, BoLuat, DanhGia, LuatTieuChi
from .nguon import DOAN_CO_SO, SoNguon, chi_tieu_can, doc_nguon, gia_tri

TienDo = Callable[[int, int], None]
MOI_LAN = 100
"""Units between two words on how far it is."""


class DiemTuDong(NamedTuple):
    """What the engine says of one criterion: figure, and points or level; neither is missing."""

    tu: int | None = None
    mau: int | None = None
    diem: Decimal | None = None
    muc: str = ""
    ghi_chu: str = ""

    @property
    def is_thieu(self) -> bool:
        return self.diem is None and not self.muc


THIEU_DU_LIEU = "Chưa đủ dữ liệu"


def don_vi_duoc_cham(luat: BoLuat, goc: DonVi, day: date) -> list[DonVi]:
    """The branches, or the wards, at or below `goc` that a set judges on a day. One query."""
    if luat.doi_tuong == DOAN_CO_SO:
        return list(DonVi.objects.under(goc).co_so().dang_hoat_dong(day))
    return list(chi_doan_hoat_dong(goc, day))


def tinh_nhieu(
    luat: BoLuat, so: SoNguon, don_vi: Sequence[DonVi], tien_do: TienDo | None = None
) -> dict[int, dict[str, DiemTuDong]]:
    """Every computed criterion of the units, out of what was read."""
    found = {}
    for place, unit in enumerate(don_vi):
        if tien_do and not place % MOI_LAN:
            tien_do(place, len(don_vi))
        found[unit.pk] = cham(luat, so, unit)
    return found


def cham(luat: BoLuat, so: SoNguon, unit: DonVi) -> dict[str, DiemTuDong]:
    """One unit: {criterion: what is computed}; those that people score are not in it."""
    return {item.ma: cham_mot(item, so, unit) for item in luat.la if item.is_tu_dong}


def cham_mot(item: LuatTieuChi, so: SoNguon, unit: DonVi) -> DiemTuDong:
    value = gia_tri(item, so, unit)
    return _diem(value, tinh(item, value))


def _diem(value: GiaTri | None, reached: KetTinh) -> DiemTuDong:
    if value is None:
        return DiemTuDong(ghi_chu=THIEU_DU_LIEU)
    note = value.ghi_chu or (THIEU_DU_LIEU if reached.is_thieu else "")
    return DiemTuDong(value.tu, value.mau, reached.diem, reached.muc, note)


def ket_hop(item: LuatTieuChi, computed: DiemTuDong | None, danh_gia: str) -> str:
    """The level that stands, from the books and from what people found ("" is neither).

    How the two meet is a rule of the criterion, see `TieuChi.DanhGia`.
    """
    if computed is None or not item.is_tu_dong:
        return danh_gia
    return _KET_HOP[item.danh_gia or DanhGia.TINH](item, computed, danh_gia)


def is_so_dung(item: LuatTieuChi, computed: DiemTuDong) -> bool:
    """Whether the figure has a say: none without data, nor a nought that people may correct."""
    return computed.tu is not None and (bool(computed.tu) or item.danh_gia != DanhGia.CO_SO)


def _co_so(_, computed: DiemTuDong, danh_gia: str) -> str:
    return computed.muc if computed.tu else danh_gia


def _dat(item: LuatTieuChi, computed: DiemTuDong, danh_gia: str) -> str:
    is_best = computed.tu and computed.muc == item.bac[0].muc
    return computed.muc if is_best else danh_gia


def _thap(_, computed: DiemTuDong, danh_gia: str) -> str:
    if not computed.muc or not danh_gia:
        return computed.muc or danh_gia
    return min(computed.muc, danh_gia, key=BAC_CUA.__getitem__)


def _chan(_, computed: DiemTuDong, danh_gia: str) -> str:
    return computed.muc if computed.tu or not danh_gia else danh_gia


_KET_HOP: Mapping[str, Callable[[LuatTieuChi, DiemTuDong, str], str]] = {
    DanhGia.TINH: lambda _, computed, danh_gia: computed.muc,
    DanhGia.CO_SO: _co_so,
    DanhGia.DAT: _dat,
    DanhGia.THAP: _thap,
    DanhGia.CHAN: _chan,
}


def doc_so(luat: BoLuat, goc: DonVi, ky: KyBaoCao, ngay: date | None = None) -> SoNguon:
    """The units and the figures that a set needs of them."""
    thoi_ky = ThoiKy.of(ky, goc, ngay)
    units = don_vi_duoc_cham(luat, goc, thoi_ky.den)
    return doc_nguon(goc, thoi_ky, units, chi_tieu_can(luat))
