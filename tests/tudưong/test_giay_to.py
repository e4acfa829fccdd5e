"""Papers of a case: what they say, what is refused, what stays as it was issued."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from core.errors import RuleError
from core.pdf import CheckBox, Dots
from tests.core.pdf_reading import fonts, is_nfc, page_texts, reader, words
from tests.core.test_pdf_booklet import jpeg
from tests.factories import make_anh
from tests.tudưong.cases import issue_4_knd
from tochuc.models import NhatKy, VanBan
from tudưong.giay_to import phat_hanh
from tudưong.giay_to.bo_ho_so import bo_ho_so, read_buoc
from tudưong.giay_to.nghi_quyet import nghi_quyet_bch
from tudưong.giay_to.trich_ngang import trich_ngang
from tudưong.models import BuocHoSo, ChatVan, GiayTo, HoSo
from tudưong.services import open_chat_van, record_outcome, send

CAM = ("chất vấn", "khiếu nại", "giải trình", "CỘNG HÒA XÃ HỘI", "None", "…")


def text_of(van_ban) -> str:
    return words(" ".join(page_texts(bytes(van_ban.tep))))


def test_resolution_of_the_ward_says_what_the_form_asks(da_nghi_quyet, bi_thu_phuong):
    text = text_of(issue_4_knd(ho_so=da_nghi_quyet, by=bi_thu_phuong))

    for part in (
        "BCH ĐOÀN PHƯỜNG THỬ",
        "Số: 01-NQ/ĐTN",
        "Mẫu 4-KNĐ",
        "ngày 05 tháng 02 năm 2026",
        "Chi ủy Chi bộ Khu vực 1",
        "Đảng ủy phường Thử",
        "Xét Nghị quyết số 01-NQ/CĐ ngày 24 tháng 01 năm 2026 của Chi đoàn Khu vực 1",
        "họp ngày 04 tháng 02 năm 2026 nhận thấy",
        "Đoàn viên Trần Gia Bảo, sinh ngày 19/5/2000",
        "13 đồng chí (đạt 86,7% so với tổng số 15 ủy viên Ban Chấp hành)",
        "01 đồng chí (chiếm 6,7%), với lý do: cần thêm thời gian rèn luyện",
        "Vắng mặt: 01 đồng chí",
        "TM. BAN CHẤP HÀNH BÍ THƯ",
        "Trịnh Hoài Phong",
        "Lưu: VP, hồ sơ ĐVƯT.",
    ):
        assert part in text
    assert text.count("./.") == 1
    assert not [word for word in CAM if word in text]


def test_what_the_record_lacks_is_dotted_and_what_it_has_is_printed(da_nghi_quyet):
    step = read_buoc(da_nghi_quyet).nghi_quyet
    member = da_nghi_quyet.doan_vien

    lacking = nghi_quyet_bch(da_nghi_quyet, step).body[3].text
    member.que_quan, member.noi_vao_doan = "Vị Thắng", "Trường THPT Vị Thanh"
    member.ngay_cam_tinh = date(2025, 5, 19)
    full = "".join(
        getattr(part, "text", part) for part in nghi_quyet_bch(da_nghi_quyet, step).body[3].text
    )

    assert sum(isinstance(part, Dots) for part in lacking) == 3
    assert "quê quán: Vị Thắng; vào Đoàn ngày" in full
    assert "tại Trường THPT Vị Thanh; sinh hoạt tại Chi đoàn Khu vực 1" in full
    assert "cảm tình Đảng ngày 19/5/2025;" in full


def test_the_party_cell_is_named_once_however_it_was_typed(da_nghi_quyet, bi_thu_phuong):
    send(ho_so=da_nghi_quyet, ngay=date(2026, 2, 6), chi_bo="chi bộ  Khu vực 1", by=bi_thu_phuong)

    ho_so = HoSo.objects.get(pk=da_nghi_quyet.pk)
    ho_so_cu = HoSo(chi_bo="Chi bộ Khu vực 3")
    assert (ho_so.chi_bo, ho_so.ten_chi_bo) == ("Khu vực 1", "Chi bộ Khu vực 1")
    assert ho_so_cu.ten_chi_bo == "Chi bộ Khu vực 3"


def test_resolution_of_the_branch_counts_all_and_present(da_nghi_quyet, bi_thu_phuong):
    text = text_of(phat_hanh.issue_nghi_quyet_chi_doan(ho_so=da_nghi_quyet, by=bi_thu_phuong))

    for part in (
        "ĐOÀN PHƯỜNG THỬ CHI ĐOÀN KHU VỰC 1",
        "Số: 01-NQ/CĐ",
        "Kính gửi: Ban Chấp hành Đoàn phường Thử.",
        "tổng số đoàn viên chi đoàn 15 đồng chí; có mặt 13 đồng chí; tán thành 12 đồng chí",
        "(đạt 80,0% so với tổng số đoàn viên, 92,3% so với số có mặt)",
        "không tán thành 01 đồng chí, với lý do: trẻ",
        "TM. CHI ĐOÀN BÍ THƯ",
        "Lê Minh Duy",
    ):
        assert part in text
    assert "giới thiệu đoàn viên ưu tú vào Đảng" in text


def test_all_for_and_none_against(da_nghi_quyet, bi_thu_phuong):
    BuocHoSo.objects.filter(loai="nghi_quyet").update(
        co_mat=15, tan_thanh=15, khong_tan_thanh=0, ly_do=""
    )

    text = text_of(issue_4_knd(ho_so=da_nghi_quyet, by=bi_thu_phuong))

    assert "15 đồng chí (đạt 100,0% so với" in text
    assert "Số không tán thành: không có." in text
    assert "Vắng mặt" not in text


def test_issued_paper_is_kept_and_a_change_is_a_new_version(da_nghi_quyet, bi_thu_phuong):
    first = issue_4_knd(ho_so=da_nghi_quyet, by=bi_thu_phuong)
    again = issue_4_knd(ho_so=da_nghi_quyet, by=bi_thu_phuong)
    da_nghi_quyet.doan_vien.que_quan = "Xã Vị Thắng"
    second = issue_4_knd(ho_so=da_nghi_quyet, by=bi_thu_phuong)

    assert again.pk == first.pk
    assert (second.so_ky_hieu, second.phien_ban) == (first.so_ky_hieu, 2)
    assert bytes(VanBan.objects.get(pk=first.pk).tep) == bytes(first.tep)


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"khuyet_diem": " "}, "khuyết điểm"), ({"chi_bo": ""}, "chi bộ")],
)
def test_resolution_is_refused_while_something_is_missing(
    da_nghi_quyet, bi_thu_phuong, fields, message
):
    for name, value in fields.items():
        setattr(da_nghi_quyet, name, value)

    with pytest.raises(RuleError, match=message):
        issue_4_knd(ho_so=da_nghi_quyet, by=bi_thu_phuong)

    assert not VanBan.objects.exists()


# ---- the dossier ---------------------------------------------------------------------------


def test_dossier_is_one_file_whose_contents_match_its_pages(with_reviews, bi_thu_phuong):
    van_ban = phat_hanh.issue_bo_ho_so(ho_so=with_reviews, by=bi_thu_phuong)

    pages = [words(text) for text in page_texts(bytes(van_ban.tep))]
    assert "GIỚI THIỆU ĐOÀN VIÊN ƯU TÚ VÀO ĐẢNG" in pages[0]
    assert "TRẦN GIA BẢO" in pages[0]
    assert f"Số tờ {len(pages) - 3}" in pages[0]
    starts = {
        "Nghị quyết đề nghị giới thiệu ĐVƯT": "Mẫu 4_1-KNĐ",
        "Nghị quyết giới thiệu ĐVƯT": "Mẫu 4-KNĐ",
        "Danh sách trích ngang": "DANH SÁCH TRÍCH NGANG",
        "Phiếu nhận xét quý III, IV năm 2025; quý I năm 2026": "PHIẾU NHẬN XÉT",
    }
    leaf = {title: first_page(pages[3:], start) for title, start in starts.items()}
    for title, page in leaf.items():
        row = pages[1].partition(title)[2]
        leaves = [word.partition("–")[0] for word in row.split()]
        assert str(page) in leaves, (title, page, row)
    assert sum("PHIẾU NHẬN XÉT" in page for page in pages) == 3
    assert [f"{number} Mã kiểm tra" in page for number, page in enumerate(pages, 1)] == [
        False,
        *[True] * (len(pages) - 1),
    ]


def first_page(pages, start) -> int:
    return next(number for number, page in enumerate(pages, start=1) if start in page)


@pytest.mark.same_on_both
def test_contents_name_the_ward_as_it_is_called(with_reviews, bi_thu_phuong):
    GiayTo.objects.filter(loai="so_doan_vien").update(tinh_trang="ban_chinh")

    van_ban = phat_hanh.issue_bo_ho_so(ho_so=with_reviews, by=bi_thu_phuong)

    contents = words(page_texts(bytes(van_ban.tep))[1])
    assert "Sổ đoàn viên – Đoàn phường" in contents
    assert "Đoàn cơ sở" not in contents


@pytest.mark.same_on_both
def test_dossier_is_clean_repeatable_and_its_titles_name_nobody(with_reviews, bi_thu_phuong):
    van_ban = phat_hanh.issue_bo_ho_so(ho_so=with_reviews, by=bi_thu_phuong)
    again = phat_hanh.issue_bo_ho_so(ho_so=with_reviews, by=bi_thu_phuong)

    content = bytes(van_ban.tep)
    titles = list(VanBan.objects.values_list("tieu_de", flat=True))
    assert again.pk == van_ban.pk
    assert all(fonts(content).values())
    assert is_nfc(" ".join(page_texts(content)))
    assert reader(content).metadata.title == phat_hanh.TIEU_DE_HS
    assert not reader(content).attachments
    assert len(titles) == 4
    assert not [title for title in titles if "Bảo" in title]


def test_checklist_says_what_is_missing_and_whose_duty_it_is(with_reviews):
    GiayTo.objects.filter(loai="chung_nhan").update(
        tinh_trang="ban_sao", so="214/GCN", hieu_luc_den=date(2029, 8, 30)
    )

    *_, checklist = bo_ho_so(with_reviews, nhay_cam=True).front

    table, conclusion = checklist.body
    assert table.rows[8][1:3] == ["Giấy chứng nhận nhận thức về Đảng", "Trung tâm chính trị"]
    assert table.rows[8][3:] == [CheckBox(True), CheckBox(False), "30/8/2029"]
    assert table.rows[5][1] == "03 phiếu nhận xét quý"
    assert conclusion.text == (
        "Kết luận: hồ sơ còn thiếu 03 giấy tờ do Chi bộ hướng dẫn đoàn viên lập (số 10, 11, 12). "
        "Phần của Đoàn đã đủ 7/9, còn thiếu: bản tự nhận xét, sổ đoàn viên."
    )


def test_checklist_writes_dang_with_its_capital(with_reviews):
    *_, checklist = bo_ho_so(with_reviews, nhay_cam=True).front

    assert "sổ đoàn viên, giấy chứng nhận nhận thức về Đảng." in checklist.body[1].text


@pytest.mark.parametrize(
    ("dan_toc", "ton_giao", "note"),
    [
        ("Khơ-me", "Phật giáo", "(nam 01; dân tộc thiểu số 01; tôn giáo 01)"),
        ("Kinh", "Không", "(nam 01)"),
        ("", "", "(nam 01)"),
    ],
)
def test_list_counts_only_what_the_record_says(with_reviews, dan_toc, ton_giao, note):
    with_reviews.doan_vien.dan_toc, with_reviews.doan_vien.ton_giao = dan_toc, ton_giao

    paper = trich_ngang(with_reviews, nhay_cam=True)

    assert note in paper.body[0].note


@pytest.mark.parametrize(
    ("van_hoa", "printed"),
    [("Trung học phổ thông hệ 12/12", "12/12"), ("9 / 12", "9/12"), ("Cao đẳng", "Cao đẳng")],
)
def test_list_prints_the_class_alone(with_reviews, van_hoa, printed):
    with_reviews.doan_vien.van_hoa = van_hoa

    paper = trich_ngang(with_reviews, nhay_cam=True)

    assert paper.body[0].rows[0][7] == printed


def test_markup_in_a_remark_is_only_text(da_nghi_quyet, bi_thu_phuong):
    da_nghi_quyet.nang_luc = '<img src="file:///etc/passwd">Làm tốt<script>x</script>'

    van_ban = issue_4_knd(ho_so=da_nghi_quyet, by=bi_thu_phuong)

    text = text_of(van_ban).replace(" ", "")
    assert '<imgsrc="file:///etc/passwd">Làmtốt<script>x</script>' in text
    assert "root:" not in text


# ---- pages that print ----------------------------------------------------------------------


def url(ho_so, name="bo_ho_so_pdf", *args):
    return reverse(f"tuduong:{name}", args=[ho_so.pk, *args])


def test_looking_at_the_dossier_issues_nothing(client_of, bi_thu_phuong, with_reviews):
    response = client_of(bi_thu_phuong).get(url(with_reviews))

    assert response.headers["Content-Type"] == "application/pdf"
    assert not VanBan.objects.exists()
    assert NhatKy.objects.get(hanh_dong="ho_so.print").noi_dung == {"giay": "HS"}


def test_printing_issues_it_and_then_gives_the_stored_bytes(client_of, bi_thu_phuong, with_reviews):
    client = client_of(bi_thu_phuong)

    response = client.post(url(with_reviews), {"de_trong": "1"}, follow=True)

    assert response.content == bytes(VanBan.objects.get(loai="HS").tep)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert with_reviews.ma in response.headers["Content-Disposition"]


@pytest.mark.same_on_both
def test_what_will_be_a_blank_line_is_told_before_the_first_issue(
    client_of, bi_thu_phuong, with_reviews
):
    client = client_of(bi_thu_phuong)

    told = client.post(url(with_reviews))
    issued = client.post(url(with_reviews), {"de_trong": "1"})
    again = client.post(url(with_reviews))

    assert {row["title"] for row in told.context["items"]} == {
        "Nghị quyết giới thiệu đoàn viên ưu tú: vào Đoàn ngày 26/3/2018 tại",
        "Nghị quyết giới thiệu đoàn viên ưu tú: được công nhận cảm tình Đảng ngày",
        "Phiếu nhận xét quý: hạn chế, tồn tại",
        "Phiếu nhận xét quý: việc cần khắc phục trong quý IV",
        "Phiếu nhận xét quý: việc cần khắc phục trong quý I",
        "Phiếu nhận xét quý: việc cần khắc phục trong quý II",
        "Phiếu nhận xét quý: dòng ghi ý kiến",
    }
    assert told.status_code == 200
    assert (issued.status_code, again.status_code) == (302, 302)


@pytest.mark.same_on_both
def test_scans_of_papers_are_pages_of_the_dossier_in_the_order_of_the_contents(
    with_reviews, bi_thu_phuong
):
    """A certificate and the member's book; of a paper that prints from here no scan is wanted."""
    for loai in ("chung_nhan", "so_doan_vien", "nq_bch", "don"):
        GiayTo.objects.filter(loai=loai).update(tinh_trang="ban_sao", ngay=date(2025, 1, 5))
        for width in (900, 1200):
            make_anh(GiayTo.objects.get(loai=loai), tep=jpeg(width))

    van_ban = phat_hanh.issue_bo_ho_so(ho_so=with_reviews, by=bi_thu_phuong)

    keys = [part.key for part in bo_ho_so(with_reviews, nhay_cam=True).parts]
    assert keys[-3:] == ["phieu_quy", "so_doan_vien", "chung_nhan"]
    assert "don" not in keys
    file = reader(bytes(van_ban.tep))
    line = f"Mã kiểm tra: {van_ban.ma_kiem_tra}"
    for number, page in list(enumerate(file.pages, start=1))[-4:]:
        assert words(page.extract_text()) == f"{number} {line}"
    contents = words(file.pages[1].extract_text())
    last = len(file.pages) - 3
    assert re.search(rf"Sổ đoàn viên \(bản sao\) 05/01/2025 .*? {last - 3}–{last - 2} ", contents)
    assert re.search(rf"\(bản sao\) 05/01/2025 Trung tâm chính trị {last - 1}–{last}", contents)


