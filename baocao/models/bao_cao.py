"""Báo cáo: a unit's report for a period, its figures, its sections and its way upwards."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.functional import cached_property

from chidoan.models import DongSapXep
from core.periods import KyBaoCao
from tochuc.ban_do import ca_da_nhap
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, subtree


class BaoCaoQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_BAO_CAO

    def visible_to(self, user):
        """One's units' reports, and what a unit that was split had handed in by then: each part
        reads it, whole as it was reported."""
        scope = Q(pk__in=())
        for path in user.paths_with(self.quyen_xem):
            scope |= subtree("sau__path", path)
        own = self.permitted_to(user, self.quyen_xem).order_by().values("pk")
        return self.filter(Q(pk__in=own) | _da_nop_truoc_khi_chia(scope))

    def truoc_sap_xep(self, don_vi: DonVi):
        """Handed in by units that have gone into this one, or of which it is a part."""
        gone = ca_da_nhap("don_vi__path", don_vi) & ~Q(trang_thai__in=BaoCao.DANG_SUA)
        found = self.filter(gone | _da_nop_truoc_khi_chia(Q(sau=don_vi))).exclude(don_vi=don_vi)
        return found.select_related("don_vi")

    @staticmethod
    def duoc_lap(user, don_vi: DonVi) -> bool:
        """Whether `user` makes the unit's reports: at the unit itself, or at the one of its level
        that it has gone into. No query beyond the user's roles."""
        return any(
            pc.don_vi_id == don_vi.pk
            or (don_vi.path.startswith(pc.don_vi.path) and don_vi.cap == pc.don_vi.cap)
            for pc in user.phan_cong_hom_nay
            if Quyen.LAP_BAO_CAO in pc.quyen
        )

    def duoc_mien_duoi(self, bao_cao: "BaoCao"):
        """Units below that need not report the period, each with the reason: "Khu vực 5 (cả chi
        đoàn đi làm xa)"."""
        below = self.under(bao_cao.don_vi).exclude(don_vi=bao_cao.don_vi)
        found = below.filter(ky=bao_cao.ky, trang_thai=BaoCao.TrangThai.MIEN)
        named = Concat("don_vi__ten", Value(" ("), "mien_ly_do", Value(")"))
        return found.order_by("don_vi__path").values_list(named, flat=True)

    def con_no(self, don_vi: DonVi):
        """Open reports of units that have gone into this one: to be handed in by it."""
        gone = self.filter(ca_da_nhap("don_vi__path", don_vi)).exclude(don_vi=don_vi)
        return gone.filter(trang_thai__in=BaoCao.DUOC_GHI).select_related("don_vi")

    @staticmethod
    def duoc_duyet(user, don_vi: DonVi) -> bool:
        """Whether `user` judges the unit's reports: from a level above it, a branch's at the ward
        it belongs to. No query beyond the user's roles."""
        return any(
            don_vi.path.startswith(pc.don_vi.path)
            and pc.don_vi.cap != don_vi.cap
            and (
                not don_vi.is_chi_doan or pc.don_vi.is_co_so or pc.don_vi.depth + 1 == don_vi.depth
            )
            for pc in user.phan_cong_hom_nay
            if Quyen.DUYET_BAO_CAO in pc.quyen
        )


def _da_nop_truoc_khi_chia(phan: Q) -> Q:
    """Reports of before a split, handed in by the unit out of which these lines lead."""
    lines = DongSapXep.objects.da_ap_dung().filter(
        phan,
        loai=DongSapXep.Loai.CHIA_TACH,
        truoc=OuterRef("don_vi"),
        sap_xep__hieu_luc__gt=OuterRef("den_ngay"),
    )
    return Q(Exists(lines)) & ~Q(trang_thai__in=BaoCao.DANG_SUA)


