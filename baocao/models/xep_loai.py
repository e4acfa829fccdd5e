"""What was decided and assessed about a branch in a year; nothing here is converted."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class XepLoaiChiDoanQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_XEP_HANG


class XepLoaiChiDoan(models.Model):
    """Xếp loại chi đoàn (yearly rating of a branch): one recorded decision, in its own scale.

    `cu` is the scale of mạnh, khá, trung bình, yếu kém; `hd33` that of 33-HD/TWĐTN-BTC.
    """

    class Thang(models.TextChoices):
        CU = "cu", "Thang trước 2019"
        HD33 = "hd33", "33-HD/TWĐTN-BTC"

    class Muc(models.TextChoices):
        MANH = "manh", "Vững mạnh"
        KHA = "kha", "Khá"
        TRUNG_BINH = "trung_binh", "Trung bình"
        YEU = "yeu", "Yếu kém"
        XUAT_SAC = "htxs", "Hoàn thành xuất sắc nhiệm vụ"
        TOT = "htt", "Hoàn thành tốt nhiệm vụ"
        HOAN_THANH = "ht", "Hoàn thành nhiệm vụ"
        KHONG_HOAN_THANH = "kht", "Không hoàn thành nhiệm vụ"

    MUC_CU = (Muc.MANH, Muc.KHA, Muc.TRUNG_BINH, Muc.YEU)
    """Levels of the older scale, best first."""
    MUC_HD33 = (Muc.XUAT_SAC, Muc.TOT, Muc.HOAN_THANH, Muc.KHONG_HOAN_THANH)

    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="xep_loai_chi_doan",
    )
    nam = models.PositiveSmallIntegerField("năm")
    thang = models.CharField("thang", max_length=6, choices=Thang)
    muc = models.CharField("mức", max_length=12, choices=Muc)
    so_quyet_dinh = models.CharField("số quyết định", max_length=40, blank=True)
    ngay = models.DateField("ngày công nhận")

    objects = XepLoaiChiDoanQuerySet.as_manager()

    class Meta:
        verbose_name = "xếp loại chi đoàn"
        ordering = ["-nam", "chi_doan"]
        constraints = [
            models.UniqueConstraint(
                fields=["chi_doan", "nam"],
                name="baocao_mot_xep_loai_chi_doan_mot_nam",
                violation_error_message="Chi đoàn đã có kết quả xếp loại của năm.",
            ),
            models.CheckConstraint(
                condition=Q(thang="cu", muc__in=["manh", "kha", "trung_binh", "yeu"])
                | Q(thang="hd33", muc__in=["htxs", "htt", "ht", "kht"]),
                name="baocao_muc_thuoc_thang",
                violation_error_message="Mức không thuộc thang đã chọn.",
            ),
        ]

    def __str__(self):
        return f"{self.nam}: {self.get_muc_display()}"

    @property
    def don_vi(self):
        return self.chi_doan


class DanhGiaTieuChiQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_XEP_HANG


class DanhGiaTieuChi(models.Model):
    """Đánh giá tiêu chí (assessment): what the ward found of one criterion, with its evidence.

    Rows are only added; the latest one of a branch, year and criterion holds.
    """

    class Muc(models.TextChoices):
        XUAT_SAC = "htxs", "Đạt mức hoàn thành xuất sắc"
        TOT = "htt", "Đạt mức hoàn thành tốt"
        HOAN_THANH = "ht", "Đạt mức hoàn thành"
        KHONG_HOAN_THANH = "kht", "Không đạt"

    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="danh_gia_tieu_chi",
    )
    nam = models.PositiveSmallIntegerField("năm")
    tieu_chi = models.CharField("tiêu chí", max_length=30)
    muc = models.CharField("mức", max_length=6, choices=Muc)
    minh_chung = models.TextField("minh chứng")
    ngay = models.DateField("ngày đánh giá")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tao_luc = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = DanhGiaTieuChiQuerySet.as_manager()

    class Meta:
        verbose_name = "đánh giá tiêu chí"
        ordering = ["ngay", "pk"]
        indexes = [models.Index(fields=["chi_doan", "nam"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(minh_chung=""),
                name="baocao_danh_gia_co_minh_chung",
                violation_error_message="Ghi minh chứng của tiêu chí.",
            )
        ]

    def __str__(self):
        return f"{self.tieu_chi} năm {self.nam}: {self.get_muc_display()}"

    @property
    def don_vi(self):
        return self.chi_doan
