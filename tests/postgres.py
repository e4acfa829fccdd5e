"""A throw-away PostgreSQL on loopback: `python -m tests.postgres COMMAND...` runs one with it."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

# An order of letters unlike SQLite's: a list that leans on the database's own would differ.
INITDB = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=vi"]
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "max_connections": "300",  # each worker of the tests may let forty people save at once
}
INSTALLED = ["/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin"]


def binaries():
    """The folder of initdb and pg_ctl: the one in PATH, else the newest installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = [folder for place in INSTALLED for folder in Path("/").glob(place[1:])]
    if not folders:
        sys.exit("PostgreSQL is not installed: ./run test installs it or says how.")
    return max(folders, key=lambda folder: folder.parent.name)


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


def unprivileged():
    """Whom to run the server as: it refuses root."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


@contextmanager
def postgres():
    """A server that lives as long as the block; gives the URL of an empty database."""
    owner = unprivileged()
    with TemporaryDirectory(prefix="doan-pg-", dir="/tmp" if owner else None) as folder:
        if owner:
            os.chown(folder, owner["user"], owner["group"])

        def run(command, *arguments):
            line = [binaries() / command, *arguments]
            env = {"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PGDATA": f"{folder}/data"}
            subprocess.run(line, check=True, cwd=folder, env=env, stdout=log, stderr=log, **owner)

        with Path(folder, "log").open("w") as log:
            yield from served(run, Path(folder, "log"))


def served(run, log):
    port = free_port()
    options = [f"-c {name}='{value}'" for name, value in SETTINGS.items()]
    try:
        run("initdb", "--username=doan", "--auth=trust", "--no-sync", *INITDB)
        run("pg_ctl", "--wait", "--options", " ".join([f"-p {port}", *options]), "start")
    except subprocess.CalledProcessError:
        sys.exit(f"PostgreSQL did not start.\n{log.read_text()}")
    try:
        run("createdb", "--host=127.0.0.1", f"--port={port}", "--username=doan", "doan")
        yield f"postgres://doan@127.0.0.1:{port}/doan"
    finally:
        run("pg_ctl", "--wait", "--mode=immediate", "stop")


def end_like_ctrl_c():
    """Let SIGTERM end the program through its `finally` blocks, so that the server stops too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


def call(command, env):
    """The exit code of a command, which is told to end when this program is."""
    with subprocess.Popen(command, env=env) as process:
        try:
            return process.wait()
        except SystemExit:
            process.terminate()
            raise


if __name__ == "__main__":
    end_like_ctrl_c()
    with postgres() as url:
        code = call(sys.argv[1:], os.environ | {"DATABASE_URL": url})
    sys.exit(code)
