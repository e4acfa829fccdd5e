"""Whether a district counts to the figures of `facts.json`: figures, their rows, the ranking."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from baocao.chi_tieu import THEO_MA, ThoiKy, compute, rows
from baocao.xep_hang import load_xep_hang
from core.periods import KyBaoCao
from tochuc.models import DonVi

CHI_TIEU = (
    "so_thon_to_dan_pho",
    "chi_doan_manh",
    "chi_doan_kha",
    "doan_vien",
    "ket_nap_moi",
    "gioi_thieu_uu_tu",
    "duoc_ket_nap_dang",
)


def assert_facts(facts: dict, *, ma: str = "nghia-hanh") -> None:
    """Compare the unit `ma` with a section of facts.json; every difference is named."""
    assert list(differences(facts, ma=ma)) == []


def differences(facts: dict, *, ma: str) -> Iterator[str]:
    """Sentences about what is counted otherwise: figures, the rows behind them, the ranking."""
    unit = DonVi.objects.get(ma=ma)
    thoi_ky = ThoiKy.of(KyBaoCao(facts["nam"]), unit)
    table = compute(unit, thoi_ky)
    expected = {code: facts[code] for code in CHI_TIEU} | {
        "xa_thi_tran": len(facts["xa_thi_tran"]),
        "chi_doan": facts["so_thon_to_dan_pho"],
    }
    for code, value in expected.items():
        counted = table.so(unit, code).tu
        opened = rows(THEO_MA[code], unit, thoi_ky).count()
        if (counted, opened) != (value, value):
            yield f"{code}: {value}, counted {counted}, rows {opened}"
    yield from _names(facts, unit)
    yield from _ranking(facts, unit)


def _names(facts: dict, unit: DonVi) -> Iterator[str]:
    wards = {ward.ten: ward for ward in DonVi.objects.under(unit).co_so()}
    if set(wards) != set(facts["xa_thi_tran"]):
        yield f"xa_thi_tran: {sorted(set(wards) ^ set(facts['xa_thi_tran']))}"
    for ward, branches in facts["chi_doan_tieu_bieu"].items():
        found = set(DonVi.objects.under(wards[ward]).chi_doan().values_list("ten", flat=True))
        if not set(branches) <= found:
            yield f"{ward}: {sorted(set(branches) - found)}"


def _ranking(facts: dict, unit: DonVi) -> Iterator[str]:
    """The ranking opens at the year of the facts and shows the recorded levels, unconverted."""
    if unit.ngay_so_lieu(date(2026, 11, 18)).year != facts["nam"]:
        yield f"so_lieu_den: {unit.so_lieu_den}"
    levels = [(muc, so) for muc, _, so in load_xep_hang(unit, facts["nam"]).dem_muc]
    expected = [("manh", facts["chi_doan_manh"]), ("kha", facts["chi_doan_kha"])]
    if levels != expected:
        yield f"xep_hang: {levels}"


def load_facts() -> dict:
    return json.loads((Path(__file__).parents[1] / "data" / "facts.json").read_text("utf-8"))
