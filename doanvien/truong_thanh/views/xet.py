from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError, try_service
from core.form_page import run_form
from core.periods import today
from core.xlsx import xlsx_response
from doanvien.models import DotTruongThanh, XetTruongThanh
from doanvien.roi_doan.views import nhac_chuc_vu
from doanvien.tai_ve import quyen_cua
from doanvien.truong_thanh import giay_to, services, trang
from doanvien.truong_thanh.forms import (
    BanHanhForm,
    ChonKetQuaForm,
    GiayForm,
    QuyetDinhForm,
    ThuHoiForm,
)
from tochuc.audit import record
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen


@require_quyen(Quyen.XEM_DOAN_VIEN)
def truong_thanh_list(request):
    """Who reaches the age in a year: undecided first, in rows that the branch or ward fills."""
    user, day = request.user, today()
    quyen = quyen_cua(request)
    nam = trang.doc_nam(request.GET.get("nam"), day)
    vai = trang.vai_cua(user)
    moc = services.moc_cua(vai.don_vi or user.don_vi, nam, day)
    is_open = nam >= day.year
    con = request.GET.get("con", "")
    people = trang.can_xet(user, vai, moc, day, con=con)
    decided = XetTruongThanh.objects.permitted_to(user, quyen).da_quyet_dinh().cua_nam(nam)
    if quyen == Quyen.XUAT_DOAN_VIEN:
        return _download(request, people.permitted_to(user, quyen) if is_open else [], decided, nam)
    page = Paginator(people if is_open else people.none(), trang.MOI_TRANG).get_page(
        request.GET.get("page")
    )
    page.object_list = list(page.object_list)
    drafted = XetTruongThanh.objects.du_thao_cua(page.object_list) if vai.don_vi else {}
    form, giay = _forms(request, page, drafted, vai, moc)
    if request.method == "POST" and form and (answer := _save(request, form, giay, vai, nam, day)):
        return answer
    context = {
        "title": "Trưởng thành Đoàn",
        "subtitle": f"Năm {nam}: đủ {moc.tuoi} tuổi trong năm hoặc từ trước",
        "nam": nam,
        "cac_nam": trang.cac_nam(nam, day),
        "is_open": is_open,
        "vai": vai,
        "con": con,
        "moc": moc,
        "page": page,
        "form": form,
        "giay": giay,
        "du_thao": drafted,
        "cac_dot": DotTruongThanh.objects.visible_to(user).cua_nam(nam),
        "da_xet": [(row, giay_to.ket_qua_bang_chu(row)) for row in decided.trong_list()[:200]],
        "may_export": user.has_quyen(Quyen.XUAT_DOAN_VIEN),
        "excel_url": f"?nam={nam}&export=xlsx",
    }
    return TemplateResponse(request, "doanvien/truong_thanh_list.html", context)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def truong_thanh_dot(request, pk):
    """One decision: a draft to look through and issue, or an issued one with its papers."""
    dot = _dot(request, pk)
    rows = trang.dong_dot(dot)
    may_decide = request.user.may(Quyen.DUYET_DOAN_VIEN, dot.don_vi)
    context = {
        "title": f"Quyết định {dot.so_quyet_dinh}" if dot.is_ban_hanh else "Dự thảo quyết định",
        "subtitle": f"Trưởng thành Đoàn · {dot.don_vi} · ngày {dot.ngay:%d/%m/%Y}",
        "crumbs": [
            ("Đoàn viên", reverse("doanvien:list")),
            ("Trưởng thành Đoàn", f"{_list_url()}?nam={dot.ngay.year}"),
            (str(dot), ""),
        ],
        "back": f"{_list_url()}?nam={dot.ngay.year}",
        "dot": dot,
        "rows": rows,
        "kpis": trang.dem(rows),
        "so_giay": sum(bool(row["giay"]) for row in rows),
        "so_truong_thanh": sum(bool(row["giay_url"]) for row in rows),
        "may_decide": may_decide,
        "ban_hanh": BanHanhForm(),
    }
    return TemplateResponse(request, "doanvien/truong_thanh_dot.html", context)


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def truong_thanh_edit(request, pk):
    dot = _dot(request, pk, Quyen.DUYET_DOAN_VIEN)
    form = GiayForm(request.POST or None, instance=dot)
    return run_form(
        request,
        form=form,
        save=lambda data: services.update_dot(dot=dot, by=request.user, **data),
        done="Đã lưu ngày, nơi làm lễ.",
        back=dot.get_absolute_url(),
        title="Lễ trưởng thành Đoàn",
        subtitle=str(dot),
        verb="Lưu",
    )


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def truong_thanh_issue(request, pk):
    """The question before the decision takes effect, and its answer."""
    dot = _dot(request, pk, Quyen.DUYET_DOAN_VIEN)
    form = BanHanhForm(request.POST or None)
    if form.is_valid() and (
        done := try_service(form, services.issue_dot, dot=dot, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, f"Đã ban hành quyết định {done.so_quyet_dinh}.")
        nhac_chuc_vu(request, [row.doan_vien for row in giay_to.nguoi_truong_thanh(done)])
        return redirect(dot)
    context = {
        "title": "Ban hành quyết định trưởng thành Đoàn?",
        "text": (
            "Đồng chí trưởng thành thôi có tên trong danh sách chi đoàn từ sau ngày "
            f"{dot.ngay:%d/%m/%Y}. Đồng chí ở lại thì hết thời hạn phần mềm mới nhắc lại."
        ),
        "form": form,
        "verb": "Ban hành",
        "back": dot.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def truong_thanh_discard(request, pk):
    dot = _dot(request, pk, Quyen.DUYET_DOAN_VIEN)
    if request.method == "POST":
        try:
            services.discard(dot=dot, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
            return redirect(dot)
        messages.success(request, "Đã bỏ dự thảo. Đề nghị của các chi đoàn vẫn còn.")
        return redirect("doanvien:truong_thanh_list")
    context = {
        "title": "Bỏ dự thảo quyết định này?",
        "text": "Các đồng chí trở lại danh sách chờ xét. Đề nghị của các chi đoàn vẫn còn.",
        "verb": "Bỏ dự thảo",
        "danger": True,
        "back": dot.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_POST
@require_quyen(Quyen.DUYET_DOAN_VIEN)
def truong_thanh_drop(request, pk):
    xet = _xet(request, pk, Quyen.DUYET_DOAN_VIEN)
    if xet.dot is None:
        raise Http404
    try:
        dot = services.drop(xet=xet, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(xet.dot)
    messages.success(request, f"Đã đưa {xet.doan_vien} ra khỏi dự thảo.")
    return redirect(dot or "doanvien:truong_thanh_list")


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def truong_thanh_revoke(request, pk):
    xet = _xet(request, pk, Quyen.DUYET_DOAN_VIEN)
    form = ThuHoiForm(request.POST or None)
    return run_form(
        request,
        form=form,
        save=lambda data: services.revoke(xet=xet, by=request.user, **data),
        done=f"Đã thu hồi quyết định về {xet.doan_vien}.",
        back=lambda dot: dot.get_absolute_url(),
        back_url=xet.dot.get_absolute_url() if xet.dot else _list_url(),
        template="core/confirm.html",
        title=f"Thu hồi quyết định về {xet.doan_vien}?",
        text=(
            f"{giay_to.ket_qua_bang_chu(xet)}, theo quyết định {xet.dot}. Thu hồi thì đồng chí trở "
            "lại danh sách chờ xét; bản in của quyết định được lập lại, giữ nguyên số."
        ),
        verb="Thu hồi",
        danger=True,
    )


def _forms(request, page, drafted, vai, moc):
    """The rows to fill, and for the ward what stands on the paper; nothing for who only looks."""
    if not vai.don_vi or not page.object_list:
        return None, None
    data = request.POST or None
    open_ones = [nguoi for nguoi in page.object_list if nguoi.pk not in drafted]
    proposals = XetTruongThanh.objects.de_nghi_cua(open_ones)
    form = ChonKetQuaForm(data, people=open_ones, de_nghi=proposals, moc=moc)
    if not vai.is_quyet_dinh:
        return form, None
    return form, QuyetDinhForm(data)


def _save(request, form, giay, vai, nam, day):
    is_valid = form.is_valid() & (giay is None or giay.is_valid())
    if not is_valid:
        return None
    if giay is None:
        done = try_service(
            form, _propose, don_vi=vai.don_vi, nam=nam, chon=form.chon, ngay=day, by=request.user
        )
        if done is None:
            return None
        messages.success(request, f"Đã ghi đề nghị của chi đoàn cho {done} đồng chí.")
        return redirect(f"{_list_url()}?nam={nam}")
    chosen = {nguoi: wanted for nguoi, wanted in form.chon.items() if wanted}
    dot = try_service(
        form,
        services.draft,
        don_vi=vai.don_vi,
        nam=nam,
        chon=chosen,
        by=request.user,
        **giay.cleaned_data,
    )
    if dot is None:
        return None
    messages.success(request, "Đã lập dự thảo. Xem lại rồi ban hành.")
    return redirect(dot)


def _propose(*, don_vi, **fields):
    return services.propose(chi_doan=don_vi, **fields)


def _download(request, people, decided, nam):
    rows = trang.dong_excel(people, decided.trong_list())
    record(
        by=request.user,
        hanh_dong="truong_thanh.export",
        don_vi=request.user.don_vi,
        nam=nam,
        so_dong=len(rows),
    )
    return xlsx_response(f"truong-thanh-{nam}", trang.COT_EXCEL, rows)


def _dot(request, pk, quyen=None):
    rows = DotTruongThanh.objects.select_related("don_vi")
    return get_visible_or_404(rows, request.user, quyen=quyen, pk=pk)


def _xet(request, pk, quyen=None):
    rows = XetTruongThanh.objects.select_related("doan_vien", "chi_doan", "dot__don_vi")
    return get_visible_or_404(rows, request.user, quyen=quyen, pk=pk)


def _list_url():
    return reverse("doanvien:truong_thanh_list")
