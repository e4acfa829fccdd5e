"""Kết nạp đoàn viên: the case of one applicant, and each of its steps as a row."""

from datetime import date

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from core.periods import KyBaoCao
from core.text import fold
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .con_nguoi import ConNguoi
from .doan_vien import DoanVien
from .rieng_tu import TEN_DA_XOA


class TrangThaiKetNap(models.TextChoices):
    """Where an application stands; the last two are its ends."""

    DON = "don", "Chờ chi đoàn biểu quyết"
    CHUA_THONG_QUA = "chua_thong_qua", "Chi đoàn chưa thông qua"
    CHO_CHUAN_Y = "cho_chuan_y", "Chờ phường chuẩn y"
    TRA_LAI = "tra_lai", "Phường chưa chuẩn y"
    CHUAN_Y = "chuan_y", "Chờ lễ kết nạp"
    DA_KET_NAP = "da_ket_nap", "Đã kết nạp"
    RUT = "rut", "Đã rút đơn"


O_CHI_DOAN = (TrangThaiKetNap.DON, TrangThaiKetNap.CHUA_THONG_QUA, TrangThaiKetNap.TRA_LAI)
"""The branch has the next word."""
DANG_MO = (*O_CHI_DOAN, TrangThaiKetNap.CHO_CHUAN_Y)
"""Nobody is admitted yet, and the application stands."""
DA_DUNG = (TrangThaiKetNap.RUT, TrangThaiKetNap.CHUA_THONG_QUA, TrangThaiKetNap.TRA_LAI)
"""Refused or withdrawn: it goes on only when the branch takes it up again."""
DA_CHUAN_Y = (TrangThaiKetNap.CHUAN_Y, TrangThaiKetNap.DA_KET_NAP)


def _numbers(texts) -> list[str]:
    """Those that a database can hold as the number of a row."""
    return [text for text in texts if text.isascii() and text.isdigit() and len(text) <= 18]


class KetNapQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def for_pages(self):
        """With what every page of a case reads along."""
        return self.select_related("chi_doan", "nguoi_gioi_thieu", "doan_vien")

    def trang_thai_la(self, *trang_thai):
        return self.filter(trang_thai__in=trang_thai)

    def dang_mo(self):
        return self.filter(trang_thai__in=DANG_MO)

    def da_dung(self, day: date):
        """Withdrawn, voted down or sent back, nothing done since `day`, not erased yet."""
        stopped = self.filter(trang_thai__in=DA_DUNG, ngay_buoc__lte=day)
        return stopped.exclude(ho_ten__in=TEN_DA_XOA)

    def cho_chuan_y(self):
        return self.filter(trang_thai=TrangThaiKetNap.CHO_CHUAN_Y)

    def cho_le(self):
        """Admitted by the ward's resolution, the ceremony still to come."""
        return self.filter(trang_thai=TrangThaiKetNap.CHUAN_Y)

    def cho_le_hoac(self, numbers):
        """Those who await a ceremony, and ticked ones whose ceremony is to be corrected."""
        return self.cho_le() | self.da_chuan_y().chon(numbers)

    def le_ngay(self, ngay: date):
        return self.filter(ngay_le=ngay)

    def noi_le(self) -> str:
        """Where the ceremony was; empty when these were received in several places."""
        places = set(self.order_by().values_list("noi_le", flat=True))
        return places.pop() if len(places) == 1 else ""

    def da_chuan_y(self):
        return self.filter(trang_thai__in=DA_CHUAN_Y)

    def chuan_y_trong(self, ky: KyBaoCao):
        return self.chuan_y_tu_den(ky.start, ky.end)

    def chuan_y_tu_den(self, tu: date, den: date):
        return self.filter(ngay_chuan_y__range=(tu, den))

    def trong_nam(self, nam: int):
        """Decided in that year, or applied for in it and not decided."""
        return self.annotate(ngay_tinh=Coalesce("ngay_chuan_y", "ngay_don")).filter(
            ngay_tinh__year=nam
        )

    def cua_chi_doan_so(self, text: str):
        """Those of the branch with that number, as an address has it; else none."""
        return self.filter(chi_doan__in=_numbers([text]))

    def in_order(self):
        """As lists call people up: branch by branch, each by name."""
        return self.order_by("chi_doan__path", "khoa_sap_xep", "ngay_sinh", "pk")

    def chon(self, numbers):
        """The cases that were ticked; what is no number is none."""
        return self.filter(pk__in=_numbers(numbers))

    def chon_so(self, cases):
        """These cases again, in one order for all, so that two who lock them do not wait."""
        return self.filter(pk__in=[row.pk for row in cases]).order_by("pk")

    def search(self, text: str):
        return self.filter(khoa_tim__contains=fold(text))

    def dem_trang_thai(self) -> dict[str, int]:
        """How many stand where, with one query."""
        return dict(self.order_by().values_list("trang_thai").annotate(Count("pk")))


