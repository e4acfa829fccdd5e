"""What changes the training programme. Each function is one action and one transaction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errors import RuleError
from core.periods import today
from doanvien.models import RenLuyen
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may

from .queries import danh_sach, thang_diem, thoi_han
from .thang_diem import MOI_PHAN, ThangDiem, check_diem


@dataclass(frozen=True)
class KetQua:
    """What the branch gives one member: points, parts of them, or a level without points."""

    diem: int | None = None
    diem_phan: Sequence[int] = ()
    muc: str = ""


@transaction.atomic
def register(*, chi_doan: DonVi, nam: int, doan_vien: Collection[int], by) -> tuple[int, int]:
    """Let exactly these members of the branch be registered for the year: (added, dropped).

    Who has a result already stays. Refused outside the days of registration, but for the
    ward, which may enter late comers, and for who is dropped with something written down.
    """
    chi_doan = DonVi.objects.select_for_update(no_key=True).get(pk=chi_doan.pk)
    _check(chi_doan, by, Quyen.SUA_DOAN_VIEN)
    day, wanted = today(), set(doan_vien)
    is_ward = _is_nhap_thay(by, chi_doan)
    tu_ngay, den_ngay = thoi_han(chi_doan, nam)
    if nam > day.year or day < tu_ngay:
        raise RuleError(f"Đăng ký rèn luyện năm {nam} mở từ ngày {tu_ngay:%d/%m/%Y}.")
    if day > den_ngay and not is_ward:
        raise RuleError(
            f"Đã hết hạn đăng ký rèn luyện năm {nam} ({den_ngay:%d/%m/%Y}). Nhờ Đoàn phường ghi."
        )
    people = danh_sach(chi_doan, nam)
    fresh = [person for person, row in people if row is None and person.pk in wanted]
    dropped = [row for person, row in people if row and not row.muc and person.pk not in wanted]
    if written := [str(person) for person, row in people if row in dropped and row.noi_dung]:
        raise RuleError(
            f"Đã ghi nội dung đăng ký của {', '.join(written)}. Xóa nội dung trước khi bỏ đăng ký."
        )
    RenLuyen.objects.bulk_create(
        [
            RenLuyen(doan_vien=person, chi_doan=chi_doan, nam=nam, ngay_dang_ky=day)
            for person in fresh
        ]
    )
    RenLuyen.objects.filter(pk__in=[row.pk for row in dropped]).delete()
    if fresh or dropped:
        _record("register", chi_doan, nam, len(fresh) + len(dropped), by, nhap_thay=is_ward)
    return len(fresh), len(dropped)


@transaction.atomic
def save_noi_dung(*, ren_luyen: RenLuyen, noi_dung: str, by) -> RenLuyen:
    """Write down what the member has set himself for the year."""
    _check(ren_luyen.chi_doan, by, Quyen.SUA_DOAN_VIEN)
    RenLuyen.objects.filter(pk=ren_luyen.pk).update(noi_dung=noi_dung.strip())
    _record("update", ren_luyen.chi_doan, ren_luyen.nam, 1, by)
    return ren_luyen


@transaction.atomic
def score(*, chi_doan: DonVi, nam: int, ket_qua: Mapping[int, KetQua], by) -> int:
    """Write the branch's results, by member; returns how many changed.

    Points give the level; without points the level is given by itself, and nothing takes a
    result away. Refused for points out of bounds and for a result that the ward confirmed.
    """
    chi_doan = DonVi.objects.select_for_update(no_key=True).get(pk=chi_doan.pk)
    _check(chi_doan, by, Quyen.SUA_DOAN_VIEN)
    scale = thang_diem(chi_doan, nam)
    rows = RenLuyen.objects.cua_chi_doan(chi_doan, nam).select_for_update(of=("self",))
    rows = rows.filter(doan_vien__in=ket_qua).select_related("doan_vien")
    changed = [row for row in rows if _apply(row, ket_qua[row.doan_vien_id], scale)]
    RenLuyen.objects.bulk_update(changed, ["diem", "diem_phan", "muc", "ngay_cham"])
    if changed:
        _record("score", chi_doan, nam, len(changed), by, nhap_thay=_is_nhap_thay(by, chi_doan))
    return len(changed)


@transaction.atomic
def confirm(*, chi_doan: DonVi, nam: int, by) -> int:
    """The ward confirms every result of the branch that it has not confirmed yet."""
    _check(chi_doan, by, Quyen.DUYET_DOAN_VIEN)
    rows = RenLuyen.objects.cua_chi_doan(chi_doan, nam).chua_xac_nhan()
    so_nguoi = rows.update(xac_nhan_ngay=today(), xac_nhan_boi=by)
    if not so_nguoi:
        raise RuleError("Không còn kết quả nào chờ xác nhận.")
    _record("confirm", chi_doan, nam, so_nguoi, by)
    return so_nguoi


@transaction.atomic
def reopen(*, chi_doan: DonVi, nam: int, by) -> int:
    """Take the confirmation back, so that the branch can mend its results."""
    _check(chi_doan, by, Quyen.DUYET_DOAN_VIEN)
    rows = RenLuyen.objects.cua_chi_doan(chi_doan, nam).filter(xac_nhan_ngay__isnull=False)
    so_nguoi = rows.update(xac_nhan_ngay=None, xac_nhan_boi=None)
    if not so_nguoi:
        raise RuleError("Chưa có kết quả nào được xác nhận.")
    _record("reopen", chi_doan, nam, so_nguoi, by)
    return so_nguoi


def _apply(row: RenLuyen, given: KetQua, scale: ThangDiem) -> bool:
    """Put a result on its row; whether that changed anything."""
    ten, parts = row.doan_vien.ho_ten, list(given.diem_phan)
    for part in parts:
        check_diem(part, toi_da=MOI_PHAN, ai=ten)
    diem = sum(parts) if parts else given.diem
    if diem is not None:
        check_diem(diem, ai=ten)
    muc = scale.muc(diem) if diem is not None else given.muc
    if not muc or (row.diem, list(row.diem_phan), row.muc) == (diem, parts, muc):
        return False
    if row.is_xac_nhan:
        raise RuleError(f"{ten}: kết quả đã được phường xác nhận. Đề nghị phường mở lại để sửa.")
    row.diem, row.diem_phan, row.muc, row.ngay_cham = diem, parts, muc, today()
    return True


def _check(chi_doan: DonVi, by, quyen: Quyen) -> None:
    if by is not None and not by.may(quyen, chi_doan):
        raise PermissionDenied(who_may(quyen))


def _is_nhap_thay(by, chi_doan: DonVi) -> bool:
    """By somebody who holds no role at the branch itself."""
    return by is not None and all(r.don_vi_id != chi_doan.pk for r in by.phan_cong_hom_nay)


def _record(verb: str, chi_doan: DonVi, nam: int, so_nguoi: int, by, **more) -> None:
    record(
        by=by, hanh_dong=f"ren_luyen.{verb}", target=chi_doan, nam=nam, so_nguoi=so_nguoi, **more
    )
