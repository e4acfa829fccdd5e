"""Bàn giao: what a leaving secretary hands to the next, and whom the new one has met."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .chuc_vu import ChucVu
from .dau_ban import dau_ban


class BanGiaoQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_CAN_BO

    def xong(self):
        return self.filter(
            Q(giay_ngay__isnull=False) | Q(giao_luc__isnull=False, nhan_luc__isnull=False)
        )

    def cho_ky(self):
        return self.filter(giay_ngay__isnull=True).exclude(
            giao_luc__isnull=False, nhan_luc__isnull=False
        )

    def cho_nguoi_nay(self, user, day):
        """Those that wait for this account's own signature on `day`."""
        giver = Q(giao_luc__isnull=True, chuc_vu_giao__phan_cong__nguoi_dung=user)
        taker = Q(
            nhan_luc__isnull=True,
            chuc_vu_nhan__phan_cong__nguoi_dung=user,
            chuc_vu_nhan__tu_ngay__lte=day,
        )
        return self.cho_ky().filter(giver | taker)

    def cua(self, don_vi):
        return self.filter(don_vi=don_vi)

    def cua_nhiem_ky(self, chuc_vu):
        """Hand-overs in which this term of office gives or takes."""
        return self.filter(Q(chuc_vu_giao=chuc_vu) | Q(chuc_vu_nhan=chuc_vu))

    def cho_trang(self):
        return self.select_related(
            "don_vi",
            "chuc_vu_giao__phan_cong__nguoi_dung",
            "chuc_vu_nhan__phan_cong__nguoi_dung",
            "chuc_vu_giao__doan_vien",
            "chuc_vu_nhan__doan_vien",
        )


class BanGiao(models.Model):
    """Bàn giao (hand-over): from one secretary of a branch to the next, signed by both.

    Each confirms with the own account, or the ward records the day on which both signed on
    paper; from then on nothing of it changes.
    """

    TRUONG_SUA = ("ngay", "dia_diem", "vat", "dan_lai")
    giay_chung = True

    don_vi = models.ForeignKey(
        DonVi, verbose_name="chi đoàn", on_delete=models.PROTECT, related_name="ban_giao"
    )
    chuc_vu_giao = models.OneToOneField(
        ChucVu, verbose_name="bên giao", on_delete=models.PROTECT, related_name="ban_giao"
    )
    chuc_vu_nhan = models.ForeignKey(
        ChucVu,
        verbose_name="bên nhận",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ban_giao_nhan",
    )
    ngay = models.DateField("ngày bàn giao")
    dia_diem = models.CharField("địa điểm", max_length=120, blank=True)
    vat = models.TextField("sổ sách, con dấu, tài sản, quỹ giao kèm", blank=True)
    dan_lai = models.TextField("việc cần dặn lại", blank=True)
    giao_luc = models.DateTimeField("bên giao ký lúc", null=True, blank=True)
    giao_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    nhan_luc = models.DateTimeField("bên nhận ký lúc", null=True, blank=True)
    nhan_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    giay_ngay = models.DateField("ký trên giấy ngày", null=True, blank=True)
    giay_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tao_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tao_luc = models.DateTimeField(auto_now_add=True)

    objects = BanGiaoQuerySet.as_manager()

    class Meta:
        verbose_name = "bàn giao"
        verbose_name_plural = "bàn giao"
        ordering = ["-ngay", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(giao_luc__isnull=True, giao_boi__isnull=True)
                | Q(giao_luc__isnull=False, giao_boi__isnull=False),
                name="chidoan_ban_giao_giao_luc_di_voi_boi",
            ),
            models.CheckConstraint(
                condition=Q(nhan_luc__isnull=True, nhan_boi__isnull=True)
                | Q(nhan_luc__isnull=False, nhan_boi__isnull=False),
                name="chidoan_ban_giao_nhan_luc_di_voi_boi",
            ),
            models.CheckConstraint(
                condition=~Q(chuc_vu_giao=F("chuc_vu_nhan")),
                name="chidoan_ban_giao_hai_nhiem_ky",
                violation_error_message="Bên giao và bên nhận là hai nhiệm kỳ khác nhau.",
            ),
        ]

    def __str__(self):
        return f"Bàn giao bí thư {self.don_vi}"

    def get_absolute_url(self):
        return reverse("chidoan:ban_giao_detail", args=[self.pk])

    @property
    def version(self) -> str:
        """A mark of what may be written by hand."""
        return dau_ban(*(getattr(self, name) for name in self.TRUONG_SUA))

    @property
    def is_xong(self) -> bool:
        return bool(self.giay_ngay or (self.giao_luc and self.nhan_luc))

    @property
    def da_ky(self) -> bool:
        """Whether somebody has signed, so that its paper stands."""
        return bool(self.giay_ngay or self.giao_luc or self.nhan_luc)

    def da_ky_boi(self, nguoi) -> bool:
        """Whether this member signed it: with the account, or on paper as both did."""
        if self.giay_ngay:
            return True
        sides = ((self.chuc_vu_giao, self.giao_luc), (self.chuc_vu_nhan, self.nhan_luc))
        return any(luc and term.doan_vien_id == nguoi.pk for term, luc in sides)


class GapDoanVienQuerySet(ScopedQuerySet):
    don_vi_path = "chuc_vu__don_vi"
    quyen_xem = Quyen.XEM_CAN_BO


class GapDoanVien(models.Model):
    """Gặp đoàn viên (first contact): a new secretary has called or met this member."""

    chuc_vu = models.ForeignKey(ChucVu, on_delete=models.CASCADE, related_name="da_gap")
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.CASCADE, related_name="bi_thu_gap"
    )
    ngay = models.DateField("ngày gặp")

    objects = GapDoanVienQuerySet.as_manager()

    class Meta:
        verbose_name = "lần gặp đoàn viên"
        verbose_name_plural = "lần gặp đoàn viên"
        ordering = ["ngay", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["chuc_vu", "doan_vien"], name="chidoan_gap_moi_nguoi_mot_lan"
            )
        ]

    def __str__(self):
        return f"{self.doan_vien} {self.ngay:%d/%m/%Y}"

    @property
    def thu_hang_khi_gop(self) -> int:
        """Of two rows for one person: the earlier one."""
        return -self.ngay.toordinal()
