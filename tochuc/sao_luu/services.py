"""Make a backup, and put one back."""

import shutil
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tochuc.audit import find_faults, mark_of_head, record
from tochuc.ma_hoa import decrypt, encrypt, lookup_hash
from tochuc.models import NguoiDung
from tochuc.thong_ke import refresh_statistics

from . import engines
from .archive import (
    DATABASE,
    FILES,
    FORMAT,
    BackupError,
    Manifest,
    digest,
    read_archive,
    write_archive,
)

PROOF = "sao-luu"


def create_backup(target: Path) -> Manifest:
    """Write the database and the stored files to `target`, while the product goes on working.

    BackupError when the place is taken or cannot be written. The keys are not in the archive.
    """
    if target.exists():
        raise BackupError(f"«{target}» đã có. Chọn tên khác; bản sao lưu cũ không bị ghi đè.")
    record(by=None, hanh_dong="sao_luu.create", ten=target.name)
    try:
        with TemporaryDirectory(prefix=".sao-luu-", dir=target.parent) as folder:
            database = Path(folder, DATABASE)
            mark, migrations = mark_of_head(), _applied()
            tables = engines.dump(database)
            parts = {DATABASE: database, **_stored_files()}
            manifest = Manifest(
                format=FORMAT,
                made=timezone.localtime().isoformat(timespec="seconds"),
                engine=connection.vendor,
                migrations=migrations,
                tables=tables,
                audit=mark,
                keys=[lookup_hash(PROOF), encrypt(PROOF)],
                parts={name: digest(path) for name, path in parts.items()},
            )
            write_archive(target, manifest, parts)
    except OSError as error:
        raise BackupError(f"Không ghi được «{target}»: {error.strerror or error}") from error
    return manifest


def restore_backup(source: Path, *, replace: bool = False) -> Manifest:
    """Put an archive back in place of the configured database and files.

    Everybody has to sign in again; whom a tombstone names is erased again. BackupError, with
    nothing changed, when the archive is damaged, was made with other keys, another engine or a
    newer version, or when the database holds accounts already and `replace` is not asked for.
    BackupError after the change when what was put back is not what was saved.
    """
    with TemporaryDirectory(prefix="sao-luu-") as folder:
        manifest = read_archive(source, Path(folder))
        _check_fit(manifest)
        if not replace and _is_in_use():
            raise BackupError(
                "Cơ sở dữ liệu này đang có dữ liệu. Dừng phần mềm rồi chạy lại với --replace "
                "để thay hết bằng bản sao lưu."
            )
        outlives = import_module(settings.GIU_QUA_KHOI_PHUC)
        kept = outlives.lay()
        engines.load(Path(folder, DATABASE))
        _put_files(Path(folder, FILES))
    refresh_statistics()
    _check_restored(manifest)
    call_command("migrate", verbosity=0)
    Session.objects.all().delete()
    DBTaskResult.objects.all().delete()
    record(by=None, hanh_dong="sao_luu.restore", ten=source.name)
    outlives.ap_dung(kept)
    return manifest


def _stored_files() -> dict[str, Path]:
    root = Path(settings.MEDIA_ROOT)
    paths = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return {f"{FILES}/{path.relative_to(root).as_posix()}": path for path in paths}


def _put_files(files: Path) -> None:
    """The saved files beside those already there; a file of the same name is replaced."""
    if files.is_dir():
        shutil.copytree(files, settings.MEDIA_ROOT, dirs_exist_ok=True)


def _applied() -> list[str]:
    return sorted(".".join(key) for key in MigrationLoader(connection).applied_migrations)


def _check_fit(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise BackupError(
            f"Bản sao lưu của {manifest.engine}, còn DATABASE_URL đang trỏ tới {connection.vendor}."
        )
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    newer = set(manifest.migrations) - known
    if newer:
        raise BackupError(
            f"Bản sao lưu của phiên bản mới hơn ({min(newer)}). Cập nhật phần mềm rồi khôi phục."
        )
    hashed, token = manifest.keys
    try:
        same = hashed == lookup_hash(PROOF) and decrypt(token) == PROOF
    except InvalidToken:
        same = False
    if not same:
        raise BackupError(
            "FIELD_KEYS hoặc HASH_KEY khác lúc sao lưu: số định danh sẽ không đọc lại được. "
            "Đặt lại đúng các khóa cũ."
        )


def _is_in_use() -> bool:
    tables = connection.introspection.table_names()
    return NguoiDung._meta.db_table in tables and NguoiDung.objects.exists()


def _check_restored(manifest: Manifest) -> None:
    tables = engines.count()
    wrong = sorted(name for name, rows in manifest.tables.items() if tables.get(name) != rows)
    faults = [f"Bảng {name} không đủ dòng." for name in wrong]
    faults += find_faults(kept_mark=manifest.audit)
    if faults:
        raise BackupError(f"Dữ liệu khôi phục không khớp bản sao lưu. {faults[0]}")
