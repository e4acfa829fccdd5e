"""Đợt chấm: a scoring round of branches or wards, from opening to a result that never moves."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.functional import cached_property

from core.periods import KyBaoCao, today
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, TaiDonViQuerySet, subtree


class DotChamQuerySet(TaiDonViQuerySet):
    quyen_xem = Quyen.XEM_XEP_HANG
    quyen_ghi = Quyen.TO_CHUC_CHAM_DIEM

    def visible_to(self, user):
        """Rounds of one's units, and those of an office above in which one of them is scored."""
        scope, own = Q(), self.permitted_to(user, self.quyen_xem)
        for path in user.paths_with(self.quyen_xem):
            scope |= subtree("don_vi__path", path)
        if not scope:
            return self.none()
        lines = DongCham.objects.filter(scope, dot=OuterRef("pk")).order_by()
        return self.filter(Q(pk__in=own.order_by().values("pk")) | Exists(lines))

    def cua_ky(self, ky: str, doi_tuong: str):
        return self.filter(ky=ky, doi_tuong=doi_tuong)

    def ca_nam(self):
        """Of a whole year: its period is the year's four digits."""
        return self.alias(dai=Length("ky")).filter(dai=4)

    def con_gia_tri(self):
        """Neither cancelled nor replaced by a later final round."""
        later = DotCham.objects.filter(
            truoc=OuterRef("pk"), trang_thai=DotCham.TrangThai.CHUNG_CUOC
        )
        return self.exclude(trang_thai=DotCham.TrangThai.HUY).exclude(Exists(later.order_by()))

    def with_da_thay(self):
        """Annotate `da_thay`: whether a later final round has taken its place."""
        later = DotCham.objects.chung_cuoc().filter(truoc=OuterRef("pk")).order_by()
        return self.annotate(da_thay=Exists(later))

    def chung_cuoc(self):
        return self.filter(trang_thai=DotCham.TrangThai.CHUNG_CUOC)


