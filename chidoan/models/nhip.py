"""Nhịp sinh hoạt: how often a branch has to meet, from when to when, and on what paper."""

from django.db import models
from django.db.models import F, Q

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, in_force


class NhipSinhHoatQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DON_VI

    def tai_ngay(self, day):
        return self.filter(in_force(day))


class NhipSinhHoat(models.Model):
    """Nhịp sinh hoạt (cadence of meetings): a dated property of a branch.

    A branch without a row for a day meets monthly. Source: 33-HD/TWĐTN-BTC 2019: at least once
    a month; once in three months for a branch whose members are scattered or away, confirmed by
    the level above. `MIEN` frees whole months, with a reason: a merge, a flood.
    """

    class Kieu(models.TextChoices):
        HANG_THANG = "hang_thang", "Mỗi tháng một buổi"
        BA_THANG = "ba_thang", "Ba tháng một buổi"
        MIEN = "mien", "Tạm không phải họp"

    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="nhip_sinh_hoat",
    )
    kieu = models.CharField("nhịp", max_length=10, choices=Kieu)
    tu_ngay = models.DateField("từ ngày")
    den_ngay = models.DateField("đến hết ngày", null=True, blank=True)
    can_cu = models.CharField("căn cứ", max_length=200, blank=True)

    objects = NhipSinhHoatQuerySet.as_manager()

    class Meta:
        verbose_name = "nhịp sinh hoạt"
        verbose_name_plural = "nhịp sinh hoạt"
        ordering = ["chi_doan", "tu_ngay", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chi_doan"],
                condition=Q(den_ngay__isnull=True),
                name="chidoan_mot_nhip_dang_dung",
                violation_error_message="Chi đoàn đang có một nhịp sinh hoạt chưa kết thúc.",
            ),
            models.CheckConstraint(
                condition=Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("tu_ngay")),
                name="chidoan_nhip_ket_thuc_sau_bat_dau",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(kieu="hang_thang") | ~Q(can_cu=""),
                name="chidoan_nhip_thua_can_can_cu",
                violation_error_message="Ghi căn cứ: văn bản của Đoàn cấp trên xác nhận.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kieu_display()} từ ngày {self.tu_ngay:%d/%m/%Y}"
