"""Trưởng thành Đoàn: who reaches the age, what was decided about each, and on which paper."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class DotTruongThanhQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def du_thao(self):
        return self.filter(so_quyet_dinh="")

    def trong_nam(self, nam: int):
        return self.filter(ngay__year=nam)

    def cua_nam(self, nam: int):
        """Decisions of a year, newest first, with how many they name."""
        rows = self.trong_nam(nam).annotate(so_dong=Count("dong"))
        return rows.order_by("-ngay", "-pk")


class DotTruongThanh(models.Model):
    """Đợt trưởng thành (growing-out decision): one paper of the ward about several members.

    Without `so_quyet_dinh` it is a draft: nobody's membership has changed yet.
    """

    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="Đoàn cơ sở",
        on_delete=models.PROTECT,
        related_name="dot_truong_thanh",
    )
    ngay = models.DateField("ngày quyết định")
    so_quyet_dinh = models.CharField("số quyết định", max_length=40, blank=True)
    tren_giay = models.BooleanField("quyết định đã ký trên giấy", default=False)
    le_ngay = models.DateField("ngày làm lễ trưởng thành", null=True, blank=True)
    le_noi = models.CharField("nơi làm lễ", max_length=200, blank=True)
    tao_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tao_luc = models.DateTimeField(auto_now_add=True)

    objects = DotTruongThanhQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt trưởng thành Đoàn"
        ordering = ["-ngay", "-pk"]

    def __str__(self):
        return self.so_quyet_dinh or f"Dự thảo ngày {self.ngay:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("doanvien:truong_thanh_dot", args=[self.pk])

    @property
    def is_ban_hanh(self) -> bool:
        return bool(self.so_quyet_dinh)


class XetTruongThanhQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def da_quyet_dinh(self):
        return self.filter(dot__so_quyet_dinh__gt="")

    def chua_quyet_dinh(self):
        return self.filter(Q(dot__isnull=True) | Q(dot__so_quyet_dinh=""))

    def cua_nam(self, nam: int):
        return self.filter(nam=nam)

    def de_nghi_cua(self, people):
        """What branches propose about these members, by the member."""
        rows = self.filter(doan_vien__in=people, dot__isnull=True)
        return {row.doan_vien_id: row for row in rows}

    def du_thao_cua(self, people):
        """Members among these whom a draft decision names."""
        rows = self.filter(doan_vien__in=people, dot__so_quyet_dinh="")
        return dict(rows.values_list("doan_vien_id", "dot_id"))

    def con_cho(self, ngay):
        """Decisions by which somebody stays beyond the age on `ngay`: nobody is asked again."""
        return self.da_quyet_dinh().filter(
            Q(ket_qua=XetTruongThanh.KetQua.O_LAI, den_ngay__gte=ngay)
            | Q(ket_qua=XetTruongThanh.KetQua.CAN_BO)
            & (Q(den_ngay__isnull=True) | Q(den_ngay__gte=ngay))
        )

    def trong_list(self):
        return self.select_related("doan_vien", "chi_doan", "dot").order_by(
            "chi_doan__path", "doan_vien__khoa_sap_xep", "pk"
        )


class XetTruongThanh(models.Model):
    """Xét trưởng thành (growing-out case): one member who reached the age, and the outcome.

    First the branch may propose (`de_nghi`), then the ward decides (`ket_qua`) within a
    `dot`. `den_ngay` is how long somebody stays who stays by own wish or for an office;
    `ngay_cuoi` the last day of the membership of who has grown out.
    """

    class KetQua(models.TextChoices):
        TRUONG_THANH = "truong_thanh", "Trưởng thành Đoàn"
        O_LAI = "o_lai", "Ở lại sinh hoạt theo nguyện vọng"
        CAN_BO = "can_bo", "Là cán bộ Đoàn, tiếp tục sinh hoạt"

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="xet_truong_thanh"
    )
    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="xet_truong_thanh",
    )
    nam = models.PositiveSmallIntegerField("năm")
    de_nghi = models.CharField("chi đoàn đề nghị", max_length=14, choices=KetQua, blank=True)
    de_nghi_ngay = models.DateField("ngày chi đoàn đề nghị", null=True, blank=True)
    ket_qua = models.CharField("kết quả", max_length=14, choices=KetQua, blank=True)
    den_ngay = models.DateField("ở lại đến hết ngày", null=True, blank=True)
    chuc_vu = models.CharField("chức vụ đang giữ", max_length=120, blank=True)
    ngay_cuoi = models.DateField("sinh hoạt đến hết ngày", null=True, blank=True)
    dot = models.ForeignKey(
        DotTruongThanh,
        verbose_name="đợt",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dong",
    )
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = XetTruongThanhQuerySet.as_manager()

    class Meta:
        verbose_name = "xét trưởng thành Đoàn"
        ordering = ["-nam", "pk"]
        indexes = [models.Index(fields=["chi_doan", "nam"])]
        constraints = [
            models.UniqueConstraint(
                fields=["doan_vien", "dot"],
                name="doanvien_mot_lan_trong_dot",
                violation_error_message="Đồng chí này đã có trong đợt.",
            ),
            models.UniqueConstraint(
                fields=["doan_vien"],
                condition=Q(dot__isnull=True),
                name="doanvien_mot_de_nghi_truong_thanh",
                violation_error_message="Đồng chí này đang được chi đoàn đề nghị.",
            ),
            models.CheckConstraint(
                condition=~Q(ket_qua="o_lai") | Q(den_ngay__isnull=False),
                name="doanvien_o_lai_den_ngay_nao",
                violation_error_message="Ghi ngày ở lại đến.",
            ),
            models.CheckConstraint(
                condition=~Q(ket_qua="can_bo") | ~Q(chuc_vu=""),
                name="doanvien_can_bo_giu_chuc_vu_gi",
                violation_error_message="Ghi chức vụ đồng chí đang giữ.",
            ),
            models.CheckConstraint(
                condition=Q(dot__isnull=True) | ~Q(ket_qua=""),
                name="doanvien_trong_dot_phai_co_ket_qua",
                violation_error_message="Chọn kết quả của từng đồng chí.",
            ),
        ]

    def __str__(self):
        return f"{self.doan_vien}: {self.get_ket_qua_display() or 'chưa quyết định'}"

    @property
    def don_vi(self):
        return self.chi_doan


def con_cho_xet(ngay):
    """Whether a member stays beyond the age by a decision that still holds on `ngay`."""
    return Exists(XetTruongThanh.objects.con_cho(ngay).filter(doan_vien=OuterRef("pk")))


def co_de_nghi():
    """Whether the branch has proposed something about a member, or the ward drafts already."""
    return Exists(XetTruongThanh.objects.chua_quyet_dinh().filter(doan_vien=OuterRef("pk")))


def co_du_thao():
    """Whether a draft decision of the ward names a member."""
    return Exists(XetTruongThanh.objects.filter(dot__so_quyet_dinh="", doan_vien=OuterRef("pk")))
