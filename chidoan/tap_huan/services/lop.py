"""A class: planned, announced, changed, cancelled, finished, opened again."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from chidoan.models import BuoiTapHuan, HocVien, LopTapHuan
from chidoan.models.tap_huan import gop_ma
from chidoan.tap_huan.giay_to import CHUNG_NHAN
from chidoan.tap_huan.quy_tac import (
    SO_CHO_TOI_DA,
    TinhHinhLop,
    cac_ngay,
    check_ket_thuc,
    check_ngay,
)
from core.errors import RuleError, StaleError
from core.periods import today
from core.text import clean
from tochuc.audit import record
from tochuc.models import DonVi, VanBan

from .khoa import check_to_chuc, fill_places, lock_lop, lock_to_chuc

TrangThai = LopTapHuan.TrangThai
TRUONG = (
    *("ten", "chu_de", "doi_tuong", "tu_ngay", "den_ngay", "dia_diem", "phoi_hop"),
    *("so_cho", "han_dang_ky", "ghi_chu"),
)
"""Columns that a form fills."""


@transaction.atomic
def create_lop(
    *, don_vi: DonVi, values: Mapping[str, Any], by, is_du_kien: bool = False
) -> LopTapHuan:
    """Open a class, with a session for each of its days; nobody below sees one that is planned.

    Refused: days out of order, no name, no topic, a class of the same name that begins that day
    (a form sent twice).
    """
    DonVi.objects.select_for_update(of=("self",), no_key=True).get(pk=don_vi.pk)
    check_to_chuc(don_vi, by)
    lop = LopTapHuan(don_vi=don_vi, tao_boi=by)
    lop.trang_thai = TrangThai.DU_KIEN if is_du_kien else TrangThai.MO
    _set(lop, values)
    same = LopTapHuan.objects.filter(don_vi=don_vi, ten=lop.ten, tu_ngay=lop.tu_ngay).chua_huy()
    if same.exists():
        raise RuleError("Lớp này đã được ghi, cùng tên và cùng ngày.", field="ten")
    lop.save()
    BuoiTapHuan.objects.bulk_create(
        [BuoiTapHuan(lop=lop, ngay=ngay) for ngay in cac_ngay(lop.tu_ngay, lop.den_ngay)]
    )
    record(by=by, hanh_dong="lop_tap_huan.create", target=lop, ngay=lop.tu_ngay)
    return lop


@transaction.atomic
def update_lop(*, lop: LopTapHuan, version: int, values: Mapping[str, Any], by) -> LopTapHuan:
    """Change a class; `version` is the one that was shown. More seats let those who wait move up.

    Refused: fewer seats than people on the list, a session outside the new days.
    """
    current = lock_to_chuc(lop, by)
    if current.version != version:
        raise StaleError("Có người vừa sửa lớp này. Xem lại trước khi lưu.", current=current)
    _set(current, values)
    listed = current.hoc_vien.dang_ky().count()
    if current.so_cho is not None and current.so_cho < listed:
        raise RuleError(f"Lớp đang có {listed} đồng chí. Số chỗ không ít hơn được.", field="so_cho")
    outside = current.buoi.exclude(ngay__range=(current.tu_ngay, current.den_ngay)).first()
    if outside:
        raise RuleError(
            f"Buổi ngày {outside.ngay:%d/%m/%Y} nằm ngoài những ngày này. Sửa buổi đó trước.",
            field="tu_ngay",
        )
    current.version += 1
    current.save()
    fill_places(current)
    record(by=by, hanh_dong="lop_tap_huan.update", target=current, truong=sorted(values))
    return current


@transaction.atomic
def thong_bao_lop(*, lop: LopTapHuan, by) -> LopTapHuan:
    """Announce a planned class: those below see it and sign up."""
    current = lock_to_chuc(lop, by)
    if current.trang_thai != TrangThai.DU_KIEN:
        raise RuleError("Lớp này đã được thông báo.")
    _move(current, TrangThai.MO)
    record(by=by, hanh_dong="lop_tap_huan.publish", target=current)
    return current


@transaction.atomic
def huy_lop(*, lop: LopTapHuan, ly_do: str, by) -> LopTapHuan:
    """Cancel a class that will not be held; it stays on record with the reason and counts nowhere.

    Refused once a roll has somebody present: such a class is finished instead.
    """
    current = lock_to_chuc(lop, by)
    if not (ly_do := clean(ly_do)):
        raise RuleError("Ghi lý do hủy lớp.", field="ly_do")
    if current.hoc_vien.da_du().exists():
        raise RuleError("Lớp đã có người dự, không hủy được. Kết thúc lớp với những ai đã dự.")
    _move(current, TrangThai.HUY, ly_do_huy=ly_do)
    record(by=by, hanh_dong="lop_tap_huan.cancel", target=current)
    return current


@transaction.atomic
def finish_lop(*, lop: LopTapHuan, ngay: date, by) -> LopTapHuan:
    """Finish a class: from now on it counts, and nothing in it changes. Refused as in `quy_tac`."""
    current = lock_to_chuc(lop, by)
    check_ket_thuc(tinh_hinh(current), ngay=ngay, homnay=today())
    _move(current, TrangThai.XONG, ngay_xong=ngay)
    so_nguoi = current.hoc_vien.da_du().count()
    record(by=by, hanh_dong="lop_tap_huan.finish", target=current, ngay=ngay, so_nguoi=so_nguoi)
    return current


@transaction.atomic
def mo_lai_lop(*, lop: LopTapHuan, ly_do: str, by) -> LopTapHuan:
    """Open a finished class to mend it. Refused without a reason and while a certificate stands."""
    current = lock_lop(lop)
    check_to_chuc(current.don_vi, by)
    if not current.is_xong:
        raise RuleError("Lớp này chưa kết thúc.")
    if not clean(ly_do):
        raise RuleError("Ghi lý do mở lại lớp.", field="ly_do")
    if so := so_giay(current):
        raise RuleError(
            f"Lớp đã cấp {so} giấy chứng nhận còn hiệu lực. Hủy giấy trước, rồi mở lại lớp."
        )
    _move(current, TrangThai.MO, ngay_xong=None)
    record(by=by, hanh_dong="lop_tap_huan.reopen", target=current)
    return current


def tinh_hinh(lop: LopTapHuan) -> TinhHinhLop:
    """What its end is judged by. Four queries."""
    came = lop.hoc_vien.da_du()
    return TinhHinhLop(
        den_ngay=lop.den_ngay,
        so_buoi=lop.buoi.count(),
        so_chua_diem_danh=lop.buoi.filter(da_diem_danh=False).count(),
        so_du=came.count(),
        so_chua_ket_qua=came.filter(ket_qua="").count(),
    )


def so_giay(lop: LopTapHuan) -> int:
    """Certificates of the class that stand. One query."""
    papers = VanBan.objects.con_gia_tri().filter(
        doi_tuong_loai=HocVien._meta.label_lower, doi_tuong_id=OuterRef("pk"), loai=CHUNG_NHAN
    )
    return lop.hoc_vien.filter(Exists(papers)).count()


def _set(lop: LopTapHuan, values: Mapping[str, Any]) -> None:
    for name in TRUONG:
        value = values.get(name, getattr(lop, name))
        if isinstance(value, list | tuple):
            value = gop_ma(value)
        setattr(lop, name, value.strip() if isinstance(value, str) else value)
    lop.set_ten(clean(lop.ten))
    if not lop.ten:
        raise RuleError("Ghi tên lớp.", field="ten")
    if not lop.chu_de:
        raise RuleError("Chọn ít nhất một chuyên đề.", field="chu_de")
    check_ngay(lop.tu_ngay, lop.den_ngay, lop.han_dang_ky, homnay=today())
    if lop.so_cho is not None and lop.so_cho > SO_CHO_TOI_DA:
        raise RuleError(f"Lớp có nhiều nhất {SO_CHO_TOI_DA} chỗ. Xem lại số chỗ.", field="so_cho")


def _move(lop: LopTapHuan, trang_thai: str, **fields) -> None:
    for name, value in {"trang_thai": trang_thai, **fields}.items():
        setattr(lop, name, value)
    lop.version += 1
    lop.save(update_fields=["trang_thai", "version", *fields])
