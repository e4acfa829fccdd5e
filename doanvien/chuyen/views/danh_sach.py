"""The list of transfers, one transfer, its slip, and the request that begins it."""

from datetime import timedelta
from functools import partial

from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse

from core.form_page import run_form
from core.listing import list_page
from core.pdf import pdf_response
from core.periods import today
from core.text.numbers import file_name
from doanvien.chuyen import services, trang
from doanvien.chuyen.doan_phi import read_doan_phi
from doanvien.chuyen.dot import batch_of, waiting_with
from doanvien.chuyen.filters import CHO_TOI, MUC, ChuyenFilter, rows_of
from doanvien.chuyen.forms import ChuyenForm
from doanvien.chuyen.giay_to import LOAI, preview_giay
from doanvien.chuyen.tables import chuyen_table, state_of
from doanvien.models import DoanVien
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen
from tochuc.quy_dinh import gia_tri

from .chung import get_chuyen


@require_quyen(Quyen.XEM_DOAN_VIEN)
def chuyen_list(request):
    day, user = today(), request.user
    so_ngay = gia_tri("nhac_chuyen_sinh_hoat", ngay=day, don_vi=user.don_vi)
    muc = request.GET.get("muc", "")
    return list_page(
        request,
        queryset=rows_of(muc, user).for_list(),
        filterset=partial(ChuyenFilter, moc_nhac=day - timedelta(days=so_ngay)),
        table=chuyen_table(day, so_ngay, muc),
        title="Chuyển sinh hoạt",
        noun="đồng chí",
        template="doanvien/chuyen_list.html",
        on_download=_record_download,
        extra={
            "parts": _parts(muc, rows_of(CHO_TOI, user).count()),
            "may_request": user.has_quyen(Quyen.SUA_DOAN_VIEN),
        },
    )


@require_quyen(Quyen.XEM_DOAN_VIEN)
def chuyen_detail(request, pk):
    chuyen, user, day = get_chuyen(request, pk), request.user, today()
    so_ngay = gia_tri("nhac_chuyen_sinh_hoat", ngay=day, don_vi=chuyen.don_vi)
    buoc = list(chuyen.buoc.select_related("boi", "don_vi"))
    list_url = reverse("doanvien:chuyen_list")
    days = trang.days_waiting(chuyen, day)
    batch = batch_of(chuyen, user)
    context = {
        "title": chuyen.doan_vien.ho_ten,
        "back": list_url,
        "crumbs": [("Chuyển sinh hoạt", list_url), (chuyen.doan_vien.ho_ten, "")],
        "chuyen": chuyen,
        "state": state_of(day, so_ngay)(chuyen),
        "stages": trang.stages(chuyen, buoc),
        "entries": trang.timeline(buoc),
        "facts": trang.facts(chuyen, user),
        "next": trang.next_action(chuyen, user),
        "others": trang.other_actions(chuyen, user),
        "waiting": trang.waiting_for(chuyen),
        "whose": trang.whose_turn(chuyen, user),
        "batch": batch,
        "together": waiting_with(chuyen, user, batch),
        "days": days,
        "is_slow": days >= so_ngay,
        "refusal": buoc[-1] if chuyen.trang_thai == chuyen.TrangThai.TU_CHOI else None,
    }
    return TemplateResponse(request, "doanvien/chuyen_detail.html", context)


@require_quyen(Quyen.XEM_DOAN_VIEN)
def chuyen_giay(request, pk):
    """The slip: its stored bytes once signed, before that as it would be."""
    chuyen = get_chuyen(request, pk)
    if chuyen.chi_doan_di is None:
        raise Http404
    record(by=request.user, hanh_dong="van_ban.print", target=chuyen, loai=LOAI)
    van_ban = VanBan.objects.issued(chuyen, LOAI) if chuyen.ngay_gioi_thieu else None
    if van_ban:
        content, so = bytes(van_ban.tep), van_ban.so_ky_hieu.replace("/", "-")
    else:
        content = preview_giay(chuyen)
        so = f"{LOAI}-du-thao"
    return pdf_response(content, file_name(so, day=chuyen.ngay_giay or today()))


@require_quyen(Quyen.SUA_DOAN_VIEN)
def chuyen_create(request, pk):
    members = DoanVien.objects.select_related("chi_doan")
    doan_vien = get_visible_or_404(members, request.user, quyen=Quyen.SUA_DOAN_VIEN, pk=pk)
    book = read_doan_phi(doan_vien, today())
    form = ChuyenForm(
        request.POST or None,
        chi_doan_di=doan_vien.chi_doan,
        doan_phi=book,
    )

    def save(data):
        return services.request(doan_vien=doan_vien, by=request.user, **form.build())

    return run_form(
        request,
        form=form,
        save=save,
        done=lambda chuyen: f"Đã gửi {chuyen.phuong_di}. Khi nào nơi đến xác nhận thì sổ mới đổi.",
        back=lambda chuyen: chuyen.get_absolute_url(),
        back_url=doan_vien.get_absolute_url(),
        template="doanvien/chuyen_form.html",
        title="Chuyển sinh hoạt",
        subtitle=f"{doan_vien.ho_ten} · {doan_vien.chi_doan}",
        verb="Gửi Đoàn cơ sở",
        doan_vien=doan_vien,
        con_no=f"{book.con_no_bang_chu}." if book.con_no else "",
    )


def _parts(muc: str, so_cho_toi: int) -> list[dict]:
    labels = [("", "Đang chuyển"), *MUC]
    return [
        {
            "label": f"{label} ({so_cho_toi})" if key == CHO_TOI and so_cho_toi else label,
            "url": f"?muc={key}" if key else "?",
            "active": key == muc,
        }
        for key, label in labels
    ]


def _record_download(request, rows):
    record(
        by=request.user,
        hanh_dong="chuyen.export",
        don_vi=request.user.don_vi,
        so_dong=rows,
        muc=dict(MUC).get(request.GET.get("muc", ""), "Đang chuyển"),
    )
