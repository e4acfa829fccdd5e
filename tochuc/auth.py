"""Signing in: by username or phone, slowed down after wrong tries."""

import hashlib
import unicodedata
from datetime import timedelta

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.db.models import Q
from django.utils import timezone

from core.text import clean

from .models import LanDangNhap, NguoiDung

SO_LAN_THU = 10
KHOANG = timedelta(minutes=15)


class DangNhapBackend(BaseBackend):
    """Finds the account by username or phone; takes the password in either Unicode form."""

    def authenticate(self, request, username=None, password=None):
        if not username or password is None:
            return None
        ten = canonical(username)
        user = NguoiDung.objects.filter(
            Q(username=ten) | (Q(dien_thoai=ten) & ~Q(dien_thoai="")), is_active=True
        ).first()
        if user is None:
            make_password(password)  # so that an unknown name takes as long as a known one
            return None
        forms = dict.fromkeys([password, unicodedata.normalize("NFC", password)])
        return user if any(user.check_password(form) for form in forms) else None

    def get_user(self, user_id):
        return NguoiDung.objects.filter(pk=user_id, is_active=True).first()


def canonical(username: str) -> str:
    """One spelling for all the ways of typing a name: width, case, spaces."""
    return clean(unicodedata.normalize("NFKC", username)).lower().replace(" ", "")


def so_lan_con_lai(username: str) -> int:
    """Tries left for this name within the last quarter of an hour."""
    da_thu = LanDangNhap.objects.filter(
        ten_bam=_bam(username), luc__gt=timezone.now() - KHOANG
    ).count()
    return max(0, SO_LAN_THU - da_thu)


def record_failure(username: str) -> None:
    LanDangNhap.objects.filter(luc__lt=timezone.now() - KHOANG).delete()
    LanDangNhap.objects.create(ten_bam=_bam(username), luc=timezone.now())


def forget_failures(username: str) -> None:
    LanDangNhap.objects.filter(ten_bam=_bam(username)).delete()


def _bam(username: str) -> str:
    return hashlib.sha256(canonical(username).encode()).hexdigest()
