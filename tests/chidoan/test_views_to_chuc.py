from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from chidoan.models import ChiDoan, ChucVu, ChuDiem, DiemDanh, NghiQuyet, PhuTrach
from chidoan.trang_buoi import find_chu_diem
from core.periods import KyBaoCao, today
from core.text.numbers import roman
from tests.factories import (
    make_buoi,
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_nghi_quyet,
)

CO_MAT, MUON, LY_DO, VANG = DiemDanh.TrangThai.values
BRANCHES = reverse("chidoan:list")
RESOLUTIONS = reverse("chidoan:nghi_quyet_list")
THEMES = reverse("chidoan:chu_diem")
LONG_PAST = date(2026, 1, 5)


def url(name, target):
    return reverse(f"chidoan:{name}", args=[target.pk])


def rows_of(response):
    return list(response.context["page"].object_list)


# ---- resolutions ----


@pytest.fixture
def nghi_quyet(chi_doan):
    buoi = make_buoi(chi_doan=chi_doan, ngay=LONG_PAST)
    return make_nghi_quyet(
        buoi=buoi, han=date(2026, 2, 1), noi_dung="Đắp đường hẻm 12", khoa_tim="dap duong hem 12"
    )


def test_resolutions_are_listed_by_state(client_of, bi_thu, chi_doan, nghi_quyet, chi_doan_khac):
    buoi = nghi_quyet.buoi
    done = make_nghi_quyet(buoi=buoi, trang_thai="xong", ket_qua="Rồi", ket_thuc_ngay=LONG_PAST)
    soon = make_nghi_quyet(buoi=buoi, han=today())
    make_nghi_quyet(buoi=make_buoi(chi_doan=chi_doan_khac))
    client = client_of(bi_thu)

    found = [
        rows_of(client.get(f"{RESOLUTIONS}?{query}"))
        for query in (
            "",
            "tinh_trang=dang_lam",
            "tinh_trang=qua_han",
            "tinh_trang=sap_den_han",
            "tinh_trang=xong",
            "q=Đường hẻm",
            "ky=2025",
        )
    ]

    assert found == [
        [nghi_quyet, soon, done],
        [nghi_quyet, soon],
        [nghi_quyet],
        [soon],
        [done],
        [nghi_quyet],
        [],
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_resolutions_take_the_same_queries_for_any_number(
    client_of, bi_thu, chi_doan, count, django_assert_num_queries
):
    for _ in range(count):
        make_nghi_quyet(buoi=make_buoi(chi_doan=chi_doan))
    client = client_of(bi_thu)

    # session, user, roles; count, page, choices of the unit filter
    with django_assert_num_queries(6):
        assert len(rows_of(client.get(RESOLUTIONS))) == count


def test_resolution_is_reported_on_between_meetings(client_of, bi_thu, nghi_quyet):
    client = client_of(bi_thu)
    data = {"trang_thai": "xong", "ket_qua": "4 buổi", "ngay": "01/02/2026"}

    page = client.get(url("nghi_quyet_finish", nghi_quyet))
    response = client.post(url("nghi_quyet_finish", nghi_quyet), data)

    nghi_quyet.refresh_from_db()
    assert page.context["form"]["ngay"].value() == today()
    assert response.url == RESOLUTIONS
    assert (nghi_quyet.trang_thai, nghi_quyet.ket_thuc_ngay) == ("xong", date(2026, 2, 1))


def test_refused_report_names_the_field(client_of, bi_thu, nghi_quyet):
    data = {"trang_thai": "xong", "ket_qua": "4 buổi", "ngay": "01/01/2026"}

    response = client_of(bi_thu).post(url("nghi_quyet_finish", nghi_quyet), data)

    assert "ra ngày 05/01/2026" in response.context["form"].errors["ngay"][0]


def test_resolution_is_taken_up_again(client_of, bi_thu, nghi_quyet):
    NghiQuyet.objects.update(trang_thai="xong", ket_qua="Rồi", ket_thuc_ngay=LONG_PAST)
    client = client_of(bi_thu)

    page = client.get(nghi_quyet.get_absolute_url())
    assert page.context["may_reopen"]
    assert url("nghi_quyet_reopen", nghi_quyet) in page.content.decode()
    client.post(url("nghi_quyet_reopen", nghi_quyet))
    again = client.post(url("nghi_quyet_reopen", nghi_quyet), follow=True)

    nghi_quyet.refresh_from_db()
    assert nghi_quyet.trang_thai == "dang_lam"
    assert "Nghị quyết này đang làm." in again.content.decode()


@pytest.mark.parametrize(("role", "status"), [("nguoi_la", 404), ("van_phong", 403)])
@pytest.mark.parametrize("name", ["nghi_quyet_finish", "nghi_quyet_reopen"])
def test_resolution_of_others_is_closed(client_of, request, nghi_quyet, role, status, name):
    client = client_of(request.getfixturevalue(role))

    assert client.post(url(name, nghi_quyet)).status_code == status


# ---- branches ----


@pytest.fixture
def busy(phuong, chi_doan):
    """A branch with members, a meeting this month, open resolutions, secretary and coach."""
    members = [make_doan_vien(chi_doan=chi_doan) for _ in range(3)]
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", ho_ten="Lê Minh Duy", doan_vien=members[0])
    coach = make_chuc_vu(don_vi=phuong, ho_ten="Lâm Quốc Thịnh")
    PhuTrach.objects.create(chi_doan=chi_doan, chuc_vu=coach, tu_ngay=LONG_PAST)
    roll = dict(zip(members, [CO_MAT, MUON, VANG], strict=True))
    buoi = make_buoi(chi_doan=chi_doan, ngay=today().replace(day=1), diem_danh=roll)
    make_nghi_quyet(buoi=buoi, phu_trach=members[0], han=LONG_PAST)
    make_nghi_quyet(buoi=buoi, phu_trach=members[0], han=date(2100, 1, 1))
    return chi_doan


def test_ward_sees_its_branches_with_their_figures(client_of, can_bo_phuong, busy, chi_doan_khac):
    make_doan_vien(chi_doan=chi_doan_khac, chuc_vu="Bí thư", ho_ten="Trần Theo Sổ")

    first, second = rows_of(client_of(can_bo_phuong).get(BRANCHES))

    names = (
        "so_doan_vien",
        "hop",
        "so_du_hop",
        "so_danh_sach",
        "so_nghi_quyet",
        "so_qua_han",
        "ten_bi_thu",
        "ten_phu_trach",
    )
    assert [getattr(first, name) for name in names] == [
        3, "da", 2, 3, 2, 1, "Lê Minh Duy", "Lâm Quốc Thịnh",
    ]  # fmt: skip
    assert [getattr(second, name) for name in names] == [
        1, "chua", 0, 0, 0, 0, "Trần Theo Sổ", None,
    ]  # fmt: skip


def test_unit_whose_records_have_stopped_is_seen_as_of_that_day(client_of, van_phong, huyen, busy):
    for unit in (huyen, busy):
        unit.so_lieu_den = date(2025, 12, 31)
        unit.save()
    members = [make_doan_vien(chi_doan=busy) for _ in range(2)]
    buoi = make_buoi(
        chi_doan=busy, ngay=date(2025, 12, 9), diem_danh=dict.fromkeys(members, CO_MAT)
    )
    make_nghi_quyet(buoi=buoi, han=date(2025, 12, 30))
    client = client_of(van_phong)

    response = client.get(BRANCHES)
    (row,) = rows_of(response)
    page = client.get(url("detail", busy)).context
    late = client.get(RESOLUTIONS, {"tinh_trang": "qua_han"})

    assert (row.hop, row.so_du_hop, row.so_qua_han) == ("da", 2, 1)
    assert "Tháng 12/2025" in response.content.decode()
    assert page["as_of"] == date(2025, 12, 31)
    assert page["months"][-1] == KyBaoCao(2025, thang=12)
    assert [row.han for row in rows_of(late)] == [date(2025, 12, 30)]


def test_dispersed_branch_is_not_called_late_within_its_quarter(client_of, can_bo_phuong, phuong):
    make_chi_doan(phuong=phuong, dac_thu=True, ten="Họp theo quý")
    quarter = KyBaoCao.quarter_of(today())

    page = client_of(can_bo_phuong).get(BRANCHES)
    if today().month % 3:
        assert "Chưa phải họp" in page.content.decode()
    make_buoi(chi_doan=ChiDoan.objects.get(), ngay=quarter.start)
    page = client_of(can_bo_phuong).get(BRANCHES)

    assert f"Đã họp quý {roman(quarter.quy)}" in page.content.decode()


def test_page_of_a_branch_leads_to_its_own_meeting_form(client_of, can_bo_phuong, busy):
    make_chi_doan(phuong=busy.cap_tren)
    client = client_of(can_bo_phuong)

    form = client.get(client.get(url("detail", busy)).context["url_ghi"])

    assert form.context["page"].chi_doan.pk == busy.pk


def test_branches_are_filtered(client_of, can_bo_phuong, busy, chi_doan_khac, phuong):
    school = make_chi_doan(phuong=phuong, ten="Trường Tiểu học", khoi="truong_hoc")
    make_chi_doan(phuong=phuong, ket_thuc=LONG_PAST)
    make_chi_doan()
    client = client_of(can_bo_phuong)

    found = [
        [branch.pk for branch in rows_of(client.get(f"{BRANCHES}?{query}"))]
        for query in ("hop=da", "hop=chua", "khoi=truong_hoc", "q=truong tieu", f"don_vi={busy.pk}")
    ]

    assert found == [
        [busy.pk],
        [chi_doan_khac.pk, school.pk],
        [school.pk],
        [school.pk],
        [busy.pk],
    ]


def test_download_of_branches_has_their_figures(client_of, can_bo_phuong, busy):
    response = client_of(can_bo_phuong).get(BRANCHES, {"export": "xlsx"})

    head, row = load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True)
    assert dict(zip(head, row, strict=True)) == {
        "Chi đoàn": "Khu vực 1",
        "Đoàn cơ sở": "Đoàn phường Thử",
        f"Tháng {today().month}/{today().year}": "Đã họp",
        "Đã họp": 0,
        "Phải họp": today().month - 1,
        "Đoàn viên": 3,
        "Dự họp 3 tháng": "2/3 (66,7%)",
        "Bí thư": "Lê Minh Duy",
        "Phụ trách": "Lâm Quốc Thịnh",
        "Nghị quyết đang làm": 2,
        "Nghị quyết quá hạn": 1,
    }


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("role", ["can_bo_phuong", "van_phong"])
def test_branches_take_the_same_queries_for_any_number(
    client_of, request, phuong, role, count, django_assert_num_queries
):
    for _ in range(count):
        make_doan_vien(chi_doan=make_chi_doan(phuong=phuong))
    client = client_of(request.getfixturevalue(role))

    # session, user, roles; count, page, choices of the unit filter
    with django_assert_num_queries(6):
        assert len(rows_of(client.get(BRANCHES))) == count


