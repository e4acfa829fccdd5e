"""Photos of a meeting, an activity, a visit …: seen, added, described, thrown away."""

from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_safe

from chidoan.anh.queries import (
    LIGHT,
    don_vi_cua,
    goi_ten,
    may_ghi,
    phan_anh,
    quyen_ghi,
    trang_anh,
    viec_de_ve,
)
from chidoan.models import Anh, BuoiSinhHoat, HoatDong, HoiThi, NhatKyMoHinh, ThamHoi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

from .chung import caption_page, delete_page, photo_page, photos_page, picture, receive

RIENG_TU = (
    "Chỉ chi đoàn và Đoàn phường, xã xem được ảnh này. Hỏi ý đồng chí được thăm trước khi chụp."
)


@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_buoi(request, pk):
    return _photos(request, BuoiSinhHoat.objects.select_related("chi_doan"), pk)


@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_hoat_dong(request, pk):
    return _photos(request, HoatDong.objects.select_related("don_vi"), pk)


@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_nhat_ky_mo_hinh(request, pk):
    return _photos(request, NhatKyMoHinh.objects.select_related("don_vi"), pk)


@require_quyen(Quyen.XEM_CAN_BO)
def anh_tham_hoi(request, pk):
    rows = ThamHoi.objects.trong_list()
    return _photos(request, rows, pk, quyen=Quyen.SUA_DOAN_VIEN)


@require_quyen(Quyen.XEM_CAN_BO)
def anh_hoi_thi(request, pk):
    return _photos(request, HoiThi.objects.co_don_vi(), pk)


def _photos(request, rows, pk, quyen=None):
    """The photos of one meeting, activity …, for who holds `quyen` there; POST adds some, from a
    form or one from a device."""
    viec = get_visible_or_404(rows, request.user, quyen=quyen, pk=pk)
    if request.method == "POST":
        _check_ghi(viec, don_vi_cua(viec), request.user)
        return receive(request, viec)
    return photos_page(
        request,
        phan_anh(viec, user=request.user),
        subtitle=goi_ten(viec, don_vi_cua(viec)),
        back=viec.get_absolute_url(),
        cua=viec if isinstance(viec, BuoiSinhHoat) else None,
        luu_y=RIENG_TU if isinstance(viec, ThamHoi) else "",
    )


@require_safe
@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_tep(request, pk):
    return picture(request, Anh.objects.visible_to(request.user), pk, "tep")


@require_safe
@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_tep_nho(request, pk):
    return picture(request, Anh.objects.visible_to(request.user), pk, "tep_nho")


@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_xem(request, pk):
    """One photo large, with the one before and the one after it."""
    anh = get_visible_or_404(LIGHT, request.user, pk=pk)
    return photo_page(
        request,
        anh,
        subtitle=goi_ten(anh.viec, anh.don_vi),
        back=trang_anh(viec_de_ve(anh, request.user)),
        may_edit=may_ghi(anh.viec, anh.don_vi, request.user),
    )


@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_update(request, pk):
    anh = _writable(request, pk)
    return caption_page(request, anh, subtitle=goi_ten(anh.viec, anh.don_vi))


@require_quyen(Quyen.XEM_SINH_HOAT)
def anh_delete(request, pk):
    return delete_page(request, _writable(request, pk))


def _writable(request, pk) -> Anh:
    anh = get_visible_or_404(LIGHT, request.user, pk=pk)
    _check_ghi(anh.viec, anh.don_vi, request.user)
    return anh


def _check_ghi(viec, don_vi, user) -> None:
    if not may_ghi(viec, don_vi, user):
        raise PermissionDenied(who_may(quyen_ghi(viec)))
