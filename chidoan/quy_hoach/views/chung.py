"""What the pages of the succession desk share."""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.urls import reverse

from chidoan.models import ChiDoan
from core.periods import today
from tochuc.loc import named_pk
from tochuc.permissions import Quyen, get_visible_or_404

XEM, GHI = Quyen.XEM_CAN_BO, Quyen.QUAN_LY_CAN_BO
QUY_HOACH = Quyen.XEM_QUY_HOACH
MUC = (
    ("nhan_su", "Thiếu nhân sự", QUY_HOACH),
    ("quy_hoach_list", "Quy hoạch", QUY_HOACH),
    ("nguon_list", "Nguồn cán bộ", XEM),
    ("de_nghi_nhan_su_list", "Đề nghị", XEM),
    ("cu_can_bo_list", "Cử về địa bàn", XEM),
)
"""The parts of the desk, side by side, each with the right that opens it."""


def cac_phan(name: str, user) -> list[dict]:
    """The desk's own row of chips for `user`; `name` is the page one is on."""
    return [
        {"label": label, "url": reverse(f"chidoan:{ma}"), "active": ma == name}
        for ma, label, quyen in MUC
        if user.has_quyen(quyen)
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
