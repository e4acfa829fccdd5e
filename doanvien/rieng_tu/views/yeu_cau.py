"""The register of requests about personal data, one request, and what is done about it."""

from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from core.form_page import run_form
from core.listing import Preset, list_page
from core.pdf import pdf_response
from core.periods import today
from core.text.numbers import file_name
from doanvien.models import DoanVien, KetNap, LuotXem, YeuCauDuLieu
from doanvien.rieng_tu import services, trang, xoa
from doanvien.rieng_tu.filters import YeuCauFilter
from doanvien.rieng_tu.forms import GiaHanForm, KetThucForm, NhanYeuCauForm, TraLoiForm, XoaForm
from doanvien.rieng_tu.giay_to import LOAI, issue_tra_loi, preview_tra_loi
from doanvien.rieng_tu.tables import YEU_CAU_TABLE, state_of
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen

ROWS = YeuCauDuLieu.objects.voi_nguoi().select_related("nhan_boi")
PRESETS = (Preset("Chưa xong", "tinh_trang=mo"), Preset("Quá hạn", "tinh_trang=qua_han"))
SO_LUOT = 200
"""So many looks are shown; all of them stand in the audit log."""


@require_quyen(Quyen.QUAN_LY_DU_LIEU)
def yeu_cau_list(request):
    return list_page(
        request,
        queryset=ROWS.visible_to(request.user),
        filterset=YeuCauFilter,
        table=YEU_CAU_TABLE,
        title="Yêu cầu về dữ liệu cá nhân",
        noun="yêu cầu",
        presets=PRESETS,
        template="doanvien/yeu_cau_list.html",
        on_download=_record_download,
    )


@require_quyen(Quyen.QUAN_LY_DU_LIEU)
def du_lieu_detail(request, pk):
    """The tab of one member: who looked at the record, and what he asked about it."""
    doan_vien = _member(request, pk)
    looks = LuotXem.objects.visible_to(request.user).ve(doan_vien)
    requests = YeuCauDuLieu.objects.visible_to(request.user).cua(doan_vien)
    context = {
        "title": doan_vien.ho_ten,
        "subtitle": f"{doan_vien.chi_doan} · dữ liệu cá nhân",
        "back": doan_vien.get_absolute_url(),
        "doan_vien": doan_vien,
        "looks": looks[:SO_LUOT],
        "requests": [(row, state_of(row)) for row in requests],
    }
    return TemplateResponse(request, "doanvien/du_lieu_detail.html", context)


@require_quyen(Quyen.QUAN_LY_DU_LIEU)
def yeu_cau_create(request, pk):
    doan_vien = _member(request, pk)
    return _receive(request, doan_vien, _tab(doan_vien))


@require_quyen(Quyen.QUAN_LY_DU_LIEU)
def yeu_cau_cua_don(request, pk):
    """The request of an applicant; of one who is a member by now on the member's page."""
    cases = KetNap.objects.for_pages()
    ket_nap = get_visible_or_404(cases, request.user, quyen=Quyen.QUAN_LY_DU_LIEU, pk=pk)
    if ket_nap.doan_vien_id:
        return redirect("doanvien:yeu_cau_create", ket_nap.doan_vien_id)
    return _receive(request, ket_nap, ket_nap.get_absolute_url())


@require_quyen(Quyen.QUAN_LY_DU_LIEU)
def yeu_cau_detail(request, pk):
    yeu_cau = get_visible_or_404(ROWS, request.user, pk=pk)
    is_xoa = yeu_cau.loai == YeuCauDuLieu.Loai.XOA
    list_url = reverse("doanvien:yeu_cau_list")
    context = {
        "title": yeu_cau.get_loai_display(),
        "subtitle": f"Số {yeu_cau.so}/{yeu_cau.nam} · {yeu_cau.nguoi.ho_ten}",
        "back": list_url,
        "crumbs": [("Yêu cầu về dữ liệu", list_url), (f"Số {yeu_cau.so}/{yeu_cau.nam}", "")],
        "yeu_cau": yeu_cau,
        "state": state_of(yeu_cau),
        "phai_lam": trang.phai_lam(yeu_cau),
        "vuong_mac": xoa.vuong_mac(yeu_cau.nguoi, yeu_cau=yeu_cau)
        if is_xoa and yeu_cau.is_con_mo
        else [],
        "van_ban": VanBan.objects.defer("tep").issued(yeu_cau, LOAI),
        "facts": trang.facts(yeu_cau, today()),
        "entries": trang.timeline(list(yeu_cau.buoc.select_related("boi"))),
    }
    return TemplateResponse(request, "doanvien/yeu_cau_detail.html", context)


