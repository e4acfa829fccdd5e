from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from baocao.models import ChiTieuNam, DanhGiaTieuChi, XepLoaiChiDoan
from baocao.services import assess_chi_doan
from baocao.xep_hang import load_xep_hang
from baocao.xep_loai import Muc
from tests.factories import make_buoi, make_chi_doan, make_doan_vien, make_xep_loai
from tochuc.models import QuyDinh

URL = reverse("baocao:xep_hang")
TU_DANH_GIA = ("nhiem_vu", "so_chi_doan", "doan_phi", "ren_luyen", "ky_luat")


def people(chi_doan, count=5, *, tu_ngay=date(2024, 1, 1)):
    return [make_doan_vien(chi_doan=chi_doan, tu_ngay=tu_ngay) for _ in range(count)]


def full_year(chi_doan, members, *, nam=2025, states=()):
    """A meeting in every month; `states` are those of the first members, the rest present."""
    roll = dict.fromkeys(members, "co_mat") | dict(zip(members, states, strict=False))
    for thang in range(1, 13):
        make_buoi(chi_doan=chi_doan, ngay=date(nam, thang, 10), diem_danh=roll)


def assess(chi_doan, by, *, nam=2025, **levels):
    found = dict.fromkeys(TU_DANH_GIA, "htxs") | levels
    assess_chi_doan(
        chi_doan=chi_doan,
        nam=nam,
        danh_gia={ma: (muc, "Biên bản kiểm tra.") for ma, muc in found.items()},
        ngay=date(2026, 1, 10),
        by=by,
    )


def excellent(chi_doan, by, *, states=()):
    members = people(chi_doan)
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2025, 3, 26))
    full_year(chi_doan, members, states=states)
    for nguoi in members:
        make_xep_loai(nguoi, "htxs", nam=2025)
    assess(chi_doan, by)
    return members


def rows_of(don_vi, nam=2025):
    return {row.chi_doan.pk: row for row in load_xep_hang(don_vi, nam).dong}


def test_a_branch_with_all_criteria_at_the_top_is_excellent(phuong, chi_doan, can_bo_phuong):
    excellent(chi_doan, can_bo_phuong)

    row = rows_of(phuong)[chi_doan.pk]

    assert row.xep.muc == Muc.HTXS
    assert row.xep.so_cao_nhat == 9
    assert (row.hang, row.hang_cum) == (1, 1)


@pytest.mark.parametrize(
    ("levels", "muc"), [({"so_chi_doan": "ht"}, "ht"), ({"ky_luat": "htt"}, "htt")]
)
def test_the_wards_finding_lowers_the_branch(phuong, chi_doan, can_bo_phuong, levels, muc):
    excellent(chi_doan, can_bo_phuong)
    assess(chi_doan, can_bo_phuong, **levels)

    assert rows_of(phuong)[chi_doan.pk].muc == muc


def test_a_missed_month_fails_the_branch(phuong, chi_doan, can_bo_phuong):
    excellent(chi_doan, can_bo_phuong)
    chi_doan.buoi_sinh_hoat.filter(ngay__month=7).delete()

    row = rows_of(phuong)[chi_doan.pk]

    assert row.muc == "kht"
    assert row.ket_qua[0].tu == 11
    assert row.ket_qua[0].mau == 12


def test_what_nobody_assessed_leaves_the_level_open(phuong, chi_doan):
    full_year(chi_doan, people(chi_doan))

    row = rows_of(phuong)[chi_doan.pk]

    assert row.muc == ""
    assert row.ten_muc == "Chưa đủ dữ liệu"
    missing = {item.tieu_chi.ma for item in row.ket_qua if item.muc is None}
    assert missing == {*TU_DANH_GIA, "ket_nap", "tot_tro_len", "khong_hoan_thanh"}


def test_nobody_admitted_is_for_the_ward_to_judge(phuong, chi_doan, can_bo_phuong):
    full_year(chi_doan, people(chi_doan))
    assess(chi_doan, can_bo_phuong, ket_nap="htxs")

    result = next(
        item for item in rows_of(phuong)[chi_doan.pk].ket_qua if item.tieu_chi.ma == "ket_nap"
    )

    assert (result.muc, result.tu) == (Muc.HTXS, 0)


def test_admissions_are_measured_against_the_years_target(phuong, chi_doan):
    people(chi_doan, 2, tu_ngay=date(2025, 3, 26))
    ChiTieuNam.objects.create(don_vi=chi_doan, ma="ket_nap_moi", nam=2025, gia_tri=3)

    def result():
        found = rows_of(phuong)[chi_doan.pk].ket_qua
        return next(item for item in found if item.tieu_chi.ma == "ket_nap")

    assert (result().muc, result().tu, result().mau) == (None, 2, 3)
    people(chi_doan, 1, tu_ngay=date(2025, 9, 2))
    assert (result().muc, result().tu) == (Muc.HTXS, 3)


