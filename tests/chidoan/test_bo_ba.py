"""Bộ ba văn bản tháng: what the papers say, when they are issued anew, what the register keeps."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from chidoan.giay_to.bao_cao import bao_cao_thang, doc_so_lieu
from chidoan.giay_to.bien_ban import read_phien_ban
from chidoan.giay_to.doc_buoi import DiemSo, doc_buoi
from chidoan.giay_to.nghi_quyet import co_nghi_quyet, issue_nghi_quyet, nghi_quyet
from chidoan.models import BaoCaoThang, BuoiSinhHoat, NghiQuyet, TienDoNghiQuyet
from chidoan.noi_dung import read_ban, read_noi_dung
from chidoan.services import update_buoi
from chidoan.trang_buoi import TrangBuoi
from chidoan.van_ban.queries import ra_nghi_quyet
from chidoan.van_ban.services import issue_bao_cao, issue_bo_ba, save_bao_cao_thang
from chidoan.van_ban.trang import the_cua_buoi
from core.errors import RuleError, StaleError
from core.pdf import render_pdf
from core.periods import KyBaoCao, today
from doanvien.models import NopDoanPhi, SoThuDoanPhi
from doanvien.trung.services import merge_doan_vien
from tests.chidoan.test_giay_to import text_of
from tests.factories import (
    make_buoi,
    make_chuc_vu,
    make_doan_vien,
    make_hoat_dong,
    make_nghi_quyet,
    make_phieu_thu,
)
from tochuc.models import QuyDinh, SoVanBan, VanBan

NGAY = date(2026, 9, 15)
THANG_9 = KyBaoCao(2026, thang=9)


@pytest.fixture
def people(chi_doan):
    names = ("Phạm Hoàng Long", "Lê Ngọc Trâm", "Trần Minh Đức")
    return [make_doan_vien(chi_doan=chi_doan, ho_ten=name, gioi_tinh="nu") for name in names]


@pytest.fixture
def before(chi_doan, people):
    return make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 15))


@pytest.fixture
def buoi(chi_doan, people, before):
    """September's meeting: one resolution of August done, one going on, one new."""
    long, tram, duc = people
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", doan_vien=long, ho_ten=long.ho_ten)
    make_chuc_vu(don_vi=chi_doan, doan_vien=tram, ho_ten=tram.ho_ten)
    buoi = make_buoi(
        chi_doan=chi_doan,
        ngay=NGAY,
        chu_tri=long,
        thu_ky=tram,
        chu_diem="Tuổi trẻ với văn hóa giao thông",
        diem_danh={long: "co_mat", tram: "co_mat", duc: "vang"},
    )
    make_nghi_quyet(
        buoi=before,
        phu_trach=duc,
        noi_dung="Thu gom rác",
        trang_thai="xong",
        ket_qua="4 buổi.",
        ket_thuc_ngay=NGAY,
        ket_thuc_tai=buoi,
    )
    going_on = make_nghi_quyet(
        buoi=before, phu_trach=tram, noi_dung="Vẽ bích họa", han=date(2026, 9, 10)
    )
    TienDoNghiQuyet.objects.create(
        nghi_quyet=going_on, ngay=date(2026, 9, 1), noi_dung="đã mua sơn"
    )
    make_nghi_quyet(buoi=buoi, phu_trach=long, noi_dung="Dạy bơi", han=date(2026, 10, 20))
    return buoi


def print_nghi_quyet(buoi) -> str:
    return text_of(render_pdf(nghi_quyet(buoi.chi_doan, doc_buoi(buoi), "09-NQ/CĐ"), title="NQ"))


def print_bao_cao(row) -> str:
    return text_of(render_pdf(bao_cao_thang(row, doc_so_lieu(row), "09-BC/CĐ"), title="BC"))


# ---- resolution ----------------------------------------------------------------------------


