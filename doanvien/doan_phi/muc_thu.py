"""The rates of dues as dated settings, for many units and months with one statement."""

from datetime import date
from functools import cache

from tochuc.models import QuyDinh
from tochuc.quy_dinh import KHOA

KHONG_LUONG, HUONG_LUONG = "doan_phi_khong_luong", "doan_phi_huong_luong"
NUOC_NGOAI, TRICH_NOP, HAN_NOP = "doan_phi_nuoc_ngoai", "doan_phi_trich_nop", "doan_phi_han_nop"


class BangMuc:
    """What applies at a unit's tree path on a day: the nearest unit's newest row, else shipped."""

    def __init__(self, *ma: str):
        self.ma = ma or (KHONG_LUONG, HUONG_LUONG)
        rows = QuyDinh.objects.filter(ma__in=self.ma).select_related("don_vi")
        self.rows = sorted(
            ((row.don_vi.path if row.don_vi else "", row.tu_ngay, row.pk, row) for row in rows),
            key=lambda item: (len(item[0]), *item[1:3]),
        )
        self.gia_tri = cache(self._gia_tri)

    def muc(self, path: str, thang: date, huong_luong: bool) -> int:
        """What a member of the branch at `path` owes for a month."""
        return self.gia_tri(HUONG_LUONG if huong_luong else KHONG_LUONG, path, thang)

    def _gia_tri(self, ma: str, path: str, ngay: date):
        found = [
            row.gia_tri
            for unit, tu_ngay, _, row in self.rows
            if row.ma == ma and tu_ngay <= ngay and path.startswith(unit)
        ]
        if found:
            return found[-1]
        shipped = (moc for moc in KHOA[ma].moc if moc.tu_ngay <= ngay)
        return max(shipped, key=lambda moc: moc.tu_ngay).gia_tri