def test_unrated_members_count_in_the_base_when_the_setting_says_so(phuong, chi_doan):
    members = people(chi_doan, 5)
    for nguoi in members[:4]:
        make_xep_loai(nguoi, "htt", nam=2025)

    def rate():
        found = rows_of(phuong)[chi_doan.pk].ket_qua
        return next((item.tu, item.mau) for item in found if item.tieu_chi.ma == "tot_tro_len")

    assert rate() == (4, 4)
    QuyDinh.objects.create(
        ma="mau_so_xep_loai", tu_ngay=date(2025, 1, 1), gia_tri="tong_doan_vien", can_cu="Thử"
    )
    assert rate() == (4, 5)


def test_attendance_breaks_ties_and_equals_share_a_rank(phuong, can_bo_phuong):
    branches = [make_chi_doan(phuong=phuong, cum_thi_dua="Cụm 1") for _ in range(3)]
    for branch, states in zip(branches, [(), (), ("vang",)], strict=True):
        excellent(branch, can_bo_phuong, states=states)

    found = rows_of(phuong)

    assert [found[branch.pk].hang for branch in branches] == [1, 1, 3]


def test_ranks_are_given_within_the_cluster_too(phuong, can_bo_phuong):
    first = make_chi_doan(phuong=phuong, cum_thi_dua="Cụm 1")
    second = make_chi_doan(phuong=phuong, cum_thi_dua="Cụm 2")
    for branch, states in ((first, ()), (second, ("vang",))):
        excellent(branch, can_bo_phuong, states=states)

    found = rows_of(phuong)

    assert [(found[unit.pk].hang, found[unit.pk].hang_cum) for unit in (first, second)] == [
        (1, 1),
        (2, 1),
    ]


def test_small_new_and_empty_branches_stand_beside_the_ranking(phuong):
    small = make_chi_doan(phuong=phuong)
    people(small, 4)
    new = make_chi_doan(phuong=phuong, thanh_lap=date(2025, 9, 1))
    people(new, 6, tu_ngay=date(2025, 9, 1))
    empty = make_chi_doan(phuong=phuong)

    found = rows_of(phuong)

    assert [found[unit.pk].hang for unit in (small, new, empty)] == [None] * 3
    assert found[small.pk].ghi_chu == "Dưới 5 đoàn viên"
    assert found[new.pk].ghi_chu == "Mới thành lập chưa đủ 6 tháng"
    assert found[empty.pk].ghi_chu == "Chưa có đoàn viên trong sổ"


def test_small_branches_are_ranked_when_the_setting_says_so(phuong, chi_doan):
    people(chi_doan, 4)
    QuyDinh.objects.create(
        ma="xep_hang_chi_doan_nho", tu_ngay=date(2025, 1, 1), gia_tri=1, can_cu="Thử"
    )

    row = rows_of(phuong)[chi_doan.pk]

    assert (row.hang, row.ghi_chu) == (1, "Dưới 5 đoàn viên")


def test_the_older_scale_is_shown_as_decided_and_never_converted(phuong, chi_doan, chi_doan_khac):
    for branch, muc in ((chi_doan, "kha"), (chi_doan_khac, "manh")):
        people(branch)
        XepLoaiChiDoan.objects.create(
            chi_doan=branch, nam=2020, thang="cu", muc=muc, ngay=date(2020, 12, 15)
        )
    for branch in (chi_doan, chi_doan_khac):
        branch.doan_vien.first().qua_trinh.update(tu_ngay=date(2019, 1, 1))
    people(chi_doan, 6, tu_ngay=date(2019, 1, 1))
    people(chi_doan_khac, 6, tu_ngay=date(2019, 1, 1))

    bang = load_xep_hang(phuong, 2020)

    assert [(row.chi_doan.pk, row.ten_muc, row.hang) for row in bang.dong] == [
        (chi_doan_khac.pk, "Vững mạnh", 1),
        (chi_doan.pk, "Khá", 2),
    ]
    assert bang.dem_muc == [("manh", "Vững mạnh", 1), ("kha", "Khá", 1)]


def test_before_2019_there_is_nothing_to_compute(phuong, chi_doan):
    people(chi_doan, 6, tu_ngay=date(2016, 1, 1))

    row = rows_of(phuong, 2018)[chi_doan.pk]

    assert row.ket_qua == ()
    assert row.muc == ""


# ---- the page ------------------------------------------------------------------------------


