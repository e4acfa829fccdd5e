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


def test_member_is_referred_refused_and_asked_about(journey):
    ward = journey.sign_in("demo.phuong")
    case = open_case(journey, ward)
    branch_proposes(journey, case)
    another_person_reviews(journey, case)
    committee_resolves(journey, ward, case)
    dossier_is_printed(ward, case)
    case_is_sent_and_refused(journey, ward, case)
    result_is_asked_for_and_answered(journey, ward, case)


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


def case_is_sent_and_refused(journey, page, case):
    journey.go(page, case.get_absolute_url(), str(case.doan_vien))
    next_step(page, "Ghi đã gửi cấp ủy")
    journey.arrive(page, "Gửi hồ sơ cho cấp ủy")
    page.get_by_role("button", name="Ghi đã gửi").click()
    journey.arrive(page, str(case.doan_vien))
    next_step(page, "Ghi kết quả xem xét")
    journey.arrive(page, "Kết quả xem xét của cấp ủy")
    page.get_by_text("Chưa kết nạp", exact=True).click()
    page.get_by_label("Lý do, nội dung cần bổ sung").fill("Chưa học lớp nhận thức về Đảng.")
    page.get_by_role("button", name="Ghi kết quả").click()
    journey.arrive(page, str(case.doan_vien))
    expect(page.get_by_role("heading", name="Cấp ủy chưa kết nạp")).to_be_visible()


def result_is_asked_for_and_answered(journey, page, case):
    next_step(page, "Soạn công văn hỏi kết quả")
    journey.arrive(page, "Công văn đề nghị cho biết kết quả")
    page.get_by_role("button", name="Lập công văn").click()
    journey.arrive(page, str(case.doan_vien))
    letter = page.get_by_role("link", name="Xem công văn").get_attribute("href")
    text = " ".join(read_pdf(page, letter))
    assert "đề nghị cho biết kết quả" in text
    assert str(case.doan_vien) in text
    assert "chất vấn" not in text.lower()

    next_step(page, "Ghi trả lời của cấp ủy")
    journey.arrive(page, "Trả lời công văn")
    page.get_by_text("Chờ lớp bồi dưỡng nhận thức về Đảng", exact=True).click()
    page.get_by_label("Ý kiến của cấp ủy").fill("Học lớp tháng tới, sau đó chi bộ xét.")
    page.get_by_role("button", name="Ghi trả lời").click()
    journey.arrive(page, str(case.doan_vien))
    expect(page.get_by_text("Học lớp tháng tới, sau đó chi bộ xét.").first).to_be_visible()
    assert HoSo.objects.get(pk=case.pk).trang_thai == HoSo.TrangThai.DA_TRA_LOI
