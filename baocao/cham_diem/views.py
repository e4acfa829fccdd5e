"""The pages of criteria sets: the list, one as a table, its editor, the trial on a past year."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from baocao.models import BoTieuChi, TieuChi
from core.errors import RuleError
from core.form_page import run_form
from core.listing import list_page
from core.periods import read_year, today
from core.text.display import so
from core.xlsx import xlsx_response
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

from . import services, trang, viec_nen
from .bo import luat_cua
from .filters import BoTieuChiFilter
from .forms import BanHanhForm, BoForm, MucForm, ThoiForm, TieuChiForm
from .kiem import diem, kiem_bo
from .tables import BO_TIEU_CHI_TABLE
from .xem_thu import NHAN_FILE, don_vi_thu, file_rows, xem_thu

XEM, SUA = Quyen.XEM_XEP_HANG, Quyen.QUAN_LY_BO_TIEU_CHI
ROWS = BoTieuChi.objects.select_related("don_vi", "thay_cho")
LIST = "baocao:bo_tieu_chi_list"


@require_quyen(XEM)
def bo_tieu_chi_list(request):
    return list_page(
        request,
        queryset=ROWS.visible_to(request.user),
        filterset=BoTieuChiFilter,
        table=BO_TIEU_CHI_TABLE,
        title="Bộ tiêu chí",
        noun="bộ",
        extra={"subtitle": "Bộ của đơn vị gần nhất đang áp dụng thì quyết định xếp loại."},
    )


@require_quyen(XEM)
def bo_tieu_chi_detail(request, pk):
    bo = get_visible_or_404(ROWS, request.user, pk=pk)
    luat = luat_cua(bo)
    if request.GET.get("export") == "xlsx":
        return xlsx_response(f"bo-tieu-chi-{bo.pk}", list(trang.NHAN_FILE), trang.file_rows(luat))
    may_edit = _may_edit(request.user, bo)
    keys = dict(bo.tieu_chi.values_list("ma", "pk")) if bo.is_nhap and may_edit else {}
    context = {
        "title": str(bo),
        "bo": bo,
        "luat": luat,
        "rows": trang.dong_bang(luat, keys),
        "toi_da": diem(luat.toi_da) if luat.is_diem else "",
        "muc": trang.bang_muc(luat),
        "state": trang.trang_thai(bo),
        "facts": trang.facts(bo),
        "crumbs": trang.crumbs(bo),
        "back": reverse(LIST),
        "wrong": kiem_bo(luat) if bo.is_nhap else [],
        "may_edit": may_edit,
        "may_copy": request.user.has_quyen(SUA) and luat.thang == "hd33",
    }
    return TemplateResponse(request, "baocao/bo_tieu_chi/detail.html", context)


@require_quyen(XEM)
def bo_tieu_chi_xem_thu(request, pk):
    """What the units would be by this set in a past year, beside the set in force then."""
    bo = get_visible_or_404(ROWS, request.user, pk=pk)
    luat = luat_cua(bo)
    if bo.is_nhap and (wrong := kiem_bo(luat)):
        messages.error(request, f"Chưa xem thử được. {wrong[0]}")
        return redirect(bo)
    goc = bo.don_vi if bo.don_vi and _sees(request.user, bo) else _don_vi(request.user, XEM)
    nam = read_year(request.GET.get("nam")) if request.GET.get("nam") else today().year - 1
    units = don_vi_thu(luat, goc, nam)
    if len(units) > viec_nen.LAM_NGAY:
        return _xem_thu_nen(request, bo, goc, nam, len(units))
    bang = xem_thu(luat, goc, nam, units)
    if request.GET.get("export") == "xlsx":
        return xlsx_response(f"xem-thu-{bo.pk}-{nam}", list(NHAN_FILE), file_rows(bang))
    context = {
        "title": f"Xem thử năm {nam}",
        "subtitle": f"{bo} · {goc}",
        "bo": bo,
        "bang": bang,
        "page": Paginator(bang.dong, 50).get_page(request.GET.get("page")),
        "nam_chu": str(nam),
        "nam_truoc": str(nam - 1),
        "nam_sau": str(nam + 1) if nam < today().year else "",
        "crumbs": [*trang.crumbs(bo)[:2], (str(bo), bo.get_absolute_url()), ("Xem thử", "")],
        "back": bo.get_absolute_url(),
    }
    return TemplateResponse(request, "baocao/bo_tieu_chi/xem_thu.html", context)


def _xem_thu_nen(request, bo: BoTieuChi, goc: DonVi, nam: int, count: int):
    """Thousands of units are tried in the background, once somebody asks for it."""
    if request.method == "POST":
        try:
            return redirect(viec_nen.start_xem_thu(bo=bo, goc=goc, nam=nam, by=request.user))
        except RuleError as refusal:
            messages.error(request, str(refusal))
    context = {
        "title": f"Xem thử năm {nam} với {so(count)} đơn vị?",
        "text": f"{bo}, {goc}. Nhiều đơn vị nên tính ở nền, ra tệp Excel có mức của từng đơn vị "
        "theo bộ này và theo bộ đang áp dụng. Không kết quả nào bị đổi.",
        "verb": "Tính thử ở nền",
        "back": bo.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_quyen(SUA)
@require_POST
def bo_tieu_chi_copy(request, pk):
    nguon = get_visible_or_404(ROWS, request.user, pk=pk)
    try:
        bo = services.copy_bo(nguon=nguon, don_vi=_don_vi(request.user, SUA), by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(nguon)
    messages.success(request, "Đã lập bản nháp. Sửa xong thì xem thử rồi ban hành.")
    return redirect(bo)


@require_quyen(SUA)
def bo_tieu_chi_edit(request, pk):
    bo = _own(request, pk)
    return run_form(
        request,
        form=BoForm(request.POST or None, instance=bo),
        save=lambda data: services.update_bo(bo=bo, by=request.user, **data),
        done="Đã lưu.",
        back=bo.get_absolute_url(),
        title="Tên, căn cứ của bộ tiêu chí",
        subtitle=str(bo.don_vi),
        verb="Lưu",
    )


@require_quyen(SUA)
def tieu_chi_create(request, pk):
    bo = _own(request, pk)
    form = TieuChiForm(
        request.POST or None, bo=bo, luat=luat_cua(bo), cha=request.GET.get("nhom", "")
    )
    return _tieu_chi_page(request, bo, form, None, title="Thêm tiêu chí")


@require_quyen(SUA)
def tieu_chi_edit(request, pk):
    row = _own_tieu_chi(request, pk)
    luat = luat_cua(row.bo)
    form = TieuChiForm(request.POST or None, bo=row.bo, luat=luat, dang_sua=luat.lay(row.ma))
    return _tieu_chi_page(request, row.bo, form, row, title="Sửa tiêu chí")


def _tieu_chi_page(request, bo: BoTieuChi, form: TieuChiForm, row: TieuChi | None, *, title: str):
    def save(data):
        return services.save_tieu_chi(
            bo=bo,
            version=data["version"],
            luat=form.luat_moi(),
            bac=form.bac(),
            tieu_chi=row,
            by=request.user,
        )

    return run_form(
        request,
        form=form,
        save=save,
        done="Đã lưu tiêu chí.",
        back=f"{bo.get_absolute_url()}#bang",
        template="baocao/bo_tieu_chi/tieu_chi.html",
        title=title,
        subtitle=str(bo),
        verb="Lưu",
        is_diem=bo.is_diem,
    )


@require_quyen(SUA)
@require_POST
def tieu_chi_move(request, pk, huong):
    row = _own_tieu_chi(request, pk)
    _try(
        request,
        lambda: services.move_tieu_chi(tieu_chi=row, len_tren=huong == "len", by=request.user),
    )
    return redirect(f"{row.bo.get_absolute_url()}#bang")


@require_quyen(SUA)
def tieu_chi_delete(request, pk):
    row = _own_tieu_chi(request, pk)
    if request.method == "POST":
        _try(
            request,
            lambda: services.delete_tieu_chi(tieu_chi=row, by=request.user),
            "Đã bỏ tiêu chí.",
        )
        return redirect(f"{row.bo.get_absolute_url()}#bang")
    context = {
        "title": f"Bỏ «{row.ten}» khỏi bộ?",
        "text": "Bỏ nhóm thì bỏ cả các tiêu chí bên trong.",
        "verb": "Bỏ",
        "danger": True,
        "back": row.bo.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_quyen(SUA)
def bo_tieu_chi_muc(request, pk):
    bo = _own(request, pk)
    form = MucForm(request.POST or None, luat=luat_cua(bo), version=bo.version)
    return run_form(
        request,
        form=form,
        save=lambda data: services.save_muc(
            bo=bo, version=data["version"], muc=form.values(), by=request.user
        ),
        done="Đã lưu các mức xếp loại.",
        back=bo.get_absolute_url(),
        title="Mức xếp loại",
        subtitle=f"{bo}. Mỗi mức từ số điểm đã ghi đến dưới mức trên, nên không có khoảng trống.",
        verb="Lưu",
    )


@require_quyen(SUA)
def bo_tieu_chi_issue(request, pk):
    bo = _own(request, pk)
    initial = {"version": bo.version, "tu_ngay": today()}
    return run_form(
        request,
        form=BanHanhForm(request.POST or None, initial=initial),
        save=lambda data: services.issue_bo(bo=bo, by=request.user, **data),
        done="Đã ban hành. Bộ này không sửa được nữa; cần đổi thì sao chép thành phiên bản mới.",
        back=bo.get_absolute_url(),
        title="Ban hành bộ tiêu chí",
        subtitle=f"{bo}. Ban hành rồi thì không sửa được nữa.",
        verb="Ban hành",
    )


@require_quyen(SUA)
def bo_tieu_chi_end(request, pk):
    bo = _own(request, pk)
    initial = {"version": bo.version, "den_ngay": today()}
    return run_form(
        request,
        form=ThoiForm(request.POST or None, initial=initial),
        save=lambda data: services.end_bo(bo=bo, by=request.user, **data),
        done="Đã ghi ngày thôi áp dụng.",
        back=bo.get_absolute_url(),
        title="Thôi áp dụng bộ tiêu chí",
        subtitle=str(bo),
        verb="Thôi áp dụng",
    )


@require_quyen(SUA)
def bo_tieu_chi_delete(request, pk):
    bo = _own(request, pk)
    if request.method == "POST":
        done = _try(request, lambda: services.delete_bo(bo=bo, by=request.user), "Đã xóa bản nháp.")
        return redirect(LIST if done else bo.get_absolute_url())
    context = {
        "title": "Xóa bản nháp này?",
        "text": f"{bo}. Các tiêu chí đã soạn trong bản nháp mất theo.",
        "verb": "Xóa",
        "danger": True,
        "back": bo.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _try(request, act, done: str = "") -> bool:
    """Do it and say so; a refusal is said instead."""
    try:
        act()
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return False
    if done:
        messages.success(request, done)
    return True


def _own(request, pk) -> BoTieuChi:
    return get_visible_or_404(ROWS, request.user, quyen=SUA, pk=pk)


def _own_tieu_chi(request, pk) -> TieuChi:
    rows = TieuChi.objects.select_related("bo__don_vi", "bo__thay_cho")
    return get_visible_or_404(rows, request.user, quyen=SUA, pk=pk)


def _may_edit(user, bo: BoTieuChi) -> bool:
    return bo.don_vi is not None and bo.don_vi.path in user.paths_with(SUA)


def _sees(user, bo: BoTieuChi) -> bool:
    return any(bo.don_vi.path.startswith(path) for path in user.paths_with(XEM))


def _don_vi(user, quyen: Quyen):
    """The unit for which the reader acts: the first where he holds the right."""
    return next(role.don_vi for role in user.phan_cong_hom_nay if quyen in role.quyen)
