from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.chon import choose_unit, noi_giu_quyen
from chidoan.de_nghi_khen import quy_trinh, services, to_trinh
from chidoan.de_nghi_khen.filters import DeNghiFilter, KhenTapTheFilter
from chidoan.de_nghi_khen.forms import (
    DIP,
    BuocForm,
    CaNhanForm,
    ChonChiDoanForm,
    GuiLaiForm,
    KhenTapTheForm,
    TapTheForm,
)
from chidoan.de_nghi_khen.quyet_dinh import may_decide
from chidoan.de_nghi_khen.services import NoiDungKhen
from chidoan.de_nghi_khen.tables import DE_NGHI_TABLE, KHEN_TAP_THE_TABLE, trang_thai
from chidoan.models import BuocDeNghiKhen, DeNghiKhen, KhenTapThe
from chidoan.views.so import record_download
from core.errors import RuleError
from core.form_page import run_form
from core.listing import Create, Preset, list_page
from core.pdf import pdf_response
from core.periods import today
from core.text.display import ngay
from core.text.numbers import file_name
from doanvien.tai_ve import quyen_cua
from tochuc.audit import record
from tochuc.chon_ban_do import ban_do_cua_ky
from tochuc.loc import named_pk
from tochuc.models import DonVi
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

XEM, DE_NGHI = Quyen.XEM_CAN_BO, Quyen.SUA_DOAN_VIEN
Loai = BuocDeNghiKhen.Loai
LIST = "chidoan:de_nghi_khen_list"
NUT = {
    Loai.DONG_Y: ("Đồng ý", "Đồng ý đề nghị khen {}?", "Đã đồng ý. Đề nghị chờ quyết định."),
    Loai.CHUYEN_LEN: ("Chuyển lên cấp trên", "Chuyển đề nghị khen {} lên cấp trên?",
                      "Đã chuyển lên cấp trên xem xét."),
    Loai.KHONG_DONG_Y: ("Chưa đồng ý", "Chưa đồng ý khen {}?",
                        "Đã trả lời chưa đồng ý, kèm lý do."),
    Loai.RUT: ("Rút đề nghị", "Rút đề nghị khen {}?", "Đã rút đề nghị."),
    Loai.GUI_LAI: ("Bổ sung, gửi lại", "Gửi lại đề nghị khen {}", "Đã gửi lại đề nghị."),
}  # fmt: skip
LAM = {
    Loai.DONG_Y: services.dong_y,
    Loai.CHUYEN_LEN: services.chuyen_len,
    Loai.KHONG_DONG_Y: services.khong_dong_y,
    Loai.RUT: services.rut,
    Loai.GUI_LAI: services.gui_lai,
}


@require_quyen(XEM)
def de_nghi_khen_list(request):
    user = request.user
    return list_page(
        request,
        queryset=DeNghiKhen.objects.permitted_to(user, quyen_cua(request, XEM)).cho_trang(),
        filterset=DeNghiFilter,
        table=DE_NGHI_TABLE,
        title="Đề nghị khen thưởng",
        noun="đề nghị",
        template="chidoan/de_nghi_khen/list.html",
        presets=(
            Preset("Chờ xem xét", "trang_thai=cho"),
            Preset("Chờ quyết định", "trang_thai=dong_y"),
            Preset("Chưa đồng ý", "trang_thai=khong_dong_y"),
        ),
        on_download=record_download("de_nghi_khen.export"),
        create=Create("chidoan:de_nghi_khen_create", "Đề nghị khen", may=user.has_quyen(DE_NGHI)),
        extra={
            "may_decide": may_decide(user, user.don_vi),
            "may_export": user.has_quyen(Quyen.XUAT_DOAN_VIEN),
            **ban_do_cua_ky(request, XEM),
        },
    )


@require_quyen(XEM)
def de_nghi_khen_detail(request, pk):
    de_nghi = get_visible_or_404(
        DeNghiKhen.objects.cho_trang().select_related("quyet_dinh"), request.user, pk=pk
    )
    vuong = quy_trinh.ly_do_khong_khen(de_nghi, today()) if de_nghi.is_con_mo else ""
    steps = [
        {"url": reverse("chidoan:de_nghi_khen_buoc", args=[pk, loai]), "label": NUT[loai][0],
         "primary": loai in (Loai.DONG_Y, Loai.GUI_LAI)}
        for loai in quy_trinh.TU_TRANG
        if quy_trinh.may_take(loai, de_nghi, request.user)
    ]  # fmt: skip
    buoc = list(de_nghi.buoc.select_related("don_vi", "boi"))
    for row in buoc:
        row.de_nghi = de_nghi
    context = {
        "title": f"Đề nghị khen {de_nghi.ten}",
        "subtitle": f"{de_nghi.hinh_thuc_bang_chu} · {de_nghi.dip}",
        "back": reverse(LIST),
        "crumbs": [("Đề nghị khen thưởng", reverse(LIST)), (de_nghi.ten, "")],
        "de_nghi": de_nghi,
        "state": trang_thai(de_nghi),
        "steps": steps,
        "entries": [_entry(row, request.user) for row in buoc][::-1],
        "trinh": _to_trinh(de_nghi, buoc, request.user),
        "vuong": vuong,
        "may_decide": de_nghi.trang_thai == DeNghiKhen.TrangThai.DONG_Y
        and not vuong
        and may_decide(request.user, de_nghi.noi_giu),
    }
    return TemplateResponse(request, "chidoan/de_nghi_khen/detail.html", context)


