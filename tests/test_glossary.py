"""Every table's term stands in the glossary."""

from pathlib import Path

import pytest
from django.apps import apps

GLOSSARY = (Path(__file__).parents[1] / "docs" / "glossary.md").read_text("utf-8")
APPS = ["tochuc", "doanvien", "chidoan", "tuduong", "baocao"]


@pytest.mark.parametrize(
    "model", [m for app in APPS for m in apps.get_app_config(app).get_models()]
)
def test_model_is_in_the_glossary(model):
    assert f"`{model.__name__}`" in GLOSSARY


@pytest.mark.parametrize(
    "model", [m for app in APPS for m in apps.get_app_config(app).get_models()]
)
def test_docstring_begins_with_the_accented_term(model):
    first = model.__doc__.splitlines()[0]

    assert "(" in first
    assert first.split(" (")[0] != first.split(" (")[0].encode("ascii", "ignore").decode()
