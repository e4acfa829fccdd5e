"""Tổ tu dưỡng: the group, who is in it, and the concrete tasks each one is given."""

from datetime import date, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.urls import reverse

from chidoan.models.dau_ban import dau_ban
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, in_force


class NguonVaoTo(models.TextChoices):
    """Where a member of a group comes from."""

    CHI_DOAN = "chi_doan", "Chi đoàn đề xuất"
    XEP_LOAI = "xep_loai", "Xếp loại xuất sắc năm trước"
    BCH = "bch", "Ban Chấp hành đề xuất"


class ToTuDuongQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_TU_DUONG

    def tai_ngay(self, day):
        """Groups at work on `day`."""
        return self.filter(in_force(day, tu="ngay_thanh_lap", den="ket_thuc"))

    def with_so_nguoi(self, day):
        """Annotate `so_nguoi`: places held on `day`."""
        held = in_force(day, tu="thanh_vien__tu_ngay", den="thanh_vien__den_ngay")
        return self.annotate(so_nguoi=Count("thanh_vien", filter=held)).order_by(
            "don_vi__path", "-ngay_thanh_lap", "pk"
        )


class ToTuDuong(models.Model):
    """Tổ tu dưỡng (cultivation group): outstanding members of a ward who are being prepared.

    Founded by a decision of the ward; its size, leader included, is a dated setting.
    """

    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="Đoàn cơ sở",
        on_delete=models.PROTECT,
        related_name="to_tu_duong",
    )
    ten = models.CharField("tên tổ", max_length=160)
    so_quyet_dinh = models.CharField("số quyết định thành lập", max_length=60, blank=True)
    ngay_thanh_lap = models.DateField("ngày thành lập")
    ket_thuc = models.DateField("ngày kết thúc", null=True, blank=True)

    objects = ToTuDuongQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ tu dưỡng"
        verbose_name_plural = "tổ tu dưỡng"
        ordering = ["don_vi__path", "-ngay_thanh_lap", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ket_thuc__isnull=True) | Q(ket_thuc__gte=F("ngay_thanh_lap")),
                name="tuduong_to_ket_thuc_sau_thanh_lap",
                violation_error_message="Ngày kết thúc phải từ ngày thành lập trở đi.",
            )
        ]

    def __str__(self):
        return self.ten

    def get_absolute_url(self):
        return reverse("tuduong:to_detail", args=[self.pk])


class ThanhVienToQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_TU_DUONG

    def tai_ngay(self, day):
        return self.filter(in_force(day))

    def chua_thoi(self):
        """Places that nobody has ended."""
        return self.filter(den_ngay__isnull=True)

    def with_cho_gioi_thieu(self):
        """Annotate `ket_luan_moi` and `ket_luan_ngay`, the verdict of the newest closed session,
        and `la_cho_gioi_thieu`: found ready, and no case was opened since, nor is one open."""
        review = apps.get_model("tuduong", "DanhGia").objects.trong_ky_da_ket_thuc()
        review = review.filter(thanh_vien=OuterRef("pk")).order_by("-ky__nam", "-ky__quy")
        case = apps.get_model("tuduong", "HoSo").objects.filter(doan_vien=OuterRef("doan_vien"))
        case = case.exclude(trang_thai__in=["boi_duong", "dong"]) | case.filter(
            ngay_mo__gte=OuterRef("ket_luan_ngay")
        )
        rows = self.annotate(
            ket_luan_moi=Subquery(review.values("ket_luan")[:1]),
            ket_luan_ngay=Subquery(review.values("ky__ngay")[:1]),
        )
        ready = Q(ket_luan_moi="du_dieu_kien", doan_vien__ngay_vao_dang__isnull=True)
        return rows.annotate(
            la_cho_gioi_thieu=Case(
                When(ready & ~Exists(case), then=True),
                default=False,
                output_field=models.BooleanField(),
            )
        )

    def dang_boi_duong(self, day):
        """Places held on `day` in a group at work on that day: one row, one person."""
        return self.tai_ngay(day).filter(in_force(day, tu="to__ngay_thanh_lap", den="to__ket_thuc"))

    def cho_lop(self, day):
        """Of them those who need the class about the Party: no Party member, in no class, without
        a certificate that still counts."""
        classes = apps.get_model("tuduong", "BoiDuongNhanThuc").objects
        own = classes.filter(doan_vien=OuterRef("doan_vien"))
        return self.dang_boi_duong(day).filter(
            ~Exists(own.dang_hoc()), ~Exists(own.con_han(day)), doan_vien__ngay_vao_dang=None
        )


