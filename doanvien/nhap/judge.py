"""Decides on each row of a list: create, reject, or duplicate of another row or of a member."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from core.text import fold

from .results import CREATE, DUPLICATE, REJECT, Fault, ParsedRow, RowResult


def judge(
    rows: Iterable[ParsedRow],
    *,
    members: Mapping[str, int] | None = None,
    namesakes: Mapping[tuple[str, date], str] | None = None,
) -> list[RowResult]:
    """One decision for each row, in order.

    A fault wins over a duplicate. A duplicate has the citizen id of a member on file
    (`members`: id → key) or of an earlier row that was taken. An admission below the age
    refuses a row that would be created; beside a duplicate it is a warning, and its date
    is not taken. `namesakes` are people on file by folded name and birth date.
    """
    decided = Decisions(members or {}, dict(namesakes or {}))
    return [decided.decide(row) for row in rows]


class Decisions:
    """Remembers whom the rows so far have taken."""

    def __init__(self, members, namesakes):
        self.members = members
        self.namesakes = namesakes
        self.taken: dict[str, int] = {}

    def decide(self, row: ParsedRow) -> RowResult:
        if row.faults:
            return _rejected(row, row.faults)
        cccd = row.values["cccd"]
        if cccd in self.members or cccd in self.taken:
            return self.duplicate(row, cccd)
        if row.too_young:
            return _rejected(row, [row.too_young])
        self.taken[cccd] = row.row
        return self.created(row)

    def duplicate(self, row: ParsedRow, cccd: str) -> RowResult:
        member = self.members.get(cccd)
        earlier = None if member else self.taken[cccd]
        message = (
            f"Cùng số CCCD với dòng {earlier} trong tệp này."
            if earlier
            else "Số CCCD này đã có trong sổ."
        )
        fault = Fault("cccd", f"…{cccd[-4:]}", message)
        found, warnings = dict(row.values), list(row.warnings)
        if row.too_young:
            found.pop("ngay_vao_doan")
            warnings.append(row.too_young)
        return RowResult(
            row.row, DUPLICATE, found, (fault,), tuple(warnings), of_row=earlier, of_member=member
        )

    def created(self, row: ParsedRow) -> RowResult:
        key = (fold(row.values["ho_ten"]), row.values["ngay_sinh"])
        result = RowResult(row.row, CREATE, row.values, (), tuple(row.warnings))
        other = self.namesakes.get(key)
        self.namesakes.setdefault(key, f"dòng {row.row} trong tệp này")
        if other:
            warning = Fault("ho_ten", row.values["ho_ten"], f"Cùng tên, ngày sinh với {other}.")
            result = replace(result, warnings=(*result.warnings, warning))
        return result


def _rejected(row: ParsedRow, faults: list[Fault]) -> RowResult:
    return RowResult(row.row, REJECT, row.values, tuple(faults), tuple(row.warnings))
