"""One figure, wherever it stands: a year of meetings is counted alike by every page and paper."""

from collections import Counter
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from baocao.chi_tieu import THEO_MA, ThoiKy, compute, rows
from chidoan.giay_to.doc_buoi import doc_buoi
from chidoan.giay_to.so_lieu_thang import so_lieu_thang
from chidoan.lich_hop import NhipHop
from chidoan.lich_phuong.queries import lich_phuong
from chidoan.models import BuoiSinhHoat
from core.periods import KyBaoCao, today
from tests.baocao.ranking import people, rows_of
from tests.chidoan.test_lich_phuong import line_of
from tests.factories import make_buoi, make_nhip

NAM = KyBaoCao(2025)
HOP = {1: "dinh_ky", 2: "chuyen_de", 4: "chu_diem", 5: "lien_chi_doan", 7: "dai_hoi", 11: "ket_nap"}
"""The months that have a meeting, and of which kind; October has two, March a draft alone."""
STATES = ("co_mat", "muon", "vang_co_ly_do", "vang", "co_mat", "co_mat")


@pytest.fixture
def nam(chi_doan):
    """A year of every kind of meeting; what is left are the rolls, counted by hand."""
    members = people(chi_doan, len(STATES))
    roll = dict(zip(members, STATES, strict=True))
    for thang, loai in HOP.items():
        make_buoi(chi_doan=chi_doan, ngay=date(2025, thang, 12), loai=loai, diem_danh=roll)
    for day in (3, 24):
        make_buoi(chi_doan=chi_doan, ngay=date(2025, 10, day), diem_danh=roll)
    make_buoi(chi_doan=chi_doan, ngay=date(2025, 3, 9), trang_thai="nhap", diem_danh=roll)
    make_buoi(chi_doan=chi_doan, ngay=date(2025, 6, 5), loai="bch", diem_danh={members[0]: "vang"})
    make_nhip(chi_doan, "mien", date(2025, 8, 1), date(2025, 8, 31))
    return Counter(STATES)


def test_meetings_held_of_due_are_the_same_everywhere(client_of, van_phong, phuong, chi_doan, nam):
    expected = NhipHop(len(HOP) + 1, 11)
    client = client_of(van_phong)
    year = client.get(reverse("chidoan:buoi_list"), {"lich": chi_doan.pk, "nam": 2025})
    of_ward = line_of(lich_phuong(phuong, 2025, today()), chi_doan)
    ranked = rows_of(phuong)[chi_doan.pk]
    opened = client.get(reverse("baocao:xep_hang"), {"ky": "2025", "mo": chi_doan.pk})

    assert year.context["lich"][0].nhip == expected
    assert (of_ward.nay.nhip, ranked.nhip_hop) == (expected, expected)
    assert f"{expected}" == "7 trên 11 buổi phải họp"
    assert f"{expected}" in opened.content.decode()


def test_attendance_is_the_same_on_lists_papers_and_reports(
    client_of, van_phong, phuong, chi_doan, nam
):
    meetings = len(HOP) + 2
    du_hop, danh_sach = meetings * (nam["co_mat"] + nam["muon"]), meetings * len(STATES)
    thoi_ky = ThoiKy.of(NAM, phuong, date(2025, 12, 31))
    table = compute(phuong, thoi_ky)
    rate, count = (table.so(chi_doan, ma) for ma in ("ty_le_du_sinh_hoat", "buoi_sinh_hoat"))
    of_ward = line_of(lich_phuong(phuong, 2025, today()), chi_doan)
    papers = [doc_buoi(row).diem for row in BuoiSinhHoat.objects.da_hop().sinh_hoat()]
    monthly = [
        row
        for month in NAM.months
        for row in so_lieu_thang(chi_doan, month, month.end, co_doan_phi=False).buoi
    ]

    assert (count.tu, rate.tu, rate.mau) == (meetings, du_hop, danh_sach)
    assert rows(THEO_MA["buoi_sinh_hoat"], chi_doan, thoi_ky).count() == meetings
    assert (of_ward.nay.du_hop.du_hop, of_ward.nay.du_hop.danh_sach) == (du_hop, danh_sach)
    assert (len(papers), len(monthly)) == (meetings, meetings)
    assert sum(paper.du_hop for paper in papers) == sum(row.du_hop for row in monthly) == du_hop
    assert in_excel(client_of(van_phong), chi_doan) == (du_hop, danh_sach)


def in_excel(client, chi_doan) -> tuple[int, int]:
    """The sums of the file of meetings, without drafts and meetings of the committee."""
    answer = client.get(
        reverse("chidoan:buoi_list"),
        {"don_vi": chi_doan.pk, "ky": "2025", "export": "xlsx"},
    )
    head, *lines = load_workbook(BytesIO(answer.getvalue())).active.iter_rows(values_only=True)
    told = [dict(zip(head, line, strict=True)) for line in lines]
    kept = [
        line
        for line in told
        if line["Trạng thái"] == "Đã hoàn thành" and "Ban Chấp hành" not in line["Loại buổi"]
    ]
    return sum(line["Dự họp"] for line in kept), sum(line["Danh sách"] for line in kept)