class ThanhVienTo(models.Model):
    """Thành viên tổ (place in the group): from when to when, with the Party member who helps.

    `chi_doan` is the branch at the time, so that past figures stand when a member moves.
    """

    to = models.ForeignKey(ToTuDuong, on_delete=models.PROTECT, related_name="thanh_vien")
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="đoàn viên",
        on_delete=models.PROTECT,
        related_name="trong_to",
    )
    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="thanh_vien_to",
    )
    la_to_truong = models.BooleanField("tổ trưởng", default=False)
    nguon = models.CharField("nguồn", max_length=10, choices=NguonVaoTo, blank=True)
    dang_vien_giup = models.CharField("đảng viên giúp đỡ", max_length=160, blank=True)
    tu_ngay = models.DateField("vào tổ ngày")
    den_ngay = models.DateField("thôi từ ngày", null=True, blank=True)
    ly_do_thoi = models.CharField("lý do thôi", max_length=200, blank=True)

    objects = ThanhVienToQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên tổ tu dưỡng"
        verbose_name_plural = "thành viên tổ tu dưỡng"
        ordering = ["-la_to_truong", "doan_vien__khoa_sap_xep", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["doan_vien"],
                condition=Q(den_ngay__isnull=True),
                name="tuduong_mot_nguoi_mot_to",
                violation_error_message="Đồng chí này đang ở trong một tổ tu dưỡng.",
            ),
            models.UniqueConstraint(
                fields=["to"],
                condition=Q(den_ngay__isnull=True, la_to_truong=True),
                name="tuduong_mot_to_truong",
                violation_error_message="Tổ đang có tổ trưởng.",
            ),
            models.CheckConstraint(
                condition=Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("tu_ngay")),
                name="tuduong_thanh_vien_thoi_sau_vao",
                violation_error_message="Ngày thôi phải từ ngày vào tổ trở đi.",
            ),
        ]

    def __str__(self):
        return str(self.doan_vien)

    def get_absolute_url(self):
        return reverse("tuduong:thanh_vien_detail", args=[self.pk])

    @property
    def don_vi(self):
        return self.chi_doan

    def dang_vien_giup_ngay(self, day) -> str:
        """Who helped on that day: the first earlier helper who still did, else today's."""
        earlier = (row.ten for row in self.nguoi_giup_truoc.all() if row.den_ngay >= day)
        return next(earlier, self.dang_vien_giup)


class NguoiGiupTruocQuerySet(ScopedQuerySet):
    don_vi_path = "thanh_vien__chi_doan"
    quyen_xem = Quyen.XEM_TU_DUONG


class NguoiGiupTruoc(models.Model):
    """Đảng viên giúp đỡ trước đây (earlier helper): who helped a member, until which day.

    Today's helper stands in the place itself.
    """

    thanh_vien = models.ForeignKey(
        ThanhVienTo, on_delete=models.CASCADE, related_name="nguoi_giup_truoc"
    )
    ten = models.CharField("đảng viên giúp đỡ", max_length=160, blank=True)
    den_ngay = models.DateField("đến hết ngày")

    objects = NguoiGiupTruocQuerySet.as_manager()

    class Meta:
        verbose_name = "đảng viên giúp đỡ trước đây"
        verbose_name_plural = "đảng viên giúp đỡ trước đây"
        ordering = ["den_ngay", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thanh_vien", "den_ngay"], name="tuduong_mot_lan_doi_mot_ngay"
            )
        ]

    def __str__(self):
        return self.ten or "Chưa phân công"

    @property
    def don_vi(self):
        return self.thanh_vien.chi_doan


GAN_HAN = timedelta(days=14)
"""So long before its day a task ought to have been begun."""


class NhiemVuQuerySet(ScopedQuerySet):
    don_vi_path = "thanh_vien__chi_doan"
    quyen_xem = Quyen.XEM_TU_DUONG

    def dang_lam(self):
        return self.filter(trang_thai=NhiemVu.TrangThai.DANG_LAM)

    def qua_han(self, day):
        return self.dang_lam().filter(han__lt=day)

    def can_ghi_tien_do(self, day: date):
        """Of whom the branch owes a word: a task soon due of which nothing was noted, or one that
        is overdue and of which nothing was noted since."""
        notes = TienDoNhiemVu.objects.filter(nhiem_vu=OuterRef("pk"))
        late = Q(han__lt=day) & ~Exists(notes.filter(ngay__gte=OuterRef("han")))
        soon = Q(han__gte=day, han__lte=day + GAN_HAN) & ~Exists(notes)
        return self.dang_lam().filter(late | soon, thanh_vien__den_ngay__isnull=True)

    def with_tien_do(self):
        """Annotate the newest note, `tien_do_moi` of `tien_do_ngay`, and `so_anh`."""
        notes = TienDoNhiemVu.objects.filter(nhiem_vu=OuterRef("pk")).order_by("-ngay", "-pk")
        return self.annotate(
            tien_do_moi=Subquery(notes.values("noi_dung")[:1]),
            tien_do_ngay=Subquery(notes.values("ngay")[:1]),
            so_anh=Count("anh"),
        )

    def cua_ky(self, ky):
        """What the session judges: tasks given before its day and still open, or judged in it."""
        return self.filter(
            Q(trang_thai=NhiemVu.TrangThai.DANG_LAM, giao_ngay__lt=ky.ngay) | Q(ky_danh_gia=ky)
        )

    def giao_o_ky(self, ky):
        """Tasks given on the session's day, for the quarter after it."""
        later = self.filter(giao_ngay=ky.ngay)
        return later.filter(Q(ky_danh_gia__isnull=True) | ~Q(ky_danh_gia=ky))


