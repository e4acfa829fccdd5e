"""Entering awards for one or several members, and taking a wrong one back."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import ProtectedError

from core.errors import RuleError
from core.text import clean
from doanvien.models import DoanVien, KhenThuong
from tochuc.audit import record
from tochuc.models import DonVi


@transaction.atomic
def create_khen_thuong(
    *,
    doan_vien: Iterable[DoanVien],
    cap: str,
    hinh_thuc: str,
    noi_dung: str,
    ngay: date,
    don_vi: DonVi,
    by,
    so_quyet_dinh: str = "",
) -> list[KhenThuong]:
    """The same award for each of these members; one audit line. Refused when one has it already."""
    people = list(doan_vien)
    if not people:
        raise RuleError("Chọn ít nhất một đồng chí.", field="doan_vien")
    noi_dung = clean(noi_dung)
    same = KhenThuong.objects.filter(
        doan_vien__in=people, cap=cap, hinh_thuc=hinh_thuc, ngay=ngay, noi_dung=noi_dung
    )
    known = same.select_related("doan_vien").first()
    if known:
        raise RuleError(f"Đã ghi khen thưởng này cho {known.doan_vien}.", field="doan_vien")
    rows = KhenThuong.objects.bulk_create(
        [
            KhenThuong(
                doan_vien=nguoi,
                chi_doan=nguoi.chi_doan,
                cap=cap,
                hinh_thuc=hinh_thuc,
                noi_dung=noi_dung,
                so_quyet_dinh=clean(so_quyet_dinh),
                ngay=ngay,
                ghi_boi=by,
            )
            for nguoi in people
        ]
    )
    record(by=by, hanh_dong="khen_thuong.create", target=don_vi, so_nguoi=len(rows), ngay=ngay)
    return rows


@transaction.atomic
def delete_khen_thuong(*, khen_thuong: KhenThuong, by) -> None:
    """Take back an award that was entered by mistake. Refused for one that a decision here gave."""
    row = KhenThuong.objects.select_for_update(of=("self",)).get(pk=khen_thuong.pk)
    try:
        row.delete()
    except ProtectedError as error:
        raise RuleError(
            "Khen thưởng này theo quyết định ban hành ở đây. Hủy quyết định đó trước."
        ) from error
    record(by=by, hanh_dong="khen_thuong.delete", target=row.doan_vien, ngay=row.ngay)
