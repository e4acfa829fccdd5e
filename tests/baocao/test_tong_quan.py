"""The pages of figures: every cell of a chart's table opens as many rows, whatever happened."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baocao.chi_tieu import So, ThoiKy, compute, rows
from baocao.chi_tieu.chi_xem import CHI_XEM
from baocao.models import BaoCao
from baocao.theo_doi import load_theo_doi
from baocao.tong_quan.ban_o import CHI_SO, ChiSo, muc_cua
from baocao.tong_quan.da_bao_cao import NHAN, TRA_LAI
from baocao.tong_quan.giay import giay_cap_tren, giay_phuong
from chidoan.models import HoatDong
from core.pdf import Charts, TableBlock
from core.periods import KyBaoCao
from tests.baocao.histories import make_history
from tests.core.pdf_reading import page_texts, words
from tests.core.test_gallery import luminance
from tests.factories import (
    make_bao_cao,
    make_buoi,
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_don_vi,
    make_hoat_dong,
    make_lop,
    make_nghi_quyet,
    make_nguoi_dung,
    make_phuong,
)
from tochuc.models import DonVi, QuyDinh
from tochuc.permissions import VaiTro

TOI_DA = 12


def url(don_vi):
    return reverse("baocao:tong_quan", args=[don_vi.pk])


def charts(page):
    return {chart.ma: chart for chart in page.context["bieu_do"]}


def number(text: str) -> int:
    """What a cell counts: "85,7% (96/112)" is measured against 112."""
    if "(" in text:
        text = text.split("/")[1].rstrip(")")
    return int(text.replace(".", ""))


def opened(client, address: str) -> int:
    return client.get(address).context["page"].paginator.count


@pytest.mark.parametrize("seed", [0, pytest.param(2, marks=pytest.mark.same_on_both)])
def test_what_only_dashboards_show_opens_as_many_rows(db, seed):
    huyen, wards, branches = make_history(seed)
    thoi_ky = ThoiKy.of(KyBaoCao.parse("2026Q1"), huyen, date(2026, 2, 14))
    table = compute(huyen, thoi_ky, CHI_XEM)

    for don_vi in (huyen, *wards, *branches):
        for item in CHI_XEM:
            assert table.so(don_vi, item.ma).tu == rows(item, don_vi, thoi_ky).count(), item.ma


@pytest.mark.parametrize("seed", [0, pytest.param(3, marks=pytest.mark.same_on_both)])
@pytest.mark.parametrize("params", [{}, {"ngay": "14/08/2026"}])
def test_each_cell_of_a_wards_charts_opens_its_rows(db, client_of, seed, params):
    _, wards, _ = make_history(seed)
    client = client_of(make_nguoi_dung(VaiTro.BI_THU_PHUONG, wards[0]))

    page, home = client.get(url(wards[0]), params), client.get("/", params)

    for chart in (*charts(page).values(), home.context["xu_huong"]):
        for row in chart.dong:
            for cell in row[1:]:
                if cell.chu != "–":
                    assert opened(client, cell.url) == number(cell.chu), (chart.ma, row)
        assert not chart.ve or 'aria-label="' in chart.ve
    for kpi in page.context["kpis"]:
        is_rate = str(kpi["value"]).endswith("%")
        figure = kpi["fraction"].partition("/")[2] if is_rate else str(kpi["value"])
        assert opened(client, kpi["url"]) == number(figure.replace("–", "0")), kpi


def test_the_pyramid_adds_up_to_the_members(client_of, bi_thu_phuong, phuong, chi_doan):
    for born, gioi in ((date(2010, 1, 1), "nu"), (date(1999, 1, 1), "nam"), (date(2005, 1, 1), "")):
        make_doan_vien(chi_doan=chi_doan, ngay_sinh=born, gioi_tinh=gioi or "chua_ro")

    page = client_of(bi_thu_phuong).get(url(phuong))

    cells = {row[0].chu: [cell.chu for cell in row[1:]] for row in charts(page)["thap-tuoi"].dong}
    assert cells["dưới 18"] == ["1", "0", "0"]
    assert cells["27–29"] == ["0", "1", "0"]
    assert cells["21–23"] == ["0", "0", "1"]
    assert "1 đồng chí chưa rõ giới tính" in charts(page)["thap-tuoi"].chu_giai


def test_a_past_day_shows_the_ward_as_it_was(client_of, bi_thu_phuong, phuong, chi_doan):
    member = make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 8, 1))
    meeting = make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 20))
    make_nghi_quyet(buoi=meeting, phu_trach=member, han=date(2026, 8, 21))
    client = client_of(bi_thu_phuong)

    for day, members, met in (("31/07/2026", "0", 0), ("01/08/2026", "1", 0), ("31/08/2026", 1, 1)):
        page = client.get(url(phuong), {"ngay": day})
        assert [kpi["value"] for kpi in page.context["kpis"]][::2] == [str(members), met]
        assert page.context["su_kien"] is None
        assert f'value="{day}"' in page.content.decode()
        (line,) = [*page.context["can_giup"], *page.context["on_dinh"]]
        assert [bool(cell.url) for cell, _ in line.heat][7:] == [bool(met), *[False] * 4]
        assert "quá hạn" not in line.can_giup.ly_do


def test_what_comes_within_thirty_days_is_listed_by_day(client_of, bi_thu_phuong, phuong, chi_doan):
    make_hoat_dong(
        don_vi=chi_doan,
        ten="Ra quân",
        tu_ngay=date(2026, 12, 1),
        den_ngay=date(2026, 12, 1),
        trang_thai=HoatDong.TrangThai.DANG_LAM,
    )
    make_hoat_dong(
        don_vi=chi_doan, ten="Đã xong", tu_ngay=date(2026, 12, 2), den_ngay=date(2026, 12, 2)
    )
    make_lop(don_vi=phuong, ten="Lớp kỹ năng", tu_ngay=date(2026, 11, 20), trang_thai="mo")
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", han_nhiem_ky=date(2026, 12, 10))
    make_chuc_vu(don_vi=make_chi_doan(), chuc_danh="bi_thu", han_nhiem_ky=date(2026, 12, 10))
    client = client_of(bi_thu_phuong)

    events = client.get(url(phuong)).context["su_kien"]

    assert [(event.ngay.day, event.loai) for event in events] == [
        (20, "Lớp tập huấn"),
        (1, "Hoạt động"),
        (10, "Hết nhiệm kỳ"),
    ]
    assert all(client.get(event.url).status_code == 200 for event in events)


@pytest.mark.parametrize(("state", "found"), [("mo", 1), ("da_nop", 0), ("mien", 0), (None, 1)])
def test_a_report_is_coming_until_it_is_handed_in(
    client_of, bi_thu_phuong, phuong, monkeypatch, hom_nay, state, found
):
    moment = hom_nay.replace(month=12, day=1)
    monkeypatch.setattr("tochuc.models.DonVi.ngay_so_lieu", lambda unit, day: moment)
    if state:
        more = {
            "da_nop": {"tinh_den": date(2026, 11, 1)},
            "mien": {"mien_ly_do": "Mới thành lập"},
        }.get(state, {})
        make_bao_cao(don_vi=phuong, ky="2026Q4", trang_thai=state, **more)

    events = client_of(bi_thu_phuong).get(url(phuong)).context["su_kien"]

    assert len([event for event in events if event.loai == "Hạn báo cáo"]) == found


def test_members_away_at_a_place_are_listed(client_of, bi_thu_phuong, phuong, chi_doan):
    for noi in ("Bình Dương", "Bình Dương", ""):
        make_doan_vien(chi_doan=chi_doan, di_xa_tu=date(2026, 1, 1), di_xa_noi=noi)
    client = client_of(bi_thu_phuong)

    chart = charts(client.get(url(phuong)))["di-xa-noi"]

    assert [[cell.chu for cell in row] for row in chart.dong] == [
        ["Bình Dương", "2"],
        ["Chưa ghi nơi đi", "1"],
    ]
    assert [opened(client, row[1].url) for row in chart.dong] == [2, 1]


@pytest.mark.parametrize("asked", [{"ngay": "01/01/0001"}, {"ngay": "x"}, {"ky": "0001"}])
def test_days_of_before_the_union_and_nonsense_show_today(
    client_of, bi_thu_phuong, phuong, hom_nay, asked
):
    assert client_of(bi_thu_phuong).get(url(phuong), asked).context["xem"].ngay == hom_nay


def test_an_empty_ward_says_so(client_of, bi_thu_phuong, phuong):
    page = client_of(bi_thu_phuong).get(url(phuong))

    assert not any(chart.ve for ma, chart in charts(page).items() if ma != "pheu")
    assert "Chưa có đoàn viên trong sổ." in page.content.decode()


def test_a_branch_is_its_own_page(client_of, bi_thu_phuong, chi_doan):
    assert client_of(bi_thu_phuong).get(url(chi_doan)).url == chi_doan.get_absolute_url()


def test_foreign_units_are_not_found(client_of, bi_thu_phuong, phuong_khac):
    assert client_of(bi_thu_phuong).get(url(phuong_khac)).status_code == 404


def test_a_wards_figures_take_the_same_statements_for_little_and_much(
    client_of, bi_thu_phuong, phuong, chi_doan
):
    client = client_of(bi_thu_phuong)
    counts = []
    for more in (1, 3):
        for _ in range(more):
            branch = make_chi_doan(phuong=phuong)
            member = make_doan_vien(chi_doan=branch, di_xa_tu=date(2026, 1, 1), di_xa_noi="Huế")
            make_buoi(chi_doan=branch, ngay=date(2026, 10, 1), diem_danh={member: "co_mat"})
        with CaptureQueriesContext(connection) as queries:
            client.get(url(phuong))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= TOI_DA


# ---- above wards ---------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [0, pytest.param(3, marks=pytest.mark.same_on_both)])
@pytest.mark.parametrize("measure", [item.ma for item in CHI_SO])
def test_tiles_and_league_open_the_rows_they_are_made_of(db, client_of, seed, measure):
    huyen, wards, _ = make_history(seed)
    client = client_of(make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, huyen))

    page = client.get("/", {"ngay": "14/08/2026", "chi_so": measure})

    ((above, tiles),) = page.context["ban_o"]
    assert above is None
    assert [tile.don_vi.pk for tile in tiles] == [ward.pk for ward in wards]
    for tile in tiles:
        assert opened(client, tile.tu.url) == tile.so.tu
        assert opened(client, tile.mau.url) == tile.so.mau
        assert client.get(tile.url).context["unit"] == tile.don_vi
    known = [tile for tile in tiles if tile.muc]
    assert len(page.context["dau_bang"]) == len(known)
    assert page.context["cuoi_bang"] == []


@pytest.mark.parametrize("seed", [0, 2])
def test_each_cell_of_a_districts_charts_opens_its_rows(db, client_of, seed):
    huyen, _, _ = make_history(seed)
    client = client_of(make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, huyen))

    page = client.get("/", {"ngay": "14/08/2026"})

    for chart in charts(page).values():
        for row in chart.dong:
            if row[1].chu != "–":
                assert opened(client, row[1].url) == number(row[1].chu), (chart.ma, row)


@pytest.mark.parametrize(
    ("figure", "good", "bad"),
    [
        (So(80, 100), 3, 3),
        (So(84, 100), 4, 2),
        (So(100, 100), 5, 1),
        (So(76, 100), 3, 3),
        (So(75, 100), 2, 4),
        (So(59, 100), 1, 5),
        (So(0, 0), 0, 0),
        (So(2, 4), 0, 0),
    ],
)
def test_a_class_is_a_rate_against_that_of_all(figure, good, bad):
    for expected, high in ((good, True), (bad, False)):
        measure = ChiSo("x", "X", "doan_vien", "doan_vien", high)
        assert muc_cua(figure, So(800, 1000), measure) == expected


def test_of_few_people_a_tile_shows_no_percentage(client_of, van_phong, phuong, chi_doan):
    members = [make_doan_vien(chi_doan=chi_doan) for _ in range(4)]
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 10, 1), diem_danh=dict.fromkeys(members, "co_mat"))

    ((_, (tile,)),) = client_of(van_phong).get("/").context["ban_o"]

    assert (tile.chu, tile.muc) == ("4/4", 0)


def test_a_province_groups_its_wards_and_keeps_those_without_a_district(client_of, huyen, phuong):
    tinh = make_don_vi(cap="tinh", loai="tinh", ten="Lớn", cap_tren=None)
    DonVi.objects.move(huyen, tinh, "last-child")
    own = make_phuong(cap_tren=DonVi.objects.get(pk=tinh.pk))
    office = make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, DonVi.objects.get(pk=tinh.pk))
    client = client_of(office)

    page = client.get("/")

    groups = [(above, [tile.don_vi.pk for tile in tiles]) for above, tiles in page.context["ban_o"]]
    assert groups == [(None, [own.pk]), (huyen, [phuong.pk])]
    assert client.get(url(huyen)).context["unit"] == huyen


def test_many_units_are_paged(client_of, van_phong, huyen):
    for _ in range(42):
        make_phuong(cap_tren=huyen)
    client = client_of(van_phong)

    first = client.get("/")
    second = client.get(first.context["trang_sau"])

    assert [len(page.context["bang"]) for page in (first, second)] == [40, 2]
    assert sum(len(tiles) for _, tiles in first.context["ban_o"]) == 42


def test_a_districts_figures_take_the_same_statements_for_little_and_much(
    client_of, van_phong, huyen, phuong
):
    client = client_of(van_phong)
    for params in ({}, {"ngay": "14/08/2026"}):
        counts = []
        for more in (1, 3):
            for _ in range(more):
                make_doan_vien(chi_doan=make_chi_doan(phuong=make_phuong(cap_tren=huyen)))
            for address in ("/", url(huyen)):
                with CaptureQueriesContext(connection) as queries:
                    client.get(address, params)
                counts.append(len(queries))
        assert counts[:2] == counts[2:]
        assert max(counts) < TOI_DA


def test_from_a_tile_to_a_meeting_takes_three_steps(client_of, van_phong, phuong, chi_doan):
    member = make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 1, 1))
    buoi = make_buoi(chi_doan=chi_doan, ngay=date(2026, 10, 1), diem_danh={member: "co_mat"})
    client = client_of(van_phong)

    ((_, (tile,)),) = client.get("/").context["ban_o"]
    page = client.get(tile.url)
    (line,) = [*page.context["can_giup"], *page.context["on_dinh"]]
    cell, _ = line.heat[9]
    found = client.get(cell.url).context["page"].object_list

    assert cell.text == "100"
    assert [row.pk for row in found] == [buoi.pk]


# ---- as reported ---------------------------------------------------------------------------

DA_BAO_CAO = {"so": "da_bao_cao", "ky": "2026Q3"}


def cells(row):
    return dict(zip(NHAN.values(), row.o, strict=True))


def test_reported_figures_are_frozen_and_a_silent_unit_is_said(
    client_of, van_phong, huyen, phuong, phuong_khac, chi_doan, da_nop
):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 1))
    make_doan_vien(chi_doan=make_chi_doan(phuong=phuong_khac), tu_ngay=date(2026, 9, 1))

    page = client_of(van_phong).get(url(huyen), DA_BAO_CAO)

    ward, silent = page.context["dong"]
    members = cells(ward)["Đoàn viên"]
    assert (members.bao_cao, members.nay.tu, members.da_doi) == (1, 2, True)
    assert not cells(ward)["Chi đoàn"].da_doi
    assert (silent.bao_cao, silent.noi) == (None, "chưa nộp")
    assert (page.context["so_nop"], page.context["so_don_vi"]) == (1, 2)
    assert page.context["cong"][1] == "1"
    text = page.content.decode()
    assert "1/2 đơn vị có số đã nộp" in text
    assert "chưa gồm 1 đơn vị chưa nộp" in text
    assert f"{da_nop.get_absolute_url()}?xem=tat-ca#doan_vien" in text
    assert TRA_LAI not in text


def test_a_report_that_was_sent_back_counts_as_handed_in_but_not_its_figures(
    client_of, van_phong, huyen, da_nop
):
    BaoCao.objects.update(trang_thai="tra_lai")
    (rate,) = load_theo_doi(huyen, [KyBaoCao.parse("2026Q3")], date(2026, 10, 1)).ty_le
    assert (rate.nop, rate.phai) == (1, 1)

    page = client_of(van_phong).get(url(huyen), DA_BAO_CAO)

    assert page.context["so_nop"] == 0
    assert set(page.context["cong"]) == {"–"}
    assert page.context["dong"][0].noi == "trả lại để sửa, số chưa tính"
    assert TRA_LAI in page.content.decode()


def test_as_reported_prints_what_was_reported(client_of, van_phong, huyen, da_nop, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 1))
    client = client_of(van_phong)

    paper = client.get(client.get(url(huyen), DA_BAO_CAO).context["url_giay"])

    text = words("".join(page_texts(paper.content)))
    assert "SỐ ĐÃ BÁO CÁO" in text
    assert "1/1 đơn vị có số đã nộp" in text
    assert "Cộng 1 đơn vị có số đã nộp 1 1 " in text  # one member, not the two of today


def test_a_ward_sees_its_own_report_and_those_of_its_branches(
    client_of, bi_thu_phuong, phuong, chi_doan, da_nop
):
    QuyDinh.objects.create(
        ma="bao_cao_chi_doan", don_vi=phuong, tu_ngay=date(2026, 1, 1), gia_tri="1", can_cu="Đoàn"
    )
    client = client_of(bi_thu_phuong)

    page = client.get(url(phuong), DA_BAO_CAO)

    assert [(row.don_vi, row.noi) for row in page.context["dong"]] == [(chi_doan, "chưa nộp")]
    assert (page.context["so_nop"], page.context["so_don_vi"]) == (0, 1)
    assert not any(cell.da_doi for cell in page.context["dong"][0].o)
    (row,) = page.context["rieng"]
    assert client.get(row.bao_cao.get_absolute_url()).status_code == 200
    assert [view["active"] for view in page.context["chuyen"]] == [False, True]
    for cell in row.o:
        assert opened(client, cell.url) == (cell.nay.tu if cell.nay.mau is None else cell.nay.mau)


def test_without_a_quarter_the_one_that_is_due_is_shown(client_of, bi_thu_phuong, phuong):
    page = client_of(bi_thu_phuong).get(url(phuong), {"so": "da_bao_cao"})

    assert page.context["ky"].code == "2026Q3"


def test_as_reported_asks_who_the_list_of_reports_asks(
    client_of, van_phong, huyen, phuong, phuong_khac, da_nop, hom_nay
):
    """A waived unit is not missing; one founded after the period is not asked."""
    make_bao_cao(don_vi=phuong_khac, trang_thai="mien", mien_ly_do="Mới thành lập")
    make_phuong(cap_tren=huyen, thanh_lap=date(2026, 11, 1))
    client = client_of(van_phong)

    page = client.get(url(huyen), DA_BAO_CAO).context

    assert [(row.don_vi, row.noi.split(",")[0]) for row in page["dong"]] == [
        (phuong, "đã nộp"),
        (phuong_khac, "được miễn nộp"),
    ]
    listed = client.get("/bao-cao/", {"ky": "2026Q3"}).context["kpis"][0]
    assert (page["so_nop"], page["so_don_vi"], page["so_thieu"]) == (1, 1, 0)
    assert (listed["value"], listed["fraction"]) == (1, "/ 1 đơn vị")


def test_as_reported_takes_the_same_statements_for_little_and_much(client_of, van_phong, huyen):
    client = client_of(van_phong)
    counts = []
    for more in (1, 3):
        for _ in range(more):
            make_phuong(cap_tren=huyen)
        with CaptureQueriesContext(connection) as queries:
            client.get(url(huyen), DA_BAO_CAO)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= TOI_DA


def test_who_may_not_take_names_home_takes_none_of_who_is_away(client_of, phuong):
    client = client_of(make_nguoi_dung(VaiTro.KIEM_TRA, phuong))
    page = reverse("baocao:tong_quan_di_xa", args=[phuong.pk])

    assert client.get(page).context["may_export"] is False
    assert client.get(page, {"export": "xlsx"}).status_code == 403


# ---- on paper ------------------------------------------------------------------------------


def paper_of(client, don_vi, **params):
    return client.get(reverse("baocao:tong_quan_pdf", args=[don_vi.pk]), params)


def test_the_sheet_says_what_the_page_says(db, client_of):
    huyen, wards, _ = make_history(0)
    client = client_of(make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, huyen))

    for unit, giay in ((huyen, giay_cap_tren), (wards[0], giay_phuong)):
        page = client.get(url(unit), {"ngay": "14/08/2026"})
        paper = giay(unit, page.context["xem"], page.context_data)

        drawn = [one for block in paper.body if isinstance(block, Charts) for one in block.charts]
        expected = [chart for chart in charts(page).values() if chart.ve]
        assert [(one.title, one.svg, one.words) for one in drawn] == [
            (chart.ten, str(chart.ve), chart.ten_doc) for chart in expected
        ]
        assert paper.title.trich_yeu == "Tính đến ngày 14 tháng 8 năm 2026"
        first = next(block for block in paper.body if isinstance(block, TableBlock))
        labels = [kpi["label"] for kpi in page.context["kpis"]]
        assert [column.title for column in first.columns] == labels
        assert page.context["url_giay"].endswith("?ngay=14%2F08%2F2026")
        assert page_texts(client.get(page.context["url_giay"]).content)


def test_the_sheet_of_an_empty_ward_is_a_file_that_says_so(client_of, bi_thu_phuong, phuong):
    text = words("".join(page_texts(paper_of(client_of(bi_thu_phuong), phuong).content)))

    assert "BẢNG TỔNG HỢP TÌNH HÌNH" in text
    assert "Chưa có đoàn viên trong sổ." in text


def test_a_branch_has_no_sheet_and_a_foreign_unit_is_not_found(
    client_of, bi_thu_phuong, chi_doan, phuong_khac
):
    client = client_of(bi_thu_phuong)

    assert paper_of(client, chi_doan).status_code == 404
    assert paper_of(client, phuong_khac).status_code == 404


# ---- without colour ------------------------------------------------------------------------


def test_tiles_are_read_without_colour(client_of, van_phong, phuong, chi_doan):
    """A class is a word and a number; text on its fill has the contrast that is asked of text."""
    members = [make_doan_vien(chi_doan=chi_doan) for _ in range(6)]
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 10, 1), diem_danh=dict.fromkeys(members, "co_mat"))

    text = client_of(van_phong).get("/").content.decode()

    assert re.search(r'class="o-3"[^>]*><span>[^<]+</span><b>100%</b><small>ngang mức chung', text)
    css = (settings.BASE_DIR / "static/css/tong-quan.css").read_text("utf-8")
    fills = dict(re.findall(r"\.o-([1-5])\{background:#([0-9a-f]{6})", css))
    assert len(fills) == 5
    for muc, fill in fills.items():
        text_colour = "ffffff" if muc in "15" else "101828"
        light, dark = sorted((luminance(text_colour), luminance(fill)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5
