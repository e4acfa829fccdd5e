from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tochuc.sao_luu import BackupError, restore_backup


class Command(BaseCommand):
    help = (
        "Khôi phục từ một bản sao lưu vào cơ sở dữ liệu trống; kiểm tra bản sao trước, đối chiếu "
        "số dòng và chuỗi nhật ký sau. Mọi người phải đăng nhập lại."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="tệp do lệnh backup ghi")
        parser.add_argument(
            "--replace", action="store_true", help="thay hết dữ liệu đang có; dừng phần mềm trước"
        )

    def handle(self, *, file: Path, replace: bool, **options):
        try:
            manifest = restore_backup(file, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(manifest.tables.values())
        self.stdout.write(
            f"Đã khôi phục {rows} dòng của {len(manifest.tables)} bảng và "
            f"{len(manifest.parts) - 1} tệp, như lúc {manifest.made}."
        )
