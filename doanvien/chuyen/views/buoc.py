"""The steps of a transfer, one page for each."""

from core.form_page import run_form
from core.periods import today
from doanvien.chuyen import services
from doanvien.chuyen.doan_phi import read_doan_phi
from doanvien.chuyen.forms import BuocForm, GuiLaiForm, KyForm, LyDoForm
from doanvien.models import BuocChuyen
from tochuc.permissions import Quyen, require_quyen

from .chung import get_chuyen_for, out_of_step

Loai = BuocChuyen.Loai


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def chuyen_sign(request, pk):
    chuyen = get_chuyen_for(request, pk, Loai.PHUONG_DI)
    return out_of_step(request, chuyen, Loai.PHUONG_DI) or _step(
        request,
        chuyen,
        KyForm(request.POST or None, chuyen=chuyen),
        services.sign,
        done=lambda row: f"Đã ký giấy giới thiệu số {row.so_giay}.",
        title="Ký giới thiệu chuyển sinh hoạt?",
        verb="Ký và lấy số",
        hint="Giấy giới thiệu được lấy số khi ký. Đọc thử trước ở trang trước.",
    )


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def chuyen_receive(request, pk):
    chuyen = get_chuyen_for(request, pk, Loai.PHUONG_DEN)
    return out_of_step(request, chuyen, Loai.PHUONG_DEN) or _step(
        request,
        chuyen,
        KyForm(request.POST or None, chuyen=chuyen),
        services.receive,
        done=lambda row: f"Đã giới thiệu về {row.chi_doan_den}.",
        title="Giới thiệu về chi đoàn nào?",
        verb="Giới thiệu về chi đoàn",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def chuyen_confirm(request, pk):
    chuyen = get_chuyen_for(request, pk, Loai.XAC_NHAN)
    form = BuocForm(request.POST or None, chuyen=chuyen)
    form.fields["ngay"].label = "Sinh hoạt tại chi đoàn từ ngày"
    return out_of_step(request, chuyen, Loai.XAC_NHAN) or _step(
        request,
        chuyen,
        form,
        services.confirm,
        done=lambda row: f"{row.chi_doan_den} đã tiếp nhận {row.doan_vien}.",
        title=f"{chuyen.chi_doan_den} tiếp nhận {chuyen.doan_vien}?",
        verb="Xác nhận tiếp nhận",
        hint="Từ ngày này đồng chí được tính ở chi đoàn đến; nơi đi tính đến hết ngày hôm trước."
        if chuyen.loai == chuyen.Loai.CHINH_THUC
        else "Đồng chí vẫn được tính ở chi đoàn chính thức.",
    )


@require_quyen(Quyen.DUYET_DOAN_VIEN)
def chuyen_elsewhere(request, pk):
    chuyen = get_chuyen_for(request, pk, Loai.NOI_KHAC)
    form = BuocForm(request.POST or None, chuyen=chuyen)
    form.fields["ngay"].label = "Nơi đến tiếp nhận từ ngày"
    return out_of_step(request, chuyen, Loai.NOI_KHAC) or _step(
        request,
        chuyen,
        form,
        services.confirm_elsewhere,
        done="Đã ghi xác nhận của nơi đến.",
        title="Ghi xác nhận của nơi đến",
        verb="Ghi xác nhận",
        hint="Ghi theo phần «Xác nhận tiếp nhận» mà nơi đến gửi lại.",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def chuyen_refuse(request, pk):
    chuyen = get_chuyen_for(request, pk, Loai.TU_CHOI)
    return out_of_step(request, chuyen, Loai.TU_CHOI) or _step(
        request,
        chuyen,
        LyDoForm(request.POST or None, chuyen=chuyen),
        services.refuse,
        done="Đã trả lại chi đoàn đi, kèm lý do.",
        title=f"Từ chối việc chuyển của {chuyen.doan_vien}?",
        verb="Từ chối",
        hint="Chi đoàn đi đọc được lý do, sửa rồi gửi lại hoặc rút.",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def chuyen_withdraw(request, pk):
    chuyen = get_chuyen_for(request, pk, Loai.RUT)
    return out_of_step(request, chuyen, Loai.RUT) or _step(
        request,
        chuyen,
        LyDoForm(request.POST or None, chuyen=chuyen),
        services.withdraw,
        done="Đã rút. Đồng chí vẫn sinh hoạt tại chi đoàn.",
        title=f"Rút việc chuyển của {chuyen.doan_vien}?",
        verb="Rút lại",
        hint="Rút rồi thì không mở lại được; cần thì làm lần chuyển mới.",
    )


@require_quyen(Quyen.SUA_DOAN_VIEN)
def chuyen_resend(request, pk):
    chuyen = get_chuyen_for(request, pk, Loai.GUI_LAI)
    book = read_doan_phi(chuyen.doan_vien, today())
    form = GuiLaiForm(request.POST or None, chuyen=chuyen, doan_phi=book)
    return out_of_step(request, chuyen, Loai.GUI_LAI) or run_form(
        request,
        form=form,
        save=lambda data: services.resend(chuyen=chuyen, by=request.user, **form.build()),
        done="Đã gửi lại Đoàn cơ sở.",
        back=chuyen.get_absolute_url(),
        back_url=chuyen.get_absolute_url(),
        template="doanvien/chuyen_form.html",
        title="Gửi lại việc chuyển",
        subtitle=f"{chuyen.doan_vien.ho_ten} · {chuyen.chi_doan_di}",
        verb="Gửi lại",
        doan_vien=chuyen.doan_vien,
        con_no=f"{book.con_no_bang_chu}." if book.con_no else "",
    )


def _step(request, chuyen, form, service, *, done, title, verb, hint=""):
    return run_form(
        request,
        form=form,
        save=lambda data: service(chuyen=chuyen, by=request.user, **data),
        done=done,
        back=chuyen.get_absolute_url(),
        back_url=chuyen.get_absolute_url(),
        template="doanvien/chuyen_step.html",
        title=title,
        subtitle=f"{chuyen.doan_vien.ho_ten} · {chuyen.ten_noi_di}",
        verb=verb,
        hint=hint,
        chuyen=chuyen,
    )
