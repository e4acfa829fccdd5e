"""Which branch the ward looks after first: the rule without the database.

New and merged branches come first, then weak ones, as the districts do it ("đặc biệt là các
đồng chí Bí thư ở các thôn, bon, bản mới sáp nhập"); among equals those without a coach, the
weaker ones, and those that nobody has visited for longest.
"""

from dataclasses import dataclass
from datetime import date

from doanvien.tuoi import years_before

MOI_LAP, SAP_NHAP = "Mới thành lập", "Mới sáp nhập"


@dataclass(frozen=True, kw_only=True)
class CanKem:
    """What is known of a branch on a day: `diem` are the points of `can_giup`."""

    moi: str = ""
    diem: int = 0
    co_phu_trach: bool = True
    lan_cuoi: date | None = None
    path: str = ""

    @property
    def nhom(self) -> int:
        """0: new or merged; 1: weak; 2: the others."""
        return 0 if self.moi else 1 if self.diem else 2


def thu_tu(row: CanKem):
    """The key by which branches are put in order."""
    return row.nhom, row.co_phu_trach, -row.diem, row.lan_cuoi or date.min, row.path


def moi_vi_sao(*, thanh_lap: date | None, sap_xep: tuple[date, ...], day: date, thang: int) -> str:
    """Whether a branch was founded, or got members by a merge, within so many months of `day`."""
    since = _months_before(day, thang)
    if any(since < one <= day for one in sap_xep):
        return SAP_NHAP
    return MOI_LAP if thanh_lap and since < thanh_lap <= day else ""


def lau_chua_xuong(lan_cuoi: date | None, *, thanh_lap: date | None, day: date, so_ngay: int):
    """Whether nobody has come for more than so many days; a young branch is given that time."""
    last = max(filter(None, (lan_cuoi, thanh_lap)), default=None)
    return last is None or (day - last).days > so_ngay


def _months_before(day: date, months: int) -> date:
    years, rest = divmod(months, 12)
    month = day.month - rest
    if month < 1:
        years, month = years + 1, month + 12
    first = years_before(day.replace(day=min(day.day, 28)), years)
    return first.replace(month=month)
