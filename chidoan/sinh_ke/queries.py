"""Reads about livelihood: groups with their balance, sums, and what one member leads or does."""

from datetime import date

from django.db.models import Sum
from django.db.models.functions import Coalesce

from chidoan.models import SoDuTo, ToTietKiem
from core.periods import KyBaoCao, today
from doanvien.models import DoanVien
from tochuc.models import DonVi


def to_truong(doan_vien: DoanVien, day: date | None = None) -> list[ToTietKiem]:
    """The savings-and-loan groups that a member leads on `day` (today). One query."""
    rows = ToTietKiem.objects.cua_to_truong(doan_vien).tai_ngay(day or today())
    return list(rows.for_list())


def tong_so_du(rows) -> dict:
    """What groups annotated by `with_so_du` come to together. One query."""
    columns = ("so_thanh_vien", "du_no", "no_qua_han", "tiet_kiem")
    sums = {f"tong_{name}": Coalesce(Sum(name), 0) for name in columns}
    found = rows.order_by().aggregate(**sums)
    return {name: int(found[f"tong_{name}"]) for name in columns}


def cac_to_trong_ky(don_vi: DonVi, ky: KyBaoCao) -> list[ToTietKiem]:
    """Groups of a unit and of those below it that existed in the quarter."""
    return list(ToTietKiem.objects.under(don_vi).trong_ky(ky).for_list())


def so_du_hai_quy(to: list[ToTietKiem], ky: KyBaoCao) -> tuple[dict, dict]:
    """(of the quarter, the newest before it), each by group. Two queries."""
    pks = [row.pk for row in to]
    own = SoDuTo.objects.filter(to__in=pks).cua_quy(ky)
    before = SoDuTo.objects.filter(to__in=pks).truoc(ky).order_by("thu_tu")
    return {row.to_id: row for row in own}, {row.to_id: row for row in before}
