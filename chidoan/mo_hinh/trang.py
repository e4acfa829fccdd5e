"""What the front page of an initiative gathers."""

from datetime import date

from django.urls import reverse

from chidoan.models import DeNghiNhanRong, MoHinh, NhatKyMoHinh
from core.periods import KyBaoCao
from core.text.display import ngay
from tochuc.permissions import Quyen

from .mau_cam_ket import gan_voi
from .queries import cam_ket, danh_gia_theo_ky, nhat_ky, tien_do
from .quy_tac import cac_quy
from .tables import muc_danh_gia, tinh_trang

SO_NHAT_KY = 3


def detail_context(mo_hinh: MoHinh, user, day: date) -> dict:
    """Eight queries beside the initiative itself."""
    day = mo_hinh.don_vi.ngay_so_lieu(day)
    quarters = cac_quy(mo_hinh.tu_ngay, mo_hinh.den_ngay, day)
    ky = quarters[0] if quarters else KyBaoCao.quarter_of(day)
    groups = cam_ket(mo_hinh, ky)
    reviews = danh_gia_theo_ky(mo_hinh)
    last = reviews[max(reviews)] if reviews else None
    due = chua_danh_gia(quarters, reviews, day)
    photos = user.may(Quyen.XEM_SINH_HOAT, mo_hinh.noi_lam)
    return {
        "subtitle": _subtitle(mo_hinh),
        "mo_hinh": mo_hinh,
        "gan_voi": gan_voi(group.nhom for group in groups),
        "state": tinh_trang(mo_hinh),
        "thanh_vien": list(mo_hinh.thanh_vien.all()),
        "may_see_people": user.may(Quyen.XEM_DOAN_VIEN, mo_hinh.don_vi),
        "ky": ky,
        "tien_do": tien_do(groups),
        "co_dem": any(group.nhom.is_dem for group in groups),
        "nhat_ky": [dong_nhat_ky(row, opens=photos) for row in nhat_ky(mo_hinh)[:SO_NHAT_KY]],
        "danh_gia": last,
        "muc": muc_danh_gia(last) if last else None,
        "can_danh_gia": due,
        "nhan_rong": MoHinh.objects.visible_to(user)
        .filter(goc=mo_hinh)
        .select_related("don_vi", "diem"),
        "de_nghi": DeNghiNhanRong.objects.visible_to(user)
        .filter(mo_hinh=mo_hinh)
        .select_related("don_vi", "mo_hinh"),
        "mo_goc": mo_hinh.goc and user.may(Quyen.XEM_DON_VI, mo_hinh.goc.don_vi),
        "may_offer": _may_offer(user, mo_hinh),
        "may_report": user.may(Quyen.XEM_BAO_CAO, mo_hinh.noi_lam),
    }


def chua_danh_gia(quarters, reviews, day: date) -> KyBaoCao | None:
    """The last quarter that is over, when nobody has reviewed it."""
    over = next((ky for ky in quarters if ky.end < day), None)
    return over if over and over.code not in reviews else None


def dong_nhat_ky(row: NhatKyMoHinh, *, opens: bool) -> dict:
    """A line of the log as the timeline shows it; its photos `opens` for who may see them."""
    photos = f"{row.so_anh} ảnh" if row.so_anh else ""
    return {
        "title": row.viec,
        "when": ngay(row.ngay),
        "lines": [line for line in (row.nguoi_lam, row.ket_qua) if line],
        "state": "done",
        "icon": "",
        "url": reverse("chidoan:anh_nhat_ky_mo_hinh", args=[row.pk]) if photos and opens else "",
        "url_label": photos,
    }


def _subtitle(mo_hinh: MoHinh) -> str:
    where = f" · điểm: {mo_hinh.diem}" if mo_hinh.diem else ""
    return f"{mo_hinh.don_vi}{where}"


def _may_offer(user, mo_hinh: MoHinh) -> bool:
    """An office above the ward offers it to other wards; the ward itself copies it."""
    return any(
        Quyen.TO_CHUC_BOI_DUONG in role.quyen
        and mo_hinh.don_vi.path.startswith(role.don_vi.path)
        and not role.don_vi.is_co_so
        for role in user.phan_cong_hom_nay
    )
