"""What the pages here share: a page that is one form, and the door to a case for a step."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core.errors import RuleError, StaleError
from doanvien.ket_nap.forms import refuse
from doanvien.ket_nap.quy_trinh import BANG, AlreadyRecordedError
from doanvien.models import KetNap
from tochuc.permissions import get_visible_or_404, who_may

CASES = KetNap.objects.for_pages()


def run_form(request, *, form, save, done, back, template="core/form.html", **context):
    """Show a form; when it is sent, let the service do it and go back.

    A refusal stands beside its field. Somebody else's change meanwhile (409) is said, and the
    form then speaks of the newer state. A form sent twice counts once. `done` and `back` may
    be functions of what `save` returned.
    """
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            result = save(form.cleaned_data)
        except AlreadyRecordedError:
            return redirect(back)
        except StaleError as refusal:
            status = 409
            form.data = form.data.copy()
            form.data["version"] = refusal.current.version
            form.add_error(None, str(refusal))
        except RuleError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, done(result) if callable(done) else done)
            return redirect(back(result) if callable(back) else back)
    context |= {"form": form, "back": back if isinstance(back, str) else context.get("back_url")}
    return TemplateResponse(request, template, context, status=status)


def get_case(request, pk) -> KetNap:
    return get_visible_or_404(CASES, request.user, pk=pk)


def get_case_for(request, pk, loai) -> KetNap:
    """The case for a step: 404 when it is not visible, 403 without the right to the step."""
    ket_nap = get_case(request, pk)
    if not request.user.may(BANG[loai].quyen, ket_nap.chi_doan):
        raise PermissionDenied(who_may(BANG[loai].quyen))
    return ket_nap


def out_of_step(request, ket_nap, loai):
    """On opening a form whose step is not open: back to the case, saying where it stands."""
    if request.method == "POST" or ket_nap.trang_thai in BANG[loai].tu:
        return None
    messages.warning(request, f"Đơn đang ở bước «{ket_nap.get_trang_thai_display()}».")
    return redirect(ket_nap)
