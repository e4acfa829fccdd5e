"""Lời mời: what members answer, how they check in, and the branch's calendar address."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .sinh_hoat import BuoiSinhHoat, DiemDanh


class TraLoiMoiQuerySet(ScopedQuerySet):
    don_vi_path = "buoi__chi_doan"
    quyen_xem = Quyen.XEM_SINH_HOAT


class TraLoiMoi(models.Model):
    """Trả lời mời (answer to an invitation): comes, or is away with a reason."""

    buoi = models.ForeignKey(
        "chidoan.BuoiSinhHoat", on_delete=models.CASCADE, related_name="tra_loi"
    )
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="tra_loi_moi"
    )
    du_hop = models.BooleanField("dự họp")
    ly_do = models.CharField("lý do", max_length=10, choices=DiemDanh.LyDo, blank=True)
    tra_loi_luc = models.DateTimeField("trả lời lúc", auto_now=True)

    objects = TraLoiMoiQuerySet.as_manager()

    class Meta:
        verbose_name = "trả lời mời"
        verbose_name_plural = "trả lời mời"
        ordering = ["buoi", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["buoi", "doan_vien"], name="chidoan_tra_loi_mot_lan"),
            models.CheckConstraint(
                condition=Q(du_hop=True, ly_do="") | (Q(du_hop=False) & ~Q(ly_do="")),
                name="chidoan_vang_thi_co_ly_do",
                violation_error_message="Chọn lý do vắng.",
            ),
        ]

    def __str__(self):
        return f"{self.doan_vien}, {'đi' if self.du_hop else 'vắng có lý do'}"

    @property
    def thu_hang_khi_gop(self) -> int:
        """Of two answers of one person, the one that comes."""
        return int(self.du_hop)


class TuDiemDanhQuerySet(ScopedQuerySet):
    don_vi_path = "buoi__chi_doan"
    quyen_xem = Quyen.XEM_SINH_HOAT


class TuDiemDanh(models.Model):
    """Tự điểm danh (self check-in): who said at the meeting that he is there, until the
    secretary confirms it with the roll."""

    class Cach(models.TextChoices):
        LIEN_KET = "lien_ket", "Liên kết riêng"
        SO_THE = "so_the", "Số thẻ đoàn viên"

    buoi = models.ForeignKey(
        "chidoan.BuoiSinhHoat", on_delete=models.CASCADE, related_name="tu_diem_danh"
    )
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="tu_diem_danh"
    )
    cach = models.CharField("bằng", max_length=10, choices=Cach)
    cung_may = models.BooleanField(
        "cùng một máy",
        default=False,
        help_text="Máy này vừa điểm danh cho đồng chí khác trong cùng buổi.",
    )
    luc = models.DateTimeField("lúc", auto_now_add=True)

    objects = TuDiemDanhQuerySet.as_manager()

    class Meta:
        verbose_name = "tự điểm danh"
        verbose_name_plural = "tự điểm danh"
        ordering = ["buoi", "luc"]
        constraints = [
            models.UniqueConstraint(
                fields=["buoi", "doan_vien"], name="chidoan_tu_diem_danh_mot_lan"
            )
        ]

    def __str__(self):
        return f"{self.doan_vien} tự điểm danh"

    @property
    def thu_hang_khi_gop(self) -> int:
        """Of two check-ins of one person, the earlier one."""
        return -int(self.luc.timestamp())


class BuoiHuyQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_SINH_HOAT


class BuoiHuy(models.Model):
    """Buổi đã hủy (called-off meeting): what is left of a called meeting, so that calendars and
    links that were given out can say that it does not take place."""

    so = models.PositiveBigIntegerField("số của buổi hẹn", unique=True, editable=False)
    chi_doan = models.ForeignKey(
        "tochuc.DonVi", verbose_name="chi đoàn", on_delete=models.PROTECT, related_name="buoi_huy"
    )
    loai = models.CharField("loại", max_length=14, choices=BuoiSinhHoat.Loai)
    ngay = models.DateField("ngày họp")
    bat_dau = models.TimeField("bắt đầu lúc")
    dia_diem = models.CharField("địa điểm", max_length=160, blank=True)
    version = models.PositiveIntegerField("lần ghi", editable=False)
    huy_luc = models.DateTimeField("hủy lúc", auto_now_add=True)

    objects = BuoiHuyQuerySet.as_manager()

    class Meta:
        verbose_name = "buổi đã hủy"
        verbose_name_plural = "buổi đã hủy"
        ordering = ["-ngay", "-so"]

    def __str__(self):
        return f"{self.get_loai_display()} ngày {self.ngay:%d/%m/%Y}, đã hủy"


def new_key() -> str:
    return secrets.token_urlsafe(24)


class KhoaLichQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_SINH_HOAT


class KhoaLich(models.Model):
    """Khóa lịch (calendar key): the secret in the address of a branch's calendar feed. A new
    key makes the old address worthless."""

    chi_doan = models.OneToOneField(
        "tochuc.DonVi", verbose_name="chi đoàn", on_delete=models.CASCADE, related_name="khoa_lich"
    )
    ma = models.CharField("khóa", max_length=40, unique=True, default=new_key)
    tao_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tao_luc = models.DateTimeField("tạo lúc", auto_now=True)

    objects = KhoaLichQuerySet.as_manager()

    class Meta:
        verbose_name = "khóa lịch"
        verbose_name_plural = "khóa lịch"

    def __str__(self):
        return f"Lịch của {self.chi_doan}"
