"""Home of an office above wards: reports to look at, the head of the ranking, figures by ward."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse

from baocao.chi_tieu import THEO_MA, ChiTieu, So, ThoiKy
from baocao.danh_sach import DongBaoCao, reports_of, tinh_hinh_kpis
from baocao.dia_chi import fraction, rows_url
from baocao.han import KHOA_HAN, LichNop
from baocao.viec import viec_xem_bao_cao
from baocao.xep_hang import BangXepHang, load_xep_hang
from chidoan.viec_so import KHOA_SO, viec_so
from core.periods import KyBaoCao, today
from core.text.display import ngay, so
from tochuc.ban_do import KHI_DO
from tochuc.chon_ban_do import THAM_SO, chon_ban_do
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, sort_viec
from tudưong.viec import KHOA_CAP_TREN, dem_cap_tren

SO_DAU_BANG = 5
_DAU = ("chi_doan", "doan_vien", "ket_nap_moi", "gioi_thieu_uu_tu", "duoc_ket_nap_dang")
_BANG = (
    "so_thon_to_dan_pho",
    "chi_doan",
    "doan_vien",
    "ket_nap_moi",
    "gioi_thieu_uu_tu",
    "duoc_ket_nap_dang",
    "ty_le_du_sinh_hoat",
)
_NHAN = {
    "so_thon_to_dan_pho": "Thôn, tổ dân phố",
    "chi_doan": "Chi đoàn",
    "doan_vien": "Đoàn viên",
    "ket_nap_moi": "Kết nạp mới",
    "gioi_thieu_uu_tu": "Giới thiệu ưu tú",
    "duoc_ket_nap_dang": "Kết nạp Đảng",
    "ty_le_du_sinh_hoat": "Dự sinh hoạt, %",
}
_CHI_TIEU = [THEO_MA[ma] for ma in dict.fromkeys(("xa_thi_tran", "di_lam_xa", *_DAU, *_BANG))]


@dataclass(frozen=True)
class OSo:
    """One figure of the table of wards."""

    so: So
    url: str

    @property
    def phan(self) -> str:
        return fraction(self.so)


def cap_tren_context(user, don_vi: DonVi, ky: KyBaoCao, params) -> dict:
    """The year of `ky` so far. Nine queries; of a past year ten, eleven on the map of its end."""
    day = don_vi.ngay_so_lieu(min(today(), KyBaoCao(ky.nam).end))
    chosen = chon_ban_do(params, user, Quyen.XEM_BAO_CAO, don_vi, day, ben_trong=True)
    bang = load_xep_hang(
        don_vi,
        day.year,
        chi_tieu=_CHI_TIEU,
        quy_dinh=[*KHOA_HAN, *KHOA_SO, *KHOA_CAP_TREN],
        ban_do=chosen.ban_do,
    )
    quarter = KyBaoCao.quarter_due(day)
    reports = _reports(don_vi, bang, day)
    shown = [row for row in reports if row.ky == quarter]
    has_duties = user.may(Quyen.DUYET_BAO_CAO, don_vi) and day == don_vi.ngay_so_lieu(today())
    return {
        "title": f"Tổng quan năm {day.year}",
        "subtitle": f"{don_vi} · số liệu đến {ngay(day)}",
        "unit": don_vi,
        "bar_title": str(don_vi),
        "bar_sub": f"năm {day.year}, đến {ngay(day)}",
        "nam": day.year,
        "ban_do": chosen,
        "kem": f"&{urlencode(chosen.tham_so)}" if chosen.ban_do else "",
        "nam_truoc": str(day.year - 1),
        "nam_sau": str(day.year + 1) if day.year < don_vi.ngay_so_lieu(today()).year else "",
        "kpis": _kpis(don_vi, bang),
        "muc": _muc(bang),
        "ky": quarter,
        "bao_cao_kpis": tinh_hinh_kpis(shown) if shown else [],
        "viec": _duties(user, don_vi, reports, bang.quy_dinh) if has_duties else [],
        "khong_viec": _khong_viec(day, has_duties=has_duties),
        "dau_bang": [row for row in bang.dong if row.hang][:SO_DAU_BANG],
        "cot": [_NHAN[ma] for ma in _BANG],
        "tong": _cells(don_vi, bang),
        "bang": [(unit, _cells(unit, bang)) for unit in bang.truc_thuoc],
    }


def _reports(don_vi: DonVi, bang: BangXepHang, day: date) -> list[DongBaoCao]:
    """Reports of the units right below for the running quarter and the one before. One query."""
    quarter = KyBaoCao.quarter_of(day)
    lich = LichNop(lambda ma, _: bang.quy_dinh[ma])
    return reports_of(bang.truc_thuoc, don_vi, (quarter, quarter.previous), day, lich)


def _duties(user, don_vi: DonVi, reports: list[DongBaoCao], quy_dinh: dict) -> list[Viec]:
    """Reports to look at, who is late, dues to receive and to hand on, letters of wards that
    nobody answers. One query."""
    found = viec_so(user, don_vi, today(), quy_dinh, them=dem_cap_tren(don_vi, today(), quy_dinh))
    for _, rows in groupby(reports, key=lambda row: row.ky):
        found += viec_xem_bao_cao(list(rows), today())
    return sort_viec(found)


def _khong_viec(day: date, *, has_duties: bool) -> str:
    """Why nothing is due, in a sentence."""
    if not has_duties:
        return "Trang này để xem số liệu, không có việc phải làm."
    if day < today():
        return f"Không có việc đến hạn: sổ của đơn vị ghi đến {ngay(day)}."
    return "Không có việc đến hạn: không báo cáo nào chờ xem xét, không đơn vị nào nộp chậm."


def _kpis(don_vi: DonVi, bang: BangXepHang) -> list[dict]:
    wards = bang.counted.so(don_vi, "xa_thi_tran").tu
    notes = {
        "chi_doan": f"ở {wards} xã, phường, thị trấn",
        "doan_vien": f"{so(bang.counted.so(don_vi, 'di_lam_xa').tu)} đồng chí đi làm xa",
    }
    return [_kpi(don_vi, THEO_MA[ma], bang, notes.get(ma, "trong năm")) for ma in _DAU]


def _kpi(don_vi: DonVi, chi_tieu: ChiTieu, bang: BangXepHang, note: str) -> dict:
    return {
        "label": _NHAN[chi_tieu.ma],
        "value": so(bang.counted.so(don_vi, chi_tieu.ma).tu),
        "note": note,
        "url": rows_url(don_vi.pk, chi_tieu, bang.thoi_ky, ban_do=bang.counted.ban_do),
    }


def _muc(bang: BangXepHang) -> list[tuple[str, int, str]]:
    """(level, branches, address of the ranking filtered to it)."""
    query = {"ky": bang.thoi_ky.ky.code}
    if bang.counted.ban_do:
        query[THAM_SO] = KHI_DO
    base = f"{reverse('baocao:xep_hang')}?{urlencode(query)}&muc="
    return [(label, count, f"{base}{muc or 'chua'}") for muc, label, count in bang.dem_muc]


def _cells(unit: DonVi, bang: BangXepHang) -> list[OSo]:
    return [_cell(unit, THEO_MA[ma], bang.thoi_ky, bang) for ma in _BANG]


def _cell(unit: DonVi, chi_tieu: ChiTieu, thoi_ky: ThoiKy, bang: BangXepHang) -> OSo:
    return OSo(
        bang.counted.so(unit, chi_tieu.ma),
        rows_url(unit.pk, chi_tieu, thoi_ky, mau=chi_tieu.is_ty_le, ban_do=bang.counted.ban_do),
    )
