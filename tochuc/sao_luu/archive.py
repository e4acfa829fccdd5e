"""The archive: a gzipped tar of a manifest, the database and the stored files.

The manifest stands first and holds the SHA-256 of every other part, so that a damaged or
foreign archive is refused before anything of the place it is put back to is touched.
"""

import hashlib
import json
import os
import tarfile
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database"
FILES = "files"
BLOCK = 1024 * 1024


class BackupError(Exception):
    """Why nothing was saved or put back, in a sentence for the operator."""


@dataclass(frozen=True)
class Manifest:
    """What an archive says of itself. `tables` counts rows, `parts` are SHA-256 by name."""

    format: int
    made: str
    """When, ISO 8601 with the zone."""
    engine: str
    """sqlite or postgresql."""
    migrations: list[str]
    tables: dict[str, int]
    audit: str
    """Number and hash of the last audit line."""
    keys: list[str]
    """A hash and a token by which the keys of citizen ids are known to be the same."""
    parts: dict[str, str]


def write_archive(target: Path, manifest: Manifest, parts: dict[str, Path]) -> None:
    """Write the archive for its owner's eyes alone, on the disk before it has its name.

    FileExistsError when `target` is there already: a backup is never overwritten.
    """
    unfinished = target.with_name(f".{target.name}.part")
    try:
        unfinished.touch(mode=0o600, exist_ok=True)
        with unfinished.open("wb") as file:
            _write_parts(file, manifest, parts)
            file.flush()
            os.fsync(file.fileno())
        target.hardlink_to(unfinished)
    finally:
        unfinished.unlink(missing_ok=True)


def read_archive(source: Path, folder: Path) -> Manifest:
    """Unpack an archive into `folder` and return its manifest.

    BackupError when it is no archive of this product, is damaged, or holds anything that its
    manifest does not name.
    """
    try:
        with tarfile.open(source, "r:gz") as tar:
            manifest = _read_manifest(tar)
            missing = _unpack_parts(tar, manifest.parts, folder)
    except (OSError, EOFError, tarfile.TarError, ValueError, TypeError, KeyError) as error:
        raise BackupError(f"Không đọc được bản sao lưu «{source}»: {error}") from error
    if missing:
        raise BackupError(f"Bản sao lưu thiếu phần «{min(missing)}».")
    return manifest


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_parts(file: IO[bytes], manifest: Manifest, parts: dict[str, Path]) -> None:
    with tarfile.open(fileobj=file, mode="w:gz") as tar:
        _add_text(tar, MANIFEST, json.dumps(asdict(manifest), indent=1))
        for name, path in parts.items():
            tar.add(path, name, recursive=False, filter=_anonymous)


def _read_manifest(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    if first is None or first.name != MANIFEST or not first.isfile():
        raise BackupError("Tệp này không phải bản sao lưu của phần mềm.")
    manifest = Manifest(**json.load(tar.extractfile(first)))
    if manifest.format != FORMAT:
        raise BackupError("Bản sao lưu này của một phiên bản khác, chưa đọc được.")
    for name in manifest.parts:
        place = PurePosixPath(name)
        if place.is_absolute() or ".." in place.parts or place.parts[0] not in (DATABASE, FILES):
            raise BackupError(f"Bản sao lưu có phần lạ «{name}».")
    return manifest


def _unpack_parts(tar: tarfile.TarFile, parts: dict[str, str], folder: Path) -> set[str]:
    """Write every part below `folder`; the names of those that are not there."""
    missing = dict(parts)
    while member := tar.next():
        if missing.pop(member.name, None) != _unpack(tar, member, folder):
            raise BackupError(f"Bản sao lưu hỏng ở phần «{member.name}».")
    return set(missing)


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    """Write one part below `folder`; its SHA-256."""
    content = tar.extractfile(member) if member.isfile() else None
    if content is None or member.name.startswith(("/", "..")) or "/../" in member.name:
        raise BackupError(f"Bản sao lưu có phần lạ «{member.name}».")
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        while block := content.read(BLOCK):
            file.write(block)
    return digest(target)


def _add_text(tar: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    info = tarfile.TarInfo(name)
    info.size = len(content)
    tar.addfile(_anonymous(info), BytesIO(content))


def _anonymous(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the account and the rights of the machine it was made on."""
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mode = 0o600
    return info
