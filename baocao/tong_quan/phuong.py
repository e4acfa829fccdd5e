"""Home of a ward: which branch needs help and why, attendance, cultivation, what is due."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from baocao.chi_tieu import THEO_MA, BangSo, So, ThoiKy, compute
from baocao.dia_chi import rows_url
from baocao.viec import viec_lap_bao_cao
from chidoan.can_giup import CanGiup
from chidoan.lich_hop import da_hop_trong, phai_hop_trong_thang
from chidoan.lich_nam import heat_year
from chidoan.lich_phuong.cho_hop import TUAN
from chidoan.queries import (
    KHOA_CAN_GIUP,
    DiemDanhThang,
    chi_doan_hoat_dong,
    diem_danh_cac_thang,
    nguong_tu,
    thang_xet,
    tinh_hinh_tu,
)
from chidoan.viec import viec_cua_phuong
from chidoan.viec_so import KHOA_SO, viec_so
from core.charts import Bar, HeatCell, Line, bar_chart, line_chart
from core.periods import KyBaoCao, today
from core.text.display import phan_tram, so, thu
from tochuc.ban_do import BanDo
from tochuc.chon_ban_do import chon_ban_do
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.quy_dinh import KHOA, Moc, moc_nhieu
from tochuc.viec import Viec, sort_viec
from tudưong import viec_du_bi, viec_nguon
from tudưong.viec import KHOA_VIEC as KHOA_TU_DUONG
from tudưong.viec import viec_cua_phuong as viec_tu_duong

THANG_DIEN_THOAI = 6
_HAN = ("han_bao_cao_quy", *KHOA_TU_DUONG)
_CHI_TIEU = [
    THEO_MA[ma]
    for ma in (
        "doan_vien",
        "di_lam_xa",
        "dang_boi_duong",
        "gioi_thieu_uu_tu",
        "duoc_ket_nap_dang",
    )
]


@dataclass(frozen=True)
class DongChiDoan:
    """One branch: its months, why it needs help, who coaches it."""

    can_giup: CanGiup
    heat: list[tuple[HeatCell, bool]]  # the second: shown on a phone too

    @property
    def chi_doan(self):
        return self.can_giup.chi_doan


def phuong_context(user, don_vi: DonVi, ky: KyBaoCao, params, *, du_thang: bool = False) -> dict:
    """The ward in a quarter; a phone shows the newest months unless `du_thang` asks for all.

    Of a past quarter on today's map or on that of its end: one query more.
    """
    day = don_vi.ngay_so_lieu(min(today(), ky.end))
    chosen = chon_ban_do(params, user, Quyen.XEM_BAO_CAO, don_vi, day, ben_trong=True)
    ban_do, months = chosen.ban_do, _months(day)
    rows = diem_danh_cac_thang(don_vi, months, ban_do)
    moc = moc_nhieu([*KHOA_CAN_GIUP, *_HAN, *KHOA_SO], ngay=day, don_vi=don_vi)
    settings = {ma: one.gia_tri for ma, one in moc.items()}
    branches = _branches(don_vi, day, rows, settings, ban_do)
    thoi_ky = ThoiKy.of(ky, don_vi, day)
    table = compute(don_vi, thoi_ky, _CHI_TIEU, ban_do)
    shown = KyBaoCao(day.year).months
    on_phone = [du_thang or _on_phone(month, day) for month in shown]
    lines = [_line(row, rows, shown, on_phone, day) for row in branches]
    duties = _duties(user, don_vi, day, branches, rows, settings) if day == today() else []
    return {
        "title": f"Tổng quan {ky.ten}",
        "subtitle": f"Số liệu đến {_thu(day)}",
        "unit": don_vi,
        "ban_do": chosen,
        "kem": f"&{urlencode(chosen.tham_so)}" if ban_do else "",
        "bar_title": str(don_vi),
        "bar_sub": f"{ky.ten}, đến {day:%d/%m}",
        "ky": ky,
        "ky_truoc": ky.previous.code,
        "ky_sau": ky.next.code if ky.next.start <= don_vi.ngay_so_lieu(today()) else "",
        "kpis": _kpis(don_vi, thoi_ky, table, branches, rows, day),
        "thang": list(zip(shown, on_phone, strict=True)),
        "du_thang": all(on_phone),
        "lich": _calendar(user, don_vi, branches, rows, day) if day == today() else {},
        "can_giup": [line for line in lines if line.can_giup.diem],
        "on_dinh": [line for line in lines if not line.can_giup.diem],
        "cach_tinh": cach_tinh(moc),
        "xu_huong": _trend(rows, day),
        "xu_huong_bang": _trend_table(rows, day),
        "pheu": _funnel(don_vi, thoi_ky, table),
        "viec": duties,
        "so_qua_han": sum(duty.qua_han for duty in duties),
    }


def _branches(
    don_vi: DonVi,
    day: date,
    rows: Sequence[DiemDanhThang],
    settings: dict,
    ban_do: BanDo | None,
) -> list[CanGiup]:
    """Branches that need help first, by score. One query."""
    found = chi_doan_hoat_dong(don_vi, day, ban_do).with_nghi_quyet(day).with_can_bo(day)
    return tinh_hinh_tu(found.with_hen(day).with_can_giup(day), day, rows, nguong_tu(settings))


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


def _rate(rows: Sequence[DiemDanhThang], month: KyBaoCao) -> So:
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
        # resolutions are listed as they stand today, so an earlier day has no such figure
        *([_overdue(don_vi, branches)] if day == today() else []),
    ]


def _attendance(don_vi, rows, month: KyBaoCao, ban_do: BanDo | None) -> dict:
    now, before = _rate(rows, month), _rate(rows, month.previous)
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
    waiting = [row for row in branches if _is_waiting(row.chi_doan, month, held)]
    item, period = THEO_MA["chi_doan_sinh_hoat_du"], ThoiKy(month, day)
    return {
        "label": f"Đã sinh hoạt tháng {month.thang}",
        "value": len(met),
        "fraction": f"/ {len(met) + len(waiting)} chi đoàn",
        "note": f"còn {len(waiting)} chi đoàn" if waiting else "đủ các chi đoàn",
        "url": rows_url(don_vi.pk, item, period, ban_do=ban_do),
    }


def _calendar(user, don_vi: DonVi, branches, rows, day: date) -> dict:
    """Who has yet to meet this month, and who is to meet within a week. No query."""
    if not branches:
        return {}
    month = KyBaoCao.month_of(day)
    held = {(row.chi_doan_id, row.thang) for row in rows}
    units = [row.chi_doan for row in branches]
    soon = [unit for unit in units if unit.hen_ngay and unit.hen_ngay <= day + TUAN]
    soon.sort(key=lambda unit: (unit.hen_ngay, unit.path))
    pages = ["lich_phuong", "chua_hop", "tuan_toi"]
    pages += ["nhac"] if user.may(Quyen.PHAN_CONG_PHU_TRACH, don_vi) else []
    return {
        "thang": month.thang,
        "chua_hop": sum(_is_waiting(unit, month, held) for unit in units),
        "sap_hop": len(soon),
        "sap_hop_ten": ", ".join(f"{unit.ten} {unit.hen_ngay:%d/%m}" for unit in soon[:3]),
        "url": {ma: f"{reverse(f'chidoan:{ma}')}?don_vi={don_vi.pk}" for ma in pages},
    }


def _is_waiting(branch, month: KyBaoCao, held: set[tuple[int, date]]) -> bool:
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


def _series(rows, year: int, day: date) -> list[float | None]:
    rates = [
        _rate(rows, month) if month.end <= day else So(0, 0) for month in KyBaoCao(year).months
    ]
    return [float(rate.gia_tri) if rate.mau else None for rate in rates]


def _trend(rows, day: date):
    now, before = _series(rows, day.year, day), _series(rows, day.year - 1, day)
    if not any(value is not None for value in (*now, *before)):
        return ""
    last = next((n for n in range(11, -1, -1) if now[n] is not None), None)
    said = "chưa có buổi nào" if last is None else f"tháng {last + 1} là {so(now[last])}%"
    return line_chart(
        labels=[f"T{month}" for month in range(1, 13)],
        series=[Line(str(day.year), now), Line(str(day.year - 1), before)],
        title=f"Dự sinh hoạt toàn đơn vị năm {day.year}: {said}",
    )


def _trend_table(rows, day: date) -> list[tuple[int, So, So]]:
    return [
        (
            month,
            _rate(rows, KyBaoCao(day.year, thang=month)),
            _rate(rows, KyBaoCao(day.year - 1, thang=month)),
        )
        for month in range(1, 13)
    ]


def _funnel(don_vi, thoi_ky: ThoiKy, table: BangSo) -> dict:
    """From cultivation to admission, the year so far, each step with its rows."""
    steps = (
        ("Trong tổ tu dưỡng", "dang_boi_duong", False),
        ("BCH đã giới thiệu", "gioi_thieu_uu_tu", True),
        ("Đã kết nạp Đảng", "duoc_ket_nap_dang", True),
    )
    counts = [table.so(don_vi, ma, luy_ke=year).tu for _, ma, year in steps]
    bars = [
        Bar(label, count, done=ma == "duoc_ket_nap_dang")
        for (label, ma, _), count in zip(steps, counts, strict=True)
    ]
    words = ", ".join(f"{bar.label.lower()} {bar.value}" for bar in bars)
    links = [
        (label, count, _opened(don_vi, ma, thoi_ky, year, table.ban_do))
        for (label, ma, year), count in zip(steps, counts, strict=True)
    ]
    return {
        "chart": bar_chart(bars, title=f"Bồi dưỡng, giới thiệu vào Đảng: {words}"),
        "links": links,
        "nam": thoi_ky.ky.nam,
    }


def _opened(don_vi, ma: str, thoi_ky: ThoiKy, luy_ke: bool, ban_do: BanDo | None) -> str:
    return rows_url(don_vi.pk, THEO_MA[ma], thoi_ky, luy_ke=luy_ke, ban_do=ban_do)


def _duties(user, don_vi: DonVi, day: date, branches, rows, settings: dict) -> list[Viec]:
    """What is due from branches, the register, cultivation and reports, for those whose work it is.

    Five queries.
    """
    found = []
    if user.may(Quyen.GHI_SINH_HOAT, don_vi):
        held = {(row.chi_doan_id, row.thang) for row in rows}
        units = [row.chi_doan for row in branches]
        found += viec_cua_phuong(don_vi, day, chi_doan=units, da_hop=held)
    if user.may(Quyen.QUAN_LY_TU_DUONG, don_vi):
        found += viec_tu_duong(
            don_vi,
            day,
            signs=user.may(Quyen.KY_HO_SO, don_vi),
            quy_dinh=settings,
        )
    them = [
        *viec_nguon.dem_phuong(user, don_vi, day),
        *viec_du_bi.dem_phuong(user, don_vi, day, settings),
    ]
    found += viec_so(user, don_vi, day, settings, them=them)
    if user.may(Quyen.LAP_BAO_CAO, don_vi):
        found += viec_lap_bao_cao(don_vi, day, settings["han_bao_cao_quy"])
    return sort_viec(found)


def _thu(day: date) -> str:
    return thu(day).replace("Thứ", "thứ")
