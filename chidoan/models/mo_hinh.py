"""Mô hình: an initiative of a ward, its team, the branch it is tried in, and its spreading."""

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, in_force, subtree

from .dau_ban import dau_ban


class CuaMoHinhQuerySet(ScopedQuerySet):
    """Rows of an initiative, found at `qua`: its ward's and its pilot branch's, whose secretary
    sees it, ticks and writes its log. A pilot branch is always of the ward."""

    quyen_xem = Quyen.XEM_DON_VI
    qua = "mo_hinh__"

    def permitted_to(self, user, quyen):
        scope = Q(pk__in=[])
        for path in user.paths_with(quyen):
            scope |= subtree(f"{self.qua}don_vi__path", path)
            scope |= subtree(f"{self.qua}diem__path", path)
        return self.filter(scope)

    @property
    def _path_field(self) -> str:
        return f"{self.qua}don_vi__path"


class MoHinhQuerySet(CuaMoHinhQuerySet):
    qua = ""

    def dang_lam(self, day):
        """Those that run on `day`."""
        return self.filter(in_force(day))

    def trong(self, ky):
        """Those that ran on the last day of the period."""
        return self.dang_lam(ky.end)

    def chua_danh_gia(self, ky):
        """Those that ran at the end of the quarter and have no review of it."""
        return self.trong(ky).exclude(danh_gia__ky=ky.code)

    def with_danh_sach(self):
        """What the list shows: `ky_cuoi`, the last quarter reviewed, and `so_thanh_vien`."""
        team = ThanhVienMoHinh.objects.filter(mo_hinh=OuterRef("pk")).order_by()
        team = team.values("mo_hinh").annotate(so=Count("pk")).values("so")
        rows = self.annotate(ky_cuoi=Max("danh_gia__ky"), so_thanh_vien=Coalesce(Subquery(team), 0))
        return rows.prefetch_related("nhom_cam_ket").order_by("-tu_ngay", "pk")


class MoHinh(models.Model):
    """Mô hình (initiative): what a ward tries, with whom, where and bound to what.

    `goc` is the one it was copied from ("nhân rộng"). A conclusion of "tiếp tục" leaves it
    running; the two others end it.
    """

    class Loai(models.TextChoices):
        CHI_DOAN = "chi_doan", "Nâng chất hoạt động chi đoàn"
        UU_TU = "uu_tu", "Rèn luyện, bồi dưỡng đoàn viên ưu tú"
        KHAC = "khac", "Mô hình khác"

    class KetLuan(models.TextChoices):
        NHAN_RONG = "nhan_rong", "Nhân rộng"
        TIEP_TUC = "tiep_tuc", "Tiếp tục làm điểm"
        DUNG = "dung", "Dừng"

    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="mo_hinh"
    )
    ten = models.CharField("tên mô hình", max_length=200)
    loai = models.CharField("loại", max_length=10, choices=Loai, default=Loai.CHI_DOAN)
    boi_canh = models.TextField("vì sao cần làm", blank=True, max_length=4000)
    muc_tieu = models.TextField("mục tiêu", blank=True, max_length=4000)
    diem = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn làm điểm",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mo_hinh_diem",
    )
    sinh_hoat = models.CharField("nếp sinh hoạt", max_length=60, blank=True)
    tu_ngay = models.DateField("ngày ra mắt")
    den_ngay = models.DateField("đến ngày", null=True, blank=True)
    noi_ra_mat = models.CharField("nơi ra mắt", max_length=160, blank=True)
    van_ban = models.CharField("văn bản", max_length=200, blank=True)
    goc = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="nhan_rong"
    )
    ket_luan = models.CharField("kết luận", max_length=10, choices=KetLuan, blank=True)
    ket_luan_ngay = models.DateField("ngày kết luận", null=True, blank=True)
    ket_luan_ly_do = models.TextField("lý do kết luận", blank=True, max_length=2000)

    objects = MoHinhQuerySet.as_manager()

    class Meta:
        verbose_name = "mô hình"
        verbose_name_plural = "mô hình"
        ordering = ["-tu_ngay", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("tu_ngay")),
                name="chidoan_mo_hinh_ket_thuc_sau_ra_mat",
                violation_error_message="Ngày kết thúc phải từ ngày ra mắt trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(ket_luan="") | Q(ket_luan_ngay__isnull=False) & ~Q(ket_luan_ly_do=""),
                name="chidoan_mo_hinh_ket_luan_co_ly_do",
                violation_error_message="Ghi ngày và lý do kết luận.",
            ),
        ]

    def __str__(self):
        return self.ten

    def get_absolute_url(self):
        return reverse("chidoan:mo_hinh_detail", args=[self.pk])

    @property
    def noi_lam(self):
        """The unit where it is done: the pilot branch, or the whole ward."""
        return self.diem or self.don_vi

    @property
    def is_ket_thuc(self) -> bool:
        return self.den_ngay is not None

    @property
    def version(self) -> str:
        """A mark of its own columns and its team. One query."""
        own = (getattr(self, field.attname) for field in self._meta.concrete_fields)
        team = self.thanh_vien.values_list("ho_ten", "chuc_vu", "nhiem_vu", "la_to_truong")
        return dau_ban(*own, *team)

    def dang_lam_ngay(self, day) -> bool:
        return self.tu_ngay <= day and (self.den_ngay is None or day <= self.den_ngay)


