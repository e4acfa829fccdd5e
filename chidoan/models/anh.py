"""Ảnh: photos of a meeting, an activity, a line of an initiative's log, a visit or a contest.

They are made anew on the server without what a camera adds. What any kind of photo has in common
is `AnhVeLai`: parts above keep photos of their own in a model of it.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


def cua_mot_viec(khoa: tuple[str, ...]) -> Q:
    """Exactly one of the keys is set."""
    found = Q()
    for mot in khoa:
        others = {f"{khac}__isnull": True for khac in khoa if khac != mot}
        found |= Q(**{f"{mot}__isnull": False}, **others)
    return found


class AnhVeLaiQuerySet(ScopedQuerySet):
    def khong_tep(self):
        """Without the bytes: what pages list."""
        return self.defer("tep", "tep_nho")

    def cua(self, viec):
        """Those of what they belong to, oldest first."""
        return self.filter(**{viec.anh.field.name: viec})


class AnhVeLai(models.Model):
    """Ảnh vẽ lại (picture drawn anew): what is kept of any photo, whatever it belongs to.

    The bytes stand in the database, so that backup, restore and fail-over never part them from
    what they belong to. The same `client_id` never makes a second photo. A model of these names
    its keys in `KHOA`, of which exactly one is set and is called `anh` the other way, and in
    `TRANG` how the names of its pages begin.
    """

    xoa_ca_dong = True
    KHOA: tuple[str, ...] = ()
    TRANG = ""

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

    class Meta:
        abstract = True
        ordering = ["them_luc", "pk"]

    def __str__(self):
        return self.chu_thich or self.ten_loai

    def get_absolute_url(self):
        return self.trang("xem")

    def trang(self, viec: str) -> str:
        """The address of one of its pages: xem, tep, tep_nho, update, delete."""
        return reverse(f"{self.TRANG}{viec}", args=[self.pk])

    @property
    def url_tep(self) -> str:
        return self.trang("tep")

    @property
    def url_nho(self) -> str:
        return self.trang("tep_nho")

    @property
    def viec(self):
        """What it belongs to."""
        return getattr(self, self.khoa)

    @property
    def khoa(self) -> str:
        """The name of the key that is set."""
        return next(khoa for khoa in self.KHOA if getattr(self, f"{khoa}_id"))

    @property
    def kieu(self) -> dict[str, str]:
        """What parts it from other photos of the same thing."""
        return {}

    @property
    def ten_loai(self) -> str:
        return "Ảnh"

    @property
    def ten_tep(self) -> str:
        return f"anh-{self.pk}.jpg"


class AnhQuerySet(AnhVeLaiQuerySet):
    don_vi_path = "don_vi"
    quyen_xem = Quyen.XEM_SINH_HOAT

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

    def cua_ca_buoi_chung(self, buoi):
        """Those of a meeting, and the photos of the branches that met with it; with their unit."""
        host = buoi.chu_nha_id or buoi.pk
        joint = Q(buoi=host) | Q(buoi__chu_nha=host)
        rows = self.filter(Q(buoi=buoi) | Q(loai=Anh.Loai.ANH) & joint)
        return rows.select_related("don_vi")

    def _rows_of(self, khoa: str):
        return self.model._meta.get_field(khoa).related_model.objects.all()


KHOA = ("buoi", "hoat_dong", "nhat_ky_mo_hinh", "tham_hoi", "hoi_thi")
"""What a photo may belong to."""


class Anh(AnhVeLai):
    """Ảnh (photo) of a meeting, an activity, a line of a log, a visit or a contest, or the
    photographed roll on paper.

    Of somebody who was visited and is erased nothing is kept.
    """

    KHOA = KHOA
    TRANG = "chidoan:anh_"

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

    objects = AnhQuerySet.as_manager()

    class Meta(AnhVeLai.Meta):
        verbose_name = "ảnh"
        verbose_name_plural = "ảnh"
        constraints = [
            models.CheckConstraint(
                condition=cua_mot_viec(KHOA),
                name="chidoan_anh_cua_mot_viec",
            )
        ]

    @property
    def kieu(self) -> dict[str, str]:
        return {"loai": self.loai}

    @property
    def ten_loai(self) -> str:
        return self.get_loai_display()

    @property
    def is_phieu(self) -> bool:
        return self.loai == self.Loai.PHIEU_GIAY
