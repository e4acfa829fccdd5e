from django.core.management.base import BaseCommand

from chidoan.sap_xep.services import apply_due


class Command(BaseCommand):
    help = "Let approved reorganisations hold whose day has come; doing it twice does it once"

    def handle(self, *, verbosity, **options):
        done, stopped = apply_due()
        if verbosity:
            self.stdout.write(f"Đã áp dụng {len(done)} đợt sắp xếp.")
        for sap_xep in stopped:
            self.stderr.write(f"Đợt {sap_xep.pk} chưa áp dụng được, xem trang của đợt.")
