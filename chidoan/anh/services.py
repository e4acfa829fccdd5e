"""Keeping, describing and throwing away photos."""

import logging
import shutil
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from chidoan.models import Anh
from chidoan.models.anh import KHOA, ten_khoa
from core.errors import RuleError
from core.periods import today
from doanvien.nhap_thay import is_nhap_thay
from tochuc.audit import record
from tochuc.models import DonVi

from .queries import Viec, don_vi_cua
from .tep import TepAnh, read_anh

MB = 1024 * 1024
log = logging.getLogger(__name__)


def add_anh(
    *, viec: Viec, tep: bytes, client_id: UUID, by, loai: str = Anh.Loai.ANH, chu_thich: str = ""
) -> Anh:
    """Keep a photo of a meeting, an activity, a visit …, drawn anew.

    The same `client_id` never makes a second photo: sent again it gives back the first one.
    Refused: what is no sane picture, more than a meeting or a year may have, a full disk.
    The picture is drawn before anything is locked: nobody waits for it.
    """
    earlier = _sent_before(client_id, viec)
    if earlier:
        return earlier
    _check_room(viec, loai)
    return _keep(viec, read_anh(tep), client_id=client_id, loai=loai, chu_thich=chu_thich, by=by)


@transaction.atomic
def _keep(viec: Viec, drawn: TepAnh, *, client_id: UUID, loai: str, chu_thich: str, by) -> Anh:
    """The unit is locked: the same photo may come twice at once, and others beside it."""
    don_vi = DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi_cua(viec).pk)
    if not type(viec).objects.select_for_update(of=("self",)).filter(pk=viec.pk).exists():
        raise RuleError(f"{_capitalised(viec)} này vừa bị xóa nên không thêm ảnh được nữa.")
    earlier = _sent_before(client_id, viec)
    if earlier:
        return earlier
    _check_room(viec, loai, drawn)
    anh = Anh(don_vi=don_vi, loai=loai, chu_thich=chu_thich, client_id=client_id, them_boi=by)
    setattr(anh, ten_khoa(viec), viec)
    anh.tep, anh.tep_nho, anh.rong, anh.cao = drawn.tep, drawn.tep_nho, drawn.rong, drawn.cao
    anh.so_byte = len(drawn.tep) + len(drawn.tep_nho)
    anh.save()
    record(
        by=by,
        hanh_dong="anh.add",
        target=anh,
        loai=loai,
        nhap_thay=is_nhap_thay(by, don_vi.pk),
        **{ten_khoa(viec): viec.pk},
    )
    return anh


@transaction.atomic
def update_anh(*, anh: Anh, chu_thich: str, by) -> Anh:
    """Change what stands below a photo."""
    row = Anh.objects.khong_tep().select_for_update(of=("self",)).get(pk=anh.pk)
    if row.chu_thich != chu_thich:
        row.chu_thich = chu_thich
        row.save(update_fields=["chu_thich"])
        record(by=by, hanh_dong="anh.update", target=row, truong=["chu_thich"])
    return row


@transaction.atomic
def delete_anh(*, anh: Anh, by) -> None:
    """Throw a photo away; nothing of it is left but the line that says so."""
    row = Anh.objects.khong_tep().select_for_update(of=("self",)).filter(pk=anh.pk).first()
    if row is None:
        return  # somebody was faster
    belongs = {khoa: so for khoa in KHOA.values() if (so := getattr(row, f"{khoa}_id"))}
    record(by=by, hanh_dong="anh.delete", target=row, loai=row.loai, **belongs)
    row.delete()


def _sent_before(client_id: UUID, viec: Viec) -> Anh | None:
    earlier = Anh.objects.khong_tep().filter(client_id=client_id).first()
    if earlier and getattr(earlier, f"{ten_khoa(viec)}_id") != viec.pk:
        raise RuleError("Ảnh này đã gửi cho buổi khác. Tải lại trang rồi chọn lại ảnh.")
    return earlier


def _check_room(viec: Viec, loai: str, drawn: TepAnh | None = None) -> None:
    """Room in the meeting, in the unit's year and on the disk. Two queries."""
    allowed = settings.PHOTOS_PER_EVENT
    if Anh.objects.cua(viec).filter(loai=loai).count() >= allowed:
        what = "ảnh" if loai == Anh.Loai.ANH else "ảnh phiếu"
        raise RuleError(
            f"{_capitalised(viec)} này đã đủ {allowed} {what}. Xóa bớt ảnh cũ rồi thêm lại.",
            field="tep",
        )
    year = Anh.objects.filter(don_vi=don_vi_cua(viec), them_luc__year=today().year)
    used = year.aggregate(tong=Sum("so_byte"))["tong"] or 0
    size = len(drawn.tep) + len(drawn.tep_nho) if drawn else 0
    if used + size > settings.PHOTO_MB_PER_YEAR * MB:
        raise RuleError(
            f"Ảnh trong năm {today().year} của đơn vị đã đủ {settings.PHOTO_MB_PER_YEAR} MB. "
            "Xóa bớt ảnh cũ rồi thêm lại.",
            field="tep",
        )
    if shutil.disk_usage(settings.DATA_DIR).free < settings.PHOTO_MIN_FREE_MB * MB:
        log.error("No photo is taken: less than %s MB are free", settings.PHOTO_MIN_FREE_MB)
        raise RuleError(
            "Máy chủ sắp hết chỗ nên tạm không nhận ảnh; mọi việc khác vẫn ghi được. "
            "Báo người quản trị hệ thống.",
            field="tep",
        )


def _capitalised(viec: Viec) -> str:
    return viec._meta.verbose_name.capitalize()
