"""What people do about a hope or concern. Each function is one action and one transaction."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errors import RuleError, StaleError
from core.periods import today
from doanvien.models import BuocNguyenVong, DoanVien, NguyenVong
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import check_da_den

T, Noi = NguyenVong.TrangThai, NguyenVong.NoiGiaiQuyet
SUA_DUOC = ("linh_vuc", "noi_dung", "han", "noi_giai_quyet", "rieng")


@transaction.atomic
def create_nguyen_vong(
    *,
    chi_doan: DonVi,
    linh_vuc: str,
    noi_dung: str,
    by,
    cua: str = NguyenVong.Cua.CHUNG,
    doan_vien: DoanVien | None = None,
    **fields,
) -> NguyenVong:
    """Record what somebody of the branch, or the branch as a whole, hopes for or worries about.

    Refused without content, for somebody who does not belong to the branch, and for a day to
    come. `fields` may hold `ngay`, `han`, `noi_giai_quyet`, `rieng`.
    """
    _check_right(chi_doan, by)
    ngay = fields.pop("ngay", None) or today()
    check_da_den(ngay)
    if not noi_dung.strip():
        raise RuleError("Ghi nội dung nguyện vọng.", field="noi_dung")
    if doan_vien is not None and doan_vien.chi_doan_id != chi_doan.pk:
        raise RuleError(f"{doan_vien} không sinh hoạt ở {chi_doan}.", field="doan_vien")
    _check_han(fields.get("han"), ngay)
    nguyen_vong = NguyenVong.objects.create(
        chi_doan=chi_doan,
        cua=NguyenVong.Cua.DOAN_VIEN if doan_vien else cua,
        doan_vien=doan_vien,
        linh_vuc=linh_vuc,
        noi_dung=noi_dung.strip(),
        ngay=ngay,
        ghi_boi=by,
        **fields,
    )
    record(
        by=by,
        hanh_dong="nguyen_vong.create",
        target=nguyen_vong,
        linh_vuc=linh_vuc,
        nhap_thay=_is_for_the_branch(nguyen_vong, by),
    )
    return nguyen_vong


@transaction.atomic
def update_nguyen_vong(*, nguyen_vong: NguyenVong, version: int, changes: dict, by) -> NguyenVong:
    """Correct what was written down, set the due day, where it is settled, who may see it.

    `version` is the one the form showed; StaleError when somebody has saved meanwhile.
    """
    current = _lock(nguyen_vong, by)
    if current.version != version:
        raise StaleError("Có người vừa sửa mục này. Xem lại trước khi lưu.", current=current)
    changes = {name: changes[name] for name in SUA_DUOC if name in changes}
    if not changes.get("noi_dung", current.noi_dung).strip():
        raise RuleError("Ghi nội dung nguyện vọng.", field="noi_dung")
    _check_han(changes.get("han", current.han), current.ngay)
    for field, value in changes.items():
        setattr(current, field, value)
    current.version += 1
    current.save(update_fields=[*changes, "version"])
    record(by=by, hanh_dong="nguyen_vong.update", target=current, truong=sorted(changes))
    return current


@transaction.atomic
def add_buoc(
    *, nguyen_vong: NguyenVong, ngay: date, noi_dung: str, trang_thai: str, by
) -> BuocNguyenVong:
    """Write down what was done and where the matter stands now.

    An end ("đã giải quyết", "không giải quyết được") may be opened again by a later step.
    Refused without words, on a day to come or before the matter was recorded.
    """
    current = _lock(nguyen_vong, by)
    check_da_den(ngay)
    if ngay < current.ngay:
        raise RuleError(
            f"Nguyện vọng ghi nhận ngày {current.ngay:%d/%m/%Y}; việc đã làm phải từ ngày đó.",
            field="ngay",
        )
    if trang_thai not in T.values:
        raise RuleError("Chọn tình trạng.", field="trang_thai")
    if not noi_dung.strip():
        khong = trang_thai == T.KHONG
        raise RuleError(
            "Ghi lý do không giải quyết được." if khong else "Ghi đã làm gì, một câu là đủ.",
            field="noi_dung",
        )
    buoc = BuocNguyenVong.objects.create(
        nguyen_vong=current,
        ngay=ngay,
        noi_dung=noi_dung.strip(),
        den_trang_thai=trang_thai,
        nhap_thay=_is_for_the_branch(current, by),
        boi=by,
    )
    current.trang_thai = trang_thai
    current.ngay_xong = None if trang_thai in NguyenVong.CON_MO else ngay
    _save_state(current)
    record(
        by=by,
        hanh_dong="nguyen_vong.step",
        target=current,
        trang_thai=trang_thai,
        nhap_thay=buoc.nhap_thay,
    )
    return buoc


@transaction.atomic
def send_to_phuong(*, nguyen_vong: NguyenVong, by) -> NguyenVong:
    """Hand an open matter to the ward, which answers for it from now on."""
    current = _lock(nguyen_vong, by)
    if not current.is_con_mo:
        raise RuleError("Nguyện vọng này đã kết thúc. Ghi thêm việc để mở lại trước.")
    if current.is_o_phuong:
        raise RuleError("Nguyện vọng này đã chuyển lên trước đó.")
    BuocNguyenVong.objects.create(
        nguyen_vong=current,
        ngay=today(),
        noi_dung=f"Chuyển {current.chi_doan.cap_tren} giải quyết",
        nhap_thay=_acts_from_above(current, by),
        boi=by,
    )
    current.noi_giai_quyet = Noi.PHUONG
    _save_state(current)
    record(by=by, hanh_dong="nguyen_vong.send", target=current)
    return current


@transaction.atomic
def delete_nguyen_vong(*, nguyen_vong: NguyenVong, by) -> None:
    """Take back what was written down by mistake; refused once something was done about it."""
    current = _lock(nguyen_vong, by)
    if current.buoc.exists():
        raise RuleError("Đã ghi việc làm cho nguyện vọng này nên không xóa được.")
    record(by=by, hanh_dong="nguyen_vong.delete", target=current)
    current.delete()


def may_write(nguyen_vong: NguyenVong, by) -> bool:
    return by.may(Quyen.GHI_NGUYEN_VONG, nguyen_vong.chi_doan)


def _lock(nguyen_vong: NguyenVong, by) -> NguyenVong:
    current = (
        NguyenVong.objects.select_for_update(of=("self",))
        .select_related("chi_doan")
        .get(pk=nguyen_vong.pk)
    )
    _check_right(current.chi_doan, by)
    return current


def _save_state(current: NguyenVong) -> None:
    current.version += 1
    current.save(update_fields=["trang_thai", "ngay_xong", "noi_giai_quyet", "version"])


def _check_right(chi_doan: DonVi, by) -> None:
    if not by.may(Quyen.GHI_NGUYEN_VONG, chi_doan):
        raise PermissionDenied(who_may(Quyen.GHI_NGUYEN_VONG))


def _check_han(han: date | None, ngay: date) -> None:
    if han and han < ngay:
        raise RuleError(
            f"Hạn giải quyết phải từ ngày ghi nhận ({ngay:%d/%m/%Y}) trở đi.", field="han"
        )


def _is_for_the_branch(nguyen_vong: NguyenVong, by) -> bool:
    """Whether the ward writes what is the branch's to write."""
    return not nguyen_vong.is_o_phuong and _acts_from_above(nguyen_vong, by)


def _acts_from_above(nguyen_vong: NguyenVong, by) -> bool:
    above = nguyen_vong.chi_doan.cap_tren
    return above is not None and by.may(Quyen.GHI_NGUYEN_VONG, above)
