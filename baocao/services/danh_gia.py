"""The ward's assessment of a branch, criterion by criterion."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from baocao.cham_diem import BoLuat, luat_hieu_luc
from baocao.cham_diem.luat import LuatTieuChi
from baocao.models import BoTieuChi, DanhGiaTieuChi
from baocao.xep_loai import Muc
from core.errors import RuleError
from core.periods import KyBaoCao, today
from tochuc.audit import record
from tochuc.models import DonVi


@transaction.atomic
def assess_chi_doan(
    *, chi_doan: DonVi, nam: int, danh_gia: Mapping[str, tuple[str, str]], ngay: date, by
) -> int:
    """Add the ward's findings of a year: {criterion: (level, evidence)}; return how many.

    What equals the latest finding adds nothing. Refused without evidence, for a level that
    the criterion does not have, and for a year or a day to come.
    """
    DonVi.objects.select_for_update(of=("self",)).get(pk=chi_doan.pk)
    criteria = bo_danh_gia(chi_doan, nam)
    if criteria is None:
        raise RuleError(f"Năm {nam} không đánh giá từng tiêu chí theo mức.")
    if nam > today().year or ngay > today():
        raise RuleError("Ngày đánh giá không thể sau hôm nay.", field="ngay")
    allowed = {item.ma: item for item in criteria.danh_gia}
    latest = latest_findings(chi_doan, nam)
    rows = [
        _finding(allowed, ma, muc, minh_chung)
        for ma, (muc, minh_chung) in danh_gia.items()
        if latest.get(ma) != (muc, minh_chung.strip())
    ]
    for row in rows:
        row.chi_doan, row.nam, row.ngay, row.by = chi_doan, nam, ngay, by
    DanhGiaTieuChi.objects.bulk_create(rows)
    if rows:
        record(
            by=by,
            hanh_dong="chi_doan.assess",
            target=chi_doan,
            nam=nam,
            tieu_chi=[row.tieu_chi for row in rows],
        )
    return len(rows)


def bo_danh_gia(chi_doan: DonVi, nam: int) -> BoLuat | None:
    """The set whose levels the ward assesses in a year: none before 2019, nor where points are
    scored in rounds. One query."""
    luat = luat_hieu_luc(BoTieuChi.DoiTuong.CHI_DOAN, KyBaoCao(nam), chi_doan)
    return None if luat is None or luat.is_diem else luat


def latest_findings(chi_doan: DonVi, nam: int) -> dict[str, tuple[str, str]]:
    rows = DanhGiaTieuChi.objects.filter(chi_doan=chi_doan, nam=nam).order_by("ngay", "pk")
    return {row.tieu_chi: (row.muc, row.minh_chung) for row in rows}


def _finding(
    allowed: Mapping[str, LuatTieuChi], ma: str, muc: str, minh_chung: str
) -> DanhGiaTieuChi:
    criterion = allowed.get(ma)
    if criterion is None:
        raise RuleError("Tiêu chí này do hệ thống tính, không đánh giá tay.", field=ma)
    if muc not in [level.name.lower() for level in Muc if criterion.yeu_cau(level)]:
        raise RuleError(f"«{criterion.ten}» không có mức này.", field=f"muc_{ma}")
    if not minh_chung.strip():
        raise RuleError(f"Ghi minh chứng của «{criterion.ten}».", field=f"minh_chung_{ma}")
    return DanhGiaTieuChi(tieu_chi=ma, muc=muc, minh_chung=minh_chung.strip())