def test_resolution_says_what_was_done_and_who_does_what(buoi):
    text = print_nghi_quyet(buoi)

    for part in (
        "Số: 09-NQ/CĐ",
        "Hội nghị Ban Chấp hành Chi đoàn tháng 9 năm 2026",
        "Căn cứ Biên bản sinh hoạt Chi đoàn ngày 15 tháng 9 năm 2026;",
        "Ban Chấp hành Chi đoàn quyết nghị:",
        "Điều 1. Thông qua kết quả công tác tháng 9 năm 2026",
        "chủ điểm “Tuổi trẻ với văn hóa giao thông”: có mặt 2/3 đồng chí (66,7%).",
        "1/2 nhiệm vụ hoàn thành.",
        "Thu gom rác: đã xong. 4 buổi.",
        "đồng chí Lê Ngọc Trâm phụ trách, hạn 10/9/2026. Đã mua sơn.",
        "Điều 2. Nhiệm vụ trọng tâm tháng 10",
        "1 Dạy bơi Phạm Hoàng Long 20/10/2026",
        "Tiếp tục thực hiện 01 nhiệm vụ chưa xong nêu tại Điều 1.",
        "Điều 3. Tổ chức thực hiện",
        "TM. BAN CHẤP HÀNH CHI ĐOÀN",
        "- Như Điều 3 (để thực hiện); - Ban Chấp hành Đoàn phường Thử (để báo cáo);",
    ):
        assert part in text, part
    assert text.count("./.") == 1


def test_branch_without_a_committee_resolves_as_the_branch(buoi, chi_doan):
    chi_doan.chuc_vu.update(trong_bch=False)

    text = print_nghi_quyet(buoi)

    assert "Hội nghị Chi đoàn tháng 9 năm 2026" in text
    assert "TM. CHI ĐOÀN" in text
    assert "Ban Chấp hành Chi đoàn" not in text


def test_whose_resolution_it_is_is_a_setting(buoi, phuong):
    QuyDinh.objects.create(
        don_vi=phuong, ma="nghi_quyet_thang", tu_ngay=date(2026, 1, 1), gia_tri="chi_doan"
    )

    assert "Hội nghị Chi đoàn tháng 9" in print_nghi_quyet(buoi)


def test_meeting_that_resolved_nothing_has_no_resolution(before, bi_thu):
    with pytest.raises(RuleError, match="không ra nghị quyết"):
        issue_nghi_quyet(buoi=before, by=bi_thu)


# ---- report --------------------------------------------------------------------------------


def test_report_counts_the_month_up_to_its_day(buoi, chi_doan, people, bi_thu):
    SoThuDoanPhi.objects.create(don_vi=chi_doan, tu_thang=date(2026, 9, 1))
    make_phieu_thu(people[0], date(2026, 9, 1), ngay=date(2026, 9, 5), by=bi_thu)
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 10), gioi_tinh="nam")
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 25), gioi_tinh="nam")
    row = BaoCaoThang(
        chi_doan=chi_doan,
        nam=2026,
        thang=9,
        ngay=date(2026, 9, 20),
        co_doan_phi=True,
        danh_gia="Đoàn viên đi làm xa còn nhiều.",
        kien_nghi="Hỗ trợ loa cầm tay.",
    )

    text = print_bao_cao(row)

    for part in (
        "Số: 09-BC/CĐ",
        "kết quả công tác tháng 9, phương hướng nhiệm vụ tháng 10 năm 2026",
        "Kính gửi: Ban Chấp hành Đoàn phường Thử.",
        "từ ngày 01 tháng 9 năm 2026 đến ngày 20 tháng 9 năm 2026",
        "Chi đoàn có 04 đồng chí, trong đó nữ 03.",
        "Vào: kết nạp 01.",
        "có mặt 2/3 đồng chí (66,7%).",
        "Hoàn thành 01 nhiệm vụ; đang thực hiện 02 nhiệm vụ, trong đó quá hạn 01.",
        "Thu gom rác: đã xong. 4 buổi.",
        "1/4 đồng chí đã đóng đoàn phí tháng 9; thu trong tháng 2.000 đồng.",
        "III. ĐÁNH GIÁ, KHÓ KHĂN",
        "IV. PHƯƠNG HƯỚNG THÁNG 10 NĂM 2026",
        "2 Dạy bơi Phạm Hoàng Long 20/10/2026",
        "V. KIẾN NGHỊ, ĐỀ XUẤT",
        "BÍ THƯ",
    ):
        assert part in text, part
    assert text.count("./.") == 1


def september(chi_doan, ngay=date(2026, 9, 20), **fields) -> BaoCaoThang:
    return BaoCaoThang(chi_doan=chi_doan, nam=2026, thang=9, ngay=ngay, **fields)