def test_printing_needs_the_right_to_sign(client_of, can_bo_phuong, bi_thu, with_reviews):
    for user in (can_bo_phuong, bi_thu):
        assert client_of(user).post(url(with_reviews)).status_code == 403

    assert not VanBan.objects.exists()


def test_incomplete_dossier_is_refused_with_a_page(client_of, bi_thu_phuong, ho_so):
    HoSo.objects.update(khuyet_diem="")
    client = client_of(bi_thu_phuong)

    for response in (client.get(url(ho_so)), client.post(url(ho_so))):
        page = response.content.decode()
        assert response.status_code == 409
        assert "Nhận xét còn trống: khuyết điểm." in page
        assert "Chưa có nghị quyết của Ban Chấp hành." in page


def test_dossier_that_cannot_be_laid_out_is_refused_with_a_page(
    client_of, bi_thu_phuong, with_reviews, monkeypatch
):
    """Too many scans, say: however it is asked for, the person reads what to mend."""
    monkeypatch.setattr("core.pdf.bounds.MAX_PICTURES", -1)
    client = client_of(bi_thu_phuong)
    word = reverse("tuduong:bo_ho_so_word", args=[with_reviews.pk])

    for answer in (
        client.get(url(with_reviews)),
        client.post(url(with_reviews), {"de_trong": "1"}),
        client.get(word),
    ):
        assert answer.status_code == 409
        assert "Đề nghị bớt ảnh." in answer.text
    assert not VanBan.objects.exists()
    assert not NhatKy.objects.filter(hanh_dong="ho_so.print").exists()