def _entry(buoc: BuocDeNghiKhen, user) -> dict:
    who = f"{buoc.don_vi}{' · phường nhập thay' if buoc.nhap_thay else ''}"
    lines = [line for line in (who, buoc.noi_dung) if line]
    title = buoc.get_loai_display()
    entry = {"title": title, "lines": lines, "when": ngay(buoc.ngay), "state": "done"}
    if to_trinh.is_gui_len(buoc) and to_trinh.may_read(user, buoc):
        entry |= {"url": _trang_to_trinh(buoc), "url_label": "Tờ trình"}
    return entry


def _trang_to_trinh(buoc: BuocDeNghiKhen) -> str:
    return reverse("chidoan:de_nghi_khen_to_trinh", args=[buoc.de_nghi_id, buoc.thu_tu])


def _to_trinh(de_nghi: DeNghiKhen, steps: list[BuocDeNghiKhen], user) -> dict:
    """The paper of the last sending, its number once it has one; nothing when it is not his."""
    sent = [buoc for buoc in steps if to_trinh.is_gui_len(buoc)]
    if not sent or not de_nghi.is_con_mo or not to_trinh.may_issue(user, sent[-1]):
        return {}
    paper = to_trinh.giay_cua(to_trinh.cung_to_trinh(sent[-1]))
    return {"url": _trang_to_trinh(sent[-1]), "so": paper.so_ky_hieu if paper else ""}


@require_quyen(XEM)
def de_nghi_khen_to_trinh(request, pk, thu_tu):
    """The paper by which it was sent up: the issued bytes, else a preview; POST numbers it."""
    rows = BuocDeNghiKhen.objects.cho_to_trinh()
    buoc = get_visible_or_404(rows, request.user, de_nghi=pk, thu_tu=thu_tu)
    if not (to_trinh.is_gui_len(buoc) and to_trinh.may_read(request.user, buoc)):
        raise Http404
    if request.method == "POST":
        paper = to_trinh.issue_to_trinh(buoc=buoc, by=request.user)
        messages.success(request, f"Đã cấp số tờ trình {paper.so_ky_hieu}.")
        return redirect(buoc)
    together = to_trinh.cung_to_trinh(buoc)
    paper = to_trinh.giay_cua(together)
    record(by=request.user, hanh_dong="de_nghi_khen.print", target=buoc.de_nghi, loai="TTr")
    content = bytes(paper.tep) if paper else to_trinh.xem_thu(together)
    so = paper.so_ky_hieu if paper else "xem-thu"
    return pdf_response(content, file_name("TTr", so, day=buoc.ngay))


@require_quyen(DE_NGHI)
def de_nghi_khen_create(request):
    """Members of a unit, or with `?loai=tap_the` branches, each a proposal with the same words."""
    units = _units(request)
    if len(units) != 1:
        return choose_unit(
            request,
            units,
            title="Đề nghị khen thưởng",
            page="chidoan:de_nghi_khen_create",
            icon="award",
            key="don_vi",
        )
    (don_vi,) = units
    is_group = request.GET.get("loai") == "tap_the"
    chon = None if is_group or don_vi.is_chi_doan else _chon(request, don_vi)
    return run_form(
        request,
        form=_form(request, don_vi, is_group, chon),
        save=lambda data: _create(don_vi, data, request.user),
        done=lambda rows: f"Đã gửi {len(rows)} đề nghị đến {rows[0].noi_giu}.",
        back=lambda rows: rows[0].get_absolute_url() if len(rows) == 1 else reverse(LIST),
        back_url=reverse(LIST),
        template="chidoan/de_nghi_khen/form.html",
        title="Đề nghị khen tập thể" if is_group else "Đề nghị khen cá nhân",
        subtitle=f"{don_vi} · một lần cho mọi người cùng dịp, cùng thành tích",
        verb="Gửi đề nghị",
        dip=DIP,
        options=_kinds(don_vi, is_group),
        chon=chon,
    )


def _chon(request, don_vi) -> ChonChiDoanForm:
    """A ward shortens the list of its members to those of a branch."""
    asked = request.GET if "chi_doan" in request.GET else None
    return ChonChiDoanForm(asked, user=request.user, don_vi=don_vi)


