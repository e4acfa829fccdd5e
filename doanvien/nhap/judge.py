"""Decides on each row of a list: create, reject, or duplicate of another row or of a member."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from core.text import fold, lowfirst

from .columns import LABELS
from .results import CREATE, DUPLICATE, REJECT, Fault, OnFile, ParsedRow, RowResult
from .rows import SPOKEN_LABELS

NAMED_DIFFERENCES = 4


def judge(
    rows: Iterable[ParsedRow],
    *,
    members: Mapping[str, OnFile] | None = None,
    namesakes: Mapping[tuple[str, date], str] | None = None,
) -> list[RowResult]:
    """One decision for each row, in order.

    A fault wins over a duplicate. A duplicate has the citizen id of somebody on file
    (`members`) or of an earlier row that was taken. An admission below the age refuses a row
    that would be created; beside a duplicate it is a warning, and its date is not taken.
    `namesakes` are people on file by folded name and birth date.
    """
    decided = Decisions(members or {}, dict(namesakes or {}))
    return [decided.decide(row) for row in rows]


def differences(found: dict, other: dict) -> str:
    """Which values of a row differ from those known, in words for a person."""
    changed = [
        SPOKEN_LABELS.get(name) or LABELS[name][0]
        for name, value in found.items()
        if value not in ("", None) and value != other.get(name)
    ]
    labels = [lowfirst(label) for label in dict.fromkeys(changed)]
    if not labels:
        return "Không có gì khác."
    more = len(labels) - NAMED_DIFFERENCES
    rest = f" và {more} mục nữa" if more > 0 else ""
    return f"Khác: {', '.join(labels[:NAMED_DIFFERENCES])}{rest}."


class Decisions:
    """Remembers whom the rows so far have taken."""

    def __init__(self, members, namesakes):
        self.members = members
        self.namesakes = namesakes
        self.taken: dict[str, ParsedRow] = {}

    def decide(self, row: ParsedRow) -> RowResult:
        if row.faults:
            return _rejected(row, row.faults)
        cccd = row.values["cccd"]
        if cccd in self.members:
            known = self.members[cccd]
            return _duplicate(row, known.message, known.values, of_member=known.pk)
        if cccd in self.taken:
            earlier = self.taken[cccd]
            message = f"Cùng số CCCD với dòng {earlier.row} trong tệp này."
            return _duplicate(row, message, earlier.values, of_row=earlier.row)
        if row.too_young:
            return _rejected(row, [row.too_young])
        self.taken[cccd] = row
        return self.created(row)

    def created(self, row: ParsedRow) -> RowResult:
        key = (fold(row.values["ho_ten"]), row.values["ngay_sinh"])
        result = RowResult(row.row, CREATE, row.values, row.raw, (), tuple(row.warnings))
        other = self.namesakes.get(key)
        self.namesakes.setdefault(key, f"dòng {row.row} trong tệp này")
        if other:
            warning = Fault("ho_ten", row.values["ho_ten"], f"Cùng tên, ngày sinh với {other}.")
            result = replace(result, warnings=(*result.warnings, warning))
        return result


def _rejected(row: ParsedRow, faults: list[Fault]) -> RowResult:
    return RowResult(row.row, REJECT, row.values, row.raw, tuple(faults), tuple(row.warnings))


def _duplicate(row: ParsedRow, message: str, known: dict, **of) -> RowResult:
    values, warnings = dict(row.values), list(row.warnings)
    if row.too_young:
        values.pop("ngay_vao_doan")
        warnings.append(row.too_young)
    if known:
        message = f"{message} {differences(values, known)}"
    fault = Fault("cccd", f"…{values['cccd'][-4:]}", message)
    return RowResult(row.row, DUPLICATE, values, row.raw, (fault,), tuple(warnings), **of)