class ThanhVienMoHinhQuerySet(CuaMoHinhQuerySet):
    pass


class ThanhVienMoHinh(models.Model):
    """Thành viên mô hình (team of an initiative): who, leader or not, with what duty.

    `doan_vien` when the name is that of a member of the ward.
    """

    ten_nguoi = "ho_ten"
    mo_hinh = models.ForeignKey(MoHinh, on_delete=models.CASCADE, related_name="thanh_vien")
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="đoàn viên",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="trong_mo_hinh",
    )
    ho_ten = models.CharField("họ và tên", max_length=120)
    chuc_vu = models.CharField("chức vụ", max_length=120, blank=True)
    la_to_truong = models.BooleanField("tổ trưởng", default=False)
    nhiem_vu = models.CharField("nhiệm vụ", max_length=300, blank=True)

    objects = ThanhVienMoHinhQuerySet.as_manager()

    class Meta:
        verbose_name = "thành viên mô hình"
        verbose_name_plural = "thành viên mô hình"
        ordering = ["-la_to_truong", "pk"]

    def __str__(self):
        return self.ho_ten


class DeNghiNhanRongQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_DON_VI

    def dang_cho(self):
        return self.filter(trang_thai=DeNghiNhanRong.TrangThai.CHO)


class DeNghiNhanRong(models.Model):
    """Đề nghị nhân rộng (offer): the office above offers an initiative to a ward, which decides.

    `don_vi` is the ward asked; accepted, `ket_qua` is what it made of it.
    """

    class TrangThai(models.TextChoices):
        CHO = "cho", "Chờ trả lời"
        NHAN = "nhan", "Đã nhận"
        TU_CHOI = "tu_choi", "Chưa nhận"

    mo_hinh = models.ForeignKey(MoHinh, on_delete=models.CASCADE, related_name="de_nghi")
    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị được đề nghị",
        on_delete=models.PROTECT,
        related_name="de_nghi_nhan_rong",
    )
    loi_nhan = models.CharField("lời nhắn", max_length=500, blank=True)
    ngay = models.DateField("ngày đề nghị")
    trang_thai = models.CharField(
        "tình trạng", max_length=10, choices=TrangThai, default=TrangThai.CHO
    )
    tra_loi = models.CharField("trả lời", max_length=500, blank=True)
    tra_loi_ngay = models.DateField("ngày trả lời", null=True, blank=True)
    ket_qua = models.ForeignKey(
        MoHinh, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    gui_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = DeNghiNhanRongQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị nhân rộng"
        verbose_name_plural = "đề nghị nhân rộng"
        ordering = ["-ngay", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mo_hinh", "don_vi"],
                condition=Q(trang_thai="cho"),
                name="chidoan_mot_de_nghi_nhan_rong_cho",
                violation_error_message="Đơn vị này đang có đề nghị chờ trả lời.",
            )
        ]

    def __str__(self):
        return f"Đề nghị nhân rộng «{self.mo_hinh}»"

    def get_absolute_url(self):
        return reverse("chidoan:nhan_rong_detail", args=[self.pk])

    @property
    def is_cho(self) -> bool:
        return self.trang_thai == self.TrangThai.CHO
