"""What a unit records about its advice. Each function is one action and one transaction."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.models import ThamMuu
from core.errors import RuleError, StaleError
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import check_da_den, check_ngay_sau

GHI = Quyen.GHI_THAM_MUU
HAN = "han_tra_loi_tham_muu"
"""The setting: after so many days silence is a duty."""
KQ = ThamMuu.KetQua


def may_write(don_vi: DonVi, by) -> bool:
    """Whether the person writes for that unit: an office above it acts for nobody."""
    return by.may_at(GHI, don_vi)


def im_lang_truoc(day: date, so_ngay: int) -> date:
    """Sent on this day or earlier and unanswered: silent past the term."""
    return day - timedelta(days=int(so_ngay) + 1)


@transaction.atomic
def create_tham_muu(*, don_vi: DonVi, by, **fields) -> ThamMuu:
    """Record what was proposed to whom; refused without a subject, on a day to come, to an
    agency that is not named, and when the same is on record (a form sent twice)."""
    DonVi.objects.select_for_update(of=("self",), no_key=True).get(pk=don_vi.pk)
    if not may_write(don_vi, by):
        raise PermissionDenied(who_may(GHI))
    row = ThamMuu(don_vi=don_vi, ghi_boi=by)
    _set(row, fields)
    names = ("don_vi", "noi_dung", "noi_nhan", "ten_noi_nhan", "ngay", "so_van_ban")
    if ThamMuu.objects.filter(**{name: getattr(row, name) for name in names}).exists():
        raise RuleError("Nội dung này đã được ghi.", field="noi_dung")
    row.save()
    record(by=by, hanh_dong="tham_muu.create", target=row, loai=row.noi_nhan)
    return row


@transaction.atomic
def update_tham_muu(*, tham_muu: ThamMuu, version: int, by, **fields) -> ThamMuu:
    """Correct subject, addressee, day and paper; the answer has a form of its own."""
    current = _lock(tham_muu, by, version)
    _set(current, fields)
    if current.ngay_tra_loi and current.ngay_tra_loi < current.ngay:
        raise RuleError("Ngày gửi phải từ ngày trả lời trở về trước.", field="ngay")
    current.version += 1
    current.save()
    record(by=by, hanh_dong="tham_muu.update", target=current)
    return current


@transaction.atomic
def answer_tham_muu(
    *,
    tham_muu: ThamMuu,
    version: int,
    ket_qua: str,
    by,
    ngay_tra_loi: date | None = None,
    kinh_phi: int | None = None,
    chu_truong: str = "",
    **fields,
) -> ThamMuu:
    """What came of it; an answer may be put right, or taken back to "đã gửi".

    Refused: an answer without its day or before the advice was sent, money or a policy without
    an acceptance. `fields` may hold `so_tra_loi` and `ly_do`.
    """
    current = _lock(tham_muu, by, version)
    waits = ket_qua in ThamMuu.CHO_TRA_LOI
    if waits:
        ngay_tra_loi = None
    elif ngay_tra_loi is None:
        raise RuleError("Ghi ngày trả lời.", field="ngay_tra_loi")
    else:
        check_ngay_sau(ngay_tra_loi, current.ngay, field="ngay_tra_loi")
    if ket_qua not in ThamMuu.CHAP_THUAN and (kinh_phi or chu_truong.strip()):
        raise RuleError("Kinh phí, chủ trương chỉ ghi khi được chấp thuận.", field="ket_qua")
    current.ket_qua, current.ngay_tra_loi = ket_qua, ngay_tra_loi
    current.kinh_phi, current.chu_truong = kinh_phi, chu_truong.strip()
    current.so_tra_loi = "" if waits else fields.get("so_tra_loi", "").strip()
    current.ly_do = fields.get("ly_do", "").strip()
    current.version += 1
    current.save()
    record(by=by, hanh_dong="tham_muu.answer", target=current, sau=ket_qua)
    return current


@transaction.atomic
def delete_tham_muu(*, tham_muu: ThamMuu, by) -> None:
    """Take back what was entered by mistake; refused once it is answered."""
    current = _lock(tham_muu, by)
    if not current.is_cho_tra_loi:
        raise RuleError("Nội dung này đã có trả lời nên không xóa được.")
    record(by=by, hanh_dong="tham_muu.delete", target=current)
    current.delete()


def _lock(tham_muu: ThamMuu, by, version: int | None = None) -> ThamMuu:
    rows = ThamMuu.objects.select_for_update(of=("self",)).select_related("don_vi")
    current = rows.get(pk=tham_muu.pk)
    if not may_write(current.don_vi, by):
        raise PermissionDenied(who_may(GHI))
    if version is not None and version != current.version:
        raise StaleError("Có người vừa sửa mục này. Xem lại trước khi lưu.", current=current)
    return current


def _set(row: ThamMuu, fields: Mapping) -> None:
    noi_dung, ten = fields["noi_dung"].strip(), fields.get("ten_noi_nhan", "").strip()
    if not noi_dung:
        raise RuleError("Ghi nội dung tham mưu.", field="noi_dung")
    if fields["noi_nhan"] == ThamMuu.NoiNhan.KHAC and not ten:
        raise RuleError("Ghi tên cơ quan nhận.", field="ten_noi_nhan")
    check_da_den(fields["ngay"])
    row.set_noi_dung(noi_dung)
    row.noi_nhan, row.ten_noi_nhan, row.ngay = fields["noi_nhan"], ten, fields["ngay"]
    row.van_ban = fields.get("van_ban")
    number = fields.get("so_van_ban", "").strip()
    row.so_van_ban = row.van_ban.so_ky_hieu if row.van_ban else number
