"""The page on which an activity is written: whose names it offers, and who is ticked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError

from chidoan.models import HoatDong
from core.periods import today
from tochuc.models import DonVi

from .forms import HoatDongForm, ThamGia
from .loai import doc_so
from .queries import NguoiThamGia, roster, theo_chi_doan

DA_GHI = "Đã ghi tham gia"


@dataclass(frozen=True)
class DongChon:
    """One name of the list."""

    nguoi: NguoiThamGia
    chon: bool
    cong: str


class TrangChon:
    """The names that a form offers for its days; asked when the page is drawn. One query.

    `da_ghi` are the names on record already: they stay choosable, also of who has left since.
    """

    def __init__(self, *, form: HoatDongForm, don_vi: DonVi, da_ghi: Mapping[int, str]):
        self.form, self.don_vi, self.da_ghi = form, don_vi, da_ghi

    @property
    def ngay(self) -> date:
        return self._day("tu_ngay") or today()

    @cached_property
    def nhom(self) -> list[tuple[str, list[DongChon]]]:
        tu = self.ngay
        people = roster(self.don_vi, tu, max(tu, self._day("den_ngay") or tu))
        here = {person.pk for person in people}
        gone = [NguoiThamGia(pk, ten, DA_GHI) for pk, ten in self.da_ghi.items() if pk not in here]
        ticked = self._ticked()

        def line(person: NguoiThamGia) -> DongChon:
            return DongChon(person, person.pk in ticked, ticked.get(person.pk, ""))

        groups = theo_chi_doan([*people, *gone])
        return [(chi_doan, [line(person) for person in row]) for chi_doan, row in groups]

    @property
    def so_nguoi(self) -> int:
        return sum(len(people) for _, people in self.nhom)

    @property
    def so_chon(self) -> int:
        return sum(row.chon for _, people in self.nhom for row in people)

    @property
    def co_di_xa(self) -> bool:
        return any(row.nguoi.di_xa for _, people in self.nhom for row in people)

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
