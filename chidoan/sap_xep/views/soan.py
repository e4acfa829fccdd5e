import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan.models import SapXep
from chidoan.sap_xep import ke_hoach as kh
from chidoan.sap_xep import services, trang
from chidoan.sap_xep.forms import PhanForm, SoanForm, SuaForm, ban_dau, cac_loai, noi_sap_xep
from core.errors import RuleError, StaleError, add_refusal
from core.form_page import run_form
from tochuc.loc import named_pk
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

DRAFT = Quyen.DE_NGHI_SAP_XEP


@require_quyen(DRAFT)
def sap_xep_create(request):
    """The first question: what is to be done."""
    draft = _draft_of_request(request)
    context = {
        "title": "Thêm việc vào đợt" if draft else "Lập kế hoạch sắp xếp",
        "subtitle": draft.ten if draft else "Chọn việc cần làm",
        "back": draft.get_absolute_url() if draft else reverse("chidoan:sap_xep_list"),
        "cac_loai": cac_loai(request.user),
        "dot": draft,
    }
    return TemplateResponse(request, "chidoan/sap_xep/chon_loai.html", context)


@require_quyen(DRAFT)
def sap_xep_soan(request, loai):
    """Units and particulars of one change: a new draft, or one change more of a draft."""
    kind = next((kind for kind in cac_loai(request.user) if kind["loai"] == loai), None)
    if kind is None:
        raise Http404
    draft = _draft_of_request(request)
    so = _lam_lai(request, draft, loai)
    trong, places = _trong(request, loai)
    form = SoanForm(
        request.POST or None,
        request.FILES or None,
        loai=loai,
        trong=trong,
        user=request.user,
        them_vao=draft,
        initial={} if so is None else ban_dau(kh.doc(draft.ke_hoach)[so]),
    )
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save(request, form, draft, so)
        except RuleError as refusal:
            add_refusal(form, refusal)
        else:
            return _go_on(request, saved, so)
    context = {
        "title": kind["ten"],
        "subtitle": kind["mo_ta"],
        "back": draft.get_absolute_url() if draft else reverse("chidoan:sap_xep_create"),
        "form": form,
        "trong": trong,
        "places": places,
        "giu": [
            (name, request.GET[name]) for name in ("dot", "thay", "ban") if name in request.GET
        ],
        "ma_gui": request.POST.get("ma_gui") or uuid.uuid4(),
        "verb": "Lưu và xem trước",
    }
    return TemplateResponse(request, "chidoan/sap_xep/soan.html", context)


def _save(request, form: SoanForm, draft: SapXep | None, so: int | None) -> SapXep:
    change = form.thay_doi
    if draft:
        plan = kh.doc(draft.ke_hoach)
        change = change if so is None else kh.giu_noi_den(change, plan[so])
        plan[len(plan) if so is None else so :] = [change, *([] if so is None else plan[so + 1 :])]
        version = draft.version if so is None else named_pk(request.GET.get("ban", ""))
        return services.update_sap_xep(sap_xep=draft, version=version, by=request.user, plan=plan)
    return services.create_sap_xep(
        plan=[change], by=request.user, ma_gui=_key(request), **form.phan_chung
    )


def _key(request) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("ma_gui", ""))
    except ValueError:
        return uuid.uuid4()


def _lam_lai(request, draft: SapXep | None, loai: str) -> int | None:
    """Which change of the draft is done over again; None: one more."""
    named = request.GET.get("thay", "")
    if draft is None or not named:
        return None
    plan, so = kh.doc(draft.ke_hoach), named_pk(named)
    if so >= len(plan) or plan[so].loai != loai:
        raise Http404
    return so


def _go_on(request, saved: SapXep, so: int | None):
    """A split asks next where each member goes; all else is tried at once."""
    order = len(kh.doc(saved.ke_hoach)) - 1 if so is None else so
    if kh.doc(saved.ke_hoach)[order].loai == kh.CHIA_TACH:
        return redirect("chidoan:sap_xep_phan", saved.pk, order)
    services.look(sap_xep=saved)
    done = "Còn vướng, xem dưới đây." if saved.xem_truoc["can_tro"] else "Xem lại rồi đi tiếp."
    messages.success(request, f"Đã lưu kế hoạch. {done}")
    return redirect(saved)


def _draft_of_request(request) -> SapXep | None:
    """The draft that one change more goes into."""
    named = request.GET.get("dot")
    if not named:
        return None
    rows = SapXep.objects.dang_soan()
    return get_visible_or_404(rows, request.user, quyen=DRAFT, pk=named_pk(named))


