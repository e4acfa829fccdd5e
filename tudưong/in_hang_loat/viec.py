"""The work of a batch: cases in small groups, each issued in a transaction of its own."""

import logging
from collections import Counter

from django.db import OperationalError, transaction

from core.errors import RuleError
from core.pdf.joined import Joined
from core.pdf.pool import LOI, Printers
from tochuc.ghi_nho import remembering
from tochuc.models import NguoiDung, VanBan
from tochuc.permissions import Quyen
from tochuc.van_ban import TAI_CHO
from tochuc.viec_nen import Job, Result, viec_nen
from tudưong.giay_to.phat_hanh import issue_bo_ho_so, record_print
from tudưong.models import DongIn, DotIn, HoSo

from .dien_tap import DienTap, InDaCo, KhacDienTapError, rehearse

logger = logging.getLogger(__name__)
NHOM = 10
"""So many cases are rehearsed at once; their rehearsal locks the registers for about a second."""
SO_LAN = 3
"""So often a case is rehearsed while others take numbers meanwhile; then it is printed in place."""
NHOM_GHEP = 10
TEN_TEP = "cac-bo-ho-so.pdf"
KHONG_CON_QUYEN = "Đồng chí không còn quyền ký hồ sơ này."
DA_HUY = "Đã hủy. Những bộ đã in vẫn giữ số đã cấp."
_CHO, _XONG, _HONG, _HUY = DongIn.TrangThai


@viec_nen
def in_dot(job: Job, *, dot: int) -> Result:
    """Print what of the batch waits, then all that it has printed as one file.

    Broken off anywhere it goes on with what is left.
    """
    dot_in = _take(job, dot)
    job.keep_page(dot_in.get_absolute_url())
    with Printers() as printers:
        _print_waiting(job, dot_in, printers)
        _join(job, dot_in, printers)
    return _result(dot_in)


@transaction.atomic
def _take(job: Job, pk: int) -> DotIn:
    """The batch is this work's from now on; two never print the same one."""
    dot = DotIn.objects.select_for_update(of=("self",)).select_related("cong_viec").get(pk=pk)
    if dot.is_dang_in and dot.cong_viec_id != job.cong_viec.pk:
        raise RuleError("Đợt in này đang chạy ở một việc khác.")
    dot.cong_viec = job.cong_viec
    dot.save(update_fields=["cong_viec"])
    return dot


def _print_waiting(job: Job, dot: DotIn, printers: Printers) -> None:
    tries = Counter()
    while nhom := list(dot.dong.cho()[:NHOM]):
        _print_nhom(job, dot, nhom, printers, tries)
        if _is_called_off(dot):
            return
    _progress(job, dot)


@remembering
def _print_nhom(
    job: Job, dot: DotIn, nhom: list[DongIn], printers: Printers, tries: Counter
) -> None:
    """Rehearse these cases together, then print one after the other until called off."""
    rehearsals = rehearse(_cases(job, nhom), printers, by=job.by)
    for dong in nhom:
        if _is_called_off(dot):
            return
        tries[dong.pk] += 1
        _progress(job, dot)
        _print_one(job, dong, rehearsals.get(dong.ho_so_id), in_place=tries[dong.pk] > SO_LAN)


def _cases(job: Job, nhom: list[DongIn]) -> list[HoSo]:
    """The cases that this person may still sign, as they and his account stand now."""
    by = NguoiDung.objects.get(pk=job.by.pk)
    rows = HoSo.objects.permitted_to(by, Quyen.KY_HO_SO).select_related(
        "doan_vien", "chi_doan", "don_vi"
    )
    found = rows.in_bulk([dong.ho_so_id for dong in nhom])
    return [found[dong.ho_so_id] for dong in nhom if dong.ho_so_id in found]


def _is_called_off(dot: DotIn) -> bool:
    if not DotIn.objects.filter(pk=dot.pk, huy_luc__isnull=False).exists():
        return False
    dot.dong.cho().update(trang_thai=_HUY)
    return True


def _progress(job: Job, dot: DotIn) -> None:
    tong, cho = dot.dong.count(), dot.dong.cho().count()
    job.progress(tong - cho, tong, "Đang in từng bộ hồ sơ")


def _print_one(job: Job, dong: DongIn, dien_tap: DienTap | None, *, in_place: bool) -> None:
    """One case: printed, failed with its reason, or, when somebody took a number, still waiting."""
    if dien_tap is None:
        _fail(dong, KHONG_CON_QUYEN)
        return
    try:
        dien_tap.cho()
        issue_one(job, dong, TAI_CHO if in_place else InDaCo(dien_tap))
    except (KhacDienTapError, OperationalError) as outrun:
        if in_place:
            logger.warning("A dossier of a batch was outrun: %s", outrun)
            _fail(dong, LOI)
    except RuleError as refusal:
        _fail(dong, str(refusal))
    except Exception:
        logger.exception("A dossier of a batch could not be printed")
        _fail(dong, LOI)


@transaction.atomic
def issue_one(job: Job, dong: DongIn, may_in) -> None:
    """Issue the dossier for good, once, and note it in the batch."""
    waiting = DongIn.objects.select_for_update(of=("self",)).cho().filter(pk=dong.pk)
    if not waiting.exists():
        return
    ho_so = HoSo.objects.select_related("doan_vien", "chi_doan", "don_vi").get(pk=dong.ho_so_id)
    van_ban = issue_bo_ho_so(ho_so=ho_so, by=job.by, may_in=may_in)
    record_print(ho_so=ho_so, giay="HS", by=job.by)
    waiting.update(trang_thai=_XONG, ly_do="", van_ban=van_ban)


def _fail(dong: DongIn, ly_do: str) -> None:
    DongIn.objects.cho().filter(pk=dong.pk).update(trang_thai=_HONG, ly_do=ly_do[:300])


def _join(job: Job, dot: DotIn, printers: Printers) -> None:
    """All printed dossiers that stand as one file to print, in the order of the batch."""
    _renew(dot)
    files = dot.dong.con_gia_tri().values_list("van_ban__tep", flat=True)
    count = files.count()
    if not count:
        return
    parts = [
        printers.submit(Joined([bytes(tep) for tep in files[first : first + NHOM_GHEP]]))
        for first in range(0, count, NHOM_GHEP)
    ]
    whole = printers.submit(Joined([part.result() for part in parts])).result()
    job.file(TEN_TEP).write_bytes(whole)


def _renew(dot: DotIn) -> None:
    """A dossier that was issued anew since it was printed is handed out as it is now."""
    rows = list(dot.dong.filter(trang_thai=_XONG).select_related("van_ban").defer("van_ban__tep"))
    newest = VanBan.objects.newest_by_target(HoSo, [row.ho_so_id for row in rows], "HS")
    for row in rows:
        row.van_ban = newest.get(row.ho_so_id, row.van_ban)
    DongIn.objects.bulk_update(rows, ["van_ban"])


def _result(dot: DotIn) -> Result:
    tong, xong = dot.dong.count(), dot.dong.filter(trang_thai=_XONG).count()
    hong = dot.dong.filter(trang_thai=_HONG).count()
    cau = f"Đã in {xong}/{tong} bộ hồ sơ."
    if hong:
        cau += f" {hong} bộ chưa in được, lý do ghi ở từng dòng."
    if xong + hong < tong:
        cau += f" {DA_HUY}"
    return Result(cau, dot.get_absolute_url())
