from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core.form_page import run_form
from core.listing import Preset, list_page
from core.periods import read_day, today
from core.text.display import ngay as show_day
from tochuc.audit import mark_of_head, record
from tochuc.chon_ban_do import chon_cua_danh_sach, kept
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.quy_dinh import gia_tri

from . import services, trang
from .danh_sach import nhay_cam
from .danh_sach.dem import add_counts
from .danh_sach.tim_so import open_sealed, read_so, seal
from .filters import MOI, DoanVienFilter, sees_one_branch
from .forms import SuaDoanVienForm, ThemDoanVienForm, TiepNhanForm
from .ly_lich import NHAY_CAM
from .models import BoLoc, DoanVien, GopDoanVien
from .rieng_tu import xem
from .tables import SAN, columns_of, cot_chon, doan_vien_table, fields_of, state_of
from .tai_ve import quyen_cua
from .tuoi import MocTuoi
from .xuat import services as xuat

PRESETS = (
    Preset("Đi làm xa", "di_xa=true"),
    Preset("Sắp đến tuổi trưởng thành", "tuoi=sap_qua"),
    Preset("Đến tuổi trưởng thành", "tuoi=qua"),
)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def doan_vien_list(request):
    user, quyen = request.user, quyen_cua(request)
    looked_for = open_sealed(request.GET.get("so", ""), user)
    if answer := _instead_of_list(request, looked_for):
        return answer
    day = read_day(request.GET.get("ngay"))
    moc = moc_tuoi(user.don_vi, day)
    chon = cot_chon(request.GET)
    rows, rows_in_order = _rows(request, quyen, day, fields_of(chon))
    rows = rows.co_chi_doan() if quyen == Quyen.XUAT_DOAN_VIEN else rows.for_list(*fields_of(chon))
    rows = rows.with_xet(day)
    chosen = chon_cua_danh_sach(request, quyen, day if "ngay" in request.GET else None)
    return list_page(
        request,
        queryset=rows,
        queryset_in_order=rows_in_order,
        version=mark_of_head,
        filterset=partial(DoanVienFilter, moc=moc),
        table=doan_vien_table(
            moc,
            is_contact=works_with_all(user, quyen),
            chon=chon,
            mot_chi_doan=sees_one_branch(user),
        ),
        title="Đoàn viên",
        noun="đồng chí",
        presets=(*PRESETS, *_saved(user)),
        template="doanvien/list.html",
        on_download=_record_download,
        add_counts=add_counts,
        extra={
            "day": day,
            "search_url": reverse("doanvien:tim"),
            "kept": [("cot", name) for name in chon] + kept(chosen),
            "ban_do": chosen,
            "columns": [(name, one.label, name in (chon or SAN)) for name, one in _columns(moc)],
            **({"searched": str(looked_for)} if looked_for else {}),
            **_list_rights(user),
        },
    )


def _instead_of_list(request, looked_for):
    """What answers before the list does: a reason to be given, long work, a search by a number
    that must not stand in an address, or one whose time is over."""
    if nhay_cam.is_masked(request):
        return nhay_cam.ask_why(request)
    if request.GET.get("export") == "xlsx" and (job := xuat.start_if_long(request)):
        return redirect(job)
    if so := read_so(request.GET.get("q", "")):
        return redirect(_without_number(request, so))
    if request.GET.get("so") and looked_for is None:
        return _search_again(request)
    return None


