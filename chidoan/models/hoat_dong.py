"""Hoạt động: activities and works of a unit, who took part, what came out of it."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.periods import KyBaoCao
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class HoatDongQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_SINH_HOAT

    def da_xong(self):
        """Those that took place: the only ones that count."""
        return self.filter(trang_thai=HoatDong.TrangThai.XONG)

    def trong_ky(self, ky: KyBaoCao):
        """Finished in the period: a work counts once, where it ended."""
        return self.filter(den_ngay__range=(ky.start, ky.end))


class HoatDong(models.Model):
    """Hoạt động (activity or work) of a branch or ward, alone or alongside a meeting.

    `so_luong` is in the kind's own unit (cây, km, căn, đơn vị máu); `gia_tri` in đồng.
    Kinds: domain figures of the quarterly report (phụ lục số liệu).
    """

    class Loai(models.TextChoices):
        CONG_TRINH = "cong_trinh", "Công trình thanh niên"
        CHU_NHAT_XANH = "chu_nhat_xanh", "Ngày Chủ nhật xanh"
        TINH_NGUYEN = "tinh_nguyen", "Tình nguyện khác"
        HIEN_MAU = "hien_mau", "Hiến máu"
        TRONG_CAY = "trong_cay", "Trồng cây"
        DUONG = "duong", "Làm đường"
        CAU = "cau", "Làm cầu"
        NHA_NHAN_AI = "nha_nhan_ai", "Nhà nhân ái"
        HOC_NGHI_QUYET = "hoc_nghi_quyet", "Học tập nghị quyết"
        VE_NGUON = "ve_nguon", "Về nguồn"
        CHINH_SACH = "chinh_sach", "Thăm gia đình chính sách"
        THE_THAO = "the_thao", "Thể thao, văn nghệ"
        HUONG_DAN_SO = "huong_dan_so", "Hướng dẫn VNeID, dịch vụ công"
        SANG_TAO = "sang_tao", "Ý tưởng, sáng kiến"
        HUONG_NGHIEP = "huong_nghiep", "Tư vấn hướng nghiệp, việc làm"
        HOC_BONG = "hoc_bong", "Học bổng"
        THIEU_NHI = "thieu_nhi", "Giúp thiếu nhi khó khăn"
        SINH_HOAT_HE = "sinh_hoat_he", "Sinh hoạt hè"
        KHAC = "khac", "Hoạt động khác"

    class TrangThai(models.TextChoices):
        DANG_LAM = "dang_lam", "Đang làm"
        XONG = "xong", "Đã xong"
        THOI = "thoi", "Thôi làm"

    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="hoat_dong"
    )
    buoi = models.ForeignKey(
        "chidoan.BuoiSinhHoat",
        verbose_name="kèm buổi sinh hoạt",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="hoat_dong",
    )
    loai = models.CharField("loại", max_length=16, choices=Loai)
    ten = models.CharField("tên hoạt động", max_length=200)
    tu_ngay = models.DateField("từ ngày")
    den_ngay = models.DateField("đến ngày")
    dia_diem = models.CharField("địa điểm", max_length=160, blank=True)
    so_luong = models.DecimalField(
        "số lượng", max_digits=10, decimal_places=2, null=True, blank=True
    )
    gia_tri = models.PositiveBigIntegerField("trị giá (đồng)", null=True, blank=True)
    nguoi_huong_loi = models.PositiveIntegerField("số người được hưởng", null=True, blank=True)
    nguoi_ngoai = models.PositiveIntegerField("người tham gia ngoài chi đoàn", default=0)
    mo_ta = models.TextField("mô tả", blank=True, max_length=2000)
    ket_qua = models.CharField("kết quả, lý do thôi làm", max_length=300, blank=True)
    trang_thai = models.CharField(
        "tình trạng", max_length=10, choices=TrangThai, default=TrangThai.XONG
    )
    client_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    nhap_thay = models.BooleanField("cấp trên nhập thay", default=False)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ghi_luc = models.DateTimeField("ghi lúc", auto_now=True)

    objects = HoatDongQuerySet.as_manager()

    class Meta:
        verbose_name = "hoạt động"
        verbose_name_plural = "hoạt động"
        ordering = ["-den_ngay", "-pk"]
        indexes = [models.Index(fields=["don_vi", "den_ngay"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(den_ngay__gte=F("tu_ngay")),
                name="chidoan_hoat_dong_ket_thuc_sau_bat_dau",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=~Q(trang_thai="thoi") | ~Q(ket_qua=""),
                name="chidoan_hoat_dong_thoi_co_ly_do",
                violation_error_message="Ghi một câu lý do thôi làm.",
            ),
        ]

    def __str__(self):
        return self.ten

    def get_absolute_url(self):
        return reverse("chidoan:hoat_dong_detail", args=[self.pk])


class ThamGiaHoatDongQuerySet(ScopedQuerySet):
    don_vi_path = "hoat_dong__don_vi"
    quyen_xem = Quyen.XEM_SINH_HOAT


class ThamGiaHoatDong(models.Model):
    """Tham gia hoạt động (participation): a member on the roster, and his days of work."""

    hoat_dong = models.ForeignKey(HoatDong, on_delete=models.CASCADE, related_name="tham_gia")
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="tham_gia_hoat_dong"
    )
    ngay_cong = models.DecimalField(
        "ngày công",
        max_digits=4,
        decimal_places=1,
        default=Decimal(1),
        validators=[MinValueValidator(0)],
    )

    objects = ThamGiaHoatDongQuerySet.as_manager()

    class Meta:
        verbose_name = "tham gia hoạt động"
        verbose_name_plural = "tham gia hoạt động"
        ordering = ["doan_vien__khoa_sap_xep"]
        constraints = [
            models.UniqueConstraint(
                fields=["hoat_dong", "doan_vien"], name="chidoan_tham_gia_mot_lan"
            )
        ]

    def __str__(self):
        return f"{self.doan_vien}, {self.ngay_cong:n} ngày công"

    @property
    def thu_hang_khi_gop(self) -> int:
        """Of two rows for one person in an activity: the one with more days."""
        return int(self.ngay_cong * 10)
