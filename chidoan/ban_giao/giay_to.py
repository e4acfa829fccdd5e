"""Biên bản bàn giao: the hand-over as a paper of the branch, signed by both."""

from dataclasses import dataclass
from datetime import date

from chidoan.models import BanGiao
from core.pdf import (
    Bullets,
    Column,
    Paper,
    Para,
    Section,
    Signatures,
    Signer,
    TableBlock,
    Title,
    paragraphs,
)
from core.text import lowfirst
from core.text.numbers import date_long, roman
from tochuc.models import DonVi, VanBan
from tochuc.the_thuc import check_line, heading, issue_paper, preview

from .phan import Phan, cac_phan

LOAI = "BB"
PHONG_KY = 22


@dataclass(frozen=True, kw_only=True)
class NoiDung:
    """Everything the paper says; the same values always give the same paper."""

    don_vi: DonVi
    ngay: date
    dia_diem: str
    giao: tuple[str, str]
    nhan: tuple[str, str]
    ly_do: str
    phan: tuple[Phan, ...]
    vat: str
    dan_lai: str

    @property
    def ten(self) -> str:
        return f"Biên bản bàn giao công tác Bí thư {self.don_vi}"


def doc(ban_giao: BanGiao) -> NoiDung:
    """What is handed over, as it stands now."""
    giao, nhan = ban_giao.chuc_vu_giao, ban_giao.chuc_vu_nhan
    return NoiDung(
        don_vi=ban_giao.don_vi,
        ngay=ban_giao.ngay,
        dia_diem=ban_giao.dia_diem,
        giao=(giao.ho_ten, giao.ten_chuc),
        nhan=(nhan.ho_ten, nhan.ten_chuc) if nhan else ("", ""),
        ly_do=giao.ly_do_cong_khai,
        phan=tuple(cac_phan(ban_giao.don_vi, ban_giao.ngay)),
        vat=ban_giao.vat,
        dan_lai=ban_giao.dan_lai,
    )


def issue_bien_ban(*, ban_giao: BanGiao, by) -> VanBan:
    content = doc(ban_giao)
    return issue_paper(
        lambda so, ma: bien_ban(content, so, ma),
        target=ban_giao,
        don_vi=ban_giao.don_vi,
        loai=LOAI,
        ngay=ban_giao.ngay,
        title=content.ten,
        by=by,
    )


def preview_bien_ban(ban_giao: BanGiao) -> bytes:
    content = doc(ban_giao)
    return preview(lambda so, ma: bien_ban(content, so, ma), title=content.ten)


def bien_ban(content: NoiDung, so: str = "", ma: str = "") -> Paper:
    head = heading(content.don_vi, content.ngay, loai=LOAI, so=so)
    return Paper(
        heading=head,
        title=Title("BIÊN BẢN", f"Bàn giao công tác Bí thư {content.don_vi}"),
        body=[*_opening(content), *_parts(content), *_closing(content)],
        signatures=Signatures(
            [
                Signer(["BÊN NHẬN"], content.nhan[0], room_mm=PHONG_KY),
                Signer(["BÊN GIAO"], content.giao[0], room_mm=PHONG_KY),
            ]
        ),
        check=check_line(ma),
    )


def _opening(content: NoiDung):
    place = f", tại {content.dia_diem}" if content.dia_diem else ""
    yield Para(f"Hôm nay, {date_long(content.ngay)}{place}, chúng tôi gồm:")
    yield Para(f"1. Bên giao: đồng chí {content.giao[0]}, {content.giao[1]} {content.don_vi}.")
    name, office = content.nhan
    taker = f"đồng chí {name}, {office} {content.don_vi}." if name else "." * 60
    yield Para(f"2. Bên nhận: {taker}")
    reason = f" Lý do: {lowfirst(content.ly_do)}." if content.ly_do else ""
    yield Para(f"Cùng bàn giao công tác của chi đoàn với nội dung sau.{reason}")


def _parts(content: NoiDung):
    number = 0
    for number, part in enumerate(content.phan, start=1):
        yield Section(f"{roman(number)}. {part.ten}")
        yield from _part(part)
    typed = (
        ("Sổ sách, con dấu, tài sản, quỹ giao kèm", content.vat),
        ("Việc cần dặn lại", content.dan_lai),
    )
    for title, text in typed:
        if text.strip():
            number += 1
            yield Section(f"{roman(number)}. {title}")
            yield from paragraphs(text)


def _part(part: Phan):
    if part.is_trong:
        yield Para(part.trong)
    elif len(part.cau) == 1:
        yield Para(part.cau[0])
    elif part.cau:
        yield Bullets(list(part.cau))
    if part.dong:
        yield TableBlock(
            columns=[Column(cot.ten, cot.mm, cot.align) for cot in part.cot],
            rows=[list(dong) for dong in part.dong],
        )


def _closing(content: NoiDung):
    yield Para(
        "Bên nhận đã xem sổ sách, số liệu trên và nhận bàn giao. Biên bản lập thành 03 bản: "
        "mỗi bên giữ 01 bản, gửi Đoàn cấp trên 01 bản./."
    )
