"""Code lists of the national member export: {id there: label}, and how a typed value finds one."""

import re
from difflib import get_close_matches
from functools import cache

from core.text import clean, fold

DAN_TOC = {
    5: "Kinh",
    6: "Mường",
    7: "Tày",
    8: "Nùng",
    9: "Thái",
    10: "Mông",
    4: "Ê đê",
    11: "Chăm",
    12: "Dao",
    13: "Mnông",
    14: "Jrai",
    15: "Ba Na",
    16: "Bố Y",
    17: "Brâu",
    18: "Bru-Vân Kiều",
    19: "Chơ Ro",
    20: "Chu Ru",
    21: "Chứt",
    22: "Co",
    23: "Cơ Ho",
    24: "Cơ Lao",
    25: "Cống",
    26: "Cơ Tu",
    27: "Giáy",
    28: "Gié Triêng",
    29: "Hà Nhì",
    30: "Hoa",
    31: "Hrê",
    33: "Kháng",
    34: "Khơ Me",
    35: "Khơ Mú",
    37: "La Chí",
    38: "La Ha",
    39: "La Hủ",
    40: "Lào",
    41: "Lô Lô",
    42: "Lự",
    43: "Mạ",
    44: "Mảng",
    45: "Ngái",
    46: "Ơ Đu",
    47: "Pà Thẻn",
    48: "Phù Lá",
    49: "Pu Péo",
    50: "Ra Glai",
    51: "Rơ Măm",
    52: "Sán Chay",
    54: "Sán Dìu",
    55: "Si La",
    56: "Tà Ôi",
    57: "Thổ",
    58: "Xinh Mun",
    59: "Xơ Đăng",
    60: "S Tiêng",
}
"""The 54 ethnic groups; the export's dirty ids (32, 36, 53, 61, 69, 70, 71) are left out."""

DAN_TOC_SUGGESTIONS = {
    "san chi": "Sán Chay",
    "cao lan": "Sán Chay",
    "meo": "Mông",
    "hmong": "Mông",
    "cadong": "Xơ Đăng",
    "ca dong": "Xơ Đăng",
    "trin": "Cơ Ho",
    "jarai": "Jrai",
    "gia rai": "Jrai",
    "khmer": "Khơ Me",
    "viet": "Kinh",
    "kinh viet": "Kinh",
    "rade": "Ê đê",
    "han": "Hoa",
    "nguoi hoa": "Hoa",
    "khong": "",  # typed for the religion beside it, not for Kháng
}
"""Names of local groups and older spellings → the group they are counted in (folded keys)."""

TON_GIAO = {
    15: "Không",
    1: "Tin Lành",
    3: "Cao Đài",
    4: "Công giáo",
    5: "Phật giáo",
    6: "Hòa Hảo",
    7: "Hồi giáo",
    8: "Bahá'í",
    9: "Bà La Môn",
    10: "Đạo Tứ ấn hiếu nghĩa",
    11: "Tịnh độ cư sĩ Phật hội Việt Nam",
    12: "Bửu sơn Kỳ hương",
    13: "Minh Sư Đạo",
    14: "Minh Lý Đạo",
}

TRINH_DO_VAN_HOA = (
    "Tiểu học",
    "Trung học cơ sở",
    "Trung học phổ thông hệ 10/10",
    "Trung học phổ thông hệ 12/12",
)
TRINH_DO_CHUYEN_MON = (
    "Chưa có",
    "Sơ cấp",
    "Trung cấp chuyên nghiệp",
    "Cao đẳng",
    "Cử nhân",
    "Thạc sĩ",
    "Tiến sĩ",
)
TRINH_DO_LLCT = ("Chưa có", "Sơ cấp", "Trung cấp", "Cao cấp", "Cử nhân")
TIN_HOC = ("Chuẩn kỹ năng sử dụng CNTT cơ bản", "Chuẩn kỹ năng sử dụng CNTT nâng cao")
NGOAI_NGU = tuple(f"Bậc {level}" for level in range(1, 7))
NGHE_NGHIEP = (
    "Học sinh",
    "Sinh viên",
    "Giảng viên/Giáo viên",
    "Cán bộ/Công chức/Viên chức",
    "Chưa có việc làm",
    "Khác",
)
DOI_TUONG = (
    "Nông thôn",
    "Đô thị",
    "Công nhân",
    "Công chức, viên chức",
    "Lực lượng vũ trang",
    "Học sinh",
    "Sinh viên",
    "Doanh nhân",
    "Khác",
)
"""Kinds of young people as the Union counts them; the national export's own ids are unknown."""

