"""Bộ lọc đã lưu: what one account looks for again and again."""

from django.conf import settings
from django.db import models

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class BoLocQuerySet(ScopedQuerySet):
    """Each account has its own; nobody sees another's."""

    don_vi_path = "nguoi_dung__phan_cong__don_vi"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def permitted_to(self, user, quyen):
        return self.filter(nguoi_dung=user.pk) if user.has_quyen(quyen) else self.none()


class BoLoc(models.Model):
    """Bộ lọc (saved filter): filters, order and columns of the member list under a name.

    `dieu_kien` is the part of the address after the question mark, without what was searched
    for: names and numbers of people are not kept.
    """

    nguoi_dung = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bo_loc"
    )
    ten = models.CharField("tên bộ lọc", max_length=40)
    dieu_kien = models.CharField("điều kiện", max_length=1000)
    tao_luc = models.DateTimeField("lưu lúc", auto_now_add=True)

    objects = BoLocQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ lọc"
        verbose_name_plural = "bộ lọc"
        ordering = ["ten", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nguoi_dung", "ten"],
                name="doanvien_mot_ten_bo_loc",
                violation_error_message="Đồng chí đã có bộ lọc tên này. Đặt tên khác.",
            )
        ]

    def __str__(self):
        return self.ten
