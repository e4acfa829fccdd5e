"""The case with the Party cell: the ward's side, and the Party committee's own pages."""

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from core.form_page import run_form
from core.listing import list_page
from core.periods import today
from core.text.display import ngay
from tochuc.audit import record
from tochuc.permissions import Quyen, require_quyen
from tudưong import services, trang_giay_to, trang_ho_so
from tudưong.filters import CapUyFilter, CongVanFilter
from tudưong.forms.cap_uy import (
    BuocTiepForm,
    ChinhThucForm,
    CongVanForm,
    GuiForm,
    KetQuaForm,
    TraLoiForm,
)
from tudưong.giay_to.bang import THEO_DONG
from tudưong.giay_to.phat_hanh import issue_cong_van
from tudưong.minh_chung import anh_cua_ho_so
from tudưong.models import BuocHoSo, ChatVan, HoSo
from tudưong.quy_trinh import may_take
from tudưong.tables import CAP_UY_TABLE, CONG_VAN_TABLE, trang_thai_ho_so

from .chung import HO_SO, get_ho_so_for, out_of_step, record_export

Loai = BuocHoSo.Loai


@require_quyen(Quyen.LAP_HO_SO)
def ho_so_send(request, pk):
    ho_so = get_ho_so_for(request, pk, Loai.GUI)
    return out_of_step(request, ho_so, Loai.GUI) or _page(
        request,
        ho_so,
        GuiForm(request.POST or None, ho_so=ho_so),
        lambda data: services.send(ho_so=ho_so, by=request.user, **data),
        done="Đã ghi ngày gửi cấp ủy.",
        title="Gửi hồ sơ cho cấp ủy",
        verb="Ghi đã gửi",
    )


@require_quyen(Quyen.LAP_HO_SO)
def ho_so_outcome(request, pk):
    ho_so = get_ho_so_for(request, pk, Loai.KHONG_KET_NAP)
    return out_of_step(request, ho_so, Loai.KHONG_KET_NAP, Loai.KET_NAP) or _outcome(
        request, ho_so, back=ho_so.get_absolute_url()
    )


@require_quyen(Quyen.LAP_HO_SO)
def ho_so_official(request, pk):
    ho_so = get_ho_so_for(request, pk, Loai.CHINH_THUC)
    return out_of_step(request, ho_so, Loai.CHINH_THUC) or _official(
        request, ho_so, back=ho_so.get_absolute_url()
    )


@require_quyen(Quyen.KY_HO_SO)
def chat_van_open(request, pk):
    ho_so = get_ho_so_for(request, pk, Loai.CONG_VAN)

    @transaction.atomic
    def save(data):
        chat_van = services.open_chat_van(ho_so=ho_so, by=request.user, **data)
        issue_cong_van(chat_van=_letter(chat_van.pk), by=request.user)
        return chat_van

    return out_of_step(request, ho_so, Loai.CONG_VAN) or _page(
        request,
        ho_so,
        CongVanForm(request.POST or None, ho_so=ho_so),
        save,
        done="Đã lập công văn. In, ký rồi gửi cấp ủy.",
        title="Công văn đề nghị cho biết kết quả",
        verb="Lập công văn",
        hint="Công văn nêu số, ngày nghị quyết, ngày bàn giao hồ sơ và hai điều đề nghị cấp ủy cho "
        "biết. Số công văn lấy theo sổ của đơn vị.",
    )


@require_quyen(Quyen.LAP_HO_SO)
def chat_van_answer(request, pk):
    ho_so = get_ho_so_for(request, pk, Loai.TRA_LOI)
    return out_of_step(request, ho_so, Loai.TRA_LOI) or _answer(
        request, ho_so, back=ho_so.get_absolute_url()
    )


