"""Đoàn viên: the person, with every column of the national list (domain.md 2.9)."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, ExtractYear
from django.urls import reverse
from django.utils.functional import cached_property

from core.periods import KyBaoCao
from core.text import fold
from doanvien.danh_muc import LA_BI_THU
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.scoping import ScopedQuerySet

from .chuyen import ChuyenSinhHoat
from .con_nguoi import ConNguoi
from .hoan import HoanSinhHoat
from .nguon import NguonCanBo
from .qua_trinh import QuaTrinh
from .truong_thanh import co_de_nghi, co_du_thao, con_cho_xet

_DANH_SACH = (
    "ho_ten",
    "khoa_sap_xep",
    "ngay_sinh",
    "gioi_tinh",
    "chuc_vu",
    "nghe_nghiep",
    "ngay_vao_doan",
    "trang_thai",
    "di_xa_tu",
    "di_xa_den",
)


def dang_hoan(day):
    """Whether a member is let off the branch's meetings on `day`; a member all the same."""
    return Exists(HoanSinhHoat.objects.tai_ngay(day).filter(doan_vien=OuterRef("pk")))


class DoanVienQuerySet(ScopedQuerySet):
    don_vi_path = "chi_doan"
    quyen_xem = Quyen.XEM_DOAN_VIEN

    def la_bi_thu(self):
        """Whom the column "chức vụ trong chi đoàn" calls the secretary."""
        return self.filter(chuc_vu__in=LA_BI_THU)

    def dang_sinh_hoat(self):
        return self.filter(trang_thai=DoanVien.TrangThai.DANG_SINH_HOAT)

    def de_chon(self, chon: list[int], chi_doan=None):
        """Members, of one branch when it is given; first those asked for, members or not."""
        members = Q(trang_thai=DoanVien.TrangThai.DANG_SINH_HOAT)
        if chi_doan:
            members &= Q(chi_doan=chi_doan)
        first = Case(When(pk__in=chon, then=0), default=1)
        return self.filter(members | Q(pk__in=chon)).order_by(first, *DoanVien._meta.ordering)

    def moi_tinh_trang(self):
        """Also those who have moved away, grown out, died: the register forgets nobody."""
        return self.filter()

    def co_trang_thai(self, trang_thai):
        return self.filter(trang_thai=trang_thai)

    def co_chi_doan(self):
        """With the branch read along."""
        return self.select_related("chi_doan")

    def for_list(self, *more: str):
        """Only what a row of the list shows: a record has some seventy columns."""
        return self.co_chi_doan().only(*_DANH_SACH, *more, "chi_doan__ten", "chi_doan__loai")

    def tai_ngay(self, day):
        """Members who officially belonged to some branch on `day`: each counted once."""
        periods = QuaTrinh.objects.chinh_thuc().tai_ngay(day)
        return self.filter(Exists(periods.filter(doan_vien=OuterRef("pk"))))

    def ket_nap_trong(self, ky: KyBaoCao):
        """Members whose first official period began in `ky` because they were admitted."""
        admissions = QuaTrinh.objects.ket_nap_trong(ky)
        return self.filter(Exists(admissions.filter(doan_vien=OuterRef("pk"))))

    def cung_nguoi(self, *, ho_ten: str, ngay_sinh):
        """Records that may be of this very person, whatever has become of him."""
        return self.filter(khoa_tim=fold(ho_ten), ngay_sinh=ngay_sinh).order_by("pk")

    def chua_chuyen(self, chi_doan):
        """Members of the branch for whom no transfer is open."""
        moving = ChuyenSinhHoat.objects.dang_mo()
        return (
            self.dang_sinh_hoat()
            .filter(~Exists(moving.filter(doan_vien=OuterRef("pk"))), chi_doan=chi_doan)
            .order_by("khoa_sap_xep", "pk")
        )

    def di_lam_xa(self, day):
        """Recorded as working or studying away on `day`."""
        return self.filter(di_xa_tu__lte=day).filter(
            Q(di_xa_den__isnull=True) | Q(di_xa_den__gte=day)
        )

    def khong_di_xa(self, day):
        """Without those recorded as away on `day`."""
        return self.exclude(pk__in=DoanVien.objects.di_lam_xa(day).order_by().values("pk"))

    def co_nguon(self, ma: str = ""):
        """Members of that source of cadres, or of any."""
        rows = NguonCanBo.objects.filter(doan_vien=OuterRef("pk"))
        return self.filter(Exists(rows.filter(ma=ma) if ma else rows))

    def with_xet(self, day):
        """Annotate `duoc_o_lai` and `dang_hoan_sh`: what changes the state shown on `day`."""
        return self.annotate(duoc_o_lai=con_cho_xet(day), dang_hoan_sh=dang_hoan(day))

    def sinh_den(self, born):
        """Born on that day or earlier."""
        return self.filter(ngay_sinh__lte=born)

    def khong_duoc_o_lai(self, day):
        """Without those whom a decision lets stay beyond the age on `day`."""
        return self.filter(~con_cho_xet(day))

    def can_xet_truong_thanh(self, born, day):
        """Members born by `born` about whom no decision lets them stay on `day`."""
        return self.dang_sinh_hoat().sinh_den(born).khong_duoc_o_lai(day)

    def chua_de_nghi_truong_thanh(self):
        """Members about whom no growing-out case is open: their branch has said nothing yet."""
        return self.filter(~co_de_nghi())

    def chua_vao_dot_truong_thanh(self):
        """Members whom no draft decision about growing out names."""
        return self.filter(~co_du_thao())

    def in_name_order(self, user, quyen):
        """The same rows as `permitted_to`, asked so that a database walks the names in order.

        For long lists: the first page needs no sorting of a whole province. The condition on
        the key is always true; it tells SQLite which index to take.
        """
        units = DonVi.objects.permitted_to(user, quyen).order_by()
        return self.filter(Exists(units.filter(pk=OuterRef("chi_doan"))), khoa_sap_xep__gt="")

    def thuoc_tai_ngay(self, user, quyen, day):
        """Members who on `day` officially belonged to a unit where `user` holds the right.

        Annotates `chi_doan_khi_do` and its name, and whether the person `xem_duoc` today:
        somebody who has moved away since is counted, but no longer opened.
        """
        periods = QuaTrinh.objects.permitted_to(user, quyen).chinh_thuc().tai_ngay(day)
        own = periods.filter(doan_vien=OuterRef("pk"))
        units = DonVi.objects.permitted_to(user, quyen).order_by()
        return self.filter(pk__in=periods.order_by().values("doan_vien")).annotate(
            chi_doan_khi_do=Subquery(own.values("chi_doan")[:1]),
            ten_chi_doan_khi_do=Subquery(own.values("chi_doan__ten")[:1]),
            xem_duoc=Exists(units.filter(pk=OuterRef("chi_doan"))),
        )

    def cua_don_vi(self, units):
        """Members of these branches, on the day of `thuoc_tai_ngay` when that was asked for."""
        then = "chi_doan_khi_do" in self.query.annotations
        return self.filter(**{"chi_doan_khi_do__in" if then else "chi_doan__in": units})

    def ten_va_nam(self, ho_ten: str, nam: str | None = None):
        """Members of that name, in any writing; born in that year when one is given."""
        rows = self.filter(khoa_tim=fold(ho_ten))
        return rows.filter(ngay_sinh__year=int(nam)) if nam else rows

    def trung_ten_nam(self):
        """Those of these rows who share the folded name and the year of birth with another."""
        keys = (
            self.order_by()
            .values("khoa_tim", nam_sinh=ExtractYear("ngay_sinh"))
            .annotate(so=Count("pk"))
            .filter(so__gt=1)
        )
        return (
            self.filter(khoa_tim__in=keys.values("khoa_tim"))
            .select_related("chi_doan")
            .order_by("khoa_sap_xep", "pk")
        )

    def for_detail(self):
        """With all that a member's page reads along."""
        introduced = (
            DoanVien.objects.filter(nguoi_gioi_thieu=OuterRef("pk"))
            .order_by()
            .values("nguoi_gioi_thieu")
            .annotate(so=Count("pk"))
            .values("so")
        )
        return self.select_related("chi_doan", "nguoi_gioi_thieu").annotate(
            so_gioi_thieu=Coalesce(Subquery(introduced), 0)
        )

    def search(self, text: str):
        """Find by folded name, by card number, or by the end of a phone (three digits or more)."""
        key = fold(text)
        if key.isdigit():
            card = Q(so_the=key)
            return self.filter(card | Q(dien_thoai__endswith=key) if len(key) >= 3 else card)
        found = Q(khoa_tim__contains=key)
        if any(sign.isdigit() for sign in key):
            found |= Q(so_the__iexact=text.strip())
        return self.filter(found)

    def co_so(self, kieu: str, gia_tri: str):
        """Whose citizen id has that hash ("c"), or whose phone is that one ("d")."""
        return self.filter(**{"cccd_bam" if kieu == "c" else "dien_thoai": gia_tri})


