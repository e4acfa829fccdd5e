from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from tochuc.sao_luu import BackupError, create_backup


class Command(BaseCommand):
    help = (
        "Sao lưu cơ sở dữ liệu và tệp đính kèm vào một tệp, trong khi phần mềm vẫn chạy. "
        "Các khóa không nằm trong đó: giữ riêng."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="tệp sẽ ghi, ví dụ sao-luu-20261128.tar.gz")

    def handle(self, *, file: Path, **options):
        try:
            manifest = create_backup(file)
        except BackupError as error:
            raise CommandError(str(error)) from error
        rows = sum(manifest.tables.values())
        self.stdout.write(
            f"Đã sao lưu {rows} dòng của {len(manifest.tables)} bảng và "
            f"{len(manifest.parts) - 1} tệp vào {file}."
        )
