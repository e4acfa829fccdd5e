"""Which records look like one person: the same folded name and year of birth, and not two
different phones and days at once.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from doanvien.models import DoanVien, KhacNguoi

DUOI = 6
"""So many last digits of a phone are compared: prefixes changed in 2018."""
MAX_NHOM = 12
"""Of more namesakes than this, only those whose day or phone agrees are paired."""


@dataclass(frozen=True)
class CapTrung:
    """Two records that may be one person, the older one first; `diem` says how alike."""

    mot: DoanVien
    hai: DoanVien
    diem: int

    @property
    def vi_sao(self) -> str:
        ngay, dien_thoai = same_day(self.mot, self.hai), same_phone(self.mot, self.hai)
        if ngay and dien_thoai:
            return "Trùng tên, ngày sinh và điện thoại"
        if ngay:
            return "Trùng tên và ngày sinh"
        if dien_thoai:
            return "Trùng tên, năm sinh và số cuối điện thoại"
        return "Trùng tên và năm sinh, thiếu điện thoại để so"

    @property
    def muc(self) -> tuple[str, str, str]:
        """How alike, as a pill."""
        if self.diem >= GIONG:
            return "bad", "users", "Rất giống"
        return ("warn", "users", "Giống") if self.diem else ("neutral", "users", "Có thể")


GIONG = 3


def same_day(mot: DoanVien, hai: DoanVien) -> bool:
    """The same day of birth, also with day and month typed the wrong way round."""
    a, b = mot.ngay_sinh, hai.ngay_sinh
    return a == b or (a.day, a.month) == (b.month, b.day)


def same_phone(mot: DoanVien, hai: DoanVien) -> bool:
    a, b = mot.dien_thoai[-DUOI:], hai.dien_thoai[-DUOI:]
    return bool(a) and a == b


def alike(mot: DoanVien, hai: DoanVien) -> int | None:
    """How alike two namesakes of one year are; None when they are told apart."""
    points = 2 * same_day(mot, hai) + 2 * same_phone(mot, hai)
    both_ids = mot.cccd_bam and hai.cccd_bam
    if points == 0 and (both_ids or (mot.dien_thoai and hai.dien_thoai)):
        return None
    return points - bool(both_ids and points)


def find_pairs(user, quyen) -> list[CapTrung]:
    """Pairs among the members where `user` holds the right, the likeliest first.

    Three statements, however many members there are.
    """
    groups = defaultdict(list)
    for row in DoanVien.objects.permitted_to(user, quyen).trung_ten_nam():
        groups[row.khoa_tim, row.ngay_sinh.year].append(row)
    pairs = [pair for rows in groups.values() for pair in _pairs_of(rows)]
    known = _known({row.pk for pair in pairs for row in (pair.mot, pair.hai)})
    pairs = [pair for pair in pairs if (pair.mot.pk, pair.hai.pk) not in known]
    return sorted(pairs, key=lambda pair: (-pair.diem, pair.mot.khoa_sap_xep, pair.mot.pk))


def _pairs_of(rows: list[DoanVien]):
    rows = sorted(rows, key=lambda row: row.pk)
    for mot, hai in combinations(rows, 2):
        diem = alike(mot, hai)
        if diem is not None and (diem or len(rows) <= MAX_NHOM):
            yield CapTrung(mot, hai, diem)


def _known(pks: set[int]) -> set[tuple[int, int]]:
    return set(KhacNguoi.objects.ve(pks).values_list("mot", "hai")) if pks else set()
