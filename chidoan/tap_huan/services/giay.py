"""Certificates: one for each who passed, with a number of the unit's register."""

from django.db import transaction

from chidoan.models import HocVien
from chidoan.tap_huan.giay_to import CHUNG_NHAN, issue_chung_nhan
from core.errors import RuleError
from tochuc.models import VanBan
from tochuc.van_ban import void

from .khoa import check_cap_giay, lock_lop


@transaction.atomic
def cap_giay(*, hoc_vien: HocVien, by) -> VanBan:
    """The certificate of one participant; given already, it stays what it is.

    Refused before the class is finished and for who did not pass.
    """
    lop = lock_lop(hoc_vien.lop)
    check_cap_giay(lop, by)
    row = lop.hoc_vien.select_for_update(of=("self",)).get(pk=hoc_vien.pk)
    if not lop.is_xong:
        raise RuleError("Kết thúc lớp trước, rồi mới cấp giấy chứng nhận.")
    if not row.is_dat:
        raise RuleError(f"{row} chưa đạt, không cấp giấy chứng nhận.")
    row.lop = lop
    return issue_chung_nhan(hoc_vien=row, by=by)


@transaction.atomic
def huy_giay(*, hoc_vien: HocVien, ly_do: str, by) -> None:
    """Declare a certificate void: number and bytes stay on record, checking it says so.

    A new one for the same person takes a number of its own. Refused without a reason, and when
    none was given.
    """
    lop = lock_lop(hoc_vien.lop)
    check_cap_giay(lop, by)
    paper = VanBan.objects.issued(hoc_vien, CHUNG_NHAN)
    if paper is None:
        raise RuleError("Đồng chí này chưa có giấy chứng nhận còn hiệu lực.")
    void(van_ban=paper, ly_do=ly_do, by=by)
