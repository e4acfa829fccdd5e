"""Where a group's members come from: proposals, sympathisers of the Party, the class about it."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from doanvien.models import DoanVien
from doanvien.models.cua_nguoi import CuaNguoiQuerySet
from tochuc.permissions import Quyen

from .to import NguonVaoTo, ThanhVienTo

SAP_HET_HAN = timedelta(days=90)
"""A certificate that runs out so soon is red: a place in the class takes time."""


class DeXuatVaoToQuerySet(CuaNguoiQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_TU_DUONG

    def cho_xet(self):
        return self.filter(trang_thai=DeXuatVaoTo.TrangThai.CHO)

    def chua_xem_tra_loi(self, chi_doan):
        """Declined proposals of the branch whose answer nobody there has opened."""
        return self.filter(
            chi_doan=chi_doan,
            nguon=NguonVaoTo.CHI_DOAN,
            trang_thai=DeXuatVaoTo.TrangThai.KHONG_NHAN,
            da_xem=False,
        )


class DeXuatVaoTo(models.Model):
    """Đề xuất vào tổ (proposal for a group): by the branch's vote, or by the ward's committee.

    `chi_doan` is the member's branch; with its vote, the tally of all its members.
    """

    class TrangThai(models.TextChoices):
        CHO = "cho", "Chờ xét"
        NHAN = "nhan", "Đã nhận vào tổ"
        KHONG_NHAN = "khong_nhan", "Chưa nhận"
        RUT = "rut", "Đã rút"

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="đoàn viên",
        on_delete=models.PROTECT,
        related_name="de_xuat_vao_to",
    )
    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="de_xuat_vao_to",
    )
    nguon = models.CharField("nguồn", max_length=10, choices=NguonVaoTo)
    ngay = models.DateField("ngày họp")
    co_quyen = models.PositiveSmallIntegerField("tổng số đoàn viên", null=True, blank=True)
    co_mat = models.PositiveSmallIntegerField("có mặt", null=True, blank=True)
    tan_thanh = models.PositiveSmallIntegerField("tán thành", null=True, blank=True)
    khong_tan_thanh = models.PositiveSmallIntegerField("không tán thành", null=True, blank=True)
    khong_hop_le = models.PositiveSmallIntegerField("không hợp lệ", null=True, blank=True)
    ly_do = models.CharField("lý do đề xuất", max_length=300)
    trang_thai = models.CharField(
        "tình trạng", max_length=10, choices=TrangThai, default=TrangThai.CHO
    )
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ghi_luc = models.DateTimeField(auto_now_add=True)
    xet_ngay = models.DateField("ngày trả lời", null=True, blank=True)
    xet_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tra_loi = models.CharField("ý kiến trả lời", max_length=300, blank=True)
    da_xem = models.BooleanField("chi đoàn đã xem", default=False)
    thanh_vien = models.OneToOneField(
        ThanhVienTo,
        verbose_name="chỗ trong tổ",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="de_xuat",
    )

    objects = DeXuatVaoToQuerySet.as_manager()

    class Meta:
        verbose_name = "đề xuất vào tổ tu dưỡng"
        verbose_name_plural = "đề xuất vào tổ tu dưỡng"
        ordering = ["-ngay", "-pk"]
        indexes = [models.Index(fields=["chi_doan", "trang_thai"])]
        constraints = [
            models.UniqueConstraint(
                fields=["doan_vien"],
                condition=Q(trang_thai="cho"),
                name="tuduong_mot_de_xuat_dang_cho",
                violation_error_message="Đồng chí này đang có một đề xuất chờ xét.",
            ),
            models.CheckConstraint(
                condition=~Q(nguon="chi_doan")
                | Q(co_quyen__gte=F("co_mat"), tan_thanh__isnull=False),
                name="tuduong_de_xuat_co_phieu",
                violation_error_message="Ghi kết quả biểu quyết của chi đoàn.",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai="cho", xet_ngay__isnull=True)
                | ~Q(trang_thai="cho") & Q(xet_ngay__isnull=False),
                name="tuduong_de_xuat_tra_loi_co_ngay",
                violation_error_message="Ghi ngày trả lời.",
            ),
        ]

    def __str__(self):
        return f"Đề xuất đồng chí {self.doan_vien} vào tổ tu dưỡng"

    def get_absolute_url(self):
        return reverse("tuduong:de_xuat", args=[self.pk])

    @property
    def don_vi(self):
        return self.chi_doan

    @property
    def is_cho(self) -> bool:
        return self.trang_thai == self.TrangThai.CHO

    def is_bieu_quyet_ghi_boi(self, user) -> bool:
        """Whether the person recorded the branch's vote, and so does not answer it."""
        return self.nguon == NguonVaoTo.CHI_DOAN and self.ghi_boi_id == user.pk

    @property
    def thu_hang_khi_gop(self) -> int:
        """Of two open ones for one person, the branch's with its vote."""
        return int(self.nguon == NguonVaoTo.CHI_DOAN)


class ThoiCamTinhQuerySet(CuaNguoiQuerySet):
    don_vi_path = "doan_vien__chi_doan"
    quyen_xem = Quyen.XEM_TU_DUONG


