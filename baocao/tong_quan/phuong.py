"""Home of a ward: which branch needs help and why, attendance, cultivation, what is due."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from baocao.chi_tieu import THEO_MA, So, ThoiKy
from baocao.dia_chi import rows_url
from baocao.dot_cham import viec as viec_dot_cham
from baocao.han import KHOA_HAN, LichNop
from baocao.viec import dem_phuong as dem_bao_cao
from baocao.viec import viec_lap_bao_cao
from chidoan.lich_phuong.cho_hop import TUAN
from chidoan.viec import viec_cua_phuong
from chidoan.viec_so import KHOA_SO, viec_so
from core.charts import Line, line_chart
from core.periods import KyBaoCao, today
from core.text.display import thu
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, sort_viec
from tudưong import viec_du_bi, viec_nguon
from tudưong.viec import KHOA_VIEC as KHOA_TU_DUONG
from tudưong.viec import viec_cua_phuong as viec_tu_duong

from .bieu_do import BieuDo, MoSo, OBang, chu_cua
from .nen_phuong import Phuong, bang_chi_doan, doc_phuong, is_waiting, pheu, rate
from .ngay_xem import NgayXem, url_bang

_HAN = (*KHOA_HAN, *KHOA_TU_DUONG)


def phuong_context(user, don_vi: DonVi, xem: NgayXem, params, *, du_thang: bool = False) -> dict:
    """The ward on a day; a phone shows the newest months unless `du_thang` asks for all."""
    phuong = doc_phuong(user, don_vi, xem, params, khoa=(*_HAN, *KHOA_SO))
    day, ky = xem.ngay, xem.ky
    is_now = day == today()
    duties = _duties(user, phuong) if is_now else []
    kept = urlencode(phuong.chosen.tham_so)
    return {
        "title": f"Tổng quan {ky.ten}",
        "subtitle": f"Số liệu đến {_thu(day)}",
        "unit": don_vi,
        "ban_do": phuong.chosen,
        "kem": f"&{kept}" if kept else "",
        "bar_title": str(don_vi),
        "bar_sub": f"{ky.ten}, đến {day:%d/%m}",
        "ky": ky,
        "ky_truoc": ky.previous.code,
        "ky_sau": ky.next.code if ky.next.start <= xem.hom_nay else "",
        **bang_chi_doan(phuong, du_thang=du_thang),
        "lich": _calendar(user, phuong) if is_now else {},
        "xu_huong": xu_huong_thang(phuong),
        "pheu": pheu(MoSo(don_vi, phuong.table), phuong.thoi_ky.ky.nam),
        "url_bang": url_bang(don_vi, xem, phuong.chosen),
        "viec": duties,
        "so_qua_han": sum(duty.qua_han for duty in duties),
    }


def _calendar(user, phuong: Phuong) -> dict:
    """Who has yet to meet this month, and who is to meet within a week. No query."""
    don_vi, branches, day = phuong.don_vi, phuong.branches, phuong.ngay
    if not branches:
        return {}
    month = KyBaoCao.month_of(day)
    held = {(row.chi_doan_id, row.thang) for row in phuong.rows}
    units = [row.chi_doan for row in branches]
    soon = [unit for unit in units if unit.hen_ngay and unit.hen_ngay <= day + TUAN]
    soon.sort(key=lambda unit: (unit.hen_ngay, unit.path))
    pages = ["lich_phuong", "chua_hop", "tuan_toi"]
    pages += ["nhac"] if user.may(Quyen.PHAN_CONG_PHU_TRACH, don_vi) else []
    return {
        "thang": month.thang,
        "chua_hop": sum(is_waiting(unit, month, held) for unit in units),
        "sap_hop": len(soon),
        "sap_hop_ten": ", ".join(f"{unit.ten} {unit.hen_ngay:%d/%m}" for unit in soon[:3]),
        "url": {ma: f"{reverse(f'chidoan:{ma}')}?don_vi={don_vi.pk}" for ma in pages},
    }


def xu_huong_thang(phuong: Phuong) -> BieuDo:
    """Attendance month by month, this year and the one before; each month opens its roll."""
    year, months = phuong.ngay.year, range(1, 13)
    now, before = ([_thang(phuong, each, month) for month in months] for each in (year, year - 1))
    return BieuDo(
        ma="xu-huong",
        ten="Dự sinh hoạt toàn đơn vị, %",
        ve=_duong(year, now, before),
        cot=("Tháng", "Năm nay", "Năm trước"),
        dong=[
            (OBang(str(month)), this, last)
            for month, (_, this), (_, last) in zip(months, now, before, strict=True)
        ],
        trong="Chưa ghi buổi sinh hoạt nào trong hai năm.",
    )


def _thang(phuong: Phuong, year: int, month: int) -> tuple[So, OBang]:
    """The rate of a month that is over, and its cell."""
    ky = KyBaoCao(year, thang=month)
    found = rate(phuong.rows, ky) if ky.end <= phuong.ngay else So(0, 0)
    item, ban_do = THEO_MA["ty_le_du_sinh_hoat"], phuong.chosen.ban_do
    url = rows_url(phuong.don_vi.pk, item, ThoiKy(ky, ky.end), mau=True, ban_do=ban_do)
    return found, OBang(chu_cua(found), url if found.mau else "")


def _duong(year: int, now: list[tuple[So, OBang]], before: list[tuple[So, OBang]]):
    known = [(month, figure) for month, (figure, _) in enumerate(now, 1) if figure.mau]
    if not known and not any(figure.mau for figure, _ in before):
        return ""
    said = f"tháng {known[-1][0]} là {chu_cua(known[-1][1])}" if known else "chưa có buổi nào"
    return line_chart(
        labels=[f"T{month}" for month in range(1, 13)],
        series=[
            Line(str(each), [float(figure.gia_tri) if figure.mau else None for figure, _ in rates])
            for each, rates in ((year, now), (year - 1, before))
        ],
        title=f"Dự sinh hoạt toàn đơn vị năm {year}: {said}",
        links=[(o.url, f"Tháng {month}: {o.chu}") for month, (_, o) in enumerate(now, 1)],
    )


def _duties(user, phuong: Phuong) -> list[Viec]:
    """What is due from branches, the register, cultivation and reports, for those whose work it is.

    Five queries.
    """
    don_vi, day, settings = phuong.don_vi, phuong.ngay, phuong.quy_dinh
    lich = LichNop(lambda ma, ngay: phuong.doc(ma, ngay).gia_tri)
    found = []
    if user.may(Quyen.GHI_SINH_HOAT, don_vi):
        held = {(row.chi_doan_id, row.thang) for row in phuong.rows}
        units = [row.chi_doan for row in phuong.branches]
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
        *dem_bao_cao(user, don_vi, day, lich),
        *viec_dot_cham.dem_tren(user, don_vi, day),
    ]
    found += viec_so(user, don_vi, day, settings, them=them)
    if user.may(Quyen.LAP_BAO_CAO, don_vi):
        found += viec_lap_bao_cao(don_vi, day, lich)
    return sort_viec(found)


def _thu(day: date) -> str:
    return thu(day).replace("Thứ", "thứ")
