"""Công việc nền: work that takes longer than one may wait for, with how far it has come."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

GIU_TEP = timedelta(hours=24)
"""How long a file that was made waits to be fetched."""
IM_LANG = timedelta(minutes=10)
"""Work that says nothing for so long was broken off: its process is gone."""


class CongViecQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.VAO_HE_THONG

    def visible_to(self, user):
        """Everybody sees the work that he began himself, and no other."""
        return self.filter(nguoi=user)

    def permitted_to(self, user, quyen):
        return super().permitted_to(user, quyen).filter(nguoi=user)

    def chua_xong(self):
        alive = Q(nhip__gte=timezone.now() - IM_LANG)
        return self.filter(alive, trang_thai__in=CongViec.CHUA_XONG)

    def het_han(self):
        """Finished, or broken off, so long ago that its files go."""
        kept = ~Q(tep="") | Q(trang_thai__in=CongViec.CHUA_XONG)
        return self.filter(kept, nhip__lt=timezone.now() - GIU_TEP)

    def bo_do(self):
        """Begun or waiting, and silent for too long."""
        silent = Q(nhip__lt=timezone.now() - IM_LANG)
        return self.filter(silent, trang_thai__in=CongViec.CHUA_XONG)


class CongViec(models.Model):
    """Công việc nền (background job): what was asked, by whom, and what became of it.

    `viec` is the dotted name of the registered function, `tham_so` its arguments: numbers of
    rows and choices, never personal data. `nhip` is the last sign of life.
    """

    class TrangThai(models.TextChoices):
        CHO = "cho", "Đang chờ"
        DANG_CHAY = "dang_chay", "Đang làm"
        XONG = "xong", "Đã xong"
        HONG = "hong", "Không xong"

    CHUA_XONG = (TrangThai.CHO, TrangThai.DANG_CHAY)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    don_vi = models.ForeignKey("tochuc.DonVi", on_delete=models.PROTECT, related_name="+")
    nguoi = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ten = models.CharField("tên việc", max_length=120)
    viec = models.CharField(max_length=120, editable=False)
    tham_so = models.JSONField(default=dict, editable=False)
    trang_thai = models.CharField(
        "trạng thái", max_length=10, choices=TrangThai, default=TrangThai.CHO
    )
    so_xong = models.PositiveIntegerField("đã làm", default=0)
    tong = models.PositiveIntegerField("phải làm", default=0)
    thong_bao = models.CharField("kết quả", max_length=300, blank=True)
    dia_chi = models.CharField("trang kết quả", max_length=200, blank=True)
    tep = models.CharField("tệp", max_length=120, blank=True, editable=False)
    tao_luc = models.DateTimeField(auto_now_add=True)
    nhip = models.DateTimeField("dấu hiệu gần nhất", default=timezone.now, editable=False)

    objects = CongViecQuerySet.as_manager()

    class Meta:
        verbose_name = "công việc nền"
        ordering = ["-tao_luc"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tong=0) | Q(so_xong__lte=models.F("tong")),
                name="tochuc_cong_viec_khong_qua_tong",
                violation_error_message="Số đã làm không quá số phải làm.",
            )
        ]

    def __str__(self):
        return self.ten

    def get_absolute_url(self):
        return reverse("tochuc:cong_viec_detail", args=[self.pk])

    @property
    def is_dang_lam(self) -> bool:
        return self.trang_thai in self.CHUA_XONG and not self.is_bo_do

    @property
    def is_bo_do(self) -> bool:
        """Begun or waiting, and silent for too long."""
        silent = self.nhip < timezone.now() - IM_LANG
        return self.trang_thai in self.CHUA_XONG and silent

    @property
    def is_xong(self) -> bool:
        return self.trang_thai == self.TrangThai.XONG
