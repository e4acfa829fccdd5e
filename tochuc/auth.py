"""Signing in: by username or phone, slowed down after wrong tries."""

import hashlib
import secrets
import unicodedata
from datetime import timedelta

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.utils import timezone

from core.errors import RuleError
from core.text import clean

from .audit import record
from .models import LanDangNhap, NguoiDung

SO_LAN_THU = 10
KHOANG = timedelta(minutes=15)
_QUA_NHIEU = "Đã thử quá nhiều lần. Đồng chí chờ 15 phút rồi làm lại."


class DangNhapBackend(BaseBackend):
    """Finds the account by username or phone; takes the password in either Unicode form."""

    def authenticate(self, request, username=None, password=None):
        user = find_account(username or "")
        return user if password_matches(user, password) and user.is_active else None

    def get_user(self, user_id):
        return NguoiDung.objects.filter(pk=user_id, is_active=True).first()


def sign_in(*, username: str, password: str, thiet_bi: str = "") -> NguoiDung:
    """The account that opens with this name and password.

    Refused after ten wrong tries at one account within a quarter of an hour, however its
    name is typed; a closed account is told so only to who knows its password. `thiet_bi` is
    the mark of a device, see `new_thiet_bi`: where the account has been opened before, tries
    are counted apart, so that nobody can lock its owner out from elsewhere.
    """
    user = find_account(username)
    ten = user.username if user else canonical(username)
    if user and thiet_bi.startswith(f"{user.pk}:"):
        ten = f"{ten} {thiet_bi}"
    begin_try(ten)
    if not password_matches(user, password):
        if user:
            record(by=None, hanh_dong="tai_khoan.login_failed", target=user)
        raise RuleError(
            "Chưa đúng số điện thoại, tên đăng nhập hoặc mật khẩu. "
            f"Đồng chí còn {_so_lan_con_lai(ten)} lần thử trong 15 phút."
        )
    _forget_tries(ten)
    if not user.is_active:
        raise RuleError(
            "Tài khoản này đã khóa. Đồng chí hỏi Bí thư Đoàn phường hoặc văn phòng cấp trên."
        )
    return user


def new_thiet_bi(user: NguoiDung) -> str:
    """The mark of a device on which this account has been opened; kept there, signed."""
    return f"{user.pk}:{secrets.token_urlsafe(16)}"


def prove_password(*, user: NguoiDung, password: str) -> None:
    """Ask a signed-in person for the own password again; wrong tries count as at signing in."""
    begin_try(user.username)
    if not password_matches(user, password):
        con_lai = _so_lan_con_lai(user.username)
        raise RuleError(f"Chưa đúng mật khẩu đang dùng. Đồng chí còn {con_lai} lần thử.")
    _forget_tries(user.username)


def find_account(username: str) -> NguoiDung | None:
    ten = canonical(username)
    return NguoiDung.objects.filter(
        Q(username=ten) | (Q(dien_thoai=ten) & ~Q(dien_thoai=""))
    ).first()


def password_matches(user: NguoiDung | None, password: str | None) -> bool:
    """Whether the password opens the account, as it was typed or composed."""
    if user is None or password is None:
        make_password(password)  # so that an unknown name takes as long as a known one
        return False
    forms = dict.fromkeys([password, unicodedata.normalize("NFC", password)])
    return any(user.check_password(form) for form in forms)


def canonical(username: str) -> str:
    """One spelling for all the ways of typing a name: width, case, spaces."""
    return clean(unicodedata.normalize("NFKC", username)).lower().replace(" ", "")


def begin_try(ten: str, so_lan: int = SO_LAN_THU) -> LanDangNhap:
    """Count a try before it is made, so that tries at the same moment are all counted.

    Refused after `so_lan` tries under this name within a quarter of an hour. The row that is
    given back may be deleted when the try turns out right.
    """
    since = timezone.now() - KHOANG
    LanDangNhap.objects.filter(luc__lt=since).delete()
    lan = LanDangNhap.objects.create(ten_bam=_bam(ten), luc=timezone.now())
    if LanDangNhap.objects.filter(ten_bam=lan.ten_bam, luc__gt=since).count() > so_lan:
        lan.delete()  # a refused try does not prolong the wait
        raise RuleError(_QUA_NHIEU)
    return lan


def _so_lan_con_lai(ten: str) -> int:
    """Tries left for this account within the last quarter of an hour."""
    da_thu = LanDangNhap.objects.filter(ten_bam=_bam(ten), luc__gt=timezone.now() - KHOANG).count()
    return max(0, SO_LAN_THU - da_thu)


def _forget_tries(ten: str) -> None:
    LanDangNhap.objects.filter(ten_bam=_bam(ten)).delete()


def _bam(ten: str) -> str:
    return hashlib.sha256(ten.encode()).hexdigest()
