"""Moves every row that points at one record to another, whichever app it belongs to.

The relations come from Django's own metadata, so an app above is not imported. Where a
constraint allows one row only, the better of the two stays. Everything is written into a
journal from which it can be taken back.

A model may say more about itself: `thu_hang_khi_gop` (the row with the higher value stays)
and `khi_gop_trung` (a sentence: two rows of it are never made one, the merge is refused).
"""

import json
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import models

from core.errors import RuleError
from tochuc.models import VanBan


@dataclass
class NhatKyGop:
    """Journal of a merge: rows moved, rows that gave way, rows changed, rows made."""

    noi: list[list] = field(default_factory=list)
    xoa: list[str] = field(default_factory=list)
    sua: list[str] = field(default_factory=list)
    them: list[int] = field(default_factory=list)


def snapshot(row: models.Model) -> str:
    """A row with all its columns, as text; moments to the microsecond."""
    return json.dumps(serializers.serialize("python", [row]), default=str)


def restore(text: str) -> None:
    """Write a row back as it was."""
    for row in serializers.deserialize("python", json.loads(text)):
        row.save()


def relations(model: type[models.Model], *, ngoai=()) -> list[models.Field]:
    """The fields of all models that point at `model`, hidden ones included."""
    found = [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and (relation.one_to_many or relation.one_to_one)
    ]
    return sorted(
        (one for one in found if one.model not in ngoai),
        key=lambda one: (one.model._meta.label, one.name),
    )


def move_all(bo: models.Model, giu: models.Model, nhat_ky: NhatKyGop, *, ngoai=()) -> int:
    """Let every row that points at `bo` point at `giu`; return how many gave way."""
    before = len(nhat_ky.xoa)
    for one in relations(type(bo), ngoai=ngoai):
        _move(one, bo, giu, nhat_ky)
    _move_papers(bo, giu, nhat_ky)
    return len(nhat_ky.xoa) - before


def moved_back(noi: list[list], bo_pk: int) -> None:
    """Take back what the journal says was moved."""
    for label, attname, pks in noi:
        apps.get_model(label).objects.filter(pk__in=pks).update(**{attname: bo_pk})


def hanging(row: models.Model, *, ngoai=()) -> list[str]:
    """Which rows point at `row`, to see later whether something came or went."""
    return [
        f"{one.model._meta.label}.{one.name}:{pk}"
        for one in relations(type(row), ngoai=ngoai)
        for pk in _rows(one, row).order_by("pk").values_list("pk", flat=True)
    ]


def _rows(one: models.Field, target: models.Model):
    return one.model.objects.filter(**{one.name: target})


def _move(one: models.Field, bo, giu, nhat_ky: NhatKyGop) -> None:
    rules = _unique_rules(one)
    moved = list(_rows(one, bo).order_by("pk").values_list("pk", flat=True))
    if rules and moved:
        others = list(_rows(one, giu))
        moved = [
            row.pk
            for row in _rows(one, bo).order_by("pk")
            if _makes_room(one, row, others, rules, nhat_ky)
        ]
    if moved:
        one.model.objects.filter(pk__in=moved).update(**{one.attname: giu.pk})
        nhat_ky.noi.append([one.model._meta.label, one.attname, moved])


def _makes_room(one, row, others, rules, nhat_ky: NhatKyGop) -> bool:
    """Whether `row` may move, once the rows of the other record that it beats are gone."""
    for other in [other for other in others if _collide(row, other, rules)]:
        loser = _loser(row, other)
        nhat_ky.xoa.append(snapshot(loser))
        loser.delete()
        if loser is row:
            return False
        others.remove(other)
    return True


def _loser(row: models.Model, other: models.Model) -> models.Model:
    """Which of two rows about the same thing gives way; never one that others hang on."""
    if sentence := getattr(row, "khi_gop_trung", ""):
        raise RuleError(sentence)
    held, other_held = bool(hanging(row)), bool(hanging(other))
    if held and other_held:
        ten = row._meta.verbose_name
        raise RuleError(
            f"Cả hai bản ghi đều có {ten} còn dở dang. Xong hoặc đóng một {ten}, rồi gộp."
        )
    if held != other_held:
        return other if held else row
    return other if _rank(row) > _rank(other) else row


def _rank(row: models.Model) -> Any:
    """How good a row is: what its model says, else how much of it is filled."""
    rank = getattr(row, "thu_hang_khi_gop", None)
    if rank is not None:
        return rank
    values = (getattr(row, one.attname) for one in row._meta.concrete_fields)
    return sum(value not in ("", None, False) for value in values)


def _unique_rules(one: models.Field) -> list[tuple[list[str], models.Q | None]]:
    """Other columns that must differ between two rows with the same `one`, and when."""
    meta = one.model._meta
    rules = [
        ([name for name in rule.fields if name != one.name], rule.condition)
        for rule in meta.constraints
        if isinstance(rule, models.UniqueConstraint) and one.name in rule.fields
    ]
    rules += [
        ([name for name in names if name != one.name], None)
        for names in meta.unique_together
        if one.name in names
    ]
    if one.unique:
        rules.append(([], None))
    return rules


def _collide(row: models.Model, other: models.Model, rules) -> bool:
    return any(
        all(_value(row, name) == _value(other, name) for name in names)
        and (condition is None or _both_meet(row, other, condition))
        for names, condition in rules
    )


def _both_meet(row: models.Model, other: models.Model, condition: models.Q) -> bool:
    rows = type(row).objects.filter(condition, pk__in=[row.pk, other.pk])
    return rows.count() == 2


def _value(row: models.Model, name: str) -> Any:
    return getattr(row, row._meta.get_field(name).attname)


def _move_papers(bo, giu, nhat_ky: NhatKyGop) -> None:
    """Issued papers name their object by kind and number; same versions stay apart."""
    papers = VanBan.objects.filter(doi_tuong_loai=bo._meta.label_lower)
    taken = set(papers.filter(doi_tuong_id=giu.pk).values_list("loai", "phien_ban"))
    rows = papers.filter(doi_tuong_id=bo.pk).values_list("pk", "loai", "phien_ban")
    moved = [pk for pk, *version in rows if tuple(version) not in taken]
    if moved:
        papers.filter(pk__in=moved).update(doi_tuong_id=giu.pk)
        nhat_ky.noi.append([VanBan._meta.label, "doi_tuong_id", moved])
