"""What every decision on a year's results has: its paper, the committee's vote, how it ends."""

from django.conf import settings
from django.db import models


class QuyetDinhNam(models.Model):
    """Quyết định (decision) of a year: never changed, only cancelled with the reason."""

    nam = models.PositiveSmallIntegerField("năm")
    ngay = models.DateField("ngày quyết định")
    so_ky_hieu = models.CharField("số quyết định", max_length=40, blank=True)
    bien_ban_so = models.CharField("số biên bản", max_length=60, blank=True)
    khong_tan_thanh = models.PositiveSmallIntegerField("không tán thành", default=0)
    khong_hop_le = models.PositiveSmallIntegerField("phiếu không hợp lệ", default=0)
    lap_luc = models.DateTimeField(auto_now_add=True)
    lap_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    huy_ngay = models.DateField("ngày hủy", null=True, blank=True)
    huy_ly_do = models.CharField("lý do hủy", max_length=500, blank=True)
    huy_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    def __str__(self):
        return f"Quyết định {self.so_ky_hieu or 'chưa có số'}"

    @property
    def is_huy(self) -> bool:
        return self.huy_ngay is not None
