"""Hội thi: contests of branch secretaries and cadres, their rounds, contestants and prizes."""

from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .bao_xuong import BaoXuongQuerySet, CoTen
from .theo_ngay import TheoNgayMixin


class HoiThiQuerySet(TheoNgayMixin, BaoXuongQuerySet):
    def with_so_nguoi(self):
        """Annotate `so_thi_sinh` and `so_giai`."""
        rows = ThiSinh.objects.filter(hoi_thi=OuterRef("pk")).order_by().values("hoi_thi")
        prized = rows.exclude(giai="")
        return self.annotate(
            so_thi_sinh=Coalesce(Subquery(rows.annotate(so=Count("pk")).values("so")), 0),
            so_giai=Coalesce(Subquery(prized.annotate(so=Count("pk")).values("so")), 0),
        )


class HoiThi(CoTen, models.Model):
    """Hội thi (contest): bí thư chi đoàn giỏi, cán bộ Đoàn giỏi or another one of a unit."""

    class Loai(models.TextChoices):
        BI_THU_GIOI = "bi_thu_gioi", "Bí thư chi đoàn giỏi"
        CAN_BO_GIOI = "can_bo_gioi", "Cán bộ Đoàn giỏi"
        KHAC = "khac", "Hội thi khác"

    class TrangThai(models.TextChoices):
        CHUAN_BI = "chuan_bi", "Đang tổ chức"
        XONG = "xong", "Đã công bố kết quả"
        HUY = "huy", "Đã hủy"

    don_vi = models.ForeignKey(
        DonVi, verbose_name="đơn vị tổ chức", on_delete=models.PROTECT, related_name="hoi_thi"
    )
    loai = models.CharField("loại hội thi", max_length=12, choices=Loai)
    ten = models.CharField("tên hội thi", max_length=160)
    khoa_tim = models.CharField(max_length=160, editable=False)
    ngay = models.DateField("ngày tổ chức")
    dia_diem = models.CharField("địa điểm", max_length=160, blank=True)
    noi_dung = models.TextField("nội dung, thể lệ", blank=True)
    trang_thai = models.CharField(
        "tình trạng", max_length=8, choices=TrangThai, default=TrangThai.CHUAN_BI
    )
    ly_do_huy = models.CharField("lý do hủy", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    tao_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = HoiThiQuerySet.as_manager()

    class Meta:
        verbose_name = "hội thi"
        verbose_name_plural = "hội thi"
        ordering = ["-ngay", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(ten=""),
                name="chidoan_hoi_thi_co_ten",
                violation_error_message="Ghi tên hội thi.",
            ),
            models.CheckConstraint(
                condition=(Q(trang_thai="huy") & ~Q(ly_do_huy=""))
                | (~Q(trang_thai="huy") & Q(ly_do_huy="")),
                name="chidoan_hoi_thi_huy_co_ly_do",
                violation_error_message="Ghi lý do hủy hội thi.",
            ),
        ]

    def __str__(self):
        return self.ten

    def get_absolute_url(self):
        return reverse("chidoan:hoi_thi_detail", args=[self.pk])

    @property
    def is_xong(self) -> bool:
        return self.trang_thai == self.TrangThai.XONG

    @property
    def is_khoa(self) -> bool:
        return self.trang_thai != self.TrangThai.CHUAN_BI


class VongThiQuerySet(ScopedQuerySet):
    don_vi_path = "hoi_thi__don_vi"
    quyen_xem = Quyen.XEM_CAN_BO


class VongThi(models.Model):
    """Vòng thi (round of a contest): a part that is marked by itself."""

    hoi_thi = models.ForeignKey(HoiThi, on_delete=models.CASCADE, related_name="vong")
    thu_tu = models.PositiveSmallIntegerField("thứ tự")
    ten = models.CharField("tên vòng, phần thi", max_length=120)
    diem_toi_da = models.DecimalField("điểm tối đa", max_digits=5, decimal_places=1, default=10)

    objects = VongThiQuerySet.as_manager()

    class Meta:
        verbose_name = "vòng thi"
        verbose_name_plural = "vòng thi"
        ordering = ["hoi_thi", "thu_tu"]
        constraints = [
            models.UniqueConstraint(
                fields=["hoi_thi", "thu_tu"], name="chidoan_vong_thi_mot_thu_tu"
            ),
            models.CheckConstraint(
                condition=~Q(ten="") & Q(diem_toi_da__gt=0),
                name="chidoan_vong_thi_co_ten_va_diem",
                violation_error_message="Ghi tên vòng thi và điểm tối đa lớn hơn 0.",
            ),
        ]

    def __str__(self):
        return self.ten


class ThiSinhQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_CAN_BO

    def cho_trang(self):
        return self.select_related("hoi_thi__don_vi", "don_vi")

    def dat_giai(self):
        return self.exclude(giai="")

    def cua_doan_vien(self, doan_vien):
        return self.filter(doan_vien=doan_vien).select_related("hoi_thi__don_vi")

    def with_tong_diem(self):
        """Annotate `tong_diem`: points of all rounds, None while nothing is marked."""
        marks = DiemThi.objects.filter(thi_sinh=OuterRef("pk")).order_by().values("thi_sinh")
        return self.annotate(tong_diem=Subquery(marks.annotate(so=Sum("diem")).values("so")))


class ThiSinh(models.Model):
    """Thí sinh (contestant): a person with branch and office of that day, and the prize won."""

    class Giai(models.TextChoices):
        NHAT = "1_nhat", "Giải Nhất"
        NHI = "2_nhi", "Giải Nhì"
        BA = "3_ba", "Giải Ba"
        KHUYEN_KHICH = "4_khuyen_khich", "Giải Khuyến khích"
        PHU = "5_phu", "Giải phụ"

    ten_nguoi = "ho_ten"
    hoi_thi = models.ForeignKey(HoiThi, on_delete=models.PROTECT, related_name="thi_sinh")
    don_vi = models.ForeignKey(
        DonVi, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="thi_sinh"
    )
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cac_hoi_thi",
    )
    ho_ten = models.CharField("họ và tên", max_length=120)
    khoa_sap_xep = models.CharField(max_length=255, editable=False)
    ten_don_vi = models.CharField("đơn vị khi dự thi", max_length=160, blank=True)
    chuc_vu = models.CharField("chức vụ khi dự thi", max_length=80, blank=True)
    giai = models.CharField("giải", max_length=16, choices=Giai, blank=True)
    ten_giai = models.CharField("tên giải", max_length=120, blank=True)

    objects = ThiSinhQuerySet.as_manager()

    class Meta:
        verbose_name = "thí sinh"
        verbose_name_plural = "thí sinh"
        ordering = ["don_vi__path", "khoa_sap_xep", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hoi_thi", "doan_vien"],
                name="chidoan_mot_nguoi_mot_hoi_thi",
                violation_error_message="Đồng chí này đã có tên trong hội thi.",
            ),
            models.CheckConstraint(
                condition=~Q(ho_ten=""),
                name="chidoan_thi_sinh_co_ten",
                violation_error_message="Ghi họ và tên thí sinh.",
            ),
        ]

    def __str__(self):
        return self.ho_ten

    @property
    def thu_hang_khi_gop(self) -> int:
        """Of two rows for one person in a contest: the one with a prize."""
        return int(bool(self.giai))

    @property
    def giai_bang_chu(self) -> str:
        return self.ten_giai or self.get_giai_display()


class DiemThiQuerySet(ScopedQuerySet):
    don_vi_path = "thi_sinh__don_vi"
    quyen_xem = Quyen.XEM_CAN_BO

    def of_hoi_thi(self, hoi_thi) -> dict:
        """Marks of a contest by contestant and round. One query."""
        rows = self.filter(vong__hoi_thi=hoi_thi).order_by()
        return {(row.thi_sinh_id, row.vong_id): row.diem for row in rows}


class DiemThi(models.Model):
    """Điểm thi (mark): what a contestant was given in a round."""

    vong = models.ForeignKey(VongThi, on_delete=models.CASCADE, related_name="diem")
    thi_sinh = models.ForeignKey(ThiSinh, on_delete=models.CASCADE, related_name="diem")
    diem = models.DecimalField("điểm", max_digits=5, decimal_places=1)

    objects = DiemThiQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm thi"
        verbose_name_plural = "điểm thi"
        ordering = ["vong", "thi_sinh"]
        constraints = [
            models.UniqueConstraint(fields=["vong", "thi_sinh"], name="chidoan_mot_diem_mot_vong"),
            models.CheckConstraint(
                condition=Q(diem__gte=0),
                name="chidoan_diem_thi_khong_am",
                violation_error_message="Điểm không được âm.",
            ),
        ]

    def __str__(self):
        return f"{self.diem:n}"

    @property
    def thu_hang_khi_gop(self) -> int:
        return int(self.diem * 10)