def test_figures_of_a_branch_open_rows_of_the_same_count(client_of, can_bo_phuong, busy):
    client = client_of(can_bo_phuong)

    kpis = client.get(url("detail", busy)).context["kpis"]

    counts = [client.get(kpi["url"]).context["page"].paginator.count for kpi in kpis]
    assert [(kpi["value"], kpi.get("fraction")) for kpi in kpis] == [
        ("3", None),
        ("1", None),
        ("66,7%", "2/3"),
    ]
    assert counts == [3, 1, 2]


def test_branch_page_says_what_is_wrong_and_who_helps(client_of, can_bo_phuong, busy):
    context = client_of(can_bo_phuong).get(url("detail", busy)).context

    assert context["phu_trach"].chuc_vu.ho_ten == "Lâm Quốc Thịnh"
    assert [row.ho_ten for row in context["chuc_vu"]] == ["Lê Minh Duy"]
    assert [row.so_qua_han for row in [context["chi_doan"]]] == [1]
    assert [reason.cau for reason in context["can_giup"].cac_ly_do] == [
        "1 nghị quyết quá hạn",
        "năm nay chưa kết nạp ai",
    ]
    assert len(context["heat"]) == 12
    assert context["heat"][-1].text == "67"


@pytest.mark.parametrize("count", [1, 12])
def test_branch_page_takes_the_same_queries(
    client_of, can_bo_phuong, chi_doan, count, django_assert_num_queries
):
    for _ in range(count):
        member = make_doan_vien(chi_doan=chi_doan)
        make_nghi_quyet(buoi=make_buoi(chi_doan=chi_doan), phu_trach=member)
        make_chuc_vu(don_vi=chi_doan, doan_vien=member)
    client = client_of(can_bo_phuong)

    # session, user, roles; branch, its figures, attendance, offices, limits, coach, resolutions
    with django_assert_num_queries(11):
        client.get(url("detail", chi_doan))


