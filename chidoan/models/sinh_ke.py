"""Sinh kế: savings-and-loan groups, members' economic models, jobs and loans supported."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from core.periods import KyBaoCao
from core.text import fold
from doanvien.models.cua_nguoi import CuaNguoiQuerySet
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, in_force

from .theo_ngay import TheoNgayMixin


def _thu_tu_quy(ky: KyBaoCao) -> int:
    """Quarters in one row of numbers: 2026Q3 is 8107."""
    return ky.nam * 4 + ky.quy


class ToTietKiemQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_SINH_HOAT

    def tai_ngay(self, day: date):
        return self.filter(in_force(day))

    def trong_ky(self, ky: KyBaoCao):
        """Groups that existed on a day of the period."""
        return self.filter(tu_ngay__lte=ky.end).exclude(den_ngay__lt=ky.start)

    def cua_don_vi(self, don_vi):
        return self.filter(don_vi=don_vi)

    def thieu_so_du(self, ky: KyBaoCao):
        """Groups that are the Union's at the end of the quarter, its state not on record."""
        known = SoDuTo.objects.filter(to=OuterRef("pk")).cua_quy(ky)
        return self.tai_ngay(ky.end).filter(~Exists(known))

    def cua_to_truong(self, doan_vien):
        return self.filter(to_truong=doan_vien)

    def with_so_du(self, ky: KyBaoCao):
        """Annotate what was last recorded up to the quarter: members, balance, overdue, savings,
        and of which quarter (`quy_so_du`, `nam_so_du`)."""
        last = SoDuTo.objects.filter(to=OuterRef("pk"), thu_tu__lte=_thu_tu_quy(ky))
        last = last.order_by("-thu_tu")
        columns = ("so_thanh_vien", "du_no", "no_qua_han", "tiet_kiem")
        found = {name: _first(last, name) for name in columns}
        return self.annotate(**found, nam_so_du=_first(last, "nam"), quy_so_du=_first(last, "quy"))

    def khong_qua_han(self):
        """Without overdue debt, as annotated; also those without a state on record."""
        return self.exclude(no_qua_han__gt=0)

    def for_list(self):
        return self.select_related("don_vi", "to_truong").order_by("don_vi__path", "ten", "pk")


def _first(rows, column: str):
    return Subquery(rows.values(column)[:1])


class ToTietKiem(models.Model):
    """Tổ tiết kiệm và vay vốn (savings-and-loan group) that the policy bank entrusts to the Union.

    Its leader is a member of the register (`to_truong`), or somebody by name.
    """

    ten_nguoi = "ten_to_truong"

    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị quản lý",
        on_delete=models.PROTECT,
        related_name="to_tiet_kiem",
    )
    ten = models.CharField("tên tổ", max_length=120)
    to_truong = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="tổ trưởng là đoàn viên",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="to_tiet_kiem",
    )
    ten_to_truong = models.CharField("tổ trưởng", max_length=100, blank=True)
    tu_ngay = models.DateField("nhận ủy thác từ ngày")
    den_ngay = models.DateField("thôi quản lý từ sau ngày", null=True, blank=True)
    ghi_chu = models.CharField("ghi chú", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ToTietKiemQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ tiết kiệm và vay vốn"
        verbose_name_plural = "tổ tiết kiệm và vay vốn"
        ordering = ["don_vi__path", "ten", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("tu_ngay")),
                name="chidoan_to_tiet_kiem_ket_thuc_sau_bat_dau",
                violation_error_message="Ngày thôi quản lý phải từ ngày nhận ủy thác trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(to_truong__isnull=True) | Q(ten_to_truong=""),
                name="chidoan_to_tiet_kiem_mot_to_truong",
                violation_error_message="Chọn một đoàn viên, hoặc ghi tên tổ trưởng.",
            ),
        ]

    def __str__(self):
        return self.ten

    def get_absolute_url(self):
        return reverse("chidoan:to_tiet_kiem", args=[self.pk])

    @property
    def to_truong_la(self) -> str:
        return str(self.to_truong) if self.to_truong_id else self.ten_to_truong


class SoDuToQuerySet(ScopedQuerySet):
    don_vi_path = "to__don_vi"
    quyen_xem = Quyen.XEM_SINH_HOAT

    def cua_quy(self, ky: KyBaoCao):
        return self.filter(nam=ky.nam, quy=ky.quy)

    def truoc(self, ky: KyBaoCao):
        return self.filter(thu_tu__lt=_thu_tu_quy(ky))

    def tai_ngay(self, day: date):
        """The newest state of each group that is the Union's on `day`."""
        until = _thu_tu_quy(KyBaoCao.quarter_of(day))
        last = SoDuTo.objects.filter(to=OuterRef("to"), thu_tu__lte=until)
        last = last.order_by("-thu_tu").values("pk")[:1]
        running = in_force(day, tu="to__tu_ngay", den="to__den_ngay")
        return self.filter(running, pk=Subquery(last))

    def cua_to(self, to):
        return self.filter(to=to).order_by("-thu_tu")


