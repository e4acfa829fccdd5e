"""Mã hóa: citizen ids at rest. Encrypted for reading, hashed with a key for looking up."""

import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def encrypt(text: str) -> str:
    return _fernet().encrypt(text.encode()).decode() if text else ""


def decrypt(token: str) -> str:
    return _fernet().decrypt(token.encode()).decode() if token else ""


def encrypt_bytes(content: bytes) -> bytes:
    """A whole file, to be kept until it is read."""
    return _fernet().encrypt(content)


def decrypt_bytes(token: bytes) -> bytes:
    return _fernet().decrypt(token)


def lookup_hash(text: str) -> str:
    """The same for the same citizen id, useless without the key; empty for an empty text."""
    if not text:
        return ""
    return hmac.digest(settings.HASH_KEY.encode(), text.encode(), "sha256").hex()


def _fernet() -> MultiFernet:
    return _fernet_of(tuple(settings.FIELD_KEYS))


@lru_cache(maxsize=4)
def _fernet_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