@require_quyen(Quyen.XEM_DOAN_VIEN)
def doan_vien_detail(request, pk):
    user, day = request.user, today()
    try:
        doan_vien = get_visible_or_404(DoanVien.objects.for_detail().with_xet(day), user, pk=pk)
    except Http404:
        return _merged_into(request, pk)
    chi_doan = doan_vien.chi_doan
    is_readable, is_contact = xem.duoc_xem(request, doan_vien), xem.sees_contact(request, doan_vien)
    list_url = reverse("doanvien:list")
    context = {
        "title": doan_vien.ho_ten,
        "doan_vien": doan_vien,
        "crumbs": [
            ("Đoàn viên", list_url),
            (chi_doan.ten, f"{list_url}?chi_doan={chi_doan.pk}"),
            (doan_vien.ho_ten, ""),
        ],
        "back": list_url,
        "state": state_of(moc_tuoi(chi_doan, day))(doan_vien),
        "tuoi": doan_vien.tuoi(day),
        "may_call": is_contact,
        "phone": doan_vien.dien_thoai if is_contact else doan_vien.dien_thoai_che,
        "entries": trang.timeline(doan_vien, doan_vien.qua_trinh.select_related("chi_doan"), day),
        "ratings": trang.ratings(doan_vien.xep_loai.all()),
        "facts": trang.record_facts(doan_vien, is_readable=is_readable, is_contact=is_contact),
        "filled": trang.filled(doan_vien, is_readable=is_readable),
        "is_readable": is_readable,
        "may_reveal": xem.may_reveal(user, doan_vien),
        "phut_con_lai": xem.con_lai(request, doan_vien),
        "may_edit": user.may(Quyen.SUA_DOAN_VIEN, chi_doan),
    }
    return TemplateResponse(request, "doanvien/detail.html", context)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def doan_vien_create(request):
    form = ThemDoanVienForm(
        request.POST or None, user=request.user, readable=_readable_on_entry(request.user)
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.create_doan_vien(
            doan_vien=form.build(),
            tu_ngay=data["tu_ngay"],
            ly_do=data["ly_do"],
            nguon=data["nguon"],
            by=request.user,
        ),
        done=lambda doan_vien: f"Đã thêm {doan_vien} vào {doan_vien.chi_doan}.",
        back=lambda doan_vien: doan_vien.get_absolute_url(),
        back_url=reverse("doanvien:list"),
        template="doanvien/form.html",
        title="Thêm đoàn viên",
        verb="Thêm đoàn viên",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def doan_vien_edit(request, pk):
    doan_vien = _editable_or_404(request, pk)
    readable = xem.readable_fields(request, doan_vien)
    form = SuaDoanVienForm(
        request.POST or None, instance=doan_vien, user=request.user, readable=readable
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.update_doan_vien(
            doan_vien=doan_vien,
            version=data["version"],
            changes=form.changes(),
            by=request.user,
        ),
        done=lambda saved: f"Đã lưu lý lịch của {saved}.",
        back=doan_vien.get_absolute_url(),
        template="doanvien/form.html",
        title=f"Sửa lý lịch: {doan_vien.ho_ten}",
        verb="Lưu",
        doan_vien=doan_vien,
        may_reveal=xem.may_reveal(request.user, doan_vien) and not readable,
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def doan_vien_begin(request, pk):
    doan_vien = _editable_or_404(request, pk)
    form = TiepNhanForm(request.POST or None, user=request.user)
    return run_form(
        request,
        form=form,
        save=lambda data: services.begin_membership(doan_vien=doan_vien, by=request.user, **data),
        done=lambda period: f"Đã tiếp nhận {doan_vien} vào {period.chi_doan}.",
        back=doan_vien.get_absolute_url(),
        title=f"Tiếp nhận {doan_vien} vào chi đoàn",
        verb="Tiếp nhận",
    )


def moc_tuoi(don_vi, day) -> MocTuoi:
    return MocTuoi(day, gia_tri("tuoi_truong_thanh", ngay=day, don_vi=don_vi))


def _rows(request, quyen, day, fields):
    """The members of the list, and the same rows in the form that suits long lists.

    Whoever is searched for is found in any state, unless one is chosen.
    """
    user, state = request.user, request.GET.get("trang_thai")
    if "ngay" in request.GET and not state:
        return DoanVien.objects.thuoc_tai_ngay(user, quyen, day), None
    is_search = request.GET.get("q") or request.GET.get("so")
    if state == MOI or (is_search and not state):
        members = DoanVien.objects.moi_tinh_trang()
    else:
        members = DoanVien.objects.co_trang_thai(state or DoanVien.TrangThai.DANG_SINH_HOAT)
    in_order = members.in_name_order(user, quyen).for_list(*fields).with_xet(day)
    return members.permitted_to(user, quyen), in_order


def _columns(moc):
    return columns_of(moc).items()


def _saved(user):
    """The account's own filters, as presets."""
    return [Preset(row.ten, row.dieu_kien) for row in BoLoc.objects.visible_to(user)]


def _without_number(request, so) -> str:
    """The same list with a citizen id or phone taken out of its address."""
    params = request.GET.copy()
    params.pop("q")
    params["so"] = seal(so, request.user)
    return f"{request.path}?{params.urlencode()}"


def _search_again(request):
    """The same list without a search that this account cannot open."""
    messages.warning(request, "Địa chỉ này tìm theo số của tài khoản khác. Gõ lại số vào ô tìm.")
    params = request.GET.copy()
    params.pop("so")
    return redirect(f"{request.path}?{params.urlencode()}")


def works_with_all(user, quyen) -> bool:
    """Whether the person works with everybody whom `quyen` opens: files are not masked then."""
    return set(user.paths_with(quyen)) <= set(user.paths_with(Quyen.SUA_DOAN_VIEN))


def _merged_into(request, pk):
    """The way from a record that was merged to the one that stayed; 404 when there is none."""
    gop = GopDoanVien.objects.visible_to(request.user).cua_so_cu(pk).first()
    if gop is None:
        raise Http404
    messages.info(request, f"Bản ghi này đã gộp vào bản ghi của {gop.giu}.")
    return redirect(gop.giu)


def _list_rights(user):
    return {
        "may_create": user.has_quyen(Quyen.SUA_DOAN_VIEN),
        "may_import": user.has_quyen(Quyen.NHAP_DOAN_VIEN),
        "may_export": user.has_quyen(Quyen.XUAT_DOAN_VIEN),
    }


def _editable_or_404(request, pk):
    members = DoanVien.objects.select_related("chi_doan", "nguoi_gioi_thieu")
    return get_visible_or_404(members, request.user, quyen=Quyen.SUA_DOAN_VIEN, pk=pk)


def _readable_on_entry(user):
    """Who enters a person writes ethnic group and religion; the rest takes the right to it."""
    return NHAY_CAM if user.has_quyen(Quyen.XEM_NHAY_CAM) else NHAY_CAM[:2]


def _record_download(request, rows):
    record(
        by=request.user,
        hanh_dong="doan_vien.export",
        don_vi=request.user.don_vi,
        so_dong=rows,
        ngay=show_day(read_day(request.GET.get("ngay"))),
    )
