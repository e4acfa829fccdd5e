"""Synthetic data of any size, for benchmarks."""

from django.core.management.base import BaseCommand, CommandError

from baocao.demo.tong_hop import MA, generate
from core.periods import today
from tochuc.models import DonVi
from tochuc.thong_ke import refresh_statistics


class Command(BaseCommand):
    help = "Tạo dữ liệu tổng hợp để đo tốc độ: một tỉnh với số đoàn viên cho trước."

    def add_arguments(self, parser):
        parser.add_argument("--members", type=int, required=True, help="số đoàn viên")
        parser.add_argument("--months", type=int, default=3, help="số tháng đã sinh hoạt")

    def handle(self, *, members, months, **options):
        if members < 1:
            raise CommandError("Số đoàn viên phải từ 1 trở lên.")
        if DonVi.objects.filter(ma=MA).exists():
            raise CommandError("Cơ sở dữ liệu này đã có dữ liệu tổng hợp.")
        generate(members=members, months=months, homnay=today())
        refresh_statistics()
        self.stdout.write(f"Đã tạo {members} đoàn viên.")
