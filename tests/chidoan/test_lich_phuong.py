from datetime import date, datetime, time, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from chidoan.lich_hop import NhipHop
from chidoan.lich_phuong.cho_hop import cho_hop, sap_hop
from chidoan.lich_phuong.loi_nhac import CanNhac, loi_nhac, loi_nhac_chung
from chidoan.lich_phuong.nhac import chi_doan_can_nhac, mark_nhac
from chidoan.lich_phuong.queries import DuHop, lich_phuong
from chidoan.van_ban.services import issue_bao_cao
from core.errors import RuleError
from core.periods import KyBaoCao, today
from doanvien.doan_phi.nhac import con_lai_thang
from tests.factories import (
    make_buoi,
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_nghi_quyet,
    make_nhip,
    make_phieu_thu,
)
from tochuc.models import DonVi, NhatKy

NGAY = date(2026, 11, 18)
LICH, CHUA_HOP, TUAN_TOI, NHAC = (
    f"/sinh-hoat/{page}/" for page in ("lich-phuong", "chua-hop", "tuan-toi", "nhac")
)


def held(branch, *days, **fields):
    return [make_buoi(chi_doan=branch, ngay=day, **fields) for day in days]


def called(branch, ngay, **fields):
    return make_buoi(
        chi_doan=branch, ngay=ngay, trang_thai="nhap", hen_luc=timezone.now(), **fields
    )


def line_of(lich, branch):
    return next(row for row in lich.dong if row.chi_doan.pk == branch.pk)


def test_a_year_says_held_of_due_and_both_rates_beside_the_year_before(phuong, chi_doan):
    a, b, c = (make_doan_vien(chi_doan=chi_doan) for _ in range(3))
    roll = {a: "co_mat", b: "vang_co_ly_do", c: "vang"}
    held(chi_doan, date(2026, 1, 5), date(2026, 3, 5), diem_danh=roll)
    held(chi_doan, date(2025, 12, 5), diem_danh={a: "co_mat", b: "muon"})
    held(chi_doan, date(2026, 4, 5), trang_thai="nhap", diem_danh=roll)
    make_nhip(chi_doan, "mien", date(2026, 5, 1), date(2026, 5, 31))

    row = line_of(lich_phuong(phuong, 2026, NGAY), chi_doan)

    assert (row.nay.nhip, row.truoc.nhip) == (NhipHop(2, 9), NhipHop(1, 12))
    assert str(row.nay.nhip) == "2 trên 9 buổi phải họp"
    assert (row.nay.du_hop, row.nay.du_hop.phai_co) == (DuHop(2, 6, 2), 4)
    assert row.truoc.du_hop == DuHop(2, 2, 0)
    words = [cell.label.split(": ")[1] for cell in row.o]
    assert words[:5] == [
        "33%, 1 trên 3",
        "không họp",
        "33%, 1 trên 3",
        "không họp",
        "không phải họp",
    ]
    assert words[10:] == ["chưa đến", "chưa đến"]


def test_branches_that_ended_in_the_year_stay_in_it_without_needing_help(phuong, chi_doan):
    ended = make_chi_doan(phuong=phuong, ket_thuc=date(2026, 3, 31))
    make_chi_doan(phuong=phuong, ket_thuc=date(2025, 12, 31))

    lich = lich_phuong(phuong, 2026, NGAY)

    assert {row.chi_doan.pk for row in lich.dong} == {chi_doan.pk, ended.pk}
    assert [row.chi_doan.pk for row in lich.da_ket_thuc] == [ended.pk]
    assert line_of(lich, ended).nay.nhip == NhipHop(0, 3)
    assert lich.nay.nhip == NhipHop(0, 13)


@pytest.mark.parametrize("count", [1, 25])
def test_the_heat_map_takes_eight_statements(
    client_of, bi_thu_phuong, phuong, count, django_assert_max_num_queries
):
    for _ in range(count):
        branch = make_chi_doan(phuong=phuong)
        make_chuc_vu(don_vi=branch, chuc_danh="bi_thu")
        people = {make_doan_vien(chi_doan=branch): "co_mat"}
        for month in range(1, 13):
            make_buoi(chi_doan=branch, ngay=date(2025, month, 5), diem_danh=people)
    client = client_of(bi_thu_phuong)

    with django_assert_max_num_queries(8):
        page = client.get(LICH, {"nam": 2025}).content.decode()

    assert page.count("100%, 1 trên 1") == 12 * count + (12 if count == 1 else 0)
    assert page.count("Đã họp 12 trên 12 buổi phải họp") == (2 if count == 1 else 25)


