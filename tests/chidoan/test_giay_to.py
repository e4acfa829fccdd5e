import dataclasses
from datetime import date, time
from io import BytesIO

import pytest
from pypdf import PdfReader

from chidoan.giay_to import issue_bien_ban, minutes, preview_bien_ban, read_bien_ban
from chidoan.models import BieuQuyet, DiemDanh
from core.pdf import render_pdf
from core.text import clean
from tests.core.pdf_reading import fonts
from tests.factories import make_buoi, make_chuc_vu, make_doan_vien, make_nghi_quyet
from tochuc.models import QuyDinh, SoVanBan, VanBan

CO_MAT, MUON, LY_DO, VANG = DiemDanh.TrangThai.values
NAMES = ("Phạm Hoàng Long", "Lê Ngọc Trâm", "Trương Gia Huy", "Hồ Nhật Nam", "Trần Minh Đức")


@pytest.fixture
def people(chi_doan):
    return [make_doan_vien(chi_doan=chi_doan, ho_ten=name) for name in NAMES]


@pytest.fixture
def buoi(chi_doan, people):
    """The meeting of the reference picture, with few people."""
    long, tram, huy, nam, duc = people
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", doan_vien=long)
    make_chuc_vu(don_vi=chi_doan, doan_vien=tram)
    make_chuc_vu(
        don_vi=chi_doan, doan_vien=tram, tu_ngay=date(2026, 10, 16), chuc_danh="pho_bi_thu"
    )
    buoi = make_buoi(
        chi_doan=chi_doan,
        ngay=date(2026, 10, 15),
        bat_dau=time(19, 0),
        ket_thuc=time(20, 15),
        dia_diem="Nhà văn hóa Khu vực 1",
        chu_tri=long,
        thu_ky=tram,
        dai_bieu="đồng chí Võ Thành Trung, Phó Bí thư Đoàn phường",
        chu_diem="Phụ nữ Việt Nam – Tự hào và khát vọng",
        noi_dung="Đồng chí Lê Ngọc Trâm giới thiệu chuyên đề.",
        y_kien="- Đồng chí Đức: chuyển giờ.\nĐồng chí Trung: ghi nhận.",
        ket_luan="Thống nhất nhiệm vụ.",
        diem_danh={long: CO_MAT, tram: CO_MAT, duc: MUON, nam: VANG},
    )
    DiemDanh.objects.create(buoi=buoi, doan_vien=huy, trang_thai=LY_DO, ly_do="om")
    BieuQuyet.objects.create(
        buoi=buoi,
        noi_dung="Thông qua các nội dung nêu trên",
        co_quyen=3,
        co_mat=3,
        tan_thanh=2,
        khong_tan_thanh=1,
    )
    make_nghi_quyet(buoi=buoi, phu_trach=duc, noi_dung="Hoàn thành bích họa", han=date(2026, 11, 8))
    return buoi


@pytest.fixture
def before(chi_doan, people):
    return make_buoi(chi_doan=chi_doan, ngay=date(2026, 9, 15))


def text_of(content: bytes) -> str:
    return clean(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages))


def print_text(buoi) -> str:
    return text_of(
        render_pdf(minutes(read_bien_ban(buoi), "Số: 10-BB/CĐ", "MA1234"), title="Biên bản")
    )


