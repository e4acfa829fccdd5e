"""Người dùng: accounts, and the roles that give them rights for a time."""

import unicodedata
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property

from core.periods import today
from core.text import clean_name, fold, name_sort_key
from core.text.display import ngay as show_day
from tochuc.permissions import QUYEN_THEO_VAI_TRO, Quyen, VaiTro
from tochuc.scoping import ScopedQuerySet, in_force

from .don_vi import DonVi


class NguoiDungQuerySet(ScopedQuerySet):
    """Accounts are seen by those who manage accounts of a unit they hold a role at."""

    don_vi_path = "phan_cong__don_vi"
    quyen_xem = Quyen.QUAN_LY_TAI_KHOAN

    def permitted_to(self, user, quyen):
        held = PhanCong.objects.permitted_to(user, quyen)
        return self.filter(Exists(held.filter(nguoi_dung=OuterRef("pk"))))

    def search(self, text: str):
        """Find by folded name, by username, or by the end of a phone number."""
        key = fold(text)
        return self.filter(
            Q(khoa_tim__contains=key) | Q(username__contains=key) | Q(dien_thoai__endswith=key)
        )


class NguoiDungManager(BaseUserManager.from_queryset(NguoiDungQuerySet)):
    def create_user(self, username, password=None, **fields):
        user = self.model(username=username.strip().lower(), **fields)
        user.set_ho_ten(user.ho_ten)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username):
        return self.get(username=username)


