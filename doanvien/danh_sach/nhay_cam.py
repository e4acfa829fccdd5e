"""A list by what is masked in each record opens after a reason too, and the look is logged."""

from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse

from doanvien.filters import NHAY_CAM
from doanvien.models import DoanVien
from doanvien.rieng_tu import xem
from doanvien.xuat.hang import rows_for
from tochuc.permissions import Quyen


def is_masked(request) -> bool:
    """Whether the address asks for people by something masked that no reason has opened yet."""
    ten = _ten(request)
    return bool(ten) and not xem.is_list_open(request, ten)


def ask_why(request):
    """The page that asks for the reason; with one, back to the same list."""
    ly_do, page = xem.require_ly_do(
        request,
        title="Lọc theo mục riêng tư?",
        text="Danh sách cho biết dân tộc hoặc việc Đảng của từng người. Người xem, giờ xem và "
        "lý do được ghi lại; đồng chí có tên có quyền biết.",
        verb="Xem danh sách",
        back=reverse("doanvien:list"),
    )
    if page is not None:
        return page
    so_nguoi = rows_for(request.user, request.GET, quyen=Quyen.XEM_DOAN_VIEN).count()
    xem.mo_loc(request, _ten(request), so_nguoi, ly_do)
    return redirect(request.get_full_path())


def _ten(request) -> str:
    """The masked filters that are chosen, by name and value; none for who has no such filter."""
    chosen = {name: request.GET[name] for name in NHAY_CAM if request.GET.get(name)}
    may = chosen and DoanVien.objects.all_permitted_to(request.user, Quyen.XEM_NHAY_CAM)
    return urlencode(chosen) if may else ""
