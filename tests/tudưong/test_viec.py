"""What the home pages are told: each duty appears when due and goes when done."""

from datetime import date, timedelta

import pytest

from tests.factories import make_doan_vien, make_ho_so, make_ky, make_thanh_vien
from tudưong.models import ChatVan, DanhGia, GiayTo, HoSo, KyDanhGia
from tudưong.viec import viec_can_lam, viec_cua_phuong

T = HoSo.TrangThai
QUY_DINH = {"han_cap_uy_tra_loi": 90, "thoi_gian_du_bi": 12}


def titles(duties) -> list[str]:
    return [duty.tieu_de for duty in duties]


def make_letter(ho_so, lan_thu=1, ngay=date(2026, 9, 10), **fields):
    return ChatVan.objects.create(
        ho_so=ho_so,
        lan_thu=lan_thu,
        ngay=ngay,
        so_ngay_cho=90,
        han_tra_loi=ngay + timedelta(days=20),
        **fields,
    )


def test_quarter_without_a_session_is_due(to, thanh_vien, bi_thu_phuong, hom_nay):
    duty = viec_can_lam(bi_thu_phuong, hom_nay)[0]

    assert duty.tieu_de == "Họp tổ tu dưỡng quý\u00a0IV"
    assert (duty.han, duty.url) == (date(2026, 12, 21), f"/tu-duong/{to.pk}/mo-ky/")


def test_open_session_asks_for_the_reviews_left(to, thanh_vien, bi_thu_phuong, hom_nay):
    other = make_thanh_vien(to=to)
    ky = make_ky(to=to, quy=4, ngay=date(2026, 11, 5), thanh_vien=[thanh_vien, other])
    DanhGia.objects.filter(thanh_vien=other).update(muc="htt", ket_luan="tiep_tuc")

    duties = viec_can_lam(bi_thu_phuong, hom_nay)

    assert titles(duties) == ["Đánh giá 1 đồng chí trong tổ tu dưỡng"]
    assert (duties[0].chi_tiet, duties[0].qua_han) == ("đã đánh giá 1/2", True)
    assert duties[0].url == ky.get_absolute_url()


def test_closed_session_of_the_quarter_leaves_nothing(to, thanh_vien, bi_thu_phuong, hom_nay):
    make_ky(to=to, quy=4, ngay=date(2026, 11, 5), trang_thai="ket_thuc")

    assert viec_can_lam(bi_thu_phuong, hom_nay) == []


def test_cases_wait_at_the_step_of_the_one_who_takes_it(
    chi_doan, bi_thu, can_bo_phuong, bi_thu_phuong, hom_nay
):
    for state in (T.CHO_THAM_TRA, T.CHO_THAM_TRA, T.CHO_BCH, T.TRA_LAI, T.DA_GUI):
        make_ho_so(chi_doan=chi_doan, trang_thai=state, ngay_buoc=date(2026, 11, 1))

    assert titles(viec_can_lam(can_bo_phuong, hom_nay)) == ["Thẩm tra 2 hồ sơ giới thiệu"]
    assert titles(viec_can_lam(bi_thu_phuong, hom_nay)) == [
        "Thẩm tra 2 hồ sơ giới thiệu",
        "Họp Ban Chấp hành xét 1 hồ sơ",
    ]
    returned = HoSo.objects.get(trang_thai=T.TRA_LAI)
    assert titles(viec_can_lam(bi_thu, hom_nay)) == [f"Bổ sung hồ sơ {returned.doan_vien}"]


