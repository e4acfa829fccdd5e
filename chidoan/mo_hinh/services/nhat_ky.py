"""The log of an initiative: a line written, mended, taken away."""

from datetime import date
from uuid import UUID

from django.db import transaction

from chidoan.mo_hinh.quy_tac import check_ngay_nhat_ky
from chidoan.models import MoHinh, NhatKyMoHinh
from core.errors import RuleError, StaleError
from core.periods import today
from core.text import clean
from tochuc.audit import record

from .mo_hinh import lock


@transaction.atomic
def create_nhat_ky(
    *,
    mo_hinh: MoHinh,
    client_id: UUID,
    ngay: date,
    viec: str,
    nguoi_lam: str = "",
    ket_qua: str = "",
    by,
) -> NhatKyMoHinh:
    """Write down what was done; the same `client_id` never makes a second line.

    Refused without words, on a day to come, and after the initiative ended.
    """
    mo_hinh = lock(mo_hinh)
    earlier = NhatKyMoHinh.objects.filter(client_id=client_id, mo_hinh=mo_hinh).first()
    if earlier:
        return earlier
    row = NhatKyMoHinh(mo_hinh=mo_hinh, don_vi=mo_hinh.noi_lam, client_id=client_id)
    _write(row, mo_hinh, ngay, viec, nguoi_lam, ket_qua, by)
    record(by=by, hanh_dong="nhat_ky_mo_hinh.create", target=mo_hinh, ngay=ngay)
    return row


@transaction.atomic
def update_nhat_ky(
    *,
    nhat_ky: NhatKyMoHinh,
    version: int,
    ngay: date,
    viec: str,
    nguoi_lam: str = "",
    ket_qua: str = "",
    by,
) -> NhatKyMoHinh:
    """Mend a line. `version` is the one the form showed: StaleError when somebody was faster."""
    mo_hinh = lock(nhat_ky.mo_hinh)
    row = NhatKyMoHinh.objects.filter(pk=nhat_ky.pk).first()
    if row is None:
        raise RuleError("Dòng nhật ký này vừa bị xóa.")
    if row.version != version:
        raise StaleError("Có người vừa sửa dòng nhật ký này.", current=row)
    row.version += 1
    _write(row, mo_hinh, ngay, viec, nguoi_lam, ket_qua, by)
    record(by=by, hanh_dong="nhat_ky_mo_hinh.update", target=mo_hinh, ngay=ngay)
    return row


@transaction.atomic
def delete_nhat_ky(*, nhat_ky: NhatKyMoHinh, by) -> None:
    """Take a line away with its photos."""
    row = NhatKyMoHinh.objects.filter(pk=nhat_ky.pk).select_related("mo_hinh").first()
    if row is None:
        return  # somebody was faster
    record(by=by, hanh_dong="nhat_ky_mo_hinh.delete", target=row.mo_hinh, ngay=row.ngay)
    row.delete()


def _write(row: NhatKyMoHinh, mo_hinh: MoHinh, ngay, viec, nguoi_lam, ket_qua, by) -> None:
    if not clean(viec):
        raise RuleError("Ghi việc đã làm.", field="viec")
    check_ngay_nhat_ky(mo_hinh.tu_ngay, mo_hinh.den_ngay, ngay, today())
    row.ngay, row.viec, row.nguoi_lam = ngay, clean(viec), clean(nguoi_lam)
    row.ket_qua, row.ghi_boi = ket_qua.strip(), by
    row.save()
