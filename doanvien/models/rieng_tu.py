"""Dữ liệu cá nhân: who looked at it, what people asked about theirs, and what was erased."""

from django.conf import settings
from django.db import models
from django.db.models import Case, DateField, F, Q, When
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, path_prefixes

DA_XOA = "Đã xóa theo yêu cầu"
DA_HET_HAN = "Đã xóa khi hết hạn giữ"
TEN_DA_XOA = (DA_XOA, DA_HET_HAN)
"""What stands in the place of the name of somebody who was erased."""


class LuotXemQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.QUAN_LY_DU_LIEU

    def ve(self, doan_vien):
        """Looks at this person's record, and lists in full of the units he belongs to."""
        above = path_prefixes(doan_vien.chi_doan.path)
        return self.filter(
            Q(doan_vien=doan_vien) | Q(doan_vien__isnull=True, don_vi__path__in=above)
        ).select_related("nguoi", "don_vi")


class LuotXem(models.Model):
    """Lượt xem (look): somebody had masked fields shown, of one person or of a whole list.

    The audit line of a look keeps the reason's code; the words that were typed stand here
    alone, so that they can be erased.
    """

    class LyDo(models.TextChoices):
        CAP_NHAT = "cap_nhat", "Cập nhật, đối chiếu lý lịch"
        HO_SO_DANG = "ho_so_dang", "Làm hồ sơ giới thiệu vào Đảng"
        THU_TUC = "thu_tuc", "Thủ tục của đoàn viên: kết nạp, chuyển sinh hoạt, thẻ"
        BAO_CAO = "lap_bao_cao", "Lập báo cáo, danh sách theo yêu cầu cấp trên"
        KIEM_TRA = "don_thu", "Kiểm tra, giải quyết đơn thư"
        YEU_CAU = "theo_yeu_cau", "Theo yêu cầu của chính đoàn viên"
        KHAC = "khac", "Việc khác (ghi rõ)"

    don_vi = models.ForeignKey("tochuc.DonVi", on_delete=models.PROTECT, related_name="luot_xem")
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="đoàn viên",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="luot_xem",
    )
    so_nguoi = models.PositiveIntegerField("số người trong danh sách", default=1)
    nguoi = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người xem",
        on_delete=models.PROTECT,
        related_name="+",
    )
    luc = models.DateTimeField("lúc", auto_now_add=True)
    ly_do = models.CharField("lý do", max_length=12, choices=LyDo)
    ghi_chu = models.CharField("ghi rõ", max_length=200, blank=True)

    objects = LuotXemQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt xem dữ liệu"
        ordering = ["-luc", "-pk"]
        indexes = [models.Index(fields=["doan_vien", "luc"])]

    def __str__(self):
        return self.get_ly_do_display()


class YeuCauDuLieuQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.QUAN_LY_DU_LIEU

    def con_mo(self):
        return self.filter(trang_thai__in=YeuCauDuLieu.CON_MO)

    def qua_han(self, day):
        return self.con_mo().filter(
            Q(trang_thai=YeuCauDuLieu.TrangThai.MOI, han_tra_loi__lt=day) | Q(han__lt=day)
        )

    def with_han_gan(self):
        """Annotate `han_gan`: the clock that runs, of the first answer or of the whole."""
        is_new = When(trang_thai=YeuCauDuLieu.TrangThai.MOI, then=F("han_tra_loi"))
        return self.annotate(han_gan=Case(is_new, default=F("han"), output_field=DateField()))

    def cua(self, nguoi):
        """Requests of a member, or of an applicant who is none."""
        return self.filter(**{nguoi.ten_khoa: nguoi.pk})

    def voi_nguoi(self):
        return self.select_related("doan_vien__chi_doan", "ket_nap__chi_doan", "don_vi")


