"""Theo ngày: what rows that happened on one day have in common."""

from core.periods import KyBaoCao


class TheoNgayMixin:
    """For QuerySets of rows with a day, `ngay_ky`: the period that it falls into counts them."""

    ngay_ky = "ngay"

    def trong_ky(self, ky: KyBaoCao):
        return self.filter(**{f"{self.ngay_ky}__range": (ky.start, ky.end)})
