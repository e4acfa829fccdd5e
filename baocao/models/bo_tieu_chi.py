"""Bộ tiêu chí: what branches and ward unions are judged by, as data with versions."""

from fractions import Fraction

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.text.display import ngay as show_day
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, TaiDonViQuerySet, path_prefixes

from .xep_loai import XepLoaiDonVi


class BoTieuChiQuerySet(TaiDonViQuerySet):
    """Sets of one's units, of those above, which may judge them, and those that ship."""

    quyen_xem = Quyen.XEM_XEP_HANG
    quyen_ghi = Quyen.QUAN_LY_BO_TIEU_CHI

    def visible_to(self, user):
        paths = user.paths_with(self.quyen_xem)
        if not paths:
            return self.none()
        own = super().visible_to(user).order_by().values("pk")
        above = [above for path in paths for above in path_prefixes(path)]
        issued = Q(don_vi__path__in=above) & ~Q(trang_thai=BoTieuChi.TrangThai.NHAP)
        return self.filter(Q(pk__in=own) | Q(don_vi__isnull=True) | issued)

    def dung_cho(self, don_vi):
        """Those that may judge a unit: of itself, of any above it, shipped."""
        return self.filter(Q(don_vi__isnull=True) | Q(don_vi__path__in=path_prefixes(don_vi.path)))

    def hieu_luc(self, day):
        """Issued, and in force on the day; examples that ship without a day never are."""
        return self.exclude(trang_thai=BoTieuChi.TrangThai.NHAP).filter(
            Q(den_ngay__isnull=True) | Q(den_ngay__gte=day), tu_ngay__lte=day
        )


class BoTieuChi(models.Model):
    """Bộ tiêu chí (criteria set): one version of one set, of a unit or, without one, shipped.

    While it is a draft its tree is edited; issuing freezes it in `quy_tac`, the rules that are
    evaluated, with their hash. An issued set is never changed: it ends, or a new version of it
    takes over from a day on. Of several in force the one of the nearest unit decides.
    """

    class DoiTuong(models.TextChoices):
        CHI_DOAN = "chi_doan", "Chi đoàn"
        DOAN_CO_SO = "doan_co_so", "Đoàn cơ sở"

    class Kieu(models.TextChoices):
        MUC = "muc", "Theo mức: tiêu chí thấp nhất quyết định"
        DIEM = "diem", "Theo điểm: cộng điểm rồi xếp loại"

    class TrangThai(models.TextChoices):
        NHAP = "nhap", "Bản nháp"
        BAN_HANH = "ban_hanh", "Đã ban hành"
        THOI = "thoi", "Thôi áp dụng"

    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị ban hành",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bo_tieu_chi",
    )
    ma = models.SlugField("mã", max_length=40)
    phien_ban = models.PositiveSmallIntegerField("phiên bản", default=1)
    ten = models.CharField("tên", max_length=160)
    doi_tuong = models.CharField("xếp loại", max_length=10, choices=DoiTuong)
    kieu = models.CharField("cách xếp", max_length=4, choices=Kieu)
    can_cu = models.CharField("căn cứ", max_length=300)
    dia_chi = models.URLField("địa chỉ văn bản", blank=True)
    mo_ta = models.TextField("ghi chú", blank=True, max_length=2000)
    tu_ngay = models.DateField("áp dụng từ ngày", null=True, blank=True)
    den_ngay = models.DateField("đến hết ngày", null=True, blank=True)
    trang_thai = models.CharField(
        "tình trạng", max_length=8, choices=TrangThai, default=TrangThai.NHAP
    )
    thay_cho = models.ForeignKey(
        "self",
        verbose_name="thay cho",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="ban_sau",
    )
    quy_tac = models.JSONField("quy tắc", null=True, blank=True, editable=False)
    ban_bam = models.CharField("dấu của quy tắc", max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    tao_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    tao_luc = models.DateTimeField("lập lúc", auto_now_add=True)

    objects = BoTieuChiQuerySet.as_manager()

    class Meta:
        verbose_name = "bộ tiêu chí"
        verbose_name_plural = "bộ tiêu chí"
        ordering = ["doi_tuong", "-tu_ngay", "ten", "-phien_ban"]
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi", "ma", "phien_ban"],
                condition=Q(don_vi__isnull=False),
                name="baocao_mot_phien_ban_bo_tieu_chi",
                violation_error_message="Bộ tiêu chí đã có phiên bản này.",
            ),
            models.UniqueConstraint(
                fields=["ma", "phien_ban"],
                condition=Q(don_vi__isnull=True),
                name="baocao_mot_phien_ban_bo_co_san",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai="nhap", quy_tac__isnull=True, ban_bam="")
                | (~Q(trang_thai="nhap") & Q(quy_tac__isnull=False) & ~Q(ban_bam="")),
                name="baocao_ban_hanh_thi_co_quy_tac",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai="nhap") | Q(don_vi__isnull=True) | Q(tu_ngay__isnull=False),
                name="baocao_ban_hanh_thi_co_ngay",
                violation_error_message="Ghi ngày bắt đầu áp dụng.",
            ),
            models.CheckConstraint(
                condition=Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("tu_ngay")),
                name="baocao_bo_tieu_chi_ngay_cuoi_sau",
                violation_error_message="Ngày cuối không thể trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                condition=~Q(trang_thai="thoi") | Q(den_ngay__isnull=False),
                name="baocao_thoi_thi_co_ngay_cuoi",
            ),
        ]

    def __str__(self):
        return f"{self.ten}, phiên bản {self.phien_ban}" if self.phien_ban > 1 else self.ten

    def get_absolute_url(self):
        return reverse("baocao:bo_tieu_chi", args=[self.pk])

    @property
    def is_co_san(self) -> bool:
        return self.don_vi_id is None

    @property
    def is_nhap(self) -> bool:
        return self.trang_thai == self.TrangThai.NHAP

    @property
    def is_diem(self) -> bool:
        return self.kieu == self.Kieu.DIEM

    @property
    def hieu_luc_bang_loi(self) -> str:
        """When it holds, in words."""
        if not self.tu_ngay:
            return "" if self.is_nhap else "Mẫu để sao chép"
        until = f" đến hết {show_day(self.den_ngay)}" if self.den_ngay else ""
        return f"Từ {show_day(self.tu_ngay)}{until}"