def test_report_speaks_of_dues_only_from_an_open_book(buoi, chi_doan):
    SoThuDoanPhi.objects.create(don_vi=chi_doan, tu_thang=date(2026, 10, 1))

    text = print_bao_cao(september(chi_doan, co_doan_phi=True))

    assert "Chi đoàn chưa mở sổ thu đoàn phí." in text
    assert "0 đồng" not in text


def test_money_handed_up_is_told_with_the_months_it_is_of(buoi, chi_doan):
    """Handed over early in September: August's share. Nobody has paid September yet."""
    SoThuDoanPhi.objects.create(don_vi=chi_doan, tu_thang=date(2026, 8, 1))
    NopDoanPhi.objects.create(
        don_vi=chi_doan,
        don_vi_nhan=chi_doan.cap_tren,
        ky="2026-08",
        ngay=date(2026, 9, 2),
        co_so=2000,
        giu_lai=1334,
        trich_nop=666,
        ma_gui=uuid4(),
    )

    text = print_bao_cao(september(chi_doan, co_doan_phi=True))

    assert (
        "Chưa thu đoàn phí tháng 9 của 03 đồng chí; trong tháng nộp lên cấp trên 666 đồng, "
        "phần trích nộp của tháng 8 năm 2026." in text
    )


def test_sentences_of_the_report_begin_with_capitals_and_go_on_without(buoi, chi_doan, people):
    buoi.hoat_dong_kem = "Giao lưu bóng chuyền\ndọn vệ sinh."
    buoi.save()
    make_hoat_dong(
        don_vi=chi_doan,
        ten="Trồng cây",
        loai="trong_cay",
        so_luong=5,
        ngay=date(2026, 9, 6),
        dia_diem="kênh Ba Liên",
        tham_gia=people[:2],
    )

    text = print_bao_cao(september(chi_doan))

    assert "đồng chí (66,7%). Giao lưu bóng chuyền. Dọn vệ sinh. " in text
    assert (
        "Trồng cây tại kênh Ba Liên, ngày 06/9/2026: 05 cây; 02 đồng chí tham gia, 02 ngày công."
        in text
    )


def test_month_without_a_meeting_has_its_report(chi_doan, people, bi_thu):
    van_ban = issue_bao_cao(chi_doan=chi_doan, ky=THANG_9, by=bi_thu)

    assert van_ban.so_ky_hieu == "01-BC/CĐ"
    assert "Trong tháng chi đoàn chưa sinh hoạt." in text_of(bytes(van_ban.tep))


def test_december_speaks_of_both_years(chi_doan, people):
    row = BaoCaoThang(chi_doan=chi_doan, nam=2025, thang=12, ngay=date(2025, 12, 31))

    text = print_bao_cao(row)

    assert "III. PHƯƠNG HƯỚNG THÁNG 1 NĂM 2026" in text  # nothing to judge, so no gap before it
    assert "công tác tháng 12 năm 2025, phương hướng nhiệm vụ tháng 01 năm 2026" in text.replace(
        "tháng 1 năm", "tháng 01 năm"
    )


@pytest.mark.parametrize("ngay", [date(2026, 8, 31), date(2100, 1, 1)])
def test_report_is_dated_within_its_time(chi_doan, people, bi_thu, ngay):
    with pytest.raises(RuleError, match="Ngày báo cáo"):
        save_bao_cao_thang(chi_doan=chi_doan, ky=THANG_9, version=1, by=bi_thu, ngay=ngay)


def test_two_who_write_the_report_are_told_of_each_other(chi_doan, people, bi_thu):
    common = {"chi_doan": chi_doan, "ky": THANG_9, "by": bi_thu, "ngay": NGAY}
    save_bao_cao_thang(**common, version=1, danh_gia="Một")
    save_bao_cao_thang(**common, version=1, danh_gia="Hai")

    with pytest.raises(StaleError):
        save_bao_cao_thang(**common, version=1, danh_gia="Ba")

    assert BaoCaoThang.objects.get().danh_gia == "Hai"


# ---- the set -------------------------------------------------------------------------------


def numbers():
    return [(row.loai, row.so, row.phien_ban) for row in VanBan.objects.order_by("pk")]


