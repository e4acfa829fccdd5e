"""Nguồn cán bộ: among which groups of young people a branch finds its next cadres."""

from django.db import models

from doanvien.danh_muc import NGUON_CAN_BO
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class NguonCanBoQuerySet(ScopedQuerySet):
    don_vi_path = "doan_vien__chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN


class NguonCanBo(models.Model):
    """Nguồn cán bộ (talent source): a group that a member belongs to; there may be several."""

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.CASCADE, related_name="nguon"
    )
    ma = models.CharField("nguồn", max_length=16, choices=list(NGUON_CAN_BO.items()))

    objects = NguonCanBoQuerySet.as_manager()

    class Meta:
        verbose_name = "nguồn cán bộ"
        verbose_name_plural = "nguồn cán bộ"
        ordering = ["pk"]
        indexes = [models.Index(fields=["ma"])]
        constraints = [
            models.UniqueConstraint(
                fields=["doan_vien", "ma"],
                name="doanvien_mot_nguon_mot_lan",
                violation_error_message="Nguồn cán bộ này đã ghi.",
            )
        ]

    def __str__(self):
        return self.get_ma_display()
