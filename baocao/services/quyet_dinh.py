"""Yearly decisions on branches, written down as they were taken."""

from collections.abc import Iterable

from django.db import transaction

from baocao.models import XepLoaiChiDoan
from chidoan.xep_loai.giay_to import issue_quyet_dinh
from core.errors import RuleError
from doanvien.models import QuyetDinhXepLoai
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


@transaction.atomic
def record_muc_theo_quyet_dinh(
    *, quyet_dinh: QuyetDinhXepLoai, muc: dict[DonVi, str], by
) -> list[XepLoaiChiDoan]:
    """Let a decision on members recognise the levels of their branches too.

    Its paper is issued anew under the same number. Refused for a cancelled decision, without
    a branch, and for one that is not in it or has a level of the year already.
    """
    decision = QuyetDinhXepLoai.objects.select_for_update(of=("self",)).get(pk=quyet_dinh.pk)
    if decision.is_huy:
        raise RuleError("Quyết định này đã hủy.")
    if not muc:
        raise RuleError("Chưa chi đoàn nào đủ dữ liệu để xếp loại.")
    theirs = decision.chi_doan_ids()
    decided = XepLoaiChiDoan.objects.filter(nam=decision.nam, chi_doan__in=theirs)
    taken = set(decided.values_list("chi_doan_id", flat=True))
    for branch in muc:
        if branch.pk not in theirs or branch.pk in taken:
            raise RuleError(f"{branch} không có trong quyết định, hoặc đã được xếp loại.")
    rows = record_xep_loai_chi_doan(
        rows=[
            XepLoaiChiDoan(
                chi_doan=branch,
                nam=decision.nam,
                thang=XepLoaiChiDoan.Thang.HD33,
                muc=level,
                so_quyet_dinh=decision.so_ky_hieu,
                ngay=decision.ngay,
            )
            for branch, level in muc.items()
        ],
        don_vi=decision.don_vi,
        by=by,
    )
    issue_quyet_dinh(quyet_dinh=decision, by=by)
    return rows
