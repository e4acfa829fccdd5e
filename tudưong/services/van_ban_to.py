"""What a group has on paper: decisions about who is in it, and the plan of a year."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.sua_dong import check_chua_doi
from core.errors import RuleError
from core.periods import today
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import check_da_den
from tudưong.giay_to import ke_hoach_to, quyet_dinh_to
from tudưong.models import KeHoachTo, QuyetDinhTo, ToTuDuong
from tudưong.models.van_ban_to import QUY

from .to import quy_mo_to

Loai = QuyetDinhTo.Loai


@transaction.atomic
def issue_quyet_dinh(*, to: ToTuDuong, ngay: date, by) -> QuyetDinhTo:
    """Issue the decision that founds the group, or reorganises it, with a number of its own.

    It lists who is in the group on that day; the founding number goes into the group where none
    is written. Refused: a day to come, before the founding or the last decision; without a
    leader, or with more people than the dated setting allows; to those who may not sign.
    """
    current = ToTuDuong.objects.select_for_update(of=("self",)).get(pk=to.pk)
    _check_quyen(by, Quyen.KY_HO_SO, current)
    if current.ket_thuc:
        raise RuleError("Tổ đã kết thúc.")
    _check_ngay(current, ngay)
    _check_people(current, ngay)
    row = next_quyet_dinh(current, ngay)
    row.ghi_boi = by
    row.save()
    earlier, row.so_van_ban = row.so_van_ban, quyet_dinh_to.issue_giay(row, by=by).so_ky_hieu
    row.save(update_fields=["so_van_ban"])
    if row.loai == Loai.THANH_LAP and current.so_quyet_dinh in ("", earlier):
        current.so_quyet_dinh = row.so_van_ban
        current.save(update_fields=["so_quyet_dinh"])
    record(
        by=by, hanh_dong="quyet_dinh_to.issue", target=row, don_vi=current.don_vi, so=row.so_van_ban
    )
    return row


def next_quyet_dinh(to: ToTuDuong, ngay: date) -> QuyetDinhTo:
    """The decision that would be issued, not stored; one whose paper was declared void, anew."""
    rows = list(to.quyet_dinh.with_con_gia_tri())
    founding = next((row for row in rows if row.loai == Loai.THANH_LAP), None)
    is_founded = founding.con_gia_tri if founding else bool(to.so_quyet_dinh or rows)
    loai = Loai.KIEN_TOAN if is_founded else Loai.THANH_LAP
    void = (row for row in rows if row.loai == loai and not row.con_gia_tri)
    row = next(void, None) or QuyetDinhTo(to=to, loai=loai)
    row.to, row.ngay = to, ngay
    return row


def day_of_decision(to: ToTuDuong) -> date:
    """The day to offer: today for another one; for the first, when the group was as it is now:
    founded, and the last one in it had come."""
    if last_quyet_dinh(to):
        return today()
    joined = to.thanh_vien.chua_thoi().order_by("-tu_ngay").first()
    return max(to.ngay_thanh_lap, joined.tu_ngay) if joined else to.ngay_thanh_lap


def last_quyet_dinh(to: ToTuDuong) -> QuyetDinhTo | None:
    """The decision in force, made here."""
    return to.quyet_dinh.con_hieu_luc().first()


@transaction.atomic
def create_ke_hoach(*, to: ToTuDuong, nam: int, by, **fields) -> KeHoachTo:
    """The group's plan of a year. Refused when there is one, or with no work in any quarter."""
    current = ToTuDuong.objects.select_for_update(of=("self",)).get(pk=to.pk)
    _check_quyen(by, Quyen.QUAN_LY_TU_DUONG, current)
    if current.ket_thuc:
        raise RuleError("Tổ đã kết thúc.")
    if current.ke_hoach.filter(nam=nam).exists():
        raise RuleError(f"Tổ đã có kế hoạch năm {nam}.", field="nam")
    row = KeHoachTo(to=current, nam=nam, ghi_boi=by, **fields)
    _check_ke_hoach(row)
    row.save()
    record(by=by, hanh_dong="ke_hoach_to.create", target=row, don_vi=current.don_vi, nam=nam)
    return row


