"""Tables of dues: units side by side, receipts, exemptions, remittances, arrears."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst

from core.periods import KyBaoCao
from core.tables import Column, Table
from core.text.display import ty_le
from doanvien.models import MienDoanPhi, NopDoanPhi, PhieuThu
from tochuc.models import DonVi

from .quy_tac import doc_khoang

MIEN, NOP = MienDoanPhi.TrangThai, NopDoanPhi.TrangThai
_MIEN = {
    MIEN.DE_NGHI: ("warn", "hourglass"),
    MIEN.DA_DUYET: ("ok", "circle-check"),
    MIEN.KHONG_DUYET: ("neutral", "circle-x"),
}
_NOP = {
    NOP.DA_GHI: ("info", "hourglass"),
    NOP.DA_NHAN: ("ok", "circle-check"),
    NOP.TRA_LAI: ("bad", "undo-2"),
}


def pill_mien(row: MienDoanPhi) -> tuple[str, str, str]:
    return *_MIEN[row.trang_thai], row.get_trang_thai_display()


def pill_nop(row: NopDoanPhi) -> tuple[str, str, str]:
    return *_NOP[row.trang_thai], row.get_trang_thai_display()


def pill_phieu(row: PhieuThu) -> tuple[str, str, str]:
    """How a receipt stands; no word for one that is simply paid."""
    if row.is_but_toan_huy:
        return "neutral", "undo-2", "Bút toán hủy"
    if row.bi_huy:
        return "bad", "circle-x", "Có phần đã hủy" if row.tong + row.bi_huy else "Đã hủy"
    return "", "", ""


def bang_don_vi(ky: KyBaoCao) -> Table:
    def url(row) -> str:
        thang = f"?thang={ky.code}" if ky.thang else f"?thang={ky.months[-1].code}"
        same = thang if row.don_vi.is_chi_doan else f"?ky={ky.code}"
        return reverse("doanvien:doan_phi_don_vi", args=[row.don_vi.pk]) + same

    return Table(
        name="doan-phi",
        columns=(
            Column(label="Đơn vị", source="don_vi", link=url, primary=True, second="da_ket_thuc"),
            Column(label="Phải thu", source="thu.phai_thu", unit="đ", numeric=True),
            Column(label="Đã thu", source="thu.da_thu", unit="đ", numeric=True, meta="thu"),
            Column(
                label="Lượt đóng",
                source=lambda row: ty_le(row.thu.luot_da_thu, row.thu.luot_phai_thu),
                numeric=True,
                meta=True,
            ),
            Column(
                label="Còn nợ",
                source=lambda row: row.thu.con_no or None,
                unit="đ",
                second=lambda row: f"{row.thu.so_nguoi_no} đồng chí" if row.thu.con_no else "",
                numeric=True,
            ),
            Column(label="Phải nộp", source="phai_nop", unit="đ", numeric=True),
            Column(label="Đã nộp", source="da_nop", unit="đ", numeric=True),
            Column(label="Nộp lên", source=lambda row: row.pill[2], pill=lambda row: row.pill),
        ),
        empty_text="Chưa có đơn vị trực thuộc",
    )


PHIEU_TABLE = Table(
    name="phieu-thu",
    columns=(
        Column(
            label="Số",
            source="so_phieu",
            link=True,
            primary=True,
            sort=("nam", "so"),
            second="nguoi_nop",
        ),
        Column(label="Ngày", source="ngay", sort="ngay", meta=True),
        Column(label="Đơn vị", source="don_vi"),
        Column(label="Người nộp", source="nguoi_nop", in_page=False),
        Column(label="Nội dung", source="noi_dung"),
        Column(label="Số tiền", source="tong", unit="đ", numeric=True, meta=True),
        Column(
            label="Tình trạng",
            source=lambda row: pill_phieu(row)[2],
            pill=pill_phieu,
        ),
    ),
    empty_text="Chưa có phiếu thu nào",
    empty_hint="Phiếu tự lập khi thu đoàn phí.",
    empty_icon="wallet",
)

MIEN_TABLE = Table(
    name="mien-doan-phi",
    columns=(
        Column(label="Đồng chí", source="doan_vien", link=True, primary=True),
        Column(label="Chi đoàn", source="chi_doan"),
        Column(
            label="Thời gian",
            source=lambda row: f"{row.tu_thang:%m/%Y} – {row.den_thang:%m/%Y}",
            sort="tu_thang",
            meta=True,
        ),
        Column(label="Lý do", source="get_ly_do_display"),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=pill_mien),
    ),
    empty_text="Chưa có đề nghị miễn nào",
    empty_hint="Mở mục Đoàn phí của đồng chí gặp khó khăn để đề nghị.",
    empty_icon="hand-heart",
)


def _ten_ky(row: NopDoanPhi) -> str:
    ten = KyBaoCao.parse(row.ky).ten
    return capfirst(ten)


NOP_TABLE = Table(
    name="nop-doan-phi",
    columns=(
        Column(label="Kỳ", source=_ten_ky, link=True, sort="ky", primary=True),
        Column(label="Đơn vị nộp", source="don_vi", meta=True),
        Column(label="Ngày nộp", source="ngay", sort="ngay"),
        Column(label="Đã thu", source="co_so", unit="đ", numeric=True),
        Column(label="Giữ lại", source="giu_lai", unit="đ", numeric=True),
        Column(label="Nộp lên", source="trich_nop", unit="đ", numeric=True, meta=True),
        Column(label="Tình trạng", source="get_trang_thai_display", pill=pill_nop),
    ),
    empty_text="Chưa nộp lần nào",
    empty_icon="wallet",
)

NO_TABLE = Table(
    name="con-no-doan-phi",
    columns=(
        Column(
            label="Đồng chí",
            source="doan_vien",
            link=lambda row: (
                reverse("doanvien:doan_phi_doan_vien", args=[row.doan_vien.pk])
                if row.mo_duoc
                else ""
            ),
            primary=True,
        ),
        Column(label="Chi đoàn", source="chi_doan", meta=True),
        Column(label="Tháng còn nợ", source=lambda row: doc_khoang(row.thang), meta=True),
        Column(label="Số tháng", source=lambda row: len(row.thang), numeric=True),
        Column(label="Số tiền", source="so_tien", unit="đ", numeric=True),
    ),
    empty_text="Không đồng chí nào nợ đoàn phí",
    empty_icon="circle-check",
)


def ky_hoi(text: str | None, don_vi: DonVi, day) -> KyBaoCao:
    """The period of the address; a ward looks at the month, the units above at the quarter."""
    now = KyBaoCao.month_of(day) if don_vi.is_co_so else KyBaoCao.quarter_of(day)
    try:
        return KyBaoCao.parse(text or "")
    except ValueError:
        return now


def ky_ke(ky: KyBaoCao, nay: KyBaoCao, kem: Mapping[str, str]) -> dict:
    """The periods beside it, and the same day by month, quarter and year; addresses carry `kem`
    along."""
    day = min(ky.end, nay.end)
    kinds = (("Tháng", KyBaoCao.month_of(day)), ("Quý", KyBaoCao.quarter_of(day)),
             ("Năm", KyBaoCao.year_of(day)))  # fmt: skip
    return {
        "ky_truoc": ky.previous,
        "ky_toi": ky.next if ky.next.start <= nay.end else None,
        "cac_ky": [
            {"label": label, "url": f"?{urlencode({'ky': kind.code, **kem})}", "active": kind == ky}
            for label, kind in kinds
        ],
    }
