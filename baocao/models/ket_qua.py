"""What a final round becomes: the decision that recognises it, line by line."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from doanvien.models import QuyetDinhNam
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .dot_cham import DongCham, DotCham
from .xep_loai import XepLoaiDonVi


class QuyetDinhKetQuaQuerySet(ScopedQuerySet):
    """Seen by who sees the round: a decision is sent to every unit it speaks of."""

    quyen_xem = Quyen.XEM_XEP_HANG

    def visible_to(self, user):
        rounds = DotCham.objects.visible_to(user).order_by().values("pk")
        return self.filter(dot__in=rounds)

    def con_hieu_luc(self):
        return self.filter(huy_ngay__isnull=True)


class QuyetDinhKetQua(QuyetDinhNam):
    """Quyết định công nhận kết quả (recognition of a final round): its paper and its vote.

    Its lines never change. One in which a fault was found is cancelled with the reason, or
    replaced by the decision on the round that corrects; its lines stay as history.
    """

    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị ban hành",
        on_delete=models.PROTECT,
        related_name="quyet_dinh_ket_qua",
    )
    dot = models.ForeignKey(
        DotCham, verbose_name="đợt chấm", on_delete=models.PROTECT, related_name="quyet_dinh"
    )
    ngay_hop = models.DateField("ngày họp")
    tong_uy_vien = models.PositiveSmallIntegerField("tổng số ủy viên", default=0)
    co_mat = models.PositiveSmallIntegerField("có mặt", default=0)
    tan_thanh = models.PositiveSmallIntegerField("tán thành", default=0)
    thay_cho = models.ForeignKey(
        "self",
        verbose_name="thay cho",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duoc_thay",
    )

    objects = QuyetDinhKetQuaQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định công nhận kết quả"
        verbose_name_plural = "quyết định công nhận kết quả"
        ordering = ["-nam", "-ngay", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dot"],
                condition=Q(huy_ngay__isnull=True),
                name="baocao_mot_quyet_dinh_mot_dot",
                violation_error_message="Đợt chấm đã có quyết định công nhận kết quả.",
            ),
            models.CheckConstraint(
                condition=Q(
                    co_mat__lte=F("tong_uy_vien"),
                    co_mat=F("tan_thanh") + F("khong_tan_thanh") + F("khong_hop_le"),
                ),
                name="baocao_phieu_ket_qua_khop",
                violation_error_message="Số phiếu cộng lại phải bằng số ủy viên có mặt.",
            ),
            models.CheckConstraint(
                condition=Q(huy_ngay__isnull=True, huy_ly_do="")
                | (Q(huy_ngay__isnull=False) & ~Q(huy_ly_do="")),
                name="baocao_huy_ket_qua_co_ly_do",
                violation_error_message="Ghi lý do hủy quyết định.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("baocao:ket_qua", args=[self.pk])


class DongKetQuaQuerySet(ScopedQuerySet):
    don_vi_path = "don_vi"
    quyen_xem = Quyen.XEM_XEP_HANG

    def cua_to_chuc(self):
        """The units themselves, committees left out; in the order of the list."""
        rows = self.exclude(doi_tuong=XepLoaiDonVi.DoiTuong.BCH).select_related("dong", "don_vi")
        return rows.order_by(F("dong__hang").asc(nulls_last=True), "don_vi__path")


class DongKetQua(models.Model):
    """Dòng kết quả (line of a recognition): a unit's or its committee's level.

    `muc_dot` is what the round gave; where the decision says otherwise, `ly_do` is the sentence.
    """

    quyet_dinh = models.ForeignKey(QuyetDinhKetQua, on_delete=models.PROTECT, related_name="dong")
    dong = models.ForeignKey(DongCham, on_delete=models.PROTECT, related_name="ket_qua")
    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị",
        on_delete=models.PROTECT,
        related_name="dong_ket_qua",
    )
    doi_tuong = models.CharField(
        "xếp loại cho", max_length=12, choices=XepLoaiDonVi.DoiTuong.choices
    )
    muc_dot = models.CharField("mức của đợt chấm", max_length=20, blank=True)
    muc = models.CharField("mức được công nhận", max_length=20)
    ten_muc = models.CharField("mức, ghi bằng chữ", max_length=80)
    ly_do = models.CharField("lý do khác đợt chấm", max_length=300, blank=True)

    objects = DongKetQuaQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng kết quả"
        verbose_name_plural = "dòng kết quả"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["quyet_dinh", "don_vi", "doi_tuong"],
                name="baocao_mot_dong_ket_qua_mot_don_vi",
            ),
            models.CheckConstraint(
                condition=Q(muc=F("muc_dot")) | ~Q(ly_do=""),
                name="baocao_muc_khac_dot_co_ly_do",
                violation_error_message="Mức khác kết quả đợt chấm thì ghi lý do.",
            ),
        ]

    def __str__(self):
        return f"{self.get_doi_tuong_display()}: {self.ten_muc}"

    @property
    def is_khac(self) -> bool:
        return self.muc != self.muc_dot
