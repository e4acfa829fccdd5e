"""Applicants whom nobody admitted: their data is theirs as well, and is not kept for ever."""

import json
from datetime import date, timedelta
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from core.errors import RuleError
from core.periods import today
from doanvien.ket_nap.quyet_dinh import chuan_y
from doanvien.ket_nap.services import mo_lai, update_ket_nap
from doanvien.models import BiaXoa, KetNap, YeuCauDuLieu
from doanvien.models.rieng_tu import DA_HET_HAN, DA_XOA
from doanvien.rieng_tu import bia, services
from doanvien.rieng_tu.giay_to import tra_loi
from doanvien.rieng_tu.luu_giu import erase_don_het_han
from doanvien.tuoi import years_before
from tests.doanvien.canary import dump, lines_with
from tests.factories import make_ket_nap, make_yeu_cau
from tochuc.models import NhatKy
from tochuc.services.quy_dinh import set_quy_dinh

MARK = "Zqinh"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def make_don(chi_doan, *, ngay_buoc=None, trang_thai="rut", **fields):
    row = make_ket_nap(
        chi_doan=chi_doan,
        ho_ten=f"Nguyễn {MARK}",
        trang_thai=trang_thai,
        cccd="079208000011",
        dien_thoai="0900000011",
        que_quan=f"{MARK} quê",
        can_y_kien_cap_uy=True,
        **fields,
    )
    row.buoc.create(
        thu_tu=9, loai="rut", den_trang_thai="rut", ngay=date(2026, 3, 1), ly_do=f"{MARK} đi xa"
    )
    if ngay_buoc:
        KetNap.objects.filter(pk=row.pk).update(ngay_buoc=ngay_buoc)
        row.refresh_from_db()
    return row


@pytest.fixture
def don(chi_doan):
    return make_don(chi_doan)


def text_of(don):
    return [line for line in lines_with(dump(), MARK) if "doanvien" in line]


def test_a_request_of_an_applicant_goes_the_whole_way(client_of, bi_thu_phuong, bi_thu, don):
    page = f"/doan-vien/ket-nap/{don.pk}/"
    url = f"{page}du-lieu/yeu-cau/"
    assert client_of(bi_thu).get(url).status_code == 403
    client = client_of(bi_thu_phuong)
    assert url in client.get(page).content.decode()

    sent = {"loai": "xem", "nguoi_yeu_cau": "giam_ho", "cach_nhan": "van_ban"}
    detail = client.post(url, {**sent, "ngay_nhan": f"{today():%d/%m/%Y}"}).url
    row = YeuCauDuLieu.objects.get()

    assert (row.ket_nap, row.doan_vien, row.nguoi_yeu_cau) == (don, None, "giam_ho")
    assert "Người xin vào Đoàn" in client.get(detail).content.decode()
    assert f"Nguyễn {MARK}" in client.get("/doan-vien/yeu-cau/").content.decode()
    with ZipFile(BytesIO(client.post(f"{detail}tai/").content)) as archive:
        tables = json.loads(archive.read("ban-du-lieu.json"))
    assert {table["bang"] for table in tables} == {
        "doanvien.ketnap",
        "doanvien.buocketnap",
        "doanvien.yeucaudulieu",
        "doanvien.buocyeucau",
    }
    assert "079208000011" in str(tables)
    assert f"{MARK} đi xa" in str(tables)
    assert tra_loi(row).kinh_gui == [f"Đồng chí Nguyễn {MARK}"]
    done = {"trang_thai": "xong", "ngay": f"{today():%d/%m/%Y}", "ket_qua": ""}
    assert client.post(f"{detail}ket-qua/", done).url == detail


def test_erasing_takes_the_person_out_and_an_old_backup_brings_nobody_back(
    client_of, bi_thu_phuong, bi_thu, don
):
    yeu_cau = make_yeu_cau(ket_nap=don, loai="xoa", noi_dung=f"{MARK} xin xóa")
    copy = KetNap.objects.get(pk=don.pk)
    client = client_of(bi_thu_phuong)

    client.post(f"/doan-vien/yeu-cau/{yeu_cau.pk}/xoa/", {"xac_nhan": don.ho_ten})

    assert lines_with(dump(), MARK) == []
    don.refresh_from_db()
    assert (don.ho_ten, don.cccd, don.dien_thoai) == (DA_XOA, "", "")
    assert (don.ngay_sinh, don.can_y_kien_cap_uy, don.trang_thai) == (
        date(2008, 7, 1),
        False,
        "rut",
    )
    line = NhatKy.objects.order_by("-so").first()
    assert (line.hanh_dong, line.noi_dung) == ("ket_nap.erase", {})
    with pytest.raises(RuleError, match="đã xóa"):
        mo_lai(ket_nap=don, by=bi_thu)

    BiaXoa.objects.all().delete()
    copy.save()
    assert bia.ap_dung({(don.pk, bia.dau_cua(don)), (don.pk, "0" * 64)}) == 1
    assert text_of(don) == []


