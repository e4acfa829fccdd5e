"""Pages of admissions: who sees what, and the way from the application to the ceremony."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from doanvien.ket_nap.giay_to import issue_nghi_quyet
from doanvien.models import KetNap
from tests.browser.journey import pdf_text
from tests.factories import make_doan_vien, make_ket_nap, make_nguoi_dung
from tochuc.models import DonVi, NhatKy
from tochuc.permissions import VaiTro

pytestmark = pytest.mark.django_db
T = KetNap.TrangThai
LIST, CHUAN_Y = "/doan-vien/ket-nap/", "/doan-vien/ket-nap/chuan-y/"


@pytest.fixture
def members(chi_doan):
    return [make_doan_vien(chi_doan=chi_doan) for _ in range(4)]


@pytest.fixture
def cho(chi_doan, members):
    return make_ket_nap(
        chi_doan=chi_doan,
        ho_ten="Lý Gia Hân",
        trang_thai="cho_chuan_y",
        nguoi_gioi_thieu=members[0],
        dien_thoai="0912345218",
        nghe_nghiep="Khác",
    )


def html(response) -> str:
    return response.content.decode()


def test_branch_secretary_takes_an_application_in(client_of, bi_thu, chi_doan, members):
    client = client_of(bi_thu)
    page = html(client.get(f"{LIST}them/"))
    assert "Chi đoàn Khu vực 1" in page

    answer = client.post(
        f"{LIST}them/",
        {
            "ho_ten": "Lý  Gia Hân",
            "gioi_tinh": "nu",
            "ngay_sinh": "19/05/2008",
            "ngay_don": "01/02/2026",
            "nguoi_gioi_thieu": members[0].pk,
            "dan_toc": "Kinh",
            "ton_giao": "Không",
        },
    )

    don = KetNap.objects.get()
    assert answer.url == don.get_absolute_url()
    assert (don.ho_ten, don.chi_doan, don.tao_boi) == ("Lý Gia Hân", chi_doan, bi_thu)


def test_ward_chooses_the_branch_first(client_of, bi_thu_phuong, chi_doan, chi_doan_khac):
    client = client_of(bi_thu_phuong)

    assert "Chọn chi đoàn" in html(client.get(f"{LIST}them/"))
    chosen = html(client.get(f"{LIST}them/?chi_doan={chi_doan.pk}"))
    assert 'name="ho_ten"' in chosen


def test_vote_page_refuses_beside_its_field(client_of, bi_thu, chi_doan, members):
    don = make_ket_nap(chi_doan=chi_doan, nguoi_gioi_thieu=members[0])
    url = reverse("doanvien:ket_nap_bieu_quyet", args=[don.pk])
    tally = {"version": 1, "ngay": "10/03/2026", "khong_tan_thanh": 0, "khong_hop_le": 0}

    page = html(client_of(bi_thu).post(url, {**tally, "co_mat": 4, "tan_thanh": 3}))
    assert "Tổng số phiếu 3 khác số có mặt 4" in page

    client_of(bi_thu).post(url, {**tally, "co_mat": 4, "tan_thanh": 4})
    don.refresh_from_db()
    assert don.trang_thai == T.CHO_CHUAN_Y


def test_what_an_application_lacks_is_said_before_the_vote_and_after_a_refusal(
    client_of, bi_thu, chi_doan, members
):
    fields = {"chi_doan": chi_doan, "nguoi_gioi_thieu": members[0]}
    don = make_ket_nap(**fields, ngay_hoc_dieu_le=None)
    back = make_ket_nap(**fields, ngay_hoc_dieu_le=None, trang_thai="tra_lai")
    whole = make_ket_nap(**fields, trang_thai="tra_lai")
    client = client_of(bi_thu)

    vote = html(client.get(reverse("doanvien:ket_nap_bieu_quyet", args=[don.pk])))
    assert "Đơn còn thiếu" in vote
    next_steps = [
        client.get(row.get_absolute_url()).context["can_lam"].nut for row in (back, whole)
    ]
    assert next_steps == ["Sửa đơn", "Gửi lại phường"]


def test_ward_looks_at_a_day_asks_and_decides(client_of, bi_thu_phuong, cho, chi_doan, members):
    young = make_ket_nap(
        chi_doan=chi_doan,
        ho_ten="Trần Non Trẻ",
        trang_thai="cho_chuan_y",
        ngay_sinh=date(2012, 1, 1),
        nguoi_gioi_thieu=members[0],
    )
    client = client_of(bi_thu_phuong)
    page = html(client.get(f"{CHUAN_Y}?ngay=20/03/2026"))
    assert "1/2 đủ điều kiện ngày 20/03/2026" in page
    assert "Mới 14 tuổi" in page

    chosen = {"ngay": "20/03/2026", "chon": [cho.pk, young.pk]}
    question = html(client.get(f"{CHUAN_Y}xac-nhan/", chosen))
    assert "Chuẩn y kết nạp 1 đồng chí?" in question
    assert KetNap.objects.da_chuan_y().count() == 0

    answer = client.post(f"{CHUAN_Y}xac-nhan/", chosen, follow=True)
    assert "Lý Gia Hân (01-NQ/ĐTN)" in html(answer)
    assert "Trần Non Trẻ chưa chuẩn y: Mới 14 tuổi" in html(answer)
    assert [row.ho_ten for row in KetNap.objects.da_chuan_y()] == ["Lý Gia Hân"]


@pytest.mark.parametrize(
    ("ngay", "words"), [("31/02/2026", "không có trong lịch"), ("01/01/2090", "chưa đến")]
)
def test_a_day_that_cannot_be_is_said_and_decides_nothing(
    client_of, bi_thu_phuong, cho, ngay, words
):
    client = client_of(bi_thu_phuong)

    for url in (CHUAN_Y, f"{CHUAN_Y}xac-nhan/"):
        page = client.get(url, {"ngay": ngay, "chon": [cho.pk]}, follow=True)
        assert words in html(page)
    client.post(f"{CHUAN_Y}xac-nhan/", {"ngay": ngay, "chon": [cho.pk]})
    assert not KetNap.objects.da_chuan_y().exists()


def test_draft_has_dots_and_looking_takes_no_number(client_of, bi_thu_phuong, cho):
    url = reverse("doanvien:ket_nap_nghi_quyet_pdf", args=[cho.pk])
    client = client_of(bi_thu_phuong)

    draft = pdf_text(client.get(url).content)[0]
    assert "-NQ/ĐTN" in draft
    assert "01-NQ/ĐTN" not in draft
    assert "chị Lý Gia Hân, sinh ngày 19/5/2008" in draft
    assert "11/12 đoàn viên có mặt tán thành (91,7%)" in draft
    assert "CỘNG HÒA" not in draft
    assert "nghề nghiệp" not in draft

    client.post(f"{CHUAN_Y}xac-nhan/", {"ngay": "20/03/2026", "chon": [cho.pk]})
    first, second = client.get(url).content, client.get(url).content
    assert first == second
    assert "Số: 01-NQ/ĐTN" in pdf_text(first)[0]


def test_lists_are_printed_with_who_introduced(client_of, bi_thu_phuong, cho, chi_doan):
    make_ket_nap(chi_doan=chi_doan, ho_ten="Y Sang", gioi_tinh="chua_ro", trang_thai="cho_chuan_y")
    client = client_of(bi_thu_phuong)
    proposed = pdf_text(client.get(f"{LIST}danh-sach/de-nghi.pdf").content)[0]
    assert "Lý Gia Hân" in proposed
    assert "Tổng số: 02 người; nữ: 01. Chưa ghi giới tính: Y Sang sinh 19/5/2008." in proposed

    empty = client.get(f"{LIST}danh-sach/chuan-y.pdf?tu=01/01/2026&den=31/12/2026", follow=True)
    assert "Chưa có ai trong danh sách này để in" in html(empty)
    assert NhatKy.objects.filter(hanh_dong="ket_nap.print").count() == 1


def test_ceremony_of_several_is_written_once(client_of, bi_thu_phuong, chi_doan):
    rows = [make_ket_nap(chi_doan=chi_doan, trang_thai="chuan_y") for _ in range(2)]
    form = {"ngay": "26/03/2026", "noi": "Nhà văn hóa", "chon": [row.pk for row in rows]}
    client = client_of(bi_thu_phuong)
    resolutions = pdf_text(client.get(f"{LIST}nghi-quyet.pdf").content)

    page = html(client.post(f"{LIST}le/", form, follow=True))
    after = pdf_text(client.get(f"{LIST}danh-sach/le.pdf?ngay=26/03/2026").content)[0]

    assert "Lễ kết nạp ngày 26/03/2026" in page
    assert [row.ho_ten in paper for row, paper in zip(rows, resolutions, strict=True)] == [True] * 2
    assert all(row.ho_ten in after for row in rows)
    assert "Đoàn viên mới dự lễ kết nạp ngày 26 tháng 3 năm 2026, tại Nhà văn hóa" in after
    assert {row.noi_le for row in KetNap.objects.trang_thai_la(T.DA_KET_NAP)} == {"Nhà văn hóa"}


def test_resolutions_of_one_day_ask_for_their_units_once(
    client_of, bi_thu_phuong, chi_doan, django_assert_num_queries
):
    """However many there are: what is asked for grows with the branches, not with the people."""
    client = client_of(bi_thu_phuong)
    make_ket_nap(chi_doan=chi_doan, trang_thai="chuan_y")
    with CaptureQueriesContext(connection) as for_one:
        client.get(f"{LIST}nghi-quyet.pdf")

    for _ in range(4):
        make_ket_nap(chi_doan=chi_doan, trang_thai="chuan_y")
    with django_assert_num_queries(len(for_one)):
        papers = pdf_text(client.get(f"{LIST}nghi-quyet.pdf").content)

    assert len(papers) == 5


def test_a_resolution_printed_again_is_that_of_the_ward_that_issued_it(
    client_of, bi_thu_phuong, chi_doan, phuong_khac
):
    """Also after the branch has gone to another ward."""
    paper = issue_nghi_quyet(
        ket_nap=make_ket_nap(chi_doan=chi_doan, trang_thai="chuan_y"), by=bi_thu_phuong
    )
    DonVi.objects.move(DonVi.objects.get(pk=chi_doan.pk), phuong_khac, pos="last-child")
    there = make_nguoi_dung(VaiTro.BI_THU_PHUONG, DonVi.objects.get(pk=phuong_khac.pk))

    again = client_of(there).get(f"{LIST}nghi-quyet.pdf").content

    assert pdf_text(again) == pdf_text(bytes(paper.tep))


def test_phone_and_question_to_the_committee_are_for_who_works_with_it(
    client_of, bi_thu, uy_vien, cho
):
    KetNap.objects.filter(pk=cho.pk).update(can_y_kien_cap_uy=True, noi_o="12 đường Trần Phú")
    seen = html(client_of(bi_thu).get(cho.get_absolute_url()))
    assert "0912345218" in seen
    assert "Xin ý kiến cấp ủy" in seen

    other = html(client_of(uy_vien).get(cho.get_absolute_url()))
    assert "09•• ••• 218" in other
    assert "Trần Phú" in seen
    assert "Trần Phú" not in other
    assert "cấp ủy" not in other.lower()


def test_application_is_corrected_without_showing_what_is_sensitive(client_of, can_bo_phuong, cho):
    url = reverse("doanvien:ket_nap_edit", args=[cho.pk])
    client = client_of(can_bo_phuong)
    page = html(client.get(url))
    assert 'name="ton_giao"' not in page

    form = {
        "version": 1,
        "ho_ten": cho.ho_ten,
        "gioi_tinh": "nu",
        "ngay_sinh": "19/05/2008",
        "ngay_don": "01/02/2026",
        "nguoi_gioi_thieu": cho.nguoi_gioi_thieu_id,
        "que_quan": "Hậu Giang",
    }
    assert client.post(url, form).status_code == 302
    assert client.post(url, form | {"que_quan": "Huế"}).status_code == 409
    cho.refresh_from_db()
    assert (cho.que_quan, cho.dan_toc, cho.version) == ("Hậu Giang", "Kinh", 2)


def test_list_filters_and_workbook(client_of, bi_thu_phuong, cho, chi_doan):
    make_ket_nap(chi_doan=chi_doan, ho_ten="Phạm Cũ", ngay_don=date(2024, 2, 1))
    client = client_of(bi_thu_phuong)

    assert "Phạm Cũ" not in html(client.get(f"{LIST}?nam=2026"))
    assert "Lý Gia Hân" not in html(client.get(f"{LIST}?trang_thai=don"))
    book = load_workbook(BytesIO(client.get(f"{LIST}?q=ly+gia&export=xlsx").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["Lý Gia Hân"]
    assert NhatKy.objects.latest("so").hanh_dong == "ket_nap.export"


def test_list_takes_as_many_statements_for_many_rows(
    client_of, bi_thu_phuong, cho, chi_doan, members, django_assert_max_num_queries
):
    for _ in range(4):
        make_ket_nap(chi_doan=chi_doan, trang_thai="cho_chuan_y", nguoi_gioi_thieu=members[1])
    client = client_of(bi_thu_phuong)
    for url in (LIST, CHUAN_Y, f"{LIST}mot-cong-mot/", cho.get_absolute_url()):
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200


def test_one_plus_one_opens_to_people_and_downloads(client_of, bi_thu_phuong, chi_doan, members):
    make_doan_vien(
        chi_doan=chi_doan,
        ho_ten="Lý Gia Hân",
        ngay_vao_doan=date(2026, 3, 26),
        nguoi_gioi_thieu=members[0],
    )
    client = client_of(bi_thu_phuong)

    page = html(client.get(f"{LIST}mot-cong-mot/?nam=2026"))
    assert "1/5 (20%)" in page.replace("\u00a0", " ")
    assert "Lý Gia Hân" in page
    book = load_workbook(BytesIO(client.get(f"{LIST}mot-cong-mot/?nam=2026&export=xlsx").content))
    assert [row[1:3] for row in book.active.iter_rows(min_row=2, values_only=True)] == [
        (members[0].ho_ten, "Lý Gia Hân")
    ]
