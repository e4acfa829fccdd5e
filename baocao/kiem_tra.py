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

CHAN, LUU_Y, DAT = "bad", "warn", "ok"
LECH_NHIEU = Decimal("0.5")
"""A figure this much away from the period before is worth a look."""

KHONG_QUA = (
    ("duoc_ket_nap_dang", "gioi_thieu_uu_tu", "luy_ke"),
    ("doan_vien_nu", "doan_vien", "gia_tri"),
    ("dan_toc_thieu_so", "doan_vien", "gia_tri"),
    ("ton_giao", "doan_vien", "gia_tri"),
    ("dang_vien_trong_doan", "doan_vien", "gia_tri"),
    ("di_lam_xa", "doan_vien", "gia_tri"),
    ("chi_doan_duoi_3", "chi_doan_duoi_9", "gia_tri"),
    ("chi_doan_duoi_9", "chi_doan", "gia_tri"),
    ("chi_doan_sinh_hoat_du", "chi_doan", "gia_tri"),
)
"""(part, whole, which value): the part is never more than the whole."""


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
        *_khong_qua(bang),
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


def _khong_qua(bang: BangBaoCao) -> Iterator[VanDe]:
    lines = {line.ma: line for line in bang}
    for part_ma, whole_ma, attribute in KHONG_QUA:
        part, whole = lines.get(part_ma), lines.get(whole_ma)
        if part is None or whole is None:
            continue
        value, limit = getattr(part, attribute), getattr(whole, attribute)
        if value is None or limit is None or value <= limit:
            continue
        sentence = f"{part.so} {part.chi_tieu.ten}: {so(value)}, nhiều hơn {whole.so}: {so(limit)}"
        typed = part.is_sua_tay or whole.is_sua_tay
        # as counted, more admitted than referred means referred in an earlier year
        note = "Phải sửa mới nộp được" if typed else "Số của hệ thống, có hồ sơ từ năm trước"
        yield VanDe(CHAN if typed else LUU_Y, sentence, note, f"#{part.ma}")


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
                f"{line.so} {line.chi_tieu.ten}: {so(line.gia_tri)}, kỳ trước {so(line.ky_truoc)}",
                "Vẫn nộp được; nên xem lại",
                f"#{line.ma}",
            )


def is_lech(line: Dong) -> bool:
    """Far from the period before, and not too small to tell."""
    if line.gia_tri is None or line.ky_truoc is None or line.chi_tieu.is_ty_le:
        return False
    change = abs(line.gia_tri - line.ky_truoc)
    return change >= 5 and change > LECH_NHIEU * line.ky_truoc


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
