"""Every indicator of a unit in a period, for people and for programs."""

import json
from datetime import date

from django.core.management.base import BaseCommand

from baocao.bang_so_lieu import phan_tram
from baocao.chi_tieu import THEO_MA, TU_TINH, So, ThoiKy, compute
from baocao.models import ChiTieuNam
from core.periods import KyBaoCao
from core.text.display import ngay, so
from tochuc.ban_do import BanDo
from tochuc.models import DonVi

TEN_KHAC = {
    "so_thon_to_dan_pho": ("thon_ban", "xom_ban"),
    "chi_doan_dan_cu": ("chi_doan_dia_ban_dan_cu",),
}
"""Other codes by which districts ask for a figure; programs find it under each of them."""


class Command(BaseCommand):
    help = "In mọi chỉ tiêu của một đơn vị trong một kỳ."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="mã đơn vị, ví dụ phuong-1")
        parser.add_argument("--period", required=True, help="2026, 2026Q3 hoặc 2026-03")
        parser.add_argument("--as-of", help="số liệu tính đến ngày, YYYY-MM-DD")
        parser.add_argument(
            "--map",
            choices=["today", "reported"],
            default="today",
            help="cây đơn vị: today là hôm nay, reported là như cuối kỳ",
        )
        parser.add_argument(
            "--targets", action="store_true", help="JSON: thêm lũy kế năm, chỉ tiêu năm, tỷ lệ"
        )
        parser.add_argument("--json", action="store_true", help="in JSON thay cho bảng")

    def handle(self, **options):
        try:
            don_vi, thoi_ky = _read(options["unit"], options["period"], options["as_of"])
        except ValueError as error:
            self.stderr.write(str(error))
            raise SystemExit(2) from error
        ban_do = BanDo(thoi_ky.den) if options["map"] == "reported" else None
        figures = describe(
            don_vi, thoi_ky, ban_do, targets=options["targets"] or not options["json"]
        )
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False, indent=2))
        else:
            self._print_table(don_vi, thoi_ky, figures["indicators"])

    def _print_table(self, don_vi, thoi_ky, indicators):
        self.stdout.write(f"{don_vi}, {thoi_ky.ky.ten}, số liệu đến {ngay(thoi_ky.den)}")
        width = max(len(item["name"]) for item in indicators)
        for item in indicators:
            if item["code"] not in THEO_MA:
                continue  # another name of the line before
            value = "–" if item["value"] is None else so(item["value"])
            base = f"{so(item['numerator'])}/{so(item['denominator'])}"
            note = base if item["denominator"] is not None else ""
            line = f"{item['name']:<{width}}  {value:>10} {item['unit']}  {note}{_nam(item)}"
            self.stdout.write(line.rstrip())


def _nam(item: dict) -> str:
    """The year so far, and how much of the year's target it is, where they say more."""
    parts = []
    if item["year_to_date"] not in (None, item["value"]):
        parts.append(f"lũy kế {so(item['year_to_date'])}")
    if item["target"] is not None:
        parts.append(f"chỉ tiêu năm {so(item['target'])}, đạt {so(item['percent'])} %")
    return f"  {'; '.join(parts)}" if parts else ""


def describe(
    don_vi: DonVi, thoi_ky: ThoiKy, ban_do: BanDo | None = None, *, targets: bool = False
) -> dict:
    """The figures as plain data; `from` and `to` are the period's own days.

    With `targets` each with the year so far, the year's target and the share of it in percent.
    """
    wanted = [chi_tieu for chi_tieu in TU_TINH if chi_tieu.dung_cho(don_vi)]
    table = compute(don_vi, thoi_ky, wanted, ban_do)
    asked = ChiTieuNam.objects.theo_ma(don_vi, thoi_ky.ky.nam) if targets else {}
    return {
        "unit": don_vi.ma,
        "period": thoi_ky.ky.code,
        "from": thoi_ky.ky.start.isoformat(),
        "to": thoi_ky.ky.end.isoformat(),
        "as_of": thoi_ky.den.isoformat(),
        **({"map": "reported"} if ban_do else {}),
        "indicators": [
            _indicator(ma, item, table.so(don_vi, item.ma))
            | (_of_the_year(item, table.so(don_vi, item.ma, luy_ke=True), asked) if targets else {})
            for item in wanted
            for ma in (item.ma, *TEN_KHAC.get(item.ma, ()))
        ],
    }


def _indicator(ma: str, chi_tieu, figure: So) -> dict:
    return {
        "code": ma,
        "name": chi_tieu.ten,
        "unit": chi_tieu.don_vi_tinh,
        "numerator": figure.tu,
        "denominator": figure.mau,
        "value": _number(figure.gia_tri) if chi_tieu.is_so_le else figure.tu,
    }


def _of_the_year(chi_tieu, figure: So, asked: dict) -> dict:
    target = asked.get(chi_tieu.ma)
    percent = phan_tram(figure.gia_tri, target)
    return {
        "year_to_date": _number(figure.gia_tri) if chi_tieu.is_so_le else figure.tu,
        "target": _number(target),
        "percent": None if percent is None else round(float(percent), 1),
    }


def _number(rate) -> float | None:
    return None if rate is None else float(rate)


def _read(ma: str, period: str, as_of: str | None) -> tuple[DonVi, ThoiKy]:
    don_vi = DonVi.objects.filter(ma=ma).first()
    if don_vi is None:
        raise ValueError(f"Không có đơn vị mang mã «{ma}».")
    ky = KyBaoCao.parse(period)
    try:
        day = date.fromisoformat(as_of) if as_of else None
    except ValueError as error:
        raise ValueError(f"Ngày «{as_of}» không đúng. Ghi dạng 2026-09-30.") from error
    return don_vi, ThoiKy.of(ky, don_vi, day)
