"""What the example papers share; every name and figure is invented."""

import re
from datetime import date

from core.pdf import (
    Bullets,
    CheckLine,
    Heading,
    Para,
    Section,
    Signatures,
    Signer,
    dia_danh_ngay,
    so_hieu,
)

HOST = "doan-phuong.example"


def ward_heading(so: int | None, loai: str, day: date | None, **kwargs) -> Heading:
    return Heading(
        cap_tren="THÀNH ĐOÀN CẦN THƠ",
        co_quan="BCH ĐOÀN PHƯỜNG MINH TÂN",
        so=so_hieu(so, loai, "ĐTN"),
        dia_danh_ngay=dia_danh_ngay("Minh Tân", day),
        **kwargs,
    )


def ward_signature(
    noi_nhan=(),
    *,
    body="TM. BAN CHẤP HÀNH",
    role="BÍ THƯ",
    name="Nguyễn Thị Quỳnh Hương",
    room_mm=30,
) -> Signatures:
    return Signatures([Signer([body, role], name, room_mm=room_mm)], noi_nhan=noi_nhan)


def check(code: str) -> CheckLine:
    return CheckLine(code, HOST)


def read(text: str) -> list:
    """Blocks from a text: "#", "##", "###" begin sections, "- " bullets, the rest paragraphs."""
    return [_block(" ".join(part.split())) for part in re.split(r"\n\s*\n", text.strip())]


def _block(text: str):
    if text.startswith("#"):
        marks, title = text.split(" ", 1)
        return Section(title, level=len(marks))
    if text.startswith("- "):
        return Bullets([text.removeprefix("- ")])
    return Para(text)
