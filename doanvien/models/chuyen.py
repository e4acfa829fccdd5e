"""Chuyển sinh hoạt: a transfer with its signatures, and what the residence says each year."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet, subtree


class TrangThaiChuyen(models.TextChoices):
    """Where a transfer stands; the last two are its ends."""

    CHO_PHUONG_DI = "cho_phuong_di", "Chờ Đoàn cơ sở đi ký"
    CHO_PHUONG_DEN = "cho_phuong_den", "Chờ Đoàn cơ sở đến tiếp nhận"
    CHO_CHI_DOAN_DEN = "cho_chi_doan_den", "Chờ chi đoàn đến xác nhận"
    CHO_NOI_KHAC = "cho_noi_khac", "Chờ nơi đến gửi lại xác nhận"
    TU_CHOI = "tu_choi", "Bị từ chối, trả lại chi đoàn đi"
    XONG = "xong", "Đã tiếp nhận"
    RUT = "rut", "Đã rút"


KET_THUC = (TrangThaiChuyen.XONG, TrangThaiChuyen.RUT)


class ChuyenSinhHoatQuerySet(ScopedQuerySet):
    """Transfers, seen from both ends: by the sender always, by the receiver once referred."""

    don_vi_path = "chi_doan_di"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def visible_to(self, user):
        return self.permitted_to(user, self.quyen_xem)

    def permitted_to(self, user, quyen):
        """Rows at one of whose ends `user` holds the right."""
        scope = Q(pk__in=())
        for path in user.paths_with(quyen):
            scope |= self._sent_by(path) | self._received_by(path)
        return self.filter(scope)

    @staticmethod
    def _sent_by(path: str) -> Q:
        return subtree("chi_doan_di__path", path)

    @staticmethod
    def _received_by(path: str) -> Q:
        ends = subtree("phuong_den__path", path) | subtree("chi_doan_den__path", path)
        return ends & Q(ngay_gioi_thieu__isnull=False)

    def chieu_di(self, user):
        """Those that leave a unit of `user`."""
        scope = Q(pk__in=())
        for path in user.paths_with(self.quyen_xem):
            scope |= self._sent_by(path)
        return self.filter(scope)

    def chieu_den(self, user):
        """Those that come to a unit of `user`."""
        scope = Q(pk__in=())
        for path in user.paths_with(self.quyen_xem):
            scope |= self._received_by(path)
        return self.filter(scope)

    def cho_ky(self, user):
        """Those whose next step is `user`'s to take."""
        scope, cho = Q(pk__in=()), TrangThaiChuyen
        for path in user.paths_with(Quyen.DUYET_DOAN_VIEN):
            at_sender = Q(trang_thai__in=[cho.CHO_PHUONG_DI, cho.CHO_NOI_KHAC])
            scope |= at_sender & subtree("phuong_di__path", path)
            scope |= Q(trang_thai=cho.CHO_PHUONG_DEN) & subtree("phuong_den__path", path)
        for path in user.paths_with(Quyen.SUA_DOAN_VIEN):
            scope |= Q(trang_thai=cho.CHO_CHI_DOAN_DEN) & subtree("chi_doan_den__path", path)
            scope |= Q(trang_thai=cho.TU_CHOI) & subtree("chi_doan_di__path", path)
        return self.filter(scope)

    def dang_mo(self):
        return self.exclude(trang_thai__in=KET_THUC)

    def da_xong(self):
        return self.filter(trang_thai__in=KET_THUC)

    def cho_lau(self, truoc_ngay):
        """Without a step since before `truoc_ngay`: somebody has to be reminded."""
        return self.dang_mo().filter(ngay_buoc__lte=truoc_ngay)

    def o_buoc(self, trang_thai):
        return self.filter(trang_thai=trang_thai)

    def cung_dot(self, dot):
        return self.filter(dot=dot) if dot else self.none()

    def for_page(self):
        """With everything that a page or a paper says of a transfer."""
        return self.select_related(
            "doan_vien__chi_doan", "chi_doan_di", "phuong_di", "phuong_den", "chi_doan_den"
        )

    def for_list(self):
        return self.select_related(
            "doan_vien", "chi_doan_di", "phuong_di", "phuong_den", "chi_doan_den"
        )

    def tim_ten(self, key: str):
        return self.filter(doan_vien__khoa_tim__contains=key)


