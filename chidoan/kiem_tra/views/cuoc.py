"""Inspections: the list, one of them, and its steps."""

from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.kiem_tra import services, trang
from chidoan.kiem_tra.filters import KiemTraFilter
from chidoan.kiem_tra.forms import (
    GOI_Y,
    CuocForm,
    KetLuanForm,
    LyDoForm,
    SuaKeHoachForm,
    TienHanhForm,
)
from chidoan.kiem_tra.tables import KIEM_TRA_TABLE, trang_thai
from chidoan.models import CuocKiemTra
from chidoan.views.so import record_download
from core.form_page import run_form
from core.listing import Preset, list_page
from core.periods import today
from tochuc.models import VanBan
from tochuc.permissions import VaiTro, require_quyen

from .chung import GHI, XEM, form_of, get_cuoc, out_of_step, units_to_write

LIST = "chidoan:kiem_tra_list"
FORM = "chidoan/kiem_tra/form.html"


@require_quyen(XEM)
def kiem_tra_list(request):
    user, nam = request.user, today().year
    return list_page(
        request,
        queryset=CuocKiemTra.objects.visible_to(user).for_list().qua_han_truoc(today()),
        filterset=KiemTraFilter,
        table=KIEM_TRA_TABLE,
        title="Kiểm tra, giám sát",
        noun="cuộc",
        template="chidoan/kiem_tra/list.html",
        presets=(
            Preset(f"Năm {nam}", f"nam={nam}"),
            Preset("Quá hạn", "trang_thai=qua_han"),
            Preset("Chờ xác nhận", "trang_thai=cho_xet"),
        ),
        on_download=record_download("kiem_tra.export"),
        extra={"may_create": bool(units_to_write(request)), **_tabs(user)},
    )


def _tabs(user) -> dict:
    """A branch has nothing but its own inspections: no row of tabs."""
    return {"is_above": not user.don_vi.is_chi_doan}


@require_quyen(XEM)
def kiem_tra_detail(request, pk):
    cuoc, user, day = get_cuoc(request, pk), request.user, today()
    ket_qua = list(cuoc.ket_qua.all())
    kien_nghi = list(cuoc.kien_nghi.prefetch_related("tra_loi__boi", "tra_loi__xet_boi"))
    papers = {row.loai: row for row in VanBan.objects.of(cuoc).con_gia_tri().defer("tep")}
    may_write = trang.may_write(cuoc.don_vi, user)
    context = {
        "title": cuoc.chuyen_de,
        "back": reverse(LIST),
        "crumbs": [("Kiểm tra, giám sát", reverse(LIST)), (str(cuoc), "")],
        "cuoc": cuoc,
        "state": trang_thai(cuoc),
        "stages": trang.stages(cuoc, day),
        "can_lam": trang.can_lam(cuoc, ket_qua, kien_nghi, user, day),
        "ket_qua": trang.ket_qua_theo_loai(ket_qua),
        "kien_nghi": trang.the_kien_nghi(cuoc, kien_nghi, user),
        "entries": trang.timeline(list(cuoc.buoc.select_related("boi"))),
        "facts": trang.facts(cuoc, user),
        "giay": trang.giay(cuoc, papers, user),
        "may_write": may_write,
        "may_add": may_write and cuoc.is_da_tien_hanh,
        "may_find": may_write and cuoc.is_da_tien_hanh and "BB" not in papers,
        "is_bo": may_write and cuoc.trang_thai == CuocKiemTra.TrangThai.BO,
    }
    return TemplateResponse(request, "chidoan/kiem_tra/detail.html", context)


@require_quyen(GHI)
def kiem_tra_create(request):
    """An inspection outside the programme, of a unit right below the own one."""
    don_vi = units_to_write(request)[0]
    form = CuocForm(
        request.POST or None,
        don_vi=don_vi,
        initial={"doi_tuong": request.GET.get("doi_tuong", "")},
    )
    return run_form(
        request,
        form=form,
        save=lambda data: services.create_cuoc(don_vi=don_vi, by=request.user, **data),
        done="Đã ghi vào kế hoạch.",
        back=lambda saved: saved.get_absolute_url(),
        back_url=reverse(LIST),
        template=FORM,
        goi_y=GOI_Y,
        title="Kiểm tra ngoài chương trình",
        subtitle=str(don_vi),
        verb="Ghi vào kế hoạch",
    )


