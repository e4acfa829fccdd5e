"""Thu – chi: the cash book of a branch, besides what dues bring and take."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class ThuChiQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_DOAN_PHI

    def con_tinh(self):
        return self.filter(huy_luc__isnull=True)


class ThuChi(models.Model):
    """Thu – chi (entry of the cash book): money in or out, kept even when it was struck out."""

    class Loai(models.TextChoices):
        THU = "thu", "Thu"
        CHI = "chi", "Chi"

    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="thu_chi"
    )
    ngay = models.DateField("ngày")
    loai = models.CharField("thu hay chi", max_length=3, choices=Loai)
    noi_dung = models.CharField("nội dung", max_length=200)
    so_tien = models.PositiveIntegerField("số tiền")
    chung_tu = models.CharField("chứng từ", max_length=60, blank=True)
    ghi_luc = models.DateTimeField("ghi lúc", auto_now_add=True)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    huy_luc = models.DateTimeField("gạch bỏ lúc", null=True, blank=True)
    ly_do_huy = models.CharField("lý do gạch bỏ", max_length=200, blank=True)

    objects = ThuChiQuerySet.as_manager()

    class Meta:
        verbose_name = "thu chi"
        verbose_name_plural = "thu chi"
        ordering = ["ngay", "pk"]
        indexes = [models.Index(fields=["don_vi", "ngay"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(so_tien__gt=0),
                name="doanvien_thu_chi_co_tien",
                violation_error_message="Số tiền phải lớn hơn 0.",
            ),
            models.CheckConstraint(
                condition=Q(huy_luc__isnull=True, ly_do_huy="")
                | (Q(huy_luc__isnull=False) & ~Q(ly_do_huy="")),
                name="doanvien_thu_chi_gach_co_ly_do",
                violation_error_message="Ghi lý do gạch bỏ.",
            ),
        ]

    def __str__(self):
        return f"{self.get_loai_display()} ngày {self.ngay:%d/%m/%Y}"