def test_one_tap_issues_three_papers_each_from_its_register(buoi, bi_thu):
    papers = issue_bo_ba(buoi=buoi, by=bi_thu)

    assert [row.so_ky_hieu for row in papers.van_ban] == ["01-BB/CĐ", "01-NQ/CĐ", "01-BC/CĐ"]


def test_the_same_again_issues_nothing(buoi, bi_thu):
    first = issue_bo_ba(buoi=buoi, by=bi_thu)

    assert issue_bo_ba(buoi=buoi, by=bi_thu) == first
    assert numbers() == [("BB", 1, 1), ("NQ", 1, 1), ("BC", 1, 1)]


def test_a_change_makes_new_versions_under_the_same_numbers(buoi, bi_thu):
    issue_bo_ba(buoi=buoi, by=bi_thu)
    buoi.chu_diem = "Chủ điểm khác"
    buoi.save()

    issue_bo_ba(buoi=buoi, by=bi_thu)

    assert numbers()[3:] == [("BB", 1, 2), ("NQ", 1, 2), ("BC", 1, 2)]


def test_draft_has_no_papers(chi_doan, people, bi_thu):
    draft = make_buoi(chi_doan=chi_doan, trang_thai=BuoiSinhHoat.TrangThai.NHAP)

    with pytest.raises(RuleError, match="bản nháp"):
        issue_bo_ba(buoi=draft, by=bi_thu)


def test_all_papers_or_none(buoi, bi_thu, monkeypatch):
    monkeypatch.setattr("core.pdf.prints.render_pdf", lambda *_, **__: b"")

    with pytest.raises(RuleError, match="Chưa lập được"):
        issue_bo_ba(buoi=buoi, by=bi_thu)

    assert numbers() == []
    assert not SoVanBan.objects.filter(so_cuoi__gt=0).exists()


def test_report_that_is_older_than_the_meeting_is_dated_anew(buoi, chi_doan, bi_thu):
    early = NGAY - timedelta(days=5)
    BaoCaoThang.objects.create(chi_doan=chi_doan, nam=2026, thang=9, ngay=early)
    issue_bao_cao(chi_doan=chi_doan, ky=THANG_9, by=bi_thu)

    papers = issue_bo_ba(buoi=buoi, by=bi_thu)

    assert papers.bao_cao.phien_ban == 2
    assert "15/9/2026, chủ điểm" in text_of(bytes(papers.bao_cao.tep))


# ---- what has changed since ----------------------------------------------------------------


def amend(buoi, by, **changes):
    buoi.refresh_from_db()
    return update_buoi(
        buoi=buoi,
        version=buoi.version,
        noi_dung=replace(read_noi_dung(buoi), **changes),
        hoan_thanh=True,
        by=by,
        ly_do="Ghi nhầm",
    )


def changed(buoi) -> list[bool]:
    buoi.refresh_from_db()
    return [card.da_doi for card in the_cua_buoi(buoi)]


@pytest.fixture
def recent(chi_doan, people, bi_thu):
    """A meeting that can still be amended."""
    long, tram, _ = people
    roll = dict.fromkeys(people, "co_mat")
    yesterday = today() - timedelta(days=1)
    buoi = make_buoi(
        chi_doan=chi_doan, ngay=yesterday, chu_tri=long, thu_ky=tram, diem_danh=roll, chu_diem="A"
    )
    make_nghi_quyet(buoi=buoi, phu_trach=long, han=yesterday + timedelta(days=30))
    return buoi


def test_saving_the_same_again_raises_no_alarm(recent, chi_doan, bi_thu):
    issue_bo_ba(buoi=recent, by=bi_thu)
    recent.save()
    row = BaoCaoThang.objects.get()
    fields = {name: getattr(row, name) for name in ("ngay", "danh_gia", "kien_nghi")}
    save_bao_cao_thang(chi_doan=chi_doan, ky=row.ky, version=row.version, by=bi_thu, **fields)

    assert changed(recent) == [False, False, False]


def test_papers_have_changed_when_they_say_something_else(recent, bi_thu):
    issue_bo_ba(buoi=recent, by=bi_thu)

    amend(recent, bi_thu, chu_diem="B")
    assert changed(recent) == [True, True, True]

    amend(recent, bi_thu, chu_diem="A")
    assert changed(recent) == [False, False, False]
    assert [row.phien_ban for row in issue_bo_ba(buoi=recent, by=bi_thu).van_ban] == [1, 1, 1]


