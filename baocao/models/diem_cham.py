"""What stands on a line of a round: points of each criterion, evidence, votes, objections."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .dot_cham import DongCham


class TrenDongQuerySet(ScopedQuerySet):
    """Rows of a line: seen by who sees its unit."""

    don_vi_path = "dong__don_vi"
    quyen_xem = Quyen.XEM_XEP_HANG


class TrenDong(models.Model):
    """Trên dòng (on a line): a row of one unit in a round."""

    class Meta:
        abstract = True

    @property
    def don_vi(self):
        return self.dong.don_vi


def _diem(ten: str) -> models.DecimalField:
    return models.DecimalField(ten, max_digits=7, decimal_places=2, null=True, blank=True)


def _muc(ten: str) -> models.CharField:
    return models.CharField(ten, max_length=20, blank=True)


class DiemTieuChiQuerySet(TrenDongQuerySet):
    def lay_dang_dung(self) -> int:
        """Let what stands before objections count: the office's value, else the verifier's."""
        by_office = Q(diem_duyet__isnull=False) | ~Q(muc_duyet="")
        return self.update(
            diem=Case(When(by_office, then=F("diem_duyet")), default=F("diem_tham_dinh")),
            muc=Case(When(by_office, then=F("muc_duyet")), default=F("muc_tham_dinh")),
        )


class DiemTieuChi(TrenDong):
    """Điểm tiêu chí (score of a criterion): what the machine, the unit, its verifier and the
    office above gave, side by side; `diem` and `muc` are what stands.

    In a set of levels the points stay empty and the levels are given.
    """

    dong = models.ForeignKey(DongCham, on_delete=models.CASCADE, related_name="tieu_chi")
    ma = models.CharField("tiêu chí", max_length=40)
    tu = models.DecimalField("tử số", max_digits=14, decimal_places=2, null=True, blank=True)
    mau = models.DecimalField("mẫu số", max_digits=14, decimal_places=2, null=True, blank=True)
    diem_may = _diem("điểm tự tính")
    muc_may = _muc("mức tự tính")
    ghi_chu = models.CharField("ghi chú", max_length=200, blank=True)
    diem_tu_cham = _diem("điểm tự chấm")
    muc_tu_cham = _muc("mức tự chấm")
    nhan_xet = models.CharField("nhận xét", max_length=500, blank=True)
    nhap_thay = models.BooleanField("cấp trên nhập thay", default=False)
    diem_tham_dinh = _diem("điểm thẩm định")
    muc_tham_dinh = _muc("mức thẩm định")
    ly_do = models.CharField("lý do thẩm định khác", max_length=500, blank=True)
    diem_duyet = _diem("điểm cấp trên")
    muc_duyet = _muc("mức cấp trên")
    ly_do_duyet = models.CharField("lý do của cấp trên", max_length=500, blank=True)
    diem = _diem("điểm")
    muc = _muc("mức")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = DiemTieuChiQuerySet.as_manager()

    class Meta:
        verbose_name = "điểm tiêu chí"
        verbose_name_plural = "điểm tiêu chí"
        ordering = ["dong", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dong", "ma"], name="baocao_mot_diem_mot_tieu_chi")
        ]

    def __str__(self):
        return self.ma

    def cap(self, buoc: str) -> tuple[Decimal | None, str]:
        """Points and level given at a step: may, tu_cham, tham_dinh, duyet."""
        return getattr(self, f"diem_{buoc}"), getattr(self, f"muc_{buoc}")


class YKienQuerySet(TrenDongQuerySet):
    def cho(self):
        """Waiting for an answer."""
        return self.filter(ket_qua=YKien.KetQua.CHO)


class YKien(TrenDong):
    """Ý kiến (objection): a unit's word on a published result, and how it was answered.

    `ma` is the criterion, or "" for the whole.
    """

    class KetQua(models.TextChoices):
        CHO = "cho", "Chờ trả lời"
        CHAP_NHAN = "chap_nhan", "Chấp nhận"
        KHONG = "khong", "Không chấp nhận"

    dong = models.ForeignKey(DongCham, on_delete=models.CASCADE, related_name="y_kien")
    ma = models.CharField("tiêu chí", max_length=40, blank=True)
    noi_dung = models.TextField("nội dung ý kiến", max_length=1000)
    lien_ket = models.URLField("liên kết minh chứng", max_length=300, blank=True)
    gui_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    gui_luc = models.DateTimeField("gửi lúc", auto_now_add=True)
    nhap_thay = models.BooleanField("cấp trên nhập thay", default=False)
    ket_qua = models.CharField("kết quả", max_length=10, choices=KetQua, default=KetQua.CHO)
    tra_loi = models.TextField("trả lời", max_length=1000, blank=True)
    ma_moi = models.CharField("tiêu chí được sửa điểm", max_length=40, blank=True)
    diem_moi = _diem("điểm mới")
    muc_moi = _muc("mức mới")
    tra_loi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    tra_loi_luc = models.DateTimeField("trả lời lúc", null=True, blank=True)

    objects = YKienQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến về kết quả chấm"
        verbose_name_plural = "ý kiến về kết quả chấm"
        ordering = ["dong", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ket_qua="cho") | Q(tra_loi__gt="", tra_loi_luc__isnull=False),
                name="baocao_y_kien_co_tra_loi",
                violation_error_message="Ghi lời trả lời.",
            ),
        ]

    def __str__(self):
        return f"Ý kiến {self.ma}".strip()

    @property
    def is_cho(self) -> bool:
        return self.ket_qua == self.KetQua.CHO


class MinhChung(TrenDong):
    """Minh chứng (evidence): a file, a meeting, an activity or a link behind a score.

    A photo is drawn anew as everywhere (ADR 15); a PDF is kept as it is and only ever
    downloaded. `ten` says what it is, also after a meeting it points to is gone.
    """

    class Loai(models.TextChoices):
        ANH = "anh", "Ảnh"
        PDF = "pdf", "Tệp PDF"
        BUOI = "buoi", "Buổi sinh hoạt"
        HOAT_DONG = "hoat_dong", "Hoạt động"
        LIEN_KET = "lien_ket", "Liên kết"

    dong = models.ForeignKey(DongCham, on_delete=models.CASCADE, related_name="minh_chung")
    tieu_chi = models.ForeignKey(
        DiemTieuChi, on_delete=models.CASCADE, related_name="minh_chung", null=True, blank=True
    )
    y_kien = models.ForeignKey(
        YKien, on_delete=models.CASCADE, related_name="minh_chung", null=True, blank=True
    )
    loai = models.CharField("loại", max_length=10, choices=Loai)
    ten = models.CharField("tên", max_length=200)
    tep = models.BinaryField("tệp", null=True, blank=True, editable=False)
    bam = models.CharField("mã băm của tệp", max_length=64, blank=True, editable=False)
    so_byte = models.PositiveIntegerField("dung lượng (byte)", default=0)
    buoi = models.ForeignKey(
        "chidoan.BuoiSinhHoat",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="minh_chung_cham",
    )
    hoat_dong = models.ForeignKey(
        "chidoan.HoatDong",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="minh_chung_cham",
    )
    url = models.URLField("liên kết", max_length=300, blank=True)
    them_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    them_luc = models.DateTimeField("thêm lúc", auto_now_add=True)

    objects = TrenDongQuerySet.as_manager()

    class Meta:
        verbose_name = "minh chứng chấm điểm"
        verbose_name_plural = "minh chứng chấm điểm"
        ordering = ["dong", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tieu_chi__isnull=False, y_kien__isnull=True)
                | Q(tieu_chi__isnull=True, y_kien__isnull=False),
                name="baocao_minh_chung_cua_mot_viec",
            ),
        ]

    def __str__(self):
        return self.ten

    @property
    def is_tep(self) -> bool:
        return self.loai in (self.Loai.ANH, self.Loai.PDF)

    @property
    def dia_chi(self) -> str:
        """Where it opens."""
        if self.is_tep:
            return reverse("baocao:minh_chung_tep", args=[self.pk])
        if self.buoi_id:
            return reverse("chidoan:buoi_detail", args=[self.buoi_id])
        if self.hoat_dong_id:
            return reverse("chidoan:hoat_dong_detail", args=[self.hoat_dong_id])
        return self.url


class KiemPhieuCham(TrenDong):
    """Kiểm phiếu (tally of a secret vote on a unit's level): numbers only, nobody's own vote."""

    class Ben(models.TextChoices):
        CHI_DOAN = "chi_doan", "Chi đoàn bỏ phiếu về mình"
        BAN_CHAP_HANH = "ban_chap_hanh", "Ban Chấp hành cấp trên bỏ phiếu"

    dong = models.ForeignKey(DongCham, on_delete=models.CASCADE, related_name="kiem_phieu")
    ben = models.CharField("ai bỏ phiếu", max_length=14, choices=Ben)
    ngay = models.DateField("ngày bỏ phiếu")
    tong_so = models.PositiveIntegerField("được bỏ phiếu")
    co_mat = models.PositiveIntegerField("có mặt")
    phieu = models.JSONField("phiếu cho từng mức", default=dict)
    hong = models.PositiveIntegerField("phiếu không hợp lệ", default=0)
    muc = _muc("mức quá bán")
    ghi_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ghi_luc = models.DateTimeField("ghi lúc", auto_now=True)

    objects = TrenDongQuerySet.as_manager()

    class Meta:
        verbose_name = "kiểm phiếu xếp loại đơn vị"
        verbose_name_plural = "kiểm phiếu xếp loại đơn vị"
        ordering = ["dong", "-ben"]
        constraints = [
            models.UniqueConstraint(fields=["dong", "ben"], name="baocao_mot_kiem_phieu_mot_ben"),
            models.CheckConstraint(
                condition=Q(co_mat__lte=F("tong_so")),
                name="baocao_co_mat_khong_qua_tong_so",
                violation_error_message="Số có mặt không nhiều hơn số được bỏ phiếu.",
            ),
        ]

    def __str__(self):
        return f"{self.get_ben_display()}, {self.ngay:%d/%m/%Y}"
