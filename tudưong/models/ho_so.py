"""Hồ sơ giới thiệu: the referral case, and each of its steps as a row."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse

from core.periods import KyBaoCao
from tochuc.models import VanBan
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet


class TrangThaiHoSo(models.TextChoices):
    """Where a case stands; the last four are its ends."""

    CHO_CHI_DOAN = "cho_chi_doan", "Chờ chi đoàn biểu quyết"
    TRA_LAI = "tra_lai", "Trả lại để bổ sung"
    CHO_THAM_TRA = "cho_tham_tra", "Chờ phường thẩm tra"
    CHO_BCH = "cho_bch", "Chờ Ban Chấp hành biểu quyết"
    CHO_GUI = "cho_gui", "Chờ gửi cấp ủy"
    DA_GUI = "da_gui", "Chờ cấp ủy trả lời"
    CAN_BO_SUNG = "can_bo_sung", "Cấp ủy đề nghị bổ sung"
    KHONG_KET_NAP = "khong_ket_nap", "Cấp ủy chưa kết nạp"
    CHAT_VAN = "chat_van", "Chờ trả lời công văn"
    DA_TRA_LOI = "da_tra_loi", "Cấp ủy đã trả lời"
    KET_NAP = "ket_nap", "Đã kết nạp Đảng"
    CHINH_THUC = "chinh_thuc", "Đảng viên chính thức"
    BOI_DUONG = "boi_duong", "Tiếp tục bồi dưỡng"
    DONG = "dong", "Đã đóng"


O_CHI_DOAN = (TrangThaiHoSo.CHO_CHI_DOAN, TrangThaiHoSo.TRA_LAI)
"""With the branch, which votes on it or mends it."""
O_CAP_UY = (TrangThaiHoSo.DA_GUI, TrangThaiHoSo.CHAT_VAN)
"""With the Party cell, whose word is awaited."""
VAO_DANG = (TrangThaiHoSo.KET_NAP, TrangThaiHoSo.CHINH_THUC)
"""Admitted: on probation, or official since."""
KET_THUC = (*VAO_DANG, TrangThaiHoSo.BOI_DUONG, TrangThaiHoSo.DONG)


class HoSoQuerySet(ScopedQuerySet):
    """Cases, found by the member's branch: a branch sees its own, a ward those of all."""

    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_HO_SO

    def gui_cap_uy_cua(self, user):
        """What the Party committee's account sees: cases that were sent to it, nothing else."""
        return self.permitted_to(user, Quyen.TRA_LOI_HO_SO).filter(ngay_gui__isnull=False)

    def dang_mo(self):
        return self.exclude(trang_thai__in=KET_THUC)

    def da_ket_thuc(self):
        return self.filter(trang_thai__in=KET_THUC)

    def da_ket_nap(self):
        """Cases that ended with admission to the Party."""
        return self.filter(trang_thai__in=VAO_DANG)

    def gioi_thieu_trong(self, ky: KyBaoCao):
        """Referred in the period: the ward committee's resolution is dated in it."""
        return self.filter(ngay_gioi_thieu__range=(ky.start, ky.end))

    def ket_nap_dang_trong(self, ky: KyBaoCao):
        """Admitted to the Party by a decision dated in the period."""
        return self.da_ket_nap().filter(ngay_ket_nap__range=(ky.start, ky.end))

    def khac_noi(self):
        """Not resolved on, and the member is of another branch now: the case goes along."""
        moved = self.dang_mo().filter(
            ngay_gioi_thieu__isnull=True, doan_vien__trang_thai="dang_sinh_hoat"
        )
        return moved.exclude(doan_vien__chi_doan=F("chi_doan"))

    def cho_nhan_xet_du_bi(self, truoc_ngay: date):
        """Admitted on or before `truoc_ngay`, not official yet, and no remark on them issued."""
        return self.het_du_bi(truoc_ngay).filter(nhan_xet_du_bi__van_ban__isnull=True)

    def het_du_bi(self, truoc_ngay: date):
        """Admitted on or before `truoc_ngay`, members still, and not yet official."""
        return self.filter(
            trang_thai=TrangThaiHoSo.KET_NAP,
            ngay_ket_nap__lte=truoc_ngay,
            doan_vien__trang_thai="dang_sinh_hoat",
            doan_vien__ngay_dang_chinh_thuc__isnull=True,
        )

    def da_gioi_thieu(self):
        """With the ward committee's resolution: the dossier can be printed."""
        return self.filter(ngay_gioi_thieu__isnull=False)

    def chon(self, pks):
        """Those that were ticked, by name."""
        return self.filter(pk__in=pks).order_by("doan_vien__khoa_sap_xep", "pk")

    def with_da_in(self):
        """With `da_in`: whether the dossier was issued and is not void."""
        issued = VanBan.objects.con_gia_tri().filter(
            doi_tuong_loai="tuduong.hoso", doi_tuong_id=OuterRef("pk"), loai="HS"
        )
        return self.annotate(da_in=Exists(issued))

    def cho_cap_uy(self):
        """With the Party cell, whose word is awaited."""
        return self.filter(trang_thai__in=O_CAP_UY)

    def khong_cho_cap_uy(self):
        return self.exclude(trang_thai__in=O_CAP_UY)

    def im_lang(self, truoc_ngay: date):
        """Sent and silent since before `truoc_ngay`: the ward may ask."""
        return self.filter(trang_thai=TrangThaiHoSo.DA_GUI, ngay_buoc__lte=truoc_ngay)


