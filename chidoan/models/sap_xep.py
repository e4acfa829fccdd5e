"""Sắp xếp: a reorganisation of units, from its draft to the day it holds, and back."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

_NGUOI = {
    "to": settings.AUTH_USER_MODEL,
    "on_delete": models.PROTECT,
    "null": True,
    "blank": True,
    "related_name": "+",
}


class SapXepQuerySet(ScopedQuerySet):
    """Reorganisations of one's units, and those in which one of one's units took part."""

    quyen_xem = Quyen.XEM_DON_VI

    def visible_to(self, user):
        own = self.permitted_to(user, self.quyen_xem).values("pk")
        shown = self.exclude(trang_thai__in=[SapXep.TrangThai.NHAP, SapXep.TrangThai.DA_BO])
        lines = DongSapXep.objects.visible_to(user).filter(sap_xep=OuterRef("pk"))
        taken_part = shown.filter(Exists(lines)).values("pk")
        return self.filter(Q(pk__in=own) | Q(pk__in=taken_part))

    def cho_duyet(self):
        return self.filter(trang_thai=SapXep.TrangThai.CHO_DUYET)

    def dang_soan(self):
        return self.filter(trang_thai=SapXep.TrangThai.NHAP)

    def den_ngay(self, day):
        """Approved, and due on `day` or before."""
        return self.filter(trang_thai=SapXep.TrangThai.CHO_HIEU_LUC, hieu_luc__lte=day)

    def bi_vuong(self):
        """Something stood in the way when their day had come."""
        return self.exclude(loi="")

    def cho_trang(self):
        return self.select_related("don_vi", "lap_boi", "duyet_boi").defer("tep")

    def da_qua(self, don_vi):
        """Applied ones in which this unit took part."""
        lines = DongSapXep.objects.filter(Q(truoc=don_vi) | Q(sau=don_vi), sap_xep=OuterRef("pk"))
        return self.filter(Exists(lines), trang_thai=SapXep.TrangThai.DA_AP_DUNG)


class SapXep(models.Model):
    """Sắp xếp (reorganisation): one decision about one or several units.

    `don_vi` is the lowest unit that holds all that changes, and so decides who sees it. What
    is to be done stands in `ke_hoach` (see `chidoan.sap_xep.ke_hoach`); `bam` is the hash of
    what the approver saw. `moc` remembers how far each table reached when it was applied, so
    that what hangs on the new units is known when somebody wants to undo it.
    """

    class TrangThai(models.TextChoices):
        NHAP = "nhap", "Đang soạn"
        CHO_DUYET = "cho_duyet", "Chờ duyệt"
        CHO_HIEU_LUC = "cho_hieu_luc", "Đã duyệt, chờ đến ngày"
        DA_AP_DUNG = "da_ap_dung", "Đã áp dụng"
        DA_HOAN_TAC = "da_hoan_tac", "Đã hoàn tác"
        DA_BO = "da_bo", "Đã bỏ"

    CON_SUA = (TrangThai.NHAP,)
    CON_MO = (TrangThai.NHAP, TrangThai.CHO_DUYET, TrangThai.CHO_HIEU_LUC)

    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="sap_xep"
    )
    ten = models.CharField("tên đợt sắp xếp", max_length=200)
    hieu_luc = models.DateField("ngày có hiệu lực")
    so_quyet_dinh = models.CharField("số quyết định", max_length=40, blank=True)
    ngay_quyet_dinh = models.DateField("ngày quyết định", null=True, blank=True)
    ten_tep = models.CharField("tên tệp quyết định", max_length=120, blank=True)
    tep = models.BinaryField("tệp quyết định", null=True, blank=True, editable=False)
    ke_hoach = models.JSONField("kế hoạch", default=dict, editable=False)
    bam = models.CharField(max_length=64, blank=True, editable=False)
    trang_thai = models.CharField(
        "tình trạng", max_length=14, choices=TrangThai, default=TrangThai.NHAP
    )
    loi = models.TextField("vì sao chưa áp dụng được", blank=True, editable=False)
    xem_truoc = models.JSONField("bản xem trước", default=dict, editable=False)
    xem_luc = models.DateTimeField("xem trước lúc", null=True, blank=True, editable=False)
    ket_qua = models.JSONField("kết quả", default=dict, editable=False)
    moc = models.JSONField(default=dict, editable=False)
    ma_gui = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    lap_luc = models.DateTimeField("lập lúc", auto_now_add=True)
    lap_boi = models.ForeignKey(**_NGUOI, verbose_name="người lập")
    duyet_luc = models.DateTimeField("duyệt lúc", null=True, blank=True)
    duyet_boi = models.ForeignKey(**_NGUOI, verbose_name="người duyệt")
    ap_dung_luc = models.DateTimeField("áp dụng lúc", null=True, blank=True)

    objects = SapXepQuerySet.as_manager()

    class Meta:
        verbose_name = "sắp xếp tổ chức"
        verbose_name_plural = "sắp xếp tổ chức"
        ordering = ["-hieu_luc", "-pk"]
        indexes = [models.Index(fields=["trang_thai", "hieu_luc"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(trang_thai__in=["nhap", "cho_duyet", "da_bo"])
                | (~Q(so_quyet_dinh="") & Q(ngay_quyet_dinh__isnull=False)),
                name="chidoan_sap_xep_duyet_co_quyet_dinh",
                violation_error_message="Ghi số và ngày quyết định trước khi duyệt.",
            ),
            models.CheckConstraint(
                condition=~Q(trang_thai__in=["da_ap_dung", "da_hoan_tac"])
                | Q(ap_dung_luc__isnull=False),
                name="chidoan_sap_xep_ap_dung_co_luc",
            ),
        ]

    def __str__(self):
        return self.ten

    def get_absolute_url(self):
        return reverse("chidoan:sap_xep_detail", args=[self.pk])

    @property
    def is_nhap(self) -> bool:
        return self.trang_thai == self.TrangThai.NHAP

    @property
    def is_cho_duyet(self) -> bool:
        return self.trang_thai == self.TrangThai.CHO_DUYET

    @property
    def is_cho_hieu_luc(self) -> bool:
        return self.trang_thai == self.TrangThai.CHO_HIEU_LUC

    @property
    def is_da_ap_dung(self) -> bool:
        return self.trang_thai == self.TrangThai.DA_AP_DUNG

    @property
    def can_cu(self) -> str:
        """The decision in words: "Quyết định 12-QĐ/ĐTN ngày 01/07/2026"."""
        if not self.so_quyet_dinh:
            return ""
        return f"Quyết định {self.so_quyet_dinh} ngày {self.ngay_quyet_dinh:%d/%m/%Y}"


class DongSapXepQuerySet(ScopedQuerySet):
    """Lines of lineage, seen from both ends."""

    don_vi_path = "sau"
    quyen_xem = Quyen.XEM_DON_VI

    def permitted_to(self, user, quyen):
        after = super().permitted_to(user, quyen).values("pk")
        before = _TruocQuerySet(self.model, using=self.db).permitted_to(user, quyen).values("pk")
        return self.filter(Q(pk__in=after) | Q(pk__in=before))

    def da_ap_dung(self):
        return self.filter(sap_xep__trang_thai=SapXep.TrangThai.DA_AP_DUNG)

    def cua(self, don_vi):
        return self.filter(Q(truoc=don_vi) | Q(sau=don_vi))

    def cua_cac(self, units):
        return self.filter(Q(truoc__in=units) | Q(sau__in=units))


class _TruocQuerySet(ScopedQuerySet):
    don_vi_path = "truoc"


class DongSapXep(models.Model):
    """Dòng sắp xếp (line of lineage): out of which unit which one came, by which change.

    Without `truoc` a new unit, without `sau` one that was wound up. `so_nguoi` went that way.
    """

    class Loai(models.TextChoices):
        LAP_MOI = "lap_moi", "Lập mới"
        GIAI_THE = "giai_the", "Giải thể"
        DOI_TEN = "doi_ten", "Đổi tên"
        CHUYEN = "chuyen", "Chuyển về cấp trên khác"
        SAP_NHAP = "sap_nhap", "Sáp nhập"
        CHIA_TACH = "chia_tach", "Chia tách"
        BO_CAP = "bo_cap", "Kết thúc một cấp"

    sap_xep = models.ForeignKey(SapXep, on_delete=models.CASCADE, related_name="dong")
    loai = models.CharField("loại", max_length=10, choices=Loai)
    truoc = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị trước",
        on_delete=models.PROTECT,
        null=True,
        related_name="sap_xep_thanh",
    )
    sau = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị sau",
        on_delete=models.PROTECT,
        null=True,
        related_name="sap_xep_tu",
    )
    ten_truoc = models.CharField("tên trước", max_length=160, blank=True)
    ten_sau = models.CharField("tên sau", max_length=160, blank=True)
    so_nguoi = models.PositiveIntegerField("số đoàn viên", default=0)

    objects = DongSapXepQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng sắp xếp"
        verbose_name_plural = "dòng sắp xếp"
        ordering = ["sap_xep", "pk"]

    def __str__(self):
        return f"{self.ten_truoc or '–'} → {self.ten_sau or '–'}"


class BuocSapXepQuerySet(ScopedQuerySet):
    don_vi_path = "sap_xep__don_vi"
    quyen_xem = Quyen.XEM_DON_VI


class BuocSapXep(models.Model):
    """Bước sắp xếp (step of a reorganisation): who did what with it, when, with which words."""

    class Loai(models.TextChoices):
        LAP = "lap", "Lập kế hoạch"
        TRINH = "trinh", "Trình cấp trên duyệt"
        TRA_LAI = "tra_lai", "Trả lại để sửa"
        DUYET = "duyet", "Duyệt"
        AP_DUNG = "ap_dung", "Áp dụng"
        HOAN_TAC = "hoan_tac", "Hoàn tác"
        BO = "bo", "Bỏ kế hoạch"

    sap_xep = models.ForeignKey(SapXep, on_delete=models.CASCADE, related_name="buoc")
    loai = models.CharField("bước", max_length=10, choices=Loai)
    luc = models.DateTimeField("lúc", auto_now_add=True)
    boi = models.ForeignKey(**_NGUOI)
    ly_do = models.CharField("ý kiến, lý do", max_length=300, blank=True)

    objects = BuocSapXepQuerySet.as_manager()

    class Meta:
        verbose_name = "bước sắp xếp"
        verbose_name_plural = "bước sắp xếp"
        ordering = ["pk"]

    def __str__(self):
        return self.get_loai_display()


class ThayDoiSapXepQuerySet(ScopedQuerySet):
    don_vi_path = "sap_xep__don_vi"
    quyen_xem = Quyen.VAN_HANH


class ThayDoiSapXep(models.Model):
    """Thay đổi của đợt sắp xếp (undo record): which rows of a table changed, and from what.

    `dong` holds up to some thousand [number, before, after]; before is null for a row that
    was added, after is null for one that was taken away. Numbers, days and choices alone.
    """

    sap_xep = models.ForeignKey(SapXep, on_delete=models.CASCADE, related_name="thay_doi")
    bang = models.CharField("bảng", max_length=60)
    dong = models.JSONField("dòng", default=list, encoder=DjangoJSONEncoder)

    objects = ThayDoiSapXepQuerySet.as_manager()

    class Meta:
        verbose_name = "thay đổi của đợt sắp xếp"
        verbose_name_plural = "thay đổi của đợt sắp xếp"
        ordering = ["sap_xep", "pk"]

    def __str__(self):
        return f"{self.bang}: {len(self.dong)}"
