"""The audit log as a page: whose lines one sees, in words, by person, action, day and object."""

import ast
import re
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from doanvien.models import DoanVien
from tests.factories import make_buoi, make_chi_doan, make_doan_vien, make_phuong
from tochuc.audit import record
from tochuc.models import NhatKy
from tochuc.nhat_ky import (
    CAU_RIENG,
    CHI_TIET,
    DONG_TU,
    VIEC_VE,
    hanh_dong_bang_chu,
    noi_dung_bang_chu,
)
from tudưong.models import BuocHoSo

ROOT = Path(__file__).resolve().parents[2]
URL = "/nhat-ky/"


def lines(client, **params):
    return [line.hanh_dong for line in client.get(URL, params).context["page"]]


@pytest.fixture
def log(bi_thu, bi_thu_phuong, van_phong, chi_doan, phuong, phuong_khac):
    NhatKy.objects.all().delete()
    record(by=bi_thu, hanh_dong="buoi.finish", don_vi=chi_doan)
    record(by=bi_thu_phuong, hanh_dong="tai_khoan.login", target=bi_thu_phuong)
    record(by=van_phong, hanh_dong="quy_dinh.set", don_vi=phuong_khac, ma="x")
    record(by=None, hanh_dong="don_vi.create", ma="y")


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        ("bi_thu_phuong", ["tai_khoan.login", "buoi.finish"]),
        ("kiem_tra", ["quy_dinh.set", "tai_khoan.login", "buoi.finish"]),
        ("quan_tri", ["don_vi.create", "quy_dinh.set", "tai_khoan.login", "buoi.finish"]),
    ],
)
def test_one_sees_the_lines_of_the_own_units(request, client_of, log, person, seen):
    assert lines(client_of(request.getfixturevalue(person))) == seen


def test_lines_are_found_by_person_without_accents(client_of, bi_thu_phuong, log):
    assert lines(client_of(bi_thu_phuong), q="le minh duy") == ["buoi.finish"]


def test_lines_are_found_by_what_they_are_about(client_of, bi_thu_phuong, log):
    assert lines(client_of(bi_thu_phuong), viec="buoi") == ["buoi.finish"]


def test_lines_are_found_by_day_in_local_time(client_of, bi_thu_phuong, chi_doan, log):
    evening = timezone.make_aware(datetime(2026, 9, 15, 23, 30))  # noqa: DTZ001 -- made local
    NhatKy.objects.filter(hanh_dong="buoi.finish").update(luc=evening)
    client = client_of(bi_thu_phuong)

    assert lines(client, tu="15/09/2026", den="15/09/2026") == ["buoi.finish"]
    assert lines(client, tu="14/09/2026", den="14/09/2026") == []


def test_lines_of_one_object(client_of, bi_thu_phuong, bi_thu, chi_doan):
    doan_vien = make_doan_vien(chi_doan=chi_doan)
    record(by=bi_thu, hanh_dong="doan_vien.update", target=doan_vien)
    record(by=bi_thu, hanh_dong="doan_vien.update", target=make_doan_vien(chi_doan=chi_doan))

    page = client_of(bi_thu_phuong).get(
        URL, {"doi_tuong_loai": "doanvien.doanvien", "doi_tuong_id": doan_vien.pk}
    )

    assert page.context["page"].paginator.count == 1
    assert f'href="/doan-vien/{doan_vien.pk}/"' in page.content.decode()


@pytest.mark.parametrize(("person", "opens"), [("kiem_tra", False), ("bi_thu_phuong", True)])
def test_an_account_is_linked_for_who_keeps_accounts(request, client_of, log, person, opens):
    url = f"/tai-khoan/{request.getfixturevalue('bi_thu_phuong').pk}/"
    client = client_of(request.getfixturevalue(person))

    page = client.get(URL, {"viec": "tai_khoan"}).content.decode()

    assert "Tài khoản" in page
    assert (f'href="{url}"' in page) is opens
    assert client.get(url).status_code == (200 if opens else 403)


def test_what_is_gone_or_went_to_another_ward_is_named_without_a_link(
    client_of, kiem_tra, bi_thu, chi_doan
):
    kept, gone, left = (make_doan_vien(chi_doan=chi_doan) for _ in range(3))
    for doan_vien in (kept, gone, left):
        record(by=bi_thu, hanh_dong="doan_vien.update", target=doan_vien, don_vi=chi_doan)
    DoanVien.objects.filter(pk=left.pk).update(chi_doan=make_chi_doan(phuong=make_phuong()))
    gone.qua_trinh.all().delete()
    gone.delete()

    page = client_of(kiem_tra).get(URL, {"viec": "doan_vien"})

    assert [line.url for line in page.context["page"]] == ["", "", kept.get_absolute_url()]


