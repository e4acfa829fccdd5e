"""Pictures of every kind: drawn anew without what a camera adds, or refused with a sentence."""

import random
import re
import struct
import sys
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageDraw

from chidoan.anh.gioi_han import (
    ANH_DONG,
    CHON_LAI,
    HEIC,
    HONG,
    KHONG_PHAI_ANH,
    MAX_LON_BYTES,
    MAX_NHO_BYTES,
    NANG,
    QUA_LON,
    QUA_NANG,
    RONG,
)
from chidoan.anh.tep import read_anh
from chidoan.anh.ve_lai import answer, draw_again
from core.errors import RuleError

GPS = {1: "N", 2: (9.0, 47.0, 12.0), 3: "E", 4: (105.0, 28.0, 3.0)}
SENTENCE = re.compile(r"^[A-ZĐẢ].*\.$")


def picture(size=(600, 400), mode="RGB"):
    """Red above, blue below, so that which way is up can be seen."""
    image = Image.new("RGB", size, "blue")
    ImageDraw.Draw(image).rectangle((0, 0, size[0], size[1] // 2), fill="red")
    return image.convert(mode)


def saved(image, kind="JPEG", **options) -> bytes:
    content = BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def exif(orientation=1):
    values = Image.Exif()
    values[0x0112] = orientation
    values[0x010F] = "Hang Dien Thoai"
    values[0x9286] = b"ASCII\0\0\0ghi chu rieng"
    values.get_ifd(0x8825).update(GPS)
    return values


def opened(content) -> Image.Image:
    image = Image.open(BytesIO(content), formats=["JPEG"])
    image.load()
    return image


def near(seen, wanted) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(seen, wanted, strict=True))


def header_of(width, height) -> bytes:
    """A PNG that says it is large and holds nothing."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def refusal(content, **options) -> str:
    with pytest.raises(RuleError) as refused:
        read_anh(content, **options)
    return str(refused.value)


def test_nothing_that_a_camera_adds_goes_on():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    content = saved(
        picture((4000, 3000)), exif=exif(6), icc_profile=profile, comment=b"nha rieng", dpi=(72, 72)
    )
    assert all(mark in content for mark in (b"Hang Dien Thoai", b"nha rieng", b"ICC_PROFILE"))

    kept = read_anh(content + b"<script>alert(1)</script>")

    assert (kept.rong, kept.cao) == (1200, 1600)
    assert len(kept.tep) <= MAX_LON_BYTES
    assert len(kept.tep_nho) <= MAX_NHO_BYTES
    for part, longest in ((kept.tep, 1600), (kept.tep_nho, 320)):
        image = opened(part)
        assert max(image.size) == longest
        assert not image.getexif()
        assert not image.info.keys() & {"exif", "icc_profile", "comment", "xmp", "dpi"}
        for word in (b"Exif", b"ICC", b"GPS", b"Hang", b"rieng", b"script", b"http"):
            assert word not in part


# Where the upper half of the file stands once the picture is upright.
RED_IS = {
    1: "top",
    2: "top",
    3: "bottom",
    4: "bottom",
    5: "left",
    6: "right",
    7: "right",
    8: "left",
}


@pytest.mark.parametrize(("turn", "side"), RED_IS.items())
def test_a_picture_stands_as_it_was_taken(turn, side):
    large, _, (width, height) = draw_again(saved(picture(), exif=exif(turn)))

    places = {
        "top": (width // 2, 5),
        "bottom": (width // 2, height - 5),
        "left": (5, height // 2),
        "right": (width - 5, height // 2),
    }
    seen = opened(large).getpixel(places[side])
    assert near(seen, (254, 0, 0)), seen
    assert (width > height) == (turn < 5)


def see_through():
    image = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((0, 0, 60, 20), fill=(255, 0, 0, 255))
    return image


@pytest.mark.parametrize(
    ("content", "top", "bottom"),
    [
        (saved(picture(mode="CMYK")), (254, 0, 0), (0, 0, 254)),
        (saved(picture(mode="L")), (76, 76, 76), (29, 29, 29)),
        (saved(Image.new("I;16", (60, 40), 40_000), "PNG"), (156,) * 3, (156,) * 3),
        (saved(picture(mode="P"), "PNG"), (254, 0, 0), (0, 0, 254)),
        (saved(see_through().quantize(), "PNG"), (254, 0, 0), (255,) * 3),
        (saved(see_through(), "PNG"), (254, 0, 0), (255,) * 3),
        (saved(see_through(), "WEBP", lossless=True), (254, 0, 0), (255,) * 3),
        (saved(picture(mode="1"), "PNG"), None, None),
    ],
    ids=["CMYK", "grey", "16-bit", "palette", "palette-alpha", "alpha", "webp", "one-bit"],
)
def test_every_kind_of_colour_becomes_rgb(content, top, bottom):
    large, small, (width, height) = draw_again(content)
    image = opened(large)

    assert image.mode == opened(small).mode == "RGB"
    if top:
        assert near(image.getpixel((width // 2, 2)), top)
        assert near(image.getpixel((width // 2, height - 3)), bottom)


def test_a_picture_is_never_blown_up_and_a_noisy_one_stays_small():
    assert draw_again(saved(picture((20, 10))))[2] == (20, 10)

    large, _, size = draw_again(saved(Image.effect_noise((1600, 1600), 120).convert("RGB")))
    assert len(large) <= MAX_LON_BYTES
    assert max(size) >= 900


FILM = [picture((40, 30)), Image.new("RGB", (40, 30), "green")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", RONG),
        (b"\0" * 400, RONG),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", KHONG_PHAI_ANH),
        (b"<!doctype html><img src=x onerror=alert(1)>", KHONG_PHAI_ANH),
        (b"GIF89a" + b"\1\0\1\0" * 10, KHONG_PHAI_ANH),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", KHONG_PHAI_ANH),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 60, HEIC),
        (saved(FILM[0], "WEBP", save_all=True, append_images=FILM[1:]), ANH_DONG),
        (saved(FILM[0], "PNG", save_all=True, append_images=FILM[1:]), ANH_DONG),
        (header_of(60_000, 60_000), QUA_LON),
        (header_of(2_000, 2_000), HONG),
        (saved(picture())[:900], HONG),
        (saved(picture(), "PNG")[:-40], HONG),
        (b"x" * (15 * 1024 * 1024 + 1), NANG),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_what_is_no_photo_is_refused_with_what_to_do(content, sentence):
    assert refusal(content) == sentence
    assert SENTENCE.match(sentence)
    assert CHON_LAI in sentence or "chọn ảnh khác" in sentence


def test_a_page_hidden_in_a_picture_does_not_come_out():
    hidden = b"<html><script>alert(document.cookie)</script>"
    content = saved(picture(), comment=hidden)
    content = content[:-2] + hidden + content[-2:] + hidden

    large, small, _ = draw_again(content)

    assert b"script" not in large + small


def test_a_process_that_dies_or_babbles_refuses_the_picture():
    python = (sys.executable, "-c")

    assert refusal(b"x", command=(*python, "import os; os.abort()")) == QUA_NANG
    assert refusal(b"x", command=(*python, "raise SystemExit(3)")) == HONG
    assert refusal(b"x", command=(*python, "print('no answer')")) == HONG


def test_mutations_are_drawn_or_refused():
    chance = random.Random(20261129)
    whole = [
        saved(picture((90, 60)), exif=exif(6)),
        saved(picture((90, 60)), "PNG"),
        saved(see_through(), "WEBP"),
    ]
    for number in range(100):
        content = bytearray(whole[number % 3])
        for _ in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        header, body = answer(bytes(content))
        if "refused" in header:
            assert SENTENCE.match(header["refused"])
        else:
            assert opened(body[: header["lon"]]).size == (header["rong"], header["cao"])
