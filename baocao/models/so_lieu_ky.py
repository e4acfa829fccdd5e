"""Figures that were counted for every unit of a period, kept so that many can be read at once."""

from django.db import models
from django.db.models import Q

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class DemSoLieuQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_BAO_CAO


class DemSoLieu(models.Model):
    """Lần đếm số liệu (count): a unit and a period, counted up to the day `den`, at `luc`.

    Figures are those of the books at `luc`: what is entered, corrected or reorganised later is in
    none of them until they are counted again. Without a row here nothing was counted; with it, an
    indicator that has no `SoLieuKy` is zero. `khi_do`: on the map of `den`, else on the tree of
    the day of counting.
    """

    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.CASCADE, related_name="dem_so_lieu"
    )
    ky = models.CharField("kỳ", max_length=7)
    den_ngay = models.DateField("hết ngày của kỳ")
    khi_do = models.BooleanField("theo cây đơn vị của ngày ấy", default=False)
    den = models.DateField("đếm đến ngày")
    luc = models.DateTimeField("đếm lúc")

    objects = DemSoLieuQuerySet.as_manager()

    class Meta:
        verbose_name = "lần đếm số liệu"
        verbose_name_plural = "lần đếm số liệu"
        ordering = ["don_vi", "ky"]
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi", "ky", "khi_do"], name="baocao_mot_lan_dem_mot_ky"
            )
        ]

    def __str__(self):
        return f"Số liệu {self.ky}"


class SoLieuKyQuerySet(ScopedQuerySet):
    don_vi_path = "dem__don_vi"
    quyen_xem = Quyen.XEM_BAO_CAO


class SoLieuKy(models.Model):
    """Số liệu kỳ (fact): one indicator of a unit in a period, with all below it, if not zero.

    `tu_rieng` and `mau_rieng` are the rows that belong to the unit itself.
    """

    dem = models.ForeignKey(
        DemSoLieu,
        on_delete=models.CASCADE,
        db_constraint=False,  # written by one statement together with its count
        db_index=False,  # the unique key begins with it
        related_name="so_lieu",
    )
    ma = models.CharField("chỉ tiêu", max_length=40)
    tu = models.BigIntegerField("số, tử số", default=0)
    mau = models.BigIntegerField("mẫu số", default=0)
    tu_rieng = models.BigIntegerField("của riêng đơn vị", default=0)
    mau_rieng = models.BigIntegerField("mẫu số của riêng đơn vị", default=0)

    objects = SoLieuKyQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu kỳ"
        verbose_name_plural = "số liệu kỳ"
        ordering = ["dem", "ma"]
        constraints = [
            models.UniqueConstraint(fields=["dem", "ma"], name="baocao_mot_so_lieu_ky"),
            models.CheckConstraint(
                condition=~Q(tu=0) | ~Q(mau=0), name="baocao_so_lieu_ky_khac_khong"
            ),
        ]

    def __str__(self):
        return f"{self.ma}: {self.tu}"