@require_quyen(Quyen.LAP_HO_SO)
def chat_van_next(request, pk):
    ho_so = get_ho_so_for(request, pk, Loai.CHO_TIEP)
    letter = ho_so.chat_van.order_by("lan_thu").last()
    return out_of_step(request, ho_so, Loai.CHO_TIEP) or _page(
        request,
        ho_so,
        BuocTiepForm(request.POST or None, ho_so=ho_so),
        lambda data: services.choose_next_step(chat_van=letter, by=request.user, **data),
        done="Đã ghi bước tiếp theo.",
        title="Bước tiếp theo sau trả lời của cấp ủy",
        verb="Ghi bước tiếp theo",
        hint=f"Cấp ủy trả lời: {letter.tra_loi_noi_dung}" if letter else "",
    )


@require_quyen(Quyen.TRA_LOI_HO_SO)
def cap_uy_list(request):
    cases = HO_SO.gui_cap_uy_cua(request.user).cho_cap_uy()
    return _cap_uy_list(request, cases, "Hồ sơ đang chờ")


@require_quyen(Quyen.TRA_LOI_HO_SO)
def cap_uy_da_tra_loi(request):
    cases = HO_SO.gui_cap_uy_cua(request.user).khong_cho_cap_uy()
    return _cap_uy_list(request, cases, "Đã trả lời")


@require_quyen(Quyen.TRA_LOI_HO_SO)
def cap_uy_cong_van(request):
    """The letters about cases that were sent to this Party committee, newest first."""
    letters = ChatVan.objects.filter(ho_so__in=HoSo.objects.gui_cap_uy_cua(request.user))
    return list_page(
        request,
        queryset=letters.select_related("ho_so__doan_vien", "van_ban")
        .defer("van_ban__tep")
        .order_by("-ngay", "-pk"),
        filterset=CongVanFilter,
        table=CONG_VAN_TABLE,
        title="Công văn",
        noun="công văn",
        template="tuduong/cap_uy_list.html",
        on_download=record_export,
    )


@require_quyen(Quyen.TRA_LOI_HO_SO)
def cap_uy_detail(request, pk):
    ho_so = get_sent(request, pk)
    record(by=request.user, hanh_dong="ho_so.view", target=ho_so)
    buoc = list(ho_so.buoc.select_related("boi").order_by("thu_tu"))
    rows = trang_giay_to.papers(ho_so, today())
    co, tong, _ = trang_giay_to.paper_counts(rows)
    anh = anh_cua_ho_so(ho_so)
    het_du_bi = services.probation_until(ho_so) if ho_so.ngay_ket_nap else None
    context = {
        "title": ho_so.doan_vien.ho_ten,
        "back": reverse("tuduong:cap_uy_list"),
        "ho_so": ho_so,
        "state": trang_thai_ho_so(ho_so),
        "letter": trang_ho_so.open_letter(ho_so),
        "lich_su": trang_ho_so.timeline_for_cap_uy(ho_so, buoc, today()),
        "giay_to": [_for_cap_uy(ho_so, row, anh) for row in rows],
        "giay_co": co,
        "giay_tong": tong,
        "may_answer": may_take(Loai.TRA_LOI, ho_so, request.user),
        "may_record": may_take(Loai.KHONG_KET_NAP, ho_so, request.user),
        "het_du_bi": het_du_bi,
        "may_recognise": may_take(Loai.CHINH_THUC, ho_so, request.user) and het_du_bi <= today(),
        "may_admit": may_take(Loai.KET_NAP, ho_so, request.user),
    }
    return TemplateResponse(request, "tuduong/cap_uy_detail.html", context)


@require_quyen(Quyen.TRA_LOI_HO_SO)
def cap_uy_answer(request, pk):
    ho_so = get_sent(request, pk)
    return out_of_step(request, ho_so, Loai.TRA_LOI) or _answer(
        request, ho_so, back=reverse("tuduong:cap_uy_detail", args=[ho_so.pk])
    )


@require_quyen(Quyen.TRA_LOI_HO_SO)
def cap_uy_outcome(request, pk):
    ho_so = get_sent(request, pk)
    return out_of_step(request, ho_so, Loai.KHONG_KET_NAP, Loai.KET_NAP) or _outcome(
        request, ho_so, back=reverse("tuduong:cap_uy_detail", args=[ho_so.pk])
    )


