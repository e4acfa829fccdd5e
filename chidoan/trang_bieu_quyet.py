"""The votes on the page of a meeting: shown, kept as typed, read back."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from .forms import BieuQuyetFormSet
from .noi_dung import Phieu

PREFIX = "bq"


def build(data, rows: Iterable[Phieu | dict[str, Any]]):
    """The formset; a form that was sent without any votes has none."""
    if data is not None and f"{PREFIX}-TOTAL_FORMS" not in data:
        data = {f"{PREFIX}-TOTAL_FORMS": 0, f"{PREFIX}-INITIAL_FORMS": 0}
    initial = [row if isinstance(row, dict) else asdict(row) for row in rows]
    return BieuQuyetFormSet(data, initial=initial, prefix=PREFIX)


def given(formset) -> list:
    """The forms that hold a vote, in order; the formset must be valid."""
    return [form for form in formset if not form.is_trong]


def read(formset, *, co_quyen: int, co_mat: int) -> tuple[Phieu, ...]:
    """The tallies; who may vote and who was there come from the roll where nothing was typed."""
    return tuple(
        Phieu(
            noi_dung=data["noi_dung"],
            hinh_thuc=data["hinh_thuc"] or Phieu.hinh_thuc,
            co_quyen=co_quyen if data["co_quyen"] is None else data["co_quyen"],
            co_mat=co_mat if data["co_mat"] is None else data["co_mat"],
            **{name: data[name] or 0 for name in form.PHIEU},
        )
        for form in given(formset)
        for data in [form.cleaned_data]
    )


def as_typed(formset) -> list[dict[str, Any]]:
    """What a draft keeps: rows in which a figure or the words of a vote stand."""
    names = ("noi_dung", "co_quyen", "co_mat", "tan_thanh", "khong_tan_thanh", "khong_hop_le")
    rows = [{name: form[name].value() or "" for name in (*names, "hinh_thuc")} for form in formset]
    return [row for row in rows if any(row[name] != "" for name in names)]
