"""Biểu quyết: the tally of one vote at a meeting; who voted what is never kept."""

from django.db import models
from django.db.models import F, Q

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class BieuQuyetQuerySet(ScopedQuerySet):
    don_vi_path = "buoi__chi_doan"
    quyen_xem = Quyen.XEM_SINH_HOAT


class BieuQuyet(models.Model):
    """Biểu quyết (vote): what was asked, and the tally. Entitled ≥ present ≥ votes given."""

    class HinhThuc(models.TextChoices):
        GIO_TAY = "gio_tay", "Giơ tay"
        PHIEU_KIN = "phieu_kin", "Phiếu kín"

    buoi = models.ForeignKey(
        "chidoan.BuoiSinhHoat", on_delete=models.CASCADE, related_name="bieu_quyet"
    )
    thu_tu = models.PositiveSmallIntegerField("thứ tự", default=1)
    noi_dung = models.CharField("nội dung biểu quyết", max_length=300)
    hinh_thuc = models.CharField(
        "hình thức", max_length=10, choices=HinhThuc, default=HinhThuc.GIO_TAY
    )
    co_quyen = models.PositiveSmallIntegerField("có quyền biểu quyết")
    co_mat = models.PositiveSmallIntegerField("có mặt")
    tan_thanh = models.PositiveSmallIntegerField("tán thành")
    khong_tan_thanh = models.PositiveSmallIntegerField("không tán thành", default=0)
    khong_hop_le = models.PositiveSmallIntegerField("không hợp lệ", default=0)

    objects = BieuQuyetQuerySet.as_manager()

    class Meta:
        verbose_name = "biểu quyết"
        verbose_name_plural = "biểu quyết"
        ordering = ["buoi", "thu_tu", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(co_mat__lte=F("co_quyen")),
                name="chidoan_bieu_quyet_co_mat_trong_co_quyen",
                violation_error_message="Số có mặt không lớn hơn số có quyền biểu quyết.",
            ),
            models.CheckConstraint(
                condition=Q(co_mat__gte=F("tan_thanh") + F("khong_tan_thanh") + F("khong_hop_le")),
                name="chidoan_bieu_quyet_phieu_trong_co_mat",
                violation_error_message="Tổng số phiếu không lớn hơn số có mặt.",
            ),
        ]

    def __str__(self):
        return self.noi_dung
