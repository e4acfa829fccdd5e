"""Đợt in: many dossiers printed as one piece of background work, and what became of each."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .ho_so import HoSo


class DotInQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.KY_HO_SO

    def with_so_dong(self):
        """With how many dossiers there are, and how many of them were printed."""
        done = Count("dong", filter=Q(dong__trang_thai=DongIn.TrangThai.XONG))
        return self.annotate(so_dong=Count("dong"), so_xong=done)


class DotIn(models.Model):
    """Đợt in (batch): cases of one ward whose dossiers are printed one after the other.

    `cong_viec` is the work that prints them now or did last; `huy_luc` asks it to stop before
    the next one. The same `ma_gui` never begins a second batch.
    """

    don_vi = models.ForeignKey("tochuc.DonVi", on_delete=models.PROTECT, related_name="dot_in")
    nguoi = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cong_viec = models.ForeignKey(
        "tochuc.CongViec", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    ma_gui = models.UUIDField(unique=True, editable=False)
    lap_luc = models.DateTimeField("bắt đầu lúc", auto_now_add=True)
    huy_luc = models.DateTimeField("hủy lúc", null=True, editable=False)

    objects = DotInQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt in"
        verbose_name_plural = "đợt in"
        ordering = ["-lap_luc"]

    def __str__(self):
        return f"Đợt in {self.lap_luc:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("tuduong:dot_in", args=[self.pk])

    @property
    def is_dang_in(self) -> bool:
        return bool(self.cong_viec and self.cong_viec.is_dang_lam)


class DongInQuerySet(ScopedQuerySet):
    don_vi_path = "ho_so__chi_doan"
    quyen_xem = Quyen.KY_HO_SO

    def cho(self):
        return self.filter(trang_thai=DongIn.TrangThai.CHO)

    def con_lai(self):
        """What was not printed: it failed, was called off, or its turn has not come."""
        return self.exclude(trang_thai=DongIn.TrangThai.XONG)

    def con_gia_tri(self):
        """What was printed and stands: a dossier that is void since is not handed out again."""
        return self.filter(van_ban__huy_luc__isnull=True).exclude(van_ban=None)


class DongIn(models.Model):
    """Dòng in (line of a batch): one case, what became of it, and the dossier that was issued."""

    class TrangThai(models.TextChoices):
        CHO = "cho", "Chờ in"
        XONG = "xong", "Đã in"
        HONG = "hong", "Chưa in được"
        HUY = "huy", "Đã hủy"

    dot = models.ForeignKey(DotIn, on_delete=models.CASCADE, related_name="dong")
    ho_so = models.ForeignKey(HoSo, on_delete=models.CASCADE, related_name="dong_in")
    thu_tu = models.PositiveSmallIntegerField("thứ tự")
    trang_thai = models.CharField("kết quả", max_length=4, choices=TrangThai, default=TrangThai.CHO)
    ly_do = models.CharField("lý do", max_length=300, blank=True)
    van_ban = models.ForeignKey(
        "tochuc.VanBan", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = DongInQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng in"
        verbose_name_plural = "dòng in"
        ordering = ["dot", "thu_tu"]
        constraints = [
            models.UniqueConstraint(fields=["dot", "ho_so"], name="tuduong_mot_dong_in_mot_ho_so"),
            models.CheckConstraint(
                condition=Q(trang_thai="hong") & ~Q(ly_do="") | ~Q(trang_thai="hong") & Q(ly_do=""),
                name="tuduong_in_hong_co_ly_do",
            ),
        ]

    def __str__(self):
        return f"{self.ho_so}: {self.get_trang_thai_display()}"

    @property
    def don_vi(self):
        return self.ho_so.don_vi

    @property
    def is_bo_huy(self) -> bool:
        """Printed, and declared void since."""
        return self.van_ban is not None and self.van_ban.huy_luc is not None
