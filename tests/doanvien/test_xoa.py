"""Erasure: the person is nowhere, every count stays, and an older backup brings nobody back."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from baocao.chi_tieu import TU_TINH, ThoiKy, compute
from chidoan.models import MoHinh
from core.errors import RuleError
from core.periods import KyBaoCao
from doanvien.models import BiaXoa, DoanVien, YeuCauDuLieu
from doanvien.rieng_tu import bia
from doanvien.rieng_tu.an_danh import DA_XOA, anonymise
from doanvien.rieng_tu.xoa import erase_nguoi, vuong_mac
from tests.doanvien.canary import dump, lines_with, make_paper, make_person, put_on_team
from tests.factories import make_doan_vien, make_ho_so, make_yeu_cau
from tests.world import build_world
from tochuc.audit import find_faults
from tochuc.models import NhatKy, VanBan
from tochuc.sao_luu import create_backup

MINE, OTHER = "Zqinh", "Qvuwa"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """The tombstones of a test are its own."""
    settings.DATA_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def person(chi_doan, phuong, bi_thu_phuong):
    """Somebody who has left, with a row in most tables."""
    return make_person(
        MINE, chi_doan=chi_doan, phuong=phuong, by=bi_thu_phuong, so=1, con_sinh_hoat=False
    )


@pytest.fixture
def yeu_cau(person):
    return make_yeu_cau(doan_vien=person, loai="xoa", noi_dung=f"{MINE} xin xóa")


def erase(yeu_cau, by, xac_nhan=f"nguyễn {MINE} {MINE}"):
    return erase_nguoi(yeu_cau=yeu_cau, xac_nhan=xac_nhan, by=by)


def figures(phuong):
    """Every indicator of the ward in periods before and after the person left."""
    found = []
    for ky in (KyBaoCao(2025), KyBaoCao(2026, quy=1), KyBaoCao(2026)):
        table = compute(phuong, ThoiKy.of(ky, phuong, date(2026, 12, 31)))
        found += [table.so(phuong, item.ma) for item in TU_TINH]
    return found


def test_the_person_is_nowhere_and_every_figure_stays(
    person, yeu_cau, phuong, chi_doan, bi_thu_phuong
):
    make_person(OTHER, chi_doan=chi_doan, phuong=phuong, by=bi_thu_phuong, so=2)
    mo_hinh = MoHinh.objects.create(don_vi=phuong, ten="Mô hình", tu_ngay=date(2026, 1, 1))
    put_on_team(mo_hinh, person, MINE)
    before, neighbour = figures(phuong), len(lines_with(dump(), OTHER))
    assert len(lines_with(dump(), MINE)) >= 15

    erase(yeu_cau, bi_thu_phuong)

    text = dump()
    assert lines_with(text, MINE) == []
    assert [word for word in ("0900000001", "2001, 3, 4", "2001-03-04") if word in text] == []
    assert len(lines_with(text, OTHER)) == neighbour
    assert figures(phuong) == before


def test_what_is_counted_stays_in_its_coarsest_form(person, yeu_cau, bi_thu_phuong):
    erase(yeu_cau, bi_thu_phuong)

    row = DoanVien.objects.get(pk=person.pk)
    assert (row.ho_ten, row.ngay_sinh, row.cccd, row.cccd_bam) == (
        DA_XOA,
        date(2001, 7, 1),
        "",
        "",
    )
    assert (row.dan_toc, row.ton_giao, row.gioi_tinh) == ("Khác", "Có", person.gioi_tinh)
    request = YeuCauDuLieu.objects.get(pk=yeu_cau.pk)
    assert (request.trang_thai, request.buoc.last().viec) == ("xong", "xong")
    line = NhatKy.objects.order_by("-so").first()
    assert (line.hanh_dong, line.doi_tuong_id, line.noi_dung) == ("doan_vien.erase", person.pk, {})
    assert vuong_mac(row) == ["Dữ liệu của đồng chí này đã được xóa."]


def test_issued_papers_are_kept(person, yeu_cau, phuong, bi_thu_phuong):
    make_paper(person, phuong, bi_thu_phuong, "nội dung")

    erase(yeu_cau, bi_thu_phuong)

    assert bytes(VanBan.objects.get().tep) == "%PDF nội dung".encode()


def test_a_duty_to_keep_records_comes_first(person, yeu_cau, chi_doan, bi_thu_phuong):
    member = make_doan_vien(chi_doan=chi_doan)
    assert len(vuong_mac(member)) == 1
    make_ho_so(doan_vien=person)
    make_yeu_cau(doan_vien=person, loai="xem")

    with pytest.raises(RuleError) as refused:
        erase(yeu_cau, bi_thu_phuong)

    assert "Còn 1 hồ sơ giới thiệu chưa xong" in str(refused.value)
    assert "Còn 1 yêu cầu về dữ liệu chưa xong" in str(refused.value)
    assert DoanVien.objects.filter(ho_ten=person.ho_ten).exists()


def test_it_takes_the_right_the_name_and_a_request_to_erase(
    client_of, person, yeu_cau, bi_thu_phuong, can_bo_phuong
):
    url = f"/doan-vien/yeu-cau/{yeu_cau.pk}/xoa/"
    assert client_of(can_bo_phuong).post(url, {"xac_nhan": person.ho_ten}).status_code == 403
    client = client_of(bi_thu_phuong)
    assert "xac_nhan" in client.post(url, {"xac_nhan": "Người khác"}).context["form"].errors
    with pytest.raises(RuleError, match="yêu cầu xóa đang mở"):
        erase(make_yeu_cau(doan_vien=person, loai="sua"), bi_thu_phuong)
    person.yeu_cau.filter(loai="sua").delete()

    assert client.post(url, {"xac_nhan": person.ho_ten}).url == f"/doan-vien/yeu-cau/{yeu_cau.pk}/"
    assert DoanVien.objects.get(pk=person.pk).ho_ten == DA_XOA
    assert client.get(f"/doan-vien/yeu-cau/{yeu_cau.pk}/in/").status_code == 200


def test_a_namesakes_rows_are_left_alone(person, yeu_cau, chi_doan, phuong, bi_thu_phuong):
    make_doan_vien(chi_doan=chi_doan, ho_ten=person.ho_ten)
    mo_hinh = MoHinh.objects.create(don_vi=phuong, ten="Mô hình", tu_ngay=date(2026, 1, 1))
    row = put_on_team(mo_hinh, person, MINE)

    erase(yeu_cau, bi_thu_phuong)

    row.refresh_from_db()
    assert row.nhiem_vu == f"{MINE} tổ chức"


# ---- backups -------------------------------------------------------------------------------


@pytest.fixture
def old_backup(transactional_db, tmp_path, person):
    create_backup(tmp_path / "cu.tar.gz")
    return tmp_path / "cu.tar.gz"


def test_an_older_backup_brings_nobody_back(
    old_backup, person, phuong, bi_thu_phuong, chi_doan, tmp_path
):
    erase(make_yeu_cau(doan_vien=person, loai="xoa"), bi_thu_phuong)
    assert (tmp_path / "bia-xoa.txt").read_text().startswith(f"{person.pk} ")
    assert MINE not in (tmp_path / "bia-xoa.txt").read_text()

    call_command("restore", old_backup, replace=True)

    assert lines_with(dump(), MINE) == []
    assert DoanVien.objects.get(pk=person.pk).ho_ten == DA_XOA
    assert BiaXoa.objects.get().so_doan_vien == person.pk
    assert NhatKy.objects.order_by("-so").first().hanh_dong == "doan_vien.erase_again"
    assert list(find_faults()) == []


def test_the_file_alone_is_enough_and_a_number_used_again_is_somebody_else(
    old_backup, person, chi_doan, bi_thu_phuong
):
    kept = {(person.pk, bia.dau_cua(person)), (person.pk + 1, "0" * 64)}
    other = make_doan_vien(pk=person.pk + 1, chi_doan=chi_doan, ho_ten="Lê Văn Bình")

    assert bia.ap_dung(kept) == 1
    assert bia.ap_dung(bia.lay()) == 0

    other.refresh_from_db()
    assert other.ho_ten == "Lê Văn Bình"
    assert DoanVien.objects.get(pk=person.pk).ho_ten == DA_XOA


def test_the_bytes_of_the_database_file_forget_the_person(old_backup, person, bi_thu_phuong):
    if connection.vendor != "sqlite":
        pytest.skip("a server's files are the server's; see docs/van-hanh.md on VACUUM")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=ON")
    erase(make_yeu_cau(doan_vien=person, loai="xoa"), bi_thu_phuong)

    with connection.cursor() as cursor:
        path = next(row[2] for row in cursor.execute("PRAGMA database_list") if row[1] == "main")
    content = Path(path).read_bytes() if path else connection.connection.serialize()
    assert MINE.encode() not in content
    assert b"0900000001" not in content


def test_no_table_refuses_to_be_emptied(db):
    """Somebody with a row of every kind: what a constraint demands stays filled."""
    person = build_world().rows["doan_vien"]

    anonymise(DoanVien.objects.select_related("chi_doan").get(pk=person.pk))

    assert lines_with(dump(), "Trần Gia Bảo") == []
