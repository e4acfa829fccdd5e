"""Gộp bản ghi: records of one person made into one, and namesakes known to be two people."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tochuc.ma_hoa import decrypt, encrypt
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class KhacNguoiQuerySet(ScopedQuerySet):
    don_vi_path = "mot__chi_doan"
    quyen_xem = Quyen.DUYET_DOAN_VIEN

    def ve(self, pks):
        """The pairs that name one of these records."""
        return self.filter(Q(mot__in=pks) | Q(hai__in=pks))


class KhacNguoi(models.Model):
    """Khác người (two people): records that look alike and were found not to be one person."""

    mot = models.ForeignKey("doanvien.DoanVien", on_delete=models.CASCADE, related_name="+")
    hai = models.ForeignKey("doanvien.DoanVien", on_delete=models.CASCADE, related_name="+")
    luc = models.DateTimeField("lúc", auto_now_add=True)
    boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = KhacNguoiQuerySet.as_manager()

    class Meta:
        verbose_name = "khác người"
        verbose_name_plural = "khác người"
        constraints = [
            models.UniqueConstraint(fields=["mot", "hai"], name="doanvien_khac_nguoi_mot_lan"),
            models.CheckConstraint(
                condition=Q(mot__lt=F("hai")), name="doanvien_khac_nguoi_theo_thu_tu"
            ),
        ]

    def __str__(self):
        return f"{self.mot_id} khác {self.hai_id}"


class GopDoanVienQuerySet(ScopedQuerySet):
    don_vi_path = "giu__chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def con_hieu_luc(self):
        """Merges that were not undone."""
        return self.filter(hoan_luc__isnull=True)

    def gan_day(self):
        """The latest merges that stand, with the record that stayed."""
        return self.con_hieu_luc().select_related("giu__chi_doan").order_by("-luc")[:20]

    def da_gop(self, pks) -> dict[int, int]:
        """Of records that went: by their old number, that of the one that stayed. One query."""
        rows = self.con_hieu_luc().filter(so_bo__in=pks).order_by("luc", "pk")
        return dict(rows.values_list("so_bo", "giu"))

    def cua_so_cu(self, pk: int):
        """Where the record that once had this number went, latest first."""
        return self.con_hieu_luc().filter(so_bo=pk).select_related("giu").order_by("-luc")


class GopDoanVien(models.Model):
    """Gộp đoàn viên (merge of two records): which stayed, which went, and all it was before.

    `ban_chup` holds, encrypted, what an undo needs. `dau_vet` says how the rows stood right
    after the merge: once they differ, there is no undo.
    """

    giu = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="bản ghi giữ lại",
        on_delete=models.PROTECT,
        related_name="lan_gop",
    )
    so_bo = models.PositiveBigIntegerField("số của bản ghi bỏ", db_index=True)
    ban_chup_ma_hoa = models.TextField(editable=False)
    dau_vet = models.CharField(max_length=64, editable=False)
    luc = models.DateTimeField("gộp lúc", auto_now_add=True)
    boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    hoan_luc = models.DateTimeField("hoàn lại lúc", null=True, blank=True)
    hoan_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = GopDoanVienQuerySet.as_manager()

    class Meta:
        verbose_name = "gộp bản ghi"
        verbose_name_plural = "gộp bản ghi"
        ordering = ["-luc", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hoan_luc__isnull=True, hoan_boi__isnull=True)
                | Q(hoan_luc__isnull=False, hoan_boi__isnull=False),
                name="doanvien_gop_hoan_luc_di_voi_nguoi",
            )
        ]

    def __str__(self):
        return f"Gộp bản ghi số {self.so_bo} vào số {self.giu_id}"

    @property
    def is_hoan_lai(self) -> bool:
        return self.hoan_luc is not None

    @property
    def ban_chup(self) -> dict[str, Any]:
        return json.loads(decrypt(self.ban_chup_ma_hoa))

    def set_ban_chup(self, ban_chup: dict[str, Any]) -> None:
        self.ban_chup_ma_hoa = encrypt(json.dumps(ban_chup, ensure_ascii=False))
