"""A unit in a round: its line as it is read, scored and verified."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from baocao.dot_cham import queries, quy_trinh, services, viec
from baocao.dot_cham.forms import BuocForm
from baocao.dot_cham.quy_tac import goi_ben, goi_gia_tri, luat_cua
from baocao.dot_cham.quyen import (
    may_duyet,
    may_tham_dinh,
    may_to_chuc,
    may_tu_cham,
    may_xem_diem,
    may_xem_trong,
    quyen_tham_dinh,
)
from baocao.dot_cham.trang import cac_buoc, doc_muc, nhan_dong, theo_nhom
from baocao.models import BuocDotCham, DongCham, KiemPhieuCham
from core.errors import RuleError
from core.form_page import run_form
from core.periods import today
from core.text.display import ngay
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen, who_may

XEM = Quyen.XEM_XEP_HANG
L = BuocDotCham.Loai
NUT = {
    L.GUI: ("Gửi bản tự chấm", services.send_dong, False),
    L.TRA_LAI: ("Trả lại", services.return_dong, True),
    L.XONG: ("Thẩm định xong", services.finish_tham_dinh, False),
    L.DUYET: ("Đã xem, giữ kết quả", services.finish_duyet, False),
    L.XET_LAI: ("Trả về thẩm định", services.return_tham_dinh, True),
}


@require_quyen(XEM)
def dong_cham_detail(request, pk):
    """A unit in a round: every criterion with its figure, points, evidence, words."""
    user = request.user
    dong = get_visible_or_404(queries.dong_cho_trang(), user, pk=pk)
    own = may_xem_trong(user, dong)
    shown = may_xem_diem(user, dong)
    muc, about_all = doc_muc(dong, mo_so=own)
    luat = luat_cua(dong.dot)
    context = _chung(dong) | {
        "title": dong.ten,
        "state": nhan_dong(dong),
        "groups": theo_nhom(luat, muc),
        "own": own,
        "hien": shown,
        "la_diem": luat.is_diem,
        "xep": luat.ten_muc(dong.muc) if dong.muc else "",
        "kiem_phieu": _kiem_phieu(dong, luat, user) if own else [],
        "y_kien_chung": about_all if own else [],
        "may_y_kien": dong.dot.nhan_y_kien() and may_tu_cham(user, dong),
        "nut": _cac_nut(dong, user),
        "may_tra_loi": may_to_chuc(user, dong.dot) and not dong.dot.is_chung_cuoc,
        "entries": cac_buoc(list(dong.buoc.select_related("boi")), cua=dong) if own else [],
    }
    return TemplateResponse(request, "baocao/dot_cham/dong.html", context)


@require_safe
@require_quyen(Quyen.TU_CHAM_DIEM)
def tu_cham_tiep(request):
    """The form of the one line that waits for this person's unit; else the list of rounds."""
    waiting = viec.dong_can_tu_cham(request.user)
    if len(waiting) == 1:
        return redirect("baocao:tu_cham", waiting[0].pk)
    return redirect(f"{reverse('baocao:dot_cham_list')}?viec={viec.TU_CHAM}")


@require_quyen(Quyen.TU_CHAM_DIEM)
def tu_cham(request, pk):
    """The unit scores itself: what is computed is there already, what is asked is filled."""
    dong = get_visible_or_404(queries.dong_cho_trang(), request.user, pk=pk)
    if not may_tu_cham(request.user, dong):
        raise PermissionDenied(who_may(Quyen.TU_CHAM_DIEM))
    if not quy_trinh.dong_co_the(dong, quy_trinh.GHI_TU_CHAM):
        return redirect(dong)
    muc, _ = doc_muc(dong)
    missing = [item.ma for item in muc.values() if item.con_thieu]
    asked = sum(item.can for item in muc.values())
    context = _chung(dong) | {
        "title": f"Tự chấm: {dong.ten}",
        "groups": theo_nhom(luat_cua(dong.dot), muc),
        "con": len(missing),
        "muc_thieu": missing[0] if missing else "",
        "con_lai": f"Còn {len(missing)} mục" if missing else "Đã chấm đủ các mục",
        "da_cham": asked - len(missing),
        "so_hoi": asked,
        "han": f"Hạn tự chấm: hết ngày {ngay(dong.dot.han_tu_cham)}",
        "loi": queries.loi_tra_lai(dong),
        "url_gui": reverse("baocao:dong_cham_buoc", args=[dong.pk, L.GUI]),
    }
    return TemplateResponse(request, "baocao/dot_cham/tu_cham.html", context)


