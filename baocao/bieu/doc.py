"""The nine tables of one unit on the day they are due: counted in one statement, then laid out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from baocao.bang_tinh import Cot, TrangTinh, write_trang_tinh
from baocao.chi_tieu import BangSo, ThoiKy, compute
from core.periods import KyBaoCao, today
from core.text.display import ngay
from tochuc.ban_do import BanDo, duoi_tren, so_sanh
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri
from tochuc.van_ban import tieu_de_don_vi

from .khai_bao import CAC_BIEU, Bieu

RONG = 14
_RONG_COT = ((8, RONG), (16, 8), (40, 7))
"""Up to so many columns, each is so many characters wide: a table is printed one page wide."""
HAN = {True: "han_bao_cao_nua_nam", False: "han_bao_cao_nam"}


def ky_bieu(day: date) -> KyBaoCao:
    """The period that is asked for next: the first half until it is over, then the year."""
    return KyBaoCao(day.year, nua=1) if day.month <= 6 else KyBaoCao(day.year)


def thoi_ky_bieu(don_vi: DonVi, ky: KyBaoCao) -> ThoiKy:
    """The period up to the day on which the tables are due, a dated setting (30/6, 30/11); up to
    today while that day has not come."""
    day, month = map(int, gia_tri(HAN[ky.nua == 1], ngay=ky.end, don_vi=don_vi).split("/"))
    due = date(ky.nam, month, day)
    return ThoiKy.of(ky, don_vi, min(due, don_vi.ngay_so_lieu(today())))


@dataclass(frozen=True)
class SoLieuBieu:
    """All nine tables of a unit, with its wards where it stands above wards."""

    don_vi: DonVi
    thoi_ky: ThoiKy
    so: BangSo
    ban_do: BanDo | None
    co_so: tuple[DonVi, ...]

    def gia_tri(self, don_vi: DonVi, cot) -> Decimal | int | None:
        """One cell; None where it is typed."""
        return self.so.so(don_vi, cot.chi_tieu.ma).gia_tri if cot.chi_tieu else None


def doc_bieu(don_vi: DonVi, ky: KyBaoCao) -> SoLieuBieu:
    """Count all nine tables. Four queries at most, however many wards there are."""
    thoi_ky = thoi_ky_bieu(don_vi, ky)
    ban_do = BanDo(thoi_ky.den) if so_sanh(don_vi, thoi_ky.den).khac else None
    items = {item.ma: item for bieu in CAC_BIEU for item in bieu.chi_tieu}
    table = compute(don_vi, thoi_ky, items.values(), ban_do)
    return SoLieuBieu(don_vi, thoi_ky, table, ban_do, tuple(_co_so(don_vi, thoi_ky.den, ban_do)))


def so_co_so(don_vi: DonVi, ky: KyBaoCao) -> int:
    """How many rows the tables will have."""
    return len(_co_so(don_vi, thoi_ky_bieu(don_vi, ky).den, None))


def _co_so(don_vi: DonVi, day: date, ban_do: BanDo | None) -> Sequence[DonVi]:
    if don_vi.is_co_so:
        return []
    rows = DonVi.objects.co_so().dang_hoat_dong(day)
    return list(duoi_tren(rows, "path", don_vi, ban_do).order_by("path"))


def bieu_xlsx(found: SoLieuBieu) -> bytes:
    """One workbook of nine sheets: a row for the ward, or for each ward and their sum."""
    return write_trang_tinh(_trang(found, bieu) for bieu in CAC_BIEU)


def _trang(found: SoLieuBieu, bieu: Bieu) -> TrangTinh:
    rows = [
        (number, unit.ten_day_du, *(found.gia_tri(unit, cot) for cot in bieu.cot))
        for number, unit in enumerate(found.co_so or (found.don_vi,), 1)
    ]
    ky = found.thoi_ky.ky.ten
    rong = next(width for most, width in _RONG_COT if len(bieu.cot) <= most)
    notes = []
    if found.co_so:
        whole = (found.gia_tri(found.don_vi, cot) for cot in bieu.cot)
        rows.append(("", f"Toàn {found.don_vi.ten_day_du}", *whole))
        notes.append("Dòng cuối gồm cả phần của riêng cấp này, trừ chuyển nội bộ.")
    if bieu.go_tay:
        notes.append(f"Sổ không có, gõ tay: {'; '.join(bieu.go_tay)}.")
    return TrangTinh(
        ten=bieu.ten_trang,
        don_vi=tieu_de_don_vi(found.don_vi, found.thoi_ky.den),
        tieu_de=(
            f"BIỂU {bieu.so}. {bieu.ten.upper()}",
            f"{ky[:1].upper()}{ky[1:]}, số liệu đến {ngay(found.thoi_ky.den)}",
        ),
        cot=(
            Cot("TT", 6, giua=True),
            Cot("Đơn vị", 30),
            *(Cot(cot.ten, rong, la_so=True, dung=rong < RONG) for cot in bieu.cot),
        ),
        dong=rows,
        ghi_chu=notes,
        ngang=True,
        dam=frozenset({len(rows) - 1} if found.co_so else ()),
    )
