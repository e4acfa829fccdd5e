import json

from django.core.management.base import BaseCommand

from tochuc.permissions import CAP_CUA_VAI_TRO, QUYEN_THEO_VAI_TRO, VAI_TRO_DUOC_CAP, Quyen, VaiTro


class Command(BaseCommand):
    help = "In bảng quyền: vai trò nào có quyền nào, giữ ở cấp nào, giao được vai trò nào."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="in dạng JSON cho máy đọc")

    def handle(self, *args, **options):
        rows = [_row(vai_tro) for vai_tro in VaiTro]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            self.stdout.write(f"{row['ten']} ({row['vai_tro']})")
            self.stdout.write(f"  cấp: {', '.join(row['cap'])}")
            self.stdout.write(f"  giao được: {', '.join(row['giao_duoc']) or 'không'}")
            for quyen in Quyen:
                self.stdout.write(f"  {'x' if quyen in row['quyen'] else '-'} {quyen.value}")


def _row(vai_tro):
    given = VAI_TRO_DUOC_CAP.get(vai_tro, frozenset())
    return {
        "vai_tro": vai_tro.value,
        "ten": vai_tro.label,
        "cap": list(CAP_CUA_VAI_TRO[vai_tro]),
        "giao_duoc": [other.value for other in VaiTro if other in given],
        "quyen": [quyen.value for quyen in Quyen if quyen in QUYEN_THEO_VAI_TRO[vai_tro]],
    }
