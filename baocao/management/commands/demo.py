"""Demo data."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from baocao.demo.khung import TAI_KHOAN
from baocao.demo.tat_ca import build_demo, is_built
from tochuc.models import DonVi
from tochuc.thong_ke import refresh_statistics


class Command(BaseCommand):
    help = "Nạp dữ liệu minh họa; chạy lại không làm gì thêm. Chỉ khi DEMO được bật."

    def add_arguments(self, parser):
        parser.add_argument("--reset", action="store_true", help="xóa hết dữ liệu rồi nạp lại")

    def handle(self, *, reset, **options):
        if not settings.DEMO:
            raise CommandError("Chế độ minh họa đang tắt. Đặt DEMO=1 để nạp dữ liệu minh họa.")
        call_command("migrate", verbosity=0)
        if reset:
            call_command("flush", verbosity=0, interactive=False)
        if is_built():
            self.stdout.write("Đã có dữ liệu minh họa.")
        elif DonVi.objects.exists():
            self.stdout.write("Cơ sở dữ liệu đã có dữ liệu khác, không nạp dữ liệu minh họa.")
            return
        else:
            build_demo()
            refresh_statistics()
        self.stdout.write(f"Mật khẩu chung: {settings.DEMO_PASSWORD}")
        for username, ho_ten, vai_tro, ma in TAI_KHOAN:
            self.stdout.write(f"  {username:16} {ho_ten}, {vai_tro.label}, {ma}")
