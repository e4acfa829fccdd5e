"""Decisions on final rounds: preview and issuing, the page, papers, cancelling."""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from baocao.dot_cham.quy_tac import goi_ben, luat_cua
from baocao.dot_cham.quyen import may_to_chuc
from baocao.ket_qua import giay_to
from baocao.ket_qua.chung_nhan import (
    CHUNG_NHAN,
    is_xuat_sac,
    issue_chung_nhan,
    start_chung_nhan,
    xuat_sac,
)
from baocao.ket_qua.forms import LyDoForm, QuyetDinhForm
from baocao.ket_qua.han_muc import dem_cao, han_muc
from baocao.ket_qua.queries import (
    ban_da_ra,
    bch_cua,
    dem_muc,
    dong_duoc_chon,
    dong_xem_truoc,
    phieu_cua,
    quyet_dinh_cua,
)
from baocao.ket_qua.quyet_dinh import (
    can_quyet_dinh,
    cancel_ket_qua,
    decide_ket_qua,
)
from baocao.ket_qua.tables import QUYET_DINH_TABLE, QuyetDinhKetQuaFilter
from baocao.models import DongCham, DongKetQua, DotCham, QuyetDinhKetQua
from chidoan.xep_loai.quyet_dinh import so_uy_vien
from core.docx import docx_response, render_docx
from core.form_page import run_form, sent
from core.listing import list_page
from core.pdf import pdf_response, render_pdf
from core.periods import today
from core.text.numbers import ascii_slug, file_name
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may
from tochuc.tai_ve import recorded

XEM, TO_CHUC = Quyen.XEM_XEP_HANG, Quyen.TO_CHUC_CHAM_DIEM
MOI_TRANG = 50


def _quyet_dinh(request, pk) -> QuyetDinhKetQua:
    rows = QuyetDinhKetQua.objects.select_related(
        "don_vi", "dot__don_vi", "dot__bo", "lap_boi", "huy_boi", "thay_cho"
    )
    return get_visible_or_404(rows, request.user, pk=pk)


def _cua_minh(request, pk) -> QuyetDinhKetQua:
    decision = _quyet_dinh(request, pk)
    _check(request, decision.dot)
    return decision


def _check(request, dot: DotCham) -> None:
    if not may_to_chuc(request.user, dot):
        raise PermissionDenied(who_may(TO_CHUC))


@require_quyen(XEM)
def ket_qua_list(request):
    """Decisions on rounds of units that this person sees, cancelled ones too."""
    return list_page(
        request,
        queryset=QuyetDinhKetQua.objects.visible_to(request.user).select_related("don_vi", "dot"),
        filterset=QuyetDinhKetQuaFilter,
        table=QUYET_DINH_TABLE,
        title="Quyết định công nhận kết quả",
        noun="quyết định",
        on_download=recorded("ket_qua.export"),
        extra={"back": reverse("baocao:dot_cham_list")},
    )


@require_quyen(TO_CHUC)
def ket_qua_decide(request, pk):
    """The list as it will be recognised, and the form that makes the decision of it."""
    rounds = DotCham.objects.with_da_thay().select_related("don_vi", "bo")
    dot = get_visible_or_404(rounds, request.user, pk=pk)
    _check(request, dot)
    if not can_quyet_dinh(dot):
        raise Http404
    if made := quyet_dinh_cua(dot):
        return redirect(made)
    is_them = "them" in request.POST  # one more line is chosen: nothing is decided yet
    chosen = [int(pk) for pk in request.GET.getlist("doi") if pk.isdecimal()]
    lines = dong_duoc_chon(dot, chosen)
    earlier = quyet_dinh_cua(dot.truoc) if dot.truoc_id else None
    rows = dong_xem_truoc(dot, earlier)
    page = Paginator(rows, MOI_TRANG).get_page(request.GET.get("page"))
    form = QuyetDinhForm(
        None if is_them else sent(request),
        bo=luat_cua(dot),
        doi=lines,
        so_uy_vien=so_uy_vien(dot.don_vi, today()),
        initial=QuyetDinhForm.da_go(request.POST) if is_them else None,
    )
    return run_form(
        request,
        form=form,
        save=lambda _: decide_ket_qua(dot=dot, by=request.user, **form.values()),
        done=lambda row: f"Đã ra Quyết định số {row.so_ky_hieu}, kết quả đã vào sổ.",
        back=lambda row: row.get_absolute_url(),
        back_url=dot.get_absolute_url(),
        template="baocao/ket_qua/quyet_dinh_form.html",
        title=f"Quyết định công nhận kết quả {dot.ky_bao_cao.ten}",
        subtitle=f"{dot.ten} · {dot.don_vi}",
        verb="Ra quyết định",
        note="Lấy số ngay, ghi kết quả vào sổ",
        data_busy="Đang lập",
        thay_cho=earlier,
        **_xem_truoc(dot, page, chosen, _dem_sau_doi(dot, lines, request.POST)),
    )


