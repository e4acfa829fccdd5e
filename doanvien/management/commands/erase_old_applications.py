from django.core.management.base import BaseCommand

from core.periods import today
from doanvien.rieng_tu.luu_giu import don_het_han, erase_don_het_han


class Command(BaseCommand):
    help = (
        "Xóa thông tin cá nhân trong đơn xin vào Đoàn đã rút hoặc không được thông qua, khi quá "
        "số năm giữ ở mục Quy định. Ngày, số phiếu và số liệu còn nguyên."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="chỉ đếm, không xóa")

    def handle(self, *args, **options):
        if options["dry_run"]:
            self.stdout.write(f"Có {len(list(don_het_han(today())))} đơn đã hết hạn giữ.")
            return
        self.stdout.write(f"Đã xóa thông tin trong {erase_don_het_han(today())} đơn.")