def test_an_open_row_shows_numbers_evidence_and_the_way_up(
    client_of, van_phong, chi_doan, can_bo_phuong
):
    excellent(chi_doan, can_bo_phuong)
    chi_doan.buoi_sinh_hoat.filter(ngay__month__in=[7, 9]).delete()

    page = client_of(van_phong).get(URL, {"ky": "2025", "mo": chi_doan.pk})
    text = page.content.decode()

    assert "Tiêu chí thấp nhất quyết định mức chung: Sinh hoạt chi đoàn định kỳ." in text
    assert "thêm 2 tháng có buổi sinh hoạt thì đạt mức xuất sắc" in text
    assert "Biên bản kiểm tra." in text
    (row,) = [row for row in page.context["rows"] if row.is_mo]
    for item in row.tieu_chi:
        for _, url in item.urls:
            assert client_of(van_phong).get(url).status_code == 200


def test_filters_keep_the_year_and_the_rank(client_of, van_phong, phuong, can_bo_phuong):
    first = make_chi_doan(phuong=phuong, cum_thi_dua="Cụm 1", ten="Thứ Nhất")
    second = make_chi_doan(phuong=phuong, cum_thi_dua="Cụm 2", ten="Thứ Hai")
    for branch, states in ((first, ()), (second, ("vang",))):
        excellent(branch, can_bo_phuong, states=states)
    client = client_of(van_phong)

    page = client.get(URL, {"ky": "2025", "cum": "Cụm 2"})
    found = client.get(URL, {"ky": "2025", "q": "thu nhat"})
    none = client.get(URL, {"ky": "2025", "muc": "kht"})

    assert [(row.dong.chi_doan.ten, row.dong.hang) for row in page.context["rows"]] == [
        ("Thứ Hai", 2)
    ]
    assert [row.dong.chi_doan.ten for row in found.context["rows"]] == ["Thứ Nhất"]
    assert none.context["rows"] == []


def test_each_figure_of_levels_opens_its_rows(client_of, van_phong, chi_doan, chi_doan_khac):
    for branch, muc in ((chi_doan, "htt"), (chi_doan_khac, "ht")):
        people(branch)
        XepLoaiChiDoan.objects.create(
            chi_doan=branch, nam=2025, thang="hd33", muc=muc, ngay=date(2025, 12, 1)
        )
    client = client_of(van_phong)

    for kpi in client.get(URL, {"ky": "2025"}).context["kpis"]:
        page = client.get(f"{URL}{kpi['url']}").context["page"]
        assert str(page.paginator.count) == kpi["value"]


def test_a_branch_sees_its_own_row_alone_with_its_rank(
    client_of, bi_thu, phuong, chi_doan, chi_doan_khac, can_bo_phuong
):
    excellent(chi_doan, can_bo_phuong, states=("vang",))
    excellent(chi_doan_khac, can_bo_phuong)

    page = client_of(bi_thu).get(URL, {"ky": "2025"})

    (row,) = page.context["rows"]
    assert (row.dong.chi_doan.pk, row.dong.hang, page.context["so_xep"]) == (chi_doan.pk, 2, 2)
    assert "Khu vực 2" not in page.content.decode()


def test_a_unit_whose_books_end_opens_at_its_last_year(client_of, van_phong, huyen, chi_doan):
    huyen.so_lieu_den = date(2020, 12, 31)
    huyen.save()

    page = client_of(van_phong).get(URL)

    assert page.context["nam"] == 2020
    assert "Số liệu đến 31/12/2020" in page.content.decode()


def test_the_workbook_has_the_filtered_rows(client_of, van_phong, chi_doan, chi_doan_khac):
    people(chi_doan)
    people(chi_doan_khac)

    answer = client_of(van_phong).get(URL, {"ky": "2025", "q": "khu vuc 2", "export": "xlsx"})

    sheet = load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in sheet["E"]] == ["Chi đoàn", "Khu vực 2"]
    assert [cell.value for cell in sheet["A"]] == ["Hạng chung", 1]


def test_the_ranking_takes_the_same_statements_for_one_branch_and_many(
    client_of, van_phong, phuong, chi_doan, can_bo_phuong
):
    excellent(chi_doan, can_bo_phuong)
    client = client_of(van_phong)
    counts = []
    for more in (0, 3):
        for _ in range(more):
            excellent(make_chi_doan(phuong=phuong), can_bo_phuong)
        with CaptureQueriesContext(connection) as queries:
            client.get(URL, {"ky": "2025", "mo": chi_doan.pk})
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12


# ---- assessment ----------------------------------------------------------------------------


