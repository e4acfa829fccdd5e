"""Figures as units reported them: frozen at submission, beside what the books say today. A unit
that has not handed in is said, never counted as nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from baocao.chi_tieu import THEO_MA, ChiTieu, So, ThoiKy, compute
from baocao.dia_chi import rows_url
from baocao.models import BaoCao, SoLieu
from core.periods import KyBaoCao, today
from core.text.display import ngay, so
from tochuc.models import DonVi

from .ngay_xem import DA_BAO_CAO, NgayXem, url_bang

MA = (
    "chi_doan",
    "doan_vien",
    "ket_nap_moi",
    "truong_thanh",
    "di_lam_xa",
    "ty_le_du_sinh_hoat",
    "gioi_thieu_uu_tu",
    "duoc_ket_nap_dang",
)
CHI_TIEU: tuple[ChiTieu, ...] = tuple(THEO_MA[ma] for ma in MA)
NHAN = {
    "chi_doan": "Chi đoàn",
    "doan_vien": "Đoàn viên",
    "ket_nap_moi": "Kết nạp mới",
    "truong_thanh": "Trưởng thành",
    "di_lam_xa": "Đi làm xa",
    "ty_le_du_sinh_hoat": "Dự sinh hoạt, %",
    "gioi_thieu_uu_tu": "Giới thiệu ưu tú",
    "duoc_ket_nap_dang": "Kết nạp Đảng",
}


@dataclass(frozen=True)
class OBaoCao:
    """What was reported, and what is counted today with its rows."""

    bao_cao: Decimal | int | None
    nay: So
    url: str

    @property
    def da_doi(self) -> bool:
        return self.bao_cao != self.nay.gia_tri

    @property
    def chu(self) -> str:
        return "–" if self.bao_cao is None else so(self.bao_cao)

    @property
    def chu_nay(self) -> str:
        return "–" if self.nay.gia_tri is None else so(self.nay.gia_tri)


@dataclass(frozen=True)
class DongDaBaoCao:
    """One unit: its report if it was handed in, with the figures."""

    don_vi: DonVi
    bao_cao: BaoCao | None
    o: Sequence[OBaoCao]
    url: str

    @property
    def noi(self) -> str:
        """Where the report stands, in words."""
        if self.bao_cao is None:
            return "chưa nộp"
        return (
            f"{self.bao_cao.get_trang_thai_display().lower()}, số đến {ngay(self.bao_cao.tinh_den)}"
        )


def da_bao_cao_context(don_vi: DonVi, xem: NgayXem, params) -> dict:
    """The units right below in a quarter, or the ward itself. Three queries."""
    ky = xem.ky if params.get("ky") else KyBaoCao.quarter_due(xem.ngay)
    units = [don_vi] if don_vi.is_co_so else list(_truc_thuoc(don_vi))
    frozen = _da_nop(units, ky)
    thoi_ky = ThoiKy.of(ky, don_vi)
    table = compute(don_vi, thoi_ky, CHI_TIEU)
    rows = []
    for unit in units:
        found = frozen.get(unit.pk, {})
        report = next((row.bao_cao for row in found.values()), None)
        cells = [
            OBaoCao(
                _gia_tri(found.get(item.ma)),
                table.so(unit, item.ma),
                rows_url(unit.pk, item, thoi_ky, mau=item.is_ty_le),
            )
            for item in CHI_TIEU
        ]
        rows.append(DongDaBaoCao(unit, report, cells, url_bang(unit, xem)))
    handed_in = [row for row in rows if row.bao_cao]
    return {
        "title": f"Số đã báo cáo {ky.ten}",
        "subtitle": str(don_vi),
        "unit": don_vi,
        "ky": ky,
        "cot": [NHAN[ma] for ma in MA],
        "dong": rows,
        "so_nop": len(handed_in),
        "so_don_vi": len(rows),
        "so_thieu": len(rows) - len(handed_in),
        "cong": None if don_vi.is_co_so else [_cong(frozen.values(), item) for item in CHI_TIEU],
        "truoc": _trang(don_vi, ky.previous),
        "sau": _trang(don_vi, ky.next) if ky.next.start <= xem.hom_nay else "",
    }


def _truc_thuoc(don_vi: DonVi):
    return DonVi.objects.truc_thuoc(don_vi, today()).tren_chi_doan()


def _da_nop(units: Iterable[DonVi], ky: KyBaoCao) -> dict[int, dict[str, SoLieu]]:
    """Frozen figures of reports that were handed in and not sent back. One query."""
    rows = SoLieu.objects.filter(bao_cao__don_vi__in=units, bao_cao__ky=ky.code, ma__in=MA)
    found: dict[int, dict[str, SoLieu]] = {}
    for row in rows.exclude(bao_cao__trang_thai__in=BaoCao.DANG_SUA).select_related("bao_cao"):
        found.setdefault(row.bao_cao.don_vi_id, {})[row.ma] = row
    return found


def _gia_tri(row: SoLieu | None) -> Decimal | int | None:
    """What was reported; whole numbers without a decimal."""
    if row is None:
        return None
    value = row.gia_tri if row.bao_cao_gia_tri is None else row.bao_cao_gia_tri
    if value is None or THEO_MA[row.ma].is_so_le:
        return value
    return int(value)


def _cong(reports: Iterable[Mapping[str, SoLieu]], item: ChiTieu) -> str:
    """Of those that handed in alone: counts are added, a rate is that of all their rows."""
    rows = [report[item.ma] for report in reports if item.ma in report]
    if not item.is_ty_le:
        return so(sum(_gia_tri(row) or 0 for row in rows)) if rows else "–"
    rate = So(sum(row.tu_so or 0 for row in rows), sum(row.mau_so or 0 for row in rows))
    return "–" if rate.gia_tri is None else so(rate.gia_tri)


def _trang(don_vi: DonVi, ky: KyBaoCao) -> str:
    path = reverse("baocao:tong_quan", args=[don_vi.pk])
    return f"{path}?so={DA_BAO_CAO}&ky={ky.code}"
