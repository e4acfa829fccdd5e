"""Several files at once: the same bytes, and one that is too heavy fails alone."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.errors import RuleError
from core.pdf import Print
from core.pdf.pool import Printers
from tests.core.papers_examples import EXAMPLES
from tests.core.pdf_reading import example_pdf


@dataclass(frozen=True)
class Endless:
    def pdf(self) -> bytes:
        while True:
            time.sleep(1)


@dataclass(frozen=True)
class Greedy:
    def pdf(self) -> bytes:
        return bytes(2 * 1024**3)


@dataclass(frozen=True)
class Dying:
    def pdf(self) -> bytes:
        os._exit(1)


@dataclass(frozen=True)
class Refused:
    def pdf(self) -> bytes:
        raise RuleError("Văn bản quá dài.")


@dataclass(frozen=True)
class Broken:
    def pdf(self) -> bytes:
        raise ZeroDivisionError


def letter(name: str) -> Print:
    return Print(EXAMPLES[name](), f"Văn bản {name}")


@pytest.fixture(scope="module")
def printers():
    with Printers(1, seconds=20) as started:
        yield started


def test_a_process_makes_the_same_bytes(printers):
    names = ["08-cong-van", "90-ten-dai"]

    made = [printers.submit(letter(name)) for name in names]

    assert [future.result() for future in made] == [example_pdf(name) for name in names]


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (Greedy(), "quá nặng"),
        (Dying(), "quá nặng"),
        (Refused(), "quá dài"),
        (Broken(), "lỗi ở máy chủ"),
    ],
)
def test_what_fails_fails_alone(printers, what, words):
    failing, next_one = printers.submit(what), printers.submit(letter("08-cong-van"))

    with pytest.raises(RuleError, match=words):
        failing.result()
    assert next_one.result() == example_pdf("08-cong-van")


def test_what_takes_too_long_is_ended_and_nothing_stays_behind():
    with Printers(1, seconds=3) as printers:
        with pytest.raises(RuleError, match="quá nặng"):
            printers.submit(Endless()).result()
        left = printers._all[0]  # noqa: SLF001 -- what nobody else sees

    assert not left.process.is_alive()
    assert not Path(left.folder).exists()


def test_a_process_whose_master_was_killed_ends_and_leaves_nothing():
    with Printers(1) as printers:
        printers.submit(letter("08-cong-van")).result()
        left = printers._all[0]  # noqa: SLF001 -- what nobody else sees
        left.pipe.close()
        left.process.join(20)

        assert left.process.exitcode == 0
        assert not Path(left.folder).exists()


def test_without_processes_the_work_is_done_on_the_spot():
    with Printers(0) as printers:
        future = printers.submit(letter("08-cong-van"))

    assert future.result() == example_pdf("08-cong-van")
