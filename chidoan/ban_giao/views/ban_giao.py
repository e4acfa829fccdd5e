"""Hand-overs: the list, one of them, its paper, its archive and its signatures."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from chidoan.ban_giao import services
from chidoan.ban_giao.filters import BanGiaoFilter
from chidoan.ban_giao.forms import BanGiaoForm, KyGiayForm, MoLaiForm, SuaBanGiaoForm
from chidoan.ban_giao.giay_to import LOAI, preview_bien_ban
from chidoan.ban_giao.tep import dong_goi
from chidoan.ban_giao.trang import BAN_GIAO_TABLE, trang_ban_giao
from chidoan.models import BanGiao, ChucVu
from core.errors import RuleError
from core.form_page import run_form
from core.listing import list_page
from core.pdf import pdf_response
from core.text.numbers import file_name
from doanvien.tai_ve import quyen_cua
from tochuc.audit import record
from tochuc.models import VanBan
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may
from tochuc.viec_nen import start

ASSIGN = Quyen.PHAN_CONG_PHU_TRACH


@require_quyen(Quyen.XEM_CAN_BO)
def ban_giao_list(request):
    rows = BanGiao.objects.permitted_to(request.user, quyen_cua(request, Quyen.XEM_CAN_BO))
    return list_page(
        request,
        queryset=rows.cho_trang(),
        filterset=BanGiaoFilter,
        table=BAN_GIAO_TABLE,
        title="Bàn giao bí thư",
        noun="bàn giao",
        template="chidoan/ban_giao/list.html",
        on_download=_record_download,
        extra={"may_export": request.user.has_quyen(Quyen.XUAT_DOAN_VIEN)},
    )


@require_quyen(Quyen.XEM_CAN_BO)
def ban_giao_detail(request, pk):
    row = _row(request, pk)
    paper = VanBan.objects.issued(row, LOAI)
    context = trang_ban_giao(request.user, row, da_in=paper is not None)
    return TemplateResponse(request, "chidoan/ban_giao/detail.html", context)


@require_quyen(Quyen.SUA_DOAN_VIEN)
def ban_giao_create(request, pk):
    """The ward, or the leaving secretary, begins a hand-over of this term."""
    terms = ChucVu.objects.select_related("don_vi", "phan_cong")
    chuc_vu = get_visible_or_404(terms, request.user, quyen=Quyen.SUA_DOAN_VIEN, pk=pk)
    _refuse_others(request.user, chuc_vu)
    return run_form(
        request,
        form=BanGiaoForm(request.POST or None),
        save=lambda data: services.open_ban_giao(chuc_vu_giao=chuc_vu, by=request.user, **data),
        done="Đã lập bàn giao.",
        back=lambda row: row.get_absolute_url(),
        back_url=chuc_vu.get_absolute_url(),
        title=f"Bàn giao của {chuc_vu}",
        subtitle="Danh sách, nghị quyết, quỹ tự lấy từ sổ. Ghi thêm điều sổ không có.",
        verb="Lập bàn giao",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def ban_giao_update(request, pk):
    row = _row(request, pk, Quyen.SUA_DOAN_VIEN)
    _refuse_others(request.user, row.chuc_vu_giao)
    form = SuaBanGiaoForm(request.POST or None, dong=row)
    return run_form(
        request,
        form=form,
        save=lambda data: services.update_ban_giao(ban_giao=row, by=request.user, **data),
        done="Đã lưu bàn giao.",
        back=row.get_absolute_url(),
        title=f"Sửa: {row}",
        verb="Lưu",
    )


@require_quyen(ASSIGN)
def ban_giao_delete(request, pk):
    row = _row(request, pk, ASSIGN)
    return run_form(
        request,
        form=forms.Form(request.POST or None),
        save=lambda _: services.delete_ban_giao(ban_giao=row, by=request.user),
        done="Đã bỏ bàn giao.",
        back=reverse("chidoan:ban_giao_list"),
        back_url=row.get_absolute_url(),
        template="core/confirm.html",
        title=f"Bỏ {str(row).lower()}?",
        text="Chưa ai ký nên bỏ được. Lập lại lúc khác ở trang của nhiệm kỳ.",
        verb="Bỏ bàn giao",
        danger=True,
    )


@require_POST
@require_quyen(Quyen.SUA_DOAN_VIEN)
def ban_giao_sign(request, pk):
    row = _row(request, pk, Quyen.SUA_DOAN_VIEN)
    return _act(request, row, services.sign_ban_giao, "Đã xác nhận bàn giao.")


@require_quyen(ASSIGN)
def ban_giao_giay(request, pk):
    row = _row(request, pk, ASSIGN)
    return run_form(
        request,
        form=KyGiayForm(request.POST or None),
        save=lambda data: services.record_giay(ban_giao=row, by=request.user, **data),
        done="Đã ghi hai bên ký trên giấy.",
        back=row.get_absolute_url(),
        template="core/confirm.html",
        title="Hai bên đã ký trên giấy?",
        text="Sau khi ghi, biên bản không sửa được nữa. Giữ bản giấy ở văn phòng Đoàn.",
        verb="Ghi đã ký",
    )


@require_quyen(ASSIGN)
def ban_giao_reopen(request, pk):
    row = _row(request, pk, ASSIGN)
    return run_form(
        request,
        form=MoLaiForm(request.POST or None),
        save=lambda data: services.reopen_ban_giao(ban_giao=row, by=request.user, **data),
        done="Đã thu lại chữ ký. Sửa xong thì hai bên xác nhận lại.",
        back=row.get_absolute_url(),
        template="core/confirm.html",
        title="Thu lại chữ ký để sửa?",
        text="Biên bản đã in được hủy, giữ số. Sửa xong, cả hai bên xác nhận lại.",
        verb="Thu lại chữ ký",
        danger=True,
    )


@require_quyen(Quyen.XEM_CAN_BO)
def ban_giao_pdf(request, pk):
    """The paper as it was signed; before that as it stands now, without a number."""
    row = _row(request, pk)
    paper = VanBan.objects.issued(row, LOAI)
    content = bytes(paper.tep) if paper else preview_bien_ban(row)
    record(by=request.user, hanh_dong="ban_giao.print", target=row)
    return pdf_response(content, file_name("BB-ban-giao", row.don_vi.ten_day_du, day=row.ngay))


@require_POST
@require_quyen(Quyen.XUAT_DOAN_VIEN)
def ban_giao_zip(request, pk):
    row = _row(request, pk, Quyen.XUAT_DOAN_VIEN)
    if not request.user.may(ASSIGN, row.don_vi) and services.ben_cua(row, request.user) is None:
        raise PermissionDenied("Bộ tệp bàn giao do phường và hai đồng chí bàn giao tải.")
    try:
        job = start(
            dong_goi,
            ten=f"Bộ tệp bàn giao {row.don_vi}",
            don_vi=row.don_vi,
            by=request.user,
            tham_so={"ban_giao": row.pk},
        )
    except RuleError as refusal:
        messages.error(request, str(refusal))
        return redirect(row)
    record(by=request.user, hanh_dong="ban_giao.export", target=row)
    return redirect(job)


def _row(request, pk, quyen=None) -> BanGiao:
    return get_visible_or_404(BanGiao.objects.cho_trang(), request.user, quyen=quyen, pk=pk)


def _act(request, row, service, done):
    try:
        service(ban_giao=row, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(row)


def _refuse_others(user, chuc_vu: ChucVu) -> None:
    """A hand-over is written by the ward and by who leaves."""
    own = chuc_vu.phan_cong and chuc_vu.phan_cong.nguoi_dung_id == user.pk
    if not own and not user.may(ASSIGN, chuc_vu.don_vi):
        raise PermissionDenied(who_may(ASSIGN))


def _record_download(request, rows):
    unit = request.user.don_vi
    record(by=request.user, hanh_dong="ban_giao.export", don_vi=unit, so_dong=rows)