def _trong(request, loai: str) -> tuple[DonVi, list[DonVi]]:
    """Inside which unit one chooses, and which there are to choose from."""
    places = list(noi_sap_xep(request.user, loai))
    if loai == kh.BO_CAP:
        places = [unit for unit in places if unit.cap == "tinh"]
    if not places:
        raise Http404
    named = request.GET.get("trong")
    if not named:
        return places[0], places
    found = next((unit for unit in places if unit.pk == named_pk(named)), None)
    if found is None:
        raise Http404
    return found, places


@require_quyen(DRAFT)
def sap_xep_phan(request, pk, so):
    """Where each member of a split branch goes, or each branch of a split ward."""
    sap_xep = _draft(request, pk)
    plan = kh.doc(sap_xep.ke_hoach)
    if so >= len(plan) or plan[so].loai != kh.CHIA_TACH:
        raise Http404
    change = plan[so]
    unit = get_visible_or_404(DonVi.objects, request.user, pk=change.don_vi[0])
    form = PhanForm(
        request.POST or None,
        rows=trang.cua_don_vi(unit),
        is_nguoi=unit.is_chi_doan,
        areas=trang.dia_ban_cua(unit, sap_xep.hieu_luc),
        dich=[dich.ten or f"{unit} (giữ lại)" for dich in change.dich],
        viec=change,
        initial={"version": sap_xep.version},
    )

    def save(data):
        more = {"nguoi": form.nguoi, "dia_ban": form.dia_ban}
        plan[so] = kh.ThayDoi(change.loai, change.don_vi, change.dich, **more)
        saved = services.update_sap_xep(
            sap_xep=sap_xep, version=data["version"], by=request.user, plan=plan
        )
        return services.look(sap_xep=saved)

    return run_form(
        request,
        form=form,
        save=save,
        done=lambda _: _da_chon(form),
        back=sap_xep.get_absolute_url(),
        template="chidoan/sap_xep/phan.html",
        title="Chọn nơi đến",
        subtitle=str(unit),
        is_nguoi=unit.is_chi_doan,
        verb="Lưu và xem trước",
    )


def _da_chon(form: PhanForm) -> str:
    left = len(form.rows) - len(form.nguoi)
    if left:
        return f"Đã ghi nơi đến cho {len(form.nguoi)}, còn {left} chưa chọn."
    return "Đã ghi nơi đến. Xem lại rồi đi tiếp."


@require_quyen(DRAFT)
def sap_xep_update(request, pk):
    sap_xep = _draft(request, pk)
    form = SuaForm.cua(sap_xep, request.POST or None, request.FILES or None)

    def save(data):
        saved = services.update_sap_xep(
            sap_xep=sap_xep,
            version=data["version"],
            by=request.user,
            ten=data["ten"],
            **form.phan_chung,
        )
        return services.look(sap_xep=saved)

    return run_form(
        request,
        form=form,
        save=save,
        done="Đã lưu.",
        back=sap_xep.get_absolute_url(),
        title="Sửa đợt sắp xếp",
        subtitle=sap_xep.ten,
        verb="Lưu",
    )


@require_POST
@require_quyen(DRAFT)
def sap_xep_bo_viec(request, pk, so):
    """Take one change out of a draft."""
    sap_xep = _draft(request, pk)
    plan = kh.doc(sap_xep.ke_hoach)
    if so >= len(plan):
        raise Http404
    try:
        saved = services.update_sap_xep(
            sap_xep=sap_xep,
            version=_version(request, sap_xep),
            by=request.user,
            plan=[item for order, item in enumerate(plan) if order != so],
        )
    except (StaleError, RuleError) as refusal:
        messages.error(request, str(refusal))
        return redirect(sap_xep)
    services.look(sap_xep=saved)
    messages.success(request, "Đã bỏ một việc khỏi đợt.")
    return redirect(saved)


def _version(request, sap_xep: SapXep) -> int:
    """The version of the plan that stood on the page: another one's changes have other places."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) < 9 else sap_xep.version


@require_POST
@require_quyen(DRAFT)
def sap_xep_look(request, pk):
    """Try the plan once more: things have changed since."""
    sap_xep = get_visible_or_404(SapXep.objects.cho_trang(), request.user, quyen=DRAFT, pk=pk)
    if sap_xep.trang_thai in SapXep.CON_MO:
        services.look(sap_xep=sap_xep)
        messages.success(request, "Đã tính lại theo số liệu hiện nay.")
    return redirect(sap_xep)


def _draft(request, pk) -> SapXep:
    rows = SapXep.objects.dang_soan().cho_trang()
    return get_visible_or_404(rows, request.user, quyen=DRAFT, pk=pk)
