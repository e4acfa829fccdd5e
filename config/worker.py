"""Keeps the process of background work alive: `python -m config.worker`.

It lives as long as its standard input is open: when who started it is gone, in whatever way,
so is it. Work that is running then may end; a second signal breaks it off.
"""

import os
import select
import socket
import subprocess
import sys
from uuid import NAMESPACE_URL, uuid5

COMMAND = [sys.executable, "manage.py", "worker", "--no-reload", "--verbosity", "0"]
PAUSE = 2  # seconds before another try, so that a fault at the start does not spin


def main() -> None:
    command = [*COMMAND, "--worker-id", name(), *sys.argv[1:]]
    while True:
        worker = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603
        try:
            while worker.poll() is None:
                if is_abandoned(PAUSE):
                    return
        finally:
            worker.terminate()
            worker.wait()
        if is_abandoned(PAUSE):
            return


def name() -> str:
    """The same for each worker of this machine and data: it knows what the last one left."""
    return str(uuid5(NAMESPACE_URL, f"{socket.gethostname()} {os.environ.get('DATA_DIR', '')}"))


def is_abandoned(seconds: float) -> bool:
    """Whether standard input ended within so many seconds."""
    ready, _, _ = select.select([sys.stdin], [], [], seconds)
    return bool(ready) and not sys.stdin.read(1)


if __name__ == "__main__":
    main()
