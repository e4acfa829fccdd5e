"""Tham mưu: what the Union proposed to the Party committee and the authorities."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from core.text import fold
from tochuc.permissions import Quyen
from tochuc.scoping import TaiDonViQuerySet

from .theo_ngay import TheoNgayMixin


class ThamMuuQuerySet(TheoNgayMixin, TaiDonViQuerySet):
    quyen_xem = Quyen.XEM_BAO_CAO
    quyen_ghi = Quyen.GHI_THAM_MUU

    def cua_don_vi(self, don_vi):
        return self.filter(don_vi=don_vi)

    def cho_tra_loi(self):
        return self.filter(ket_qua__in=ThamMuu.CHO_TRA_LOI)

    def im_lang(self, truoc: date):
        """Sent on that day or earlier, and nobody has answered."""
        return self.cho_tra_loi().filter(ngay__lte=truoc)

    def duoc_chap_thuan(self):
        return self.filter(ket_qua__in=ThamMuu.CHAP_THUAN)

    def tong(self) -> dict:
        """How many were sent, how many of them accepted, and the money granted. One query."""
        return self.order_by().aggregate(
            gui=Count("pk"),
            duoc=Count("pk", filter=Q(ket_qua__in=ThamMuu.CHAP_THUAN)),
            cho=Count("pk", filter=Q(ket_qua__in=ThamMuu.CHO_TRA_LOI)),
            kinh_phi=Coalesce(Sum("kinh_phi"), 0),
        )

    def tim(self, key: str):
        return self.filter(khoa_tim__contains=key)

    def for_list(self):
        return self.select_related("don_vi").order_by("-ngay", "-pk")


class ThamMuu(models.Model):
    """Tham mưu (advice) to the Party committee or an authority: about what, and what came of it."""

    class NoiNhan(models.TextChoices):
        CAP_UY = "cap_uy", "Cấp ủy"
        HDND = "hdnd", "Hội đồng nhân dân"
        UBND = "ubnd", "Ủy ban nhân dân"
        MTTQ = "mttq", "Mặt trận Tổ quốc"
        KHAC = "khac", "Cơ quan khác"

    class KetQua(models.TextChoices):
        DA_GUI = "da_gui", "Đã gửi"
        CHAP_THUAN = "chap_thuan", "Được chấp thuận"
        MOT_PHAN = "mot_phan", "Chấp thuận một phần"
        KHONG = "khong", "Không chấp thuận"
        CHUA_TRA_LOI = "chua_tra_loi", "Đã nhắc, chưa trả lời"

    CHO_TRA_LOI = (KetQua.DA_GUI, KetQua.CHUA_TRA_LOI)
    CHAP_THUAN = (KetQua.CHAP_THUAN, KetQua.MOT_PHAN)

    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="tham_muu"
    )
    noi_dung = models.CharField("nội dung tham mưu", max_length=300)
    khoa_tim = models.CharField(max_length=300, editable=False)
    noi_nhan = models.CharField("gửi", max_length=8, choices=NoiNhan)
    ten_noi_nhan = models.CharField("tên nơi nhận", max_length=120, blank=True)
    ngay = models.DateField("ngày gửi")
    so_van_ban = models.CharField("số văn bản", max_length=40, blank=True)
    van_ban = models.ForeignKey(
        "tochuc.VanBan",
        verbose_name="văn bản đã ban hành",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    ket_qua = models.CharField("kết quả", max_length=14, choices=KetQua, default=KetQua.DA_GUI)
    ngay_tra_loi = models.DateField("ngày trả lời", null=True, blank=True)
    so_tra_loi = models.CharField("số văn bản trả lời", max_length=40, blank=True)
    kinh_phi = models.PositiveBigIntegerField("kinh phí được cấp (đồng)", null=True, blank=True)
    chu_truong = models.CharField("chủ trương, điều kiện được tạo", max_length=300, blank=True)
    ly_do = models.CharField("ý kiến của nơi nhận", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ThamMuuQuerySet.as_manager()

    class Meta:
        verbose_name = "tham mưu"
        verbose_name_plural = "tham mưu"
        ordering = ["-ngay", "-pk"]
        indexes = [models.Index(fields=["don_vi", "ngay"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ket_qua__in=["da_gui", "chua_tra_loi"], ngay_tra_loi__isnull=True)
                | Q(
                    ket_qua__in=["chap_thuan", "mot_phan", "khong"],
                    ngay_tra_loi__gte=F("ngay"),
                ),
                name="chidoan_tham_muu_ngay_tra_loi",
                violation_error_message="Ghi ngày trả lời từ ngày gửi trở đi, hoặc bỏ trống.",
            ),
            models.CheckConstraint(
                condition=Q(ket_qua__in=["chap_thuan", "mot_phan"])
                | Q(kinh_phi__isnull=True, chu_truong=""),
                name="chidoan_tham_muu_duoc_gi",
                violation_error_message="Kinh phí, chủ trương chỉ ghi khi được chấp thuận.",
            ),
        ]

    def __str__(self):
        return self.noi_dung

    def get_absolute_url(self):
        return reverse("chidoan:tham_muu", args=[self.pk])

    @property
    def noi_nhan_la(self) -> str:
        return self.ten_noi_nhan or self.get_noi_nhan_display()

    @property
    def is_cho_tra_loi(self) -> bool:
        return self.ket_qua in self.CHO_TRA_LOI

    def set_noi_dung(self, noi_dung: str) -> None:
        self.noi_dung, self.khoa_tim = noi_dung, fold(noi_dung)
