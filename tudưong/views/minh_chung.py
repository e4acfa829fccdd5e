"""Evidence photos of a task or of a paper of a dossier: seen, added, described, thrown away."""

from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_safe

from chidoan.anh.queries import trang_anh
from chidoan.anh.views.chung import (
    caption_page,
    delete_page,
    photo_page,
    photos_page,
    picture,
    receive,
)
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may
from tudưong.minh_chung import (
    KHONG_NHAN_ANH,
    LIGHT,
    goi_ten,
    may_ghi,
    nhan_anh,
    phan_minh_chung,
    quyen_ghi,
    trang_cua,
)
from tudưong.models import AnhMinhChung, GiayTo, NhiemVu


@require_quyen(Quyen.XEM_TU_DUONG)
def nhiem_vu(request, pk):
    """The photos of a task; POST adds some, from a form or one from a device."""
    rows = NhiemVu.objects.select_related("thanh_vien__doan_vien", "thanh_vien__chi_doan")
    return photos_of(request, get_visible_or_404(rows, request.user, pk=pk))


@require_quyen(Quyen.XEM_HO_SO)
def giay_to(request, pk):
    """The scan of a paper, page by page; of the Party's forms none, unless a setting says so."""
    rows = GiayTo.objects.select_related("ho_so__doan_vien", "ho_so__don_vi", "ho_so__chi_doan")
    row = get_visible_or_404(rows, request.user, pk=pk)
    luu_y = "" if nhan_anh(row) else KHONG_NHAN_ANH
    if request.method == "POST" and luu_y:
        raise PermissionDenied(luu_y)
    return photos_of(request, row, title="Ảnh chụp giấy tờ", khong_nhan=luu_y)


def photos_of(request, viec, **words):
    """The photos of what was fetched in scope."""
    if request.method == "POST":
        check_ghi(viec, request.user)
        return receive(request, viec)
    return photos_page(
        request,
        phan_minh_chung(viec, user=request.user),
        subtitle=goi_ten(viec),
        back=trang_cua(viec),
        **{"title": "Ảnh minh chứng", **words},
    )


@require_safe
@require_quyen(Quyen.XEM_TU_DUONG)
def minh_chung_tep(request, pk):
    return picture(request, AnhMinhChung.objects.visible_to(request.user), pk, "tep")


@require_safe
@require_quyen(Quyen.XEM_TU_DUONG)
def minh_chung_tep_nho(request, pk):
    return picture(request, AnhMinhChung.objects.visible_to(request.user), pk, "tep_nho")


@require_safe
@require_quyen(Quyen.TRA_LOI_HO_SO)
def cap_uy_minh_chung(request, pk):
    """The Party committee's account sees the scans of cases that were sent to it."""
    return picture(request, AnhMinhChung.objects.gui_cap_uy_cua(request.user), pk, "tep")


@require_quyen(Quyen.XEM_TU_DUONG)
def minh_chung_xem(request, pk):
    """One photo large, with the one before and the one after it."""
    anh = get_visible_or_404(LIGHT, request.user, pk=pk)
    return photo_page(
        request,
        anh,
        subtitle=goi_ten(anh.viec),
        back=trang_anh(anh.viec),
        may_edit=may_ghi(anh.viec, request.user),
    )


@require_quyen(Quyen.XEM_TU_DUONG)
def minh_chung_update(request, pk):
    anh = _writable(request, pk)
    return caption_page(request, anh, subtitle=goi_ten(anh.viec))


@require_quyen(Quyen.XEM_TU_DUONG)
def minh_chung_delete(request, pk):
    anh = _writable(request, pk)
    return delete_page(request, anh)


def check_ghi(viec, user) -> None:
    if not may_ghi(viec, user):
        raise PermissionDenied(who_may(quyen_ghi(viec)))


def _writable(request, pk) -> AnhMinhChung:
    anh = get_visible_or_404(LIGHT, request.user, pk=pk)
    check_ghi(anh.viec, request.user)
    return anh
