"""Whether words typed as the name of an event tell of a person: such words are not repeated in a
draft, which stays when the person is erased from the books."""

_CAC_HO = (
    "Nguyễn Trần Lê Phạm Huỳnh Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Lương "
    "Trương Lâm Mai Tô Hà Cao Tạ Thạch Châu Đào Kiều Lò Lô Lữ Vi Kha Lang Quang Thái"
)
_HO = frozenset(_CAC_HO.split())
_XUNG = {"chí", "anh", "chị", "em", "ông", "bà", "cụ", "cô", "chú", "bác", "mẹ", "cháu", "đình"}
"""The last word of how a person is addressed: đồng chí, anh, gia đình …"""
_NOI = {"đường", "trường", "THCS", "THPT", "học", "phố", "viên", "đài", "niệm", "sĩ"}
"""After these a name is that of a place."""
_CUA_DON_VI = {"Khu", "Trường", "Trạm", "Thôn", "Tổ", "Ấp", "Bản", "Phường", "Xã", "Đội", "Đoàn"}
_KHONG_PHAI = _CUA_DON_VI | {"Công", "Dân", "Hồ", "Việt"}
"""Capitals that begin no person's name."""
_BAC = ("Hồ", "Chí", "Minh")


def co_ten_nguoi(loi: str) -> bool:
    """A form of address before a name, or a family name that two more names follow."""
    words = [word.strip(".,;:()“”\"'") for word in loi.split()]
    return any(
        before not in _NOI and (_la_xung(first, second) or _la_ho_ten(first, second, third))
        for before, first, second, third in zip(
            ["", *words], words, [*words[1:], ""], [*words[2:], "", ""], strict=False
        )
    )


def _la_xung(first: str, second: str) -> bool:
    return first in _XUNG and second[:1].isupper() and second not in _KHONG_PHAI


def _la_ho_ten(*words: str) -> bool:
    return words[0] in _HO and all(word[:1].isupper() for word in words) and words != _BAC
