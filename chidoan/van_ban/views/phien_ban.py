"""What a meeting said before it was amended, beside what it said next; its minutes of then."""

from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chidoan.giay_to.bien_ban import LOAI, minutes, read_phien_ban, ten_bien_ban
from chidoan.models import PhienBanBuoi
from chidoan.noi_dung import load, read_ban, read_cac_ban, read_noi_dung
from chidoan.so_sanh import compare
from chidoan.van_ban.queries import ban_sau, bien_ban_cua_ban
from core.pdf import pdf_response, render_pdf
from core.text.display import gio
from core.text.numbers import file_name
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

BAN = PhienBanBuoi.objects.select_related("buoi__chi_doan", "buoi__ghi_boi", "ghi_boi", "thay_boi")


@require_safe
@require_quyen(Quyen.XEM_SINH_HOAT)
def phien_ban(request, pk, so):
    ban = get_visible_or_404(BAN, request.user, buoi=pk, so=so)
    sau = ban_sau(ban)
    said, after = read_cac_ban([ban, sau]) if sau else (read_ban(ban), read_noi_dung(ban.buoi))
    context = {
        "title": f"Bản {ban.so} của buổi ngày {said.ngay:%d/%m/%Y}",
        "subtitle": f"{ban.buoi.chi_doan} · thay ngày {gio(ban.thay_luc)}",
        "back": ban.buoi.get_absolute_url(),
        "ban": ban,
        "sau": sau,
        "khac": compare(said, after),
        "van_ban": bien_ban_cua_ban(ban),
        "pdf": reverse("chidoan:phien_ban_pdf", args=[pk, so]),
    }
    return TemplateResponse(request, "chidoan/van_ban/phien_ban.html", context)


@require_safe
@require_quyen(Quyen.XEM_SINH_HOAT)
def phien_ban_pdf(request, pk, so):
    """The minutes of that version: the issued ones, else a print that says what it is."""
    ban = get_visible_or_404(BAN, request.user, buoi=pk, so=so)
    record(by=request.user, hanh_dong="van_ban.print", target=ban.buoi, loai=LOAI, phien_ban=so)
    van_ban = bien_ban_cua_ban(ban)
    content = bytes(van_ban.tep) if van_ban else _earlier(ban)
    name = file_name(LOAI, f"ban-{so}", str(ban.buoi.chi_doan), day=load(ban.noi_dung).ngay)
    return pdf_response(content, name)


def _earlier(ban: PhienBanBuoi) -> bytes:
    content = read_phien_ban(ban)
    note = f"Bản {ban.so}, đã thay bằng bản sau lúc {gio(ban.thay_luc)}. Không dùng làm căn cứ."
    return render_pdf(minutes(content, "", canh_bao=note), title=ten_bien_ban(content))
