"""Blank papers, which take no time: for tests that issue many papers and read none."""

import os
from contextlib import contextmanager

import pytest

from core.pdf import Paper, Para, render
from core.pdf.layout import Layout


def lay_out_blank(patch: pytest.MonkeyPatch) -> None:
    blank = render.lay_out_papers([Paper(body=[Para("Thử")])], "Thử")
    content = blank.pdf()
    patch.setattr(render, "lay_out_papers", lambda papers, title, **kwargs: blank)
    patch.setattr(Layout, "pdf", lambda layout, variant="": content)


@contextmanager
def blank_on_second():
    """Blank where only the database is asked; how papers look is told on the first one."""
    with pytest.MonkeyPatch.context() as patch:
        if os.environ.get("TESTS") == "database":
            lay_out_blank(patch)
        yield
