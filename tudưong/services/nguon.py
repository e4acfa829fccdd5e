"""Proposals for a group: a branch by its vote, the ward by its committee; the ward answers."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errors import RuleError
from core.text import clean
from doanvien.models import DoanVien
from tochuc.audit import record
from tochuc.bieu_quyet import Phieu, check_phieu, more_than
from tochuc.permissions import Quyen, who_may
from tochuc.quy_dinh import gia_tri, ty_le
from tochuc.quy_trinh import check_da_den
from tudưong.models import DeXuatVaoTo, NguonVaoTo, ThanhVienTo

from .ho_so import so_doan_vien
from .nguoi import check_chua_vao_dang, lock_nguoi
from .to import check_hai_nguoi, close_de_xuat

T = DeXuatVaoTo.TrangThai


@transaction.atomic
def propose_by_vote(
    *, doan_vien: DoanVien, ngay: date, phieu: Phieu, ly_do: str, by
) -> DeXuatVaoTo:
    """The branch proposes by its vote: more than the threshold of **all** its members.

    Who is entitled follows from the roster of that day. Refused: a tally that cannot be or does
    not suffice, a day to come, without a reason, somebody who is no candidate.
    """
    person = _candidate(doan_vien, Quyen.DE_NGHI_HO_SO, by)
    if ngay <= person.ngay_vao_doan:
        raise RuleError("Ngày họp phải sau ngày vào Đoàn.", field="ngay")
    tong = so_doan_vien(person.chi_doan, ngay)
    check_phieu(phieu, co_quyen=tong, ai="đoàn viên")
    nguong = gia_tri("nguong_chi_doan_de_xuat", ngay=ngay, don_vi=person.chi_doan)
    if not more_than(phieu.tan_thanh, tong, ty_le(nguong)):
        raise RuleError(
            f"Tán thành {phieu.tan_thanh}/{tong} đoàn viên, chưa quá {nguong} nên chi đoàn chưa đề "
            "xuất được.",
            field="tan_thanh",
        )
    return _create(person, NguonVaoTo.CHI_DOAN, ngay, ly_do, by, co_quyen=tong, **vars(phieu))


@transaction.atomic
def propose_by_bch(*, doan_vien: DoanVien, ngay: date, ly_do: str, by) -> DeXuatVaoTo:
    """The ward's committee puts somebody forward, with its reason."""
    person = _candidate(doan_vien, Quyen.QUAN_LY_TU_DUONG, by)
    return _create(person, NguonVaoTo.BCH, ngay, ly_do, by)


@transaction.atomic
def decline(*, de_xuat: DeXuatVaoTo, ly_do: str, by) -> DeXuatVaoTo:
    """Not now, with the reason, which the branch reads. Never by who recorded the vote."""
    current = _open(de_xuat)
    _check_quyen(by, Quyen.QUAN_LY_TU_DUONG, current.chi_doan)
    check_hai_nguoi(current, by)
    if not (ly_do := clean(ly_do)):
        raise RuleError("Ghi lý do để chi đoàn và đồng chí ấy biết.", field="ly_do")
    close_de_xuat(current, T.KHONG_NHAN, by=by, tra_loi=ly_do)
    record(by=by, hanh_dong="de_xuat_to.reject", target=current)
    return current


@transaction.atomic
def withdraw(*, de_xuat: DeXuatVaoTo, ly_do: str, by) -> DeXuatVaoTo:
    """Who proposed takes it back before it is answered, with the reason."""
    current = _open(de_xuat)
    _check_quyen(by, quyen_de_xuat(current), current.chi_doan)
    if not (ly_do := clean(ly_do)):
        raise RuleError("Ghi lý do rút đề xuất.", field="ly_do")
    close_de_xuat(current, T.RUT, by=by, tra_loi=ly_do)
    record(by=by, hanh_dong="de_xuat_to.withdraw", target=current)
    return current


@transaction.atomic
def mark_seen(*, de_xuat: DeXuatVaoTo, by) -> None:
    """The branch has read why its proposal was declined: the duty goes."""
    _check_quyen(by, Quyen.DE_NGHI_HO_SO, de_xuat.chi_doan)
    rows = DeXuatVaoTo.objects.chua_xem_tra_loi(de_xuat.chi_doan).filter(pk=de_xuat.pk)
    if rows.update(da_xem=True):
        record(by=by, hanh_dong="de_xuat_to.seen", target=de_xuat)


def quyen_de_xuat(de_xuat: DeXuatVaoTo) -> Quyen:
    """The right of who proposes from that source."""
    is_branch = de_xuat.nguon == NguonVaoTo.CHI_DOAN
    return Quyen.DE_NGHI_HO_SO if is_branch else Quyen.QUAN_LY_TU_DUONG


def _candidate(doan_vien: DoanVien, quyen: Quyen, by) -> DoanVien:
    """The member, locked; refused who has left, is a Party member, in a group or proposed."""
    person = lock_nguoi(doan_vien, quyen=quyen, by=by)
    check_chua_vao_dang(person)
    if ThanhVienTo.objects.chua_thoi().filter(doan_vien=person).exists():
        raise RuleError(f"{person} đang ở trong một tổ tu dưỡng.", field="doan_vien")
    if DeXuatVaoTo.objects.cho_xet().cua(person).exists():
        raise RuleError(f"{person} đang có một đề xuất chờ xét.", field="doan_vien")
    return person


def _create(person: DoanVien, nguon: str, ngay: date, ly_do: str, by, **tally) -> DeXuatVaoTo:
    check_da_den(ngay)
    if not (ly_do := clean(ly_do)):
        raise RuleError("Ghi lý do đề xuất.", field="ly_do")
    row = DeXuatVaoTo.objects.create(
        doan_vien=person,
        chi_doan=person.chi_doan,
        nguon=nguon,
        ngay=ngay,
        ly_do=ly_do,
        ghi_boi=by,
        **tally,
    )
    record(by=by, hanh_dong="de_xuat_to.propose", target=row)
    return row


def _open(de_xuat: DeXuatVaoTo) -> DeXuatVaoTo:
    rows = DeXuatVaoTo.objects.select_for_update(of=("self",)).select_related("chi_doan")
    current = rows.get(pk=de_xuat.pk)
    if not current.is_cho:
        raise RuleError(f"Đề xuất này: {current.get_trang_thai_display().lower()}.")
    return current


def _check_quyen(by, quyen: Quyen, don_vi) -> None:
    if not by.may(quyen, don_vi):
        raise PermissionDenied(who_may(quyen))
