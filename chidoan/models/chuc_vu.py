"""Chức vụ: who holds which office, how it was filled, how it ended, which account goes with it."""

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.urls import reverse

from core.text import fold
from tochuc.models import DonVi
from tochuc.permissions import Quyen, VaiTro
from tochuc.scoping import ScopedQuerySet, in_force

from .dau_ban import dau_ban
from .khong_chong import KhongChong

PHIEU = ("co_quyen", "co_mat", "tan_thanh", "khong_tan_thanh", "khong_hop_le")


class ChucVuQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_DON_VI

    def tai_ngay(self, day):
        return self.filter(in_force(day))

    def uy_vien_bch(self):
        """Members of the committee, leaders included: the base of a committee's vote."""
        return self.filter(trong_bch=True)

    def bi_thu(self):
        return self.filter(chuc_danh=ChucVu.ChucDanh.BI_THU)

    def lanh_dao(self):
        """Secretaries and deputies."""
        return self.filter(chuc_danh__in=ChucVu.LANH_DAO)

    def moi_nguoi_mot_lan(self, day):
        """Without a deputy who acts for the secretary: a person counts once, as what he leads."""
        same = {"don_vi": OuterRef("don_vi"), "doan_vien": OuterRef("doan_vien")}
        acts = ChucVu.objects.tai_ngay(day).bi_thu().filter(**same)
        return self.exclude(Q(chuc_danh=ChucVu.ChucDanh.PHO_BI_THU) & Exists(acts))

    def cua(self, don_vi):
        return self.filter(don_vi=don_vi)

    def cua_tai_khoan(self, user):
        """Those that carry this account; without any account, secretaries of branches where it
        is the secretary's."""
        held = [r.don_vi_id for r in user.phan_cong_hom_nay if r.vai_tro == VaiTro.BI_THU_CHI_DOAN]
        nobody = Q(phan_cong__isnull=True, chuc_danh=ChucVu.ChucDanh.BI_THU, don_vi__in=held)
        return self.filter(Q(phan_cong__nguoi_dung=user) | nobody)

    def mang_tai_khoan(self, user):
        """Those that carry this account, or carried it."""
        return self.filter(phan_cong__nguoi_dung=user)

    def voi_ban_giao_nhan(self):
        return self.prefetch_related("ban_giao_nhan")

    def cung_chuc_danh(self, chuc_vu):
        return self.filter(chuc_danh=chuc_vu.chuc_danh)

    def cua_chi_doan(self):
        return self.filter(don_vi__cap="chi_doan")

    def giao_voi(self, tu_ngay, den_ngay):
        """Those that share a day with a span; an empty end means for good."""
        rows = self.filter(Q(den_ngay__isnull=True) | Q(den_ngay__gte=tu_ngay))
        return rows.filter(tu_ngay__lte=den_ngay) if den_ngay else rows

    def chua_het(self, day):
        """Held on `day` or later."""
        return self.filter(Q(den_ngay__isnull=True) | Q(den_ngay__gte=day))

    def da_het(self, day):
        return self.filter(den_ngay__lt=day)

    def sap_nhan(self, day):
        return self.filter(tu_ngay__gt=day)

    def tam_quyen_het_han(self, day, den):
        """Acting offices held on `day` that run out by `den`."""
        return self.exclude(tam_quyen="").tai_ngay(day).filter(den_ngay__lte=den)

    def di_xa_qua(self, day, tu):
        """Secretaries of branches on `day` marked away since `tu` or earlier, about which
        nobody has written why they go on."""
        return (
            self.dang_di_xa(day)
            .bi_thu()
            .cua_chi_doan()
            .filter(doan_vien__di_xa_tu__lte=tu)
            .filter(Q(vang_tu__isnull=True) | ~Q(vang_tu=F("doan_vien__di_xa_tu")))
        )

    def dang_di_xa(self, day):
        """Held on `day` by somebody who is recorded as working away that day."""
        away = Q(doan_vien__di_xa_tu__lte=day) & (
            Q(doan_vien__di_xa_den__isnull=True) | Q(doan_vien__di_xa_den__gte=day)
        )
        return self.tai_ngay(day).filter(away)

    def khong_con_sinh_hoat(self, day):
        """Offices of branches held on `day` by somebody who is a member no more."""
        gone = ~Q(doan_vien__trang_thai="dang_sinh_hoat") & Q(doan_vien__isnull=False)
        return self.cua_chi_doan().tai_ngay(day).filter(gone)

    def co_ly_do_di_xa(self):
        """Filled by somebody who was away, for a stated reason."""
        return self.exclude(ly_do_di_xa="")

    def het_nhiem_ky(self, day):
        """Held on `day` although the term it was filled for is over."""
        return self.tai_ngay(day).filter(han_nhiem_ky__lt=day)

    def tim_ten(self, text: str):
        """By name; names without accents are kept only of members, the others are few."""
        key = fold(text)
        return self.filter(Q(doan_vien__khoa_tim__contains=key) | Q(ho_ten__icontains=text.strip()))

    def theo_thu_bac(self):
        """Unit by unit, the secretary first, newest terms before older ones."""
        titles = enumerate(ChucVu.ChucDanh.values)
        rank = Case(*(When(chuc_danh=title, then=number) for number, title in titles))
        return self.order_by("don_vi__path", rank, "-tu_ngay", "pk")

    def cho_list(self):
        return self.select_related("don_vi", "doan_vien")


