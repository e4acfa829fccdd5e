"""Mẫu sinh hoạt: the agenda a meeting of a kind opens with."""

from django.db import models

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .sinh_hoat import BuoiSinhHoat


class MauSinhHoatQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_SINH_HOAT


class MauSinhHoat(models.Model):
    """Mẫu sinh hoạt (agenda template): set by the ward for a kind, overridden by a branch.

    One item a line; `{thang}` and `{thang_truoc}` stand for the meeting's month and the one
    before.
    """

    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị",
        on_delete=models.PROTECT,
        related_name="mau_sinh_hoat",
    )
    loai = models.CharField("loại buổi", max_length=14, choices=BuoiSinhHoat.Loai)
    muc_san = models.TextField("nội dung ghi sẵn", blank=True, max_length=2000)
    muc_goi_y = models.TextField("nội dung gợi ý", blank=True, max_length=2000)

    objects = MauSinhHoatQuerySet.as_manager()

    class Meta:
        verbose_name = "mẫu sinh hoạt"
        verbose_name_plural = "mẫu sinh hoạt"
        ordering = ["don_vi", "loai"]
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi", "loai"],
                name="chidoan_mot_mau_moi_loai",
                violation_error_message="Loại buổi này đã có mẫu.",
            )
        ]

    def __str__(self):
        return f"Mẫu {self.get_loai_display().lower()}"
