"""Commitments of an initiative: ticked by quarter, "1+1" with names, groups changed."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan.mo_hinh import services
from chidoan.mo_hinh.forms import NhomForm, TichForm
from chidoan.mo_hinh.mau_cam_ket import CHUONG_TRINH
from chidoan.mo_hinh.queries import MO_HINH, cam_ket, danh_gia_quy, may_ghi, mot_cong_mot, tien_do
from chidoan.mo_hinh.quy_tac import SO_KY_CHON, cac_quy, doc_quy
from chidoan.models import NhomCamKet
from core.errors import RuleError
from core.form_page import run_form
from core.periods import ROMAN, KyBaoCao, read_year, today
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

XEM, GHI, QUAN_LY = Quyen.XEM_DON_VI, Quyen.GHI_SINH_HOAT, Quyen.PHAN_CONG_PHU_TRACH
NHOM = NhomCamKet.objects.select_related("mo_hinh__don_vi", "mo_hinh__diem")


@require_quyen(XEM)
def mo_hinh_cam_ket(request, pk):
    """The checks of a quarter; POST ticks them."""
    quyen = GHI if request.method == "POST" else None
    mo_hinh = get_visible_or_404(MO_HINH, request.user, quyen=quyen, pk=pk)
    day = mo_hinh.don_vi.ngay_so_lieu(today())
    quarters = cac_quy(mo_hinh.tu_ngay, mo_hinh.den_ngay, day)
    ky = doc_quy(request.GET.get("quy"), quarters, day)
    groups = cam_ket(mo_hinh, ky)
    form = TichForm(request.POST or None, groups=groups)
    return run_form(
        request,
        form=form,
        save=lambda data: services.record_cam_ket(
            mo_hinh=mo_hinh,
            ky=ky,
            ket_qua=form.ket_qua,
            version=data["version"],
            by=request.user,
        ),
        done=lambda so: f"Đã ghi {so} đầu mục." if so else "Không có gì đổi.",
        back=f"{reverse('chidoan:mo_hinh_cam_ket', args=[mo_hinh.pk])}?quy={ky.code}",
        back_url=mo_hinh.get_absolute_url(),
        template="chidoan/mo_hinh/cam_ket.html",
        title="Cam kết",
        subtitle=mo_hinh.ten,
        verb="Lưu cam kết",
        mo_hinh=mo_hinh,
        ky=ky,
        cac_quy=_chon_quy(quarters, ky),
        nhom=[(group.nhom, form.cells(group)) for group in groups],
        **_trang(request.user, mo_hinh, ky, groups),
    )


def _trang(user, mo_hinh, ky: KyBaoCao, groups) -> dict:
    """How far the quarter's checks are kept, and what `user` may do about them."""
    reviewed = danh_gia_quy(mo_hinh, ky)
    counted = any(group.nhom.is_dem for group in groups)
    return {
        "tien_do": tien_do(groups),
        "dem": mot_cong_mot(mo_hinh, ky.nam) if counted else None,
        "may_ghi": may_ghi(user, mo_hinh) and not (mo_hinh.is_ket_thuc or reviewed),
        "da_danh_gia": services.cau_da_danh_gia(ky) if reviewed else "",
        "may_edit": user.may(QUAN_LY, mo_hinh.don_vi),
        "may_see_people": user.may(Quyen.XEM_DOAN_VIEN, mo_hinh.noi_lam),
        "con_mau": _con_mau(groups),
    }


def _chon_quy(quarters: list[KyBaoCao], ky: KyBaoCao) -> list[dict]:
    return [
        {
            "label": f"Quý {ROMAN[quy.quy]}/{quy.nam}",
            "url": f"?quy={quy.code}",
            "active": quy == ky,
        }
        for quy in quarters[:SO_KY_CHON]
    ]


def _con_mau(groups) -> list:
    """The programmes whose commitments are not there yet."""
    used = {group.nhom.chuong_trinh for group in groups}
    return [ct for ct in CHUONG_TRINH.values() if ct.ma not in used]


