"""Tập huấn: classes for cadres, their sessions, who signed up, came and passed."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from core.periods import today
from core.text import fold
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, path_prefixes

from .bao_xuong import BaoXuongQuerySet, CoTen
from .dau_ban import dau_ban
from .theo_ngay import TheoNgayMixin


def gop_ma(ma: Iterable[str]) -> str:
    """Several codes in one column, each between commas, so that one of them can be asked for."""
    chosen = list(ma)
    return f",{','.join(chosen)}," if chosen else ""


def tach_ma(text: str) -> list[str]:
    return [ma for ma in text.split(",") if ma]


class LopTapHuanQuerySet(TheoNgayMixin, BaoXuongQuerySet):
    """By the last day: where a class that reaches over the new year is counted."""

    ngay_ky = "den_ngay"
    da_bao = ~Q(trang_thai="du_kien")

    def co_chu_de(self, ma: str):
        return self.filter(chu_de__contains=f",{ma},")

    def chua_huy(self):
        return self.exclude(trang_thai=LopTapHuan.TrangThai.HUY)

    def da_xong(self):
        return self.filter(trang_thai=LopTapHuan.TrangThai.XONG)

    def sap_toi(self, day, den):
        """To begin between these days."""
        return self.chua_huy().filter(tu_ngay__range=(day, den))

    def nhan_dang_ky(self, day):
        """Open for those below on `day`."""
        last = Coalesce("han_dang_ky", "tu_ngay")
        return self.filter(trang_thai=LopTapHuan.TrangThai.MO).alias(han=last).filter(han__gte=day)

    def cho_ket_thuc(self, day):
        """Held, and nobody has finished them."""
        return self.filter(trang_thai=LopTapHuan.TrangThai.MO, den_ngay__lt=day)

    def cua_tren(self, don_vi: DonVi):
        """Classes that a unit may send people to: its own and those of the units above it."""
        return self.filter(don_vi__path__in=path_prefixes(don_vi.path))

    def cho_chi_doan_cu(self):
        """Not for people of the plan alone: whom a branch may send."""
        return self.exclude(doi_tuong=gop_ma([LopTapHuan.DoiTuong.QUY_HOACH]))

    def chua_co_nguoi_cua(self, don_vi: DonVi):
        """Classes for which nobody of the unit or below has signed up, or waits for a place."""
        own = HocVien.objects.con_ten().under(don_vi).filter(lop=OuterRef("pk"))
        return self.filter(~Exists(own))

    def with_so_nguoi(self):
        """Annotate `so_dang_ky`, `so_cho_xep`, `so_du` (attended), `so_dat` and `so_buoi`."""
        people = HocVien.objects.filter(lop=OuterRef("pk"))
        sessions = BuoiTapHuan.objects.filter(lop=OuterRef("pk"))
        return self.annotate(
            so_dang_ky=_count(people.dang_ky()),
            so_cho_xep=_count(people.cho_xep()),
            so_du=_count(people.da_du()),
            so_dat=_count(people.dat()),
            so_buoi=_count(sessions),
        )


def _count(rows):
    grouped = rows.order_by().values("lop").annotate(so=Count("pk")).values("so")
    return Coalesce(Subquery(grouped), 0)


class LopTapHuan(CoTen, models.Model):
    """Lớp tập huấn (training class): a unit's class for cadres, by year, with its topics.

    Codes of topics and of whom it is for stand between commas, see `gop_ma`.
    """

    class TrangThai(models.TextChoices):
        DU_KIEN = "du_kien", "Dự kiến"
        MO = "mo", "Đã thông báo"
        XONG = "xong", "Đã kết thúc"
        HUY = "huy", "Đã hủy"

    CON_MO = (TrangThai.DU_KIEN, TrangThai.MO)

    class ChuDe(models.TextChoices):
        SINH_HOAT = "sinh_hoat", "Tổ chức sinh hoạt chi đoàn"
        TAP_HOP = "tap_hop", "Vận động, đoàn kết tập hợp thanh niên"
        SO_SACH = "so_sach", "Hồ sơ, sổ sách"
        DOAN_VU = "doan_vu", "Nghiệp vụ đoàn vụ"
        LY_LUAN = "ly_luan", "Lý luận chính trị"
        KY_NANG_SO = "ky_nang_so", "Kỹ năng số"
        KHAC = "khac", "Chuyên đề khác"

    class DoiTuong(models.TextChoices):
        BI_THU = "bi_thu", "Bí thư chi đoàn"
        PHO_BI_THU = "pho_bi_thu", "Phó Bí thư chi đoàn"
        UY_VIEN = "uy_vien", "Ủy viên Ban Chấp hành"
        QUY_HOACH = "quy_hoach", "Cán bộ quy hoạch, tạo nguồn"

    don_vi = models.ForeignKey(
        DonVi, verbose_name="đơn vị mở lớp", on_delete=models.PROTECT, related_name="lop_tap_huan"
    )
    ten = models.CharField("tên lớp", max_length=160)
    khoa_tim = models.CharField(max_length=160, editable=False)
    chu_de = models.CharField("chuyên đề", max_length=120)
    doi_tuong = models.CharField("đối tượng", max_length=60, blank=True)
    tu_ngay = models.DateField("từ ngày")
    den_ngay = models.DateField("đến ngày")
    dia_diem = models.CharField("địa điểm", max_length=160, blank=True)
    phoi_hop = models.CharField("phối hợp tổ chức", max_length=160, blank=True)
    so_cho = models.PositiveSmallIntegerField("số chỗ", null=True, blank=True)
    han_dang_ky = models.DateField("hạn đăng ký", null=True, blank=True)
    ghi_chu = models.TextField("ghi thêm", blank=True)
    trang_thai = models.CharField(
        "tình trạng", max_length=8, choices=TrangThai, default=TrangThai.MO
    )
    ly_do_huy = models.CharField("lý do hủy", max_length=200, blank=True)
    ngay_xong = models.DateField("ngày kết thúc lớp", null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    tao_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tao_luc = models.DateTimeField(auto_now_add=True)

    objects = LopTapHuanQuerySet.as_manager()

    class Meta:
        verbose_name = "lớp tập huấn"
        verbose_name_plural = "lớp tập huấn"
        ordering = ["-tu_ngay", "-pk"]
        indexes = [models.Index(fields=["don_vi", "den_ngay"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(den_ngay__gte=F("tu_ngay")),
                name="chidoan_lop_tap_huan_ngay_theo_thu_tu",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=~Q(ten="") & ~Q(chu_de=""),
                name="chidoan_lop_tap_huan_co_ten_va_chuyen_de",
                violation_error_message="Ghi tên lớp và chọn ít nhất một chuyên đề.",
            ),
            models.CheckConstraint(
                condition=Q(so_cho__isnull=True) | Q(so_cho__gt=0),
                name="chidoan_lop_tap_huan_so_cho",
                violation_error_message="Số chỗ phải từ 1 trở lên.",
            ),
            models.CheckConstraint(
                condition=(Q(trang_thai="huy") & ~Q(ly_do_huy=""))
                | (~Q(trang_thai="huy") & Q(ly_do_huy="")),
                name="chidoan_lop_tap_huan_huy_co_ly_do",
                violation_error_message="Ghi lý do hủy lớp.",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai="xong", ngay_xong__isnull=False)
                | (~Q(trang_thai="xong") & Q(ngay_xong__isnull=True)),
                name="chidoan_lop_tap_huan_xong_co_ngay",
                violation_error_message="Ghi ngày kết thúc lớp.",
            ),
        ]

    def __str__(self):
        return self.ten

    def get_absolute_url(self):
        return reverse("chidoan:tap_huan_detail", args=[self.pk])

    @property
    def cac_chu_de(self) -> list[str]:
        """The topics in words."""
        return [self.ChuDe(ma).label for ma in tach_ma(self.chu_de)]

    @property
    def cac_doi_tuong(self) -> list[str]:
        return [self.DoiTuong(ma).label for ma in tach_ma(self.doi_tuong)]

    @property
    def han_cuoi(self):
        """The last day on which those below sign up."""
        return self.han_dang_ky or self.tu_ngay

    @property
    def is_xong(self) -> bool:
        return self.trang_thai == self.TrangThai.XONG

    @property
    def is_mo(self) -> bool:
        return self.trang_thai == self.TrangThai.MO

    @property
    def is_khoa(self) -> bool:
        """Nothing in it changes any more."""
        return self.trang_thai in (self.TrangThai.XONG, self.TrangThai.HUY)

    @property
    def mot_ngay(self) -> bool:
        return self.tu_ngay == self.den_ngay


class BuoiTapHuanQuerySet(ScopedQuerySet):
    don_vi_path = "lop__don_vi"
    quyen_xem = Quyen.XEM_CAN_BO

    def co_lop(self):
        return self.select_related("lop__don_vi")

    def with_so_du(self):
        """Annotate `so_ghi` (people on its roll) and `so_du` (present)."""
        rows = DiemDanhTapHuan.objects.filter(buoi=OuterRef("pk")).order_by().values("buoi")
        present = rows.filter(co_mat=True)
        return self.annotate(
            so_ghi=Coalesce(Subquery(rows.annotate(so=Count("pk")).values("so")), 0),
            so_du=Coalesce(Subquery(present.annotate(so=Count("pk")).values("so")), 0),
        )


class BuoiTapHuan(models.Model):
    """Buổi tập huấn (session of a class): day, hours, topic, teacher and materials."""

    lop = models.ForeignKey(LopTapHuan, on_delete=models.CASCADE, related_name="buoi")
    ngay = models.DateField("ngày")
    bat_dau = models.TimeField("từ", null=True, blank=True)
    ket_thuc = models.TimeField("đến", null=True, blank=True)
    chuyen_de = models.CharField("chuyên đề", max_length=200, blank=True)
    giang_vien = models.CharField("báo cáo viên", max_length=160, blank=True)
    tai_lieu = models.TextField("tài liệu", blank=True)
    tai_lieu_url = models.URLField("địa chỉ tài liệu", blank=True)
    da_diem_danh = models.BooleanField("đã điểm danh", default=False)

    objects = BuoiTapHuanQuerySet.as_manager()

    class Meta:
        verbose_name = "buổi tập huấn"
        verbose_name_plural = "buổi tập huấn"
        ordering = ["ngay", "bat_dau", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(bat_dau__isnull=True)
                | Q(ket_thuc__isnull=True)
                | Q(ket_thuc__gt=F("bat_dau")),
                name="chidoan_buoi_tap_huan_gio_theo_thu_tu",
                violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
            )
        ]

    def __str__(self):
        return f"Buổi ngày {self.ngay:%d/%m/%Y}"

    @property
    def version(self) -> str:
        return dau_ban(
            *(self.ngay, self.bat_dau, self.ket_thuc, self.chuyen_de, self.giang_vien),
            *(self.tai_lieu, self.tai_lieu_url),
        )

    @property
    def don_vi(self):
        return self.lop.don_vi

    @property
    def is_den_ngay(self) -> bool:
        """Whether its roll can be taken."""
        return self.ngay <= today()

    @property
    def gio(self) -> str:
        """ "07:30 – 11:00", what is known of it."""
        words = [f"{gio:%H:%M}" for gio in (self.bat_dau, self.ket_thuc) if gio]
        return " – ".join(words)


class HocVienQuerySet(TheoNgayMixin, ScopedQuerySet):
    """Participants, seen from the unit they came from and above."""

    ngay_ky = "lop__den_ngay"
    quyen_xem = Quyen.XEM_CAN_BO

    def cho_trang(self):
        return self.select_related("lop__don_vi", "don_vi", "doan_vien")

    def cho_danh_sach(self):
        return self.select_related("don_vi").prefetch_related("diem_danh")

    def of_lop(self, lop):
        return self.filter(lop=lop)

    def dang_ky(self):
        return self.filter(trang_thai=HocVien.TrangThai.DANG_KY)

    def cho_xep(self):
        return self.filter(trang_thai=HocVien.TrangThai.CHO)

    def con_ten(self):
        """On the list or waiting for a place."""
        return self.exclude(trang_thai=HocVien.TrangThai.RUT)

    def da_du(self):
        """Who attended at least one session: what an attendance of the class means."""
        present = DiemDanhTapHuan.objects.filter(hoc_vien=OuterRef("pk"), co_mat=True)
        return self.dang_ky().filter(Exists(present))

    def dat(self):
        return self.filter(ket_qua=HocVien.KetQua.DAT)

    def lop_da_xong(self):
        return self.filter(lop__trang_thai=LopTapHuan.TrangThai.XONG)

    def cua_doan_vien(self, doan_vien):
        return self.con_ten().filter(doan_vien=doan_vien).select_related("lop__don_vi")

    def tim(self, text: str):
        return self.filter(khoa_tim__contains=fold(text))

    def with_so_buoi(self):
        """Annotate `so_du`: sessions attended."""
        rows = DiemDanhTapHuan.objects.filter(hoc_vien=OuterRef("pk"), co_mat=True)
        grouped = rows.order_by().values("hoc_vien").annotate(so=Count("pk")).values("so")
        return self.annotate(so_du=Coalesce(Subquery(grouped), 0))


class HocVien(models.Model):
    """Học viên (participant of a class): a person with office and unit as they were that day.

    Somebody who is not on the register has no `doan_vien`; name and unit are typed.
    """

    class TrangThai(models.TextChoices):
        DANG_KY = "dang_ky", "Có tên trong lớp"
        CHO = "cho", "Chờ xếp chỗ"
        RUT = "rut", "Đã rút"

    class KetQua(models.TextChoices):
        DAT = "dat", "Đạt"
        KHONG_DAT = "khong_dat", "Không đạt"

    ten_nguoi = "ho_ten"
    lop = models.ForeignKey(LopTapHuan, on_delete=models.PROTECT, related_name="hoc_vien")
    don_vi = models.ForeignKey(
        DonVi, verbose_name="đơn vị cử đi", on_delete=models.PROTECT, related_name="hoc_vien"
    )
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cac_lop_tap_huan",
    )
    ho_ten = models.CharField("họ và tên", max_length=120)
    khoa_sap_xep = models.CharField(max_length=255, editable=False)
    khoa_tim = models.CharField(max_length=120, editable=False)
    ten_don_vi = models.CharField("đơn vị khi dự lớp", max_length=160, blank=True)
    chuc_vu = models.CharField("chức vụ khi dự lớp", max_length=80, blank=True)
    trang_thai = models.CharField(
        "tình trạng", max_length=8, choices=TrangThai, default=TrangThai.DANG_KY
    )
    ket_qua = models.CharField("kết quả", max_length=10, choices=KetQua, blank=True)
    diem = models.DecimalField("điểm", max_digits=4, decimal_places=1, null=True, blank=True)
    nhan_xet = models.CharField("nhận xét", max_length=200, blank=True)
    dang_ky_luc = models.DateTimeField("đăng ký lúc", auto_now_add=True)
    dang_ky_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = HocVienQuerySet.as_manager()

    class Meta:
        verbose_name = "học viên"
        verbose_name_plural = "học viên"
        ordering = ["don_vi__path", "khoa_sap_xep", "pk"]
        indexes = [models.Index(fields=["lop", "trang_thai"])]
        constraints = [
            models.UniqueConstraint(
                fields=["lop", "doan_vien"],
                name="chidoan_mot_nguoi_mot_lop",
                violation_error_message="Đồng chí này đã có tên trong lớp.",
            ),
            models.CheckConstraint(
                condition=~Q(ho_ten=""),
                name="chidoan_hoc_vien_co_ten",
                violation_error_message="Ghi họ và tên người dự lớp.",
            ),
            models.CheckConstraint(
                condition=Q(diem__isnull=True) | Q(diem__gte=0, diem__lte=10),
                name="chidoan_hoc_vien_diem_0_den_10",
                violation_error_message="Điểm từ 0 đến 10.",
            ),
            models.CheckConstraint(
                condition=Q(ket_qua="") | Q(trang_thai="dang_ky"),
                name="chidoan_hoc_vien_ket_qua_khi_co_ten",
                violation_error_message="Chỉ ghi kết quả cho người có tên trong lớp.",
            ),
        ]

    def __str__(self):
        return self.ho_ten

    def get_absolute_url(self):
        return reverse("chidoan:tap_huan_detail", args=[self.lop_id])

    @property
    def thu_hang_khi_gop(self) -> int:
        """Of two rows for one person in a class: the one with a result, then the one that stands.

        A count of attendance would ask the database for each row of a merge.
        """
        standing = self.trang_thai == self.TrangThai.DANG_KY
        return 2 * bool(self.ket_qua) + standing

    @property
    def is_dat(self) -> bool:
        return self.ket_qua == self.KetQua.DAT


class DiemDanhTapHuanQuerySet(ScopedQuerySet):
    don_vi_path = "hoc_vien__don_vi"
    quyen_xem = Quyen.XEM_CAN_BO

    def co_mat(self):
        """Present, of who still stands on the list."""
        return self.filter(co_mat=True, hoc_vien__trang_thai=HocVien.TrangThai.DANG_KY)


class DiemDanhTapHuan(models.Model):
    """Điểm danh tập huấn (attendance of a session): whether a participant was there."""

    buoi = models.ForeignKey(BuoiTapHuan, on_delete=models.CASCADE, related_name="diem_danh")
    hoc_vien = models.ForeignKey(HocVien, on_delete=models.CASCADE, related_name="diem_danh")
    co_mat = models.BooleanField("có mặt", default=True)

    objects = DiemDanhTapHuanQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm danh tập huấn"
        verbose_name_plural = "điểm danh tập huấn"
        ordering = ["buoi", "hoc_vien"]
        constraints = [
            models.UniqueConstraint(
                fields=["buoi", "hoc_vien"], name="chidoan_mot_diem_danh_mot_buoi_tap_huan"
            )
        ]

    def __str__(self):
        return "Có mặt" if self.co_mat else "Vắng"

    @property
    def thu_hang_khi_gop(self) -> int:
        return int(self.co_mat)
