"""Xóa tên: a branch proposes to take a name off the roll, the ward decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tochuc.permissions import Quyen

from .cua_nguoi import CuaNguoiQuerySet


class CanCuXoaTen(models.TextChoices):
    """Căn cứ: why a name may be taken off, three months in a row within the year."""

    KHONG_SINH_HOAT = "khong_sinh_hoat", "Không sinh hoạt 3 tháng liên tiếp, không có lý do"
    KHONG_DONG_PHI = "khong_dong_phi", "Không đóng đoàn phí 3 tháng liên tiếp, không có lý do"
    CA_HAI = "ca_hai", "Cả hai: không sinh hoạt và không đóng đoàn phí"


class DeNghiXoaTenQuerySet(CuaNguoiQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def cho_quyet_dinh(self):
        return self.filter(trang_thai=DeNghiXoaTen.TrangThai.CHO)

    def trong_list(self):
        return self.select_related("doan_vien", "chi_doan")


class DeNghiXoaTen(models.Model):
    """Đề nghị xóa tên (proposal to remove from the roll), and the ward's answer to it."""

    class TrangThai(models.TextChoices):
        CHO = "cho", "Chờ Đoàn cơ sở quyết định"
        DONG_Y = "dong_y", "Đã quyết định xóa tên"
        KHONG_DONG_Y = "khong_dong_y", "Không xóa tên"
        RUT = "rut", "Chi đoàn rút đề nghị"

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="de_nghi_xoa_ten"
    )
    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="de_nghi_xoa_ten",
    )
    can_cu = models.CharField("căn cứ", max_length=16, choices=CanCuXoaTen)
    ly_do = models.CharField("ý kiến chi đoàn", max_length=300)
    ngay = models.DateField("ngày đề nghị")
    trang_thai = models.CharField(
        "tình trạng", max_length=12, choices=TrangThai, default=TrangThai.CHO
    )
    tra_loi = models.CharField("trả lời của Đoàn cơ sở", max_length=300, blank=True)
    tra_loi_ngay = models.DateField("ngày trả lời", null=True, blank=True)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = DeNghiXoaTenQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị xóa tên"
        ordering = ["-ngay", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["doan_vien"],
                condition=Q(trang_thai="cho"),
                name="doanvien_mot_de_nghi_xoa_ten",
                violation_error_message="Đã có đề nghị xóa tên đồng chí này, đang chờ quyết định.",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai="cho", tra_loi_ngay__isnull=True)
                | (~Q(trang_thai="cho") & Q(tra_loi_ngay__isnull=False)),
                name="doanvien_xoa_ten_tra_loi_co_ngay",
                violation_error_message="Ghi ngày trả lời.",
            ),
        ]

    def __str__(self):
        return f"Đề nghị xóa tên {self.doan_vien}"

    @property
    def don_vi(self):
        return self.chi_doan
