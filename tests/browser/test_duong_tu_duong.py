"""The main job on the demo, continued: the cultivation group's quarter, and one member's way to
the Party committee and back, with every paper of it."""

from datetime import timedelta
from io import BytesIO

from PIL import Image
from playwright.sync_api import expect

from core.periods import KyBaoCao, today
from core.text.display import ngay
from doanvien.models import DoanVien
from tests.browser.journey import printed_by, read_pdf
from tudưong.models import DanhGia, HoSo, KyDanhGia, NhiemVu, ThanhVienTo, ToTuDuong

CHI_DOAN = "phuong-1-khu-vuc-3"  # the branch of demo.chidoan
NHAN_XET = {
    "Phẩm chất chính trị": "Chấp hành tốt chủ trương của Đảng.",
    "Đạo đức, lối sống": "Giản dị, trung thực.",
    "Năng lực công tác": "Nhận việc là làm đến nơi.",
    "Quan hệ quần chúng": "Gần gũi bà con.",
    "Khuyết điểm": "Còn ngại phát biểu.",
}


def later(days: int) -> str:
    return f"{today() + timedelta(days=days):%d/%m/%Y}"


# ---- the quarter ---------------------------------------------------------------------------


def test_group_gives_a_task_and_holds_its_quarterly_session(journey):
    page = journey.sign_in("demo.phuong")
    group = ToTuDuong.objects.get()
    open_group(journey, page, group)
    give_task(journey, page)
    branch_notes_progress(journey)
    open_session(journey, page, group)
    session = KyDanhGia.objects.get(nam=today().year, quy=KyBaoCao.quarter_of(today()).quy)

    roll_is_taken(journey, page, session)
    review_everybody(journey, page, session)
    comment_by_the_branch(journey, session)
    conclusion_is_typed_once(journey, page, session)
    close_session(journey, page, session)


def open_group(journey, page, group):
    page.goto("/tu-duong/")
    journey.arrive(page, group.ten)
    expect(page.locator("tbody tr")).to_have_count(10)


def give_task(journey, page):
    page.get_by_role("link", name="Trần Mỹ Ngân").first.click()
    journey.arrive(page, "Trần Mỹ Ngân")
    page.get_by_role("link", name="Giao nhiệm vụ").click()
    journey.arrive(page, "Giao nhiệm vụ")
    page.get_by_label("Nhiệm vụ", exact=True).fill("Dạy bơi cho 10 thiếu nhi")
    page.get_by_text("Phong trào", exact=True).click()
    page.get_by_label("Thước đo").fill("10 thiếu nhi biết bơi")
    page.get_by_label("Hạn", exact=True).fill(later(30))
    page.get_by_role("button", name="Giao nhiệm vụ").click()
    journey.arrive(page, "Trần Mỹ Ngân")
    expect(page.get_by_role("row").filter(has_text="Dạy bơi")).to_contain_text(later(30))


def branch_notes_progress(journey):
    """From the branch's menu to its member's task: a sentence and a photo."""
    page = journey.sign_in("demo.chidoan")
    journey.go(page, "/tu-duong/dong-chi/", "Đồng chí trong tổ tu dưỡng")
    page.get_by_role("link", name="Trần Mỹ Ngân").first.click()
    journey.arrive(page, "Trần Mỹ Ngân")
    page.get_by_role("link", name="Dạy bơi").click()
    journey.arrive(page, "Dạy bơi cho 10 thiếu nhi")
    page.get_by_role("link", name="Ghi tiến độ").click()
    journey.arrive(page, "Ghi tiến độ nhiệm vụ")
    page.get_by_label("Đã làm được").fill("Đã dạy xong ba buổi.")
    page.locator("input[type=file]").set_input_files(files=[photo_file()])
    page.get_by_role("button", name="Ghi tiến độ").click()
    journey.arrive(page, "Dạy bơi cho 10 thiếu nhi")
    expect(page.get_by_role("main")).to_contain_text("Đã dạy xong ba buổi.")
    expect(page.get_by_role("img", name="Đã dạy xong ba buổi.")).to_be_visible()
    assert NhiemVu.objects.get(noi_dung__startswith="Dạy bơi").anh.count() == 1


