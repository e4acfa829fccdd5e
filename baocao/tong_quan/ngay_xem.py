"""On which day a dashboard is looked at: the day asked for, a period's end, or today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from core.periods import KyBaoCao, read_day, read_ky, today
from tochuc.chon_ban_do import ChonBanDo
from tochuc.models import DonVi
from tochuc.quy_dinh import LUON_LUON

DANG_TINH, DA_BAO_CAO = "dang_tinh", "da_bao_cao"


@dataclass(frozen=True)
class NgayXem:
    """The day and its period; `is_da_bao_cao`: figures as units reported them are asked for."""

    ngay: date
    ky: KyBaoCao
    hom_nay: date
    tham_so: dict[str, str]
    is_da_bao_cao: bool = False

    @classmethod
    def read(cls, params: Mapping, don_vi: DonVi) -> "NgayXem":
        """`?ngay=` says the day, else `?ky=` the period, whose last day is taken; neither goes
        beyond today or the unit's records, or before there was a Union."""
        newest = don_vi.ngay_so_lieu(today())
        reported = params.get("so") == DA_BAO_CAO
        if params.get("ngay"):
            asked = read_day(params["ngay"])
            day = min(asked, newest) if asked >= LUON_LUON else newest
            kept = {"ngay": f"{day:%d/%m/%Y}"}
            return cls(day, KyBaoCao.quarter_of(day), newest, kept, reported)
        ky = read_ky(params.get("ky"), KyBaoCao.quarter_of(newest))
        if ky.nam <= LUON_LUON.year or ky.start > newest:
            ky = KyBaoCao.quarter_of(newest)
        kept = {"ky": ky.code} if params.get("ky") else {}
        return cls(min(ky.end, newest), ky, newest, kept, reported)

    @property
    def quy(self) -> KyBaoCao:
        """The quarter of the day."""
        return KyBaoCao.quarter_of(self.ngay)

    @property
    def is_moi_nhat(self) -> bool:
        return self.ngay == self.hom_nay


def url_bang(
    don_vi: DonVi,
    xem: NgayXem,
    chosen: ChonBanDo | None = None,
    ten_trang: str = "tong_quan",
    **more: str,
) -> str:
    """The page of figures of a unit, on the same day, map and kind of figures."""
    query = {**xem.tham_so, **(chosen.tham_so if chosen else {}), **more}
    if xem.is_da_bao_cao and "so" not in more:
        query["so"] = DA_BAO_CAO
    path = reverse(f"baocao:{ten_trang}", args=[don_vi.pk])
    return f"{path}?{urlencode(query)}" if query else path


def url_giay(don_vi: DonVi, xem: NgayXem, chosen: ChonBanDo, params: Mapping) -> str:
    """The same figures as a sheet."""
    more = {name: params[name] for name in ("chi_so", "trang") if params.get(name)}
    return url_bang(don_vi, xem, chosen, "tong_quan_pdf", **more)


def chuyen_so(don_vi: DonVi, xem: NgayXem) -> list[dict]:
    """The two kinds of figures that a page offers: as counted, as reported."""
    kinds = ((DANG_TINH, "Số đang tính", False), (DA_BAO_CAO, "Số đã báo cáo", True))
    return [
        {
            "label": label,
            "url": url_bang(don_vi, xem, so=kind),
            "active": xem.is_da_bao_cao == reported,
        }
        for kind, label, reported in kinds
    ]
