"""Dues at a transfer: what is owed up to it, and until when they are paid.

Where the branch keeps its book of dues, the book decides; else the branch writes the month.
"""

from dataclasses import dataclass, field
from datetime import date

from core.errors import RuleError
from doanvien.doan_phi.queries import dong_va_no
from doanvien.doan_phi.quy_tac import cac_thang, doc_khoang, thang_cua, thang_sau
from doanvien.models import DoanVien
from tochuc.quy_dinh import gia_tri


@dataclass(frozen=True)
class DoanPhiKhiChuyen:
    """What the book says of one member on the day of the transfer."""

    dong_den: date | None = None
    con_no: list[date] = field(default_factory=list)

    @property
    def co_so(self) -> bool:
        """Whether the book says anything at all."""
        return bool(self.dong_den or self.con_no)

    @property
    def con_no_bang_chu(self) -> str:
        return doc_khoang(self.con_no)


def read_doan_phi(doan_vien: DoanVien, ngay: date) -> DoanPhiKhiChuyen:
    return DoanPhiKhiChuyen(*dong_va_no(doan_vien, ngay))


def settle_doan_phi(
    *, doan_vien: DoanVien, ngay: date, dong_phi_den: date | None, ly_do_no: str
) -> date | None:
    """Until which month dues are paid; refused while months are owed and no reason is written.

    16-HD/TWĐTN-BTC 2018, mục 3.3: the branch collects up to the transfer. A dated setting
    says whether this holds a transfer back. The book goes before what was typed.
    """
    book = read_doan_phi(doan_vien, ngay)
    paid = book.dong_den if book.co_so else dong_phi_den
    if ly_do_no.strip() or not _is_blocking(doan_vien, ngay):
        return paid
    if not book.co_so and paid is None:
        raise RuleError(
            "Ghi đã đóng đoàn phí hết tháng nào. Nếu chưa đóng, ghi lý do ở ô bên dưới.",
            field="dong_phi_den",
        )
    owed = book.con_no if book.co_so else months_between(paid, ngay)
    if owed:
        raise RuleError(
            f"Còn nợ đoàn phí {doc_khoang(owed)}. Thu đủ trước khi chuyển, hoặc ghi lý do ở ô "
            "bên dưới.",
            field="dong_phi_den",
        )
    return paid


def months_between(dong_phi_den: date, ngay: date) -> list[date]:
    """The months after the paid one and before that of `ngay`, which may still be collected."""
    months = cac_thang(thang_sau(thang_cua(dong_phi_den)), ngay)
    return [month for month in months if month < thang_cua(ngay)]


def _is_blocking(doan_vien: DoanVien, ngay: date) -> bool:
    value = gia_tri("chuyen_phai_dong_du_phi", ngay=ngay, don_vi=doan_vien.chi_doan)
    return str(value) == "1"