@require_quyen(Quyen.TRA_LOI_HO_SO)
def cap_uy_official(request, pk):
    ho_so = get_sent(request, pk)
    return out_of_step(request, ho_so, Loai.CHINH_THUC) or _official(
        request, ho_so, back=reverse("tuduong:cap_uy_detail", args=[ho_so.pk])
    )


def get_sent(request, pk):
    """A case that was sent to this Party committee; any other is 404."""
    return get_object_or_404(HO_SO.gui_cap_uy_cua(request.user), pk=pk)


def _outcome(request, ho_so, *, back):
    return _page(
        request,
        ho_so,
        KetQuaForm(request.POST or None, ho_so=ho_so),
        lambda data: services.record_outcome(ho_so=ho_so, by=request.user, **data),
        done="Đã ghi kết quả xem xét.",
        title="Kết quả xem xét của cấp ủy",
        verb="Ghi kết quả",
        back=back,
    )


def _official(request, ho_so, *, back):
    return _page(
        request,
        ho_so,
        ChinhThucForm(request.POST or None, ho_so=ho_so),
        lambda data: services.record_chinh_thuc(ho_so=ho_so, by=request.user, **data),
        done="Đã ghi công nhận đảng viên chính thức.",
        title="Công nhận đảng viên chính thức",
        verb="Ghi công nhận",
        hint=f"Kết nạp ngày {ngay(ho_so.ngay_ket_nap)}, thời gian dự bị đến ngày "
        f"{ngay(services.probation_until(ho_so))}. Ngày công nhận vào lý lịch đoàn viên.",
        back=back,
    )


def _answer(request, ho_so, *, back):
    letter = ho_so.chat_van.select_related("ho_so", "van_ban").order_by("lan_thu").last()

    def save(data):
        return services.answer_chat_van(
            chat_van=letter,
            ngay=data["ngay"],
            loai=data["tra_loi_loai"],
            noi_dung=data["tra_loi_noi_dung"],
            version=data["version"],
            by=request.user,
        )

    return _page(
        request,
        ho_so,
        TraLoiForm(request.POST or None, ho_so=ho_so),
        save,
        done="Đã ghi trả lời công văn.",
        title="Trả lời công văn",
        verb="Ghi trả lời",
        back=back,
    )


def _page(request, ho_so, form, save, *, done, title, verb, hint="", back=None):
    return run_form(
        request,
        form=form,
        save=save,
        done=done,
        back=back or ho_so.get_absolute_url(),
        template="tuduong/ho_so_step.html",
        title=title,
        subtitle=f"{ho_so.doan_vien.ho_ten} · {ho_so.chi_doan} · {ho_so.ma}",
        verb=verb,
        hint=hint,
        ho_so=ho_so,
    )


def _cap_uy_list(request, cases, title):
    return list_page(
        request,
        queryset=cases,
        filterset=CapUyFilter,
        table=CAP_UY_TABLE,
        title=title,
        noun="hồ sơ",
        template="tuduong/cap_uy_list.html",
        on_download=record_export,
    )


def _for_cap_uy(ho_so, row, anh):
    """The line of a paper with the Party committee's own addresses to it and to its photos."""
    url = ""
    if row.in_url:
        ma = THEO_DONG[row.giay_to.loai].ma
        url = reverse("tuduong:cap_uy_giay", args=[ho_so.pk, ma])
    photos = [reverse("tuduong:cap_uy_minh_chung", args=[pk]) for pk in anh[row.giay_to.pk]]
    return {"dong": row, "url": url, "anh": photos}


def _letter(pk) -> ChatVan:
    rows = ChatVan.objects.select_related(
        "ho_so__doan_vien", "ho_so__don_vi", "ho_so__chi_doan", "ghi_boi"
    )
    return rows.get(pk=pk)