@pytest.mark.same_on_both
def test_sensitive_column_only_with_its_right(
    client_of, bi_thu, bi_thu_phuong, cap_uy, with_reviews
):
    send(ho_so=with_reviews, ngay=date(2026, 2, 6), by=bi_thu_phuong)
    phat_hanh.issue_bo_ho_so(ho_so=with_reviews, by=bi_thu_phuong)
    ward = client_of(bi_thu_phuong).get(url(with_reviews, "ho_so_giay", "trich-ngang")).content
    branch = client_of(bi_thu).get(url(with_reviews, "ho_so_giay", "trich-ngang")).content
    whole = client_of(bi_thu).get(url(with_reviews)).content
    party = client_of(cap_uy).get(url(with_reviews, "cap_uy_giay", "trich-ngang")).content

    texts = [words(" ".join(page_texts(pdf))) for pdf in (ward, branch, party, whole)]
    assert ["Phật giáo" in text for text in texts] == [True, False, False, False]
    assert all("Số: 01-DS/ĐTN" in text for text in texts[:3])


def test_paper_before_its_vote_is_404(client_of, bi_thu_phuong, ho_so):
    for loai in ("4-knd", "4_1-knd", "trich-ngang", "phieu-quy", "khac"):
        assert client_of(bi_thu_phuong).get(url(ho_so, "ho_so_giay", loai)).status_code == 404