def test_rows_are_ordered_as_asked_and_the_file_has_them_all(
    client_of, bi_thu_phuong, phuong, chi_doan, chi_doan_khac
):
    a, b = make_doan_vien(chi_doan=chi_doan), make_doan_vien(chi_doan=chi_doan_khac)
    held(chi_doan, date(2025, 2, 1), date(2025, 3, 1), diem_danh={a: "vang"})
    held(chi_doan_khac, date(2025, 2, 1), diem_danh={b: "co_mat"})
    client = client_of(bi_thu_phuong)

    def order(xep):
        groups = client.get(LICH, {"nam": 2025, "xep": xep}).context["nhom"]
        return [row.dong.chi_doan.pk for one in groups for row in one.dong]

    assert order("du_hop") == [chi_doan.pk, chi_doan_khac.pk]
    assert order("nhip") == [chi_doan_khac.pk, chi_doan.pk]
    response = client.get(LICH, {"nam": 2025, "export": "xlsx"})
    rows = list(load_workbook(BytesIO(response.content)).active.values)
    head, *lines = [row for row in rows if "Chi đoàn" in row or row[0]][-4:]
    assert head[0] == "Chi đoàn"
    assert {line[0] for line in lines} == {chi_doan.ten, chi_doan_khac.ten, "Cả đơn vị"}
    assert NhatKy.objects.filter(hanh_dong="lich_phuong.export").count() == 1


def test_who_has_yet_to_meet_this_month_or_later_in_the_quarter(phuong, chi_doan, chi_doan_khac):
    held(chi_doan, date(2026, 11, 2))
    held(chi_doan_khac, date(2026, 9, 2))
    quarterly = make_chi_doan(phuong=phuong, dac_thu=True)
    held(make_chi_doan(phuong=phuong, dac_thu=True), date(2026, 10, 1))
    freed = make_chi_doan(phuong=phuong)
    make_nhip(freed, "mien", date(2026, 11, 10), date(2026, 11, 12))
    called(chi_doan_khac, date(2026, 11, 28))

    found = cho_hop(phuong, NGAY)

    assert [(row.chi_doan.pk, row.ky, row.con_ngay, row.da_hen) for row in found] == [
        (chi_doan_khac.pk, KyBaoCao(2026, thang=11), 13, True),
        (quarterly.pk, KyBaoCao(2026, quy=4), 44, False),
    ]
    assert [row.is_con_lau for row in found] == [False, True]
    assert found[0].chi_doan.buoi_cuoi == date(2026, 9, 2)


def test_next_week_holds_called_meetings_of_seven_days(phuong, chi_doan, chi_doan_khac):
    soon = called(chi_doan, date(2026, 11, 25), bat_dau=time(19, 30))
    today_ = called(chi_doan_khac, NGAY)
    called(chi_doan, date(2026, 11, 26))
    called(chi_doan, date(2026, 11, 17))
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 11, 20), trang_thai="nhap")
    called(make_chi_doan(), NGAY)

    assert [row.buoi.pk for row in sap_hop(phuong, NGAY)] == [today_.pk, soon.pk]


def test_words_name_what_is_overdue_and_stay_short():
    needs = CanNhac(
        "Khu vực 5",
        KyBaoCao(2026, thang=11),
        13,
        None,
        3,
        [(f"Việc {n}", date(2026, 10, n)) for n in range(1, 8)],
        [date(2026, 11, 2)],
    )

    text = loi_nhac(needs, "Đoàn phường I", NGAY)

    assert text.split("\n")[2:-1] == [
        "- Đã 3 tháng liền chưa có buổi sinh hoạt nào trong sổ.",
        "- Buổi sinh hoạt tháng 11 năm 2026: chưa họp, chưa hẹn ngày; còn 13 ngày.",
        "- Biên bản còn là bản nháp, cần hoàn thành: buổi ngày 02/11.",
        (
            "- 7 nghị quyết quá hạn, chờ báo kết quả: «Việc 1» (hạn 01/10), «Việc 2» (hạn 02/10), "
            "«Việc 3» (hạn 03/10), «Việc 4» (hạn 04/10) và 3 việc khác."
        ),
    ]
    assert text.startswith("Kính gửi các đồng chí chi đoàn Khu vực 5.\nĐoàn phường I xin nhắc")
    common = loi_nhac_chung([needs, CanNhac("Khu vực 6", ban_nhap=[NGAY])], "Đoàn phường I", NGAY)
    assert "- Chưa sinh hoạt và chưa hẹn ngày (1): Khu vực 5." in common
    assert "- Còn biên bản nháp (2): Khu vực 5, Khu vực 6." in common
    assert max(len(text.split("\n")), len(common.split("\n"))) <= 20


def test_dues_and_the_report_of_last_month_are_reminded_of_while_open(
    client_of, bi_thu_phuong, phuong, chi_doan, chi_doan_khac, django_assert_max_num_queries
):
    last = KyBaoCao.month_of(today()).previous
    payer, _owes = (make_doan_vien(chi_doan=chi_doan) for _ in range(2))
    make_phieu_thu(payer, last.start, ngay=last.end)
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", ho_ten="Lê Minh Duy")
    for branch in (chi_doan, chi_doan_khac):
        held(branch, today())

    assert chi_doan_can_nhac(phuong, today()) == []
    (row,) = chi_doan_can_nhac(phuong, today(), con_lai_thang(phuong, last))
    assert row.can_nhac.cac_viec == [
        f"Đoàn phí {last.ten}: còn 1 đồng chí chưa đóng; còn 1 phiếu thu chưa nộp lên, "
        f"hạn 05/{today():%m}.".replace("\u00a0", " ")
    ]
    assert row.loi.startswith("Kính gửi đồng chí Lê Minh Duy, Bí thư chi đoàn Khu vực 1.\n")

    issue_bao_cao(chi_doan=chi_doan_khac, ky=last, by=bi_thu_phuong)
    (row,) = chi_doan_can_nhac(phuong, today())
    assert row.chi_doan.pk == chi_doan.pk
    assert "chưa lập" in row.loi
    ward = client_of(bi_thu_phuong)
    with django_assert_max_num_queries(12):
        page = ward.get(NHAC).content.decode()
    assert "chưa nộp lên" in page
    assert "Chưa lập báo cáo tháng trước (1): Khu vực 1." in page


