"""What the pages of the succession desk share."""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse

from chidoan.models import ChiDoan
from core.periods import today
from tochuc.loc import named_pk
from tochuc.permissions import Quyen, get_visible_or_404

XEM, GHI = Quyen.XEM_CAN_BO, Quyen.QUAN_LY_CAN_BO
MUC = (
    ("nhan_su", "Thiếu nhân sự"),
    ("quy_hoach_list", "Quy hoạch"),
    ("nguon_list", "Nguồn cán bộ"),
    ("de_nghi_nhan_su_list", "Đề nghị"),
    ("cu_can_bo_list", "Cử về địa bàn"),
)
"""The parts of the desk, side by side."""


def cac_phan(name: str) -> list[dict]:
    """The desk's own row of chips; `name` is the page one is on."""
    return [
        {"label": label, "url": reverse(f"chidoan:{ma}"), "active": ma == name} for ma, label in MUC
    ]


def chi_doan_duoc_nham(request) -> ChiDoan | None:
    """The branch for which somebody is looked for, when the address names one."""
    named = request.GET.get("cho") or request.POST.get("cho")
    if not named:
        return None
    return get_visible_or_404(ChiDoan.objects, request.user, pk=named_pk(named))


def cac_chi_doan(user, quyen: Quyen):
    """Branches of today at which the person holds the right."""
    return ChiDoan.objects.permitted_to(user, quyen).dang_hoat_dong(today()).order_by("path")


def go_to(name: str, **query) -> HttpResponseRedirect:
    url = reverse(f"chidoan:{name}")
    return HttpResponseRedirect(f"{url}?{urlencode(query)}" if query else url)
