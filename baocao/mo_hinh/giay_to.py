"""Báo cáo kết quả thực hiện mô hình: the report of an initiative as a numbered paper."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.text import capfirst

from baocao.chi_tieu import ThoiKy
from chidoan.mo_hinh.mau_cam_ket import gan_voi
from chidoan.mo_hinh.queries import cam_ket, nhat_ky
from chidoan.mo_hinh.quy_tac import cac_quy
from chidoan.models import DanhGiaMoHinh, MoHinh
from core.pdf import (
    Bullets,
    Column,
    GroupRow,
    Paper,
    Para,
    Section,
    Signatures,
    TableBlock,
    Title,
    even_lines,
    paragraphs,
)
from core.periods import KyBaoCao, today
from core.text.numbers import count, date_long, date_short
from tochuc.models import VanBan
from tochuc.the_thuc import check_line, heading, issue_paper, nguoi_ky, ten_bch
from tochuc.van_ban import cap_tren_tai_ngay, ten_tai_ngay

from .so_sanh import Dong, KySo, compare, default_periods, figures, notes, so_tu

LOAI = "BC"
SO_VIEC = 12
"""So many lines of the log are told, the newest; more would be no report."""


@dataclass(frozen=True)
class NoiDungMoHinh:
    """Everything the report says, read once."""

    mo_hinh: MoHinh
    ngay: date
    ky: KyBaoCao
    to: tuple[tuple[str, str, str], ...]
    gan_voi: tuple[str, ...]
    cam_ket: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]
    nhat_ky: tuple[tuple[str, str, str, str], ...]
    truoc: KySo
    sau: KySo
    dong: tuple[Dong, ...]
    ghi_chu: tuple[str, ...]
    danh_gia: tuple[DanhGiaMoHinh, ...]


def ten_bao_cao(mo_hinh: MoHinh) -> str:
    return f"Báo cáo kết quả thực hiện mô hình {mo_hinh.ten}"


def con_thieu(mo_hinh: MoHinh) -> list[str]:
    """What is still missing for a full report. Three queries."""
    there = {
        "mục tiêu": bool(mo_hinh.muc_tieu),
        "tổ thực hiện": mo_hinh.thanh_vien.exists(),
        "nhật ký": mo_hinh.nhat_ky.exists(),
        "đánh giá quý": mo_hinh.danh_gia.exists(),
    }
    return [words for words, found in there.items() if not found]


@transaction.atomic
def issue_bao_cao_mo_hinh(*, mo_hinh: MoHinh, by) -> VanBan:
    """The report under a number; changed since, a new version under the same number."""
    content = doc_noi_dung(mo_hinh)
    return issue_paper(
        lambda so, ma: bao_cao_mo_hinh(content, so, ma),
        target=mo_hinh,
        don_vi=mo_hinh.don_vi,
        loai=LOAI,
        ngay=content.ngay,
        title=ten_bao_cao(mo_hinh)[:200],
        by=by,
    )


def doc_noi_dung(mo_hinh: MoHinh) -> NoiDungMoHinh:
    """Thirteen queries."""
    day = mo_hinh.don_vi.ngay_so_lieu(today())
    quarters = cac_quy(mo_hinh.tu_ngay, mo_hinh.den_ngay, day)
    reviews = tuple(DanhGiaMoHinh.objects.cua(mo_hinh)[:4])
    ky = reviews[0].ky_bao_cao if reviews else quarters[0] if quarters else _quarter(day)
    first = so_tu(mo_hinh.don_vi)
    periods = default_periods(mo_hinh, first, day)
    truoc, sau = (figures(mo_hinh, ThoiKy.of(one, mo_hinh.don_vi)) for one in periods)
    groups = cam_ket(mo_hinh, ky)
    return NoiDungMoHinh(
        mo_hinh=mo_hinh,
        ngay=day,
        ky=ky,
        to=tuple(_member(row) for row in mo_hinh.thanh_vien.all()),
        gan_voi=tuple(gan_voi(group.nhom for group in groups)),
        cam_ket=tuple(
            (group.nhom.ten, tuple(_check(row) for row in group.dong))
            for group in groups
            if group.dong
        ),
        nhat_ky=tuple(
            (date_short(row.ngay), row.viec, row.nguoi_lam, row.ket_qua)
            for row in list(nhat_ky(mo_hinh)[:SO_VIEC])[::-1]
        ),
        truoc=truoc,
        sau=sau,
        dong=tuple(compare(truoc, sau)),
        ghi_chu=tuple(notes(mo_hinh, truoc, sau, first)),
        danh_gia=reviews,
    )


def bao_cao_mo_hinh(content: NoiDungMoHinh, so: str, ma: str) -> Paper:
    """The paper; without a number its place is dotted, and there is nothing to check."""
    mo_hinh, day = content.mo_hinh, content.ngay
    return Paper(
        heading=heading(mo_hinh.don_vi, day, loai=LOAI, so=so),
        title=Title("BÁO CÁO", even_lines(f"Kết quả thực hiện mô hình\n“{mo_hinh.ten}”")),
        body=[*_body(content)],
        signatures=Signatures([nguoi_ky(mo_hinh.don_vi, day)], noi_nhan=_noi_nhan(mo_hinh, day)),
        check=check_line(ma),
    )


def _body(content: NoiDungMoHinh) -> Iterator:
    mo_hinh = content.mo_hinh
    yield Para(
        f"{ten_bch(mo_hinh.don_vi, content.ngay)} báo cáo kết quả thực hiện mô hình "
        f"“{mo_hinh.ten}” (ra mắt {date_long(mo_hinh.tu_ngay)}), số liệu đến "
        f"{date_long(content.ngay)}, như sau:"
    )
    yield Section("I. Sự cần thiết, mục tiêu")
    yield from _text(mo_hinh.boi_canh)
    yield from _text(mo_hinh.muc_tieu)
    if not (mo_hinh.boi_canh.strip() or mo_hinh.muc_tieu.strip()):
        yield Para([None])
    yield Section("II. Tổ chức thực hiện")
    yield from _organised(content)
    yield Section("III. Kết quả")
    yield from _results(content)
    if content.danh_gia:
        yield Section("IV. Đánh giá")
        yield from _judged(content.danh_gia)
    yield from _end(content)


def _organised(content: NoiDungMoHinh) -> Iterator:
    mo_hinh = content.mo_hinh
    where = f" tại {mo_hinh.noi_ra_mat}" if mo_hinh.noi_ra_mat else ""
    paper = f" theo {mo_hinh.van_ban}" if mo_hinh.van_ban else ""
    pilot = f"; {mo_hinh.diem} làm điểm" if mo_hinh.diem else ""
    yield Para(f"Mô hình ra mắt {date_long(mo_hinh.tu_ngay)}{where}{paper}{pilot}.")
    if content.gan_voi:
        yield Para(f"Mô hình gắn với {', '.join(f'“{ten}”' for ten in content.gan_voi)}.")
    if mo_hinh.sinh_hoat:
        yield Para(f"Nếp làm việc: {mo_hinh.sinh_hoat}.")
    if content.to:
        yield Para(f"Tổ thực hiện gồm {count(len(content.to))} đồng chí:")
        yield TableBlock(
            [
                Column("TT", 9, "center"),
                Column("Họ và tên", 42),
                Column("Chức vụ", 48),
                Column("Trách nhiệm"),
            ],
            [[str(so), *row] for so, row in enumerate(content.to, 1)],
        )
    else:
        yield Para(["Tổ thực hiện gồm: ", None])


def _results(content: NoiDungMoHinh) -> Iterator:
    yield Section("1. Việc đã làm", level=2)
    if content.nhat_ky:
        yield TableBlock(
            [
                Column("Ngày", 22, "center"),
                Column("Việc đã làm", 58),
                Column("Ai làm", 34),
                Column("Kết quả"),
            ],
            [list(row) for row in content.nhat_ky],
        )
    else:
        yield Para("Chưa ghi việc nào trong nhật ký.")
    if content.cam_ket:
        yield Section(f"2. Thực hiện cam kết, {content.ky.ten}", level=2)
        yield TableBlock(
            [
                Column("TT", 9, "center"),
                Column("Đầu mục", 82),
                Column("Mức", 22),
                Column("Minh chứng"),
            ],
            [line for group in content.cam_ket for line in _group(*group)],
        )
    yield Section(f"{3 if content.cam_ket else 2}. Số liệu trước và sau", level=2)
    yield from _figures(content)


def _group(ten: str, rows) -> Iterator:
    yield GroupRow(ten)
    for so, row in enumerate(rows, 1):
        yield [str(so), *row]


def _figures(content: NoiDungMoHinh) -> Iterator:
    truoc, sau = content.truoc, content.sau
    yield Para(
        f"Kỳ gốc: {truoc.ky.ten} (đến {date_short(truoc.den)}). Kỳ so sánh: {sau.ky.ten} (đến "
        f"{date_short(sau.den)}). Số liệu tính như trong báo cáo của đơn vị."
    )
    paired = truoc.khac is not None
    names = ("Điểm, kỳ gốc", "Điểm, kỳ sau", "Chi đoàn khác, kỳ gốc", "Chi đoàn khác, kỳ sau")
    width, shown = (28, 4) if paired else (45, 2)
    columns = [Column("Chỉ số"), *(Column(name, width, "center") for name in names[:shown])]
    yield TableBlock(
        columns,
        [[_name(row), *(_cell(value) for value, _ in row.o)] for row in content.dong],
        note=_ngay_giay(" ".join(content.ghi_chu)),
    )


def _ngay_giay(words: str) -> str:
    """Dates of a page as papers write them: months 3 to 9 without a zero."""
    return re.sub(r"(?<=\d/)0(?=[3-9]/\d{4})", "", words)


def _name(row: Dong) -> str:
    return f"{row.chi_so.ten} ({row.chi_so.don_vi_tinh})"


def _cell(value) -> str:
    return f"{value.chu} ({value.phan})" if value.phan else value.chu


def _judged(reviews) -> Iterator:
    for row in sorted(reviews, key=lambda one: one.ky):
        ky = row.ky_bao_cao.ten
        yield Section(f"{capfirst(ky)}: {row.get_muc_display().lower()}", level=3)
        yield from _text(row.ket_qua)
        if row.han_che:
            yield from _text(f"Hạn chế: {row.han_che}")


def _end(content: NoiDungMoHinh) -> Iterator:
    mo_hinh = content.mo_hinh
    number = "V" if content.danh_gia else "IV"
    if mo_hinh.ket_luan:
        yield Section(f"{number}. Kết luận")
        yield Para(f"{mo_hinh.get_ket_luan_display()} (ngày {date_short(mo_hinh.ket_luan_ngay)}).")
        yield from _text(mo_hinh.ket_luan_ly_do)
    elif content.danh_gia and content.danh_gia[0].viec_tiep:
        yield Section(f"{number}. Việc tiếp theo")
        lines = [line.strip() for line in content.danh_gia[0].viec_tiep.splitlines()]
        yield Bullets([line for line in lines if line])
    yield Para(
        f"Trên đây là báo cáo kết quả thực hiện mô hình “{mo_hinh.ten}” của "
        f"{ten_bch(mo_hinh.don_vi, content.ngay)}./."
    )


def _text(words: str) -> Iterator:
    if words.strip():
        yield from paragraphs(words)


def _member(row) -> tuple[str, str, str]:
    office = row.chuc_vu
    if row.la_to_truong:
        office = f"{office}, tổ trưởng" if office else "Tổ trưởng"
    return row.ho_ten, office, row.nhiem_vu


def _check(row) -> tuple[str, str, str]:
    said = row.ket_qua
    level = said.get_muc_do_display() if said else "Chưa ghi"
    return row.muc.noi_dung, level, said.ghi_chu if said else ""


def _noi_nhan(mo_hinh: MoHinh, day: date) -> tuple[str, ...]:
    above = cap_tren_tai_ngay(mo_hinh.don_vi, day)
    lines = [f"Ban Thường vụ {ten_tai_ngay(above, day)} (để báo cáo)"] if above else []
    if mo_hinh.diem:
        lines.append(str(mo_hinh.diem))
    return (*lines, "Lưu: VP")


def _quarter(day: date) -> KyBaoCao:
    return KyBaoCao.quarter_of(day)