def test_minutes_say_what_happened(buoi):
    text = print_text(buoi)

    for part in (
        "ĐOÀN PHƯỜNG THỬ",
        "CHI ĐOÀN KHU VỰC 1",
        "Số: 10-BB/CĐ",
        "Phường Thử, ngày 15 tháng 10 năm 2026",
        "Sinh hoạt Chi đoàn tháng 10 năm 2026",
        "Bắt đầu lúc 19 giờ 00 phút, ngày 15 tháng 10 năm 2026, tại Nhà văn hóa Khu vực 1.",
        "1. Chủ trì: đồng chí Phạm Hoàng Long, Bí thư Chi đoàn.",
        "2. Thư ký: đồng chí Lê Ngọc Trâm, Ủy viên Ban Chấp hành Chi đoàn.",
        "3. Đại biểu: đồng chí Võ Thành Trung, Phó Bí thư Đoàn phường.",
        "tổng số 05 đồng chí; có mặt 03 đồng chí, đạt 60,0% (trong đó đến muộn 01);",
        "vắng có lý do 01 đồng chí (Trương Gia Huy);",
        "vắng không có lý do 01 đồng chí (Hồ Nhật Nam).",
        "1. Sinh hoạt chủ điểm “Phụ nữ Việt Nam – Tự hào và khát vọng”",
        "2. Triển khai nhiệm vụ tháng 11",
        "1 Hoàn thành bích họa Trần Minh Đức 08/11/2026",
        "3. Ý kiến thảo luận - Đồng chí Đức: chuyển giờ. - Đồng chí Trung: ghi nhận.",
        "tán thành 2/3 đồng chí có mặt (66,7%); không tán thành: 01; ý kiến khác: 0.",
        "kết thúc lúc 20 giờ 15 phút cùng ngày.",
        "Biên bản đã được đọc lại và thông qua tại buổi sinh hoạt./.",
        "Mã kiểm tra: MA1234",
    ):
        assert part in text
    assert "ốm" not in text.lower()


def test_minutes_report_on_what_was_resolved_before(buoi, before, people):
    common = {"buoi": before, "phu_trach": people[4]}
    make_nghi_quyet(
        **common,
        noi_dung="Thu gom rác",
        trang_thai="xong",
        ket_qua="4 buổi.",
        ket_thuc_ngay=buoi.ngay,
        ket_thuc_tai=buoi,
    )
    make_nghi_quyet(
        **common,
        noi_dung="Trồng cây",
        trang_thai="thoi",
        ket_qua="Mưa",
        ket_thuc_ngay=buoi.ngay,
        ket_thuc_tai=buoi,
    )
    make_nghi_quyet(**common, noi_dung="Vẽ bích họa", han=date(2026, 10, 30))
    make_nghi_quyet(
        **common,
        noi_dung="Xong từ trước",
        trang_thai="xong",
        ket_qua="Rồi",
        ket_thuc_ngay=date(2026, 10, 1),
    )

    text = print_text(buoi)

    for part in (
        "1. Đánh giá việc thực hiện nghị quyết tháng 9",
        "Đồng chí Phạm Hoàng Long báo cáo: 1/3 nhiệm vụ hoàn thành.",
        "Thu gom rác: đã xong. 4 buổi.",
        "Trồng cây: thôi thực hiện. Lý do: Mưa.",
        "Vẽ bích họa: chưa xong, tiếp tục thực hiện; đồng chí Trần Minh Đức phụ trách, hạn",
        "hạn 30/10/2026.",
        "2. Sinh hoạt chủ điểm",
    ):
        assert part in text
    assert "Xong từ trước" not in text


def test_minutes_stay_the_same_when_a_carried_resolution_is_done_later(buoi, before, people):
    row = make_nghi_quyet(buoi=before, phu_trach=people[4], noi_dung="Vẽ bích họa")
    first = read_bien_ban(buoi)

    row.trang_thai, row.ket_qua, row.ket_thuc_ngay = "xong", "Rồi", date(2026, 10, 20)
    row.save()

    assert read_bien_ban(buoi) == first


def test_side_of_the_signatures_is_a_setting(buoi, phuong):
    left, right = minutes(read_bien_ban(buoi), "", "MA").signatures.signers
    QuyDinh.objects.create(
        don_vi=phuong, ma="ky_bien_ban", tu_ngay=date(2026, 1, 1), gia_tri="chu_tri"
    )
    first, second = minutes(read_bien_ban(buoi), "", "MA").signatures.signers

    assert [(row.lines, row.name) for row in (left, right)] == [
        (["THƯ KÝ"], "Lê Ngọc Trâm"),
        (["CHỦ TRÌ"], "Phạm Hoàng Long"),
    ]
    assert (first, second) == (right, left)