class KetNap(ConNguoi):
    """Kết nạp đoàn viên (admission case) of one applicant, from the application to the ceremony.

    `trang_thai`, `ngay_buoc` (day of the last step), `ngay_chuan_y`, `so_nghi_quyet` and
    `ngay_le` are copies of what the steps say, kept by services alone. The ward's resolution
    makes the member: `doan_vien` is empty before it and filled after it.
    """

    TrangThai = TrangThaiKetNap

    ten_nguoi = "ho_ten"
    ten_khoa = "ket_nap"
    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="ket_nap",
        help_text="Nơi làm việc chưa có tổ chức Đoàn thì chi đoàn nơi cư trú đề nghị.",
    )
    trang_thai = models.CharField(
        "giai đoạn", max_length=16, choices=TrangThaiKetNap, default=TrangThaiKetNap.DON
    )
    ho_ten = models.CharField("họ và tên", max_length=120)
    khoa_sap_xep = models.CharField(max_length=255, editable=False)
    khoa_tim = models.CharField(max_length=120, editable=False, db_index=True)
    ngay_sinh = models.DateField("ngày sinh")
    gioi_tinh = models.CharField(
        "giới tính",
        max_length=8,
        choices=DoanVien.GioiTinh,
        default=DoanVien.GioiTinh.CHUA_RO,
    )
    dan_toc = models.CharField("dân tộc", max_length=30, default="Kinh")
    ton_giao = models.CharField("tôn giáo", max_length=60, default="Không")
    dien_thoai = models.CharField(
        "điện thoại",
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^0\d{9}$", "Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.")],
    )
    que_quan = models.CharField("quê quán", max_length=200, blank=True)
    thuong_tru = models.CharField("địa chỉ thường trú", max_length=200, blank=True)
    noi_o = models.CharField("chỗ ở hiện nay", max_length=200, blank=True)
    van_hoa = models.CharField("trình độ văn hóa", max_length=60, blank=True)
    chuyen_mon = models.CharField("trình độ chuyên môn", max_length=60, blank=True)
    nghe_nghiep = models.CharField("nghề nghiệp hiện nay", max_length=60, blank=True)
    noi_cong_tac = models.CharField("nơi công tác, học tập", max_length=200, blank=True)
    cccd_ma_hoa = models.TextField(editable=False, blank=True)
    cccd_bam = models.CharField(max_length=64, editable=False, blank=True, db_index=True)
    cccd_cuoi = models.CharField("4 số cuối CCCD", max_length=4, editable=False, blank=True)
    ngay_don = models.DateField("ngày làm đơn")
    ngay_hoc_dieu_le = models.DateField("ngày học Điều lệ Đoàn", null=True, blank=True)
    nguoi_gioi_thieu = models.ForeignKey(
        DoanVien,
        verbose_name="đoàn viên giới thiệu",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gioi_thieu_ket_nap",
    )
    to_chuc_gioi_thieu = models.CharField("chi đội, chi hội giới thiệu", max_length=120, blank=True)
    can_y_kien_cap_uy = models.BooleanField("cần xin ý kiến cấp ủy cùng cấp", default=False)
    ngay_y_kien_cap_uy = models.DateField("ngày cấp ủy có ý kiến", null=True, blank=True)
    ngay_buoc = models.DateField(editable=False)
    ngay_chuan_y = models.DateField("ngày chuẩn y", null=True, blank=True, editable=False)
    so_nghi_quyet = models.CharField(
        "số nghị quyết chuẩn y", max_length=40, blank=True, editable=False
    )
    ngay_le = models.DateField("ngày lễ kết nạp", null=True, blank=True, editable=False)
    noi_le = models.CharField("nơi tổ chức lễ", max_length=200, blank=True, editable=False)
    doan_vien = models.ForeignKey(
        DoanVien,
        verbose_name="đoàn viên",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="ket_nap",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    tao_luc = models.DateTimeField(auto_now_add=True)
    tao_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = KetNapQuerySet.as_manager()

    class Meta:
        verbose_name = "kết nạp đoàn viên"
        verbose_name_plural = "kết nạp đoàn viên"
        ordering = ["-ngay_buoc", "-pk"]
        indexes = [
            models.Index(fields=["chi_doan", "trang_thai"]),
            models.Index(fields=["ngay_chuan_y"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ngay_don__gt=F("ngay_sinh")),
                name="doanvien_don_sau_ngay_sinh",
                violation_error_message="Ngày làm đơn phải sau ngày sinh.",
            ),
            models.CheckConstraint(
                condition=Q(nguoi_gioi_thieu__isnull=True) | Q(to_chuc_gioi_thieu=""),
                name="doanvien_mot_ben_gioi_thieu",
                violation_error_message="Ghi một đoàn viên, hoặc một chi đội, chi hội giới thiệu.",
            ),
            models.CheckConstraint(
                condition=Q(
                    trang_thai__in=["chuan_y", "da_ket_nap"],
                    ngay_chuan_y__isnull=False,
                    doan_vien__isnull=False,
                )
                | ~Q(trang_thai__in=["chuan_y", "da_ket_nap"])
                & Q(ngay_chuan_y__isnull=True, doan_vien__isnull=True),
                name="doanvien_chuan_y_co_ngay_va_nguoi",
                violation_error_message="Chuẩn y thì có ngày và đoàn viên; chưa thì chưa có.",
            ),
            models.CheckConstraint(
                condition=Q(
                    trang_thai="da_ket_nap",
                    ngay_le__isnull=False,
                    ngay_le__gte=F("ngay_chuan_y"),
                )
                | ~Q(trang_thai="da_ket_nap") & Q(ngay_le__isnull=True),
                name="doanvien_le_sau_chuan_y",
                violation_error_message="Lễ kết nạp từ ngày chuẩn y trở đi.",
            ),
            models.UniqueConstraint(
                fields=["cccd_bam"],
                condition=~Q(cccd_bam="")
                & Q(trang_thai__in=["don", "chua_thong_qua", "cho_chuan_y", "tra_lai"]),
                name="doanvien_mot_don_mot_cccd",
                violation_error_message="Số CCCD này đang có một đơn chưa xong.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("doanvien:ket_nap", args=[self.pk])

    @property
    def ben_gioi_thieu(self) -> str:
        """Who introduced the applicant, in words; empty while nobody has."""
        return self.to_chuc_gioi_thieu or str(self.nguoi_gioi_thieu or "")

    @property
    def don_vi_chuan_y(self):
        """The ward that decides."""
        return self.chi_doan.cap_tren

    @property
    def is_dang_mo(self) -> bool:
        return self.trang_thai in DANG_MO

    @property
    def is_da_xoa(self) -> bool:
        """Whether what was typed has been erased; steps and counts stand."""
        return self.ho_ten in TEN_DA_XOA

    @property
    def is_o_chi_doan(self) -> bool:
        return self.trang_thai in O_CHI_DOAN

    @property
    def is_cho_chuan_y(self) -> bool:
        return self.trang_thai == TrangThaiKetNap.CHO_CHUAN_Y

    @property
    def is_chuan_y(self) -> bool:
        return self.trang_thai in DA_CHUAN_Y


class BuocKetNapQuerySet(ScopedQuerySet):
    don_vi_path = "ket_nap__chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def cua(self, ket_nap):
        """The steps of a case in their order, with who took them."""
        return self.filter(ket_nap=ket_nap).select_related("boi").order_by("thu_tu")


class BuocKetNap(models.Model):
    """Bước kết nạp (step of an admission): who did what on which day; never changed.

    A vote keeps its tally alone: a secret ballot names nobody.
    """

    class Loai(models.TextChoices):
        LAP = "lap", "Nhận đơn xin vào Đoàn"
        THONG_QUA = "thong_qua", "Chi đoàn biểu quyết, thông qua"
        KHONG_THONG_QUA = "khong_thong_qua", "Chi đoàn biểu quyết, chưa thông qua"
        LAY_LAI = "lay_lai", "Chi đoàn lấy lại đề nghị"
        GUI_LAI = "gui_lai", "Chi đoàn bổ sung, gửi lại phường"
        TRA_LAI = "tra_lai", "Phường chưa chuẩn y"
        CHUAN_Y = "chuan_y", "Phường chuẩn y kết nạp"
        LE = "le", "Lễ kết nạp"
        RUT = "rut", "Rút đơn"
        MO_LAI = "mo_lai", "Mở lại đơn"

    ket_nap = models.ForeignKey(KetNap, on_delete=models.CASCADE, related_name="buoc")
    thu_tu = models.PositiveSmallIntegerField("thứ tự")
    loai = models.CharField("việc", max_length=16, choices=Loai)
    den_trang_thai = models.CharField("đến giai đoạn", max_length=16, choices=TrangThaiKetNap)
    ngay = models.DateField("ngày")
    luc = models.DateTimeField("ghi lúc", auto_now_add=True)
    boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    nhap_thay = models.BooleanField("phường nhập thay", default=False)
    tai_version = models.PositiveIntegerField(default=0, editable=False)
    ly_do = models.CharField("lý do", max_length=300, blank=True)
    noi_dung = models.CharField("nội dung", max_length=300, blank=True)
    so_van_ban = models.CharField("số văn bản", max_length=40, blank=True)
    co_quyen = models.PositiveSmallIntegerField("tổng số đoàn viên", null=True, blank=True)
    co_mat = models.PositiveSmallIntegerField("có mặt", null=True, blank=True)
    tan_thanh = models.PositiveSmallIntegerField("tán thành", null=True, blank=True)
    khong_tan_thanh = models.PositiveSmallIntegerField("không tán thành", null=True, blank=True)
    khong_hop_le = models.PositiveSmallIntegerField("phiếu không hợp lệ", null=True, blank=True)

    objects = BuocKetNapQuerySet.as_manager()

    class Meta:
        verbose_name = "bước kết nạp"
        ordering = ["ket_nap", "thu_tu"]
        constraints = [
            models.UniqueConstraint(
                fields=["ket_nap", "thu_tu"], name="doanvien_mot_buoc_ket_nap_mot_lan"
            ),
            models.CheckConstraint(
                condition=Q(co_mat__isnull=True)
                | Q(
                    co_mat__lte=F("co_quyen"),
                    co_mat=F("tan_thanh") + F("khong_tan_thanh") + F("khong_hop_le"),
                ),
                name="doanvien_phieu_ket_nap_du",
                violation_error_message="Số phiếu phải bằng số có mặt.",
            ),
        ]

    def __str__(self):
        return f"{self.get_loai_display()} {self.ngay:%d/%m/%Y}"
