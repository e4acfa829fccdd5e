"""Kỳ đánh giá: the group's quarterly session and the review of each one in it."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from core.periods import ROMAN, KyBaoCao
from core.text import lines
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .to import ThanhVienTo, ToTuDuong


class KyDanhGiaQuerySet(ScopedQuerySet):
    don_vi_path = "to__don_vi"
    quyen_xem = Quyen.XEM_TU_DUONG

    def dang_mo(self):
        return self.filter(trang_thai=KyDanhGia.TrangThai.MO)

    def sap_toi(self, day, den):
        """Called for a day between these."""
        return self.dang_mo().filter(ngay__range=(day, den))

    def da_hop(self):
        """Sessions that are finished: the only ones that count."""
        return self.filter(trang_thai=KyDanhGia.TrangThai.KET_THUC)

    def trong_ky(self, ky: KyBaoCao):
        return self.filter(ngay__range=(ky.start, ky.end))

    def with_tien_do(self):
        """Annotate `so_nguoi`, `so_da_xong` (reviewed) and `so_du_hop` (present)."""
        return self.annotate(
            so_nguoi=Count("danh_gia"),
            so_da_xong=Count("danh_gia", filter=~Q(danh_gia__muc="")),
            so_du_hop=Count("danh_gia", filter=Q(danh_gia__du_hop=True)),
        ).order_by("-nam", "-quy", "pk")


class KyDanhGia(models.Model):
    """Kỳ đánh giá (quarterly session of the group): when, where, who came, what was said.

    `chuong_trinh` and `khach_moi` hold one line each, of the agenda and for a guest.
    Its roster is fixed when it opens: one `DanhGia` for each member of that day.
    """

    class TrangThai(models.TextChoices):
        MO = "mo", "Đang mở"
        KET_THUC = "ket_thuc", "Đã kết thúc"

    to = models.ForeignKey(ToTuDuong, on_delete=models.PROTECT, related_name="ky_danh_gia")
    nam = models.PositiveSmallIntegerField("năm")
    quy = models.PositiveSmallIntegerField(
        "quý", validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    ngay = models.DateField("ngày họp")
    dia_diem = models.CharField("địa điểm", max_length=160)
    gio = models.TimeField("giờ họp", null=True, blank=True)
    khach_moi = models.TextField("khách mời", blank=True)
    chuong_trinh = models.TextField("chương trình", blank=True)
    thu_ky = models.CharField("thư ký", max_length=120, blank=True)
    noi_dung = models.TextField("nội dung thảo luận", blank=True)
    ket_luan = models.TextField("kết luận của tổ trưởng", blank=True)
    trang_thai = models.CharField(
        "tình trạng", max_length=10, choices=TrangThai, default=TrangThai.MO
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    mo_luc = models.DateTimeField("mở lúc", auto_now_add=True)
    mo_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = KyDanhGiaQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ đánh giá"
        verbose_name_plural = "kỳ đánh giá"
        ordering = ["-nam", "-quy", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["to", "nam", "quy"],
                name="tuduong_mot_ky_mot_quy",
                violation_error_message="Quý này đã có kỳ đánh giá.",
            ),
            models.CheckConstraint(
                condition=Q(quy__range=(1, 4)), name="tuduong_ky_quy_tu_1_den_4"
            ),
        ]

    def __str__(self):
        return f"Đánh giá {self.ky}"

    def get_absolute_url(self):
        return reverse("tuduong:ky_detail", args=[self.pk])

    @property
    def don_vi(self):
        return self.to.don_vi

    @property
    def ky(self) -> KyBaoCao:
        return KyBaoCao(self.nam, quy=self.quy)

    @property
    def quy_la_ma(self) -> str:
        return ROMAN[self.quy]

    @property
    def cac_muc(self) -> list[str]:
        """The parts of the agenda."""
        return lines(self.chuong_trinh)

    @property
    def cac_khach(self) -> list[str]:
        return lines(self.khach_moi)

    @property
    def is_mo(self) -> bool:
        return self.trang_thai == self.TrangThai.MO


class DanhGiaQuerySet(ScopedQuerySet):
    don_vi_path = "thanh_vien__chi_doan"
    quyen_xem = Quyen.XEM_TU_DUONG

    def trong_ky_da_ket_thuc(self):
        """Reviews of closed sessions: nothing in them changes any more."""
        return self.filter(ky__trang_thai=KyDanhGia.TrangThai.KET_THUC)

    def chua_xong(self):
        return self.filter(muc="")


class DanhGia(models.Model):
    """Đánh giá (review of one member in one quarter).

    `can_khac_phuc` holds one point a line; the next quarter opens with them. What came of
    the points of the quarter before stands in `khac_phuc_truoc`: a list of
    {dieu, tu, ngay, trang_thai}, `tu` being the quarter in which the point was first made.
    """

    class Muc(models.TextChoices):
        XUAT_SAC = "htxs", "Hoàn thành xuất sắc nhiệm vụ"
        TOT = "htt", "Hoàn thành tốt nhiệm vụ"
        HOAN_THANH = "ht", "Hoàn thành nhiệm vụ"
        CHUA_HOAN_THANH = "kht", "Không hoàn thành nhiệm vụ"

    class KetLuan(models.TextChoices):
        TIEP_TUC = "tiep_tuc", "Tiếp tục rèn luyện"
        DU_DIEU_KIEN = "du_dieu_kien", "Đủ điều kiện giới thiệu"
        TAM_DUNG = "tam_dung", "Tạm dừng"

    class KhacPhuc(models.TextChoices):
        DA = "da", "Đã khắc phục"
        TIEN_BO = "tien_bo", "Có tiến bộ"
        CHUA = "chua", "Chưa"

    ky = models.ForeignKey(KyDanhGia, on_delete=models.PROTECT, related_name="danh_gia")
    thanh_vien = models.ForeignKey(ThanhVienTo, on_delete=models.PROTECT, related_name="danh_gia")
    du_hop = models.BooleanField("dự họp", default=True)
    ly_do_vang = models.CharField("lý do vắng", max_length=120, blank=True)
    khac_phuc_truoc = models.JSONField("khắc phục điều của quý trước", default=list, blank=True)
    ket_qua = models.TextField("kết quả đạt được", blank=True)
    han_che = models.TextField("hạn chế", blank=True)
    can_khac_phuc = models.TextField("cần khắc phục", blank=True)
    han_khac_phuc = models.DateField("hạn khắc phục", null=True, blank=True)
    muc = models.CharField("mức đánh giá", max_length=6, choices=Muc, blank=True)
    ket_luan = models.CharField("kết luận của tổ", max_length=14, choices=KetLuan, blank=True)
    so_tan_thanh = models.PositiveSmallIntegerField("tán thành mức", null=True, blank=True)
    so_co_mat = models.PositiveSmallIntegerField("có mặt biểu quyết", null=True, blank=True)
    ly_do_tam_dung = models.CharField("lý do tạm dừng", max_length=300, blank=True)
    y_kien_bch = models.TextField("ý kiến của Ban Chấp hành chi đoàn", blank=True)
    y_kien_ngay = models.DateField("ngày ghi ý kiến", null=True, blank=True)
    y_kien_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    luu_luc = models.DateTimeField(null=True, blank=True, editable=False)
    luu_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DanhGiaQuerySet.as_manager()

    class Meta:
        verbose_name = "đánh giá quý"
        verbose_name_plural = "đánh giá quý"
        ordering = ["thanh_vien__doan_vien__khoa_sap_xep", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ky", "thanh_vien"], name="tuduong_mot_danh_gia"),
            models.CheckConstraint(
                condition=Q(y_kien_bch="", y_kien_ngay__isnull=True, y_kien_boi__isnull=True)
                | ~Q(y_kien_bch="") & Q(y_kien_ngay__isnull=False, y_kien_boi__isnull=False),
                name="tuduong_y_kien_di_voi_nguoi_va_ngay",
            ),
            models.CheckConstraint(
                condition=Q(muc="") | ~Q(ket_luan=""),
                name="tuduong_muc_di_voi_ket_luan",
                violation_error_message="Chọn cả mức đánh giá và kết luận của tổ.",
            ),
            models.CheckConstraint(
                condition=Q(so_tan_thanh__isnull=True, so_co_mat__isnull=True)
                | Q(
                    so_tan_thanh__isnull=False,
                    so_co_mat__isnull=False,
                    so_tan_thanh__lte=F("so_co_mat"),
                ),
                name="tuduong_tan_thanh_khong_qua_co_mat",
                violation_error_message="Số tán thành không được lớn hơn số có mặt.",
            ),
        ]

    def __str__(self):
        return f"{self.thanh_vien}, {self.ky.ky}"

    def get_absolute_url(self):
        return reverse("tuduong:danh_gia", args=[self.pk])

    @property
    def don_vi(self):
        return self.thanh_vien.chi_doan

    @property
    def muc_ngan(self) -> str:
        """The level in one or two words, for dense tables."""
        return MUC_NGAN.get(self.muc, "")

    @property
    def cac_dieu(self) -> list[str]:
        """The points to mend, one a line."""
        return lines(self.can_khac_phuc)

    @property
    def diem_de_lai(self) -> list[dict]:
        """What the next review has to look at, the new points first: each is {dieu, tu, ngay},
        and `lap_lai` where it is carried again."""
        old = [
            {**row, "lap_lai": True}
            for row in self.khac_phuc_truoc
            if row["trang_thai"] != self.KhacPhuc.DA
        ]
        known = {row["dieu"] for row in old}
        new = [
            {"dieu": dieu, "tu": self.ky.ky.code, "ngay": self.ky.ngay.isoformat()}
            for dieu in dict.fromkeys(self.cac_dieu)
            if dieu not in known
        ]
        return [*new, *old]

    @property
    def is_tam_dung(self) -> bool:
        return self.ket_luan == self.KetLuan.TAM_DUNG

    @property
    def is_du_dieu_kien(self) -> bool:
        return self.ket_luan == self.KetLuan.DU_DIEU_KIEN

    @property
    def bieu_quyet(self) -> str:
        """The group's vote on the level; "" where none was noted."""
        return "" if self.so_co_mat is None else f"{self.so_tan_thanh}/{self.so_co_mat}"


MUC_NGAN = {
    DanhGia.Muc.XUAT_SAC: "Xuất sắc",
    DanhGia.Muc.TOT: "Tốt",
    DanhGia.Muc.HOAN_THANH: "Hoàn thành",
    DanhGia.Muc.CHUA_HOAN_THANH: "Chưa hoàn thành",
}
