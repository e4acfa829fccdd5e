"""Phụ lục số liệu as a workbook: the lines of the report, and what each ward below it reported."""

from collections.abc import Sequence
from decimal import Decimal

from core.text.display import ngay, so
from core.text.numbers import roman
from tochuc.models import DonVi
from tochuc.van_ban import tieu_de_don_vi

from .bang_so_lieu import BangBaoCao, Dong, load_bang
from .bang_tinh import Cot, Nhom, TrangTinh, write_trang_tinh
from .chi_tieu import BangSo, ChiTieu, compute
from .mau import mau_da_mo
from .models import BaoCao, SoLieu

COT = (
    Cot("TT", 6, giua=True),
    Cot("Nội dung chỉ tiêu", 46),
    Cot("ĐVT", 12, giua=True),
    Cot("Chỉ tiêu năm", 15, la_so=True),
    Cot("Kết quả kỳ", 16, la_so=True),
    Cot("Lũy kế năm", 16, la_so=True),
    Cot("Tỷ lệ %", 10, la_so=True),
    Cot("Ghi chú", 40),
)


def phu_luc_xlsx(bao_cao: BaoCao, *, ca_don_vi_duoi: bool) -> bytes:
    """The appendix of a report: frozen figures once it was handed in, else as they stand.

    `ca_don_vi_duoi`: with a sheet of the wards below, for who sees the unit itself.
    """
    bang = load_bang(bao_cao)
    sheets = [_phu_luc(bang)]
    if ca_don_vi_duoi and not (bao_cao.don_vi.is_co_so or bao_cao.don_vi.is_chi_doan):
        sheets += _don_vi_duoi(bang)
    return write_trang_tinh(sheets)


def _phu_luc(bang: BangBaoCao) -> TrangTinh:
    rows: list = []
    number = 0
    for place, (nhom, lines) in enumerate(bang.nhom, 1):
        rows.append(Nhom(f"{roman(place)}. {nhom.upper()}"))
        for line in lines:
            number += 1
            rows.append((number, *_dong(line)))
    return TrangTinh(
        ten="Phụ lục",
        don_vi=_don_vi(bang),
        tieu_de=("PHỤ LỤC SỐ LIỆU CÔNG TÁC ĐOÀN VÀ PHONG TRÀO THANH THIẾU NHI", _ky(bang)),
        cot=COT,
        dong=rows,
        ghi_chu=_ghi_chu(bang),
    )


def _dong(line: Dong) -> tuple:
    return (
        line.chi_tieu.ten,
        line.chi_tieu.don_vi_tinh,
        line.chi_tieu_nam,
        line.gia_tri,
        line.luy_ke,
        None if line.ty_le is None else round(line.ty_le, 1),
        ". ".join(_noi_them(line)),
    )


def _noi_them(line: Dong) -> list[str]:
    """Both numbers of a correction, the reason, and what the books say now."""
    said = []
    if line.is_sua_tay:
        said.append(f"Hệ thống tính {so(line.gia_tri_he_thong)}, đơn vị ghi {so(line.nhap)}")
    if line.ly_do:
        said.append(line.ly_do.rstrip("."))
    if line.da_doi:
        now = line.hien_tai.gia_tri
        said.append(f"Sổ đã đổi từ khi nộp: nay {so(Decimal(now or 0))}")
    return said


def _don_vi(bang: BangBaoCao) -> tuple[str, ...]:
    return tieu_de_don_vi(bang.bao_cao.don_vi, bang.thoi_ky.den)


def _ky(bang: BangBaoCao) -> str:
    state = bang.bao_cao.get_trang_thai_display().lower()
    return (
        f"{bang.thoi_ky.ky.ten[:1].upper()}{bang.thoi_ky.ky.ten[1:]}, số liệu từ "
        f"{ngay(bang.bao_cao.tu_ngay)} đến {ngay(bang.thoi_ky.den)} ({state})"
    )


