from datetime import date
from decimal import Decimal

import pytest

from baocao.giay_to import column_room, issue_bao_cao, read_bao_cao, report, submit_and_issue
from baocao.services import (
    override_so_lieu,
    return_bao_cao,
    save_phan_loi,
    set_chi_tieu_nam,
    submit_bao_cao,
    zero_so_lieu_nhap,
)
from core.errors import RuleError
from core.pdf import GroupRow, Section
from core.pdf.metrics import width_mm
from tests.core.pdf_reading import fonts, page_texts, words
from tests.factories import make_bao_cao, make_buoi, make_chuc_vu, make_doan_vien
from tochuc.models import VanBan


@pytest.fixture
def bao_cao(phuong, chi_doan, chi_doan_khac, bi_thu_phuong):
    """A report ready to be submitted; one of two branches has met."""
    make_chuc_vu(don_vi=phuong, chuc_danh="bi_thu", ho_ten="Trịnh Hoài Phong")
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 8, 1))
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 5))
    found = make_bao_cao(don_vi=phuong)
    for muc, text in (("tinh_hinh", "Ổn định."), ("han_che", "Ít hoạt động.\nThiếu kinh phí.")):
        save_phan_loi(bao_cao=found, muc=muc, noi_dung=text, version=0, by=bi_thu_phuong)
    zero_so_lieu_nhap(bao_cao=found, by=bi_thu_phuong)
    return found


def submitted(bao_cao, by):
    bao_cao.refresh_from_db()
    return submit_bao_cao(bao_cao=bao_cao, version=bao_cao.version, by=by)


def sections(content):
    body = report(content, None, None).body
    return [block.text for block in body if isinstance(block, Section)]


def test_the_paper_has_the_fields_layout(bao_cao, bi_thu_phuong):
    van_ban = issue_bao_cao(bao_cao=submitted(bao_cao, bi_thu_phuong), by=bi_thu_phuong)

    pdf = bytes(van_ban.tep)
    pages = [words(page) for page in page_texts(pdf)]
    assert van_ban.so_ky_hieu == "01-BC/ĐTN"
    assert "THÀNH ĐOÀN THỬ" in pages[0]
    assert "BCH ĐOÀN PHƯỜNG THỬ" in pages[0]
    assert "Số: 01-BC/ĐTN" in pages[0]
    assert "ngày 18 tháng 11 năm 2026" in pages[0].replace("\xa0", " ")
    assert "TM. BAN CHẤP HÀNH BÍ THƯ" in " ".join(pages)
    assert "Trịnh Hoài Phong" in " ".join(pages)
    assert any(page.startswith(("2 PHỤ LỤC", "PHỤ LỤC", "3 PHỤ LỤC")) for page in pages)
    assert all(embedded for embedded in fonts(pdf).values())


def test_silent_branches_are_written_as_they_are(bao_cao):
    content = read_bao_cao(bao_cao)

    assert content.to_chuc == (
        "Có 1/2 chi đoàn sinh hoạt trong kỳ (50,0%); chưa ghi buổi sinh hoạt nào: Khu vực 2."
    )


def test_empty_sections_leave_no_gap_in_the_numbers(bao_cao):
    assert sections(read_bao_cao(bao_cao)) == [
        "A. Tình hình thanh niên, dư luận",
        "B. Kết quả thực hiện",
        "I. Xây dựng Đoàn, mở rộng mặt trận, tham gia xây dựng Đảng",
        "C. Đánh giá chung",
        "D. Phương hướng, nhiệm vụ trọng tâm quý IV",
    ]


@pytest.mark.parametrize(
    ("ky", "trich_yeu"),
    [
        (
            "2026Q3",
            (
                "công tác Đoàn và phong trào thanh thiếu nhi quý III,\n"
                "phương hướng nhiệm vụ trọng tâm quý IV năm 2026"
            ),
        ),
        (
            "2025Q4",
            (
                "công tác Đoàn và phong trào thanh thiếu nhi quý IV năm 2025,\n"
                "phương hướng nhiệm vụ trọng tâm quý I năm 2026"
            ),
        ),
        (
            "2025",
            (
                "công tác Đoàn và phong trào thanh thiếu nhi năm 2025,\n"
                "phương hướng nhiệm vụ trọng tâm năm 2026"
            ),
        ),
    ],
)
def test_the_title_names_both_periods(phuong, ky, trich_yeu):
    assert read_bao_cao(make_bao_cao(don_vi=phuong, ky=ky)).trich_yeu == trich_yeu


