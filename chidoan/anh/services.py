"""Keeping, describing and throwing away photos."""

import logging
import shutil
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from chidoan.models import Anh
from chidoan.models.anh import AnhVeLai
from core.errors import RuleError
from core.periods import today
from doanvien.nhap_thay import is_nhap_thay
from tochuc.audit import record
from tochuc.models import DonVi

from .queries import don_vi_cua
from .tep import TepAnh, read_anh

MB = 1024 * 1024
log = logging.getLogger(__name__)


def add_anh(*, viec, tep: bytes, client_id: UUID, by, chu_thich: str = "", **kieu) -> AnhVeLai:
    """Keep a photo of a meeting, an activity, a visit …, drawn anew; `kieu` as of the model.

    The same `client_id` never makes a second photo: sent again it gives back the first one.
    Refused: what is no sane picture, more than a meeting or a year may have, a full disk.
    The picture is drawn before anything is locked: nobody waits for it.
    """
    earlier = _sent_before(client_id, viec)
    if earlier:
        return earlier
    _check_room(viec, kieu)
    anh = viec.anh.model(client_id=client_id, chu_thich=chu_thich, them_boi=by, **kieu)
    return _keep(viec, anh, read_anh(tep))


@transaction.atomic
def _keep(viec, anh: AnhVeLai, drawn: TepAnh) -> AnhVeLai:
    """The unit is locked: the same photo may come twice at once, and others beside it."""
    don_vi = DonVi.objects.select_for_update(of=("self",)).get(pk=don_vi_cua(viec).pk)
    if not type(viec).objects.select_for_update(of=("self",)).filter(pk=viec.pk).exists():
        raise RuleError(f"{_capitalised(viec)} này vừa bị xóa nên không thêm ảnh được nữa.")
    earlier = _sent_before(anh.client_id, viec)
    if earlier:
        return earlier
    _check_room(viec, anh.kieu, drawn)
    khoa = viec.anh.field.name
    anh.don_vi = don_vi
    setattr(anh, khoa, viec)
    anh.tep, anh.tep_nho, anh.rong, anh.cao = drawn.tep, drawn.tep_nho, drawn.rong, drawn.cao
    anh.so_byte = len(drawn.tep) + len(drawn.tep_nho)
    anh.save()
    record(
        by=anh.them_boi,
        hanh_dong="anh.add",
        target=anh,
        nhap_thay=is_nhap_thay(anh.them_boi, don_vi.pk),
        **anh.kieu,
        **{khoa: viec.pk},
    )
    return anh


@transaction.atomic
def update_anh(*, anh: AnhVeLai, chu_thich: str, by) -> AnhVeLai:
    """Change what stands below a photo."""
    row = _rows(anh).select_for_update(of=("self",)).get(pk=anh.pk)
    if row.chu_thich != chu_thich:
        row.chu_thich = chu_thich
        row.save(update_fields=["chu_thich"])
        record(by=by, hanh_dong="anh.update", target=row, truong=["chu_thich"])
    return row


@transaction.atomic
def delete_anh(*, anh: AnhVeLai, by) -> None:
    """Throw a photo away; nothing of it is left but the line that says so."""
    row = _rows(anh).select_for_update(of=("self",)).filter(pk=anh.pk).first()
    if row is None:
        return  # somebody was faster
    belongs = {row.khoa: getattr(row, f"{row.khoa}_id")}
    record(by=by, hanh_dong="anh.delete", target=row, **row.kieu, **belongs)
    row.delete()


def _rows(anh: AnhVeLai):
    return type(anh).objects.khong_tep()


def _sent_before(client_id: UUID, viec) -> AnhVeLai | None:
    earlier = viec.anh.model.objects.khong_tep().filter(client_id=client_id).first()
    if earlier and getattr(earlier, f"{viec.anh.field.name}_id") != viec.pk:
        raise RuleError("Ảnh này đã gửi cho buổi khác. Tải lại trang rồi chọn lại ảnh.")
    return earlier


def _check_room(viec, kieu: dict[str, str], drawn: TepAnh | None = None) -> None:
    """Room in the meeting, in the unit's year and on the disk. Two queries."""
    allowed = settings.PHOTOS_PER_EVENT
    if viec.anh.filter(**kieu).count() >= allowed:
        what = "ảnh phiếu" if kieu.get("loai") == Anh.Loai.PHIEU_GIAY else "ảnh"
        raise RuleError(
            f"{_capitalised(viec)} này đã đủ {allowed} {what}. Xóa bớt ảnh cũ rồi thêm lại.",
            field="tep",
        )
    year = viec.anh.model.objects.filter(don_vi=don_vi_cua(viec), them_luc__year=today().year)
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


def _capitalised(viec) -> str:
    return viec._meta.verbose_name.capitalize()