class BaoCao(models.Model):
    """Báo cáo (report): one unit, one period.

    Figures are computed afresh while it is open and frozen when it is submitted, together
    with the branches they counted and the year's targets (`pham_vi`) and the day they were
    counted on (`tinh_den`).
    """

    class TrangThai(models.TextChoices):
        MO = "mo", "Đang lập"
        DA_NOP = "da_nop", "Đã nộp"
        TRA_LAI = "tra_lai", "Trả lại để sửa"
        CHAP_NHAN = "chap_nhan", "Đã chấp nhận"
        KHOA = "khoa", "Đã khóa"
        MIEN = "mien", "Miễn nộp"

    DUOC_GHI = (TrangThai.MO, TrangThai.TRA_LAI)
    """States in which the unit writes."""
    DANG_SUA = (*DUOC_GHI, TrangThai.MIEN)
    """States in which nothing is frozen: figures are counted afresh."""

    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="bao_cao"
    )
    mau = models.CharField("mẫu", max_length=20, default="quy-2026")  # see baocao.mau
    ky = models.CharField("kỳ", max_length=7)
    tu_ngay = models.DateField("từ ngày")
    den_ngay = models.DateField("đến ngày")
    han = models.DateField("hạn nộp")
    # accepted until then, though late
    nhan_den = models.DateField("mở lại, nhận đến hết ngày", null=True, blank=True)
    mien_ly_do = models.CharField("lý do miễn nộp", max_length=300, blank=True)
    trang_thai = models.CharField(
        "tình trạng", max_length=10, choices=TrangThai, default=TrangThai.MO
    )
    tinh_den = models.DateField("số liệu tính đến", null=True, blank=True)
    pham_vi = models.JSONField("chi đoàn được tính", default=dict, blank=True)
    nop_lan_dau = models.DateTimeField("nộp lần đầu lúc", null=True, blank=True)
    nop_luc = models.DateTimeField("nộp lúc", null=True, blank=True)
    nop_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    tao_luc = models.DateTimeField("mở lúc", auto_now_add=True)
    tao_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = BaoCaoQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo"
        ordering = ["-den_ngay", "don_vi__path"]
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi", "ky"],
                name="baocao_mot_bao_cao_mot_ky",
                violation_error_message="Kỳ này đã có báo cáo.",
            ),
            models.CheckConstraint(
                condition=Q(nop_luc__isnull=True, nop_boi__isnull=True)
                | Q(nop_luc__isnull=False, nop_boi__isnull=False, nop_lan_dau__isnull=False),
                name="baocao_nop_luc_di_voi_nop_boi",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai__in=["mo", "tra_lai", "mien"]) | Q(tinh_den__isnull=False),
                name="baocao_da_nop_thi_co_ngay_tinh",
            ),
            models.CheckConstraint(
                condition=(Q(trang_thai="mien") & ~Q(mien_ly_do=""))
                | (~Q(trang_thai="mien") & Q(mien_ly_do="")),
                name="baocao_mien_thi_co_ly_do",
            ),
        ]

    def __str__(self):
        return f"Báo cáo {self.ky_bao_cao.ten}"

    def get_absolute_url(self):
        return reverse("baocao:detail", args=[self.pk])

    @cached_property
    def ky_bao_cao(self) -> KyBaoCao:
        return KyBaoCao.parse(self.ky)

    @property
    def is_mien(self) -> bool:
        return self.trang_thai == self.TrangThai.MIEN

    @property
    def is_duoc_ghi(self) -> bool:
        return self.trang_thai in self.DUOC_GHI

    @property
    def is_dang_sua(self) -> bool:
        return self.trang_thai in self.DANG_SUA

    @property
    def is_cho_duyet(self) -> bool:
        """Whether the office above may still say something that counts."""
        return self.trang_thai in (self.TrangThai.DA_NOP, self.TrangThai.CHAP_NHAN)

    @property
    def is_da_nop(self) -> bool:
        return self.trang_thai == self.TrangThai.DA_NOP


class SoLieuQuerySet(ScopedQuerySet):
    don_vi_path = "bao_cao__don_vi"
    quyen_xem = Quyen.XEM_BAO_CAO


class SoLieu(models.Model):
    """Số liệu (figure of a report): what the system counted and what the unit reports.

    The computed part is written at submission and stays. `bao_cao_gia_tri` is typed: for a
    figure the system does not count, or instead of the computed one with a sentence why.
    """

    bao_cao = models.ForeignKey(BaoCao, on_delete=models.CASCADE, related_name="so_lieu")
    ma = models.CharField("chỉ tiêu", max_length=40)
    tu_so = models.BigIntegerField("tử số", null=True, blank=True)
    mau_so = models.IntegerField("mẫu số", null=True, blank=True)
    gia_tri = models.DecimalField(
        "số hệ thống", max_digits=14, decimal_places=1, null=True, blank=True
    )
    luy_ke = models.DecimalField(
        "lũy kế năm", max_digits=14, decimal_places=1, null=True, blank=True
    )
    bao_cao_gia_tri = models.DecimalField(
        "số báo cáo", max_digits=14, decimal_places=1, null=True, blank=True
    )
    ly_do = models.CharField("lý do", max_length=300, blank=True)

    objects = SoLieuQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu"
        ordering = ["bao_cao", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bao_cao", "ma"], name="baocao_mot_so_lieu_mot_lan")
        ]

    def __str__(self):
        return self.ma


