import sys

from django.core.management.base import BaseCommand

from tochuc.audit import find_faults, mark_of_head


class Command(BaseCommand):
    help = (
        "Kiểm tra chuỗi nhật ký; nêu từng chỗ bị sửa, xóa hoặc đảo, khi đó mã thoát là 1. "
        "In dấu của dòng cuối để giữ ở nơi khác và đối chiếu lần sau."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--mark", default="", help="dấu đã giữ của một lần kiểm tra trước, dạng SỐ:DẤU"
        )

    def handle(self, *args, **options):
        faults = list(find_faults(kept_mark=options["mark"]))
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            sys.exit(1)
        mark = mark_of_head()
        self.stdout.write(f"Nhật ký nguyên vẹn, {mark.partition(':')[0]} dòng.")
        self.stdout.write(f"Dấu của dòng cuối: {mark}")
