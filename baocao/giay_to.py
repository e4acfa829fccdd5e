"""Báo cáo quý: the report as a paper with its appendix of figures (papers.md 4.7)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from core.docx import render_docx
from core.pdf import (
    Appendix,
    Column,
    GroupRow,
    Heading,
    Note,
    Paper,
    Para,
    Print,
    Section,
    Signatures,
    Signer,
    TableBlock,
    Title,
    dia_danh_ngay,
    paragraphs,
    render_pdf,
)
from core.pdf.geometry import text_width
from core.pdf.metrics import width_mm
from core.periods import KyBaoCao
from core.text import lowfirst
from core.text.numbers import count, date_long, decimal, money, percent, roman
from tochuc.models import KhoiChiDoan, LoaiDonVi, VanBan
from tochuc.the_thuc import check_line, has_bch, heading, nguoi_ky, ten_bch
from tochuc.van_ban import cap_tren_tai_ngay, dia_danh, issue, ten_tai_ngay

from .bang_so_lieu import BangBaoCao, Dong, load_bang
from .du_thao import lap_tren, loi_dang_in
from .mau import mau_da_mo
from .models import BaoCao, PhanLoi
from .services import submit_bao_cao

LOAI = "BC"
MUC = PhanLoi.Muc
KET_QUA = (
    MUC.GIAO_DUC,
    MUC.PHONG_TRAO,
    MUC.DONG_HANH,
    MUC.THIEU_NHI,
    MUC.XAY_DUNG_DOAN,
    MUC.KIEM_TRA,
)
DANH_GIA = (MUC.UU_DIEM, MUC.HAN_CHE, MUC.NGUYEN_NHAN, MUC.BAI_HOC)
CHU_CAI = "ABCDĐ"
_COT = (
    ("TT", 9, "center"),
    ("Nội dung chỉ tiêu", 43, "left"),
    ("Đơn vị tính", 18, "center"),
    ("Chỉ tiêu năm", 20.5, "right"),
    ("Kết quả {ky}", 20.5, "right"),
    ("Lũy kế năm", 21, "right"),
    ("Tỷ lệ %", 14, "right"),
    ("Ghi chú", 14, "left"),
)
"""Columns of the appendix in millimetres, as long as their numbers are short."""
_NOI_DUNG, _CO_SO = 1, (3, 4, 5, 6, 7)
_RONG, _TEN_HEP_NHAT = text_width("A4"), 30
_LE = 3.2
"""Padding and lines of a cell."""
CO_CHU = (12, 11, 10, 9)
GHI_CHU = (
    "Ghi chú: tỷ lệ % = lũy kế năm / chỉ tiêu năm; ô trống: không giao chỉ tiêu. Đoàn viên tham "
    "gia nơi cư trú không cộng vào tổng số. HT: số hệ thống tính, khi báo cáo ghi số khác."
)


@dataclass(frozen=True, kw_only=True)
class NoiDungBaoCao:
    """Everything the paper says; the same values always give the same paper."""

    dau: Heading
    ky_boi: Signer
    mau: str
    chu_the: str
    """Whose report it is: the committee, or a branch that has none."""
    trich_yeu: str
    ky: KyBaoCao
    ngay: date | None
    tu_ngay: date
    den_ngay: date
    mo_dau: str
    to_chuc: str
    phan_loi: tuple[tuple[str, str], ...]
    so_lieu: tuple
    doi_tu_khi_nop: tuple[str, ...]
    noi_nhan: tuple[str, ...]


@transaction.atomic
def submit_and_issue(*, bao_cao: BaoCao, by, **handing_in) -> BaoCao:
    """Hand the report in and give its paper a number: both, or neither."""
    bao_cao = submit_bao_cao(bao_cao=bao_cao, by=by, **handing_in)
    issue_bao_cao(bao_cao=bao_cao, by=by)
    return bao_cao


def issue_bao_cao(*, bao_cao: BaoCao, by) -> VanBan:
    """The report as an issued paper; handed in anew, it is a new version under its number."""
    content = read_bao_cao(bao_cao)
    title = _ten(content)
    return issue(
        target=bao_cao,
        don_vi=bao_cao.don_vi,
        loai=LOAI,
        ngay=content.ngay,
        tieu_de=title,
        noi_dung=content,
        render=lambda so, ma: Print(report(content, so, ma), title),
        by=by,
    )


def preview_bao_cao(bao_cao: BaoCao) -> bytes:
    """The report as it stands, with dots for the number and no check code."""
    content = read_bao_cao(bao_cao)
    return render_pdf(report(content, None, None), title=_ten(content))


def word_bao_cao(bao_cao: BaoCao) -> bytes:
    """The report to go on writing in: the same blocks as in print, with its number once it has
    one, and nothing to check it by."""
    content = read_bao_cao(bao_cao)
    van_ban = None if bao_cao.is_dang_sua else VanBan.objects.issued(bao_cao, LOAI)
    paper = report(content, van_ban.so_ky_hieu if van_ban else None, None)
    return render_docx(paper, title=_ten(content))


def _ten(content: NoiDungBaoCao) -> str:
    return f"Báo cáo {content.trich_yeu}".replace("\n", " ")


def read_bao_cao(bao_cao: BaoCao) -> NoiDungBaoCao:
    bang = load_bang(bao_cao)
    don_vi = bao_cao.don_vi
    ngay = None if bao_cao.is_dang_sua else timezone.localtime(bao_cao.nop_luc).date()
    as_of = ngay or bang.thoi_ky.den
    written = _phan_loi(bao_cao, bang)
    mau = mau_da_mo(bao_cao)
    return NoiDungBaoCao(
        dau=_dau(don_vi, ngay, as_of),
        ky_boi=nguoi_ky(don_vi, as_of),
        mau=f"{mau.ten}, mẫu {mau.ma}",
        chu_the=_chu_the(don_vi, as_of),
        trich_yeu=_trich_yeu(bao_cao.ky_bao_cao),
        ky=bao_cao.ky_bao_cao,
        ngay=ngay,
        tu_ngay=bao_cao.tu_ngay,
        den_ngay=bang.thoi_ky.den,
        mo_dau=_mo_dau(bang),
        to_chuc=_to_chuc(bang),
        phan_loi=tuple((muc.value, written[muc.value]) for muc in MUC),
        so_lieu=tuple((nhom, tuple(_row(line) for line in lines)) for nhom, lines in bang.nhom),
        doi_tu_khi_nop=tuple(_da_doi(line) for line in bang if line.da_doi),
        noi_nhan=_noi_nhan(don_vi, as_of),
    )


def _phan_loi(bao_cao: BaoCao, bang: BangBaoCao) -> dict[str, str]:
    """The words of each section; of an open report the draft where nobody has written."""
    parts = {part.muc: part for part in bao_cao.phan_loi.all()}
    drafts = lap_tren(bao_cao, bang.thoi_ky, bang.ban_do) if bao_cao.is_dang_sua else {}
    return {
        muc.value: loi_dang_in(parts.get(muc.value), drafts.get(muc.value)).strip()
        if muc in mau_da_mo(bao_cao).muc
        else ""
        for muc in MUC
    }


def _dau(don_vi, ngay: date | None, as_of: date) -> Heading:
    """The head on the day of handing in; of a draft with dots for its day."""
    dau = heading(don_vi, as_of, loai=LOAI)
    if ngay:
        return dau
    return replace(dau, dia_danh_ngay=dia_danh_ngay(dia_danh(don_vi), None))


def _chu_the(don_vi, as_of: date) -> str:
    if don_vi.is_chi_doan and not has_bch(don_vi, as_of):
        return ten_tai_ngay(don_vi, as_of)
    return ten_bch(don_vi, as_of)


def _da_doi(line: Dong) -> str:
    """What the books say of a line now, and did not when it was reported."""
    rate = line.chi_tieu.don_vi_tinh == "%"
    now = line.hien_tai.gia_tri
    return f"{line.chi_tieu.ten}: nay {_number(None if now is None else Decimal(now), rate) or '0'}"


def report(content: NoiDungBaoCao, so: str | None, ma: str | None) -> Paper:
    """The paper; without a number its place is dotted, and there is nothing to check."""
    return Paper(
        heading=replace(content.dau, so=f"Số: {so}") if so else content.dau,
        title=Title("BÁO CÁO", content.trich_yeu),
        body=[*_body(content)],
        signatures=Signatures(
            [content.ky_boi],
            noi_nhan=content.noi_nhan,
        ),
        appendix=[*_appendix(content, so)],
        check=check_line(ma or ""),
    )


def _body(content: NoiDungBaoCao) -> Iterator:
    texts = dict(content.phan_loi)
    yield Para(
        f"Thực hiện Chương trình công tác Đoàn và phong trào thanh thiếu nhi năm "
        f"{content.ky.nam}, {content.chu_the} báo cáo kết quả {_ky(content.ky)} (số "
        f"liệu tính từ {_ngay_thang(content.tu_ngay, content.den_ngay)} đến "
        f"{date_long(content.den_ngay)}) như sau:"
    )
    letters = iter(CHU_CAI)
    yield Section(f"{next(letters)}. Tình hình thanh niên, dư luận")
    yield Para(content.mo_dau)
    yield from _text(texts[MUC.TINH_HINH])
    results = [*_results(content, texts)]
    if results:
        yield Section(f"{next(letters)}. Kết quả thực hiện")
        yield from results
    if any(texts[muc] for muc in DANH_GIA):
        yield Section(f"{next(letters)}. Đánh giá chung")
        yield from _judgement(texts)
    for muc, title in (
        (MUC.PHUONG_HUONG, f"Phương hướng, nhiệm vụ trọng tâm {_ky(content.ky.next)}"),
        (MUC.KIEN_NGHI, "Kiến nghị, đề xuất"),
    ):
        if texts[muc]:
            yield Section(f"{next(letters)}. {title}")
            yield from _text(texts[muc])
    words = content.trich_yeu.replace("\n", " ")
    yield Para(f"Trên đây là báo cáo {words} của {content.chu_the} (kèm phụ lục số liệu)./.")


def _results(content: NoiDungBaoCao, texts: dict[str, str]) -> Iterator:
    shown = [muc for muc in KET_QUA if texts[muc] or (muc == MUC.XAY_DUNG_DOAN and content.to_chuc)]
    for number, muc in enumerate(shown, 1):
        yield Section(f"{roman(number)}. {MUC(muc).label}", level=2)
        if muc == MUC.XAY_DUNG_DOAN and content.to_chuc:
            yield Para(content.to_chuc)
        yield from _text(texts[muc])


def _judgement(texts: dict[str, str]) -> Iterator:
    for number, muc in enumerate((muc for muc in DANH_GIA if texts[muc]), 1):
        first, *rest = texts[muc].splitlines()
        yield Para(f"{number}. {MUC(muc).label}: {first}")
        yield from _text("\n".join(rest))


def _text(text: str) -> list[Para]:
    return paragraphs(text) if text.strip() else []


def _appendix(content: NoiDungBaoCao, so: str | None) -> Iterator:
    number = f" số {so}" if so else ""
    day = f" {date_long(content.ngay)}" if content.ngay else ""
    yield Appendix(
        "PHỤ LỤC",
        f"Số liệu công tác Đoàn và phong trào thanh thiếu nhi {_ky(content.ky, nam=True)}",
        f"(Kèm theo Báo cáo{number}{day} của {content.chu_the})",
    )
    rows: list = []
    number = 0
    for place, (nhom, lines) in enumerate(content.so_lieu, 1):
        rows.append(GroupRow(f"{roman(place)}. {nhom.upper()}"))
        for line in lines:
            number += 1
            rows.append([str(number), *line])
    size, mm = column_room([row for row in rows if not isinstance(row, GroupRow)])
    columns = zip(_COT, mm, strict=True)
    yield TableBlock(
        [Column(ten.format(ky=_ky(content.ky)), rong, align) for (ten, _, align), rong in columns],
        rows,
        size_pt=size,
        note=f"{GHI_CHU} {content.mau}.",
    )
    if content.doi_tu_khi_nop:
        yield Note(
            "Từ khi nộp, sổ đã đổi ở các chỉ tiêu sau; bảng trên giữ số đã nộp. "
            f"{'; '.join(content.doi_tu_khi_nop)}."
        )


def column_room(rows: Sequence[Sequence[str]]) -> tuple[float, list[float]]:
    """Letters and columns in which no number breaks: sums of money take their room from the names
    of the lines, then the letters become smaller."""
    for size in CO_CHU:
        mm = [
            max(width, *(width_mm(word, size) + _LE for row in rows for word in row[at].split(" ")))
            if at in _CO_SO
            else width
            for at, (_, width, _) in enumerate(_COT)
        ]
        mm[_NOI_DUNG] += _RONG - sum(mm)
        if mm[_NOI_DUNG] >= _TEN_HEP_NHAT:
            break
    return size, mm


def _row(line: Dong) -> tuple[str, ...]:
    rate = line.chi_tieu.don_vi_tinh == "%"
    note = f"HT: {_number(line.gia_tri_he_thong, rate)}" if line.is_sua_tay else ""
    return (
        line.chi_tieu.ten,
        line.chi_tieu.don_vi_tinh,
        _number(line.chi_tieu_nam, rate),
        _number(line.gia_tri, rate),
        _number(line.luy_ke, rate),
        "" if line.ty_le is None else decimal(float(line.ty_le)),
        note,
    )


def _number(value: Decimal | None, rate: bool) -> str:
    """A count without decimals, a rate always with one, so that a column of rates lines up."""
    if value is None:
        return ""
    is_whole = value == value.to_integral_value() and not rate
    return money(int(value)) if is_whole else decimal(float(value))


def _mo_dau(bang: BangBaoCao) -> str:
    """How many branches of which kind, how many members, how many of them away."""
    so = {line.ma: line.gia_tri or 0 for line in bang}
    away = so.get("di_lam_xa")
    tail = f"; {count(int(away))} đoàn viên đang đi làm ăn xa" if away else ""
    members = f"{count(int(so['doan_vien']))} đoàn viên{tail}."
    if bang.bao_cao.don_vi.is_chi_doan:
        return f"Chi đoàn có {members}"
    kinds = [(khoi, so.get(f"chi_doan_{khoi.value}")) for khoi in KhoiChiDoan]
    said = ", ".join(f"{count(int(n))} {lowfirst(khoi.label)}" for khoi, n in kinds if n)
    kinds_said = f" ({said})" if said else ""
    return (
        f"{_toan(bang.bao_cao.don_vi)} có {count(int(so['chi_doan']))} chi đoàn{kinds_said} "
        f"với {members}"
    )


def _to_chuc(bang: BangBaoCao) -> str:
    """How many branches met: silent ones are named, up to a handful; so are those let off."""
    met, total = bang.so_co_hop, bang.so_chi_doan
    if bang.bao_cao.don_vi.is_chi_doan:
        return ""
    if not total:
        return "Chưa có chi đoàn trực thuộc."
    sentence = f"Có {met}/{total} chi đoàn sinh hoạt trong kỳ ({percent(met, total)})"
    if 0 < len(bang.im_lang) <= 5:
        sentence += f"; chưa ghi buổi sinh hoạt nào: {', '.join(bang.im_lang)}"
    mien = duoc_mien(bang.bao_cao)
    if mien:
        sentence += f"; được miễn nộp báo cáo: {', '.join(mien)}"
    return f"{sentence}."


def duoc_mien(bao_cao: BaoCao) -> list[str]:
    """Units below that were let off; of a report that was handed in, as it was then."""
    if not bao_cao.is_dang_sua:
        return bao_cao.pham_vi.get("mien", [])
    return list(BaoCao.objects.duoc_mien_duoi(bao_cao))


def _toan(don_vi) -> str:
    return f"Toàn {LoaiDonVi(don_vi.loai).label}"


def _len_tren(above, day: date) -> list[str]:
    return [f"{ten_bch(above, day)} (để báo cáo)"] if above else []


def _noi_nhan(don_vi, day: date) -> tuple[str, ...]:
    above = cap_tren_tai_ngay(don_vi, day)
    lines = [f"Ban Thường vụ {ten_tai_ngay(above, day)} (để báo cáo)"] if above else []
    if don_vi.is_chi_doan:
        return (*_len_tren(above, day), "Lưu: Chi đoàn")
    if don_vi.is_co_so:
        lines.append(f"Thường trực Đảng ủy {LoaiDonVi(don_vi.loai).label} (để báo cáo)")
        lines.append("Các chi đoàn trực thuộc")
    else:
        lines.append("Các cơ sở Đoàn trực thuộc")
    return (*lines, "Lưu: VP")


def _trich_yeu(ky: KyBaoCao) -> str:
    """Both periods; the year stands once when it is the same."""
    now = _ky(ky, nam=ky.nam != ky.next.nam)
    return (
        f"công tác Đoàn và phong trào thanh thiếu nhi {now},\n"
        f"phương hướng nhiệm vụ trọng tâm {_ky(ky.next, nam=True)}"
    )


def _ky(ky: KyBaoCao, *, nam: bool = False) -> str:
    if ky.nua:
        return ky.ten
    if not ky.quy:
        return f"năm {ky.nam}"
    return f"quý {roman(ky.quy)} năm {ky.nam}" if nam else f"quý {roman(ky.quy)}"


def _ngay_thang(day: date, other: date) -> str:
    """The day without its year when the other one carries the same."""
    text = date_long(day)
    return text.removesuffix(f" năm {day.year}") if day.year == other.year else text
