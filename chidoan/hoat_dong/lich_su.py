"""The history of an activity, from its audit lines."""

from django.db.models import F

from chidoan.models import HoatDong
from tochuc.models import NhatKy

from .services import TRUONG

VIEC = {
    "hoat_dong.create": "Ghi hoạt động",
    "hoat_dong.update": "Sửa",
    "hoat_dong.finish": "Báo xong",
    "hoat_dong.drop": "Thôi làm",
}


def lich_su(hoat_dong: HoatDong) -> list[dict]:
    """Who wrote and changed it, newest first, as entries of a timeline. One query."""
    lines = (
        NhatKy.objects.filter(doi_tuong_loai=hoat_dong._meta.label_lower)
        .filter(doi_tuong_id=hoat_dong.pk, hanh_dong__in=VIEC)
        .annotate(ten=F("nguoi__ho_ten"))
        .order_by("-so")
    )
    return [
        {
            "title": VIEC[line.hanh_dong],
            "lines": _changes(line.noi_dung),
            "when": line.luc,
            "who": line.ten or "Lập sổ",
        }
        for line in lines
    ]


def _changes(noi_dung: dict) -> list[str]:
    labels = {name: str(HoatDong._meta.get_field(name).verbose_name) for name in TRUONG}
    labels["tham_gia"] = "người tham gia"
    names = [labels[name] for name in noi_dung.get("truong", []) if name in labels]
    said = [f"Đổi {', '.join(names)}"] if names else []
    return [*said, "Phường nhập thay"] if noi_dung.get("nhap_thay") else said
