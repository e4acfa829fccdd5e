"""Meetings logged without a network: kept on the device, sent once, and nothing is lost."""

from django.urls import reverse
from playwright.sync_api import expect

from chidoan.models import BuoiSinhHoat
from chidoan.queries import danh_sach
from core.periods import today
from tests.browser.ngoai_tuyen import (
    KEPT,
    LOG,
    NAMES,
    OUTBOX,
    STORED,
    choose_photos,
    finish,
    in_section,
    items,
    log_meeting,
    logged,
    member,
)
from tests.factories import make_buoi, make_doan_vien


def test_three_meetings_without_a_network_are_three_on_the_server(handset):
    context = handset.context
    context.set_offline(True)
    for days in (0, 1, 2):
        log_meeting(handset, days_ago=days, absent=NAMES[0])
        expect(handset.get_by_role("heading", name="Hộp chờ gửi")).to_be_visible()
    handset.close()

    page = context.new_page()
    page.goto(OUTBOX)
    expect(in_section(page, "Đang chờ").get_by_text("Chờ gửi")).to_have_count(3)
    kept = items(page)
    assert len({row["client_id"] for row in kept}) == 3
    assert not logged().exists()
    context.set_offline(False)

    expect(in_section(page, "Đã gửi").get_by_text("Máy chủ nhận lúc")).to_have_count(3)
    assert logged().count() == 3
    for _ in range(10):
        page.evaluate(
            """async (rows) => {
              for (const row of rows) await NgoaiTuyen.put("hop", row);
              await NgoaiTuyen.send(true);
            }""",
            kept,
        )
        assert [row["tt"] for row in items(page)] == ["da_nhan"] * 3
    assert logged().count() == 3
    assert {buoi.diem_danh.filter(trang_thai="vang").count() for buoi in logged()} == {1}


def test_a_roster_that_changed_stays_with_its_reason_and_opens_again(handset, branch):
    handset.context.set_offline(True)
    log_meeting(handset, days_ago=0, chu_diem="Giữ nguyên chữ này", absent=NAMES[0])
    expect(in_section(handset, "Đang chờ")).to_contain_text("Sinh hoạt ngày")
    make_doan_vien(chi_doan=branch, ho_ten="Võ Thị Mới")
    handset.context.set_offline(False)

    card = in_section(handset, "Cần đồng chí xem")
    expect(card).to_contain_text("Máy chủ chưa nhận")
    expect(card).to_contain_text("thêm Võ Thị Mới")
    handset.reload()
    expect(card).to_contain_text("thêm Võ Thị Mới")
    card.get_by_role("link", name="Mở để sửa").tap()
    expect(handset.get_by_label("Chủ điểm")).to_have_value("Giữ nguyên chữ này")
    expect(member(handset, NAMES[0])).to_have_attribute("aria-label", f"{NAMES[0]}, Vắng")
    expect(member(handset, "Võ Thị Mới")).to_be_visible()
    handset.get_by_role("button", name="Hoàn thành").tap()

    expect(handset.get_by_role("button", name="In biên bản")).to_be_visible()
    assert logged().get().chu_diem == "Giữ nguyên chữ này"
    assert items(handset) == []


def test_a_day_logged_by_another_shows_both_versions(handset, branch, can_bo_phuong):
    handset.context.set_offline(True)
    handset.goto(LOG)
    choose_photos(handset, 1)
    expect(handset.get_by_text("1 ảnh giữ trên máy này")).to_be_visible()
    finish(handset, "Bản trên máy")
    other = make_buoi(
        chi_doan=branch,
        ngay=today(),
        ghi_boi=can_bo_phuong,
        chu_diem="Bản kia",
        diem_danh=dict.fromkeys(danh_sach(branch.pk, today()), "co_mat"),
    )
    handset.context.set_offline(False)

    card = in_section(handset, "Cần đồng chí xem")
    expect(card).to_contain_text(f"đồng chí {can_bo_phuong.ho_ten} đã ghi")
    expect(card.get_by_role("link", name="Đổi ngày họp")).to_be_visible()
    card.get_by_role("button", name="So hai bản").tap()
    expect(handset.get_by_role("cell", name="Bản kia")).to_be_visible()
    expect(handset.get_by_role("cell", name="Bản trên máy")).to_be_visible()
    handset.get_by_role("link", name="Lấy bản kia").tap()
    handset.wait_for_url(f"**{other.get_absolute_url()}")
    handset.goto(OUTBOX)

    sent = in_section(handset, "Đã gửi")
    expect(sent).to_contain_text("Đã chọn bản để giữ")
    expect(sent).to_contain_text("Ảnh sinh hoạt")
    assert logged().get() == other
    assert other.anh.count() == 1


