"""Leaving, deferral, discipline and awards: each rule once, and what each page opens."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from core.errors import RuleError
from core.periods import today
from doanvien.hoan import services as hoan
from doanvien.hoan import viec as viec_hoan
from doanvien.khen_thuong import services as khen_thuong
from doanvien.ky_luat import services as ky_luat
from doanvien.ky_luat.anh_huong import muc_toi_da
from doanvien.models import (
    DeNghiXoaTen,
    DoanVien,
    HoanSinhHoat,
    KhenThuong,
    KyLuat,
    LuotXem,
    QuaTrinh,
)
from doanvien.roi_doan import services as roi_doan
from doanvien.services import begin_membership, end_membership
from doanvien.truong_thanh import viec
from tests.doanvien.records import reveal
from tests.factories import make_doan_vien, make_hoan, make_khen_thuong, make_ky_luat, make_xet
from tochuc.models import NhatKy
from tochuc.quy_dinh import gia_tri_nhieu
from tochuc.viec import dem_viec

HOM_NAY = date(2026, 11, 21)
TO_DAY = "21/11/2026"


@pytest.fixture(autouse=True)
def _hom_nay(hom_nay_21_11):
    """21/11/2026 in every test of this file."""


# ---- removal from the roll -------------------------------------------------------------------


def leave(client, doan_vien, follow=False, **data):
    form = {"ly_do": "xoa_ten", "can_cu": "khong_sinh_hoat", "den_ngay": TO_DAY, **data}
    return client.post(f"/doan-vien/{doan_vien.pk}/ket-thuc/", form, follow=follow)


def test_the_branch_proposes_removal_and_the_ward_decides(
    client_of, bi_thu, bi_thu_phuong, doan_vien
):
    leave(client_of(bi_thu), doan_vien, ghi_chu="Đã nhắc ba lần")
    row = DeNghiXoaTen.objects.get()
    assert doan_vien.qua_trinh.get().den_ngay is None

    data = {"dong_y": "1", "ngay": TO_DAY, "so_quyet_dinh": "09-QĐ/ĐTN"}
    client_of(bi_thu_phuong).post(f"/doan-vien/xoa-ten/{row.pk}/quyet-dinh/", data)

    period = doan_vien.qua_trinh.get()
    doan_vien.refresh_from_db()
    assert (doan_vien.trang_thai, period.so_quyet_dinh) == ("xoa_ten", "09-QĐ/ĐTN")
    assert (period.can_cu, period.ghi_chu_ket_thuc) == ("khong_sinh_hoat", "Đã nhắc ba lần")


def test_a_removal_by_the_ward_itself_answers_the_branch_and_reminds_of_the_office(
    client_of, bi_thu, bi_thu_phuong, doan_vien
):
    DoanVien.objects.filter(pk=doan_vien.pk).update(chuc_vu="Phó Bí thư")
    row = roi_doan.propose_xoa_ten(
        doan_vien=doan_vien, can_cu="ca_hai", ly_do="Đã nhắc", ngay=HOM_NAY, by=bi_thu
    )

    page = leave(client_of(bi_thu_phuong), doan_vien, so_quyet_dinh="09-QĐ/ĐTN", follow=True)

    row.refresh_from_db()
    assert row.trang_thai == "dong_y"
    assert "còn ghi chức vụ của Huỳnh Tấn Đạt (Phó Bí thư)" in page.content.decode()


def test_the_ward_says_why_it_does_not_agree(doan_vien, bi_thu, bi_thu_phuong):
    row = roi_doan.propose_xoa_ten(
        doan_vien=doan_vien, can_cu="ca_hai", ly_do="Đã nhắc", ngay=HOM_NAY, by=bi_thu
    )
    answer = {"de_nghi": row, "dong_y": False, "ngay": HOM_NAY, "by": bi_thu_phuong}

    with pytest.raises(RuleError, match="Ghi vì sao"):
        roi_doan.decide_xoa_ten(**answer)
    roi_doan.decide_xoa_ten(**answer, tra_loi="Đồng chí đi làm xa có báo")

    doan_vien.refresh_from_db()
    assert doan_vien.is_dang_sinh_hoat
    with pytest.raises(RuleError, match="Không xóa tên"):
        roi_doan.withdraw_xoa_ten(de_nghi=row, ngay=HOM_NAY, by=bi_thu)


def test_the_ward_decides_on_the_day_of_the_proposal_at_the_earliest(doan_vien, bi_thu):
    row = roi_doan.propose_xoa_ten(
        doan_vien=doan_vien, can_cu="ca_hai", ly_do="Đã nhắc", ngay=HOM_NAY, by=bi_thu
    )

    with pytest.raises(RuleError, match="đề nghị ngày 21/11/2026"):
        roi_doan.decide_xoa_ten(
            de_nghi=row, dong_y=False, ngay=date(2026, 11, 20), tra_loi="Có lý do", by=None
        )


def test_of_who_died_nothing_is_asked_any_more(
    client_of, bi_thu, chi_doan, chi_doan_khac, doan_vien
):
    """No proposal waits, no deferral runs out, and no other branch calls his name."""
    proposal = roi_doan.propose_xoa_ten(
        doan_vien=doan_vien, can_cu="ca_hai", ly_do="Đã nhắc", ngay=HOM_NAY, by=bi_thu
    )
    make_hoan(doan_vien, den_ngay=date(2026, 12, 1))
    guest = QuaTrinh.objects.create(
        doan_vien=doan_vien, chi_doan=chi_doan_khac, loai="noi_cu_tru", tu_ngay=date(2026, 1, 1)
    )

    page = leave(client_of(bi_thu), doan_vien, ly_do="tu_tran", den_ngay="15/11/2026")

    assert page.status_code == 302
    proposal.refresh_from_db()
    guest.refresh_from_db()
    assert (proposal.trang_thai, guest.den_ngay) == ("rut", date(2026, 11, 15))
    assert not dem_viec(list(viec_hoan.dem_chi_doan(bi_thu, chi_doan, today(), {})))
    assert "Đã rời chi đoàn" in client_of(bi_thu).get("/doan-vien/hoan/").content.decode()
    assert " tuổi" not in client_of(bi_thu).get(f"/doan-vien/{doan_vien.pk}/").content.decode()


def test_removal_names_its_grounds(doan_vien, bi_thu_phuong):
    with pytest.raises(RuleError, match="căn cứ"):
        end_membership(doan_vien=doan_vien, den_ngay=HOM_NAY, ly_do="xoa_ten", by=bi_thu_phuong)


# ---- mending a wrong ending ------------------------------------------------------------------


def test_a_wrong_ending_is_mended_as_if_it_had_not_been(client_of, bi_thu, doan_vien):
    leave(client_of(bi_thu), doan_vien, ly_do="tu_tran", can_cu="")

    client_of(bi_thu).post(f"/doan-vien/{doan_vien.pk}/sua-ket-thuc/", {"ly_do": "trùng tên"})

    period = doan_vien.qua_trinh.get()
    doan_vien.refresh_from_db()
    assert (doan_vien.trang_thai, period.den_ngay) == ("dang_sinh_hoat", None)
    assert period.ghi_chu_ket_thuc == "Ghi nhầm «Từ trần», đã sửa: trùng tên"
    assert "trùng tên" not in str(list(NhatKy.objects.values_list("noi_dung", flat=True)))


def test_a_removal_that_was_a_mistake_is_agreed_to_no_more(doan_vien, bi_thu, bi_thu_phuong):
    row = roi_doan.propose_xoa_ten(
        doan_vien=doan_vien, can_cu="ca_hai", ly_do="Đã nhắc", ngay=HOM_NAY, by=bi_thu
    )
    decision = {"dong_y": True, "ngay": HOM_NAY, "so_quyet_dinh": "09-QĐ/ĐTN"}
    roi_doan.decide_xoa_ten(de_nghi=row, by=bi_thu_phuong, **decision)

    roi_doan.correct_ending(doan_vien=doan_vien, ly_do="trùng tên", by=bi_thu_phuong)

    row.refresh_from_db()
    assert (row.trang_thai, row.tra_loi) == ("khong_dong_y", "Ghi nhầm, đã sửa: trùng tên")


def test_what_the_ward_decided_the_branch_does_not_mend(client_of, bi_thu, doan_vien):
    end_membership(doan_vien=doan_vien, den_ngay=HOM_NAY, ly_do="xoa_ten", can_cu="ca_hai", by=None)

    page = client_of(bi_thu).post(f"/doan-vien/{doan_vien.pk}/sua-ket-thuc/", {"ly_do": "nhầm"})

    assert page.status_code == 403


def test_an_ending_is_not_reopened_behind_its_decision(doan_vien, bi_thu_phuong):
    end_membership(
        doan_vien=doan_vien, den_ngay=date(2026, 3, 26), ly_do="truong_thanh", by=bi_thu_phuong
    )
    make_xet(doan_vien)

    with pytest.raises(RuleError, match="Thu hồi ở quyết định ấy"):
        roi_doan.correct_ending(doan_vien=doan_vien, ly_do="nhầm", by=bi_thu_phuong)


def test_who_was_taken_in_again_has_nothing_to_mend(doan_vien, chi_doan, bi_thu_phuong):
    end_membership(
        doan_vien=doan_vien, den_ngay=date(2026, 3, 1), ly_do="chuyen_di", by=bi_thu_phuong
    )
    begin_membership(
        doan_vien=doan_vien,
        chi_doan=chi_doan,
        tu_ngay=date(2026, 6, 1),
        ly_do="chuyen_den",
        by=bi_thu_phuong,
    )

    with pytest.raises(RuleError, match="không có gì để sửa"):
        roi_doan.correct_ending(doan_vien=doan_vien, ly_do="nhầm", by=bi_thu_phuong)


# ---- deferral --------------------------------------------------------------------------------


def test_a_deferral_lasts_a_year_at_most_and_none_meets_another(doan_vien, bi_thu):
    span = {"doan_vien": doan_vien, "tu_ngay": date(2026, 3, 15), "ly_do": "Ôn thi", "by": bi_thu}

    with pytest.raises(RuleError, match="muộn nhất đến 14/03/2027"):
        hoan.defer(den_ngay=date(2027, 3, 15), **span)
    hoan.defer(den_ngay=date(2027, 3, 14), **span)
    with pytest.raises(RuleError, match="Chọn ngày bắt đầu sau đó"):
        hoan.defer(**{**span, "tu_ngay": date(2027, 3, 14)}, den_ngay=date(2027, 6, 1))


@pytest.mark.parametrize(
    ("start", "last"),
    [(date(2024, 2, 29), date(2025, 2, 27)), (date(2026, 1, 1), date(2026, 12, 31))],
)
def test_a_year_ends_the_day_before(start, last):
    assert hoan.muon_nhat(start, 12) == last


def test_who_is_deferred_stays_a_member_and_is_found_by_the_filter(
    client_of, bi_thu, doan_vien, chi_doan
):
    make_doan_vien(chi_doan=chi_doan)
    make_hoan(doan_vien)
    client = client_of(bi_thu)

    page = client.get("/doan-vien/", {"hoan": "true"})

    assert [row.pk for row in page.context["page"]] == [doan_vien.pk]
    assert "Đang hoãn sinh hoạt" in client.get(f"/doan-vien/{doan_vien.pk}/").content.decode()
    assert DoanVien.objects.tai_ngay(HOM_NAY).count() == 2


def test_coming_back_early_ends_it(doan_vien, bi_thu):
    row = make_hoan(doan_vien)

    hoan.end_deferral(hoan=row, ngay=date(2026, 9, 30), by=bi_thu)

    assert HoanSinhHoat.objects.tai_ngay(date(2026, 9, 30)).exists()
    assert not HoanSinhHoat.objects.tai_ngay(date(2026, 10, 1)).exists()
    with pytest.raises(RuleError, match="Đã ghi thôi hoãn"):
        hoan.end_deferral(hoan=row, ngay=date(2026, 9, 1), by=bi_thu)


# ---- discipline ------------------------------------------------------------------------------


def discipline(doan_vien, hinh_thuc="canh_cao", **fields):
    values = {
        "cap": "co_so",
        "so_quyet_dinh": "03-QĐ/ĐTN",
        "ngay_quyet_dinh": date(2026, 5, 4),
        "ngay_cong_bo": date(2026, 5, 6),
        "ly_do": "Vi phạm Điều lệ",
        **fields,
    }
    return KyLuat(doan_vien=doan_vien, hinh_thuc=hinh_thuc, **values)


def test_expulsion_ends_the_membership_and_a_lifted_one_restores_it(doan_vien, bi_thu_phuong):
    row = ky_luat.create_ky_luat(ky_luat=discipline(doan_vien, "khai_tru"), by=bi_thu_phuong)
    doan_vien.refresh_from_db()
    assert doan_vien.trang_thai == "khai_tru"
    assert doan_vien.qua_trinh.get().den_ngay == date(2026, 5, 6)

    ky_luat.update_khieu_nai(ky_luat=row, khieu_nai="dang_xet", ngay=HOM_NAY, by=bi_thu_phuong)
    assert KyLuat.objects.con_hieu_luc(HOM_NAY).exists()
    ky_luat.update_khieu_nai(ky_luat=row, khieu_nai="huy", ngay=HOM_NAY, by=bi_thu_phuong)

    doan_vien.refresh_from_db()
    assert doan_vien.is_dang_sinh_hoat
    assert not KyLuat.objects.trong_nam(2026).exists()


def test_an_office_is_named_when_one_is_relieved_of_it_and_only_then(doan_vien, bi_thu_phuong):
    for row in (discipline(doan_vien, "cach_chuc"), discipline(doan_vien, chuc_vu="Bí thư")):
        with pytest.raises(RuleError, match="Cách chức thì ghi chức vụ"):
            ky_luat.create_ky_luat(ky_luat=row, by=bi_thu_phuong)


def test_the_form_says_so_beside_the_office(client_of, bi_thu_phuong, doan_vien):
    url = f"/doan-vien/{doan_vien.pk}/ky-luat/ghi/"
    client = client_of(bi_thu_phuong)
    forms = [
        client.post(url, {"hinh_thuc": kind, "chuc_vu": office}).context["form"]
        for kind, office in (("cach_chuc", ""), ("canh_cao", "Bí thư"))
    ]
    assert [form.errors["chuc_vu"] for form in forms] == [
        ["Ghi chức vụ bị cách."],
        ["Chỉ ghi khi cách chức."],
    ]


def test_a_decision_holds_from_its_announcement_until_it_is_removed(doan_vien):
    row = make_ky_luat(doan_vien, het_hieu_luc=date(2026, 10, 1))

    days = [date(2026, 5, 5), date(2026, 5, 6), date(2026, 9, 30), date(2026, 10, 1)]
    found = [KyLuat.objects.con_hieu_luc(day).exists() for day in days]
    assert found == [row.is_con_hieu_luc(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("hinh_thuc", "muc"),
    [("khien_trach", "htxs"), ("canh_cao", "kht"), ("cach_chuc", "kht"), ("khai_tru", "kht")],
)
def test_from_a_warning_on_the_rating_is_khong_hoan_thanh(hinh_thuc, muc):
    assert muc_toi_da(hinh_thuc) == muc


def test_discipline_is_read_with_the_right_after_a_reason_and_each_look_is_logged(
    client_of, bi_thu, bi_thu_phuong, doan_vien
):
    make_ky_luat(doan_vien)
    url = f"/doan-vien/{doan_vien.pk}/khen-thuong/"

    for reader in (bi_thu, bi_thu_phuong):
        client = client_of(reader)
        masked = client.get(url).content.decode()
        assert "an toàn giao thông" not in masked
        assert "Khiển trách năm 2024" not in masked
    assert not NhatKy.objects.filter(hanh_dong="ky_luat.view").exists()
    reveal(client, doan_vien, ly_do="don_thu")
    assert "an toàn giao thông" in client.get(url).content.decode()
    assert NhatKy.objects.filter(hanh_dong="ky_luat.view", nguoi=bi_thu_phuong).count() == 1


def test_the_list_of_discipline_asks_why_and_each_person_on_it_learns_of_the_look(
    client_of, bi_thu, bi_thu_phuong, doan_vien
):
    make_ky_luat(doan_vien)
    url = "/doan-vien/ky-luat/?hinh_thuc=khien_trach"
    client = client_of(bi_thu_phuong)

    for question in (client.get(url), client.get(f"{url}&export=xlsx"), client.post(url)):
        assert question.templates[0].name == "core/confirm.html"
        assert "Huỳnh Tấn Đạt" not in question.content.decode()
    assert client.post(url, {"ly_do": "lap_bao_cao"}).url == url

    assert [row.doan_vien for row in client.get(url).context["page"]] == [doan_vien]
    look = LuotXem.objects.get()
    assert (look.doan_vien, look.nguoi, look.ly_do) == (doan_vien, bi_thu_phuong, "lap_bao_cao")
    assert client_of(bi_thu).get(url).status_code == 403


def test_the_form_of_a_decision_comes_with_today(client_of, bi_thu_phuong, doan_vien):
    form = client_of(bi_thu_phuong).get(f"/doan-vien/{doan_vien.pk}/ky-luat/ghi/").context["form"]

    assert [form[name].value() for name in ("ngay_quyet_dinh", "ngay_cong_bo", "cap")] == [
        HOM_NAY,
        HOM_NAY,
        "co_so",
    ]


# ---- awards ----------------------------------------------------------------------------------


def test_one_award_is_entered_for_several_and_not_twice(client_of, bi_thu, doan_vien, chi_doan):
    other = make_doan_vien(chi_doan=chi_doan)
    data = {
        "doan_vien": [doan_vien.pk, other.pk],
        "cap": "co_so",
        "hinh_thuc": "giay_khen",
        "noi_dung": "Hiến máu tình nguyện",
        "ngay": TO_DAY,
        "so_quyet_dinh": "12-QĐ/ĐTN",
    }
    client = client_of(bi_thu)

    client.post("/doan-vien/khen-thuong/ghi/", data)
    again = client.post("/doan-vien/khen-thuong/ghi/", data)

    assert KhenThuong.objects.count() == 2
    assert "Đã ghi khen thưởng này cho" in again.content.decode()


def test_who_has_left_is_honoured_from_his_own_page(client_of, bi_thu, doan_vien, chi_doan):
    make_doan_vien(chi_doan=chi_doan, ho_ten="An")
    end_membership(doan_vien=doan_vien, den_ngay=HOM_NAY, ly_do="truong_thanh", by=None)
    url = f"/doan-vien/khen-thuong/ghi/?doan_vien={doan_vien.pk}&doan_vien=x"
    client = client_of(bi_thu)

    form = client.get(url).context["form"]
    assert form.fields["doan_vien"].queryset.first() == doan_vien
    assert form["doan_vien"].value() == [doan_vien.pk]
    data = {"doan_vien": [doan_vien.pk], "cap": "cap_tren", "hinh_thuc": "bang_khen"}
    client.post(url, {**data, "noi_dung": "Thành tích", "ngay": TO_DAY})

    assert KhenThuong.objects.get().doan_vien == doan_vien


def test_awards_of_the_neighbours_are_no_choice(client_of, bi_thu, chi_doan_khac):
    stranger = make_doan_vien(chi_doan=chi_doan_khac)
    data = {"doan_vien": [stranger.pk], "cap": "co_so", "hinh_thuc": "giay_khen"}

    page = client_of(bi_thu).post(
        "/doan-vien/khen-thuong/ghi/", {**data, "noi_dung": "Thử", "ngay": TO_DAY}
    )

    assert page.context["form"].errors["doan_vien"]
    assert not KhenThuong.objects.exists()


def test_the_file_of_awards_has_the_rows_of_the_page(client_of, bi_thu, doan_vien):
    make_khen_thuong(doan_vien)
    make_khen_thuong(doan_vien, ngay=date(2025, 3, 26))

    answer = client_of(bi_thu).get("/doan-vien/khen-thuong/", {"nam": "2026", "export": "xlsx"})

    sheet = load_workbook(BytesIO(answer.content)).active
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["Huỳnh Tấn Đạt"]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("trang", ["khen-thuong", "hoan", "ky-luat", "xoa-ten"])
def test_a_list_takes_the_same_queries_for_any_number_of_rows(
    client_of, bi_thu_phuong, chi_doan, trang, count, django_assert_max_num_queries
):
    for _ in range(count):
        nguoi = make_doan_vien(chi_doan=chi_doan)
        make_khen_thuong(nguoi)
        make_hoan(nguoi)
        make_ky_luat(nguoi)
        roi_doan.propose_xoa_ten(
            doan_vien=nguoi, can_cu="ca_hai", ly_do="Đã nhắc", ngay=HOM_NAY, by=None
        )
    client = client_of(bi_thu_phuong)
    if trang == "ky-luat":
        client.post("/doan-vien/ky-luat/", {"ly_do": "lap_bao_cao"})

    with django_assert_max_num_queries(11):
        rows = client.get(f"/doan-vien/{trang}/").context["page"]
    assert len(rows) == count


# ---- duties ----------------------------------------------------------------------------------


def test_duties_count_who_reaches_the_age_and_what_runs_out(
    client_of, bi_thu, bi_thu_phuong, chi_doan, phuong, doan_vien
):
    make_doan_vien(chi_doan=chi_doan, ngay_sinh=date(1996, 12, 1), ngay_vao_doan=date(2014, 1, 1))
    make_hoan(doan_vien, den_ngay=date(2026, 12, 21))
    make_hoan(make_doan_vien(chi_doan=chi_doan), den_ngay=date(2026, 12, 22))

    ages = gia_tri_nhieu(list(viec.KHOA_VIEC), ngay=today(), don_vi=phuong)
    (ward,) = dem_viec(list(viec.dem_phuong(bi_thu_phuong, phuong, today(), ages)))
    assert ward.tieu_de == "1\u00a0đồng chí đến tuổi trưởng thành Đoàn"
    assert client_of(bi_thu_phuong).get(ward.url).context["page"].paginator.count == 1
    (branch,) = dem_viec(list(viec_hoan.dem_chi_doan(bi_thu, chi_doan, today(), {})))
    assert branch.tieu_de == "1\u00a0đồng chí sắp hết hạn hoãn sinh hoạt"
    assert branch.han == date(2026, 12, 21)
    assert client_of(bi_thu).get(branch.url).context["page"].paginator.count == 1


def test_a_wrong_award_is_taken_back(doan_vien, bi_thu):
    khen_thuong.delete_khen_thuong(khen_thuong=make_khen_thuong(doan_vien), by=bi_thu)

    assert not KhenThuong.objects.exists()
