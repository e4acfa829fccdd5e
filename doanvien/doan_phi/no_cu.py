"""Arrears: who has owed for so many months that a courteous word is due, and that word."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from core.periods import KyBaoCao
from core.text.display import tien
from doanvien.models import DoanVien
from tochuc.models import DonVi
from tochuc.quy_dinh import gia_tri
from tochuc.scoping import subtree

from . import queries
from .quy_tac import doc_khoang, thang_cua


@dataclass(slots=True)
class DongNo:
    doan_vien: DoanVien
    chi_doan: DonVi
    thang: list[date] = field(default_factory=list)
    so_tien: int = 0
    mo_duoc: bool = True  # whoever moved away is opened by the branch that has him now

    @property
    def loi_nhac(self) -> str:
        return (
            f"Chào đồng chí {self.doan_vien}, đoàn phí {doc_khoang(self.thang)} của đồng chí "
            f"({tien(self.so_tien)}) chưa ghi vào sổ. Đồng chí thu xếp đóng giúp, hoặc nhắn "
            "lại nếu đã đóng hay đang khó khăn để chi đoàn đề nghị miễn. Cảm ơn đồng chí."
        )


def nguong_nhac(don_vi: DonVi, hom_nay: date) -> int:
    return gia_tri("doan_phi_nhac_no", ngay=hom_nay, don_vi=don_vi)


def danh_sach_no(don_vi: DonVi, hom_nay: date, tu_so_thang: int) -> list[DongNo]:
    """Present members who owe at least so many months; the month that runs does not count."""
    day = thang_cua(don_vi.ngay_so_lieu(hom_nay)) - timedelta(days=1)
    scope = subtree("chi_doan__path", don_vi.path)
    owed = defaultdict(list)
    for item in queries.doc_thang(scope, queries.DAU_TIEN, day, day):
        if item.is_no and item.path.startswith(don_vi.path):
            owed[item.doan_vien].append(item)
    late = {pk: items for pk, items in owed.items() if len(items) >= tu_so_thang}
    people = DoanVien.objects.dang_sinh_hoat().co_chi_doan().filter(pk__in=late)
    return [
        DongNo(
            person,
            person.chi_doan,
            [item.thang for item in late[person.pk]],
            sum(item.so_tien for item in late[person.pk]),
        )
        for person in people
    ]


def danh_sach_no_ky(
    don_vi: DonVi, ky: KyBaoCao, hom_nay: date, duong: Mapping[int, str] | None = None
) -> list[DongNo]:
    """Whoever owes a month of the period, those who left among them: what the sums count."""
    day = min(don_vi.ngay_so_lieu(hom_nay), ky.end)
    scope = queries.pham_vi(don_vi, duong)
    owed = defaultdict(list)
    for item in queries.doc_thang(scope, ky.start, ky.end, day):
        is_here = item.path.startswith(don_vi.path) if duong is None else item.chi_doan in duong
        if item.is_no and is_here:
            owed[item.doan_vien, item.chi_doan].append(item)
    units = DonVi.objects.in_bulk({chi_doan for _, chi_doan in owed})
    people = DoanVien.objects.co_chi_doan().filter(pk__in={pk for pk, _ in owed})
    order = {person.pk: (index, person) for index, person in enumerate(people)}
    rows = sorted(owed.items(), key=lambda row: order[row[0][0]][0])
    return [
        DongNo(
            order[pk][1],
            units[chi_doan],
            [item.thang for item in items],
            sum(item.so_tien for item in items),
            order[pk][1].chi_doan.path.startswith(don_vi.path),
        )
        for (pk, chi_doan), items in rows
    ]


def loi_nhac_chung(rows: list[DongNo], hom_nay: date) -> str:
    """One text for the branch's group; amounts and names of no one."""
    return (
        f"Các đồng chí thân mến, đến hết tháng {(thang_cua(hom_nay) - timedelta(days=1)):%m/%Y} "
        f"chi đoàn còn {len(rows)} đồng chí chưa đóng đủ đoàn phí. Đồng chí nào chưa đóng thu xếp "
        "đóng giúp trong tuần này; đồng chí nào gặp khó khăn nhắn riêng cho Bí thư để chi đoàn "
        "đề nghị miễn. Cảm ơn các đồng chí."
    )