def test_the_ward_assesses_and_the_page_shows_it(client_of, can_bo_phuong, chi_doan):
    people(chi_doan)
    client = client_of(can_bo_phuong)
    form = reverse("baocao:danh_gia", args=[chi_doan.pk])
    fields = {
        "ngay": "10/01/2026",
        "muc_so_chi_doan": "ht",
        "minh_chung_so_chi_doan": "Thiếu tháng 7.",
    }

    answer = client.post(f"{form}?ky=2025", fields, follow=True)

    assert "Thiếu tháng 7." in answer.content.decode()
    assert DanhGiaTieuChi.objects.get().by == can_bo_phuong


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ngay": "31/02/2026"}, "ngay"),
        ({"ngay": "10/01/2027", "muc_ky_luat": "htxs", "minh_chung_ky_luat": "Sổ."}, "ngay"),
        ({"ngay": "10/01/2026", "muc_ky_luat": "htxs"}, "minh_chung_ky_luat"),
        ({"ngay": "10/01/2026", "minh_chung_ky_luat": "Sổ."}, "muc_ky_luat"),
        ({"ngay": "10/01/2026", "muc_ky_luat": "kht", "minh_chung_ky_luat": "S."}, "muc_ky_luat"),
    ],
)
def test_an_assessment_is_refused_at_its_field(client_of, can_bo_phuong, chi_doan, fields, field):
    form = reverse("baocao:danh_gia", args=[chi_doan.pk])

    answer = client_of(can_bo_phuong).post(f"{form}?ky=2025", fields)

    assert list(answer.context["form"].errors) == [field]
    assert not DanhGiaTieuChi.objects.exists()


def test_only_the_branchs_own_ward_assesses(client_of, van_phong, nguoi_la, bi_thu, chi_doan):
    form = reverse("baocao:danh_gia", args=[chi_doan.pk])

    assert client_of(nguoi_la).get(form).status_code == 404
    assert client_of(van_phong).get(form).status_code == 403
    assert client_of(bi_thu).get(form).status_code == 403


def test_a_year_of_the_older_scale_is_not_assessed(client_of, can_bo_phuong, chi_doan):
    form = reverse("baocao:danh_gia", args=[chi_doan.pk])

    assert client_of(can_bo_phuong).get(f"{form}?ky=2018").status_code == 404


# ---- why, and what would raise it ----------------------------------------------------------


def opened(client, chi_doan, nam=2025):
    page = client.get(URL, {"ky": nam, "mo": chi_doan.pk})
    (row,) = [row for row in page.context["rows"] if row.is_mo]
    return row


def test_an_excellent_branch_has_nothing_to_raise(client_of, van_phong, chi_doan, can_bo_phuong):
    excellent(chi_doan, can_bo_phuong)

    row = opened(client_of(van_phong), chi_doan)

    assert row.vi_sao == ["Cả 9 tiêu chí đều ở mức cao nhất."]
    assert row.de_nang == []


def test_each_level_says_the_way_to_the_next(client_of, van_phong, chi_doan, can_bo_phuong):
    members = excellent(chi_doan, can_bo_phuong)
    assess(chi_doan, can_bo_phuong, doan_phi="ht", ky_luat="htt")
    for nguoi, muc in zip(members, ["ht", "ht", "kht"], strict=False):
        nguoi.xep_loai.update(muc=muc)

    row = opened(client_of(van_phong), chi_doan)

    assert row.de_nang == [
        "Thu, nộp đoàn phí: đúng, đủ thì đạt mức xuất sắc.",
        (
            "Đoàn viên xếp loại tốt trở lên: thêm 1 đồng chí xếp loại tốt trở lên thì đạt mức hoàn "
            "thành."
        ),
        (
            "Đoàn viên không hoàn thành nhiệm vụ: bớt 1 đồng chí không hoàn thành thì đạt mức xuất "
            "sắc."
        ),
        "Đoàn viên bị kỷ luật: không có thì đạt mức xuất sắc.",
    ]


def test_a_recorded_decision_names_its_number_and_scale(client_of, van_phong, chi_doan):
    people(chi_doan, 6, tu_ngay=date(2019, 1, 1))
    XepLoaiChiDoan.objects.create(
        chi_doan=chi_doan,
        nam=2020,
        thang="cu",
        muc="manh",
        ngay=date(2020, 12, 15),
        so_quyet_dinh="61-QĐ/ĐTN",
    )

    row = opened(client_of(van_phong), chi_doan, 2020)

    assert row.vi_sao[0] == (
        "Quyết định số 61-QĐ/ĐTN ngày 15/12/2020: Vững mạnh (thang trước 2019)."
    )
    assert row.vi_sao[1].startswith("Theo tiêu chí của 33-HD/TWĐTN-BTC, để tham khảo:")
    assert row.de_nang == []


def test_an_empty_branch_says_that_it_is_empty(client_of, van_phong, chi_doan):
    row = opened(client_of(van_phong), chi_doan)

    assert row.vi_sao == ["Chưa có đoàn viên trong sổ."]
