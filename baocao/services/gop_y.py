"""Comments of the office above on cells of a report, and the unit's answers."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from baocao.bang_so_lieu import load_bang
from baocao.models import BaoCao, GopY
from baocao.o_bao_cao import noi_dung_o
from core.errors import RuleError
from tochuc.audit import record

from .chung import check_duoc_ghi, lock_bao_cao


@transaction.atomic
def add_gop_y(*, bao_cao: BaoCao, phan: str, o: str, noi_dung: str, by) -> GopY:
    """Comment on a figure or a section of a report that was handed in.

    The same words at once are said once, and once more after an answer. Refused when the report
    is with its unit, and for a cell that it has not.
    """
    bao_cao = lock_bao_cao(bao_cao)
    if not bao_cao.is_cho_duyet:
        raise RuleError(
            f"Báo cáo này {bao_cao.get_trang_thai_display().lower()}, không góp ý vào ô được."
        )
    if not noi_dung.strip():
        raise RuleError("Viết góp ý: ô này cần sửa gì.", field="noi_dung")
    cells = noi_dung_o(load_bang(bao_cao), bao_cao.phan_loi.all())
    if (phan, o) not in cells:
        raise RuleError("Báo cáo không có ô này.")
    last = bao_cao.gop_y.filter(phan=phan, o=o).last()
    said = last and (last.by_id, last.noi_dung, last.tra_loi)
    if said == (by.pk, noi_dung.strip(), ""):
        return last
    row = GopY.objects.create(
        bao_cao=bao_cao,
        phan=phan,
        o=o,
        noi_dung=noi_dung.strip(),
        khi_do=cells[phan, o],
        by=by,
    )
    record(by=by, hanh_dong="bao_cao.gop_y", target=bao_cao, ma=o)
    return row


@transaction.atomic
def answer_gop_y(*, gop_y: GopY, tra_loi: str, by) -> GopY:
    """The unit answers instead of changing the cell, once: what was answered stays.

    The same words again change nothing. Refused when the report is not with the unit.
    """
    bao_cao = lock_bao_cao(gop_y.bao_cao)
    check_duoc_ghi(bao_cao)
    if not tra_loi.strip():
        raise RuleError("Viết trả lời, hoặc sửa ô này.", field="tra_loi")
    gop_y.refresh_from_db(fields=["tra_loi"])
    if gop_y.tra_loi == tra_loi.strip():
        return gop_y
    if gop_y.tra_loi:
        raise RuleError("Góp ý này đã trả lời. Muốn nói thêm, gửi ý kiến ở mục Trao đổi.")
    _settle(gop_y, tra_loi.strip(), by)
    record(by=by, hanh_dong="bao_cao.tra_loi_gop_y", target=bao_cao, ma=gop_y.o)
    return gop_y


def settle_changed(rows: Iterable[GopY], cells: Mapping[tuple[str, str], str], by) -> None:
    """Write down of each open comment that its cell was changed; all of them were."""
    for row in rows:
        now = cells.get((row.phan, row.o), "")
        words = f"Đã sửa: {row.khi_do or 'trống'} → {now or 'trống'}"
        _settle(row, words if row.phan == GopY.Phan.SO_LIEU else "Đã viết lại mục này.", by)


def _settle(row: GopY, tra_loi: str, by) -> None:
    row.tra_loi, row.tra_loi_luc, row.tra_loi_boi = tra_loi[:1000], timezone.now(), by
    row.save(update_fields=["tra_loi", "tra_loi_luc", "tra_loi_boi"])
