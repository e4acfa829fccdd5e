"""What the home of a ward and its page of figures share: branches with their months, reasons and
coaches, the four figures, the way into the Party."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Value
from django.urls import reverse

from baocao.chi_tieu import THEO_MA, BangSo, ChiTieu, So, ThoiKy, compute
from baocao.chi_tieu.chi_xem import MO_DUOC
from baocao.dia_chi import rows_url
from chidoan.can_giup import CanGiup
from chidoan.lich_hop import da_hop_trong, phai_hop_trong_thang
from chidoan.lich_nam import heat_year
from chidoan.queries import (
    KHOA_CAN_GIUP,
    DiemDanhThang,
    chi_doan_hoat_dong,
    diem_danh_cac_thang,
    nguong_tu,
    thang_xet,
    tinh_hinh_tu,
)
from core.charts import Bar, HeatCell, bar_chart
from core.periods import KyBaoCao, today
from core.text.display import phan_tram, so
from tochuc.ban_do import BanDo
from tochuc.chon_ban_do import ChonBanDo, chon_ban_do
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.quy_dinh import KHOA, Moc, moc_theo_ngay

from .bieu_do import BieuDo, MoSo, OBang
from .ngay_xem import NgayXem

THANG_DIEN_THOAI = 6
PHEU = (
    ("Trong tổ tu dưỡng", "dang_boi_duong", False),
    ("BCH đã giới thiệu", "gioi_thieu_uu_tu", True),
    ("Đã gửi cấp ủy", "gui_cap_uy", True),
    ("Đã kết nạp Đảng", "duoc_ket_nap_dang", True),
)
CHI_TIEU = [MO_DUOC[ma] for ma in ("doan_vien", "di_lam_xa", *(ma for _, ma, _ in PHEU))]


@dataclass(frozen=True)
class Phuong:
    """A ward on a day: what was read for all its branches at once."""

    don_vi: DonVi
    xem: NgayXem
    chosen: ChonBanDo
    thoi_ky: ThoiKy
    rows: Sequence[DiemDanhThang]
    moc: Mapping[str, Moc]
    doc: Callable[[str, date], Moc]  # the same settings on any day
    branches: list[CanGiup]
    table: BangSo

    @property
    def ngay(self) -> date:
        return self.xem.ngay

    @property
    def quy_dinh(self) -> dict:
        return {ma: one.gia_tri for ma, one in self.moc.items()}


def doc_phuong(
    user,
    don_vi: DonVi,
    xem: NgayXem,
    params,
    *,
    khoa: Iterable[str] = (),
    chi_tieu: Iterable[ChiTieu] = (),
) -> Phuong:
    """Read the ward with settings and figures that a page wants along. Four queries, of a past
    day one more for its map."""
    day = xem.ngay
    chosen = chon_ban_do(params, user, Quyen.XEM_BAO_CAO, don_vi, day, ben_trong=True)
    rows = diem_danh_cac_thang(don_vi, _months(day), chosen.ban_do, den=day)
    keys = [*KHOA_CAN_GIUP, *khoa]
    doc = moc_theo_ngay(keys, don_vi=don_vi)
    moc = {key: doc(key, day) for key in keys}
    settings = {ma: one.gia_tri for ma, one in moc.items()}
    branches = _branches(don_vi, day, rows, settings, chosen.ban_do)
    thoi_ky = ThoiKy.of(xem.ky, don_vi, day)
    table = compute(don_vi, thoi_ky, [*CHI_TIEU, *chi_tieu], chosen.ban_do)
    return Phuong(don_vi, xem, chosen, thoi_ky, rows, moc, doc, branches, table)


def bang_chi_doan(phuong: Phuong, *, du_thang: bool) -> dict:
    """The heat map with its reasons; a phone shows the newest months unless `du_thang`."""
    day = phuong.ngay
    shown = KyBaoCao(day.year).months
    on_phone = [du_thang or _on_phone(month, day) for month in shown]
    lines = [_line(row, phuong.rows, shown, on_phone, day) for row in phuong.branches]
    return {
        "kpis": _kpis(
            phuong.don_vi, phuong.thoi_ky, phuong.table, phuong.branches, phuong.rows, day
        ),
        "thang": list(zip(shown, on_phone, strict=True)),
        "du_thang": all(on_phone),
        "can_giup": [line for line in lines if line.can_giup.diem],
        "on_dinh": [line for line in lines if not line.can_giup.diem],
        "cach_tinh": cach_tinh(phuong.moc),
    }


@dataclass(frozen=True)
class DongChiDoan:
    """One branch: its months, why it needs help, who coaches it."""

    can_giup: CanGiup
    heat: list[tuple[HeatCell, bool]]  # the second: shown on a phone too

    @property
    def chi_doan(self):
        return self.can_giup.chi_doan


def _branches(
    don_vi: DonVi,
    day: date,
    rows: Sequence[DiemDanhThang],
    settings: dict,
    ban_do: BanDo | None,
) -> list[CanGiup]:
    """Branches that need help first, by score. One query.

    Resolutions are listed as they stand today, so an earlier day tells of none overdue.
    """
    found = chi_doan_hoat_dong(don_vi, day, ban_do).with_can_bo(day).with_hen(day)
    found = found.with_can_giup(day, don_vi.path)
    is_now = day == today()
    found = found.with_nghi_quyet(day) if is_now else found.annotate(so_qua_han=Value(0))
    return tinh_hinh_tu(found, day, rows, nguong_tu(settings))


def cach_tinh(moc: Mapping[str, Moc]) -> list[tuple[str, str, str]]:
    """Limits and weights of the rule for help: name, value with its unit, paper."""
    return [
        (KHOA[ma].nhan, f"{moc[ma].gia_tri} {KHOA[ma].don_vi_tinh}".strip(), moc[ma].can_cu)
        for ma in KHOA_CAN_GIUP
    ]


def _months(day: date) -> list[KyBaoCao]:
    """From January of last year, or as far as the rule for help looks back, to December."""
    first = min(KyBaoCao(day.year - 1, thang=1), thang_xet(day)[0])
    months = [first]
    while months[-1] < KyBaoCao(day.year, thang=12):
        months.append(months[-1].next)
    return months


def _line(row: CanGiup, rows, months, on_phone: list[bool], day: date) -> DongChiDoan:
    cells = heat_year(row.chi_doan, rows, months, day)
    return DongChiDoan(row, list(zip(cells, on_phone, strict=True)))


def _on_phone(month: KyBaoCao, day: date) -> bool:
    return 0 <= day.month - month.thang < THANG_DIEN_THOAI


def rate(rows: Sequence[DiemDanhThang], month: KyBaoCao) -> So:
    found = [row for row in rows if row.thang == month.start]
    return So(sum(row.du_hop for row in found), sum(row.danh_sach for row in found))


def _kpis(don_vi, thoi_ky, table: BangSo, branches, rows, day: date) -> list[dict]:
    last = KyBaoCao.month_of(day)
    last = last if day == last.end else last.previous
    return [
        {
            "label": "Đoàn viên",
            "value": so(table.so(don_vi, "doan_vien").tu),
            "note": f"{table.so(don_vi, 'di_lam_xa').tu} đồng chí đi làm xa",
            "url": rows_url(don_vi.pk, THEO_MA["doan_vien"], thoi_ky, ban_do=table.ban_do),
        },
        _attendance(don_vi, rows, last, table.ban_do),
        _met(don_vi, branches, rows, day, table.ban_do),
        *([_overdue(don_vi, branches)] if day == today() else []),
    ]


def _attendance(don_vi, rows, month: KyBaoCao, ban_do: BanDo | None) -> dict:
    now, before = rate(rows, month), rate(rows, month.previous)
    item, period = THEO_MA["ty_le_du_sinh_hoat"], ThoiKy(month, month.end)
    return {
        "label": f"Dự sinh hoạt tháng {month.thang}",
        "value": phan_tram(now.tu / now.mau) if now.mau else "–",
        "fraction": f"{now.tu}/{now.mau}" if now.mau else "",
        "note": _change(now, before, month.previous.thang),
        "url": rows_url(don_vi.pk, item, period, mau=True, ban_do=ban_do),
    }


def _change(now: So, before: So, month: int) -> str:
    if not now.mau or not before.mau:
        return "chưa có tháng để so"
    points = now.gia_tri - before.gia_tri
    if not points:
        return f"bằng tháng {month}"
    return f"{'tăng' if points > 0 else 'giảm'} {so(abs(points))} điểm so với tháng {month}"


def _met(don_vi, branches, rows, day: date, ban_do: BanDo | None) -> dict:
    """Branches that met this month, of those that met or have yet to."""
    month = KyBaoCao.month_of(day)
    held = {(row.chi_doan_id, row.thang) for row in rows}
    met = [row for row in branches if (row.chi_doan.pk, month.start) in held]
    waiting = [row for row in branches if is_waiting(row.chi_doan, month, held)]
    item, period = THEO_MA["chi_doan_sinh_hoat_du"], ThoiKy(month, day)
    return {
        "label": f"Đã sinh hoạt tháng {month.thang}",
        "value": len(met),
        "fraction": f"/ {len(met) + len(waiting)} chi đoàn",
        "note": f"còn {len(waiting)} chi đoàn" if waiting else "đủ các chi đoàn",
        "url": rows_url(don_vi.pk, item, period, ban_do=ban_do),
    }


def is_waiting(branch, month: KyBaoCao, held: set[tuple[int, date]]) -> bool:
    """Whether the meeting due by the end of the month, or its quarter, is still to come."""
    return phai_hop_trong_thang(branch, month) and not da_hop_trong(branch, month, held)


def _overdue(don_vi, branches) -> dict:
    late = [row.chi_doan.so_qua_han for row in branches if row.chi_doan.so_qua_han]
    query = urlencode({"tinh_trang": "qua_han", "don_vi": don_vi.pk})
    return {
        "label": "Nghị quyết quá hạn",
        "value": sum(late),
        "note": f"ở {len(late)} chi đoàn" if late else "không chi đoàn nào chậm",
        "url": f"{reverse('chidoan:nghi_quyet_list')}?{query}",
        "bad": bool(late),
    }


def pheu(mo: MoSo, nam: int) -> BieuDo:
    """From cultivation to admission, the year so far, each step with its rows."""
    bars = [
        Bar(
            label,
            mo.so(MO_DUOC[ma], luy_ke=year).tu,
            done=ma == "duoc_ket_nap_dang",
            url=mo.url(MO_DUOC[ma], luy_ke=year),
        )
        for label, ma, year in PHEU
    ]
    words = ", ".join(f"{bar.label.lower()} {bar.value}" for bar in bars)
    return BieuDo(
        ma="pheu",
        ten="Bồi dưỡng, giới thiệu vào Đảng",
        ve=bar_chart(bars, title=f"Bồi dưỡng, giới thiệu vào Đảng: {words}"),
        cot=("Bước", "Đồng chí"),
        dong=[(OBang(bar.label), OBang(so(bar.value), bar.url)) for bar in bars],
        chu_giai=f"Lũy kế năm {nam}; trong tổ là số đang bồi dưỡng.",
    )
