"""Nguyện vọng: what young people told their branch, and what was done about it."""

from django.conf import settings
from django.db import models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, subtree

from .cua_nguoi import CuaNguoiQuerySet


class NguyenVongQuerySet(CuaNguoiQuerySet):
    """A private one ("riêng") opens to the branch's secretary, the ward and who wrote it down."""

    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_NGUYEN_VONG

    def permitted_to(self, user, quyen):
        rows = super().permitted_to(user, quyen)
        if quyen not in (Quyen.XEM_NGUYEN_VONG, Quyen.GHI_NGUYEN_VONG):
            return rows
        opened = Q(rieng=False) | Q(ghi_boi=user)
        for path in user.paths_with(Quyen.XEM_NGUYEN_VONG_RIENG):
            opened |= subtree(self._path_field, path)
        return rows.filter(opened)

    def all_permitted_to(self, user, quyen) -> bool:
        return False

    def con_mo(self):
        return self.filter(trang_thai__in=NguyenVong.CON_MO)

    def co_trang_thai(self, trang_thai):
        return self.filter(trang_thai=trang_thai)

    def qua_han(self, day):
        return self.con_mo().filter(han__lt=day)

    def den_han(self, day):
        """Open ones due by `day`, overdue ones among them."""
        return self.con_mo().filter(han__lte=day)

    def tai_chi_doan(self):
        return self.filter(noi_giai_quyet=NguyenVong.NoiGiaiQuyet.CHI_DOAN)

    def cho_phuong(self):
        """Open ones that a branch handed to the ward."""
        return self.con_mo().filter(noi_giai_quyet__in=NguyenVong.O_PHUONG)

    def for_list(self, day):
        """What waits comes first, the most overdue on top; what is settled comes last."""
        is_open = When(trang_thai__in=NguyenVong.CON_MO, then=Value(1))
        late = When(trang_thai__in=NguyenVong.CON_MO, han__lt=day, then=Value(0))
        order = Case(late, is_open, default=Value(2), output_field=IntegerField())
        return (
            self.select_related("chi_doan", "doan_vien")
            .annotate(thu_tu=order)
            .order_by("thu_tu", F("han").asc(nulls_last=True), "-ngay", "-pk")
        )