def test_branches_without_a_secretary_are_found_in_the_list(
    client_of, can_bo_phuong, busy, chi_doan_khac
):
    rows = rows_of(client_of(can_bo_phuong).get(BRANCHES, {"bi_thu": "khuyet"}))

    assert [row.pk for row in rows] == [chi_doan_khac.pk]


@pytest.mark.parametrize("name", ["detail", "bch"])
def test_branch_of_another_ward_is_not_found(client_of, nguoi_la, chi_doan, name):
    assert client_of(nguoi_la).get(url(name, chi_doan)).status_code == 404


# ---- offices, coaching, themes ----


def test_ward_records_a_secretary_and_ends_the_term(client_of, can_bo_phuong, chi_doan):
    member = make_doan_vien(chi_doan=chi_doan)
    client = client_of(can_bo_phuong)
    data = {"doan_vien": member.pk, "chuc_danh": "bi_thu", "tu_ngay": "1/9/2026"}

    created = client.post(url("chuc_vu_create", chi_doan), data)
    row = ChucVu.objects.get()
    told = {"den_ngay": "30/9/2026", "ket_thuc": "khac", "ly_do": "Đi học"}
    ended = client.post(url("chuc_vu_end", row), told)

    row.refresh_from_db()
    assert created.url == ended.url == url("detail", chi_doan)
    assert (row.doan_vien, row.den_ngay, row.ly_do_ket_thuc) == (
        member,
        date(2026, 9, 30),
        "Đi học",
    )


