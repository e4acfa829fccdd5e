"""Long lists run in the background: nothing is kept of the file, and nothing is half entered."""

import os
import signal
import time
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import override_settings
from django.urls import reverse
from openpyxl import Workbook

from doanvien.models import DoanVien, DotNhap, QuaTrinh
from doanvien.nhap import services, viec, views, workbook
from doanvien.nhap.services import preview_nhap
from tests.doanvien.nhap_lists import make_workbook, member
from tochuc.models import CongViec, NhatKy
from tochuc.viec_nen import restart
from tochuc.viec_nen.services import run

UPLOAD = reverse("doanvien:nhap_upload")
QUEUED = override_settings(TASKS={"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}})


def people(count):
    return [
        member(cccd=f"0932040{n:05d}", ho_ten=f"Lê Văn {chr(65 + n % 26)}n") for n in range(count)
    ]


@pytest.fixture(autouse=True)
def _three_rows_are_many(settings, tmp_path, monkeypatch):
    settings.JOBS_DIR = tmp_path
    monkeypatch.setattr(viec, "NHIEU_DONG", 3)
    monkeypatch.setattr(views, "NHIEU_DONG", 3)
    monkeypatch.setattr(workbook, "SMALL_FILE_BYTES", 0)


@pytest.fixture
def secretary(client_of, bi_thu_phuong, chi_doan):
    return client_of(bi_thu_phuong)


def workbook_of(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def upload(client, don_vi, content):
    return client.post(UPLOAD, {"don_vi": don_vi.pk, "tep": SimpleUploadedFile("a.xlsx", content)})


def confirm(client, dot_nhap, so_them):
    url = reverse("doanvien:nhap_confirm", args=[dot_nhap.pk])
    return client.post(url, {"so_them": so_them, "so_cap_nhat": 0})


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_rows_are_counted_without_reading_them():
    assert 5 <= workbook.count_rows(make_workbook(*people(5))) <= 12
    assert workbook.count_rows(b"PK no workbook") == 0


def test_a_long_list_is_read_and_entered_in_the_background(secretary, phuong, tmp_path):
    read = secretary.get(upload(secretary, phuong, make_workbook(*people(5))).url)
    dot_nhap = DotNhap.objects.get()
    written = secretary.get(confirm(secretary, dot_nhap, 5).url).content.decode()

    assert dot_nhap.get_absolute_url() in read.content.decode()
    assert "Đã nhập 5 đồng chí vào sổ." in written
    assert dot_nhap.get_absolute_url() in written
    assert DoanVien.objects.count() == QuaTrinh.objects.count() == 5
    assert files(tmp_path) == []


def test_a_short_list_is_read_and_entered_at_once(secretary, phuong, monkeypatch):
    monkeypatch.setattr(viec, "NHIEU_DONG", 50)
    answer = upload(secretary, phuong, make_workbook(member()))

    assert answer.url == DotNhap.objects.get().get_absolute_url()
    assert confirm(secretary, DotNhap.objects.get(), 1).url == answer.url
    assert not CongViec.objects.exists()


@QUEUED
def test_the_file_waits_encrypted_and_moves_to_the_work_done_again(
    secretary, phuong, bi_thu_phuong, tmp_path
):
    content = make_workbook(*people(5))
    upload(secretary, phuong, content)
    first = CongViec.objects.get()
    (kept,) = files(tmp_path)
    assert b"PK" not in kept.read_bytes()[:2]
    assert b"0932040" not in kept.read_bytes()

    CongViec.objects.update(trang_thai="hong")  # as if the server had stopped
    first.refresh_from_db()
    second = restart(cong_viec=first, by=bi_thu_phuong)
    run(second.pk)

    assert DotNhap.objects.get().so_dong == 5
    assert files(tmp_path) == []


@QUEUED
def test_how_far_it_is_stands_on_its_page(secretary, phuong, monkeypatch):
    upload(secretary, phuong, make_workbook(*people(5)))
    cong_viec = CongViec.objects.get()
    heard = []
    update = viec.Job.progress

    def hear(job, done, total, what):
        update(job, done, total, what)
        heard.append((what, done))
        assert what in secretary.get(cong_viec.get_absolute_url()).content.decode()

    monkeypatch.setattr(viec.Job, "progress", hear)
    run(cong_viec.pk)
    confirm(secretary, DotNhap.objects.get(), 5)
    cong_viec = CongViec.objects.first()
    run(cong_viec.pk)

    assert [what for what, _ in heard] == [
        "Đang đọc tệp",
        "Đang xét từng dòng",
        "Đang đối chiếu với sổ",
        "Đang cất bản xem trước",
        "Đang chuẩn bị từng dòng",
        "Đang ghi 5 dòng một lượt: hoặc vào sổ đủ cả, hoặc không ghi gì.",
    ]


def test_a_file_that_is_refused_says_why_and_leads_back(secretary, phuong, tmp_path):
    wrong = make_workbook(*[member(stt=None) for _ in range(5)])

    page = secretary.get(upload(secretary, phuong, wrong).url).content.decode()

    assert "không có dòng nào ghi số thứ tự" in page
    assert f'href="{UPLOAD}"' in page
    assert files(tmp_path) == []


def test_a_long_list_in_another_layout_is_judged_in_the_background(secretary, phuong, chi_doan):
    born = [[f"093204{n:06d}", f"Lê Văn {chr(65 + n)}n", date(2004, 3, 9)] for n in range(5)]
    rows = [[*row, "Nam", "Kinh", "26/3/2020"] for row in born]
    labels = ["CCCD", "Họ tên", "NTNS", "Phái", "D.tộc", "Ngày kết nạp"]
    read = secretary.get(upload(secretary, phuong, workbook_of(labels, *rows)).url)
    assert "Chọn cột của tệp để xét tiếp." in read.content.decode()
    dot_nhap = DotNhap.objects.get()
    url = reverse("doanvien:nhap_columns", args=[dot_nhap.pk])
    form = secretary.get(url).context["form"]
    chosen = {name: form.get_initial_for_field(form.fields[name], name) for name in form.fields}

    answer = secretary.post(url, {**chosen, "ca_tep": chi_doan.pk})
    page = secretary.get(answer.url).content.decode()

    assert "Đã xét 5 dòng." in page
    assert dot_nhap.dong.them_moi().count() == 5


def test_the_second_of_two_orders_to_enter_changes_nothing(secretary, phuong):
    upload(secretary, phuong, make_workbook(*people(5)))
    dot_nhap = DotNhap.objects.get()
    with QUEUED:
        confirm(secretary, dot_nhap, 5)
        confirm(secretary, dot_nhap, 5)
    works = list(CongViec.objects.filter(viec__endswith="ghi_vao_so"))

    for work in works:
        run(work.pk)
        work.refresh_from_db()

    assert sorted(work.trang_thai for work in works) == ["hong", "xong"]
    assert DoanVien.objects.count() == 5


@pytest.mark.django_db(transaction=True)
@QUEUED
def test_killed_in_the_middle_it_leaves_nothing_and_can_be_done_again(
    secretary, phuong, bi_thu_phuong, monkeypatch
):
    dot_nhap = preview_nhap(
        content=make_workbook(*people(5)), ten_tep="a.xlsx", don_vi=phuong, by=bi_thu_phuong
    )
    confirm(secretary, dot_nhap, 5)
    work = CongViec.objects.get()
    _kill_when_people_are_written(work.pk, monkeypatch)

    assert not DoanVien.objects.exists()
    assert not QuaTrinh.objects.exists()
    assert not NhatKy.objects.filter(hanh_dong="dot_nhap.confirm").exists()
    work.refresh_from_db()
    assert work.trang_thai == CongViec.TrangThai.DANG_CHAY

    confirm(secretary, dot_nhap, 5)
    run(CongViec.objects.first().pk)

    dot_nhap.refresh_from_db()
    assert dot_nhap.is_da_nhap
    assert DoanVien.objects.count() == QuaTrinh.objects.count() == 5


def _kill_when_people_are_written(pk, monkeypatch):
    """Run the work in a process of its own, and kill that where people and periods are in."""
    connections.close_all()
    reached, told = os.pipe()
    child = os.fork()
    if not child:

        def stop(rows):
            os.write(told, str(DoanVien.objects.count()).encode())
            time.sleep(60)

        monkeypatch.setattr(services, "_tie", stop)
        run(pk)
        os._exit(1)
    try:
        assert os.read(reached, 1) == b"5"
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reached)
        os.close(told)
