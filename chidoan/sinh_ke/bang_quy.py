"""The table in which a quarter's figures of all groups are typed: one row for each group."""

from dataclasses import dataclass

from django.core.exceptions import NON_FIELD_ERRORS

from chidoan.models import SoDuTo, ToTietKiem
from core.errors import RuleError, add_refusal
from core.periods import KyBaoCao, read_ky
from core.text.numbers import money
from tochuc.models import DonVi

from .forms import SoDuForm
from .queries import cac_to_trong_ky, so_du_hai_quy
from .services import COT_SO_DU, check_so_du


def read_quy(text: str | None, default: KyBaoCao) -> KyBaoCao:
    """The quarter that an address asks for; the page's own for nothing and for nonsense."""
    ky = read_ky(text, default)
    return ky if ky.quy else KyBaoCao.quarter_of(ky.end)


@dataclass
class Hang:
    """One group: its form, and what was written last, as text beside each cell."""

    to: ToTietKiem
    form: SoDuForm
    truoc: SoDuTo | None

    @property
    def o(self) -> list[tuple]:
        """(bound field, what it was, so that a look tells what has changed)."""
        return [(self.form[name], self._was(name)) for name in COT_SO_DU]

    @property
    def co_loi(self) -> bool:
        """Whether a cell of it has to be mended."""
        return any(name != NON_FIELD_ERRORS for name in self.form.errors)

    @property
    def ky_truoc(self) -> str:
        return self.truoc.ky.ten if self.truoc else ""

    def _was(self, name: str) -> str:
        return money(getattr(self.truoc, name)) if self.truoc else ""


@dataclass
class BangQuy:
    """The rows of a unit in a quarter."""

    ky: KyBaoCao
    hang: list[Hang]

    @classmethod
    def read(cls, don_vi: DonVi, ky: KyBaoCao, data) -> "BangQuy":
        """Three queries, however many groups there are."""
        groups = cac_to_trong_ky(don_vi, ky)
        own, before = so_du_hai_quy(groups, ky)
        rows = [
            Hang(
                to,
                SoDuForm(data, prefix=f"to{to.pk}", initial=_initial(own.get(to.pk))),
                before.get(to.pk),
            )
            for to in groups
        ]
        return cls(ky, rows)

    def is_valid(self) -> bool:
        """Check every row, so that all that has to be mended is said at once."""
        faults = [row for row in self.hang if not self._is_valid(row)]
        return not faults

    def _is_valid(self, row: Hang) -> bool:
        if not row.form.is_valid():
            return False
        values = row.form.cleaned_data
        if all(value is None for value in values.values()):
            return True
        try:
            check_so_du(row.to, self.ky, values)
        except RuleError as refusal:
            add_refusal(row.form, refusal)
            return False
        return True

    @property
    def so_loi(self) -> str:
        """In which groups something has to be mended; what somebody else wrote is no fault."""
        wrong = [str(row.to) for row in self.hang if row.form.is_bound and row.co_loi]
        return f"Sửa chỗ viền đỏ ở {', '.join(wrong)} rồi lưu lại." if wrong else ""

    def values(self) -> dict[ToTietKiem, dict]:
        """What was changed by this person: rows left as shown keep what others wrote."""
        return {row.to: row.form.cleaned_data for row in self.hang if row.form.has_changed()}

    def shown(self) -> dict[ToTietKiem, dict]:
        """What the rows that were changed showed."""
        return {row.to: row.form.shown() for row in self.hang if row.form.has_changed()}

    def show_meanwhile(self, others: dict[ToTietKiem, dict]) -> None:
        """What somebody else wrote stands beside what was typed."""
        for row in self.hang:
            if row.to in others:
                row.form.show_meanwhile(others[row.to])


def _initial(row: SoDuTo | None) -> dict:
    return {name: getattr(row, name) for name in COT_SO_DU} if row else {}