@pytest.mark.parametrize("unit", ["phuong", "chi_doan"])
def test_office_is_chosen_never_assumed(client_of, can_bo_phuong, unit, request):
    don_vi = request.getfixturevalue(unit)
    address = url("chuc_vu_create", don_vi)

    form = client_of(can_bo_phuong).get(address).context["form"]
    sent = client_of(can_bo_phuong).post(address, {"tu_ngay": "1/9/2026", "chuc_danh": ""})

    assert form["chuc_danh"].value() in (None, "")
    assert "chuc_danh" in sent.context["form"].errors


def test_refused_office_names_the_field(client_of, can_bo_phuong, chi_doan):
    member = make_doan_vien(chi_doan=chi_doan)
    data = {"doan_vien": member.pk, "chuc_danh": "uy_vien", "tu_ngay": "1/9/2026"}

    response = client_of(can_bo_phuong).post(url("chuc_vu_create", chi_doan), data)

    assert "chưa đủ đoàn viên" in response.context["form"].errors["chuc_danh"][0]


def test_refused_end_of_a_term_names_the_field(client_of, can_bo_phuong, phuong):
    row = make_chuc_vu(don_vi=phuong, tu_ngay=date(2026, 9, 1))

    told = {"den_ngay": "31/8/2026", "ket_thuc": "xin_thoi"}

    response = client_of(can_bo_phuong).post(url("chuc_vu_end", row), told)

    assert "Nhiệm kỳ bắt đầu" in response.context["form"].errors["den_ngay"][0]


def test_committee_of_the_ward_is_recorded_by_name(client_of, can_bo_phuong, phuong):
    client = client_of(can_bo_phuong)
    data = {"ho_ten": "Hồ Thị Yến", "chuc_danh": "uy_vien", "tu_ngay": "1/9/2026"}

    response = client.post(url("chuc_vu_create", phuong), data, follow=True)

    assert response.request["PATH_INFO"] == url("bch", phuong)
    assert [row.ho_ten for row in response.context["chuc_vu"]] == ["Hồ Thị Yến"]