class TieuChiQuerySet(TaiDonViQuerySet):
    don_vi_path = "bo__don_vi"
    quyen_xem = Quyen.XEM_XEP_HANG
    quyen_ghi = Quyen.QUAN_LY_BO_TIEU_CHI


class TieuChi(models.Model):
    """Tiêu chí (criterion): one line of a set's tree, a group or a thing that is judged.

    What is computed is said by fields alone: where the numerator comes from (`nguon`), what it is
    divided by (`chia_cho`), and the formula that makes points or a level of the fraction. No
    expression is ever evaluated.
    """

    class CachCham(models.TextChoices):
        NHOM = "nhom", "Nhóm tiêu chí"
        TU_DONG = "tu_dong", "Máy tính"
        TU_CHAM = "tu_cham", "Tự chấm, có minh chứng"
        CONG_TRU = "cong_tru", "Điểm cộng, điểm trừ"

    class ChiaCho(models.TextChoices):
        RIENG = "rieng", "Mẫu số của chính chỉ tiêu"
        DOAN_VIEN = "doan_vien", "Số đoàn viên (bình quân đầu đoàn viên)"
        THANG = "thang", "Số tháng phải họp"
        CHI_TIEU = "chi_tieu", "Chỉ tiêu năm của đơn vị"
        SO = "so", "Một số cố định"
        KHONG = "khong", "Không chia, lấy số đếm"

    class CongThuc(models.TextChoices):
        TY_LE = "ty_le", "Tỷ lệ thuận giữa hai mốc"
        BAC = "bac", "Theo bậc"
        MOI_DON_VI = "moi_don_vi", "Mỗi đơn vị được một số điểm"

    class DanhGia(models.TextChoices):
        """What an assessment by people still says where the books can tell."""

        TINH = "tinh", "Chỉ lấy số tính được"
        CO_SO = "co_so", "Có số thì lấy số, chưa có thì lấy đánh giá"
        DAT = "dat", "Số đạt mức cao nhất thì lấy, chưa đạt thì lấy đánh giá"
        THAP = "thap", "Lấy mức thấp hơn giữa số và đánh giá"
        CHAN = "chan", "Có phát sinh thì lấy số, không thì lấy đánh giá"

    bo = models.ForeignKey(BoTieuChi, on_delete=models.CASCADE, related_name="tieu_chi")
    cha = models.ForeignKey(
        "self",
        verbose_name="thuộc nhóm",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="con",
    )
    ma = models.SlugField("mã", max_length=30)
    ten = models.CharField("tên", max_length=200)
    thu_tu = models.PositiveSmallIntegerField("thứ tự", default=0)
    cach_cham = models.CharField("cách chấm", max_length=8, choices=CachCham)
    diem_toi_da = models.DecimalField("điểm tối đa", max_digits=7, decimal_places=2, default=0)
    diem_toi_thieu = models.DecimalField(
        "trừ nhiều nhất", max_digits=7, decimal_places=2, default=0
    )
    nguon = models.CharField("lấy số từ", max_length=40, blank=True)
    chia_cho = models.CharField("chia cho", max_length=9, choices=ChiaCho, blank=True)
    chia_so = models.PositiveIntegerField("số cố định", null=True, blank=True)
    tran_so = models.PositiveIntegerField("số đếm nhiều nhất được tính", null=True, blank=True)
    cong_thuc = models.CharField("công thức", max_length=10, choices=CongThuc, blank=True)
    cang_cao = models.BooleanField("càng cao càng tốt", default=True)
    moc_duoi_tu = models.BigIntegerField("mốc 0 điểm, tử số", null=True, blank=True)
    moc_duoi_mau = models.PositiveIntegerField("mốc 0 điểm, mẫu số", default=1)
    moc_tren_tu = models.BigIntegerField("mốc đủ điểm, tử số", null=True, blank=True)
    moc_tren_mau = models.PositiveIntegerField("mốc đủ điểm, mẫu số", default=1)
    moi = models.PositiveIntegerField("cứ mỗi", default=1)
    diem_moi = models.DecimalField("thì được điểm", max_digits=7, decimal_places=2, default=0)
    danh_gia = models.CharField("kết hợp đánh giá", max_length=5, choices=DanhGia, blank=True)
    goi_so = models.CharField("số ấy là gì", max_length=160, blank=True)
    mo_ta = models.TextField("yêu cầu, minh chứng", blank=True, max_length=1000)

    objects = TieuChiQuerySet.as_manager()

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["thu_tu", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bo", "ma"],
                name="baocao_mot_ma_tieu_chi_mot_lan",
                violation_error_message="Bộ đã có tiêu chí mang mã này.",
            ),
            models.CheckConstraint(
                condition=Q(moc_duoi_mau__gt=0, moc_tren_mau__gt=0, moi__gt=0),
                name="baocao_moc_co_mau_so",
            ),
            models.CheckConstraint(
                condition=Q(diem_toi_da__gte=0, diem_toi_thieu__lte=0),
                name="baocao_diem_trong_khoang",
                violation_error_message="Điểm tối đa từ 0 trở lên, điểm trừ từ 0 trở xuống.",
            ),
            models.CheckConstraint(
                condition=Q(cach_cham="tu_dong", cong_thuc__gt="", nguon__gt="")
                | Q(cach_cham="cong_tru")
                | Q(cach_cham__in=["nhom", "tu_cham"], cong_thuc="", nguon=""),
                name="baocao_tieu_chi_tu_dong_co_nguon",
                violation_error_message="Tiêu chí máy tính cần nguồn số và công thức.",
            ),
        ]

    def __str__(self):
        return self.ten