def test_full_attendance_and_little_content_is_a_short_paper(chi_doan, people):
    buoi = make_buoi(
        chi_doan=chi_doan,
        loai="ket_nap",
        chu_tri=people[0],
        thu_ky=people[1],
        diem_danh=dict.fromkeys(people, CO_MAT),
    )

    text = print_text(buoi)

    assert "Hội nghị kết nạp tháng 9 năm 2026" in text
    assert "có mặt 05 đồng chí, đạt 100,0%; vắng có lý do 0; vắng không có lý do 0." in text
    assert "Chủ trì: đồng chí Phạm Hoàng Long." in text
    for absent in ("Đánh giá", "Triển khai", "Ý kiến", "Biểu quyết", "kết thúc lúc"):
        assert absent not in text


def test_pdf_has_two_pages_and_only_its_own_fonts(buoi, bi_thu):
    van_ban = issue_bien_ban(buoi=buoi, by=bi_thu)

    content = bytes(van_ban.tep)
    assert len(PdfReader(BytesIO(content)).pages) == 2
    assert fonts(content) == dict.fromkeys(
        ("Doc", "Doc-Bold", "Doc-Italic", "Doc-Bold-Italic"), True
    )
    assert (van_ban.so_ky_hieu, van_ban.loai, van_ban.tieu_de) == (
        "01-BB/CĐ",
        "BB",
        "Biên bản sinh hoạt Chi đoàn tháng 10 năm 2026",
    )


def test_preview_has_dots_for_the_number_and_nothing_to_check(buoi):
    text = text_of(preview_bien_ban(buoi))

    assert "-BB/CĐ" in text
    assert "Sinh hoạt Chi đoàn tháng 10 năm 2026" in text
    assert "01-BB/CĐ" not in text
    assert "Mã kiểm tra" not in text
    assert not VanBan.objects.exists()
    assert not SoVanBan.objects.exists()


def test_long_roll_and_many_tasks_stay_inside_the_page(chi_doan, buoi, people):
    for index in range(25):
        person = make_doan_vien(chi_doan=chi_doan, ho_ten=f"Nguyễn Phan Hoàng Anh Thư {index}")
        DiemDanh.objects.create(buoi=buoi, doan_vien=person, trang_thai=VANG)
        make_nghi_quyet(buoi=buoi, phu_trach=person, noi_dung="Việc rất dài " * 15)

    content = render_pdf(minutes(read_bien_ban(buoi), "Số: 10-BB/CĐ", "MA"), title="Biên bản")

    assert len(PdfReader(BytesIO(content)).pages) > 2
    assert "Nguyễn Phan Hoàng Anh Thư 24" in text_of(content)


def test_same_content_gives_the_same_paper(buoi):
    assert read_bien_ban(buoi) == read_bien_ban(buoi)
    told = read_bien_ban(buoi)
    other = dataclasses.replace(told.buoi, ket_luan="Khác")
    assert dataclasses.replace(told, buoi=other) != told


@pytest.mark.parametrize(
    ("resolved", "words"),
    [
        ([date(2026, 7, 15)], "nghị quyết tháng 7"),
        ([date(2025, 12, 15)], "nghị quyết tháng 12 năm 2025"),
        ([date(2026, 9, 1), date(2026, 8, 15)], "nghị quyết các buổi trước"),
    ],
)
def test_review_names_the_month_that_resolved(buoi, chi_doan, people, resolved, words):
    """A branch need not meet each month, and its committee meets between."""
    for ngay in resolved:
        earlier = make_buoi(chi_doan=chi_doan, ngay=ngay)
        make_nghi_quyet(buoi=earlier, phu_trach=people[0])

    assert f"1. Đánh giá việc thực hiện {words} " in print_text(buoi)
