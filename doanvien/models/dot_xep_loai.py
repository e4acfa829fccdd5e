"""Đợt xếp loại: a branch's yearly rating of its members, from opening to the ward's decision."""

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .xep_loai import XepLoai

MUC = (
    XepLoai.Muc.XUAT_SAC,
    XepLoai.Muc.TOT,
    XepLoai.Muc.HOAN_THANH,
    XepLoai.Muc.KHONG_HOAN_THANH,
)
"""The levels of 33-HD/TWĐTN-BTC, best first."""
TEN_MUC = [(muc.value, muc.label) for muc in MUC]
TEN_MUC_NGAN = {
    XepLoai.Muc.XUAT_SAC: "Xuất sắc",
    XepLoai.Muc.TOT: "Tốt",
    XepLoai.Muc.HOAN_THANH: "Hoàn thành",
    XepLoai.Muc.KHONG_HOAN_THANH: "Không HT",
}


class KhongXep(models.TextChoices):
    """Why a member is not rated."""

    DANG_VIEN = "dang_vien", "Đảng viên"
    DUOI_SAU_THANG = "duoi_6_thang", "Sinh hoạt chưa đủ 6 tháng"


class DotXepLoaiQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def cua_chi_doan(self, chi_doan):
        return self.filter(chi_doan=chi_doan)

    def cua_nam(self, nam: int):
        return self.filter(nam=nam)

    def o_buoc(self, trang_thai):
        return self.filter(trang_thai=trang_thai)

    def da_gui(self):
        """With the ward, waiting for its decision."""
        return self.filter(trang_thai=DotXepLoai.TrangThai.DA_GUI)

    def o_chi_doan(self):
        """Where the branch has something to do."""
        return self.filter(trang_thai__in=DotXepLoai.O_CHI_DOAN)

    def with_dem(self):
        """Annotate `so_nguoi`, `so_xep` (with a level) and `so_<level>`."""
        return self.annotate(
            so_nguoi=Count("phieu"),
            so_khong_xep=Count("phieu", filter=~Q(phieu__khong_xep="")),
            so_xep=Count("phieu", filter=~Q(phieu__muc="")),
            **{f"so_{muc.value}": Count("phieu", filter=Q(phieu__muc=muc)) for muc in MUC},
        )


class DotXepLoai(models.Model):
    """Đợt xếp loại (rating round) of one branch in one year.

    The roster is that of `ngay_hop`, the day of the branch's conference. The state moves
    through services alone; each move is a `BuocXepLoai`.
    """

    class TrangThai(models.TextChoices):
        MO = "mo", "Đang tự xếp loại"
        DA_BIEU_QUYET = "da_bieu_quyet", "Chi đoàn đã biểu quyết"
        DA_GUI = "da_gui", "Chờ phường quyết định"
        TRA_LAI = "tra_lai", "Phường trả lại"
        CONG_NHAN = "cong_nhan", "Đã công nhận"

    O_CHI_DOAN = (TrangThai.MO, TrangThai.DA_BIEU_QUYET, TrangThai.TRA_LAI)

    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="dot_xep_loai",
    )
    nam = models.PositiveSmallIntegerField("năm")
    trang_thai = models.CharField(
        "giai đoạn", max_length=14, choices=TrangThai, default=TrangThai.MO
    )
    ngay_hop = models.DateField("ngày hội nghị chi đoàn")
    co_mat = models.PositiveSmallIntegerField("có mặt", null=True, blank=True)
    phieu_thu_ve = models.PositiveSmallIntegerField("phiếu thu về", null=True, blank=True)
    ngay_buoc = models.DateField("ngày của bước gần nhất")
    ly_do_tra_lai = models.CharField("lý do trả lại", max_length=500, blank=True)
    quyet_dinh = models.ForeignKey(
        "doanvien.QuyetDinhXepLoai",
        verbose_name="quyết định",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dot",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DotXepLoaiQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt xếp loại"
        verbose_name_plural = "đợt xếp loại"
        ordering = ["-nam", "chi_doan"]
        constraints = [
            models.UniqueConstraint(
                fields=["chi_doan", "nam"],
                name="doanvien_mot_dot_xep_loai_mot_nam",
                violation_error_message="Chi đoàn đã mở đợt xếp loại của năm.",
            ),
            models.CheckConstraint(
                condition=Q(co_mat__isnull=True, phieu_thu_ve__isnull=True)
                | Q(phieu_thu_ve__lte=F("co_mat")),
                name="doanvien_phieu_thu_ve_khong_qua_co_mat",
                violation_error_message="Phiếu thu về không nhiều hơn số có mặt.",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai="cong_nhan", quyet_dinh__isnull=False)
                | (~Q(trang_thai="cong_nhan") & Q(quyet_dinh__isnull=True)),
                name="doanvien_dot_cong_nhan_co_quyet_dinh",
            ),
        ]

    def __str__(self):
        return f"Xếp loại đoàn viên năm {self.nam}"

    def get_absolute_url(self):
        return reverse("chidoan:xep_loai_dot", args=[self.pk])

    @property
    def don_vi(self):
        return self.chi_doan

    @property
    def is_o_chi_doan(self) -> bool:
        return self.trang_thai in self.O_CHI_DOAN


