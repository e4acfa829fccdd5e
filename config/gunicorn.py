"""How gunicorn serves the application: `gunicorn --config config/gunicorn.py config.wsgi`."""

import os
import subprocess
import sys

workers = 2
threads = 4
timeout = 60
graceful_timeout = 30
control_socket_disable = True
accesslog = "-"
# Method, path, status, bytes, microseconds. No query string: it may hold a person's name.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(D)s"


_background = {}


def when_ready(server):
    """Start the process of background work; WORKER=0 where it runs as a service of its own."""
    if os.environ.get("WORKER", "1") != "0":
        command = [sys.executable, "-m", "config.worker"]
        _background["process"] = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 -- our own module


def on_exit(server):
    if "process" in _background:
        _background["process"].stdin.close()
        _background["process"].wait()
