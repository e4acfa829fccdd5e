"""The steps of a case inside the Union, one page for each."""

from django.db import transaction
from django.urls import reverse

from core.form_page import run_form
from core.periods import today
from core.text.display import NBSP
from tochuc.permissions import Quyen, require_quyen
from tochuc.quy_dinh import gia_tri
from tudưong import services, theo_nguoi
from tudưong.forms.ho_so import (
    BoSungForm,
    ChiDoanBieuQuyetForm,
    DungHoSoForm,
    LyDoForm,
    NghiQuyetForm,
    YKienBuocForm,
)
from tudưong.giay_to.bo_ho_so import read_buoc
from tudưong.giay_to.phat_hanh import issue_nghi_quyet_chi_doan, issued_nghi_quyet_chi_doan
from tudưong.models import BuocHoSo
from tudưong.services.ho_so import so_doan_vien, so_uy_vien

from .chung import get_ho_so_for, out_of_step

Loai = BuocHoSo.Loai


@require_quyen(Quyen.XEM_HO_SO)
def ho_so_propose(request, pk):
    ho_so = get_ho_so_for(request, pk, Loai.DE_NGHI)
    form = ChiDoanBieuQuyetForm(request.POST or None, ho_so=ho_so)

    def save(data):
        return services.propose(
            ho_so=ho_so,
            ngay=data["ngay"],
            phieu=form.phieu(),
            ly_do=data["ly_do"],
            y_kien=data["y_kien"],
            version=data["version"],
            by=request.user,
        )

    tong = so_doan_vien(ho_so.chi_doan, today())
    nguong = gia_tri("nguong_chi_doan_de_nghi", ngay=today(), don_vi=ho_so.don_vi)
    return out_of_step(request, ho_so, Loai.DE_NGHI) or _step(
        request,
        ho_so,
        form,
        save,
        done="Đã ghi biểu quyết của chi đoàn.",
        title="Biểu quyết của chi đoàn",
        verb="Ghi biểu quyết",
        hint=f"Hôm nay chi đoàn có {tong}{NBSP}đoàn viên. Đề nghị giới thiệu khi từ {nguong} tổng "
        "số đoàn viên tán thành.",
    )


@require_quyen(Quyen.XEM_HO_SO)
def ho_so_supplement(request, pk):
    """A resolution that was issued before is issued anew where the remarks were mended."""
    ho_so = get_ho_so_for(request, pk, Loai.BO_SUNG)

    @transaction.atomic
    def save(data):
        current = services.supplement(ho_so=ho_so, by=request.user, **data)
        if issued_nghi_quyet_chi_doan(current):
            issue_nghi_quyet_chi_doan(ho_so=current, by=request.user)
        return current

    return out_of_step(request, ho_so, Loai.BO_SUNG) or _step(
        request,
        ho_so,
        BoSungForm(request.POST or None, ho_so=ho_so),
        save,
        done="Đã gửi lại phường.",
        title="Gửi lại phường",
        verb="Gửi lại phường",
        hint=_ban_moi(ho_so),
    )


@require_quyen(Quyen.LAP_HO_SO)
def ho_so_review(request, pk):
    ho_so = get_ho_so_for(request, pk, Loai.THAM_TRA)
    return out_of_step(request, ho_so, Loai.THAM_TRA) or _step(
        request,
        ho_so,
        YKienBuocForm(request.POST or None, ho_so=ho_so),
        lambda data: services.review(ho_so=ho_so, by=request.user, **data),
        done="Đã đồng ý, chờ Ban Chấp hành biểu quyết.",
        title="Đồng ý với đề nghị của chi đoàn",
        verb="Đồng ý, trình Ban Chấp hành",
        shows_nhan_xet=True,
    )


@require_quyen(Quyen.LAP_HO_SO)
def ho_so_send_back(request, pk):
    ho_so = get_ho_so_for(request, pk, Loai.TRA_LAI)
    return out_of_step(request, ho_so, Loai.TRA_LAI) or _step(
        request,
        ho_so,
        LyDoForm(request.POST or None, ho_so=ho_so),
        lambda data: services.send_back(ho_so=ho_so, by=request.user, **data),
        done="Đã trả lại chi đoàn.",
        title="Trả lại chi đoàn để bổ sung",
        verb="Trả lại chi đoàn",
        shows_nhan_xet=True,
    )


