from django.conf import settings
from django.core.management.base import BaseCommand

from core.assets.build import build


class Command(BaseCommand):
    requires_system_checks = ()
    help = "Cut the screen fonts and the icon sprite from their packages into ASSETS_DIR."

    def handle(self, *args, **options):
        built = build(settings.ASSETS_DIR)
        self.stdout.write("Đã dựng phông chữ và biểu tượng." if built else "Không có gì mới.")