@require_quyen(Quyen.XEM_DOAN_VIEN)
def mo_hinh_1_1(request, pk):
    """ "1+1" by name: who of the pilot branch introduced somebody, and who has not yet."""
    mo_hinh = get_visible_or_404(MO_HINH, request.user, pk=pk)
    if not request.user.may(Quyen.XEM_DOAN_VIEN, mo_hinh.noi_lam):
        raise PermissionDenied(who_may(Quyen.XEM_DOAN_VIEN))
    nam = read_year(request.GET.get("nam"))
    if mo_hinh.diem_id is None:
        url = reverse("doanvien:mot_cong_mot")
        return redirect(f"{url}?don_vi={mo_hinh.don_vi_id}&nam={nam}")
    dem = mot_cong_mot(mo_hinh, nam, ten=True)
    context = {
        "title": "Chủ trương 1+1",
        "subtitle": f"{mo_hinh.diem}, năm {nam}",
        "back": reverse("chidoan:mo_hinh_cam_ket", args=[mo_hinh.pk]),
        "mo_hinh": mo_hinh,
        "dem": dem,
        "roi": [row for row in dem.nguoi if row.duoc_ket_nap],
        "chua": [row for row in dem.nguoi if not row.duoc_ket_nap],
        "nam_truoc": nam - 1 if nam > mo_hinh.tu_ngay.year else None,
        "nam_sau": nam + 1 if nam < today().year else None,
    }
    return TemplateResponse(request, "chidoan/mo_hinh/mot_cong_mot.html", context)


@require_POST
@require_quyen(QUAN_LY)
def chuong_trinh(request, pk):
    mo_hinh = get_visible_or_404(MO_HINH, request.user, quyen=QUAN_LY, pk=pk)
    try:
        services.choose_chuong_trinh(
            mo_hinh=mo_hinh, ma=request.POST.get("ma", ""), by=request.user
        )
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Đã thêm cam kết. Sửa từng đầu mục cho hợp với chi đoàn.")
    return redirect("chidoan:mo_hinh_cam_ket", mo_hinh.pk)


@require_quyen(QUAN_LY)
def nhom_create(request, pk):
    mo_hinh = get_visible_or_404(MO_HINH, request.user, quyen=QUAN_LY, pk=pk)
    return _nhom_page(request, mo_hinh, None, NhomForm(request.POST or None), "Thêm nhóm cam kết")


@require_quyen(QUAN_LY)
def nhom_update(request, pk):
    nhom = get_visible_or_404(NHOM, request.user, quyen=QUAN_LY, pk=pk)
    muc = [] if nhom.is_dem else nhom.muc.con_dung()
    form = NhomForm(request.POST or None, nhom=nhom, muc=muc)
    return _nhom_page(request, nhom.mo_hinh, nhom, form, "Sửa nhóm cam kết")


def _nhom_page(request, mo_hinh, nhom, form, title):
    def save(data):
        return services.save_nhom(
            mo_hinh=mo_hinh,
            nhom=nhom,
            ten=data["ten"],
            muc=form.cac_muc(),
            version=data["version"],
            by=request.user,
        )

    return run_form(
        request,
        form=form,
        save=save,
        done="Đã lưu nhóm cam kết.",
        back=reverse("chidoan:mo_hinh_cam_ket", args=[mo_hinh.pk]),
        title=title,
        subtitle=mo_hinh.ten,
        verb="Lưu nhóm",
        template="chidoan/mo_hinh/nhom_form.html",
        nhom=nhom,
    )


@require_quyen(QUAN_LY)
def nhom_drop(request, pk):
    nhom = get_visible_or_404(NHOM, request.user, quyen=QUAN_LY, pk=pk)
    back = reverse("chidoan:mo_hinh_cam_ket", args=[nhom.mo_hinh_id])
    if request.method == "POST":
        try:
            services.drop_nhom(nhom=nhom, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã bỏ nhóm cam kết.")
        return redirect(back)
    context = {
        "title": "Bỏ nhóm cam kết này?",
        "text": nhom.ten,
        "verb": "Bỏ nhóm",
        "danger": True,
        "back": back,
    }
    return TemplateResponse(request, "core/confirm.html", context)
