"""Pictures of the demo: drawn, with nobody in them, so that the pages about photos are alive."""

import math
import uuid
from datetime import datetime, time
from functools import cache
from io import BytesIO
from random import Random

from django.utils import timezone
from PIL import Image, ImageDraw, ImageFont

from chidoan.anh.ve_lai import draw_again
from chidoan.models import Anh, BuoiSinhHoat, HoatDong
from chidoan.models.anh import AnhVeLai
from core.pdf.metrics import font_bytes

from .phuong_1 import ChiDoanDemo

CO = (960, 640)
CAC_CANH = (
    ("Bờ kè sau buổi ra quân", "#f6b26b", "#fff2cc", "#38761d"),
    ("Trồng hoa trước nhà văn hóa", "#9fc5e8", "#f3f8fc", "#4c8c2b"),
    ("Nhà văn hóa khu vực", "#b4a7d6", "#fde9d9", "#5b6b3a"),
)
NGOAI_TROI = (HoatDong.Loai.CHU_NHAT_XANH, HoatDong.Loai.TRONG_CAY)
SO_ANH = {"Khu vực 3": (2, 1), "Khu vực 1": (1,)}
"""Photos of the newest finished meetings of a branch, newest first."""


def pictures(branches: list[ChiDoanDemo], *, by) -> None:
    """A few photos on the last meetings and the last outdoor activity of two branches."""
    drawn = drawn_pictures()
    rows, taken = [], []
    for branch in branches:
        counts = SO_ANH.get(branch.don_vi.ten, ())
        if not counts:
            continue
        meetings = BuoiSinhHoat.objects.da_hop().filter(chi_doan=branch.don_vi)
        ended = [(buoi, buoi.ngay, buoi.ket_thuc or time(21)) for buoi in meetings[: len(counts)]]
        outdoors = HoatDong.objects.da_xong().filter(don_vi=branch.don_vi, loai__in=NGOAI_TROI)
        ended += [(row, row.den_ngay, time(10)) for row in outdoors[:1]]
        for (viec, ngay, gio), count in zip(ended, (*counts, 2), strict=False):
            for _ in range(count):
                number = len(rows) % len(CAC_CANH)
                rows.append(new_anh(viec, drawn[number], CAC_CANH[number][0], by))
                taken.append(timezone.make_aware(datetime.combine(ngay, gio)))
    Anh.objects.bulk_create(rows)
    for row, luc in zip(rows, taken, strict=True):
        row.them_luc = min(luc, timezone.now())
    Anh.objects.bulk_update(rows, ["them_luc"])


@cache
def drawn_pictures() -> list:
    """Each scene as the house keeps it, drawn once."""
    return [draw_again(_landscape(number)) for number in range(len(CAC_CANH))]


def new_anh(viec, drawn, chu_thich: str, by) -> AnhVeLai:
    """An unsaved photo of a meeting, an activity, a line of a log or a task."""
    large, small, (width, height) = drawn
    return viec.anh.model(
        don_vi=viec.don_vi,
        **{viec.anh.field.name: viec},
        chu_thich=chu_thich,
        tep=large,
        tep_nho=small,
        rong=width,
        cao=height,
        so_byte=len(large) + len(small),
        client_id=uuid.uuid4(),
        them_boi=by,
    )


def _landscape(number: int) -> bytes:
    """Sky, sun, hills and a river, with a line that says that it is a drawing."""
    chance = Random(number)  # noqa: S311 -- a drawing
    _, above, below, green = CAC_CANH[number]
    image = Image.linear_gradient("L").resize(CO)
    image = Image.composite(Image.new("RGB", CO, below), Image.new("RGB", CO, above), image)
    pen = ImageDraw.Draw(image)
    sun = chance.randint(180, 760)
    pen.ellipse((sun, 70, sun + 110, 180), fill="#fff6d8")
    for depth in range(3):
        pen.polygon(_hill(depth, chance), fill=_darker(green, 1 - 0.22 * depth))
    pen.polygon([(0, 640), (380, 520), (560, 520), (960, 640)], fill="#7fa8c9")
    font = ImageFont.truetype(BytesIO(font_bytes("texgyretermes-regular.otf")), 30)
    pen.text((24, 592), "Ảnh minh họa", font=font, fill="white")
    content = BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def _hill(depth: int, chance: Random) -> list[tuple[float, float]]:
    base, phase = 360 + 70 * depth, chance.random() * 6
    line = [(x, base + 42 * math.sin(x / (130 - 20 * depth) + phase)) for x in range(0, 961, 8)]
    return [(0, 640), *line, (960, 640)]


def _darker(colour: str, share: float) -> tuple[int, ...]:
    return tuple(int(int(colour[place : place + 2], 16) * share) for place in (1, 3, 5))