@require_quyen(Quyen.KY_HO_SO)
def ho_so_resolve(request, pk):
    ho_so = get_ho_so_for(request, pk, Loai.NGHI_QUYET)
    form = NghiQuyetForm(request.POST or None, ho_so=ho_so)

    def save(data):
        return services.resolve(
            ho_so=ho_so,
            ngay=data["ngay"],
            ngay_van_ban=data["ngay_van_ban"],
            phieu=form.phieu(),
            ly_do=data["ly_do"],
            version=data["version"],
            by=request.user,
        )

    tong = so_uy_vien(ho_so.don_vi, today())
    nguong = gia_tri("nguong_bch_gioi_thieu", ngay=today(), don_vi=ho_so.don_vi)
    return out_of_step(request, ho_so, Loai.NGHI_QUYET) or _step(
        request,
        ho_so,
        form,
        save,
        done="Đã ghi biểu quyết của Ban Chấp hành.",
        title="Biểu quyết của Ban Chấp hành",
        verb="Ghi biểu quyết",
        hint=f"Hôm nay Ban Chấp hành có {tong}{NBSP}ủy viên, kể cả bí thư và phó bí thư. Giới "
        f"thiệu khi quá {nguong} tổng số ủy viên tán thành.",
        shows_nhan_xet=True,
    )


@require_quyen(Quyen.LAP_HO_SO)
def ho_so_close(request, pk):
    ho_so = get_ho_so_for(request, pk, Loai.BOI_DUONG)
    return out_of_step(request, ho_so, Loai.BOI_DUONG) or _step(
        request,
        ho_so,
        DungHoSoForm(request.POST or None, ho_so=ho_so),
        lambda data: services.close_ho_so(ho_so=ho_so, by=request.user, **data),
        done="Đã dừng hồ sơ.",
        title="Dừng hồ sơ",
        verb="Dừng hồ sơ",
    )


@require_quyen(Quyen.LAP_HO_SO)
def ho_so_move(request, pk):
    """The case goes along with the member; another ward's is no longer seen from here."""
    ho_so = get_ho_so_for(request, pk, Loai.CHUYEN)
    away = not ho_so.doan_vien.chi_doan.path.startswith(ho_so.don_vi.path)
    return out_of_step(request, ho_so, Loai.CHUYEN) or _step(
        request,
        ho_so,
        YKienBuocForm(request.POST or None, ho_so=ho_so),
        lambda data: services.move_ho_so(ho_so=ho_so, by=request.user, **data),
        done=f"Đã chuyển hồ sơ đến {ho_so.doan_vien.chi_doan}.",
        title="Chuyển hồ sơ theo đoàn viên",
        verb="Chuyển hồ sơ",
        hint=theo_nguoi.chuyen_den(ho_so),
        back=reverse("tuduong:ho_so_list") if away else "",
    )


def _ban_moi(ho_so) -> str:
    """What becomes of the issued resolution when the case goes back to the ward."""
    van_ban = issued_nghi_quyet_chi_doan(ho_so)
    if van_ban is None:
        return ""
    return (
        f"Nghị quyết {van_ban.so_ky_hieu} của chi đoàn đã ban hành. Nếu nhận xét đã sửa, nghị "
        "quyết được lập bản mới cùng số; bản cũ được ghi là đã có bản mới thay."
    )


def _step(request, ho_so, form, save, *, done, title, verb, hint="", shows_nhan_xet=False, back=""):
    return run_form(
        request,
        form=form,
        save=save,
        done=done,
        back=back or ho_so.get_absolute_url(),
        back_url=ho_so.get_absolute_url(),
        template="tuduong/ho_so_step.html",
        title=title,
        subtitle=f"{ho_so.doan_vien.ho_ten} · {ho_so.chi_doan} · {ho_so.ma}",
        verb=verb,
        hint=hint,
        ho_so=ho_so,
        shows_nhan_xet=shows_nhan_xet,
        vote=read_buoc(ho_so).de_nghi if shows_nhan_xet else None,
    )
