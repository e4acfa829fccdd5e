"""What changes the dated settings."""

from datetime import date

from django.db import transaction

from core.errors import RuleError
from core.periods import today
from tochuc.audit import record
from tochuc.gia_tri import read_gia_tri
from tochuc.models import DonVi, QuyDinh
from tochuc.permissions import Quyen
from tochuc.quy_dinh import KHOA


@transaction.atomic
def set_quy_dinh(
    *, ma: str, don_vi: DonVi, tu_ngay: date, gia_tri: str, can_cu: str, by
) -> QuyDinh:
    """Let a setting have another value from a day on, for a unit and all below it.

    Refused without the paper it rests on, for a value that is not of its kind, without the
    right at that unit, and for a day that is past and has a value already. A value of today
    or later that was mistyped is replaced; the audit line keeps what stood there.
    """
    if by is not None and not by.may(Quyen.SUA_QUY_DINH, don_vi):
        raise RuleError(f"Đặt quy định cho {don_vi} là việc của cấp trên.", field="don_vi")
    if not can_cu.strip():
        raise RuleError("Ghi căn cứ: số, ngày của văn bản.", field="can_cu")
    value = read_gia_tri(KHOA[ma], gia_tri)
    DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi.pk)
    row = QuyDinh.objects.filter(ma=ma, don_vi=don_vi, tu_ngay=tu_ngay).first()
    if row and tu_ngay < today():
        raise RuleError(
            f"Ngày {tu_ngay:%d/%m/%Y} đã có một giá trị. Chọn ngày khác.", field="tu_ngay"
        )
    truoc = row.gia_tri if row else None
    row = row or QuyDinh(ma=ma, don_vi=don_vi, tu_ngay=tu_ngay)
    row.gia_tri, row.can_cu = value, can_cu.strip()
    row.save()
    record(
        by=by,
        hanh_dong="quy_dinh.set",
        target=row,
        ma=ma,
        truoc=truoc,
        gia_tri=value,
        tu_ngay=tu_ngay,
    )
    return row
