"""Guests: temporary members and participants at residence, and who comes from outside."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.errors import RuleError
from core.periods import today
from doanvien import services as so_doan_vien
from doanvien.models import (
    BuocChuyen,
    ChuyenSinhHoat,
    DoanVien,
    NhanXetCuTru,
    QuaTrinh,
)
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen, who_may
from tochuc.quy_trinh import check_da_den

from . import quy_trinh
from .qua_trinh import open_guest


@dataclass(frozen=True, kw_only=True)
class GiayDen:
    """The slip that somebody brings from outside the system."""

    noi_di: str
    so_giay: str = ""
    ngay_giay: date | None = None
    dong_phi_den: date | None = None


# ---- from outside --------------------------------------------------------------------------


@transaction.atomic
def receive_new(
    *, doan_vien: DoanVien, tu_ngay: date, giay: GiayDen, by, nguon=()
) -> ChuyenSinhHoat:
    """Enter somebody who comes from outside with his slip, or take the old record up again.

    `doan_vien` is unsaved. Who is in the system's register already, having left it, is
    recognised by citizen id, name and birth date: that record goes on. Refused as
    `create_doan_vien` refuses.
    """
    check_da_den(tu_ngay)
    old = _left_before(doan_vien)
    if old:
        return receive_again(
            doan_vien=old, chi_doan=doan_vien.chi_doan, tu_ngay=tu_ngay, giay=giay, by=by
        )
    ly_do = QuaTrinh.LyDoBatDau.CHUYEN_DEN
    person = so_doan_vien.create_doan_vien(
        doan_vien=doan_vien, tu_ngay=tu_ngay, ly_do=ly_do, nguon=nguon, by=by
    )
    return _from_outside(person, person.qua_trinh.get(), giay, by)


@transaction.atomic
def receive_again(
    *, doan_vien: DoanVien, chi_doan: DonVi, tu_ngay: date, giay: GiayDen, by
) -> ChuyenSinhHoat:
    """Take somebody in again who is in the register but belongs to no branch now."""
    check_da_den(tu_ngay)
    _check_host(chi_doan, by)
    ly_do = QuaTrinh.LyDoBatDau.CHUYEN_DEN
    period = so_doan_vien.begin_membership(
        doan_vien=doan_vien, chi_doan=chi_doan, tu_ngay=tu_ngay, ly_do=ly_do, by=by
    )
    return _from_outside(period.doan_vien, period, giay, by)


def _left_before(doan_vien: DoanVien) -> DoanVien | None:
    if not doan_vien.cccd_bam:
        return None
    same = DoanVien.objects.co_trang_thai(DoanVien.TrangThai.CHUYEN_DI)
    return same.filter(
        cccd_bam=doan_vien.cccd_bam,
        khoa_tim=doan_vien.khoa_tim,
        ngay_sinh=doan_vien.ngay_sinh,
    ).first()


def _from_outside(person: DoanVien, period: QuaTrinh, giay: GiayDen, by) -> ChuyenSinhHoat:
    if not giay.noi_di.strip():
        raise RuleError("Ghi nơi giới thiệu đến.", field="noi_di")
    branch = period.chi_doan
    chuyen = ChuyenSinhHoat.objects.create(
        doan_vien=person,
        trang_thai=ChuyenSinhHoat.TrangThai.XONG,
        noi_di=giay.noi_di.strip(),
        phuong_den=branch.cap_tren,
        chi_doan_den=branch,
        ngay=period.tu_ngay,
        ngay_buoc=period.tu_ngay,
        ngay_gioi_thieu=giay.ngay_giay or period.tu_ngay,
        so_giay=giay.so_giay,
        ngay_giay=giay.ngay_giay,
        dong_phi_den=giay.dong_phi_den,
        qua_trinh=period,
        tao_boi=by,
    )
    quy_trinh.add_buoc(
        chuyen=chuyen,
        loai=BuocChuyen.Loai.TU_NGOAI,
        don_vi=branch,
        ngay=period.tu_ngay,
        by=by,
        so_van_ban=giay.so_giay,
    )
    record(by=by, hanh_dong="chuyen.tu_ngoai", target=chuyen, ngay=period.tu_ngay)
    return chuyen


# ---- guests --------------------------------------------------------------------------------


@transaction.atomic
def add_participant(*, doan_vien: DoanVien, tu_ngay: date, den_ngay: date | None, by) -> QuaTrinh:
    """Enter a member of an agency, school or enterprise outside who takes part where he lives.

    `doan_vien` is unsaved, with the residential branch and the home unit in words. Never
    counted as a member here.
    """
    check_da_den(tu_ngay)
    _check_host(doan_vien.chi_doan, by)
    if not doan_vien.don_vi_goc.strip():
        raise RuleError("Ghi chi đoàn chính thức của đồng chí.", field="don_vi_goc")
    so_doan_vien.check_cccd(doan_vien)
    doan_vien.trang_thai = DoanVien.TrangThai.NOI_KHAC
    doan_vien.save(force_insert=True)
    period = open_guest(
        person=doan_vien,
        chi_doan=doan_vien.chi_doan,
        loai=QuaTrinh.Loai.NOI_CU_TRU,
        tu_ngay=tu_ngay,
        den_ngay=den_ngay,
    )
    record(by=by, hanh_dong="khach.add", target=doan_vien, tu_ngay=tu_ngay)
    return period


@transaction.atomic
def set_end(*, period: QuaTrinh, den_ngay: date, by) -> QuaTrinh:
    """Extend a guest's period, or end it early; only while it runs.

    Refused for an official period, once it is over, and for a day before it began.
    """
    current = QuaTrinh.objects.khong_chinh_thuc().select_for_update(of=("self",))
    current = current.select_related("chi_doan", "doan_vien").get(pk=period.pk)
    _check_host(current.chi_doan, by)
    if current.den_ngay and current.den_ngay < today():
        raise RuleError(f"Đã hết hạn từ {current.den_ngay:%d/%m/%Y}. Làm giấy giới thiệu mới.")
    if den_ngay < current.tu_ngay:
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")
    if den_ngay < today() - timedelta(days=1):
        raise RuleError("Chọn từ hôm qua trở đi: ngày đã qua thì đã tính rồi.", field="den_ngay")
    current.den_ngay = den_ngay
    current.ly_do_ket_thuc = QuaTrinh.LyDoKetThuc.HET_HAN
    current.save(update_fields=["den_ngay", "ly_do_ket_thuc"])
    record(by=by, hanh_dong="khach.end", target=current, den_ngay=den_ngay)
    return current


@transaction.atomic
def record_nhan_xet(
    *, period: QuaTrinh, nam: int, muc: str, by, nhan_xet: str = ""
) -> NhanXetCuTru:
    """The residence tells the home branch how a participant took part in a year; once a year.

    Written again it replaces what was said. Refused for a year the period does not touch.
    """
    _check_host(period.chi_doan, by)
    last = period.den_ngay.year if period.den_ngay else today().year
    if not period.tu_ngay.year <= nam <= min(last, today().year):
        raise RuleError(f"Năm {nam} đồng chí không sinh hoạt tại đây.", field="nam")
    row, _ = NhanXetCuTru.objects.update_or_create(
        qua_trinh=period,
        nam=nam,
        defaults={"muc": muc, "nhan_xet": nhan_xet.strip(), "ngay": today(), "boi": by},
    )
    record(by=by, hanh_dong="khach.comment", target=period, nam=nam, muc=muc)
    return row


def _check_host(chi_doan: DonVi, by) -> None:
    if not by.may(Quyen.SUA_DOAN_VIEN, chi_doan):
        raise PermissionDenied(who_may(Quyen.SUA_DOAN_VIEN))
