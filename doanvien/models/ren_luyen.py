"""Rèn luyện: who has registered for the year's training programme, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

DIEM_TOI_DA = 100


class RenLuyenQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def cua_chi_doan(self, chi_doan, nam: int):
        return self.filter(chi_doan=chi_doan, nam=nam)

    def cua_nam(self, nam: int):
        return self.filter(nam=nam)

    def cua_doan_vien(self, doan_vien):
        return self.filter(doan_vien=doan_vien).order_by("-nam")

    def chua_xac_nhan(self):
        """With a result that the ward has not confirmed yet."""
        return self.exclude(muc="").filter(xac_nhan_ngay__isnull=True)

    def dem_theo_chi_doan(self) -> dict[int, dict]:
        """Registered, with a result and confirmed, by branch. One query."""
        rows = self.order_by().values("chi_doan_id")
        counted = rows.annotate(
            dang_ky=Count("pk"),
            co_ket_qua=Count("pk", filter=~Q(muc="")),
            xac_nhan=Count("pk", filter=Q(xac_nhan_ngay__isnull=False)),
            **{f"so_{muc}": Count("pk", filter=Q(muc=muc)) for muc in RenLuyen.Muc.values},
        )
        return {row["chi_doan_id"]: row for row in counted}


class RenLuyen(models.Model):
    """Rèn luyện (training programme of a member in a year): registered, scored, confirmed.

    13-HD/TWĐTN-BTC 2018: the member registers, the branch scores out of 100, the ward
    confirms. `diem_phan` are the points of the five parts where the ward works with them.
    """

    class Muc(models.TextChoices):
        XUAT_SAC = "htxs", "Hoàn thành xuất sắc"
        TOT = "htt", "Hoàn thành tốt"
        HOAN_THANH = "ht", "Hoàn thành"
        KHONG_HOAN_THANH = "kht", "Không hoàn thành"

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="ren_luyen"
    )
    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="ren_luyen",
    )
    nam = models.PositiveSmallIntegerField("năm")
    ngay_dang_ky = models.DateField("ngày đăng ký")
    noi_dung = models.TextField("nội dung đăng ký", blank=True)
    diem = models.PositiveSmallIntegerField("điểm", null=True, blank=True)
    diem_phan = models.JSONField("điểm từng phần", default=list, blank=True)
    muc = models.CharField("kết quả", max_length=8, choices=Muc, blank=True)
    ngay_cham = models.DateField("ngày chi đoàn đánh giá", null=True, blank=True)
    xac_nhan_ngay = models.DateField("ngày phường xác nhận", null=True, blank=True)
    xac_nhan_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RenLuyenQuerySet.as_manager()

    class Meta:
        verbose_name = "chương trình rèn luyện"
        verbose_name_plural = "chương trình rèn luyện"
        ordering = ["-nam", "doan_vien__khoa_sap_xep"]
        indexes = [models.Index(fields=["chi_doan", "nam"])]
        constraints = [
            models.UniqueConstraint(
                fields=["doan_vien", "nam"],
                name="doanvien_mot_dang_ky_ren_luyen_mot_nam",
                violation_error_message="Đồng chí này đã đăng ký rèn luyện của năm.",
            ),
            models.CheckConstraint(
                condition=Q(diem__isnull=True) | Q(diem__lte=DIEM_TOI_DA),
                name="doanvien_diem_ren_luyen_den_100",
                violation_error_message="Điểm rèn luyện từ 0 đến 100.",
            ),
            models.CheckConstraint(
                condition=Q(muc="", ngay_cham__isnull=True, xac_nhan_ngay__isnull=True)
                | (~Q(muc="") & Q(ngay_cham__isnull=False)),
                name="doanvien_ket_qua_ren_luyen_co_ngay",
                violation_error_message="Ghi cả kết quả và ngày đánh giá.",
            ),
        ]

    def __str__(self):
        return f"Rèn luyện năm {self.nam}"

    @property
    def is_xac_nhan(self) -> bool:
        return self.xac_nhan_ngay is not None

    @property
    def ket_qua(self) -> str:
        """The result in words, with its points where there are some."""
        if not self.muc:
            return "Đã đăng ký"
        words = self.get_muc_display()
        return words if self.diem is None else f"{words} ({self.diem} điểm)"
