import sys

from django.core.management.base import BaseCommand

from tochuc.audit import find_faults
from tochuc.models import NhatKy


class Command(BaseCommand):
    help = "Kiểm tra chuỗi nhật ký; nêu từng chỗ bị sửa, xóa hoặc đảo, khi đó mã thoát là 1."

    def handle(self, *args, **options):
        faults = list(find_faults())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            sys.exit(1)
        self.stdout.write(f"Nhật ký nguyên vẹn, {NhatKy.objects.count()} dòng.")
