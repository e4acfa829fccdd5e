"""Xếp loại: the yearly rating of a member, kept in the scale of its year."""

from django.db import models
from django.db.models import Count

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class XepLoaiQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def cua_chi_doan(self, chi_doan, nam: int):
        return self.filter(chi_doan=chi_doan, nam=nam)

    def dem_theo_nam(self) -> list[tuple[int, str, int]]:
        """(year, level, members) of these rows, newest year first. One query."""
        rows = self.order_by("-nam").values("nam", "muc").annotate(so=Count("pk"))
        return [(row["nam"], row["muc"], row["so"]) for row in rows]

    def dem_theo_chi_doan(self, nam: int) -> list[tuple[int, str, int]]:
        """(branch, level, members) of a year. One query."""
        rows = self.filter(nam=nam).order_by().values("chi_doan_id", "muc")
        return [(r["chi_doan_id"], r["muc"], r["so"]) for r in rows.annotate(so=Count("pk"))]


class XepLoai(models.Model):
    """Xếp loại đoàn viên (yearly rating): one level in one scale, never converted.

    Since 2019 four levels of "hoàn thành" (33-HD/TWĐTN-BTC); before, xuất sắc, khá, trung
    bình, yếu kém.
    """

    class Muc(models.TextChoices):
        XUAT_SAC = "htxs", "Hoàn thành xuất sắc nhiệm vụ"
        TOT = "htt", "Hoàn thành tốt nhiệm vụ"
        HOAN_THANH = "ht", "Hoàn thành nhiệm vụ"
        KHONG_HOAN_THANH = "kht", "Không hoàn thành nhiệm vụ"
        CU_XUAT_SAC = "cu_xuat_sac", "Xuất sắc (thang trước 2019)"
        CU_KHA = "cu_kha", "Khá (thang trước 2019)"
        CU_TRUNG_BINH = "cu_trung_binh", "Trung bình (thang trước 2019)"
        CU_YEU = "cu_yeu", "Yếu kém (thang trước 2019)"

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="xep_loai"
    )
    chi_doan = models.ForeignKey(
        "tochuc.DonVi", on_delete=models.PROTECT, related_name="xep_loai_doan_vien"
    )
    nam = models.PositiveSmallIntegerField("năm")
    muc = models.CharField("mức", max_length=16, choices=Muc)
    so_quyet_dinh = models.CharField("số quyết định", max_length=40, blank=True)
    ngay = models.DateField("ngày công nhận")

    objects = XepLoaiQuerySet.as_manager()

    class Meta:
        verbose_name = "xếp loại đoàn viên"
        ordering = ["-nam"]
        indexes = [models.Index(fields=["chi_doan", "nam"])]
        constraints = [
            models.UniqueConstraint(
                fields=["doan_vien", "nam"],
                name="doanvien_mot_xep_loai_mot_nam",
                violation_error_message="Đồng chí này đã có kết quả xếp loại của năm.",
            )
        ]

    def __str__(self):
        return f"{self.nam}: {self.get_muc_display()}"
