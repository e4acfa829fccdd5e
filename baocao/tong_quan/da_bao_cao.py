"""Figures as units reported them: frozen at submission, beside what the books say today. A unit
that has not handed in is said, never counted as nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from baocao.chi_tieu import THEO_MA, ChiTieu, So, ThoiKy, compute
from baocao.danh_sach import DongBaoCao, is_con_doi, reports_of
from baocao.dia_chi import rows_url
from baocao.han import lich_nop
from baocao.models import BaoCao, SoLieu
from core.periods import KyBaoCao
from core.text.display import ngay, so
from tochuc.ban_do import BanDo, so_sanh
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
TRA_LAI = (
    "Báo cáo bị trả lại vẫn là đã nộp ở bảng theo dõi, theo ngày nộp lần đầu; số của nó không tính "
    "ở đây cho tới khi nộp lại."
)
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
    """What was reported, and what is counted today with its rows; a branch's form does not ask for
    all of them."""

    ma: str
    bao_cao: Decimal | int | None
    nay: So
    url: str
    is_hoi: bool

    @property
    def da_doi(self) -> bool:
        return self.is_hoi and self.bao_cao != self.nay.gia_tri

    @property
    def chu(self) -> str:
        return "–" if self.bao_cao is None else so(self.bao_cao)

    @property
    def chu_nay(self) -> str:
        return "–" if self.nay.gia_tri is None else so(self.nay.gia_tri)


@dataclass(frozen=True)
class DongDaBaoCao:
    """One unit: its report if it stands as handed in, with the figures."""

    dong: DongBaoCao
    bao_cao: BaoCao | None
    so_lieu: Mapping[str, SoLieu]
    o: Sequence[OBaoCao]
    url: str

    @property
    def don_vi(self) -> DonVi:
        return self.dong.don_vi

    @property
    def mien(self) -> bool:
        return self.dong.mien

    @property
    def noi(self) -> str:
        """Where the report stands, in words."""
        if self.bao_cao:
            state = self.bao_cao.get_trang_thai_display().lower()
            return f"{state}, số đến {ngay(self.bao_cao.tinh_den)}"
        if self.mien:
            return "được miễn nộp"
        return "trả lại để sửa, số chưa tính" if self.dong.da_nop else "chưa nộp"


def da_bao_cao_context(don_vi: DonVi, xem: NgayXem, params) -> dict:
    """The units right below in a quarter, before them the ward itself, counted on the map of
    its last day, as reports are. Eight queries at most."""
    ky = xem.ky if params.get("ky") else KyBaoCao.quarter_due(xem.ngay)
    rows = _cac_dong(don_vi, ky, xem)
    own = [row for row in rows if row.don_vi == don_vi]
    below = [row for row in rows if row.don_vi != don_vi]
    counted = below or own
    handed_in = [row for row in counted if row.bao_cao]
    so_don_vi = sum(not row.mien for row in counted)
    return {
        "title": f"Số đã báo cáo {ky.ten}",
        "subtitle": str(don_vi),
        "unit": don_vi,
        "ky": ky,
        "cot": [NHAN[ma] for ma in MA],
        "rieng": own,
        "dong": below,
        "so_nop": len(handed_in),
        "so_don_vi": so_don_vi,
        "so_thieu": so_don_vi - len(handed_in),
        "tra_lai": TRA_LAI if any(_is_tra_lai(row) for row in counted) else "",
        "cong": [_cong(below, item) for item in CHI_TIEU] if below else None,
        "truoc": _trang(don_vi, ky.previous),
        "sau": _trang(don_vi, ky.next) if ky.next.start <= xem.hom_nay else "",
        "url_giay": _trang(don_vi, ky, "tong_quan_pdf"),
    }


def _is_tra_lai(row: DongDaBaoCao) -> bool:
    return row.dong.da_nop and not row.bao_cao


def _cac_dong(don_vi: DonVi, ky: KyBaoCao, xem: NgayXem) -> list[DongDaBaoCao]:
    asked = _phai_nop(don_vi, ky, xem.hom_nay)
    frozen = _da_nop([row.don_vi for row in asked], ky)
    thoi_ky = ThoiKy.of(ky, don_vi)
    ban_do = BanDo(thoi_ky.den) if so_sanh(don_vi, thoi_ky.den).khac else None
    table = compute(don_vi, thoi_ky, CHI_TIEU, ban_do)
    found = []
    for row in asked:
        figures = frozen.get(row.don_vi.pk, {})
        cells = [
            OBaoCao(
                item.ma,
                _gia_tri(figures.get(item.ma)),
                table.so(row.don_vi, item.ma),
                rows_url(row.don_vi.pk, item, thoi_ky, mau=item.is_ty_le, ban_do=ban_do),
                item.ma in figures,
            )
            for item in CHI_TIEU
        ]
        report = row.bao_cao if row.bao_cao and not row.bao_cao.is_dang_sua else None
        found.append(DongDaBaoCao(row, report, figures, cells, url_bang(row.don_vi, xem)))
    return found


def _phai_nop(don_vi: DonVi, ky: KyBaoCao, day: date) -> list[DongBaoCao]:
    """Who is asked for the period or has handed in, as the list of reports has them, before them
    the ward itself. Four queries."""
    units = list(DonVi.objects.truc_thuoc(don_vi, day if is_con_doi(ky, day) else ky.end))
    own = [don_vi] if don_vi.is_co_so else []
    lich = lich_nop(don_vi)
    rows = reports_of([*own, *units], don_vi, [ky], day, lich)
    return [row for row in rows if row.da_nop or lich.phai_nop(row.don_vi.cap, ky)]


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


def _cong(units: Iterable[DongDaBaoCao], item: ChiTieu) -> str:
    """Of those that handed in alone: counts are added, a rate is that of all their rows."""
    rows = [unit.so_lieu[item.ma] for unit in units if item.ma in unit.so_lieu]
    if not item.is_ty_le:
        return so(sum(_gia_tri(row) or 0 for row in rows)) if rows else "–"
    rate = So(sum(row.tu_so or 0 for row in rows), sum(row.mau_so or 0 for row in rows))
    return "–" if rate.gia_tri is None else so(rate.gia_tri)


def _trang(don_vi: DonVi, ky: KyBaoCao, ten: str = "tong_quan") -> str:
    path = reverse(f"baocao:{ten}", args=[don_vi.pk])
    return f"{path}?so={DA_BAO_CAO}&ky={ky.code}"
