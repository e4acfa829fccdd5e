"""Searching by a citizen id or a whole phone number without leaving it in any address.

What was typed is sent in a form; the address of the list then carries a sealed token that
only the same person's account can open.
"""

import re
from dataclasses import dataclass

from cryptography.fernet import InvalidToken

from core.text import clean
from tochuc.ma_hoa import decrypt, encrypt, lookup_hash

CCCD, DIEN_THOAI = "c", "d"


@dataclass(frozen=True)
class SoTim:
    """What is looked for: the keyed hash of a citizen id, or a phone; `duoi` is shown."""

    kieu: str
    gia_tri: str
    duoi: str

    def __str__(self) -> str:
        return f"số kết thúc bằng {self.duoi}"


def read_so(text: str) -> SoTim | None:
    """The number that a search box holds, when it is one nobody else should read."""
    number = re.sub(r"[\s.\-]", "", clean(text))
    if re.fullmatch(r"[0-9]{12}|[0-9]{9}", number):
        return SoTim(CCCD, lookup_hash(number), number[-4:])
    if re.fullmatch(r"0[0-9]{9}", number):
        return SoTim(DIEN_THOAI, number, number[-3:])
    return None


def seal(so: SoTim, user) -> str:
    return encrypt(f"{user.pk}:{so.kieu}:{so.gia_tri}:{so.duoi}")


def open_sealed(token: str, user) -> SoTim | None:
    """What the token of this account says; None for a broken one or somebody else's."""
    try:
        owner, kieu, gia_tri, duoi = decrypt(token).split(":")
    except (InvalidToken, ValueError):
        return None
    return SoTim(kieu, gia_tri, duoi) if owner == str(user.pk) else None
