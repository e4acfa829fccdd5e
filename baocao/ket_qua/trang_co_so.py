"""The page of the live ranking of wards: rows, the one that is open, its workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.utils.safestring import SafeString

from baocao.cham_diem.luat import BoLuat
from baocao.chi_tieu import ThoiKy
from baocao.models import DotCham
from core.periods import KyBaoCao, today
from core.text import fold
from core.text.display import ngay, so
from tochuc.models import DonVi

from . import hang as h
from .loi import de_nang, vi_sao
from .tieu_chi_trang import TieuChiTrang, tieu_chi_tam_tinh

PAGE_SIZE = 40
NHAN_CO_SO = (
    "Hạng chung",
    "Hạng trong cụm",
    "Cụm",
    "Đơn vị",
    "Điểm",
    "Mức",
    "Ghi chú",
)


@dataclass(frozen=True)
class DongCoSo:
    """One ward as the table shows it."""

    dong: h.Hang
    bo: BoLuat
    is_mo: bool
    toggle: str
    tieu_chi: tuple[TieuChiTrang, ...] = ()
    may_mo: bool = True
    url_dong: str = ""

    @property
    def thanh(self) -> SafeString:
        return h.thanh(self.bo, self.dong)

    @property
    def con_so(self) -> str:
        return h.con_so(self.bo, self.dong)

    @property
    def pill(self) -> tuple[str, str, str]:
        return h.pill(self.bo, self.dong.muc)

    @property
    def vi_sao(self) -> list[str]:
        return list(vi_sao(self.bo, self.dong.rows, self.dong.muc))

    @property
    def de_nang(self) -> list[str]:
        return list(de_nang(self.bo, self.dong.rows, self.dong.muc))


def co_so_context(
    don_vi: DonVi, nam: int, bo: BoLuat | None, rows: Sequence[h.Hang], params
) -> dict:
    key, opened = fold(params.get("q", "")), params.get("mo", "")
    shown = [row for row in rows if key in fold(row.ten)]
    period = ThoiKy.of(KyBaoCao(nam), don_vi)
    page = Paginator(shown, PAGE_SIZE).get_page(params.get("page"))
    day = period.den
    return {
        "title": f"Xếp hạng Đoàn cơ sở năm {nam}",
        "subtitle": f"{don_vi} · {so(len(rows))} Đoàn cơ sở",
        "state": ("info", "clock", f"Tạm tính đến {ngay(day)}"),
        "bo": bo,
        "page": page,
        "rows": [_dong(bo, row, opened, params, period) for row in page],
        "searched": params.get("q", ""),
        "nhom": h.nhom(bo) if bo and bo.is_diem else [],
        "co_cum": any(row.cum for row in rows),
        "nam": nam,
        "nam_truoc": str(nam - 1),
        "nam_sau": str(nam + 1) if nam < don_vi.ngay_so_lieu(today()).year else "",
        "loai": DotCham.DoiTuong.CO_SO.value,
        "export_url": f"?{urlencode({'loai': DotCham.DoiTuong.CO_SO, 'ky': nam, 'export': 'xlsx'})}"
        if rows
        else "",
    }


def _dong(bo: BoLuat, row: h.Hang, opened: str, params, period: ThoiKy) -> DongCoSo:
    is_open = opened == str(row.pk)
    query = {key: value for key, value in params.items() if key != "mo" and value}
    if not is_open:
        query["mo"] = row.pk
    return DongCoSo(
        row,
        bo,
        is_open,
        f"?{urlencode(query)}#r{row.pk}",
        tuple(tieu_chi_tam_tinh(bo, row, period)) if is_open else (),
    )


def co_so_file(bo: BoLuat | None, rows: Sequence[h.Hang]) -> list[list]:
    return [
        [
            row.hang,
            row.hang_cum,
            row.cum,
            row.ten,
            row.tong,
            bo.ten_muc(row.muc) if row.muc else h.CHUA_DU,
            row.ghi_chu,
        ]
        for row in rows
    ]
