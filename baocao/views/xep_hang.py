"""The ranking of branches, and the ward's assessment of one of them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from baocao.chi_tieu import ThoiKy
from baocao.forms import DanhGiaForm, danh_gia_initial
from baocao.ket_qua import trang_dot
from baocao.ket_qua.bang_dot import BangDot, cac_dot, dot_truoc
from baocao.ket_qua.tam_tinh import co_so_tam_tinh
from baocao.ket_qua.trang_co_so import NHAN_CO_SO, co_so_context, co_so_file
from baocao.ket_qua.trang_dot import lua_chon
from baocao.models import DanhGiaTieuChi, DotCham
from baocao.services import assess_chi_doan, bo_danh_gia
from baocao.trang_xep_hang import NHAN_FILE, file_rows, nam_xem, xep_hang_context
from baocao.xep_hang import load_xep_hang
from chidoan.models import ChiDoan
from core.errors import RuleError
from core.periods import KyBaoCao, today
from core.text.display import ngay
from core.xlsx import xlsx_response
from tochuc.chon_ban_do import chon_ban_do
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.tai_ve import recorded

KHONG_DANH_GIA = (
    "Năm {} không đánh giá theo mức: bộ tiêu chí theo điểm thì chấm trong đợt chấm, thang trước "
    "2019 thì lấy theo quyết định."
)
CHI_DOAN, CO_SO = DotCham.DoiTuong.CHI_DOAN, DotCham.DoiTuong.CO_SO


@require_quyen(Quyen.XEM_XEP_HANG)
def xep_hang(request):
    """Branches or wards, live or as a round stored them: the address says which."""
    asked = request.GET.get("dot", "")
    rounds = cac_dot(request.user, pk=asked)
    chosen = next((dot for dot in rounds if str(dot.pk) == asked), None)
    if asked and chosen is None:
        raise Http404
    loai = chosen.doi_tuong if chosen else request.GET.get("loai", CHI_DOAN)
    shared = _chung(request.user, rounds, chosen, loai)
    if chosen:
        return _theo_dot(request, chosen, rounds, shared)
    return _co_so(request, shared) if loai == CO_SO else _tam_tinh(request, shared)


def _chung(user, rounds, chosen, loai: str) -> dict:
    """What every ranking shows above its table: branches or wards, live or a round."""
    don_vi, only = _scope(user, {dot.don_vi.path: dot.don_vi for dot in rounds})
    base = f"?loai={CO_SO}" if loai == CO_SO else "?"
    same = [dot for dot in rounds if dot.doi_tuong == loai]
    return {
        "don_vi": don_vi,
        "only": only,
        "chung_cuoc": [dot for dot in same if dot.don_vi == don_vi and dot.is_chung_cuoc],
        "tabs": []
        if only
        else [
            {"label": "Chi đoàn", "url": reverse("baocao:xep_hang"), "active": loai != CO_SO},
            {"label": "Đoàn cơ sở", "url": f"?loai={CO_SO}", "active": loai == CO_SO},
        ],
        "options": lua_chon(same, chosen, base) if same else [],
        "url_cac_dot": reverse("baocao:dot_cham_list"),
    }


def _theo_dot(request, dot: DotCham, rounds, shared: dict):
    bang = BangDot(dot, request.GET, dot_truoc(dot, rounds))
    if request.GET.get("export") == "xlsx":
        return _xuat(request, f"xep-hang-{dot.ky}", trang_dot.NHAN_FILE, trang_dot.file_rows(bang))
    query = request.GET.copy()
    query["export"] = "xlsx"
    context = shared | trang_dot.dot_context(bang, request.user)
    context["export_url"] = f"?{query.urlencode()}"
    return TemplateResponse(request, "baocao/ket_qua/xep_hang_dot.html", context)


def _co_so(request, shared: dict):
    """Wards by today's books; who holds one ward alone is referred to the rounds."""
    don_vi = shared["don_vi"]
    nam = nam_xem(don_vi, request.GET.get("ky"))
    bo, rows = (None, []) if shared["only"] else co_so_tam_tinh(don_vi, KyBaoCao(nam))
    if request.GET.get("export") == "xlsx":
        return _xuat(request, f"xep-hang-co-so-{nam}", NHAN_CO_SO, co_so_file(bo, rows))
    context = shared | co_so_context(don_vi, nam, bo, rows, request.GET)
    return TemplateResponse(request, "baocao/ket_qua/xep_hang_co_so.html", context)


