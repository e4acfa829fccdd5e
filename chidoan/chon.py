"""For which unit a page is: the one the address names, or one to choose from."""

from collections.abc import Iterable

from django.template.response import TemplateResponse
from django.urls import reverse

from core.periods import today
from tochuc.loc import named_pk
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404

from .models import ChiDoan

GHI = Quyen.GHI_SINH_HOAT


def cac_chi_doan(request) -> list[ChiDoan]:
    """The branch that was named; else all that the person may log for."""
    named = request.POST.get("chi_doan") or request.GET.get("chi_doan")
    if named:
        return [get_visible_or_404(ChiDoan.objects, request.user, quyen=GHI, pk=named_pk(named))]
    rows = ChiDoan.objects.permitted_to(request.user, GHI)
    return list(rows.dang_hoat_dong(today()).order_by("path"))


def cac_don_vi(request) -> list[DonVi]:
    """The unit that was named, branch or ward; else all that the person may write for."""
    named = request.GET.get("don_vi", "")
    if named:
        return [get_visible_or_404(DonVi.objects, request.user, quyen=GHI, pk=named_pk(named))]
    units = DonVi.objects.permitted_to(request.user, GHI).dang_hoat_dong(today())
    return list(units.order_by("path"))


def noi_giu_quyen(user, quyen: Quyen) -> list[DonVi]:
    """The units at which the person holds a right himself, each once."""
    held = (role.don_vi for role in user.phan_cong_hom_nay if quyen in role.quyen)
    return list(dict.fromkeys(held))


def don_vi_tai_cho(request, quyen: Quyen) -> list[DonVi]:
    """The unit that was named, when the person holds the right there himself; else all those."""
    named = request.GET.get("don_vi", "")
    if named:
        unit = get_visible_or_404(DonVi.objects, request.user, quyen=quyen, pk=named_pk(named))
        return [unit] if request.user.may_at(quyen, unit) else []
    return noi_giu_quyen(request.user, quyen)


def choose_unit(
    request, units: Iterable[DonVi], *, title: str, page: str, icon: str, key: str = "chi_doan"
):
    """A page that opens `page` (a name of an address) for one of `units`."""
    url = reverse(page)
    context = {
        "title": title,
        "rows": [(unit, f"{url}?{key}={unit.pk}") for unit in units],
        "icon_name": icon,
        "back": reverse("home"),
    }
    return TemplateResponse(request, "chidoan/chon.html", context)