@require_quyen(XEM)
def tham_dinh(request, pk):
    """Verification, criterion by criterion; for the office above its second look."""
    dong = get_visible_or_404(queries.dong_cho_trang(), request.user, pk=pk)
    is_duyet = _is_duyet(dong, request.user)
    if not is_duyet and not may_tham_dinh(request.user, dong):
        raise PermissionDenied(who_may(quyen_tham_dinh(dong.dot)))
    bang = quy_trinh.GHI_DUYET if is_duyet else quy_trinh.GHI_THAM_DINH
    if not quy_trinh.dong_co_the(dong, bang):
        return redirect(dong)
    muc, _ = doc_muc(dong)
    missing = [] if is_duyet else [item for item in muc.values() if item.cho_tham_dinh]
    step, lui = (L.DUYET, L.XET_LAI) if is_duyet else (L.XONG, L.TRA_LAI)
    context = _chung(dong) | {
        "title": f"{'Xem lại' if is_duyet else 'Thẩm định'}: {dong.ten}",
        "state": nhan_dong(dong),
        "groups": theo_nhom(luat_cua(dong.dot), muc),
        "buoc": "duyet" if is_duyet else "tham_dinh",
        "is_duyet": is_duyet,
        "con": len(missing),
        "con_khac": sum(item.khac for item in missing),
        "muc_thieu": missing[0].ma if missing else "",
        "loi": "" if is_duyet else queries.loi_xet_lai(dong),
        "url_tra_lai": reverse("baocao:dong_cham_buoc", args=[dong.pk, lui]),
        "ten_tra_lai": NUT[lui][0],
        "url_xong": reverse("baocao:dong_cham_buoc", args=[dong.pk, step]),
        "ten_xong": NUT[step][0],
        "may_xong": quy_trinh.dong_co_the(dong, quy_trinh.DONG[step][0]),
        "may_tra_lai": quy_trinh.dong_co_the(dong, quy_trinh.DONG[lui][0]),
    }
    return TemplateResponse(request, "baocao/dot_cham/tham_dinh.html", context)


@require_POST
@require_quyen(XEM)
def dong_cham_dong_y(request, pk):
    """Take over everything that nobody differs about."""
    dong = get_visible_or_404(queries.dong_cho_trang(), request.user, pk=pk)
    try:
        count = services.agree_rest(dong=dong, by=request.user)
    except RuleError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Đã đồng ý {count} mục không khác.")
    return redirect("baocao:tham_dinh", dong.pk)


@require_quyen(XEM)
def dong_cham_buoc(request, pk, loai):
    """A step of one unit: sent, returned, verified, looked at."""
    if loai not in NUT:
        raise Http404
    dong = get_visible_or_404(queries.dong_cho_trang(), request.user, pk=pk)
    if not _may_take(loai, dong, request.user):
        raise PermissionDenied(who_may(_QUYEN[loai](dong)))
    verb, action, can_loi = NUT[loai]
    form = BuocForm(request.POST or None, can_loi=can_loi, initial={"version": dong.version})
    return run_form(
        request,
        form=form,
        save=lambda data: _take(action, dong, loai, request.user, data),
        done=f"{_DA[loai]}: {dong}.",
        back=lambda row: _sau(row, loai),
        back_url=dong.get_absolute_url(),
        template="core/confirm.html",
        title=f"{verb}: {dong}?",
        text=_HOI[loai],
        warning=_muon(dong) if loai == L.GUI else "",
        verb=verb,
    )


_HOI = {
    L.GUI: "Gửi rồi thì không sửa nữa, trừ khi được trả lại.",
    L.TRA_LAI: "Đơn vị sửa bản tự chấm rồi gửi lại.",
    L.XONG: "Điểm thẩm định là điểm chính thức của đơn vị ở bước này.",
    L.DUYET: "Điểm phường đã thẩm định được giữ, trừ mục cấp trên đã ghi khác.",
    L.XET_LAI: "Nơi thẩm định xem lại từng mục rồi bấm «Thẩm định xong» lần nữa. Mục cấp trên đã "
    "ghi điểm khác vẫn giữ.",
}
_DA = {
    L.GUI: "Đã gửi bản tự chấm",
    L.TRA_LAI: "Đã trả lại",
    L.XONG: "Đã thẩm định xong",
    L.DUYET: "Đã xem, giữ kết quả",
    L.XET_LAI: "Đã trả về thẩm định",
}
_QUYEN = {
    L.GUI: lambda dong: Quyen.TU_CHAM_DIEM,
    L.TRA_LAI: lambda dong: quyen_tham_dinh(dong.dot),
    L.XONG: lambda dong: quyen_tham_dinh(dong.dot),
    L.DUYET: lambda dong: Quyen.DUYET_CHAM_DIEM,
    L.XET_LAI: lambda dong: Quyen.DUYET_CHAM_DIEM,
}
_CAP_TREN = (L.DUYET, L.XET_LAI)