def test_an_expired_log_in_waits_and_goes_on_after_it(handset, bi_thu):
    handset.context.set_offline(True)
    log_meeting(handset, days_ago=0)
    expect(in_section(handset, "Đang chờ")).to_contain_text("Chờ gửi")
    handset.context.clear_cookies()
    handset.context.set_offline(False)

    expect(in_section(handset, "Đang chờ")).to_contain_text("Đăng nhập để gửi")
    in_section(handset, "Đang chờ").get_by_role("link", name="Đăng nhập").tap()
    handset.get_by_label("Tên đăng nhập").fill(bi_thu.username)
    handset.get_by_label("Mật khẩu", exact=True).fill("mat-khau")
    handset.get_by_role("button", name="Đăng nhập").tap()

    expect(handset.get_by_role("heading", name="Hộp chờ gửi")).to_be_visible()
    expect(in_section(handset, "Đã gửi")).to_contain_text("Máy chủ nhận lúc")
    assert logged().count() == 1


def test_another_user_on_the_device_sees_and_sends_nothing_of_it(
    handset, sign_in, bi_thu, can_bo_phuong
):
    handset.context.set_offline(True)
    log_meeting(handset, days_ago=0, chu_diem="Chữ của người trước")
    expect(in_section(handset, "Đang chờ")).to_contain_text("Chờ gửi")
    handset.evaluate(
        """(nguoi) => NgoaiTuyen.put("nhap", {khoa: "x", nguoi, da_luu: true, luc: Date.now(),
          than: [["noi_dung", "Máy chủ đã có"]]})""",
        str(bi_thu.pk),
    )
    handset.context.clear_cookies()
    sign_in(handset, can_bo_phuong)
    handset.context.set_offline(False)

    handset.goto(OUTBOX)
    expect(in_section(handset, "Của tài khoản khác")).to_contain_text(
        "Đăng nhập lại bằng tài khoản đó"
    )
    expect(handset.locator("main")).not_to_contain_text("Sinh hoạt ngày")
    assert f"trang-{bi_thu.pk}" not in handset.evaluate("caches.keys()")
    assert "Máy chủ đã có" not in handset.evaluate(STORED)
    handset.goto(reverse("tochuc:them"))
    handset.get_by_role("button", name="Đăng xuất").tap()
    expect(handset.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert not logged().exists()

    sign_in(handset, bi_thu)
    handset.goto(reverse("home"))
    expect(handset.get_by_text("Đã gửi 1 buổi")).to_be_visible()
    assert logged().get().chu_diem == "Chữ của người trước"


def test_signing_out_asks_and_wipes_the_device(handset):
    handset.context.set_offline(True)
    log_meeting(handset, days_ago=0, chu_diem="Chữ riêng của buổi này")
    expect(in_section(handset, "Đang chờ")).to_contain_text("Chờ gửi")
    assert NAMES[0] in handset.evaluate(STORED)
    handset.context.route("**/toi/", lambda route: route.abort())  # a network that gives nothing
    handset.context.set_offline(False)
    handset.goto(reverse("tochuc:them"))

    handset.get_by_role("button", name="Đăng xuất").tap()
    asked = handset.get_by_role("dialog", name="Đăng xuất khỏi máy này?")
    expect(asked).to_contain_text("Còn 1 buổi chưa gửi")
    asked.get_by_role("button", name="Gửi rồi đăng xuất").tap()
    expect(asked).to_contain_text("Còn buổi chưa gửi được")
    asked.get_by_role("button", name="Ở lại").tap()
    assert len(items(handset)) == 1
    handset.get_by_role("button", name="Đăng xuất").tap()
    asked.get_by_role("button", name="Xóa 1 buổi chưa gửi và đăng xuất").tap()

    expect(handset.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    left = handset.evaluate(STORED)
    for text in (*NAMES, "Chữ riêng", "Thu gom rác"):
        assert text not in left
    assert not logged().exists()


def test_rules_hold_without_a_network(handset):
    handset.context.set_offline(True)
    handset.goto(LOG)
    expect(handset.get_by_text("Đồng chí cứ ghi tiếp")).to_be_visible()
    member(handset, "Lê Minh Duy").tap()
    handset.get_by_role("button", name="Hoàn thành, chờ gửi").tap()

    summary = handset.get_by_role("alert")
    expect(summary).to_contain_text("Chủ điểm: Ghi chủ điểm.")
    handset.get_by_label("Chủ điểm").fill("Việc tháng này")
    handset.get_by_role("button", name="Hoàn thành, chờ gửi").tap()
    expect(summary).to_contain_text("Đồng chí chủ trì đang được điểm danh vắng")
    assert items(handset) == []


def test_the_open_page_keeps_its_draft_on_the_device(handset):
    handset.goto(LOG)
    handset.get_by_label("Ghi tóm tắt").fill("Có mạng")
    choose_photos(handset, 1)
    expect(handset.get_by_text("Đã gửi 1 ảnh.")).to_be_visible()
    expect(handset.get_by_text("Bản nháp đã lưu lúc")).to_be_visible(timeout=15_000)
    draft = BuoiSinhHoat.objects.get(trang_thai="nhap")
    assert draft.anh.count() == 1
    handset.evaluate(KEPT, [reverse("chidoan:buoi_update", args=[draft.pk])])
    handset.context.set_offline(True)
    handset.get_by_label("Ghi tóm tắt").fill("Mất mạng")
    member(handset, NAMES[0]).tap()
    handset.get_by_role("button", name="Thêm nghị quyết").tap()
    handset.keyboard.type("Việc mới")
    expect(handset.get_by_text("Bản nháp lưu trên máy này lúc")).to_be_visible()
    url = handset.url
    context = handset.context
    handset.close()

    page = context.new_page()
    page.goto(url)
    expect(page.get_by_label("Ghi tóm tắt")).to_have_value("Mất mạng")
    expect(member(page, NAMES[0])).to_have_attribute("aria-label", f"{NAMES[0]}, Vắng")
    expect(
        page.get_by_role("group", name="Nghị quyết mới").first.get_by_label("Việc")
    ).to_have_value("Việc mới")
    context.set_offline(False)
    expect(page.get_by_text("Bản nháp đã lưu lúc")).to_be_visible(timeout=15_000)
    draft.refresh_from_db()
    assert draft.noi_dung == "Mất mạng"


def test_after_five_days_every_page_reminds(handset, axe):
    handset.context.set_offline(True)
    log_meeting(handset, days_ago=0)
    expect(in_section(handset, "Đang chờ")).to_contain_text("Chờ gửi")
    axe(handset)
    handset.evaluate(
        """async () => {
          const [row] = await NgoaiTuyen.all("hop");
          await NgoaiTuyen.put("hop", {...row, luc: row.luc - 6 * 24 * 3600 * 1000});
        }"""
    )
    handset.context.route("**/toi/", lambda route: route.abort())
    handset.context.set_offline(False)

    handset.goto(reverse("home"))
    expect(handset.get_by_text("Có buổi chờ gửi đã quá 5 ngày")).to_be_visible()
    handset.get_by_role("link", name="Mở hộp chờ gửi").tap()
    expect(in_section(handset, "Đang chờ")).to_contain_text("Quá 5 ngày chưa gửi")


def test_another_page_without_a_network_says_where_to_go(handset):
    handset.context.set_offline(True)

    handset.goto(reverse("doanvien:list"))

    expect(handset.get_by_role("heading", name="Đang mất mạng")).to_be_visible()
    handset.get_by_role("link", name="Ghi buổi sinh hoạt").tap()
    expect(handset.get_by_role("heading", name="Sinh hoạt tháng")).to_be_visible()


FILL = """() => {
  const form = document.querySelector("form[data-buoi]");
  const say = {han: "31/12/2099", bat_dau: "19:05", ket_thuc: "20:15", co_quyen: "4", co_mat: "3",
    tan_thanh: "2", khong_tan_thanh: "1", khong_hop_le: "0"};
  let number = 0;
  for (const box of [...form.elements]) {
    const name = box.name.replace(/^(nq|bq|kq)-\\d+-/, "");
    if (!box.name || ["hidden", "file", "submit", "checkbox"].includes(box.type)) continue;
    if (["ngay", "luu"].includes(name)) continue;
    if (box.type === "radio" && !["vang_co_ly_do", "xong"].includes(box.value)) continue;
    if (box.type === "radio") box.checked = true;
    else if (box.tagName === "SELECT") box.selectedIndex = box.options.length - 1;
    else box.value = say[name] || `Chữ ${number += 1}`;
    const kind = box.tagName === "SELECT" || box.type === "radio" ? "change" : "input";
    box.dispatchEvent(new Event(kind, {bubbles: true}));
  }
}"""
SAYS = """() => {
  const own = /^(csrfmiddlewaretoken|buoi|version|chua_ro|client_id|ngay_danh_sach|.*_FORMS)$/;
  const said = [...new FormData(document.querySelector("form[data-buoi]"))];
  return said.filter(([name]) => !own.test(name));
}"""


KEPT_WORDS = """async (words) => {
  const has = (row) => row.than.some(([, value]) => value === words);
  while (!(await NgoaiTuyen.all("nhap")).some(has)) {
    await new Promise((done) => setTimeout(done, 50));
  }
}"""


def test_every_field_comes_back_from_the_device_and_from_the_server(handset):
    context = handset.context
    context.set_offline(True)
    handset.goto(LOG)
    handset.get_by_label("Ghi tóm tắt").fill("Bắt đầu")
    handset.get_by_role("button", name="Thêm nghị quyết").tap()
    handset.evaluate(FILL)
    written = handset.evaluate(SAYS)
    handset.evaluate(KEPT_WORDS, written[-1][1])

    handset.reload()
    expect(handset.get_by_text("Đã mở lại phần đang ghi")).to_be_visible()
    assert handset.evaluate(SAYS) == written
    assert len({name for name, value in written if value}) > 25

    context.set_offline(False)
    expect(handset.get_by_text("Bản nháp đã lưu lúc")).to_be_visible(timeout=20_000)
    draft = BuoiSinhHoat.objects.get(trang_thai="nhap")
    handset.evaluate("(pk) => NgoaiTuyen.drop('nhap', `${NgoaiTuyen.account}:sua:${pk}`)", draft.pk)
    handset.goto(reverse("chidoan:buoi_update", args=[draft.pk]))
    stored = dict(handset.evaluate(SAYS))
    assert {name: stored.get(name) for name, _ in written} == dict(written)
