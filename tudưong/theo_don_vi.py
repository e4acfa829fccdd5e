"""The pipeline of a unit by the units below it: where cases lie, what came of them in a period."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.db.models.functions import Substr
from django.urls import reverse

from core.periods import KyBaoCao
from tochuc.models import DonVi

from .models import ChatVan, HoSo
from .queries import NHOM_GIAI_DOAN, Chang, stretches, with_bars

DANG_DI = [ma for ma in NHOM_GIAI_DOAN if ma != "ket_nap"]
TRONG_KY = {
    "gioi_thieu": "Giới thiệu",
    "ket_nap": "Kết nạp",
    "cong_van": "Công văn hỏi",
    "tra_loi": "Được trả lời",
}
CHUA_TRA_LOI = "Chưa trả lời"


@dataclass(frozen=True)
class OSo:
    """One number, the address of its rows, and the days that the oldest has waited."""

    so: int
    url: str
    lau_nhat: int | None = None


@dataclass(frozen=True)
class Hang:
    """One line: where the cases of a unit lie, and what happened in the period."""

    don_vi: DonVi
    dang_di: list[OSo]
    trong_ky: list[OSo]

    @property
    def is_trong(self) -> bool:
        return not any(cell.so for cell in (*self.dang_di, *self.trong_ky))


@dataclass(frozen=True)
class BangTheoDonVi:
    """The whole unit, those below it, and the bars of the whole; heads of the columns."""

    tong: Hang
    hang: list[Hang]
    chang: list[Chang]
    cot_dang_di = [NHOM_GIAI_DOAN[ma].ten for ma in DANG_DI]
    cot_trong_ky = [*TRONG_KY.values(), CHUA_TRA_LOI]


def load_theo_don_vi(don_vi: DonVi, ky: KyBaoCao, day: date) -> BangTheoDonVi:
    """Four queries, for any number of units and cases.

    Cases lie where they lie today; `day` is today or the last day of the unit's books.
    """
    below = list(DonVi.objects.under(don_vi).filter(depth=don_vi.depth + 1).order_by("path"))
    cases, flows, letters = _cases(don_vi), _flows(don_vi, ky), _letters(don_vi, ky)
    tong, *hang = [
        _hang(unit, ky, day, cases[unit.path], flows[unit.path] | letters[unit.path])
        for unit in (don_vi, *below)
    ]
    return BangTheoDonVi(
        tong=tong,
        hang=[row for row in hang if not row.is_trong or _is_ke(row.don_vi)],
        chang=with_bars(stretches(cases[don_vi.path], day)),
    )


def _is_ke(unit: DonVi) -> bool:
    """Whether a unit is listed when it has nothing: a ward at work is, a branch is not."""
    return unit.ket_thuc is None and not unit.is_chi_doan


def _cases(don_vi: DonVi) -> dict[str, list]:
    """(state, since when, how many) of the whole unit and of each right below it."""
    rows = _by_unit(HoSo.objects.under(don_vi), don_vi, "chi_doan__path")
    rows = rows.values_list("duoi", "trang_thai", "ngay_buoc").annotate(so=Count("pk"))
    found = defaultdict(list)
    for path, *row in rows:
        for key in {path, don_vi.path}:
            found[key].append(row)
    return found


def _flows(don_vi: DonVi, ky: KyBaoCao) -> dict[str, dict]:
    rows = _by_unit(HoSo.objects.under(don_vi), don_vi, "chi_doan__path").values("duoi")
    return _added_up(
        don_vi,
        rows.annotate(
            gioi_thieu=Count("pk", filter=Q(ngay_gioi_thieu__range=(ky.start, ky.end))),
            ket_nap=Count("pk", filter=Q(ngay_ket_nap__range=(ky.start, ky.end))),
        ),
    )


def _letters(don_vi: DonVi, ky: KyBaoCao) -> dict[str, dict]:
    rows = _by_unit(ChatVan.objects.under(don_vi), don_vi, "ho_so__chi_doan__path").values("duoi")
    waiting = ChatVan.objects.chua_tra_loi().order_by().values("pk")
    return _added_up(
        don_vi,
        rows.annotate(
            cong_van=Count("pk", filter=Q(ngay__range=(ky.start, ky.end))),
            tra_loi=Count("pk", filter=Q(tra_loi_ngay__range=(ky.start, ky.end))),
            cho=Count("pk", filter=Q(pk__in=waiting)),
        ),
    )


def _by_unit(rows, don_vi: DonVi, path: str):
    """Rows with the path of the unit right below `don_vi` that they belong to."""
    return rows.order_by().annotate(duoi=Substr(path, 1, len(don_vi.path) + DonVi.steplen))


def _added_up(don_vi: DonVi, rows) -> dict[str, dict]:
    """Counts of each unit by its path, and those of the whole under its own."""
    found = defaultdict(dict)
    tong = defaultdict(int)
    for row in rows:
        path = row.pop("duoi")
        found[path] = row
        for name, so in row.items():
            tong[name] += so
    found[don_vi.path] = tong
    return found


def _hang(unit: DonVi, ky: KyBaoCao, day: date, cases: list, counts: dict) -> Hang:
    lie = [row for row in stretches(cases, day) if row.ma in DANG_DI]
    urls = {
        "gioi_thieu": _url("ho_so_list", unit, gioi_thieu=ky.code),
        "ket_nap": _url("ho_so_list", unit, ket_nap=ky.code),
        "cong_van": _url("chat_van_list", unit, ky=ky.code),
        "tra_loi": _url("chat_van_list", unit, tra_loi=ky.code),
        "cho": _url("chat_van_list", unit, tinh_trang="cho"),
    }
    return Hang(
        unit,
        [OSo(row.so, _url("ho_so_list", unit, nhom=row.ma), row.lau_nhat) for row in lie],
        [OSo(counts.get(ma, 0), url) for ma, url in urls.items()],
    )


def _url(name: str, unit: DonVi, **query) -> str:
    return f"{reverse(f'tuduong:{name}')}?{urlencode({'don_vi': unit.pk, **query})}"
