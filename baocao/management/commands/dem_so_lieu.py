"""Count the facts anew: every unit of the tree, or one and what is below it."""

from django.core.management.base import BaseCommand

from baocao.so_lieu_ky import cac_quy, dem_so_lieu
from core.periods import KyBaoCao, today
from core.text.display import so
from tochuc.models import DonVi


class Command(BaseCommand):
    help = "Đếm lại số liệu của mọi đơn vị trong các kỳ đã qua."

    def add_arguments(self, parser):
        parser.add_argument("--unit", help="mã đơn vị; không ghi thì mọi đơn vị")
        parser.add_argument("--period", nargs="+", help="2026, 2026Q3 hoặc 2026-03")
        parser.add_argument(
            "--periods", type=int, default=4, help="không ghi --period: mấy quý vừa qua"
        )
        parser.add_argument("--map", choices=["today", "reported"], default="today")

    def handle(self, **options):
        try:
            roots, periods = _read(options)
        except ValueError as error:
            self.stderr.write(str(error))
            raise SystemExit(2) from error
        for root in roots:
            for ky in periods:
                units = dem_so_lieu(root, ky, khi_do=options["map"] == "reported")
                self.stdout.write(f"{root}, {ky.ten}: {so(units)} đơn vị")


def _read(options) -> tuple[list[DonVi], list[KyBaoCao]]:
    ma = options["unit"]
    roots = list(DonVi.objects.filter(ma=ma) if ma else DonVi.objects.get_root_nodes())
    if ma and not roots:
        raise ValueError(f"Không có đơn vị mang mã «{ma}».")
    named = options["period"]
    if named:
        return roots, [KyBaoCao.parse(code) for code in named]
    return roots, cac_quy(KyBaoCao.quarter_of(today()), options["periods"])