class NguyenVong(models.Model):
    """Nguyện vọng (hope or concern): one matter, where it lies, until when, how it ended."""

    class Cua(models.TextChoices):
        DOAN_VIEN = "doan_vien", "Một đoàn viên"
        CHUNG = "chung", "Chung của chi đoàn"
        AN_DANH = "an_danh", "Không nêu tên"

    class LinhVuc(models.TextChoices):
        VIEC_LAM = "viec_lam", "Việc làm"
        HOC_TAP = "hoc_tap", "Học tập"
        VAY_VON = "vay_von", "Vay vốn"
        NHA_O = "nha_o", "Nhà ở"
        SUC_KHOE = "suc_khoe", "Sức khỏe"
        GIA_DINH = "gia_dinh", "Gia đình"
        HOAT_DONG_DOAN = "hoat_dong_doan", "Hoạt động Đoàn"
        KHAC = "khac", "Việc khác"

    class NoiGiaiQuyet(models.TextChoices):
        CHI_DOAN = "tai_chi_doan", "Chi đoàn giải quyết"
        PHUONG = "len_phuong", "Chuyển Đoàn phường, xã"
        CAP_UY = "len_cap_uy", "Chuyển cấp ủy, chính quyền"

    class TrangThai(models.TextChoices):
        CHUA = "chua", "Chưa giải quyết"
        DANG = "dang", "Đang giải quyết"
        DA = "da", "Đã giải quyết"
        KHONG = "khong", "Không giải quyết được"

    CON_MO = (TrangThai.CHUA, TrangThai.DANG)
    """States in which something still has to be done."""
    O_PHUONG = (NoiGiaiQuyet.PHUONG, NoiGiaiQuyet.CAP_UY)
    """Where the ward answers for it."""

    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="nguyen_vong",
    )
    cua = models.CharField("của ai", max_length=10, choices=Cua)
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="đoàn viên",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nguyen_vong",
    )
    linh_vuc = models.CharField("lĩnh vực", max_length=16, choices=LinhVuc)
    noi_dung = models.TextField("nội dung", max_length=1000)
    ngay = models.DateField("ngày ghi nhận")
    noi_giai_quyet = models.CharField(
        "nơi giải quyết", max_length=12, choices=NoiGiaiQuyet, default=NoiGiaiQuyet.CHI_DOAN
    )
    han = models.DateField("hạn giải quyết", null=True, blank=True)
    trang_thai = models.CharField(
        "tình trạng", max_length=6, choices=TrangThai, default=TrangThai.CHUA
    )
    ngay_xong = models.DateField("ngày kết thúc", null=True, blank=True)
    rieng = models.BooleanField("chỉ Bí thư chi đoàn và Đoàn phường xem", default=True)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    tao_luc = models.DateTimeField(auto_now_add=True)

    objects = NguyenVongQuerySet.as_manager()

    class Meta:
        verbose_name = "nguyện vọng"
        verbose_name_plural = "nguyện vọng"
        ordering = ["-ngay", "-pk"]
        indexes = [models.Index(fields=["chi_doan", "trang_thai"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(cua="doan_vien", doan_vien__isnull=False)
                | (~Q(cua="doan_vien") & Q(doan_vien__isnull=True)),
                name="doanvien_nguyen_vong_cua_ai",
                violation_error_message="Chọn đoàn viên, hoặc ghi là chung, không nêu tên.",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai__in=["chua", "dang"], ngay_xong__isnull=True)
                | Q(trang_thai__in=["da", "khong"], ngay_xong__isnull=False),
                name="doanvien_nguyen_vong_ngay_xong",
                violation_error_message="Ghi ngày kết thúc khi đã giải quyết xong.",
            ),
            models.CheckConstraint(
                condition=Q(han__isnull=True) | Q(han__gte=F("ngay")),
                name="doanvien_nguyen_vong_han_sau_ngay",
                violation_error_message="Hạn giải quyết phải từ ngày ghi nhận trở đi.",
            ),
        ]

    def __str__(self):
        return f"Nguyện vọng về {self.get_linh_vuc_display().lower()}"

    def get_absolute_url(self):
        return reverse("doanvien:nguyen_vong_detail", args=[self.pk])

    @property
    def don_vi(self):
        return self.chi_doan

    @property
    def cua_ai(self) -> str:
        return str(self.doan_vien) if self.doan_vien_id else self.get_cua_display()

    @property
    def is_con_mo(self) -> bool:
        return self.trang_thai in self.CON_MO

    @property
    def is_o_phuong(self) -> bool:
        return self.noi_giai_quyet in self.O_PHUONG

    def is_qua_han(self, day) -> bool:
        return self.is_con_mo and self.han is not None and self.han < day


class BuocNguyenVongQuerySet(ScopedQuerySet):
    don_vi_path = "nguyen_vong__chi_doan"
    quyen_xem = Quyen.XEM_NGUYEN_VONG

    def visible_to(self, user):
        return self.filter(nguyen_vong__in=NguyenVong.objects.visible_to(user))


class BuocNguyenVong(models.Model):
    """Bước giải quyết (step taken about a hope or concern): who did what, and what followed."""

    nguyen_vong = models.ForeignKey(NguyenVong, on_delete=models.CASCADE, related_name="buoc")
    ngay = models.DateField("ngày")
    noi_dung = models.TextField("đã làm gì", max_length=1000)
    den_trang_thai = models.CharField(
        "tình trạng", max_length=6, choices=NguyenVong.TrangThai, blank=True
    )
    nhap_thay = models.BooleanField("phường ghi thay", default=False)
    boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    luc = models.DateTimeField(auto_now_add=True)

    objects = BuocNguyenVongQuerySet.as_manager()

    class Meta:
        verbose_name = "bước giải quyết nguyện vọng"
        ordering = ["ngay", "pk"]

    def __str__(self):
        return f"{self.ngay:%d/%m/%Y}"
