"""Minh chứng: what a task or a paper of a dossier is proven by."""

from django.db import models
from django.db.models import Q

from chidoan.models.anh import AnhVeLai, AnhVeLaiQuerySet, cua_mot_viec
from tochuc.permissions import Quyen

from .giay_to import GiayTo
from .ho_so import HoSo
from .to import NhiemVu

KHOA = ("nhiem_vu", "giay_to")
"""What an evidence photo may belong to."""


class AnhMinhChungQuerySet(AnhVeLaiQuerySet):
    quyen_xem = Quyen.XEM_TU_DUONG

    def visible_to(self, user):
        """Photos of the tasks and of the papers that one sees."""
        tasks = NhiemVu.objects.visible_to(user).order_by().values("pk")
        papers = GiayTo.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(nhiem_vu__in=tasks) | Q(giay_to__in=papers))

    def gui_cap_uy_cua(self, user):
        """What the Party committee's account sees: those of cases that were sent to it."""
        return self.filter(giay_to__ho_so__in=HoSo.objects.gui_cap_uy_cua(user).values("pk"))


class AnhMinhChung(AnhVeLai):
    """Ảnh minh chứng (evidence photo) of a task, or the scan of a paper of a dossier.

    It goes with the person whom it is about.
    """

    KHOA = KHOA
    TRANG = "tuduong:minh_chung_"

    don_vi = models.ForeignKey(
        "tochuc.DonVi", on_delete=models.PROTECT, related_name="anh_minh_chung"
    )
    nhiem_vu = models.ForeignKey(
        NhiemVu, on_delete=models.CASCADE, null=True, blank=True, related_name="anh"
    )
    giay_to = models.ForeignKey(
        GiayTo, on_delete=models.CASCADE, null=True, blank=True, related_name="anh"
    )

    objects = AnhMinhChungQuerySet.as_manager()

    class Meta(AnhVeLai.Meta):
        verbose_name = "ảnh minh chứng"
        verbose_name_plural = "ảnh minh chứng"
        constraints = [
            models.CheckConstraint(condition=cua_mot_viec(KHOA), name="tuduong_anh_cua_mot_viec")
        ]
