"""One criterion of a line: its value, its evidence."""

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from baocao.dot_cham import services
from baocao.dot_cham.forms import DiemForm, MinhChungForm
from baocao.dot_cham.quy_tac import BUOC, COT_LOI, goi_gia_tri, luat_cua
from baocao.dot_cham.quyen import (
    may_duyet,
    may_tham_dinh,
    may_tu_cham,
    may_xem_trong,
    quyen_tham_dinh,
)
from baocao.dot_cham.services.minh_chung import MAX_TEP, Gui
from baocao.models import DiemTieuChi, MinhChung
from core.errors import RuleError
from core.form_page import run_form
from core.text.display import show
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

XEM = Quyen.XEM_XEP_HANG
_LAM = {
    "tu_cham": (services.save_tu_cham, "nhan_xet", "Nhận xét ngắn", "Đã lưu."),
    "tham_dinh": (services.save_tham_dinh, "ly_do", "Lý do, nếu khác", "Đã ghi điểm thẩm định."),
    "duyet": (services.save_duyet, "ly_do", "Lý do cho điểm khác", "Đã ghi điểm của cấp trên."),
}
_TRANG = {"tu_cham": "tu_cham", "tham_dinh": "tham_dinh", "duyet": "tham_dinh"}
_AI = {"may": "tự tính", "tu_cham": "tự chấm", "tham_dinh": "thẩm định"}
_MIME = {
    MinhChung.Loai.PDF: ("application/pdf", "pdf"),
    MinhChung.Loai.ANH: ("image/jpeg", "jpg"),
}


@require_quyen(XEM)
def diem_save(request, pk, buoc):
    """Save one criterion from the page of all; what is refused is mended on a page of its own."""
    if buoc not in _LAM:
        raise Http404
    row = _row(request, pk)
    _check_may(buoc, row, request.user)
    action, words, label, done = _LAM[buoc]
    bo = luat_cua(row.dong.dot)
    luat = bo.lay(row.ma)
    back = f"{reverse(f'baocao:{_TRANG[buoc]}', args=[row.dong_id])}#{row.ma}"
    form = DiemForm(
        request.POST or None, bo=bo, luat=luat, buoc=buoc, nhan=label, initial=_initial(row, buoc)
    )
    return run_form(
        request,
        form=form,
        save=lambda data: _save(action, words, row, form, data, request.user),
        done=done,
        back=back,
        title=luat.ten,
        subtitle=" · ".join([row.dong.ten, *_da_co(row, bo, buoc)]),
        verb="Lưu",
    )


def _save(action, words: str, row: DiemTieuChi, form: DiemForm, data: dict, user):
    try:
        return action(
            diem_tieu_chi=row,
            by=user,
            version=data["version"],
            **{words: data["loi"]},
            **form.gia_tri,
        )
    except RuleError as refusal:
        if refusal.field == words:
            refusal.field = "loi"
        raise


def _initial(row: DiemTieuChi, buoc: str) -> dict:
    points, level = row.cap(buoc)
    value = "" if points is None else show(points.normalize() + 0)
    words = getattr(row, COT_LOI[buoc])
    return {"version": row.version, "diem": value, "muc": level, "loi": words}


def _da_co(row: DiemTieuChi, bo, buoc: str) -> list[str]:
    """What others gave before: the reason that is asked for is about these."""
    given = {name: goi_gia_tri(bo, *row.cap(name)) for name in BUOC[: BUOC.index(buoc)]}
    return [f"{_AI[name]}: {value}" for name, value in given.items() if value]


def _check_may(buoc: str, row: DiemTieuChi, user) -> None:
    dong = row.dong
    allowed, quyen = {
        "tu_cham": (may_tu_cham(user, dong), Quyen.TU_CHAM_DIEM),
        "tham_dinh": (may_tham_dinh(user, dong), quyen_tham_dinh(dong.dot)),
        "duyet": (may_duyet(user, dong.dot), Quyen.DUYET_CHAM_DIEM),
    }[buoc]
    if not allowed:
        raise PermissionDenied(who_may(quyen))


@require_quyen(Quyen.TU_CHAM_DIEM)
def minh_chung_add(request, pk):
    """Evidence for one criterion: a file, a meeting, an activity or a link."""
    row = _row(request, pk)
    _check_may("tu_cham", row, request.user)
    luat = luat_cua(row.dong.dot).lay(row.ma)
    form = MinhChungForm(request.POST or None, request.FILES or None, dong=row.dong)
    return run_form(
        request,
        form=form,
        save=lambda data: services.add_minh_chung(cua=row, gui=read_gui(data), by=request.user),
        done="Đã thêm minh chứng.",
        back=f"{reverse('baocao:tu_cham', args=[row.dong_id])}#{row.ma}",
        title="Thêm minh chứng",
        subtitle=f"{luat.ten} · chọn một trong bốn cách",
        verb="Thêm minh chứng",
    )


def read_gui(data: dict) -> Gui:
    """No more of a file than is needed to see that it is too much."""
    file = data.get("tep")
    return Gui(
        ten=file.name if file else "",
        tep=file.read(MAX_TEP + 1) if file else None,
        buoi=data.get("buoi"),
        hoat_dong=data.get("hoat_dong"),
        url=data.get("url") or "",
    )


@require_quyen(Quyen.TU_CHAM_DIEM)
def minh_chung_delete(request, pk):
    """Take a piece of evidence away, once it was asked: what was sent is not kept."""
    item = get_visible_or_404(_evidence(), request.user, pk=pk)
    if not may_tu_cham(request.user, item.dong):
        raise PermissionDenied(who_may(Quyen.TU_CHAM_DIEM))
    return run_form(
        request,
        form=Form(request.POST if request.method == "POST" else None),
        save=lambda _: services.delete_minh_chung(minh_chung=item, by=request.user),
        done="Đã bỏ minh chứng.",
        back=_trang_cua(item),
        template="core/confirm.html",
        title=f"Bỏ minh chứng «{item.ten}»?",
        text="Tệp đã gửi bị xóa hẳn; cần thì gửi lại." if item.is_tep else "Cần thì thêm lại được.",
        verb="Bỏ minh chứng",
        danger=True,
    )


def _trang_cua(item: MinhChung) -> str:
    """Where it was added: its criterion, or the line whose objection it belongs to."""
    if item.tieu_chi is None:
        return item.dong.get_absolute_url()
    return f"{reverse('baocao:tu_cham', args=[item.dong_id])}#{item.tieu_chi.ma}"


@require_safe
@require_quyen(XEM)
def minh_chung_tep(request, pk):
    """A file as it is kept, only ever downloaded; never open to who was scored beside it."""
    item = get_visible_or_404(MinhChung.objects.select_related("dong__don_vi"), request.user, pk=pk)
    if not item.is_tep or not may_xem_trong(request.user, item.dong):
        raise Http404
    kind, ending = _MIME[item.loai]
    response = HttpResponse(bytes(item.tep), content_type=kind)
    name = f"minh-chung-{item.pk}.{ending}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response


def _evidence():
    rows = MinhChung.objects.select_related("dong__don_vi", "dong__dot__don_vi", "tieu_chi__dong")
    return rows.defer("tep")


def _row(request, pk) -> DiemTieuChi:
    rows = DiemTieuChi.objects.select_related("dong__don_vi", "dong__dot__don_vi", "dong__dot__bo")
    return get_visible_or_404(rows, request.user, pk=pk)
