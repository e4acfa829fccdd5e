"""Drafts of the sections: every sentence is about rows, and these rows open."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from baocao.chi_tieu import MO_DUOC, ThoiKy, rows
from baocao.du_thao import (
    Cau,
    Dan,
    Doan,
    doc_lai,
    ghi_lai,
    is_theo_so,
    lap_ban_nhap,
    loi_cua,
)
from baocao.du_thao.ten_nguoi import co_ten_nguoi
from baocao.giay_to import read_bao_cao
from baocao.models import PhanLoi
from baocao.services import (
    override_so_lieu,
    return_bao_cao,
    save_phan_loi,
    set_chi_tieu_nam,
    submit_bao_cao,
    take_ban_nhap,
    zero_so_lieu_nhap,
)
from chidoan.models import ChuDiem
from core.errors import RuleError, StaleError
from tests.baocao.histories import make_full_history
from tests.factories import (
    make_bao_cao,
    make_buoi,
    make_chi_doan,
    make_doan_vien,
    make_hoat_dong,
    make_lop,
    make_nghi_quyet,
    make_nguyen_vong,
)

TRONG_QUY = date(2026, 8, 5)


def cac_cau(nhap):
    return [cau for muc in nhap.values() for doan in muc.doan for cau in doan.cau]


def url(name, bao_cao, *args):
    return reverse(f"baocao:{name}", args=[bao_cao.pk, *args])


def build_bridge(don_vi):
    make_hoat_dong(don_vi=don_vi, loai="cau", ten="Cầu tre", tu_ngay=TRONG_QUY, den_ngay=TRONG_QUY)


@pytest.fixture
def so_day(phuong, chi_doan, chi_doan_khac):
    """A ward whose books have something of everything."""
    dv = make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 8, 1))
    ChuDiem.objects.create(don_vi=phuong, nam=2026, thang=8, ten="An toàn mạng")
    buoi = make_buoi(chi_doan=chi_doan, ngay=TRONG_QUY, loai="chuyen_de", chu_diem="An toàn mạng")
    make_buoi(
        chi_doan=chi_doan,
        ngay=TRONG_QUY + timedelta(days=1),
        loai="chu_diem",
        chu_diem=f"Chia tay đồng chí {dv.ho_ten}",
    )
    make_nghi_quyet(buoi=buoi, phu_trach=dv, han=date(2026, 9, 1))
    for don_vi in (chi_doan, chi_doan_khac):
        make_hoat_dong(
            don_vi=don_vi,
            loai="hien_mau",
            ten="Giọt hồng",
            so_luong=7,
            tu_ngay=TRONG_QUY,
            den_ngay=TRONG_QUY,
        )
    make_hoat_dong(
        don_vi=phuong, loai="ve_nguon", ten="Về Xẻo Bần", tu_ngay=TRONG_QUY, den_ngay=TRONG_QUY
    )
    make_hoat_dong(
        don_vi=phuong,
        loai="chinh_sach",
        ten=f"Thăm gia đình đồng chí {dv.ho_ten}",
        tu_ngay=TRONG_QUY,
        den_ngay=TRONG_QUY,
    )
    make_nguyen_vong(chi_doan=chi_doan, linh_vuc="viec_lam", ngay=TRONG_QUY)
    make_lop(don_vi=phuong, tu_ngay=date(2026, 12, 1), den_ngay=date(2026, 12, 2))
    return make_bao_cao(don_vi=phuong)


def test_sentences_name_units_and_events_and_what_the_rows_come_to(so_day):
    nhap = lap_ban_nhap(so_day)

    assert (
        "2. Giáo dục truyền thống: tổ chức 01 hoạt động về nguồn, thăm địa chỉ đỏ (Về Xẻo Bần)."
        in nhap["giao_duc"].loi
    )
    assert (
        "02 buổi sinh hoạt chuyên đề, chủ điểm (trong đó có: An toàn mạng)" in nhap["giao_duc"].loi
    )
    assert (
        "02 đợt hiến máu tình nguyện, thu được 14 đơn vị máu "
        "(Giọt hồng tại Khu vực 2, Khu vực 1)." in nhap["phong_trao"].loi
    )
    assert "việc làm (01)" in nhap["tinh_hinh"].loi
    assert "01 việc theo nghị quyết chi đoàn quá hạn" in nhap["han_che"].loi
    assert "01 chi đoàn chưa sinh hoạt buổi nào trong kỳ (Khu vực 2)" in nhap["han_che"].loi
    assert nhap["bai_hoc"].loi == ""
    assert nhap["bai_hoc"].goi_y


def test_nobody_is_named(so_day, chi_doan):
    names = [dv.ho_ten for dv in chi_doan.doan_vien.all()]

    text = "\n".join(muc.loi for muc in lap_ban_nhap(so_day).values())

    assert names
    assert not [name for name in names if name in text]


@pytest.mark.parametrize(
    "loi",
    ["Thăm đồng chí Lan", "Trao nhà cho bà Sáu", "Kiểm tra việc thu của Nguyễn Văn An, Khu vực 2"],
)
def test_words_that_tell_of_a_person_are_found(loi):
    assert co_ten_nguoi(loi)


@pytest.mark.parametrize(
    "loi",
    [
        "Học tập và làm theo tư tưởng Hồ Chí Minh",
        "Tặng quà trẻ em Khu vực 3",
        "Kể chuyện về Bác Hồ",
        "Dọn vệ sinh đường Nguyễn Văn Trỗi",
        "Cấp kinh phí hoạt động hè và hỗ trợ chi đoàn khu vực",
        "Về nguồn tại Hà Nội",
    ],
)
def test_other_words_are_kept(loi):
    assert not co_ten_nguoi(loi)


def test_as_many_rows_open_as_a_sentence_says(client_of, bi_thu_phuong, so_day):
    client = client_of(bi_thu_phuong)
    page = client.get(url("phan_loi_list", so_day))

    links = [
        dan for muc in page.context["cac_muc"] for d in muc.doan for c in d.cau for dan in c.dan
    ]
    said = [dan for cau in cac_cau(lap_ban_nhap(so_day)) for dan in cau.dan]
    assert len(links) == len(said) > 8
    for link, dan in zip(links, said, strict=True):
        opened = client.get(link.url)
        assert opened.status_code == 200, dan
        assert opened.context["page"].paginator.count == dan.so, dan
        assert link.loi.endswith(f"{dan.so} dòng")


@pytest.mark.parametrize("seed", [0, pytest.param(1, marks=pytest.mark.same_on_both)])
@pytest.mark.parametrize("ky", ["2025", "2025Q4"])
def test_citations_hold_on_any_history_and_level(db, seed, ky):
    huyen, wards, branches = make_full_history(seed)
    for unit in (huyen, wards[0], branches[0]):
        bao_cao = make_bao_cao(don_vi=unit, ky=ky)
        thoi_ky = ThoiKy.of(bao_cao.ky_bao_cao, unit, date(2025, 12, 31))
        for cau in cac_cau(lap_ban_nhap(bao_cao, thoi_ky)):
            assert cau.dan
            for dan in cau.dan:
                assert rows(MO_DUOC[dan.ma], unit, thoi_ky).count() == dan.so, (cau.loi, dan.ma)


def test_a_sentence_says_what_the_unit_reports_instead(so_day, bi_thu_phuong):
    override_so_lieu(
        bao_cao=so_day, ma="ket_nap_moi", gia_tri=Decimal(3), ly_do="Sót 2.", by=bi_thu_phuong
    )
    override_so_lieu(
        bao_cao=so_day, ma="cay_trong_moi", gia_tri=Decimal(120), ly_do="Sổ giấy.", by=bi_thu_phuong
    )

    nhap = lap_ban_nhap(so_day)

    assert "kết nạp 03 đoàn viên mới" in nhap["xay_dung_doan"].loi
    typed = next(cau for cau in cac_cau(nhap) if "Cây trồng" in cau.loi.capitalize())
    assert typed == Cau("cây trồng mới: 120 cây", (Dan("cay_trong_moi", 0, is_go=True),))


def test_targets_of_the_year_are_held_against_the_year_so_far(so_day, phuong, bi_thu_phuong):
    targets = {"hien_mau": Decimal(14), "ket_nap_moi": Decimal(40)}
    set_chi_tieu_nam(don_vi=phuong, nam=2026, gia_tri=targets, by=bi_thu_phuong)

    nhap = lap_ban_nhap(so_day)

    assert "đã đạt, vượt chỉ tiêu năm: hiến máu tình nguyện 14/14" in nhap["uu_diem"].loi.lower()
    assert "kết nạp mới 01/40 người" in nhap["han_che"].loi
    assert "hiến máu" not in nhap["han_che"].loi


def test_an_office_above_wards_tells_branches_by_ward(so_day, huyen):
    nhap = lap_ban_nhap(make_bao_cao(don_vi=huyen))

    assert "01 chi đoàn chưa sinh hoạt buổi nào trong kỳ (phường Thử 01)" in nhap["han_che"].loi
    assert "(Về Xẻo Bần tại phường Thử)" in nhap["giao_duc"].loi


def test_empty_books_say_nothing_and_tell_what_to_write(phuong):
    nhap = lap_ban_nhap(make_bao_cao(don_vi=phuong))

    assert all(muc.loi == "" for muc in nhap.values())
    assert all(muc.goi_y for muc in nhap.values())


def test_a_branch_reports_of_itself(chi_doan):
    make_buoi(chi_doan=chi_doan, ngay=TRONG_QUY)

    nhap = lap_ban_nhap(make_bao_cao(don_vi=chi_doan))

    assert "Chi đoàn tổ chức 01 buổi sinh hoạt" in nhap["xay_dung_doan"].loi.replace(
        "chi đoàn tổ", "Chi đoàn tổ"
    )
    assert "Chi đoàn sinh hoạt chưa đủ số buổi phải họp." in nhap["han_che"].loi


def test_drafts_cost_the_same_for_many_units(so_day, phuong, django_assert_num_queries):
    with django_assert_num_queries(5):
        lap_ban_nhap(so_day)
    for number in range(3, 7):
        branch = make_chi_doan(phuong=phuong, ten=f"Khu vực {number}")
        make_hoat_dong(don_vi=branch, loai="cong_trinh", tu_ngay=TRONG_QUY, den_ngay=TRONG_QUY)
    with django_assert_num_queries(5):
        lap_ban_nhap(so_day)


def test_a_draft_is_read_back_as_it_was_kept():
    cac_doan = (Doan("Đoàn phí", (Cau("thu 2.000 đồng", (Dan("a", 1),)), Cau("nộp"))), Doan("", ()))

    assert doc_lai(ghi_lai(cac_doan)) == cac_doan
    assert loi_cua(cac_doan[:1]) == "Đoàn phí: thu 2.000 đồng. Nộp."


def test_books_without_a_word_leave_the_sections_to_be_written(phuong, bi_thu_phuong):
    bao_cao = make_bao_cao(don_vi=phuong)
    zero_so_lieu_nhap(bao_cao=bao_cao, by=bi_thu_phuong)
    bao_cao.refresh_from_db()

    with pytest.raises(RuleError, match=r"Phần lời mới có 0/13 mục\. Sổ chưa đủ"):
        submit_bao_cao(bao_cao=bao_cao, version=bao_cao.version, by=bi_thu_phuong)


# ---- what people write stays ---------------------------------------------------------------


def test_a_draft_saved_as_it_is_goes_on_following_the_books(so_day, chi_doan, bi_thu_phuong):
    text = lap_ban_nhap(so_day)["phong_trao"].loi
    save_phan_loi(bao_cao=so_day, muc="phong_trao", noi_dung=text, version=0, by=bi_thu_phuong)
    build_bridge(chi_doan)

    assert not PhanLoi.objects.exists()
    assert "Cầu tre" in dict(read_bao_cao(so_day).phan_loi)["phong_trao"]


def test_what_was_typed_is_never_overwritten_and_the_page_tells_of_changed_books(
    client_of, so_day, chi_doan, bi_thu_phuong
):
    save_phan_loi(
        bao_cao=so_day, muc="phong_trao", noi_dung="Lời riêng.", version=0, by=bi_thu_phuong
    )
    build_bridge(chi_doan)

    page = client_of(bi_thu_phuong).get(url("phan_loi_list", so_day))

    muc = next(item for item in page.context["cac_muc"] if item.muc == "phong_trao")
    assert (muc.loi, muc.is_theo_so) == ("Lời riêng.", False)
    assert [loi for loi in muc.them if "Cầu tre" in loi]
    assert "Sổ đã đổi từ khi viết" in page.content.decode()
    assert dict(read_bao_cao(so_day).phan_loi)["phong_trao"] == "Lời riêng."


def test_the_draft_is_taken_back_after_a_question(client_of, so_day, bi_thu_phuong):
    save_phan_loi(bao_cao=so_day, muc="giao_duc", noi_dung="Riêng.", version=0, by=bi_thu_phuong)
    client = client_of(bi_thu_phuong)
    asked = client.get(url("phan_loi_theo_so", so_day, "giao_duc"))
    version = asked.context["form"].initial["version"]

    client.post(url("phan_loi_theo_so", so_day, "giao_duc"), {"version": version})

    assert not PhanLoi.objects.exists()
    assert "Về Xẻo Bần" in dict(read_bao_cao(so_day).phan_loi)["giao_duc"]


def test_the_draft_is_not_taken_back_over_newer_words(so_day, bi_thu_phuong):
    save_phan_loi(bao_cao=so_day, muc="giao_duc", noi_dung="Một.", version=0, by=bi_thu_phuong)
    save_phan_loi(bao_cao=so_day, muc="giao_duc", noi_dung="Hai.", version=1, by=bi_thu_phuong)

    with pytest.raises(StaleError):
        take_ban_nhap(bao_cao=so_day, muc="giao_duc", version=1, by=bi_thu_phuong)


def test_a_cleared_section_stays_empty(so_day, bi_thu_phuong):
    save_phan_loi(bao_cao=so_day, muc="giao_duc", noi_dung="", version=0, by=bi_thu_phuong)

    assert dict(read_bao_cao(so_day).phan_loi)["giao_duc"] == ""


def test_untouched_drafts_are_frozen_when_handed_in_and_follow_the_books_when_returned(
    client_of, so_day, chi_doan, bi_thu_phuong, van_phong
):
    save_phan_loi(bao_cao=so_day, muc="uu_diem", noi_dung="Lời riêng.", version=0, by=bi_thu_phuong)
    zero_so_lieu_nhap(bao_cao=so_day, by=bi_thu_phuong)
    so_day.refresh_from_db()
    sent = submit_bao_cao(bao_cao=so_day, version=so_day.version, by=bi_thu_phuong)
    then = dict(read_bao_cao(sent).phan_loi)
    build_bridge(chi_doan)

    assert "Về Xẻo Bần" in then["giao_duc"]
    assert dict(read_bao_cao(sent).phan_loi) == then
    page = client_of(van_phong).get(url("phan_loi_list", sent))
    muc = next(item for item in page.context["cac_muc"] if item.muc == "giao_duc")
    assert muc.loi == then["giao_duc"]
    assert muc.doan[0].cau[0].dan[0].loi == "2 dòng"
    assert "mở theo sổ hôm nay" in page.text

    back = return_bao_cao(bao_cao=sent, ly_do="Sửa.", by=van_phong)
    again = dict(read_bao_cao(back).phan_loi)
    assert "Cầu tre" in again["phong_trao"]
    assert again["uu_diem"] == "Lời riêng."
    assert is_theo_so(PhanLoi.objects.get(bao_cao=back, muc="giao_duc"))


def test_the_page_of_sections_takes_few_statements(
    client_of, bi_thu_phuong, so_day, django_assert_max_num_queries
):
    client = client_of(bi_thu_phuong)

    with django_assert_max_num_queries(12):
        client.get(url("phan_loi_list", so_day))


def test_only_who_writes_the_report_takes_a_draft_back(client_of, van_phong, nguoi_la, so_day):
    assert client_of(van_phong).get(url("phan_loi_list", so_day)).status_code == 200
    assert client_of(van_phong).get(url("phan_loi_theo_so", so_day, "giao_duc")).status_code == 403
    assert client_of(nguoi_la).get(url("phan_loi_list", so_day)).status_code == 404
