"""Để trống: what a dossier will leave as a blank line to be filled in by hand."""

import re
from collections.abc import Iterator

from core.pdf import Booklet, Dots, Fields, Paper, Para, Signatures, TableBlock
from core.pdf.inline import pieces
from core.text import lowfirst
from tudưong.models import GiayTo, HoSo

_SO = re.compile(r"^\d+\. ")
TRUONG = ("que_quan", "noi_vao_doan", "ngay_cam_tinh", "van_hoa", "chuyen_mon")


def ly_lich_trong(ho_so: HoSo) -> list[str]:
    """What the member's record lacks and the papers leave blank, in the words of the form."""
    dv = ho_so.doan_vien
    return [str(dv._meta.get_field(ten).verbose_name) for ten in TRUONG if not getattr(dv, ten)]


def de_trong(booklet: Booklet) -> list[str]:
    """Every blank line of the dossier, named by its paper and by the words before it."""
    found = (
        f"{GiayTo.Loai(part.key).label}: {nhan}"
        for part in booklet.parts
        for paper in part.papers
        for nhan in _blanks(paper)
    )
    return list(dict.fromkeys(found))


def _blanks(paper: Paper) -> Iterator[str]:
    for block in (*paper.body, *paper.appendix):
        yield from _of_block(block)
    if paper.signatures:
        yield from _unnamed(paper.signatures)


def _of_block(block) -> Iterator[str]:
    """A blank goes by the words before it; one that fills its paragraph by the heading above."""
    if isinstance(block, Fields):
        yield from (label for label, value in block.rows if _has_dots(value))
    elif isinstance(block, TableBlock):
        yield from _of_block(Para(block.note))
    elif isinstance(block, Para):
        before = ""
        for piece in pieces(block.text):
            if isinstance(piece, Dots):
                yield _label(before)
            before = getattr(piece, "text", piece)


def _has_dots(text) -> bool:
    return any(isinstance(piece, Dots) for piece in pieces(text))


def _label(before) -> str:
    words = before.split(";")[-1].strip(" :.,-–") if isinstance(before, str) else ""
    return lowfirst(_SO.sub("", words)) or "dòng ghi ý kiến"


def _unnamed(signatures: Signatures) -> Iterator[str]:
    """An office that signs and that nobody holds in the register."""
    for signer in signatures.signers:
        if signer.lines[0].startswith("TM.") and not signer.name:
            yield f"họ tên người ký, {' '.join(signer.lines)}"