def test_a_corrected_figure_prints_with_the_systems_beside_it(bao_cao, phuong, bi_thu_phuong):
    set_chi_tieu_nam(don_vi=phuong, nam=2026, gia_tri={"ket_nap_moi": Decimal(4)}, by=bi_thu_phuong)
    override_so_lieu(
        bao_cao=bao_cao, ma="ket_nap_moi", gia_tri=Decimal(3), ly_do="Chưa nhập.", by=bi_thu_phuong
    )

    content = read_bao_cao(submitted(bao_cao, bi_thu_phuong))

    row = next(row for _, lines in content.so_lieu for row in lines if row[0] == "Kết nạp mới")
    assert row == ("Kết nạp mới", "người", "4", "3", "3", "75,0", "HT: 1")


def test_rates_of_the_appendix_line_up_at_their_decimal(bao_cao, chi_doan):
    member = make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 7, 1))
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 12), diem_danh={member: "co_mat"})

    rows = [row for _, lines in read_bao_cao(bao_cao).so_lieu for row in lines]

    row = next(row for row in rows if row[0] == "Tỷ lệ đoàn viên dự sinh hoạt")
    assert row[3:5] == ("100,0", "100,0")


def test_the_appendix_numbers_run_through_its_groups(bao_cao):
    table = report(read_bao_cao(bao_cao), None, None).appendix[1]

    groups = [row.text for row in table.rows if isinstance(row, GroupRow)]
    numbers = [row[0] for row in table.rows if not isinstance(row, GroupRow)]
    assert groups[:2] == ["I. TỔ CHỨC", "II. ĐOÀN VIÊN"]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


def test_a_report_submitted_anew_keeps_its_number_as_a_new_version(
    bao_cao, bi_thu_phuong, van_phong
):
    first = submitted(bao_cao, bi_thu_phuong)
    issue_bao_cao(bao_cao=first, by=bi_thu_phuong)
    return_bao_cao(bao_cao=first, ly_do="Bổ sung ưu điểm.", by=van_phong)
    save_phan_loi(
        bao_cao=bao_cao, muc="uu_diem", noi_dung="Nhiều cố gắng.", version=0, by=bi_thu_phuong
    )
    issue_bao_cao(bao_cao=submitted(bao_cao, bi_thu_phuong), by=bi_thu_phuong)

    assert list(VanBan.objects.values_list("so_ky_hieu", "phien_ban").order_by("phien_ban")) == [
        ("01-BC/ĐTN", 1),
        ("01-BC/ĐTN", 2),
    ]


def test_a_report_whose_paper_cannot_be_made_is_not_handed_in(bao_cao, bi_thu_phuong, monkeypatch):
    monkeypatch.setattr("core.pdf.prints.render_pdf", lambda *_, **__: b"")
    bao_cao.refresh_from_db()

    with pytest.raises(RuleError, match="Chưa lập được bản in"):
        submit_and_issue(bao_cao=bao_cao, version=bao_cao.version, by=bi_thu_phuong)

    bao_cao.refresh_from_db()
    assert bao_cao.is_dang_sua
    assert not VanBan.objects.exists()


@pytest.mark.parametrize(
    ("so", "ghi_chu"),
    [("1.383.000", ""), ("2.940.000.000", "HT: 2.940.000.000"), ("912.940.000.000", "")],
)
def test_no_sum_of_money_breaks_in_the_appendix(so, ghi_chu):
    size, mm = column_room([["106", "Số tiền vay", "đồng", "", so, so, "", ghi_chu]])

    assert sum(mm) == pytest.approx(160)
    assert min(mm[4:6]) > width_mm(so, size) + 2.8
    assert mm[1] >= 30
