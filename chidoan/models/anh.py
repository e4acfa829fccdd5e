"""Ảnh: photos of a meeting, an activity, a line of an initiative's log, a visit or a contest.

They are made anew on the server without what a camera adds.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

KHOA = {
    "buoisinhhoat": "buoi",
    "hoatdong": "hoat_dong",
    "nhatkymohinh": "nhat_ky_mo_hinh",
    "thamhoi": "tham_hoi",
    "hoithi": "hoi_thi",
}
"""What photos belong to, by model: the key by which a photo knows it."""


def ten_khoa(viec) -> str:
    return KHOA[viec._meta.model_name]


def _cua_mot_viec() -> Q:
    """Exactly one of the keys is set."""
    found = Q()
    for khoa in KHOA.values():
        others = {f"{khac}__isnull": True for khac in KHOA.values() if khac != khoa}
        found |= Q(**{f"{khoa}__isnull": False}, **others)
    return found


class AnhQuerySet(ScopedQuerySet):
    don_vi_path = "don_vi"
    quyen_xem = Quyen.XEM_SINH_HOAT

    def khong_tep(self):
        """Without the bytes: what pages list."""
        return self.defer("tep", "tep_nho")

    def visible_to(self, user):
        """Photos of one's units, and those of a joint meeting in which one of them took part; a
        roll on paper is its own unit's alone. Of a visit they are as private as what it was
        about, of a contest they are seen by whom the contest is seen."""
        own = self.permitted_to(user, self.quyen_xem)
        own = own.filter(tham_hoi__isnull=True, hoi_thi__isnull=True)
        visits = self._rows_of("tham_hoi").permitted_to(user, Quyen.SUA_DOAN_VIEN)
        contests = self._rows_of("hoi_thi").visible_to(user)
        seen = (
            self._rows_of("buoi")
            .visible_to(user)
            .filter(Q(pk=OuterRef("goc")) | Q(chu_nha=OuterRef("goc")))
        )
        joint = Q(loai=Anh.Loai.ANH) & Exists(seen)
        return self.alias(goc=Coalesce("buoi__chu_nha", "buoi")).filter(
            Q(pk__in=own.values("pk"))
            | joint
            | Q(tham_hoi__in=visits.order_by().values("pk"))
            | Q(hoi_thi__in=contests.order_by().values("pk"))
        )

    def cua(self, viec):
        """Those of what they belong to, oldest first."""
        return self.filter(**{ten_khoa(viec): viec})

    def cua_ca_buoi_chung(self, buoi):
        """Those of a meeting, and the photos of the branches that met with it; with their unit."""
        host = buoi.chu_nha_id or buoi.pk
        joint = Q(buoi=host) | Q(buoi__chu_nha=host)
        rows = self.filter(Q(buoi=buoi) | Q(loai=Anh.Loai.ANH) & joint)
        return rows.select_related("don_vi")

    def _rows_of(self, khoa: str):
        return self.model._meta.get_field(khoa).related_model.objects.all()


class Anh(models.Model):
    """Ảnh (photo) of a meeting, an activity, a line of a log, a visit or a contest, or the
    photographed roll on paper.

    The bytes stand in the database, so that backup, restore and fail-over never part them from
    their meeting. The same `client_id` never makes a second photo. Of somebody who was visited
    and is erased nothing is kept.
    """

    xoa_ca_dong = True

    class Loai(models.TextChoices):
        ANH = "anh", "Ảnh"
        PHIEU_GIAY = "phieu_giay", "Phiếu điểm danh giấy"

    don_vi = models.ForeignKey("tochuc.DonVi", on_delete=models.PROTECT, related_name="anh")
    buoi = models.ForeignKey(
        "chidoan.BuoiSinhHoat", on_delete=models.CASCADE, null=True, blank=True, related_name="anh"
    )
    hoat_dong = models.ForeignKey(
        "chidoan.HoatDong", on_delete=models.CASCADE, null=True, blank=True, related_name="anh"
    )
    nhat_ky_mo_hinh = models.ForeignKey(
        "chidoan.NhatKyMoHinh", on_delete=models.CASCADE, null=True, blank=True, related_name="anh"
    )
    tham_hoi = models.ForeignKey(
        "chidoan.ThamHoi", on_delete=models.CASCADE, null=True, blank=True, related_name="anh"
    )
    hoi_thi = models.ForeignKey(
        "chidoan.HoiThi", on_delete=models.CASCADE, null=True, blank=True, related_name="anh"
    )
    loai = models.CharField("loại", max_length=10, choices=Loai, default=Loai.ANH)
    chu_thich = models.CharField("chú thích", max_length=200, blank=True)
    rong = models.PositiveSmallIntegerField("rộng (điểm ảnh)")
    cao = models.PositiveSmallIntegerField("cao (điểm ảnh)")
    so_byte = models.PositiveIntegerField("dung lượng (byte)")
    tep = models.BinaryField("tệp ảnh")
    tep_nho = models.BinaryField("tệp ảnh nhỏ")
    client_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    them_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    them_luc = models.DateTimeField("thêm lúc", auto_now_add=True)

    objects = AnhQuerySet.as_manager()

    class Meta:
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"
        ordering = ["them_luc", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=_cua_mot_viec(),
                name="chidoan_anh_cua_mot_viec",
            )
        ]

    def __str__(self):
        return self.chu_thich or self.get_loai_display()

    def get_absolute_url(self):
        return reverse("chidoan:anh_xem", args=[self.pk])

    @property
    def viec(self):
        """What it belongs to."""
        return next(getattr(self, khoa) for khoa in KHOA.values() if getattr(self, f"{khoa}_id"))

    @property
    def ten_tep(self) -> str:
        return f"anh-{self.pk}.jpg"

    @property
    def is_phieu(self) -> bool:
        return self.loai == self.Loai.PHIEU_GIAY
