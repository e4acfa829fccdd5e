"""Nhật ký: append-only audit lines, each sealed with the hash of the one before."""

from django.conf import settings
from django.db import models

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .don_vi import DonVi


class NhatKyQuerySet(ScopedQuerySet):
    """Lines of one's units; those of no unit are the operators'."""

    quyen_xem = Quyen.XEM_NHAT_KY

    def visible_to(self, user):
        own = super().visible_to(user)
        return own | self.filter(don_vi__isnull=True) if user.has_quyen(Quyen.VAN_HANH) else own


class NhatKy(models.Model):
    """Nhật ký (audit line): who did what, when, to which object, from which address."""

    so = models.BigIntegerField("số thứ tự", primary_key=True)
    luc = models.DateTimeField("lúc", db_index=True)
    nguoi = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người làm",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    hanh_dong = models.CharField("hành động", max_length=60, db_index=True)
    doi_tuong_loai = models.CharField("loại đối tượng", max_length=40, blank=True)
    doi_tuong_id = models.BigIntegerField("mã đối tượng", null=True)
    don_vi = models.ForeignKey(
        DonVi, verbose_name="đơn vị", on_delete=models.PROTECT, null=True, related_name="+"
    )
    noi_dung = models.JSONField("nội dung", default=dict)
    dia_chi = models.CharField("địa chỉ mạng", max_length=45, blank=True)
    hash_truoc = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = NhatKyQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-so"]
        indexes = [models.Index(fields=["doi_tuong_loai", "doi_tuong_id"])]

    def __str__(self):
        return f"{self.so}: {self.hanh_dong}"


class ChuoiNhatKy(models.Model):
    """Chuỗi nhật ký (head of the chain): one row, locked while a line is appended."""

    so_cuoi = models.BigIntegerField(default=0)
    hash_cuoi = models.CharField(max_length=64, default="")

    class Meta:
        verbose_name = "đầu chuỗi nhật ký"

    def __str__(self):
        return f"{self.so_cuoi}"
