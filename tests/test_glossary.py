"""Every table's term stands in the glossary."""

from pathlib import Path

from django.apps import apps

GLOSSARY = (Path(__file__).parents[1] / "docs" / "glossary.md").read_text("utf-8")
APPS = ["tochuc", "doanvien", "chidoan", "tuduong", "baocao"]
MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]


def test_models_are_in_the_glossary():
    assert [model for model in MODELS if f"`{model.__name__}`" not in GLOSSARY] == []


def test_docstrings_begin_with_the_accented_term():
    for model in MODELS:
        term, bracket, _ = model.__doc__.splitlines()[0].partition(" (")
        assert bracket, model
        assert not term.isascii(), model
