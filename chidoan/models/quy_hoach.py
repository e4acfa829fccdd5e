"""Succession: who is planned for which office, who is proposed, who is posted from an agency."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from doanvien.danh_muc import NGUON_CAN_BO
from doanvien.models import DoanVien
from doanvien.models.cua_nguoi import CuaNguoiQuerySet
from tochuc.permissions import Quyen
from tochuc.scoping import in_force, subtree

from .chi_doan import ChucVu
from .dau_ban import dau_ban


class ViTri(models.TextChoices):
    """The two offices of a branch that are planned for."""

    BI_THU = "bi_thu", "Bí thư"
    PHO_BI_THU = "pho_bi_thu", "Phó Bí thư"


class _CuaNguoi(CuaNguoiQuerySet):
    quyen_xem = Quyen.XEM_CAN_BO

    def trong_list(self):
        return self.select_related("doan_vien__chi_doan", "don_vi")


class QuyHoachQuerySet(_CuaNguoi):
    """The plan is a matter of the committee above: a branch does not read who follows whom."""

    quyen_xem = Quyen.XEM_QUY_HOACH

    def con_trong(self):
        """Still planned for: taken off by nobody."""
        return self.filter(ngay_dua_ra__isnull=True)

    def nguoi_cua(self, don_vi):
        """Of members of the unit and below, wherever they are planned for."""
        here = subtree("doan_vien__chi_doan__path", don_vi.path)
        return self.filter(here, doan_vien__trang_thai=DoanVien.TrangThai.DANG_SINH_HOAT)

    def tai_ngay(self, day):
        """On the plan on that day."""
        begun = self.filter(ngay__lte=day)
        return begun.filter(Q(ngay_dua_ra__isnull=True) | Q(ngay_dua_ra__gt=day))

    def da_duyet(self):
        return self.con_trong().exclude(can_cu="")

    def cho_duyet(self):
        return self.con_trong().filter(can_cu="")

    def chua_ra_soat(self, nam: int):
        return self.con_trong().filter(nam_ra_soat__lt=nam)

    def cho(self, chi_doan):
        return self.filter(don_vi=chi_doan)

    def san_sang_o(self, muc: str):
        return self.filter(san_sang=muc)


class QuyHoach(models.Model):
    """Quy hoạch (succession plan): a candidate for an office of a branch, looked at each year."""

    TRUONG_RA_SOAT = ("san_sang", "nguon", "ghi_chu")

    class SanSang(models.TextChoices):
        NGAY = "ngay", "Sẵn sàng ngay"
        MOT_NAM = "mot_nam", "Sau 1 năm"
        BOI_DUONG = "boi_duong", "Cần bồi dưỡng"

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="quy_hoach"
    )
    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="cho chi đoàn",
        on_delete=models.PROTECT,
        related_name="quy_hoach",
    )
    chuc_danh = models.CharField("chức danh", max_length=12, choices=ViTri, default=ViTri.BI_THU)
    nguon = models.CharField("nguồn", max_length=16, choices=list(NGUON_CAN_BO.items()), blank=True)
    ngay = models.DateField("đưa vào quy hoạch ngày")
    san_sang = models.CharField("mức sẵn sàng", max_length=10, choices=SanSang)
    nam_ra_soat = models.PositiveSmallIntegerField("năm rà soát")
    can_cu = models.CharField("văn bản phê duyệt", max_length=200, blank=True)
    ngay_duyet = models.DateField("ngày phê duyệt", null=True, blank=True)
    ghi_chu = models.CharField("ghi chú", max_length=300, blank=True)
    ngay_dua_ra = models.DateField("đưa ra khỏi quy hoạch ngày", null=True, blank=True)
    ly_do_dua_ra = models.CharField("lý do đưa ra", max_length=200, blank=True)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tao_luc = models.DateTimeField(auto_now_add=True)

    objects = QuyHoachQuerySet.as_manager()

    class Meta:
        verbose_name = "quy hoạch cán bộ"
        ordering = ["don_vi__path", "chuc_danh", "pk"]
        indexes = [models.Index(fields=["don_vi", "ngay_dua_ra"])]
        constraints = [
            models.UniqueConstraint(
                fields=["doan_vien", "don_vi", "chuc_danh"],
                condition=Q(ngay_dua_ra__isnull=True),
                name="chidoan_mot_quy_hoach_mot_vi_tri",
                violation_error_message="Đồng chí này đã trong quy hoạch chức danh đó.",
            ),
            models.CheckConstraint(
                condition=Q(ngay_dua_ra__isnull=True, ly_do_dua_ra="")
                | (Q(ngay_dua_ra__isnull=False) & ~Q(ly_do_dua_ra="")),
                name="chidoan_quy_hoach_dua_ra_co_ly_do",
                violation_error_message="Ghi lý do đưa ra khỏi quy hoạch.",
            ),
        ]

    def __str__(self):
        return f"{self.get_chuc_danh_display()} {self.don_vi}: {self.doan_vien}"

    @property
    def version(self) -> str:
        """A mark of what may be looked at again."""
        return dau_ban(*(getattr(self, name) for name in self.TRUONG_RA_SOAT))


class DeNghiNhanSuQuerySet(_CuaNguoi):
    def cho_tra_loi(self):
        return self.filter(trang_thai=DeNghiNhanSu.TrangThai.CHO)

    def with_nhan_viec(self):
        """Annotate `da_nhan_viec`: the office that was agreed on is on record."""
        terms = ChucVu.objects.filter(
            Q(den_ngay__isnull=True) | Q(den_ngay__gte=OuterRef("ngay_tra_loi")),
            don_vi=OuterRef("don_vi"),
            doan_vien=OuterRef("doan_vien"),
            chuc_danh=OuterRef("chuc_danh"),
        )
        return self.annotate(da_nhan_viec=Exists(terms))

    def cho_ghi_chuc_vu(self):
        """Agreed, and the office not yet recorded."""
        agreed = self.filter(trang_thai=DeNghiNhanSu.TrangThai.DONG_Y)
        return agreed.with_nhan_viec().filter(da_nhan_viec=False)

    def ly_do_da_dong_y(self, don_vi, doan_vien: int, chuc_danh: str) -> str:
        """Why the branch proposed somebody who works away, as the ward agreed to it."""
        rows = self.cho_ghi_chuc_vu().filter(
            don_vi=don_vi, doan_vien=doan_vien, chuc_danh=chuc_danh
        )
        return rows.values_list("ly_do_di_xa", flat=True).first() or ""

    def co_trang_thai(self, trang_thai: str):
        return self.filter(trang_thai=trang_thai)


class DeNghiNhanSu(models.Model):
    """Đề nghị nhân sự (proposal of a person): a branch names whom it wants in an office.

    The ward agrees or declines with a reason; once agreed, the office is recorded.
    """

    class TrangThai(models.TextChoices):
        CHO = "cho", "Chờ Đoàn phường, xã trả lời"
        DONG_Y = "dong_y", "Đã đồng ý"
        KHONG = "khong", "Không đồng ý"
        RUT = "rut", "Chi đoàn rút lại"

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="de_nghi_nhan_su"
    )
    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="cho chi đoàn",
        on_delete=models.PROTECT,
        related_name="de_nghi_nhan_su",
    )
    chuc_danh = models.CharField("chức danh", max_length=12, choices=ViTri, default=ViTri.BI_THU)
    ly_do = models.CharField("vì sao giới thiệu", max_length=500)
    ly_do_di_xa = models.CharField("lý do giới thiệu người đi làm xa", max_length=300, blank=True)
    ngay = models.DateField("ngày đề nghị")
    trang_thai = models.CharField(
        "trạng thái", max_length=8, choices=TrangThai, default=TrangThai.CHO
    )
    tra_loi = models.CharField("ý kiến trả lời", max_length=500, blank=True)
    ngay_tra_loi = models.DateField("ngày trả lời", null=True, blank=True)
    nhap_thay = models.BooleanField("nhập thay chi đoàn", default=False)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tra_loi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tao_luc = models.DateTimeField(auto_now_add=True)

    objects = DeNghiNhanSuQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị nhân sự"
        ordering = ["-ngay", "-pk"]
        indexes = [models.Index(fields=["don_vi", "trang_thai"])]
        constraints = [
            models.UniqueConstraint(
                fields=["doan_vien", "don_vi", "chuc_danh"],
                condition=Q(trang_thai="cho"),
                name="chidoan_mot_de_nghi_dang_mo",
                violation_error_message="Đã có đề nghị đồng chí này cho chức danh đó.",
            ),
            models.CheckConstraint(
                condition=~Q(trang_thai="khong") | ~Q(tra_loi=""),
                name="chidoan_de_nghi_khong_dong_y_co_ly_do",
                violation_error_message="Ghi lý do không đồng ý.",
            ),
            models.CheckConstraint(
                condition=~Q(ly_do=""),
                name="chidoan_de_nghi_nhan_su_co_ly_do",
                violation_error_message="Ghi vì sao giới thiệu đồng chí này.",
            ),
        ]

    def __str__(self):
        return f"{self.get_chuc_danh_display()} {self.don_vi}: {self.doan_vien}"

    def get_absolute_url(self):
        return reverse("chidoan:de_nghi_nhan_su_detail", args=[self.pk])

    @property
    def is_cho(self) -> bool:
        return self.trang_thai == self.TrangThai.CHO


class CuCanBoQuerySet(_CuaNguoi):
    def tai_ngay(self, day):
        return self.filter(in_force(day))

    def het_han_truoc(self, day):
        """With an end, at the latest on that day."""
        return self.filter(den_ngay__lte=day)

    def da_thoi(self, day):
        return self.filter(den_ngay__lt=day)


class CuCanBo(models.Model):
    """Cử cán bộ về địa bàn (posting): a member of an agency's branch helps a residential one.

    He stays an official member of his own branch and is counted there alone; at the branch he
    is posted to he takes part as a guest, for as long as the posting runs.
    """

    class VaiTro(models.TextChoices):
        NGUON = "nguon", "Nguồn bí thư, phó bí thư"
        BI_THU = "bi_thu", "Làm Bí thư"
        PHO_BI_THU = "pho_bi_thu", "Làm Phó Bí thư"

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="cu_can_bo"
    )
    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="về chi đoàn",
        on_delete=models.PROTECT,
        related_name="can_bo_duoc_cu",
    )
    vai_tro = models.CharField("để làm", max_length=12, choices=VaiTro, default=VaiTro.NGUON)
    tu_ngay = models.DateField("từ ngày")
    den_ngay = models.DateField("đến hết ngày", null=True, blank=True)
    can_cu = models.CharField("văn bản cử", max_length=200)
    ly_do_ket_thuc = models.CharField("lý do thôi", max_length=200, blank=True)
    qua_trinh = models.ForeignKey(
        "doanvien.QuaTrinh",
        verbose_name="thời gian tham gia sinh hoạt",
        on_delete=models.PROTECT,
        related_name="cu_can_bo",
    )
    mo_qua_trinh = models.BooleanField("mở thời gian tham gia", default=True)
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tao_luc = models.DateTimeField(auto_now_add=True)

    objects = CuCanBoQuerySet.as_manager()

    class Meta:
        verbose_name = "cử cán bộ về địa bàn"
        ordering = ["-tu_ngay", "-pk"]
        indexes = [models.Index(fields=["don_vi", "tu_ngay"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("tu_ngay")),
                name="chidoan_cu_can_bo_den_sau_tu",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=~Q(can_cu=""),
                name="chidoan_cu_can_bo_co_van_ban",
                violation_error_message="Ghi văn bản cử.",
            ),
        ]

    def __str__(self):
        return f"{self.doan_vien} về {self.don_vi} từ {self.tu_ngay:%d/%m/%Y}"
