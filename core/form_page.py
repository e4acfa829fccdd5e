"""A page that is one form: shown, sent to a service, refused beside its field or left behind."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import ChoiceField, Form, ModelChoiceField, ModelForm
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from core.errors import AlreadyRecordedError, RuleError, StaleError, add_refusal

_GACH = BLANK_CHOICE_DASH[0][1]


def sent(request):
    """What a form sent, be it nothing ticked; None while the page is only looked at."""
    return request.POST if request.method == "POST" else None


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
    meanwhile answers 409: the template finds it in `current`, a form of a model's columns (or
    with `stored` or `two_versions` of its own) shows both versions, and the form then speaks of
    the newer state, so that sending it again keeps this person's words. A step that the same
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
            status, context = 409, context | meanwhile(form, refusal)
        except RuleError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, done(result) if callable(done) else done)
            return redirect(back(result) if callable(back) else back)
    name_empty_choices(form)
    context |= {"form": form, "back": way_back}
    return TemplateResponse(request, template, context, status=status)


def name_empty_choices(form: Form) -> None:
    """Words for the choice that means none, where a form leaves Django's row of dashes."""
    for field in form.fields.values():
        words = "Chọn" if field.required else "Chưa chọn"
        if getattr(field, "empty_label", None) == _GACH:
            field.empty_label = words
        elif isinstance(field, ChoiceField) and not isinstance(field, ModelChoiceField):
            field.choices = [
                (key, words if label == _GACH else label) for key, label in field.choices
            ]


def meanwhile(form, refusal: StaleError) -> dict:
    """Let the next sending replace what is stored now, after a look at both versions."""
    form.data = form.data.copy()
    form.data["version"] = refusal.current.version
    seen = {"current": refusal.current}
    if isinstance(form, ModelForm) or hasattr(form, "stored"):
        seen |= {"versions": two_versions(form, refusal.current), "verb": "Lưu bản này"}
    elif hasattr(form, "two_versions"):
        seen |= {"versions": form.two_versions(refusal.current), "verb": "Lưu bản này"}
    form.add_error(None, str(refusal))
    return seen


def two_versions(form: Form, current) -> list[dict]:
    """What differs between the sent form and the row as it is stored now, field by field.

    A form may say by `stored(current, name)` what of a field is shown.
    """
    stored = getattr(form, "stored", getattr)
    rows = [
        {
            "label": form.fields[name].label,
            "mine": _shown(form.fields[name], form.cleaned_data[name]),
            "theirs": _shown(form.fields[name], stored(current, name)),
        }
        for name in form.changed_data
        if name != "version"
    ]
    return [row for row in rows if row["mine"] != row["theirs"]]


def _shown(field, value):
    words = dict(getattr(field, "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(words.get(item, item)) for item in value)
    return words.get(value, value) if isinstance(value, str) else value
