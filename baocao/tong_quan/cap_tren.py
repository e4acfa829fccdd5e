"""Home of an office above wards: reports to look at, the head of the ranking, figures by ward."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Paginator

from baocao.chi_tieu import DANH_MUC, THEO_MA, So
from baocao.chi_tieu.chi_xem import MO_DUOC, gon
from baocao.danh_sach import DongBaoCao, reports_of, tinh_hinh_kpis
from baocao.dia_chi import fraction
from baocao.dot_cham import viec as viec_dot_cham
from baocao.han import KHOA_HAN, LichNop
from baocao.viec import viec_xem_bao_cao
from chidoan.viec_so import KHOA_SO, viec_so
from core.charts import Bar, bar_chart
from core.periods import KyBaoCao, today
from core.text.display import ngay, so
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.viec import Viec, sort_viec
from tudưong.viec import KHOA_CAP_TREN, dem_cap_tren

from . import ban_o as o_xa
from .ban_o import CHI_SO, MUC, ban_o, bang_dau_cuoi, chon_chi_so, so_cua
from .bieu_do import BieuDo, MoSo, OBang
from .nen_cap_tren import CapTren, doc_cap_tren
from .nen_phuong import PHEU, pheu
from .ngay_xem import NgayXem, url_giay
from .xu_huong import cung_doc, xu_huong

SO_DONG = 40
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
_QUAN_TAM = (
    ("Khuyết bí thư", "khuyet_bi_thu"),
    ("3 tháng không họp", "chi_doan_lau_khong_hop"),
    ("Trắng đoàn viên", "chi_doan_trang_doan_vien"),
    ("Dưới 3 đoàn viên", "chi_doan_duoi_3"),
    ("Chưa tập huấn", "bi_thu_chua_tap_huan"),
    ("Công văn chờ", "cong_van_chua_tra_loi"),
)
_XEP_LOAI = [item for item in DANH_MUC if item.ma.startswith("chi_doan_") and item.chi_nam]
_CHI_TIEU = list(
    {
        item.ma: item
        for item in (
            *(THEO_MA[ma] for ma in ("xa_thi_tran", *_DAU, *_BANG)),
            cung_doc(THEO_MA["di_lam_xa"]),
            *(MO_DUOC[ma] for _, ma in _QUAN_TAM),
            *(MO_DUOC[ma] for _, ma, _ in PHEU),
            *_XEP_LOAI,
            *o_xa.CHI_TIEU,
            *(gon(THEO_MA[ma]) for ma in ("chi_doan_trang_doan_vien", "chi_doan_duoi_3")),
        )
    }.values()
)


@dataclass(frozen=True)
class OSo:
    """One figure of the table of units."""

    so: So
    url: str

    @property
    def phan(self) -> str:
        return fraction(self.so)


def cap_tren_context(user, don_vi: DonVi, xem: NgayXem, params, *, is_nha: bool = True) -> dict:
    """The year so far; `is_nha`: with the duties of the office. Six queries, of a past day seven,
    on the map of that day eight."""
    khoa = [*KHOA_HAN, *KHOA_SO, *KHOA_CAP_TREN] if is_nha else KHOA_HAN
    read = doc_cap_tren(user, don_vi, xem, params, khoa=khoa, chi_tieu=_CHI_TIEU)
    day, quarter = xem.ngay, KyBaoCao.quarter_due(xem.ngay)
    reports = _reports(read)
    has_duties = is_nha and xem.is_moi_nhat and user.may(Quyen.DUYET_BAO_CAO, don_vi)
    mo = MoSo(don_vi, read.table)
    kept = urlencode(read.chosen.tham_so)
    return {
        "title": f"Tổng quan năm {day.year}",
        "subtitle": f"{don_vi} · số liệu đến {ngay(day)}",
        "unit": don_vi,
        "bar_title": str(don_vi),
        "bar_sub": f"năm {day.year}, đến {ngay(day)}",
        "nam": day.year,
        "ban_do": read.chosen,
        "kem": f"&{kept}" if kept else "",
        "nam_truoc": str(day.year - 1),
        "nam_sau": str(day.year + 1) if day.year < xem.hom_nay.year else "",
        "kpis": _kpis(mo),
        "muc": _muc(mo),
        "ky": quarter,
        "bao_cao_kpis": tinh_hinh_kpis([row for row in reports if row.ky == quarter]),
        "viec": _duties(user, don_vi, reports, read.quy_dinh) if has_duties else [],
        "khong_viec": _khong_viec(day, has_duties=has_duties),
        **_cac_xa(read, params),
        "bieu_do": [
            can_quan_tam(mo),
            pheu(mo, day.year),
            *xu_huong(don_vi, read.table, day),
        ],
        "url_giay": url_giay(don_vi, xem, read.chosen, params),
        "cot": [_NHAN[ma] for ma in _BANG],
        "tong": _cells(don_vi, read),
        **_trang(read, params),
    }


def _cac_xa(read: CapTren, params) -> dict:
    """Tiles and league of the wards by the chosen measure."""
    chi_so = chon_chi_so(params)
    tiles = ban_o(read, chi_so)
    first, last = bang_dau_cuoi([row for _, rows in tiles for row in rows], chi_so)
    return {
        "chi_so": chi_so,
        "cac_chi_so": [
            {"label": one.ten, "url": _url(params, chi_so=one.ma), "active": one == chi_so}
            for one in CHI_SO
        ],
        "ban_o": tiles,
        "chung": so_cua(read, chi_so, read.don_vi),
        "cac_muc": list(enumerate(MUC))[:0:-1],
        "dau_bang": first,
        "cuoi_bang": last,
    }


def _trang(read: CapTren, params) -> dict:
    """The units right below with their figures, forty on a page."""
    pages = Paginator(read.truc_thuoc, SO_DONG)
    page = pages.get_page(params.get("trang"))
    return {
        "bang": [(unit, _cells(unit, read)) for unit in page],
        "trang": page,
        "trang_truoc": _url(params, trang=page.number - 1) if page.has_previous() else "",
        "trang_sau": _url(params, trang=page.number + 1) if page.has_next() else "",
    }


def _url(params, **more) -> str:
    query = params.copy()
    for name, value in more.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


def _reports(read: CapTren) -> list[DongBaoCao]:
    """Reports of the units right below for the running quarter and the one before. One query."""
    quarter = read.xem.quy
    lich = LichNop(read.doc)
    periods = (quarter, quarter.previous)
    return reports_of(read.truc_thuoc, read.don_vi, periods, read.ngay, lich)


def _duties(user, don_vi: DonVi, reports: list[DongBaoCao], quy_dinh: dict) -> list[Viec]:
    """Reports to look at, who is late, dues to receive and to hand on, letters of wards that
    nobody answers, scoring rounds. One query."""
    them = [
        *dem_cap_tren(don_vi, today(), quy_dinh),
        *viec_dot_cham.dem_tren(user, don_vi, today()),
    ]
    found = viec_so(user, don_vi, today(), quy_dinh, them=them)
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


def _kpis(mo: MoSo) -> list[dict]:
    wards = mo.so(THEO_MA["xa_thi_tran"]).tu
    away = so(mo.so(THEO_MA["di_lam_xa"]).tu)
    notes = {
        "chi_doan": f"ở {wards} xã, phường, thị trấn",
        "doan_vien": f"{away} đồng chí đi làm xa",
    }
    return [
        {
            "label": _NHAN[ma],
            "value": so(mo.so(THEO_MA[ma]).tu),
            "note": notes.get(ma, "trong năm"),
            "url": mo.url(THEO_MA[ma]),
        }
        for ma in _DAU
    ]


def _muc(mo: MoSo) -> list[tuple[str, int, str]]:
    """(level, branches, address of them): what was decided and recorded for the year."""
    found = [(item, mo.so(item).tu) for item in _XEP_LOAI]
    words = "Chi đoàn xếp loại "
    return [(item.ten.removeprefix(words), count, mo.url(item)) for item, count in found if count]


def can_quan_tam(mo: MoSo) -> BieuDo:
    """Where the office has something to mend: branches and secretaries, each with its rows."""
    items = [(ten, MO_DUOC[ma]) for ten, ma in _QUAN_TAM]
    bars = [Bar(ten, mo.so(item).tu, url=mo.url(item)) for ten, item in items]
    words = ", ".join(f"{bar.label.lower()} {so(bar.value)}" for bar in bars)
    return BieuDo(
        ma="can-quan-tam",
        ten="Cần quan tâm",
        ve=bar_chart(bars, title=f"Cần quan tâm: {words}"),
        cot=("Việc", "Số"),
        dong=[
            (OBang(item.ten), OBang(so(bar.value), bar.url))
            for bar, (_, item) in zip(bars, items, strict=True)
        ],
    )


def _cells(unit: DonVi, read: CapTren) -> list[OSo]:
    mo = MoSo(read.don_vi, read.table)
    return [OSo(mo.so(THEO_MA[ma], unit), mo.url(THEO_MA[ma], unit)) for ma in _BANG]
