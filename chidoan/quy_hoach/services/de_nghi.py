"""A branch proposes somebody as secretary or deputy; the ward answers."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.chuc_vu.quy_tac import check_di_xa
from chidoan.models import DeNghiNhanSu
from core.errors import RuleError
from core.periods import today
from core.text import clean
from doanvien.models import DoanVien, QuaTrinh
from doanvien.nhap_thay import is_nhap_thay, nhap_thay
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may

from .chung import check_chua_giu, check_cung_phuong, lock_branch

T = DeNghiNhanSu.TrangThai


@transaction.atomic
def propose_nhan_su(
    *,
    don_vi: DonVi,
    doan_vien: DoanVien,
    chuc_danh: str,
    ly_do: str,
    by,
    ly_do_di_xa: str = "",
) -> DeNghiNhanSu:
    """Propose a member of the branch, or somebody who takes part there, for an office of it.

    Refused: without a reason, somebody of neither kind, who holds the office, who is proposed
    for it already, and without a stated reason who works away.
    """
    if not by.may(Quyen.SUA_DOAN_VIEN, don_vi):
        raise PermissionDenied(who_may(Quyen.SUA_DOAN_VIEN))
    don_vi, day = lock_branch(don_vi), today()
    if not clean(ly_do):
        raise RuleError("Ghi vì sao giới thiệu đồng chí này.", field="ly_do")
    here = QuaTrinh.objects.tai_ngay(day).filter(doan_vien=doan_vien, chi_doan=don_vi)
    if not here.exists():
        raise RuleError(
            f"Đồng chí {doan_vien.ho_ten} không sinh hoạt ở {don_vi}.", field="doan_vien"
        )
    check_cung_phuong(don_vi, doan_vien, day)
    check_chua_giu(don_vi, doan_vien, chuc_danh, day)
    waiting = DeNghiNhanSu.objects.cho_tra_loi().cua(doan_vien)
    if waiting.filter(don_vi=don_vi, chuc_danh=chuc_danh).exists():
        raise RuleError("Đã đề nghị đồng chí này, đang chờ trả lời.", field="doan_vien")
    away = check_di_xa(doan_vien=doan_vien, chuc_danh=chuc_danh, ngay=day, ly_do=ly_do_di_xa)
    row = DeNghiNhanSu.objects.create(
        doan_vien=doan_vien,
        don_vi=don_vi,
        chuc_danh=chuc_danh,
        ly_do=clean(ly_do),
        ly_do_di_xa=away,
        ngay=day,
        nhap_thay=is_nhap_thay(by, don_vi.pk),
        ghi_boi=by,
    )
    record(
        by=by,
        hanh_dong="de_nghi_nhan_su.create",
        target=row,
        chuc_danh=chuc_danh,
        **nhap_thay(by, don_vi.pk),
    )
    return row


@transaction.atomic
def answer_de_nghi(*, de_nghi: DeNghiNhanSu, dong_y: bool, by, tra_loi: str = "") -> DeNghiNhanSu:
    """The ward agrees, or declines with a reason. Refused once it is answered or withdrawn."""
    row = _lock(de_nghi)
    if not by.may(Quyen.QUAN_LY_CAN_BO, row.don_vi):
        raise PermissionDenied(who_may(Quyen.QUAN_LY_CAN_BO))
    if not dong_y and not clean(tra_loi):
        raise RuleError("Ghi lý do không đồng ý để chi đoàn biết.", field="tra_loi")
    row.trang_thai = T.DONG_Y if dong_y else T.KHONG
    row.tra_loi, row.ngay_tra_loi, row.tra_loi_boi = clean(tra_loi), today(), by
    row.save(update_fields=["trang_thai", "tra_loi", "ngay_tra_loi", "tra_loi_boi"])
    record(by=by, hanh_dong="de_nghi_nhan_su.answer", target=row, trang_thai=row.trang_thai)
    return row


@transaction.atomic
def withdraw_de_nghi(*, de_nghi: DeNghiNhanSu, by) -> DeNghiNhanSu:
    """The branch takes its proposal back, as long as nobody has answered."""
    row = _lock(de_nghi)
    if not by.may(Quyen.SUA_DOAN_VIEN, row.don_vi):
        raise PermissionDenied(who_may(Quyen.SUA_DOAN_VIEN))
    row.trang_thai = T.RUT
    row.save(update_fields=["trang_thai"])
    record(by=by, hanh_dong="de_nghi_nhan_su.withdraw", target=row, **nhap_thay(by, row.don_vi_id))
    return row


def _lock(de_nghi: DeNghiNhanSu) -> DeNghiNhanSu:
    rows = DeNghiNhanSu.objects.select_for_update(of=("self",)).select_related("don_vi")
    row = rows.get(pk=de_nghi.pk)
    if not row.is_cho:
        raise RuleError(f"Đề nghị này không còn chờ trả lời: {row.get_trang_thai_display()}.")
    return row
