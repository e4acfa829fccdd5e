"""The living checklist of a dossier."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errors import RuleError
from tochuc.audit import record
from tochuc.permissions import Quyen, who_may
from tochuc.quy_dinh import gia_tri
from tochuc.quy_trinh import check_da_den
from tochuc.van_ban import void
from tudưong.models import GiayTo, HoSo
from tudưong.thang import add_months

_HIEU_LUC = {
    GiayTo.Loai.CHUNG_NHAN: "hieu_luc_chung_nhan",
    GiayTo.Loai.NQ_BCH: "hieu_luc_nghi_quyet",
}


DA_BAN_HANH = frozenset({"tinh_trang", "so", "ngay"})
"""What an issued paper says of itself."""


@transaction.atomic
def update_giay_to(*, giay_to: GiayTo, by, **changes) -> GiayTo:
    """Note how a paper stands: its state, number, day, a remark.

    The day until which it is valid follows from the day of the paper and the setting in
    months, where there is one. Refused: a day to come, a closed case, an issued paper.
    """
    current = (
        GiayTo.objects.select_for_update(of=("self",))
        .select_related("ho_so__don_vi")
        .get(pk=giay_to.pk)
    )
    if not by.may(Quyen.LAP_HO_SO, current.ho_so.don_vi):
        raise PermissionDenied(who_may(Quyen.LAP_HO_SO))
    if not current.ho_so.is_dang_mo:
        raise RuleError("Hồ sơ đã kết thúc, danh mục giấy tờ không sửa được nữa.")
    if current.van_ban_id and not DA_BAN_HANH.isdisjoint(changes):
        raise RuleError("Giấy đã ban hành: tình trạng, số và ngày lấy theo bản ban hành.")
    for field, value in changes.items():
        setattr(current, field, value)
    if current.ngay:
        check_da_den(current.ngay)
    current.hieu_luc_den = valid_until(current)
    current.save()
    record(
        by=by,
        hanh_dong="giay_to.update",
        target=current.ho_so,
        loai=current.loai,
        tinh_trang=current.tinh_trang,
    )
    return current


def mark_signed(ho_so: HoSo, loai: Iterable[str], ngay: date) -> None:
    """A step of the case brings papers that were signed on that day."""
    for giay_to in GiayTo.objects.filter(ho_so=ho_so, loai__in=loai).select_related(
        "ho_so__don_vi"
    ):
        giay_to.tinh_trang, giay_to.ngay = GiayTo.TinhTrang.DA_KY, ngay
        giay_to.hieu_luc_den = valid_until(giay_to)
        giay_to.save(update_fields=["tinh_trang", "ngay", "hieu_luc_den"])


def take_back(ho_so: HoSo, loai: Iterable[str], *, ly_do: str, by) -> None:
    """Papers of a step that is done again count no more: those issued are void, lines wait.

    Minutes that tell of other cases too stand for those.
    """
    rows = GiayTo.objects.select_related("van_ban").defer("van_ban__tep")
    for giay_to in rows.filter(ho_so=ho_so, loai__in=loai):
        if giay_to.van_ban and giay_to.van_ban.huy_luc is None and not _is_shared(giay_to):
            void(van_ban=giay_to.van_ban, ly_do=ly_do, by=by)
        giay_to.van_ban, giay_to.so = None, ""
        giay_to.tinh_trang, giay_to.ngay = GiayTo.TinhTrang.CHUA_CO, None
        giay_to.save(update_fields=["van_ban", "so", "tinh_trang", "ngay"])


def _is_shared(giay_to: GiayTo) -> bool:
    return GiayTo.objects.filter(van_ban=giay_to.van_ban).exclude(pk=giay_to.pk).exists()


def valid_until(giay_to: GiayTo) -> date | None:
    """The last day on which the paper counts; None when it does not run out."""
    if giay_to.loai not in _HIEU_LUC or not giay_to.ngay:
        return None
    thang = gia_tri(_HIEU_LUC[giay_to.loai], ngay=giay_to.ngay, don_vi=giay_to.ho_so.don_vi)
    return add_months(giay_to.ngay, int(thang))