class ThoiCamTinh(models.Model):
    """Đưa ra khỏi danh sách cảm tình Đảng (no longer a sympathiser): since when, and why.

    Keeps the day and the Party cell of the recognition that ended.
    """

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="thoi_cam_tinh"
    )
    ngay_cam_tinh = models.DateField("ngày được xét cảm tình Đảng")
    noi_cam_tinh = models.CharField("nơi được xét", max_length=200, blank=True)
    ngay = models.DateField("đưa ra ngày")
    ly_do = models.CharField("lý do", max_length=300)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ThoiCamTinhQuerySet.as_manager()
    xoa_ca_dong = True

    class Meta:
        verbose_name = "đưa ra khỏi danh sách cảm tình Đảng"
        verbose_name_plural = "đưa ra khỏi danh sách cảm tình Đảng"
        ordering = ["-ngay", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ngay__gte=F("ngay_cam_tinh")),
                name="tuduong_thoi_cam_tinh_sau_cam_tinh",
                violation_error_message="Ngày đưa ra phải từ ngày được xét trở đi.",
            )
        ]

    def __str__(self):
        return f"Đưa {self.doan_vien} ra khỏi danh sách cảm tình Đảng"

    @property
    def don_vi(self):
        return self.doan_vien.chi_doan


class BoiDuongNhanThucQuerySet(CuaNguoiQuerySet):
    don_vi_path = "doan_vien__chi_doan"
    quyen_xem = Quyen.XEM_TU_DUONG

    def dang_hoc(self):
        return self.filter(trang_thai__in=BoiDuongNhanThuc.DANG_HOC)

    def duoc_cap(self):
        return self.filter(trang_thai=BoiDuongNhanThuc.TrangThai.DUOC_CAP)

    def con_han(self, day: date):
        return self.duoc_cap().filter(hieu_luc_den__gte=day)

    def het_han(self, day: date):
        """Certificates that have run out by `day`, the last one of a member who still needs it:
        no Party member, with us, in no class now."""
        rows = BoiDuongNhanThuc.objects.filter(doan_vien=OuterRef("doan_vien"))
        later = rows.duoc_cap().filter(
            Q(ngay_cap__gt=OuterRef("ngay_cap"))
            | Q(ngay_cap=OuterRef("ngay_cap"), pk__gt=OuterRef("pk"))
        )
        return self.duoc_cap().filter(
            ~Exists(later),
            ~Exists(rows.dang_hoc()),
            hieu_luc_den__lte=day,
            doan_vien__trang_thai=DoanVien.TrangThai.DANG_SINH_HOAT,
            doan_vien__ngay_vao_dang__isnull=True,
        )

    def moi_nhat(self, doan_vien):
        """The member's certificate that counts: the last given."""
        return self.duoc_cap().cua(doan_vien).order_by("-ngay_cap", "-pk").first()


class BoiDuongNhanThuc(models.Model):
    """Lớp bồi dưỡng nhận thức về Đảng (class about the Party): one member sent to it.

    The certificate counts until `hieu_luc_den`, from its day and the dated setting in months.
    """

    class TrangThai(models.TextChoices):
        CU_DI = "cu_di", "Đã cử đi học"
        DANG_HOC = "dang_hoc", "Đang học"
        DUOC_CAP = "duoc_cap", "Được cấp giấy chứng nhận"
        KHONG_DAT = "khong_dat", "Không đạt"

    DANG_HOC = (TrangThai.CU_DI, TrangThai.DANG_HOC)

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="đoàn viên",
        on_delete=models.PROTECT,
        related_name="boi_duong_nhan_thuc",
    )
    lop = models.CharField("lớp", max_length=120, blank=True)
    noi_hoc = models.CharField("nơi học", max_length=160)
    tu_ngay = models.DateField("học từ ngày", null=True, blank=True)
    den_ngay = models.DateField("đến ngày", null=True, blank=True)
    trang_thai = models.CharField(
        "tình trạng", max_length=10, choices=TrangThai, default=TrangThai.CU_DI
    )
    so_chung_nhan = models.CharField("số giấy chứng nhận", max_length=60, blank=True)
    ngay_cap = models.DateField("ngày cấp", null=True, blank=True)
    hieu_luc_den = models.DateField("giá trị đến", null=True, blank=True)
    ghi_chu = models.CharField("ghi chú", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = BoiDuongNhanThucQuerySet.as_manager()

    class Meta:
        verbose_name = "lớp bồi dưỡng nhận thức về Đảng"
        verbose_name_plural = "lớp bồi dưỡng nhận thức về Đảng"
        ordering = [F("ngay_cap").desc(nulls_first=True), "-tu_ngay", "-pk"]
        indexes = [models.Index(fields=["doan_vien", "trang_thai"])]
        constraints = [
            models.UniqueConstraint(
                fields=["doan_vien"],
                condition=Q(trang_thai__in=["cu_di", "dang_hoc"]),
                name="tuduong_mot_lop_dang_hoc",
                violation_error_message="Đồng chí này đang học một lớp.",
            ),
            models.CheckConstraint(
                condition=~Q(trang_thai="duoc_cap")
                | Q(ngay_cap__isnull=False, hieu_luc_den__gte=F("ngay_cap")),
                name="tuduong_chung_nhan_co_ngay",
                violation_error_message="Ghi ngày cấp giấy chứng nhận.",
            ),
            models.CheckConstraint(
                condition=Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("tu_ngay")),
                name="tuduong_lop_den_sau_tu",
                violation_error_message="Ngày kết thúc lớp phải từ ngày bắt đầu trở đi.",
            ),
        ]

    def __str__(self):
        return self.lop or "Lớp bồi dưỡng nhận thức về Đảng"

    def get_absolute_url(self):
        return reverse("tuduong:nhan_thuc", args=[self.pk])

    @property
    def don_vi(self):
        return self.doan_vien.chi_doan

    @property
    def is_dang_hoc(self) -> bool:
        return self.trang_thai in self.DANG_HOC

    @property
    def thu_hang_khi_gop(self) -> int:
        """Of two running ones for one person, the one that has begun."""
        return int(self.trang_thai == self.TrangThai.DANG_HOC)
