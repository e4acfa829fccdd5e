"""What an error leaves in the log holds no personal data."""

import logging
import logging.config
from io import StringIO

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from config.logs import Formatter
from doanvien.models import DoanVien
from tests.factories import make_doan_vien


@pytest.fixture
def log():
    """What the product's own handler writes, as text."""
    (name,) = settings.LOGGING["root"]["handlers"]
    line = settings.LOGGING["formatters"][settings.LOGGING["handlers"][name]["formatter"]]
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(line["()"](line["format"]))
    logger = logging.getLogger("test.logs")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, written
    logger.removeHandler(handler)


def test_a_row_that_the_database_refuses_is_not_written_to_the_log(log, chi_doan):
    logger, written = log
    member = make_doan_vien(chi_doan=chi_doan, ho_ten="Nguyễn Thị Thùy Dương")

    try:
        with transaction.atomic():
            DoanVien.objects.filter(pk=member.pk).update(ngay_vao_doan=member.ngay_sinh)
    except IntegrityError:
        logger.exception("Internal Server Error: %s", "/doan-vien/")

    assert "IntegrityError" in written.getvalue()
    assert "doanvien_vao_doan_sau_ngay_sinh" in written.getvalue()
    assert "Thùy Dương" not in written.getvalue()


def test_what_follows_a_row_of_several_lines_is_kept(log):
    logger, written = log
    refusal = IntegrityError("refused\nDETAIL:  Failing row contains (1, An\nBình).\n")
    after = ValueError("after")
    after.__cause__ = refusal

    logger.error("x", exc_info=after)

    lines = written.getvalue().splitlines()
    assert "Bình" not in written.getvalue()
    assert lines[1:3] == ["django.db.utils.IntegrityError: refused", "DETAIL: left out"]
    assert lines[-1] == "ValueError: after"


def test_the_product_logs_with_it():
    assert settings.LOGGING["formatters"]["line"]["()"] is Formatter
