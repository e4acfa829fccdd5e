"""Buổi sinh hoạt: a branch's meeting, its roll and the theme the ward set for the month."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from core.periods import KyBaoCao
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .anh import Anh


class BuoiSinhHoatQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_SINH_HOAT

    def da_hop(self):
        """Meetings that are finished, amended ones included: the only ones that count."""
        return self.exclude(trang_thai=BuoiSinhHoat.TrangThai.NHAP)

    def sinh_hoat(self):
        """Meetings of the whole branch: all kinds but those of its committee."""
        return self.exclude(loai=BuoiSinhHoat.Loai.BCH)

    def dang_hen(self, day):
        """Called for `day` or later, and not logged yet."""
        called = self.filter(trang_thai=BuoiSinhHoat.TrangThai.NHAP, hen_luc__isnull=False)
        return called.filter(ngay__gte=day)

    def trong_ky(self, ky: KyBaoCao):
        return self.filter(ngay__range=(ky.start, ky.end))

    def with_buoi_sau(self):
        """Annotate `buoi_sau`: the day of the first finished meeting after this one, of the whole
        branch or of its committee alike."""
        later = BuoiSinhHoat.objects.da_hop().filter(
            chi_doan=OuterRef("chi_doan"), ngay__gt=OuterRef("ngay")
        )
        later = later.order_by("ngay").values("ngay")
        committee = BuoiSinhHoat.Loai.BCH
        return self.annotate(
            buoi_sau=Case(
                When(loai=committee, then=Subquery(later.filter(loai=committee)[:1])),
                default=Subquery(later.sinh_hoat()[:1]),
            )
        )

    def trung(self, buoi, *, ngay, loai):
        """Finished meetings that `buoi` would double on that day: the branch's of the same kind."""
        same = self.da_hop().filter(chi_doan=buoi.chi_doan_id, ngay=ngay, loai=loai)
        return same.exclude(pk=buoi.pk)

    def with_diem_danh(self):
        """Annotate `so_du_hop` (present or late), `so_ly_do`, `so_vang` and `so_danh_sach`.

        Subqueries, so that a page of a long list counts the rolls of its own rows alone.
        """
        status = DiemDanh.TrangThai
        return self.annotate(
            so_du_hop=_dem(trang_thai__in=DiemDanh.DU_HOP),
            so_ly_do=_dem(trang_thai=status.VANG_CO_LY_DO),
            so_vang=_dem(trang_thai=status.VANG),
            so_danh_sach=_dem(),
        )

    def with_anh(self):
        """Annotate `so_anh` (photos) and `so_phieu` (pictures of the roll on paper)."""
        photos = Anh.objects.filter(buoi=OuterRef("pk")).order_by().values("buoi")
        photos = photos.annotate(so=Count("pk")).values("so")
        return self.annotate(
            so_anh=Coalesce(Subquery(photos.filter(loai=Anh.Loai.ANH)), 0),
            so_phieu=Coalesce(Subquery(photos.filter(loai=Anh.Loai.PHIEU_GIAY)), 0),
        )


def _dem(**wanted):
    """How many rows of a meeting's roll are as `wanted`."""
    rows = DiemDanh.objects.filter(buoi=OuterRef("pk"), **wanted).order_by().values("buoi")
    return Coalesce(Subquery(rows.annotate(so=Count("pk")).values("so")), 0)


