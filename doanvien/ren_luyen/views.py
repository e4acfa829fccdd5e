"""Registration of a whole branch on one page, its scores, and the ward's word."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.errors import RuleError
from core.listing import list_page
from core.periods import today
from doanvien.models import RenLuyen
from tochuc.audit import record
from tochuc.loc import phuong_cua_chi_doan
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from . import services
from .filters import ChiDoanFilter
from .forms import NoiDungForm, read_checked, read_ket_qua
from .queries import danh_sach, dem_dang_ky, thang_diem, thoi_han
from .trang import TEN_NGAN, bang_chi_doan, hang_cham

FIRST_YEAR = 2000


@require_quyen(Quyen.XEM_DOAN_VIEN)
def ren_luyen_list(request):
    """A branch's people go to their own branch, others see the table of branches."""
    don_vi, nam = request.user.phan_cong_chinh.don_vi, _year(request)
    if don_vi.is_chi_doan:
        return HttpResponseRedirect(_url(don_vi.pk, nam))
    day = don_vi.ngay_so_lieu(today())
    table = bang_chi_doan(
        dem_dang_ky(don_vi, nam),
        RenLuyen.objects.under(don_vi).cua_nam(nam).dem_theo_chi_doan(),
        lambda row: _url(row.pk, nam),
        phuong=phuong_cua_chi_doan(request.user, don_vi),
    )
    return list_page(
        request,
        queryset=DonVi.objects.under(don_vi).chi_doan().dang_hoat_dong(day).order_by("path"),
        filterset=ChiDoanFilter,
        table=table,
        title=f"Chương trình rèn luyện năm {nam}",
        noun="chi đoàn",
        template="doanvien/ren_luyen/list.html",
        on_download=partial(_record_download, nam=nam),
        extra={"nam_truoc": nam - 1, "nam_sau": nam + 1 if nam < day.year else None},
    )


@require_quyen(Quyen.XEM_DOAN_VIEN)
def ren_luyen_branch(request, pk):
    branch, nam = _branch(request, pk), _year(request)
    people = danh_sach(branch, nam)
    rows = [row for _, row in people if row]
    user = request.user
    may_confirm = user.may(Quyen.DUYET_DOAN_VIEN, branch)
    context = {
        "title": f"Rèn luyện năm {nam}",
        "subtitle": f"{branch} · đăng ký {len(rows)}/{len(people)} đồng chí",
        "back": reverse("doanvien:list"),
        "branch": branch,
        "nam": nam,
        "people": people,
        "con_cham": any(not row.is_xac_nhan for row in rows),
        "thoi_han": thoi_han(branch, nam),
        "may_write": user.may(Quyen.SUA_DOAN_VIEN, branch),
        "so_cho": sum(1 for row in rows if row.muc and not row.is_xac_nhan) if may_confirm else 0,
        "so_da": sum(1 for row in rows if row.is_xac_nhan) if may_confirm else 0,
    }
    return TemplateResponse(request, "doanvien/ren_luyen/chi_doan.html", context)


@require_POST
@require_quyen(Quyen.SUA_DOAN_VIEN)
def ren_luyen_register(request, pk):
    branch, nam = _branch(request, pk, Quyen.SUA_DOAN_VIEN), _year(request)
    wanted = read_checked(request.POST)
    if "tat_ca" in request.POST:
        wanted = {person.pk for person, _ in danh_sach(branch, nam)}
    return _act(
        request,
        branch,
        nam,
        lambda: services.register(chi_doan=branch, nam=nam, doan_vien=wanted, by=request.user),
        lambda done: f"Đã ghi: thêm {done[0]}, bỏ {done[1]} đồng chí.",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def ren_luyen_score(request, pk):
    branch, nam = _branch(request, pk, Quyen.SUA_DOAN_VIEN), _year(request)
    people = [(p, row) for p, row in danh_sach(branch, nam) if row]
    scale = thang_diem(branch, nam)
    errors = []
    if request.method == "POST":
        given, wrong = read_ket_qua(
            request.POST, [person.pk for person, _ in people], nam_phan=scale.nam_phan
        )
        errors = [f"{p}: điểm ghi bằng chữ số." for p, _ in people if p.pk in wrong]
        if not errors:
            try:
                so = services.score(chi_doan=branch, nam=nam, ket_qua=given, by=request.user)
            except RuleError as refusal:
                errors = [str(refusal)]
            else:
                messages.success(request, f"Đã ghi kết quả của {so} đồng chí.")
                return redirect(_url(pk, nam))
    context = {
        "title": f"Chấm rèn luyện năm {nam}",
        "subtitle": str(branch),
        "back": _url(pk, nam),
        "errors": errors,
        "hang": hang_cham(people, request.POST or None, nam_phan=scale.nam_phan),
        "scale": scale,
        "levels": [("", "Theo điểm"), *((muc.value, ten) for muc, ten in TEN_NGAN.items())],
    }
    return TemplateResponse(request, "doanvien/ren_luyen/cham.html", context)


@require_POST
@require_quyen(Quyen.DUYET_DOAN_VIEN)
def ren_luyen_confirm(request, pk):
    """Confirm what has a result; with `mo_lai` take the confirmation back."""
    branch, nam = _branch(request, pk, Quyen.DUYET_DOAN_VIEN), _year(request)
    is_back = "mo_lai" in request.POST
    service = services.reopen if is_back else services.confirm
    return _act(
        request,
        branch,
        nam,
        lambda: service(chi_doan=branch, nam=nam, by=request.user),
        lambda so: f"Đã {'mở lại' if is_back else 'xác nhận'} kết quả của {so} đồng chí.",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def ren_luyen_noi_dung(request, pk):
    rows = RenLuyen.objects.select_related("chi_doan", "doan_vien")
    row = get_visible_or_404(rows, request.user, quyen=Quyen.SUA_DOAN_VIEN, pk=pk)
    form = NoiDungForm(request.POST or None, instance=row)
    back = _url(row.chi_doan_id, row.nam)
    if request.method == "POST" and form.is_valid():
        services.save_noi_dung(
            ren_luyen=row, noi_dung=form.cleaned_data["noi_dung"], by=request.user
        )
        messages.success(request, f"Đã ghi nội dung rèn luyện của {row.doan_vien}.")
        return redirect(back)
    context = {
        "title": f"Rèn luyện của {row.doan_vien}",
        "subtitle": f"Năm {row.nam}",
        "form": form,
        "verb": "Lưu",
        "back": back,
    }
    return TemplateResponse(request, "core/form.html", context)


def _act(request, branch, nam, service, done):
    try:
        result = service()
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done(result))
    return redirect(_url(branch.pk, nam))


def _branch(request, pk, quyen=None) -> DonVi:
    return get_visible_or_404(DonVi.objects.chi_doan(), request.user, quyen=quyen, pk=pk)


def _url(pk, nam) -> str:
    return f"{reverse('doanvien:ren_luyen_branch', args=[pk])}?nam={nam}"


def _year(request) -> int:
    text = request.GET.get("nam", "")
    is_year = text.isascii() and text.isdigit() and len(text) == 4
    year = int(text) if is_year else today().year
    return year if FIRST_YEAR <= year <= today().year else today().year


def _record_download(request, rows: int, *, nam: int) -> None:
    record(
        by=request.user,
        hanh_dong="ren_luyen.export",
        don_vi=request.user.phan_cong_chinh.don_vi,
        so_dong=rows,
        nam=nam,
    )
