"""How an initiative is carried out: commitments ticked by quarter, the log, quarterly reviews."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Prefetch, Q
from django.urls import reverse

from core.periods import KyBaoCao

from .anh import Anh
from .dau_ban import dau_ban
from .mo_hinh import CuaMoHinhQuerySet, MoHinh
from .theo_ngay import TheoNgayMixin


class NhomCamKet(models.Model):
    """Nhóm cam kết (group of commitments): checks that are ticked, or "1+1", which is counted.

    `chuong_trinh` is the programme whose template it came from, "" for the ward's own.
    """

    class Cach(models.TextChoices):
        DAU_MUC = "dau_muc", "Đánh dấu từng đầu mục hằng quý"
        MOT_CONG_MOT = "mot_cong_mot", "Đếm từ sổ kết nạp (1+1)"

    mo_hinh = models.ForeignKey(MoHinh, on_delete=models.CASCADE, related_name="nhom_cam_ket")
    ten = models.CharField("tên nhóm", max_length=200)
    chuong_trinh = models.CharField("chương trình", max_length=20, blank=True)
    cach = models.CharField("cách đo", max_length=14, choices=Cach, default=Cach.DAU_MUC)
    thu_tu = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = CuaMoHinhQuerySet.as_manager()

    class Meta:
        verbose_name = "nhóm cam kết"
        verbose_name_plural = "nhóm cam kết"
        ordering = ["thu_tu", "pk"]

    def __str__(self):
        return self.ten

    @property
    def is_dem(self) -> bool:
        return self.cach == self.Cach.MOT_CONG_MOT

    @property
    def version(self) -> str:
        """A mark of its name and of the checks in use. One query."""
        return dau_ban(self.ten, *self.muc.con_dung().values_list("pk", "noi_dung"))


class MucCamKetQuerySet(CuaMoHinhQuerySet):
    qua = "nhom__mo_hinh__"

    def con_dung(self):
        return self.filter(thoi=False)

    def cua(self, mo_hinh):
        return self.filter(nhom__mo_hinh=mo_hinh).select_related("nhom")

    def cua_diem(self, chi_doan, day):
        """Those of the initiatives that a branch tries on `day`."""
        return self.filter(nhom__mo_hinh__in=MoHinh.objects.dang_lam(day).filter(diem=chi_doan))

    def chua_ghi(self, ky: KyBaoCao):
        """Those in use that nobody has said anything about in the quarter."""
        return self.con_dung().exclude(ket_qua__ky=ky.code)


class MucCamKet(models.Model):
    """Mục cam kết (check): one promise of a group. `thoi`: given up, but its past ticks stay."""

    nhom = models.ForeignKey(NhomCamKet, on_delete=models.CASCADE, related_name="muc")
    noi_dung = models.CharField("nội dung", max_length=300)
    thu_tu = models.PositiveSmallIntegerField("thứ tự", default=0)
    thoi = models.BooleanField("thôi áp dụng", default=False)

    objects = MucCamKetQuerySet.as_manager()

    class Meta:
        verbose_name = "mục cam kết"
        verbose_name_plural = "mục cam kết"
        ordering = ["nhom__thu_tu", "nhom", "thu_tu", "pk"]

    def __str__(self):
        return self.noi_dung


class KetQuaCamKetQuerySet(CuaMoHinhQuerySet):
    qua = "muc__nhom__mo_hinh__"

    def cua(self, mo_hinh, ky: KyBaoCao):
        return self.filter(muc__nhom__mo_hinh=mo_hinh, ky=ky.code)

    def dem_theo_ky(self, mo_hinh) -> dict[str, tuple[int, int]]:
        """For each quarter with ticks: how many were kept, of how many said. One query."""
        dat = Count("pk", filter=Q(muc_do=KetQuaCamKet.MucDo.DAT))
        rows = self.filter(muc__nhom__mo_hinh=mo_hinh).order_by().values("ky")
        rows = rows.annotate(dat=dat, so=Count("pk"))
        return {row["ky"]: (row["dat"], row["so"]) for row in rows}


class KetQuaCamKet(models.Model):
    """Kết quả cam kết (tick): how far one check was kept in one quarter, with the evidence."""

    class MucDo(models.TextChoices):
        DAT = "dat", "Đạt"
        DANG_LAM = "dang_lam", "Đang làm"
        CHUA = "chua", "Chưa đạt"

    muc = models.ForeignKey(MucCamKet, on_delete=models.PROTECT, related_name="ket_qua")
    ky = models.CharField("quý", max_length=6)
    muc_do = models.CharField("mức độ", max_length=10, choices=MucDo)
    ghi_chu = models.CharField("ghi chú, minh chứng", max_length=300, blank=True)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ghi_luc = models.DateTimeField("ghi lúc", auto_now=True)

    objects = KetQuaCamKetQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả cam kết"
        verbose_name_plural = "kết quả cam kết"
        ordering = ["-ky", "muc"]
        constraints = [
            models.UniqueConstraint(fields=["muc", "ky"], name="chidoan_cam_ket_mot_lan_moi_quy")
        ]

    def __str__(self):
        return f"{self.muc}: {self.get_muc_do_display()}"


class NhatKyMoHinhQuerySet(TheoNgayMixin, CuaMoHinhQuerySet):
    def cua(self, mo_hinh):
        return self.filter(mo_hinh=mo_hinh)

    def den_het(self, ngay):
        return self.filter(ngay__lte=ngay)

    def with_so_anh(self):
        return self.annotate(so_anh=Count("anh"))

    def with_anh(self):
        """The photos of each line without their bytes, as `cac_anh`."""
        return self.prefetch_related(
            Prefetch("anh", Anh.objects.khong_tep().order_by("pk"), to_attr="cac_anh")
        )


class NhatKyMoHinh(models.Model):
    """Nhật ký mô hình (action log): a day, what was done, by whom, what came of it; with photos.

    `don_vi` is where it was done: the pilot branch, or the ward. The same `client_id` never makes
    a second line.
    """

    ten_nguoi = "nguoi_lam"
    mo_hinh = models.ForeignKey(MoHinh, on_delete=models.CASCADE, related_name="nhat_ky")
    don_vi = models.ForeignKey("tochuc.DonVi", on_delete=models.PROTECT, related_name="+")
    ngay = models.DateField("ngày")
    viec = models.CharField("việc đã làm", max_length=300)
    nguoi_lam = models.CharField("ai làm", max_length=200, blank=True)
    ket_qua = models.TextField("kết quả", blank=True, max_length=1000)
    client_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ghi_luc = models.DateTimeField("ghi lúc", auto_now=True)

    objects = NhatKyMoHinhQuerySet.as_manager()

    class Meta:
        verbose_name = "nhật ký mô hình"
        verbose_name_plural = "nhật ký mô hình"
        ordering = ["-ngay", "-pk"]

    def __str__(self):
        return self.viec

    def get_absolute_url(self):
        return f"{reverse('chidoan:mo_hinh_nhat_ky', args=[self.mo_hinh_id])}#nk-{self.pk}"


class DanhGiaMoHinhQuerySet(CuaMoHinhQuerySet):
    def cua(self, mo_hinh):
        return self.filter(mo_hinh=mo_hinh)

    def truoc(self, ky: KyBaoCao):
        """Reviews of earlier quarters, the nearest first."""
        return self.filter(ky__lt=ky.code).order_by("-ky")


class DanhGiaMoHinh(models.Model):
    """Đánh giá mô hình (quarterly review): result, shortcomings, what is next, and a level.

    `chot` keeps the figures with their base days and the state of the checks as they were when
    it was written; a later look never changes it.
    """

    class Muc(models.TextChoices):
        TOT = "tot", "Tốt"
        DAT = "dat", "Đạt yêu cầu"
        CHUA = "chua", "Chưa đạt yêu cầu"

    mo_hinh = models.ForeignKey(MoHinh, on_delete=models.CASCADE, related_name="danh_gia")
    ky = models.CharField("quý", max_length=6)
    ngay = models.DateField("ngày đánh giá")
    viec_truoc = models.TextField("việc hẹn quý trước, đã làm đến đâu", blank=True, max_length=2000)
    ket_qua = models.TextField("kết quả", max_length=4000)
    han_che = models.TextField("hạn chế", blank=True, max_length=4000)
    viec_tiep = models.TextField("việc tiếp theo", blank=True, max_length=4000)
    muc = models.CharField("mức", max_length=10, choices=Muc)
    chot = models.JSONField("số liệu đã chốt", default=dict)
    chot_ngay = models.DateField("số liệu đến ngày")
    version = models.PositiveIntegerField(default=1, editable=False)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ghi_luc = models.DateTimeField("ghi lúc", auto_now=True)

    objects = DanhGiaMoHinhQuerySet.as_manager()

    class Meta:
        verbose_name = "đánh giá mô hình"
        verbose_name_plural = "đánh giá mô hình"
        ordering = ["-ky", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mo_hinh", "ky"],
                name="chidoan_danh_gia_mo_hinh_moi_quy_mot_lan",
                violation_error_message="Quý này đã có đánh giá. Mở ra để sửa.",
            )
        ]

    def __str__(self):
        return f"Đánh giá {self.ky_bao_cao}"

    @property
    def ky_bao_cao(self) -> KyBaoCao:
        return KyBaoCao.parse(self.ky)