class PhanLoiQuerySet(ScopedQuerySet):
    don_vi_path = "bao_cao__don_vi"
    quyen_xem = Quyen.XEM_BAO_CAO


class PhanLoi(models.Model):
    """Phần lời (narrative section of a report), in the order papers print them.

    `ban_nhap` is the draft made from the books when the section was written or handed in, as
    `baocao.du_thao.Doan` reads it. As long as a report is open, a section that nobody has written,
    or whose words are still those of its draft, says what the books say.
    """

    class Muc(models.TextChoices):
        TINH_HINH = "tinh_hinh", "Tình hình thanh niên, dư luận"
        GIAO_DUC = "giao_duc", "Công tác giáo dục"
        PHONG_TRAO = "phong_trao", "Các phong trào hành động cách mạng"
        DONG_HANH = "dong_hanh", "Các chương trình đồng hành với thanh niên"
        THIEU_NHI = "thieu_nhi", "Bảo vệ, chăm sóc, giáo dục thiếu niên, nhi đồng"
        XAY_DUNG_DOAN = (
            "xay_dung_doan",
            "Xây dựng Đoàn, mở rộng mặt trận, tham gia xây dựng Đảng",
        )
        KIEM_TRA = "kiem_tra", "Kiểm tra, giám sát, tham mưu, phối hợp"
        UU_DIEM = "uu_diem", "Ưu điểm"
        HAN_CHE = "han_che", "Hạn chế"
        NGUYEN_NHAN = "nguyen_nhan", "Nguyên nhân"
        BAI_HOC = "bai_hoc", "Bài học kinh nghiệm"
        PHUONG_HUONG = "phuong_huong", "Phương hướng, nhiệm vụ trọng tâm"
        KIEN_NGHI = "kien_nghi", "Kiến nghị, đề xuất"

    bao_cao = models.ForeignKey(BaoCao, on_delete=models.CASCADE, related_name="phan_loi")
    muc = models.CharField("mục", max_length=14, choices=Muc)
    noi_dung = models.TextField("nội dung", blank=True)
    ban_nhap = models.JSONField("bản nháp theo sổ khi viết", default=list, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    sua_luc = models.DateTimeField("sửa lúc", auto_now=True)
    sua_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = PhanLoiQuerySet.as_manager()

    class Meta:
        verbose_name = "phần lời"
        ordering = ["bao_cao", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bao_cao", "muc"], name="baocao_mot_muc_mot_lan")
        ]

    def __str__(self):
        return self.get_muc_display()


class BuocBaoCaoQuerySet(ScopedQuerySet):
    don_vi_path = "bao_cao__don_vi"
    quyen_xem = Quyen.XEM_BAO_CAO


class BuocBaoCao(models.Model):
    """Bước báo cáo (step of a report): who did what with it, when, and with which words.

    What the office above grants is a step as well: more time (`den_ngay` is the new due day), a
    reopened lock (accepted to `den_ngay`, late all the same), a waiver.

    A submission keeps what it carried: figures in `so_lieu`, {code: [computed, reported, reason]}
    (older ones without the reason), and sections in `phan_loi`, {section: text}.
    """

    class HanhDong(models.TextChoices):
        MO = "mo", "Mở báo cáo"
        NOP = "nop", "Nộp báo cáo"
        TRA_LAI = "tra_lai", "Trả lại để sửa"
        CHAP_NHAN = "chap_nhan", "Chấp nhận"
        RUT = "rut", "Rút lại chấp nhận"
        Y_KIEN = "y_kien", "Gửi ý kiến"
        GIA_HAN = "gia_han", "Gia hạn"
        MO_LAI = "mo_lai", "Mở lại"
        MIEN = "mien", "Miễn nộp"
        BO_MIEN = "bo_mien", "Bỏ miễn nộp"

    bao_cao = models.ForeignKey(BaoCao, on_delete=models.CASCADE, related_name="buoc")
    hanh_dong = models.CharField("việc", max_length=10, choices=HanhDong)
    y_kien = models.TextField("ý kiến", blank=True)
    den_ngay = models.DateField("đến hết ngày", null=True, blank=True)
    so_lieu = models.JSONField("số liệu đã nộp", default=dict, blank=True)
    phan_loi = models.JSONField("phần lời đã nộp", default=dict, blank=True)
    luc = models.DateTimeField("lúc", auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = BuocBaoCaoQuerySet.as_manager()

    class Meta:
        verbose_name = "bước báo cáo"
        ordering = ["luc", "pk"]

    def __str__(self):
        return f"{self.get_hanh_dong_display()} {self.luc:%d/%m/%Y %H:%M}"