def test_an_application_that_goes_on_is_not_erased(client_of, bi_thu_phuong, chi_doan):
    don = make_don(chi_doan, trang_thai="tra_lai")
    yeu_cau = make_yeu_cau(ket_nap=don, loai="xoa")
    client = client_of(bi_thu_phuong)

    assert "ghi rút đơn trước" in client.get(f"/doan-vien/yeu-cau/{yeu_cau.pk}/").content.decode()
    client.post(f"/doan-vien/yeu-cau/{yeu_cau.pk}/xoa/", {"xac_nhan": don.ho_ten})
    don.refresh_from_db()
    assert don.ho_ten == f"Nguyễn {MARK}"


def test_a_correction_closes_after_the_application_was_corrected(bi_thu, bi_thu_phuong, chi_doan):
    don = make_don(chi_doan, trang_thai="don")
    yeu_cau = make_yeu_cau(ket_nap=don, loai="sua", ngay_nhan=today())
    close = {"yeu_cau": yeu_cau, "trang_thai": "xong", "ngay": today(), "ket_qua": ""}
    with pytest.raises(RuleError, match="chưa được sửa"):
        services.finish_yeu_cau(**close, by=bi_thu_phuong)

    update_ket_nap(ket_nap=don, version=don.version, changes={"noi_o": "Khu vực 2"}, by=bi_thu)

    assert services.finish_yeu_cau(**close, by=bi_thu_phuong).ket_qua == "Đã sửa: chỗ ở hiện nay."


def test_who_is_admitted_takes_his_requests_along(client_of, bi_thu_phuong, chi_doan):
    don = make_ket_nap(chi_doan=chi_doan, trang_thai="cho_chuan_y")
    yeu_cau = make_yeu_cau(ket_nap=don)

    admitted = chuan_y(ket_nap=don, ngay=today(), by=bi_thu_phuong)

    yeu_cau.refresh_from_db()
    assert (yeu_cau.doan_vien, yeu_cau.ket_nap) == (admitted.doan_vien, None)
    url = f"/doan-vien/ket-nap/{don.pk}/du-lieu/yeu-cau/"
    member = f"/doan-vien/{admitted.doan_vien_id}/du-lieu/yeu-cau/"
    assert client_of(bi_thu_phuong).get(url).url == member
    with pytest.raises(IntegrityError), transaction.atomic():
        make_yeu_cau(ket_nap=don, doan_vien=admitted.doan_vien)


def test_applications_that_led_nowhere_are_emptied_after_the_years_of_the_setting(chi_doan, phuong):
    over = years_before(today(), 2)

    def don(trang_thai, ngay=over):
        return make_ket_nap(
            chi_doan=chi_doan, trang_thai=trang_thai, ngay_don=over, ngay_buoc=ngay
        ).pk

    old = {don("rut"), don("chua_thong_qua"), don("tra_lai")}
    later = over + timedelta(days=1)
    kept = {don("don"), don("cho_chuan_y"), don("chuan_y"), don("rut", later)}
    asked = don("rut")
    make_yeu_cau(ket_nap=KetNap.objects.get(pk=asked))
    out = StringIO()

    call_command("erase_old_applications", dry_run=True, stdout=out)
    assert "Có 3 đơn" in out.getvalue()
    call_command("erase_old_applications", stdout=out)

    assert "Đã xóa thông tin trong 3 đơn" in out.getvalue()
    emptied = KetNap.objects.filter(ho_ten=DA_HET_HAN)
    assert {row.pk for row in emptied} == old
    assert {row.trang_thai for row in emptied} == {"rut"}
    assert KetNap.objects.exclude(ho_ten=DA_HET_HAN).filter(pk__in=[*kept, asked]).count() == 5
    assert NhatKy.objects.filter(hanh_dong="ket_nap.erase_old", nguoi=None).count() == 3
    assert erase_don_het_han(today()) == 0

    set_quy_dinh(
        ma="luu_don_da_dung",
        don_vi=phuong,
        tu_ngay=today(),
        gia_tri="1",
        can_cu="Quy chế của phường",
        by=None,
    )
    assert erase_don_het_han(today()) == 1
