"""Fonts and icons are cut to size, complete, and made once."""

from io import BytesIO
from unicodedata import normalize
from xml.etree import ElementTree as ET

import brotli
import pytest
from django.core.management import call_command
from fontTools.ttLib import TTFont

from core.assets.build import build
from core.assets.fonts import WEIGHTS
from core.assets.icons import ICONS, build_sprite

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SVG = "{http://www.w3.org/2000/svg}"


def vietnamese_letters():
    small = [normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]
    return {*small, *(letter.upper() for letter in small)}


@pytest.fixture(scope="module")
def assets(tmp_path_factory):
    target = tmp_path_factory.mktemp("assets")
    assert build(target)
    return target


@pytest.mark.parametrize("weight", WEIGHTS)
def test_font_has_every_vietnamese_letter_and_is_small(assets, weight):
    content = (assets / f"be-vietnam-pro-{weight}.woff2").read_bytes()
    font = TTFont(BytesIO(content))

    letters = vietnamese_letters()
    assert len(letters) == 146
    assert {ord(letter) for letter in letters} <= font.getBestCmap().keys()
    assert {ord(sign) for sign in "0123456789.,:;–—“”…·×%/()«»"} <= font.getBestCmap().keys()
    assert font["OS/2"].usWeightClass == weight
    assert len(content) <= 32_000


def test_sprite_has_the_listed_icons_and_is_small(assets):
    content = (assets / "icons.svg").read_bytes()
    symbols = ET.fromstring(content).findall(f"{SVG}symbol")

    assert {symbol.get("id") for symbol in symbols} == ICONS
    assert all(len(symbol) for symbol in symbols)
    assert len(brotli.compress(content)) <= 10_000


def test_assets_are_made_once(assets):
    made = {path.name: path.stat().st_mtime_ns for path in assets.iterdir()}

    assert not build(assets)
    assert {path.name: path.stat().st_mtime_ns for path in assets.iterdir()} == made


def test_changed_inputs_make_them_again(assets):
    (assets / "stamp.txt").write_text("old")
    (assets / "icons.svg").write_text("broken")

    assert build(assets)
    assert (assets / "icons.svg").read_text() == build_sprite()


def test_command_builds_into_the_assets_directory(settings, tmp_path, capsys):
    settings.ASSETS_DIR = tmp_path / "assets"

    call_command("build_assets")
    call_command("build_assets")

    assert capsys.readouterr().out == "Đã dựng phông chữ và biểu tượng.\nKhông có gì mới.\n"
    assert {path.name for path in settings.ASSETS_DIR.iterdir()} == {
        *(f"be-vietnam-pro-{weight}.woff2" for weight in WEIGHTS),
        "icons.svg",
        "stamp.txt",
    }
