"""The steps that the branch takes with one case, and the ward's refusal: one page for each."""

from django.urls import reverse

from core.form_page import run_form
from core.periods import today
from core.text.display import NBSP
from doanvien.ket_nap import quyet_dinh, services, trang
from doanvien.ket_nap.dieu_kien import con_thieu
from doanvien.ket_nap.forms import BieuQuyetForm, GuiLaiForm, LyDoForm, XacNhanForm
from doanvien.ket_nap.queries import xet_mot
from doanvien.models import BuocKetNap, KetNap
from tochuc.permissions import Quyen, require_quyen
from tochuc.quy_dinh import gia_tri

from .chung import get_case_for, out_of_step

Loai = BuocKetNap.Loai


@require_quyen(Quyen.SUA_DOAN_VIEN)
def ket_nap_bieu_quyet(request, pk):
    ket_nap = get_case_for(request, pk, Loai.THONG_QUA)
    form = BieuQuyetForm(request.POST or None, ket_nap=ket_nap)

    def save(data):
        return services.bieu_quyet(
            ket_nap=ket_nap,
            ngay=data["ngay"],
            phieu=form.phieu(),
            version=data["version"],
            by=request.user,
        )

    tong = services.so_doan_vien(ket_nap.chi_doan, today())
    nguong = gia_tri("nguong_ket_nap", ngay=today(), don_vi=ket_nap.chi_doan)
    return out_of_step(request, ket_nap, Loai.THONG_QUA) or _step(
        request,
        ket_nap,
        form,
        save,
        done=_vote_words,
        title="Chi đoàn biểu quyết kết nạp",
        verb="Ghi biểu quyết",
        template="doanvien/ket_nap/buoc.html",
        hint=f"Hôm nay chi đoàn có {tong}{NBSP}đoàn viên. Kết nạp khi hơn {nguong} số đoàn viên có "
        "mặt tán thành.",
        thieu=con_thieu(trang.checklist(ket_nap, xet_mot(ket_nap, today()), request.user)),
        edit_url=reverse("doanvien:ket_nap_edit", args=[pk]),
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def ket_nap_gui_lai(request, pk):
    ket_nap = get_case_for(request, pk, Loai.GUI_LAI)
    return out_of_step(request, ket_nap, Loai.GUI_LAI) or _step(
        request,
        ket_nap,
        GuiLaiForm(request.POST or None, ket_nap=ket_nap),
        lambda data: services.gui_lai(ket_nap=ket_nap, by=request.user, **data),
        done="Đã gửi lại phường.",
        title="Gửi lại phường",
        verb="Gửi lại phường",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def ket_nap_lay_lai(request, pk):
    ket_nap = get_case_for(request, pk, Loai.LAY_LAI)
    return out_of_step(request, ket_nap, Loai.LAY_LAI) or _step(
        request,
        ket_nap,
        XacNhanForm(request.POST or None, ket_nap=ket_nap),
        lambda data: services.lay_lai(ket_nap=ket_nap, by=request.user, **data),
        done="Đã lấy lại. Sửa đơn rồi ghi lại biểu quyết.",
        title=f"Lấy lại đề nghị kết nạp {ket_nap}?",
        verb="Lấy lại",
        template="core/confirm.html",
        text="Đơn về chi đoàn để sửa. Biểu quyết phải ghi lại; bước cũ vẫn còn trong quá trình.",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def ket_nap_rut(request, pk):
    ket_nap = get_case_for(request, pk, Loai.RUT)
    return out_of_step(request, ket_nap, Loai.RUT) or _step(
        request,
        ket_nap,
        LyDoForm(request.POST or None, ket_nap=ket_nap),
        lambda data: services.rut_don(ket_nap=ket_nap, by=request.user, **data),
        done="Đã rút đơn. Đơn vẫn còn trong danh sách, mở lại được.",
        title=f"Rút đơn của {ket_nap}?",
        verb="Rút đơn",
        template="core/confirm.html",
        text="Theo nguyện vọng của người làm đơn hoặc ý kiến của chi đoàn. Đơn được giữ lại.",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def ket_nap_mo_lai(request, pk):
    ket_nap = get_case_for(request, pk, Loai.MO_LAI)
    return out_of_step(request, ket_nap, Loai.MO_LAI) or _step(
        request,
        ket_nap,
        XacNhanForm(request.POST or None, ket_nap=ket_nap),
        lambda data: services.mo_lai(ket_nap=ket_nap, by=request.user, **data),
        done="Đã mở lại đơn. Chi đoàn biểu quyết như đơn mới.",
        title=f"Mở lại đơn của {ket_nap}?",
        verb="Mở lại đơn",
        template="core/confirm.html",
    )


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def ket_nap_tra_lai(request, pk):
    ket_nap = get_case_for(request, pk, Loai.TRA_LAI)
    return out_of_step(request, ket_nap, Loai.TRA_LAI) or _step(
        request,
        ket_nap,
        LyDoForm(request.POST or None, ket_nap=ket_nap),
        lambda data: quyet_dinh.tra_lai(ket_nap=ket_nap, by=request.user, **data),
        done="Đã trả lại chi đoàn kèm lý do.",
        title=f"Chưa chuẩn y kết nạp {ket_nap}",
        verb="Trả lại chi đoàn",
        template="core/confirm.html",
        text="Đề nghị về chi đoàn kèm lý do và được giữ lại; chi đoàn bổ sung rồi gửi lại phường.",
    )


def _vote_words(ket_nap: KetNap) -> str:
    if ket_nap.is_cho_chuan_y:
        return "Chi đoàn đã thông qua. Đề nghị đã ở phường, chờ chuẩn y."
    return "Chưa đủ quá nửa số có mặt tán thành. Đơn được giữ, biểu quyết lại khi khác."


def _step(request, ket_nap, form, save, *, done, title, verb, template="core/form.html", **context):
    branch = str(ket_nap.chi_doan)
    return run_form(
        request,
        form=form,
        save=save,
        done=done,
        back=ket_nap.get_absolute_url(),
        template=template,
        title=title,
        subtitle=branch if str(ket_nap) in title else f"{ket_nap} · {branch}",
        verb=verb,
        **context,
    )
