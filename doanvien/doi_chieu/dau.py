"""The mark of a row: whose row it is and what it said at download, sealed against changes.

A mark is encrypted and signed with the house's key. It names the person and keeps each cell's
value, so that a file compared much later still tells who changed what: the file or the register.
What it opens is decided by the rights of who brings it, never by the mark.
"""

import json
import zlib
from base64 import b85decode, b85encode
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken

from doanvien.models import DoanVien
from tochuc.ma_hoa import decrypt, encrypt

from .muc_sua import Muc, stored

VIEC = "doi_chieu"


@dataclass(frozen=True)
class Dau:
    """An opened mark."""

    pk: int
    version: int
    truoc: dict[str, Any]


def seal(doan_vien: DoanVien, columns: list[Muc]) -> str:
    kept = {muc.ten: stored(doan_vien, muc.ten) for muc in columns}
    content = {"viec": VIEC, "pk": doan_vien.pk, "version": doan_vien.version, "o": kept}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return encrypt(b85encode(zlib.compress(text.encode(), 9)).decode())  # a cell has its limit


def open_mark(text: str) -> Dau | None:
    """The mark as it was sealed; None for whatever this house has not sealed for this purpose."""
    try:
        content = json.loads(zlib.decompress(b85decode(decrypt(text))))
    except (InvalidToken, ValueError, zlib.error):
        return None
    if not isinstance(content, dict) or content.get("viec") != VIEC:
        return None
    return Dau(content["pk"], content["version"], content["o"])
