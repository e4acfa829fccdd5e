"""Objections to a published result, their answers; and the tallies of secret votes."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

from baocao.dot_cham import queries, services
from baocao.dot_cham.forms import KiemPhieuForm, TraLoiForm, YKienForm
from baocao.dot_cham.quy_tac import goi_ben, goi_gia_tri, luat_cua
from baocao.dot_cham.quyen import may_tham_dinh, may_to_chuc, may_tu_cham, quyen_tham_dinh
from baocao.dot_cham.services.cong_bo import TraLoi
from baocao.dot_cham.services.kiem_phieu import KetQuaPhieu
from baocao.dot_cham.views.diem import read_gui
from baocao.models import DongCham, KiemPhieuCham, YKien
from core.form_page import run_form
from core.text.display import ngay
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

XEM = Quyen.XEM_XEP_HANG


@require_quyen(Quyen.TU_CHAM_DIEM)
def y_kien_send(request, pk):
    dong = get_visible_or_404(queries.dong_cho_trang(), request.user, pk=pk)
    if not may_tu_cham(request.user, dong):
        raise PermissionDenied(who_may(Quyen.TU_CHAM_DIEM))
    form = YKienForm(
        request.POST or None,
        request.FILES or None,
        bo=luat_cua(dong.dot),
        initial={"ma": request.GET.get("ma", "")},
    )
    until = dong.dot.han_y_kien
    return run_form(
        request,
        form=form,
        save=lambda data: _send(dong, data, request.user),
        done="Đã gửi ý kiến.",
        back=f"{dong.get_absolute_url()}#y-kien",
        back_url=dong.get_absolute_url(),
        title="Gửi ý kiến về kết quả",
        subtitle=f"{dong} · nhận đến hết ngày {ngay(until)}" if until else str(dong),
        verb="Gửi ý kiến",
    )


@transaction.atomic
def _send(dong: DongCham, data: dict, user) -> YKien:
    """The objection with its file, or neither of them."""
    data = dict(data)
    tep = data.pop("tep")
    row = services.send_y_kien(dong=dong, by=user, **data)
    if tep:
        services.add_minh_chung(cua=row, gui=read_gui({"tep": tep}), by=user)
    return row


@require_quyen(Quyen.TO_CHUC_CHAM_DIEM)
def y_kien_answer(request, pk):
    """Uphold an objection with new points, or reject it with a reason."""
    rows = YKien.objects.select_related("dong__don_vi", "dong__dot__don_vi", "dong__dot__bo")
    row = get_visible_or_404(rows, request.user, pk=pk)
    dot, luat = row.dong.dot, luat_cua(row.dong.dot)
    if not may_to_chuc(request.user, dot):
        raise PermissionDenied(who_may(Quyen.TO_CHUC_CHAM_DIEM))
    about = luat.lay(row.ma).ten if row.ma else "Toàn bộ kết quả"
    return run_form(
        request,
        form=TraLoiForm(request.POST or None, bo=luat, ma=row.ma),
        save=lambda data: services.answer_y_kien(
            y_kien=row, tra_loi=TraLoi(**data), by=request.user
        ),
        done="Đã trả lời ý kiến.",
        back=f"{row.dong.get_absolute_url()}#y-kien",
        back_url=row.dong.get_absolute_url(),
        template="baocao/dot_cham/tra_loi.html",
        title="Trả lời ý kiến",
        subtitle=f"{row.dong} · {about}{_dang_co(row, luat)}",
        verb="Trả lời",
        y_kien=row,
    )


def _dang_co(row: YKien, luat) -> str:
    score = queries.diem_bi_y_kien(row)
    return f" · đang là {goi_gia_tri(luat, score.diem, score.muc)}" if score else ""


@require_quyen(XEM)
def kiem_phieu(request, pk, ben):
    """The tally of a secret vote on the unit's level."""
    if ben not in KiemPhieuCham.Ben:
        raise Http404
    dong = get_visible_or_404(queries.dong_cho_trang(), request.user, pk=pk)
    luat = luat_cua(dong.dot)
    is_own = ben == KiemPhieuCham.Ben.CHI_DOAN
    if not (may_tu_cham if is_own else may_tham_dinh)(request.user, dong):
        quyen = Quyen.TU_CHAM_DIEM if is_own else quyen_tham_dinh(dong.dot)
        raise PermissionDenied(who_may(quyen))
    row = queries.kiem_phieu_cua(dong, ben)
    form = KiemPhieuForm(request.POST or None, bo=luat, initial=_initial(row))
    return run_form(
        request,
        form=form,
        save=lambda data: services.save_kiem_phieu(
            dong=dong, ben=ben, ket_qua=_ket_qua(form, data), by=request.user
        ),
        done="Đã ghi kết quả kiểm phiếu.",
        back=f"{dong.get_absolute_url()}#kiem-phieu",
        back_url=dong.get_absolute_url(),
        title=goi_ben(dong.dot, ben),
        subtitle=f"{dong} · chỉ ghi tổng số phiếu, không ghi ai bầu thế nào",
        verb="Ghi kiểm phiếu",
    )


def _ket_qua(form: KiemPhieuForm, data: dict) -> KetQuaPhieu:
    return KetQuaPhieu(
        ngay=data["ngay"],
        tong_so=data["tong_so"],
        co_mat=data["co_mat"],
        phieu=form.phieu,
        hong=data["hong"] or 0,
    )


def _initial(row: KiemPhieuCham | None) -> dict:
    if row is None:
        return {}
    votes = {f"phieu_{muc}": so for muc, so in row.phieu.items()}
    return {
        "ngay": ngay(row.ngay),
        "tong_so": row.tong_so,
        "co_mat": row.co_mat,
        "hong": row.hong,
        **votes,
    }
