"""What stands against submitting a report, and what is only worth a second look.

A blocker keeps the report from being submitted; a warning never does. A branch that logged
nothing is written into the report as it is ("13/14").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.text.display import so

from .bang_so_lieu import BangBaoCao, Dong
from .mau import MauBaoCao, mau_da_mo
from .models import GopY, PhanLoi
from .o_bao_cao import can_sua, noi_dung_o, ten_o
from .quy_tac import DAU_KY, LUY_KE, QUY_TAC, Phep, QuyTac

CHAN, LUU_Y, DAT = "bad", "warn", "ok"
LECH_NHIEU = Decimal("0.5")
"""Figures half as far again from those of the quarters before are worth a look."""
IT_NHAT_QUY = 2
"""With fewer quarters before it nothing is said of a figure."""
IT_NHAT_LECH = 5


@dataclass(frozen=True)
class VanDe:
    """One finding: its family, a sentence, what follows from it, and where it stands."""

    family: str
    title: str
    note: str = ""
    url: str = ""

    @property
    def is_chan(self) -> bool:
        return self.family == CHAN


def find_van_de(
    bang: BangBaoCao,
    phan_loi: dict[str, PhanLoi],
    gop_y: Iterable[GopY] = (),
    *,
    is_dang_sua: bool = True,
) -> list[VanDe]:
    """Everything to be seen before submitting: blockers, then warnings, then what is done.

    `is_dang_sua`: the sections are still being written, their drafts not yet put down.
    """
    found = [
        *_gop_y(bang, phan_loi, gop_y),
        *_quy_tac(bang),
        *_trong(bang),
        *_lech(bang),
        *_im_lang(bang),
        *_phan_loi(mau_da_mo(bang.bao_cao), phan_loi, is_dang_sua=is_dang_sua),
    ]
    return sorted(found, key=lambda item: (CHAN, LUU_Y, DAT).index(item.family))


def _gop_y(bang: BangBaoCao, phan_loi: dict[str, PhanLoi], rows: Iterable[GopY]) -> Iterator[VanDe]:
    """Cells that were commented on and say what they said."""
    for row in can_sua(rows, noi_dung_o(bang, phan_loi.values())):
        name = ten_o(bang, row.phan, row.o)
        yield VanDe(CHAN, f"{name}: {row.noi_dung}", "Sửa ô này, hoặc trả lời góp ý", "#can-sua")


def _quy_tac(bang: BangBaoCao) -> Iterator[VanDe]:
    """Figures that contradict one another, and rates above a hundred."""
    lines = {line.ma: line for line in bang}
    values = _gia_tri(bang)
    for rule in QUY_TAC:
        if rule.cap and bang.bao_cao.don_vi.cap not in rule.cap:
            continue
        if broken := rule.so_sai(values):
            yield _sai(rule, broken, lines)
    for line in bang:
        if line.chi_tieu.is_ty_le and line.gia_tri is not None and line.gia_tri > 100:
            name = f"{line.so} {line.chi_tieu.ten}: {so(line.gia_tri)}%, quá 100%"
            yield VanDe(CHAN, name, "Phải sửa mới nộp được", f"#{line.ma}")


def _gia_tri(bang: BangBaoCao) -> dict[str, Decimal | None]:
    """What rules read: each figure, its period before and its year so far."""
    values: dict[str, Decimal | None] = {}
    for line in bang:
        values[line.ma] = line.gia_tri
        values[line.ma + DAU_KY] = line.ky_truoc
        values[line.ma + LUY_KE] = line.luy_ke
    return values


def _sai(rule: QuyTac, broken: tuple[Decimal, Decimal], lines: dict[str, Dong]) -> VanDe:
    first, last = (lines[ma.split("@")[0]] for ma in (rule.ma[0], rule.ma[-1]))
    parts = [lines[ma.split("@")[0]] for ma in rule.ma]
    title = rule.loi.format(trai=so(broken[0]), phai=so(broken[1]))
    if rule.phep == Phep.KHONG_QUA:
        left = f"{first.so} {first.chi_tieu.ten}: {so(broken[0])}"
        title = rule.loi.format(trai=left, phai=f"{last.so}: {so(broken[1])}")
    typed = any(line.is_sua_tay for line in parts)
    if typed and rule.is_chan:
        return VanDe(CHAN, title, "Phải sửa mới nộp được", f"#{first.ma}")
    # as counted, more admitted than referred means referred in an earlier year
    note = "Vẫn nộp được; nên xem lại" if typed else "Số của hệ thống, có hồ sơ từ kỳ trước"
    return VanDe(LUU_Y, title, note, f"#{first.ma}")


def _trong(bang: BangBaoCao) -> Iterator[VanDe]:
    blank = [line for line in bang if line.is_trong]
    if blank:
        yield VanDe(
            CHAN,
            f"{len(blank)} chỉ tiêu tự nhập còn trống",
            "Ghi số (0 cũng là số) hoặc ghi lý do",
            f"#{blank[0].ma}",
        )


def _lech(bang: BangBaoCao) -> Iterator[VanDe]:
    for line in bang:
        if is_lech(line):
            yield VanDe(
                LUU_Y,
                f"{line.so} {line.chi_tieu.ten}: {so(line.gia_tri)}. {cac_quy_truoc(line)}",
                "Đúng thì vẫn nộp được",
                f"#{line.ma}",
            )


def is_lech(line: Dong) -> bool:
    """Far outside what the unit reported in the last four periods, and not too small to tell."""
    before = line.bon_ky_truoc
    if line.gia_tri is None or len(before) < IT_NHAT_QUY or line.chi_tieu.is_ty_le:
        return False
    low, high = min(before), max(before)
    change = max(low - line.gia_tri, line.gia_tri - high)
    near = low if line.gia_tri < low else high
    return change >= IT_NHAT_LECH and change > LECH_NHIEU * near


def cac_quy_truoc(line: Dong) -> str:
    """The figures before it, oldest first, as a question."""
    return f"Các kỳ trước {', '.join(so(value) for value in line.bon_ky_truoc)}. Đúng không?"


def _im_lang(bang: BangBaoCao) -> Iterator[VanDe]:
    if bang.im_lang:
        names = ", ".join(bang.im_lang[:3]) + ("…" if len(bang.im_lang) > 3 else "")
        yield VanDe(
            LUU_Y,
            f"Chưa ghi buổi sinh hoạt nào: {names}",
            f"Vẫn nộp được, báo cáo ghi rõ {bang.so_co_hop}/{bang.so_chi_doan} chi đoàn",
        )


def _phan_loi(
    mau: MauBaoCao, phan_loi: dict[str, PhanLoi], *, is_dang_sua: bool
) -> Iterator[VanDe]:
    """A section that nobody has written is filled from the books when the report goes."""
    written = sum(1 for muc in mau.muc if muc in phan_loi and phan_loi[muc].noi_dung.strip())
    total = len(mau.muc)
    if written == total:
        yield VanDe(DAT, f"Phần lời đủ {total} mục")
    elif not is_dang_sua and written < mau.muc_toi_thieu:
        yield VanDe(
            CHAN,
            f"Phần lời mới có {written}/{total} mục",
            f"Sổ chưa đủ để viết sẵn; viết ít nhất {mau.muc_toi_thieu} mục mới nộp được",
            "#phan-loi",
        )
    else:
        yield VanDe(
            LUU_Y,
            f"Phần lời: đã viết {written}/{total} mục",
            "Mục chưa viết lấy theo bản nháp từ sổ khi nộp; nên đọc lại",
            "#phan-loi",
        )
