"""Hoãn sinh hoạt: the time for which a branch lets somebody off its meetings."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tochuc.permissions import Quyen

from .cua_nguoi import CuaNguoiQuerySet


class HoanSinhHoatQuerySet(CuaNguoiQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def tai_ngay(self, ngay):
        """In force on `ngay`: begun, and neither over nor ended early."""
        return self.filter(tu_ngay__lte=ngay, den_ngay__gte=ngay).filter(
            Q(ket_thuc_som__isnull=True) | Q(ket_thuc_som__gte=ngay)
        )

    def con_o_chi_doan(self):
        """Of people who are still with the branch that let them off: of others nobody waits."""
        return self.filter(
            doan_vien__trang_thai="dang_sinh_hoat", doan_vien__chi_doan=F("chi_doan")
        )

    def het_han_trong(self, tu, den):
        """Those that end between two days and were not ended before."""
        rows = self.con_o_chi_doan()
        return rows.filter(ket_thuc_som__isnull=True, den_ngay__range=(tu, den))

    def da_het(self, ngay):
        return self.filter(Q(den_ngay__lt=ngay) | Q(ket_thuc_som__lt=ngay))

    def trong_list(self):
        return self.select_related("doan_vien", "chi_doan")

    def giao_voi(self, tu_ngay, den_ngay):
        """Those that share a day with a span."""
        return self.filter(tu_ngay__lte=den_ngay, den_ngay__gte=tu_ngay).filter(
            Q(ket_thuc_som__isnull=True) | Q(ket_thuc_som__gte=tu_ngay)
        )


class HoanSinhHoat(models.Model):
    """Hoãn sinh hoạt (deferral): off the meetings for up to a year, by decision of the branch.

    The person stays a member, is counted and owes dues. Going on is a new row.
    """

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="hoan_sinh_hoat"
    )
    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="hoan_sinh_hoat",
    )
    tu_ngay = models.DateField("hoãn từ ngày")
    den_ngay = models.DateField("đến hết ngày")
    ly_do = models.CharField("lý do", max_length=200)
    so_nghi_quyet = models.CharField("số nghị quyết, biên bản chi đoàn", max_length=40, blank=True)
    ket_thuc_som = models.DateField("sinh hoạt trở lại sau ngày", null=True, blank=True)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tao_luc = models.DateTimeField(auto_now_add=True)

    objects = HoanSinhHoatQuerySet.as_manager()

    class Meta:
        verbose_name = "hoãn sinh hoạt"
        ordering = ["-tu_ngay", "-pk"]
        indexes = [models.Index(fields=["chi_doan", "den_ngay"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(den_ngay__gte=F("tu_ngay")),
                name="doanvien_hoan_den_sau_tu",
                violation_error_message="Ngày hết hoãn phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(ket_thuc_som__isnull=True)
                | Q(ket_thuc_som__gte=F("tu_ngay"), ket_thuc_som__lte=F("den_ngay")),
                name="doanvien_hoan_ket_thuc_som_trong_thoi_han",
                violation_error_message="Ngày thôi hoãn phải nằm trong thời gian hoãn.",
            ),
            models.CheckConstraint(
                condition=~Q(ly_do=""),
                name="doanvien_hoan_co_ly_do",
                violation_error_message="Ghi lý do hoãn sinh hoạt.",
            ),
        ]

    def __str__(self):
        return f"Hoãn sinh hoạt {self.tu_ngay:%d/%m/%Y} – {self.ngay_het:%d/%m/%Y}"

    @property
    def ngay_het(self):
        """The last day of it, as it came out."""
        return self.ket_thuc_som or self.den_ngay

    @property
    def is_con_o_chi_doan(self) -> bool:
        """The twin of the queryset's `con_o_chi_doan`."""
        return self.doan_vien.is_dang_sinh_hoat and self.doan_vien.chi_doan_id == self.chi_doan_id

    @property
    def don_vi(self):
        return self.chi_doan
