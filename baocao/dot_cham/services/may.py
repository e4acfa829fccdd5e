"""The computed part of a round, filled from the engine for all of its units at once."""

from collections.abc import Callable, Iterable

from django.db import transaction
from django.utils import timezone

from baocao.cham_diem import DiemTuDong, tinh_tu_dong
from baocao.cham_diem.dong_co import ket_hop
from baocao.cham_diem.luat import LuatTieuChi
from baocao.dot_cham import quy_trinh
from baocao.dot_cham.ket_qua import write
from baocao.dot_cham.quy_tac import luat_cua
from baocao.dot_cham.quyen import check, may_to_chuc
from baocao.models import BuocDotCham, DiemTieuChi, DongCham, DotCham
from core.errors import RuleError
from core.periods import today
from tochuc.audit import record
from tochuc.permissions import Quyen

from .chung import add_step, lock_lines, lock_row

_COT = ["tu", "mau", "diem_may", "muc_may", "ghi_chu"]


def compute_dot(*, dot: DotCham, by, tien_do: Callable | None = None) -> int:
    """Compute the automatic part of every unit (again); returns how many scores have changed.

    The engine counts before anything is locked: nobody waits for it. A unit that has ended
    meanwhile keeps its figures; one that was verified upon other points is to be verified again.
    Refused once the trial result stands.
    """
    check(by is None or may_to_chuc(by, dot), Quyen.TO_CHUC_CHAM_DIEM)
    ngay = dot.don_vi.ngay_so_lieu(min(today(), dot.ky_bao_cao.end))
    found = tinh_tu_dong(dot.bo, dot.don_vi, dot.ky_bao_cao, ngay=ngay, tien_do=tien_do)
    if tien_do:
        tien_do(len(found), len(found))
    return _write(dot, found, ngay, by)


@transaction.atomic
def _write(dot: DotCham, found, ngay, by) -> int:
    dot = lock_row(dot)
    if dot.trang_thai not in quy_trinh.TINH_MAY:
        raise RuleError(
            f"{dot} đang ở bước «{dot.get_trang_thai_display()}», phần tự tính không đổi nữa."
        )
    lock_lines(dot)
    luat = luat_cua(dot)
    scores = DiemTieuChi.objects.filter(dong__dot=dot).select_related("dong")
    known = [row for row in scores if row.dong.don_vi_id in found]
    before = {row.pk: row.cap("may") for row in known}
    changed = [
        row for row in known if _take(row, luat.lay(row.ma), found[row.dong.don_vi_id].get(row.ma))
    ]
    write(changed, _COT)
    _reopen({row.dong_id: row.dong for row in changed if row.cap("may") != before[row.pk]}.values())
    dot.may_luc, dot.tinh_den = timezone.now(), ngay
    dot.save(update_fields=["may_luc", "tinh_den"])
    add_step(dot, BuocDotCham.Loai.TINH, by=by)
    record(by=by, hanh_dong="dot_cham.tinh", target=dot, so_diem=len(changed))
    return len(changed)


def _reopen(lines: Iterable[DongCham]) -> None:
    """Verified lines whose computed points have changed wait for their verifier again."""
    lines = [line for line in lines if line.is_xong]
    for line in lines:
        line.trang_thai = line.cho_tham_dinh
        line.version += 1
    write(lines, ["trang_thai", "version"])


def _take(row: DiemTieuChi, luat: LuatTieuChi, found: DiemTuDong | None) -> bool:
    """Put what was computed on a score; whether anything is new.

    A figure that leaves the level to people, by the criterion's own rule, gives none.
    """
    values = (None, None, None, "", "")
    if found is not None:
        level = ket_hop(luat, found, "")
        values = (found.tu, found.mau, found.diem, level, found.ghi_chu)
    before = tuple(getattr(row, name) for name in _COT)
    for name, value in zip(_COT, values, strict=True):
        setattr(row, name, value)
    return before != values