HOI = ("Hội LHTN Việt Nam", "Hội Sinh viên Việt Nam")
CHUC_VU = {
    195: "Đoàn viên",
    200: "Bí thư chi đoàn",
    201: "Phó Bí thư chi đoàn",
    193: "Ủy viên BCH chi đoàn",
    220: "Bí thư chi đoàn cơ sở",
    205: "Phó Bí thư chi đoàn cơ sở",
    194: "Ủy viên BTV chi đoàn cơ sở",
    206: "Ủy viên BCH chi đoàn cơ sở",
    234: "Bí thư Đoàn cơ sở",
    240: "Phó Bí thư Đoàn cơ sở",
    237: "Bí thư Đoàn bộ phận",
    243: "Phó Bí thư Đoàn bộ phận",
    235: "Bí thư Liên chi đoàn",
    241: "Phó Bí thư Liên chi đoàn",
    244: "Ủy viên BCH",
    245: "Ủy viên BTV",
    246: "Ủy viên UBKT",
    247: "Chủ nhiệm UBKT",
    248: "Phó Chủ nhiệm UBKT",
}

LA_BI_THU = ("Bí thư", "Bí thư chi đoàn", "Bí thư chi đoàn cơ sở")
"""How a branch's secretary is called: by the office given here, or by a list that came in."""

VIET_QUOC_GIA = {
    "Cơ Lao": "Cờ Lao",
    "Bru-Vân Kiều": "Bru - Vân Kiều",
    "Gié Triêng": "Gỉe Triêng",
    "Phù Lá": "Phú Lá",
    "Trung học phổ thông hệ 12/12": "Hệ 12/12",
    "Bí thư": "Bí thư chi đoàn",
    "Phó Bí thư": "Phó bí thư chi đoàn",
    "Ủy viên Ban Chấp hành": "Ủy viên Ban Chấp hành chi đoàn",
    "Phó Bí thư chi đoàn": "Phó bí thư chi đoàn",
    "Ủy viên BCH chi đoàn": "Ủy viên Ban Chấp hành chi đoàn",
    "Phó Bí thư chi đoàn cơ sở": "Phó bí thư chi đoàn cơ sở",
    "Ủy viên BTV chi đoàn cơ sở": "Ủy viên Ban Thường vụ chi đoàn cơ sở",
    "Ủy viên BCH chi đoàn cơ sở": "Ủy viên Ban Chấp hành chi đoàn cơ sở",
    "Ủy viên BCH": "Ủy viên Ban Chấp hành",
    "Ủy viên BTV": "Ủy viên Ban Thường vụ",
    "Ủy viên UBKT": "Ủy viên Uỷ ban Kiểm tra",
    "Chủ nhiệm UBKT": "Chủ nhiệm Uỷ ban Kiểm tra",
    "Phó Chủ nhiệm UBKT": "Phó chủ nhiệm Ủu ban Kiểm tra",
}
"""Labels that the national software writes in another way, misspellings included; of offices
that are given here, which are of the own branch, the branch is said."""

NGUON_CAN_BO = {
    "cong_chuc": "Công chức, viên chức",
    "giao_vien": "Giáo viên",
    "bo_doi": "Bộ đội xuất ngũ",
    "dang_vien_tre": "Đảng viên trẻ",
    "cong_an_vien": "Công an viên",
    "dan_quan": "Dân quân tự vệ",
    "lam_kinh_te": "Làm kinh tế giỏi",
    "hoc_gioi": "Sinh viên, trí thức trẻ",
    "van_the": "Có năng khiếu văn nghệ, thể thao",
    "tinh_nguyen": "Nòng cốt tình nguyện",
}
"""Where to look for cadres of the branch; a person may belong to several of these."""

