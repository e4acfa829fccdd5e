"""Địa chỉ: reads a typed address, with three levels or with the two since 1/7/2025.

What was typed is never rewritten: this only says which part of it is what, and where an old
province belongs now (Nghị quyết 202/2025/QH15).
"""

import re
from dataclasses import dataclass

from core.text import clean, fold

SAP_NHAP = {
    "Tuyên Quang": ("Hà Giang",),
    "Lào Cai": ("Yên Bái",),
    "Thái Nguyên": ("Bắc Kạn",),
    "Phú Thọ": ("Vĩnh Phúc", "Hòa Bình"),
    "Bắc Ninh": ("Bắc Giang",),
    "Hưng Yên": ("Thái Bình",),
    "Hải Phòng": ("Hải Dương",),
    "Ninh Bình": ("Hà Nam", "Nam Định"),
    "Quảng Trị": ("Quảng Bình",),
    "Đà Nẵng": ("Quảng Nam",),
    "Quảng Ngãi": ("Kon Tum",),
    "Gia Lai": ("Bình Định",),
    "Khánh Hòa": ("Ninh Thuận",),
    "Lâm Đồng": ("Đắk Nông", "Bình Thuận"),
    "Đắk Lắk": ("Phú Yên",),
    "Hồ Chí Minh": ("Bà Rịa-Vũng Tàu", "Bình Dương"),
    "Đồng Nai": ("Bình Phước",),
    "Tây Ninh": ("Long An",),
    "Cần Thơ": ("Sóc Trăng", "Hậu Giang"),
    "Vĩnh Long": ("Bến Tre", "Trà Vinh"),
    "Đồng Tháp": ("Tiền Giang",),
    "Cà Mau": ("Bạc Liêu",),
    "An Giang": ("Kiên Giang",),
}
"""Province or city of today → the former ones that went into it."""
GIU_NGUYEN = (
    "Hà Nội",
    "Huế",
    "Lai Châu",
    "Điện Biên",
    "Sơn La",
    "Lạng Sơn",
    "Quảng Ninh",
    "Thanh Hóa",
    "Nghệ An",
    "Hà Tĩnh",
    "Cao Bằng",
)
THANH_PHO = {"Hà Nội", "Huế", "Hải Phòng", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"}
TINH_MOI = {old: new for new, olds in SAP_NHAP.items() for old in (new, *olds)} | {
    ten: ten for ten in GIU_NGUYEN
}
"""Each of the 63 provinces of before → the one of the 34 where it is now."""
CACH_GOI = {
    "tphcm": "Hồ Chí Minh",
    "hcm": "Hồ Chí Minh",
    "saigon": "Hồ Chí Minh",
    "thuathienhue": "Huế",
    "baria": "Bà Rịa-Vũng Tàu",
    "brvt": "Bà Rịa-Vũng Tàu",
    "daclac": "Đắk Lắk",
    "daklac": "Đắk Lắk",
    "daclak": "Đắk Lắk",
    "dacnong": "Đắk Nông",
    "baccan": "Bắc Kạn",
    "hanoi": "Hà Nội",
}
"""Other writings of provinces (folded, letters only)."""


def _key(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign.isalnum())


_TINH = {_key(ten): ten for ten in TINH_MOI} | CACH_GOI
_HYPHENED = re.compile(r"(thừa thiên|thua thien|bà rịa|ba ria)\s*[-–]\s*", re.IGNORECASE)
_HYPHEN_NAME = re.compile(r"(thừa thiên|thua thien|bà rịa|ba ria)-", re.IGNORECASE)
_XA, _HUYEN, _TINH_ = "xa", "huyen", "tinh"
_CAP = {
    "thị trấn": _XA,
    "thi tran": _XA,
    "đặc khu": _XA,
    "dac khu": _XA,
    "tt": _XA,
    "phường": _XA,
    "phuong": _XA,
    "xã": _XA,
    "xa": _XA,
    "p": _XA,
    "x": _XA,
    "thị xã": _HUYEN,
    "thi xa": _HUYEN,
    "tx": _HUYEN,
    "huyện": _HUYEN,
    "huyen": _HUYEN,
    "quận": _HUYEN,
    "quan": _HUYEN,
    "h": _HUYEN,
    "q": _HUYEN,
    "thành phố": _TINH_,  # of a province or of a district: its name decides
    "thanh pho": _TINH_,
    "tp": _TINH_,
    "tỉnh": _TINH_,
    "tinh": _TINH_,
    "t": _TINH_,
}
_SHORT = "tt|tx|tp|p|x|h|q|t"
_WORDS = "|".join(sorted(_CAP.keys() - set(_SHORT.split("|")), key=len, reverse=True))
_PREFIX = re.compile(rf"(?:({_WORDS})\s+|({_SHORT})(?:\.\s*|\s+|(?=\d)))(?=\S)", re.IGNORECASE)
_NEW_PART = re.compile(rf"\s+(?=(?:{_WORDS})\s+\S)", re.IGNORECASE)
_JOINED = re.compile(r"(thị|thi)\s*$", re.IGNORECASE)

_HAMLET = re.compile(
    r"(thon|xom|ap|ban|to|khu|kp|khom|doi|so|ngo|duong|kiet|hem|lang|tdp|buon|sn|\d)\b"
)


@dataclass(frozen=True)
class DiaChi:
    """An address in its parts, each as it was typed; `tinh` by its usual name."""

    goc: str
    chi_tiet: str = ""
    xa: str = ""
    huyen: str = ""
    tinh: str = ""

    @property
    def tinh_moi(self) -> str:
        """The province of today, with its kind: "tỉnh Hưng Yên"."""
        ten = TINH_MOI.get(self.tinh, "")
        return f"{'thành phố' if ten in THANH_PHO else 'tỉnh'} {ten}" if ten else ""

    @property
    def nay_thuoc(self) -> str:
        """Where an old province belongs now; empty when its name still stands."""
        changed = TINH_MOI.get(self.tinh, self.tinh) != self.tinh
        return f"nay thuộc {self.tinh_moi}" if changed else ""


def split_dia_chi(text: str) -> DiaChi:
    """The parts of an address in any usual writing, read from its end."""
    goc = clean(text)
    parts = _parts(goc)
    tinh = _tinh(parts[-1]) if parts else ""
    if tinh:
        parts.pop()
    found: dict[str, int] = {}
    unnamed = []
    for index in reversed(range(len(parts))):
        cap = _level(parts[index])
        if cap and cap not in found and _XA not in found:
            found[cap] = index
        elif not cap and _XA not in found:
            unnamed.append(index)
    if tinh:
        _place(unnamed, found, parts)
    xa, huyen = (parts[found[cap]] if cap in found else "" for cap in (_XA, _HUYEN))
    rest = [part for index, part in enumerate(parts) if index not in found.values()]
    return DiaChi(goc, ", ".join(rest), xa, huyen, tinh)


def nay_thuoc(text: str) -> str:
    """ "Thái Bình" → "nay thuộc tỉnh Hưng Yên"; "" for a province that still stands."""
    return split_dia_chi(text).nay_thuoc


def _parts(text: str) -> list[str]:
    text = _HYPHENED.sub(r"\1-", text)
    signs = r"[,;/]" if re.search(r"[,;]", text) else r"[,;]|\s[-–]\s|(?<=[^\W\d])[-–](?=[^\W\d])"
    if _HYPHEN_NAME.search(text):
        signs = r"[,;]|\s[-–]\s"
    pieces = [clean(piece).strip(" .") for piece in re.split(signs, text)]
    return [part for piece in pieces if piece for part in _named_parts(piece)]


def _named_parts(piece: str) -> list[str]:
    """ "xã Minh Khai huyện Hưng Hà" → its two parts; "thị xã" stays one word."""
    parts: list[str] = []
    for part in _NEW_PART.split(piece):
        if parts and _JOINED.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return parts


def _tinh(part: str) -> str:
    """The province that a part names, with "tỉnh", "thành phố", "TP." or without."""
    match = _PREFIX.match(part)
    bare = part[match.end() :] if match and _cap(match) == _TINH_ else part
    return _TINH.get(_key(bare), "") or _TINH.get(_key(part), "")


def _level(part: str) -> str:
    """Of which level a part says to be; "" when it does not say."""
    match = _PREFIX.match(part)
    cap = _cap(match) if match else ""
    return _HUYEN if cap == _TINH_ else cap  # not the last part: a city of its province


def _cap(match) -> str:
    return _CAP[clean(match[1] or match[2]).lower()]


def _place(unnamed: list[int], found: dict[str, int], parts: list[str]) -> None:
    """Give parts without a level the free ones, the district first; hamlets stay out."""
    rest = [index for index in unnamed if not _HAMLET.match(fold(parts[index]))]
    for cap in (_HUYEN, _XA):
        if rest and cap not in found and _is_fitting(cap, rest[0], found):
            found[cap] = rest.pop(0)


def _is_fitting(cap: str, index: int, found: dict[str, int]) -> bool:
    """A district stands after its commune, a commune before its district."""
    if cap == _HUYEN:
        return index > found.get(_XA, -1)
    return index < found.get(_HUYEN, index + 1)
