"""The profile of a cadre: offices, ratings, allowance, what else is on record."""

from django.template.response import TemplateResponse
from django.urls import reverse

from chidoan.can_bo import trang
from chidoan.can_bo.bo_sung import cac_phan
from chidoan.can_bo.queries import cac_nhiem_ky, viec_khac
from core.periods import today
from doanvien.models import DoanVien
from doanvien.rieng_tu import xem
from tochuc.permissions import Quyen, get_visible_or_404, require_quyen


@require_quyen(Quyen.XEM_CAN_BO)
def can_bo_detail(request, pk):
    user, day = request.user, today()
    people = DoanVien.objects.co_chi_doan().prefetch_related("nguon")
    doan_vien = get_visible_or_404(people, user, quyen=Quyen.XEM_CAN_BO, pk=pk)
    terms = cac_nhiem_ky(doan_vien, day)
    doan_vien.da_giu_chuc_vu = bool(terms)
    held = trang.dang_giu(terms, day)
    is_readable = xem.duoc_xem(request, doan_vien)
    is_contact = xem.sees_contact(request, doan_vien)
    list_url = reverse("chidoan:can_bo_list")
    context = {
        "title": doan_vien.ho_ten,
        "subtitle": _subtitle(doan_vien, held),
        "crumbs": [("Cán bộ", list_url), (doan_vien.ho_ten, "")],
        "back": list_url,
        "doan_vien": doan_vien,
        "is_di_xa": doan_vien.is_di_lam_xa(day),
        "nhiem_ky": trang.nhiem_ky(terms, day, user),
        "xep_loai": trang.xep_loai(list(doan_vien.xep_loai_can_bo.all())),
        "phu_cap": list(doan_vien.phu_cap.select_related("don_vi")),
        "viec_khac": trang.viec_khac(viec_khac(doan_vien, user)),
        "bo_sung": cac_phan(doan_vien, day),
        "facts": trang.facts(
            doan_vien,
            phu_trach=next((row.ten_phu_trach for row in held if row.ten_phu_trach), ""),
            is_readable=is_readable,
            phone=doan_vien.dien_thoai if is_contact else "",
        ),
        "is_readable": is_readable,
        "may_reveal": xem.may_reveal(user, doan_vien),
        "may_write": user.may(Quyen.QUAN_LY_CAN_BO, doan_vien.chi_doan),
        "phone": doan_vien.dien_thoai if is_contact else "",
    }
    return TemplateResponse(request, "chidoan/can_bo/detail.html", context)


def _subtitle(doan_vien, held) -> str:
    """The offices, the secretary's first, each branch named once."""
    titles: dict[str, list[str]] = {}
    for row in sorted(held, key=lambda row: not row.is_bi_thu):
        titles.setdefault(str(row.don_vi), []).append(row.ten_chuc)
    offices = ", ".join(f"{', '.join(words)} {unit}" for unit, words in titles.items())
    return offices or f"{doan_vien.chi_doan}, hiện không giữ chức vụ"
