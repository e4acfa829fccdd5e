"""All counted figures of one unit in one period, for the page that shows them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from core.periods import KyBaoCao, today
from core.text.display import ngay
from tochuc.chon_ban_do import ChonBanDo, chon_ban_do
from tochuc.models import DonVi
from tochuc.permissions import Quyen

from .chi_tieu import TU_TINH, ChiTieu, So, ThoiKy, compute, danh_so
from .dia_chi import fraction, rows_url


@dataclass(frozen=True)
class DongSo:
    """One figure with the addresses of its rows."""

    so: str
    chi_tieu: ChiTieu
    trong_ky: So
    luy_ke: So
    url: str
    url_luy_ke: str

    @property
    def phan(self) -> str:
        return fraction(self.trong_ky)

    @property
    def phan_luy_ke(self) -> str:
        return fraction(self.luy_ke)


def so_lieu_context(don_vi: DonVi, ky: KyBaoCao, user, params) -> dict:
    """Two queries, one for the running period; `user` decides which rows are linked."""
    thoi_ky = ThoiKy.of(ky, don_vi)
    chosen = chon_ban_do(params, user, Quyen.XEM_BAO_CAO, don_vi, thoi_ky.den)
    shown = [item for item in TU_TINH if item.dung_cho(don_vi)]
    table = compute(don_vi, thoi_ky, shown, chosen.ban_do)
    return {
        "title": f"Số liệu {ky.ten}",
        "subtitle": f"{don_vi} · số liệu đến {ngay(thoi_ky.den)}",
        "unit": don_vi,
        "ky": ky,
        "ban_do": chosen,
        "ky_truoc": _ky(ky.previous, chosen),
        "ky_sau": _ky(ky.next, chosen) if ky.next.start <= don_vi.ngay_so_lieu(today()) else "",
        "nhom": [
            (nhom, [_dong(so, item, don_vi, thoi_ky, table, user) for so, item in members])
            for nhom, members in danh_so(shown)
        ],
    }


def _dong(so, item, don_vi, thoi_ky, table, user) -> DongSo:
    return DongSo(
        so,
        item,
        table.so(don_vi, item.ma),
        table.so(don_vi, item.ma, luy_ke=True),
        rows_url(don_vi.pk, item, thoi_ky, user=user, ban_do=table.ban_do),
        rows_url(don_vi.pk, item, thoi_ky, luy_ke=True, user=user, ban_do=table.ban_do),
    )


def _ky(ky: KyBaoCao, chosen: ChonBanDo) -> str:
    """What an address says of another period; the map stays the one that was chosen."""
    return urlencode({"ky": ky.code, **chosen.tham_so})
