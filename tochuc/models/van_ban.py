"""Văn bản: papers that were issued, their numbers and what proves them genuine."""

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .don_vi import DonVi


class SoVanBanQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_SINH_HOAT


class SoVanBan(models.Model):
    """Sổ văn bản (number register): the last number given, per unit, kind and year.

    One row locked while a number is taken, so numbers have no gaps and no doubles.
    """

    don_vi = models.ForeignKey(DonVi, on_delete=models.PROTECT, related_name="so_van_ban")
    loai = models.CharField("loại", max_length=8)
    nam = models.PositiveSmallIntegerField("năm")
    so_cuoi = models.PositiveIntegerField("số cuối", default=0)

    objects = SoVanBanQuerySet.as_manager()

    class Meta:
        verbose_name = "sổ văn bản"
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi", "loai", "nam"], name="tochuc_mot_so_van_ban_mot_nam"
            )
        ]

    def __str__(self):
        return f"{self.loai} {self.nam}: {self.so_cuoi}"


class VanBanQuerySet(ScopedQuerySet):
    """Papers are opened through the object they belong to; here only operators list them."""

    quyen_xem = Quyen.VAN_HANH

    def find_code(self, code: str):
        """The paper with that check code, however it was typed; without its bytes."""
        code = "".join(sign for sign in code.upper() if sign.isalnum())
        return self.select_related("don_vi").defer("tep").filter(ma_kiem_tra=code).first()

    def newest_of(self, van_ban):
        """The latest version of the same paper; the paper itself when there is no newer one."""
        same = self.filter(
            doi_tuong_loai=van_ban.doi_tuong_loai,
            doi_tuong_id=van_ban.doi_tuong_id,
            loai=van_ban.loai,
        )
        return same.defer("tep").order_by("phien_ban").last()

    def of(self, target):
        return self.filter(doi_tuong_loai=target._meta.label_lower, doi_tuong_id=target.pk)

    def newest_by_target(self, model, pks, loai: str) -> dict:
        """The newest version of that kind of paper of each of these objects, without bytes."""
        label = model._meta.label_lower
        papers = self.defer("tep").filter(doi_tuong_loai=label, doi_tuong_id__in=pks, loai=loai)
        papers = papers.con_gia_tri()
        return {paper.doi_tuong_id: paper for paper in papers.order_by("phien_ban")}

    def issued(self, target, loai: str):
        """The newest version of that kind of paper for an object; None before it was issued.

        A paper that was declared void is as if it had not been issued; its number is spent.
        """
        return self.of(target).con_gia_tri().filter(loai=loai).order_by("phien_ban").last()

    def last_of(self, loai: str):
        """The last version of that kind among these rows, a void one too."""
        return self.filter(loai=loai).order_by("phien_ban").last()

    def with_moi_nhat(self):
        """Annotate `moi_nhat`, the last version under the same number, and `ban`."""
        same = VanBan.objects.filter(
            don_vi=OuterRef("don_vi"),
            doi_tuong_loai=OuterRef("doi_tuong_loai"),
            doi_tuong_id=OuterRef("doi_tuong_id"),
            loai=OuterRef("loai"),
            so=OuterRef("so"),
        )
        newest = same.order_by("-phien_ban").values("phien_ban")[:1]
        return self.with_ban().annotate(moi_nhat=Subquery(newest))

    def with_ban(self):
        """Annotate `ban`: which version under its own number; `phien_ban` counts on over those
        of earlier numbers."""
        before = VanBan.objects.filter(
            doi_tuong_loai=OuterRef("doi_tuong_loai"),
            doi_tuong_id=OuterRef("doi_tuong_id"),
            loai=OuterRef("loai"),
            phien_ban__lt=OuterRef("phien_ban"),
            so__isnull=False,
        ).exclude(so=OuterRef("so"))
        spent = before.order_by().values("loai").annotate(so_ban=Count("pk")).values("so_ban")
        return self.annotate(ban=F("phien_ban") - Coalesce(Subquery(spent), 0))

    def cua_don_vi(self, don_vi):
        """Numbered papers of that very unit that are not void, newest first, without bytes."""
        rows = self.con_gia_tri().defer("tep").filter(don_vi=don_vi, so__isnull=False)
        return rows.order_by("-ngay", "-pk")

    def con_gia_tri(self):
        """Papers that nobody has declared void."""
        return self.filter(huy_luc__isnull=True)


class VanBan(models.Model):
    """Văn bản (issued paper): immutable bytes with number, check code and SHA-256.

    A corrected paper is a new version with the same number; earlier versions stay. A paper
    that was a mistake is declared void with a reason: it stays, and so does its number.
    """

    don_vi = models.ForeignKey(DonVi, on_delete=models.PROTECT, related_name="van_ban")
    loai = models.CharField("loại", max_length=8)
    so = models.PositiveIntegerField("số", null=True)
    so_ky_hieu = models.CharField("số, ký hiệu", max_length=40, blank=True)
    ngay = models.DateField("ngày văn bản")
    tieu_de = models.CharField("tên văn bản", max_length=200)
    doi_tuong_loai = models.CharField(max_length=40)
    doi_tuong_id = models.BigIntegerField()
    phien_ban = models.PositiveSmallIntegerField("phiên bản", default=1)
    noi_dung_hash = models.CharField("hash của nội dung", max_length=64)
    ma_kiem_tra = models.CharField("mã kiểm tra", max_length=16, unique=True)
    tep = models.BinaryField("tệp PDF", default=b"")
    sha256 = models.CharField(max_length=64, blank=True)
    lap_luc = models.DateTimeField("lập lúc", auto_now_add=True)
    lap_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    huy_luc = models.DateTimeField("hủy lúc", null=True, blank=True)
    huy_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ly_do_huy = models.CharField("lý do hủy", max_length=200, blank=True)

    objects = VanBanQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ["-ngay", "-pk"]
        indexes = [models.Index(fields=["doi_tuong_loai", "doi_tuong_id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["doi_tuong_loai", "doi_tuong_id", "loai", "phien_ban"],
                name="tochuc_mot_phien_ban_van_ban",
            ),
            models.CheckConstraint(
                condition=Q(huy_luc__isnull=True, ly_do_huy="")
                | (Q(huy_luc__isnull=False) & ~Q(ly_do_huy="")),
                name="tochuc_van_ban_huy_co_ly_do",
                violation_error_message="Ghi lý do hủy văn bản.",
            ),
        ]

    def __str__(self):
        return f"{self.so_ky_hieu} {self.tieu_de}".strip()

    def get_absolute_url(self):
        return reverse("van_ban_check", args=[self.ma_kiem_tra])
