"""Signed links: which meeting, and who is asked, in an address that nobody can make himself.

No personal data stands in it: two numbers and a seal of ten bytes, in small letters and digits
that survive every chat.
"""

from base64 import b32decode, b32encode
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

MUOI = "chidoan.moi.lien_ket"
DAI_DAU = 10
"""Bytes of the seal: 80 bits, which nobody guesses."""
DAI_NHAT = 64


@dataclass(frozen=True)
class LienKet:
    """What a link says; without a member it is the one for the whole group."""

    buoi: int
    doan_vien: int = 0


def sign(lien_ket: LienKet) -> str:
    return _seal(lien_ket, settings.SECRET_KEY)


def read(ma: str) -> LienKet | None:
    """What the link says, or nothing when it is not ours to the last letter."""
    lien_ket = _parse(ma)
    if lien_ket is None:
        return None
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    sealed = [constant_time_compare(_seal(lien_ket, key), ma) for key in keys]
    return lien_ket if any(sealed) else None


def _seal(lien_ket: LienKet, key: str) -> str:
    said = _number(lien_ket.buoi) + _number(lien_ket.doan_vien)
    seal = salted_hmac(MUOI, said, secret=key, algorithm="sha256").digest()[:DAI_DAU]
    return b32encode(said + seal).decode().rstrip("=").lower()


def _parse(ma: str) -> LienKet | None:
    if len(ma) > DAI_NHAT or not ma.isascii():
        return None
    try:
        raw = b32decode(ma.upper() + "=" * (-len(ma) % 8))
    except ValueError:
        return None
    numbers = _numbers(raw[:-DAI_DAU])
    return LienKet(*numbers) if len(numbers) == 2 and len(raw) > DAI_DAU else None


def _number(value: int) -> bytes:
    """Seven bits a byte, the high bit says that more follows."""
    parts = bytearray()
    while value > 0x7F:
        parts.append(0x80 | value & 0x7F)
        value >>= 7
    return bytes([*parts, value])


def _numbers(raw: bytes) -> list[int]:
    found, value, shift = [], 0, 0
    for byte in raw:
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            found.append(value)
            value, shift = 0, 0
    return found if all(number < 2**63 for number in found) else []