class BacTieuChiQuerySet(ScopedQuerySet):
    don_vi_path = "tieu_chi__bo__don_vi"
    quyen_xem = Quyen.XEM_XEP_HANG


class BacTieuChi(models.Model):
    """Bậc tiêu chí (step of a criterion): from a limit on so many points, or such a level.

    The limit is an exact fraction. A step without one is what remains, or a level that only
    people can find. With `is_tren` the limit itself does not reach it ("trên 20 %").
    """

    tieu_chi = models.ForeignKey(TieuChi, on_delete=models.CASCADE, related_name="bac")
    thu_tu = models.PositiveSmallIntegerField("thứ tự", default=0)
    tu = models.BigIntegerField("mốc, tử số", null=True, blank=True)
    mau = models.PositiveIntegerField("mốc, mẫu số", default=1)
    is_tren = models.BooleanField("phải vượt mốc", default=False)
    muc = models.CharField("mức", max_length=12, choices=XepLoaiDonVi.Muc, blank=True)
    diem = models.DecimalField("điểm", max_digits=7, decimal_places=2, null=True, blank=True)
    mo_ta = models.CharField("bằng lời", max_length=200, blank=True)

    objects = BacTieuChiQuerySet.as_manager()

    class Meta:
        verbose_name = "bậc tiêu chí"
        ordering = ["thu_tu", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(mau__gt=0), name="baocao_bac_co_mau_so"),
            models.CheckConstraint(
                condition=Q(muc__gt="", diem__isnull=True) | Q(muc="", diem__isnull=False),
                name="baocao_bac_cho_muc_hoac_diem",
                violation_error_message="Một bậc cho một mức, hoặc một số điểm.",
            ),
        ]

    def __str__(self):
        return self.mo_ta or str(self.gioi_han)

    @property
    def gioi_han(self) -> Fraction | None:
        return None if self.tu is None else Fraction(self.tu, self.mau)


class MucXepLoai(models.Model):
    """Mức xếp loại (class of a set): from a total on; a lower limit alone, so there is no gap.

    `ten` says it as the set does, where that is not the usual name.
    """

    bo = models.ForeignKey(BoTieuChi, on_delete=models.CASCADE, related_name="muc_xep_loai")
    muc = models.CharField("mức", max_length=12, choices=XepLoaiDonVi.Muc)
    ten = models.CharField("gọi là", max_length=80, blank=True)
    tu_diem = models.DecimalField("từ điểm", max_digits=7, decimal_places=2, null=True, blank=True)

    objects = TieuChiQuerySet.as_manager()

    class Meta:
        verbose_name = "mức xếp loại"
        ordering = ["-tu_diem", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bo", "muc"],
                name="baocao_mot_muc_mot_lan_trong_bo",
                violation_error_message="Bộ đã có mức này.",
            ),
            models.UniqueConstraint(
                fields=["bo", "tu_diem"],
                name="baocao_mot_moc_mot_muc",
                violation_error_message="Đã có mức bắt đầu từ số điểm này.",
            ),
        ]

    def __str__(self):
        return self.ten or self.get_muc_display()
