"""What was decided and assessed about units in a year; nothing here is converted."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class XepLoaiDonViQuerySet(ScopedQuerySet):
    don_vi_path = "don_vi"
    quyen_xem = Quyen.XEM_XEP_HANG

    def cua_chi_doan(self):
        """What was decided on branches as organisations, committees left out."""
        return self.filter(doi_tuong=XepLoaiDonVi.DoiTuong.CHI_DOAN)

    def qua_cac_nam(self, don_vi):
        """What a unit was rated over the years, newest first; its committee after itself."""
        return self.filter(don_vi=don_vi).order_by("-nam", "-doi_tuong")

    def trong_so(self, don_vi, nam: int, den):
        """What the book of a unit and of those below it tells of a year, in the tree's order."""
        rows = self.under(don_vi).filter(nam=nam, ngay__lte=den).select_related("don_vi")
        return rows.order_by("don_vi__path", "-doi_tuong")


class XepLoaiDonVi(models.Model):
    """Xếp loại đơn vị (yearly rating of a unit): one recorded decision, in its own scale.

    A branch, a ward's organisation, or the committee of either. `cu` is the scale of mạnh, khá,
    trung bình, yếu kém; `hd33` that of 33-HD/TWĐTN-BTC; `bo` that of a criteria set, whose words
    are kept with the result.
    """

    class DoiTuong(models.TextChoices):
        CHI_DOAN = "chi_doan", "Chi đoàn"
        DOAN_CO_SO = "doan_co_so", "Đoàn cơ sở"
        BCH = "bch", "Ban Chấp hành"

    class Thang(models.TextChoices):
        CU = "cu", "Thang trước 2019"
        HD33 = "hd33", "33-HD/TWĐTN-BTC"
        BO = "bo", "Thang của bộ tiêu chí"

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

    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị",
        on_delete=models.PROTECT,
        related_name="xep_loai_don_vi",
    )
    doi_tuong = models.CharField(
        "xếp loại cho", max_length=12, choices=DoiTuong, default=DoiTuong.CHI_DOAN
    )
    nam = models.PositiveSmallIntegerField("năm")
    thang = models.CharField("thang", max_length=6, choices=Thang)
    ten_thang = models.CharField("tên bộ tiêu chí", max_length=200, blank=True)
    muc = models.CharField("mức", max_length=20)
    ten_muc = models.CharField("mức, ghi bằng chữ", max_length=80, blank=True)
    diem = models.DecimalField("điểm", max_digits=7, decimal_places=2, null=True, blank=True)
    so_quyet_dinh = models.CharField("số quyết định", max_length=40, blank=True)
    ngay = models.DateField("ngày công nhận")

    objects = XepLoaiDonViQuerySet.as_manager()

    class Meta:
        verbose_name = "xếp loại đơn vị"
        ordering = ["-nam", "don_vi", "doi_tuong"]
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi", "nam", "doi_tuong"],
                name="baocao_mot_xep_loai_don_vi_mot_nam",
                violation_error_message="Đơn vị đã có kết quả xếp loại của năm.",
            ),
            models.CheckConstraint(
                condition=Q(thang="cu", muc__in=["manh", "kha", "trung_binh", "yeu"])
                | Q(thang="hd33", muc__in=["htxs", "htt", "ht", "kht"])
                | (Q(thang="bo") & ~Q(muc="") & ~Q(ten_muc="") & ~Q(ten_thang="")),
                name="baocao_muc_thuoc_thang",
                violation_error_message="Mức không thuộc thang đã chọn.",
            ),
        ]

    def __str__(self):
        return f"{self.nam}: {self.ten}"

    @property
    def ten(self) -> str:
        """The level in the words of its scale."""
        return self.ten_muc or self.Muc(self.muc).label

    @property
    def thang_day_du(self) -> str:
        """The scale in words: of a criteria set, its name."""
        return self.ten_thang or self.get_thang_display()


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
