"""The pins stay installable when newer releases come out."""

from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]


def pins(name):
    """{package: its extras} of a file of pins."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pinned = [Requirement(line.rstrip(" \\")) for line in lines if line[:1].isalnum()]
    return {pin.name: pin.extras for pin in pinned}


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_extras_that_a_package_asks_for_are_pinned_with_it(name):
    """A pin without them lets pip look past it for a newer release, which has no hash here."""
    pinned = pins(name)
    asked = [
        need
        for package, extras in pinned.items()
        for need in map(Requirement, requires(package) or [])
        if need.extras
        and any(need.marker is None or need.marker.evaluate({"extra": e}) for e in ["", *extras])
    ]

    assert {need.name for need in asked} >= {"fonttools"}
    assert [str(need) for need in asked if not need.extras <= pinned[need.name]] == []
