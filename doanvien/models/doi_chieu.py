"""Đợt đối chiếu: a list that was downloaded, edited elsewhere and compared with the register."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class DotDoiChieuQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.SUA_DOAN_VIEN

    def with_dem(self):
        """Annotate what the file holds: people to add, cells that differ, that clash, refused."""
        loai = DongDoiChieu.Loai
        return self.annotate(
            so_moi=Count("dong", filter=Q(dong__loai=loai.MOI)),
            so_khong_doi=Count("dong", filter=Q(dong__loai=loai.KHONG_DOI)),
            so_khac=Count("dong", filter=~Q(dong__loai=loai.KHONG_DOI)),
            so_doi=Coalesce(Sum("dong__so_doi"), 0),
            so_xung_dot=Coalesce(Sum("dong__so_xung_dot"), 0),
            so_tu_choi=Coalesce(Sum("dong__so_tu_choi"), 0),
            so_chon=Coalesce(Sum("dong__so_chon"), 0),
            so_nguoi_chon=Count("dong", filter=Q(dong__so_chon__gt=0)),
            so_moi_chon=Count("dong", filter=Q(dong__so_chon__gt=0, dong__loai=loai.MOI)),
        ).order_by("-tao_luc", "-pk")


class DotDoiChieu(models.Model):
    """Đợt đối chiếu (comparison): an edited list beside the register, what was chosen."""

    class TrangThai(models.TextChoices):
        DANG_XEM = "dang_xem", "Chưa ghi vào sổ"
        DA_GHI = "da_ghi", "Đã ghi"

    don_vi = models.ForeignKey("tochuc.DonVi", on_delete=models.PROTECT, related_name="+")
    ten_tep = models.CharField("tên tệp", max_length=200)
    trang_thai = models.CharField(max_length=10, choices=TrangThai, default=TrangThai.DANG_XEM)
    luu_y = models.JSONField("lưu ý về cả tệp", default=list)
    tao_luc = models.DateTimeField(auto_now_add=True)
    tao_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ghi_luc = models.DateTimeField("ghi lúc", null=True, blank=True)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DotDoiChieuQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt đối chiếu"
        ordering = ["-tao_luc"]

    def __str__(self):
        return self.ten_tep

    def get_absolute_url(self):
        return reverse("doanvien:doi_chieu_xem", args=[self.pk])

    @property
    def is_da_ghi(self) -> bool:
        return self.trang_thai == self.TrangThai.DA_GHI


class DongDoiChieuQuerySet(ScopedQuerySet):
    don_vi_path = "dot__don_vi"
    quyen_xem = Quyen.SUA_DOAN_VIEN

    def co_khac(self):
        """Rows in which something is new, changed, clashing or refused."""
        return self.exclude(loai=DongDoiChieu.Loai.KHONG_DOI)

    def xung_dot(self):
        return self.filter(so_xung_dot__gt=0)

    def tu_choi(self):
        return self.filter(so_tu_choi__gt=0)

    def duoc_chon(self):
        return self.filter(so_chon__gt=0)


class DongDoiChieu(models.Model):
    """Dòng đối chiếu (compared row): one person of the file, cell by cell.

    `o_ma_hoa` keeps the cells that differ (value at download, in the file, in the register)
    encrypted until they are written; `chon` names the fields that are to be written.
    """

    class Loai(models.TextChoices):
        MOI = "moi", "Người mới"
        CO_DOI = "co_doi", "Có thay đổi"
        KHONG_DOI = "khong_doi", "Không thay đổi"
        TU_CHOI = "tu_choi", "Không nhận"

    ten_nguoi = "ho_ten"
    dot = models.ForeignKey(DotDoiChieu, on_delete=models.CASCADE, related_name="dong")
    row = models.PositiveIntegerField("dòng trong tệp")
    loai = models.CharField(max_length=10, choices=Loai)
    ho_ten = models.CharField(max_length=120, blank=True)
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField("lần ghi lúc so", default=0)
    o_ma_hoa = models.TextField(blank=True)
    chon = models.JSONField("mục được chọn", default=list)
    so_doi = models.PositiveSmallIntegerField(default=0)
    so_xung_dot = models.PositiveSmallIntegerField(default=0)
    so_tu_choi = models.PositiveSmallIntegerField(default=0)
    so_chon = models.PositiveSmallIntegerField(default=0)

    objects = DongDoiChieuQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng đối chiếu"
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["dot", "row"], name="doanvien_mot_dong_so_mot_lan")
        ]

    def __str__(self):
        return f"Dòng {self.row}"