class YeuCauDuLieu(models.Model):
    """Yêu cầu về dữ liệu (request about personal data): what was asked, by when, how it ended.

    It is about a member, or about an applicant whom nobody has admitted (`ket_nap`).
    `han_tra_loi` is the day of the first answer, `han` that of the whole; both are fixed when
    the request is entered, from the settings in force on the day it came in.
    """

    class Loai(models.TextChoices):
        XEM = "xem", "Xem, cung cấp bản dữ liệu"
        SUA = "sua", "Sửa dữ liệu sai"
        XOA = "xoa", "Xóa dữ liệu"
        RUT = "rut", "Rút đồng ý, hạn chế xử lý"
        PHAN_DOI = "phan_doi", "Phản đối việc xử lý"

    class CachNhan(models.TextChoices):
        TRUC_TIEP = "truc_tiep", "Gặp trực tiếp"
        VAN_BAN = "van_ban", "Đơn, văn bản"
        DIEN_THOAI = "dien_thoai", "Điện thoại, tin nhắn"
        THU = "thu", "Thư điện tử"

    class NguoiYeuCau(models.TextChoices):
        CHINH_CHU = "chinh_chu", "Chính đoàn viên"
        GIAM_HO = "giam_ho", "Cha mẹ, người giám hộ"
        UY_QUYEN = "uy_quyen", "Người được ủy quyền"

    class TrangThai(models.TextChoices):
        MOI = "moi", "Mới nhận"
        DANG = "dang", "Đã trả lời bước đầu"
        XONG = "xong", "Đã thực hiện"
        TU_CHOI = "tu_choi", "Không thực hiện được"
        RUT = "rut", "Người yêu cầu rút lại"

    CON_MO = (TrangThai.MOI, TrangThai.DANG)

    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="yeu_cau"
    )
    nam = models.PositiveSmallIntegerField("năm")
    so = models.PositiveIntegerField("số")
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="đoàn viên",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="yeu_cau",
    )
    ket_nap = models.ForeignKey(
        "doanvien.KetNap",
        verbose_name="đơn xin vào Đoàn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="yeu_cau",
    )
    loai = models.CharField("yêu cầu", max_length=8, choices=Loai)
    ngay_nhan = models.DateField("ngày nhận")
    cach_nhan = models.CharField("nhận bằng cách", max_length=10, choices=CachNhan)
    nguoi_yeu_cau = models.CharField(
        "người yêu cầu", max_length=10, choices=NguoiYeuCau, default=NguoiYeuCau.CHINH_CHU
    )
    noi_dung = models.TextField("nội dung yêu cầu", max_length=1000, blank=True)
    trang_thai = models.CharField(
        "tình trạng", max_length=8, choices=TrangThai, default=TrangThai.MOI
    )
    han_tra_loi = models.DateField("hạn trả lời bước đầu")
    han = models.DateField("hạn thực hiện")
    gia_han = models.BooleanField("đã gia hạn", default=False)
    version_nhan = models.PositiveIntegerField("bản lý lịch lúc nhận", default=1)
    ngay_xong = models.DateField("ngày kết thúc", null=True, blank=True)
    ket_qua = models.TextField("kết quả, lý do", max_length=1000, blank=True)
    nhan_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="người nhận",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    tao_luc = models.DateTimeField(auto_now_add=True)

    objects = YeuCauDuLieuQuerySet.as_manager()

    class Meta:
        verbose_name = "yêu cầu về dữ liệu"
        verbose_name_plural = "yêu cầu về dữ liệu"
        ordering = ["-ngay_nhan", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["don_vi", "nam", "so"], name="doanvien_mot_so_yeu_cau"),
            models.UniqueConstraint(
                fields=["doan_vien", "loai"],
                condition=Q(trang_thai__in=["moi", "dang"]),
                name="doanvien_mot_yeu_cau_dang_mo",
                violation_error_message="Đồng chí này đang có một yêu cầu cùng loại chưa xong.",
            ),
            models.UniqueConstraint(
                fields=["ket_nap", "loai"],
                condition=Q(trang_thai__in=["moi", "dang"]),
                name="doanvien_mot_yeu_cau_dang_mo_cua_don",
                violation_error_message="Người này đang có một yêu cầu cùng loại chưa xong.",
            ),
            models.CheckConstraint(
                condition=Q(doan_vien__isnull=False, ket_nap__isnull=True)
                | Q(doan_vien__isnull=True, ket_nap__isnull=False),
                name="doanvien_yeu_cau_cua_mot_nguoi",
                violation_error_message="Yêu cầu là của một đoàn viên hoặc một người xin vào Đoàn.",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai__in=["moi", "dang"], ngay_xong__isnull=True)
                | (Q(trang_thai__in=["xong", "tu_choi", "rut"], ngay_xong__gte=F("ngay_nhan"))),
                name="doanvien_yeu_cau_ngay_xong",
                violation_error_message="Ngày kết thúc phải từ ngày nhận trở đi.",
            ),
        ]

    def __str__(self):
        return f"{self.get_loai_display()} (số {self.so}/{self.nam})"

    def get_absolute_url(self):
        return reverse("doanvien:yeu_cau_detail", args=[self.pk])

    @property
    def nguoi(self):
        """Whose data it is: a member, or an applicant."""
        return self.doan_vien or self.ket_nap

    @property
    def is_con_mo(self) -> bool:
        return self.trang_thai in self.CON_MO

    @property
    def is_moi(self) -> bool:
        return self.trang_thai == self.TrangThai.MOI

    @property
    def han_gan_nhat(self):
        """What the clock runs to now: the first answer, then the whole."""
        return self.han_tra_loi if self.is_moi else self.han

    def is_qua_han(self, day) -> bool:
        return self.is_con_mo and self.han_gan_nhat < day


