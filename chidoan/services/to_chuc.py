"""Offices with terms, coaching, and the themes of the year."""

from datetime import date, timedelta

from django.db import transaction

from chidoan.models import ChucVu, ChuDiem, PhuTrach
from core.errors import RuleError
from core.periods import today
from core.text import clean
from core.text.display import ngay as show_ngay
from tochuc.audit import record
from tochuc.models import DonVi

SAP_PHU_TRACH = timedelta(days=92)
"""How far ahead somebody may be put in charge."""


@transaction.atomic
def assign_phu_trach(*, chi_doan: DonVi, chuc_vu: ChucVu, tu_ngay: date, by) -> PhuTrach:
    """Put a committee member of the ward in charge of a branch; the one before him ends.

    Refused for an office of another unit than those above the branch, or one that is not
    held on that day; for a day far ahead, which is a slip of the pen.
    """
    if tu_ngay > today() + SAP_PHU_TRACH:
        raise RuleError("Ngày bắt đầu không quá ba tháng tới. Xem lại năm.", field="tu_ngay")
    DonVi.objects.select_for_update(of=("self",)).get(pk=chi_doan.pk)
    above = chi_doan.path.startswith(chuc_vu.don_vi.path) and chuc_vu.don_vi_id != chi_doan.pk
    if not above:
        raise RuleError("Chọn ủy viên của Đoàn cấp trên trực tiếp.", field="chuc_vu")
    if not ChucVu.objects.tai_ngay(tu_ngay).filter(pk=chuc_vu.pk).exists():
        raise RuleError(
            f"Đồng chí {chuc_vu.ho_ten} không giữ chức vụ vào ngày {show_ngay(tu_ngay)}.",
            field="tu_ngay",
        )
    current = PhuTrach.objects.filter(chi_doan=chi_doan, den_ngay__isnull=True).first()
    if current and current.chuc_vu_id == chuc_vu.pk:
        raise RuleError(f"Đồng chí {chuc_vu.ho_ten} đang phụ trách chi đoàn này.", field="chuc_vu")
    if current:
        _end_phu_trach(current, tu_ngay - timedelta(days=1))
    phu_trach = PhuTrach.objects.create(chi_doan=chi_doan, chuc_vu=chuc_vu, tu_ngay=tu_ngay)
    record(by=by, hanh_dong="phu_trach.assign", target=phu_trach, tu_ngay=tu_ngay)
    return phu_trach


@transaction.atomic
def end_phu_trach(*, phu_trach: PhuTrach, den_ngay: date, by) -> None:
    """Nobody coaches the branch after `den_ngay`."""
    phu_trach = PhuTrach.objects.select_for_update(of=("self",)).get(pk=phu_trach.pk)
    if phu_trach.den_ngay:
        raise RuleError("Phân công này đã kết thúc.")
    record(by=by, hanh_dong="phu_trach.end", target=phu_trach, den_ngay=den_ngay)
    _end_phu_trach(phu_trach, den_ngay)


@transaction.atomic
def set_chu_diem(*, don_vi: DonVi, nam: int, chu_diem: dict[int, str], by) -> None:
    """Set a year's themes, month by month; an empty one is taken away."""
    texts = {month: clean(text) for month, text in chu_diem.items()}
    rows = [ChuDiem(don_vi=don_vi, nam=nam, thang=m, ten=text) for m, text in texts.items() if text]
    ChuDiem.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["don_vi", "nam", "thang"],
        update_fields=["ten"],
    )
    empty = [month for month, text in texts.items() if not text]
    ChuDiem.objects.filter(don_vi=don_vi, nam=nam, thang__in=empty).delete()
    record(by=by, hanh_dong="chu_diem.set", target=don_vi, nam=nam, thang=sorted(texts))


def _end_phu_trach(phu_trach: PhuTrach, den_ngay: date) -> None:
    """An assignment that never ran a day leaves no row."""
    if den_ngay < phu_trach.tu_ngay:
        phu_trach.delete()
        return
    phu_trach.den_ngay = den_ngay
    phu_trach.save(update_fields=["den_ngay"])
