"""Mô hình: an initiative of a ward, its team and the branch it is tried in."""

from django.db import models
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class MoHinhQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_DON_VI


class MoHinh(models.Model):
    """Mô hình (initiative): what a ward tries, with whom, where and bound to what."""

    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="mo_hinh"
    )
    ten = models.CharField("tên mô hình", max_length=200)
    muc_tieu = models.TextField("mục tiêu", blank=True)
    diem = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn làm điểm",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mo_hinh_diem",
    )
    gan_voi = models.JSONField("gắn với", default=list)
    sinh_hoat = models.CharField("nếp sinh hoạt", max_length=60, blank=True)
    tu_ngay = models.DateField("từ ngày")
    den_ngay = models.DateField("đến ngày", null=True, blank=True)

    objects = MoHinhQuerySet.as_manager()

    class Meta:
        verbose_name = "mô hình"
        ordering = ["-tu_ngay", "pk"]

    def __str__(self):
        return self.ten

    def get_absolute_url(self):
        return reverse("chidoan:mo_hinh_detail", args=[self.pk])


class ThanhVienMoHinhQuerySet(ScopedQuerySet):
    don_vi_path = "mo_hinh__don_vi"
    quyen_xem = Quyen.XEM_DON_VI


class ThanhVienMoHinh(models.Model):
    """Thành viên mô hình (team of an initiative): who, leader or not, with what duty."""

    ten_nguoi = "ho_ten"
    mo_hinh = models.ForeignKey(MoHinh, on_delete=models.CASCADE, related_name="thanh_vien")
    ho_ten = models.CharField("họ và tên", max_length=120)
    chuc_vu = models.CharField("chức vụ", max_length=120, blank=True)
    la_to_truong = models.BooleanField("tổ trưởng", default=False)
    nhiem_vu = models.CharField("nhiệm vụ", max_length=300, blank=True)

    objects = ThanhVienMoHinhQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên mô hình"
        ordering = ["-la_to_truong", "pk"]

    def __str__(self):
        return self.ho_ten