def _dem_sau_doi(dot: DotCham, lines: list[DongCham], post) -> Counter[str]:
    """How many stand at each class, with the levels that were typed in place of the round's."""
    counts = Counter(dem_muc(dot))
    for line in lines:
        muc = post.get(f"muc_{line.pk}")
        if muc in luat_cua(dot).cac_muc:
            counts.subtract([line.muc])
            counts.update([muc])
    return counts


def _xem_truoc(dot: DotCham, page, chosen: list[int], counts: Counter[str]) -> dict:
    """The preview: each unit's level with its vote, how many at each, and the quota."""
    bo = luat_cua(dot)
    rows, votes = list(page), phieu_cua(dot, list(page))
    limit = han_muc(dot.don_vi, today())
    best = dem_cao(list(counts.elements()), bo.cac_muc)
    return {
        "dot": dot,
        "page": page,
        "nhieu_noi": len({row.cap_tren for row in rows}) > 1,
        "rows": [
            {
                "dong": row,
                "ten_muc": bo.ten_muc(row.muc) if row.muc else "",
                "phieu": [(goi_ben(dot, vote.ben), vote) for vote in votes.get(row.pk, ())],
                "doi_url": "" if row.pk in chosen else _doi_url([*chosen, row.pk], page.number),
            }
            for row in rows
        ],
        "muc": [(bo.ten_muc(muc), counts.get(muc, 0)) for muc in bo.cac_muc],
        "chua_xep": counts.get("", 0),
        "han_muc": limit.cau(bo.ten_muc(bo.cac_muc[0]), *best) if limit else None,
        "da_xep": any(row.da_xep is not None for row in rows),
    }


def _doi_url(chosen: list[int], page: int) -> str:
    return f"?{urlencode({'doi': chosen, 'page': page}, doseq=True)}#quyet-dinh"


@require_quyen(XEM)
def ket_qua_detail(request, pk):
    decision = _quyet_dinh(request, pk)
    rows = decision.dong.visible_to(request.user).cua_to_chuc()
    page = Paginator(rows, MOI_TRANG).get_page(request.GET.get("page"))
    committees = bch_cua(decision, [row.don_vi_id for row in page])
    best = set(xuat_sac(decision).values_list("pk", flat=True))
    given = VanBan.objects.newest_by_target(DongKetQua, list(best), CHUNG_NHAN)
    is_holder = may_to_chuc(request.user, decision.dot)
    context = {
        "title": f"Quyết định {decision.so_ky_hieu}",
        "subtitle": f"Công nhận kết quả xếp loại năm {decision.nam}, {decision.don_vi}",
        "back": reverse("baocao:ket_qua_list"),
        "crumbs": [
            ("Quyết định công nhận kết quả", reverse("baocao:ket_qua_list")),
            (decision.so_ky_hieu, ""),
        ],
        "row": decision,
        "page": page,
        "rows": [
            (line, committees.get(line.don_vi_id), line.pk in best, line.pk in given)
            for line in page
        ],
        "is_diem": luat_cua(decision.dot).is_diem,
        "nhieu_noi": len({line.dong.cap_tren for line in page}) > 1,
        "so_xuat_sac": len(best),
        "con_cap": len(best) - len(given),
        "is_holder": is_holder,
        "duoc_thay": decision.duoc_thay.first() if decision.is_huy else None,
    }
    return TemplateResponse(request, "baocao/ket_qua/quyet_dinh.html", context)


