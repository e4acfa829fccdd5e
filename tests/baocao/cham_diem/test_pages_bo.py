"""The editor as its readers meet it."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from baocao.cham_diem import luat_cua, services
from baocao.models import BoTieuChi
from tests.baocao.ranking import excellent
from tests.factories import make_chi_doan
from tochuc.models import CongViec


def co_san(ma: str) -> BoTieuChi:
    return BoTieuChi.objects.get(ma=ma, don_vi=None)


def url(name: str, pk: int, *more) -> str:
    return reverse(f"baocao:{name}", args=[pk, *more])


def read_xlsx(answer) -> list[tuple]:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))


@pytest.fixture
def nhap(phuong, bi_thu_phuong):
    return services.copy_bo(nguon=co_san("bang-100-diem"), don_vi=phuong, by=bi_thu_phuong)


def test_a_shipped_set_is_copied_changed_and_issued(client_of, bi_thu_phuong, phuong):
    client = client_of(bi_thu_phuong)

    page = client.post(url("bo_tieu_chi_copy", co_san("bang-100-diem").pk), follow=True)
    bo = BoTieuChi.objects.get(don_vi=phuong)
    assert "Bản nháp" in page.content.decode()

    row = bo.tieu_chi.get(ma="3-2")
    shown = client.get(url("tieu_chi_edit", row.pk)).context["form"]
    data = {name: shown[name].value() for name in shown.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    data |= {"cong_thuc": "bac", "bac_0_moc": "100%", "bac_0_dat": "10", "bac_1_dat": "2,5"}
    sent = client.post(url("tieu_chi_edit", row.pk), data)
    assert sent.status_code == 302, sent.context["form"].errors
    best, rest = luat_cua(bo).lay("3-2").bac
    assert (best.gioi_han, best.diem, rest.gioi_han) == (1, 10, None)
    assert str(rest.diem) == "2.50"

    bo.refresh_from_db()
    client.post(url("bo_tieu_chi_issue", bo.pk), {"version": bo.version, "tu_ngay": "01/01/2026"})
    bo.refresh_from_db()
    assert (bo.trang_thai, bo.tu_ngay) == ("ban_hanh", date(2026, 1, 1))


def test_what_is_wrong_stands_above_the_draft_and_keeps_it_from_being_issued(
    client_of, bi_thu_phuong, nhap
):
    nhap.tieu_chi.filter(ma="1-1").update(diem_toi_da=12)

    page = client_of(bi_thu_phuong).get(nhap.get_absolute_url()).content.decode()

    assert "cộng lại 27 điểm" in page
    assert url("bo_tieu_chi_issue", nhap.pk) not in page


@pytest.mark.parametrize("typed", ["tám mươi", "1/0", "4/x"])
def test_a_limit_that_is_no_fraction_is_said_at_its_box(client_of, bi_thu_phuong, nhap, typed):
    row = nhap.tieu_chi.get(ma="2-2")

    page = client_of(bi_thu_phuong).post(url("tieu_chi_edit", row.pk), {"bac_0_moc": typed})

    assert "Ghi 80%, 4/5, 12 hoặc 0,5." in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"cach_cham": "tu_dong", "cong_thuc": "bac", "bac_0_moc": "80%"}, "bac_0_dat"),
        ({"cach_cham": "tu_cham"}, "nguon"),
        ({"cach_cham": "cong_tru"}, "cong_thuc"),
    ],
)
def test_what_a_criterion_would_drop_is_said(client_of, bi_thu_phuong, nhap, typed, field):
    data = {"version": nhap.version, "ten": "Thử", "nguon": "nhip_hop", "cang_cao": "1", "moi": "1"}

    page = client_of(bi_thu_phuong).post(url("bo_tieu_chi_them", nhap.pk), data | typed)

    assert page.context["form"].errors.keys() == {field}


def test_a_branch_reads_the_sets_above_it_and_no_drafts(client_of, bi_thu, nhap):
    client = client_of(bi_thu)

    assert client.get(co_san("hd33-chi-doan").get_absolute_url()).status_code == 200
    assert client.get(nhap.get_absolute_url()).status_code == 404
    assert client.post(url("bo_tieu_chi_copy", co_san("hd33-chi-doan").pk)).status_code == 403


def test_an_office_above_reads_a_wards_draft_and_changes_nothing(client_of, van_phong, nhap):
    client = client_of(van_phong)

    assert client.get(nhap.get_absolute_url()).status_code == 200
    assert client.get(url("bo_tieu_chi_edit", nhap.pk)).status_code == 403
    assert client.get(url("tieu_chi_edit", nhap.tieu_chi.first().pk)).status_code == 403


def test_a_trial_says_what_each_branch_would_be_and_changes_nothing(
    client_of, bi_thu_phuong, phuong, chi_doan, can_bo_phuong
):
    excellent(chi_doan, can_bo_phuong)
    bo = services.copy_bo(nguon=co_san("hd33-chi-doan"), don_vi=phuong, by=bi_thu_phuong)
    steps = bo.tieu_chi.get(ma="sinh_hoat").bac
    steps.filter(muc="htxs").update(muc="htt")
    before = list(BoTieuChi.objects.values_list("pk", "version"))

    bang = client_of(bi_thu_phuong).get(url("bo_tieu_chi_xem_thu", bo.pk)).context["bang"]

    (row,) = bang.dong
    assert row.ten_thu == "Hoàn thành tốt nhiệm vụ"
    assert row.ten_hien_nay == "Hoàn thành xuất sắc nhiệm vụ"
    assert bang.so_khac == 1
    assert list(BoTieuChi.objects.values_list("pk", "version")) == before


def test_a_trial_of_many_units_is_a_workbook_from_the_background(
    client_of, bi_thu_phuong, nhap, chi_doan, can_bo_phuong, monkeypatch
):
    monkeypatch.setattr("baocao.cham_diem.viec_nen.LAM_NGAY", 0)
    excellent(chi_doan, can_bo_phuong)
    client, page = client_of(bi_thu_phuong), url("bo_tieu_chi_xem_thu", nhap.pk)

    assert "Tính thử ở nền" in client.get(page).content.decode()
    client.post(page)

    work = CongViec.objects.get()
    assert (work.trang_thai, work.tep) == ("xong", "xem-thu.xlsx")
    assert work.thong_bao == "0/1 đơn vị khác mức của bộ đang áp dụng."


def test_what_is_half_typed_is_mended_before_it_is_tried(client_of, bi_thu_phuong, nhap):
    row = nhap.tieu_chi.filter(cach_cham="tu_dong").first()
    row.bac.all().delete()
    nhap.tieu_chi.filter(pk=row.pk).update(cong_thuc="ty_le", moc_duoi_tu=None, moc_tren_tu=None)

    page = client_of(bi_thu_phuong).get(url("bo_tieu_chi_xem_thu", nhap.pk), follow=True)

    assert page.redirect_chain == [(nhap.get_absolute_url(), 302)]
    assert "Chưa xem thử được. «" in page.content.decode()


def test_a_trial_takes_the_same_statements_for_one_branch_and_many(
    client_of, bi_thu_phuong, phuong, chi_doan, can_bo_phuong, nhap
):
    client, counts = client_of(bi_thu_phuong), []
    excellent(chi_doan, can_bo_phuong)
    for more in (0, 3):
        for _ in range(more):
            excellent(make_chi_doan(phuong=phuong), can_bo_phuong)
        with CaptureQueriesContext(connection) as queries:
            client.get(url("bo_tieu_chi_xem_thu", nhap.pk), {"nam": "2025"})
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_table_and_the_trial_are_taken_home_as_workbooks(
    client_of, bi_thu_phuong, nhap, chi_doan, can_bo_phuong
):
    excellent(chi_doan, can_bo_phuong)
    client = client_of(bi_thu_phuong)

    table = read_xlsx(client.get(nhap.get_absolute_url(), {"export": "xlsx"}))
    trial = read_xlsx(
        client.get(url("bo_tieu_chi_xem_thu", nhap.pk), {"export": "xlsx", "nam": "2025"})
    )

    assert table[1][:3] == ("1", "Tuyên giáo, giáo dục truyền thống", 25)
    assert len(table) == 1 + nhap.tieu_chi.count()
    assert trial[1][1:] == (10, 100, 9, "Chưa đủ dữ liệu", "Hoàn thành xuất sắc nhiệm vụ")