@transaction.atomic
def update_ke_hoach(*, ke_hoach: KeHoachTo, version: int, by, **changes) -> KeHoachTo:
    """Write the plan anew until it is issued. `version` is the one the form showed: StaleError
    when somebody was faster."""
    current = KeHoachTo.objects.select_for_update(of=("self",)).get(pk=ke_hoach.pk)
    _check_quyen(by, Quyen.QUAN_LY_TU_DUONG, current.to)
    if issued := issued_ke_hoach(current):
        raise RuleError(
            f"Kế hoạch đã ban hành số {issued.so_ky_hieu}. Cần sửa thì hủy văn bản ấy trong sổ văn "
            "bản, sửa rồi ban hành lại."
        )
    check_chua_doi(current, version, "kế hoạch này")
    for name, value in changes.items():
        setattr(current, name, value)
    _check_ke_hoach(current)
    current.version += 1
    current.save()
    record(
        by=by,
        hanh_dong="ke_hoach_to.update",
        target=current,
        don_vi=current.to.don_vi,
        nam=current.nam,
    )
    return current


@transaction.atomic
def issue_ke_hoach(*, ke_hoach: KeHoachTo, by) -> VanBan:
    """Give the plan its number; from then on it does not change. By those who may sign."""
    current = KeHoachTo.objects.select_for_update(of=("self",)).get(pk=ke_hoach.pk)
    _check_quyen(by, Quyen.KY_HO_SO, current.to)
    return ke_hoach_to.issue_giay(current, by=by)


def issued_ke_hoach(ke_hoach: KeHoachTo) -> VanBan | None:
    return VanBan.objects.issued(ke_hoach, ke_hoach_to.LOAI)


def start_of(to: ToTuDuong) -> dict:
    """What a new plan begins with: the words of the latest one."""
    earlier = to.ke_hoach.first()
    names = ("muc_dich", *(f"{name}_{quy}" for quy in QUY for name in ("quy", "phu_trach")))
    return {name: getattr(earlier, name) for name in names} if earlier else {}


def _check_ke_hoach(row: KeHoachTo) -> None:
    check_da_den(row.ngay)
    if not any(row.cac_quy):
        raise RuleError("Ghi việc của ít nhất một quý.", field="quy_1")


def _check_ngay(to: ToTuDuong, ngay: date) -> None:
    check_da_den(ngay)
    if ngay < to.ngay_thanh_lap:
        raise RuleError("Ngày quyết định phải từ ngày thành lập trở đi.", field="ngay")
    last = last_quyet_dinh(to)
    if last and ngay <= last.ngay:
        raise RuleError(
            f"Quyết định số {last.so_van_ban} ngày {last.ngay:%d/%m/%Y} còn giá trị. Chọn ngày sau "
            "ngày ấy.",
            field="ngay",
        )


def _check_people(to: ToTuDuong, ngay: date) -> None:
    people = quyet_dinh_to.cac_dong_chi(to, ngay)
    if not any(row.la_to_truong for row in people):
        raise RuleError(
            f"Ngày {ngay:%d/%m/%Y} tổ chưa có tổ trưởng. Thêm tổ trưởng, hoặc chọn ngày từ ngày "
            "các đồng chí vào tổ.",
            field="ngay",
        )
    if len(people) > (quy_mo := quy_mo_to(to, ngay)):
        raise RuleError(f"Tổ có {len(people)} đồng chí, quá {quy_mo} theo quy định.", field="ngay")


def _check_quyen(by, quyen: Quyen, to: ToTuDuong) -> None:
    if not by.may(quyen, to.don_vi):
        raise PermissionDenied(who_may(quyen))
