"""What every page shows around its content."""

from django.conf import settings

from .nav import build_nav


def shell(request):
    """Menu, unit and role of the person; two names and a flag for strangers. No extra query."""
    context = {"product": "Sổ Đoàn", "demo": settings.DEMO, "nav": None}
    user = getattr(request, "user", None)
    phan_cong = user.phan_cong_chinh if user is not None and user.is_authenticated else None
    if phan_cong:
        context |= {
            "nav": build_nav(vai_tro=phan_cong.vai_tro, path=request.path),
            "don_vi": phan_cong.don_vi,
            "vai_tro": phan_cong.get_vai_tro_display(),
            "phan_cong": phan_cong,
            "cac_vai_tro": user.phan_cong_hom_nay if len(user.phan_cong_hom_nay) > 1 else [],
        }
    return context
