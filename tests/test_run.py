"""What `./run` says to the person who types it, and what the server writes down."""

import os
import re
import socket
import subprocess
from pathlib import Path

import pytest

from config import gunicorn

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments, **env):
    return subprocess.run(
        ["./run", *arguments],
        check=False,
        cwd=ROOT,
        env=os.environ | env,
        capture_output=True,
        text=True,
    )


def test_a_port_in_use_is_said_plainly(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = str(place.getsockname()[1])

        result = run(PORT=port, DATA_DIR=str(tmp_path))

    assert result.returncode == 1
    assert result.stderr == (
        f"Port {port} cannot be used. Please choose another:  PORT=8001 ./run\n"
    )


def test_an_unknown_command_points_to_help():
    result = run("tset")

    assert result.returncode == 1
    assert result.stderr == 'Unknown command "tset". ./run help lists them.\n'


@pytest.mark.parametrize("command", ["test", "coverage", "check", "bench", "manage", "help"])
def test_help_and_the_operations_guide_name_each_command(command):
    assert f"./run {command}" in run("help").stdout
    assert f"`./run {command}" in (ROOT / "docs" / "van-hanh.md").read_text()


def test_the_access_log_holds_no_query_address_or_referrer():
    fields = set(re.findall(r"%\((\w+)\)s", gunicorn.access_log_format))

    assert fields == {"t", "m", "U", "s", "B", "D"}