NGUON_CACH_GOI = {
    "cong chuc": "cong_chuc",
    "vien chuc": "cong_chuc",
    "can bo cong chuc": "cong_chuc",
    "giao vien": "giao_vien",
    "bo doi": "bo_doi",
    "bo doi xuat ngu": "bo_doi",
    "xuat ngu": "bo_doi",
    "dang vien": "dang_vien_tre",
    "dang vien tre": "dang_vien_tre",
    "cong an": "cong_an_vien",
    "cong an vien": "cong_an_vien",
    "dan quan": "dan_quan",
    "dan quan tu ve": "dan_quan",
    "kinh te gioi": "lam_kinh_te",
    "lam kinh te gioi": "lam_kinh_te",
    "sinh vien": "hoc_gioi",
    "tri thuc tre": "hoc_gioi",
    "van nghe": "van_the",
    "the thao": "van_the",
    "tinh nguyen": "tinh_nguyen",
}
"""How people write a source (folded) → its code."""


def read_nguon(text: str) -> tuple[list[str], str]:
    """Codes of a text where a semicolon stands between labels, and what of it names none."""
    labels = {_plain(label): code for code, label in NGUON_CAN_BO.items()}
    codes, rest = set(), []
    for part in filter(None, (clean(part) for part in text.split(";"))):
        code = labels.get(_plain(part))
        found, unknown = ([code], "") if code else split_nguon(part)
        codes.update(found)
        rest += [unknown] if unknown else []
    return [code for code in NGUON_CAN_BO if code in codes], "; ".join(rest)


def split_nguon(text: str) -> tuple[list[str], str]:
    """Codes that a typed text names, and what of it names none: nothing is lost."""
    codes, rest = [], []
    for part in filter(None, (clean(part) for part in re.split(r"[,;/\n]", text))):
        code = NGUON_CACH_GOI.get(_plain(part))
        if code is None:
            rest.append(part)
        elif code not in codes:
            codes.append(code)
    return codes, ", ".join(rest)


CUC_CANH_SAT = "Cục CSQLHC về TTXH"
"""The department that has given citizen cards since 2016, as people write it."""
_CUC = ("cuc csqlhc", "cuc canh sat quan ly hanh chinh", "cuc canh sat qlhc")


def is_cuc_canh_sat(text: str) -> bool:
    return fold(text).startswith(_CUC)


def find_label(text: str, labels) -> str:
    """The label of a list that `text` writes, in any case and spacing; "" if there is none.

    Also as the national software writes it. Accents count here: without them a value is only
    suggested, never taken.
    """
    return _by_key(tuple(labels)).get(_key(text), "")


def suggest_label(text: str, labels, known: dict[str, str] | None = None) -> str:
    """The label a dirty value probably means, to be shown and never to be taken silently."""
    folded = _plain(text)
    if known and folded in known:
        return known[folded]
    plain = {_plain(label): label for label in labels}
    near = get_close_matches(folded, plain, n=1, cutoff=0.75)
    return plain[near[0]] if near else ""


def suggest_dan_toc(text: str) -> str:
    return suggest_label(text, DAN_TOC.values(), DAN_TOC_SUGGESTIONS)


@cache
def _by_key(labels: tuple[str, ...]) -> dict[str, str]:
    theirs = {_key(VIET_QUOC_GIA[label]): label for label in labels if label in VIET_QUOC_GIA}
    return theirs | {_key(label): label for label in reversed(labels)}


def _key(text: str) -> str:
    return clean(text).casefold()


def _plain(text: str) -> str:
    """Folded letters and digits, other signs taken out ("H'Mông" → "hmong")."""
    return " ".join("".join(c if c.isalnum() else " " * (c in " -/") for c in fold(text)).split())