class HoSo(models.Model):
    """Hồ sơ giới thiệu đoàn viên ưu tú (referral case) of one member.

    `trang_thai`, `ngay_buoc` (day of the last step), `ngay_gioi_thieu`, `ngay_gui`,
    `ngay_ket_nap` and `ngay_chinh_thuc` are copies of what the steps say, kept by services alone.
    """

    TrangThai = TrangThaiHoSo

    ma = models.CharField("mã hồ sơ", max_length=16)
    doan_vien = models.ForeignKey(
        "doanvien.DoanVien",
        verbose_name="đoàn viên",
        on_delete=models.PROTECT,
        related_name="ho_so",
    )
    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="Đoàn cơ sở", on_delete=models.PROTECT, related_name="ho_so"
    )
    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="ho_so_chi_doan",
    )
    trang_thai = models.CharField(
        "giai đoạn", max_length=14, choices=TrangThai, default=TrangThai.CHO_CHI_DOAN
    )
    chi_bo = models.CharField(
        "chi bộ", max_length=120, blank=True, help_text="Tên riêng, ví dụ Khu vực 3."
    )
    co_chi_uy = models.BooleanField("chi bộ có chi ủy", default=True)
    pham_chat = models.TextField("phẩm chất chính trị", blank=True)
    dao_duc = models.TextField("đạo đức, lối sống", blank=True)
    nang_luc = models.TextField("năng lực công tác", blank=True)
    quan_he = models.TextField("quan hệ quần chúng", blank=True)
    khuyet_diem = models.TextField("khuyết điểm", blank=True)
    du_kien = models.DateField("dự kiến cấp ủy xét ngày", null=True, blank=True)
    ngay_mo = models.DateField("ngày mở hồ sơ")
    ngay_buoc = models.DateField(editable=False)
    ngay_gioi_thieu = models.DateField("ngày giới thiệu", null=True, blank=True, editable=False)
    ngay_gui = models.DateField("ngày gửi cấp ủy", null=True, blank=True, editable=False)
    ngay_ket_nap = models.DateField("ngày kết nạp Đảng", null=True, blank=True, editable=False)
    ngay_chinh_thuc = models.DateField(
        "ngày công nhận chính thức", null=True, blank=True, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    mo_luc = models.DateTimeField(auto_now_add=True)
    mo_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = HoSoQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ giới thiệu"
        verbose_name_plural = "hồ sơ giới thiệu"
        ordering = ["-ngay_buoc", "-pk"]
        indexes = [
            models.Index(fields=["chi_doan", "trang_thai"]),
            models.Index(fields=["ngay_gioi_thieu"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["don_vi", "ma"], name="tuduong_mot_ma_ho_so"),
            models.UniqueConstraint(
                fields=["doan_vien"],
                condition=~Q(trang_thai__in=["ket_nap", "chinh_thuc", "boi_duong", "dong"]),
                name="tuduong_mot_ho_so_dang_mo",
                violation_error_message="Đoàn viên này đang có một hồ sơ chưa xong.",
            ),
            models.CheckConstraint(
                condition=Q(ngay_gui__isnull=True)
                | Q(ngay_gioi_thieu__isnull=False, ngay_gui__gte=F("ngay_gioi_thieu")),
                name="tuduong_gui_sau_gioi_thieu",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai__in=["ket_nap", "chinh_thuc"], ngay_ket_nap__isnull=False)
                & Q(ngay_ket_nap__gte=F("ngay_gioi_thieu"))
                | ~Q(trang_thai__in=["ket_nap", "chinh_thuc"]) & Q(ngay_ket_nap__isnull=True),
                name="tuduong_ket_nap_co_ngay_sau_gioi_thieu",
            ),
            models.CheckConstraint(
                condition=Q(trang_thai="chinh_thuc", ngay_chinh_thuc__gt=F("ngay_ket_nap"))
                | ~Q(trang_thai="chinh_thuc") & Q(ngay_chinh_thuc__isnull=True),
                name="tuduong_chinh_thuc_sau_ket_nap",
            ),
        ]

    def __str__(self):
        return self.ma

    def get_absolute_url(self):
        return reverse("tuduong:ho_so_detail", args=[self.pk])

    @property
    def is_dang_mo(self) -> bool:
        return self.trang_thai not in KET_THUC

    @property
    def ten_chi_bo(self) -> str:
        return f"Chi bộ {ten_rieng_chi_bo(self.chi_bo)}" if self.chi_bo else ""


def ten_rieng_chi_bo(chi_bo: str) -> str:
    """The Party cell's own name, also when it was typed as "Chi bộ Khu vực 3"."""
    words = chi_bo.split()
    return " ".join(words[2:] if [word.lower() for word in words[:2]] == ["chi", "bộ"] else words)


class BuocHoSoQuerySet(ScopedQuerySet):
    don_vi_path = "ho_so__chi_doan"
    quyen_xem = Quyen.XEM_HO_SO

    def phieu(self, *loai: str):
        """Votes of these kinds with their tally, and moves, which end what was voted before;
        newest first."""
        voted = Q(loai__in=loai, co_quyen__isnull=False)
        return self.filter(voted | Q(loai=BuocHoSo.Loai.CHUYEN)).order_by("-thu_tu")

    def with_cong_van(self):
        """Annotate `cong_van`: the number of the letter that was issued for the step."""
        papers = VanBan.objects.con_gia_tri().filter(
            doi_tuong_loai="tuduong.buochoso", doi_tuong_id=OuterRef("pk"), loai="CV"
        )
        newest = papers.order_by("-phien_ban").values("so_ky_hieu")[:1]
        return self.annotate(cong_van=Subquery(newest))


class BuocHoSo(models.Model):
    """Bước hồ sơ (step of a case): what was done, when, by whom, with the tally of the vote.

    Only tallies are stored: nobody's own vote. `tai_version` is the state of the case the
    person saw, so a form sent twice is one step.
    """

    class Loai(models.TextChoices):
        DE_NGHI = "de_nghi", "Chi đoàn biểu quyết, đề nghị giới thiệu"
        KHONG_DE_NGHI = "khong_de_nghi", "Chi đoàn biểu quyết, chưa đạt"
        BO_SUNG = "bo_sung", "Chi đoàn bổ sung, gửi lại phường"
        THAM_TRA = "tham_tra", "Phường thẩm tra, đồng ý"
        TRA_LAI = "tra_lai", "Phường trả lại, đề nghị bổ sung"
        NGHI_QUYET = "nghi_quyet", "Ban Chấp hành ra nghị quyết giới thiệu"
        KHONG_THONG_QUA = "khong_thong_qua", "Ban Chấp hành biểu quyết, chưa đạt"
        GUI = "gui", "Gửi cấp ủy"
        CAP_UY_BO_SUNG = "cap_uy_bo_sung", "Cấp ủy đề nghị bổ sung"
        KET_NAP = "ket_nap", "Cấp ủy kết nạp"
        CHINH_THUC = "chinh_thuc", "Công nhận đảng viên chính thức"
        KHONG_KET_NAP = "khong_ket_nap", "Cấp ủy chưa kết nạp"
        CONG_VAN = "cong_van", "Gửi công văn hỏi kết quả"
        TRA_LOI = "tra_loi", "Cấp ủy trả lời công văn"
        CHO_TIEP = "cho_tiep", "Chờ cấp ủy xem xét tiếp"
        GUI_LAI = "gui_lai", "Gửi lại cấp ủy"
        BOI_DUONG = "boi_duong", "Tiếp tục bồi dưỡng"
        DONG = "dong", "Đóng hồ sơ"
        CHUYEN = "chuyen", "Chuyển hồ sơ theo đoàn viên"

    Y_KIEN_CAP_UY = (Loai.CAP_UY_BO_SUNG, Loai.KET_NAP, Loai.KHONG_KET_NAP)

    ho_so = models.ForeignKey(HoSo, on_delete=models.PROTECT, related_name="buoc")
    thu_tu = models.PositiveSmallIntegerField("thứ tự")
    loai = models.CharField("bước", max_length=16, choices=Loai)
    den_trang_thai = models.CharField(max_length=14, choices=TrangThaiHoSo)
    ngay = models.DateField("ngày")
    ngay_van_ban = models.DateField("ngày văn bản", null=True, blank=True)
    luc = models.DateTimeField("ghi lúc", auto_now_add=True)
    boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    nhap_thay = models.BooleanField("cấp trên nhập thay", default=False)
    so_van_ban = models.CharField("số văn bản", max_length=60, blank=True)
    phien_ban_mau = models.CharField("mẫu theo", max_length=40, blank=True)
    co_quyen = models.PositiveSmallIntegerField("tổng số", null=True, blank=True)
    co_mat = models.PositiveSmallIntegerField("có mặt", null=True, blank=True)
    tan_thanh = models.PositiveSmallIntegerField("tán thành", null=True, blank=True)
    khong_tan_thanh = models.PositiveSmallIntegerField("không tán thành", null=True, blank=True)
    khong_hop_le = models.PositiveSmallIntegerField("phiếu không hợp lệ", null=True, blank=True)
    ly_do = models.TextField("lý do", blank=True)
    y_kien = models.TextField("ý kiến", blank=True)
    tai_version = models.PositiveIntegerField(editable=False, default=0)
    bien_ban = models.ForeignKey(
        "tuduong.BienBanHop",
        verbose_name="biên bản",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="buoc",
    )

    objects = BuocHoSoQuerySet.as_manager()

    class Meta:
        verbose_name = "bước hồ sơ"
        verbose_name_plural = "bước hồ sơ"
        ordering = ["ho_so", "thu_tu"]
        constraints = [
            models.UniqueConstraint(fields=["ho_so", "thu_tu"], name="tuduong_mot_buoc_mot_lan"),
            models.CheckConstraint(
                condition=Q(co_quyen__isnull=True)
                | Q(
                    co_mat__lte=F("co_quyen"),
                    co_mat=F("tan_thanh") + F("khong_tan_thanh") + F("khong_hop_le"),
                ),
                name="tuduong_phieu_khong_qua_so_nguoi",
                violation_error_message="Số phiếu không được lớn hơn số người có quyền.",
            ),
        ]

    def __str__(self):
        return f"{self.get_loai_display()}, {self.ngay:%d/%m/%Y}"

    @property
    def don_vi(self):
        return self.ho_so.don_vi

    @property
    def vang_mat(self) -> int:
        return (self.co_quyen or 0) - (self.co_mat or 0)