class DotCham(models.Model):
    """Đợt chấm (scoring round): one unit scores the branches or the wards below it for a period.

    The state moves through services alone; each move is a `BuocDotCham`. Once final nothing of
    it is written again: `ban_bam` is the hash over rules, inputs and results. What has to be
    corrected afterwards is a new round that names this one in `truoc`.
    """

    class DoiTuong(models.TextChoices):
        CHI_DOAN = "chi_doan", "Chi đoàn"
        CO_SO = "doan_co_so", "Đoàn cơ sở"

    class TrangThai(models.TextChoices):
        MO = "mo", "Đang tự chấm"
        THAM_DINH = "tham_dinh", "Đang thẩm định"
        THU = "thu", "Kết quả thử"
        CONG_BO = "cong_bo", "Công bố, nhận ý kiến"
        CHUNG_CUOC = "chung_cuoc", "Chung cuộc"
        HUY = "huy", "Đã hủy"

    DANG_MO = (TrangThai.MO, TrangThai.THAM_DINH, TrangThai.THU, TrangThai.CONG_BO)
    TRUOC_CONG_BO = (TrangThai.MO, TrangThai.THAM_DINH, TrangThai.THU)
    AI_CUNG_XEM = (TrangThai.CONG_BO, TrangThai.CHUNG_CUOC)
    """Totals and ranks are open to everybody who is scored."""

    don_vi = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="đơn vị tổ chức",
        on_delete=models.PROTECT,
        related_name="dot_cham",
    )
    bo = models.ForeignKey(
        "baocao.BoTieuChi",
        verbose_name="bộ tiêu chí",
        on_delete=models.PROTECT,
        related_name="dot_cham",
    )
    ky = models.CharField("kỳ", max_length=7)
    doi_tuong = models.CharField("chấm", max_length=10, choices=DoiTuong)
    ten = models.CharField("tên đợt", max_length=160)
    trang_thai = models.CharField(
        "giai đoạn", max_length=10, choices=TrangThai, default=TrangThai.MO
    )
    ngay_chot = models.DateField("ngày chốt danh sách đơn vị")
    tinh_den = models.DateField("số liệu tính đến")
    may_luc = models.DateTimeField("phần tự tính làm lúc", null=True, blank=True)
    han_tu_cham = models.DateField("hạn tự chấm")
    han_tham_dinh = models.DateField("hạn thẩm định")
    han_y_kien = models.DateField("nhận ý kiến đến hết ngày", null=True, blank=True)
    ngay_buoc = models.DateField("ngày của bước gần nhất")
    quy_tac = models.JSONField("quy tắc lúc mở", default=dict, blank=True)
    ban_bam = models.CharField("mã băm kết quả", max_length=64, blank=True)
    truoc = models.ForeignKey(
        "self",
        verbose_name="đính chính đợt",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sau",
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    tao_luc = models.DateTimeField("mở lúc", auto_now_add=True)
    tao_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = DotChamQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt chấm"
        verbose_name_plural = "đợt chấm"
        ordering = ["-ngay_chot", "don_vi__path", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi", "ky", "doi_tuong"],
                condition=Q(trang_thai__in=["mo", "tham_dinh", "thu", "cong_bo"]),
                name="baocao_mot_dot_cham_dang_mo",
                violation_error_message="Kỳ này đang có một đợt chấm chưa xong.",
            ),
            models.UniqueConstraint(
                fields=["truoc"],
                condition=~Q(trang_thai="huy"),
                name="baocao_mot_dot_dinh_chinh",
                violation_error_message="Đợt này đã có đợt đính chính.",
            ),
            models.CheckConstraint(
                condition=Q(han_tham_dinh__gte=F("han_tu_cham")),
                name="baocao_han_tham_dinh_sau_tu_cham",
                violation_error_message="Hạn thẩm định phải từ hạn tự chấm trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai="chung_cuoc", ban_bam__gt="")
                | (~Q(trang_thai="chung_cuoc") & Q(ban_bam="")),
                name="baocao_chung_cuoc_co_ban_bam",
            ),
        ]

    def __str__(self):
        return self.ten

    def get_absolute_url(self):
        return reverse("baocao:dot_cham", args=[self.pk])

    @cached_property
    def ky_bao_cao(self) -> KyBaoCao:
        return KyBaoCao.parse(self.ky)

    @property
    def is_chi_doan(self) -> bool:
        return self.doi_tuong == self.DoiTuong.CHI_DOAN

    @property
    def is_muc(self) -> bool:
        """Whether criteria are judged by levels, not by points."""
        return self.bo.kieu == "muc"

    @property
    def is_cong_khai(self) -> bool:
        return self.trang_thai in self.AI_CUNG_XEM

    @property
    def co_ket_qua(self) -> bool:
        """Whether everything has been added up and ranked."""
        return self.trang_thai in (self.TrangThai.THU, *self.AI_CUNG_XEM)

    @property
    def con_tinh(self) -> bool:
        """Whether due days and the computed part may still change."""
        return self.trang_thai in (self.TrangThai.MO, self.TrangThai.THAM_DINH)

    @property
    def is_chung_cuoc(self) -> bool:
        return self.trang_thai == self.TrangThai.CHUNG_CUOC

    def nhan_y_kien(self, day: date | None = None) -> bool:
        """Whether an objection may still be filed."""
        is_open = self.trang_thai == self.TrangThai.CONG_BO
        return is_open and self.han_y_kien >= (day or today())


class DongChamQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_XEP_HANG

    def visible_to(self, user):
        """One's units, and once a round is published all that were scored beside them."""
        own = self.permitted_to(user, self.quyen_xem)
        scope = Q()
        for path in user.paths_with(self.quyen_xem):
            scope |= subtree("don_vi__path", path)
        if not scope:
            return own
        beside = DongCham.objects.filter(scope, dot=OuterRef("dot")).order_by()
        opened = Q(dot__trang_thai__in=DotCham.AI_CUNG_XEM) & Exists(beside)
        return self.filter(Q(pk__in=own.order_by().values("pk")) | opened)

    def cua_dot(self, dot):
        return self.filter(dot=dot)


