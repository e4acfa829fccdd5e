"""Khen thưởng: what a member was honoured with, at which level, on which paper."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tochuc.permissions import Quyen

from .cua_nguoi import CuaNguoiQuerySet


class KhenThuongQuerySet(CuaNguoiQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def trong_list(self):
        return self.select_related("doan_vien", "chi_doan")


class KhenThuong(models.Model):
    """Khen thưởng (award): form, level, content and decision; one row for each member."""

    class Cap(models.TextChoices):
        CHI_DOAN = "chi_doan", "Chi đoàn"
        CO_SO = "co_so", "Đoàn cơ sở"
        CAP_TREN = "cap_tren", "Đoàn cấp huyện, cấp tỉnh"
        TRUNG_UONG = "trung_uong", "Trung ương Đoàn"
        CHINH_QUYEN = "chinh_quyen", "Chính quyền, ngành các cấp"

    class HinhThuc(models.TextChoices):
        TUYEN_DUONG = "tuyen_duong", "Tuyên dương, biểu dương"
        GIAY_KHEN = "giay_khen", "Giấy khen"
        BANG_KHEN = "bang_khen", "Bằng khen"
        KY_NIEM_CHUONG = "ky_niem_chuong", "Kỷ niệm chương"
        HUY_CHUONG = "huy_chuong", "Huy chương"
        GIAI_THUONG = "giai_thuong", "Giải thưởng"
        DANH_HIEU = "danh_hieu", "Danh hiệu"

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="cac_khen_thuong"
    )
    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="khen_thuong",
    )
    cap = models.CharField("cấp khen", max_length=12, choices=Cap)
    hinh_thuc = models.CharField("hình thức", max_length=16, choices=HinhThuc)
    noi_dung = models.CharField("nội dung, thành tích", max_length=300)
    so_quyet_dinh = models.CharField("số quyết định", max_length=60, blank=True)
    ngay = models.DateField("ngày quyết định")
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tao_luc = models.DateTimeField(auto_now_add=True)

    objects = KhenThuongQuerySet.as_manager()

    class Meta:
        verbose_name = "khen thưởng đoàn viên"
        ordering = ["-ngay", "-pk"]
        indexes = [models.Index(fields=["chi_doan", "ngay"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(noi_dung=""),
                name="doanvien_khen_thuong_ve_viec_gi",
                violation_error_message="Ghi nội dung, thành tích được khen.",
            ),
            models.UniqueConstraint(
                fields=["doan_vien", "hinh_thuc", "cap", "ngay", "noi_dung"],
                name="doanvien_mot_khen_thuong_mot_lan",
                violation_error_message="Khen thưởng này đã được ghi.",
            ),
        ]

    def __str__(self):
        return f"{self.get_hinh_thuc_display()}: {self.noi_dung}"

    @property
    def don_vi(self):
        return self.chi_doan
