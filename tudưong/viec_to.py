"""What a branch has to do for its members in a cultivation group: one query for everything."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse

from core.text.display import NBSP
from tochuc.models import DonVi
from tochuc.viec import Viec

from .models import DanhGia, KyDanhGia, NhiemVu, ThanhVienTo
from .models.to import GAN_HAN


def viec_trong_to(branch: DonVi, day: date) -> Iterator[Viec]:
    """A word on tasks, a comment in an open session, a case for who was found ready."""
    places = list(_places(branch, day))
    yield from _tasks([row for row in places if row.so_viec], day)
    for row in places:
        if row.cho_y_kien:
            yield Viec(
                tieu_de=f"Ghi ý kiến về {row} trong tổ tu dưỡng",
                url=reverse("tuduong:danh_gia_y_kien", args=[row.cho_y_kien]),
                icon="message-square-text",
                nut="Ghi ý kiến",
                so_phut=1,
                muc="info",
                han=row.ngay_hop,
                ngay=day,
            )
        if row.la_cho_gioi_thieu:
            yield Viec(
                tieu_de=f"Mở hồ sơ giới thiệu {row}",
                chi_tiet="tổ tu dưỡng kết luận đủ điều kiện",
                url=f"{reverse('tuduong:ho_so_open')}?doan_vien={row.doan_vien_id}",
                icon="folder-check",
                nut="Mở hồ sơ",
                so_phut=5,
                muc="info",
                ngay=day,
            )


def _places(branch: DonVi, day: date):
    """The branch's members in a group: tasks that want a word, the review without its comment."""
    tasks = NhiemVu.objects.filter(thanh_vien=OuterRef("pk")).can_ghi_tien_do(day)
    tasks = tasks.order_by("han", "pk")
    counted = tasks.order_by().values("thanh_vien")
    counted = counted.annotate(so=Count("pk"), qua_han=Count("pk", filter=Q(han__lt=day)))
    review = DanhGia.objects.filter(
        thanh_vien=OuterRef("pk"), ky__trang_thai=KyDanhGia.TrangThai.MO, y_kien_bch=""
    ).order_by("ky")
    rows = ThanhVienTo.objects.tai_ngay(day).filter(chi_doan=branch).select_related("doan_vien")
    return rows.with_cho_gioi_thieu().annotate(
        so_viec=Subquery(counted.values("so")),
        so_qua_han=Subquery(counted.values("qua_han")),
        viec_dau=Subquery(tasks.values("pk")[:1]),
        ten_viec_dau=Subquery(tasks.values("noi_dung")[:1]),
        han_dau=Subquery(tasks.values("han")[:1]),
        cho_y_kien=Subquery(review.values("pk")[:1]),
        ngay_hop=Subquery(review.values("ky__ngay")[:1]),
    )


def _tasks(places: list[ThanhVienTo], day: date) -> Iterator[Viec]:
    """One duty for all tasks of which the branch owes a word."""
    if not places:
        return
    so = sum(row.so_viec for row in places)
    late = sum(row.so_qua_han for row in places)
    first = min(places, key=lambda row: row.han_dau)
    soon = f"{so - late} còn dưới {GAN_HAN.days}{NBSP}ngày" if late < so else ""
    words = ", ".join(word for word in (f"{late} quá hạn" if late else "", soon) if word)
    one = reverse("tuduong:nhiem_vu_detail", args=[first.viec_dau])
    yield Viec(
        tieu_de=f"Ghi tiến độ {so} nhiệm vụ tu dưỡng",
        chi_tiet=first.ten_viec_dau if so == 1 else words,
        url=one if so == 1 else f"{reverse('tuduong:nhiem_vu_list')}?tinh_trang=can_ghi",
        icon="target",
        nut="Ghi tiến độ",
        so_phut=2 * so,
        han=first.han_dau,
        muc="warn" if late else "info",
        ngay=day,
    )
