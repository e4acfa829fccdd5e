"""The pipeline by unit, the letters behind its numbers, and what the office above is told."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baocao.chi_tieu import THEO_MA, ThoiKy, compute, rows
from core.periods import KyBaoCao
from tests.factories import make_chi_doan, make_ho_so, make_phuong
from tests.tudưong.test_viec import make_letter, titles
from tochuc.models import QuyDinh
from tochuc.viec import dem_viec
from tudưong.models import BuocHoSo, HoSo
from tudưong.queries import funnel
from tudưong.viec import dem_cap_tren

T = HoSo.TrangThai
PAGE = "/ho-so/theo-don-vi/"


def numbers(row) -> list[int]:
    return [cell.so for cell in (*row.dang_di, *row.trong_ky)]


@pytest.fixture
def cases(chi_doan, chi_doan_khac, phuong_khac):
    """Two wards: three cases of one branch, one of its neighbour, two of the other ward."""
    far = make_chi_doan(phuong=phuong_khac)
    asked = make_ho_so(chi_doan=chi_doan, trang_thai=T.CHAT_VAN, ngay_buoc=date(2026, 9, 10))
    make_letter(asked)
    return [
        asked,
        make_ho_so(chi_doan=chi_doan, trang_thai=T.DA_GUI, ngay_buoc=date(2026, 11, 1)),
        make_ho_so(chi_doan=chi_doan, trang_thai=T.KET_NAP),
        make_ho_so(chi_doan=chi_doan_khac, trang_thai=T.CHO_CHI_DOAN),
        make_ho_so(chi_doan=far, trang_thai=T.CHO_THAM_TRA, ngay_buoc=date(2026, 11, 11)),
        make_ho_so(
            chi_doan=far,
            trang_thai=T.BOI_DUONG,
            ngay_gioi_thieu=date(2025, 3, 1),
            ngay_gui=date(2025, 3, 2),
        ),
    ]


# ---- the table -----------------------------------------------------------------------------


def test_the_office_above_reads_wards_by_stage_with_the_longest_wait(
    client_of, van_phong, phuong, phuong_khac, cases
):
    bang = client_of(van_phong).get(f"{PAGE}?ky=2026").context["bang"]

    found = {str(row.don_vi): numbers(row) for row in (bang.tong, *bang.hang)}
    assert found == {
        "Thành đoàn Thử": [1, 1, 0, 2, 0, 3, 1, 1, 0, 1],
        "Đoàn phường Thử": [1, 0, 0, 2, 0, 3, 1, 1, 0, 1],
        "Đoàn phường Khác": [0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    }
    waits = [cell.lau_nhat for cell in bang.tong.dang_di]
    assert waits == [164, 10, None, 72, None]


def test_a_ward_reads_its_branches(client_of, bi_thu_phuong, cases):
    bang = client_of(bi_thu_phuong).get(PAGE).context["bang"]

    assert {row.don_vi.ten: sum(numbers(row)) for row in bang.hang} == {
        "Khu vực 1": 8,
        "Khu vực 2": 1,
    }


def test_the_office_opens_a_ward_by_its_branches(client_of, van_phong, phuong, cases):
    client = client_of(van_phong)
    address = f"?don_vi={phuong.pk}&ky=2026"

    assert address.replace("&", "&amp;") in client.get(f"{PAGE}?ky=2026").text
    bang = client.get(PAGE + address).context["bang"]
    assert [row.don_vi.ten for row in bang.hang] == ["Khu vực 1", "Khu vực 2"]


def test_every_number_opens_as_many_rows(client_of, van_phong, bi_thu_phuong, cases):
    checked = 0
    for user in (van_phong, bi_thu_phuong):
        client = client_of(user)
        bang = client.get(f"{PAGE}?ky=2026").context["bang"]
        for row in (bang.tong, *bang.hang):
            for cell in (*row.dang_di, *row.trong_ky):
                assert client.get(cell.url).context["page"].paginator.count == cell.so
                checked += cell.so > 0
    assert checked > 15


def test_another_period_counts_what_was_in_it(client_of, van_phong, cases):
    page = client_of(van_phong).get(f"{PAGE}?ky=2025")

    assert [cell.so for cell in page.context["bang"].tong.trong_ky] == [1, 0, 0, 0, 1]
    assert "năm\u00a02025" in page.text
    assert "ky=2024" in page.context["ky_truoc"]


def test_a_branch_reads_its_list(client_of, bi_thu, cases):
    assert client_of(bi_thu).get(PAGE).url == reverse("tuduong:ho_so_list")
    assert PAGE not in client_of(bi_thu).get("/ho-so/").text


def test_a_foreign_unit_is_not_found(client_of, bi_thu_phuong, phuong_khac, cases):
    assert client_of(bi_thu_phuong).get(f"{PAGE}?don_vi={phuong_khac.pk}").status_code == 404


@pytest.mark.parametrize("ky", ["2026Q5", "x", ""])
def test_a_period_that_is_none_gives_this_year(client_of, van_phong, cases, ky):
    assert client_of(van_phong).get(f"{PAGE}?ky={ky}").context["ky"] == KyBaoCao(2026)


def test_statements_do_not_grow_with_units_and_cases(client_of, huyen, van_phong, cases):
    client, counts = client_of(van_phong), []
    for more in (0, 3):
        for _ in range(more):
            branch = make_chi_doan(phuong=make_phuong(cap_tren=huyen))
            make_letter(make_ho_so(chi_doan=branch, trang_thai=T.CHAT_VAN))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12


def test_bars_say_how_long_half_of_the_cases_have_waited(chi_doan, hom_nay):
    for days in (1, 10, 100):
        day = hom_nay - timedelta(days=days)
        make_ho_so(chi_doan=chi_doan, trang_thai=T.CHO_THAM_TRA, ngay_buoc=day)

    bar = next(row for row in funnel(HoSo.objects.all(), hom_nay) if row.so)

    assert (bar.ma, bar.so, bar.giua, bar.lau_nhat) == ("phuong", 3, 10, 100)


# ---- letters -------------------------------------------------------------------------------


def test_letters_are_counted_sent_answered_and_unanswered_at_the_end(
    chi_doan, phuong, cap_uy, hom_nay
):
    """One answered in the next quarter, one followed by another, one by the decision itself."""
    kinds = [T.DA_TRA_LOI, T.CHAT_VAN, T.KET_NAP]
    answered, twice, admitted = (make_ho_so(chi_doan=chi_doan, trang_thai=kind) for kind in kinds)
    make_letter(
        answered,
        ngay=date(2026, 9, 1),
        tra_loi_ngay=date(2026, 10, 5),
        tra_loi_loai="cho_lop",
        tra_loi_boi=cap_uy,
    )
    make_letter(twice, ngay=date(2026, 7, 10))
    make_letter(twice, lan_thu=2, ngay=date(2026, 10, 10))
    make_letter(admitted, ngay=date(2026, 8, 1))
    BuocHoSo.objects.create(
        ho_so=admitted, thu_tu=1, loai="ket_nap", den_trang_thai=T.KET_NAP, ngay=date(2026, 8, 20)
    )

    codes = ("cong_van_hoi_ket_qua", "cong_van_duoc_tra_loi", "cong_van_chua_tra_loi")
    found = {}
    for ky in (KyBaoCao(2026, quy=3), KyBaoCao(2026, quy=4)):
        thoi_ky = ThoiKy.of(ky, phuong, ky.end)
        table = compute(phuong, thoi_ky, [THEO_MA[ma] for ma in codes])
        found[ky.quy] = [table.so(phuong, ma).tu for ma in codes]
        opened = [rows(THEO_MA[ma], phuong, thoi_ky).count() for ma in codes]
        assert opened == found[ky.quy]

    assert found == {3: [3, 0, 2], 4: [1, 1, 1]}


def test_rows_of_the_figures_open(client_of, bi_thu_phuong, phuong, cases):
    for ma in ("cong_van_hoi_ket_qua", "cong_van_chua_tra_loi"):
        url = reverse("baocao:chi_tieu_rows", args=[phuong.pk, ma])
        page = client_of(bi_thu_phuong).get(f"{url}?ky=2026Q3")
        assert str(cases[0].doan_vien) in page.text


def test_list_of_letters_filters_by_how_long_they_wait(client_of, bi_thu_phuong, cases):
    client, late = client_of(bi_thu_phuong), cases[1]
    make_letter(late, ngay=date(2026, 11, 10))
    HoSo.objects.filter(pk=late.pk).update(trang_thai=T.CHAT_VAN)

    def shown(query):
        page = client.get(f"/ho-so/cong-van/?{query}").context["page"]
        return [row.ho_so_id for row in page.object_list]

    assert shown("tinh_trang=cho") == [late.pk, cases[0].pk]
    assert shown("tinh_trang=qua_han") == [cases[0].pk]
    assert shown("tinh_trang=im_lang") == [cases[0].pk]
    assert shown("ky=2026Q4") == [late.pk]
    assert shown("tra_loi=2026") == []


# ---- the office above ----------------------------------------------------------------------


def test_a_letter_long_unanswered_stands_on_the_page_of_the_office_above(
    client_of, van_phong, bi_thu_phuong, huyen, cases, hom_nay
):
    """Asked for by 30/09; thirty days later the office above is told, the ward from the first."""
    words = "1 công văn hỏi kết quả quá hạn hơn 30\u00a0ngày chưa được trả lời"

    def told(day):
        return dem_viec(dem_cap_tren(huyen, day, {"cong_van_bao_cap_tren": 30}))

    assert titles(told(date(2026, 10, 30))) == []
    assert titles(told(date(2026, 10, 31))) == [words]
    for page in ("/", PAGE):
        assert words in client_of(van_phong).get(page).text
    assert "1 công văn quá hạn chưa được trả lời" in client_of(bi_thu_phuong).get("/").text
    duty = told(hom_nay)[0]
    assert client_of(van_phong).get(duty.url).context["page"].paginator.count == 1


def test_how_long_is_a_dated_setting_and_nobody_above_decides(
    client_of, van_phong, huyen, cases, hom_nay
):
    QuyDinh.objects.create(
        ma="cong_van_bao_cap_tren",
        don_vi=huyen,
        tu_ngay=date(2026, 1, 1),
        gia_tri=60,
        can_cu="Nếp của huyện",
    )
    client = client_of(van_phong)

    assert "hơn 60" not in client.get("/").text
    assert "hơn 60" not in client.get(PAGE).text
    for name in ("ho_so_outcome", "chat_van_open", "chat_van_answer", "ho_so_close"):
        address = reverse(f"tuduong:{name}", args=[cases[0].pk])
        assert client.post(address, {"version": 1}).status_code == 403
