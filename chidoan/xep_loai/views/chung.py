"""What the pages of ratings share: the doors to a round, and its steps."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from core.errors import RuleError, StaleError
from doanvien.models import DotXepLoai
from tochuc.permissions import Quyen, get_visible_or_404

FIRST_YEAR, LAST_YEAR = 1990, 2100
DOT = DotXepLoai.objects.select_related("chi_doan", "quyet_dinh")


def get_dot(request, pk, quyen: Quyen | None = None) -> DotXepLoai:
    return get_visible_or_404(DOT, request.user, quyen=quyen, pk=pk)


def run_step(request, dot: DotXepLoai, service, *, done, **fields):
    """Take a step by POST and go back to the round, saying what came of it."""
    try:
        service(dot=dot, by=request.user, **fields)
    except StaleError as refusal:
        messages.warning(request, str(refusal))
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(dot)


def version_of(request) -> int | None:
    """The state of the round that the person saw."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def year_of(request, default: int) -> int:
    """The year that the address asks for."""
    text = request.GET.get("nam", "")
    is_year = text.isascii() and text.isdigit() and len(text) == 4
    return int(text) if is_year and FIRST_YEAR <= int(text) <= LAST_YEAR else default


def crumbs(dot: DotXepLoai, last: str) -> list[tuple[str, str]]:
    branch = reverse("chidoan:xep_loai_branch", args=[dot.chi_doan_id])
    return [
        ("Xếp loại", reverse("chidoan:xep_loai_list")),
        (dot.chi_doan.ten, branch),
        (last, ""),
    ]
