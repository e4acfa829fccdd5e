"""Sao lưu và khôi phục: the whole product in one archive, proved whole before it is put back."""

from .archive import BackupError, Manifest
from .services import create_backup, restore_backup

__all__ = ["BackupError", "Manifest", "create_backup", "restore_backup"]
