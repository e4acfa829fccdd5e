"""Which functions may run in the background, and what they are given."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from core.errors import RuleError
from tochuc.ma_hoa import decrypt_bytes, encrypt_bytes
from tochuc.models import CongViec

_MARK = "is_viec_nen"
_TEP_VAO = "vao"


@dataclass(frozen=True)
class Result:
    """What was made: a sentence and the page where it stands.

    `is_hong`: nothing was made, and doing it again would not help; the page says what does.
    """

    thong_bao: str
    dia_chi: str = ""
    is_hong: bool = False


@dataclass
class Job:
    """The running work as its function sees it."""

    cong_viec: CongViec

    @property
    def by(self):
        """Who asked for it, and in whose name it acts."""
        return self.cong_viec.nguoi

    def progress(self, done: int, total: int, dang_lam: str = "") -> None:
        """Say how far it has come, and with what; no `total` for what cannot be counted.

        Inside a transaction nobody sees it before the end.
        """
        CongViec.objects.filter(pk=self.cong_viec.pk).update(
            so_xong=min(done, total), tong=total, thong_bao=dang_lam, nhip=timezone.now()
        )

    def keep_page(self, dia_chi: str) -> None:
        """Say where what is done so far stands: there it goes on should this be broken off."""
        CongViec.objects.filter(pk=self.cong_viec.pk).update(dia_chi=dia_chi)

    def tep_vao(self) -> bytes:
        """The file that was handed in with the work."""
        content = find_tep_vao(self.cong_viec)
        if content is None:
            raise RuleError("Tệp không còn trên máy chủ. Chọn lại tệp.")
        return content

    def file(self, name: str) -> Path:
        """Where to write the file that is made; `name` (ASCII) is what it is downloaded as."""
        folder = folder_of(self.cong_viec)
        folder.mkdir(parents=True, exist_ok=True)
        self.cong_viec.tep = name
        return folder / name


def folder_of(cong_viec: CongViec) -> Path:
    """The work's own folder in the data directory; its name cannot be guessed."""
    return Path(settings.JOBS_DIR) / str(cong_viec.pk)


def keep_tep_vao(cong_viec: CongViec, content: bytes) -> None:
    """Keep a file that work is to read, encrypted; it goes when the work ends."""
    folder = folder_of(cong_viec)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _TEP_VAO).write_bytes(encrypt_bytes(content))


def find_tep_vao(cong_viec: CongViec) -> bytes | None:
    path = folder_of(cong_viec) / _TEP_VAO
    return decrypt_bytes(path.read_bytes()) if path.is_file() else None


def delete_tep_vao(cong_viec: CongViec) -> None:
    (folder_of(cong_viec) / _TEP_VAO).unlink(missing_ok=True)


def viec_nen(function: Callable[..., Result]) -> Callable[..., Result]:
    """Let a module's function run in the background: it takes a Job and keyword arguments."""
    setattr(function, _MARK, True)
    return function


def name_of(function: Callable[..., Result]) -> str:
    if not getattr(function, _MARK, False):
        raise TypeError(f"{function.__qualname__} lacks @viec_nen.")
    return f"{function.__module__}.{function.__qualname__}"


def find(name: str) -> Callable[..., Result]:
    """The function of that name; what was not registered never runs."""
    function = import_string(name)
    name_of(function)
    return function
