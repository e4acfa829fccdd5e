"""What the papers of referral say beyond the steps of a case: minutes, remarks, ceremonies."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .ho_so import HoSo, TrangThaiHoSo

_NGUOI = {"on_delete": models.PROTECT, "null": True, "blank": True, "related_name": "+"}


class CoVanBan(models.Model):
    """A row that is printed as a paper of its own, `van_ban`."""

    van_ban = models.ForeignKey("tochuc.VanBan", **_NGUOI)

    class Meta:
        abstract = True

    @property
    def is_khoa(self) -> bool:
        """Whether its paper stands: nothing changes unless that is declared void."""
        return self.van_ban is not None and self.van_ban.huy_luc is None


class DuocSoan(models.Model):
    """A row that is typed on a page of its own: who saved it last, and as which version."""

    version = models.PositiveIntegerField(default=1, editable=False)
    luu_luc = models.DateTimeField("lưu lúc", auto_now=True)
    luu_boi = models.ForeignKey(settings.AUTH_USER_MODEL, **_NGUOI)

    class Meta:
        abstract = True


class BienBanHopQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_HO_SO

    def chua_ban_hanh(self):
        return self.filter(van_ban__isnull=True)


class BienBanHop(DuocSoan, CoVanBan):
    """Biên bản họp xét giới thiệu (minutes of a vote): what one meeting day of a unit needs
    on paper beside the tallies, which are those of the steps.

    One meeting may vote on several cases; nobody's vote is named. Nothing changes once issued.
    """

    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="đơn vị", on_delete=models.PROTECT, related_name="bien_ban_hop"
    )
    ngay = models.DateField("ngày họp")
    bat_dau = models.TimeField("bắt đầu lúc", null=True, blank=True)
    ket_thuc = models.TimeField("kết thúc lúc", null=True, blank=True)
    dia_diem = models.CharField("địa điểm", max_length=160, blank=True)
    chu_tri = models.CharField("chủ trì", max_length=160, blank=True)
    thu_ky = models.CharField("thư ký", max_length=160, blank=True)
    to_kiem_phieu = models.TextField("tổ kiểm phiếu", blank=True)
    dai_bieu = models.CharField("đại biểu", max_length=300, blank=True)
    trinh_bay = models.CharField("người trình bày hồ sơ", max_length=160, blank=True)
    thao_luan = models.TextField("ý kiến thảo luận", blank=True)
    ket_luan = models.TextField("kết luận", blank=True)
    phieu_phat = models.PositiveSmallIntegerField("số phiếu phát ra", null=True, blank=True)
    thong_qua = models.PositiveSmallIntegerField(
        "số đồng chí thông qua biên bản", null=True, blank=True
    )

    objects = BienBanHopQuerySet.as_manager()

    class Meta:
        verbose_name = "biên bản họp xét giới thiệu"
        verbose_name_plural = "biên bản họp xét giới thiệu"
        ordering = ["-ngay", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["don_vi", "ngay"],
                condition=Q(van_ban__isnull=True),
                name="tuduong_mot_bien_ban_dang_soan",
            ),
            models.CheckConstraint(
                condition=Q(ket_thuc__isnull=True) | Q(ket_thuc__gt=F("bat_dau")),
                name="tuduong_bien_ban_ket_thuc_sau_bat_dau",
                violation_error_message="Giờ kết thúc phải sau giờ bắt đầu.",
            ),
        ]

    def __str__(self):
        return f"Biên bản họp {self.don_vi} ngày {self.ngay:%d/%m/%Y}"


class CuaHoSoQuerySet(ScopedQuerySet):
    don_vi_path = "ho_so__chi_doan"
    quyen_xem = Quyen.XEM_HO_SO


class CuaHoSo(DuocSoan):
    """What is typed about a case; the subclass says which by its own `ho_so`."""

    objects = CuaHoSoQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def don_vi(self):
        return self.ho_so.don_vi


class TuNhanXet(CuaHoSo):
    """Bản tự nhận xét (self-review) of the member of a case, typed for him as he wrote it."""

    ho_so = models.OneToOneField(HoSo, on_delete=models.CASCADE, related_name="tu_nhan_xet")
    ngay = models.DateField("ngày viết", null=True, blank=True)
    pham_chat = models.TextField("phẩm chất chính trị, đạo đức, lối sống", blank=True)
    nhiem_vu = models.TextField("thực hiện nhiệm vụ của đoàn viên", blank=True)
    hoc_tap = models.TextField("học tập, công tác", blank=True)
    quan_he = models.TextField("quan hệ quần chúng", blank=True)
    han_che = models.TextField("hạn chế, khuyết điểm", blank=True)
    phuong_huong = models.TextField("phương hướng phấn đấu", blank=True)

    class Meta:
        verbose_name = "bản tự nhận xét"
        verbose_name_plural = "bản tự nhận xét"

    def __str__(self):
        return f"Bản tự nhận xét, hồ sơ {self.ho_so}"


class NhanXetDuBi(CuaHoSo, CoVanBan):
    """Ý kiến nhận xét đảng viên dự bị (remark on a probationary Party member) by the committee.

    Nothing changes once issued.
    """

    ho_so = models.OneToOneField(HoSo, on_delete=models.CASCADE, related_name="nhan_xet_du_bi")
    ngay = models.DateField("ngày nhận xét")
    pham_chat = models.TextField("phẩm chất chính trị", blank=True)
    dao_duc = models.TextField("đạo đức, lối sống", blank=True)
    nang_luc = models.TextField("năng lực công tác", blank=True)
    quan_he = models.TextField("quan hệ quần chúng", blank=True)
    khuyet_diem = models.TextField("hạn chế, khuyết điểm", blank=True)

    class Meta:
        verbose_name = "nhận xét đảng viên dự bị"
        verbose_name_plural = "nhận xét đảng viên dự bị"

    def __str__(self):
        return f"Nhận xét đảng viên dự bị, hồ sơ {self.ho_so}"


class LeTraoQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.XEM_HO_SO

    def with_so_ho_so(self):
        """Annotate `so_ho_so`: how many cases are on its list."""
        return self.annotate(so_ho_so=models.Count("dong")).order_by("-ngay", "-pk")


class LeTrao(CoVanBan):
    """Lễ trao danh sách (ceremony): the ward hands the list of its best members to the cấp ủy,
    as on 3/2 or 26/3.

    Its list is picked from cases with a resolution; when they are recorded as sent, it is closed.
    """

    don_vi = models.ForeignKey(
        "tochuc.DonVi", verbose_name="Đoàn cơ sở", on_delete=models.PROTECT, related_name="le_trao"
    )
    ten = models.CharField("tên buổi lễ", max_length=160)
    ngay = models.DateField("ngày trao")
    dia_diem = models.CharField("địa điểm", max_length=160, blank=True)
    gui_luc = models.DateTimeField("ghi đã gửi lúc", null=True, blank=True)
    gui_boi = models.ForeignKey(settings.AUTH_USER_MODEL, **_NGUOI)
    version = models.PositiveIntegerField(default=1, editable=False)
    lap_luc = models.DateTimeField("lập lúc", auto_now_add=True)
    lap_boi = models.ForeignKey(settings.AUTH_USER_MODEL, **_NGUOI)

    objects = LeTraoQuerySet.as_manager()

    class Meta:
        verbose_name = "lễ trao danh sách"
        verbose_name_plural = "lễ trao danh sách"
        ordering = ["-ngay", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(gui_luc__isnull=True, gui_boi__isnull=True)
                | Q(gui_luc__isnull=False, gui_boi__isnull=False),
                name="tuduong_le_trao_gui_luc_di_voi_gui_boi",
            )
        ]

    def __str__(self):
        return self.ten

    def get_absolute_url(self):
        return reverse("tuduong:le_trao_detail", args=[self.pk])

    @property
    def is_da_gui(self) -> bool:
        return self.gui_luc is not None

    @property
    def tinh_trang(self) -> str:
        return "Đã trao" if self.is_da_gui else "Chưa trao"


class DongLeTraoQuerySet(CuaHoSoQuerySet):
    def chua_gui(self):
        """Cases on the list that still wait to be sent."""
        return self.filter(ho_so__trang_thai=TrangThaiHoSo.CHO_GUI)


class DongLeTrao(models.Model):
    """Dòng của danh sách trao (line of a ceremony's list): one case."""

    le_trao = models.ForeignKey(LeTrao, on_delete=models.CASCADE, related_name="dong")
    ho_so = models.ForeignKey(HoSo, on_delete=models.CASCADE, related_name="le_trao")

    objects = DongLeTraoQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng của danh sách trao"
        verbose_name_plural = "dòng của danh sách trao"
        ordering = ["ho_so__doan_vien__khoa_sap_xep", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["le_trao", "ho_so"], name="tuduong_mot_dong_mot_ho_so")
        ]

    def __str__(self):
        return f"{self.ho_so}, {self.le_trao}"

    @property
    def don_vi(self):
        return self.ho_so.don_vi
