"""Whatever a page links is among the files that production serves."""

import re
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"""{% static ['"]([^'"]+)['"]""")


def linked():
    for template in ROOT.rglob("templates/**/*.html"):
        if ".venv" not in template.parts:
            yield from LINK.findall(template.read_text())


def test_every_file_that_a_page_links_is_collected(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }

    call_command("build_assets", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)

    assert "css/app.css" in linked()
    assert set(linked()) <= set(staticfiles_storage.hashed_files)