def test_choice_of_people_is_limited_to_the_ward(client_of, can_bo_phuong, chi_doan):
    member = make_doan_vien(chi_doan=chi_doan)
    make_doan_vien()

    form = client_of(can_bo_phuong).get(url("chuc_vu_create", chi_doan)).context["form"]

    assert list(form.fields["doan_vien"].queryset) == [member]


def test_coach_is_assigned_and_dismissed(client_of, can_bo_phuong, phuong, chi_doan):
    coach = make_chuc_vu(don_vi=phuong)
    make_chuc_vu(don_vi=phuong, den_ngay=LONG_PAST)
    client = client_of(can_bo_phuong)

    page = client.get(url("phu_trach_assign", chi_doan))
    client.post(url("phu_trach_assign", chi_doan), {"chuc_vu": coach.pk, "tu_ngay": "01/09/2026"})
    row = PhuTrach.objects.get()
    refused = client.post(
        url("phu_trach_assign", chi_doan), {"chuc_vu": coach.pk, "tu_ngay": "01/09/2026"}
    )
    client.post(url("phu_trach_end", row))
    again = client.post(url("phu_trach_end", row), follow=True)

    row.refresh_from_db()
    assert list(page.context["form"].fields["chuc_vu"].queryset) == [coach]
    assert (row.chuc_vu, row.den_ngay) == (coach, today())
    assert "đang phụ trách" in refused.context["form"].errors["chuc_vu"][0]
    assert "đã kết thúc" in again.content.decode()


def test_themes_of_a_year_are_edited_on_one_page(client_of, can_bo_phuong, phuong):
    ChuDiem.objects.create(don_vi=phuong, nam=2026, thang=3, ten="Tháng Thanh niên")
    client = client_of(can_bo_phuong)

    page = client.get(THEMES, {"nam": 2026})
    client.post(f"{THEMES}?nam=2026", {"thang_3": "", "thang_11": "Tôn sư trọng đạo"})

    assert page.context["form"]["thang_3"].value() == "Tháng Thanh niên"
    assert list(ChuDiem.objects.values_list("don_vi", "nam", "thang", "ten")) == [
        (phuong.pk, 2026, 11, "Tôn sư trọng đạo")
    ]


@pytest.mark.parametrize(("role", "status"), [("nguoi_la", 404), ("bi_thu", 403)])
@pytest.mark.parametrize("name", ["chuc_vu_create", "phu_trach_assign"])
def test_ward_work_is_closed_to_others(client_of, request, chi_doan, name, role, status):
    client = client_of(request.getfixturevalue(role))

    assert client.get(url(name, chi_doan)).status_code == status


def test_terms_and_coaching_of_another_ward_are_not_found(client_of, nguoi_la, phuong, chi_doan):
    coach = make_chuc_vu(don_vi=phuong)
    row = PhuTrach.objects.create(chi_doan=chi_doan, chuc_vu=coach, tu_ngay=LONG_PAST)
    client = client_of(nguoi_la)

    assert client.get(url("chuc_vu_end", coach)).status_code == 404
    assert client.post(url("phu_trach_end", row)).status_code == 404


def test_branch_has_themes_of_its_own_where_it_differs(client_of, bi_thu, phuong, chi_doan):
    ChuDiem.objects.create(don_vi=phuong, nam=2026, thang=3, ten="Tháng Thanh niên")
    client = client_of(bi_thu)

    page = client.get(THEMES, {"nam": 2026}).content.decode()
    client.post(f"{THEMES}?nam=2026", {"thang_3": "Bảo vệ rừng"})

    assert 'placeholder="Tháng Thanh niên"' in page
    assert find_chu_diem(chi_doan, date(2026, 3, 5)) == "Bảo vệ rừng"
    assert find_chu_diem(make_chi_doan(phuong=phuong), date(2026, 3, 5)) == "Tháng Thanh niên"


def test_themes_of_a_foreign_unit_are_not_found(client_of, bi_thu, chi_doan_khac):
    assert client_of(bi_thu).get(THEMES, {"don_vi": chi_doan_khac.pk}).status_code == 404
