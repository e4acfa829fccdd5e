"""Packages import downwards only; what people may forget is looked for in the source itself."""

import ast
import re
from functools import wraps
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ["core", "tochuc", "doanvien", "chidoan", "tudưong", "baocao"]
SURFACE = {"views", "forms", "filters", "tables", "urls", "admin"}
DOMAIN = {"models", "services", "queries", "permissions", "scoping", "audit", "quy_dinh"}
FILES = [
    path
    for layer in LAYERS
    for path in sorted((ROOT / layer).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
VIEWS = [path for path in FILES if "views" in path.relative_to(ROOT).with_suffix("").parts]
VIEWS_THAT_FILTER = {
    "baocao/views/chi_tieu_nam.py",
    "baocao/views/xep_hang.py",
    "chidoan/views/buoi.py",
    "chidoan/views/chi_doan.py",
    "chidoan/views/so.py",
    "chidoan/views/to_chuc.py",
    "tudưong/views/cap_uy.py",
    "tudưong/views/ho_so.py",
}
"""Views that still ask for columns themselves, below a row that was fetched with scope."""
OPEN_TO_STRANGERS = {
    "chidoan/moi/views/cong_khai.py",  # signed links, codes of a running check-in, secret keys
    "chidoan/ngoai_tuyen/views.py",  # service worker, manifest, the page of no network
    "config/admin.py",  # sends to our own log-in
    "core/views.py",  # health, an expired form, a fault
    "tochuc/views/dang_nhap.py",
    "tochuc/views/van_ban.py",
}
MARKED_SAFE = {
    "core/charts/bars.py",  # numbers and escaped words only
    "core/charts/svg.py",  # the empty string
    "core/templatetags/core.py",
    "core/templatetags/tables.py",
    "core/pdf/markup.py",
    "core/pdf/inline.py",
    "core/pdf/layout.py",
    "chidoan/forms/buoi.py",  # one constant attribute
    "tochuc/loc.py",  # options put together from escaped words
}


def name_of(path):
    return str(path.relative_to(ROOT))


def is_domain(path):
    """A domain module or one of its parts, in an app or in a part of an app."""
    parts = path.relative_to(ROOT).with_suffix("").parts[1:]
    return bool(set(parts) & DOMAIN) and not set(parts[:-1]) & SURFACE


def imports(path):
    """Each imported module of the project, as the parts of its dotted name."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            base += node.module.split(".") if node.module else []
            yield from ([*base, alias.name] for alias in node.names)


def for_each(paths):
    """One test for all of them, which names every file that breaks the rule."""

    def decorate(rule):
        @wraps(rule)
        def test():
            assert [name for name in map(name_of, paths) if breaks(rule, ROOT / name)] == []

        del test.__wrapped__  # pytest would ask for a fixture called "path"
        return test

    return decorate


def breaks(rule, path) -> bool:
    try:
        rule(path)
    except AssertionError:
        return True
    return False


@for_each(FILES)
def test_imports_point_downwards(path):
    own = LAYERS.index(path.relative_to(ROOT).parts[0])

    assert not {parts[0] for parts in imports(path)} & set(LAYERS[own + 1 :])


@for_each([p for p in FILES if is_domain(p)])
def test_domain_knows_no_page(path):
    project = [parts for parts in imports(path) if parts[0] in LAYERS]

    assert not [parts for parts in project if set(parts[1:-1]) & SURFACE]


@for_each(FILES)
def test_dates_come_from_the_one_clock(path):
    text = path.read_text("utf-8")

    assert not re.search(r"\bdate\.today\(|datetime\.now\(|datetime\.utcnow\(|time\.time\(", text)


@for_each(FILES)
def test_nothing_is_marked_safe_outside_the_reviewed_list(path):
    if name_of(path) not in MARKED_SAFE:
        assert not re.search(r"\bmark_safe\b|\bSafeString\(", path.read_text("utf-8"))


@for_each(FILES)
def test_no_raw_sql_and_no_request_data_as_lookups(path):
    text = path.read_text("utf-8")

    assert not re.search(r"\.raw\(|\.extra\(|RawSQL|\*\*request\.|_base_manager", text)


@for_each(VIEWS)
def test_views_change_nothing_themselves(path):
    text = path.read_text("utf-8")

    assert not re.search(
        r"\.save\(|\.delete\(|\.bulk_create\(|objects\.create\(|\.update\(\w+=", text
    )


@for_each(VIEWS)
def test_views_ask_querysets_by_name(path):
    """`.filter(` on columns belongs to the model's queryset, where it has a name."""
    filters = re.search(r"\.(filter|exclude|annotate|aggregate)\(", path.read_text("utf-8"))

    assert bool(filters) == (name_of(path) in VIEWS_THAT_FILTER)


@for_each(VIEWS)
def test_views_fetch_rows_with_scope(path):
    text = path.read_text("utf-8")

    assert not re.search(r"objects\.get\(|objects\.all\(\)|objects\.first\(\)", text)


@for_each([*FILES, *sorted((ROOT / "config").rglob("*.py"))])
def test_protection_is_lifted_nowhere_but_on_reviewed_pages(path):
    text = path.read_text("utf-8")

    assert not re.search(r"csrf_exempt|xframe_options_exempt|csp_exempt|csp_replace", text)
    assert "login_not_required" not in text or name_of(path) in OPEN_TO_STRANGERS


@for_each(FILES)
def test_forms_name_their_fields(path):
    text = path.read_text("utf-8")

    assert not re.search(r"fields\s*=\s*[\"']__all__|^\s+exclude\s*=", text, re.MULTILINE)


@for_each(FILES)
def test_no_signals_and_no_save_of_its_own(path):
    text = path.read_text("utf-8")

    allowed = r"(?<!sqlite3)(?<!post_migrate)"  # what ships as rows is added after migrating
    assert not re.search(rf"@receiver|{allowed}\.connect\(|^\s+def save\(self", text, re.MULTILINE)


@for_each(TEMPLATES)
def test_every_form_that_writes_has_its_token_in_sight(path):
    text = path.read_text("utf-8")
    forms = re.findall(r"<form[^>]*method=[\"']post.*?</form>", text, re.DOTALL | re.IGNORECASE)

    assert [form for form in forms if "{% csrf_token %}" not in form] == []


@for_each(TEMPLATES)
def test_templates_carry_no_style_and_no_script(path):
    text = path.read_text("utf-8")

    assert not re.search(r"\sstyle=|\son[a-z]+=[\"']|<style\b|autoescape off", text)
    assert "doan/layout" in name_of(path) or "|safe" not in text  # crispy's attributes are escaped
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