class DongCham(models.Model):
    """Dòng chấm (line of a round): one unit in it, as it was called and placed on the day.

    `diem` and `muc` are the result that stands, with the ranks among all, in the cluster and in
    the kind; a unit without a rank says why in `ghi_chu`.
    """

    class TrangThai(models.TextChoices):
        CHO_CHAM = "cho_cham", "Chưa gửi"
        TRA_LAI = "tra_lai", "Trả lại để sửa"
        DA_GUI = "da_gui", "Đã gửi"
        DA_THAM_DINH = "da_tham_dinh", "Đã thẩm định"
        DA_DUYET = "da_duyet", "Cấp trên đã xem"

    O_DON_VI = (TrangThai.CHO_CHAM, TrangThai.TRA_LAI)
    """The unit itself still writes."""
    DA_XONG = (TrangThai.DA_THAM_DINH, TrangThai.DA_DUYET)

    dot = models.ForeignKey(DotCham, on_delete=models.CASCADE, related_name="dong")
    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="dong_cham"
    )
    ten = models.CharField("tên", max_length=160)
    cap_tren = models.CharField("đơn vị cấp trên", max_length=160, blank=True)
    cum = models.CharField("cụm thi đua", max_length=60, blank=True)
    khoi = models.CharField("khối", max_length=14, blank=True)
    so_doan_vien = models.PositiveIntegerField("đoàn viên", default=0)
    trang_thai = models.CharField(
        "tự chấm", max_length=14, choices=TrangThai, default=TrangThai.CHO_CHAM
    )
    gui_luc = models.DateTimeField("gửi lúc", null=True, blank=True)
    nop_muon = models.BooleanField("gửi muộn", default=False)
    nhap_thay = models.BooleanField("cấp trên nhập thay", default=False)
    diem_tu_cham = models.DecimalField(
        "điểm tự chấm", max_digits=8, decimal_places=2, null=True, blank=True
    )
    diem_tham_dinh = models.DecimalField(
        "điểm thẩm định", max_digits=8, decimal_places=2, null=True, blank=True
    )
    diem = models.DecimalField("điểm", max_digits=8, decimal_places=2, null=True, blank=True)
    muc = models.CharField("mức", max_length=20, blank=True)
    so_thieu = models.PositiveSmallIntegerField("tiêu chí chưa có điểm", default=0)
    hang = models.PositiveIntegerField("hạng", null=True, blank=True)
    hang_cum = models.PositiveIntegerField("hạng trong cụm", null=True, blank=True)
    hang_khoi = models.PositiveIntegerField("hạng trong khối", null=True, blank=True)
    co_xep_hang = models.BooleanField("có xếp hạng", default=True)
    ghi_chu = models.CharField("ghi chú", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DongChamQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng chấm"
        verbose_name_plural = "dòng chấm"
        ordering = ["dot", "don_vi__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["dot", "don_vi"], name="baocao_mot_don_vi_mot_dong_cham"
            ),
        ]

    def __str__(self):
        return self.ten

    def get_absolute_url(self):
        return reverse("baocao:dong_cham", args=[self.pk])

    @property
    def is_xong(self) -> bool:
        return self.trang_thai in self.DA_XONG

    @property
    def cho_tham_dinh(self) -> str:
        """The state in which it waits for its verifier: sent, or scored in its place."""
        return self.TrangThai.DA_GUI if self.gui_luc else self.TrangThai.CHO_CHAM


class BuocDotChamQuerySet(ScopedQuerySet):
    don_vi_path = "dot__don_vi"
    quyen_xem = Quyen.XEM_XEP_HANG


class BuocDotCham(models.Model):
    """Bước đợt chấm (step of a round, or of one unit in it): who did what, when, which words."""

    class Loai(models.TextChoices):
        MO = "mo", "Mở đợt chấm"
        DINH_CHINH = "dinh_chinh", "Mở đợt đính chính"
        TINH = "tinh", "Tính phần tự động"
        GUI = "gui", "Gửi bản tự chấm"
        TRA_LAI = "tra_lai", "Trả lại bản tự chấm"
        THAM_DINH = "tham_dinh", "Bắt đầu thẩm định"
        XONG = "xong", "Thẩm định xong"
        DUYET = "duyet", "Cấp trên xem lại"
        XET_LAI = "xet_lai", "Trả về thẩm định lại"
        THU = "thu", "Tính kết quả thử"
        LUI = "lui", "Quay lại thẩm định"
        CONG_BO = "cong_bo", "Công bố nhận ý kiến"
        Y_KIEN = "y_kien", "Gửi ý kiến"
        TRA_LOI = "tra_loi", "Trả lời ý kiến"
        CHUNG_CUOC = "chung_cuoc", "Chốt chung cuộc"
        HUY = "huy", "Hủy đợt chấm"

    dot = models.ForeignKey(DotCham, on_delete=models.CASCADE, related_name="buoc")
    dong = models.ForeignKey(
        DongCham, on_delete=models.CASCADE, null=True, blank=True, related_name="buoc"
    )
    thu_tu = models.PositiveIntegerField("thứ tự")
    loai = models.CharField("bước", max_length=12, choices=Loai)
    loi = models.CharField("lời ghi", max_length=500, blank=True)
    nhap_thay = models.BooleanField("nhập thay", default=False)
    tai_version = models.PositiveIntegerField(default=0)
    luc = models.DateTimeField("lúc", auto_now_add=True)
    boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = BuocDotChamQuerySet.as_manager()

    class Meta:
        verbose_name = "bước đợt chấm"
        verbose_name_plural = "bước đợt chấm"
        ordering = ["dot", "thu_tu", "pk"]

    def __str__(self):
        return self.get_loai_display()
