"""A page that is one form: shown, sent to a service, refused beside its field or left behind."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core.errors import AlreadyRecordedError, RuleError, StaleError, add_refusal


def run_form(
    request,
    *,
    form,
    save: Callable,
    done: str | Callable,
    back: str | Callable,
    back_url: str = "",
    template: str = "core/form.html",
    **context,
):
    """Show a form; when it is sent, let the service do it and go on.

    `save` takes the cleaned data and returns what came of it; `done` (the message) and `back`
    (where to go) may be functions of that. `back_url` is where the page's own way back leads,
    when `back` is no address. A refusal stands beside its field. Somebody else's change
    meanwhile answers 409: the template finds it in `current`, and the form then speaks of the
    newer state, so that sending it again keeps this person's words. A step that the same
    person has just taken counts once.
    """
    way_back = back_url or back
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            result = save(form.cleaned_data)
        except AlreadyRecordedError:
            return redirect(way_back)
        except StaleError as refusal:
            status, context["current"] = 409, refusal.current
            form.data = form.data.copy()
            form.data["version"] = refusal.current.version
            form.add_error(None, str(refusal))
        except RuleError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, done(result) if callable(done) else done)
            return redirect(back(result) if callable(back) else back)
    context |= {"form": form, "back": way_back}
    return TemplateResponse(request, template, context, status=status)
