"""Ages: who comes near the age at which one leaves the Youth Union, or has passed it."""

from dataclasses import dataclass
from datetime import date, timedelta

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
