"""Visits of the ward's committee to a branch, and what was promised there."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class LanXuongQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_CAN_BO

    def trong_list(self):
        return self.select_related("chi_doan", "chuc_vu")

    def cua_chi_doan(self, chi_doan):
        return self.filter(chi_doan=chi_doan)

    def trong_ky(self, ky):
        return self.filter(ngay__range=(ky.start, ky.end))


class LanXuong(models.Model):
    """Lần xuống chi đoàn (visit): who of the ward came, what he saw and what he advised."""

    ten_nguoi = "ho_ten"
    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="lan_xuong",
    )
    chuc_vu = models.ForeignKey(
        "chidoan.ChucVu",
        verbose_name="người xuống",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lan_xuong",
    )
    ho_ten = models.CharField("người xuống", max_length=120)
    ngay = models.DateField("ngày xuống")
    noi_dung = models.CharField("thấy gì", max_length=1000)
    gop_y = models.CharField("góp ý, hướng dẫn", max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tao_luc = models.DateTimeField(auto_now_add=True)

    objects = LanXuongQuerySet.as_manager()

    class Meta:
        verbose_name = "lần xuống chi đoàn"
        ordering = ["-ngay", "-pk"]
        indexes = [models.Index(fields=["chi_doan", "ngay"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(noi_dung=""),
                name="chidoan_lan_xuong_co_noi_dung",
                violation_error_message="Ghi thấy gì ở chi đoàn, một câu là đủ.",
            )
        ]

    def __str__(self):
        return f"{self.ho_ten} xuống {self.chi_doan} ngày {self.ngay:%d/%m/%Y}"


class LoiHuaQuerySet(ScopedQuerySet):
    don_vi_path = "lan_xuong__chi_doan"
    quyen_xem = Quyen.XEM_CAN_BO

    def trong_list(self):
        return self.select_related("lan_xuong__chi_doan").order_by("han", "pk")

    def chua_xong(self):
        return self.filter(xong_ngay__isnull=True)

    def da_xong(self):
        return self.filter(xong_ngay__isnull=False)

    def qua_han(self, day):
        return self.chua_xong().filter(han__lt=day)

    def den_han(self, day):
        """Open, and due on that day or before."""
        return self.chua_xong().filter(han__lte=day)

    def cua_phuong(self):
        return self.filter(ben=LoiHua.Ben.PHUONG)

    def cua_ben_chi_doan(self):
        return self.filter(ben=LoiHua.Ben.CHI_DOAN)

    def cua_chi_doan(self, chi_doan):
        return self.filter(lan_xuong__chi_doan=chi_doan)


class LoiHua(models.Model):
    """Lời hứa (promise) made at a visit: who does what until when, and whether it was done."""

    class Ben(models.TextChoices):
        PHUONG = "phuong", "Đoàn phường, xã"
        CHI_DOAN = "chi_doan", "Chi đoàn"

    ten_nguoi = "nguoi"
    lan_xuong = models.ForeignKey(LanXuong, on_delete=models.CASCADE, related_name="loi_hua")
    noi_dung = models.CharField("việc đã hứa", max_length=300)
    ben = models.CharField("bên làm", max_length=10, choices=Ben, default=Ben.PHUONG)
    nguoi = models.CharField("người làm", max_length=120, blank=True)
    han = models.DateField("hạn")
    xong_ngay = models.DateField("làm xong ngày", null=True, blank=True)
    ket_qua = models.CharField("kết quả", max_length=300, blank=True)

    objects = LoiHuaQuerySet.as_manager()

    class Meta:
        verbose_name = "lời hứa"
        ordering = ["han", "pk"]
        indexes = [models.Index(fields=["xong_ngay", "han"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(noi_dung=""),
                name="chidoan_loi_hua_co_noi_dung",
                violation_error_message="Ghi việc đã hứa.",
            ),
            models.CheckConstraint(
                condition=Q(xong_ngay__isnull=True, ket_qua="") | Q(xong_ngay__isnull=False),
                name="chidoan_loi_hua_ket_qua_khi_xong",
                violation_error_message="Ghi kết quả khi đã làm xong.",
            ),
        ]

    def __str__(self):
        return self.noi_dung

    @property
    def is_xong(self) -> bool:
        return self.xong_ngay is not None

    def is_qua_han(self, day) -> bool:
        """The twin of the queryset's `qua_han`."""
        return not self.is_xong and self.han < day