@pytest.mark.parametrize(
    ("loai", "part"),
    [
        ("4_1-knd", "Kính gửi: Ban Chấp hành Đoàn phường Thử."),
        ("4-knd", "86,7% so với tổng số 15 ủy viên Ban Chấp hành"),
        ("trich-ngang", "DANH SÁCH TRÍCH NGANG"),
        ("phieu-quy", "Quý III năm 2025"),
    ],
)
def test_every_paper_of_the_table_is_had_as_word(
    client_of, bi_thu_phuong, with_reviews, loai, part
):
    response = client_of(bi_thu_phuong).get(url(with_reviews, "ho_so_giay_word", loai))

    assert part in words(docx_text(response.content))
    assert response.headers["Content-Disposition"].endswith('.docx"')
    assert not VanBan.objects.exists()
    assert NhatKy.objects.get(hanh_dong="ho_so.print").noi_dung == {"giay": loai}


def docx_text(content: bytes) -> str:
    """The text of a Word file in reading order, cells included."""
    body = Document(BytesIO(content)).element.body
    return " ".join("".join(line.itertext()) for line in body.iter(qn("w:p")))


def test_slips_of_the_last_quarters_come_as_one_file(
    client_of, cap_uy, bi_thu_phuong, with_reviews
):
    send(ho_so=with_reviews, ngay=date(2026, 2, 6), by=bi_thu_phuong)

    response = client_of(cap_uy).get(url(with_reviews, "cap_uy_giay", "phieu-quy"))

    pages = page_texts(response.content)
    assert ["PHIẾU NHẬN XÉT" in page for page in pages] == [True] * 3
    assert response.headers["Content-Disposition"] == (
        'inline; filename="PNX_doan-phuong-thu_tran-gia-bao_20260322.pdf"'
    )


