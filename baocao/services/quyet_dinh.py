"""Yearly decisions on branches, written down as they were taken."""

from collections.abc import Iterable

from django.db import transaction

from baocao.models import XepLoaiDonVi
from chidoan.xep_loai.giay_to import issue_quyet_dinh
from core.errors import RuleError
from doanvien.models import QuyetDinhXepLoai
from tochuc.audit import record
from tochuc.models import DonVi


@transaction.atomic
def record_xep_loai_chi_doan(
    *, rows: Iterable[XepLoaiDonVi], don_vi: DonVi, by
) -> list[XepLoaiDonVi]:
    """Enter the decisions of a unit on the branches below it; one audit line for all.

    Refused when a level does not belong to the scale of its decision. The database refuses
    a second decision on a branch for the same year.
    """
    rows = list(rows)
    levels = {
        XepLoaiDonVi.Thang.CU: XepLoaiDonVi.MUC_CU,
        XepLoaiDonVi.Thang.HD33: XepLoaiDonVi.MUC_HD33,
    }
    for row in rows:
        if row.muc not in levels[row.thang]:
            raise RuleError(f"{row.don_vi}: mức này không thuộc thang đã chọn.", field="muc")
    XepLoaiDonVi.objects.bulk_create(rows)
    record(by=by, hanh_dong="xep_loai_chi_doan.record", target=don_vi, so_chi_doan=len(rows))
    return rows


@transaction.atomic
def record_muc_theo_quyet_dinh(
    *, quyet_dinh: QuyetDinhXepLoai, muc: dict[DonVi, str], by
) -> list[XepLoaiDonVi]:
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
    decided = XepLoaiDonVi.objects.filter(nam=decision.nam, don_vi__in=theirs).cua_chi_doan()
    taken = set(decided.values_list("don_vi_id", flat=True))
    for branch in muc:
        if branch.pk not in theirs or branch.pk in taken:
            raise RuleError(f"{branch} không có trong quyết định, hoặc đã được xếp loại.")
    rows = record_xep_loai_chi_doan(
        rows=[
            XepLoaiDonVi(
                don_vi=branch,
                nam=decision.nam,
                thang=XepLoaiDonVi.Thang.HD33,
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
