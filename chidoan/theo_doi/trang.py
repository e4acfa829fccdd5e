"""What the pages of watching show, as plain data for their templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from core.text.display import ngay as show_ngay
from tochuc.chon_ban_do import ChonBanDo
from tochuc.models import DiaBan, DonVi

from .queries import BangTheoDoi, NhomDonVi, theo_don_vi
from .quy_tac import DUOI_BCH, LUAT, NANG, nhan, nhan_ngan

DIA_BAN = "dia_ban"


@dataclass(frozen=True)
class DiaChi:
    """Addresses of the rows behind a number: the same day, the same map."""

    day: date
    tham_so: dict[str, str]

    def muc(self, don_vi: DonVi, ma: str) -> str:
        if ma == DIA_BAN:
            query = {"don_vi": don_vi.pk, "ngay": show_ngay(self.day)}
            return f"{reverse('chidoan:theo_doi_dia_ban')}?{urlencode(query)}"
        query = {"don_vi": don_vi.pk, "muc": ma, "ngay": show_ngay(self.day), **self.tham_so}
        return f"{reverse('chidoan:theo_doi_list')}?{urlencode(query)}"

    def trang(self, don_vi: DonVi) -> str:
        query = {"don_vi": don_vi.pk, "ngay": show_ngay(self.day), **self.tham_so}
        return f"{reverse('chidoan:theo_doi')}?{urlencode(query)}"


@dataclass(frozen=True)
class O:  # noqa: E742 -- «ô», a cell
    so: int
    url: str
    is_xau: bool


@dataclass(frozen=True)
class DongDonVi:
    """One unit of the table of units."""

    don_vi: DonVi
    so_chi_doan: int
    url: str
    o: list[O]


def theo_doi_context(bang: BangTheoDoi, hamlets: Sequence[DiaBan], chosen: ChonBanDo) -> dict:
    """The page of a unit: numbers with their rows, then units below or the ward's branches."""
    dia_chi = DiaChi(bang.day, chosen.tham_so)
    wards = [] if bang.don_vi.is_co_so else theo_don_vi(bang, hamlets)
    return {
        "subtitle": f"{bang.don_vi} · {len(bang.dong)} chi đoàn, tính đến {show_ngay(bang.day)}",
        "don_vi_xem": bang.don_vi,
        "ban_do": chosen,
        "ngay": show_ngay(bang.day),
        "kpis": _kpis(bang, hamlets, dia_chi),
        "cot": [*(nhan_ngan(ma, bang.nguong) for ma in LUAT), "Địa bàn trống"],
        "theo_don_vi": [_dong(row, dia_chi) for row in wards],
        "xem_het": dia_chi.muc(bang.don_vi, ""),
        "can_xem": [row for row in bang.dong if row.thay - {DUOI_BCH}] if not wards else [],
    }


def _kpis(bang: BangTheoDoi, hamlets: Sequence[DiaBan], dia_chi: DiaChi) -> list[list[dict]]:
    """Two strips: what must be mended, and what is coming."""
    cells = {
        ma: {
            "label": nhan(ma, bang.nguong),
            "value": bang.so(ma),
            "fraction": f"/ {len(bang.dong)} chi đoàn",
            "url": dia_chi.muc(bang.don_vi, ma),
            "bad": ma in NANG and bang.so(ma),
        }
        for ma in LUAT
    }
    cells[DIA_BAN] = {
        "label": "Địa bàn chưa có chi đoàn",
        "value": len(hamlets),
        "url": dia_chi.muc(bang.don_vi, DIA_BAN),
        "bad": bool(hamlets),
    }
    return [
        [cells.pop(ma) for ma in NANG],
        list(cells.values()),
    ]


def _dong(row: NhomDonVi, dia_chi: DiaChi) -> DongDonVi:
    numbers = [(ma, row.so[ma]) for ma in LUAT] + [(DIA_BAN, row.dia_ban)]
    return DongDonVi(
        row.don_vi,
        row.so_chi_doan,
        dia_chi.trang(row.don_vi),
        [
            O(so, dia_chi.muc(row.don_vi, ma) if so else "", bool(so) and ma in (*NANG, DIA_BAN))
            for ma, so in numbers
        ],
    )
