"""What the views of inspections share."""

from django.contrib import messages
from django.shortcuts import redirect

from chidoan.models import ChuongTrinhKiemTra, CuocKiemTra, KetQuaKiemTra, KienNghi
from core.form_page import run_form
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404

XEM, GHI = Quyen.XEM_KIEM_TRA, Quyen.GHI_KIEM_TRA
CHUONG_TRINH = ChuongTrinhKiemTra.objects.select_related("don_vi")
KET_QUA = KetQuaKiemTra.objects.select_related("cuoc__don_vi", "cuoc__doi_tuong")
KIEN_NGHI = KienNghi.objects.select_related("cuoc__don_vi", "cuoc__doi_tuong")


def get_cuoc(request, pk, *, to_write: bool = False) -> CuocKiemTra:
    """The inspection; 403 for who sees it and does not write for the inspecting unit."""
    rows = CuocKiemTra.objects.for_case()
    return get_visible_or_404(rows, request.user, quyen=GHI if to_write else None, pk=pk)


def get_cua_cuoc(request, rows, pk):
    """A finding or recommendation of an inspection for which the person writes."""
    row = get_visible_or_404(rows, request.user, pk=pk)
    get_cuoc(request, row.cuoc_id, to_write=True)
    return row


def units_to_write(request) -> list[DonVi]:
    """Units for which the person inspects."""
    return [role.don_vi for role in request.user.phan_cong_hom_nay if GHI in role.quyen]


def out_of_step(request, cuoc: CuocKiemTra, is_open: bool):
    """Back to the inspection, with the reason, when the page does not fit where it stands."""
    if is_open:
        return None
    messages.info(request, f"Cuộc này đang ở bước «{cuoc.get_trang_thai_display()}».")
    return redirect(cuoc)


def form_of(request, cuoc: CuocKiemTra, *, form, save, done, title, verb, **context):
    return run_form(
        request,
        form=form,
        save=save,
        done=done,
        back=cuoc.get_absolute_url(),
        title=title,
        subtitle=f"{cuoc.chuyen_de} · {cuoc.doi_tuong}",
        verb=verb,
        **context,
    )
