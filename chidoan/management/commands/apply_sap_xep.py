from django.core.management.base import BaseCommand

from chidoan.chuc_vu.services import follow_register
from chidoan.sap_xep.services import apply_due
from core.periods import today


class Command(BaseCommand):
    help = "Let hold what was recorded for a day that has come: reorganisations, offices"

    def handle(self, *, verbosity, **options):
        done, stopped = apply_due()
        follow_register(today())
        if verbosity:
            self.stdout.write(f"Đã áp dụng {len(done)} đợt sắp xếp.")
        for sap_xep in stopped:
            self.stderr.write(f"Đợt {sap_xep.pk} chưa áp dụng được, xem trang của đợt.")
