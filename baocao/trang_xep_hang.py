"""The page of the ranking: filters, rows, and the one that is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from core.listing import filter_chips
from core.periods import KyBaoCao, read_ky, today
from core.text import fold
from core.text.display import ngay, so
from tochuc.ban_do import KHI_DO
from tochuc.chon_ban_do import THAM_SO
from tochuc.models import DonVi, KhoiChiDoan

from .bieu_do import dai_tieu_chi
from .chi_tieu import THEO_MA
from .dia_chi import rows_url
from .giai_thich import HO, ICON, de_nang, hang_cua, tieu_chi_trang, vi_sao
from .ket_qua.hang import DoiHang, nhom, thanh
from .models import DotCham, XepLoaiDonVi
from .xep_hang import BangXepHang, DongXepHang
from .xep_loai import Muc

_MUC_PILL = {
    "manh": ("ok", "circle-check"),
    "kha": ("info", "check"),
    "trung_binh": ("warn", "triangle-alert"),
    "yeu": ("bad", "circle-alert"),
    "": ("neutral", "circle-dashed"),
    **{muc.name.lower(): (HO[muc], ICON[muc]) for muc in Muc},
}
PAGE_SIZE = 40
"""A row has many parts; more of them make the page slow on an old phone."""
NHAN_FILE = (
    "Hạng chung",
    "Hạng trong cụm",
    "Cụm",
    "Hạng trong khối",
    "Khối",
    "Xã, phường",
    "Chi đoàn",
    "Đoàn viên",
    "Tiêu chí ở mức cao nhất",
    "Số tiêu chí",
    "Tháng có sinh hoạt",
    "Tháng phải họp",
    "Lượt dự",
    "Lượt phải dự",
    "Điểm",
    "Mức",
    "Ghi chú",
)


def _cac_cum(bang: BangXepHang) -> set[tuple[str, str]]:
    """The clusters, each with its ward."""
    return {(row.co_so, row.chi_doan.cum_thi_dua) for row in bang.dong if row.chi_doan.cum_thi_dua}


class LocXepHang(forms.Form):
    q = forms.CharField(label="Tìm chi đoàn", required=False)
    ky = forms.CharField(widget=forms.HiddenInput, required=False)
    cum = forms.ChoiceField(label="Cụm", required=False)
    khoi = forms.ChoiceField(label="Khối", required=False)
    xa = forms.ChoiceField(label="Xã, phường", required=False)
    muc = forms.ChoiceField(label="Mức xếp loại", required=False)

    def __init__(self, data, bang: BangXepHang):
        super().__init__(data)
        wards = sorted({row.co_so for row in bang.dong} - {""})
        within = wards if len(wards) < 2 else [data.get("xa")]  # each ward has its own «Cụm 1»
        clusters = sorted({cum for xa, cum in _cac_cum(bang) if not within or xa in within})
        kinds = sorted({row.chi_doan.khoi for row in bang.dong} - {""})
        self.fields["cum"].choices = [("", "Tất cả"), *((cum, cum) for cum in clusters)]
        self.fields["xa"].choices = [("", "Tất cả"), *((xa, capfirst(xa)) for xa in wards)]
        names = [(khoi, KhoiChiDoan(khoi).label) for khoi in kinds]
        self.fields["khoi"].choices = [("", "Tất cả"), *names]
        self.fields["muc"].choices = [("", "Tất cả"), *_lua_chon_muc(bang)]
        for name, found in (("xa", wards), ("khoi", kinds)):
            if len(found) < 2:
                del self.fields[name]
        if not clusters:
            del self.fields["cum"]
        self.is_valid()

    def chosen(self, name: str) -> str:
        return self.cleaned_data.get(name, "")

    def apply(self, rows: Iterable[DongXepHang]) -> list[DongXepHang]:
        key = fold(self.chosen("q"))
        muc = self.chosen("muc")
        return [
            row
            for row in rows
            if (not key or key in row.chi_doan.khoa_tim)
            and self.chosen("cum") in ("", row.chi_doan.cum_thi_dua)
            and self.chosen("khoi") in ("", row.chi_doan.khoi)
            and self.chosen("xa") in ("", row.co_so)
            and (not muc or muc == (row.muc or "chua"))
        ]


@dataclass(frozen=True)
class DongTrang:
    """One branch as the table shows it."""

    dong: DongXepHang
    bang: BangXepHang
    is_mo: bool
    toggle: str
    doi_hang: DoiHang | None = None

    @property
    def pill(self) -> tuple[str, str, str]:
        family, icon = _MUC_PILL[self.dong.muc]
        return family, icon, self.dong.ten_muc

    @property
    def dai(self) -> SafeString:
        """The strip of levels, or the bar of a set of points."""
        if self.dong.is_diem:
            return thanh(self.dong.bo, hang_cua(self.dong))
        return dai_tieu_chi(self.dong.ket_qua, self.dong.xep)

    @property
    def con_so(self) -> str:
        if self.dong.is_diem:
            return f"{so(self.dong.xep.tong)}/{so(self.dong.xep.toi_da)}"
        return f"{self.dong.xep.so_cao_nhat}/{self.dong.xep.so_tieu_chi}"

    @property
    def du_hop_url(self) -> str:
        return rows_url(
            self.dong.chi_doan.pk,
            THEO_MA["ty_le_du_sinh_hoat"],
            self.bang.thoi_ky,
            mau=True,
            ban_do=self.bang.counted.ban_do,
        )

    @property
    def tieu_chi(self):
        return tieu_chi_trang(self.dong, self.bang)

    @property
    def vi_sao(self) -> list[str]:
        return list(vi_sao(self.dong))

    @property
    def de_nang(self) -> list[str]:
        return list(de_nang(self.dong))

    @property
    def danh_gia_url(self) -> str:
        path = reverse("baocao:danh_gia", args=[self.dong.chi_doan.pk])
        return f"{path}?ky={self.bang.thoi_ky.ky.code}"


def _lua_chon_muc(bang: BangXepHang) -> list[tuple[str, str]]:
    """All levels of the scales in use, with how many branches stand at each."""
    count = {muc: number for muc, _, number in bang.dem_muc}
    levels = (*(XepLoaiDonVi.MUC_CU if bang.is_thang_cu else ()), *XepLoaiDonVi.MUC_HD33)
    found = [(muc.value, f"{muc.label} · {count.get(muc.value, 0)}") for muc in levels]
    return [*found, ("chua", f"Chưa đủ dữ liệu · {count.get('', 0)}")]


def nam_xem(don_vi: DonVi, text: str | None) -> int:
    """The year that is asked for; else the last one the books reach."""
    default = KyBaoCao.year_of(don_vi.ngay_so_lieu(today()))
    return read_ky(text, default).nam


def xep_hang_context(
    bang: BangXepHang, params, *, only: int | None = None, truoc: DotCham | None = None
) -> dict:
    """The page; with `only` a branch sees its own row alone, with its rank among the others.
    `truoc`: the last final round, since which rows have moved.
    """
    form = LocXepHang(params, bang)
    shown = [row for row in form.apply(bang.dong) if only in (None, row.chi_doan.pk)]
    opened = params.get("mo") or str(only or "")
    page = Paginator(shown, PAGE_SIZE).get_page(_page_of(shown, opened, params.get("page")))
    return {
        "title": f"Xếp hạng chi đoàn năm {bang.thoi_ky.ky.nam}",
        "subtitle": _subtitle(bang),
        "state": _state(bang),
        "bang": bang,
        "kpis": [] if only else _kpis(bang),
        "page": page,
        "rows": [_trang(row, bang, opened, params, truoc) for row in page],
        "truoc": truoc,
        "co_khoi": len({row.chi_doan.khoi for row in bang.dong} - {""}) > 1,
        "nhom": nhom(bang.bo) if bang.bo and bang.bo.is_diem else [],
        "is_rieng": only is not None,
        "so_xep": sum(1 for row in bang.dong if row.hang is not None),
        **_nam(bang),
        **_loc(form, params),
    }


def _kem(bang: BangXepHang) -> dict[str, str]:
    """What addresses of the same map carry along."""
    return {THAM_SO: KHI_DO} if bang.counted.ban_do else {}


def _nam(bang: BangXepHang) -> dict:
    year = bang.thoi_ky.ky.nam
    last = bang.don_vi.ngay_so_lieu(today()).year
    return {
        "nam": year,
        "kem": "".join(f"&{name}={value}" for name, value in _kem(bang).items()),
        "kept": list(_kem(bang).items()),
        "nam_truoc": str(year - 1),
        "nam_sau": str(year + 1) if year < last else "",
    }


def _loc(form: LocXepHang, params) -> dict:
    chips = [chip for chip in filter_chips(form, params) if chip.field.name != "q"]
    return {
        "search": form["q"],
        "searched": form.chosen("q"),
        "chips": chips,
        "chosen": [chip for chip in chips if chip.text],
        "noun": "chi đoàn",
    }


def file_rows(bang: BangXepHang, params) -> list[list]:
    """The rows of the workbook, filtered as the page is."""
    return [
        [
            row.hang,
            row.hang_cum,
            row.chi_doan.cum_thi_dua,
            row.hang_khoi,
            row.chi_doan.get_khoi_display(),
            row.co_so,
            row.chi_doan.ten,
            row.chi_doan.so_doan_vien,
            row.xep.so_cao_nhat,
            row.xep.so_tieu_chi,
            row.nhip_hop.da_hop,
            row.nhip_hop.phai_hop,
            row.du_hop.tu,
            row.du_hop.mau,
            row.xep.tong if row.is_diem else None,
            row.ten_muc,
            row.ghi_chu,
        ]
        for row in LocXepHang(params, bang).apply(bang.dong)
    ]


def _doi_hang(row: DongXepHang, truoc: DotCham | None) -> DoiHang | None:
    """How a row has moved since a round."""
    return DoiHang(row.chi_doan.hang_truoc, row.hang) if truoc else None


def _trang(row: DongXepHang, bang: BangXepHang, opened: str, params, truoc) -> DongTrang:
    is_open = opened == str(row.chi_doan.pk)
    query = {key: value for key, value in params.items() if key not in ("mo", "page") and value}
    query["ky"] = bang.thoi_ky.ky.code
    if not is_open:
        query["mo"] = row.chi_doan.pk
    address = f"?{urlencode(query)}#r{row.chi_doan.pk}"
    return DongTrang(row, bang, is_open, address, _doi_hang(row, truoc))


def _page_of(rows: list[DongXepHang], opened: str, asked: str | None):
    if asked:
        return asked
    place = next((n for n, row in enumerate(rows) if str(row.chi_doan.pk) == opened), 0)
    return place // PAGE_SIZE + 1


def _subtitle(bang: BangXepHang) -> str:
    clusters = _cac_cum(bang)
    parts = [str(bang.don_vi), f"{so(len(bang.dong))} chi đoàn"]
    if clusters:
        parts.append(f"{len(clusters)} cụm thi đua")
    return " · ".join(parts)


def _state(bang: BangXepHang) -> tuple[str, str, str]:
    day = bang.thoi_ky.den
    if day < bang.thoi_ky.ky.end:
        return "info", "clock", f"Tạm tính đến {ngay(day)}"
    return "neutral", "lock", f"Số liệu đến {ngay(day)}"


def _kpis(bang: BangXepHang) -> list[dict]:
    total = len(bang.dong)
    year = bang.thoi_ky.ky.code
    return [
        {
            "label": label,
            "value": so(count),
            "fraction": f"/ {total}",
            "note": _thang(muc),
            "url": f"?{urlencode({'ky': year, **_kem(bang), 'muc': muc or 'chua'})}",
        }
        for muc, label, count in bang.dem_muc
    ]


def _thang(muc: str) -> str:
    if not muc:
        return "còn thiếu đánh giá"
    is_old = muc in XepLoaiDonVi.MUC_CU
    return "theo quyết định, thang trước 2019" if is_old else "33-HD/TWĐTN-BTC"