@require_quyen(XEM)
def ket_qua_pdf(request, pk):
    """The decision as it was issued, also once it is void."""
    decision = _quyet_dinh(request, pk)
    paper = ban_da_ra(decision, giay_to.LOAI)
    content = (
        bytes(paper.tep)
        if paper
        else render_pdf(giay_to.quyet_dinh_giay(decision), title=giay_to.tieu_de(decision))
    )
    record(by=request.user, hanh_dong="van_ban.print", target=decision, loai=giay_to.LOAI)
    return pdf_response(content, _ten_tep(decision))


@require_quyen(XEM)
def ket_qua_docx(request, pk):
    """The same as Word, to be worked on before it is signed."""
    decision = _cua_minh(request, pk)
    paper = giay_to.quyet_dinh_giay(decision, decision.so_ky_hieu)
    record(by=request.user, hanh_dong="van_ban.print", target=decision, loai=giay_to.LOAI)
    content = render_docx(paper, title=giay_to.tieu_de(decision))
    return docx_response(content, _ten_tep(decision, "docx"))


def _ten_tep(decision: QuyetDinhKetQua, ext: str = "pdf") -> str:
    number = decision.so_ky_hieu.replace("/", "-")
    return file_name(number, str(decision.don_vi), day=decision.ngay, ext=ext)


@require_quyen(TO_CHUC)
def ket_qua_cancel(request, pk):
    decision = _cua_minh(request, pk)
    return run_form(
        request,
        form=LyDoForm(sent(request)),
        save=lambda data: cancel_ket_qua(quyet_dinh=decision, by=request.user, **data),
        done="Đã hủy quyết định. Kết quả rút khỏi sổ, quyết định cũ giữ trong lịch sử.",
        back=decision.get_absolute_url(),
        title=f"Hủy Quyết định {decision.so_ky_hieu}?",
        subtitle="Mức của các đơn vị theo quyết định này rút khỏi sổ xếp loại. Muốn sửa điểm thì "
        "mở đợt đính chính, quyết định theo đợt ấy tự thay quyết định này.",
        verb="Hủy quyết định",
    )


@require_POST
@require_quyen(TO_CHUC)
def chung_nhan_all(request, pk):
    """Certificates of all units at the best level, in one file, in the background."""
    decision = _cua_minh(request, pk)
    if decision.is_huy or not xuat_sac(decision).exists():
        raise Http404
    return redirect(start_chung_nhan(quyet_dinh=decision, by=request.user))


@require_quyen(XEM)
def chung_nhan_pdf(request, pk):
    """One unit's certificate: the issued bytes, else a preview; POST gives it its number."""
    rows = DongKetQua.objects.select_related(
        "quyet_dinh__don_vi", "quyet_dinh__dot__don_vi", "quyet_dinh__dot__bo", "dong", "don_vi"
    )
    line = get_visible_or_404(rows, request.user, pk=pk)
    if not is_xuat_sac(line) or line.quyet_dinh.is_huy:
        raise Http404
    if request.method == "POST":
        _check(request, line.quyet_dinh.dot)
        issue_chung_nhan(dong=line, by=request.user)
        return redirect("baocao:chung_nhan_pdf", pk=pk)
    paper = VanBan.objects.issued(line, CHUNG_NHAN)
    content = (
        bytes(paper.tep)
        if paper
        else render_pdf(giay_to.chung_nhan(line), title=giay_to.TIEU_DE_GCN)
    )
    record(by=request.user, hanh_dong="van_ban.print", target=line, loai=CHUNG_NHAN)
    number = paper.so_ky_hieu if paper else "xem-thu"
    return pdf_response(
        content, file_name("GCN", number, ascii_slug(line.dong.ten), day=line.quyet_dinh.ngay)
    )
