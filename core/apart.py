"""A file that nobody vouches for is opened in a process apart: bytes in, bytes out, under limits.

The process runs a module of ours that knows nothing of the application and calls `limit_process`
before it reads: `run_apart(command_of("doanvien.nhap.reader"), content, seconds=30)`.
"""

import contextlib
import resource
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


class ApartError(Exception):
    """The process gave no answer: it fell over the file."""


class TooMuchError(ApartError):
    """The process was ended at a limit of time, or died by one of memory."""


@dataclass(frozen=True)
class Limits:
    """What a sane file needs and no more."""

    memory_bytes: int
    cpu_seconds: int
    open_files: int = 16
    file_bytes: int = 0


def limit_process(limits: Limits) -> None:
    """Called inside the process apart: from here on no larger file may be written."""
    kinds = {
        resource.RLIMIT_CPU: limits.cpu_seconds,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_AS: limits.memory_bytes,
    }
    for kind, limit in kinds.items():
        with contextlib.suppress(ValueError, OSError):  # macOS has no limit of address space
            resource.setrlimit(kind, (limit, limit))


def command_of(module: str) -> tuple[str, ...]:
    """The command that runs one of our modules without anything of its user's surroundings."""
    return (sys.executable, "-E", "-s", "-B", "-m", module)


def run_apart(command: tuple[str, ...], content: bytes, *, seconds: int) -> bytes:
    """What the process answers on its standard output; ApartError when it gives no answer."""
    try:
        process = subprocess.run(  # noqa: S603 -- our own module, no argument from outside
            command,
            input=content,
            capture_output=True,
            check=False,
            timeout=seconds,
            cwd=ROOT,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise TooMuchError(str(error)) from error
    if process.returncode < 0:  # killed at a limit
        raise TooMuchError(f"signal {-process.returncode}")
    if process.returncode:
        raise ApartError(f"exit {process.returncode}")
    return process.stdout
