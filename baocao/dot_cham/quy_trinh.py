"""The steps of a round: from which states each may be taken, and where it leads."""

from collections.abc import Mapping

from baocao.models import BuocDotCham, DongCham, DotCham
from core.periods import today

T, L, D = DotCham.TrangThai, BuocDotCham.Loai, DongCham.TrangThai

BUOC: dict[str, tuple[tuple[str, ...], str]] = {
    L.THAM_DINH: ((T.MO,), T.THAM_DINH),
    L.THU: ((T.THAM_DINH,), T.THU),
    L.LUI: ((T.THU,), T.THAM_DINH),
    L.CONG_BO: ((T.THU,), T.CONG_BO),
    L.CHUNG_CUOC: ((T.CONG_BO,), T.CHUNG_CUOC),
    L.HUY: ((T.MO, T.THAM_DINH, T.THU), T.HUY),
}
"""Steps of the round itself."""

DONG: dict[str, tuple[dict[str, tuple[str, ...]], str]] = {
    L.GUI: ({T.MO: (D.CHO_CHAM, D.TRA_LAI), T.THAM_DINH: (D.TRA_LAI,)}, D.DA_GUI),
    L.TRA_LAI: ({T.MO: (D.DA_GUI,), T.THAM_DINH: (D.DA_GUI, D.DA_THAM_DINH)}, D.TRA_LAI),
    L.XONG: ({T.THAM_DINH: (D.CHO_CHAM, D.DA_GUI)}, D.DA_THAM_DINH),
    L.DUYET: ({T.THAM_DINH: (D.DA_THAM_DINH,)}, D.DA_DUYET),
    L.XET_LAI: ({T.THAM_DINH: (D.DA_THAM_DINH, D.DA_DUYET)}, D.DA_GUI),
}
"""Steps of one unit: by the round's state, from which states of the line."""

GHI_TU_CHAM = DONG[L.GUI][0]
"""When the unit writes its self-score: as long as it can send it."""
GHI_THAM_DINH = {T.THAM_DINH: (D.CHO_CHAM, D.DA_GUI, D.DA_THAM_DINH)}
GHI_DUYET = {T.THAM_DINH: (D.DA_THAM_DINH, D.DA_DUYET)}
TINH_MAY = (T.MO, T.THAM_DINH)
"""When the computed part may be computed again."""


def co_the(dot: DotCham, loai: str) -> bool:
    return dot.trang_thai in BUOC[loai][0]


def con_cho(dot: DotCham, loai: str, dem: Mapping[str, int]) -> bool:
    """Whether a step would be refused yet: units to send or verify, days or objections open."""
    if loai == L.THAM_DINH:
        return bool(dem["cho"]) and today() <= dot.han_tu_cham
    if loai == L.THU:
        return dem["xong"] < dem["tong"]
    if loai == L.CHUNG_CUOC:
        return dot.nhan_y_kien() or bool(dem["y_kien"])
    return False


def dong_co_the(dong: DongCham, bang: dict[str, tuple[str, ...]]) -> bool:
    return dong.trang_thai in bang.get(dong.dot.trang_thai, ())