def _ghi_chu(bang: BangBaoCao) -> list[str]:
    mau = mau_da_mo(bang.bao_cao)
    changed = sum(1 for line in bang if line.da_doi)
    rule = "Tỷ lệ % = lũy kế năm / chỉ tiêu năm; ô trống: không giao chỉ tiêu."
    said = [f"{rule} {mau.ten}, mẫu {mau.ma}."]
    if changed:
        said.append(
            f"{changed} chỉ tiêu đã đổi trong sổ từ khi nộp; bảng giữ số đã nộp, số nay ghi ở cột "
            "Ghi chú."
        )
    return said


# ---- the wards below -----------------------------------------------------------------------


def _don_vi_duoi(bang: BangBaoCao) -> list[TrangTinh]:
    """Two sheets, a row for each ward: what it reported, and what the books count now.

    A last row holds what belongs to no ward, or moves between two of them, so that the rows come
    to the unit's own figure. Three queries.
    """
    unit = bang.bao_cao.don_vi
    items = [line.chi_tieu for line in bang if not line.chi_tieu.is_ty_le and not line.is_nhap_tay]
    table = compute(unit, bang.thoi_ky, items, bang.ban_do)
    wards = _co_so(bang)
    reported = _da_bao_cao(bang.bao_cao, wards)
    return [
        _theo_don_vi(bang, "Đơn vị báo cáo", items, wards, reported),
        _theo_don_vi(bang, "Đơn vị đếm từ sổ", items, wards, _dem(table, items, wards), table),
    ]


def _co_so(bang: BangBaoCao) -> list[DonVi]:
    rows = DonVi.objects.co_so().dang_hoat_dong(bang.thoi_ky.den)
    unit = bang.bao_cao.don_vi
    found = bang.ban_do.duoi(rows, "path", unit) if bang.ban_do else rows.under(unit)
    return list(found.order_by("path"))


def _da_bao_cao(bao_cao: BaoCao, wards: Sequence[DonVi]) -> dict[tuple[int, str], Decimal | None]:
    """What the wards handed in for the period, by ward and code."""
    rows = (
        SoLieu.objects.filter(bao_cao__don_vi__in=wards, bao_cao__ky=bao_cao.ky)
        .exclude(bao_cao__trang_thai__in=BaoCao.DANG_SUA)
        .values_list("bao_cao__don_vi", "ma", "gia_tri", "bao_cao_gia_tri")
    )
    return {(pk, ma): own if own is not None else system for pk, ma, system, own in rows}


def _dem(table: BangSo, items: Sequence[ChiTieu], wards) -> dict[tuple[int, str], Decimal]:
    return {
        (ward.pk, item.ma): Decimal(table.so(ward, item.ma).gia_tri)
        for ward in wards
        for item in items
    }


def _theo_don_vi(
    bang: BangBaoCao, ten: str, items, wards, values: dict, table: BangSo | None = None
) -> TrangTinh:
    there = {pk for pk, _ in values}
    sums = [sum((values.get((ward.pk, item.ma)) or 0) for ward in wards) for item in items]
    rows: list = [
        (number, ward.ten_day_du, *(values.get((ward.pk, item.ma)) for item in items))
        for number, ward in enumerate(wards, 1)
    ]
    of_all = "đơn vị" if table else f"trên {len(wards)} đơn vị có số đã nộp"
    rows.append(("", f"Cộng {len(there)} {of_all}", *(sums if there else [None] * len(sums))))
    bold = {len(wards)}
    if table:
        own = [Decimal(table.so(bang.bao_cao.don_vi, item.ma).gia_tri) for item in items]
        rest = [whole - part for whole, part in zip(own, sums, strict=True)]
        rows.append(("", "Ngoài các đơn vị trên, trừ chuyển nội bộ", *rest))
        rows.append(("", "Toàn đơn vị", *own))
        bold.add(len(wards) + 2)
    return TrangTinh(
        ten=ten,
        don_vi=_don_vi(bang),
        tieu_de=(f"SỐ LIỆU TỪNG ĐƠN VỊ: {ten.upper()}", _ky(bang)),
        cot=(
            Cot("TT", 6, giua=True),
            Cot("Đơn vị", 30),
            *(Cot(f"{item.ten} ({item.don_vi_tinh})", 14, la_so=True) for item in items),
        ),
        dong=rows,
        ghi_chu=("Ô trống: đơn vị chưa nộp báo cáo kỳ này.",) if not table else (),
        ngang=True,
        dam=frozenset(bold),
    )
