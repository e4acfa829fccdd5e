"""Kỷ luật: disciplinary decisions about members; read by those with the right alone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tochuc.permissions import Quyen

from .cua_nguoi import CuaNguoiQuerySet


class KyLuatQuerySet(CuaNguoiQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_NHAY_CAM

    def khong_bi_huy(self):
        """All but those that an appeal has lifted: these count as never given."""
        return self.exclude(khieu_nai=KyLuat.KhieuNai.HUY)

    def con_hieu_luc(self, ngay):
        """In force on `ngay`: from the day of announcement, appealed or not, until removed."""
        return self.khong_bi_huy().filter(
            Q(het_hieu_luc__isnull=True) | Q(het_hieu_luc__gt=ngay), ngay_cong_bo__lte=ngay
        )

    def trong_nam(self, nam: int):
        """Announced in that year."""
        return self.khong_bi_huy().filter(ngay_cong_bo__year=nam)

    def trong_list(self):
        return self.select_related("doan_vien", "chi_doan")


class KyLuat(models.Model):
    """Kỷ luật (disciplinary decision): its form, who decided, the paper, and what became of it.

    In force from `ngay_cong_bo` even while an appeal is open. Xóa tên is none of its forms.
    """

    class HinhThuc(models.TextChoices):
        KHIEN_TRACH = "khien_trach", "Khiển trách"
        CANH_CAO = "canh_cao", "Cảnh cáo"
        CACH_CHUC = "cach_chuc", "Cách chức"
        KHAI_TRU = "khai_tru", "Khai trừ"

    class Cap(models.TextChoices):
        CHI_DOAN = "chi_doan", "Chi đoàn"
        CO_SO = "co_so", "BCH Đoàn cơ sở"
        HUYEN = "huyen", "Ban Thường vụ cấp huyện"
        TINH = "tinh", "Ban Thường vụ cấp tỉnh"
        TRUNG_UONG = "trung_uong", "Trung ương Đoàn"

    class KhieuNai(models.TextChoices):
        KHONG = "khong", "Không khiếu nại"
        DANG_XET = "dang_xet", "Đang khiếu nại"
        GIU_NGUYEN = "giu_nguyen", "Khiếu nại: giữ nguyên quyết định"
        HUY = "huy", "Khiếu nại: hủy quyết định"

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="cac_ky_luat"
    )
    chi_doan = models.ForeignKey(
        "tochuc.DonVi", verbose_name="chi đoàn", on_delete=models.PROTECT, related_name="ky_luat"
    )
    hinh_thuc = models.CharField("hình thức", max_length=12, choices=HinhThuc)
    chuc_vu = models.CharField("chức vụ bị cách", max_length=120, blank=True)
    cap = models.CharField("cấp quyết định", max_length=12, choices=Cap)
    so_quyet_dinh = models.CharField("số quyết định", max_length=40)
    ngay_quyet_dinh = models.DateField("ngày quyết định")
    ngay_cong_bo = models.DateField("ngày công bố")
    ly_do = models.TextField("nội dung vi phạm", max_length=1000)
    khieu_nai = models.CharField(
        "khiếu nại", max_length=10, choices=KhieuNai, default=KhieuNai.KHONG
    )
    khieu_nai_ngay = models.DateField("ngày ghi khiếu nại, kết quả", null=True, blank=True)
    het_hieu_luc = models.DateField("ngày chấm dứt hiệu lực", null=True, blank=True)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tao_luc = models.DateTimeField(auto_now_add=True)

    objects = KyLuatQuerySet.as_manager()

    class Meta:
        verbose_name = "kỷ luật đoàn viên"
        ordering = ["-ngay_cong_bo", "-pk"]
        indexes = [models.Index(fields=["chi_doan", "ngay_cong_bo"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ngay_cong_bo__gte=F("ngay_quyet_dinh")),
                name="doanvien_ky_luat_cong_bo_sau_quyet_dinh",
                violation_error_message="Ngày công bố phải từ ngày quyết định trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(het_hieu_luc__isnull=True) | Q(het_hieu_luc__gt=F("ngay_cong_bo")),
                name="doanvien_ky_luat_het_sau_cong_bo",
                violation_error_message="Ngày chấm dứt hiệu lực phải sau ngày công bố.",
            ),
            models.CheckConstraint(
                condition=Q(hinh_thuc="cach_chuc") & ~Q(chuc_vu="")
                | ~Q(hinh_thuc="cach_chuc") & Q(chuc_vu=""),
                name="doanvien_cach_chuc_thi_co_chuc_vu",
                violation_error_message="Ghi chức vụ bị cách; chỉ cách chức mới ghi.",
            ),
        ]

    def __str__(self):
        return f"{self.get_hinh_thuc_display()}, số {self.so_quyet_dinh}"

    def is_con_hieu_luc(self, ngay) -> bool:
        """The twin of the queryset's `con_hieu_luc`."""
        return (
            self.khieu_nai != self.KhieuNai.HUY
            and self.ngay_cong_bo <= ngay
            and (self.het_hieu_luc is None or self.het_hieu_luc > ngay)
        )

    @property
    def don_vi(self):
        return self.chi_doan
