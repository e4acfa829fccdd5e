"""The page on which an activity is written: whose names it offers, and who is ticked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Q

from chidoan.models import HoatDong
from core.periods import today
from core.text import clean, fold
from tochuc.loc import is_khoa
from tochuc.models import DonVi

from .forms import HoatDongForm, ThamGia
from .loai import doc_so
from .queries import NguoiThamGia, dem_nguoi, roster

DA_GHI = "Đã ghi tham gia"
TIM_TOI_DA = 30
"""So many names a search shows."""
CAN_TIM = 20
"""A branch with more names has a box to find one in."""


@dataclass(frozen=True)
class DongChon:
    """One name of the list."""

    nguoi: NguoiThamGia
    chon: bool
    cong: str


@dataclass(frozen=True)
class NhomChon:
    """A branch: how many it has, and those of them who are drawn."""

    pk: int
    ten: str
    tong: int
    dong: list[DongChon]
    mo: bool = True

    @property
    def so_chon(self) -> int:
        return sum(row.chon for row in self.dong)

    @property
    def con_lai(self) -> bool:
        """Whether more names can be asked for."""
        return not self.mo and len(self.dong) < self.tong

    @property
    def co_di_xa(self) -> bool:
        return any(row.nguoi.di_xa for row in self.dong)


@dataclass(frozen=True)
class HoiTen:
    """Which names of a large unit are asked for: of opened branches, or that hold a text."""

    mo: frozenset[int] = frozenset()
    tim: str = ""

    @classmethod
    def of(cls, data) -> "HoiTen":
        named = [*data.getlist("mo"), data.get("mo_them", "")]
        opened = {int(pk) for pk in named if is_khoa(pk)}
        return cls(frozenset(opened), clean(data.get("tim", ""))[:60])


class TrangChon:
    """The names that a form offers for its days; asked when the page is drawn. One query for a
    branch, which shows all; two for a larger unit, which shows the branches that were opened,
    what a search finds, and who is ticked.

    `da_ghi` are the names on record already: they stay choosable, also of who has left since.
    """

    def __init__(
        self,
        *,
        form: HoatDongForm,
        don_vi: DonVi,
        da_ghi: Mapping[int, str],
        hoi: HoiTen | None = None,
    ):
        self.form, self.don_vi, self.da_ghi, self.hoi = form, don_vi, da_ghi, hoi or HoiTen()

    @property
    def ngay(self) -> date:
        return self._day("tu_ngay") or today()

    @property
    def is_lon(self) -> bool:
        """Whether the unit has branches below it, so that not all names are drawn."""
        return not self.don_vi.is_chi_doan

    @property
    def can_tim(self) -> bool:
        return self.is_lon or self.so_nguoi > CAN_TIM

    @cached_property
    def nhom(self) -> list[NhomChon]:
        tu = self.ngay
        den = max(tu, self._day("den_ngay") or tu)
        ticked = self._ticked()
        people = self._people(tu, den, ticked)
        here = {person.pk for person in people}
        gone = [NguoiThamGia(pk, ten, DA_GHI) for pk, ten in self.da_ghi.items() if pk not in here]
        lines: dict[int, list[DongChon]] = {}
        for person in [*people, *gone]:
            line = DongChon(person, person.pk in ticked, ticked.get(person.pk, ""))
            lines.setdefault(person.chi_doan_pk, []).append(line)
        return [*self._groups(tu, den, lines), *self._gone(lines)]

    def _people(self, tu: date, den: date, ticked: Mapping[int, str]) -> list[NguoiThamGia]:
        if not self.is_lon:
            return roster(self.don_vi, tu, den)
        wanted = Q(chi_doan__in=self.hoi.mo) | Q(doan_vien__in=list(ticked))
        people = roster(self.don_vi, tu, den, trong=wanted)
        if self.hoi.tim:
            found = Q(doan_vien__khoa_tim__contains=fold(self.hoi.tim))
            people += roster(self.don_vi, tu, den, trong=found, toi_da=TIM_TOI_DA)
        return list({person.pk: person for person in people}.values())

    def _groups(self, tu: date, den: date, lines: Mapping[int, list[DongChon]]) -> list[NhomChon]:
        if not self.is_lon:
            rows = lines.get(self.don_vi.pk, [])
            return [NhomChon(self.don_vi.pk, self.don_vi.ten, len(rows), rows)] if rows else []
        return [
            NhomChon(pk, ten, tong, lines.get(pk, []), mo=pk in self.hoi.mo)
            for pk, ten, tong in dem_nguoi(self.don_vi, tu, den)
        ]

    @staticmethod
    def _gone(lines: Mapping[int, list[DongChon]]) -> list[NhomChon]:
        rows = lines.get(0, [])
        return [NhomChon(0, DA_GHI, len(rows), rows)] if rows else []

    @property
    def so_nguoi(self) -> int:
        return sum(group.tong for group in self.nhom)

    @property
    def so_tim_thay(self) -> int:
        key = fold(self.hoi.tim)
        return sum(key in fold(row.nguoi.ho_ten) for group in self.nhom for row in group.dong)

    @property
    def so_chon(self) -> int:
        return sum(group.so_chon for group in self.nhom)

    def _day(self, name: str) -> date | None:
        """The day as it stands in the form; None when it is no day."""
        try:
            return self.form.fields[name].clean(self.form[name].value())
        except ValidationError:
            return None

    def _ticked(self) -> dict[int, str]:
        value = self.form["tham_gia"].value() or {}
        if isinstance(value, ThamGia):
            return {pk: doc_so(cong) for pk, cong in value.cong.items()}
        return {int(pk): cong for pk, cong in value.items() if str(pk).isdecimal()}


def ten_da_ghi(hoat_dong: HoatDong) -> tuple[dict[int, str], ThamGia]:
    """Names on record, and their days of work. One query."""
    rows = list(hoat_dong.tham_gia.select_related("doan_vien"))
    names = {row.doan_vien_id: row.doan_vien.ho_ten for row in rows}
    return names, ThamGia({row.doan_vien_id: row.ngay_cong for row in rows})