class NhiemVu(models.Model):
    """Nhiệm vụ (task): concrete, with a measure and a due day; judged in a quarterly session."""

    class LinhVuc(models.TextChoices):
        TU_TUONG = "tu_tuong", "Tư tưởng"
        HOC_TAP = "hoc_tap", "Học tập"
        PHONG_TRAO = "phong_trao", "Phong trào"
        NGHIEP_VU = "nghiep_vu", "Nghiệp vụ"
        DOI_SONG = "doi_song", "Đời sống"

    class TrangThai(models.TextChoices):
        DANG_LAM = "dang_lam", "Đang làm"
        XONG = "xong", "Xong"
        CHUA_XONG = "chua_xong", "Chưa xong"
        THOI = "thoi", "Thôi giao"

    class Muc(models.TextChoices):
        TOT = "tot", "Hoàn thành tốt"
        HOAN_THANH = "hoan_thanh", "Hoàn thành"
        CHAM = "cham", "Chưa đúng hạn"
        MOT_PHAN = "mot_phan", "Đạt một phần"
        CHUA = "chua", "Chưa hoàn thành"

    thanh_vien = models.ForeignKey(ThanhVienTo, on_delete=models.PROTECT, related_name="nhiem_vu")
    noi_dung = models.CharField("nhiệm vụ", max_length=300)
    linh_vuc = models.CharField("lĩnh vực", max_length=12, choices=LinhVuc)
    thuoc_do = models.CharField("thước đo", max_length=200, blank=True)
    han = models.DateField("hạn")
    giao_ngay = models.DateField("giao ngày")
    giao_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    trang_thai = models.CharField(
        "tình trạng", max_length=10, choices=TrangThai, default=TrangThai.DANG_LAM
    )
    ket_qua = models.CharField("kết quả", max_length=300, blank=True)
    minh_chung = models.CharField("minh chứng", max_length=300, blank=True)
    xep_muc = models.CharField("mức độ", max_length=12, choices=Muc, blank=True)
    ky_danh_gia = models.ForeignKey(
        "tuduong.KyDanhGia",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nhiem_vu",
    )

    objects = NhiemVuQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm vụ tu dưỡng"
        verbose_name_plural = "nhiệm vụ tu dưỡng"
        ordering = ["han", "pk"]
        indexes = [models.Index(fields=["thanh_vien", "trang_thai", "han"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(han__gte=F("giao_ngay")),
                name="tuduong_nhiem_vu_han_sau_giao",
                violation_error_message="Hạn phải từ ngày giao trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai="dang_lam", ket_qua="", xep_muc="")
                | Q(trang_thai="thoi", xep_muc="") & ~Q(ket_qua="")
                | Q(trang_thai__in=["xong", "chua_xong"]) & ~Q(xep_muc=""),
                name="tuduong_nhiem_vu_xong_co_muc",
                violation_error_message="Chọn mức độ hoàn thành hoặc ghi lý do thôi giao.",
            ),
        ]

    def __str__(self):
        return self.noi_dung

    def get_absolute_url(self):
        return reverse("tuduong:nhiem_vu_detail", args=[self.pk])

    @property
    def don_vi(self):
        return self.thanh_vien.chi_doan

    @property
    def version(self) -> str:
        """A mark of what can be corrected."""
        return dau_ban(self.noi_dung, self.linh_vuc, self.thuoc_do, self.giao_ngay, self.han)

    @property
    def is_dang_lam(self) -> bool:
        return self.trang_thai == self.TrangThai.DANG_LAM


class TienDoNhiemVuQuerySet(ScopedQuerySet):
    don_vi_path = "nhiem_vu__thanh_vien__chi_doan"
    quyen_xem = Quyen.XEM_TU_DUONG


class TienDoNhiemVu(models.Model):
    """Tiến độ nhiệm vụ (note on how far a task is), written by the member's branch."""

    nhiem_vu = models.ForeignKey(NhiemVu, on_delete=models.CASCADE, related_name="tien_do")
    ngay = models.DateField("ngày")
    noi_dung = models.CharField("đã làm được", max_length=300)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ghi_luc = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = TienDoNhiemVuQuerySet.as_manager()

    class Meta:
        verbose_name = "tiến độ nhiệm vụ"
        verbose_name_plural = "tiến độ nhiệm vụ"
        ordering = ["-ngay", "-pk"]

    def __str__(self):
        return self.noi_dung

    @property
    def don_vi(self):
        return self.nhiem_vu.don_vi
