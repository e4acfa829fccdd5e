"""Comments of the office above on single cells of a report, and what the unit answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class GopYQuerySet(ScopedQuerySet):
    don_vi_path = "bao_cao__don_vi"
    quyen_xem = Quyen.XEM_BAO_CAO

    def chua_tra_loi(self):
        return self.filter(tra_loi="")

    def cua_o(self, bao_cao, phan: str, o: str):
        """The thread of one cell, oldest first."""
        found = self.filter(bao_cao=bao_cao, phan=phan, o=o)
        return found.select_related("by", "tra_loi_boi")


class GopY(models.Model):
    """Góp ý (comment on one cell of a report): a figure or a section.

    It is settled by the unit's answer, or by another value in the cell than it spoke about
    (`khi_do`). Several of one cell are its thread, in the order of time.
    """

    class Phan(models.TextChoices):
        SO_LIEU = "so_lieu", "Số liệu"
        PHAN_LOI = "phan_loi", "Phần lời"

    bao_cao = models.ForeignKey("baocao.BaoCao", on_delete=models.CASCADE, related_name="gop_y")
    phan = models.CharField("phần", max_length=10, choices=Phan)
    o = models.CharField("ô", max_length=40)
    noi_dung = models.CharField("góp ý", max_length=1000)
    khi_do = models.TextField("nội dung ô khi góp ý", blank=True)
    luc = models.DateTimeField("lúc", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tra_loi = models.CharField("trả lời", max_length=1000, blank=True)
    tra_loi_luc = models.DateTimeField("trả lời lúc", null=True, blank=True)
    tra_loi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = GopYQuerySet.as_manager()

    class Meta:
        verbose_name = "góp ý báo cáo"
        ordering = ["luc", "pk"]
        indexes = [models.Index(fields=["bao_cao", "phan", "o"], name="baocao_gop_y_o")]
        constraints = [
            models.CheckConstraint(
                condition=Q(tra_loi="", tra_loi_luc__isnull=True)
                | (~Q(tra_loi="") & Q(tra_loi_luc__isnull=False)),
                name="baocao_gop_y_tra_loi_co_luc",
            )
        ]

    def __str__(self):
        return self.noi_dung
