"""The file with everything that is held about one person, taken on a request in the register."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from core.errors import RuleError
from core.text.numbers import file_name
from doanvien.models import YeuCauDuLieu
from doanvien.rieng_tu import services
from doanvien.rieng_tu.ban_du_lieu import ban_du_lieu
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

ROWS = YeuCauDuLieu.objects.voi_nguoi()


@require_POST
@require_quyen(Quyen.QUAN_LY_DU_LIEU)
def yeu_cau_download(request, pk):
    yeu_cau = get_visible_or_404(ROWS, request.user, pk=pk)
    try:
        with transaction.atomic():
            content = ban_du_lieu(yeu_cau.nguoi)
            services.record_cung_cap(yeu_cau=yeu_cau, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(yeu_cau)
    name = file_name("ban-du-lieu", f"{yeu_cau.so}-{yeu_cau.nam}")
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}.zip"'},
    )
