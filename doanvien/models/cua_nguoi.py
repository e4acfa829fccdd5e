"""Rows that are about one member each: awards, leave, visits, ratings."""

from core.text import fold
from tochuc.scoping import ScopedQuerySet


class CuaNguoiQuerySet(ScopedQuerySet):
    """Rows about one member each, the one in `doan_vien`."""

    def cua(self, doan_vien):
        return self.filter(doan_vien=doan_vien)

    def tim_nguoi(self, text: str):
        """By the member's name, with or without accents."""
        return self.filter(doan_vien__khoa_tim__contains=fold(text))
