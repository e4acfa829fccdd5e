"""Chỉ tiêu năm: what a unit was asked to reach in a year, for one indicator."""

from django.db import models

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class ChiTieuNamQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_BAO_CAO

    def theo_ma(self, don_vi, nam: int) -> dict:
        """What one unit was asked to reach in a year, by indicator. One query."""
        return dict(self.filter(don_vi=don_vi, nam=nam).values_list("ma", "gia_tri"))


class ChiTieuNam(models.Model):
    """Chỉ tiêu năm (yearly target): one figure per unit, indicator and year."""

    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="chi_tieu_nam"
    )
    ma = models.CharField("chỉ tiêu", max_length=40)
    nam = models.PositiveSmallIntegerField("năm")
    gia_tri = models.DecimalField("chỉ tiêu năm", max_digits=14, decimal_places=1)

    objects = ChiTieuNamQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu năm"
        ordering = ["don_vi", "-nam", "ma"]
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi", "ma", "nam"],
                name="baocao_mot_chi_tieu_mot_nam",
                violation_error_message="Đơn vị đã có chỉ tiêu này của năm.",
            )
        ]

    def __str__(self):
        return f"{self.ma} năm {self.nam}: {self.gia_tri}"
