from django.contrib.auth.decorators import login_not_required
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from tochuc.models import VanBan
from tochuc.van_ban import ten_tai_ngay


@require_safe
@login_not_required
def van_ban_check(request, ma):
    """Anyone who holds a paper sees whether it is genuine: no personal data."""
    van_ban = VanBan.objects.find_code(ma)
    if van_ban is None:
        return TemplateResponse(request, "tochuc/van_ban_unknown.html", {"ma": ma}, status=404)
    context = {
        "van_ban": van_ban,
        "don_vi_ban_hanh": ten_tai_ngay(van_ban.don_vi, van_ban.ngay),
        "moi_nhat": VanBan.objects.newest_of(van_ban),
    }
    return TemplateResponse(request, "tochuc/van_ban_check.html", context)
