"""Nghị quyết: what a meeting resolved, who does it and until when."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from core.periods import KyBaoCao
from core.text import clean, fold
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class NghiQuyetQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_SINH_HOAT

    def chua_xong(self):
        return self.filter(trang_thai=NghiQuyet.TrangThai.DANG_LAM)

    def qua_han(self, day):
        return self.chua_xong().filter(han__lt=day)

    def with_tien_do(self):
        """Annotate `tien_do_cuoi` and `tien_do_ngay`: the last progress that was reported."""
        last = TienDoNghiQuyet.objects.filter(nghi_quyet=OuterRef("pk")).order_by("-ngay", "-pk")
        return self.annotate(
            tien_do_cuoi=Subquery(last.values("noi_dung")[:1]),
            tien_do_ngay=Subquery(last.values("ngay")[:1]),
        )

    def cua_buoi(self, buoi):
        """Those a meeting made and those of earlier ones that it ended."""
        return self.filter(Q(buoi=buoi) | Q(ket_thuc_tai=buoi))

    def dang_lam_truoc(self, buoi):
        """Of earlier meetings, and still going on when that meeting was over."""
        later = Q(ket_thuc_ngay__isnull=True) | Q(ket_thuc_ngay__gt=buoi.ngay)
        earlier = self.filter(later, chi_doan=buoi.chi_doan_id, buoi__ngay__lt=buoi.ngay)
        return earlier.exclude(buoi=buoi).exclude(ket_thuc_tai=buoi)

    def trong_ky(self, ky: KyBaoCao):
        """Resolved by a meeting of the period."""
        return self.filter(buoi__ngay__range=(ky.start, ky.end))


class NghiQuyet(models.Model):
    """Nghị quyết (resolution of a meeting): comes back in each next meeting until done."""

    class TrangThai(models.TextChoices):
        DANG_LAM = "dang_lam", "Đang làm"
        XONG = "xong", "Xong"
        THOI = "thoi", "Thôi làm"

    chi_doan = models.ForeignKey(
        "tochuc.DonVi", on_delete=models.PROTECT, related_name="nghi_quyet"
    )
    buoi = models.ForeignKey(
        "chidoan.BuoiSinhHoat", on_delete=models.PROTECT, related_name="nghi_quyet"
    )
    noi_dung = models.CharField("việc", max_length=300)
    khoa_tim = models.CharField(max_length=300, editable=False, blank=True)
    phu_trach = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="người phụ trách",
        on_delete=models.PROTECT,
        related_name="nghi_quyet",
    )
    han = models.DateField("hạn")
    trang_thai = models.CharField(
        "tình trạng", max_length=10, choices=TrangThai, default=TrangThai.DANG_LAM
    )
    ket_qua = models.CharField("kết quả", max_length=300, blank=True)
    ket_thuc_ngay = models.DateField("ngày kết thúc", null=True, blank=True)
    ket_thuc_tai = models.ForeignKey(
        "chidoan.BuoiSinhHoat",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nghi_quyet_ket_thuc",
    )

    objects = NghiQuyetQuerySet.as_manager()

    class Meta:
        verbose_name = "nghị quyết"
        verbose_name_plural = "nghị quyết"
        ordering = ["han", "pk"]
        indexes = [models.Index(fields=["chi_doan", "trang_thai", "han"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(trang_thai="dang_lam", ket_thuc_ngay__isnull=True)
                | (~Q(trang_thai="dang_lam") & Q(ket_thuc_ngay__isnull=False) & ~Q(ket_qua="")),
                name="chidoan_nghi_quyet_xong_co_ket_qua",
                violation_error_message="Ghi một câu kết quả hoặc lý do thôi làm.",
            )
        ]

    def __str__(self):
        return self.noi_dung

    def get_absolute_url(self):
        return reverse("chidoan:nghi_quyet_detail", args=[self.pk])

    def set_noi_dung(self, noi_dung: str) -> None:
        """Set the words together with the key they are found by."""
        self.noi_dung = clean(noi_dung)
        self.khoa_tim = fold(self.noi_dung)[:300]

    @property
    def is_ket_thuc(self) -> bool:
        return self.trang_thai != self.TrangThai.DANG_LAM


class TienDoNghiQuyetQuerySet(ScopedQuerySet):
    don_vi_path = "nghi_quyet__chi_doan"
    quyen_xem = Quyen.XEM_SINH_HOAT


class TienDoNghiQuyet(models.Model):
    """Tiến độ nghị quyết (progress): what was done for a resolution between two meetings."""

    nghi_quyet = models.ForeignKey(NghiQuyet, on_delete=models.CASCADE, related_name="tien_do")
    ngay = models.DateField("ngày")
    noi_dung = models.CharField("đã làm được", max_length=300)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ghi_luc = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = TienDoNghiQuyetQuerySet.as_manager()

    class Meta:
        verbose_name = "tiến độ nghị quyết"
        verbose_name_plural = "tiến độ nghị quyết"
        ordering = ["nghi_quyet", "-ngay", "-pk"]

    def __str__(self):
        return self.noi_dung