class NguoiDung(AbstractBaseUser):
    """Người dùng (account): a person who signs in with a username or a phone number."""

    username = models.CharField(
        "tên đăng nhập",
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9._-]+$", "Chỉ dùng chữ thường không dấu, số, dấu chấm, gạch.")
        ],
    )
    dien_thoai = models.CharField(
        "số điện thoại",
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^0\d{9}$", "Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.")],
    )
    ho_ten = models.CharField("họ và tên", max_length=120)
    khoa_sap_xep = models.CharField(max_length=255, editable=False, default="", db_index=True)
    khoa_tim = models.CharField(max_length=120, editable=False, default="")
    email = models.EmailField("thư điện tử", blank=True)
    is_active = models.BooleanField("đang dùng", default=True)
    tao_luc = models.DateTimeField("lập lúc", auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["ho_ten"]

    vai_tro_dang_dung: int | None = None
    """The assignment that the person has chosen to work with; set for one request."""

    objects = NguoiDungManager()

    class Meta:
        verbose_name = "tài khoản"
        verbose_name_plural = "tài khoản"
        ordering = ["khoa_sap_xep", "username"]
        constraints = [
            models.UniqueConstraint(
                fields=["dien_thoai"],
                condition=~Q(dien_thoai=""),
                name="tochuc_mot_tai_khoan_mot_dien_thoai",
                violation_error_message="Số điện thoại này đã có tài khoản.",
            )
        ]

    def __str__(self):
        return self.ho_ten or self.username

    def get_absolute_url(self):
        return reverse("tochuc:tai_khoan_detail", args=[self.pk])

    def set_ho_ten(self, ho_ten: str) -> None:
        """Set the name together with the keys it is sorted and found by."""
        self.ho_ten = clean_name(ho_ten)
        self.khoa_sap_xep = name_sort_key(self.ho_ten)[:255]
        self.khoa_tim = fold(self.ho_ten)

    def set_password(self, raw_password):
        """Keep the composed form, so that any keyboard's spelling of it opens the account."""
        if raw_password is not None:
            raw_password = unicodedata.normalize("NFC", raw_password)
        super().set_password(raw_password)

    @cached_property
    def phan_cong_hom_nay(self) -> list["PhanCong"]:
        """Roles in force today, the widest unit first; read once per request."""
        if not self.is_active:
            return []
        return list(
            self.phan_cong.tai_ngay(today()).select_related("don_vi").order_by("don_vi__path", "pk")
        )

    def has_quyen(self, quyen: Quyen) -> bool:
        return any(quyen in phan_cong.quyen for phan_cong in self.phan_cong_hom_nay)

    def may(self, quyen: Quyen, don_vi: DonVi) -> bool:
        """Whether the right is held on that very unit, from a role at it or above it."""
        return any(don_vi.path.startswith(path) for path in self.paths_with(quyen))

    def may_at(self, quyen: Quyen, don_vi: DonVi) -> bool:
        """Whether the right is held at that very unit: nobody acts for a unit below."""
        return any(
            role.don_vi_id == don_vi.pk and quyen in role.quyen for role in self.phan_cong_hom_nay
        )

    def paths_with(self, quyen: Quyen | None) -> list[str]:
        """Tree paths of the units where the right is held; subtrees included by prefix."""
        return [pc.don_vi.path for pc in self.phan_cong_hom_nay if quyen in pc.quyen]

    @property
    def phan_cong_chinh(self) -> "PhanCong | None":
        """The role whose menu and home page are shown: the chosen one, else the widest."""
        held = self.phan_cong_hom_nay
        chosen = (role for role in held if role.pk == self.vai_tro_dang_dung)
        return next(chosen, held[0] if held else None)

    @property
    def don_vi(self) -> DonVi | None:
        """The unit of that role; its auditors see what is done to the account."""
        return self.phan_cong_chinh.don_vi if self.phan_cong_chinh else None

    @property
    def vai_tro_vua_het(self) -> str:
        """Which role came to its end last, in a sentence for who has none any more. One query."""
        rows = self.phan_cong.filter(den_ngay__lt=today()).select_related("don_vi")
        last = rows.order_by("-den_ngay", "-pk").first()
        if last is None:
            return ""
        why = " vì đơn vị đã sắp xếp lại" if last.don_vi.ket_thuc == last.den_ngay else ""
        return f"Vai trò {last} kết thúc ngày {show_day(last.den_ngay)}{why}. "

    @property
    def initials(self) -> str:
        """Up to two letters for the round mark: of the family name and of the given name."""
        words = self.ho_ten.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    @property
    def is_staff(self) -> bool:
        """Operators alone enter Django's admin."""
        return self.has_quyen(Quyen.VAN_HANH)

    def has_perm(self, perm, obj=None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label) -> bool:
        return self.is_staff


class PhanCongQuerySet(ScopedQuerySet):
    quyen_xem = Quyen.QUAN_LY_TAI_KHOAN

    def tai_don_vi(self, don_vi: DonVi):
        return self.filter(don_vi=don_vi)

    def tai_ngay(self, day: date):
        return self.filter(in_force(day))


class PhanCong(models.Model):
    """Phân công (role assignment): who holds which role at which unit, from when to when.

    Rights come only from assignments in force today: a future one is shown as such, an
    ended one stops working that night and stays in the history.
    """

    nguoi_dung = models.ForeignKey(
        NguoiDung, verbose_name="tài khoản", on_delete=models.PROTECT, related_name="phan_cong"
    )
    don_vi = models.ForeignKey(
        DonVi, verbose_name="đơn vị", on_delete=models.PROTECT, related_name="phan_cong"
    )
    vai_tro = models.CharField("vai trò", max_length=24, choices=VaiTro)
    tu_ngay = models.DateField("từ ngày")
    den_ngay = models.DateField("đến hết ngày", null=True, blank=True)
    ly_do_ket_thuc = models.CharField("lý do kết thúc", max_length=200, blank=True)

    objects = PhanCongQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công"
        ordering = ["-tu_ngay", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(den_ngay__isnull=True) | Q(den_ngay__gte=F("tu_ngay")),
                name="tochuc_phan_cong_ket_thuc_sau_bat_dau",
                violation_error_message="Ngày kết thúc phải từ ngày bắt đầu trở đi.",
            ),
            models.UniqueConstraint(
                fields=["nguoi_dung", "don_vi", "vai_tro"],
                condition=Q(den_ngay__isnull=True),
                name="tochuc_mot_phan_cong_dang_mo",
                violation_error_message="Đồng chí này đang giữ vai trò đó tại đơn vị.",
            ),
        ]

    def __str__(self):
        return f"{self.get_vai_tro_display()}, {self.don_vi}"

    @property
    def is_ket_thuc(self) -> bool:
        return self.den_ngay is not None and self.den_ngay < today()

    @property
    def is_chua_bat_dau(self) -> bool:
        return self.tu_ngay > today()

    @property
    def quyen(self) -> frozenset[Quyen]:
        return QUYEN_THEO_VAI_TRO[self.vai_tro]


class LanDangNhap(models.Model):
    """Lần đăng nhập hỏng (failed sign-in): counted to slow down guessing, by account name."""

    ten_bam = models.CharField(max_length=64, db_index=True)
    luc = models.DateTimeField()

    class Meta:
        verbose_name = "lần đăng nhập hỏng"
        indexes = [models.Index(fields=["ten_bam", "luc"])]

    def __str__(self):
        return f"{self.luc:%d/%m/%Y %H:%M}"
