"""Issued papers: numbers without gaps, the same content gives the same bytes."""

from datetime import date

import pytest

from core.errors import RuleError
from core.pdf import Paper, Title
from tests.core.pdf_reading import xmp
from tests.factories import make_chi_doan, make_don_vi, make_huyen, make_phuong
from tochuc import the_thuc
from tochuc.models import DonVi, LichSuDonVi, QuyDinh, VanBan
from tochuc.van_ban import dia_danh, issue, tieu_de_don_vi, void

NGAY = date(2026, 2, 5)


def issue_paper(target, by, noi_dung="nội dung", loai="NQ", ngay=NGAY):
    return issue(
        target=target,
        don_vi=target,
        loai=loai,
        ngay=ngay,
        tieu_de="Nghị quyết thử",
        noi_dung=noi_dung,
        render=lambda so, ma: f"{so} {ma} {noi_dung}".encode(),
        by=by,
    )


def test_numbers_run_per_kind_and_year(phuong, bi_thu_phuong, chi_doan):
    papers = [
        issue_paper(phuong, bi_thu_phuong),
        issue_paper(chi_doan, bi_thu_phuong),
        issue_paper(phuong, bi_thu_phuong, loai="BC"),
    ]

    assert [paper.so_ky_hieu for paper in papers] == ["01-NQ/ĐTN", "01-NQ/CĐ", "01-BC/ĐTN"]


def test_same_content_gives_the_stored_bytes(phuong, bi_thu_phuong):
    first = issue_paper(phuong, bi_thu_phuong)
    again = issue_paper(phuong, bi_thu_phuong)

    assert again.pk == first.pk
    assert VanBan.objects.count() == 1


def test_changed_content_is_a_new_version_with_the_same_number(phuong, bi_thu_phuong):
    first = issue_paper(phuong, bi_thu_phuong)
    second = issue_paper(phuong, bi_thu_phuong, noi_dung="đã sửa")

    assert (second.so_ky_hieu, second.phien_ban) == (first.so_ky_hieu, 2)
    assert bytes(VanBan.objects.get(pk=first.pk).tep) == bytes(first.tep)
    assert second.ma_kiem_tra != first.ma_kiem_tra


def test_number_pattern_is_a_dated_setting(phuong, bi_thu_phuong):
    QuyDinh.objects.create(
        ma="mau_so_van_ban",
        don_vi=phuong,
        tu_ngay=date(2026, 1, 1),
        gia_tri="{so}/{loai}-{dv}",
        can_cu="Nếp của phường",
    )

    assert issue_paper(phuong, bi_thu_phuong).so_ky_hieu == "01/NQ-ĐTN"


def test_heading_is_that_of_the_day(db):
    tinh = make_don_vi(cap="tinh", loai="tinh", ten="Quảng Ngãi")
    huyen = make_huyen(ten="Nghĩa Hành", cap_tren=tinh)
    xa = make_phuong(ten="Hành Thịnh", loai="xa", cap_tren=huyen)
    chi_doan = make_chi_doan(phuong=xa, ten="An Ba")
    LichSuDonVi.objects.filter(don_vi=xa).update(den_ngay=date(2025, 6, 30))
    LichSuDonVi.objects.create(don_vi=xa, ten="Hành Thịnh", cap_tren=tinh, tu_ngay=date(2025, 7, 1))

    assert tieu_de_don_vi(xa, date(2020, 1, 1)) == (
        "HUYỆN ĐOÀN NGHĨA HÀNH",
        "BCH ĐOÀN XÃ HÀNH THỊNH",
    )
    assert tieu_de_don_vi(xa, NGAY) == ("TỈNH ĐOÀN QUẢNG NGÃI", "BCH ĐOÀN XÃ HÀNH THỊNH")
    assert tieu_de_don_vi(chi_doan, NGAY) == ("ĐOÀN XÃ HÀNH THỊNH", "CHI ĐOÀN AN BA")


