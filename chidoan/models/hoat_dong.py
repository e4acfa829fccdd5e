"""Hoạt động: activities and works of a unit, who took part, what came out of it."""

import uuid
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from core.periods import KyBaoCao
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .anh import Anh


class HoatDongQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_SINH_HOAT

    def da_xong(self):
        """Those that took place: the only ones that count."""
        return self.filter(trang_thai=HoatDong.TrangThai.XONG)

    def sap_toi(self, day, den):
        """Planned to begin between these days."""
        planned = self.filter(trang_thai=HoatDong.TrangThai.DANG_LAM)
        return planned.filter(tu_ngay__range=(day, den))

    def chua_thoi(self):
        return self.exclude(trang_thai=HoatDong.TrangThai.THOI)

    def trong_ky(self, ky: KyBaoCao):
        """Finished in the period: a work counts once, where it ended."""
        return self.filter(den_ngay__range=(ky.start, ky.end))

    def kem_buoi(self, buoi):
        """What was done alongside a meeting, and not given up."""
        return self.chua_thoi().filter(buoi=buoi).order_by("pk")

    def with_tham_gia(self):
        """`so_nguoi` of the own members, and their days of work together as `ngay_cong`."""
        rows = ThamGiaHoatDong.objects.filter(hoat_dong=OuterRef("pk")).order_by()
        rows = rows.values("hoat_dong")
        return self.annotate(
            so_nguoi=Coalesce(Subquery(rows.annotate(so=Count("pk")).values("so")), 0),
            ngay_cong=Coalesce(
                Subquery(rows.annotate(so=Sum("ngay_cong")).values("so")),
                Decimal(0),
                output_field=models.DecimalField(),
            ),
        )

    def with_anh(self):
        """`co_anh`: whether a picture hangs on it."""
        return self.annotate(co_anh=Exists(Anh.objects.filter(hoat_dong=OuterRef("pk"))))

    def tong(self) -> dict:
        """Value, days of work, people: of the rows together (with `with_tham_gia`)."""
        return self.order_by().aggregate(
            gia_tri=Coalesce(Sum("gia_tri"), 0),
            nguoi_huong_loi=Coalesce(Sum("nguoi_huong_loi"), 0),
            nguoi_ngoai=Coalesce(Sum("nguoi_ngoai"), 0),
            luot=Coalesce(Sum("so_nguoi"), 0),
            cong=Coalesce(Sum("ngay_cong"), Decimal(0), output_field=models.DecimalField()),
        )


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
        OCOP = "ocop", "Số hóa sản phẩm OCOP"
        HOC_AI = "hoc_ai", "Học, tập huấn AI"
        QR_DIA_CHI_DO = "qr_dia_chi_do", "Mã QR địa chỉ đỏ"
        HUONG_NGHIEP = "huong_nghiep", "Tư vấn hướng nghiệp, việc làm"
        HOC_BONG = "hoc_bong", "Học bổng"
        THIEU_NHI = "thieu_nhi", "Giúp thiếu nhi khó khăn"
        SINH_HOAT_HE = "sinh_hoat_he", "Sinh hoạt hè"
        HOI_VIEN = "hoi_vien", "Kết nạp hội viên Hội LHTN"
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

    @property
    def is_dang_lam(self) -> bool:
        return self.trang_thai == self.TrangThai.DANG_LAM

    @property
    def mot_ngay(self) -> bool:
        return self.tu_ngay == self.den_ngay


class ThamGiaHoatDongQuerySet(ScopedQuerySet):
    don_vi_path = "hoat_dong__don_vi"
    quyen_xem = Quyen.XEM_SINH_HOAT

    def cua_doan_vien(self, doan_vien):
        """What a member took part in and was not given up, newest first."""
        rows = self.filter(doan_vien=doan_vien).exclude(
            hoat_dong__trang_thai=HoatDong.TrangThai.THOI
        )
        return rows.select_related("hoat_dong__don_vi").order_by("-hoat_dong__den_ngay", "-pk")

    def trong_nam(self, nam: int):
        return self.filter(hoat_dong__den_ngay__year=nam)

    def so_lan_va_cong(self) -> dict:
        return self.order_by().aggregate(
            lan=Count("pk"),
            cong=Coalesce(Sum("ngay_cong"), Decimal(0), output_field=models.DecimalField()),
        )


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
