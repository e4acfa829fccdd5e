"""Danh sách cảm tình Đảng: recognised by a Party cell, taken off with the reason."""

from datetime import date

from django.db import transaction

from core.errors import RuleError
from core.text import clean
from doanvien.models import DoanVien
from doanvien.services import update_doan_vien
from tochuc.audit import record
from tochuc.permissions import Quyen
from tochuc.quy_trinh import check_da_den
from tudưong.models import ThoiCamTinh

from .nguoi import check_chua_vao_dang, lock_nguoi


@transaction.atomic
def record_cam_tinh(*, doan_vien: DoanVien, ngay: date, noi: str, by) -> DoanVien:
    """Put a member on the list: the day, and the Party cell that recognised him.

    Refused: a day to come or before the admission, who has left, who is a Party member or on
    the list already.
    """
    person = lock_nguoi(doan_vien, quyen=Quyen.QUAN_LY_TU_DUONG, by=by)
    check_chua_vao_dang(person)
    if person.ngay_cam_tinh:
        raise RuleError(f"{person} đã ở trong danh sách cảm tình Đảng.", field="doan_vien")
    _check_ngay(ngay, person.ngay_vao_doan, "ngày vào Đoàn")
    changes = {"ngay_cam_tinh": ngay, "noi_cam_tinh": clean(noi)}
    return update_doan_vien(doan_vien=person, version=person.version, changes=changes, by=by)


@transaction.atomic
def remove_cam_tinh(*, doan_vien: DoanVien, ngay: date, ly_do: str, by) -> ThoiCamTinh:
    """Take a member off the list; when and where he was put on it stays with the reason."""
    person = lock_nguoi(doan_vien, quyen=Quyen.QUAN_LY_TU_DUONG, by=by)
    if not person.ngay_cam_tinh:
        raise RuleError(f"{person} không ở trong danh sách cảm tình Đảng.")
    if not (ly_do := clean(ly_do)):
        raise RuleError("Ghi lý do đưa ra khỏi danh sách.", field="ly_do")
    _check_ngay(ngay, person.ngay_cam_tinh, "ngày được xét")
    row = ThoiCamTinh.objects.create(
        doan_vien=person,
        ngay_cam_tinh=person.ngay_cam_tinh,
        noi_cam_tinh=person.noi_cam_tinh,
        ngay=ngay,
        ly_do=ly_do,
        ghi_boi=by,
    )
    changes = {"ngay_cam_tinh": None, "noi_cam_tinh": ""}
    update_doan_vien(doan_vien=person, version=person.version, changes=changes, by=by)
    record(by=by, hanh_dong="cam_tinh.remove", target=row, ngay=ngay)
    return row


def _check_ngay(ngay: date, tu: date, ten: str) -> None:
    check_da_den(ngay)
    if ngay < tu:
        raise RuleError(f"Ngày này trước {ten} {tu:%d/%m/%Y}.", field="ngay")
