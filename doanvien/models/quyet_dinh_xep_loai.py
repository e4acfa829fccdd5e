"""Quyết định công nhận xếp loại: the ward's decision on a year's ratings, line by line."""

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, subtree

from .dot_xep_loai import MUC, TEN_MUC, KhongXep
from .quyet_dinh import QuyetDinhNam


class QuyetDinhXepLoaiQuerySet(ScopedQuerySet):
    """Seen by the ward and above, and by the branches in it, to which it is sent."""

    quyen_xem = Quyen.XEM_DOAN_VIEN

    def visible_to(self, user):
        scope = Q(pk__in=())
        for path in user.paths_with(self.quyen_xem):
            lines = DongQuyetDinh.objects.filter(quyet_dinh=OuterRef("pk"))
            scope |= subtree("don_vi__path", path)
            scope |= Exists(lines.filter(subtree("chi_doan__path", path)))
        return self.filter(scope)

    def cua_don_vi(self, don_vi):
        return self.filter(don_vi=don_vi)

    def cua_nam(self, nam: int):
        return self.filter(nam=nam)

    def with_so_dong(self):
        """Annotate `so_chi_doan`, and `so_xep` members with a level; newest first."""
        rows = self.annotate(
            so_chi_doan=Count("dong__chi_doan", distinct=True),
            so_xep=Count("dong", filter=~Q(dong__muc="")),
        )
        return rows.order_by("-nam", "-ngay", "-pk")  # grouped rows forget their own order


class QuyetDinhXepLoai(QuyetDinhNam):
    """Quyết định công nhận xếp loại (rating decision) of a ward for a year.

    Its lines never change. A decision in which a fault was found is cancelled with the
    reason; its lines stay as history, and the branches concerned begin again.
    """

    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="Đoàn cơ sở",
        on_delete=models.PROTECT,
        related_name="quyet_dinh_xep_loai",
    )
    huong_dan_so = models.CharField("số hướng dẫn", max_length=60, blank=True)
    huong_dan_ngay = models.DateField("ngày hướng dẫn", null=True, blank=True)
    ngay_hop = models.DateField("ngày họp Ban Chấp hành")
    tong_uy_vien = models.PositiveSmallIntegerField("tổng số ủy viên")
    co_mat = models.PositiveSmallIntegerField("có mặt")
    tan_thanh = models.PositiveSmallIntegerField("tán thành")

    objects = QuyetDinhXepLoaiQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định xếp loại"
        verbose_name_plural = "quyết định xếp loại"
        ordering = ["-nam", "-ngay", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    co_mat__lte=F("tong_uy_vien"),
                    co_mat=F("tan_thanh") + F("khong_tan_thanh") + F("khong_hop_le"),
                ),
                name="doanvien_phieu_bch_xep_loai_khop",
                violation_error_message="Số phiếu cộng lại phải bằng số ủy viên có mặt.",
            ),
            models.CheckConstraint(
                condition=Q(huy_ngay__isnull=True, huy_ly_do="")
                | (Q(huy_ngay__isnull=False) & ~Q(huy_ly_do="")),
                name="doanvien_huy_xep_loai_co_ly_do",
                violation_error_message="Ghi lý do hủy kết quả xếp loại.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("chidoan:xep_loai_quyet_dinh", args=[self.pk])

    def chi_doan_ids(self) -> set[int]:
        """The branches whose members it speaks of."""
        return set(self.dong.order_by().values_list("chi_doan_id", flat=True))


class DongQuyetDinhQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def con_hieu_luc(self):
        return self.filter(quyet_dinh__huy_ngay__isnull=True)

    def khong_xep_nam(self, nam: int):
        """Those whom a year's decisions leave without a level."""
        return self.filter(quyet_dinh__nam=nam).exclude(khong_xep="")

    def theo_danh_sach(self):
        """In the order of a printed list: branches as in the tree, names by given name."""
        rows = self.select_related("chi_doan", "doan_vien")
        return rows.order_by("chi_doan__path", "doan_vien__khoa_sap_xep", "pk")

    def dem_theo_chi_doan(self) -> list[dict]:
        """Members, rated, per level and unrated by reason, of each branch. One query."""
        rows = self.order_by().values("chi_doan_id", "chi_doan__path")
        return list(
            rows.annotate(
                so_nguoi=Count("pk"),
                so_xep=Count("pk", filter=~Q(muc="")),
                **{f"so_{muc.value}": Count("pk", filter=Q(muc=muc)) for muc in MUC},
                **{
                    f"vi_{ly_do.value}": Count("pk", filter=Q(khong_xep=ly_do))
                    for ly_do in KhongXep
                },
            ).order_by("chi_doan__path")
        )


class DongQuyetDinh(models.Model):
    """Dòng quyết định (line of a decision): one member with his level, or why he has none."""

    quyet_dinh = models.ForeignKey(QuyetDinhXepLoai, on_delete=models.PROTECT, related_name="dong")
    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="dong_quyet_dinh_xep_loai",
    )
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="dong_quyet_dinh"
    )
    muc = models.CharField("mức", max_length=8, choices=TEN_MUC, blank=True)
    khong_xep = models.CharField("không xếp loại", max_length=14, choices=KhongXep, blank=True)

    objects = DongQuyetDinhQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng quyết định"
        verbose_name_plural = "dòng quyết định"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["quyet_dinh", "doan_vien"], name="doanvien_mot_dong_quyet_dinh_mot_nguoi"
            ),
            models.CheckConstraint(
                condition=(Q(muc="") & ~Q(khong_xep="")) | (~Q(muc="") & Q(khong_xep="")),
                name="doanvien_dong_quyet_dinh_co_muc_hoac_ly_do",
            ),
        ]

    def __str__(self):
        return self.get_muc_display() or self.get_khong_xep_display()

    @property
    def don_vi(self):
        return self.quyet_dinh.don_vi
