"""A concrete task: given, corrected, noted how far it is; it is judged in `danh_gia`."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError
from core.periods import today
from tochuc.audit import record
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import check_da_den
from tudưong.models import NhiemVu, ThanhVienTo, TienDoNhiemVu, ToTuDuong
from tudưong.quyen import GHI_TRONG_TO, check_one_of


@transaction.atomic
def assign_nhiem_vu(
    *,
    thanh_vien: ThanhVienTo,
    noi_dung: str,
    linh_vuc: str,
    han: date,
    by,
    thuoc_do: str = "",
    giao_ngay: date | None = None,
) -> NhiemVu:
    """Give a member of the group a concrete task. Refused: due before it is given, or he left."""
    current = ThanhVienTo.objects.select_related("to__don_vi", "chi_doan").get(pk=thanh_vien.pk)
    _check_quyen(by, current.to)
    if current.den_ngay:
        raise RuleError(f"{current} đã thôi tham gia tổ.")
    nhiem_vu = NhiemVu(
        thanh_vien=current,
        noi_dung=noi_dung,
        linh_vuc=linh_vuc,
        thuoc_do=thuoc_do,
        han=han,
        giao_ngay=giao_ngay or today(),
        giao_boi=by,
    )
    _check_ngay(nhiem_vu)
    nhiem_vu.save()
    record(by=by, hanh_dong="nhiem_vu.assign", target=nhiem_vu, don_vi=current.to.don_vi)
    return nhiem_vu


@transaction.atomic
def assign_to_all(*, thanh_vien: Iterable[ThanhVienTo], by, **task) -> list[NhiemVu]:
    """Give the same task to several members, to all of them or to none."""
    return [assign_nhiem_vu(thanh_vien=row, by=by, **task) for row in thanh_vien]


@transaction.atomic
def update_nhiem_vu(*, nhiem_vu: NhiemVu, by, version: str | None = None, **changes) -> NhiemVu:
    """Correct a task until it is judged."""
    current = _lock(nhiem_vu)
    _check_quyen(by, current.thanh_vien.to)
    _check_dang_lam(current)
    check_chua_doi(current, version, "nhiệm vụ này")
    for field, value in changes.items():
        setattr(current, field, value)
    _check_ngay(current)
    current.save(update_fields=list(changes))
    record(
        by=by,
        hanh_dong="nhiem_vu.update",
        target=current,
        don_vi=current.thanh_vien.to.don_vi,
        truong=sorted(changes),
    )
    return current


@transaction.atomic
def note_tien_do(*, nhiem_vu: NhiemVu, ngay: date, noi_dung: str, by) -> TienDoNhiemVu:
    """Note how far a task is; the member's branch does, the ward may for it.

    The same words of the same day are one note. Refused: a day before the task was given or to
    come, a task that is judged.
    """
    current = _lock(nhiem_vu)
    chi_doan, noi_dung = current.don_vi, noi_dung.strip()
    check_one_of(by, GHI_TRONG_TO, chi_doan)
    _check_dang_lam(current)
    check_da_den(ngay)
    if ngay < current.giao_ngay:
        raise RuleError(f"Nhiệm vụ giao ngày {current.giao_ngay:%d/%m/%Y}.", field="ngay")
    if not noi_dung:
        raise RuleError("Ghi đã làm được đến đâu.", field="noi_dung")
    earlier = current.tien_do.filter(ngay=ngay, noi_dung=noi_dung).first()
    if earlier:
        return earlier
    note = current.tien_do.create(ngay=ngay, noi_dung=noi_dung, ghi_boi=by)
    nhap_thay = not by.may(Quyen.DE_NGHI_HO_SO, chi_doan)
    record(by=by, hanh_dong="nhiem_vu.tien_do", target=current, ngay=ngay, nhap_thay=nhap_thay)
    return note


def _lock(nhiem_vu: NhiemVu) -> NhiemVu:
    return (
        NhiemVu.objects.select_for_update(of=("self",))
        .select_related("thanh_vien__to__don_vi", "thanh_vien__chi_doan")
        .get(pk=nhiem_vu.pk)
    )


def _check_quyen(by, to: ToTuDuong) -> None:
    if not by.may(Quyen.QUAN_LY_TU_DUONG, to.don_vi):
        raise PermissionDenied(who_may(Quyen.QUAN_LY_TU_DUONG))


def _check_dang_lam(nhiem_vu: NhiemVu) -> None:
    if not nhiem_vu.is_dang_lam:
        raise RuleError("Nhiệm vụ đã ghi kết quả, không sửa được nữa.")


def _check_ngay(nhiem_vu: NhiemVu) -> None:
    giao_ngay, han = nhiem_vu.giao_ngay, nhiem_vu.han
    check_da_den(giao_ngay, field="giao_ngay")
    if giao_ngay < nhiem_vu.thanh_vien.tu_ngay:
        raise RuleError("Ngày giao phải từ ngày vào tổ trở đi.", field="giao_ngay")
    if han < giao_ngay:
        raise RuleError(
            f"Hạn {han:%d/%m/%Y} trước ngày giao {giao_ngay:%d/%m/%Y}. Ghi lại hạn.", field="han"
        )
