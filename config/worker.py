"""Keeps the process of background work alive: `python -m config.worker`.

It lives as long as its standard input is open: when who started it is gone, in whatever way,
so is it. Work that is running then may end; a second signal breaks it off.
"""

import select
import subprocess
import sys

COMMAND = [sys.executable, "manage.py", "db_worker", "--no-reload", "--verbosity", "0"]
PAUSE = 2  # seconds before another try, so that a fault at the start does not spin


def main() -> None:
    while True:
        worker = subprocess.Popen([*COMMAND, *sys.argv[1:]], stdin=subprocess.DEVNULL)  # noqa: S603
        try:
            while worker.poll() is None:
                if is_abandoned(PAUSE):
                    return
        finally:
            worker.terminate()
            worker.wait()
        if is_abandoned(PAUSE):
            return


def is_abandoned(seconds: float) -> bool:
    """Whether standard input ended within so many seconds."""
    ready, _, _ = select.select([sys.stdin], [], [], seconds)
    return bool(ready) and not sys.stdin.read(1)


if __name__ == "__main__":
    main()
