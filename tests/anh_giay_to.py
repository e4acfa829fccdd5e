"""Draw the pictures of docs/giay-to.md anew: python -m tests.anh_giay_to (needs pypdfium2).

Made in a database of its own from invented names; each paper's first page, and all of short ones.
"""

import os
from pathlib import Path

import django
from django.test.utils import get_runner, setup_test_environment

ANH = Path(__file__).parents[1] / "docs/img/giay-to"
DPI = 60
MAX_PAGES = 2


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    os.environ["PUBLIC_HOST"] = "sodoan.example.org"
    django.setup()
    setup_test_environment()
    from django.conf import settings  # noqa: PLC0415 -- once they are known

    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        _draw_all()
    finally:
        runner.teardown_databases(databases)


def _draw_all() -> None:
    from core.pdf import render_pdf  # noqa: PLC0415 -- once Django is set up
    from tests.giay_mau import HoSoMau  # noqa: PLC0415 -- as above

    mau = HoSoMau()
    ANH.mkdir(parents=True, exist_ok=True)
    for ten, papers in mau.papers(ma="MT26XXXXXXXX").items():
        _draw(ten, render_pdf(papers, title=ten), MAX_PAGES)
    _draw("bo-ho-so", mau.bo_ho_so().pdf(), 3)


def _draw(ten: str, content: bytes, pages: int) -> None:
    import pypdfium2  # noqa: PLC0415 -- only needed here, no requirement of the tests

    pdf = pypdfium2.PdfDocument(content)
    for number in range(min(pages, len(pdf))):
        picture = pdf[number].render(scale=DPI / 72).to_pil().convert("P", colors=16)
        picture.save(ANH / f"{ten}-{number + 1}.png", optimize=True)


if __name__ == "__main__":
    main()
