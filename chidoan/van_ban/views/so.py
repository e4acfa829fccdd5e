"""Sổ văn bản: the registers of a unit, in a list, in a sheet and in print."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from chidoan.van_ban.filters import LOAI, SoVanBanFilter
from chidoan.van_ban.forms import HuyVanBanForm
from chidoan.van_ban.giay_to import TOI_DA, so_van_ban_giay
from chidoan.van_ban.queries import is_cua_chi_doan, noi_giu, so_van_ban, van_ban_or_404
from chidoan.van_ban.tables import SO_VAN_BAN_TABLE
from chidoan.views.so import record_download
from core.form_page import run_form
from core.listing import Preset, list_page
from core.pdf import pdf_response, render_pdf
from core.periods import today
from core.text.display import ngay as show_ngay
from core.text.numbers import file_name
from tochuc.audit import record
from tochuc.permissions import Quyen, require_quyen
from tochuc.van_ban import void


@require_safe
@require_quyen(Quyen.XEM_SINH_HOAT)
def so_van_ban_list(request):
    nam = today().year
    return list_page(
        request,
        queryset=so_van_ban(request.user),
        filterset=SoVanBanFilter,
        table=SO_VAN_BAN_TABLE,
        title="Sổ văn bản",
        noun="văn bản",
        template="chidoan/van_ban/so_van_ban.html",
        presets=(
            *(
                Preset(f"{ten} năm {nam}", f"loai={loai}&nam={nam}")
                for loai, ten in list(LOAI.items())[:3]
            ),
        ),
        on_download=record_download("so_van_ban.export"),
        extra={
            "print_url": f"{reverse('chidoan:so_van_ban_pdf')}?{request.GET.urlencode()}",
            "back": reverse("chidoan:buoi_list"),
        },
    )


@require_safe
@require_quyen(Quyen.XEM_SINH_HOAT)
def so_van_ban_pdf(request):
    """The same rows in print."""
    filters = SoVanBanFilter(request.GET, queryset=so_van_ban(request.user), request=request)
    rows = list(filters.qs[: TOI_DA + 1])
    if len(rows) > TOI_DA:
        messages.warning(request, f"Sổ dài hơn {TOI_DA} dòng. Chọn đơn vị, loại hoặc năm rồi in.")
        return redirect(f"{reverse('chidoan:so_van_ban_list')}?{request.GET.urlencode()}")
    chosen = filters.form.cleaned_data
    don_vi = chosen.get("don_vi") or request.user.don_vi
    loc = ", ".join(
        filter(
            None,
            (
                LOAI.get(chosen.get("loai") or "", ""),
                f"năm {chosen['nam']}" if chosen.get("nam") else "",
            ),
        )
    )
    record_download("so_van_ban.print")(request, len(rows))
    paper = so_van_ban_giay(don_vi, rows, loc=loc, ngay=today())
    name = file_name("SoVanBan", don_vi.ten_day_du, day=today())
    return pdf_response(render_pdf(paper, title="Sổ văn bản"), name)


@require_safe
@require_quyen(Quyen.XEM_SINH_HOAT)
def van_ban_open(request, pk):
    """The stored paper of a branch; another one is opened on the page it belongs to."""
    van_ban = van_ban_or_404(request.user, pk)
    if not is_cua_chi_doan(van_ban):
        return redirect(noi_giu(van_ban))
    record(
        by=request.user,
        hanh_dong="van_ban.print",
        target=van_ban,
        don_vi=van_ban.don_vi,
        loai=van_ban.loai,
        so=van_ban.so_ky_hieu,
    )
    name = file_name(van_ban.so_ky_hieu.replace("/", "-"), str(van_ban.don_vi), day=van_ban.ngay)
    return pdf_response(bytes(van_ban.tep), name)


@require_quyen(Quyen.GHI_SINH_HOAT)
def van_ban_void(request, pk):
    """A paper that was a mistake: void, with a reason; it stays in the register."""
    van_ban = van_ban_or_404(request.user, pk, Quyen.GHI_SINH_HOAT)
    if not is_cua_chi_doan(van_ban):
        raise Http404
    return run_form(
        request,
        form=HuyVanBanForm(request.POST or None),
        save=lambda data: void(van_ban=van_ban, by=request.user, **data),
        done=f"Đã hủy văn bản số {van_ban.so_ky_hieu}.",
        back=reverse("chidoan:so_van_ban_list"),
        title=f"Hủy văn bản số {van_ban.so_ky_hieu}?",
        template="core/confirm.html",
        subtitle=f"{van_ban.don_vi} · ngày {show_ngay(van_ban.ngay)}",
        text=f"{van_ban.tieu_de}.",
        verb="Hủy văn bản",
        danger=True,
    )