class BuocYeuCauQuerySet(ScopedQuerySet):
    don_vi_path = "yeu_cau__don_vi"
    quyen_xem = Quyen.QUAN_LY_DU_LIEU


class BuocYeuCau(models.Model):
    """Bước của yêu cầu (step of a request): received, answered, extended, done, refused."""

    class Viec(models.TextChoices):
        NHAN = "nhan", "Nhận yêu cầu"
        TRA_LOI = "tra_loi", "Trả lời bước đầu"
        GIA_HAN = "gia_han", "Gia hạn"
        CUNG_CAP = "cung_cap", "Tải bản dữ liệu để cung cấp"
        XONG = "xong", "Thực hiện xong"
        TU_CHOI = "tu_choi", "Trả lời không thực hiện được"
        RUT = "rut", "Người yêu cầu rút lại"

    yeu_cau = models.ForeignKey(YeuCauDuLieu, on_delete=models.CASCADE, related_name="buoc")
    viec = models.CharField("việc", max_length=10, choices=Viec)
    ngay = models.DateField("ngày")
    noi_dung = models.TextField("nội dung", max_length=1000, blank=True)
    boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    luc = models.DateTimeField(auto_now_add=True)

    objects = BuocYeuCauQuerySet.as_manager()

    class Meta:
        verbose_name = "bước của yêu cầu về dữ liệu"
        ordering = ["pk"]

    def __str__(self):
        return self.get_viec_display()


class BiaXoaQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.QUAN_LY_DU_LIEU


class BiaXoa(models.Model):
    """Bìa xóa (tombstone): this row of the register was erased and must never come back.

    `dau` is a keyed hash of the row's number and the moment it was made: after an older backup
    is put back, the same person is erased again and nobody else.
    """

    don_vi = models.ForeignKey("tochuc.DonVi", on_delete=models.PROTECT, related_name="bia_xoa")
    so_doan_vien = models.BigIntegerField("số của đoàn viên trong sổ")
    dau = models.CharField("dấu", max_length=64, unique=True)
    luc = models.DateTimeField("lúc", auto_now_add=True)

    objects = BiaXoaQuerySet.as_manager()

    class Meta:
        verbose_name = "bìa xóa"
        verbose_name_plural = "bìa xóa"
        ordering = ["pk"]

    def __str__(self):
        return f"Bìa xóa {self.so_doan_vien}"