def photo_file() -> dict:
    content = BytesIO()
    Image.new("RGB", (320, 240), "teal").save(content, "JPEG")
    return {"name": "boi.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def open_session(journey, page, group):
    journey.go(page, group.get_absolute_url(), group.ten)
    page.get_by_role("link", name="Mở kỳ đánh giá").click()
    journey.arrive(page, "Mở kỳ đánh giá quý")
    expect(page.get_by_label("Ngày họp tổ")).to_have_value(ngay(today()))
    page.get_by_label("Địa điểm").fill("Văn phòng Đoàn phường")
    page.get_by_role("button", name="Mở kỳ đánh giá").click()
    journey.arrive(page, "Đánh giá quý")
    expect(page.get_by_text("Đã đánh giá 0/10")).to_be_visible()
    expect(page.get_by_role("complementary")).to_contain_text("Kiểm lại việc cần khắc phục")
    invitation = page.get_by_label("Lời mời họp tổ").input_value()
    assert "Địa điểm: Văn phòng Đoàn phường." in invitation
    assert "Trần Mỹ Ngân" not in invitation


def roll_is_taken(journey, page, session):
    """One is absent, with a reason; then back to the first review."""
    journey.go(page, session.get_absolute_url(), "Đánh giá quý")
    page.get_by_role("link", name="Điểm danh").click()
    journey.arrive(page, "Điểm danh họp tổ")
    page.get_by_label("Hồ Thị Yến", exact=False).first.uncheck()
    page.get_by_label("Lý do Hồ Thị Yến vắng").fill("Đi công tác")
    page.get_by_role("button", name="Lưu điểm danh").click()
    journey.arrive(page, "Đánh giá quý")
    expect(page.get_by_text("Vắng: Đi công tác")).to_be_visible()


def review_everybody(journey, page, session):
    """Each of the ten in turn, by the button that saves and goes on."""
    names = session.danh_gia.values_list("thanh_vien__doan_vien__ho_ten", flat=True)
    page.get_by_role("link", name="Đánh giá tiếp").click()
    for number, name in enumerate(names, 1):
        journey.arrive(page, name)
        write_review(page)
        is_last = number == len(names)
        page.get_by_role("button", name="Lưu" if is_last else "Lưu, sang", exact=is_last).click()
    expect(page.get_by_text("Đã đánh giá 10/10").first).to_be_visible()
    assert number == 10
    done = session.danh_gia.filter(muc=DanhGia.Muc.TOT, ket_qua="Làm xong các việc được giao.")
    assert done.count() == 10
    assert done.filter(so_tan_thanh=9, so_co_mat=9).count() == 10
    given = NhiemVu.objects.giao_o_ky(session)
    assert given.filter(noi_dung="Giúp một thanh niên yếu thế").count() == 10
    waiting = NhiemVu.objects.dang_lam().exclude(pk__in=given)
    assert waiting.filter(thanh_vien__danh_gia__ky=session).count() == 0


def write_review(page):
    for answers in page.get_by_role("radiogroup").filter(has_text="Đã khắc phục").all():
        answers.get_by_text("Đã khắc phục").click()
    for level in page.get_by_label("Mức độ:").all():
        level.select_option("hoan_thanh")
    page.get_by_label("Kết quả đạt được").fill("Làm xong các việc được giao.")
    page.get_by_label("Hạn chế").fill("Ít phát biểu.")
    page.get_by_label("Cần khắc phục trong quý").fill("Phát biểu ở mỗi buổi sinh hoạt.")
    page.get_by_label("Hạn khắc phục").fill(later(60))
    page.get_by_text("Hoàn thành tốt nhiệm vụ", exact=True).click()
    page.get_by_label("Tán thành", exact=True).fill("9")
    page.get_by_text("Tiếp tục rèn luyện", exact=True).click()
    task = page.get_by_role("group", name="Nhiệm vụ quý sau 1")
    task.get_by_label("Nhiệm vụ quý sau 1").fill("Giúp một thanh niên yếu thế")
    task.get_by_label("Lĩnh vực").select_option("doi_song")
    task.get_by_label("Hạn").fill(later(80))


def comment_by_the_branch(journey, session):
    review = session.danh_gia.get(thanh_vien__chi_doan__ma=CHI_DOAN)
    page = journey.sign_in("demo.chidoan")
    journey.go(page, review.get_absolute_url(), str(review.thanh_vien))
    page.get_by_role("link", name="Ghi ý kiến").click()
    journey.arrive(page, "Ý kiến của Ban Chấp hành chi đoàn")
    page.get_by_label("Ý kiến của Ban Chấp hành").fill("Nhất trí với nhận xét của tổ.")
    page.get_by_role("button", name="Ghi ý kiến").click()
    journey.arrive(page, str(review.thanh_vien))
    expect(page.get_by_text("“Nhất trí với nhận xét của tổ.”")).to_be_visible()


def conclusion_is_typed_once(journey, page, session):
    journey.go(page, session.get_absolute_url(), "Đánh giá quý")
    page.get_by_role("link", name="Ghi", exact=True).click()
    journey.arrive(page, "Thảo luận, kết luận")
    expect(page.get_by_label("Kết luận của tổ trưởng")).to_have_value(
        "Tổ thống nhất xếp mức: 10 đồng chí hoàn thành tốt nhiệm vụ."
    )
    page.get_by_label("Thư ký").fill("Lê Minh Duy")
    page.get_by_label("Ý kiến thảo luận").fill("Nên họp buổi tối.")
    page.get_by_role("button", name="Lưu").click()
    journey.arrive(page, "Đánh giá quý")
    expect(page.get_by_text("Nên họp buổi tối.")).to_be_visible()


def close_session(journey, page, session):
    journey.go(page, session.get_absolute_url(), "Đánh giá quý")
    page.get_by_role("link", name="Kết thúc kỳ").click()
    journey.arrive(page, "Kết thúc kỳ đánh giá")
    page.get_by_role("button", name="Kết thúc kỳ").click()
    journey.arrive(page, "Đánh giá quý")
    expect(page.get_by_text(f"Đã kết thúc kỳ đánh giá {session.ky}")).to_be_visible()
    slip = " ".join(read_pdf(page, f"/tu-duong/danh-gia/{session.danh_gia.first().pk}/phieu.pdf"))
    assert "(tán thành 9/9 đồng chí có mặt)" in slip
    assert "làm xong các việc được giao" in slip
    assert "phát biểu ở mỗi buổi sinh hoạt" in slip
    page.get_by_role("button", name="Ban hành Biên bản họp Tổ tu dưỡng").click()
    expect(page.get_by_text("Đã ban hành biên bản họp Tổ tu dưỡng")).to_be_visible()
    minutes = " ".join(read_pdf(page, f"/tu-duong/ky/{session.pk}/bien-ban.pdf"))
    assert "vắng 01 đồng chí (Hồ Thị Yến)" in minutes
    assert "Nên họp buổi tối." in minutes
    assert "Giúp một thanh niên yếu thế" in minutes


# ---- the case ------------------------------------------------------------------------------


def test_member_is_referred_refused_asked_about_and_admitted(journey):
    ward, party = journey.sign_in("demo.phuong"), journey.sign_in("demo.capuy")
    case = open_case(journey, ward)
    nothing_is_shown_before_it_was_sent(party, case)
    branch_proposes(journey, case)
    another_person_reviews(journey, case)
    committee_resolves(journey, ward, case)
    dossier_is_printed(ward, case)
    case_is_sent(journey, ward, case)
    party_committee_refuses(journey, party, case)
    result_is_asked_for(journey, ward, case)
    party_committee_answers(journey, party, case)
    case_is_sent_again(journey, ward, case)
    party_committee_admits(journey, party, case)
    ward_reads_the_whole_road(journey, ward, case)


def open_case(journey, page) -> HoSo:
    member = ThanhVienTo.objects.get(chi_doan__ma=CHI_DOAN, den_ngay=None)
    journey.go(page, f"/tu-duong/dong-chi/{member.pk}/", str(member))
    page.get_by_label("Việc khác").click()
    page.get_by_role("link", name="Mở hồ sơ giới thiệu").click()
    journey.arrive(page, "Mở hồ sơ giới thiệu")
    expect(page.get_by_label("Đoàn viên")).to_have_value(str(member.doan_vien_id))
    page.get_by_role("button", name="Mở hồ sơ").click()
    journey.arrive(page, str(member))
    return HoSo.objects.get(doan_vien=member.doan_vien)


def branch_proposes(journey, case):
    page = journey.sign_in("demo.chidoan")
    journey.go(page, case.get_absolute_url(), str(case.doan_vien))
    next_step(page, "Ghi nhận xét")
    journey.arrive(page, "Nhận xét về đoàn viên")
    for label, text in NHAN_XET.items():
        page.get_by_label(label).fill(text)
    page.get_by_label("Chi bộ", exact=False).first.fill("Khu vực 3")
    page.get_by_role("button", name="Lưu nhận xét").click()
    journey.arrive(page, str(case.doan_vien))
    next_step(page, "Ghi biểu quyết của chi đoàn")
    journey.arrive(page, "Biểu quyết của chi đoàn")
    so = DoanVien.objects.dang_sinh_hoat().filter(chi_doan__ma=CHI_DOAN).count()
    expect(page.get_by_text(f"Hôm nay chi đoàn có {so} đoàn viên")).to_be_visible()
    vote(page, present=12, against=0)
    journey.arrive(page, str(case.doan_vien))
    expect(page.get_by_text("Đã ghi biểu quyết của chi đoàn.")).to_be_visible()
    expect(page.get_by_text("nên nhận xét giữ nguyên")).to_be_visible()


def next_step(page, name):
    """The blue button: in the head on a desk, in the panel of what is due on a phone."""
    page.get_by_role("link", name=name).filter(visible=True).first.click()


def vote(page, *, present, against):
    page.get_by_label("Có mặt").fill(str(present))
    page.get_by_label("Tán thành", exact=True).fill(str(present - against))
    page.get_by_label("Không tán thành", exact=True).fill(str(against))
    if against:
        page.get_by_label("Lý do không tán thành").fill("Cần thêm thời gian thử thách.")
    page.get_by_role("button", name="Ghi biểu quyết").click()


def another_person_reviews(journey, case):
    page = journey.sign_in("demo.canbo")
    journey.go(page, case.get_absolute_url(), str(case.doan_vien))
    next_step(page, "Đồng ý, trình Ban Chấp hành")
    journey.arrive(page, "Đồng ý với đề nghị của chi đoàn")
    expect(page.get_by_text(NHAN_XET["Khuyết điểm"])).to_be_visible()
    page.get_by_role("button", name="Đồng ý, trình Ban Chấp hành").click()
    journey.arrive(page, str(case.doan_vien))
    expect(page.get_by_text("Đã đồng ý, chờ Ban Chấp hành biểu quyết.")).to_be_visible()


def committee_resolves(journey, page, case):
    journey.go(page, case.get_absolute_url(), str(case.doan_vien))
    next_step(page, "Ghi kết quả biểu quyết")
    journey.arrive(page, "Biểu quyết của Ban Chấp hành")
    expect(page.get_by_text("Hôm nay Ban Chấp hành có 15 ủy viên")).to_be_visible()
    vote(page, present=13, against=1)
    journey.arrive(page, str(case.doan_vien))
    expect(page.get_by_role("complementary")).to_contain_text("12/1580%")


def dossier_is_printed(page, case):
    page.get_by_role("button", name="In bộ hồ sơ").click()
    expect(page.get_by_text("Những chỗ này in thành dòng chấm")).to_be_visible()
    sheets = printed_by(page, page.get_by_role("button", name="In, để dòng trống viết tay"))
    assert len(sheets) == 11
    assert "GIỚI THIỆU ĐOÀN VIÊN ƯU TÚ VÀO ĐẢNG" in sheets[0]
    assert "PHIẾU KIỂM HỒ SƠ" in sheets[2]
    assert "12 đồng chí (đạt 80,0% so với tổng số 15 ủy viên Ban Chấp hành)" in sheets[4]
    assert "DANH SÁCH TRÍCH NGANG" in sheets[6]
    assert all("PHIẾU NHẬN XÉT" in sheet for sheet in sheets[7:])
    assert all(str(case.doan_vien).upper() in sheet.upper() for sheet in (sheets[0], *sheets[3:]))


def nothing_is_shown_before_it_was_sent(party, case):
    assert party.request.get(party_page(case)).status == 404


def party_page(case) -> str:
    return f"/ho-so/cap-uy/{case.pk}/"


def case_is_sent(journey, page, case):
    journey.go(page, case.get_absolute_url(), str(case.doan_vien))
    next_step(page, "Ghi đã gửi cấp ủy")
    journey.arrive(page, "Gửi hồ sơ cho cấp ủy")
    page.get_by_role("button", name="Ghi đã gửi").click()
    journey.arrive(page, str(case.doan_vien))
    expect(page.get_by_text("đã ra nghị quyết trên nhận xét này")).to_be_visible()


def party_committee_refuses(journey, page, case):
    record_outcome(journey, page, case, "Chưa kết nạp")
    page.get_by_label("Lý do, nội dung cần bổ sung").fill("Chưa học lớp nhận thức về Đảng.")
    page.get_by_role("button", name="Ghi kết quả").click()
    journey.arrive(page, str(case.doan_vien))
    assert state(case) == HoSo.TrangThai.KHONG_KET_NAP


def record_outcome(journey, page, case, outcome):
    journey.go(page, party_page(case), str(case.doan_vien))
    page.get_by_role("link", name="Ghi kết quả xem xét").click()
    journey.arrive(page, "Kết quả xem xét của cấp ủy")
    page.get_by_text(outcome, exact=True).click()


def state(case) -> str:
    return HoSo.objects.get(pk=case.pk).trang_thai


def result_is_asked_for(journey, page, case):
    journey.go(page, case.get_absolute_url(), str(case.doan_vien))
    expect(page.get_by_role("heading", name="Cấp ủy chưa kết nạp")).to_be_visible()
    next_step(page, "Soạn công văn hỏi kết quả")
    journey.arrive(page, "Công văn đề nghị cho biết kết quả")
    page.get_by_role("button", name="Lập công văn").click()
    journey.arrive(page, str(case.doan_vien))
    letter = page.get_by_role("link", name="Xem công văn", exact=True).get_attribute("href")
    text = " ".join(read_pdf(page, letter))
    assert "đề nghị cho biết kết quả" in text
    assert str(case.doan_vien) in text
    assert "chất vấn" not in text.lower()


def party_committee_answers(journey, page, case):
    journey.go(page, "/", "Hồ sơ đang chờ")
    page.get_by_role("link", name="Trả lời công văn").filter(visible=True).first.click()
    journey.arrive(page, str(case.doan_vien))
    page.get_by_role("link", name="Trả lời công văn").click()
    journey.arrive(page, "Trả lời công văn")
    page.get_by_text("Chờ lớp bồi dưỡng nhận thức về Đảng", exact=True).click()
    page.get_by_label("Ý kiến của cấp ủy").fill("Học lớp tháng tới, sau đó chi bộ xét.")
    page.get_by_role("button", name="Ghi trả lời").click()
    journey.arrive(page, str(case.doan_vien))
    assert state(case) == HoSo.TrangThai.DA_TRA_LOI


def case_is_sent_again(journey, page, case):
    journey.go(page, case.get_absolute_url(), str(case.doan_vien))
    expect(page.get_by_text("Học lớp tháng tới, sau đó chi bộ xét.").first).to_be_visible()
    next_step(page, "Chọn bước tiếp theo")
    journey.arrive(page, "Bước tiếp theo sau trả lời của cấp ủy")
    page.get_by_text("Gửi lại cấp ủy", exact=True).click()
    page.get_by_role("button", name="Ghi bước tiếp theo").click()
    journey.arrive(page, str(case.doan_vien))


def party_committee_admits(journey, page, case):
    record_outcome(journey, page, case, "Đã kết nạp")
    page.get_by_label("Số quyết định kết nạp").fill("27-QĐ/ĐU")
    page.get_by_role("button", name="Ghi kết quả").click()
    journey.arrive(page, str(case.doan_vien))
    expect(page.get_by_text("thời gian dự bị đến ngày")).to_be_visible()
    assert DoanVien.objects.get(pk=case.doan_vien_id).ngay_vao_dang == today()


def ward_reads_the_whole_road(journey, page, case):
    """Every step stands in the history; the year's figures count the case and its letter."""
    journey.go(page, case.get_absolute_url(), str(case.doan_vien))
    expect(page.get_by_role("heading", name="Đã được kết nạp vào Đảng")).to_be_visible()
    history = page.get_by_role("complementary")
    for step in case.buoc.all():
        expect(history).to_contain_text(step.get_loai_display())
    journey.go(page, "/ho-so/theo-don-vi/", "Hồ sơ giới thiệu theo đơn vị")
    cells = page.get_by_role("row", name="Toàn đơn vị").first.get_by_role("cell")
    assert cells.all_inner_texts()[2:] == ["1", "1", "0"]