def test_silence_letters_and_papers_become_duties(chi_doan, bi_thu_phuong, hom_nay):
    make_ho_so(chi_doan=chi_doan, trang_thai=T.DA_GUI, ngay_buoc=date(2026, 8, 16))
    make_ho_so(chi_doan=chi_doan, trang_thai=T.DA_GUI, ngay_buoc=date(2026, 11, 1))
    asked = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHAT_VAN)
    make_letter(asked)
    GiayTo.objects.filter(ho_so=asked, loai=GiayTo.Loai.CHUNG_NHAN).update(
        tinh_trang="ban_sao", hieu_luc_den=date(2026, 12, 31)
    )

    duties = viec_can_lam(bi_thu_phuong, hom_nay)

    assert titles(duties) == [
        "Hỏi kết quả 1 hồ sơ cấp ủy chưa trả lời",
        "1 công văn quá hạn chưa được trả lời",
        "1 hồ sơ có giấy tờ hết giá trị trước ngày xét",
    ]
    assert (duties[0].han, duties[0].overdue) == (date(2026, 11, 14), "Quá hạn 7\u00a0ngày")


def expiring(ho_so, day, **fields):
    HoSo.objects.filter(pk=ho_so.pk).update(**fields)
    GiayTo.objects.filter(ho_so=ho_so, loai="chung_nhan").update(
        tinh_trang="ban_sao", hieu_luc_den=day
    )


def test_papers_count_until_the_day_on_which_the_party_cell_is_expected_to_decide(
    client_of, ho_so, bi_thu, bi_thu_phuong, hom_nay
):
    """An expected day that moves makes the same paper due, or lets it rest."""
    words = "Giấy chứng nhận nhận thức về Đảng của Trần Gia Bảo hết giá trị trước ngày xét"
    page = ho_so.get_absolute_url()

    expiring(ho_so, date(2027, 1, 31), du_kien=date(2027, 1, 15))
    assert words not in titles(viec_can_lam(bi_thu, hom_nay))
    assert "Hết hạn trước ngày xét" not in client_of(bi_thu).get(page).text

    expiring(ho_so, date(2027, 1, 31), du_kien=date(2027, 3, 1))
    assert words in titles(viec_can_lam(bi_thu, hom_nay))
    assert "1 hồ sơ có giấy tờ hết giá trị trước ngày xét" in titles(
        viec_can_lam(bi_thu_phuong, hom_nay)
    )
    assert "Hết hạn trước ngày xét" in client_of(bi_thu).get(page).text
    rows = client_of(bi_thu_phuong).get("/ho-so/?mo=giay_to").context["page"].object_list
    assert [row.pk for row in rows] == [ho_so.pk]


def test_a_paper_that_has_run_out_is_due_even_when_the_expected_day_is_past(ho_so, bi_thu, hom_nay):
    expiring(ho_so, date(2026, 11, 20), du_kien=date(2026, 10, 1))

    duty = viec_can_lam(bi_thu, hom_nay)[0]

    assert (duty.han, duty.qua_han) == (date(2026, 11, 20), True)


@pytest.mark.parametrize(
    ("admitted", "fields", "due"),
    [
        (date(2025, 11, 21), {}, True),
        (date(2025, 11, 22), {}, False),
        (date(2025, 11, 21), {"ngay_dang_chinh_thuc": date(2026, 11, 21)}, False),
        (date(2025, 11, 21), {"trang_thai": "chuyen_di"}, False),
    ],
    ids=["over today", "over tomorrow", "official by record", "gone"],
)
def test_probation_that_is_over_is_a_duty_of_the_ward(
    client_of, chi_doan, bi_thu_phuong, hom_nay, admitted, fields, due
):
    member = make_doan_vien(chi_doan=chi_doan, ngay_vao_dang=admitted, **fields)
    make_ho_so(
        doan_vien=member,
        trang_thai=T.KET_NAP,
        ngay_gioi_thieu=date(2025, 6, 1),
        ngay_gui=date(2025, 6, 2),
        ngay_ket_nap=admitted,
        ngay_buoc=admitted,
    )

    words = ["Hết thời gian dự bị của 1 đảng viên"] if due else []
    assert titles(viec_can_lam(bi_thu_phuong, hom_nay)) == words
    rows = client_of(bi_thu_phuong).get("/ho-so/?mo=het_du_bi").context["page"].object_list
    assert len(rows) == due