def test_file_is_named_by_kind_number_unit_member_and_day(client_of, bi_thu_phuong, da_nghi_quyet):
    client = client_of(bi_thu_phuong)
    draft = client.get(url(da_nghi_quyet, "ho_so_giay", "4-knd")).headers["Content-Disposition"]
    issue_4_knd(ho_so=da_nghi_quyet, by=bi_thu_phuong)
    issued = client.get(url(da_nghi_quyet, "ho_so_giay", "4-knd")).headers["Content-Disposition"]

    assert "NQ_du-thao_doan-phuong-thu_tran-gia-bao_20260205.pdf" in draft
    assert "NQ_01-NQ-DTN_doan-phuong-thu_tran-gia-bao_20260205.pdf" in issued


def test_draft_has_dots_for_its_number_and_no_code(client_of, bi_thu_phuong, da_nghi_quyet):
    content = client_of(bi_thu_phuong).get(url(da_nghi_quyet, "ho_so_giay", "4-knd")).content

    text = words(" ".join(page_texts(content)))
    assert "-NQ/ĐTN" in text
    assert "01-NQ/ĐTN" not in text
    assert "Mã kiểm tra" not in text


# ---- letter and slip -----------------------------------------------------------------------


def letter_text(ho_so, ngay, by) -> str:
    chat_van = open_chat_van(ho_so=ho_so, ngay=ngay, by=by)
    rows = ChatVan.objects.select_related(
        "ho_so__doan_vien", "ho_so__don_vi", "ho_so__chi_doan", "ghi_boi"
    )
    return text_of(phat_hanh.issue_cong_van(chat_van=rows.get(pk=chat_van.pk), by=by))


