"""Draws the icons of the installed app: `python -m tests.browser.bieu_tuong`.

They are made from static/img/mark.svg and kept beside it; draw them again when the mark changes.
"""

import re
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parents[2] / "static" / "img"
SIZES = {
    "app-192.png": (192, 1.0),
    "app-512.png": (512, 1.0),
    "app-maskable-512.png": (512, 0.72),
    "app-apple-180.png": (180, 0.86),
}
"""Width in pixels, and how much of it the mark takes; below 1 it stands on a ground of its blue."""


def page_of(mark: str, size: int, share: float) -> str:
    ground = re.search(r'fill="(#\w+)"', mark)[1] if share < 1 else "transparent"
    wide = round(size * share)
    drawn = mark.replace("<svg ", f'<svg width="{wide}" height="{wide}" ', 1)
    return (
        f'<body style="margin:0;width:{size}px;height:{size}px;display:grid;place-items:center;'
        f'background:{ground}">{drawn}</body>'
    )


def draw() -> None:
    mark = (IMAGES / "mark.svg").read_text("utf-8")
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (size, share) in SIZES.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(page_of(mark, size, share))
            page.screenshot(path=IMAGES / name, omit_background=True)
        browser.close()


if __name__ == "__main__":
    draw()
