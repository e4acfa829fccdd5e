"""What changes the tree of units. Each function is one transaction."""

from django.db import transaction

from core.errors import RuleError
from tochuc.audit import record
from tochuc.models import CapDonVi, DonVi, LichSuDonVi, LoaiDonVi
from tochuc.quy_dinh import LUON_LUON


@transaction.atomic
def create_don_vi(
    *, cap: str, loai: str, ten: str, ma: str, cap_tren: DonVi | None, by, **fields
) -> DonVi:
    """Add a unit under `cap_tren` (None: at the top) and open its history.

    Refused when the code is taken or the level is not below the one above it.
    """
    if DonVi.objects.filter(ma=ma).exists():
        raise RuleError(f"Mã «{ma}» đã có đơn vị dùng. Chọn mã khác.", field="ma")
    check_cap(cap, cap_tren)
    don_vi = DonVi(cap=cap, loai=LoaiDonVi(loai), ma=ma, **fields)
    don_vi.set_ten(ten)
    if cap_tren:
        DonVi.objects.add_child(cap_tren, instance=don_vi)
    else:
        DonVi.objects.add_root(instance=don_vi)
    LichSuDonVi.objects.create(
        don_vi=don_vi, ten=don_vi.ten, cap_tren=cap_tren, tu_ngay=don_vi.thanh_lap or LUON_LUON
    )
    record(by=by, hanh_dong="don_vi.create", target=don_vi, ma=ma)
    return don_vi


def check_cap(cap: str, cap_tren: DonVi | None) -> None:
    """Refuse a level that is not below the one above it."""
    thu_tu = list(CapDonVi)
    if cap_tren and thu_tu.index(CapDonVi(cap)) <= thu_tu.index(CapDonVi(cap_tren.cap)):
        raise RuleError(f"Cấp này không thể đứng dưới {cap_tren}.", field="cap")