def test_letter_after_silence_is_courteous(da_nghi_quyet, bi_thu_phuong):
    issue_4_knd(ho_so=da_nghi_quyet, by=bi_thu_phuong)
    send(ho_so=da_nghi_quyet, ngay=date(2026, 2, 6), by=bi_thu_phuong)

    text = letter_text(da_nghi_quyet, date(2026, 9, 7), bi_thu_phuong)

    for part in (
        "Số: 01-CV/ĐTN",
        "V/v đề nghị cho biết kết quả",
        "Nghị quyết số 01-NQ/ĐTN",
        "bàn giao cho Chi bộ Khu vực 1 ngày 06 tháng 02 năm 2026",
        "sau 213 ngày",
        "trước ngày 27 tháng 9 năm 2026",
        "Chi đoàn Khu vực 1 (để biết)",
    ):
        assert part in text
    assert not [word for word in CAM if word.lower() in text.lower()]


def test_letter_can_be_read_before_it_takes_a_number(
    client_of, can_bo_phuong, bi_thu_phuong, da_nghi_quyet
):
    client, address = client_of(bi_thu_phuong), url(da_nghi_quyet, "cong_van_draft")
    assert client.get(address).status_code == 404
    send(ho_so=da_nghi_quyet, ngay=date(2026, 2, 6), by=bi_thu_phuong)

    response = client.get(address)

    text = words(" ".join(page_texts(response.content)))
    assert "-CV/ĐTN" in text
    assert "01-CV/ĐTN" not in text
    assert "bàn giao cho Chi bộ Khu vực 1 ngày 06 tháng 02 năm 2026" in text
    assert not ChatVan.objects.exists()
    assert not VanBan.objects.filter(loai="CV").exists()
    assert address in client.get(da_nghi_quyet.get_absolute_url()).content.decode()
    assert client_of(can_bo_phuong).get(address).status_code == 403


