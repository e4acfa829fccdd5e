"""Visits and gifts for secretaries and members in hardship."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q, Sum
from django.urls import reverse

from doanvien.models.cua_nguoi import CuaNguoiQuerySet
from tochuc.permissions import Quyen


class ThamHoiQuerySet(CuaNguoiQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_CAN_BO

    def trong_list(self):
        return self.select_related("doan_vien", "chi_doan", "don_vi")

    def trong_ky(self, ky):
        return self.filter(ngay__range=(ky.start, ky.end))

    def can_bo(self):
        """Those for people in office at that time."""
        return self.exclude(chuc_vu="")

    def theo_dip(self, dip: str, user):
        """Visits of an occasion as `user` reads them: who may not know of an illness finds such
        a visit among the other occasions."""
        if dip not in (ThamHoi.Dip.OM_DAU, ThamHoi.Dip.KHAC):
            return self.filter(dip=dip)
        known = Q(pk__in=self.permitted_to(user, Quyen.SUA_DOAN_VIEN).order_by().values("pk"))
        if dip == ThamHoi.Dip.OM_DAU:
            return self.filter(known, dip=dip)
        return self.filter(Q(dip=dip) | (Q(dip=ThamHoi.Dip.OM_DAU) & ~known))

    def tong(self) -> tuple[int, int]:
        """(visits, đồng) of these rows. One query."""
        found = self.order_by().aggregate(so=Count("pk"), tien=Sum("gia_tri"))
        return found["so"], found["tien"] or 0


class ThamHoi(models.Model):
    """Thăm hỏi, tặng quà (visit with a gift): to whom, on what occasion, what it was worth."""

    class Dip(models.TextChoices):
        KHO_KHAN = "kho_khan", "Hoàn cảnh khó khăn"
        OM_DAU = "om_dau", "Ốm đau, tai nạn"
        TANG = "tang", "Việc tang"
        TET = "tet", "Tết Nguyên đán"
        NGAY_26_3 = "26_3", "Ngày thành lập Đoàn 26/3"
        THIEN_TAI = "thien_tai", "Thiên tai, hỏa hoạn"
        CUOI_SINH = "cuoi_sinh", "Cưới, sinh con"
        KHAC = "khac", "Dịp khác"

        @classmethod
        def cong_khai(cls) -> dict[str, str]:
            """Words for any reader, a file and a log: that somebody is ill stays untold."""
            return {**dict(cls.choices), cls.OM_DAU.value: cls.KHAC.label}

    ten_nguoi = "nguoi_tang"
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="tham_hoi"
    )
    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="tham_hoi",
    )
    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị thăm hỏi",
        on_delete=models.PROTECT,
        related_name="+",
    )
    chuc_vu = models.CharField("chức vụ khi đó", max_length=60, blank=True)
    dip = models.CharField("dịp", max_length=10, choices=Dip)
    hoan_canh = models.CharField("hoàn cảnh", max_length=300, blank=True)
    qua = models.CharField("quà", max_length=200, blank=True)
    gia_tri = models.PositiveBigIntegerField("trị giá (đồng)", default=0)
    nguoi_tang = models.CharField("người trao", max_length=120)
    ngay = models.DateField("ngày")
    version = models.PositiveIntegerField(default=1, editable=False)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tao_luc = models.DateTimeField(auto_now_add=True)

    objects = ThamHoiQuerySet.as_manager()

    class Meta:
        verbose_name = "thăm hỏi, tặng quà"
        ordering = ["-ngay", "-pk"]
        indexes = [models.Index(fields=["chi_doan", "ngay"])]

    def __str__(self):
        return f"{self.dip_cong_khai}, {self.ngay:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("chidoan:tham_hoi", args=[self.pk])

    @property
    def dip_cong_khai(self) -> str:
        return self.Dip.cong_khai()[self.dip]

    def dip_cho(self, user) -> str:
        """The occasion for a reader: an illness is told to who looks after the person alone."""
        knows = user.may(Quyen.SUA_DOAN_VIEN, self.chi_doan)
        return self.get_dip_display() if knows else self.dip_cong_khai
