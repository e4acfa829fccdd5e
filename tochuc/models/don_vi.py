"""Đơn vị: the tree of units, with what they were called and where they hung before."""

from datetime import date
from functools import cache

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from core.text import clean, fold, natural_sort_key
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, in_force, path_prefixes


class CapDonVi(models.TextChoices):
    TRUNG_UONG = "trung_uong", "Trung ương"
    TINH = "tinh", "Tỉnh"
    HUYEN = "huyen", "Huyện"
    CO_SO = "co_so", "Cơ sở"
    CHI_DOAN = "chi_doan", "Chi đoàn"


class LoaiDonVi(models.TextChoices):
    """The kind of place, which decides how the unit is called: (code, place in words)."""

    TRUNG_UONG = "trung_uong", "Trung ương"
    TINH = "tinh", "tỉnh"
    THANH_PHO = "thanh_pho", "thành phố"
    HUYEN = "huyen", "huyện"
    QUAN = "quan", "quận"
    THI_XA = "thi_xa", "thị xã"
    XA = "xa", "xã"
    PHUONG = "phuong", "phường"
    THI_TRAN = "thi_tran", "thị trấn"
    DAC_KHU = "dac_khu", "đặc khu"
    CHI_DOAN = "chi_doan", "chi đoàn"


_GOI_TEN = {
    LoaiDonVi.TRUNG_UONG: "Trung ương Đoàn {}",
    LoaiDonVi.TINH: "Tỉnh đoàn {}",
    LoaiDonVi.THANH_PHO: "Thành đoàn {}",
    LoaiDonVi.HUYEN: "Huyện đoàn {}",
    LoaiDonVi.QUAN: "Quận đoàn {}",
    LoaiDonVi.THI_XA: "Thị đoàn {}",
    LoaiDonVi.CHI_DOAN: "Chi đoàn {}",
}


_TIEN_TO = ("chi doan ", "doan phuong ", "doan xa ", "huyen doan ", "thanh doan ", "tinh doan ")


def goi_ten(loai: str, ten: str) -> str:
    """How a unit of this kind is called when its own name is `ten`."""
    return _mau_ten(loai).format(ten)


@cache
def _mau_ten(loai: str) -> str:
    return _GOI_TEN.get(loai) or f"Đoàn {LoaiDonVi(loai).label} {{}}"


class KhoiChiDoan(models.TextChoices):
    DAN_CU = "dan_cu", "Địa bàn dân cư"
    TRUONG_HOC = "truong_hoc", "Trường học"
    CO_QUAN = "co_quan", "Cơ quan"
    LLVT = "llvt", "Lực lượng vũ trang"
    DOANH_NGHIEP = "doanh_nghiep", "Doanh nghiệp"


class DonViQuerySet(ScopedQuerySet, MP_NodeQuerySet):
    don_vi_path = ""
    quyen_xem = Quyen.XEM_DON_VI

    def chi_doan(self):
        return self.filter(cap=CapDonVi.CHI_DOAN)

    def tren_chi_doan(self):
        above = [cap for cap in CapDonVi if cap != CapDonVi.CHI_DOAN]
        return self.filter(cap__in=above)

    def co_so(self):
        return self.filter(cap=CapDonVi.CO_SO)

    def with_ten_tai(self, day):
        """Annotate what the unit was on `day`: `ten_khi_do`, and the name and kind of the
        unit above it as `cap_tren_ten`, `cap_tren_loai`."""
        past = LichSuDonVi.objects.tai_ngay(day)
        own = past.filter(don_vi=OuterRef("pk"))
        parent = past.filter(don_vi=OuterRef("cap_tren_khi_do"))
        return self.annotate(
            ten_khi_do=Coalesce(Subquery(own.values("ten")[:1]), F("ten")),
            cap_tren_khi_do=Subquery(own.values("cap_tren")[:1]),
            cap_tren_ten=Subquery(parent.values("ten")[:1]),
            cap_tren_loai=Subquery(own.values("cap_tren__loai")[:1]),
        )

    def with_so_don_vi_duoi(self, day):
        """Annotate `so_don_vi_duoi`: units directly below that exist on `day`."""
        below = (
            LichSuDonVi.objects.tai_ngay(day)
            .filter(cap_tren=OuterRef("pk"))
            .exclude(don_vi__ket_thuc__lt=day)
            .exclude(don_vi__thanh_lap__gt=day)
            .order_by()
            .values("cap_tren")
            .annotate(so=Count("pk"))
            .values("so")
        )
        return self.annotate(so_don_vi_duoi=Coalesce(Subquery(below), 0))

    def truc_thuoc(self, cap_tren, day):
        """Units that stood directly below `cap_tren` on `day`."""
        past = LichSuDonVi.objects.tai_ngay(day).filter(don_vi=OuterRef("pk"), cap_tren=cap_tren)
        return self.filter(Exists(past)).dang_hoat_dong(day)

    def va_da_ket_thuc(self, cap_tren, day):
        """`truc_thuoc`, and those that ended before `day` and hang directly below now."""
        here = self.under(cap_tren).filter(depth=cap_tren.depth + 1, ket_thuc__lt=day)
        return self.filter(
            Q(pk__in=self.truc_thuoc(cap_tren, day).order_by().values("pk"))
            | Q(pk__in=here.order_by().values("pk"))
        )

    def da_nhap_vao(self, don_vi):
        """Units of its level that have gone into it."""
        return (
            self.under(don_vi).filter(cap=don_vi.cap, ket_thuc__isnull=False).exclude(pk=don_vi.pk)
        )

    def tiep_quan(self, don_vi, day) -> "DonVi":
        """Who answers for a unit on `day`: the unit itself; once it has ended, the nearest above
        it at work, which is the one it went into. No query before its end."""
        if don_vi.ket_thuc is None or don_vi.ket_thuc >= day:
            return don_vi
        above = self.filter(path__in=path_prefixes(don_vi.path)).dang_hoat_dong(day)
        return above.order_by("-depth").first() or don_vi

    def search(self, text: str):
        """Find by folded name, with or without "Chi đoàn" or "Đoàn phường" before it."""
        key = fold(text)
        for prefix in _TIEN_TO:
            key = key.removeprefix(prefix)
        return self.filter(khoa_tim__contains=key.strip())

    def dang_hoat_dong(self, day):
        """Units that exist on `day`; one without a founding date has always existed."""
        return self.filter(
            Q(thanh_lap__isnull=True) | Q(thanh_lap__lte=day),
            Q(ket_thuc__isnull=True) | Q(ket_thuc__gte=day),
        )


