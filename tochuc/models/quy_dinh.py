"""Quy định: values that a guidance paper may change, with the day they begin to apply."""

from django.db import models
from django.db.models import Q

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, path_prefixes

from .don_vi import DonVi


class QuyDinhQuerySet(ScopedQuerySet):
    """Settings of one's units, and those one is under: general ones and of the units above."""

    quyen_xem = Quyen.XEM_QUY_DINH

    def visible_to(self, user):
        if not user.has_quyen(self.quyen_xem):
            return self.none()
        own = super().visible_to(user).values("pk")
        paths = user.paths_with(self.quyen_xem)
        above = [above for path in paths for above in path_prefixes(path)[:-1]]
        return self.filter(Q(pk__in=own) | Q(don_vi__isnull=True) | Q(don_vi__path__in=above))


class QuyDinh(models.Model):
    """Quy định (dated setting): replaces the shipped value of `ma` from a day on.

    Without `don_vi` it holds everywhere; with it, for that unit and all below. The keys,
    their kinds and shipped values stand in `tochuc/quy_dinh.py`.
    """

    ma = models.CharField("mã", max_length=60)
    don_vi = models.ForeignKey(
        DonVi, verbose_name="đơn vị", on_delete=models.PROTECT, null=True, blank=True
    )
    tu_ngay = models.DateField("áp dụng từ ngày")
    gia_tri = models.JSONField("giá trị")
    can_cu = models.CharField("căn cứ", max_length=200)

    objects = QuyDinhQuerySet.as_manager()

    class Meta:
        verbose_name = "quy định"
        verbose_name_plural = "quy định"
        ordering = ["ma", "-tu_ngay", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ma", "don_vi", "tu_ngay"],
                condition=Q(don_vi__isnull=False),
                name="tochuc_mot_gia_tri_mot_ngay",
                violation_error_message="Ngày này đã có một giá trị cho quy định đó.",
            ),
            models.UniqueConstraint(
                fields=["ma", "tu_ngay"],
                condition=Q(don_vi__isnull=True),
                name="tochuc_mot_gia_tri_chung_mot_ngay",
                violation_error_message="Ngày này đã có một giá trị cho quy định đó.",
            ),
        ]

    def __str__(self):
        return f"{self.ma} từ {self.tu_ngay:%d/%m/%Y}"
