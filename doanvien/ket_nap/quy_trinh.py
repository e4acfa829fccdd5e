"""Quy trình kết nạp: which step may be taken where, by whom, and what it leads to.

The table is the whole truth; services add only what a step needs to know.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied

from core.errors import RuleError
from doanvien.models import BuocKetNap, KetNap
from doanvien.models.ket_nap import O_CHI_DOAN
from doanvien.models.ket_nap import TrangThaiKetNap as T
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import (
    check_buoc_mo,
    check_ngay_sau,
    move,
    next_thu_tu,
    refuse_stale,
)

Loai = BuocKetNap.Loai


@dataclass(frozen=True)
class ChuyenBuoc:
    """One line of the table."""

    tu: frozenset[str]
    den: str
    quyen: Quyen


def _line(tu, den, quyen) -> ChuyenBuoc:
    return ChuyenBuoc(frozenset(tu), den, quyen)


_CHI_DOAN, _PHUONG = Quyen.SUA_DOAN_VIEN, Quyen.DUYET_DOAN_VIEN
BANG: dict[str, ChuyenBuoc] = {
    Loai.THONG_QUA: _line(O_CHI_DOAN, T.CHO_CHUAN_Y, _CHI_DOAN),
    Loai.KHONG_THONG_QUA: _line(O_CHI_DOAN, T.CHUA_THONG_QUA, _CHI_DOAN),
    Loai.LAY_LAI: _line((T.CHO_CHUAN_Y,), T.DON, _CHI_DOAN),
    Loai.GUI_LAI: _line((T.TRA_LAI,), T.CHO_CHUAN_Y, _CHI_DOAN),
    Loai.TRA_LAI: _line((T.CHO_CHUAN_Y,), T.TRA_LAI, _PHUONG),
    Loai.CHUAN_Y: _line((T.CHO_CHUAN_Y,), T.CHUAN_Y, _PHUONG),
    Loai.LE: _line((T.CHUAN_Y, T.DA_KET_NAP), T.DA_KET_NAP, _CHI_DOAN),
    Loai.RUT: _line((*O_CHI_DOAN, T.CHO_CHUAN_Y), T.RUT, _CHI_DOAN),
    Loai.MO_LAI: _line((T.RUT,), T.DON, _CHI_DOAN),
}
_HAI_KET_QUA = {Loai.THONG_QUA: Loai.KHONG_THONG_QUA}
"""A vote is one action with two outcomes."""


def may_take(loai: str, ket_nap: KetNap, by) -> bool:
    """Whether the step is open in this state to this person; no query beyond his roles."""
    line = BANG[loai]
    is_open = ket_nap.trang_thai in line.tu and not ket_nap.is_da_xoa
    return is_open and by.may(line.quyen, ket_nap.chi_doan)


def is_nhap_thay(loai: str, chi_doan, by) -> bool:
    """Whether the ward writes what is the branch's to write."""
    is_branch_work = loai != Loai.LE and (loai not in BANG or BANG[loai].quyen == _CHI_DOAN)
    return is_branch_work and by is not None and by.may(_PHUONG, chi_doan)


def begin(*, ket_nap: KetNap, loai: str, by, version: int | None) -> KetNap:
    """Lock the case for a step and return it as it stands.

    Refused: without the right (PermissionDenied), when the same step was just taken by the
    same person (AlreadyRecordedError), when somebody changed the case since `version` was
    shown (StaleError), and when the step does not follow from where the case stands.
    """
    line = BANG[loai]
    current = lock(ket_nap)
    if not by.may(line.quyen, current.chi_doan):
        raise PermissionDenied(who_may(line.quyen))
    if version is not None and version != current.version:
        same = (loai, _HAI_KET_QUA.get(loai, loai))
        refuse_stale(current, current.buoc, same, by=by, version=version, ten="Đơn")
    if current.is_da_xoa:
        raise RuleError("Thông tin trong đơn này đã xóa. Đồng chí ấy làm đơn mới.")
    check_buoc_mo(current, line.tu, ten=f"Đơn của {current}")
    return current


def lock(ket_nap: KetNap) -> KetNap:
    rows = KetNap.objects.select_for_update(of=("self",)).for_pages()
    return rows.get(pk=ket_nap.pk)


def check_ngay(ket_nap: KetNap, ngay: date, *, field: str = "ngay") -> None:
    """Days of a case go forward and never beyond today."""
    check_ngay_sau(ngay, ket_nap.ngay_buoc, field=field)


def take(*, ket_nap: KetNap, loai: str, ngay: date, by, changes: dict | None = None, **fields):
    """Write the step and move the case; `changes` are further fields of the case.

    Only after `begin` in the same transaction. Returns the step.
    """
    den = BANG[loai].den
    buoc = add_buoc(ket_nap, loai, den, ngay, by, **fields)
    move(
        ket_nap,
        den=den,
        ngay=ngay,
        hanh_dong=f"ket_nap.{loai}",
        by=by,
        nhap_thay=buoc.nhap_thay,
        changes=changes,
    )
    return buoc


def add_buoc(ket_nap: KetNap, loai: str, den: str, ngay: date, by, **fields) -> BuocKetNap:
    return BuocKetNap.objects.create(
        ket_nap=ket_nap,
        thu_tu=next_thu_tu(ket_nap.buoc),
        loai=loai,
        den_trang_thai=den,
        ngay=ngay,
        boi=by,
        nhap_thay=is_nhap_thay(loai, ket_nap.chi_doan, by),
        tai_version=ket_nap.version,
        **fields,
    )
