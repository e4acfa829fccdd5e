"""What the pages of reports share: whose report it is, and how an action is answered."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from baocao.models import BaoCao
from core.errors import RuleError
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, who_may


def role_of(user, quyen: Quyen):
    """The widest role that holds the right."""
    role = next((pc for pc in user.phan_cong_hom_nay if quyen in pc.quyen), None)
    if role is None:
        raise Http404
    return role


def visible_report(request, pk) -> BaoCao:
    rows = BaoCao.objects.visible_to(request.user).select_related("don_vi", "nop_boi")
    return get_object_or_404(rows, pk=pk)


def own_report(request, pk) -> BaoCao:
    """A report of a unit whose reports this person makes, also of one that has gone into his: 404
    foreign, 403 of a unit below."""
    bao_cao = visible_report(request, pk)
    if not BaoCao.objects.duoc_lap(request.user, bao_cao.don_vi):
        raise PermissionDenied(who_may(Quyen.LAP_BAO_CAO))
    return bao_cao


def report_to_judge(request, pk) -> BaoCao:
    """A report of a unit below: 404 foreign, 403 for one's own."""
    bao_cao = get_visible_or_404(
        BaoCao.objects.select_related("don_vi"), request.user, quyen=Quyen.DUYET_BAO_CAO, pk=pk
    )
    check_duyet(request.user, bao_cao.don_vi)
    return bao_cao


def check_duyet(user, don_vi: DonVi) -> None:
    """Refuse who sits at another level than the one that judges the unit's reports."""
    if BaoCao.objects.duoc_duyet(user, don_vi):
        return
    if don_vi.is_chi_doan and not any(pc.don_vi_id == don_vi.pk for pc in user.phan_cong_hom_nay):
        raise PermissionDenied("Báo cáo của chi đoàn do đoàn cơ sở của chi đoàn ấy xem xét.")
    raise PermissionDenied("Báo cáo của đơn vị mình do cấp trên xem xét.")


def may_speak(user, bao_cao: BaoCao) -> bool:
    """Whether this person writes or judges the report, and so may say a word about it."""
    is_own = BaoCao.objects.duoc_lap(user, bao_cao.don_vi)
    return is_own or user.may(Quyen.DUYET_BAO_CAO, bao_cao.don_vi)


def attempt(request, action: Callable[[], object], done: str | Callable[[object], str]) -> None:
    """Do it, and tell the person what was done or why not."""
    try:
        result = action()
    except RuleError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done(result) if callable(done) else done)


def confirm(request, bao_cao: BaoCao, **context) -> TemplateResponse:
    """The question before a step of the report."""
    context.setdefault("back", bao_cao.get_absolute_url())
    return TemplateResponse(request, "core/confirm.html", context)
