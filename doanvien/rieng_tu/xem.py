"""Masked by default: whoever wants the full record says why, and then sees it for a while.

Pages ask `duoc_xem(request, doan_vien)`; lists and files that carry masked columns of many
people ask `require_ly_do(request, …)` first and call `ghi_xem_danh_sach(…)` when they leave.
A page that lists masked matters only asks `is_list_open(…)`, and `mo_danh_sach(…)` opens it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.template.response import TemplateResponse
from django.utils import timezone

from core.errors import RuleError
from core.periods import today
from doanvien.ly_lich import NHAY_CAM
from doanvien.models import DoanVien, LuotXem
from tochuc.audit import record
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.quy_dinh import gia_tri

from .forms import LyDoXemForm

_KHOA = "xem_day_du"
_KHOA_DANH_SACH = "xem_danh_sach"
DA_CHE = "Đã che"


@dataclass(frozen=True)
class LyDo:
    """Why masked data are looked at: a code of LuotXem.LyDo and, where needed, words."""

    ly_do: str
    ghi_chu: str = ""


def duoc_xem(request, doan_vien: DoanVien) -> bool:
    """Whether this person's masked fields stand open: the right, and a reason given lately."""
    return may_reveal(request.user, doan_vien) and con_lai(request, doan_vien) > 0


def may_reveal(user, doan_vien: DoanVien) -> bool:
    return user.may(Quyen.XEM_NHAY_CAM, doan_vien.chi_doan)