def test_second_letter_and_letter_after_a_refusal(da_nghi_quyet, bi_thu_phuong, cap_uy):
    send(ho_so=da_nghi_quyet, ngay=date(2026, 2, 6), by=bi_thu_phuong)
    letter_text(da_nghi_quyet, date(2026, 9, 7), bi_thu_phuong)
    second = letter_text(da_nghi_quyet, date(2026, 10, 1), bi_thu_phuong)
    record_outcome(
        ho_so=da_nghi_quyet,
        ket_qua="khong_ket_nap",
        ngay=date(2026, 10, 20),
        ly_do="Chưa đủ thời gian",
        by=cap_uy,
    )
    third = letter_text(da_nghi_quyet, date(2026, 10, 25), bi_thu_phuong)

    assert "tiếp theo Công văn số 01-CV/ĐTN ngày 07 tháng 9 năm 2026" in second
    assert "Ngày 20 tháng 10 năm 2026" in third
    assert "chưa được kết nạp" in third
    assert "chưa nhận được thông tin" not in third


def test_slip_of_a_quarter(client_of, bi_thu_phuong, with_reviews):
    danh_gia = with_reviews.doan_vien.trong_to.get().danh_gia.get(ky__nam=2026)

    address = reverse("tuduong:phieu_pdf", args=[danh_gia.pk])
    client = client_of(bi_thu_phuong)

    draft = client.get(address)
    looked = VanBan.objects.filter(loai="PNX").count()
    content = client.post(address, follow=True).content

    assert looked == 0
    assert draft.headers["Content-Type"] == "application/pdf"
    assert content == bytes(VanBan.objects.get(loai="PNX").tep)
    text = words(" ".join(page_texts(content)))
    for part in (
        "TỔ TU DƯỠNG",
        "Quý I năm 2026",
        "đồng chí Trần Công Minh.",
        "Vận động thanh niên vào Đoàn",
        "Hoàn thành tốt",
        "1. Kết quả đạt được: dự đủ buổi.",
        "4. Tổ xếp mức: Hoàn thành tốt nhiệm vụ.",
        "TM. CHI ĐOÀN BÍ THƯ",
    ):
        assert part in text
    assert VanBan.objects.get(loai="PNX").so_ky_hieu == ""


def test_slip_is_issued_by_the_groups_leader_once_the_session_is_closed(
    client_of, bi_thu, bi_thu_phuong, with_reviews
):
    danh_gia = with_reviews.doan_vien.trong_to.get().danh_gia.get(ky__nam=2026)
    address = reverse("tuduong:phieu_pdf", args=[danh_gia.pk])

    assert client_of(bi_thu).post(address).status_code == 403
    danh_gia.ky.trang_thai = "mo"
    danh_gia.ky.save()
    assert client_of(bi_thu_phuong).post(address).url == danh_gia.get_absolute_url()
    assert not VanBan.objects.exists()


def test_issue_by_its_button(client_of, bi_thu, can_bo_phuong, bi_thu_phuong, da_nghi_quyet):
    branch = client_of(bi_thu).post(url(da_nghi_quyet, "ho_so_issue", "4_1-knd"))
    refused = [
        client_of(bi_thu).post(url(da_nghi_quyet, "ho_so_issue", "4-knd")).status_code,
        client_of(can_bo_phuong).post(url(da_nghi_quyet, "ho_so_issue", "4-knd")).status_code,
        client_of(bi_thu_phuong).get(url(da_nghi_quyet, "ho_so_issue", "4-knd")).status_code,
        client_of(bi_thu_phuong).post(url(da_nghi_quyet, "ho_so_issue", "khac")).status_code,
    ]
    page = client_of(bi_thu_phuong).get(da_nghi_quyet.get_absolute_url())

    assert branch.url == da_nghi_quyet.get_absolute_url()
    assert VanBan.objects.get().so_ky_hieu == "01-NQ/CĐ"
    assert refused == [403, 403, 405, 404]
    offered = {row.giay_to.loai for row in page.context["giay_to"] if row.ban_hanh_url}
    assert offered == {"bb_chi_doan", "nq_bch", "bb_bch", "trich_ngang"}