class ChuyenSinhHoat(models.Model):
    """Chuyển sinh hoạt (transfer) of one member, through the signatures of both sides.

    The person is counted at the sender until the receiving branch confirms. `chi_doan_di` is
    empty for who came from outside the system, `phuong_den` for who leaves it; then the
    texts say where. `ngay_buoc` and `ngay_gioi_thieu` are copies of what the steps say.
    """

    TrangThai = TrangThaiChuyen

    class Loai(models.TextChoices):
        CHINH_THUC = "chinh_thuc", "Chuyển sinh hoạt chính thức"
        TAM_THOI = "tam_thoi", "Sinh hoạt tạm thời"
        NOI_CU_TRU = "noi_cu_tru", "Tham gia sinh hoạt nơi cư trú"

    doan_vien = models.ForeignKey(
        "doanvien.DoanVien", on_delete=models.PROTECT, related_name="chuyen_sinh_hoat"
    )
    loai = models.CharField("loại", max_length=12, choices=Loai, default=Loai.CHINH_THUC)
    trang_thai = models.CharField(
        "bước", max_length=16, choices=TrangThaiChuyen, default=TrangThaiChuyen.CHO_PHUONG_DI
    )
    chi_doan_di = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn đi",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="chuyen_di",
    )
    phuong_di = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="Đoàn cơ sở đi",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    phuong_den = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="Đoàn cơ sở đến",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    chi_doan_den = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn đến",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="chuyen_den",
    )
    noi_di = models.CharField("nơi đi ngoài hệ thống", max_length=200, blank=True)
    noi_den = models.CharField("Đoàn cơ sở đến, ngoài hệ thống", max_length=120, blank=True)
    ten_chi_doan_den = models.CharField("chi đoàn đến ghi trên giấy", max_length=120, blank=True)
    ngay = models.DateField("ngày đề nghị")
    den_ngay = models.DateField("đến hết ngày", null=True, blank=True)
    ly_do = models.CharField("lý do chuyển", max_length=200, blank=True)
    nhan_xet = models.TextField("nhận xét của chi đoàn", blank=True)
    dong_phi_den = models.DateField("đã đóng đoàn phí hết tháng", null=True, blank=True)
    ly_do_no = models.CharField("vì sao chưa đóng đủ đoàn phí", max_length=200, blank=True)
    so_giay = models.CharField("số giấy giới thiệu", max_length=40, blank=True)
    ngay_giay = models.DateField("ngày giấy giới thiệu", null=True, blank=True)
    ngay_gioi_thieu = models.DateField("ngày Đoàn cơ sở đi ký", null=True, blank=True)
    ngay_buoc = models.DateField(editable=False)
    dot = models.UUIDField("đợt", null=True, blank=True, db_index=True)
    qua_trinh = models.OneToOneField(
        "doanvien.QuaTrinh", on_delete=models.PROTECT, null=True, blank=True, related_name="chuyen"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    tao_luc = models.DateTimeField(auto_now_add=True)
    tao_boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ChuyenSinhHoatQuerySet.as_manager()

    class Meta:
        verbose_name = "chuyển sinh hoạt"
        verbose_name_plural = "chuyển sinh hoạt"
        ordering = ["-ngay_buoc", "-pk"]
        indexes = [
            models.Index(fields=["trang_thai", "ngay_buoc"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["doan_vien"],
                condition=~Q(trang_thai__in=["xong", "rut"]),
                name="doanvien_mot_lan_chuyen_dang_mo",
                violation_error_message="Đồng chí này đang có một lần chuyển chưa xong.",
            ),
            models.CheckConstraint(
                condition=Q(chi_doan_di__isnull=False, phuong_di__isnull=False)
                | Q(chi_doan_di__isnull=True, phuong_di__isnull=True) & ~Q(noi_di=""),
                name="doanvien_chuyen_co_noi_di",
                violation_error_message="Ghi nơi đi.",
            ),
            models.CheckConstraint(
                condition=Q(phuong_den__isnull=False) | ~Q(noi_den=""),
                name="doanvien_chuyen_co_noi_den",
                violation_error_message="Ghi nơi đến.",
            ),
            models.CheckConstraint(
                condition=~Q(trang_thai="cho_chi_doan_den") | Q(chi_doan_den__isnull=False),
                name="doanvien_chuyen_co_chi_doan_den",
            ),
            models.CheckConstraint(
                condition=~Q(loai="tam_thoi") | Q(den_ngay__isnull=False),
                name="doanvien_tam_thoi_co_han",
                violation_error_message="Sinh hoạt tạm thời phải có ngày hết hạn.",
            ),
        ]

    def __str__(self):
        return f"{self.get_loai_display()} từ {self.ngay:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("doanvien:chuyen_detail", args=[self.pk])

    @property
    def don_vi(self):
        """The unit whose auditors see what is done: the sender, else who took the person in."""
        return self.chi_doan_di or self.chi_doan_den

    @property
    def is_dang_mo(self) -> bool:
        return self.trang_thai not in KET_THUC

    @property
    def is_chinh_thuc_xong(self) -> bool:
        """Whether an official membership moved by it."""
        return self.loai == self.Loai.CHINH_THUC and self.trang_thai == TrangThaiChuyen.XONG

    @property
    def is_noi_bo(self) -> bool:
        """Inside one Đoàn cơ sở, which then refers to the branch itself."""
        return self.phuong_di_id is not None and self.phuong_di_id == self.phuong_den_id

    @property
    def is_ra_ngoai(self) -> bool:
        """To a unit that is not in the system."""
        return self.phuong_den_id is None

    @property
    def ten_noi_di(self) -> str:
        return f"{self.chi_doan_di}, {self.phuong_di}" if self.chi_doan_di_id else self.noi_di

    @property
    def ten_noi_den(self) -> str:
        """ "Chi đoàn Khu phố 2, Đoàn phường Hòa An", as far as it is known."""
        branch = str(self.chi_doan_den) if self.chi_doan_den_id else self.ten_chi_doan_den
        ward = str(self.phuong_den) if self.phuong_den_id else self.noi_den
        return ", ".join(part for part in (branch, ward) if part)


class BuocChuyenQuerySet(ScopedQuerySet):
    don_vi_path = "chuyen__chi_doan_di"
    quyen_xem = Quyen.XEM_DOAN_VIEN


class BuocChuyen(models.Model):
    """Bước chuyển (step of a transfer): who signed, refused or withdrew, when and why.

    `tai_version` is the state of the transfer the person saw, so a form sent twice is one step.
    """

    class Loai(models.TextChoices):
        DE_NGHI = "de_nghi", "Chi đoàn đi đề nghị"
        GUI_LAI = "gui_lai", "Chi đoàn đi gửi lại"
        PHUONG_DI = "phuong_di", "Đoàn cơ sở đi giới thiệu"
        PHUONG_DEN = "phuong_den", "Đoàn cơ sở đến giới thiệu về chi đoàn"
        XAC_NHAN = "xac_nhan", "Chi đoàn đến xác nhận"
        NOI_KHAC = "noi_khac", "Nơi đến gửi lại xác nhận"
        TU_NGOAI = "tu_ngoai", "Tiếp nhận từ nơi khác"
        TU_CHOI = "tu_choi", "Từ chối"
        RUT = "rut", "Chi đoàn đi rút"

    chuyen = models.ForeignKey(ChuyenSinhHoat, on_delete=models.PROTECT, related_name="buoc")
    thu_tu = models.PositiveSmallIntegerField("thứ tự")
    loai = models.CharField("bước", max_length=12, choices=Loai)
    tu_trang_thai = models.CharField(max_length=16, choices=TrangThaiChuyen, blank=True)
    don_vi = models.ForeignKey(
        "tochuc.DonVi", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ngay = models.DateField("ngày")
    luc = models.DateTimeField("ghi lúc", auto_now_add=True)
    boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    nhap_thay = models.BooleanField("nhập thay", default=False)
    ly_do = models.CharField("lý do", max_length=300, blank=True)
    so_van_ban = models.CharField("số giấy", max_length=40, blank=True)
    tai_version = models.PositiveIntegerField(editable=False, default=0)

    objects = BuocChuyenQuerySet.as_manager()

    class Meta:
        verbose_name = "bước chuyển"
        verbose_name_plural = "bước chuyển"
        ordering = ["chuyen", "thu_tu"]
        constraints = [
            models.UniqueConstraint(fields=["chuyen", "thu_tu"], name="doanvien_mot_buoc_chuyen"),
            models.CheckConstraint(
                condition=~Q(loai__in=["tu_choi", "rut"]) | ~Q(ly_do=""),
                name="doanvien_tu_choi_co_ly_do",
                violation_error_message="Ghi lý do.",
            ),
        ]

    def __str__(self):
        return f"{self.get_loai_display()}, {self.ngay:%d/%m/%Y}"


class NhanXetCuTruQuerySet(ScopedQuerySet):
    don_vi_path = "qua_trinh__chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def cua(self, doan_vien, nam: int):
        """What the residence said of a person for a year: the rating asks for it."""
        return self.filter(qua_trinh__doan_vien=doan_vien, nam=nam)


class NhanXetCuTru(models.Model):
    """Nhận xét nơi cư trú (residence remark): how a participant took part in one year.

    Two criteria of the yearly rating stand on it (33-HD/TWĐTN-BTC 2019).
    """

    class Muc(models.TextChoices):
        TICH_CUC = "tich_cuc", "Tham gia tích cực"
        THAM_GIA = "tham_gia", "Có tham gia"
        KHONG = "khong", "Không tham gia"

    qua_trinh = models.ForeignKey(
        "doanvien.QuaTrinh", on_delete=models.PROTECT, related_name="nhan_xet_cu_tru"
    )
    nam = models.PositiveSmallIntegerField("năm")
    muc = models.CharField("mức tham gia", max_length=10, choices=Muc)
    nhan_xet = models.CharField("nhận xét", max_length=300, blank=True)
    ngay = models.DateField("ngày ghi")
    boi = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = NhanXetCuTruQuerySet.as_manager()

    class Meta:
        verbose_name = "nhận xét nơi cư trú"
        verbose_name_plural = "nhận xét nơi cư trú"
        ordering = ["-nam"]
        constraints = [
            models.UniqueConstraint(
                fields=["qua_trinh", "nam"], name="doanvien_mot_nhan_xet_cu_tru_mot_nam"
            )
        ]

    def __str__(self):
        return f"{self.nam}: {self.get_muc_display()}"

    @property
    def chi_doan(self):
        return self.qua_trinh.chi_doan
