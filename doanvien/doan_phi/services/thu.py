"""Collecting dues: receipts, and the counter-entries that take them back."""

import uuid
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from core.errors import RuleError
from core.periods import today
from core.text.display import tien
from doanvien.doan_phi import queries
from doanvien.doan_phi.quy_tac import doc_khoang, thang_cua
from doanvien.models import DoanPhi, DoanVien, PhieuThu, SoThuDoanPhi
from doanvien.nhap_thay import nhap_thay
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri
from tochuc.van_ban import take_number

LOAI_SO = "PT"
Khoan = tuple[int, date, int | None]
"""A month to collect: the member's number, the month's first day, the amount (None: the rate)."""


@transaction.atomic
def open_so_thu(*, chi_doan: DonVi, tu_thang: date, by) -> SoThuDoanPhi:
    """Say from which month the branch collects by this register; months before owe nothing.

    Refused when a month before was paid already: the receipt would stand outside the book.
    """
    _lock(chi_doan)
    return _open(chi_doan, thang_cua(tu_thang), by)


@transaction.atomic
def open_so_thu_many(*, don_vi: DonVi, tu_thang: date, by) -> int:
    """Open the books of all branches below that have none yet; how many were opened."""
    _lock(don_vi)
    units = DonVi.objects.under(don_vi).chi_doan().dang_hoat_dong(today())
    closed = list(units.filter(so_thu_doan_phi__isnull=True))
    tu_thang = _check_tu_thang(tu_thang)
    SoThuDoanPhi.objects.bulk_create(
        [SoThuDoanPhi(don_vi=unit, tu_thang=tu_thang, ghi_boi=by) for unit in closed]
    )
    record(by=by, hanh_dong="so_thu.open", target=don_vi, thang=tu_thang, so_chi_doan=len(closed))
    return len(closed)


@transaction.atomic
def collect(
    *,
    chi_doan: DonVi,
    khoan: Iterable[Khoan],
    ngay: date,
    ma_gui: uuid.UUID,
    by,
    nguoi_nop: str = "",
) -> PhieuThu:
    """One receipt for the given months; sent twice with the same `ma_gui` it is made once.

    Refused for a day to come, a month that is not due here, is exempt or was paid, a month
    after this year, and an amount below the rate. The first receipt opens the branch's book.
    """
    _lock(chi_doan)
    known = PhieuThu.objects.filter(ma_gui=ma_gui, don_vi=chi_doan).first()
    if known:
        return known
    khoan = list(khoan)
    _check_ngay(chi_doan, ngay)
    if not khoan:
        raise RuleError("Chọn ít nhất một tháng để thu.")
    cells = _due_cells(chi_doan, khoan, by)
    people = DoanVien.objects.in_bulk({pk for pk, _, _ in khoan})
    lines = [_line(chi_doan, cells, people, item) for item in khoan]
    return _write(chi_doan, lines, people, ngay, ma_gui, nguoi_nop, by)


@transaction.atomic
def collect_all(
    *, chi_doan: DonVi, thang: date, tong: int, ngay: date, ma_gui: uuid.UUID, by
) -> list[PhieuThu]:
    """Collect one month from everybody of the branch who still owes it.

    `tong` is the sum the page showed: refused when it has changed meanwhile. One receipt for
    all, or one for each, as the unit has set it.
    """
    _lock(chi_doan)
    moi_nguoi = gia_tri("doan_phi_phieu_chung", ngay=ngay, don_vi=chi_doan) == "moi_nguoi"
    known = list(PhieuThu.objects.filter(ma_gui__in=[ma_gui], don_vi=chi_doan))
    if known:
        return known
    owing = con_thu(chi_doan, thang)
    if not owing:
        raise RuleError(f"Tháng {thang:%m/%Y} không còn đồng chí nào phải đóng.")
    if sum(item.so_tien for item in owing) != tong:
        raise RuleError(
            f"Danh sách vừa thay đổi: nay còn {len(owing)} đồng chí, "
            f"{tien(sum(item.so_tien for item in owing))}. Xem lại rồi bấm thu."
        )
    groups = [[item] for item in owing] if moi_nguoi else [owing]
    return [
        collect(
            chi_doan=chi_doan,
            khoan=[(item.doan_vien, item.thang, None) for item in group],
            ngay=ngay,
            ma_gui=ma_gui if index == 0 else uuid.uuid5(ma_gui, str(index)),
            by=by,
        )
        for index, group in enumerate(groups)
    ]