def test_a_second_letter_takes_the_place_of_the_first(chi_doan, bi_thu_phuong, hom_nay):
    asked = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHAT_VAN)
    make_letter(asked)
    make_letter(asked, lan_thu=2, ngay=date(2026, 11, 10))

    assert viec_can_lam(bi_thu_phuong, hom_nay) == []


def test_branch_is_asked_for_its_comment(to, thanh_vien, bi_thu, hom_nay):
    ky = make_ky(to=to, quy=4, ngay=date(2026, 12, 4), thanh_vien=[thanh_vien])

    assert titles(viec_can_lam(bi_thu, hom_nay)) == ["Ghi ý kiến về Trần Gia Bảo trong tổ tu dưỡng"]
    ky.danh_gia.update(y_kien_bch="Tốt", y_kien_ngay=hom_nay, y_kien_boi=bi_thu)
    assert viec_can_lam(bi_thu, hom_nay) == []


def test_party_committee_sees_letters_before_cases(chi_doan, cap_uy, hom_nay):
    asked = make_ho_so(
        doan_vien=make_doan_vien(chi_doan=chi_doan, ho_ten="Lê Thị Châu"), trang_thai=T.CHAT_VAN
    )
    make_letter(asked, ngay=date(2026, 11, 10))
    make_ho_so(
        doan_vien=make_doan_vien(chi_doan=chi_doan, ho_ten="Bùi Thảo Linh"), trang_thai=T.DA_GUI
    )
    make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_GUI)

    assert titles(viec_can_lam(cap_uy, hom_nay)) == [
        "Trả lời công văn về Lê Thị Châu",
        "Xem xét hồ sơ Bùi Thảo Linh",
    ]


def test_others_have_no_duties_here(chi_doan, van_phong, kiem_tra, uy_vien, hom_nay):
    make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_THAM_TRA)

    assert [viec_can_lam(user, hom_nay) for user in (van_phong, kiem_tra, uy_vien)] == [[], [], []]


@pytest.mark.parametrize("so", [1, 4])
def test_ward_takes_two_queries_for_any_number(
    to, chi_doan, hom_nay, so, django_assert_num_queries
):
    for state in (T.CHO_THAM_TRA, T.CHO_BCH, T.DA_GUI, T.CHAT_VAN) * so:
        make_ho_so(chi_doan=chi_doan, trang_thai=state, ngay_buoc=date(2026, 6, 10))

    with django_assert_num_queries(2):
        viec_cua_phuong(to.don_vi, hom_nay, signs=True, quy_dinh=QUY_DINH)


def test_who_was_found_ready_waits_for_a_case(to, thanh_vien, bi_thu, hom_nay):
    ky = make_ky(to=to, thanh_vien=[thanh_vien])
    ky.danh_gia.update(muc="htxs", ket_luan="du_dieu_kien", ket_qua="Tốt", y_kien_bch="")
    opens = [f"Mở hồ sơ giới thiệu {thanh_vien}"]
    assert f"Ghi ý kiến về {thanh_vien} trong tổ tu dưỡng" in titles(viec_can_lam(bi_thu, hom_nay))

    KyDanhGia.objects.update(trang_thai="ket_thuc")
    (duty,) = viec_can_lam(bi_thu, hom_nay)
    assert duty.tieu_de == opens[0]
    assert duty.url == f"/ho-so/mo/?doan_vien={thanh_vien.doan_vien_id}"

    case = make_ho_so(doan_vien=thanh_vien.doan_vien, ngay_mo=date(2026, 10, 1))
    assert opens[0] not in titles(viec_can_lam(bi_thu, hom_nay))
    HoSo.objects.filter(pk=case.pk).update(trang_thai=T.BOI_DUONG)
    assert titles(viec_can_lam(bi_thu, hom_nay)) == []
    HoSo.objects.filter(pk=case.pk).update(ngay_mo=date(2026, 8, 1))
    assert titles(viec_can_lam(bi_thu, hom_nay)) == opens
