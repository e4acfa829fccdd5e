"""Yearly decisions on branches, written down as they were taken."""

from collections.abc import Iterable

from django.db import transaction

from baocao.models import XepLoaiChiDoan
from core.errors import RuleError
from tochuc.audit import record
from tochuc.models import DonVi


@transaction.atomic
def record_xep_loai_chi_doan(
    *, rows: Iterable[XepLoaiChiDoan], don_vi: DonVi, by
) -> list[XepLoaiChiDoan]:
    """Enter the decisions of a unit on the branches below it; one audit line for all.

    Refused when a level does not belong to the scale of its decision. The database refuses
    a second decision on a branch for the same year.
    """
    rows = list(rows)
    levels = {
        XepLoaiChiDoan.Thang.CU: XepLoaiChiDoan.MUC_CU,
        XepLoaiChiDoan.Thang.HD33: XepLoaiChiDoan.MUC_HD33,
    }
    for row in rows:
        if row.muc not in levels[row.thang]:
            raise RuleError(f"{row.chi_doan}: mức này không thuộc thang đã chọn.", field="muc")
    XepLoaiChiDoan.objects.bulk_create(rows)
    record(by=by, hanh_dong="xep_loai_chi_doan.record", target=don_vi, so_chi_doan=len(rows))
    return rows