class SoDuTo(models.Model):
    """Số dư tổ (state of a group) at the end of a quarter: members, balance, overdue, savings."""

    to = models.ForeignKey(ToTietKiem, on_delete=models.CASCADE, related_name="so_du")
    nam = models.PositiveSmallIntegerField("năm")
    quy = models.PositiveSmallIntegerField("quý")
    thu_tu = models.PositiveIntegerField(editable=False)  # nam × 4 + quy, to look back by
    so_thanh_vien = models.PositiveIntegerField("số tổ viên")
    du_no = models.PositiveBigIntegerField("dư nợ (đồng)")
    no_qua_han = models.PositiveBigIntegerField("nợ quá hạn (đồng)", default=0)
    tiet_kiem = models.PositiveBigIntegerField("số dư tiết kiệm (đồng)", default=0)
    ghi_luc = models.DateTimeField("ghi lúc", auto_now=True)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = SoDuToQuerySet.as_manager()

    class Meta:
        verbose_name = "số dư tổ"
        ordering = ["to", "-thu_tu"]
        constraints = [
            models.UniqueConstraint(fields=["to", "thu_tu"], name="chidoan_mot_so_du_to_mot_quy"),
            models.CheckConstraint(
                condition=Q(quy__range=(1, 4), thu_tu=F("nam") * 4 + F("quy")),
                name="chidoan_so_du_to_quy",
                violation_error_message="Quý từ I đến IV.",
            ),
            models.CheckConstraint(
                condition=Q(no_qua_han__lte=F("du_no")),
                name="chidoan_so_du_to_qua_han_trong_du_no",
                violation_error_message="Nợ quá hạn không thể lớn hơn dư nợ.",
            ),
        ]

    def __str__(self):
        return f"{self.to}, {self.ky.ten}"

    def get_absolute_url(self):
        return self.to.get_absolute_url()

    @property
    def don_vi(self):
        return self.to.don_vi

    @property
    def ky(self) -> KyBaoCao:
        return KyBaoCao(self.nam, quy=self.quy)

    def set_ky(self, ky: KyBaoCao) -> None:
        self.nam, self.quy, self.thu_tu = ky.nam, ky.quy, _thu_tu_quy(ky)


class _CuaNguoiQuerySet(CuaNguoiQuerySet):
    """Rows of a member, or of somebody who stands in words."""

    quyen_xem = Quyen.XEM_SINH_HOAT

    def tim(self, key: str):
        """By the member's name or by the row's own words; `key` is folded."""
        return self.filter(Q(doan_vien__khoa_tim__contains=key) | Q(khoa_tim__contains=key))


class MoHinhKinhTeQuerySet(_CuaNguoiQuerySet):
    don_vi_path = "chi_doan"

    def tai_ngay(self, day: date):
        """Models that ran on `day`; one that pauses is not given up."""
        return self.filter(in_force(day))

    def for_list(self):
        rows = self.select_related("doan_vien", "chi_doan")
        return rows.order_by("chi_doan__path", "doan_vien__khoa_sap_xep", "pk")