class BuocXepLoaiQuerySet(ScopedQuerySet):
    don_vi_path = "dot__chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN


class BuocXepLoai(models.Model):
    """Bước xếp loại (step of a rating round): what was done, when, by whom, with the reason."""

    class Loai(models.TextChoices):
        MO = "mo", "Mở đợt xếp loại"
        BIEU_QUYET = "bieu_quyet", "Hội nghị chi đoàn biểu quyết"
        GUI = "gui", "Gửi phường"
        RUT = "rut", "Chi đoàn rút lại"
        TRA_LAI = "tra_lai", "Phường trả lại"
        CONG_NHAN = "cong_nhan", "Phường công nhận"
        HUY = "huy", "Hủy kết quả, làm lại"

    dot = models.ForeignKey(DotXepLoai, on_delete=models.PROTECT, related_name="buoc")
    loai = models.CharField("bước", max_length=12, choices=Loai)
    ngay = models.DateField("ngày")
    luc = models.DateTimeField("ghi lúc", auto_now_add=True)
    boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    nhap_thay = models.BooleanField("phường nhập thay", default=False)
    ly_do = models.CharField("lý do", max_length=500, blank=True)

    objects = BuocXepLoaiQuerySet.as_manager()

    class Meta:
        verbose_name = "bước xếp loại"
        verbose_name_plural = "bước xếp loại"
        ordering = ["pk"]

    def __str__(self):
        return f"{self.get_loai_display()}, {self.ngay:%d/%m/%Y}"


class PhieuXepLoaiQuerySet(ScopedQuerySet):
    don_vi_path = "dot__chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def co_nguoi(self):
        return self.select_related("doan_vien").order_by("doan_vien__khoa_sap_xep", "pk")


