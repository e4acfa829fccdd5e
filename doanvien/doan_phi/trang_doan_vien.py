"""What a member's dues page shows: months by year, arrears, exemptions."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from core.text.display import tien
from doanvien.models import DoanVien, MienDoanPhi

from . import queries
from .bang import pill_mien
from .muc_thu import BangMuc
from .quy_tac import doc_khoang, luong_trong, thang_cua
from .trang import OThang, o_cua


@dataclass(frozen=True, slots=True)
class NamDoanPhi:
    nam: int
    cac_o: list[OThang]
    da_dong: int
    con_no: int


def muc_cua(doan_vien: DoanVien, hom_nay: date) -> str:
    """ "5.000 đ một tháng, có hưởng lương từ tháng 9/2026"."""
    tu = doan_vien.huong_luong_tu
    luong = luong_trong(hom_nay, doan_vien.huong_luong, tu)
    words = "có hưởng lương" if luong else "không hưởng lương"
    since = f" từ tháng {tu.month}/{tu.year}" if tu else ""
    amount = BangMuc().muc(doan_vien.chi_doan.path, hom_nay, luong)
    return f"{tien(amount)} một tháng, {words}{since}"


class TrangDoanVien:
    def __init__(self, doan_vien: DoanVien, hom_nay: date):
        self.thang_nay = thang_cua(hom_nay)
        items = queries.doc_thang(
            Q(doan_vien=doan_vien.pk), queries.DAU_TIEN, date(hom_nay.year, 12, 1), hom_nay
        )
        # a month paid at another branch than the one it was due at: once is enough here
        self.items = [item for item in items if item.trang_thai != queries.TrangThaiThang.NOI_KHAC]
        self.no = sorted((item for item in self.items if item.is_no), key=lambda i: i.thang)
        mien = MienDoanPhi.objects.filter(doan_vien=doan_vien)
        self.mien = [(row, pill_mien(row)) for row in mien]

    @property
    def cau_no(self) -> str:
        """What is owed, in one sentence; the month that runs alone is no debt yet."""
        if not self.no:
            return ""
        verb = "Chưa đóng" if self.no[0].thang >= self.thang_nay else "Còn nợ"
        return (
            f"{verb} {doc_khoang(item.thang for item in self.no)}, "
            f"{tien(sum(item.so_tien for item in self.no))}."
        )

    @property
    def nam(self) -> list[NamDoanPhi]:
        """Newest year first; only years in which something was due or paid."""
        years = sorted({item.thang.year for item in self.items}, reverse=True)
        return [self._nam(year) for year in years]

    def _nam(self, year: int) -> NamDoanPhi:
        own = {item.thang: item for item in self.items if item.thang.year == year}
        return NamDoanPhi(
            year,
            [o_cua(own.get(date(year, month, 1)), self.thang_nay) for month in range(1, 13)],
            sum(item.so_tien for item in own.values() if item.is_da_dong),
            sum(item.so_tien for item in own.values() if item.is_no),
        )
