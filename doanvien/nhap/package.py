"""The outside of a workbook: what kind of file it is, judged before anything is unpacked."""

import re
import zipfile
from contextlib import suppress
from functools import partial
from io import BytesIO
from xml.parsers import expat

from .limits import MAX_PARTS, MAX_UNPACKED_BYTES, Refused

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

PASSWORD = "Tệp đang đặt mật khẩu mở. Gỡ mật khẩu trong Excel, lưu lại rồi chọn lại."  # noqa: S105
SAVE_AS = "Mở bằng Excel, chọn Lưu thành (Save As) kiểu Excel Workbook (.xlsx) rồi chọn lại."
STRANGE = f"Tệp có cấu trúc bất thường. {SAVE_AS}"
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
ROW = re.compile(rb"<(?:\w{1,8}:)?row[\s>]")
PIECE = 1024 * 1024
NEEDED = {"[content_types].xml", "xl/workbook.xml"}
FORBIDDEN = (
    ("vbaproject.bin", "Tệp có macro. Lưu lại kiểu .xlsx (không kèm macro) rồi chọn lại."),
    (
        "xl/externallinks/",
        "Tệp có liên kết tới tệp khác. Chép danh sách sang tệp mới, chỉ dán giá trị, rồi chọn lại.",
    ),
    (
        "xl/embeddings/",
        "Tệp có tài liệu khác nhúng bên trong. Chép danh sách sang tệp mới rồi chọn lại.",
    ),
    ("xl/workbook.bin", f"Đây là sổ tính nhị phân (.xlsb). {SAVE_AS}"),
)


def check_package(content: bytes) -> None:
    """`Refused` for what is no workbook, declares too much or holds what no list needs."""
    if not content.strip():
        raise Refused("Tệp rỗng. Chọn lại tệp danh sách.")
    if content.startswith(OLE_MAGIC):
        raise Refused(_ole_reason(content))
    if not content.startswith(b"PK"):
        raise Refused(f"Tệp này không phải sổ tính .xlsx, có thể là tệp đổi đuôi. {SAVE_AS}")
    with zipfile.ZipFile(BytesIO(content)) as package:
        _check_parts(package.infolist())
        for name in package.namelist():
            _check_declarations(package, name)


def _ole_reason(content: bytes) -> str:
    if ENCRYPTED_STREAM in content:
        return PASSWORD
    return f"Đây là tệp Excel 97–2003 (.xls). {SAVE_AS}"


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        raise Refused(
            "Tệp bung ra quá lớn so với một danh sách đoàn viên. "
            "Chép danh sách sang tệp mới rồi chọn lại."
        )
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused(PASSWORD)
    if any(part.compress_type not in READABLE for part in parts):
        raise Refused(STRANGE)
    _check_names([part.filename.lower() for part in parts])


def _check_names(names: list[str]) -> None:
    for mark, sentence in FORBIDDEN:
        if any(mark in name for name in names):
            raise Refused(sentence)
    if not set(names) >= NEEDED:
        raise Refused(f"Tệp nén này không phải sổ tính Excel. {SAVE_AS}")
    if len(set(names)) < len(names):  # which of two would be read?
        raise Refused(STRANGE)


def count_rows(content: bytes) -> int:
    """How many rows the largest sheet of a sane package holds, without reading one of them."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = [name for name in package.namelist() if SHEET.fullmatch(name.lower())]
        return max((_count(package, name) for name in names), default=0)


def _count(package: zipfile.ZipFile, name: str) -> int:
    """Nearly: a tag that two pieces share is not seen."""
    with package.open(name) as part:
        return sum(len(ROW.findall(piece)) for piece in iter(partial(part.read, PIECE), b""))


class _Begun(Exception):  # noqa: N818 -- not a fault
    """The first element of a part opens: no declaration can follow."""


def _check_declarations(package: zipfile.ZipFile, name: str) -> None:
    """No part may declare a document type, so no entity is ever expanded."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.StartElementHandler = _begin
    with package.open(name) as part, suppress(_Begun, expat.ExpatError):  # pictures are no XML
        parser.ParseFile(part)


def _refuse_declaration(*declaration) -> None:
    raise Refused("Tệp có khai báo kiểu tài liệu lạ (DTD). Chép danh sách sang tệp mới.")


def _begin(*element) -> None:
    raise _Begun