def _xuat(request, name: str, labels, rows):
    recorded("xep_hang.export")(request, len(rows))
    return xlsx_response(name, list(labels), rows)


def _tam_tinh(request, shared: dict):
    """Branches by today's books: a branch sees its own row with its rank in the ward; others all
    branches below them."""
    don_vi, only = shared["don_vi"], shared["only"]
    nam = nam_xem(don_vi, request.GET.get("ky"))
    day = ThoiKy.of(KyBaoCao(nam), don_vi).den
    chosen = chon_ban_do(request.GET, request.user, Quyen.XEM_XEP_HANG, don_vi, day, ben_trong=True)
    earlier = next((dot for dot in shared["chung_cuoc"] if dot.ky_bao_cao.nam < nam), None)
    bang = load_xep_hang(don_vi, nam, ban_do=chosen.ban_do, truoc=earlier)
    if request.GET.get("export") == "xlsx" and only is None:
        name = f"xep-hang-{bang.thoi_ky.ky.code}"
        return _xuat(request, name, NHAN_FILE, file_rows(bang, request.GET))
    context = shared | xep_hang_context(bang, request.GET, only=only, truoc=earlier)
    context["ban_do"] = chosen
    context["is_danh_gia"] = request.user.has_quyen(Quyen.DANH_GIA_CHI_DOAN)
    query = request.GET.copy()
    query["ky"], query["export"] = bang.thoi_ky.ky.code, "xlsx"
    context["export_url"] = "" if only else f"?{query.urlencode()}"
    return TemplateResponse(request, "baocao/xep_hang.html", context)


@require_quyen(Quyen.DANH_GIA_CHI_DOAN)
def chi_doan_assess(request, pk):
    chi_doan = get_visible_or_404(
        ChiDoan.objects, request.user, quyen=Quyen.DANH_GIA_CHI_DOAN, pk=pk
    )
    nam = nam_xem(chi_doan, request.GET.get("ky"))
    bo = bo_danh_gia(chi_doan, nam)
    back = f"{reverse('baocao:xep_hang')}?ky={nam}&mo={pk}#r{pk}"
    if bo is None:
        messages.info(request, KHONG_DANH_GIA.format(nam))
        return redirect(back)
    form = DanhGiaForm(request.POST or None, bo=bo, initial=_initial(chi_doan, nam))
    if form.is_valid() and _assess(request, chi_doan, nam, form):
        return redirect(back)
    context = {
        "title": f"Đánh giá {chi_doan}",
        "subtitle": f"Năm {nam} · {bo.can_cu}. Tiêu chí nào chưa rõ thì để trống.",
        "form": form,
        "verb": "Ghi đánh giá",
        "back": back,
    }
    return TemplateResponse(request, "core/form.html", context)


def _assess(request, chi_doan: ChiDoan, nam: int, form: DanhGiaForm) -> bool:
    """Write what was answered; False when a rule refuses it, said at its field."""
    day = form.cleaned_data["ngay"]
    try:
        count = assess_chi_doan(
            chi_doan=chi_doan, nam=nam, danh_gia=form.danh_gia, ngay=day, by=request.user
        )
    except RuleError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    messages.success(request, f"Đã ghi {count} tiêu chí của {chi_doan}")
    return True


def _initial(chi_doan: ChiDoan, nam: int) -> dict[str, str]:
    """What was found last, so that only changes are typed."""
    found = {
        row.tieu_chi: row
        for row in DanhGiaTieuChi.objects.filter(chi_doan=chi_doan, nam=nam).order_by("ngay", "pk")
    }
    return {"ngay": ngay(today()), **danh_gia_initial(found)}


def _scope(user, known: dict[str, DonVi]):
    """The unit whose branches are ranked, and the one branch that its people see; what the rounds
    have brought along (`known`, by path) is not asked for again."""
    role = next(pc for pc in user.phan_cong_hom_nay if Quyen.XEM_XEP_HANG in pc.quyen)
    own = role.don_vi
    if not own.is_chi_doan:
        return own, None
    above = known.get(own.path[: -DonVi.steplen])
    return above or own.cap_tren, own.pk
