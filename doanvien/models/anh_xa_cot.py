"""Ánh xạ cột: how a ward's own lists write the columns that the register keeps."""

from django.conf import settings
from django.db import models

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class AnhXaCotQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.NHAP_DOAN_VIEN


class AnhXaCot(models.Model):
    """Ánh xạ cột (column mapping): for one header of a ward's lists, which column is which field.

    `van_tay` is a hash of the header's words in their order; `cot` maps a field to its column,
    counted from 0, and holds no cell of a list.
    """

    don_vi = models.ForeignKey("tochuc.DonVi", on_delete=models.PROTECT, related_name="+")
    van_tay = models.CharField("vân tay của dòng tiêu đề", max_length=64)
    cot = models.JSONField("cột của từng mục", default=dict)
    luc = models.DateTimeField(auto_now=True)
    boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = AnhXaCotQuerySet.as_manager()

    class Meta:
        verbose_name = "ánh xạ cột"
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi", "van_tay"], name="doanvien_mot_tieu_de_mot_anh_xa"
            )
        ]

    def __str__(self):
        return f"{len(self.cot)} cột đã nhận"