class ChucVu(models.Model):
    """Chức vụ (office): who holds which office at a unit, from when to when."""

    TRUONG_SUA = (
        *("tu_ngay", "den_ngay", "cach", "tam_quyen", "han_nhiem_ky", "ly_do_di_xa"),
        *PHIEU,
        *("so_quyet_dinh", "ngay_quyet_dinh"),
    )

    class ChucDanh(models.TextChoices):
        BI_THU = "bi_thu", "Bí thư"
        PHO_BI_THU = "pho_bi_thu", "Phó Bí thư"
        UY_VIEN_BTV = "uy_vien_btv", "Ủy viên Ban Thường vụ"
        UY_VIEN = "uy_vien", "Ủy viên Ban Chấp hành"

    class Cach(models.TextChoices):
        """How the office was filled."""

        DAI_HOI = "dai_hoi", "Bầu trực tiếp tại đại hội, hội nghị đoàn viên"
        BCH = "bch", "Ban Chấp hành bầu"
        CHI_DINH = "chi_dinh", "Chỉ định"

    class TamQuyen(models.TextChoices):
        QUYEN = "quyen", "Quyền"
        LAM_THOI = "lam_thoi", "Lâm thời"

    class KetThuc(models.TextChoices):
        """Why an office ended."""

        HET_NHIEM_KY = "het_nhiem_ky", "Hết nhiệm kỳ"
        DI_XA = "di_xa", "Đi làm ăn xa"
        XIN_THOI = "xin_thoi", "Xin thôi nhiệm vụ"
        CHUYEN_CONG_TAC = "chuyen_cong_tac", "Chuyển công tác, sinh hoạt"
        TRUONG_THANH = "truong_thanh", "Trưởng thành Đoàn"
        KY_LUAT = "ky_luat", "Kỷ luật"
        SAP_XEP = "sap_xep", "Sắp xếp đơn vị"
        KHAC = "khac", "Lý do khác"

    BAU = (Cach.DAI_HOI, Cach.BCH)
    LANH_DAO = (ChucDanh.BI_THU, ChucDanh.PHO_BI_THU)
    ten_nguoi = "ho_ten"

    don_vi = models.ForeignKey(
        DonVi, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="chuc_vu"
    )
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="đoàn viên",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cac_chuc_vu",
    )
    ho_ten = models.CharField("họ và tên", max_length=120)
    chuc_danh = models.CharField("chức danh", max_length=14, choices=ChucDanh)
    tam_quyen = models.CharField("quyền, lâm thời", max_length=8, choices=TamQuyen, blank=True)
    trong_bch = models.BooleanField(
        "thuộc Ban Chấp hành",
        default=True,
        help_text="Chi đoàn dưới 9 đoàn viên chỉ có bí thư, phó bí thư, không có Ban Chấp hành.",
    )
    tu_ngay = models.DateField("từ ngày")
    den_ngay = models.DateField("đến hết ngày", null=True, blank=True)
    han_nhiem_ky = models.DateField("hết nhiệm kỳ ngày", null=True, blank=True)
    cach = models.CharField("cách giữ chức", max_length=8, choices=Cach, blank=True)
    co_quyen = models.PositiveSmallIntegerField("có quyền bầu", null=True, blank=True)
    co_mat = models.PositiveSmallIntegerField("có mặt", null=True, blank=True)
    tan_thanh = models.PositiveSmallIntegerField("tán thành", null=True, blank=True)
    khong_tan_thanh = models.PositiveSmallIntegerField("không tán thành", null=True, blank=True)
    khong_hop_le = models.PositiveSmallIntegerField("không hợp lệ", null=True, blank=True)
    so_quyet_dinh = models.CharField("số quyết định", max_length=40, blank=True)
    ngay_quyet_dinh = models.DateField("ngày quyết định", null=True, blank=True)
    ly_do_di_xa = models.CharField("lý do bố trí người đi làm xa", max_length=200, blank=True)
    vang_tu = models.DateField("đã xét lần đi xa từ ngày", null=True, blank=True)
    ly_do_vang = models.CharField("lý do vẫn giữ chức khi đi xa", max_length=200, blank=True)
    ket_thuc = models.CharField("kết thúc vì", max_length=16, choices=KetThuc, blank=True)
    ly_do_ket_thuc = models.CharField("lý do kết thúc", max_length=200, blank=True)
    phan_cong = models.ForeignKey(
        "tochuc.PhanCong",
        verbose_name="vai trò của tài khoản",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="chuc_vu",
    )

    objects = ChucVuQuerySet.as_manager()

    class Meta:
        verbose_name = "chức vụ"
        ordering = ["don_vi", "tu_ngay", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi"],
                condition=Q(chuc_danh="bi_thu", den_ngay__isnull=True),
                name="chidoan_mot_bi_thu",
                violation_error_message="Đơn vị đang có bí thư. Kết thúc nhiệm kỳ cũ trước.",
            ),
            models.CheckConstraint(
                condition=Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("tu_ngay")),
                name="chidoan_chuc_vu_ket_thuc_sau_bat_dau",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.CheckConstraint(
                condition=Q(tam_quyen="") | Q(den_ngay__isnull=False),
                name="chidoan_tam_quyen_co_han",
                violation_error_message="Quyền, lâm thời phải có ngày kết thúc.",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True for name in PHIEU})
                | Q(
                    co_quyen__gte=F("co_mat"),
                    co_mat=F("tan_thanh") + F("khong_tan_thanh") + F("khong_hop_le"),
                ),
                name="chidoan_chuc_vu_phieu_khop",
                violation_error_message="Số phiếu bầu không khớp số có mặt.",
            ),
            KhongChong(
                truong="chuc_danh",
                gia_tri="bi_thu",
                name="chidoan_bi_thu_khong_chong",
                violation_error_message="Đơn vị đã có bí thư trong thời gian này.",
            ),
        ]

    def __str__(self):
        return f"{self.ten_chuc} {self.ho_ten}"

    def get_absolute_url(self):
        return reverse("chidoan:chuc_vu_detail", args=[self.pk])

    @property
    def version(self) -> str:
        """A mark of what may be mended."""
        return dau_ban(*(getattr(self, name) for name in self.TRUONG_SUA))

    @property
    def ten_chuc(self) -> str:
        """ "Bí thư", "Quyền Bí thư", "Bí thư lâm thời"."""
        words = self.get_chuc_danh_display()
        if self.tam_quyen == self.TamQuyen.QUYEN:
            return f"Quyền {words}"
        return f"{words} lâm thời" if self.tam_quyen else words

    @property
    def is_bi_thu(self) -> bool:
        return self.chuc_danh == self.ChucDanh.BI_THU

    @property
    def co_phieu(self) -> bool:
        return self.co_quyen is not None

    @property
    def vi_sao_thoi(self) -> str:
        """Why it ended, in one line: the reason of the list and the words beside it."""
        listed = self.get_ket_thuc_display() if self.ket_thuc != self.KetThuc.KHAC else ""
        return ": ".join(part for part in (listed, self.ly_do_ket_thuc) if part)

    @property
    def is_kin(self) -> bool:
        """Whether why it ended is sensitive: discipline is read by few."""
        return self.ket_thuc == self.KetThuc.KY_LUAT

    @property
    def ly_do_cong_khai(self) -> str:
        """Why it ended, as everybody may read it who sees the term."""
        return "" if self.is_kin else self.vi_sao_thoi

    def ly_do_cho(self, user) -> str:
        """Why it ended, for this reader."""
        sees = self.is_kin and user.may(Quyen.XEM_NHAY_CAM, self.don_vi)
        return self.vi_sao_thoi if sees else self.ly_do_cong_khai
