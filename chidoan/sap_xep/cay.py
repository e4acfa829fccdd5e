"""The tree part of a reorganisation: which unit begins, ends, moves, and below what."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q

from chidoan.models import DongSapXep, SapXep
from core.text import clean, fold, natural_sort_key
from tochuc.cay import BUOC
from tochuc.models import DonVi
from tochuc.services.cay import CayHomNay, CayTheoNgayMoi
from tochuc.so_thay_doi import SoThayDoi, plain_rows, tung_luot

from . import ke_hoach as kh
from .di_theo import PhamVi

MOT_NGAY = timedelta(days=1)
DAI_MA = 52
"""Characters of a new code, before a number that makes it one of its own."""


@dataclass
class CayMoi:
    """Builds both trees while the plan is gone through, and writes them at the end."""

    sap_xep: SapXep
    so: SoThayDoi
    units: dict[int, DonVi]
    goc: DonVi
    pham_vi: PhamVi
    dong: list[DongSapXep] = field(default_factory=list)
    dich: list[tuple[kh.Dich, int]] = field(default_factory=list)
    doi_cho: set[int] = field(default_factory=set)
    """Units that hang elsewhere now, without what hangs below them."""

    def __post_init__(self):
        self.cay = CayHomNay(self.goc)
        self.lich_su = CayTheoNgayMoi(self.sap_xep.hieu_luc, self.sap_xep.can_cu)
        self._ten = {}
        self.pham_vi.cha = self.cay.cha
        self._da_tao: dict[kh.Dich, list[int]] = defaultdict(list)

    def lam(self, plan: list[kh.ThayDoi]) -> None:
        actions = {
            kh.LAP_MOI: self._lap_moi,
            kh.GIAI_THE: self._giai_the,
            kh.DOI_TEN: self._doi_ten,
            kh.CHUYEN: self._chuyen,
            kh.SAP_NHAP: self._sap_nhap,
            kh.CHIA_TACH: self._chia_tach,
            kh.BO_CAP: self._bo_cap,
        }
        self._tao(plan)
        for item in plan:
            actions[item.loai](item)
        self.cay.ghi(self.so)
        self.lich_su.ghi(self.so)
        self._ghi_don_vi()

    def _lap_moi(self, item) -> None:
        (made,) = [self._noi(dich) for dich in item.dich]
        self._ghi_dong(item, None, made)

    def _giai_the(self, item) -> None:
        for pk in item.don_vi:
            self._ket_thuc(pk)
            self._ghi_dong(item, pk, None)

    def _doi_ten(self, item) -> None:
        (pk,) = item.don_vi
        self._ghi_dong(item, pk, pk, ten_sau=self.units[pk].goi_ten(clean(item.ten)))
        self._ten[pk] = clean(item.ten)
        self.lich_su.doi(pk, ten=clean(item.ten))

    def _chuyen(self, item) -> None:
        for pk in item.don_vi:
            self.pham_vi.phan.setdefault(self._cha(pk), set()).add(item.cap_tren)
            self._treo(pk, item.cap_tren)
            self._ghi_dong(item, pk, pk)

    def _sap_nhap(self, item) -> None:
        made = self._noi(item.dich[0])
        if not item.dich[0].is_moi:
            self._ghi_dong(item, made, made)
        for pk in item.don_vi:
            for child in self._con(pk):
                self._treo(child, made)
            self._treo(pk, made)
            self._ket_thuc(pk)
            self.pham_vi.sang[pk] = made
            self._ghi_dong(item, pk, made)

    def _chia_tach(self, item) -> None:
        (pk,) = item.don_vi
        made = [self._noi(dich) for dich in item.dich]
        where = {who: made[order] for who, order in item.nguoi.items()}
        if self.units[pk].is_chi_doan:
            self.pham_vi.nguoi[pk] = where
            self.pham_vi.dia_ban |= {area: made[order] for area, order in item.dia_ban.items()}
        else:
            self.pham_vi.phan.setdefault(pk, set()).update(made)
            for child in self._con(pk):
                if where.get(child, pk) != pk:
                    self._treo(child, where[child])
        if item.ket_thuc:
            self._ket_thuc(pk)
            self.pham_vi.sang[pk] = made[0]
        for target in made:
            self._ghi_dong(item, pk, target)

    def _bo_cap(self, item) -> None:
        for pk in item.don_vi:
            above = self._cha(pk)
            if above not in self.units:
                self.units[above] = DonVi.objects.get(pk=above)
            for child in self._con(pk):
                self._treo(child, above)
            self._ket_thuc(pk)
            self.pham_vi.sang[pk] = above
            self._ghi_dong(item, pk, above)

    def _noi(self, dich: kh.Dich) -> int:
        """The unit something goes to."""
        pk = dich.don_vi or self._da_tao[dich].pop(0)
        self.dich.append((dich, pk))
        return pk

    def _tao(self, plan: list[kh.ThayDoi]) -> None:
        """All units that begin on the day, made like the first of those they follow."""
        wanted = [
            (dich, self.units[item.don_vi[0]] if item.don_vi else None)
            for item in plan
            for dich in item.dich
            if dich.is_moi
        ]
        codes = MaMoi({self.units[dich.cap_tren].ma for dich, _ in wanted})
        units = [self._don_vi_moi(dich, mau, codes) for dich, mau in wanted]
        for (dich, _), unit, pk in zip(wanted, units, self.so.them(DonVi, units), strict=True):
            self._da_tao[dich].append(pk)
            self.units[pk] = unit
            self.cay.them(pk, unit.path)
            self.lich_su.them(pk, ten=unit.ten, cap_tren=dich.cap_tren)

    def _don_vi_moi(self, dich: kh.Dich, mau: DonVi | None, codes: "MaMoi") -> DonVi:
        above, day = self.units[dich.cap_tren], self.sap_xep.hieu_luc
        path = self.cay.cho_moi(above.pk)
        unit = DonVi(
            cap=kh.cap_cua(dich.loai, above.cap),
            loai=dich.loai,
            ma=codes.cho(above.ma, dich.ten),
            khoi=dich.khoi or (mau.khoi if mau else ""),
            cum_thi_dua=mau.cum_thi_dua if mau else "",
            dia_danh=mau.dia_danh if mau and not mau.is_chi_doan else "",
            thanh_lap=day,
            so_lieu_den=mau.so_lieu_den if mau else None,
            path=path,
            depth=len(path) // BUOC,
            numchild=0,
        )
        unit.set_ten(dich.ten)
        if unit.is_chi_doan:
            unit.so_lieu_tu = day
        return unit

    def _treo(self, pk: int, cap_tren: int) -> None:
        if self._cha(pk) == cap_tren:
            return
        self.doi_cho.add(pk)
        self.cay.chuyen(pk, cap_tren)
        self.lich_su.doi(pk, cap_tren=cap_tren)

    def _ket_thuc(self, pk: int) -> None:
        self.pham_vi.ket_thuc.add(pk)

    def _con(self, pk: int) -> list[int]:
        """Units right below that are at work; those that ended before stay where they hang."""
        day, ended = self.sap_xep.hieu_luc, self.cay.ket_thuc
        return [
            child
            for child in self.cay.con(pk)
            if child not in self.pham_vi.ket_thuc
            and (ended.get(child) is None or ended[child] >= day)
        ]

    def _cha(self, pk: int) -> int:
        return self.cay.cha(pk)

    def _ghi_dong(self, item, truoc: int | None, sau: int | None, *, ten_sau: str = "") -> None:
        before, after = self.units.get(truoc), self.units.get(sau)
        self.dong.append(
            DongSapXep(
                sap_xep=self.sap_xep,
                loai=item.loai,
                truoc_id=truoc,
                sau_id=sau,
                ten_truoc=self._goi(before),
                ten_sau=ten_sau or self._goi(after),
            )
        )

    def _goi(self, unit: DonVi | None) -> str:
        if unit is None:
            return ""
        return unit.goi_ten(self._ten.get(unit.pk, unit.ten))[:160]

    def _ghi_don_vi(self) -> None:
        """Names of the renamed, last days of the ended."""
        changed = []
        for pk, ten in self._ten.items():
            unit = self.units[pk]
            before = {name: getattr(unit, name) for name in ("ten", "khoa_sap_xep", "khoa_tim")}
            after = {"ten": ten, "khoa_sap_xep": natural_sort_key(ten)[:255], "khoa_tim": fold(ten)}
            changed.append((pk, before, after))
        self.so.sua_tung(DonVi, changed)
        ended = DonVi.objects.filter(pk__in=self.pham_vi.ket_thuc)
        self.so.sua(ended, ket_thuc=self.sap_xep.hieu_luc - MOT_NGAY)


class MaMoi:
    """Codes that no unit has: of the unit above and the name."""

    def __init__(self, cap_tren: set[str]):
        starts = sorted(ma[:DAI_MA] for ma in cap_tren)
        self._da_co: set[str] = set()
        for part in tung_luot(starts):
            scope = Q(pk__in=())
            for start in part:
                scope |= Q(ma__startswith=start)
            rows = plain_rows(DonVi).filter(scope)
            self._da_co |= set(rows.values_list("ma", flat=True))

    def cho(self, cap_tren: str, ten: str) -> str:
        words = "-".join("".join(c if c.isalnum() else " " for c in fold(ten)).split())
        start = f"{cap_tren}-{words}"[:DAI_MA].strip("-")
        found, number = start, 1
        while found in self._da_co:
            number += 1
            found = f"{start}-{number}"
        self._da_co.add(found)
        return found