def _form(request, don_vi, is_group: bool, chon):
    if is_group:
        return TapTheForm(request.POST or None, user=request.user, don_vi=don_vi)
    chi_doan = chon.cleaned_data["chi_doan"] if chon and chon.is_valid() else None
    chosen = [int(pk) for pk in request.GET.getlist("doan_vien") if pk.isdecimal() and len(pk) < 10]
    return CaNhanForm(
        request.POST or None,
        user=request.user,
        don_vi=don_vi,
        chi_doan=chi_doan,
        chon=chosen,
    )


@require_quyen(XEM)
def de_nghi_khen_buoc(request, pk, loai):
    """One step of a proposal, on a page of its own."""
    if loai not in quy_trinh.TU_TRANG:
        raise Http404
    de_nghi = get_visible_or_404(DeNghiKhen.objects.cho_trang(), request.user, pk=pk)
    verb, title, done = NUT[loai]
    need = quy_trinh.BANG[loai].can_ly_do
    form_class = GuiLaiForm if loai == Loai.GUI_LAI else BuocForm
    fields = {} if loai == Loai.GUI_LAI else {"can_ly_do": need}
    if request.method == "GET" and not quy_trinh.may_take(loai, de_nghi, request.user):
        raise Http404
    return run_form(
        request,
        form=form_class(request.POST or None, de_nghi=de_nghi, **fields),
        save=lambda data: LAM[loai](de_nghi=de_nghi, by=request.user, **data),
        done=done,
        back=de_nghi.get_absolute_url(),
        template="core/confirm.html",
        title=title.format(de_nghi.ten),
        text=f"{de_nghi.hinh_thuc_bang_chu}, {de_nghi.dip}. Đơn vị đề nghị: {de_nghi.don_vi}.",
        verb=verb,
        danger=loai in (Loai.KHONG_DONG_Y, Loai.RUT),
    )


@require_quyen(XEM)
def khen_tap_the_list(request):
    return list_page(
        request,
        queryset=KhenTapThe.objects.visible_to(request.user).trong_list(),
        filterset=KhenTapTheFilter,
        table=KHEN_TAP_THE_TABLE,
        title="Khen tập thể",
        noun="lượt khen",
        template="chidoan/de_nghi_khen/tap_the_list.html",
        on_download=record_download("khen_tap_the.export"),
        create=Create(
            "chidoan:khen_tap_the_create",
            "Ghi khen tập thể",
            may=request.user.has_quyen(DE_NGHI),
        ),
        extra={"back": reverse(LIST), **ban_do_cua_ky(request, XEM)},
    )


@require_quyen(DE_NGHI)
def khen_tap_the_create(request):
    """An award of a collective that came on paper."""
    return run_form(
        request,
        form=KhenTapTheForm(request.POST or None, user=request.user),
        save=lambda data: services.record_khen_tap_the(by=request.user, **data),
        done=lambda row: f"Đã ghi khen thưởng của {row.don_vi}.",
        back=reverse("chidoan:khen_tap_the_list"),
        title="Ghi khen tập thể",
        subtitle="Khen của cấp khác đã có trên giấy",
        verb="Ghi khen thưởng",
    )


@require_quyen(DE_NGHI)
def khen_tap_the_delete(request, pk):
    row = get_visible_or_404(KhenTapThe.objects.co_don_vi(), request.user, quyen=DE_NGHI, pk=pk)
    if request.method == "POST":
        try:
            services.delete_khen_tap_the(khen=row, by=request.user)
        except RuleError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Đã xóa khen thưởng ghi nhầm.")
        return redirect("chidoan:khen_tap_the_list")
    context = {
        "title": f"Xóa khen thưởng của {row.don_vi}?",
        "text": f"{row.get_hinh_thuc_display()}, {row.get_cap_display()}: {row.noi_dung}. "
        "Chỉ xóa khi ghi nhầm.",
        "verb": "Xóa",
        "danger": True,
        "back": reverse("chidoan:khen_tap_the_list"),
    }
    return TemplateResponse(request, "core/confirm.html", context)


def _create(don_vi, data: dict, by) -> list[DeNghiKhen]:
    data = dict(data)
    chosen = {name: list(data.pop(name)) for name in ("doan_vien", "tap_the") if name in data}
    ngay_de_nghi = data.pop("ngay")
    return services.create_de_nghi(
        don_vi=don_vi, noi_dung=NoiDungKhen(**data), ngay=ngay_de_nghi, by=by, **chosen
    )


def _kinds(don_vi, is_group: bool) -> list[dict]:
    """The two kinds of proposal, as a segmented control."""
    kinds = (("Cá nhân", ""), ("Tập thể", "&loai=tap_the"))
    return [
        {"label": label, "url": f"?don_vi={don_vi.pk}{query}", "active": bool(query) == is_group}
        for label, query in kinds
    ]


def _units(request) -> list[DonVi]:
    """The unit that was named; else those at which the person himself may propose."""
    named = request.GET.get("don_vi", "")
    if named:
        unit = get_visible_or_404(DonVi.objects, request.user, quyen=DE_NGHI, pk=named_pk(named))
        return [unit]
    return noi_giu_quyen(request.user, DE_NGHI)
