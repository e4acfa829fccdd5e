"""Phiên bản của buổi sinh hoạt: what a finished meeting said before it was amended."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef

from doanvien.models import GopDoanVien
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class PhienBanBuoiQuerySet(ScopedQuerySet):
    don_vi_path = "buoi__chi_doan"
    quyen_xem = Quyen.XEM_SINH_HOAT

    def with_co_gop(self):
        """Annotate `co_gop`: whether any two records of people were made one since."""
        merges = GopDoanVien.objects.con_hieu_luc().filter(luc__gt=OuterRef("thay_luc"))
        return self.annotate(co_gop=Exists(merges))


class PhienBanBuoi(models.Model):
    """Phiên bản (version of a meeting): the words that an amendment replaced, and why.

    `noi_dung` holds plain values as `noi_dung.dump` writes them; people stand in it by key alone.
    """

    buoi = models.ForeignKey(
        "chidoan.BuoiSinhHoat", on_delete=models.PROTECT, related_name="phien_ban"
    )
    so = models.PositiveIntegerField("phiên bản")
    noi_dung = models.JSONField("nội dung trước khi sửa")
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ghi_luc = models.DateTimeField("ghi lúc")
    ly_do = models.CharField("lý do sửa", max_length=300)
    thay_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    thay_luc = models.DateTimeField("sửa lúc", auto_now_add=True)

    objects = PhienBanBuoiQuerySet.as_manager()

    class Meta:
        verbose_name = "phiên bản buổi sinh hoạt"
        verbose_name_plural = "phiên bản buổi sinh hoạt"
        ordering = ["buoi", "-so"]
        constraints = [
            models.UniqueConstraint(fields=["buoi", "so"], name="chidoan_mot_phien_ban_moi_so")
        ]

    def __str__(self):
        return f"Bản {self.so} của {self.buoi}"