def test_actions_and_particulars_are_in_words():
    assert hanh_dong_bang_chu("doan_vien.update") == "Sửa đoàn viên"
    assert hanh_dong_bang_chu("tai_khoan.login") == "Đăng nhập"
    assert (
        noi_dung_bang_chu({"vai_tro": "cap_uy", "tu_ngay": "2026-01-02", "den_ngay": None})
        == "vai trò: Cấp ủy; từ ngày: 02/01/2026"
    )


def test_a_download_has_the_rows_of_the_page_and_leaves_a_line(client_of, bi_thu_phuong, log):
    response = client_of(bi_thu_phuong).get(URL, {"viec": "buoi", "export": "xlsx"})

    rows = list(load_workbook(BytesIO(response.content)).active.values)
    assert [row[2] for row in rows] == ["Việc", "Hoàn thành buổi sinh hoạt"]
    line = NhatKy.objects.first()
    assert (line.hanh_dong, line.noi_dung, line.nguoi) == (
        "nhat_ky.export",
        {"so_dong": 1},
        bi_thu_phuong,
    )


@pytest.mark.parametrize("item_count", [1, 20])
def test_the_page_takes_the_same_queries_for_any_number_of_lines(
    client_of, bi_thu_phuong, chi_doan, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        doan_vien = make_doan_vien(chi_doan=chi_doan)
        for target in (doan_vien, make_buoi(chi_doan=chi_doan), chi_doan):
            record(by=bi_thu_phuong, hanh_dong="doan_vien.update", target=target)
    client = client_of(bi_thu_phuong)

    # session, user, roles, count, page, what opens
    with django_assert_num_queries(6):
        client.get(URL)


def test_who_may_not_audit_is_refused(client_of, can_bo_phuong):
    assert client_of(can_bo_phuong).get(URL).status_code == 403


def written_actions():
    """Every action code that the source writes, with the file it stands in."""
    for app in ["tochuc", "doanvien", "chidoan", "tudưong", "baocao"]:
        for path in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.keyword) and node.arg == "hanh_dong":
                    for part in ast.walk(node.value):
                        text = getattr(part, "value", None)
                        if isinstance(text, str) and re.fullmatch(r"[a-z_]+\.[a-z_]+", text):
                            yield text


def test_every_action_has_vietnamese_words():
    actions = {*written_actions(), *(f"ho_so.{loai}" for loai in BuocHoSo.Loai)}

    for code in actions:
        noun, _, verb = code.partition(".")
        assert noun in VIEC_VE, code
        assert code in CAU_RIENG or verb in DONG_TU, code
    assert len(actions) > 300


def test_codes_are_read_as_fields_and_choices_of_the_object():
    assert (
        noi_dung_bang_chu({"truong": ["ho_ten", "ton_giao"]}, "doanvien.doanvien")
        == "mục: họ và tên, tôn giáo"
    )
    assert (
        noi_dung_bang_chu({"truoc": "cho_tham_tra", "nhap_thay": True}, "tuduong.hoso")
        == "trước đó: Chờ phường thẩm tra; nhập thay: có"
    )
    assert (
        noi_dung_bang_chu({"ky": "2026Q3", "nhap_thay": False}) == "kỳ: quý\u00a0III năm\u00a02026"
    )


@pytest.mark.parametrize("params", [{"tu": "01/01/0001"}, {"den": "31/12/9999"}])
def test_a_day_that_is_nobodys_is_said_to_be_none(client_of, bi_thu_phuong, log, params):
    page = client_of(bi_thu_phuong).get(URL, params)

    assert page.status_code == 200
    assert "Chưa lọc theo" in page.content.decode()


def written_particulars():
    """The name of every particular that the source writes into a line."""
    own = {"by", "hanh_dong", "target", "don_vi", None}
    for app in ["tochuc", "doanvien", "chidoan", "tudưong", "baocao"]:
        for path in sorted((ROOT / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                    yield from (word.arg for word in node.keywords if word.arg not in own)


def test_every_particular_has_a_vietnamese_name():
    assert set(written_particulars()) - set(CHI_TIET) == set()