@transaction.atomic
def cancel_phieu(*, phieu: PhieuThu, ly_do: str, by, dong: Iterable[int] | None = None) -> PhieuThu:
    """Take back a receipt, or some of its lines, by a counter-entry: the months are owed again.

    The receipt itself stays as it was printed. The counter-entry bears today's date, so money
    that was remitted already is made up for in the next remittance. Refused without a reason,
    for a counter-entry, for money a unit below remitted, and when nothing is left of it.
    """
    _lock(phieu.don_vi)
    if phieu.is_but_toan_huy:
        raise RuleError("Đây đã là bút toán hủy.")
    if phieu.loai != PhieuThu.Loai.DOAN_PHI:
        raise RuleError("Phiếu này nhận tiền cấp dưới nộp, không hủy ở đây.")
    if not ly_do.strip():
        raise RuleError("Ghi lý do hủy.", field="ly_do")
    lines = phieu.dong.con_hieu_luc().select_related("doan_vien")
    if dong is not None:
        lines = lines.filter(pk__in=list(dong))
    lines = list(lines)
    if not lines:
        raise RuleError("Phiếu này đã hủy.")
    people = {line.doan_vien_id: line.doan_vien for line in lines}
    counter = _numbered(
        phieu.don_vi,
        today(),
        dao_cua=phieu,
        doan_vien=_one(people),
        nguoi_nop=phieu.nguoi_nop if len(lines) == phieu.dong.count() else _cac_nguoi(people),
        noi_dung=f"Hủy phiếu thu {phieu} ngày {phieu.ngay:%d/%m/%Y}: {_noi_dung(lines)}",
        tong=-sum(line.so_tien for line in lines),
        ly_do=ly_do.strip(),
        ma_gui=uuid.uuid4(),
        thu_boi=by,
    )
    DoanPhi.objects.filter(pk__in=[line.pk for line in lines]).update(huy_phieu=counter)
    record(
        by=by,
        hanh_dong="phieu_thu.cancel",
        target=phieu,
        so=phieu.so_phieu,
        but_toan=counter.so_phieu,
        so_tien=-counter.tong,
        **nhap_thay(by, phieu.don_vi_id),
    )
    return counter


@transaction.atomic
def undo_dong(*, dong: DoanPhi, ly_do: str, by) -> PhieuThu:
    """Take back one line on the day it was collected, without typing a reason.

    Refused later, and once the money was handed over: then the receipt is cancelled with one.
    """
    phieu = dong.phieu
    if timezone.localdate(phieu.thu_luc) != today() or phieu.nop_id:
        raise RuleError(f"Phiếu {phieu} không hoàn tác nhanh được nữa. Mở phiếu, hủy có lý do.")
    return cancel_phieu(phieu=phieu, ly_do=ly_do, by=by, dong=[dong.pk])


def con_thu(chi_doan: DonVi, thang: date) -> list[queries.Thang]:
    """Who still owes the month at this branch, as if its book were open by then."""
    book = SoThuDoanPhi.objects.filter(don_vi=chi_doan).first()
    mo_so = None if book else thang
    items = queries.doc_chi_doan(chi_doan, thang, thang, max(thang, today()), mo_so=mo_so)
    return [item for item in items if item.is_no]


def _lock(don_vi: DonVi) -> None:
    DonVi.objects.select_for_update(of=("self",), no_key=True).get(pk=don_vi.pk)


def _open(chi_doan: DonVi, tu_thang: date, by) -> SoThuDoanPhi:
    tu_thang = _check_tu_thang(tu_thang)
    first = DoanPhi.objects.con_hieu_luc().filter(chi_doan=chi_doan).order_by("thang").first()
    if first and first.thang < tu_thang:
        raise RuleError(
            f"Chi đoàn đã thu đoàn phí tháng {first.thang:%m/%Y}. Chọn từ tháng đó trở về trước.",
            field="tu_thang",
        )
    book, _ = SoThuDoanPhi.objects.update_or_create(
        don_vi=chi_doan, defaults={"tu_thang": tu_thang, "ghi_boi": by}
    )
    record(
        by=by,
        hanh_dong="so_thu.open",
        target=chi_doan,
        thang=tu_thang,
        **nhap_thay(by, chi_doan.pk),
    )
    return book


