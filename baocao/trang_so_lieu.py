"""All counted figures of one unit in one period, for the page that shows them."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from core.periods import KyBaoCao, today
from core.text.display import ngay
from core.xlsx import Sheet
from tochuc.ban_do import duoi_tren
from tochuc.chon_ban_do import ChonBanDo, chon_ban_do
from tochuc.models import DonVi
from tochuc.permissions import Quyen

from .bang_so_lieu import phan_tram
from .chi_tieu import TU_TINH, ChiTieu, So, ThoiKy, compute, danh_so
from .dia_chi import fraction, rows_url
from .models import ChiTieuNam


@dataclass(frozen=True)
class DongSo:
    """One figure with the addresses of its rows."""

    so: str
    chi_tieu: ChiTieu
    trong_ky: So
    luy_ke: So
    url: str
    url_luy_ke: str
    chi_tieu_nam: Decimal | None = None

    @property
    def phan(self) -> str:
        return fraction(self.trong_ky)

    @property
    def phan_luy_ke(self) -> str:
        return fraction(self.luy_ke)

    @property
    def ty_le(self) -> Decimal | None:
        """Percent of the year's target, from the year so far."""
        found = phan_tram(self.luy_ke.gia_tri, self.chi_tieu_nam)
        return None if found is None else round(found, 1)


def so_lieu_context(don_vi: DonVi, ky: KyBaoCao, user, params) -> dict:
    """Three queries, two for the running period; `user` decides which rows are linked."""
    thoi_ky = ThoiKy.of(ky, don_vi)
    chosen = chon_ban_do(params, user, Quyen.XEM_BAO_CAO, don_vi, thoi_ky.den)
    shown = [item for item in TU_TINH if item.dung_cho(don_vi)]
    table = compute(don_vi, thoi_ky, shown, chosen.ban_do)
    targets = ChiTieuNam.objects.theo_ma(don_vi, ky.nam)
    query = urlencode({**_tham_so(ky, chosen), "export": "xlsx"})
    return {
        "table": table,
        "co_chi_tieu_nam": any(item.ma in targets for item in shown),
        "export_url": f"{reverse('baocao:don_vi_so_lieu', args=[don_vi.pk])}?{query}",
        "title": f"Số liệu {ky.ten}",
        "subtitle": f"{don_vi} · số liệu đến {ngay(thoi_ky.den)}",
        "unit": don_vi,
        "ky": ky,
        "ban_do": chosen,
        "ky_truoc": _ky(ky.previous, chosen),
        "ky_sau": _ky(ky.next, chosen) if ky.next.start <= don_vi.ngay_so_lieu(today()) else "",
        "nhom": [
            (nhom, [_dong(so, item, don_vi, thoi_ky, table, user, targets) for so, item in members])
            for nhom, members in danh_so(shown)
        ],
    }


def _dong(so, item, don_vi, thoi_ky, table, user, targets) -> DongSo:
    return DongSo(
        so,
        item,
        table.so(don_vi, item.ma),
        table.so(don_vi, item.ma, luy_ke=True),
        rows_url(don_vi.pk, item, thoi_ky, user=user, ban_do=table.ban_do),
        rows_url(don_vi.pk, item, thoi_ky, luy_ke=True, user=user, ban_do=table.ban_do),
        targets.get(item.ma),
    )


def _ky(ky: KyBaoCao, chosen: ChonBanDo) -> str:
    """What an address says of another period; the map stays the one that was chosen."""
    return urlencode(_tham_so(ky, chosen))


def _tham_so(ky: KyBaoCao, chosen: ChonBanDo) -> dict:
    return {"ky": ky.code, **chosen.tham_so}


def so_lieu_sheets(context: dict, units: list[DonVi]) -> list[Sheet]:
    """The page's figures, and the same figures of each unit below, a row for each."""
    table, shown = context["table"], [row for _, rows in context["nhom"] for row in rows]
    labels = ["TT", "Chỉ tiêu", "Đơn vị tính", "Trong kỳ", "Lũy kế năm", "Chỉ tiêu năm", "Tỷ lệ %"]
    own = (
        [
            row.so, row.chi_tieu.ten, row.chi_tieu.don_vi_tinh, row.trong_ky.gia_tri,
            row.luy_ke.gia_tri, row.chi_tieu_nam, row.ty_le,
        ]
        for row in shown
    )  # fmt: skip
    names = [f"{row.chi_tieu.ten} ({row.chi_tieu.don_vi_tinh})" for row in shown]
    below = (
        [
            str(unit),
            unit.get_cap_display(),
            *(
                table.so(unit, row.chi_tieu.ma).gia_tri if row.chi_tieu.dung_cho(unit) else None
                for row in shown
            ),
        ]
        for unit in units
    )
    return [
        Sheet("Số liệu", labels, own, widths=(6, 60, 12, 14, 14, 14, 10)),
        Sheet("Các đơn vị", ["Đơn vị", "Cấp", *names], below),
    ]


def don_vi_duoi(don_vi: DonVi, user, table) -> list[DonVi]:
    """The unit and those below it that stood on the day, on the map that was counted. One query."""
    units = DonVi.objects.permitted_to(user, Quyen.XEM_BAO_CAO).dang_hoat_dong(table.thoi_ky.den)
    return list(duoi_tren(units, "path", don_vi, table.ban_do).order_by("path"))
