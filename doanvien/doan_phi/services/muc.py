"""At which rate a member pays: with a salary or without, and since when."""

from datetime import date

from django.db import transaction

from core.errors import RuleError
from core.periods import today
from doanvien.doan_phi.quy_tac import thang_cua
from doanvien.models import DoanVien
from doanvien.nhap_thay import nhap_thay
from tochuc.audit import record


@transaction.atomic
def set_muc(*, doan_vien: DoanVien, huong_luong: bool, tu_thang: date | None, by) -> DoanVien:
    """Say whether a member has a salary, and from which month on (None: it was always so).

    Months before it are owed at the other rate; what was paid stays. Refused for a month to
    come.
    """
    current = DoanVien.objects.select_for_update(of=("self",)).get(pk=doan_vien.pk)
    if tu_thang and tu_thang > today():
        raise RuleError("Chọn tháng này hoặc tháng đã qua.", field="tu_thang")
    current.huong_luong = huong_luong
    current.huong_luong_tu = thang_cua(tu_thang) if tu_thang else None
    current.version += 1
    current.save(update_fields=["huong_luong", "huong_luong_tu", "version", "sua_luc"])
    record(
        by=by,
        hanh_dong="doan_vien.update",
        target=current,
        truong=["huong_luong"],
        **nhap_thay(by, doan_vien.chi_doan.pk),
    )
    return current
