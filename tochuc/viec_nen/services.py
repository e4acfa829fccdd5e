"""Ask for background work, and do it."""

import logging
import shutil
from collections.abc import Callable

from django.db import transaction
from django.db.models import Case, Value, When
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.errors import RuleError
from tochuc.models import CongViec, DonVi, NguoiDung
from tochuc.models.cong_viec import GIU_TEP

from .registry import (
    Job,
    Result,
    delete_tep_vao,
    find,
    find_tep_vao,
    folder_of,
    keep_tep_vao,
    name_of,
)
from .tasks import run_cong_viec

logger = logging.getLogger(__name__)
CUNG_LUC = 3
"""So many pieces of work one person may have waiting or running."""
BO_DO = "Máy chủ dừng giữa chừng; chưa ghi gì vào sổ."
BO_DO_GIU = "Máy chủ dừng giữa chừng; phần đã xong vẫn giữ, làm tiếp được phần còn lại."
"""For work that keeps what it has done so far; it has a page of its own (`dia_chi`)."""
LOI = "Chưa làm xong vì lỗi ở máy chủ. Đồng chí làm lại; nếu vẫn vậy, báo người quản trị."


@transaction.atomic
def start(
    function: Callable[..., Result],
    *,
    ten: str,
    don_vi: DonVi,
    by,
    tham_so: dict,
    tep_vao: bytes | None = None,
) -> CongViec:
    """Put work into the queue and return it; its page tells how far it is.

    A name that is too long is cut. `tep_vao` is a file that it reads: kept encrypted in its own
    folder until the work ends. RuleError when the person has three unfinished ones already.
    """
    NguoiDung.objects.select_for_update(of=("self",)).get(pk=by.pk)
    if CongViec.objects.filter(nguoi=by).chua_xong().count() >= CUNG_LUC:
        raise RuleError(
            f"Đồng chí đang có {CUNG_LUC} việc chạy nền. Chờ một việc xong rồi làm tiếp."
        )
    cong_viec = CongViec.objects.create(
        don_vi=don_vi,
        nguoi=by,
        ten=ten[: CongViec._meta.get_field("ten").max_length],
        viec=name_of(function),
        tham_so=tham_so,
    )
    if tep_vao is not None:
        keep_tep_vao(cong_viec, tep_vao)
    run_cong_viec.enqueue(str(cong_viec.pk))
    return cong_viec


@transaction.atomic
def restart(*, cong_viec: CongViec, by) -> CongViec:
    """Do broken-off or failed work once more, as new work with the same arguments."""
    if cong_viec.is_dang_lam or cong_viec.is_xong:
        raise RuleError("Việc này đang chạy hoặc đã xong.")
    again = start(
        find(cong_viec.viec),
        ten=cong_viec.ten,
        don_vi=cong_viec.don_vi,
        by=by,
        tham_so=cong_viec.tham_so,
        tep_vao=find_tep_vao(cong_viec),
    )
    delete_tep_vao(cong_viec)
    return again


def run(pk: str) -> None:
    """Do one piece of work, once: who comes second finds it taken."""
    waiting = CongViec.objects.filter(pk=pk, trang_thai=CongViec.TrangThai.CHO)
    if not waiting.update(trang_thai=CongViec.TrangThai.DANG_CHAY, nhip=timezone.now()):
        return
    delete_expired_files()
    cong_viec = CongViec.objects.select_related("nguoi", "don_vi").get(pk=pk)
    try:
        result = find(cong_viec.viec)(Job(cong_viec), **cong_viec.tham_so)
    except RuleError as refusal:
        _end(cong_viec, CongViec.TrangThai.HONG, Result(str(refusal)))
    except Exception:
        logger.exception("Background work %s failed", cong_viec.viec)
        _end(cong_viec, CongViec.TrangThai.HONG, Result(LOI))
    else:
        states = CongViec.TrangThai
        _end(cong_viec, states.HONG if result.is_hong else states.XONG, result)


def end_broken_off(worker_id: str) -> None:
    """Work that a worker of this name left running was broken off with it: its page says so.

    One name belongs to one worker at a time, so whoever starts under it knows this for certain.
    """
    left = [task for task in DBTaskResult.objects.running() if task.worker_ids[-1:] == [worker_id]]
    pks = [task.args_kwargs["args"][0] for task in left]
    said = Case(When(dia_chi="", then=Value(BO_DO)), default=Value(BO_DO_GIU))
    CongViec.objects.filter(pk__in=pks, trang_thai__in=CongViec.CHUA_XONG).update(
        trang_thai=CongViec.TrangThai.HONG, thong_bao=said, nhip=timezone.now()
    )
    for task in left:
        task.set_failed(RuntimeError(BO_DO))


def delete_expired_files() -> None:
    """Files that nobody needs any more hold personal data: they go after a day."""
    for cong_viec in CongViec.objects.het_han():
        shutil.rmtree(folder_of(cong_viec), ignore_errors=True)
    CongViec.objects.het_han().bo_do().update(
        trang_thai=CongViec.TrangThai.HONG, thong_bao=BO_DO, dia_chi=""
    )
    CongViec.objects.het_han().update(tep="")
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - GIU_TEP).delete()


def _end(cong_viec: CongViec, trang_thai: str, result: Result) -> None:
    if trang_thai == CongViec.TrangThai.HONG:
        shutil.rmtree(folder_of(cong_viec), ignore_errors=True)
        cong_viec.tep = ""
    delete_tep_vao(cong_viec)
    CongViec.objects.filter(pk=cong_viec.pk).update(
        trang_thai=trang_thai,
        thong_bao=result.thong_bao[:300],
        dia_chi=result.dia_chi,
        tep=cong_viec.tep,
        nhip=timezone.now(),
    )
