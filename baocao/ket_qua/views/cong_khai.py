"""The public notice of a round: a page for everybody in its tree, and the sheet to put up."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from baocao.dot_cham.queries import dot_thay
from baocao.dot_cham.quy_tac import luat_cua
from baocao.dot_cham.quyen import may_to_chuc, may_tu_cham
from baocao.dot_cham.trang import nhan_dot
from baocao.ket_qua.giay_to import (
    THONG_BAO,
    goi_doi_tuong,
    ngay_thong_bao,
    thong_bao_giay,
    tieu_de_thong_bao,
)
from baocao.ket_qua.queries import (
    buoc_cong_khai,
    dem_muc,
    dong_cua,
    dong_theo_hang,
    dot_cong_khai,
    muc_khac,
    quyet_dinh_cua,
)
from core.pdf import pdf_response
from core.text.numbers import file_name
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import Quyen, require_quyen
from tochuc.the_thuc import issue_paper, preview

MOI_TRANG = 100


def _dot(request, pk):
    rows = dot_cong_khai(request.user).with_da_thay().select_related("don_vi", "bo")
    return get_object_or_404(rows, pk=pk)


@require_quyen(Quyen.VAO_HE_THONG)
def cong_khai(request, pk):
    """Rank, unit, points, class and note; the window, and where to object."""
    dot = _dot(request, pk)
    bo, rows = luat_cua(dot), dong_theo_hang(dot)
    page = Paginator(rows, MOI_TRANG).get_page(request.GET.get("page"))
    counts = dem_muc(dot)
    decision = quyet_dinh_cua(dot) if dot.is_chung_cuoc else None
    decided = muc_khac(decision)
    context = {
        "title": f"Công khai kết quả {dot.ky_bao_cao.ten}",
        "subtitle": f"{dot.ten} · {dot.don_vi}",
        "back": reverse("baocao:xep_hang"),
        "dot": dot,
        "bo": bo,
        "doi_tuong": goi_doi_tuong(dot),
        "state": nhan_dot(dot),
        "thay_bang": dot_thay(dot),
        "page": page,
        "rows": [
            (row, bo.ten_muc(row.muc) if row.muc else "", decided.get(row.pk, "")) for row in page
        ],
        "muc": [(bo.ten_muc(muc), counts[muc]) for muc in bo.cac_muc if counts.get(muc)],
        "chua_xep": counts.get("", 0),
        "co_cum": any(row.cum for row in page),
        "nhieu_noi": len({row.cap_tren for row in page}) > 1,
        "cua_toi": _cua_toi(request.user, dot),
        "is_holder": may_to_chuc(request.user, dot),
        "quyet_dinh": decision,
    }
    return TemplateResponse(request, "baocao/ket_qua/cong_khai.html", context)


def _cua_toi(user, dot):
    """The line of the unit that this person may object for."""
    if not dot.nhan_y_kien():
        return None
    line = dong_cua(dot, user)
    return line if line and may_tu_cham(user, line) else None


@require_quyen(Quyen.VAO_HE_THONG)
def thong_bao_pdf(request, pk):
    """The sheet as it was issued, else as it would look; POST gives it its number."""
    dot = _dot(request, pk)
    step, rows = buoc_cong_khai(dot), list(dong_theo_hang(dot))
    title = tieu_de_thong_bao(step)
    if request.method == "POST":
        if not may_to_chuc(request.user, dot):
            raise Http404
        if dot.da_thay:
            messages.error(request, "Kết quả này đã được thay thế, in thông báo của đợt thay thế.")
            return redirect("baocao:cong_khai", pk=pk)
        issue_paper(
            lambda so, ma: thong_bao_giay(step, rows, so, ma),
            target=step,
            don_vi=dot.don_vi,
            loai=THONG_BAO,
            ngay=ngay_thong_bao(step),
            title=title,
            by=request.user,
        )
        return redirect("baocao:thong_bao_pdf", pk=pk)
    paper = VanBan.objects.issued(step, THONG_BAO)
    content = (
        bytes(paper.tep)
        if paper
        else preview(lambda so, ma: thong_bao_giay(step, rows, so, ma), title=title)
    )
    record(by=request.user, hanh_dong="van_ban.print", target=dot, loai=THONG_BAO)
    number = paper.so_ky_hieu.replace("/", "-") if paper else "TB-xem-thu"
    return pdf_response(content, file_name(number, str(dot.don_vi), day=ngay_thong_bao(step)))
