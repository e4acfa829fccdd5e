"""What the pages of a transfer share: the door to one, and a page that is one form."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core.errors import RuleError, StaleError
from doanvien.chuyen.quy_trinh import (
    BANG,
    KE_TIEP,
    AlreadyRecordedError,
    holds_right,
    rule_of,
)
from doanvien.models import BuocChuyen, ChuyenSinhHoat
from tochuc.permissions import get_visible_or_404, who_may


def get_chuyen(request, pk) -> ChuyenSinhHoat:
    return get_visible_or_404(ChuyenSinhHoat.objects.for_page(), request.user, pk=pk)


def get_chuyen_for(request, pk, loai) -> ChuyenSinhHoat:
    """The transfer for a step: 404 when it is not visible, 403 without the right to the step."""
    chuyen = get_chuyen(request, pk)
    if not holds_right(loai, chuyen, request.user):
        line = rule_of(loai, chuyen) or BANG[KE_TIEP.get(chuyen.trang_thai, BuocChuyen.Loai.RUT)]
        raise PermissionDenied(who_may(line.quyen))
    return chuyen


def out_of_step(request, chuyen, loai):
    """On opening a form whose step is not open: back to the transfer, saying where it stands."""
    line = rule_of(loai, chuyen)
    if request.method == "POST" or (line and chuyen.trang_thai in line.tu):
        return None
    messages.warning(request, f"Việc chuyển đang ở bước «{chuyen.get_trang_thai_display()}».")
    return redirect(chuyen)


def run_form(request, *, form, save, done, back, template="core/form.html", **context):
    """Show a form; when it is sent, let the service do it and go back.

    A refusal stands beside its field. When somebody took a step meanwhile (409) the form
    speaks of the newer state. A form sent twice counts once. `done` and `back` may be
    functions of what `save` returned.
    """
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            result = save(form)
        except AlreadyRecordedError:
            return redirect(context["back_url"])
        except StaleError as refusal:
            status = 409
            form.data = form.data.copy()
            form.data["version"] = refusal.current.version
            form.add_error(None, str(refusal))
        except RuleError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, done(result) if callable(done) else done)
            return redirect(back(result) if callable(back) else back)
    context |= {"form": form, "back": context["back_url"]}
    return TemplateResponse(request, template, context, status=status)