class BuoiSinhHoat(models.Model):
    """Buổi sinh hoạt (branch meeting). Date and hours are local.

    `client_id` is made where the form is opened, so a form sent twice never makes a second
    meeting; `version` grows with each save, so two people never overwrite each other.
    """

    class Loai(models.TextChoices):
        DINH_KY = "dinh_ky", "Sinh hoạt định kỳ"
        CHUYEN_DE = "chuyen_de", "Sinh hoạt chuyên đề"
        CHU_DIEM = "chu_diem", "Sinh hoạt chủ điểm"
        LIEN_CHI_DOAN = "lien_chi_doan", "Sinh hoạt liên chi đoàn"
        VOI_CHI_BO = "voi_chi_bo", "Sinh hoạt cùng chi bộ"
        DAI_HOI = "dai_hoi", "Đại hội, hội nghị đoàn viên"
        KET_NAP = "ket_nap", "Hội nghị kết nạp"
        XEP_LOAI = "xep_loai", "Hội nghị đánh giá, xếp loại"
        XET_UU_TU = "xet_uu_tu", "Hội nghị xét đoàn viên ưu tú"
        BCH = "bch", "Họp Ban Chấp hành chi đoàn"

    class TrangThai(models.TextChoices):
        NHAP = "nhap", "Bản nháp"
        HOAN_THANH = "hoan_thanh", "Đã hoàn thành"
        SUA_DOI = "sua_doi", "Đã sửa đổi"

    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="buoi_sinh_hoat",
    )
    loai = models.CharField("loại", max_length=14, choices=Loai, default=Loai.DINH_KY)
    ngay = models.DateField("ngày họp")
    bat_dau = models.TimeField("bắt đầu lúc")
    ket_thuc = models.TimeField("kết thúc lúc", null=True, blank=True)
    dia_diem = models.CharField("địa điểm", max_length=160)
    chu_tri = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="chủ trì",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    thu_ky = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="thư ký",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    dai_bieu = models.CharField("đại biểu", max_length=300, blank=True)
    chu_diem = models.CharField("chủ điểm", max_length=200)
    noi_dung = models.TextField("nội dung", blank=True)
    y_kien = models.TextField("ý kiến thảo luận", blank=True)
    ket_luan = models.TextField("kết luận", blank=True)
    hoat_dong_kem = models.CharField("hoạt động kèm theo", max_length=300, blank=True)
    trang_thai = models.CharField(max_length=10, choices=TrangThai, default=TrangThai.NHAP)
    client_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    ban_nhap = models.JSONField(
        default=dict,
        editable=False,
        help_text="Phần nghị quyết của bản nháp, giữ nguyên như đã gõ đến khi hoàn thành.",
    )
    chu_nha = models.ForeignKey(
        "self",
        verbose_name="buổi của chi đoàn chủ trì",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cung_hop",
        help_text="Liên chi đoàn: mỗi chi đoàn một buổi với danh sách của mình, nối vào buổi này.",
    )
    hen_luc = models.DateTimeField("hẹn lúc", null=True, blank=True)
    ma_diem_danh = models.CharField("mã điểm danh", max_length=12, blank=True, editable=False)
    diem_danh_den = models.DateTimeField("nhận tự điểm danh đến", null=True, blank=True)
    hoan_thanh_luc = models.DateTimeField("hoàn thành lúc", null=True, blank=True)
    ghi_muon = models.BooleanField("ghi muộn", default=False)
    nhap_thay = models.BooleanField("cấp trên nhập thay", default=False)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ghi_luc = models.DateTimeField("ghi lúc", auto_now=True)

    objects = BuoiSinhHoatQuerySet.as_manager()

    class Meta:
        verbose_name = "buổi sinh hoạt"
        verbose_name_plural = "buổi sinh hoạt"
        ordering = ["-ngay", "-pk"]
        indexes = [
            models.Index(fields=["chi_doan", "ngay"]),
            models.Index(fields=["ngay"]),  # a month or quarter of all branches of an office
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ket_thuc__isnull=True) | Q(ket_thuc__gt=F("bat_dau")),
                name="chidoan_buoi_ket_thuc_sau_bat_dau",
                violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
            ),
            models.UniqueConstraint(
                fields=["ma_diem_danh"],
                condition=~Q(ma_diem_danh=""),
                name="chidoan_ma_diem_danh_rieng",
            ),
            models.UniqueConstraint(
                fields=["chu_nha", "chi_doan"],
                condition=Q(chu_nha__isnull=False),
                name="chidoan_mot_buoi_chung_moi_chi_doan",
            ),
        ]

    def __str__(self):
        return f"{self.get_loai_display()} ngày {self.ngay:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("chidoan:buoi_detail", args=[self.pk])

    @property
    def don_vi(self):
        return self.chi_doan

    @property
    def is_nhap(self) -> bool:
        return self.trang_thai == self.TrangThai.NHAP

    @property
    def cach_ghi(self) -> str:
        """How it came into the book, where that is not by the branch and in time."""
        marks = (("phường nhập thay", self.nhap_thay), ("ghi muộn", self.ghi_muon))
        return ", ".join(words for words, is_so in marks if is_so)

    @property
    def is_hen(self) -> bool:
        """Called for a day, and not logged yet."""
        return self.is_nhap and self.hen_luc is not None


