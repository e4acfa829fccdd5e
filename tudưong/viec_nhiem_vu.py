"""What a branch has to do for the tasks of its members in a cultivation group."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.viec import Viec

from .models import NhiemVu
from .models.to import GAN_HAN


def viec_nhiem_vu(branch: DonVi, day: date) -> Iterator[Viec]:
    """One duty for all tasks of which the branch owes a word; one query."""
    tasks = NhiemVu.objects.filter(thanh_vien__chi_doan=branch).can_ghi_tien_do(day)
    rows = list(tasks.order_by("han", "pk"))
    if not rows:
        return
    first, *others = rows
    late = sum(row.han < day for row in rows)
    soon = f"{len(rows) - late} còn dưới {GAN_HAN.days}{NBSP}ngày" if late < len(rows) else ""
    words = [f"{late} quá hạn" if late else "", soon]
    yield Viec(
        tieu_de=f"Ghi tiến độ {len(rows)} nhiệm vụ tu dưỡng",
        chi_tiet=", ".join(word for word in words if word) if others else first.noi_dung,
        url=f"{reverse('tuduong:nhiem_vu_list')}?tinh_trang=can_ghi"
        if others
        else first.get_absolute_url(),
        icon="target",
        nut="Ghi tiến độ",
        so_phut=2 * len(rows),
        han=first.han,
        muc="warn" if late else "info",
        ngay=day,
    )