class PhieuXepLoai(models.Model):
    """Phiếu xếp loại (rating sheet): one member in one round.

    The member's own level, the branch's remarks, what the books cannot know, and the tally
    of the secret vote: numbers only, nobody's own vote. `muc` is the level with most votes;
    one above `toi_da` carries the reason.
    """

    class NoiCuTru(models.TextChoices):
        TICH_CUC = "tich_cuc", "Tích cực, chủ động"
        CO = "co", "Có tham gia"
        KHONG = "khong", "Không tham gia"

    class NghiVi(models.TextChoices):
        THAI_SAN = "thai_san", "Thai sản"
        OM = "om", "Ốm, điều trị"
        DI_XA = "di_xa", "Đi xa"

    dot = models.ForeignKey(DotXepLoai, on_delete=models.CASCADE, related_name="phieu")
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="phieu_xep_loai"
    )
    tu_xep = models.CharField("tự xếp loại", max_length=8, choices=TEN_MUC, blank=True)
    tu_nhan_xet = models.TextField("tự đánh giá", blank=True)
    uu_diem = models.TextField("ưu điểm", blank=True)
    khuyet_diem = models.TextField("khuyết điểm", blank=True)
    nhiem_vu = models.CharField("nhiệm vụ được giao", max_length=8, choices=TEN_MUC, blank=True)
    nguoi_nhan_xet = models.CharField("người nhận xét", max_length=120, blank=True)
    noi_cu_tru = models.CharField(
        "tham gia nơi cư trú", max_length=10, choices=NoiCuTru, blank=True
    )
    nghi_vi = models.CharField("nghỉ vì", max_length=10, choices=NghiVi, blank=True)
    nghi_tu = models.DateField("nghỉ từ ngày", null=True, blank=True)
    nghi_den = models.DateField("nghỉ đến hết ngày", null=True, blank=True)
    don_vi_cu = models.CharField("đơn vị cũ", max_length=160, blank=True)
    muc_don_vi_cu = models.CharField(
        "mức đơn vị cũ đề nghị", max_length=8, choices=TEN_MUC, blank=True
    )
    nhan_xet_don_vi_cu = models.TextField("nhận xét của đơn vị cũ", blank=True)
    khong_xep = models.CharField("không xếp loại", max_length=14, choices=KhongXep, blank=True)
    toi_da = models.CharField("mức cao nhất theo quy định", max_length=8, blank=True)
    du_hop = models.PositiveSmallIntegerField("dự sinh hoạt", null=True, blank=True)
    so_buoi = models.PositiveSmallIntegerField("số buổi", null=True, blank=True)
    phieu_htxs = models.PositiveSmallIntegerField("phiếu xuất sắc", null=True, blank=True)
    phieu_htt = models.PositiveSmallIntegerField("phiếu tốt", null=True, blank=True)
    phieu_ht = models.PositiveSmallIntegerField("phiếu hoàn thành", null=True, blank=True)
    phieu_kht = models.PositiveSmallIntegerField("phiếu không hoàn thành", null=True, blank=True)
    phieu_hong = models.PositiveSmallIntegerField("phiếu không hợp lệ", null=True, blank=True)
    muc = models.CharField("mức chi đoàn đề nghị", max_length=8, choices=TEN_MUC, blank=True)
    ly_do_vuot = models.CharField("lý do vượt mức", max_length=300, blank=True)

    objects = PhieuXepLoaiQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu xếp loại"
        verbose_name_plural = "phiếu xếp loại"
        ordering = ["dot", "doan_vien__khoa_sap_xep"]
        constraints = [
            models.UniqueConstraint(
                fields=["dot", "doan_vien"], name="doanvien_mot_phieu_xep_loai_mot_nguoi"
            ),
            models.CheckConstraint(
                condition=Q(muc="") | Q(khong_xep="", phieu_htxs__isnull=False),
                name="doanvien_muc_de_nghi_co_phieu",
                violation_error_message="Mức đề nghị phải có kết quả kiểm phiếu.",
            ),
            models.CheckConstraint(
                condition=Q(nghi_vi="", nghi_tu__isnull=True, nghi_den__isnull=True)
                | (
                    ~Q(nghi_vi="")
                    & Q(nghi_tu__isnull=False, nghi_den__isnull=False)
                    & Q(nghi_den__gte=F("nghi_tu"))
                ),
                name="doanvien_thoi_gian_nghi_du_ngay",
                violation_error_message="Ghi đủ lý do, ngày bắt đầu và ngày kết thúc nghỉ.",
            ),
        ]

    def __str__(self):
        return f"{self.doan_vien}, {self.get_muc_display() or 'chưa biểu quyết'}"

    @property
    def don_vi(self):
        return self.dot.chi_doan

    @property
    def phieu(self) -> tuple[int, ...] | None:
        """Votes for each level, best first, and the spoilt ones; None before the vote."""
        if self.phieu_htxs is None:
            return None
        return (
            self.phieu_htxs,
            self.phieu_htt,
            self.phieu_ht,
            self.phieu_kht,
            self.phieu_hong,
        )

    @property
    def ty_le_du_hop(self) -> str:
        return f"{self.du_hop}/{self.so_buoi}" if self.so_buoi else ""
