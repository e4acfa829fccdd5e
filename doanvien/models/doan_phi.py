"""Đoàn phí: what members paid, the receipts, who is exempt, what is handed to the level above."""

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.urls import reverse

from core.periods import KyBaoCao
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

_NGUOI = {
    "to": settings.AUTH_USER_MODEL,
    "on_delete": models.PROTECT,
    "null": True,
    "related_name": "+",
}


class SoThuDoanPhiQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_DOAN_PHI


class SoThuDoanPhi(models.Model):
    """Sổ thu đoàn phí (dues book): the month from which a branch collects by this register.

    Nothing is owed before it, so members who were entered long after their admission do not
    owe for years. The first receipt opens the book when nobody has opened it.
    """

    don_vi = models.OneToOneField(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="so_thu_doan_phi",
    )
    tu_thang = models.DateField("thu từ tháng")
    ghi_luc = models.DateTimeField("ghi lúc", auto_now=True)
    ghi_boi = models.ForeignKey(**_NGUOI)

    objects = SoThuDoanPhiQuerySet.as_manager()

    class Meta:
        verbose_name = "sổ thu đoàn phí"
        constraints = [
            models.CheckConstraint(
                condition=Q(tu_thang__day=1), name="doanvien_so_thu_tu_dau_thang"
            )
        ]

    def __str__(self):
        return f"Sổ thu từ tháng {self.tu_thang:%m/%Y}"


class PhieuThuQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_DOAN_PHI

    def chua_nop(self):
        """Not yet part of a remittance; counter-entries are among them, with their minus."""
        return self.filter(nop__isnull=True)

    def trong_ky(self, ky: KyBaoCao):
        return self.filter(ngay__range=(ky.start, ky.end))

    def for_list(self):
        return self.select_related("don_vi", "doan_vien", "thu_boi", "dao_cua")

    def with_bi_huy(self):
        """Annotate `bi_huy`: how much of it counter-entries took back (with its minus), or None."""
        counter = PhieuThu.objects.filter(dao_cua=OuterRef("pk")).order_by().values("dao_cua")
        return self.annotate(bi_huy=Subquery(counter.annotate(cong=Sum("tong")).values("cong")))

    def tong_tu(self, it_nhat: int):
        """The rows, all of units of one level, if they come to that much together."""
        sums = self.order_by().values("don_vi__cap").annotate(cong=Sum("tong"))
        enough = sums.filter(cong__gte=it_nhat).values("don_vi__cap")
        return self.filter(don_vi__cap__in=enough)

    def tong_tien(self) -> int:
        return self.aggregate(tong=Sum("tong"))["tong"] or 0


class PhieuThu(models.Model):
    """Phiếu thu (receipt): money a unit took, numbered per unit and year without gaps.

    Never changed once written: a mistake is taken back by a counter-entry (`dao_cua`), a
    receipt of its own with a negative total and a reason.
    """

    class Loai(models.TextChoices):
        DOAN_PHI = "doan_phi", "Thu đoàn phí"
        TRICH_NOP = "trich_nop", "Nhận đoàn phí cấp dưới nộp"

    ten_nguoi = "nguoi_nop"
    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="phieu_thu"
    )
    loai = models.CharField("loại", max_length=10, choices=Loai, default=Loai.DOAN_PHI)
    nam = models.PositiveSmallIntegerField("năm")
    so = models.PositiveIntegerField("số")
    ngay = models.DateField("ngày thu")
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="phieu_thu",
    )
    nguoi_nop = models.CharField("người nộp", max_length=160)
    noi_dung = models.CharField("nội dung", max_length=300)
    tong = models.IntegerField("số tiền")
    ly_do = models.CharField("lý do hủy", max_length=200, blank=True)
    dao_cua = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="but_toan_huy"
    )
    nop = models.ForeignKey(
        "doanvien.NopDoanPhi",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="phieu_thu",
    )
    ma_gui = models.UUIDField(unique=True, editable=False)
    thu_luc = models.DateTimeField("ghi lúc", auto_now_add=True)
    thu_boi = models.ForeignKey(**_NGUOI, verbose_name="người thu")

    objects = PhieuThuQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu thu"
        verbose_name_plural = "phiếu thu"
        ordering = ["-nam", "-so"]
        indexes = [models.Index(fields=["don_vi", "ngay"])]
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi", "nam", "so"], name="doanvien_mot_so_phieu_thu_mot_nam"
            ),
            models.CheckConstraint(
                condition=Q(dao_cua__isnull=True, tong__gt=0, ly_do="")
                | (Q(dao_cua__isnull=False, tong__lt=0) & ~Q(ly_do="")),
                name="doanvien_phieu_thu_huy_co_ly_do",
                violation_error_message="Phiếu thu có số tiền; bút toán hủy ghi giảm và có lý do.",
            ),
        ]

    def __str__(self):
        return self.so_phieu

    def get_absolute_url(self):
        return reverse("doanvien:phieu_thu_detail", args=[self.pk])

    @property
    def so_phieu(self) -> str:
        return f"PT-{self.so:04d}"

    @property
    def is_but_toan_huy(self) -> bool:
        return self.dao_cua_id is not None


class DoanPhiQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DOAN_PHI

    def con_hieu_luc(self):
        return self.filter(huy_phieu__isnull=True)

    def trong_thang(self, tu, den):
        return self.filter(thang__range=(tu, den))

    def in_name_order(self):
        return self.select_related("doan_vien").order_by("doan_vien__khoa_sap_xep", "thang", "pk")


class DoanPhi(models.Model):
    """Đoàn phí (dues): one month that one member paid, as a line of a receipt."""

    phieu = models.ForeignKey(PhieuThu, on_delete=models.PROTECT, related_name="dong")
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="doan_phi"
    )
    chi_doan = models.ForeignKey("tochuc.DonVi", on_delete=models.PROTECT, related_name="doan_phi")
    thang = models.DateField("tháng")
    so_tien = models.PositiveIntegerField("số tiền")
    huy_phieu = models.ForeignKey(
        PhieuThu, on_delete=models.PROTECT, null=True, blank=True, related_name="dong_huy"
    )

    khi_gop_trung = (
        "Có tháng mà cả hai bản ghi đều đã thu đoàn phí. Hủy một lần thu của tháng ấy rồi gộp."
    )
    """Money that was taken twice is settled by people, never dropped by a merge."""

    objects = DoanPhiQuerySet.as_manager()

    class Meta:
        verbose_name = "đoàn phí"
        verbose_name_plural = "đoàn phí"
        ordering = ["thang", "pk"]
        indexes = [models.Index(fields=["chi_doan", "thang"])]
        constraints = [
            models.UniqueConstraint(
                fields=["doan_vien", "thang"],
                condition=Q(huy_phieu__isnull=True),
                name="doanvien_mot_thang_dong_mot_lan",
                violation_error_message="Tháng này đồng chí đã đóng đoàn phí.",
            ),
            models.CheckConstraint(
                condition=Q(thang__day=1, so_tien__gt=0), name="doanvien_doan_phi_tron_thang"
            ),
        ]

    def __str__(self):
        return f"Tháng {self.thang:%m/%Y}"


class MienDoanPhiQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DOAN_PHI

    def duoc_mien(self):
        return self.filter(trang_thai=MienDoanPhi.TrangThai.DA_DUYET)

    def cho_duyet(self):
        return self.filter(trang_thai=MienDoanPhi.TrangThai.DE_NGHI)

    def giao_voi(self, tu, den):
        """Those that cover some month of the span."""
        return self.filter(tu_thang__lte=den, den_thang__gte=tu)

    def for_list(self):
        return self.select_related("doan_vien", "chi_doan").order_by("-tu_thang", "-pk")


class MienDoanPhi(models.Model):
    """Miễn đoàn phí (exemption): months a member in hardship owes nothing.

    The branch proposes, the committee of the Đoàn cơ sở decides. Both months are inclusive.
    """

    class TrangThai(models.TextChoices):
        DE_NGHI = "de_nghi", "Chờ phường xét"
        DA_DUYET = "da_duyet", "Được miễn"
        KHONG_DUYET = "khong_duyet", "Không được miễn"

    class LyDo(models.TextChoices):
        KHO_KHAN = "kho_khan", "Gia đình khó khăn"
        OM_DAU = "om_dau", "Ốm đau, điều trị dài ngày"
        THIEN_TAI = "thien_tai", "Thiên tai, hỏa hoạn"
        MAT_VIEC = "mat_viec", "Mất việc, không có thu nhập"

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="mien_doan_phi"
    )
    chi_doan = models.ForeignKey(
        "tochuc.DonVi", on_delete=models.PROTECT, related_name="mien_doan_phi"
    )
    tu_thang = models.DateField("từ tháng")
    den_thang = models.DateField("đến hết tháng")
    ly_do = models.CharField("lý do", max_length=10, choices=LyDo)
    trang_thai = models.CharField(
        "trạng thái", max_length=12, choices=TrangThai, default=TrangThai.DE_NGHI
    )
    de_nghi_luc = models.DateTimeField("đề nghị lúc", auto_now_add=True)
    de_nghi_boi = models.ForeignKey(**_NGUOI)
    ngay_quyet = models.DateField("ngày xét", null=True, blank=True)
    quyet_boi = models.ForeignKey(**_NGUOI, blank=True)
    van_ban = models.CharField("văn bản", max_length=60, blank=True)
    y_kien = models.CharField("ý kiến của phường", max_length=200, blank=True)

    objects = MienDoanPhiQuerySet.as_manager()

    class Meta:
        verbose_name = "miễn đoàn phí"
        verbose_name_plural = "miễn đoàn phí"
        ordering = ["-tu_thang", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tu_thang__day=1, den_thang__day=1, den_thang__gte=F("tu_thang")),
                name="doanvien_mien_doan_phi_tron_thang",
                violation_error_message="Tháng cuối phải từ tháng đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai="de_nghi", ngay_quyet__isnull=True)
                | (~Q(trang_thai="de_nghi") & Q(ngay_quyet__isnull=False)),
                name="doanvien_mien_doan_phi_ngay_quyet",
            ),
        ]

    def __str__(self):
        return f"Miễn tháng {self.tu_thang:%m/%Y} đến {self.den_thang:%m/%Y}"

    def get_absolute_url(self):
        return reverse("doanvien:mien_doan_phi_detail", args=[self.pk])

    @property
    def is_cho_duyet(self) -> bool:
        return self.trang_thai == self.TrangThai.DE_NGHI

    @property
    def is_duoc_mien(self) -> bool:
        return self.trang_thai == self.TrangThai.DA_DUYET


class NopDoanPhiQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_DOAN_PHI

    def con_tinh(self):
        """Handed over or on the way; not those that were given back."""
        return self.exclude(trang_thai=NopDoanPhi.TrangThai.TRA_LAI)

    def trong_ky(self, ky: KyBaoCao):
        """Those of the period, and of the months and quarters inside it."""
        codes = [ky.code, *(month.code for month in ky.months)]
        if ky.is_nam:
            codes += [f"{ky.nam}Q{quy}" for quy in range(1, 5)]
        return self.filter(ky__in=codes)

    def cho_nhan(self):
        return self.filter(trang_thai=NopDoanPhi.TrangThai.DA_GHI)

    def cho_nhan_tai(self, units):
        return self.cho_nhan().filter(don_vi_nhan__in=units)

    def for_list(self):
        return self.select_related("don_vi", "don_vi_nhan").order_by("-ngay", "-pk")


class NopDoanPhi(models.Model):
    """Nộp đoàn phí (remittance): what a unit hands to the one above, out of what it took.

    It covers the receipts that point to it; `co_so` is their sum, `giu_lai` and `trich_nop`
    its two parts. Given back, its receipts are free for another.
    """

    class TrangThai(models.TextChoices):
        DA_GHI = "da_ghi", "Chờ cấp trên nhận"
        DA_NHAN = "da_nhan", "Đã nhận"
        TRA_LAI = "tra_lai", "Trả lại"

    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị nộp",
        on_delete=models.PROTECT,
        related_name="nop_doan_phi",
    )
    don_vi_nhan = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị nhận", on_delete=models.PROTECT, related_name="+"
    )
    ky = models.CharField("kỳ", max_length=7)
    ngay = models.DateField("ngày nộp")
    co_so = models.PositiveIntegerField("đã thu")
    giu_lai = models.PositiveIntegerField("giữ lại")
    trich_nop = models.PositiveIntegerField("trích nộp")
    chung_tu = models.CharField("số chứng từ", max_length=60, blank=True)
    trang_thai = models.CharField(
        "trạng thái", max_length=8, choices=TrangThai, default=TrangThai.DA_GHI
    )
    ma_gui = models.UUIDField(unique=True, editable=False)
    ghi_luc = models.DateTimeField("ghi lúc", auto_now_add=True)
    ghi_boi = models.ForeignKey(**_NGUOI)
    xu_ly_luc = models.DateTimeField("nhận hoặc trả lúc", null=True, blank=True)
    xu_ly_boi = models.ForeignKey(**_NGUOI, blank=True)
    ly_do_tra = models.CharField("lý do trả lại", max_length=200, blank=True)
    phieu_nhan = models.OneToOneField(
        PhieuThu, on_delete=models.PROTECT, null=True, blank=True, related_name="nhan_tu"
    )

    objects = NopDoanPhiQuerySet.as_manager()

    class Meta:
        verbose_name = "nộp đoàn phí"
        verbose_name_plural = "nộp đoàn phí"
        ordering = ["-ngay", "-pk"]
        indexes = [models.Index(fields=["don_vi", "ky"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(co_so=F("giu_lai") + F("trich_nop"), trich_nop__gt=0),
                name="doanvien_nop_doan_phi_chia_het",
                violation_error_message="Phần giữ lại và phần nộp phải đúng bằng số đã thu.",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai="tra_lai") & ~Q(ly_do_tra="")
                | ~Q(trang_thai="tra_lai") & Q(ly_do_tra=""),
                name="doanvien_nop_doan_phi_tra_co_ly_do",
                violation_error_message="Ghi lý do trả lại.",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai="da_ghi", xu_ly_luc__isnull=True)
                | ~Q(trang_thai="da_ghi") & Q(xu_ly_luc__isnull=False),
                name="doanvien_nop_doan_phi_xu_ly_luc",
            ),
        ]

    def __str__(self):
        return f"Nộp đoàn phí {self.ky}"

    def get_absolute_url(self):
        return reverse("doanvien:nop_doan_phi_detail", args=[self.pk])

    @property
    def is_cho_nhan(self) -> bool:
        return self.trang_thai == self.TrangThai.DA_GHI
