"""Báo cáo tháng: what a branch adds to the figures of a month that it reports to the ward."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from core.periods import KyBaoCao
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class BaoCaoThangQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_SINH_HOAT


class BaoCaoThang(models.Model):
    """Báo cáo tháng (monthly report) of a branch: its day, and the words beside the figures.

    The figures are counted up to `ngay`, or to the month's end; they are never stored. The
    issued paper hangs on this row.
    """

    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="bao_cao_thang",
    )
    nam = models.PositiveSmallIntegerField("năm")
    thang = models.PositiveSmallIntegerField(
        "tháng", validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    ngay = models.DateField("ngày báo cáo")
    danh_gia = models.TextField("đánh giá, khó khăn", blank=True, max_length=2000)
    phuong_huong = models.TextField("nhiệm vụ khác tháng sau", blank=True, max_length=2000)
    kien_nghi = models.TextField("kiến nghị, đề xuất", blank=True, max_length=2000)
    co_doan_phi = models.BooleanField("có mục đoàn phí", default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ghi_luc = models.DateTimeField("ghi lúc", auto_now=True)

    objects = BaoCaoThangQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo tháng"
        verbose_name_plural = "báo cáo tháng"
        ordering = ["-nam", "-thang", "chi_doan"]
        constraints = [
            models.UniqueConstraint(
                fields=["chi_doan", "nam", "thang"],
                name="chidoan_mot_bao_cao_moi_thang",
                violation_error_message="Tháng này chi đoàn đã có báo cáo.",
            )
        ]

    def __str__(self):
        return f"Báo cáo tháng {self.thang}/{self.nam}"

    def get_absolute_url(self):
        return reverse("chidoan:bao_cao_thang", args=[self.chi_doan_id, self.nam, self.thang])

    @property
    def don_vi(self):
        return self.chi_doan

    @property
    def ky(self) -> KyBaoCao:
        return KyBaoCao(self.nam, thang=self.thang)

    @property
    def den_ngay(self):
        """The last day that its figures count."""
        return min(self.ngay, self.ky.end)