class DoanVien(ConNguoi):
    """Đoàn viên (member of the Youth Union)."""

    class GioiTinh(models.TextChoices):
        NAM = "nam", "Nam"
        NU = "nu", "Nữ"
        CHUA_RO = "chua_ro", "Chưa rõ"

    class SoDoan(models.TextChoices):
        CO = "co", "Có sổ"
        KHONG = "khong", "Chưa có sổ"

    class TrangThai(models.TextChoices):
        DANG_SINH_HOAT = "dang_sinh_hoat", "Đang sinh hoạt"
        CHUYEN_DI = "chuyen_di", "Đã chuyển đi"
        TRUONG_THANH = "truong_thanh", "Đã trưởng thành Đoàn"
        XOA_TEN = "xoa_ten", "Đã xóa tên"
        KHAI_TRU = "khai_tru", "Đã khai trừ"
        TU_TRAN = "tu_tran", "Từ trần"
        NOI_KHAC = "noi_khac", "Sinh hoạt chính thức nơi khác"

    chi_doan = models.ForeignKey(
        "tochuc.DonVi",
        verbose_name="chi đoàn",
        on_delete=models.PROTECT,
        related_name="doan_vien",
        help_text="Chi đoàn chính thức hiện nay hoặc cuối cùng; do quá trình sinh hoạt quyết định.",
    )
    trang_thai = models.CharField(
        "trạng thái", max_length=16, choices=TrangThai, default=TrangThai.DANG_SINH_HOAT
    )
    don_vi_goc = models.CharField(
        "đơn vị sinh hoạt chính thức",
        max_length=200,
        blank=True,
        help_text="Chi đoàn cơ quan, trường học, doanh nghiệp ngoài hệ thống.",
    )
    ho_ten = models.CharField("họ và tên", max_length=120)
    khoa_sap_xep = models.CharField(max_length=255, editable=False, db_index=True)
    khoa_tim = models.CharField(max_length=120, editable=False, db_index=True)
    ma_dinh_danh = models.CharField("mã định danh đoàn viên", max_length=30, blank=True)
    gioi_tinh = models.CharField(
        "giới tính", max_length=8, choices=GioiTinh, default=GioiTinh.CHUA_RO
    )
    ngay_sinh = models.DateField("ngày sinh")
    dan_toc = models.CharField("dân tộc", max_length=30)
    ton_giao = models.CharField("tôn giáo", max_length=60, default="Không")
    que_quan = models.CharField("quê quán", max_length=200, blank=True)
    thuong_tru = models.CharField("địa chỉ thường trú", max_length=200, blank=True)
    noi_o = models.CharField("chỗ ở hiện nay", max_length=200, blank=True)
    cccd_ma_hoa = models.TextField(editable=False, blank=True)
    cccd_bam = models.CharField(max_length=64, editable=False, blank=True)
    cccd_cuoi = models.CharField("4 số cuối CCCD", max_length=4, editable=False, blank=True)
    cccd_ngay_cap = models.DateField("ngày cấp", null=True, blank=True)
    cccd_noi_cap = models.CharField("nơi cấp", max_length=120, blank=True)
    van_hoa = models.CharField("trình độ văn hóa", max_length=60, blank=True)
    chuyen_mon = models.CharField("trình độ chuyên môn", max_length=60, blank=True)
    ly_luan = models.CharField("trình độ lý luận chính trị", max_length=30, blank=True)
    tin_hoc = models.CharField("tin học", max_length=60, blank=True)
    ngoai_ngu = models.CharField("ngoại ngữ", max_length=30, blank=True)
    ngay_vao_doan = models.DateField("ngày vào Đoàn")
    noi_vao_doan = models.CharField("nơi vào Đoàn", max_length=200, blank=True)
    so_nghi_quyet = models.CharField("số nghị quyết chuẩn y", max_length=40, blank=True)
    so_doan = models.CharField("sổ đoàn viên", max_length=6, choices=SoDoan, blank=True)
    so_doan_noi_giu = models.CharField("nơi giữ sổ đoàn viên", max_length=120, blank=True)
    so_the = models.CharField("số thẻ đoàn", max_length=30, blank=True)
    the_ngay_cap = models.DateField("ngày cấp thẻ đoàn", null=True, blank=True)
    the_noi_cap = models.CharField("nơi cấp thẻ đoàn", max_length=120, blank=True)
    nguoi_gioi_thieu = models.ForeignKey(
        "self",
        verbose_name="người giới thiệu vào Đoàn",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="da_gioi_thieu",
    )
    ngay_cam_tinh = models.DateField("ngày được xét cảm tình Đảng", null=True, blank=True)
    noi_cam_tinh = models.CharField("nơi được xét cảm tình Đảng", max_length=200, blank=True)
    ngay_vao_dang = models.DateField("ngày vào Đảng", null=True, blank=True)
    ngay_dang_chinh_thuc = models.DateField("ngày vào Đảng chính thức", null=True, blank=True)
    chuc_vu_dang = models.CharField("chức vụ trong Đảng", max_length=60, blank=True)
    nghe_nghiep = models.CharField("nghề nghiệp hiện nay", max_length=60, blank=True)
    doi_tuong = models.CharField("đối tượng đoàn viên", max_length=60, blank=True)
    noi_cong_tac = models.CharField("nơi công tác, học tập", max_length=200, blank=True)
    khen_thuong = models.CharField("khen thưởng", max_length=300, blank=True)
    ky_luat = models.CharField("kỷ luật", max_length=300, blank=True)
    chuc_vu = models.CharField("chức vụ trong chi đoàn", max_length=60, default="Đoàn viên")
    hoi = models.CharField("Hội", max_length=60, blank=True)
    danh_du = models.BooleanField("đoàn viên danh dự", default=False)
    huong_luong = models.BooleanField("có hưởng lương", default=False)
    huong_luong_tu = models.DateField("mức đoàn phí từ tháng", null=True, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    dien_thoai = models.CharField(
        "điện thoại",
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^0\d{9}$", "Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.")],
    )
    lien_he_gia_dinh = models.CharField("liên hệ gia đình", max_length=200, blank=True)
    the_manh = models.CharField("thế mạnh", max_length=200, blank=True)
    nguon_can_bo = models.CharField("nguồn cán bộ khác", max_length=60, blank=True)
    di_xa_tu = models.DateField("đi làm xa từ ngày", null=True, blank=True)
    di_xa_den = models.DateField("dự kiến về ngày", null=True, blank=True)
    di_xa_noi = models.CharField("nơi đi làm xa", max_length=120, blank=True)
    di_xa_dien_thoai = models.CharField("điện thoại khi đi xa", max_length=20, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    tao_luc = models.DateTimeField(auto_now_add=True)
    sua_luc = models.DateTimeField(auto_now=True)

    ten_khoa = "doan_vien"
    objects = DoanVienQuerySet.as_manager()

    class Meta:
        verbose_name = "đoàn viên"
        verbose_name_plural = "đoàn viên"
        ordering = ["khoa_sap_xep", "ngay_sinh", "pk"]
        indexes = [
            models.Index(fields=["chi_doan", "trang_thai"]),
            models.Index(  # for branches without a term on record: see `la_bi_thu`
                fields=["chi_doan"],
                condition=Q(chuc_vu__in=LA_BI_THU),
                name="doanvien_la_bi_thu",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ngay_vao_doan__gt=F("ngay_sinh")),
                name="doanvien_vao_doan_sau_ngay_sinh",
                violation_error_message="Ngày vào Đoàn phải sau ngày sinh.",
            ),
            models.UniqueConstraint(
                fields=["cccd_bam"],
                condition=~Q(cccd_bam=""),
                name="doanvien_mot_nguoi_mot_cccd",
                violation_error_message="Số CCCD này đã có trong sổ.",
            ),
        ]

    def get_absolute_url(self):
        return reverse("doanvien:detail", args=[self.pk])

    def is_di_lam_xa(self, day) -> bool:
        """Whether recorded as away on `day`; the twin of the queryset's `di_lam_xa`."""
        return bool(
            self.di_xa_tu
            and self.di_xa_tu <= day
            and (self.di_xa_den is None or self.di_xa_den >= day)
        )

    @property
    def is_dang_sinh_hoat(self) -> bool:
        return self.trang_thai == self.TrangThai.DANG_SINH_HOAT

    @cached_property
    def da_giu_chuc_vu(self) -> bool:
        """Whether he holds or ever held an office; one query, remembered on the object."""
        return self.cac_chuc_vu.exists()

    @property
    def is_dang_vien(self) -> bool:
        return self.ngay_vao_dang is not None
