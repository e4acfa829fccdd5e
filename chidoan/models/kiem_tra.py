"""Kiểm tra, giám sát: the year's programme, each inspection, what it found and what followed."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, ExtractYear
from django.urls import reverse

from core.periods import KyBaoCao
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, TaiDonViQuerySet, subtree

from .dau_ban import dau_ban


class _GhiTaiDonViQuerySet(TaiDonViQuerySet):
    quyen_xem = Quyen.XEM_KIEM_TRA
    quyen_ghi = Quyen.GHI_KIEM_TRA


class ChuongTrinhKiemTraQuerySet(_GhiTaiDonViQuerySet):
    def with_so_cuoc(self):
        """Annotate `so_cuoc` and `so_da_lam`: planned inspections, and those carried out."""
        rows = CuocKiemTra.objects.filter(chuong_trinh=OuterRef("pk")).order_by()
        return self.select_related("don_vi").annotate(
            so_cuoc=_dem(rows.con_lam(), "chuong_trinh"),
            so_da_lam=_dem(rows.da_tien_hanh(), "chuong_trinh"),
        )

    def cua_nam(self, don_vi, nam: int):
        return self.filter(don_vi=don_vi, nam=nam)


def _dem(rows, khoa: str):
    return Coalesce(Subquery(rows.values(khoa).annotate(so=Count("pk")).values("so")), 0)


class ChuongTrinhKiemTra(models.Model):
    """Chương trình kiểm tra, giám sát (inspection programme) of a unit for one year."""

    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị",
        on_delete=models.PROTECT,
        related_name="chuong_trinh_kiem_tra",
    )
    nam = models.PositiveSmallIntegerField("năm")
    so_van_ban = models.CharField("số văn bản", max_length=40, blank=True)
    ngay = models.DateField("ngày ban hành", null=True, blank=True)
    ghi_chu = models.TextField("yêu cầu chung", max_length=1000, blank=True)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ChuongTrinhKiemTraQuerySet.as_manager()

    class Meta:
        verbose_name = "chương trình kiểm tra, giám sát"
        verbose_name_plural = "chương trình kiểm tra, giám sát"
        ordering = ["-nam", "don_vi__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi", "nam"],
                name="chidoan_mot_chuong_trinh_kiem_tra_mot_nam",
                violation_error_message="Năm này đã có chương trình kiểm tra, giám sát.",
            )
        ]

    def __str__(self):
        return f"Chương trình kiểm tra, giám sát năm {self.nam}"

    def get_absolute_url(self):
        return reverse("chidoan:chuong_trinh_kiem_tra", args=[self.pk])

    @property
    def version(self) -> str:
        return dau_ban(self.so_van_ban, self.ngay, self.ghi_chu)


class TrangThaiKiemTra(models.TextChoices):
    """Where an inspection stands."""

    KE_HOACH = "ke_hoach", "Theo kế hoạch"
    DA_TIEN_HANH = "da_tien_hanh", "Đã tiến hành"
    DA_KET_LUAN = "da_ket_luan", "Đã kết luận"
    KHAC_PHUC = "khac_phuc", "Đang khắc phục"
    XONG = "xong", "Đã xong"
    BO = "bo", "Không tiến hành"


T = TrangThaiKiemTra
DA_KET_LUAN = (T.DA_KET_LUAN, T.KHAC_PHUC, T.XONG)
"""From here on the inspected unit sees it, and nothing of it changes."""
DA_LAM = (T.DA_TIEN_HANH, *DA_KET_LUAN)
"""Carried out: what reports count."""


class CuocKiemTraQuerySet(_GhiTaiDonViQuerySet):
    """Seen by the inspecting unit and those above it; by the inspected unit once concluded."""

    def visible_to(self, user):
        scope = Q(pk__in=())
        for path in user.paths_with(self.quyen_xem):
            scope |= subtree("don_vi__path", path)
            scope |= subtree("doi_tuong__path", path) & Q(trang_thai__in=DA_KET_LUAN)
        return self.filter(scope)

    def bi_kiem_tra(self, user, quyen):
        """Concluded ones of units on which `user` holds the right: theirs to answer."""
        scope = Q(pk__in=())
        for path in user.paths_with(quyen):
            scope |= subtree("doi_tuong__path", path)
        return self.filter(scope, trang_thai__in=DA_KET_LUAN)

    def da_tien_hanh(self):
        return self.filter(trang_thai__in=DA_LAM)

    def lan_dau_trong_nam(self):
        """Carried out, the first of that unit in its year: so each unit counts once a year, and
        the quarters of a year add up to it."""
        before = CuocKiemTra.objects.da_tien_hanh().filter(
            Q(ngay__lt=OuterRef("ngay")) | Q(ngay=OuterRef("ngay"), pk__lt=OuterRef("pk")),
            don_vi=OuterRef("don_vi"),
            doi_tuong=OuterRef("doi_tuong"),
            ngay__year=ExtractYear(OuterRef("ngay")),
        )
        return self.da_tien_hanh().filter(~Exists(before))

    def cua_don_vi(self, don_vi):
        """Those that this very unit carries out."""
        return self.filter(don_vi=don_vi)

    def con_lam(self):
        """Not given up."""
        return self.exclude(trang_thai=T.BO)

    def cho_tien_hanh(self):
        return self.filter(trang_thai=T.KE_HOACH)

    def qua_han(self, day: date):
        """Planned and not carried out in time."""
        return self.cho_tien_hanh().filter(han__lt=day)

    def cho_ket_luan(self):
        return self.filter(trang_thai=T.DA_TIEN_HANH)

    def con_no(self, day: date):
        """With a recommendation that is past its day and not closed."""
        late = KienNghi.objects.qua_han(day).values("cuoc")
        return self.filter(pk__in=late)

    def cho_xet(self):
        """With an answer that the inspectors have not looked at."""
        answered = KienNghi.objects.cho_xet().values("cuoc")
        return self.filter(pk__in=answered)

    def trong_ky(self, ky: KyBaoCao):
        """Carried out in the period, or planned for a day of it."""
        span = (ky.start, ky.end)
        return self.filter(Q(ngay__range=span) | Q(ngay__isnull=True, han__range=span))

    def cua_chuong_trinh(self, chuong_trinh):
        rows = self.filter(chuong_trinh=chuong_trinh).for_list()
        return rows.order_by("han", "chuyen_de", "doi_tuong__path", "pk")

    def for_list(self):
        rows = KienNghi.objects.filter(cuoc=OuterRef("pk")).order_by()
        return self.select_related("don_vi", "doi_tuong").annotate(
            so_kien_nghi=_dem(rows, "cuoc"),
            so_con_lai=_dem(rows.con_mo(), "cuoc"),
        )

    def qua_han_truoc(self, day: date):
        """What is late comes first, then what happened last."""
        late = When(trang_thai=T.KE_HOACH, han__lt=day, then=Value(0))
        order = Case(late, default=Value(1), output_field=models.IntegerField())
        return self.annotate(thu_tu_hien=order).order_by("thu_tu_hien", "-ngay_buoc", "-pk")

    def for_case(self):
        return self.select_related("don_vi", "doi_tuong", "chuong_trinh")


class CuocKiemTra(models.Model):
    """Cuộc kiểm tra, giám sát (inspection) of one unit by another, from plan to last remedy.

    `doi_tuong` is the inspected unit, `tu_ngay` to `den_ngay` the time that was looked at.
    From the conclusion on nothing but the answers to its recommendations is written.
    """

    ten_nguoi = "truong_doan"

    class HinhThuc(models.TextChoices):
        KIEM_TRA = "kiem_tra", "Kiểm tra"
        GIAM_SAT = "giam_sat", "Giám sát"

    TrangThai = TrangThaiKiemTra

    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị tiến hành",
        on_delete=models.PROTECT,
        related_name="cuoc_kiem_tra",
    )
    chuong_trinh = models.ForeignKey(
        ChuongTrinhKiemTra,
        verbose_name="chương trình",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cuoc",
    )
    hinh_thuc = models.CharField("hình thức", max_length=8, choices=HinhThuc)
    chuyen_de = models.CharField("nội dung, chuyên đề", max_length=200)
    doi_tuong = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị được kiểm tra",
        on_delete=models.PROTECT,
        related_name="bi_kiem_tra",
    )
    ky = models.CharField("thời gian dự kiến", max_length=8, blank=True)
    han = models.DateField("chậm nhất", null=True, blank=True)
    trang_thai = models.CharField(
        "tình trạng", max_length=12, choices=TrangThaiKiemTra, default=T.KE_HOACH
    )
    ngay = models.DateField("ngày tiến hành", null=True, blank=True)
    tu_ngay = models.DateField("mốc kiểm tra từ ngày", null=True, blank=True)
    den_ngay = models.DateField("đến ngày", null=True, blank=True)
    dia_diem = models.CharField("địa điểm", max_length=160, blank=True)
    truong_doan = models.CharField("trưởng đoàn", max_length=100, blank=True)
    chuc_vu_truong = models.CharField("chức vụ trưởng đoàn", max_length=100, blank=True)
    thanh_vien = models.TextField("thành viên đoàn", max_length=600, blank=True)
    dai_dien = models.TextField("đại diện đơn vị được kiểm tra", max_length=400, blank=True)
    ket_luan = models.TextField("kết luận", max_length=3000, blank=True)
    ngay_ket_luan = models.DateField("ngày kết luận", null=True, blank=True)
    ly_do_bo = models.CharField("lý do không tiến hành", max_length=300, blank=True)
    ngay_buoc = models.DateField(editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    tao_luc = models.DateTimeField(auto_now_add=True)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = CuocKiemTraQuerySet.as_manager()

    class Meta:
        verbose_name = "cuộc kiểm tra, giám sát"
        verbose_name_plural = "cuộc kiểm tra, giám sát"
        ordering = ["-ngay_buoc", "-pk"]
        indexes = [
            models.Index(fields=["don_vi", "trang_thai"]),
            models.Index(fields=["doi_tuong", "trang_thai"]),
            models.Index(fields=["ngay"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    trang_thai__in=DA_LAM,
                    ngay__isnull=False,
                    tu_ngay__isnull=False,
                    den_ngay__isnull=False,
                )
                | Q(trang_thai__in=[T.KE_HOACH, T.BO], ngay__isnull=True),
                name="chidoan_kiem_tra_ngay_tien_hanh",
                violation_error_message="Ghi ngày tiến hành và mốc thời gian kiểm tra.",
            ),
            models.CheckConstraint(
                condition=Q(den_ngay__gte=F("tu_ngay")) | Q(tu_ngay__isnull=True),
                name="chidoan_kiem_tra_moc_thuan",
                violation_error_message="Mốc kiểm tra: đến ngày phải từ ngày đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai__in=DA_KET_LUAN, ngay_ket_luan__gte=F("ngay"))
                | (~Q(trang_thai__in=DA_KET_LUAN) & Q(ngay_ket_luan__isnull=True)),
                name="chidoan_kiem_tra_ngay_ket_luan",
                violation_error_message="Ngày kết luận phải từ ngày tiến hành trở đi.",
            ),
            models.CheckConstraint(
                condition=(Q(trang_thai=T.BO) & ~Q(ly_do_bo=""))
                | (~Q(trang_thai=T.BO) & Q(ly_do_bo="")),
                name="chidoan_kiem_tra_bo_co_ly_do",
                violation_error_message="Ghi lý do không tiến hành.",
            ),
        ]

    def __str__(self):
        return f"{self.get_hinh_thuc_display()} {self.doi_tuong}"

    def get_absolute_url(self):
        return reverse("chidoan:kiem_tra", args=[self.pk])

    @property
    def ky_du_kien(self) -> KyBaoCao | None:
        return KyBaoCao.parse(self.ky) if self.ky else None

    @property
    def is_ke_hoach(self) -> bool:
        return self.trang_thai == T.KE_HOACH

    @property
    def is_da_tien_hanh(self) -> bool:
        """Carried out and not concluded yet: what was found is still written down."""
        return self.trang_thai == T.DA_TIEN_HANH

    @property
    def is_ket_luan(self) -> bool:
        return self.trang_thai in DA_KET_LUAN

    def is_qua_han(self, day: date) -> bool:
        return self.is_ke_hoach and self.han is not None and self.han < day


class _CuaCuocQuerySet(ScopedQuerySet):
    """Rows of an inspection: seen with it."""

    don_vi_path = "cuoc__don_vi"
    quyen_xem = Quyen.XEM_KIEM_TRA

    def visible_to(self, user):
        return self.filter(cuoc__in=CuocKiemTra.objects.visible_to(user))


class BuocKiemTra(models.Model):
    """Bước kiểm tra (step of an inspection): who took which step on which day."""

    class Loai(models.TextChoices):
        LAP = "lap", "Đưa vào kế hoạch"
        TIEN_HANH = "tien_hanh", "Tiến hành"
        KET_LUAN = "ket_luan", "Kết luận"
        KHAC_PHUC = "khac_phuc", "Đơn vị bắt đầu khắc phục"
        XONG = "xong", "Khắc phục xong"
        YEU_CAU_LAI = "yeu_cau_lai", "Yêu cầu khắc phục tiếp"
        BO = "bo", "Không tiến hành"
        MO_LAI = "mo_lai", "Đưa lại vào kế hoạch"

    cuoc = models.ForeignKey(CuocKiemTra, on_delete=models.CASCADE, related_name="buoc")
    thu_tu = models.PositiveSmallIntegerField("thứ tự")
    loai = models.CharField("việc", max_length=12, choices=Loai)
    den_trang_thai = models.CharField("đến tình trạng", max_length=12, choices=TrangThaiKiemTra)
    ngay = models.DateField("ngày")
    ly_do = models.CharField("lý do", max_length=300, blank=True)
    luc = models.DateTimeField("ghi lúc", auto_now_add=True)
    boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tai_version = models.PositiveIntegerField(default=0, editable=False)

    objects = _CuaCuocQuerySet.as_manager()

    class Meta:
        verbose_name = "bước kiểm tra"
        ordering = ["cuoc", "thu_tu"]
        constraints = [
            models.UniqueConstraint(
                fields=["cuoc", "thu_tu"], name="chidoan_mot_buoc_kiem_tra_mot_lan"
            )
        ]

    def __str__(self):
        return f"{self.get_loai_display()} {self.ngay:%d/%m/%Y}"


class KetQuaKiemTra(models.Model):
    """Kết quả kiểm tra (finding): a merit, a shortcoming or a violation, with the facts."""

    class Loai(models.TextChoices):
        UU_DIEM = "uu_diem", "Ưu điểm"
        HAN_CHE = "han_che", "Hạn chế, khuyết điểm"
        VI_PHAM = "vi_pham", "Vi phạm"

    cuoc = models.ForeignKey(CuocKiemTra, on_delete=models.CASCADE, related_name="ket_qua")
    loai = models.CharField("loại", max_length=8, choices=Loai)
    noi_dung = models.CharField("nội dung", max_length=600)
    so_lieu = models.CharField("số liệu, căn cứ", max_length=600, blank=True)

    objects = _CuaCuocQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả kiểm tra"
        ordering = ["cuoc", "pk"]

    def __str__(self):
        return f"{self.get_loai_display()}: {self.noi_dung[:60]}"

    @property
    def version(self) -> str:
        return dau_ban(self.loai, self.noi_dung, self.so_lieu)

    @property
    def don_vi(self):
        return self.cuoc.don_vi


class KienNghiQuerySet(_CuaCuocQuerySet):
    def con_mo(self):
        return self.exclude(trang_thai=KienNghi.TrangThai.XONG)

    def da_ban_hanh(self):
        """Of concluded inspections: what the inspected unit knows of."""
        return self.filter(cuoc__trang_thai__in=DA_KET_LUAN)

    def cho_don_vi(self):
        """The inspected unit has to do something about them."""
        states = (KienNghi.TrangThai.CHO, KienNghi.TrangThai.TRA_LAI)
        return self.da_ban_hanh().filter(trang_thai__in=states)

    def cho_xet(self):
        return self.da_ban_hanh().filter(trang_thai=KienNghi.TrangThai.DA_TRA_LOI)

    def qua_han(self, day: date):
        """Past their day and not closed; one that is answered waits for the inspectors."""
        return self.cho_don_vi().filter(han__lt=day)

    def cua_don_vi(self, don_vi):
        """Those that this very unit has to answer."""
        return self.filter(cuoc__doi_tuong=don_vi)

    def do_don_vi_kiem_tra(self, don_vi):
        return self.filter(cuoc__don_vi=don_vi)

    def for_list(self):
        return self.select_related("cuoc__don_vi", "cuoc__doi_tuong").order_by("han", "pk")


class KienNghi(models.Model):
    """Kiến nghị (recommendation) of an inspection, answered until the inspectors close it."""

    class TrangThai(models.TextChoices):
        CHO = "cho", "Chưa khắc phục"
        DA_TRA_LOI = "da_tra_loi", "Đã báo cáo, chờ xác nhận"
        TRA_LAI = "tra_lai", "Yêu cầu làm tiếp"
        XONG = "xong", "Đã khắc phục"

    cuoc = models.ForeignKey(CuocKiemTra, on_delete=models.CASCADE, related_name="kien_nghi")
    noi_dung = models.CharField("nội dung kiến nghị", max_length=600)
    han = models.DateField("hạn khắc phục")
    trang_thai = models.CharField(
        "tình trạng", max_length=12, choices=TrangThai, default=TrangThai.CHO
    )
    ngay_xong = models.DateField("ngày khắc phục xong", null=True, blank=True)

    objects = KienNghiQuerySet.as_manager()

    class Meta:
        verbose_name = "kiến nghị"
        verbose_name_plural = "kiến nghị"
        ordering = ["cuoc", "pk"]
        indexes = [models.Index(fields=["trang_thai", "han"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(trang_thai="xong", ngay_xong__isnull=False)
                | (~Q(trang_thai="xong") & Q(ngay_xong__isnull=True)),
                name="chidoan_kien_nghi_xong_co_ngay",
                violation_error_message="Kiến nghị đã khắc phục thì có ngày.",
            )
        ]

    def __str__(self):
        return self.noi_dung

    def get_absolute_url(self):
        return f"{self.cuoc.get_absolute_url()}#kien-nghi-{self.pk}"

    @property
    def version(self) -> str:
        """A mark of its own words, not of the answers."""
        return dau_ban(self.noi_dung, self.han)

    @property
    def don_vi(self):
        return self.cuoc.don_vi

    @property
    def is_cho_don_vi(self) -> bool:
        return self.trang_thai in (self.TrangThai.CHO, self.TrangThai.TRA_LAI)

    @property
    def is_cho_xet(self) -> bool:
        return self.trang_thai == self.TrangThai.DA_TRA_LOI

    @property
    def is_xong(self) -> bool:
        return self.trang_thai == self.TrangThai.XONG

    def is_qua_han(self, day: date) -> bool:
        return self.is_cho_don_vi and self.han < day


class TraLoiKienNghiQuerySet(ScopedQuerySet):
    don_vi_path = "kien_nghi__cuoc__don_vi"
    quyen_xem = Quyen.XEM_KIEM_TRA

    def visible_to(self, user):
        return self.filter(kien_nghi__cuoc__in=CuocKiemTra.objects.visible_to(user))


class TraLoiKienNghi(models.Model):
    """Trả lời kiến nghị (answer to a recommendation): what was done, and the inspectors' word."""

    class KetQua(models.TextChoices):
        DONG_Y = "dong_y", "Xác nhận đã khắc phục"
        TRA_LAI = "tra_lai", "Yêu cầu làm tiếp"

    kien_nghi = models.ForeignKey(KienNghi, on_delete=models.CASCADE, related_name="tra_loi")
    ngay = models.DateField("ngày")
    noi_dung = models.TextField("đã làm gì", max_length=1000)
    nhap_thay = models.BooleanField("cấp trên nhập thay", default=False)
    boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    luc = models.DateTimeField("ghi lúc", auto_now_add=True)
    ket_qua = models.CharField("ý kiến", max_length=8, choices=KetQua, blank=True, default="")
    y_kien = models.CharField("ý kiến của đoàn kiểm tra", max_length=300, blank=True)
    ngay_xet = models.DateField("ngày xác nhận", null=True, blank=True)
    xet_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = TraLoiKienNghiQuerySet.as_manager()

    class Meta:
        verbose_name = "trả lời kiến nghị"
        ordering = ["kien_nghi", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ket_qua="", ngay_xet__isnull=True)
                | (~Q(ket_qua="") & Q(ngay_xet__isnull=False)),
                name="chidoan_tra_loi_kien_nghi_xet_co_ngay",
                violation_error_message="Ý kiến về trả lời thì có ngày.",
            )
        ]

    def __str__(self):
        return f"{self.ngay:%d/%m/%Y}"