def test_what_a_branch_took_and_kept_is_reminded_of_after_it_ended(
    client_of, bi_thu_phuong, phuong, chi_doan, phuong_khac, django_assert_max_num_queries
):
    """It ended without a successor, and its ward went into another one later; a branch of the
    old ward that went on brings what it took along with itself."""
    last = KyBaoCao.month_of(today()).previous
    gone = make_chi_doan(phuong=phuong_khac)
    running = make_chi_doan(phuong=phuong_khac)
    merged = make_chi_doan(phuong=phuong_khac)
    for branch in (gone, running, merged):
        make_phieu_thu(make_doan_vien(chi_doan=branch), last.start, ngay=last.end)
    for unit, into in ((merged, running), (running, phuong), (phuong_khac, phuong)):
        below, above = (DonVi.objects.get(pk=one.pk) for one in (unit, into))
        DonVi.objects.move(below, above, pos="last-child")
    DonVi.objects.filter(pk__in=[gone.pk, merged.pk, phuong_khac.pk]).update(ket_thuc=last.end)

    found = con_lai_thang(phuong, last)
    assert {pk: row.phieu_chua_nop for pk, row in found.items() if row.phieu_chua_nop} == {
        gone.pk: 1,
        running.pk: 2,
    }
    ward = client_of(bi_thu_phuong)
    with django_assert_max_num_queries(12):
        page = ward.get(NHAC)
    assert [(row.pk, row.so) for row in page.context["da_het"]] == [(gone.pk, 1)]
    url = reverse("doanvien:doan_phi_nop", args=[gone.pk])
    assert url in page.content.decode()
    assert ward.get(url).status_code == 200


def test_the_ward_reminds_whom_it_has_to_and_the_day_is_kept(phuong, chi_doan, bi_thu_phuong):
    (buoi,) = held(chi_doan, date(2026, 11, 2))
    make_nghi_quyet(buoi=buoi, han=date(2026, 11, 10))
    busy = make_chi_doan(phuong=phuong)
    held(busy, date(2026, 11, 3))
    make_chi_doan(phuong=phuong, dac_thu=True)

    (row,) = chi_doan_can_nhac(phuong, NGAY)
    assert (row.chi_doan.pk, row.can_nhac.cho_hop, row.nhac_luc) == (chi_doan.pk, None, None)
    assert mark_nhac(chi_doan=[row.chi_doan], by=bi_thu_phuong) == 1

    (row,) = chi_doan_can_nhac(phuong, NGAY)
    assert isinstance(row.nhac_luc, datetime)
    with pytest.raises(RuleError, match="Không còn chi đoàn nào"):
        mark_nhac(chi_doan=[], by=bi_thu_phuong)


def test_who_works_with_members_calls_the_secretary(
    client_of, bi_thu_phuong, kiem_tra, phuong, chi_doan
):
    secretary = make_doan_vien(chi_doan=chi_doan, dien_thoai="0912345678")
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", doan_vien=secretary)

    assert "tel:0912345678" in client_of(bi_thu_phuong).get(CHUA_HOP).content.decode()
    page = client_of(kiem_tra).get(CHUA_HOP, {"don_vi": phuong.pk}).content.decode()
    assert "0912345678" not in page
    assert secretary.dien_thoai_che in page


def test_from_above_one_picks_a_ward_and_a_branch_has_its_own_calendar(
    client_of, van_phong, bi_thu, phuong
):
    assert client_of(van_phong).get(LICH).context["rows"][0][0].pk == phuong.pk
    assert client_of(bi_thu).get(LICH).status_code == 302
    assert client_of(bi_thu).get(NHAC).status_code == 403


def test_pages_of_the_ward(client_of, bi_thu_phuong, chi_doan):
    called(chi_doan, today() + timedelta(days=2))
    ward = client_of(bi_thu_phuong)
    other = make_chi_doan()

    assert chi_doan.ten in ward.get(TUAN_TOI).content.decode()
    assert "chưa hẹn ngày" not in ward.get(NHAC).content.decode()
    assert ward.get(LICH, {"don_vi": other.pk}).status_code == 404
    ward.post(f"{NHAC}da-nhac/", {"chi_doan": [chi_doan.pk]})
    assert NhatKy.objects.get(hanh_dong="chi_doan.nhac").doi_tuong_id == chi_doan.pk
    ward.post(f"{NHAC}da-nhac/", {"chi_doan": [other.pk]})
    assert NhatKy.objects.filter(hanh_dong="chi_doan.nhac").count() == 1
