"""What is kept of a cadre besides his offices: allowance or paid days, and the yearly rating."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from doanvien.models import XepLoai
from doanvien.models.cua_nguoi import CuaNguoiQuerySet
from tochuc.permissions import Quyen
from tochuc.scoping import in_force

from .chi_doan import ChucVu


class PhuCapQuerySet(CuaNguoiQuerySet):
    quyen_xem = Quyen.XEM_CAN_BO

    def trong_list(self):
        return self.select_related("doan_vien", "don_vi")

    def tai_ngay(self, day):
        return self.filter(in_force(day))

    def hang_thang(self):
        return self.filter(kieu=PhuCap.Kieu.THANG)

    def ngay_cong(self, don_vi, tu, den):
        """Days of work paid at the branch for exactly these days."""
        rows = self.filter(kieu=PhuCap.Kieu.NGAY_CONG, don_vi=don_vi)
        return rows.filter(tu_ngay=tu, den_ngay=den)

    def giao_voi(self, tu, den):
        """Those that share a day with a span; an open end runs on."""
        return self.filter(tu_ngay__lte=den).filter(Q(den_ngay__isnull=True) | Q(den_ngay__gte=tu))


class PhuCap(models.Model):
    """Phụ cấp (allowance): what a cadre is paid, by month or by day of work, and on what paper.

    The amount and its basis are recorded as the paper says, computed by no formula.
    """

    class Kieu(models.TextChoices):
        THANG = "thang", "Theo tháng"
        NGAY_CONG = "ngay_cong", "Theo ngày công"

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="phu_cap"
    )
    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="phu_cap",
    )
    kieu = models.CharField("cách chi trả", max_length=10, choices=Kieu, default=Kieu.THANG)
    so_tien = models.PositiveBigIntegerField("số tiền mỗi tháng hoặc mỗi ngày công (đồng)")
    so_ngay = models.PositiveSmallIntegerField("số ngày công", null=True, blank=True)
    tu_ngay = models.DateField("từ ngày")
    den_ngay = models.DateField("đến hết ngày", null=True, blank=True)
    can_cu = models.CharField("căn cứ", max_length=200)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tao_luc = models.DateTimeField(auto_now_add=True)

    objects = PhuCapQuerySet.as_manager()

    class Meta:
        verbose_name = "phụ cấp"
        ordering = ["-tu_ngay", "-pk"]
        indexes = [models.Index(fields=["don_vi", "tu_ngay"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("tu_ngay")),
                name="chidoan_phu_cap_den_sau_tu",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(kieu="thang", so_ngay__isnull=True)
                | Q(kieu="ngay_cong", so_ngay__gte=1, den_ngay__isnull=False),
                name="chidoan_phu_cap_ngay_cong_co_so_ngay",
                violation_error_message="Chi theo ngày công thì ghi số ngày và ngày kết thúc.",
            ),
            models.CheckConstraint(
                condition=Q(so_tien__gt=0),
                name="chidoan_phu_cap_co_tien",
                violation_error_message="Ghi số tiền lớn hơn 0.",
            ),
            models.CheckConstraint(
                condition=~Q(can_cu=""),
                name="chidoan_phu_cap_co_can_cu",
                violation_error_message="Ghi căn cứ: nghị quyết, quyết định nào quy định mức này.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kieu_display()} từ {self.tu_ngay:%d/%m/%Y}"


class XepLoaiCanBoQuerySet(CuaNguoiQuerySet):
    quyen_xem = Quyen.XEM_CAN_BO

    def cua_nam(self, nam: int):
        return self.filter(nam=nam)

    def da_xep(self):
        """Those that have a level; the others only say that the self-review has come."""
        return self.exclude(muc="")


class XepLoaiCanBo(models.Model):
    """Xếp loại cán bộ (rating of a cadre): one for each person, office and year.

    The words are those of the scale of its year, see XepLoai. A row without a level says that
    the self-review has come and the decision has not.
    """

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="xep_loai_can_bo"
    )
    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="+"
    )
    chuc_danh = models.CharField("chức danh", max_length=14, choices=ChucVu.ChucDanh)
    nam = models.PositiveSmallIntegerField("năm")
    tu_kiem_diem = models.DateField("ngày nộp bản kiểm điểm", null=True, blank=True)
    muc = models.CharField("mức", max_length=16, choices=XepLoai.Muc, blank=True)
    so_quyet_dinh = models.CharField("số quyết định", max_length=60, blank=True)
    ngay = models.DateField("ngày quyết định", null=True, blank=True)
    nhan_xet = models.CharField("nhận xét", max_length=300, blank=True)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    sua_luc = models.DateTimeField(auto_now=True)

    objects = XepLoaiCanBoQuerySet.as_manager()

    class Meta:
        verbose_name = "xếp loại cán bộ"
        ordering = ["-nam", "pk"]
        indexes = [models.Index(fields=["don_vi", "nam"])]
        constraints = [
            models.UniqueConstraint(
                fields=["doan_vien", "don_vi", "chuc_danh", "nam"],
                name="chidoan_mot_xep_loai_can_bo_mot_nam",
                violation_error_message="Đồng chí này đã có kết quả xếp loại cán bộ của năm.",
            ),
            models.CheckConstraint(
                condition=Q(muc="", ngay__isnull=True) | (~Q(muc="") & Q(ngay__isnull=False)),
                name="chidoan_xep_loai_can_bo_muc_di_voi_ngay",
                violation_error_message="Ghi cả mức và ngày quyết định.",
            ),
        ]

    def __str__(self):
        return f"{self.nam}: {self.muc_bang_chu or 'chưa xếp loại'}"

    @property
    def muc_bang_chu(self) -> str:
        return self.get_muc_display().removesuffix(" (thang trước 2019)")

    @property
    def thu_hang_khi_gop(self) -> int:
        """A decided row stays before one that only has the self-review."""
        return int(bool(self.muc))