@require_quyen(Quyen.QUAN_LY_DU_LIEU)
def yeu_cau_answer(request, pk):
    return _act(
        request,
        pk,
        form=TraLoiForm(request.POST or None),
        service=services.answer_yeu_cau,
        title="Trả lời bước đầu",
        verb="Ghi trả lời",
        done="Đã ghi trả lời bước đầu.",
    )


@require_quyen(Quyen.QUAN_LY_DU_LIEU)
def yeu_cau_extend(request, pk):
    return _act(
        request,
        pk,
        form=GiaHanForm(request.POST or None),
        service=services.extend_yeu_cau,
        title="Gia hạn yêu cầu",
        verb="Gia hạn",
        done="Đã gia hạn. Báo cho người yêu cầu lý do và hạn mới.",
    )


@require_quyen(Quyen.QUAN_LY_DU_LIEU)
def yeu_cau_finish(request, pk):
    return _act(
        request,
        pk,
        form=KetThucForm(request.POST or None),
        service=services.finish_yeu_cau,
        title="Ghi kết quả",
        verb="Kết thúc yêu cầu",
        done="Đã kết thúc yêu cầu.",
    )


@require_quyen(Quyen.QUAN_LY_DU_LIEU)
def yeu_cau_erase(request, pk):
    yeu_cau = get_visible_or_404(ROWS, request.user, pk=pk)
    form = XoaForm(request.POST or None)
    return run_form(
        request,
        form=form,
        save=lambda data: xoa.erase_nguoi(yeu_cau=yeu_cau, by=request.user, **data),
        done="Đã xóa dữ liệu cá nhân. Số liệu thống kê còn nguyên.",
        back=yeu_cau.get_absolute_url(),
        template="core/confirm.html",
        title=f"Xóa dữ liệu của {yeu_cau.nguoi}?",
        text=(
            "Xóa họ tên, số định danh, địa chỉ, điện thoại, gia đình, nhận xét, nguyện vọng và "
            "mọi chữ đã ghi về đồng chí. Giữ lại: giới tính, năm sinh, chi đoàn, quá trình, xếp "
            "loại, điểm danh để số liệu các kỳ không đổi; văn bản đã ban hành và biên bản họp."
        ),
        warning="Xóa rồi không lấy lại được, kể cả khi khôi phục bản sao lưu cũ.",
        verb="Xóa dữ liệu",
        danger=True,
    )


@require_quyen(Quyen.QUAN_LY_DU_LIEU)
def yeu_cau_pdf(request, pk):
    """The answer as a letter; POST issues it with its number, GET shows it as it stands."""
    yeu_cau = get_visible_or_404(ROWS, request.user, pk=pk)
    if request.method == "POST":
        issue_tra_loi(yeu_cau=yeu_cau, by=request.user)
        return redirect("doanvien:yeu_cau_pdf", pk=pk)
    record(by=request.user, hanh_dong="van_ban.print", target=yeu_cau, loai=LOAI)
    van_ban = VanBan.objects.issued(yeu_cau, LOAI)
    content = bytes(van_ban.tep) if van_ban else preview_tra_loi(yeu_cau)
    so = van_ban.so_ky_hieu.replace("/", "-") if van_ban else f"{LOAI}-du-thao"
    return pdf_response(content, file_name(so, "tra-loi-yeu-cau"))


def _receive(request, nguoi, back):
    """A request as it came in, about a member or an applicant."""
    return run_form(
        request,
        form=NhanYeuCauForm(request.POST or None),
        save=lambda data: services.receive_yeu_cau(nguoi=nguoi, by=request.user, **data),
        done=lambda saved: f"Đã vào sổ, trả lời trước hết ngày {saved.han_tra_loi:%d/%m}.",
        back=lambda saved: saved.get_absolute_url(),
        back_url=back,
        title=f"Yêu cầu của {nguoi}",
        verb="Vào sổ",
    )


def _act(request, pk, *, form, service, title, verb, done):
    """One action on a request: a form, its service, back to the request."""
    yeu_cau = get_visible_or_404(ROWS, request.user, pk=pk)
    return run_form(
        request,
        form=form,
        save=lambda data: service(yeu_cau=yeu_cau, by=request.user, **data),
        done=done,
        back=yeu_cau.get_absolute_url(),
        title=title,
        subtitle=f"{yeu_cau.get_loai_display()} · {yeu_cau.nguoi.ho_ten}",
        verb=verb,
    )


def _member(request, pk) -> DoanVien:
    members = DoanVien.objects.select_related("chi_doan")
    return get_visible_or_404(members, request.user, quyen=Quyen.QUAN_LY_DU_LIEU, pk=pk)


def _tab(doan_vien) -> str:
    return reverse("doanvien:du_lieu_detail", args=[doan_vien.pk])


def _record_download(request, rows):
    record(
        by=request.user, hanh_dong="yeu_cau.export_list", don_vi=request.user.don_vi, so_dong=rows
    )
