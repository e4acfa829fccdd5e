"""What a unit writes into its open report: sections and figures."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from baocao.bang_so_lieu import load_bang
from baocao.chi_tieu import THEO_MA
from baocao.du_thao import ghi_lai, lap_ban_nhap
from baocao.models import BaoCao, PhanLoi, SoLieu
from core.errors import RuleError, StaleError
from tochuc.audit import record

from .chung import check_duoc_ghi, lock_bao_cao


@transaction.atomic
def save_phan_loi(*, bao_cao: BaoCao, muc: str, noi_dung: str, version: int, by) -> PhanLoi | None:
    """Write one section. `version` is the one the form showed, 0 when nobody had written it.

    The draft of the moment is kept beside the words, to tell later what the books say otherwise.
    The draft itself, saved as it is, stays a draft and goes on following the books: None.
    StaleError, with the section as it stands, when somebody else has written it since.
    """
    bao_cao = _lock_open(bao_cao)
    part = PhanLoi.objects.filter(bao_cao=bao_cao, muc=muc).first()
    text = noi_dung.replace("\r\n", "\n").strip()
    draft = lap_ban_nhap(bao_cao)[muc]
    if text == (part.noi_dung if part else draft.loi):
        return part
    if part and part.version != version:
        raise StaleError("Có người vừa viết mục này. Xem hai bản bên dưới.", current=part)
    part = part or PhanLoi(bao_cao=bao_cao, muc=muc, version=0)
    part.noi_dung, part.sua_boi, part.ban_nhap = text, by, ghi_lai(draft.doan)
    part.version += 1
    part.save()
    _touch(bao_cao)
    record(by=by, hanh_dong="bao_cao.write", target=bao_cao, muc=muc)
    return part


@transaction.atomic
def take_ban_nhap(*, bao_cao: BaoCao, muc: str, version: int, by) -> None:
    """Give up what was written of a section: it follows the books again.

    StaleError when somebody else has written it since the page showed it.
    """
    bao_cao = _lock_open(bao_cao)
    part = PhanLoi.objects.filter(bao_cao=bao_cao, muc=muc).first()
    if part is None:
        return
    if part.version != version:
        raise StaleError(
            "Có người vừa viết mục này. Đồng chí xem lại rồi quyết định.", current=part
        )
    part.delete()
    _touch(bao_cao)
    record(by=by, hanh_dong="bao_cao.theo_so", target=bao_cao, muc=muc, truoc=part.noi_dung)


@transaction.atomic
def override_so_lieu(
    *, bao_cao: BaoCao, ma: str, gia_tri: Decimal | None, ly_do: str, by
) -> SoLieu | None:
    """Report another number than the system counts, or a typed figure, with a reason.

    None, or the system's own number, takes the correction back. A typed figure may stay
    blank when a reason says why. Refused without the sentence.
    """
    bao_cao = _lock_open(bao_cao)
    line = next((line for line in load_bang(bao_cao) if line.ma == ma), None)
    if line is None:
        raise RuleError("Báo cáo không có chỉ tiêu này.")
    _check_number(gia_tri, line.chi_tieu)
    ly_do = ly_do.strip()
    if line.he_thong is not None and gia_tri in (None, line.gia_tri_he_thong):
        SoLieu.objects.filter(bao_cao=bao_cao, ma=ma).delete()
        row = None
    else:
        if not ly_do and (line.he_thong is not None or gia_tri is None):
            raise RuleError("Ghi một câu lý do.", field="ly_do")
        row, _ = SoLieu.objects.update_or_create(
            bao_cao=bao_cao, ma=ma, defaults={"bao_cao_gia_tri": gia_tri, "ly_do": ly_do}
        )
    _touch(bao_cao)
    record(by=by, hanh_dong="bao_cao.figure", target=bao_cao, ma=ma, gia_tri=gia_tri)
    return row


@transaction.atomic
def save_so_lieu_nhap(
    *,
    bao_cao: BaoCao,
    gia_tri: Mapping[str, Decimal | None],
    truoc: Mapping[str, Decimal | None],
    by,
) -> int:
    """Write the typed figures of the table at once; return how many changed.

    `truoc` holds the numbers the form showed: StaleError when one of those being changed has
    been changed by somebody else.
    """
    bao_cao = _lock_open(bao_cao)
    rows = {row.ma: row for row in bao_cao.so_lieu.all()}
    changed = {
        ma: value
        for ma, value in gia_tri.items()
        if value != (rows[ma].bao_cao_gia_tri if ma in rows else None)
    }
    for ma, value in changed.items():
        _check_number(value, THEO_MA[ma])
        current = rows[ma].bao_cao_gia_tri if ma in rows else None
        if current != truoc.get(ma):
            raise StaleError(
                f"Có người vừa ghi «{THEO_MA[ma].ten}» là {current}. Xem lại rồi lưu.",
                current=rows.get(ma),
            )
        SoLieu.objects.update_or_create(bao_cao=bao_cao, ma=ma, defaults={"bao_cao_gia_tri": value})
    if changed:
        _touch(bao_cao)
        record(by=by, hanh_dong="bao_cao.figures", target=bao_cao, ma=sorted(changed))
    return len(changed)


@transaction.atomic
def zero_so_lieu_nhap(*, bao_cao: BaoCao, by) -> int:
    """Write 0 for every typed figure that is still blank; return how many there were."""
    bao_cao = _lock_open(bao_cao)
    blank = [line.ma for line in load_bang(bao_cao) if line.is_trong]
    for ma in blank:
        SoLieu.objects.update_or_create(
            bao_cao=bao_cao, ma=ma, defaults={"bao_cao_gia_tri": Decimal(0)}
        )
    if blank:
        _touch(bao_cao)
        record(by=by, hanh_dong="bao_cao.figures", target=bao_cao, ma=blank)
    return len(blank)


def _lock_open(bao_cao: BaoCao) -> BaoCao:
    bao_cao = lock_bao_cao(bao_cao)
    check_duoc_ghi(bao_cao)
    return bao_cao


def _touch(bao_cao: BaoCao) -> None:
    bao_cao.version += 1
    bao_cao.save(update_fields=["version"])


def _check_number(value: Decimal | None, chi_tieu) -> None:
    if value is None:
        return
    if value < 0:
        raise RuleError(f"«{chi_tieu.ten}» không thể là số âm.", field="gia_tri")
    if not chi_tieu.is_so_le and value != value.to_integral_value():
        raise RuleError(f"«{chi_tieu.ten}» là số nguyên.", field="gia_tri")
    if chi_tieu.is_ty_le and value > 100:
        raise RuleError(f"«{chi_tieu.ten}» không quá 100%.", field="gia_tri")
