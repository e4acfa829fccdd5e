"""The site as an app on a phone: what the manifest promises is there, and its files are small."""

import re
from urllib.parse import urlsplit

import brotli
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.urls import resolve, reverse
from PIL import Image

STATIC = settings.BASE_DIR / "static"
SCRIPT = re.compile(r"""<script src="\{% static '([^']+)' %\}" defer""")
MAX_FORM, MAX_ALL = 12_000, 15_000
"""What the scripts of the meeting form, and those of every page, may weigh as they travel."""


def picture(src):
    path = finders.find(src.removeprefix(settings.STATIC_URL))
    with Image.open(path) as image:
        return image.format, f"{image.width}x{image.height}", image.convert("RGBA")


def test_the_manifest_is_that_of_an_app(client):
    answer = client.get(reverse("manifest"))

    said = answer.json()
    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert (said["lang"], said["display"], said["name"]) == ("vi", "standalone", "Sổ Đoàn")
    addresses = [said["start_url"], *(row["url"] for row in said["shortcuts"])]
    for address in addresses:
        assert urlsplit(address).path.startswith(said["scope"])
        assert resolve(address)
    for key in ("theme_color", "background_color"):
        assert re.fullmatch(r"#[0-9a-f]{6}", said[key])


def test_icons_are_as_large_as_they_say_and_one_may_be_cut_round(client):
    icons = client.get(reverse("manifest")).json()["icons"]

    for icon in icons:
        kind, size, image = picture(icon["src"])
        assert (kind, size, icon["type"]) == ("PNG", icon["sizes"], "image/png")
        if icon["purpose"] == "maskable":
            assert image.getchannel("A").getextrema() == (255, 255)  # no hole where it is cut
    assert {icon["sizes"] for icon in icons if icon["purpose"] == "any"} == {"192x192", "512x512"}
    assert "maskable" in {icon["purpose"] for icon in icons}


def weight(names) -> int:
    return sum(len(brotli.compress((STATIC / name).read_bytes())) for name in names)


def scripts_of(template: str) -> list[str]:
    return SCRIPT.findall(get_template(template).template.source)


def test_scripts_of_the_meeting_form_keep_their_budget():
    names = scripts_of("chidoan/buoi_form.html")

    assert "js/diem_danh.js" in names
    assert weight(names) <= MAX_FORM


def test_scripts_of_every_page_keep_their_budget():
    names = [
        *scripts_of("components/_head.html"),
        *scripts_of("chidoan/ngoai_tuyen/_kich_ban.html"),
    ]

    assert "js/ngoai_tuyen.js" in names
    assert weight(names) <= MAX_ALL
