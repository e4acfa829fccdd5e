"""What the form of several months offers: the member's months of this year and last."""

from datetime import date

from core.text.display import tien
from doanvien.models import DoanVien
from tochuc.models import DonVi

from . import queries
from .muc_thu import HUONG_LUONG, KHONG_LUONG, NUOC_NGOAI, BangMuc
from .quy_tac import luong_trong


class TrangThu:
    """Months that one member can pay at this branch; those owed are chosen already."""

    def __init__(self, chi_doan: DonVi, doan_vien: int, hom_nay: date):
        book = getattr(chi_doan, "so_thu_doan_phi", None)
        first = book.tu_thang if book else hom_nay.replace(day=1)
        last = date(hom_nay.year, 12, 1)
        mo_so = None if book else first
        items = queries.doc_chi_doan(chi_doan, first, last, hom_nay, mo_so=mo_so)
        self.items = sorted(
            (item for item in items if item.doan_vien == doan_vien), key=lambda item: item.thang
        )
        members = DoanVien.objects.filter(pk=doan_vien).only(
            "ho_ten", "huong_luong", "huong_luong_tu"
        )
        self.doan_vien = members.first() if self.items else None
        muc = BangMuc(KHONG_LUONG, HUONG_LUONG, NUOC_NGOAI)
        self.muc_nuoc_ngoai = muc.gia_tri(NUOC_NGOAI, chi_doan.path, hom_nay)
        self.muc = muc.muc(chi_doan.path, hom_nay, self.huong_luong(hom_nay))

    def huong_luong(self, day: date) -> bool:
        person = self.doan_vien
        return bool(person) and luong_trong(day, person.huong_luong, person.huong_luong_tu)

    @property
    def no(self) -> list[date]:
        return [item.thang for item in self.items if item.is_no]

    @property
    def lua_chon(self) -> list[tuple[str, str]]:
        open_states = (queries.TrangThaiThang.NO, queries.TrangThaiThang.CHUA_DEN)
        return [
            (
                item.thang.isoformat(),
                f"Tháng {item.thang:%m/%Y} · {tien(item.so_tien)}"
                + ("" if item.is_no else " · đóng trước"),
            )
            for item in self.items
            if item.trang_thai in open_states
        ]
