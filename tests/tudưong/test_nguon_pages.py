"""Pages around a group: proposals from the phone to the answer, candidates, lists, papers."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    make_de_xuat,
    make_doan_vien,
    make_nhan_thuc,
    make_thanh_vien,
    make_to,
    make_xep_loai,
)
from tochuc.models import QuyDinh, VanBan
from tochuc.viec import dem_viec
from tudưong import viec_nguon
from tudưong.ban_giao import phan_tu_duong
from tudưong.models import (
    BoiDuongNhanThuc,
    DeXuatVaoTo,
    KeHoachTo,
    QuyetDinhTo,
    ThanhVienTo,
    ThoiCamTinh,
)
from tudưong.services.van_ban_to import create_ke_hoach

DE_XUAT_MOI = reverse("tuduong:de_xuat_create")
NGUON = reverse("tuduong:nguon_list")


def url(name, row):
    return reverse(f"tuduong:{name}", args=[row.pk])


def names(response) -> list[str]:
    return [row[0].text for row in response.context["rows"]]


def duties(parts) -> list[str]:
    return [duty.tieu_de for duty in dem_viec(list(parts))]


# ---- from the branch's vote to the ward's answer ---------------------------------------------


def test_branch_proposes_and_reads_why_it_was_declined(
    client_of, bi_thu, can_bo_phuong, doan_vien, chi_doan_15, chi_doan, phuong, hom_nay
):
    page = client_of(bi_thu).get(DE_XUAT_MOI).content.decode()
    assert "Hôm nay chi đoàn có 15\u00a0đoàn viên" in page
    tally = {"co_mat": 13, "tan_thanh": 12, "khong_tan_thanh": 1, "khong_hop_le": 0}
    form = {"doan_vien": doan_vien.pk, "ngay": "15/11/2026", "ly_do": "Tích cực", **tally}

    refused = client_of(bi_thu).post(DE_XUAT_MOI, form | {"tan_thanh": 10}).content.decode()
    assert "Tổng số phiếu 11 khác số có mặt 13" in refused
    row_url = client_of(bi_thu).post(DE_XUAT_MOI, form).url

    row = DeXuatVaoTo.objects.get()
    assert duties(viec_nguon.dem_phuong(can_bo_phuong, phuong, hom_nay)) == [
        "Xét 1\u00a0đề xuất vào tổ tu dưỡng"
    ]
    assert "12/15\u00a0tán\u00a0thành" in client_of(can_bo_phuong).get(row_url).content.decode()
    client_of(can_bo_phuong).post(url("de_xuat_decline", row), {"ly_do": "Tổ đã đủ người"})

    assert duties(viec_nguon.dem_phuong(can_bo_phuong, phuong, hom_nay)) == []
    told = ["Đọc trả lời về 1\u00a0đề xuất vào tổ tu dưỡng"]
    assert duties(viec_nguon.dem_chi_doan(bi_thu, chi_doan, hom_nay)) == told
    page = client_of(bi_thu).get(row_url).content.decode()
    assert "Tổ đã đủ người" in page
    assert url("de_xuat_seen", row) in page
    client_of(bi_thu).post(url("de_xuat_seen", row))
    assert duties(viec_nguon.dem_chi_doan(bi_thu, chi_doan, hom_nay)) == []


def test_ward_takes_in_from_the_proposal_by_one_press(
    client_of, can_bo_phuong, to, doan_vien, bi_thu
):
    row = make_de_xuat(doan_vien=doan_vien, ghi_boi=bi_thu)
    client = client_of(can_bo_phuong)
    page = client.get(row.get_absolute_url()).content.decode()
    assert f"Nhận vào {to.ten}" in page

    answer = client.post(url("thanh_vien_take", to), {"doan_vien": doan_vien.pk})

    place = ThanhVienTo.objects.get()
    assert (answer.url, place.nguon) == (place.get_absolute_url(), "chi_doan")
    again = client.post(url("thanh_vien_take", to), {"doan_vien": doan_vien.pk}, follow=True)
    assert "không nhận vào tổ được nữa" in again.content.decode()


def test_ward_enters_what_its_committee_puts_forward(client_of, can_bo_phuong, doan_vien):
    form = {"doan_vien": doan_vien.pk, "ngay": "15/11/2026", "ly_do": "Nòng cốt phong trào"}

    client_of(can_bo_phuong).post(DE_XUAT_MOI, form)

    assert DeXuatVaoTo.objects.get().nguon == "bch"


def test_branch_withdraws_before_the_answer(client_of, bi_thu, doan_vien):
    row = make_de_xuat(doan_vien=doan_vien, ghi_boi=bi_thu)

    client_of(bi_thu).post(url("de_xuat_withdraw", row), {"ly_do": "Đi học xa"})

    row.refresh_from_db()
    assert row.trang_thai == "rut"


# ---- candidates ------------------------------------------------------------------------------


@pytest.fixture
def nguon(chi_doan, chi_doan_khac, phuong_khac, to):
    """A proposed one and one rated xuất sắc; the others are no candidates."""
    proposed = make_doan_vien(chi_doan=chi_doan, ho_ten="Lê Đề Xuất")
    make_de_xuat(doan_vien=proposed)
    rated = make_doan_vien(chi_doan=chi_doan_khac, ho_ten="Ngô Xuất Sắc")
    make_xep_loai(rated, "htxs", nam=2025)
    for fields in (
        {"ngay_vao_dang": date(2026, 1, 1)},
        {"trang_thai": "da_chuyen_di"},
    ):
        make_xep_loai(make_doan_vien(chi_doan=chi_doan, **fields), "htxs", nam=2025)
    inside = make_doan_vien(chi_doan=chi_doan)
    make_xep_loai(inside, "htxs", nam=2025)
    make_thanh_vien(to=to, doan_vien=inside)
    make_xep_loai(make_doan_vien(chi_doan=chi_doan), "htt", nam=2025)
    return proposed, rated


def test_candidates_are_the_proposed_and_the_excellent(client_of, can_bo_phuong, nguon, chi_doan):
    client = client_of(can_bo_phuong)

    assert names(client.get(NGUON)) == ["Lê Đề Xuất", "Ngô Xuất Sắc"]
    assert names(client.get(NGUON, {"nguon": "xep_loai"})) == ["Ngô Xuất Sắc"]
    assert names(client.get(NGUON, {"nguon": "chi_doan"})) == ["Lê Đề Xuất"]
    assert names(client.get(NGUON, {"don_vi": chi_doan.pk})) == ["Lê Đề Xuất"]
    assert names(client.get(NGUON, {"q": "ngo xuat"})) == ["Ngô Xuất Sắc"]


def test_full_group_offers_no_place(client_of, can_bo_phuong, nguon, to):
    client = client_of(can_bo_phuong)
    assert "Nhận vào tổ" in client.get(NGUON).content.decode()
    QuyDinh.objects.create(
        ma="to_tu_duong_quy_mo", don_vi=to.don_vi, tu_ngay=date(2026, 1, 1), gia_tri=1, can_cu="Thử"
    )

    proposal = client.get(DeXuatVaoTo.objects.get().get_absolute_url()).content.decode()
    page = client.get(NGUON).content.decode()

    assert "đã đủ 1 đồng chí" in proposal
    assert url("thanh_vien_take", to) not in proposal
    assert "đã đủ người" in page
    assert "1/1 đồng chí" in page
    assert url("thanh_vien_take", to) not in page


@pytest.mark.parametrize("so", [1, 4])
def test_candidates_take_the_same_queries_for_any_number(
    client_of, can_bo_phuong, to, chi_doan, so, django_assert_max_num_queries
):
    for _ in range(so):
        make_xep_loai(make_doan_vien(chi_doan=chi_doan), "htxs", nam=2025)
    client = client_of(can_bo_phuong)
    with django_assert_max_num_queries(12):
        assert len(client.get(NGUON).context["rows"]) == so


def test_only_who_leads_groups_sees_the_candidates(client_of, bi_thu, kiem_tra):
    for user in (bi_thu, kiem_tra):
        assert client_of(user).get(NGUON).status_code == 403


# ---- sympathisers ----------------------------------------------------------------------------


def test_sympathisers_are_recorded_listed_and_taken_off(
    client_of, can_bo_phuong, bi_thu, doan_vien
):
    form = {"doan_vien": doan_vien.pk, "ngay": "19/05/2026", "noi": "Chi bộ khu vực 1"}
    client_of(can_bo_phuong).post(reverse("tuduong:cam_tinh_record"), form)
    page = client_of(bi_thu).get(reverse("tuduong:cam_tinh_list"))
    assert names(page) == ["Trần Gia Bảo"]
    assert "Đưa ra" not in page.content.decode()

    client_of(can_bo_phuong).post(
        url("cam_tinh_remove", doan_vien), {"ngay": "01/10/2026", "ly_do": "Chuyển đi"}
    )

    assert ThoiCamTinh.objects.get().noi_cam_tinh == "Chi bộ khu vực 1"
    assert names(client_of(can_bo_phuong).get(reverse("tuduong:thoi_cam_tinh_list"))) == [
        "Trần Gia Bảo"
    ]
    assert names(client_of(can_bo_phuong).get(reverse("tuduong:cam_tinh_list"))) == []


@pytest.mark.parametrize(("name", "begins"), [("cam_tinh_pdf", b"%PDF"), ("cam_tinh_word", b"PK")])
def test_list_of_sympathisers_prints_for_ward_and_branch(
    client_of, can_bo_phuong, bi_thu, doan_vien, name, begins
):
    doan_vien.ngay_cam_tinh = date(2026, 5, 19)
    doan_vien.save()
    for user in (can_bo_phuong, bi_thu):
        assert client_of(user).get(reverse(f"tuduong:{name}")).content.startswith(begins)


def test_office_above_prints_one_ward_at_a_time(client_of, van_phong, phuong):
    client, address = client_of(van_phong), reverse("tuduong:cam_tinh_pdf")

    assert client.get(address).url == reverse("tuduong:cam_tinh_list")
    assert client.get(address, {"don_vi": phuong.pk}).content.startswith(b"%PDF")


# ---- the class -------------------------------------------------------------------------------


def test_class_from_sending_to_certificate(client_of, can_bo_phuong, thanh_vien, bi_thu):
    ward = client_of(can_bo_phuong)
    waiting = reverse("tuduong:cho_lop_list")
    assert names(ward.get(waiting)) == ["Trần Gia Bảo"]
    form = {"doan_vien": [thanh_vien.doan_vien_id], "noi_hoc": "TTCT", "tu_ngay": "02/11/2026"}
    ward.post(reverse("tuduong:nhan_thuc_send"), form)
    assert names(ward.get(waiting)) == []
    row = BoiDuongNhanThuc.objects.get()

    given = {"so_chung_nhan": "9/GCN", "ngay_cap": "20/11/2026", "tu_ngay": "02/11/2026"}
    form = {"version": 1, "trang_thai": "duoc_cap", "noi_hoc": "TTCT", **given}
    ward.post(url("nhan_thuc_update", row), form)

    page = client_of(bi_thu).get(row.get_absolute_url()).content.decode()
    assert "Còn hạn đến 20/11/2031" in page
    assert url("nhan_thuc_update", row) not in page
    stale = client_of(can_bo_phuong).post(
        url("nhan_thuc_update", row), form | {"so_chung_nhan": "10/GCN"}
    )
    assert stale.status_code == 409


def test_certificates_that_run_out_are_red_and_a_duty(
    client_of, can_bo_phuong, doan_vien, phuong, hom_nay
):
    make_nhan_thuc(doan_vien=doan_vien, ngay_cap=date(2022, 1, 10))

    page = client_of(can_bo_phuong).get(
        reverse("tuduong:nhan_thuc_list"), {"tinh_trang": "het_han"}
    )

    assert "Sắp hết hạn 10/01/2027" in page.content.decode()
    assert duties(viec_nguon.dem_phuong(can_bo_phuong, phuong, hom_nay)) == [
        "1\u00a0giấy chứng nhận nhận thức về Đảng hết hạn, sắp hết hạn"
    ]


def test_certificate_of_an_earlier_class_is_recorded(client_of, can_bo_phuong, doan_vien):
    form = {
        "doan_vien": doan_vien.pk,
        "so_chung_nhan": "1/GCN",
        "ngay_cap": "02/02/2024",
        "noi_hoc": "TTCT",
    }
    client_of(can_bo_phuong).post(reverse("tuduong:chung_nhan_record"), form)

    assert BoiDuongNhanThuc.objects.get().hieu_luc_den == date(2029, 2, 2)


# ---- decisions and the plan ------------------------------------------------------------------


def test_group_page_leads_to_the_decision_and_it_is_issued(
    client_of, bi_thu_phuong, can_bo_phuong, to, bch
):
    make_thanh_vien(to=to, la_to_truong=True)
    page = client_of(can_bo_phuong).get(to.get_absolute_url()).content.decode()
    assert "Chưa có quyết định thành lập" in page
    assert "1/10 đồng chí" in page
    assert client_of(can_bo_phuong).get(url("quyet_dinh_issue", to)).status_code == 403
    client = client_of(bi_thu_phuong)
    assert client.get(url("quyet_dinh_draft_pdf", to)).content.startswith(b"%PDF")
    assert client.get(url("quyet_dinh_draft_word", to)).content.startswith(b"PK")

    client.post(url("quyet_dinh_issue", to), {"ngay": "06/09/2026"})

    row = QuyetDinhTo.objects.get()
    stored = bytes(VanBan.objects.issued(row, "QĐ").tep)
    assert client.get(url("quyet_dinh_to_pdf", row)).content == stored
    assert client.get(url("quyet_dinh_to_word", row)).content.startswith(b"PK")
    assert "Số 01-QĐ/ĐTN, 06/09/2026" in client.get(to.get_absolute_url()).content.decode()
    make_thanh_vien(to=to, tu_ngay=date(2026, 10, 1))
    page = client.get(to.get_absolute_url()).content.decode()
    assert "ban hành quyết định kiện toàn" in page


def test_plan_is_made_shown_mended_and_issued(client_of, bi_thu_phuong, to, bch):
    client = client_of(bi_thu_phuong)
    form = {"nam": 2026, "ngay": "10/01/2026", "muc_dich": "Bồi dưỡng", "quy_4": "Sơ kết\nHọp tổ"}
    client.post(url("ke_hoach_create", to), form)
    plan = KeHoachTo.objects.get()
    page = client.get(to.get_absolute_url()).content.decode()
    assert "<li>Sơ kết</li><li>Họp tổ</li>" in page

    sent = form | {"version": 1, "quy_4": "Tổng kết"}
    client.post(url("ke_hoach_update", plan), sent)
    later = client.post(url("ke_hoach_update", plan), sent | {"quy_4": "Khác"})
    assert later.status_code == 409
    assert "Tổng kết" in later.content.decode()

    client.post(url("ke_hoach_issue", plan))
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "01-KH/ĐTN" in page
    assert url("ke_hoach_update", plan) not in page
    assert client.get(url("ke_hoach_pdf", plan)).content.startswith(b"%PDF")
    assert client.get(url("ke_hoach_word", plan)).content.startswith(b"PK")


def test_new_plan_begins_with_last_years_words(client_of, can_bo_phuong, to):
    words = {"ngay": date(2025, 1, 10), "muc_dich": "Bồi dưỡng", "quy_1": "Về nguồn"}
    create_ke_hoach(to=to, nam=2025, by=can_bo_phuong, **words)

    page = client_of(can_bo_phuong).get(url("ke_hoach_create", to)).content.decode()

    assert "Về nguồn" in page


def test_january_asks_for_the_plan_of_a_group_at_work(can_bo_phuong, bi_thu_phuong, to, phuong):
    make_to(don_vi=phuong, ket_thuc=date(2026, 6, 1))
    january = date(2027, 1, 12)
    asked = ["Lập kế hoạch năm 2027 của 1\u00a0tổ tu dưỡng"]
    assert duties(viec_nguon.dem_phuong(can_bo_phuong, phuong, january)) == asked
    assert duties(viec_nguon.dem_phuong(can_bo_phuong, phuong, date(2027, 2, 1))) == []
    KeHoachTo.objects.create(to=to, nam=2027, ngay=january, muc_dich="Bồi dưỡng", quy_1="Họp")

    assert duties(viec_nguon.dem_phuong(can_bo_phuong, phuong, january)) == []


def test_helper_is_named_from_the_members_page(client_of, can_bo_phuong, thanh_vien):
    form = {"ten": "Lê Văn Tám", "tu_ngay": "01/07/2026"}
    client_of(can_bo_phuong).post(url("thanh_vien_helper", thanh_vien), form)

    thanh_vien.refresh_from_db()
    assert thanh_vien.dang_vien_giup == "Lê Văn Tám"
    assert thanh_vien.dang_vien_giup_ngay(date(2026, 6, 1)) == "Trần Công Minh"
    page = client_of(can_bo_phuong).get(thanh_vien.get_absolute_url()).content.decode()
    assert "Trần Công Minh<small>Đảng viên giúp đỡ đến hết 30/06/2026" in page


def test_hand_over_tells_of_a_proposal_that_waits(doan_vien, chi_doan, hom_nay):
    make_de_xuat(doan_vien=doan_vien)

    lines = [line for part in phan_tu_duong(chi_doan, hom_nay) for line in part.cau]

    assert lines == [
        "Đề xuất đồng chí Trần Gia Bảo vào tổ tu dưỡng, họp ngày 12/9/2026: chờ Đoàn cơ sở xét."
    ]


def test_form_for_a_new_place_says_how_many_there_are(client_of, can_bo_phuong, thanh_vien, to):
    page = client_of(can_bo_phuong).get(url("thanh_vien_add", to)).content.decode()

    assert "1/10 đồng chí" in page
