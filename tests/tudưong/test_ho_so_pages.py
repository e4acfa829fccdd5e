"""Pages of the referral case: done, refused by rule, 403, 404, the same queries for any rows."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from doanvien.models import DoanVien
from tests.factories import make_doan_vien, make_ho_so, make_ky, make_thanh_vien
from tests.tudưong.cases import case_in, state
from tochuc.bieu_quyet import Phieu
from tochuc.models import NhatKy
from tudưong.models import BuocHoSo, GiayTo, HoSo
from tudưong.services import propose

T = HoSo.TrangThai
LIST = reverse("tuduong:ho_so_list")
NGAY = {"ngay": "12/06/2026"}
PHIEU = {"co_mat": "13", "tan_thanh": "12", "khong_tan_thanh": "1", "khong_hop_le": "0"}


def url(name, ho_so, *args):
    return reverse(f"tuduong:{name}", args=[ho_so.pk, *args])


def refusals(response) -> str:
    form = response.context["form"]
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


# ---- the list ------------------------------------------------------------------------------


@pytest.mark.parametrize("item_count", [1, 3])
def test_list_takes_the_same_queries_for_any_number_of_rows(
    client_of, bi_thu_phuong, chi_doan, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        make_ho_so(chi_doan=chi_doan, trang_thai=T.DA_GUI)
    client = client_of(bi_thu_phuong)

    # session, user, roles, funnel, count, page, choices of the unit filter
    with django_assert_num_queries(7):
        response = client.get(LIST)

    assert response.context["page"].paginator.count == item_count


def test_list_shows_where_cases_lie_and_how_long(client_of, bi_thu_phuong, chi_doan):
    make_ho_so(chi_doan=chi_doan, trang_thai=T.DA_GUI, ngay_buoc=date(2026, 8, 16))
    make_ho_so(chi_doan=chi_doan, trang_thai=T.CHAT_VAN, ngay_buoc=date(2026, 11, 1))
    make_ho_so(chi_doan=chi_doan, trang_thai=T.KET_NAP)

    response = client_of(bi_thu_phuong).get(LIST)

    shown = {row.ten: (row.so, row.lau_nhat) for row in response.context["chang"]}
    assert shown["Ở cấp ủy"] == (2, 97)
    assert shown["Đã kết nạp"] == (1, None)
    opened = client_of(bi_thu_phuong).get(LIST, {"nhom": "cap_uy"})
    assert opened.context["page"].paginator.count == 2


def test_list_filters_by_the_period_of_a_report(client_of, bi_thu_phuong, chi_doan):
    inside = make_ho_so(chi_doan=chi_doan, trang_thai=T.DA_GUI)
    make_ho_so(
        chi_doan=chi_doan,
        trang_thai=T.DA_GUI,
        ngay_gioi_thieu=date(2026, 3, 31),
        ngay_gui=date(2026, 6, 1),
    )

    response = client_of(bi_thu_phuong).get(LIST, {"gioi_thieu": "2026Q2"})

    assert [row[0].row for row in response.context["rows"]] == [inside]


def test_silent_cases_are_those_past_the_term(client_of, bi_thu_phuong, chi_doan):
    silent = make_ho_so(chi_doan=chi_doan, trang_thai=T.DA_GUI, ngay_buoc=date(2026, 8, 23))
    make_ho_so(chi_doan=chi_doan, trang_thai=T.DA_GUI, ngay_buoc=date(2026, 8, 24))

    response = client_of(bi_thu_phuong).get(LIST, {"mo": "qua_han"})

    assert [row[0].row for row in response.context["rows"]] == [silent]


def test_download_has_the_rows_of_the_page_and_leaves_an_audit_line(
    client_of, bi_thu_phuong, chi_doan, phuong_khac
):
    ho_so = make_ho_so(doan_vien=make_doan_vien(chi_doan=chi_doan, ho_ten="Đặng Thị Hoà"))
    make_ho_so()

    response = client_of(bi_thu_phuong).get(LIST, {"export": "xlsx", "q": "dang thi hoa"})

    sheet = load_workbook(BytesIO(response.content)).active
    assert [cell.value for cell in sheet["A"]] == ["Đoàn viên", "Đặng Thị Hoà"]
    assert sheet["B2"].value == ho_so.ma
    assert NhatKy.objects.get(hanh_dong="ho_so.export").noi_dung == {"so_dong": 1}


# ---- one case ------------------------------------------------------------------------------


def test_a_look_leaves_one_line_and_is_counted(client_of, bi_thu, bi_thu_phuong, ho_so):
    client_of(bi_thu).get(url("ho_so_detail", ho_so))

    response = client_of(bi_thu_phuong).get(url("ho_so_detail", ho_so))

    assert NhatKy.objects.filter(hanh_dong="ho_so.view", doi_tuong_id=ho_so.pk).count() == 2
    assert response.context["ho_so"].so_luot_xem == 2
    looks = client_of(bi_thu_phuong).get(url("ho_so_looks", ho_so))
    assert [line.nguoi for line in looks.context["lines"]] == [bi_thu_phuong, bi_thu]


@pytest.mark.parametrize("trang_thai", list(T))
def test_page_of_every_state_keeps_within_twelve_queries(
    client_of, bi_thu, can_bo_phuong, bi_thu_phuong, bch, cap_uy, doan_vien, chi_doan_15,
    django_assert_max_num_queries, trang_thai,
):  # fmt: skip
    ho_so = case_in(trang_thai, doan_vien, bi_thu, can_bo_phuong, bi_thu_phuong, cap_uy)
    client = client_of(bi_thu_phuong)

    with django_assert_max_num_queries(12):
        response = client.get(url("ho_so_detail", ho_so))

    assert (response.status_code, state(ho_so)) == (200, trang_thai)
    assert response.context["can_lam"].tieu_de
    assert len(response.context["stages"]) == 5


def test_neighbours_case_is_404_and_a_stranger_goes_to_the_log_in(
    client, client_of, ho_so, nguoi_la
):
    pages = ["ho_so_detail", "ho_so_propose", "ho_so_review", "ho_so_resolve", "ho_so_send"]
    pages += ["ho_so_outcome", "chat_van_open", "bo_ho_so_pdf", "ho_so_nhan_xet", "ho_so_close"]
    for name in pages:
        assert client.get(url(name, ho_so)).url.startswith("/dang-nhap/")
    neighbour = client_of(nguoi_la)
    for name in pages:
        assert neighbour.get(url(name, ho_so)).status_code == 404, name


@pytest.mark.same_on_both
@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("ho_so_review", "bi_thu"),
        ("ho_so_send_back", "bi_thu"),
        ("ho_so_resolve", "can_bo_phuong"),
        ("ho_so_send", "bi_thu"),
        ("ho_so_outcome", "bi_thu"),
        ("chat_van_open", "can_bo_phuong"),
        ("ho_so_propose", "van_phong"),
        ("ho_so_nhan_xet", "kiem_tra"),
        ("ho_so_close", "van_phong"),
        ("ho_so_looks", "can_bo_phuong"),
        ("ho_so_detail", "cap_uy"),
        ("ho_so_detail", "uy_vien"),
        ("ho_so_detail", "quan_tri"),
    ],
)
def test_page_without_the_right_is_403(request, client_of, ho_so, name, person):
    user = request.getfixturevalue(person)

    response = client_of(user).get(url(name, ho_so))

    assert response.status_code == 403


def test_branch_opens_a_case_and_is_asked_for_the_remarks(client_of, bi_thu, doan_vien):
    response = client_of(bi_thu).post(
        reverse("tuduong:ho_so_open"), {"doan_vien": doan_vien.pk}, follow=True
    )

    assert "Ghi nhận xét" in [row.label for row in response.context["can_lam"].hanh_dong]
    assert HoSo.objects.get().doan_vien == doan_vien


def test_open_offers_only_own_members_without_a_case(
    client_of, bi_thu, doan_vien, ho_so, chi_doan_khac, chi_doan_15
):
    make_doan_vien(chi_doan=chi_doan_khac)

    response = client_of(bi_thu).get(reverse("tuduong:ho_so_open"))

    offered = set(response.context["form"].fields["doan_vien"].queryset)
    assert offered == set(chi_doan_15) - {doan_vien}


def test_a_foreign_member_posted_by_hand_is_refused(client_of, bi_thu, chi_doan_khac):
    foreign = make_doan_vien(chi_doan=chi_doan_khac)

    response = client_of(bi_thu).post(reverse("tuduong:ho_so_open"), {"doan_vien": foreign.pk})

    assert "doan_vien" in response.context["form"].errors
    assert not HoSo.objects.exists()


def test_steps_by_their_forms(client_of, bi_thu, can_bo_phuong, bi_thu_phuong, bch, ho_so):
    client_of(bi_thu).post(url("ho_so_propose", ho_so), {"version": 1, **NGAY, **PHIEU})
    assert state(ho_so) == T.CHO_THAM_TRA
    client_of(can_bo_phuong).post(url("ho_so_review", ho_so), {"version": 2, **NGAY})
    assert state(ho_so) == T.CHO_BCH
    resolution = {"version": 3, **NGAY, **PHIEU, "ly_do": "Cần thêm thời gian"}
    client_of(bi_thu_phuong).post(url("ho_so_resolve", ho_so), resolution)
    assert state(ho_so) == T.CHO_GUI
    sent = {"version": 4, **NGAY, "chi_bo": "Khu vực 1"}
    client_of(bi_thu_phuong).post(url("ho_so_send", ho_so), sent)

    assert state(ho_so) == T.DA_GUI
    assert [step.tan_thanh for step in ho_so.buoc.all()] == [12, None, 12, None]


def test_double_click_makes_one_step_and_ends_on_the_case(client_of, bi_thu, ho_so):
    client, data = client_of(bi_thu), {"version": 1, **NGAY, **PHIEU}

    answers = [client.post(url("ho_so_propose", ho_so), data) for _ in range(2)]

    assert [answer.url for answer in answers] == [ho_so.get_absolute_url()] * 2
    assert ho_so.buoc.count() == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"co_mat": "16", "tan_thanh": "15"}, "nhiều hơn tổng số 15 đoàn viên"),
        ({"tan_thanh": "14"}, "khác số có mặt 13"),
        ({"tan_thanh": "-1"}, ""),
        ({"ngay": "31/02/2026"}, ""),
        ({"ngay": "22/11/2026"}, "chưa đến"),
    ],
)
def test_bad_votes_are_refused_beside_their_field(client_of, bi_thu, ho_so, data, message):
    response = client_of(bi_thu).post(
        url("ho_so_propose", ho_so), {"version": 1, **NGAY, **PHIEU, **data}
    )

    assert response.status_code == 200
    assert next(iter(data)) in response.context["form"].errors
    assert message in refusals(response)
    assert not ho_so.buoc.exists()


def test_approver_who_saw_another_text_is_shown_the_new_one(
    client_of, bi_thu, can_bo_phuong, bi_thu_phuong, ho_so
):
    propose(ho_so=ho_so, ngay=date(2026, 6, 12), phieu=Phieu(13, 12, 1), by=bi_thu)
    edit = {"version": 2, "co_chi_uy": "on", "chi_bo": "Khu vực 9"}
    client_of(bi_thu_phuong).post(url("ho_so_nhan_xet", ho_so), edit)

    response = client_of(can_bo_phuong).post(url("ho_so_review", ho_so), {"version": 2, **NGAY})

    assert response.status_code == 409
    assert "Chi bộ Khu vực 9" in response.content.decode()
    assert state(ho_so) == T.CHO_THAM_TRA


def test_remarks_edited_by_two_show_both_versions(client_of, bi_thu, bi_thu_phuong, ho_so):
    form = {"version": 1, "chi_bo": "Khu vực 1", "nang_luc": "Bản một"}
    client_of(bi_thu).post(url("ho_so_nhan_xet", ho_so), form)

    second = {**form, "nang_luc": "Bản hai"}
    response = client_of(bi_thu_phuong).post(url("ho_so_nhan_xet", ho_so), second)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Bản một" in page
    assert "Bản hai" in page
    assert HoSo.objects.get().nang_luc == "Bản một"
    kept = {**second, "version": response.context["form"].data["version"]}
    client_of(bi_thu_phuong).post(url("ho_so_nhan_xet", ho_so), kept)
    assert HoSo.objects.get().nang_luc == "Bản hai"


def test_a_step_that_is_not_open_leads_back_to_the_case(client_of, bi_thu_phuong, ho_so):
    response = client_of(bi_thu_phuong).get(url("ho_so_send", ho_so), follow=True)

    assert response.redirect_chain[-1][0] == ho_so.get_absolute_url()
    assert "đang ở bước" in str(next(iter(response.context["messages"])))


def test_posted_state_and_decision_are_not_taken(client_of, bi_thu, ho_so):
    client_of(bi_thu).post(
        url("ho_so_nhan_xet", ho_so),
        {"version": 1, "chi_bo": "X", "trang_thai": "ket_nap", "ngay_gioi_thieu": "01/01/2026"},
    )

    ho_so.refresh_from_db()
    assert (ho_so.trang_thai, ho_so.ngay_gioi_thieu, ho_so.chi_bo) == (T.CHO_CHI_DOAN, None, "X")


def test_paper_state_and_its_validity(client_of, can_bo_phuong, ho_so):
    paper = ho_so.giay_to.get(loai=GiayTo.Loai.CHUNG_NHAN)
    address = reverse("tuduong:giay_to_update", args=[paper.pk])

    client_of(can_bo_phuong).post(
        address, {"tinh_trang": "ban_sao", "so": "214/GCN", "ngay": "30/08/2024"}
    )

    paper.refresh_from_db()
    assert (paper.tinh_trang, paper.hieu_luc_den) == ("ban_sao", date(2029, 8, 30))


def test_certificate_that_runs_out_before_the_decision_stands_first(
    client_of, bi_thu_phuong, ho_so
):
    HoSo.objects.update(du_kien=date(2027, 1, 15))
    GiayTo.objects.filter(loai=GiayTo.Loai.CHUNG_NHAN).update(
        tinh_trang="ban_sao", hieu_luc_den=date(2026, 12, 12)
    )

    response = client_of(bi_thu_phuong).get(url("ho_so_detail", ho_so))

    first = response.context["giay_to"][0]
    assert (first.giay_to.loai, first.chu) == ("chung_nhan", "Hết hạn trước ngày xét")
    assert response.context["giay_sap_het"] == 1


# ---- the checklist -------------------------------------------------------------------------


def line_of(response, loai):
    return next(row for row in response.context["giay_to"] if row.giay_to.loai == loai)


def test_paper_without_a_number_is_not_called_signed(
    client_of, bi_thu, can_bo_phuong, bi_thu_phuong, bch, cap_uy, doan_vien, chi_doan_15
):
    ho_so = case_in(T.CHO_GUI, doan_vien, bi_thu, can_bo_phuong, bi_thu_phuong, cap_uy)
    client = client_of(bi_thu_phuong)

    before = client.get(url("ho_so_detail", ho_so))
    client.post(reverse("tuduong:ho_so_issue", args=[ho_so.pk, "4-knd"]))
    after = client.get(url("ho_so_detail", ho_so))

    waiting = ("nq_chi_doan", "bb_chi_doan", "nq_bch", "bb_bch", "trich_ngang")
    assert [line_of(before, loai).chu for loai in waiting] == ["Chờ ban hành"] * 5
    assert line_of(after, "nq_bch").chu == "Đã ký 14/06/2026"
    assert after.context["giay_co"] == before.context["giay_co"] + 2


def test_papers_of_the_register_are_there_once_there_is_something_to_print(
    client_of, bi_thu_phuong, ho_so, to
):
    client = client_of(bi_thu_phuong)

    before = client.get(url("ho_so_detail", ho_so))
    thanh_vien = make_thanh_vien(to=to, doan_vien=ho_so.doan_vien)
    make_ky(to=to, thanh_vien=[thanh_vien], trang_thai="ket_thuc")
    after = client.get(url("ho_so_detail", ho_so))

    assert line_of(before, "phieu_quy").chu == "Chưa có quý nào được đánh giá"
    assert line_of(before, "trich_ngang").chu == "Lập khi có nghị quyết"
    assert before.context["giay_co"] == 0
    assert line_of(after, "phieu_quy").chu == "1\xa0phiếu từ hệ thống"
    assert line_of(after, "phieu_quy").in_url.endswith("/giay/phieu-quy.pdf")


@pytest.mark.parametrize(
    ("ly_do", "shown"),
    [("Chưa học lớp", "Chưa học lớp. Đoàn có quyền"), ("Chưa đủ!", "Chưa đủ! Đoàn có quyền")],
)
def test_a_typed_reason_ends_before_the_next_sentence(
    client_of, bi_thu_phuong, doan_vien, ly_do, shown
):
    ho_so = make_ho_so(doan_vien=doan_vien, trang_thai=T.KHONG_KET_NAP)
    BuocHoSo.objects.create(
        ho_so=ho_so,
        thu_tu=1,
        loai="khong_ket_nap",
        den_trang_thai=T.KHONG_KET_NAP,
        ngay=date(2026, 11, 1),
        ly_do=ly_do,
    )

    page = client_of(bi_thu_phuong).get(url("ho_so_detail", ho_so))

    assert page.context["can_lam"].noi_dung.startswith(shown)


def test_answer_keeps_the_capital_of_dang(
    client_of, bi_thu, can_bo_phuong, bi_thu_phuong, bch, cap_uy, doan_vien, chi_doan_15
):
    ho_so = case_in(T.DA_TRA_LOI, doan_vien, bi_thu, can_bo_phuong, bi_thu_phuong, cap_uy)

    page = client_of(bi_thu_phuong).get(url("ho_so_detail", ho_so))

    title = "Cấp ủy trả lời: chờ lớp bồi dưỡng nhận thức về Đảng"
    assert page.context["can_lam"].tieu_de == title


def test_what_the_record_lacks_is_said_before_papers_go_out(
    client_of, bi_thu_phuong, doan_vien, ho_so
):
    client = client_of(bi_thu_phuong)
    DoanVien.objects.update(van_hoa="12/12", chuyen_mon="Cử nhân", que_quan="Vị Thắng")

    before = client.get(url("ho_so_detail", ho_so))
    DoanVien.objects.update(noi_vao_doan="Trường THPT", ngay_cam_tinh=date(2025, 5, 19))
    complete = client.get(url("ho_so_detail", ho_so))
    DoanVien.objects.update(noi_vao_doan="")
    make_sent = make_ho_so(doan_vien=make_doan_vien(chi_doan=ho_so.chi_doan), trang_thai=T.DA_GUI)
    sent = client.get(url("ho_so_detail", make_sent))

    assert before.context["thieu"] == "nơi vào Đoàn, ngày được xét cảm tình Đảng"
    assert doan_vien.get_absolute_url() in before.content.decode()
    assert (complete.context["thieu"], sent.context["thieu"]) == ("", "")
