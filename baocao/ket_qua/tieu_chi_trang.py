"""The criteria of an opened unit: figure, rows, evidence, who gave which points, in which words."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from baocao.cham_diem.luat import BoLuat, ChiaCho, LuatTieuChi
from baocao.chi_tieu import THEO_MA, ThoiKy
from baocao.dia_chi import rows_url
from baocao.dot_cham.quy_tac import co_gia_tri, goi_gia_tri
from baocao.models import DiemTieuChi, DongCham, MinhChung
from chidoan.lich_nam import url_nam
from core.text.display import phan_tram, so
from tochuc.models import DonVi

if TYPE_CHECKING:
    from .bang_dot import BangDot
    from .hang import Hang

_CHI_TIEU = {
    "ket_nap": "ket_nap_moi",
    "tot_tro_len": "xep_loai_tot",
    "khong_hoan_thanh": "xep_loai_khong_hoan_thanh",
}
"""The indicator whose rows a source with a name of its own counts."""
_BUOC = (
    ("may", "Máy tính"),
    ("tu_cham", "Tự chấm"),
    ("tham_dinh", "Thẩm định"),
    ("duyet", "Cấp trên"),
)
_LOI = {"tu_cham": "nhan_xet", "tham_dinh": "ly_do", "duyet": "ly_do_duyet"}


@dataclass(frozen=True)
class BuocCham:
    """What one of them gave, and with which words."""

    ai: str
    gia_tri: str
    loi: str = ""


@dataclass(frozen=True, kw_only=True)
class TieuChiTrang:
    """One criterion as the open row shows it."""

    luat: LuatTieuChi
    tu: str = ""
    mau: str = ""
    tu_url: str = ""
    mau_url: str = ""
    ty_le: str = ""
    ghi_chu: str = ""
    chung: str = ""
    toi_da: str = ""
    buoc: tuple[BuocCham, ...] = ()
    minh_chung: tuple[MinhChung, ...] = ()

    @property
    def is_khac(self) -> bool:
        """Whether they did not all give the same."""
        return len({item.gia_tri for item in self.buoc} | {self.chung}) > 1


def tieu_chi_cua_dong(bang: "BangDot", line: DongCham) -> Iterator[TieuChiTrang]:
    """Every criterion of a stored line with its evidence. One query."""
    evidence: dict[int, list[MinhChung]] = defaultdict(list)
    for item in line.minh_chung.filter(tieu_chi__isnull=False).defer("tep"):
        evidence[item.tieu_chi_id].append(item)
    dot = bang.dot
    period = ThoiKy.of(dot.ky_bao_cao, dot.don_vi, dot.tinh_den)
    for luat in bang.bo.la:
        stored = bang.diem.get(line.pk, {}).get(luat.ma)
        if stored:
            yield _tieu_chi(bang.bo, luat, stored, line.don_vi, period, evidence[stored.pk])


def tieu_chi_tam_tinh(bo: BoLuat, row: "Hang", period: ThoiKy) -> Iterator[TieuChiTrang]:
    """Every criterion of a unit as it is computed now. One query: the unit."""
    don_vi = DonVi.objects.get(pk=row.pk)
    for luat in bo.la:
        found = row.rows[luat.ma]
        tu_url, mau_url = url_so(luat, don_vi, period)
        tu, mau = (found.so.tu, found.so.mau) if found.so else (None, None)
        yield TieuChiTrang(
            luat=luat,
            tu=so(tu),
            mau=so(mau),
            tu_url=tu_url if tu else "",
            mau_url=mau_url if mau else "",
            ty_le=_ty_le(luat, tu, mau),
            chung=goi_gia_tri(bo, found.diem, found.muc),
            toi_da=so(luat.diem_toi_da) if bo.is_diem else "",
        )


def _tieu_chi(
    bo: BoLuat,
    luat: LuatTieuChi,
    stored: DiemTieuChi,
    don_vi: DonVi,
    period: ThoiKy,
    evidence: list[MinhChung],
) -> TieuChiTrang:
    tu_url, mau_url = url_so(luat, don_vi, period)
    return TieuChiTrang(
        luat=luat,
        tu=so(stored.tu),
        mau=so(stored.mau),
        tu_url=tu_url if stored.tu else "",
        mau_url=mau_url if stored.mau else "",
        ty_le=_ty_le(luat, stored.tu, stored.mau),
        ghi_chu=stored.ghi_chu,
        chung=goi_gia_tri(bo, stored.diem, stored.muc),
        toi_da=so(luat.diem_toi_da) if bo.is_diem else "",
        buoc=tuple(_buoc(bo, stored)),
        minh_chung=tuple(evidence),
    )


def _buoc(bo: BoLuat, stored: DiemTieuChi) -> Iterator[BuocCham]:
    for ma, ai in _BUOC:
        if co_gia_tri(stored, ma):
            words = getattr(stored, _LOI[ma]) if ma in _LOI else ""
            yield BuocCham(ai, goi_gia_tri(bo, *stored.cap(ma)), words)


def _ty_le(luat: LuatTieuChi, tu: Decimal | int | None, mau: Decimal | int | None) -> str:
    """A share in per cent; what is counted per head or per month is no share."""
    if tu is None or not mau or luat.chia_cho == ChiaCho.DOAN_VIEN:
        return ""
    return phan_tram(Decimal(tu) / mau)


def url_so(luat: LuatTieuChi, don_vi: DonVi, period: ThoiKy) -> tuple[str, str]:
    """Where the rows of numerator and denominator are; "" where there is no list of them."""
    if luat.nguon == "nhip_hop" and don_vi.is_chi_doan:
        return url_nam(don_vi, period.ky.nam), ""
    indicator = THEO_MA.get(_CHI_TIEU.get(luat.nguon, luat.nguon))
    if indicator is None:
        return "", ""
    rows = rows_url(don_vi.pk, indicator, period)
    base = rows_url(don_vi.pk, indicator, period, mau=True) if indicator.mau else ""
    return rows, base
