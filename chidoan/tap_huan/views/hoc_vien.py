from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from chidoan.tap_huan import services, trang
from chidoan.tap_huan.forms import DangKyForm, KetQuaForm, ThemNguoiForm
from chidoan.tap_huan.services.hoc_vien import ly_do_het_nhan
from chidoan.tap_huan.services.khoa import may_to_chuc
from chidoan.tap_huan.tables import so_cho, thoi_gian
from core.errors import RuleError
from core.form_page import run_form, sent
from core.periods import today
from core.text.display import ngay
from tochuc.loc import named_pk
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

from .chung import TO_CHUC, XEM, hoc_vien_to_run, lop_to_run, lop_to_see


@require_quyen(XEM)
def tap_huan_dang_ky(request, pk):
    """A branch ticks its own people, a ward those of its branches, who runs the class anybody's."""
    lop = lop_to_see(request, pk)
    runs = may_to_chuc(request.user, lop.don_vi)
    don_vi = _unit_to_sign(request, lop, runs)
    refusal = "" if runs and not lop.is_khoa else ly_do_het_nhan(lop, today())
    if refusal:
        messages.error(request, refusal)
        return redirect(lop)
    groups, ticked = trang.chon_de_dang_ky(lop, don_vi, request.user)

    def save(data):
        them, bo = trang.doc_chon(lop, don_vi, request.user, data["chon"], data["da_co"])
        return services.dang_ky(lop=lop, don_vi=don_vi, them=them, bo=bo, by=request.user)

    return run_form(
        request,
        form=DangKyForm(sent(request), choices=groups, initial=ticked),
        save=save,
        done=_done,
        back=lop.get_absolute_url(),
        template="chidoan/tap_huan/dang_ky.html",
        title="Đăng ký dự lớp",
        subtitle=f"{lop.ten} · {thoi_gian(lop)}",
        verb="Lưu đăng ký",
        lop=lop,
        don_vi=don_vi,
        con_cho=f"{so_cho(lop)} đồng chí đã đăng ký, hạn {ngay(lop.han_cuoi)}",
        co_ai=bool(groups),
        may_run=runs,
    )


@require_quyen(TO_CHUC)
def tap_huan_them(request, pk):
    lop = lop_to_run(request, pk)
    return run_form(
        request,
        form=ThemNguoiForm(request.POST or None, lop=lop),
        save=lambda data: services.them_nguoi(lop=lop, by=request.user, **data),
        done=lambda row: f"Đã thêm {row}.",
        back=lop.get_absolute_url(),
        title="Thêm người dự lớp",
        subtitle=lop.ten,
        verb="Thêm",
    )


@require_quyen(TO_CHUC)
def hoc_vien_rut(request, pk):
    row = hoc_vien_to_run(request, pk)
    if request.method == "POST":
        try:
            services.rut(hoc_vien=row, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Đã rút tên {row} khỏi lớp.")
        return redirect(row.lop)
    context = {
        "title": f"Rút tên {row} khỏi lớp?",
        "text": f"{row.chuc_vu}, {row.ten_don_vi}. Nếu có người đang chờ thì người chờ đầu tiên "
        "vào thay. Đăng ký lại được khi lớp còn nhận.",
        "verb": "Rút tên",
        "danger": True,
        "back": row.lop.get_absolute_url(),
    }
    return TemplateResponse(request, "core/confirm.html", context)


@require_quyen(TO_CHUC)
def tap_huan_ket_qua(request, pk):
    lop = lop_to_run(request, pk)
    people = list(lop.hoc_vien.da_du().with_so_buoi())
    if lop.is_khoa or not people:
        words = "Lớp đã khóa." if lop.is_khoa else "Điểm danh trước: chưa ai được ghi có mặt."
        messages.error(request, words)
        return redirect(lop)
    so_buoi = lop.buoi.count()
    form = KetQuaForm(request.POST or None, people=people, so_buoi=so_buoi)
    return run_form(
        request,
        form=form,
        save=lambda data: services.ghi_ket_qua(
            lop=lop, ket_qua=form.ket_qua, version=data["version"], by=request.user
        ),
        done=lambda dat: f"Đã lưu kết quả: {dat}/{len(people)} đồng chí đạt.",
        back=lop.get_absolute_url(),
        template="chidoan/tap_huan/ket_qua.html",
        title="Kết quả",
        subtitle=lop.ten,
        verb="Lưu kết quả",
        so_buoi=so_buoi,
    )


def _unit_to_sign(request, lop, runs: bool) -> DonVi:
    """Whose people are ticked: the unit that was named, else the person's own."""
    named = request.GET.get("don_vi", "")
    if named:
        don_vi = get_visible_or_404(DonVi.objects, request.user, pk=named_pk(named))
        if not services.may_dang_ky(request.user, lop, don_vi):
            raise PermissionDenied(who_may(Quyen.SUA_DOAN_VIEN))
        return don_vi
    own = trang.TrangLop(lop, request.user).don_vi_dang_ky
    if own:
        return own[0]
    if runs:
        return lop.don_vi
    raise PermissionDenied(who_may(Quyen.SUA_DOAN_VIEN))


def _done(result) -> str:
    if result.cho_xep:
        return (
            f"Đã lưu. Lớp hết chỗ: {result.cho_xep} đồng chí vào danh sách chờ, "
            "có người rút thì được xếp vào."
        )
    parts = [f"thêm {result.co_cho}"] if result.co_cho else []
    parts += [f"rút {result.rut}"] if result.rut else []
    return f"Đã lưu đăng ký: {', '.join(parts) or 'không thay đổi'}."
