"""Work in the background: done once, seen by who asked for it, honest when it fails."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.errors import RuleError
from tochuc.models import CongViec
from tochuc.models.cong_viec import GIU_TEP, IM_LANG
from tochuc.viec_nen import Job, Result, restart, start, viec_nen
from tochuc.viec_nen.services import BO_DO, end_broken_off, run

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@viec_nen
def write_file(job: Job, *, text: str) -> Result:
    job.progress(1, 2)
    job.file("danh-sach.txt").write_text(text)
    return Result(f"Đã ghi {len(text)} chữ.", "/doan-vien/")


@viec_nen
def refuse(job: Job) -> Result:
    job.file("dang-do.txt").write_text("nửa chừng")
    raise RuleError("Danh sách này trống.")


@viec_nen
def fail(job: Job) -> Result:
    raise ZeroDivisionError("bí mật")


def not_registered(job: Job) -> Result:
    return Result("")


@pytest.fixture(autouse=True)
def _jobs_dir(settings, tmp_path):
    settings.JOBS_DIR = tmp_path


def begin(function, phuong, by, **tham_so) -> CongViec:
    cong_viec = start(function, ten="Việc thử", don_vi=phuong, by=by, tham_so=tham_so)
    cong_viec.refresh_from_db()
    return cong_viec


def test_work_leaves_its_file_and_its_page(client, phuong, bi_thu_phuong):
    cong_viec = begin(write_file, phuong, bi_thu_phuong, text="xin chào")
    client.force_login(bi_thu_phuong)

    page = client.get(cong_viec.get_absolute_url()).content.decode()
    answer = client.get(reverse("tochuc:cong_viec_file", args=[cong_viec.pk]))

    assert "Đã ghi 8 chữ." in page
    assert 'href="/doan-vien/"' in page
    assert b"".join(answer.streaming_content) == "xin chào".encode()
    assert 'filename="danh-sach.txt"' in answer["Content-Disposition"]


def test_nobody_else_sees_it_not_even_of_the_same_ward(
    client, phuong, bi_thu_phuong, can_bo_phuong
):
    cong_viec = begin(write_file, phuong, bi_thu_phuong, text="x")
    client.force_login(can_bo_phuong)

    assert client.get(cong_viec.get_absolute_url()).status_code == 404
    assert client.get(reverse("tochuc:cong_viec_file", args=[cong_viec.pk])).status_code == 404
    assert "Việc thử" not in client.get(reverse("tochuc:cong_viec_list")).content.decode()


def test_a_refusal_is_said_and_leaves_no_file(client, phuong, bi_thu_phuong, tmp_path):
    cong_viec = begin(refuse, phuong, bi_thu_phuong)
    client.force_login(bi_thu_phuong)

    assert "Danh sách này trống." in client.get(cong_viec.get_absolute_url()).content.decode()
    assert list(tmp_path.rglob("*.txt")) == []


def test_a_fault_is_logged_and_not_shown(caplog, phuong, bi_thu_phuong):
    cong_viec = begin(fail, phuong, bi_thu_phuong)

    assert (cong_viec.trang_thai, "bí mật" in cong_viec.thong_bao) == ("hong", False)
    assert "test_viec_nen.fail failed" in caplog.text


def test_a_name_too_long_for_its_column_is_cut(phuong, bi_thu_phuong):
    tham_so = {"text": "x"}
    work = start(write_file, ten="x" * 200, don_vi=phuong, by=bi_thu_phuong, tham_so=tham_so)

    assert work.ten == "x" * 120


def test_only_registered_functions_run(phuong, bi_thu_phuong):
    with pytest.raises(TypeError):
        begin(not_registered, phuong, bi_thu_phuong)

    forged = CongViec.objects.create(
        don_vi=phuong, nguoi=bi_thu_phuong, ten="Giả", viec="shutil.rmtree"
    )
    run(forged.pk)
    forged.refresh_from_db()

    assert forged.trang_thai == CongViec.TrangThai.HONG


@override_settings(TASKS=TASKS)
def test_three_at_a_time_and_each_is_done_once(phuong, bi_thu_phuong):
    works = [begin(write_file, phuong, bi_thu_phuong, text="x") for _ in range(3)]
    with pytest.raises(RuleError, match="Chờ một việc xong"):
        begin(write_file, phuong, bi_thu_phuong, text="x")

    run(works[0].pk)
    CongViec.objects.filter(pk=works[0].pk).update(thong_bao="")
    run(works[0].pk)
    works[0].refresh_from_db()

    assert (works[0].is_xong, works[0].thong_bao) == (True, "")


@override_settings(TASKS=TASKS)
def test_broken_off_work_says_so_and_may_be_done_again(client, phuong, bi_thu_phuong):
    cong_viec = begin(write_file, phuong, bi_thu_phuong, text="x")
    with pytest.raises(RuleError):
        restart(cong_viec=cong_viec, by=bi_thu_phuong)
    silent = timezone.now() - IM_LANG - timedelta(seconds=1)
    CongViec.objects.filter(pk=cong_viec.pk).update(trang_thai="dang_chay", nhip=silent)
    client.force_login(bi_thu_phuong)

    page = client.get(cong_viec.get_absolute_url()).content.decode()
    answer = client.post(reverse("tochuc:cong_viec_restart", args=[cong_viec.pk]))

    assert "dừng giữa chừng" in page
    assert answer.url != cong_viec.get_absolute_url()
    assert CongViec.objects.chua_xong().count() == 1


@override_settings(TASKS=TASKS)
def test_a_worker_tells_at_once_what_the_last_of_its_name_left(client, phuong, bi_thu_phuong):
    left, other = (begin(write_file, phuong, bi_thu_phuong, text="x") for _ in range(2))
    for cong_viec, name in ((left, "máy 1"), (other, "máy 2")):
        DBTaskResult.objects.get(args_kwargs__args=[str(cong_viec.pk)]).claim(name)
    CongViec.objects.update(trang_thai="dang_chay")

    end_broken_off("máy 1")

    left.refresh_from_db(), other.refresh_from_db()
    assert (left.trang_thai, left.thong_bao) == ("hong", BO_DO)
    assert other.is_dang_lam
    client.force_login(bi_thu_phuong)
    answer = client.post(reverse("tochuc:cong_viec_restart", args=[left.pk]))
    assert answer.url != left.get_absolute_url()


@override_settings(TASKS=TASKS)
def test_work_that_keeps_what_is_done_leads_back_to_its_page(client, phuong, bi_thu_phuong):
    left = begin(write_file, phuong, bi_thu_phuong, text="x")
    Job(left).keep_page("/doan-vien/")
    DBTaskResult.objects.get(args_kwargs__args=[str(left.pk)]).claim("máy 1")

    end_broken_off("máy 1")

    client.force_login(bi_thu_phuong)
    page = client.get(left.get_absolute_url()).content.decode()
    assert "phần đã xong vẫn giữ" in page
    assert 'href="/doan-vien/"' in page
    assert "Làm lại" not in page


def test_files_go_after_a_day(phuong, bi_thu_phuong, tmp_path):
    old = begin(write_file, phuong, bi_thu_phuong, text="x")
    CongViec.objects.filter(pk=old.pk).update(nhip=timezone.now() - GIU_TEP - timedelta(minutes=1))

    begin(refuse, phuong, bi_thu_phuong)
    old.refresh_from_db()

    assert (old.tep, list(tmp_path.rglob("*.txt"))) == ("", [])


def test_the_worker_ends_with_whoever_started_it():
    command = [sys.executable, "-m", "config.worker", "--help"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=os.environ
    )
    process.stdin.close()
    try:
        assert process.wait(timeout=60) == 0
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
