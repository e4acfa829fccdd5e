"""One unit's criteria as they stand, books and findings put together, and its class."""

from collections.abc import Sequence

from baocao.xep_loai import KetQua, Muc, XepChung

from .dong_co import DiemTuDong, is_so_dung, ket_hop
from .luat import BAC_CUA, BoLuat, LuatTieuChi
from .tong_hop import KetQuaTieuChi, tong_hop


def ket_qua(item: LuatTieuChi, computed: DiemTuDong | None, danh_gia: str = "") -> KetQua:
    """One criterion as it stands, with the figure where the figure has a say."""
    code = ket_hop(item, computed, danh_gia)
    level = BAC_CUA[code] if code else None
    if computed is None or not is_so_dung(item, computed):
        return KetQua(item, level)
    return KetQua(item, level, computed.tu, computed.mau, computed.diem, computed.ghi_chu)


def xep_chung(bo: BoLuat | None, results: Sequence[KetQua]) -> XepChung:
    """The level of a branch out of its criteria."""
    if not bo or not results:
        return XepChung(None, Muc.HTXS, 0, 0, 0)
    values = {item.tieu_chi.ma: _gia_tri(item, bo) for item in results}
    found = tong_hop(bo, values)
    return XepChung(
        muc=BAC_CUA[found.muc] if found.muc else None,
        cao_nhat=BAC_CUA[found.cao_nhat],
        so_cao_nhat=found.so_cao_nhat,
        so_thieu=found.so_thieu,
        so_tieu_chi=len(results),
        tong=found.tong,
        toi_da=found.toi_da,
    )


def _gia_tri(item: KetQua, bo: BoLuat) -> KetQuaTieuChi:
    if bo.is_diem:
        return item.diem
    return "" if item.muc is None else bo.cac_muc[Muc.HTXS - item.muc]
