"""What a group has on paper: the decisions about who is in it, and its plan of each year."""

from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse

from core.text import lines
from core.text.numbers import roman
from tochuc.models import VanBan
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .to import ToTuDuong

QUY = (1, 2, 3, 4)


class QuyetDinhToQuerySet(ScopedQuerySet):
    don_vi_path = "to__don_vi"
    quyen_xem = Quyen.XEM_TU_DUONG

    def with_con_gia_tri(self):
        """Annotate `con_gia_tri`: the paper stands; one declared void is made anew."""
        papers = VanBan.objects.con_gia_tri().filter(
            doi_tuong_loai=QuyetDinhTo._meta.label_lower, doi_tuong_id=OuterRef("pk")
        )
        return self.annotate(con_gia_tri=Exists(papers))

    def con_hieu_luc(self):
        """Decisions whose paper stands, the last one first."""
        return self.with_con_gia_tri().filter(con_gia_tri=True)


class QuyetDinhTo(models.Model):
    """Quyết định thành lập, kiện toàn tổ (decision on a group): who is in it from a day on.

    Issued papers do not change: other members are a new decision with its own number and day.
    """

    class Loai(models.TextChoices):
        THANH_LAP = "thanh_lap", "Thành lập"
        KIEN_TOAN = "kien_toan", "Kiện toàn"

    to = models.ForeignKey(ToTuDuong, on_delete=models.PROTECT, related_name="quyet_dinh")
    loai = models.CharField("loại", max_length=10, choices=Loai)
    ngay = models.DateField("ngày quyết định")
    so_van_ban = models.CharField("số", max_length=60, blank=True)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = QuyetDinhToQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định về tổ tu dưỡng"
        verbose_name_plural = "quyết định về tổ tu dưỡng"
        ordering = ["-ngay", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["to"],
                condition=models.Q(loai="thanh_lap"),
                name="tuduong_mot_quyet_dinh_thanh_lap",
                violation_error_message="Tổ đã có quyết định thành lập.",
            )
        ]

    def __str__(self):
        return f"Quyết định {self.get_loai_display().lower()} tổ tu dưỡng"

    @property
    def don_vi(self):
        return self.to.don_vi


class KeHoachToQuerySet(ScopedQuerySet):
    don_vi_path = "to__don_vi"
    quyen_xem = Quyen.XEM_TU_DUONG

    def khac(self, ke_hoach):
        """The plans but this one."""
        return self.exclude(pk=ke_hoach.pk)


class KeHoachTo(models.Model):
    """Kế hoạch năm của tổ (a group's plan for the year): purpose, and what each quarter brings.

    A quarter's work stands one item a line.
    """

    to = models.ForeignKey(ToTuDuong, on_delete=models.PROTECT, related_name="ke_hoach")
    nam = models.PositiveSmallIntegerField("năm")
    ngay = models.DateField("ngày kế hoạch")
    muc_dich = models.TextField("mục đích, yêu cầu", max_length=1500)
    quy_1 = models.TextField("việc quý I", max_length=1500, blank=True)
    phu_trach_1 = models.CharField("phụ trách quý I", max_length=160, blank=True)
    quy_2 = models.TextField("việc quý II", max_length=1500, blank=True)
    phu_trach_2 = models.CharField("phụ trách quý II", max_length=160, blank=True)
    quy_3 = models.TextField("việc quý III", max_length=1500, blank=True)
    phu_trach_3 = models.CharField("phụ trách quý III", max_length=160, blank=True)
    quy_4 = models.TextField("việc quý IV", max_length=1500, blank=True)
    phu_trach_4 = models.CharField("phụ trách quý IV", max_length=160, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = KeHoachToQuerySet.as_manager()

    class Meta:
        verbose_name = "kế hoạch năm của tổ tu dưỡng"
        verbose_name_plural = "kế hoạch năm của tổ tu dưỡng"
        ordering = ["-nam", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["to", "nam"],
                name="tuduong_mot_ke_hoach_mot_nam",
                violation_error_message="Tổ đã có kế hoạch của năm này.",
            )
        ]

    def __str__(self):
        return f"Kế hoạch năm {self.nam}"

    def get_absolute_url(self):
        return reverse("tuduong:ke_hoach", args=[self.pk])

    @property
    def don_vi(self):
        return self.to.don_vi

    def quy_nay(self, quy: int) -> list[str]:
        """What that quarter brings, one item each."""
        return lines(getattr(self, f"quy_{quy}"))

    @property
    def cac_quy(self) -> Iterator[tuple[str, list[str], str]]:
        """Each quarter that has work: its name, the items, who sees to it."""
        for quy in QUY:
            if items := self.quy_nay(quy):
                yield f"Quý {roman(quy)}", items, getattr(self, f"phu_trach_{quy}")
