"""Initiatives and their teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from chidoan.models import MoHinh, ThanhVienMoHinh
from core.errors import RuleError
from core.text import clean, clean_name
from tochuc.audit import record
from tochuc.models import DonVi


@dataclass(frozen=True, kw_only=True)
class ThanhVien:
    """One of the team."""

    ho_ten: str
    chuc_vu: str = ""
    nhiem_vu: str = ""
    la_to_truong: bool = False


@transaction.atomic
def create_mo_hinh(
    *,
    don_vi: DonVi,
    ten: str,
    tu_ngay: date,
    by,
    thanh_vien: Sequence[ThanhVien] = (),
    diem: DonVi | None = None,
    muc_tieu: str = "",
    gan_voi: Sequence[str] = (),
    sinh_hoat: str = "",
    den_ngay: date | None = None,
) -> MoHinh:
    """Launch an initiative. Refused as in `update_mo_hinh`."""
    mo_hinh = MoHinh(don_vi=don_vi)
    values = {
        "ten": ten,
        "tu_ngay": tu_ngay,
        "den_ngay": den_ngay,
        "diem": diem,
        "muc_tieu": muc_tieu,
        "gan_voi": list(gan_voi),
        "sinh_hoat": sinh_hoat,
    }
    return _save(mo_hinh, values, thanh_vien, by=by, hanh_dong="mo_hinh.create")


@transaction.atomic
def update_mo_hinh(*, mo_hinh: MoHinh, values: dict, thanh_vien: Sequence[ThanhVien], by) -> MoHinh:
    """Change an initiative and its team.

    Refused: two leaders, a pilot branch of another unit, an end before the beginning.
    """
    mo_hinh = MoHinh.objects.select_for_update(of=("self",)).get(pk=mo_hinh.pk)
    return _save(mo_hinh, values, thanh_vien, by=by, hanh_dong="mo_hinh.update")


def _save(mo_hinh, values, thanh_vien, *, by, hanh_dong) -> MoHinh:
    for name, value in values.items():
        setattr(mo_hinh, name, value)
    mo_hinh.ten = clean(mo_hinh.ten)
    _check(mo_hinh, thanh_vien)
    mo_hinh.save()
    mo_hinh.thanh_vien.all().delete()
    ThanhVienMoHinh.objects.bulk_create(
        ThanhVienMoHinh(
            mo_hinh=mo_hinh,
            ho_ten=clean_name(row.ho_ten),
            chuc_vu=clean(row.chuc_vu),
            nhiem_vu=clean(row.nhiem_vu),
            la_to_truong=row.la_to_truong,
        )
        for row in thanh_vien
    )
    record(by=by, hanh_dong=hanh_dong, target=mo_hinh, thanh_vien=len(thanh_vien))
    return mo_hinh


def _check(mo_hinh: MoHinh, thanh_vien: Sequence[ThanhVien]) -> None:
    if not mo_hinh.ten:
        raise RuleError("Ghi tên mô hình.", field="ten")
    if mo_hinh.den_ngay and mo_hinh.den_ngay < mo_hinh.tu_ngay:
        raise RuleError("Ngày kết thúc phải từ ngày bắt đầu trở đi.", field="den_ngay")
    diem = mo_hinh.diem
    if diem and not (diem.is_chi_doan and diem.path.startswith(mo_hinh.don_vi.path)):
        raise RuleError(f"{diem} không thuộc {mo_hinh.don_vi}.", field="diem")
    if sum(row.la_to_truong for row in thanh_vien) > 1:
        raise RuleError("Mô hình chỉ có một tổ trưởng.", field="thanh_vien")