def _check_tu_thang(tu_thang: date) -> date:
    tu_thang = thang_cua(tu_thang)
    if tu_thang > today():
        raise RuleError("Sổ thu bắt đầu từ tháng này hoặc tháng đã qua.", field="tu_thang")
    return tu_thang


def _check_ngay(chi_doan: DonVi, ngay: date) -> None:
    if not chi_doan.is_chi_doan:
        raise RuleError(f"{chi_doan} không phải là chi đoàn.")
    if ngay > today():
        raise RuleError("Ngày thu là hôm nay hoặc ngày đã qua.", field="ngay")


def _due_cells(chi_doan: DonVi, khoan: list[Khoan], by) -> dict:
    """The branch's months by member and month; its book is opened when it is not yet."""
    first, last = min(item[1] for item in khoan), max(item[1] for item in khoan)
    if last.year > today().year:
        raise RuleError("Chỉ thu trước trong năm nay.", field="thang")
    if not SoThuDoanPhi.objects.filter(don_vi=chi_doan).exists():
        _open(chi_doan, min(first, thang_cua(today())), by)
    items = queries.doc_chi_doan(chi_doan, first, last, today())
    return {(item.doan_vien, item.thang): item for item in items}


def _line(chi_doan: DonVi, cells: dict, people: dict, khoan: Khoan) -> DoanPhi:
    pk, thang, so_tien = khoan
    cell, person = cells.get((pk, thang)), people.get(pk)
    if cell is None or person is None:
        raise RuleError(
            f"Tháng {thang:%m/%Y}, {person or 'đồng chí này'} không đóng đoàn phí ở {chi_doan}: "
            "chưa sinh hoạt ở đây, hoặc sổ thu chưa mở từ tháng đó."
        )
    if cell.is_da_dong or cell.trang_thai == queries.TrangThaiThang.NOI_KHAC:
        raise RuleError(f"{person} đã đóng đoàn phí tháng {thang:%m/%Y}.")
    if cell.trang_thai == queries.TrangThaiThang.MIEN:
        raise RuleError(f"{person} được miễn đoàn phí tháng {thang:%m/%Y}.")
    if so_tien is not None and so_tien < cell.so_tien:
        raise RuleError(
            f"Mức của {person} tháng {thang:%m/%Y} là {tien(cell.so_tien)}.", field="muc"
        )
    return DoanPhi(
        doan_vien=person, chi_doan=chi_doan, thang=thang, so_tien=so_tien or cell.so_tien
    )


def _write(chi_doan, lines, people, ngay, ma_gui, nguoi_nop, by) -> PhieuThu:
    phieu = _numbered(
        chi_doan,
        ngay,
        doan_vien=_one(people),
        nguoi_nop=nguoi_nop.strip() or _cac_nguoi(people),
        noi_dung=_noi_dung(lines),
        tong=sum(line.so_tien for line in lines),
        ma_gui=ma_gui,
        thu_boi=by,
    )
    for line in lines:
        line.phieu = phieu
    DoanPhi.objects.bulk_create(lines)
    record(
        by=by,
        hanh_dong="phieu_thu.create",
        target=phieu,
        so=phieu.so_phieu,
        so_nguoi=len(people),
        so_tien=phieu.tong,
        **nhap_thay(by, chi_doan.pk),
    )
    return phieu


def _one(people: dict[int, DoanVien]) -> DoanVien | None:
    return next(iter(people.values())) if len(people) == 1 else None


def _cac_nguoi(people: dict[int, DoanVien]) -> str:
    """Who pays, or gets back: the one member, or how many the list names."""
    one = _one(people)
    return one.ho_ten if one else f"{len(people)} đồng chí, theo bảng kê"


def _numbered(don_vi: DonVi, ngay: date, **fields) -> PhieuThu:
    so = take_number(don_vi=don_vi, loai=LOAI_SO, nam=ngay.year)
    return PhieuThu.objects.create(don_vi=don_vi, ngay=ngay, nam=ngay.year, so=so, **fields)


def _noi_dung(lines: list[DoanPhi]) -> str:
    months = doc_khoang(line.thang for line in lines)
    people = len({line.doan_vien_id for line in lines})
    who = f", {people} đồng chí" if people > 1 else ""
    return f"Đoàn phí {months}{who}"
