"""What the home of an office above wards and its page of figures share: the units below with the
figures of the year so far, all counted in one statement."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from baocao.chi_tieu import BangSo, ChiTieu, ThoiKy, compute
from core.periods import KyBaoCao, today
from tochuc.ban_do import BanDo
from tochuc.cay import BUOC
from tochuc.chon_ban_do import ChonBanDo, chon_ban_do
from tochuc.models import DonVi
from tochuc.permissions import Quyen
from tochuc.quy_dinh import nhieu_theo_ngay

from .ngay_xem import NgayXem
from .xu_huong import CONG, chi_tieu_xu_huong, cong_ca_nam


@dataclass(frozen=True)
class CapTren:
    """An office above wards on a day; `nhom` are its wards by the unit between them, if any."""

    don_vi: DonVi
    xem: NgayXem
    chosen: ChonBanDo
    table: BangSo
    truc_thuoc: tuple[DonVi, ...]
    nhom: list[tuple[DonVi | None, list[DonVi]]]
    quy_dinh: dict
    doc: Callable[[str, date], Any]  # the same settings on any day

    @property
    def ngay(self) -> date:
        return self.xem.ngay

    @property
    def thoi_ky(self) -> ThoiKy:
        return self.table.thoi_ky

    @property
    def co_so(self) -> list[DonVi]:
        return [ward for _, wards in self.nhom for ward in wards]


def doc_cap_tren(
    user,
    don_vi: DonVi,
    xem: NgayXem,
    params,
    *,
    khoa: Iterable[str],
    chi_tieu: Iterable[ChiTieu],
) -> CapTren:
    """Read the office with the settings and figures of a page. Three queries, of a past day one
    more, on the map of that day two."""
    day = xem.ngay
    chosen = chon_ban_do(params, user, Quyen.XEM_BAO_CAO, don_vi, day, ben_trong=True)
    units, above = _don_vi_duoi(don_vi, chosen)
    thoi_ky = ThoiKy.of(KyBaoCao(day.year), don_vi, day)
    own = [item for item in chi_tieu if item.ma not in CONG]
    table = compute(don_vi, thoi_ky, [*own, *chi_tieu_xu_huong(day)], chosen.ban_do)
    cong_ca_nam(table, day)
    keys = list(khoa)
    doc = nhieu_theo_ngay(keys, don_vi=don_vi)
    return CapTren(
        don_vi,
        xem,
        chosen,
        table,
        tuple(unit for unit in units if above[unit.pk] == don_vi.pk),
        _nhom(don_vi, units, above),
        {key: doc(key, day) for key in keys},
        doc,
    )


def _don_vi_duoi(don_vi: DonVi, chosen: ChonBanDo) -> tuple[list[DonVi], dict[int, int | None]]:
    """The units above branches below `don_vi`, in their order, and what each stands below."""
    if chosen.ban_do:
        return _khi_do(don_vi, chosen.ban_do)
    units = list(DonVi.objects.under(don_vi).tren_chi_doan().dang_hoat_dong(today()))
    by_path = {unit.path: unit.pk for unit in units}
    above = {unit.pk: by_path.get(unit.path[: -DonVi.steplen]) for unit in units}
    return [unit for unit in units if unit != don_vi], above


def _khi_do(don_vi: DonVi, ban_do: BanDo):
    """On the map of a day: the last step of the way to a unit is its own."""
    ways = ban_do.cac_duong(don_vi)
    by_way = {way: pk for pk, way in ways.items()}
    units = DonVi.objects.filter(pk__in=ways).tren_chi_doan().exclude(pk=don_vi.pk)
    return list(units), {pk: by_way.get(way[:-BUOC]) for pk, way in ways.items()}


def _nhom(
    don_vi: DonVi, units: list[DonVi], above: Mapping[int, int | None]
) -> list[tuple[DonVi | None, list[DonVi]]]:
    """Wards by the unit right below `don_vi` they stand in; those right below it come first."""
    groups: dict[int | None, list[DonVi]] = {None: []}
    for unit in units:
        if not unit.is_co_so and above[unit.pk] == don_vi.pk:
            groups[unit.pk] = []
    for unit in units:
        if unit.is_co_so:
            groups.setdefault(_ngay_duoi(unit.pk, don_vi.pk, above), []).append(unit)
    named = {unit.pk: unit for unit in units}
    return [(named.get(pk), wards) for pk, wards in groups.items() if wards or pk]


def _ngay_duoi(pk: int, top: int, above: Mapping[int, int | None]) -> int | None:
    """The unit right below `top` on the way to `pk`; None for `pk` itself."""
    way = [pk]
    while (parent := above.get(way[-1])) not in (top, None):
        way.append(parent)
    return way[-1] if len(way) > 1 else None
