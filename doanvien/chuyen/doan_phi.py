"""Dues at a transfer: which months are owed up to it, and until when they are paid."""

from datetime import date

from core.errors import RuleError
from doanvien.models import DoanVien
from tochuc.quy_dinh import gia_tri


def check_doan_phi(
    *, doan_vien: DoanVien, ngay: date, dong_phi_den: date | None, ly_do_no: str
) -> None:
    """Refuse a transfer with months owed before its month, unless a reason is written.

    16-HD/TWĐTN-BTC 2018, mục 3.3: the branch collects up to the transfer. A dated setting
    says whether this holds a transfer back.
    """
    if ly_do_no.strip() or not _is_blocking(doan_vien, ngay):
        return
    if dong_phi_den is None:
        raise RuleError(
            "Ghi đã đóng đoàn phí hết tháng nào. Nếu chưa đóng, ghi lý do ở ô bên dưới.",
            field="dong_phi_den",
        )
    con_no = months_between(dong_phi_den, ngay)
    if con_no:
        raise RuleError(
            f"Còn nợ đoàn phí {months_text(con_no)}. Thu đủ trước khi chuyển, hoặc ghi lý do ở ô "
            "bên dưới.",
            field="dong_phi_den",
        )


def months_between(dong_phi_den: date, ngay: date) -> list[date]:
    """First days of the months after the paid one and before the month of `ngay`."""
    months, month = [], _next(dong_phi_den.replace(day=1))
    while month < ngay.replace(day=1):
        months.append(month)
        month = _next(month)
    return months


def months_text(months: list[date]) -> str:
    """ "03 tháng, từ 08/2026 đến 10/2026"."""
    if len(months) == 1:
        return f"tháng {months[0]:%m/%Y}"
    return f"{len(months)} tháng, từ {months[0]:%m/%Y} đến {months[-1]:%m/%Y}"


def _next(month: date) -> date:
    year, index = divmod(month.year * 12 + month.month, 12)
    return date(year, index + 1, 1)


def _is_blocking(doan_vien: DoanVien, ngay: date) -> bool:
    value = gia_tri("chuyen_phai_dong_du_phi", ngay=ngay, don_vi=doan_vien.chi_doan)
    return str(value) == "1"
