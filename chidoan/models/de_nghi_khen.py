"""Đề nghị khen: proposals of awards, the decisions about them, and awards of collectives."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from core.text import fold
from doanvien.models import KhenThuong
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, TaiDonViQuerySet

from .theo_ngay import TheoNgayMixin


class QuyetDinhKhenQuerySet(TheoNgayMixin, TaiDonViQuerySet):
    """A decision is changed by the unit that made it alone."""

    quyen_xem = Quyen.XEM_CAN_BO
    quyen_ghi = Quyen.DUYET_KHEN_THUONG

    def co_don_vi(self):
        return self.select_related("don_vi")


class QuyetDinhKhen(models.Model):
    """Quyết định khen thưởng (decision on awards): number, day, what for, and whom it names.

    It is never changed; one in which a fault was found is cancelled with a reason.
    """

    don_vi = models.ForeignKey(
        DonVi, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="quyet_dinh_khen"
    )
    ngay = models.DateField("ngày quyết định")
    ve_viec = models.CharField("về việc", max_length=200)
    hinh_thuc = models.CharField("hình thức", max_length=16, choices=KhenThuong.HinhThuc)
    ten_hinh_thuc = models.CharField("tên hình thức", max_length=80, blank=True)
    so_ky_hieu = models.CharField("số, ký hiệu", max_length=40, blank=True)
    lap_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    huy_ngay = models.DateField("ngày hủy", null=True, blank=True)
    huy_ly_do = models.CharField("lý do hủy", max_length=200, blank=True)

    objects = QuyetDinhKhenQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định khen thưởng"
        verbose_name_plural = "quyết định khen thưởng"
        ordering = ["-ngay", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(huy_ngay__isnull=True, huy_ly_do="")
                | (Q(huy_ngay__isnull=False) & ~Q(huy_ly_do="")),
                name="chidoan_quyet_dinh_khen_huy_co_ly_do",
                violation_error_message="Ghi lý do hủy quyết định.",
            )
        ]

    def __str__(self):
        return self.so_ky_hieu or "Quyết định khen thưởng"

    def get_absolute_url(self):
        return reverse("chidoan:quyet_dinh_khen_detail", args=[self.pk])

    @property
    def is_huy(self) -> bool:
        return self.huy_ngay is not None

    @property
    def hinh_thuc_bang_chu(self) -> str:
        return self.ten_hinh_thuc or self.get_hinh_thuc_display()


class KhenTapTheQuerySet(TheoNgayMixin, ScopedQuerySet):
    quyen_xem = Quyen.XEM_CAN_BO

    def co_don_vi(self):
        return self.select_related("don_vi")

    def trong_list(self):
        """Annotate `theo_quyet_dinh`: a decision made here gave it."""
        given = DeNghiKhen.objects.filter(khen_tap_the=OuterRef("pk"))
        return self.co_don_vi().annotate(theo_quyet_dinh=Exists(given))


class KhenTapThe(models.Model):
    """Khen tập thể (award of a collective): what a branch or ward was honoured with."""

    don_vi = models.ForeignKey(
        DonVi, verbose_name="tập thể", on_delete=models.PROTECT, related_name="khen_tap_the"
    )
    cap = models.CharField("cấp khen", max_length=12, choices=KhenThuong.Cap)
    hinh_thuc = models.CharField("hình thức", max_length=16, choices=KhenThuong.HinhThuc)
    noi_dung = models.CharField("nội dung, thành tích", max_length=300)
    so_quyet_dinh = models.CharField("số quyết định", max_length=60, blank=True)
    ngay = models.DateField("ngày quyết định")
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = KhenTapTheQuerySet.as_manager()

    class Meta:
        verbose_name = "khen tập thể"
        verbose_name_plural = "khen tập thể"
        ordering = ["-ngay", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(noi_dung=""),
                name="chidoan_khen_tap_the_ve_viec_gi",
                violation_error_message="Ghi nội dung, thành tích được khen.",
            ),
            models.UniqueConstraint(
                fields=["don_vi", "hinh_thuc", "cap", "ngay", "noi_dung"],
                name="chidoan_mot_khen_tap_the_mot_lan",
                violation_error_message="Khen thưởng này đã được ghi.",
            ),
        ]

    def __str__(self):
        return f"{self.get_hinh_thuc_display()}: {self.noi_dung}"


class DeNghiKhenQuerySet(TheoNgayMixin, ScopedQuerySet):
    ngay_ky = "ngay_buoc"
    quyen_xem = Quyen.XEM_CAN_BO

    def cho_trang(self):
        return self.select_related("don_vi", "noi_giu", "doan_vien__chi_doan", "tap_the")

    def con_mo(self):
        return self.filter(trang_thai__in=DeNghiKhen.CON_MO)

    def cho_xem_xet(self, don_vi: DonVi):
        """Proposals that wait for this very unit to agree, send up or decline."""
        return self.filter(noi_giu=don_vi, trang_thai=DeNghiKhen.TrangThai.CHO)

    def cho_quyet_dinh(self, don_vi: DonVi):
        return self.filter(noi_giu=don_vi, trang_thai=DeNghiKhen.TrangThai.DONG_Y)

    def bi_tra(self, don_vi: DonVi):
        """What was not agreed to, of this very unit."""
        return self.filter(don_vi=don_vi, trang_thai=DeNghiKhen.TrangThai.KHONG_DONG_Y)

    def tim(self, text: str):
        return self.filter(
            Q(doan_vien__khoa_tim__contains=fold(text)) | Q(tap_the__khoa_tim__contains=fold(text))
        )


class DeNghiKhen(models.Model):
    """Đề nghị khen thưởng (proposal of an award): for one member or one branch, from a branch or
    ward, with what was achieved; `noi_giu` is the unit whose turn it is."""

    class TrangThai(models.TextChoices):
        CHO = "cho", "Chờ xem xét"
        DONG_Y = "dong_y", "Đồng ý, chờ quyết định"
        KHONG_DONG_Y = "khong_dong_y", "Chưa đồng ý"
        RUT = "rut", "Đã rút"
        DA_KHEN = "da_khen", "Đã có quyết định"

    CON_MO = (TrangThai.CHO, TrangThai.DONG_Y)
    loi_chung = ("dip", "ten_hinh_thuc")

    don_vi = models.ForeignKey(
        DonVi, verbose_name="đơn vị đề nghị", on_delete=models.PROTECT, related_name="de_nghi_khen"
    )
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="đồng chí",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cac_de_nghi_khen",
    )
    tap_the = models.ForeignKey(
        DonVi, verbose_name="tập thể", on_delete=models.PROTECT, null=True, blank=True,
        related_name="duoc_de_nghi_khen",
    )  # fmt: skip
    hinh_thuc = models.CharField("hình thức", max_length=16, choices=KhenThuong.HinhThuc)
    ten_hinh_thuc = models.CharField("tên hình thức", max_length=80, blank=True)
    dip = models.CharField("dịp", max_length=120)
    thanh_tich = models.TextField("thành tích", max_length=3000)
    noi_giu = models.ForeignKey(
        DonVi, verbose_name="nơi xem xét", on_delete=models.PROTECT, related_name="de_nghi_khen_giu"
    )
    trang_thai = models.CharField(
        "tình trạng", max_length=14, choices=TrangThai, default=TrangThai.CHO
    )
    ngay_buoc = models.DateField("ngày của bước")
    version = models.PositiveIntegerField("lần ghi", default=1, editable=False)
    quyet_dinh = models.ForeignKey(
        QuyetDinhKhen, on_delete=models.PROTECT, null=True, blank=True, related_name="de_nghi"
    )
    khen_thuong = models.OneToOneField(
        "doanvien.KhenThuong",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="de_nghi",
    )
    khen_tap_the = models.OneToOneField(
        KhenTapThe, on_delete=models.PROTECT, null=True, blank=True, related_name="de_nghi"
    )

    objects = DeNghiKhenQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị khen thưởng"
        verbose_name_plural = "đề nghị khen thưởng"
        ordering = ["-ngay_buoc", "-pk"]
        indexes = [models.Index(fields=["noi_giu", "trang_thai"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(doan_vien__isnull=True, tap_the__isnull=False)
                | Q(doan_vien__isnull=False, tap_the__isnull=True),
                name="chidoan_de_nghi_khen_mot_nguoi_hay_tap_the",
                violation_error_message="Chọn một đồng chí hoặc một tập thể.",
            ),
            models.CheckConstraint(
                condition=~Q(thanh_tich="") & ~Q(dip=""),
                name="chidoan_de_nghi_khen_co_thanh_tich",
                violation_error_message="Ghi dịp khen và tóm tắt thành tích.",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai="da_khen", quyet_dinh__isnull=False)
                | (~Q(trang_thai="da_khen") & Q(quyet_dinh__isnull=True)),
                name="chidoan_de_nghi_khen_co_quyet_dinh",
            ),
        ]

    def __str__(self):
        return f"{self.get_hinh_thuc_display()}: {self.ten}"

    def get_absolute_url(self):
        return reverse("chidoan:de_nghi_khen_detail", args=[self.pk])

    @property
    def ten(self) -> str:
        """Who is proposed."""
        return self.doan_vien.ho_ten if self.doan_vien_id else str(self.tap_the)

    @property
    def is_tap_the(self) -> bool:
        return self.tap_the_id is not None

    @property
    def is_con_mo(self) -> bool:
        return self.trang_thai in self.CON_MO

    @property
    def hinh_thuc_bang_chu(self) -> str:
        return self.ten_hinh_thuc or self.get_hinh_thuc_display()


class BuocDeNghiKhenQuerySet(ScopedQuerySet):
    don_vi_path = "de_nghi__don_vi"
    quyen_xem = Quyen.XEM_CAN_BO

    def cung_luc(self, buoc):
        """Steps of one kind, unit and day, about proposals of one occasion and form."""
        case = buoc.de_nghi
        return self.filter(
            loai=buoc.loai,
            don_vi=buoc.don_vi,
            ngay=buoc.ngay,
            de_nghi__dip=case.dip,
            de_nghi__hinh_thuc=case.hinh_thuc,
            de_nghi__ten_hinh_thuc=case.ten_hinh_thuc,
        )

    def cho_to_trinh(self):
        return self.select_related(
            "don_vi",
            "de_nghi__don_vi",
            "de_nghi__noi_giu",
            "de_nghi__tap_the",
            "de_nghi__doan_vien__chi_doan",
        )


class BuocDeNghiKhen(models.Model):
    """Bước đề nghị khen (step of a proposal): who did what on which day, and why."""

    class Loai(models.TextChoices):
        LAP = "lap", "Đề nghị"
        DONG_Y = "dong_y", "Đồng ý"
        CHUYEN_LEN = "chuyen_len", "Chuyển lên cấp trên"
        KHONG_DONG_Y = "khong_dong_y", "Chưa đồng ý"
        RUT = "rut", "Rút đề nghị"
        GUI_LAI = "gui_lai", "Bổ sung, gửi lại"
        KHEN = "khen", "Ra quyết định"
        HUY = "huy", "Hủy quyết định"

    de_nghi = models.ForeignKey(DeNghiKhen, on_delete=models.CASCADE, related_name="buoc")
    thu_tu = models.PositiveSmallIntegerField("thứ tự")
    loai = models.CharField("bước", max_length=14, choices=Loai)
    den_trang_thai = models.CharField(
        "tình trạng sau đó", max_length=14, choices=DeNghiKhen.TrangThai
    )
    don_vi = models.ForeignKey(DonVi, on_delete=models.PROTECT, related_name="+")
    ngay = models.DateField("ngày")
    noi_dung = models.CharField("nội dung, lý do", max_length=300, blank=True)
    nhap_thay = models.BooleanField("phường nhập thay", default=False)
    tai_version = models.PositiveIntegerField("lần ghi", default=0)
    boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    luc = models.DateTimeField("lúc", auto_now_add=True)

    giay_chung = True

    objects = BuocDeNghiKhenQuerySet.as_manager()

    class Meta:
        verbose_name = "bước đề nghị khen"
        verbose_name_plural = "bước đề nghị khen"
        ordering = ["de_nghi", "thu_tu"]
        constraints = [
            models.UniqueConstraint(
                fields=["de_nghi", "thu_tu"], name="chidoan_buoc_de_nghi_khen_thu_tu"
            )
        ]

    def __str__(self):
        return self.get_loai_display()

    def get_absolute_url(self):
        return self.de_nghi.get_absolute_url()

    def da_ky_boi(self, nguoi) -> bool:
        """Who is proposed signs nothing."""
        return False
