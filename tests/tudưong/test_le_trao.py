"""A ceremony: picked from cases with a resolution, one list, recorded as sent in one press."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from core.errors import RuleError, StaleError
from tests.core.pdf_reading import page_texts, words
from tests.factories import make_doan_vien, make_ho_so, make_phuong
from tochuc.models import NhatKy, VanBan
from tochuc.van_ban import void
from tudưong.giay_to.le_trao import cac_ho_so, danh_sach_trao, issue_danh_sach
from tudưong.models import DongLeTrao, HoSo, LeTrao
from tudưong.services import close_ho_so
from tudưong.services.le_trao import create_le_trao, pick_ho_so, send_all, update_le_trao

NGAY = date(2026, 11, 20)


@pytest.fixture
def ba_ho_so(chi_doan):
    """Three cases that wait to be sent, in another order than that of their names."""
    names = ("Trần Văn Xuân", "Lê Thị Ánh", "Nguyễn Bình")
    return [
        make_ho_so(
            doan_vien=make_doan_vien(chi_doan=chi_doan, ho_ten=name, dan_toc="Khơ-me"),
            trang_thai="cho_gui",
        )
        for name in names
    ]


@pytest.fixture
def le_trao(phuong, can_bo_phuong):
    return create_le_trao(don_vi=phuong, ten="Lễ trao 20/11", ngay=NGAY, by=can_bo_phuong)


@pytest.fixture
def co_danh_sach(le_trao, ba_ho_so, can_bo_phuong):
    return pick_ho_so(le_trao=le_trao, ho_so=ba_ho_so, by=can_bo_phuong)


def url(le_trao, name):
    return reverse(f"tuduong:le_trao_{name}", args=[le_trao.pk])


def test_list_is_sorted_by_name_and_counted(co_danh_sach):
    paper = danh_sach_trao(co_danh_sach, cac_ho_so(co_danh_sach), nhay_cam=True)

    table = paper.body[0]
    assert [row[1] for row in table.rows] == ["Lê Thị Ánh", "Nguyễn Bình", "Trần Văn Xuân"]
    assert [row[0] for row in table.rows] == ["1", "2", "3"]
    assert "Tổng số: 03 đồng chí" in table.note
    assert "dân tộc thiểu số 03" in table.note
    assert paper.page == "A4-landscape"


def test_long_list_brings_its_header_back_and_keeps_three_rows(le_trao, chi_doan, can_bo_phuong):
    cases = [
        make_ho_so(doan_vien=make_doan_vien(chi_doan=chi_doan), trang_thai="cho_gui")
        for _ in range(30)
    ]
    pick_ho_so(le_trao=le_trao, ho_so=cases, by=can_bo_phuong)

    van_ban = issue_danh_sach(le_trao=le_trao, by=can_bo_phuong)

    pages = [words(text) for text in page_texts(bytes(van_ban.tep))]

    assert len(pages) > 1
    assert all("Họ và tên" in page for page in pages)
    last = [str(number) for number in range(28, 31)]
    assert all(f" {number} " in pages[-1] for number in last)
    assert "TM. BAN CHẤP HÀNH" in pages[-1]


def test_a_case_stands_on_one_open_list(co_danh_sach, phuong, ba_ho_so, can_bo_phuong):
    other = create_le_trao(don_vi=phuong, ten="Lễ khác", ngay=NGAY, by=can_bo_phuong)

    with pytest.raises(RuleError, match="Lễ trao 20/11"):
        pick_ho_so(le_trao=other, ho_so=ba_ho_so[:1], by=can_bo_phuong)

    assert DongLeTrao.objects.count() == 3


def test_who_is_left_out_of_a_new_choice_leaves_the_list(co_danh_sach, ba_ho_so, can_bo_phuong):
    pick_ho_so(le_trao=co_danh_sach, ho_so=ba_ho_so[1:], by=can_bo_phuong)

    assert {row.ho_so_id for row in co_danh_sach.dong.all()} == {row.pk for row in ba_ho_so[1:]}


def test_case_without_a_resolution_is_refused(le_trao, ho_so, can_bo_phuong):
    with pytest.raises(RuleError, match="chờ gửi"):
        pick_ho_so(le_trao=le_trao, ho_so=[ho_so], by=can_bo_phuong)


def test_one_press_sends_all_and_closes_the_list(co_danh_sach, can_bo_phuong):
    ket_qua = send_all(le_trao=co_danh_sach, by=can_bo_phuong)

    assert (ket_qua.da_gui, ket_qua.loi) == (3, [])
    assert set(HoSo.objects.values_list("trang_thai", "ngay_gui")) == {("da_gui", NGAY)}
    assert LeTrao.objects.get().is_da_gui
    with pytest.raises(RuleError, match="đã trao"):
        send_all(le_trao=co_danh_sach, by=can_bo_phuong)


def test_who_cannot_be_sent_is_named_and_the_others_are_sent(
    client_of, co_danh_sach, ba_ho_so, can_bo_phuong
):
    HoSo.objects.filter(pk=ba_ho_so[0].pk).update(chi_bo="")

    page = client_of(can_bo_phuong).post(url(co_danh_sach, "send"), follow=True).content.decode()

    assert "Chưa ghi được Trần Văn Xuân: Ghi chi bộ nhận hồ sơ." in page
    assert "Đã ghi gửi cấp ủy 2 hồ sơ." in page
    assert HoSo.objects.filter(trang_thai="da_gui").count() == 2
    assert not LeTrao.objects.get().is_da_gui


def test_nothing_is_sent_by_looking(client_of, co_danh_sach, can_bo_phuong):
    page = client_of(can_bo_phuong).get(url(co_danh_sach, "send"))

    assert "không rút lại được" in page.content.decode()
    assert not HoSo.objects.filter(trang_thai="da_gui").exists()


def test_the_later_of_two_who_correct_it_sees_both(le_trao, can_bo_phuong, bi_thu_phuong):
    update_le_trao(le_trao=le_trao, version=1, ten="Lễ 3/2", by=can_bo_phuong)

    with pytest.raises(StaleError):
        update_le_trao(le_trao=le_trao, version=1, ten="Lễ 26/3", by=bi_thu_phuong)


def test_list_comes_as_paper_word_and_workbook_with_the_sensitive_column_by_right(
    client_of, co_danh_sach, can_bo_phuong, bi_thu_phuong
):
    found = {}
    for user in (can_bo_phuong, bi_thu_phuong):
        client = client_of(user)
        pdf = words(" ".join(page_texts(client.get(url(co_danh_sach, "pdf")).content)))
        word = Document(BytesIO(client.get(url(co_danh_sach, "word")).content))
        book = load_workbook(BytesIO(client.get(url(co_danh_sach, "xlsx")).content)).active
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        rows = [[str(cell.value) for cell in row] for row in book.iter_rows()]
        assert "Lê Thị Ánh" in pdf
        assert "Lê Thị Ánh" in cells
        assert rows[1][1] == "Lê Thị Ánh"
        assert word.sections[0].page_width > word.sections[0].page_height
        found[user] = ["Khơ-me" in part for part in (pdf, " ".join(cells), str(rows))]

    assert found[bi_thu_phuong] == [True] * 3
    assert len(set(found[can_bo_phuong])) == 1
    assert NhatKy.objects.filter(hanh_dong="le_trao.print").count() == 6


def test_list_is_issued_by_who_signs(client_of, co_danh_sach, can_bo_phuong, bi_thu_phuong):
    refused = client_of(can_bo_phuong).post(url(co_danh_sach, "issue")).status_code
    client_of(bi_thu_phuong).post(url(co_danh_sach, "issue"))

    assert refused == 403
    assert VanBan.objects.get().so_ky_hieu == "01-DS/ĐTN"
    assert LeTrao.objects.get().van_ban == VanBan.objects.get()


def test_pages_of_a_ceremony(client_of, co_danh_sach, can_bo_phuong, ba_ho_so):
    client = client_of(can_bo_phuong)

    created = client.post(
        reverse("tuduong:le_trao_create"), {"ten": "Lễ 3/2", "ngay": "03/02/2027", "dia_diem": ""}
    )
    chosen = client.post(url(co_danh_sach, "pick"), {"ho_so": [ba_ho_so[0].pk]})
    page = client.get(co_danh_sach.get_absolute_url()).content.decode()
    listed = client.get(reverse("tuduong:le_trao_list")).content.decode()

    assert created.url == LeTrao.objects.get(ten="Lễ 3/2").get_absolute_url()
    assert chosen.url == co_danh_sach.get_absolute_url()
    assert "Trần Văn Xuân" in page
    assert "Còn trống trên danh sách" in page
    assert "Lễ 3/2" in listed


def test_issued_list_stands_until_it_is_void(
    co_danh_sach, ba_ho_so, can_bo_phuong, bi_thu_phuong, client_of
):
    van_ban = issue_danh_sach(le_trao=co_danh_sach, by=bi_thu_phuong)
    shown = client_of(can_bo_phuong).get(co_danh_sach.get_absolute_url()).content.decode()
    assert url(co_danh_sach, "pick") not in shown
    change = {"le_trao": co_danh_sach, "version": None, "ngay": date(2026, 11, 19)}

    for action in (
        lambda: pick_ho_so(le_trao=co_danh_sach, ho_so=ba_ho_so[:1], by=can_bo_phuong),
        lambda: update_le_trao(**change, by=can_bo_phuong),
    ):
        with pytest.raises(RuleError, match="đã ban hành"):
            action()
    void(van_ban=van_ban, ly_do="Bớt một đồng chí.", by=bi_thu_phuong)
    pick_ho_so(le_trao=co_danh_sach, ho_so=ba_ho_so[:1], by=can_bo_phuong)
    page = client_of(bi_thu_phuong).get(co_danh_sach.get_absolute_url()).content.decode()

    assert url(co_danh_sach, "issue") in page
    assert issue_danh_sach(le_trao=co_danh_sach, by=bi_thu_phuong).so_ky_hieu == "02-DS/ĐTN"


def test_who_stopped_before_the_day_leaves_the_list(
    co_danh_sach, ba_ho_so, can_bo_phuong, bi_thu_phuong
):
    close_ho_so(ho_so=ba_ho_so[0], ngay=NGAY, ly_do="Đi xa", by=bi_thu_phuong)

    with pytest.raises(RuleError, match="Trần Văn Xuân"):
        issue_danh_sach(le_trao=co_danh_sach, by=bi_thu_phuong)
    pick_ho_so(le_trao=co_danh_sach, ho_so=ba_ho_so[1:], by=can_bo_phuong)

    assert {row.pk for row in cac_ho_so(co_danh_sach)} == {row.pk for row in ba_ho_so[1:]}


def test_list_of_a_ward_that_ended_holds_nobody_back(co_danh_sach, ba_ho_so, can_bo_phuong, phuong):
    other = create_le_trao(don_vi=phuong, ten="Lễ mới", ngay=NGAY, by=can_bo_phuong)
    LeTrao.objects.filter(pk=co_danh_sach.pk).update(don_vi=make_phuong())

    pick_ho_so(le_trao=other, ho_so=ba_ho_so, by=can_bo_phuong)

    assert other.dong.count() == 3