class DonViManager(MP_NodeManager.from_queryset(DonViQuerySet)):
    def get_queryset(self):
        return DonViQuerySet(self.model, using=self._db).order_by("path")


class DonVi(MP_Node):
    """Đơn vị (unit of the Youth Union): a province, district, ward or branch."""

    cap = models.CharField("cấp", max_length=12, choices=CapDonVi)
    loai = models.CharField("loại", max_length=12, choices=LoaiDonVi)
    ten = models.CharField(
        "tên", max_length=120, help_text="Tên riêng, không kèm chữ «Chi đoàn» hay «Đoàn phường»."
    )
    ma = models.SlugField("mã", max_length=60, unique=True)
    khoi = models.CharField("khối", max_length=14, choices=KhoiChiDoan, blank=True)
    cum_thi_dua = models.CharField("cụm thi đua", max_length=60, blank=True)
    dia_danh = models.CharField("địa danh trên văn bản", max_length=60, blank=True)
    thanh_lap = models.DateField("ngày thành lập", null=True, blank=True)
    ket_thuc = models.DateField("ngày kết thúc", null=True, blank=True)
    so_lieu_tu = models.DateField(
        "số liệu từ ngày",
        null=True,
        blank=True,
        editable=False,
        help_text="Ngày đồng chí đầu tiên có trong sổ; trước ngày này không có gì là thiếu.",
    )
    so_lieu_den = models.DateField(
        "số liệu đến ngày",
        null=True,
        blank=True,
        help_text="Ngày sổ sách dừng lại; sau ngày này các trang không tính là thiếu.",
    )
    khoa_sap_xep = models.CharField(max_length=255, editable=False, db_index=True)
    khoa_tim = models.CharField(max_length=160, editable=False)

    objects = DonViManager()

    class Meta:
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        indexes = [models.Index(fields=["cap", "path"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ket_thuc__isnull=True)
                | Q(thanh_lap__isnull=True)
                | Q(ket_thuc__gte=F("thanh_lap")),
                name="tochuc_don_vi_ket_thuc_sau_thanh_lap",
                violation_error_message="Ngày kết thúc phải sau ngày thành lập.",
            )
        ]

    def __str__(self):
        return self.ten_day_du

    def get_absolute_url(self):
        return reverse("tochuc:don_vi_detail", args=[self.pk])

    def set_ten(self, ten: str) -> None:
        """Set the name together with the keys it is sorted and found by."""
        self.ten = clean(ten)
        self.khoa_sap_xep = natural_sort_key(self.ten)[:255]
        self.khoa_tim = fold(self.ten)

    def ngay_so_lieu(self, day: date) -> date:
        """The day to look at when asked about `day`: not later than the records reach."""
        return min(day, self.so_lieu_den) if self.so_lieu_den else day

    @property
    def cap_tren(self) -> "DonVi | None":
        """The unit above, today: of a higher level, also where an ended unit hangs below the
        one that took over. One query, remembered on the object."""
        above = DonVi.objects.get_parent(self)
        while above is not None and above.cap == self.cap:
            above = DonVi.objects.get_parent(above)
        return above

    @property
    def is_chi_doan(self) -> bool:
        return self.cap == CapDonVi.CHI_DOAN

    @property
    def is_co_so(self) -> bool:
        return self.cap == CapDonVi.CO_SO

    @property
    def ten_day_du(self) -> str:
        """The unit as people call it: "Chi đoàn Khu vực 1", "Đoàn phường I", "Huyện đoàn …"."""
        return self.goi_ten(self.ten)

    def goi_ten(self, ten: str) -> str:
        """How a unit of this kind is called when its own name is `ten`."""
        return goi_ten(self.loai, ten)

    @property
    def ten_noi(self) -> str:
        """The place itself: "phường I", "xã Hành Thịnh"."""
        return self.ten if self.is_chi_doan else f"{LoaiDonVi(self.loai).label} {self.ten}"


class LichSuDonViQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_DON_VI

    def tai_ngay(self, day):
        return self.filter(in_force(day))

    def duoi(self, don_vi, day):
        """Spans on `day` of the unit and of all that stood below it then.

        `don_vi` is the unit or its number. No statement of its own: the path is asked inside.
        """
        own = LichSuDonVi.objects.tai_ngay(day).filter(don_vi=don_vi).order_by()
        duong = Subquery(own.values("duong")[:1])
        last = Concat(duong, Value("Z" * 64), output_field=models.CharField())
        return self.tai_ngay(day).filter(duong__gte=duong, duong__lte=last)


class LichSuDonVi(models.Model):
    """Lịch sử đơn vị (history of a unit): its name and the unit above it, with dates.

    `duong` is the whole way from the root on these days (see `tochuc.cay`), so that a unit
    has a new span whenever something above it changes. A unit has exactly one span for each
    day since it exists, also for those after its end: where its history hangs then.
    """

    don_vi = models.ForeignKey(DonVi, on_delete=models.CASCADE, related_name="lich_su")
    ten = models.CharField("tên", max_length=120)
    cap_tren = models.ForeignKey(
        DonVi,
        verbose_name="đơn vị cấp trên",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    tu_ngay = models.DateField("từ ngày")
    den_ngay = models.DateField("đến ngày", null=True, blank=True)
    can_cu = models.CharField("căn cứ", max_length=200, blank=True)
    duong = models.CharField(max_length=255, editable=False, default="")

    objects = LichSuDonViQuerySet.as_manager()

    class Meta:
        verbose_name = "lịch sử đơn vị"
        ordering = ["don_vi", "tu_ngay"]
        indexes = [models.Index(fields=["duong", "tu_ngay"], name="tochuc_lich_duong_idx")]
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi"],
                condition=Q(den_ngay__isnull=True),
                name="tochuc_mot_ten_hien_hanh",
            ),
            models.UniqueConstraint(
                fields=["don_vi", "tu_ngay"], name="tochuc_mot_khoang_mot_ngay_dau"
            ),
            models.CheckConstraint(
                condition=Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("tu_ngay")),
                name="tochuc_lich_su_ket_thuc_sau_bat_dau",
            ),
        ]

    def __str__(self):
        return f"{self.ten} (từ {self.tu_ngay:%d/%m/%Y})"


class DiaBanQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_DON_VI

    def cua(self, don_vi: DonVi):
        """Those of a ward, or those that a branch looks after."""
        return self.filter(Q(don_vi=don_vi) | Q(chi_doan=don_vi))

    def tai_ngay(self, day):
        return self.filter(in_force(day))


class DiaBan(models.Model):
    """Địa bàn (residential area): a thôn, bản or tổ dân phố of a ward, with dates."""

    class Loai(models.TextChoices):
        THON = "thon", "thôn"
        BAN = "ban", "bản"
        TO_DAN_PHO = "to_dan_pho", "tổ dân phố"
        KHU_VUC = "khu_vuc", "khu vực"
        KHU_PHO = "khu_pho", "khu phố"

    don_vi = models.ForeignKey(
        DonVi, verbose_name="Đoàn cơ sở", on_delete=models.PROTECT, related_name="dia_ban"
    )
    chi_doan = models.ForeignKey(
        DonVi, on_delete=models.PROTECT, null=True, blank=True, related_name="dia_ban_phu_trach"
    )
    loai = models.CharField("loại", max_length=12, choices=Loai)
    ten = models.CharField("tên", max_length=120)
    tu_ngay = models.DateField("từ ngày")
    den_ngay = models.DateField("đến ngày", null=True, blank=True)

    objects = DiaBanQuerySet.as_manager()

    class Meta:
        verbose_name = "địa bàn"
        ordering = ["don_vi", "ten"]

    def __str__(self):
        loai = self.get_loai_display()
        return self.ten if self.ten.lower().startswith(loai) else f"{loai} {self.ten}"
