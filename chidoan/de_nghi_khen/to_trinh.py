"""Tờ trình đề nghị khen thưởng: a unit asks the one above to honour whom it names.

A paper for all that was proposed, or sent up, together: same unit, day, occasion and form.
"""

from collections.abc import Iterator, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from chidoan.models import BuocDeNghiKhen, DeNghiKhen
from core.pdf import Bold, Column, Paper, Para, Signatures, TableBlock, Title
from core.text import lines, lowfirst
from core.text.numbers import count
from tochuc.models import DonVi, VanBan
from tochuc.permissions import Quyen, who_may
from tochuc.the_thuc import check_line, heading, issue_paper, nguoi_ky, preview, ten_bch
from tochuc.van_ban import ten_tai_ngay

from . import quy_trinh
from .giay_to import cua_nguoi, noi_ai, thu_tu_in

LOAI = "TTr"
TIEU_DE = "Tờ trình đề nghị khen thưởng"
Loai = BuocDeNghiKhen.Loai


def cung_to_trinh(buoc: BuocDeNghiKhen) -> list[BuocDeNghiKhen]:
    """The steps that go up on one paper, the first of them first. One query."""
    return list(BuocDeNghiKhen.objects.cung_luc(buoc).cho_to_trinh().order_by("pk"))


def giay_cua(rows: Sequence[BuocDeNghiKhen]) -> VanBan | None:
    """The paper that was issued for these steps; it hangs on the first."""
    return VanBan.objects.issued(rows[0], LOAI)


def xem_thu(rows: Sequence[BuocDeNghiKhen]) -> bytes:
    return preview(lambda so, ma: to_trinh(rows, so, ma), title=TIEU_DE)


def is_gui_len(buoc: BuocDeNghiKhen) -> bool:
    """Whether the step asked a unit above: what a ward proposes and decides itself needs none."""
    if buoc.loai == Loai.LAP:
        return buoc.don_vi.is_chi_doan or buoc.de_nghi.tap_the_id == buoc.don_vi_id
    return buoc.loai == Loai.CHUYEN_LEN


def may_read(user, buoc: BuocDeNghiKhen) -> bool:
    """Whether the whole paper is within what the person sees: of a ward it names people of other
    branches too."""
    return user.may(Quyen.XEM_CAN_BO, buoc.don_vi)


def may_issue(user, buoc: BuocDeNghiKhen) -> bool:
    """Who proposes, or sent up, gives the paper its number."""
    if not is_gui_len(buoc):
        return False
    if buoc.loai == Loai.LAP:
        return user.may(quy_trinh.DE_NGHI, buoc.don_vi)
    return user.may_at(quy_trinh.XET, buoc.don_vi)


@transaction.atomic
def issue_to_trinh(*, buoc: BuocDeNghiKhen, by) -> VanBan:
    """The numbered paper of a step and of those sent together with it; what has changed since
    gives a new version under the same number."""
    if by is not None and not may_issue(by, buoc):
        raise PermissionDenied(who_may(quy_trinh.DE_NGHI))
    rows = cung_to_trinh(buoc)
    return issue_paper(
        lambda so, ma: to_trinh(rows, so, ma),
        target=rows[0],
        don_vi=buoc.don_vi,
        loai=LOAI,
        ngay=buoc.ngay,
        title=TIEU_DE,
        by=by,
    )


def to_trinh(rows: Sequence[BuocDeNghiKhen], so: str = "", ma: str = "") -> Paper:
    """Whom the unit proposes, and what each has achieved; who was withdrawn is left out."""
    buoc = rows[0]
    don_vi, ngay = buoc.don_vi, buoc.ngay
    proposals = sorted(_con_de_nghi(rows), key=thu_tu_in)
    groups = [row for row in proposals if row.is_tap_the]
    people = [row for row in proposals if not row.is_tap_the]
    hinh_thuc = lowfirst(proposals[0].hinh_thuc_bang_chu)
    noi = ten_bch(_noi_nhan(buoc), ngay)
    return Paper(
        heading=heading(don_vi, ngay, loai=LOAI, so=so),
        title=Title("TỜ TRÌNH", f"Về việc đề nghị khen thưởng {noi_ai(groups, people, False)}"),
        kinh_gui=[f"{noi}."],
        body=[
            Para(
                f"{ten_tai_ngay(don_vi, ngay)} kính trình {noi} xem xét, tặng {hinh_thuc} cho "
                f"{noi_ai(groups, people)} (dịp khen: {proposals[0].dip}), cụ thể:"
            ),
            _danh_sach([*groups, *people]),
            *_thanh_tich([*groups, *people]),
            Para(f"Kính đề nghị {noi} xem xét, quyết định./."),
        ],
        signatures=Signatures(
            [nguoi_ky(don_vi, ngay)],
            noi_nhan=["Như trên", "Lưu: Chi đoàn" if don_vi.is_chi_doan else "Lưu: VP"],
        ),
        check=check_line(ma),
    )


def _con_de_nghi(rows: Sequence[BuocDeNghiKhen]) -> list[DeNghiKhen]:
    """The proposals that stand; all of them where none does: the paper tells what was sent."""
    every = [row.de_nghi for row in rows]
    return [row for row in every if row.trang_thai != DeNghiKhen.TrangThai.RUT] or every


def _noi_nhan(buoc: BuocDeNghiKhen) -> DonVi:
    """To whom it was sent: above the unit; a ward's own proposal stays with it at first."""
    return buoc.don_vi.cap_tren or buoc.de_nghi.noi_giu


def _danh_sach(rows: Sequence) -> TableBlock:
    return TableBlock(
        [
            Column("TT", 10, "center"),
            Column("Họ và tên, tên tập thể", 65),
            Column("Chức vụ, chi đoàn"),
        ],
        [
            [str(so), row.ten, "" if row.is_tap_the else cua_nguoi(row)]
            for so, row in enumerate(rows, 1)
        ],
        note=f"Danh sách có {count(len(rows))} đề nghị.",
    )


def _thanh_tich(rows: Sequence) -> Iterator[Para]:
    """What was achieved: once where all did the same."""
    yield Para(Bold("Tóm tắt thành tích"), keep_with_next=True)
    if len({row.thanh_tich for row in rows}) == 1:
        yield from _doan(rows[0].thanh_tich)
        return
    for so, row in enumerate(rows, 1):
        yield Para(Bold(f"{so}. {row.ten}"), keep_with_next=True)
        yield from _doan(row.thanh_tich)


def _doan(text: str) -> Iterator[Para]:
    return (Para(line) for line in lines(text))