@require_quyen(GHI)
def kiem_tra_edit(request, pk):
    cuoc = get_cuoc(request, pk, to_write=True)
    nam = cuoc.ky_du_kien.nam if cuoc.ky else today().year
    initial = {name: getattr(cuoc, name) for name in ("hinh_thuc", "chuyen_de", "ky", "version")}
    return out_of_step(request, cuoc, cuoc.is_ke_hoach) or form_of(
        request,
        cuoc,
        form=SuaKeHoachForm(request.POST or None, nam=nam, initial=initial),
        save=lambda data: services.update_ke_hoach(cuoc=cuoc, by=request.user, **data),
        done="Đã lưu kế hoạch.",
        title="Sửa kế hoạch",
        verb="Lưu",
        template=FORM,
        goi_y=GOI_Y,
    )


@require_quyen(GHI)
def kiem_tra_carry_out(request, pk):
    cuoc = get_cuoc(request, pk, to_write=True)
    return out_of_step(request, cuoc, cuoc.is_ke_hoach) or form_of(
        request,
        cuoc,
        form=_visit_form(request, cuoc, ngay=today(), den_ngay=today()),
        save=lambda data: services.carry_out(cuoc=cuoc, by=request.user, **data),
        done="Đã ghi việc tiến hành. Ghi tiếp kết quả và kiến nghị.",
        title="Ghi việc tiến hành",
        verb="Lưu",
    )


@require_quyen(GHI)
def kiem_tra_bien_ban(request, pk):
    """What was recorded of the visit itself, until the conclusion."""
    cuoc = get_cuoc(request, pk, to_write=True)
    return out_of_step(request, cuoc, cuoc.is_da_tien_hanh) or form_of(
        request,
        cuoc,
        form=_visit_form(request, cuoc),
        save=lambda data: services.update_bien_ban(cuoc=cuoc, by=request.user, **data),
        done="Đã lưu.",
        title="Sửa việc tiến hành",
        verb="Lưu",
    )


def _visit_form(request, cuoc: CuocKiemTra, **offered) -> TienHanhForm:
    """The visit; offered are the year so far and who is at the desk."""
    if not cuoc.ngay:
        year = today().replace(month=1, day=1)
        offered |= {"tu_ngay": year, "truong_doan": request.user.ho_ten}
        role = request.user.phan_cong_chinh
        if role.vai_tro in (VaiTro.BI_THU_PHUONG, VaiTro.PHO_BI_THU_PHUONG):
            offered["chuc_vu_truong"] = role.get_vai_tro_display()
    return TienHanhForm(request.POST or None, instance=cuoc, initial=offered)


@require_quyen(GHI)
def kiem_tra_conclude(request, pk):
    cuoc = get_cuoc(request, pk, to_write=True)
    initial = {"ngay": today(), "ket_luan": cuoc.ket_luan, "version": cuoc.version}
    return out_of_step(request, cuoc, cuoc.is_da_tien_hanh) or form_of(
        request,
        cuoc,
        form=KetLuanForm(request.POST or None, initial=initial),
        save=lambda data: services.conclude(cuoc=cuoc, by=request.user, **data),
        done="Đã ban hành kết luận. Đơn vị được kiểm tra đã thấy và trả lời từng kiến nghị.",
        title="Kết luận",
        verb="Ban hành kết luận",
        template="chidoan/kiem_tra/ket_luan.html",
        so_kien_nghi=cuoc.kien_nghi.count(),
    )


@require_quyen(GHI)
def kiem_tra_give_up(request, pk):
    cuoc = get_cuoc(request, pk, to_write=True)
    return out_of_step(request, cuoc, cuoc.is_ke_hoach) or form_of(
        request,
        cuoc,
        form=LyDoForm(request.POST or None),
        save=lambda data: services.give_up(cuoc=cuoc, by=request.user, **data),
        done="Đã ghi không tiến hành. Có thể đưa lại vào kế hoạch.",
        title="Không tiến hành cuộc này?",
        verb="Ghi không tiến hành",
        template="core/confirm.html",
    )


@require_quyen(GHI)
def kiem_tra_undo(request, pk):
    """Back to the plan: what was given up, or a visit that was recorded by mistake."""
    cuoc = get_cuoc(request, pk, to_write=True)
    is_open = cuoc.is_da_tien_hanh or cuoc.trang_thai == CuocKiemTra.TrangThai.BO
    return out_of_step(request, cuoc, is_open) or form_of(
        request,
        cuoc,
        form=LyDoForm(request.POST or None),
        save=lambda data: services.undo_visit(cuoc=cuoc, by=request.user, **data),
        done="Đã đưa lại vào kế hoạch.",
        title="Đưa lại vào kế hoạch?",
        verb="Đưa lại vào kế hoạch",
        template="core/confirm.html",
    )
