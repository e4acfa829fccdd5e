"""Which branch works in a residential area, from which day."""

from datetime import date, timedelta

from django.db import transaction

from core.errors import AlreadyRecordedError, RuleError
from core.periods import today
from core.text.display import ngay as show_day
from tochuc.audit import record
from tochuc.models import DiaBan, DonVi


@transaction.atomic
def assign_dia_ban(
    *, dia_ban: DiaBan, chi_doan: DonVi, tu_ngay: date, by, truoc: int | None = None
) -> DiaBan:
    """Let a branch of the area's ward work in it; what was before stays on record.

    `truoc` is the branch that the page named for it, if any. Refused for a branch that is not
    there on the day, for a day before the area's own or to come, and when somebody has given it to
    a branch meanwhile.
    """
    current = DiaBan.objects.select_for_update(of=("self",)).get(pk=dia_ban.pk)
    if _da_giao(current, chi_doan):
        raise AlreadyRecordedError("Địa bàn này đã giao cho chi đoàn ấy.")
    if current.den_ngay or current.chi_doan_id != truoc:
        raise RuleError("Vừa có người giao địa bàn này. Xem lại trước khi giao.")
    _check(current, chi_doan, tu_ngay)
    if tu_ngay == current.tu_ngay:
        current.chi_doan = chi_doan
        current.save(update_fields=["chi_doan"])
    else:
        current.den_ngay = tu_ngay - timedelta(days=1)
        current.save(update_fields=["den_ngay"])
        current = DiaBan.objects.create(
            don_vi_id=current.don_vi_id,
            chi_doan=chi_doan,
            loai=current.loai,
            ten=current.ten,
            tu_ngay=tu_ngay,
        )
    record(by=by, hanh_dong="dia_ban.assign", target=current, don_vi=chi_doan, tu_ngay=tu_ngay)
    return current


def _da_giao(dia_ban: DiaBan, chi_doan: DonVi) -> bool:
    """Whether the branch works in it, by this row or by the one that followed it."""
    if not dia_ban.den_ngay:
        return dia_ban.chi_doan_id == chi_doan.pk
    named = {"don_vi": dia_ban.don_vi_id, "loai": dia_ban.loai, "ten": dia_ban.ten}
    then = dia_ban.den_ngay + timedelta(days=1)
    return DiaBan.objects.filter(**named, chi_doan=chi_doan, tu_ngay=then).exists()


def _check(dia_ban: DiaBan, chi_doan: DonVi, tu_ngay: date) -> None:
    if not dia_ban.tu_ngay <= tu_ngay <= today():
        raise RuleError(f"Chọn ngày từ {show_day(dia_ban.tu_ngay)} đến hôm nay.", field="tu_ngay")
    branches = DonVi.objects.truc_thuoc(dia_ban.don_vi_id, tu_ngay).chi_doan()
    if not branches.filter(pk=chi_doan.pk).exists():
        raise RuleError(
            f"{chi_doan} không ở {dia_ban.don_vi} vào ngày {show_day(tu_ngay)}. Chọn ngày sau khi "
            "chi đoàn thành lập.",
            field="tu_ngay",
        )