class DiemDanhQuerySet(ScopedQuerySet):
    don_vi_path = "buoi__chi_doan"
    quyen_xem = Quyen.XEM_SINH_HOAT

    def du_hop(self):
        return self.filter(trang_thai__in=DiemDanh.DU_HOP)

    def da_hop(self):
        return self.exclude(buoi__trang_thai=BuoiSinhHoat.TrangThai.NHAP)

    def sinh_hoat(self):
        return self.exclude(buoi__loai=BuoiSinhHoat.Loai.BCH)

    def trong_ky(self, ky: KyBaoCao):
        return self.filter(buoi__ngay__range=(ky.start, ky.end))


class DiemDanh(models.Model):
    """Điểm danh (roll): one row per member on the roster of the meeting's day."""

    class TrangThai(models.TextChoices):
        CO_MAT = "co_mat", "Có mặt"
        MUON = "muon", "Đến muộn"
        VANG_CO_LY_DO = "vang_co_ly_do", "Vắng có lý do"
        VANG = "vang", "Vắng"

    class LyDo(models.TextChoices):
        DI_LAM_XA = "di_lam_xa", "Đi làm xa"
        DI_HOC = "di_hoc", "Học tập"
        TRUC = "truc", "Nghĩa vụ"
        OM = "om", "Ốm"
        KHAC = "khac", "Khác"

    DU_HOP = (TrangThai.CO_MAT, TrangThai.MUON)

    buoi = models.ForeignKey(BuoiSinhHoat, on_delete=models.CASCADE, related_name="diem_danh")
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="diem_danh"
    )
    trang_thai = models.CharField(
        "tình trạng", max_length=14, choices=TrangThai, default=TrangThai.CO_MAT
    )
    ly_do = models.CharField("lý do", max_length=10, choices=LyDo, blank=True)

    objects = DiemDanhQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm danh"
        ordering = ["doan_vien__khoa_sap_xep"]
        constraints = [
            models.UniqueConstraint(fields=["buoi", "doan_vien"], name="chidoan_diem_danh_mot_lan"),
            models.CheckConstraint(
                condition=Q(ly_do="") | Q(trang_thai="vang_co_ly_do"),
                name="chidoan_ly_do_chi_khi_vang_co_ly_do",
            ),
        ]

    def __str__(self):
        return f"{self.doan_vien}, {self.get_trang_thai_display().lower()}"

    @property
    def thu_hang_khi_gop(self) -> int:
        """Of two rows for one person in a meeting: who came, came; an excuse goes before none."""
        states = list(self.TrangThai)
        return len(states) - states.index(self.trang_thai)


class ChuDiemQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_SINH_HOAT


class ChuDiem(models.Model):
    """Chủ điểm (theme of the month): set by the ward, offered when a meeting is logged."""

    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="chu_diem"
    )
    nam = models.PositiveSmallIntegerField("năm")
    thang = models.PositiveSmallIntegerField(
        "tháng", validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    ten = models.CharField("chủ điểm", max_length=200)

    objects = ChuDiemQuerySet.as_manager()

    class Meta:
        verbose_name = "chủ điểm"
        ordering = ["don_vi", "nam", "thang"]
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi", "nam", "thang"],
                name="chidoan_mot_chu_diem_mot_thang",
                violation_error_message="Tháng này đã có chủ điểm.",
            )
        ]

    def __str__(self):
        return self.ten
