"""Which theme and which agendas apply to a branch."""

from datetime import date

from django.db.models import CharField, TextField, Value

from chidoan.models import ChuDiem, MauSinhHoat
from tochuc.models import DonVi
from tochuc.scoping import path_prefixes

from .chuong_trinh import Mau, MauThang

_CHU_DIEM = "chu_diem"


def mau_thang(chi_doan: DonVi, ngay: date) -> MauThang:
    """Theme and agendas for the month of `ngay`, of the nearest unit with its own. One query."""
    prefixes = path_prefixes(chi_doan.path)
    themes = ChuDiem.objects.filter(nam=ngay.year, thang=ngay.month, don_vi__path__in=prefixes)
    agendas = MauSinhHoat.objects.filter(don_vi__path__in=prefixes)
    empty = Value("", output_field=TextField())
    rows = (
        themes.order_by()
        .annotate(kind=Value(_CHU_DIEM, output_field=CharField()), more=empty)
        .values_list("don_vi__path", "kind", "ten", "more")
        .union(
            agendas.order_by().values_list("don_vi__path", "loai", "muc_san", "muc_goi_y"), all=True
        )
    )
    theme, found = "", {}
    for _, kind, text, more in sorted(rows):
        if kind == _CHU_DIEM:
            theme = text
        else:
            found[kind] = Mau(text, more)
    return MauThang(theme, found)


def mau_hieu_luc(don_vi: DonVi) -> dict[str, tuple[MauSinhHoat, bool]]:
    """For each kind the nearest template on record and whether it is the unit's own. One query."""
    prefixes = path_prefixes(don_vi.path)
    rows = MauSinhHoat.objects.filter(don_vi__path__in=prefixes).select_related("don_vi")
    return {row.loai: (row, row.don_vi_id == don_vi.pk) for row in rows.order_by("don_vi__path")}


def chu_diem_nam(don_vi: DonVi, nam: int) -> tuple[dict[int, str], dict[int, str]]:
    """The unit's own themes of a year by month, and those that apply from above. One query."""
    prefixes = path_prefixes(don_vi.path)
    rows = ChuDiem.objects.filter(nam=nam, don_vi__path__in=prefixes).order_by("don_vi__path")
    own, above = {}, {}
    for month, text, unit in rows.values_list("thang", "ten", "don_vi"):
        (own if unit == don_vi.pk else above)[month] = text
    return own, above
