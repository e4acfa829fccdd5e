"""Begin a batch, call it off, go on with what is left."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from core.errors import RuleError
from tochuc.audit import record
from tochuc.permissions import Quyen, who_may
from tochuc.viec_nen import start
from tudưong.models import DongIn, DotIn, HoSo

from .viec import in_dot

TOI_DA = 100


@transaction.atomic
def create_dot_in(*, ho_so: Sequence[HoSo], ma_gui: UUID, by) -> DotIn:
    """Print the dossiers of these cases of one ward; the same `ma_gui` is the same batch.

    Refused: none or too many, cases of two wards, without the right to sign them.
    """
    if not ho_so:
        raise RuleError("Chọn ít nhất một hồ sơ để in.")
    if len(ho_so) > TOI_DA:
        raise RuleError(f"Mỗi đợt in tối đa {TOI_DA} hồ sơ. Chọn bớt, in phần còn lại sau.")
    if len({row.don_vi_id for row in ho_so}) > 1:
        raise RuleError("Mỗi đợt chỉ in hồ sơ của một Đoàn cơ sở.")
    don_vi = ho_so[0].don_vi
    if not all(by.may(Quyen.KY_HO_SO, row.don_vi) for row in ho_so):
        raise PermissionDenied(who_may(Quyen.KY_HO_SO))
    dot, is_new = DotIn.objects.get_or_create(ma_gui=ma_gui, nguoi=by, defaults={"don_vi": don_vi})
    if is_new:
        DongIn.objects.bulk_create(
            DongIn(dot=dot, ho_so=row, thu_tu=number) for number, row in enumerate(ho_so, start=1)
        )
        record(by=by, hanh_dong="dot_in.create", target=dot, so_dong=len(ho_so))
        _start(dot, by)
    return dot


@transaction.atomic
def continue_dot_in(*, dot: DotIn, by) -> DotIn:
    """Print what failed, was called off or has not had its turn; nothing while it is printing."""
    dot = _lock(dot)
    if dot.is_dang_in:
        return dot
    left = dot.dong.con_lai()
    if not left.update(trang_thai=DongIn.TrangThai.CHO, ly_do=""):
        raise RuleError("Đợt này đã in xong tất cả.")
    dot.huy_luc = None
    dot.save(update_fields=["huy_luc"])
    record(by=by, hanh_dong="dot_in.continue", target=dot, so_dong=left.count())
    _start(dot, by)
    return dot


@transaction.atomic
def cancel_dot_in(*, dot: DotIn, by) -> None:
    """No further dossier is printed; what is issued stays issued."""
    dot = _lock(dot)
    if not dot.dong.cho().exists():
        raise RuleError("Đợt in này không còn bộ nào chờ in.")
    dot.huy_luc = timezone.now()
    dot.save(update_fields=["huy_luc"])
    if not dot.is_dang_in:
        dot.dong.cho().update(trang_thai=DongIn.TrangThai.HUY)
    record(by=by, hanh_dong="dot_in.cancel", target=dot)


def _lock(dot: DotIn) -> DotIn:
    return (
        DotIn.objects.select_for_update(of=("self",))
        .select_related("cong_viec", "don_vi")
        .get(pk=dot.pk)
    )


def _start(dot: DotIn, by) -> None:
    tham_so = {"dot": dot.pk}
    ten = f"In {dot.dong.count()} bộ hồ sơ giới thiệu"
    dot.cong_viec = start(in_dot, ten=ten, don_vi=dot.don_vi, by=by, tham_so=tham_so)
    dot.save(update_fields=["cong_viec"])
