"""What every file of the repository keeps to: its name, and what it may not tell."""

import re
import unicodedata
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IGNORED = [".git", *(line.rstrip("/") for line in (ROOT / ".gitignore").read_text().split())]
HOME = re.compile(r"/(home/\w|Users/\w|root/)")
PIN = re.compile(r"[a-z0-9-]+(\[[a-z, ]+\])?==\S+ \\|    --hash=sha256:\w{64}( \\)?")


def committed(folder=ROOT):
    """Every file that Git would take."""
    for path in sorted(folder.iterdir()):
        if any(fnmatch(path.name, pattern) for pattern in IGNORED):
            continue
        if path.is_dir():
            yield from committed(path)
        else:
            yield path


def texts():
    for path in committed():
        content = path.read_bytes()
        if b"\0" not in content:
            yield str(path.relative_to(ROOT)), content.decode()


def test_paths_are_composed_unicode():
    names = [str(path.relative_to(ROOT)) for path in committed()]

    assert "tudưong/__init__.py" in names
    assert [name for name in names if not unicodedata.is_normalized("NFC", name)] == []


def test_files_name_no_home_of_a_developer():
    assert [name for name, text in texts() if HOME.search(text)] == []


@pytest.mark.parametrize("pins", ["requirements", "requirements-dev", "requirements-fonts"])
def test_pins_carry_hashes_and_no_address(pins):
    lines = [line for line in (ROOT / f"{pins}.txt").read_text().splitlines() if "#" not in line]

    assert lines
    assert [line for line in lines if not PIN.fullmatch(line)] == []


def test_tests_run_with_the_packages_of_production():
    pins = [
        {line for line in (ROOT / name).read_text().splitlines() if "==" in line}
        for name in ("requirements.txt", "requirements-dev.txt")
    ]

    assert pins[0] <= pins[1]