def test_page_of_an_amended_meeting_takes_few_statements(
    recent, bi_thu, client_of, django_assert_max_num_queries
):
    issue_bo_ba(buoi=recent, by=bi_thu)
    amend(recent, bi_thu, chu_diem="B")
    client = client_of(bi_thu)

    with django_assert_max_num_queries(12):
        page = client.get(reverse("chidoan:bo_ba", args=[recent.pk])).content.decode()
    with django_assert_max_num_queries(12):
        client.get(BaoCaoThang.objects.get().get_absolute_url())

    assert page.count("Nội dung đã sửa sau khi lập") == 3


def test_meeting_without_a_resolution_has_two_papers(before, bi_thu, client_of):
    issue_bo_ba(buoi=before, by=bi_thu)

    page = client_of(bi_thu).get(reverse("chidoan:bo_ba", args=[before.pk])).content.decode()

    assert "Biên bản và báo cáo tháng đã lập, buổi sinh hoạt chưa sửa gì" in page
    assert "Buổi này không ra nghị quyết" in page
    assert reverse("chidoan:nghi_quyet_pdf", args=[before.pk]) not in page


# ---- people whose records were made one ----------------------------------------------------


def test_kept_versions_and_drafts_follow_a_merge(recent, chi_doan, people, bi_thu, bi_thu_phuong):
    """Both records were on the roll, one as present: the one person was there."""
    _, tram, duc = people
    twin = make_doan_vien(chi_doan=chi_doan, ho_ten=duc.ho_ten)
    recent.diem_danh.filter(doan_vien=duc).update(trang_thai="vang")
    recent.diem_danh.create(doan_vien=twin, trang_thai="co_mat")
    resolution = recent.nghi_quyet.get()
    NghiQuyet.objects.filter(pk=resolution.pk).update(phu_trach=twin)
    amend(recent, bi_thu, chu_diem="B", thu_ky_id=twin.pk)
    amend(recent, bi_thu, chu_diem="C", thu_ky_id=tram.pk)
    typed = {"nghi_quyet": [{"noi_dung": "Dạy bơi", "phu_trach": str(twin.pk), "han": ""}]}
    draft = make_buoi(chi_doan=chi_doan, ngay=today(), trang_thai="nhap", ban_nhap=typed)

    merge_doan_vien(giu=duc, bo=twin, values={}, by=bi_thu_phuong)

    first, second = recent.phien_ban.order_by("so")
    assert read_phien_ban(first).buoi.diem == DiemSo(
        danh_sach=3, du_hop=3, muon=0, co_ly_do=(), vang=()
    )
    assert read_phien_ban(first).buoi.nhiem_vu[0].phu_trach == duc.ho_ten
    assert read_ban(second).thu_ky_id == duc.pk
    page = TrangBuoi(chi_doan=chi_doan, ngay=today(), buoi=draft)
    assert page.nghi_quyet.forms[0]["phu_trach"].value() == duc.pk
    issue_bo_ba(buoi=recent, by=bi_thu)
    assert changed(recent) == [False, False, False]


@pytest.mark.parametrize(
    ("ket_thuc_ngay", "tai_day", "con"),
    [
        (None, False, True),
        (NGAY + timedelta(days=3), False, True),
        (NGAY, True, False),
        (NGAY - timedelta(days=3), False, False),
    ],
)
def test_page_and_paper_agree_whether_there_is_a_resolution(
    chi_doan, people, before, ket_thuc_ngay, tai_day, con
):
    meeting = make_buoi(chi_doan=chi_doan, ngay=NGAY)
    ended = {"trang_thai": "xong", "ket_qua": "Rồi", "ket_thuc_ngay": ket_thuc_ngay}
    make_nghi_quyet(
        buoi=before,
        phu_trach=people[0],
        **(ended if ket_thuc_ngay else {}),
        **({"ket_thuc_tai": meeting} if tai_day else {}),
    )

    assert ra_nghi_quyet(meeting) is con
    assert co_nghi_quyet(doc_buoi(meeting)) is con
