"""Ages: from when on one may be admitted; who comes near the age at which one leaves."""

from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import RuleError

SAP_TOI = timedelta(days=90)
"""How long before the birthday a person is pointed out."""


@dataclass(frozen=True)
class MocTuoi:
    """Mốc tuổi: the days of birth that matter when the register is looked at on `ngay`.

    `tuoi` is the age in force for leaving (thirty). Somebody is past it from that birthday on.
    """

    ngay: date
    tuoi: int

    @property
    def qua_tuoi(self) -> date:
        """Born on this day or earlier: has reached the age."""
        return years_before(self.ngay, self.tuoi)

    @property
    def sap_qua_tuoi(self) -> date:
        """Born on this day or earlier, but after `qua_tuoi`: will reach it soon."""
        return years_before(self.ngay + SAP_TOI, self.tuoi)


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 29 February becomes 28."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@dataclass(frozen=True)
class TuoiKetNap:
    """Tuổi kết nạp: the youngest at admission; 15 years and 1 day in the charters before 2026."""

    years: int = 15
    days: int = 1

    def earliest(self, born: date) -> date:
        """The first day on which somebody born on `born` may be admitted."""
        return years_before(born, -self.years) + timedelta(days=self.days)

    def __str__(self) -> str:
        return f"{self.years} tuổi" + (f" và {self.days} ngày" if self.days else "")


def read_tuoi_ket_nap(text) -> TuoiKetNap:
    """The setting "15+1" (years + days) or "16"."""
    years, _, days = str(text).partition("+")
    try:
        return TuoiKetNap(int(years), int(days or 0))
    except ValueError as error:
        raise RuleError(
            f"Quy định tuổi kết nạp Đoàn ghi «{text}» không đúng. Sửa theo dạng 15+1."
        ) from error