def con_lai(request, doan_vien: DoanVien) -> int:
    """For how many minutes yet, begun ones counted; 0 when the record is masked."""
    until = request.session.get(_KHOA, {}).get(str(doan_vien.pk), 0)
    return max(0, -int((timezone.now().timestamp() - until) // 60))


def readable_fields(request, doan_vien: DoanVien) -> tuple[str, ...]:
    """Which sensitive fields stand open to the reader of this request."""
    return NHAY_CAM if duoc_xem(request, doan_vien) else ()


def sees_contact(request, doan_vien: DoanVien) -> bool:
    """Numbers and addresses: for who works with the person; others give the reason first."""
    works = request.user.may(Quyen.SUA_DOAN_VIEN, doan_vien.chi_doan)
    return works or duoc_xem(request, doan_vien)


def mo_xem(request, doan_vien: DoanVien, ly_do: LyDo) -> LuotXem:
    """Let this browser see one person's masked fields for the minutes that the setting gives."""
    luot = ghi_luot_xem(doan_vien=doan_vien, ly_do=ly_do, by=request.user)
    _mo(request, _KHOA, str(doan_vien.pk), doan_vien.chi_doan)
    return luot


def is_list_open(request, ten: str) -> bool:
    """Whether this browser gave a reason lately for the list of that name."""
    until = request.session.get(_KHOA_DANH_SACH, {}).get(ten, 0)
    return until > timezone.now().timestamp()


def mo_danh_sach(request, ten: str, people: Iterable[DoanVien], ly_do: LyDo) -> None:
    """Let this browser see a list of masked matters; each person on it learns of the look."""
    don_vi = request.user.don_vi
    ghi_xem_tung_nguoi(people=people, don_vi=don_vi, ly_do=ly_do, by=request.user)
    _mo(request, _KHOA_DANH_SACH, ten, don_vi)


def mo_loc(request, ten: str, so_nguoi: int, ly_do: LyDo) -> None:
    """Let this browser see a list of so many people chosen by something masked."""
    don_vi = request.user.don_vi
    ghi_xem_danh_sach(don_vi=don_vi, so_nguoi=so_nguoi, ly_do=ly_do, by=request.user)
    _mo(request, _KHOA_DANH_SACH, ten, don_vi)


def che_lai(request, doan_vien: DoanVien) -> None:
    """Mask the record again before its time is over."""
    opened = request.session.get(_KHOA, {})
    opened.pop(str(doan_vien.pk), None)
    request.session[_KHOA] = opened


@transaction.atomic
def ghi_luot_xem(*, doan_vien: DoanVien, ly_do: LyDo, by) -> LuotXem:
    """Write down who looks at whose masked fields and why; the audit line has the code alone."""
    _check(ly_do)
    luot = LuotXem.objects.create(
        don_vi=doan_vien.chi_doan,
        doan_vien=doan_vien,
        nguoi=by,
        ly_do=ly_do.ly_do,
        ghi_chu=ly_do.ghi_chu.strip(),
    )
    record(by=by, hanh_dong="doan_vien.reveal", target=doan_vien, ly_do=ly_do.ly_do)
    return luot


@transaction.atomic
def ghi_xem_danh_sach(*, don_vi: DonVi, so_nguoi: int, ly_do: LyDo, by) -> LuotXem:
    """Write down that a list with masked fields of many people left the house, and why."""
    _check(ly_do)
    luot = LuotXem.objects.create(
        don_vi=don_vi,
        so_nguoi=so_nguoi,
        nguoi=by,
        ly_do=ly_do.ly_do,
        ghi_chu=ly_do.ghi_chu.strip(),
    )
    record(
        by=by, hanh_dong="doan_vien.reveal_list", don_vi=don_vi, ly_do=ly_do.ly_do, so_dong=so_nguoi
    )
    return luot


@transaction.atomic
def ghi_xem_tung_nguoi(
    *, people: Iterable[DoanVien], don_vi: DonVi, ly_do: LyDo, by
) -> list[LuotXem]:
    """Write down a look at something masked of each of these people; one audit line."""
    _check(ly_do)
    fields = {"nguoi": by, "ly_do": ly_do.ly_do, "ghi_chu": ly_do.ghi_chu.strip()}
    luot = LuotXem.objects.bulk_create(
        [LuotXem(don_vi=nguoi.chi_doan, doan_vien=nguoi, **fields) for nguoi in people],
        batch_size=500,
    )
    record(
        by=by,
        hanh_dong="doan_vien.reveal_list",
        don_vi=don_vi,
        ly_do=ly_do.ly_do,
        so_dong=len(luot),
    )
    return luot


def require_ly_do(request, *, title: str, back: str, text: str = "", verb: str = "Tải đầy đủ"):
    """The reason for an unmasked file, or the page that asks for it: `(ly_do, page)`.

    The view answers with `page` while it is not None; when the reason came by POST, it writes
    `ghi_xem_danh_sach(…)` and sends the file. Whether the person may have the file at all is
    for the view to check before.
    """
    form = LyDoXemForm(request.POST or None)
    if form.is_valid():
        return LyDo(form.cleaned_data["ly_do"], form.cleaned_data["ghi_chu"]), None
    context = {"title": title, "text": text or CANH_BAO, "form": form, "verb": verb, "back": back}
    return None, TemplateResponse(request, "core/confirm.html", context)


CANH_BAO = (
    "Tệp có dân tộc, tôn giáo, số định danh và các mục riêng tư khác. Lý do, người tải và giờ "
    "tải được ghi lại; đoàn viên có quyền biết."
)


def _mo(request, khoa: str, ten: str, don_vi: DonVi) -> None:
    """Open `ten` in this browser for the minutes in force, and drop what has run out."""
    minutes = int(gia_tri("so_phut_xem_du_lieu", ngay=today(), don_vi=don_vi))
    now = timezone.now().timestamp()
    opened = {key: until for key, until in request.session.get(khoa, {}).items() if until > now}
    request.session[khoa] = opened | {ten: int(now) + minutes * 60}


def _check(ly_do: LyDo) -> None:
    if ly_do.ly_do not in LuotXem.LyDo.values:
        raise RuleError("Chọn lý do xem.", field="ly_do")
    if ly_do.ly_do == LuotXem.LyDo.KHAC and not ly_do.ghi_chu.strip():
        raise RuleError("Ghi rõ việc cần xem.", field="ghi_chu")
