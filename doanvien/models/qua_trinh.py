"""Quá trình sinh hoạt: membership periods, from which every head-count comes."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Count, F, Q

from core.periods import KyBaoCao
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, in_force, subtree

from .xoa_ten import CanCuXoaTen


def vao_trong(tu: date, den: date) -> Q:
    """Periods that came in within the span."""
    return Q(tu_ngay__range=(tu, den))


def ra_trong(tu: date, den: date) -> Q:
    """Periods that went out within the span: each on the day after its last one.

    Who belongs to the end of 31 December is still counted that day, and out on 1 January,
    the day from which a transfer counts at its new branch. So opening + in - out = closing.
    """
    mot_ngay = timedelta(days=1)
    return Q(den_ngay__range=(tu - mot_ngay, den - mot_ngay))


class QuaTrinhQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def chinh_thuc(self):
        return self.filter(loai=QuaTrinh.Loai.CHINH_THUC)

    def khong_chinh_thuc(self):
        """Temporary and residence periods: people who are counted elsewhere."""
        return self.exclude(loai=QuaTrinh.Loai.CHINH_THUC)

    def khach(self, user):
        """Guests that a branch of `user` receives or sends: both sides see them."""
        scope = Q(pk__in=())
        for path in user.paths_with(self.quyen_xem):
            scope |= subtree("chi_doan__path", path) | subtree("doan_vien__chi_doan__path", path)
        return self.khong_chinh_thuc().filter(scope)

    def khach_den(self, user):
        return self.khong_chinh_thuc().visible_to(user)

    def khach_di(self, user):
        """Own members who take part elsewhere, each at a branch that is not the own one."""
        scope = Q(pk__in=())
        for path in user.paths_with(self.quyen_xem):
            scope |= subtree("doan_vien__chi_doan__path", path)
        sent = self.khong_chinh_thuc().filter(scope)
        return sent.exclude(chi_doan=F("doan_vien__chi_doan"))

    def theo_noi_di_xa(self) -> list[tuple[str, int]]:
        """Where the members of these periods are away, most of them first; "" is nowhere said."""
        found = self.order_by().values("doan_vien__di_xa_noi").annotate(so=Count("pk"))
        rows = found.order_by("-so", "doan_vien__di_xa_noi")
        return [(row["doan_vien__di_xa_noi"], row["so"]) for row in rows]

    def di_xa_o(self, noi: str):
        return self.filter(doan_vien__di_xa_noi=noi)

    def con_han(self, day):
        """Not over on `day`, also when it is still to begin."""
        return self.exclude(den_ngay__lt=day)

    def cho_trang_khach(self):
        return self.select_related("doan_vien__chi_doan", "chi_doan")

    def tim_ten(self, key: str):
        return self.filter(doan_vien__khoa_tim__contains=key)

    def tai_ngay(self, day):
        return self.filter(in_force(day))

    def ket_nap_trong(self, ky: KyBaoCao):
        return self.chinh_thuc().filter(
            ly_do_bat_dau=QuaTrinh.LyDoBatDau.KET_NAP, tu_ngay__range=(ky.start, ky.end)
        )


class QuaTrinh(models.Model):
    """Quá trình (membership period): who belonged to which branch, how, from when to when.

    `den_ngay` is the last day, inclusive. At most one official period of a person is open.
    """

    class Loai(models.TextChoices):
        CHINH_THUC = "chinh_thuc", "Chính thức"
        TAM_THOI = "tam_thoi", "Tạm thời"
        NOI_CU_TRU = "noi_cu_tru", "Nơi cư trú"

    class LyDoBatDau(models.TextChoices):
        KET_NAP = "ket_nap", "Kết nạp"
        CHUYEN_DEN = "chuyen_den", "Chuyển đến"
        VAO_SO = "vao_so", "Có sẵn khi lập sổ"
        SAP_XEP = "sap_xep", "Sắp xếp đơn vị"
        GIOI_THIEU = "gioi_thieu", "Giới thiệu về nơi cư trú"

    class LyDoKetThuc(models.TextChoices):
        CHUYEN_DI = "chuyen_di", "Chuyển đi"
        TRUONG_THANH = "truong_thanh", "Trưởng thành Đoàn"
        XOA_TEN = "xoa_ten", "Xóa tên"
        KHAI_TRU = "khai_tru", "Khai trừ"
        TU_TRAN = "tu_tran", "Từ trần"
        SAP_XEP = "sap_xep", "Sắp xếp đơn vị"
        HET_HAN = "het_han", "Hết thời hạn"

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="qua_trinh"
    )
    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="qua_trinh",
    )
    loai = models.CharField("loại", max_length=12, choices=Loai, default=Loai.CHINH_THUC)
    tu_ngay = models.DateField("từ ngày")
    den_ngay = models.DateField("đến hết ngày", null=True, blank=True)
    ly_do_bat_dau = models.CharField("lý do bắt đầu", max_length=12, choices=LyDoBatDau)
    ly_do_ket_thuc = models.CharField(
        "lý do kết thúc", max_length=12, choices=LyDoKetThuc, blank=True
    )
    so_quyet_dinh = models.CharField("số quyết định kết thúc", max_length=40, blank=True)
    can_cu = models.CharField("căn cứ xóa tên", max_length=16, choices=CanCuXoaTen, blank=True)
    ghi_chu_ket_thuc = models.CharField("ghi chú khi kết thúc", max_length=300, blank=True)
    truoc = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="tiep_theo"
    )

    objects = QuaTrinhQuerySet.as_manager()

    class Meta:
        verbose_name = "quá trình sinh hoạt"
        verbose_name_plural = "quá trình sinh hoạt"
        ordering = ["-tu_ngay", "-pk"]
        indexes = [
            # All that tells who belonged where on a day: members are counted from it alone.
            models.Index(fields=["chi_doan", "loai", "tu_ngay", "den_ngay"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("tu_ngay")),
                name="doanvien_qua_trinh_ket_thuc_sau_bat_dau",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(den_ngay__isnull=True, ly_do_ket_thuc="")
                | (Q(den_ngay__isnull=False) & ~Q(ly_do_ket_thuc="")),
                name="doanvien_qua_trinh_ngay_di_voi_ly_do",
                violation_error_message="Ghi cả ngày và lý do kết thúc.",
            ),
            models.UniqueConstraint(
                fields=["doan_vien"],
                condition=Q(loai="chinh_thuc", den_ngay__isnull=True),
                name="doanvien_mot_noi_chinh_thuc",
                violation_error_message="Đoàn viên đang sinh hoạt chính thức ở một chi đoàn khác.",
            ),
        ]

    def __str__(self):
        return f"{self.get_loai_display()} từ {self.tu_ngay:%d/%m/%Y}"

    @property
    def noi_goc(self) -> str:
        """Where a guest is official: a branch of the system, or a unit in words."""
        return self.doan_vien.don_vi_goc or str(self.doan_vien.chi_doan)