def _may_take(loai: str, dong: DongCham, user) -> bool:
    if loai == L.GUI:
        return may_tu_cham(user, dong)
    return may_duyet(user, dong.dot) if loai in _CAP_TREN else may_tham_dinh(user, dong)


def _take(action, dong: DongCham, loai: str, user, data: dict) -> DongCham:
    data = dict(data)
    version = data.pop("version")
    if loai == L.GUI:
        data["version"] = version
    return action(dong=dong, by=user, **data)


def _sau(dong: DongCham, loai: str) -> str:
    """Back to the list of those to verify, else to the line itself."""
    is_list = loai in (L.XONG, *_CAP_TREN)
    return dong.dot.get_absolute_url() if is_list else dong.get_absolute_url()


def _muon(dong: DongCham) -> str:
    due = dong.dot.han_tu_cham
    late = f"Hạn tự chấm là ngày {ngay(due)}: bản này ghi là gửi muộn."
    return late if today() > due else ""


def _chung(dong: DongCham) -> dict:
    return {
        "subtitle": f"{dong.dot} · {dong.cap_tren}" if dong.cap_tren else str(dong.dot),
        "back": dong.dot.get_absolute_url(),
        "crumbs": [
            ("Đợt chấm điểm", reverse("baocao:dot_cham_list")),
            (dong.dot.ten, dong.dot.get_absolute_url()),
            (dong.ten, ""),
        ],
        "dong": dong,
        "dot": dong.dot,
    }


def _is_duyet(dong: DongCham, user) -> bool:
    return may_duyet(user, dong.dot) and not may_tham_dinh(user, dong)


def _kiem_phieu(dong: DongCham, luat, user) -> list[dict]:
    """The tallies that a set of levels asks for, recorded or not. One query."""
    if luat.is_diem:
        return []
    found = {row.ben: row for row in dong.kiem_phieu.all()}
    open_now = dong.dot.trang_thai in dong.dot.TRUOC_CONG_BO
    rows = []
    for ben in KiemPhieuCham.Ben.values:
        may = may_tu_cham if ben == KiemPhieuCham.Ben.CHI_DOAN else may_tham_dinh
        row = found.get(ben)
        rows.append(
            {
                "nhan": goi_ben(dong.dot, ben),
                "row": row,
                "phieu": _phieu(row, luat) if row else [],
                "muc": goi_gia_tri(luat, None, row.muc) if row else "",
                "url": reverse("baocao:kiem_phieu_cham", args=[dong.pk, ben])
                if open_now and may(user, dong)
                else "",
            }
        )
    return rows


def _phieu(row: KiemPhieuCham, luat) -> list[tuple[str, int]]:
    shown = [(luat.ten_muc(muc), row.phieu.get(muc, 0)) for muc in luat.cac_muc]
    return [*shown, ("Không hợp lệ", row.hong)]


def _cac_nut(dong: DongCham, user) -> list[dict]:
    """What this person may do with the line now, the way on first."""
    found = []
    if quy_trinh.dong_co_the(dong, quy_trinh.GHI_TU_CHAM) and may_tu_cham(user, dong):
        words = "Nhập thay" if may_tham_dinh(user, dong) else "Tự chấm"
        found.append((words, reverse("baocao:tu_cham", args=[dong.pk]), "square-pen"))
    verify = reverse("baocao:tham_dinh", args=[dong.pk])
    if quy_trinh.dong_co_the(dong, quy_trinh.GHI_THAM_DINH) and may_tham_dinh(user, dong):
        found.append(("Thẩm định", verify, "list-checks"))
    elif quy_trinh.dong_co_the(dong, quy_trinh.GHI_DUYET) and _is_duyet(dong, user):
        found.append(("Xem lại", verify, "list-checks"))
    if quy_trinh.dong_co_the(dong, quy_trinh.DONG[L.TRA_LAI][0]) and may_tham_dinh(user, dong):
        url = reverse("baocao:dong_cham_buoc", args=[dong.pk, L.TRA_LAI])
        found.append(("Trả lại", url, "undo-2"))
    if dong.dot.nhan_y_kien() and may_tu_cham(user, dong):
        url = reverse("baocao:y_kien_cham", args=[dong.pk])
        found.append(("Gửi ý kiến", url, "message-square-text"))
    return [
        {"label": label, "url": url, "icon": icon, "primary": icon != "undo-2" and not place}
        for place, (label, url, icon) in enumerate(found)
    ]
