"""Reports: the lists, the page of one report and its paper."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from baocao import services
from baocao.forms import YKienForm
from baocao.giay_to import LOAI, preview_bao_cao
from baocao.lan_nop import LanNop, cac_lan, loi_khac, so_khac
from baocao.trang_bao_cao import load_trang
from baocao.trang_danh_sach import danh_sach_context
from baocao.trang_so_lieu import so_lieu_context
from core.errors import RuleError
from core.pdf import pdf_response
from core.periods import KyBaoCao, read_ky, today
from core.text.numbers import file_name
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import Quyen, require_quyen

from .chung import attempt, may_speak, role_of, visible_report


@require_quyen(Quyen.XEM_BAO_CAO)
def bao_cao_list(request):
    """A branch sees its figures, a ward its reports, an office above those below it too."""
    role = role_of(request.user, Quyen.XEM_BAO_CAO)
    context = danh_sach_context(role, request.GET)
    if role.don_vi.is_chi_doan and not context["own"]:
        day = role.don_vi.ngay_so_lieu(today())
        ky = read_ky(request.GET.get("ky"), KyBaoCao.quarter_of(day))
        context = so_lieu_context(role.don_vi, ky, request.user, request.GET)
        return TemplateResponse(request, "baocao/don_vi_so_lieu.html", context)
    return TemplateResponse(request, "baocao/list.html", context)


@require_POST
@require_quyen(Quyen.LAP_BAO_CAO)
def bao_cao_open(request):
    ky = read_ky(request.POST.get("ky"), KyBaoCao.quarter_due(today()))
    role = role_of(request.user, Quyen.LAP_BAO_CAO)
    try:
        bao_cao = services.open_bao_cao(don_vi=role.don_vi, ky=ky, by=request.user)
    except RuleError as error:
        messages.error(request, str(error))
        return redirect("baocao:list")
    return redirect(bao_cao)


@require_quyen(Quyen.DUYET_BAO_CAO)
def bao_cao_lock(request):
    """Close a period, asked first: what is locked is final."""
    role = role_of(request.user, Quyen.DUYET_BAO_CAO)
    ky = read_ky(request.GET.get("ky"), KyBaoCao.quarter_due(today()))
    back = f"{reverse('baocao:list')}?ky={ky.code}"
    if request.method == "POST":
        attempt(
            request,
            lambda: services.lock_ky(don_vi=role.don_vi, ky=ky, by=request.user),
            lambda count: f"Đã khóa {count} báo cáo {ky.ten}",
        )
        return redirect(back)
    context = {
        "title": f"Khóa số liệu {ky.ten}?",
        "text": "Khóa các báo cáo đã chấp nhận của các đơn vị thuộc "
        f"{role.don_vi}. Báo cáo chưa chấp nhận thì để nguyên.",
        "warning": "Khóa rồi không mở lại được: báo cáo đã khóa không trả lại, không sửa nữa.",
        "verb": "Khóa số liệu",
        "danger": True,
        "back": back,
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_quyen(Quyen.XEM_BAO_CAO)
def bao_cao_detail(request, pk):
    bao_cao = visible_report(request, pk)
    trang = load_trang(bao_cao, request.user, request.GET, xem=request.GET.get("xem"))
    return report_page(request, bao_cao, trang)


def report_page(request, bao_cao, trang) -> TemplateResponse:
    back = reverse("baocao:list")
    context = {
        "title": f"Báo cáo {bao_cao.ky_bao_cao.ten}",
        "back": back,
        "crumbs": [("Báo cáo", back), (capfirst(bao_cao.ky_bao_cao.ten), "")],
        "bao_cao": bao_cao,
        "trang": trang,
        "ban_do": None if bao_cao.is_dang_sua or trang.is_truoc_khi_chia else trang.ban_do,
        "submit_label": "Nộp lại" if bao_cao.nop_lan_dau else "Nộp báo cáo",
        "pdf_url": reverse("baocao:pdf", args=[bao_cao.pk]),
        "may_speak": may_speak(request.user, bao_cao),
        "y_kien_form": YKienForm(),
    }
    return TemplateResponse(request, "baocao/detail.html", context)


@require_quyen(Quyen.XEM_BAO_CAO)
def bao_cao_lan_nop(request, pk):
    """Two submissions compared: the last two, or those asked for."""
    bao_cao = visible_report(request, pk)
    found = cac_lan(bao_cao)
    back = bao_cao.get_absolute_url()
    context = {
        "title": f"So các lần nộp {bao_cao.ky_bao_cao.ten}",
        "subtitle": str(bao_cao.don_vi),
        "back": back,
        "crumbs": [("Báo cáo", reverse("baocao:list")), (str(bao_cao), back), ("Các lần nộp", "")],
        "cac_lan": found,
        **(_so_sanh(request, found) if len(found) > 1 else {}),
    }
    return TemplateResponse(request, "baocao/lan_nop.html", context)


def _so_sanh(request, found: list[LanNop]) -> dict:
    cu, moi = _lan(request, "cu", found[-2], found), _lan(request, "moi", found[-1], found)
    changed = list(so_khac(cu.buoc, moi.buoc))
    return {
        "cu": cu,
        "moi": moi,
        "so_khac": changed,
        "so_giong": len(moi.buoc.so_lieu) - len(changed),
        "loi_khac": list(loi_khac(cu.buoc, moi.buoc)),
    }


def _lan(request, name: str, default, found):
    """The submission an address asks for by its number; the page's own for nonsense."""
    return next((lan for lan in found if str(lan.so) == request.GET.get(name)), default)


@require_quyen(Quyen.XEM_BAO_CAO)
def bao_cao_pdf(request, pk):
    """The paper that was issued when the report was handed in; a draft while it is written."""
    bao_cao = visible_report(request, pk)
    record(by=request.user, hanh_dong="van_ban.print", target=bao_cao, loai=LOAI)
    van_ban = None if bao_cao.is_dang_sua else VanBan.objects.issued(bao_cao, LOAI)
    content = bytes(van_ban.tep) if van_ban else preview_bao_cao(bao_cao)
    so = van_ban.so_ky_hieu if van_ban else "du-thao"
    return pdf_response(content, file_name(LOAI, so, bao_cao.don_vi.ma, bao_cao.ky))
