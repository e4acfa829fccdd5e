from django.template.response import TemplateResponse

from tochuc.permissions import Quyen, require_quyen


@require_quyen(Quyen.VAO_HE_THONG)
def home(request):
    return TemplateResponse(request, "baocao/home.html", {"title": "Tổng quan"})
