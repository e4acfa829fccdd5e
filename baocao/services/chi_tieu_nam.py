"""The yearly targets of a unit."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from baocao.chi_tieu import THEO_MA
from baocao.models import ChiTieuNam
from core.errors import RuleError
from tochuc.audit import record
from tochuc.models import DonVi


@transaction.atomic
def set_chi_tieu_nam(*, don_vi: DonVi, nam: int, gia_tri: Mapping[str, Decimal | None], by) -> int:
    """Set the unit's targets of a year; None takes one back. Returns how many changed.

    Refused for a number below zero.
    """
    DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi.pk)
    current = dict(ChiTieuNam.objects.filter(don_vi=don_vi, nam=nam).values_list("ma", "gia_tri"))
    changed = {ma: value for ma, value in gia_tri.items() if value != current.get(ma)}
    for ma, value in changed.items():
        if value is not None and value < 0:
            raise RuleError(f"«{THEO_MA[ma].ten}» không thể là số âm.", field=ma)
        rows = ChiTieuNam.objects.filter(don_vi=don_vi, nam=nam, ma=ma)
        if value is None:
            rows.delete()
        else:
            rows.update_or_create(don_vi=don_vi, nam=nam, ma=ma, defaults={"gia_tri": value})
    if changed:
        record(
            by=by, hanh_dong="chi_tieu_nam.set", target=don_vi, nam=nam, chi_tieu=sorted(changed)
        )
    return len(changed)