class MoHinhKinhTe(models.Model):
    """Mô hình kinh tế (economic model) of a member: what, where, how large, since when."""

    class Loai(models.TextChoices):
        TRONG_TROT = "trong_trot", "Trồng trọt"
        CHAN_NUOI = "chan_nuoi", "Chăn nuôi"
        THUY_SAN = "thuy_san", "Thủy sản"
        LAM_NGHIEP = "lam_nghiep", "Lâm nghiệp"
        TIEU_THU_CONG = "tieu_thu_cong", "Tiểu thủ công nghiệp"
        DICH_VU = "dich_vu", "Thương mại, dịch vụ"
        KHAC = "khac", "Loại khác"

    class TrangThai(models.TextChoices):
        DANG_LAM = "dang_lam", "Đang làm"
        TAM_DUNG = "tam_dung", "Tạm dừng"
        THOI = "thoi", "Đã thôi"

    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="mo_hinh_kinh_te",
    )
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="đoàn viên",
        on_delete=models.PROTECT,
        related_name="mo_hinh_kinh_te",
    )
    loai = models.CharField("loại", max_length=16, choices=Loai)
    ten = models.CharField("mô hình", max_length=160)
    khoa_tim = models.CharField(max_length=160, editable=False)
    dia_diem = models.CharField("địa điểm", max_length=160, blank=True)
    quy_mo = models.CharField("quy mô", max_length=120, blank=True)
    thu_nhap = models.PositiveBigIntegerField("thu nhập một năm (đồng)", null=True, blank=True)
    lao_dong = models.PositiveIntegerField("lao động thường xuyên", null=True, blank=True)
    tu_ngay = models.DateField("làm từ ngày")
    den_ngay = models.DateField("thôi làm sau ngày", null=True, blank=True)
    trang_thai = models.CharField(
        "tình trạng", max_length=10, choices=TrangThai, default=TrangThai.DANG_LAM
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = MoHinhKinhTeQuerySet.as_manager()

    class Meta:
        verbose_name = "mô hình kinh tế"
        verbose_name_plural = "mô hình kinh tế"
        ordering = ["chi_doan__path", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(trang_thai="thoi", den_ngay__gte=F("tu_ngay"))
                | (~Q(trang_thai="thoi") & Q(den_ngay__isnull=True)),
                name="chidoan_mo_hinh_kinh_te_thoi_co_ngay",
                violation_error_message="Đã thôi làm thì ghi ngày; đang làm thì bỏ trống.",
            )
        ]

    def __str__(self):
        return self.ten

    def get_absolute_url(self):
        return reverse("chidoan:mo_hinh_kinh_te_edit", args=[self.pk])

    def set_ten(self, ten: str) -> None:
        self.ten, self.khoa_tim = ten, fold(ten)


class HoTroQuerySet(TheoNgayMixin, _CuaNguoiQuerySet):
    def dem_theo_loai(self) -> dict[str, tuple[int, int]]:
        """Number and sum of money by kind. One query."""
        rows = self.order_by().values("loai")
        rows = rows.annotate(so=Count("pk"), tien=Coalesce(Sum("so_tien"), 0))
        return {row["loai"]: (row["so"], int(row["tien"])) for row in rows}

    def for_list(self):
        return self.select_related("doan_vien", "don_vi").order_by("-ngay", "-pk")


class HoTro(models.Model):
    """Hỗ trợ sinh kế (support): a loan, a job, training or help that the Union brought about.

    Given to a member, or to a young person or family by name.
    """

    ten_nguoi = "ho_ten"

    class Loai(models.TextChoices):
        VAY_VON = "vay_von", "Giúp vay vốn"
        VIEC_LAM = "viec_lam", "Giới thiệu việc làm"
        HOC_NGHE = "hoc_nghe", "Học nghề"
        KY_THUAT = "ky_thuat", "Chuyển giao kỹ thuật, cây, con giống"
        GIA_DINH = "gia_dinh", "Giúp gia đình khó khăn"
        KHAC = "khac", "Hỗ trợ khác"

    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="ho_tro"
    )
    loai = models.CharField("loại", max_length=10, choices=Loai)
    ngay = models.DateField("ngày")
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="đoàn viên",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ho_tro",
    )
    ho_ten = models.CharField("thanh niên, gia đình", max_length=100, blank=True)
    khoa_tim = models.CharField(max_length=100, blank=True, editable=False)
    so_tien = models.PositiveBigIntegerField("số tiền (đồng)", null=True, blank=True)
    ket_qua = models.CharField("nội dung, kết quả", max_length=300)
    version = models.PositiveIntegerField(default=1, editable=False)
    nhap_thay = models.BooleanField("phường nhập thay", default=False)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = HoTroQuerySet.as_manager()

    class Meta:
        verbose_name = "hỗ trợ sinh kế"
        verbose_name_plural = "hỗ trợ sinh kế"
        ordering = ["-ngay", "-pk"]
        indexes = [models.Index(fields=["don_vi", "ngay"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(doan_vien__isnull=False, ho_ten="")
                | (Q(doan_vien__isnull=True) & ~Q(ho_ten="")),
                name="chidoan_ho_tro_cho_ai",
                violation_error_message="Chọn một đoàn viên, hoặc ghi tên người được giúp.",
            )
        ]

    def __str__(self):
        return f"{self.get_loai_display()}: {self.cho_ai}"

    def get_absolute_url(self):
        return reverse("chidoan:ho_tro_edit", args=[self.pk])

    @property
    def cho_ai(self) -> str:
        return str(self.doan_vien) if self.doan_vien_id else self.ho_ten

    def set_ho_ten(self, ho_ten: str) -> None:
        self.ho_ten, self.khoa_tim = ho_ten, fold(ho_ten)
