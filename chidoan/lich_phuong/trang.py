"""What stands on the ward's calendar of a year, and in its workbook."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from chidoan.lich_nam import url_nam
from core.charts import HeatCell, heat_cell
from core.periods import KyBaoCao
from core.text.display import phan_tram
from tochuc.models import DonVi

from .queries import DongLich, LichPhuong, SoNam, TongThang

THANG_DIEN_THOAI = 6
XEP = {
    "can_giup": "Cần giúp trước",
    "du_hop": "Dự họp thấp trước",
    "nhip": "Thiếu buổi trước",
    "ten": "Theo tên",
}
"""The orders of the rows."""


@dataclass(frozen=True)
class SoTrang:
    """A year's figures of a branch or of the ward; each opens the rows it counts."""

    so: SoNam
    url_buoi: str
    url_du_hop: str

    @property
    def du_hop(self):
        return self.so.du_hop


@dataclass(frozen=True)
class DongTrang:
    """One line of the page."""

    dong: DongLich
    o: list[tuple[HeatCell, bool]]  # the second: shown on a phone too
    nay: SoTrang
    truoc: SoTrang


@dataclass(frozen=True)
class NhomDong:
    """Lines under one caption; without a caption all of them."""

    ten: str
    dong: list[DongTrang]


def lich_context(lich: LichPhuong, *, xep: str, du_thang: bool) -> dict:
    months = KyBaoCao(lich.nam).months
    shown = [du_thang or _on_phone(month, lich) for month in months]
    return {
        "don_vi_xem": lich.don_vi,
        "nam": lich.nam,
        "as_of": lich.ngay,
        "xep": xep,
        "du_thang": all(shown),
        "thang": list(zip(months, shown, strict=True)),
        "nhom": [
            NhomDong(ten, [_line(row, lich, shown) for row in rows])
            for ten, rows in _groups(lich, xep)
            if rows
        ],
        "tong": list(zip((_month_cell(lich, one) for one in lich.tong_thang), shown, strict=True)),
        "nay": _figures(lich.don_vi, lich.nay, lich.nam),
        "truoc": _figures(lich.don_vi, lich.truoc, lich.nam - 1),
    }


def _on_phone(month: KyBaoCao, lich: LichPhuong) -> bool:
    return 0 <= lich.ngay.month - month.thang < THANG_DIEN_THOAI


def _groups(lich: LichPhuong, xep: str) -> list[tuple[str, list[DongLich]]]:
    if xep != "can_giup":
        return [("", sorted(lich.dong, key=_ORDER[xep]))]
    groups = (
        ("Cần giúp trước", lich.can_giup),
        ("Ổn định", lich.on_dinh),
        ("Đã kết thúc", lich.da_ket_thuc),
    )
    return [(f"{ten} · {len(rows)}", rows) for ten, rows in groups]


def _by_rate(row: DongLich):
    rate = row.nay.du_hop.ty_le
    return rate is None, rate or 0, row.chi_doan.path


def _by_rhythm(row: DongLich):
    rhythm = row.nay.nhip
    missing = rhythm.phai_hop - rhythm.da_hop
    return -missing, row.chi_doan.path


_ORDER: dict[str, Callable] = {
    "du_hop": _by_rate,
    "nhip": _by_rhythm,
    "ten": lambda row: row.chi_doan.khoa_sap_xep,
}


def _line(row: DongLich, lich: LichPhuong, shown: list[bool]) -> DongTrang:
    return DongTrang(
        row,
        list(zip(row.o, shown, strict=True)),
        _figures(row.chi_doan, row.nay, lich.nam),
        _figures(row.chi_doan, row.truoc, lich.nam - 1),
    )


def _figures(don_vi: DonVi, so: SoNam, nam: int) -> SoTrang:
    held = url_nam(don_vi, nam) if don_vi.is_chi_doan else _meetings(don_vi, str(nam))
    return SoTrang(so, held, _rolls(don_vi, str(nam)))


def _month_cell(lich: LichPhuong, one: TongThang) -> HeatCell:
    came = one.du_hop
    return heat_cell(
        came.du_hop if came.danh_sach else None,
        came.danh_sach or None,
        name=f"Cả đơn vị, tháng {one.thang.thang}",
        url=_meetings(lich.don_vi, one.thang.code) if one.so_buoi else "",
        due=False,
        future=one.thang.end > lich.ngay and not one.so_buoi,
    )


def _meetings(don_vi: DonVi, ky: str) -> str:
    query = {"don_vi": don_vi.pk, "ky": ky, "trang_thai": "da_hop", "loai": "sinh_hoat"}
    return f"{reverse('chidoan:buoi_list')}?{urlencode(query)}"


def _rolls(don_vi: DonVi, ky: str) -> str:
    query = {"don_vi": don_vi.pk, "ky": ky, "trang_thai": "du_hop"}
    return f"{reverse('chidoan:diem_danh_list')}?{urlencode(query)}"


def file_labels(nam: int) -> list[str]:
    months = [f"T{month}" for month in range(1, 13)]
    figures = ["Đã họp", "Phải họp", "Dự họp", "Danh sách", "Vắng có lý do"]
    rates = ["Tỷ lệ dự họp", "Không tính vắng có lý do"]
    before = [f"Đã họp {nam - 1}", f"Phải họp {nam - 1}", f"Tỷ lệ dự họp {nam - 1}"]
    return ["Chi đoàn", *months, *figures, *rates, *before, "Vì sao cần giúp", "Phụ trách"]


def file_rows(lich: LichPhuong) -> list[list]:
    return [_file_row(row) for row in lich.dong] + [_file_total(lich)]


def _file_row(row: DongLich) -> list:
    cells = [
        cell.text if cell.css.removeprefix("h-").isdigit() else _WORDS[cell.css] for cell in row.o
    ]
    branch = row.chi_doan
    return [
        branch.ten,
        *cells,
        *_file_figures(row.nay, row.truoc),
        row.can_giup.ly_do,
        branch.ten_phu_trach or "",
    ]


def _file_total(lich: LichPhuong) -> list:
    rates = [phan_tram(month.du_hop.ty_le) for month in lich.tong_thang]
    return ["Cả đơn vị", *rates, *_file_figures(lich.nay, lich.truoc), "", ""]


def _file_figures(nay: SoNam, truoc: SoNam) -> list:
    came = nay.du_hop
    rate = came.du_hop / came.phai_co if came.phai_co else None
    return [
        *(nay.nhip.da_hop, nay.nhip.phai_hop, came.du_hop, came.danh_sach, came.co_ly_do),
        *(phan_tram(came.ty_le), phan_tram(rate)),
        *(truoc.nhip.da_hop, truoc.nhip.phai_hop, phan_tram(truoc.du_hop.ty_le)),
    ]


_WORDS = {"h-none": "không họp", "h-free": "không phải họp", "h-later": ""}