@pytest.mark.parametrize(("dat", "ra"), [("", "Phường Thử"), ("TP. Vị Thanh", "TP. Vị Thanh")])
def test_place_of_the_date(phuong, chi_doan, dat, ra):
    phuong.dia_danh = dat
    phuong.save()

    assert dia_danh(DonVi.objects.get(pk=chi_doan.pk)) == ra


def test_number_follows_the_year_of_the_paper(phuong, chi_doan, bi_thu_phuong):
    """New Year's Eve and the day after, whatever the clock says when they are issued."""
    other = make_chi_doan(phuong=phuong)
    first = issue_paper(phuong, bi_thu_phuong, ngay=date(2027, 1, 1))
    last = issue(
        target=other,
        don_vi=phuong,
        loai="NQ",
        ngay=date(2026, 12, 31),
        tieu_de="Nghị quyết thử",
        noi_dung="khác",
        render=lambda so, ma: so.encode(),
        by=bi_thu_phuong,
    )

    assert (first.so, last.so) == (1, 1)


def test_paper_that_moves_to_another_year_leaves_its_number_void(phuong, bi_thu_phuong):
    first = issue_paper(phuong, bi_thu_phuong, ngay=date(2026, 12, 31))
    moved = issue_paper(phuong, bi_thu_phuong, noi_dung="đổi ngày", ngay=date(2027, 1, 1))

    first.refresh_from_db()
    assert first.ly_do_huy == "Chuyển sang số của năm 2027."
    assert (moved.so, moved.ngay.year, moved.huy_luc) == (1, 2027, None)


def test_void_paper_stays_and_its_number_is_spent(phuong, bi_thu_phuong):
    first = issue_paper(phuong, bi_thu_phuong)
    issue_paper(phuong, bi_thu_phuong, noi_dung="đã sửa")

    void(van_ban=first, ly_do="Lập nhầm", by=bi_thu_phuong)
    again = issue_paper(phuong, bi_thu_phuong, noi_dung="đã sửa")

    assert [(row.so, row.ly_do_huy) for row in VanBan.objects.order_by("pk")] == [
        (1, "Lập nhầm"),
        (1, "Lập nhầm"),
        (2, ""),
    ]
    assert again.phien_ban == 3
    with pytest.raises(RuleError, match="đã được hủy"):
        void(van_ban=first, ly_do="Lần nữa", by=bi_thu_phuong)


def test_void_needs_its_reason(phuong, bi_thu_phuong):
    with pytest.raises(RuleError, match="lý do"):
        void(van_ban=issue_paper(phuong, bi_thu_phuong), ly_do=" ", by=bi_thu_phuong)


def test_whoever_checks_a_void_paper_is_told(client, phuong, bi_thu_phuong):
    paper = issue_paper(phuong, bi_thu_phuong)
    void(van_ban=paper, ly_do="Lập nhầm", by=bi_thu_phuong)

    page = client.get(paper.get_absolute_url()).content.decode()

    assert "đã được đơn vị ban hành hủy" in page
    assert "Lập nhầm" not in page


@pytest.mark.same_on_both
def test_the_form_of_the_file_is_a_dated_setting_that_changes_no_issued_paper(
    phuong, bi_thu_phuong, chi_doan
):
    def issue_pdf(target):
        return the_thuc.issue_paper(
            lambda so, ma: Paper(title=Title("NGHỊ QUYẾT", so), check=the_thuc.check_line(ma)),
            target=target,
            don_vi=phuong,
            loai="NQ",
            ngay=NGAY,
            title="Nghị quyết thử",
            by=bi_thu_phuong,
        )

    before = issue_pdf(phuong)
    QuyDinh.objects.create(
        ma="dang_pdf", tu_ngay=date(2026, 1, 1), gia_tri="pdf/a-2a", can_cu="Lưu trữ"
    )
    after = issue_pdf(chi_doan)

    assert issue_pdf(phuong).pk == before.pk
    assert b'pdfuaid:part="1"' in xmp(bytes(before.tep))
    assert b'pdfaid:conformance="A"' in xmp(bytes(after.tep))
    assert bytes(VanBan.objects.get(pk=before.pk).tep) == bytes(before.tep)
