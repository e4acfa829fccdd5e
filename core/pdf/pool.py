"""Several files at once: processes that lay them out, each within bounds of its own.

What takes too long or too much memory ends with its process, fails alone and is told to the
person; the next file gets a fresh one. What comes back is read as bytes, never unpickled.
"""

import contextlib
import logging
import shutil
import signal
import tempfile
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import get_context

from django.conf import settings

from core.apart import Limits, limit_process
from core.errors import RuleError

from .prints import Booklet, Print

logger = logging.getLogger(__name__)
SECONDS = 60
LIMITS = Limits(memory_bytes=1024**3, cpu_seconds=3600, open_files=64, file_bytes=64 * 1024**2)
TURNS = 200
"""After so many files a process is renewed: what it has gathered goes with it."""
QUA_NANG = (
    "Bản in quá nặng để dàn trang. Đề nghị rút gọn nội dung hoặc bớt ảnh giấy tờ rồi in tiếp."
)
LOI = "Chưa in được vì lỗi ở máy chủ. Đồng chí in lại; nếu vẫn vậy, báo người quản trị."
_DONE, _REFUSED = b"+", b"-"


class Printers:
    """`with Printers() as printers: printers.submit(what).result()`.

    `number` processes, by the setting PRINTERS; with none the work is done on the spot.
    """

    def __init__(self, number: int | None = None, *, seconds: int = SECONDS):
        self.number = settings.PRINTERS if number is None else number
        self.seconds = seconds
        self._own = threading.local()
        self._all: list[_Process] = []

    def __enter__(self):
        self._threads = ThreadPoolExecutor(self.number) if self.number else None
        return self

    def __exit__(self, *error):
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
        for process in self._all:
            process.end()

    def submit(self, what: Print | Booklet) -> Future[bytes]:
        if self._threads:
            return self._threads.submit(self._print, what)
        future = Future()
        try:
            future.set_result(what.pdf())
        except Exception as error:
            future.set_exception(error)
        return future

    def _print(self, what) -> bytes:
        """Each thread keeps one process."""
        process = getattr(self._own, "process", None)
        if process is None or not process.is_fit:
            process = self._own.process = _Process()
            self._all.append(process)
        return process.ask(what, self.seconds)


class _Process:
    """One process and the pipe to it; its fonts and what else it writes lie in a folder of its
    own, which goes with it in whatever way it ends."""

    def __init__(self):
        context = get_context("spawn")
        self.folder = tempfile.mkdtemp(prefix="in-")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, self.folder), daemon=True)
        self.process.start()
        theirs.close()
        self.turns = 0

    @property
    def is_fit(self) -> bool:
        return self.process.is_alive() and self.turns < TURNS

    def ask(self, what, seconds: int) -> bytes:
        """The file; a refusal in words, whichever way the process fails over it."""
        self.turns += 1
        try:
            self.pipe.send(what)
            answer = self.pipe.recv_bytes() if self.pipe.poll(seconds) else b""
        except (OSError, EOFError):  # it died
            answer = b""
        if not answer:
            self.end()
            raise RuleError(QUA_NANG)
        if self.turns >= TURNS:
            self.end()
        if answer[:1] == _REFUSED:
            raise RuleError(answer[1:].decode())
        return answer[1:]

    def end(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()
        shutil.rmtree(self.folder, ignore_errors=True)


def serve(pipe, folder: str) -> None:
    """The life of such a process: one file after another until who asks is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    tempfile.tempdir = folder
    import django  # noqa: PLC0415 -- a fresh process

    django.setup()
    limit_process(LIMITS)
    with contextlib.suppress(OSError, EOFError):
        while True:
            pipe.send_bytes(_answer(pipe.recv()))
    shutil.rmtree(folder, ignore_errors=True)  # nobody is there to do it


def _answer(what) -> bytes:
    try:
        return _DONE + what.pdf()
    except RuleError as refusal:
        return _REFUSED + str(refusal).encode()
    except MemoryError:
        return b""
    except Exception:
        logger.exception("A paper could not be laid out")
        return _REFUSED + LOI.encode()
