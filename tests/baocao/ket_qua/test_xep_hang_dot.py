"""The ranking of a round: who reads it, what it shows, how it moved, what an open row proves."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from baocao.dot_cham import services
from baocao.ket_qua.bang_dot import LocDot, NhomDong, dot_truoc
from baocao.ket_qua.han_muc import HanMuc, dem_cao
from baocao.ket_qua.hang import DoiHang, Hang, nhom
from baocao.ket_qua.tam_tinh import xep_hang_chung
from baocao.models import DotCham
from tests.baocao.test_ket_qua_loi import BO
from tests.factories import make_dot_cham

from .conftest import dang_cong_bo

URL = "/xep-hang/"


def page_of(client, dot, **params):
    return client.get(URL, {"dot": dot.pk, **params})


def places(page):
    return [
        (row.dong.hang, row.dong.hang_cum, row.dong.hang_khoi, row.dong.ten)
        for row in page.context["rows"]
    ]


def test_the_ranking_of_a_published_round_is_read_by_everybody_in_it(
    client_of, cong_bo, bi_thu, bi_thu_phuong, van_phong, nguoi_la
):
    for user in (bi_thu, bi_thu_phuong, van_phong):
        page = page_of(client_of(user), cong_bo)
        assert places(page) == [
            (1, 1, 1, "Chi đoàn Khu vực 1"),
            (2, 2, 2, "Chi đoàn Khu vực 2"),
        ]
    assert page_of(client_of(nguoi_la), cong_bo).status_code == 404


def test_a_trial_is_read_by_offices_alone(client_of, cong_bo, bi_thu, bi_thu_phuong):
    DotCham.objects.filter(pk=cong_bo.pk).update(trang_thai="thu")

    assert page_of(client_of(bi_thu), cong_bo).status_code == 404
    assert page_of(client_of(bi_thu_phuong), cong_bo).status_code == 200


def test_the_choice_offers_today_and_the_rounds(client_of, cong_bo, bi_thu_phuong):
    page = client_of(bi_thu_phuong).get(URL)

    assert [(item["label"], item["active"]) for item in page.context["options"]] == [
        ("Tạm tính", True),
        ("Năm\u00a02026, lấy ý kiến", False),
    ]


def test_an_open_row_shows_figures_evidence_and_who_gave_what(
    client_of, cong_bo, bi_thu_phuong, chi_doan
):
    page = page_of(client_of(bi_thu_phuong), cong_bo, mo=chi_doan.pk)

    row = page.context["rows"][0]
    assert row.is_mo
    assert [(item.luat.ma, item.chung, item.toi_da) for item in row.tieu_chi] == [
        ("a1", "40", "40"),
        ("a2", "30", "30"),
        ("b1", "0", "30"),
        ("c1", "5", "5"),
    ]
    assert [step.ai for step in row.tieu_chi[0].buoc] == ["Tự chấm", "Thẩm định"]
    assert row.vi_sao == ["Được 75/100 điểm.", "Mức hoàn thành tốt nhiệm vụ tính từ 70 điểm."]
    assert row.de_nang == [
        "Thêm 10 điểm thì lên mức hoàn thành xuất sắc nhiệm vụ (từ 85 điểm).",
        (
            "Kết nạp đoàn viên: thêm 1 người thì được 10 điểm; thêm 3 người thì được 30 điểm, là "
            "nhiều nhất."
        ),
    ]


def test_others_see_the_result_but_open_their_own_row_alone(
    client_of, cong_bo, bi_thu, chi_doan, chi_doan_khac
):
    page = page_of(client_of(bi_thu), cong_bo, mo=chi_doan_khac.pk)

    assert [(row.may_mo, row.is_mo) for row in page.context["rows"]] == [
        (True, False),
        (False, False),
    ]


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({"q": "khu vuc 2"}, ["Chi đoàn Khu vực 2"]),
        ({"muc": "htt"}, ["Chi đoàn Khu vực 1"]),
        ({"muc": "chua"}, []),
    ],
)
def test_filters_are_the_databases(client_of, cong_bo, bi_thu_phuong, params, names):
    page = page_of(client_of(bi_thu_phuong), cong_bo, **params)

    assert [row.dong.ten for row in page.context["rows"]] == names
    assert page.context["page"].paginator.count == len(names)


def test_a_cluster_is_asked_for_within_its_ward():
    groups = [NhomDong(cum, "", xa, "", 1) for xa in ("A", "B") for cum in ("Cụm 1", "Cụm 2")]

    def offered(is_chi_doan, **params):
        form = LocDot(params, BO, groups, is_chi_doan=is_chi_doan)
        names = [value for value, _ in form.fields["cum"].choices] if "cum" in form.fields else []
        return names, form.wanted

    assert offered(True, cum="Cụm 1") == ([], {})
    names, wanted = offered(True, xa="A", cum="Cụm 1")
    assert (names, wanted) == (["", "Cụm 1", "Cụm 2"], {"xa": "A", "cum": "Cụm 1"})
    assert offered(False, cum="Cụm 1")[1] == {"cum": "Cụm 1"}


def test_each_figure_of_classes_opens_its_rows(client_of, cong_bo, bi_thu_phuong):
    client = client_of(bi_thu_phuong)

    for kpi in page_of(client, cong_bo).context["kpis"]:
        assert str(client.get(URL + kpi["url"]).context["page"].paginator.count) == kpi["value"]


def test_movement_is_told_since_the_last_final_round(
    client_of, chung_cuoc, phuong, bi_thu_phuong, chi_doan, chi_doan_khac, monkeypatch
):
    DotCham.objects.filter(pk=chung_cuoc.pk).update(ky="2025", ngay_chot=date(2025, 11, 20))
    dot = dang_cong_bo(make_dot_cham(phuong), **{chi_doan_khac.ma: {"a1": 40, "a2": 30}})

    rows = page_of(client_of(bi_thu_phuong), dot).context["rows"]

    assert [(row.dong.ten, row.dong.doi_hang.icon, row.dong.doi_hang.loi) for row in rows] == [
        ("Chi đoàn Khu vực 2", "arrow-up", "lên 1"),
        ("Chi đoàn Khu vực 1", "arrow-down", "xuống 1"),
    ]


def test_a_corrected_round_is_not_the_one_before_its_correction(chung_cuoc):
    correction = services.correct_dot(dot=chung_cuoc, loi="Sót điểm", by=None)

    assert dot_truoc(correction, [chung_cuoc, correction]) is None


def test_the_workbook_has_the_rows_of_the_page(client_of, cong_bo, bi_thu_phuong):
    found = page_of(client_of(bi_thu_phuong), cong_bo, export="xlsx", q="khu vuc 1")

    sheet = load_workbook(BytesIO(found.content)).active
    assert [row[7].value for row in sheet.iter_rows(min_row=2)] == ["Chi đoàn Khu vực 1"]


@pytest.mark.parametrize("opened", [False, True])
def test_a_round_takes_the_same_statements_for_any_number_of_rows(
    client_of, cong_bo, bi_thu_phuong, chi_doan, django_assert_max_num_queries, opened
):
    params = {"mo": chi_doan.pk, "page": 1} if opened else {}
    client = client_of(bi_thu_phuong)
    page_of(client, cong_bo)

    with django_assert_max_num_queries(12):
        page_of(client, cong_bo, **params)


# ---- ranks and words without the database --------------------------------------------------

ROWS = st.lists(
    st.builds(
        Hang,
        pk=st.integers(1, 10**6),
        ten=st.just("x"),
        cum=st.sampled_from(["", "Cụm 1", "Cụm 2"]),
        khoi=st.sampled_from(["", "dan_cu", "llvt"]),
        tong=st.integers(0, 6).map(Decimal),
    ),
    max_size=14,
    unique_by=lambda row: row.pk,
)


@given(ROWS)
def test_ranks_count_the_better_ones_within_each_grouping(rows):
    for row in xep_hang_chung(BO, rows):
        for field, group in (("hang", None), ("hang_cum", "cum"), ("hang_khoi", "khoi")):
            if group and not getattr(row, group):
                assert getattr(row, field) is None
                continue
            same = [
                other
                for other in rows
                if group is None or getattr(other, group) == getattr(row, group)
            ]
            better = [other for other in same if other.tong > row.tong]
            assert getattr(row, field) == len(better) + 1


@pytest.mark.parametrize(
    ("truoc", "nay", "icon", "loi"),
    [
        (5, 3, "arrow-up", "lên 2"),
        (3, 5, "arrow-down", "xuống 2"),
        (4, 4, "minus", "giữ hạng"),
        (None, 4, "minus", "mới xếp"),
        (4, None, "minus", "–"),
    ],
)
def test_movement_has_a_sign_a_number_and_a_word(truoc, nay, icon, loi):
    found = DoiHang(truoc, nay)

    assert (found.icon, found.loi) == (icon, loi)


@given(st.integers(0, 100), st.integers(0, 60), st.sampled_from(["xuong", "len"]))
def test_the_quota_is_the_share_rounded_as_it_is_set(phan_tram, so_xep, tron):
    most = HanMuc(phan_tram, "duoc_xep", tron).nhieu_nhat(so_xep, 0)

    exact = Decimal(phan_tram * so_xep) / 100
    assert most - exact < 1 if tron == "len" else exact - most < 1
    assert most >= exact if tron == "len" else most <= exact


def test_the_quota_says_by_how_many_it_is_passed():
    quota = HanMuc(20, "duoc_xep", "xuong")
    levels = ["htxs"] * 3 + ["htt"] * 5 + ["ht"] * 4 + [""]

    found = quota.cau("Xuất sắc", *dem_cao(levels, ("htxs", "htt", "ht", "kht")))

    assert found.is_qua
    assert found.loi == (
        "Xuất sắc: 25% (3/12); hạn mức nhiều nhất 2 đơn vị (20% của 12 đơn vị được xếp loại, "
        "làm tròn xuống). Quá 1 đơn vị."
    )


def test_a_set_without_groups_has_one_bar():
    assert nhom(BO) == [("Bảng thử", Decimal(30))]
