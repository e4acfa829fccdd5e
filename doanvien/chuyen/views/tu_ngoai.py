"""Who comes from outside the system: looked for first, then taken in with the slip."""

from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.form_page import run_form
from doanvien.chuyen import khach
from doanvien.chuyen.forms import NhanLaiForm, TimNguoiForm, TuNgoaiForm
from doanvien.ly_lich import NHAY_CAM
from doanvien.models import DoanVien
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

FROM_SEARCH = "da_tim"


@require_quyen(Quyen.SUA_DOAN_VIEN)
def chuyen_tu_ngoai(request):
    """Look for the person in the own register; nothing of it stands in the address."""
    form = TimNguoiForm(request.POST or None)
    found = None
    if form.is_valid():
        members = DoanVien.objects.permitted_to(request.user, Quyen.SUA_DOAN_VIEN)
        found = list(members.co_chi_doan().cung_nguoi(**form.cleaned_data))
    context = {
        "title": "Tiếp nhận từ nơi khác",
        "subtitle": "Tìm trong sổ trước: đồng chí từng sinh hoạt ở đây thì dùng lại lý lịch cũ.",
        "form": form,
        "verb": "Tìm trong sổ",
        "verb_icon": "search",
        "back": reverse("doanvien:chuyen_list"),
        "found": found,
        "from_search": FROM_SEARCH,
    }
    return TemplateResponse(request, "doanvien/chuyen_tim.html", context)


@require_POST
@require_quyen(Quyen.SUA_DOAN_VIEN)
def chuyen_tu_ngoai_moi(request):
    """The record of a new person; what was looked for is filled in."""
    user = request.user
    readable = NHAY_CAM if user.has_quyen(Quyen.XEM_NHAY_CAM) else NHAY_CAM[:2]
    is_first = FROM_SEARCH in request.POST
    names = ("ho_ten", "ngay_sinh")
    form = TuNgoaiForm(
        None if is_first else request.POST,
        user=user,
        readable=readable,
        initial={name: request.POST.get(name, "") for name in names} if is_first else None,
    )

    def save(data):
        return khach.receive_new(
            doan_vien=form.build(),
            tu_ngay=data["tu_ngay"],
            giay=form.build_giay(),
            nguon=data["nguon"],
            by=user,
        )

    return run_form(
        request,
        form=form,
        save=save,
        done=lambda row: f"{row.chi_doan_den} đã tiếp nhận {row.doan_vien}.",
        back=lambda row: row.doan_vien.get_absolute_url(),
        back_url=reverse("doanvien:chuyen_list"),
        template="doanvien/form.html",
        title="Tiếp nhận từ nơi khác",
        verb="Tiếp nhận",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def chuyen_nhan_lai(request, pk):
    members = DoanVien.objects.select_related("chi_doan")
    doan_vien = get_visible_or_404(members, request.user, quyen=Quyen.SUA_DOAN_VIEN, pk=pk)
    form = NhanLaiForm(request.POST or None, user=request.user)

    def save(data):
        return khach.receive_again(
            doan_vien=doan_vien,
            chi_doan=data["chi_doan"],
            tu_ngay=data["tu_ngay"],
            giay=form.build_giay(),
            by=request.user,
        )

    return run_form(
        request,
        form=form,
        save=save,
        done=lambda row: f"{row.chi_doan_den} đã tiếp nhận {row.doan_vien}.",
        back=lambda row: row.doan_vien.get_absolute_url(),
        back_url=reverse("doanvien:chuyen_tu_ngoai"),
        title=f"Tiếp nhận lại {doan_vien}",
        subtitle=f"{doan_vien.get_trang_thai_display()} · {doan_vien.chi_doan}",
        verb="Tiếp nhận",
    )
