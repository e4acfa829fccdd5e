"""Đợt nhập: one import of a member list, with what became of each row."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class DotNhapQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.NHAP_DOAN_VIEN

    def with_so_dong(self):
        """Annotate how many rows were or would be created, updated, left to mend."""
        loai = DongNhap.HanhDong
        return self.annotate(
            so_them=Count("dong", filter=Q(dong__hanh_dong=loai.CREATE)),
            so_cap_nhat=Count("dong", filter=Q(dong__cap_nhat=True)),
            so_can_sua=Count("dong", filter=Q(dong__hanh_dong=loai.REJECT)),
            so_trung=Count("dong", filter=Q(dong__hanh_dong=loai.DUPLICATE)),
            so_can_xem=Count("dong", filter=DongNhapQuerySet.needs_a_look("dong__")),
        ).order_by("-tao_luc", "-pk")


class DotNhap(models.Model):
    """Đợt nhập (import): a file, its rows and when they were written into the register.

    `bang_ma_hoa` keeps the sheets of a foreign layout encrypted until its columns are chosen.
    """

    class TrangThai(models.TextChoices):
        XEM_TRUOC = "xem_truoc", "Đang xem trước"
        DA_NHAP = "da_nhap", "Đã nhập"
        CHO_COT = "cho_cot", "Chờ chọn cột"
        HOAN_TAC = "hoan_tac", "Đã hoàn tác"

    CHUA_NHAP = (TrangThai.XEM_TRUOC, TrangThai.CHO_COT)

    don_vi = models.ForeignKey("tochuc.DonVi", on_delete=models.PROTECT, related_name="dot_nhap")
    ten_tep = models.CharField("tên tệp", max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    trang_thai = models.CharField(max_length=10, choices=TrangThai, default=TrangThai.XEM_TRUOC)
    so_dong = models.PositiveIntegerField("số dòng", default=0)
    trang_tinh = models.CharField("trang tính", max_length=40, blank=True)
    luu_y = models.JSONField("lưu ý về cả tệp", default=list)
    tao_luc = models.DateTimeField(auto_now_add=True)
    tao_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    nhap_luc = models.DateTimeField("nhập lúc", null=True, blank=True)
    nhap_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    bang_ma_hoa = models.TextField(blank=True, editable=False)
    hoan_tac_luc = models.DateTimeField("hoàn tác lúc", null=True, blank=True)
    hoan_tac_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DotNhapQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt nhập"
        ordering = ["-tao_luc"]
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi", "sha256"],
                condition=Q(trang_thai="da_nhap"),
                name="doanvien_mot_tep_nhap_mot_lan",
                violation_error_message="Tệp này đã được nhập.",
            )
        ]

    def __str__(self):
        return self.ten_tep

    def get_absolute_url(self):
        return reverse("doanvien:nhap_preview", args=[self.pk])

    @property
    def is_cho_cot(self) -> bool:
        """A list in another layout whose columns nobody has chosen yet."""
        return self.trang_thai == self.TrangThai.CHO_COT

    @property
    def is_mo(self) -> bool:
        """Nothing of it is written, and nothing was."""
        return self.trang_thai in self.CHUA_NHAP

    @property
    def is_hoan_tac(self) -> bool:
        return self.trang_thai == self.TrangThai.HOAN_TAC

    @property
    def is_da_nhap(self) -> bool:
        return self.trang_thai == self.TrangThai.DA_NHAP


class DongNhapQuerySet(ScopedQuerySet):
    don_vi_path = "dot_nhap__don_vi"
    quyen_xem = Quyen.NHAP_DOAN_VIEN

    @staticmethod
    def needs_a_look(path: str = "") -> Q:
        """Rows that are not simply created: to mend, repeated, or created with a warning."""
        is_created = Q(**{f"{path}hanh_dong": DongNhap.HanhDong.CREATE})
        return ~is_created | ~Q(**{f"{path}canh_bao": []})

    def can_xem(self):
        return self.filter(self.needs_a_look())

    def can_sua(self):
        return self.filter(hanh_dong=DongNhap.HanhDong.REJECT)

    def trung(self):
        return self.filter(hanh_dong=DongNhap.HanhDong.DUPLICATE)

    def da_cap_nhat(self):
        """Rows that changed a record."""
        return self.filter(cap_nhat=True)

    def them_moi(self):
        return self.filter(hanh_dong=DongNhap.HanhDong.CREATE)

    def with_nguoi(self):
        """Together with the people that the rows became or repeat, and their branches."""
        return self.select_related("doan_vien__chi_doan", "trung_voi__chi_doan")


class DongNhap(models.Model):
    """Dòng nhập (imported row): what the importer makes of one row of the sheet.

    `gia_tri_ma_hoa` keeps the cleaned values (they hold citizen ids) encrypted until the
    row is written; `truoc_ma_hoa` what the row changed in a record, encrypted too, so that the
    import can be undone; `loi` and `canh_bao` are lists of {field, value, message, suggestion}.
    """

    class HanhDong(models.TextChoices):
        CREATE = "create", "Sẽ nhập"
        REJECT = "reject", "Cần sửa"
        DUPLICATE = "duplicate", "Trùng"

    ten_nguoi = "ho_ten"
    dot_nhap = models.ForeignKey(DotNhap, on_delete=models.CASCADE, related_name="dong")
    row = models.PositiveIntegerField("dòng trong tệp")
    hanh_dong = models.CharField(max_length=10, choices=HanhDong)
    ho_ten = models.CharField(max_length=120, blank=True)
    field = models.CharField(max_length=40, blank=True)
    of_row = models.PositiveIntegerField(null=True, blank=True)
    trung_voi = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cap_nhat = models.BooleanField("cập nhật theo tệp", default=False)
    gia_tri_ma_hoa = models.TextField(blank=True)
    truoc_ma_hoa = models.TextField(blank=True, editable=False)
    loi = models.JSONField(default=list)
    canh_bao = models.JSONField(default=list)
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = DongNhapQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng nhập"
        ordering = ["row"]
        constraints = [
            models.UniqueConstraint(fields=["dot_nhap", "row"], name="doanvien_mot_dong_mot_lan")
        ]

    def __str__(self):
        return f"Dòng {self.row}"

    @property
    def is_updatable(self) -> bool:
        """Whether the row may fill a record of the own unit that it repeats."""
        is_duplicate = self.hanh_dong == self.HanhDong.DUPLICATE
        return is_duplicate and bool(self.of_row or self.trung_voi_id)
