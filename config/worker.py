"""Keeps the process of background work alive: `python -m config.worker`.

Once an hour, and right after midnight, it also lets hold what was approved for a day that has come.

It lives as long as its standard input is open: when who started it is gone, in whatever way,
so is it. Work that is running then may end; a second signal breaks it off.
"""

import os
import select
import socket
import subprocess
import sys
import time
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

COMMAND = [sys.executable, "manage.py", "worker", "--no-reload", "--verbosity", "0"]
DUE = [sys.executable, "manage.py", "apply_sap_xep", "--verbosity", "0"]
HOUR = 3600  # seconds between two looks for what is due by the calendar
PAUSE = 2  # seconds before another try, so that a fault at the start does not spin


def main() -> None:
    command = [*COMMAND, "--worker-id", name(), *sys.argv[1:]]
    next_look = time.monotonic() + PAUSE
    while True:
        worker = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603
        try:
            while worker.poll() is None:
                if is_abandoned(PAUSE):
                    return
                if time.monotonic() > next_look:
                    next_look = time.monotonic() + min(HOUR, to_midnight())
                    subprocess.run(DUE, stdin=subprocess.DEVNULL, check=False)  # noqa: S603
        finally:
            worker.terminate()
            worker.wait()
        if is_abandoned(PAUSE):
            return


def to_midnight() -> float:
    """Seconds to the first half minute of the next day: what begins on a day begins then."""
    now = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0, second=30, microsecond=0)
    return (tomorrow - now).total_seconds()


def name() -> str:
    """The same for each worker of this machine and data: it knows what the last one left."""
    return str(uuid5(NAMESPACE_URL, f"{socket.gethostname()} {os.environ.get('DATA_DIR', '')}"))


def is_abandoned(seconds: float) -> bool:
    """Whether standard input ended within so many seconds."""
    ready, _, _ = select.select([sys.stdin], [], [], seconds)
    return bool(ready) and not sys.stdin.read(1)


if __name__ == "__main__":
    main()
