"""What is found in a member list: faults, parsed rows, and the decision on each row."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from doanvien.tuoi import TuoiKetNap

from .branches import Branches

Tell = Callable[[str, int, int], None]
"""Hears what is done, how many rows of how many; no total for what cannot be counted."""


def say_nothing(what: str, done: int, total: int) -> None:
    """For lists so short that nobody waits."""


CREATE, REJECT, DUPLICATE = "create", "reject", "duplicate"


@dataclass(frozen=True)
class Rules:
    """What the ward lends to the judgement: its branches, and the admission age of each day."""

    branches: Branches
    today: date
    admission_age: Callable[[date], TuoiKetNap] = lambda day: TuoiKetNap()


@dataclass(frozen=True)
class Fault:
    """One finding: the field, what stands there, what is wrong and how to mend it.

    `cells` are the addresses that the message names, by column.
    """

    field: str
    value: str
    message: str
    suggestion: str = ""
    cells: dict[str, str] = dataclasses.field(default_factory=dict)


@dataclass
class ParsedRow:
    """A row before it is compared with the others.

    `raw` keeps what stands in the cells that could not be read. `too_young` is kept apart:
    it refuses a row that would admit somebody, and only warns beside a row whose person is
    already in the list or in the register.
    """

    row: int
    values: dict = dataclasses.field(default_factory=dict)
    raw: dict[str, str] = dataclasses.field(default_factory=dict)
    faults: list[Fault] = dataclasses.field(default_factory=list)
    warnings: list[Fault] = dataclasses.field(default_factory=list)
    too_young: Fault | None = None


@dataclass(frozen=True)
class OnFile:
    """Whoever already has a citizen id in the register; `pk` and `values` only in the own unit."""

    message: str
    pk: int | None = None
    values: dict = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class RowResult:
    """One data row: what is to become of it, its cleaned values, its faults and warnings."""

    row: int
    action: str
    values: dict
    raw: dict[str, str]
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()
    of_row: int | None = None
    of_member: int | None = None

    @property
    def field(self) -> str:
        """The first faulty field in the order of the sheet's columns."""
        return self.faults[0].field if self.faults else ""

    @property
    def message(self) -> str:
        return " ".join(fault.message for fault in self.faults)
