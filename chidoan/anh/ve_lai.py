"""The process that opens an untrusted picture and draws it anew: bytes in, two JPEG files out.

It runs apart, under limits, and knows nothing of the application:
`python -m chidoan.anh.ve_lai < anh.jpg`. First a line of JSON (`rong`, `cao`, `lon`, `nho`, the
last two in bytes; or `refused`), then the picture and the small picture. Nothing of the file
but its points goes on: no EXIF, no place, no colour profile, no comment.
"""

import json
import sys
from io import BytesIO

from PIL import Image, ImageCms

from core.apart import limit_process

from .gioi_han import (
    ANH_DONG,
    CANH_LON,
    CANH_NHO,
    FORMATS,
    HEIC,
    HONG,
    KHONG_PHAI_ANH,
    LIMITS,
    MAX_DIEM_ANH,
    MAX_LON_BYTES,
    MAX_NHO_BYTES,
    QUA_LON,
    RONG,
    TuChoi,
)

HUONG = 0x0112  # the EXIF tag that tells how the camera was held
XOAY = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
CHAT_LUONG = (82, 74, 66, 58, 50)
KIEU_HEIC = {b"heic", b"heix", b"heim", b"hevc", b"mif1", b"msf1", b"avif"}
Image.MAX_IMAGE_PIXELS = None  # asked for below, before a point is read


def draw_again(content: bytes) -> tuple[bytes, bytes, tuple[int, int]]:
    """The picture, the small picture and the size of the first; `TuChoi` for what is none."""
    if not content.strip(b"\0 \r\n"):
        raise TuChoi(RONG)
    if content[4:8] == b"ftyp" and content[8:12] in KIEU_HEIC:
        raise TuChoi(HEIC)
    try:
        image = Image.open(BytesIO(content), formats=FORMATS)
    except Image.UnidentifiedImageError as error:
        raise TuChoi(KHONG_PHAI_ANH) from error
    with image:
        _check(image)
        picture = _plain(image)
    small = picture.copy()
    small.thumbnail((CANH_NHO, CANH_NHO))
    picture, written = _write(picture, MAX_LON_BYTES)
    return written, _write(small, MAX_NHO_BYTES)[1], picture.size


def _check(image: Image.Image) -> None:
    if image.width * image.height > MAX_DIEM_ANH:
        raise TuChoi(QUA_LON)
    # A JPEG with a second picture inside is a camera's, no film.
    if image.format in ("PNG", "WEBP") and getattr(image, "n_frames", 1) > 1:
        raise TuChoi(ANH_DONG)


def _plain(image: Image.Image) -> Image.Image:
    """The points alone: upright, in sRGB, on white, no side longer than `CANH_LON`."""
    image.draft(None, (CANH_LON, CANH_LON))  # a JPEG is read small at once
    image.load()
    turn, profile = _huong(image), image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
    elif image.mode not in ("RGB", "CMYK", "L"):
        image = image.convert("RGB")
    image.thumbnail((CANH_LON, CANH_LON))
    if image.mode == "RGBA":
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    image = _in_srgb(image, profile)
    image = image.transpose(XOAY[turn]) if turn in XOAY else image
    image.info.clear()
    return image


def _huong(image: Image.Image) -> int:
    try:
        return image.getexif().get(HUONG, 1)
    except Exception:  # EXIF that nobody can read turns nothing
        return 1


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            pass  # a profile of another kind of colours
    return image.convert("RGB")


def _write(image: Image.Image, limit: int) -> tuple[Image.Image, bytes]:
    """As JPEG of no more than `limit` bytes: coarser first, then smaller."""
    while True:
        for quality in CHAT_LUONG:
            target = BytesIO()
            image.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
            if target.tell() <= limit:
                return image, target.getvalue()
        image = image.resize((max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)))


def answer(content: bytes) -> tuple[dict, bytes]:
    try:
        large, small, (width, height) = draw_again(content)
    except TuChoi as refusal:
        return {"refused": str(refusal)}, b""
    except Exception:  # a damaged picture fails in a hundred ways, and all mean the same
        return {"refused": HONG}, b""
    header = {"rong": width, "cao": height, "lon": len(large), "nho": len(small)}
    return header, large + small


def main() -> None:
    limit_process(LIMITS)
    header, body = answer(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(header).encode() + b"\n" + body)


if __name__ == "__main__":
    main()
