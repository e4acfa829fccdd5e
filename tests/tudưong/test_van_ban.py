"""Papers beside the resolutions: self-review, letter that sends a case, remark on a probationer."""

from datetime import date

import pytest
from django.urls import reverse

from core.errors import RuleError, StaleError
from core.pdf import Dots, Para
from tests.core.pdf_reading import page_texts, words
from tochuc.models import VanBan
from tudưong.giay_to.bang import BANG, giay_cua
from tudưong.models import GiayTo, HoSo, NhanXetDuBi, TuNhanXet
from tudưong.models.ho_so import TrangThaiHoSo as T
from tudưong.services import save_nhan_xet_du_bi, save_tu_nhan_xet

from .cases import case_in


@pytest.fixture
def o_buoc(doan_vien, chi_doan_15, bi_thu, can_bo_phuong, bi_thu_phuong, bch, cap_uy):
    """A case brought to a state."""

    def bring(trang_thai) -> HoSo:
        case_in(trang_thai, doan_vien, bi_thu, can_bo_phuong, bi_thu_phuong, cap_uy)
        return HoSo.objects.select_related("doan_vien", "chi_doan", "don_vi").get()

    return bring


def url(ho_so, name, *args):
    return reverse(f"tuduong:{name}", args=[ho_so.pk, *args])


def text_of(content: bytes) -> str:
    return words(" ".join(page_texts(content)))


# ---- self-review ---------------------------------------------------------------------------


def test_self_review_is_a_form_to_fill_in_until_it_is_typed(client_of, ho_so, bi_thu):
    client = client_of(bi_thu)
    blank = giay_cua(ho_so, BANG["tu-nhan-xet"]).declare()

    client.post(url(ho_so, "tu_nhan_xet"), {"version": 0, "pham_chat": "Chấp hành tốt."})
    typed = text_of(client.get(url(ho_so, "ho_so_giay", "tu-nhan-xet")).content)

    lines = [block for block in blank.body if isinstance(block, Para) and block.text is None]
    assert len(lines) == 6 * 3
    assert any(isinstance(piece, Dots) for piece in blank.heading.dia_danh_ngay)
    for part in ("BẢN TỰ NHẬN XÉT", "Chấp hành tốt.", "NGƯỜI TỰ NHẬN XÉT", "TM. CHI ĐOÀN"):
        assert part in typed
    assert "./." not in typed
    assert TuNhanXet.objects.get().luu_boi == bi_thu


def test_self_review_is_kept_from_being_overwritten_and_ends_with_the_case(ho_so, bi_thu):
    save_tu_nhan_xet(ho_so=ho_so, version=0, changes={"han_che": "Còn rụt rè"}, by=bi_thu)

    with pytest.raises(StaleError):
        save_tu_nhan_xet(ho_so=ho_so, version=0, changes={"han_che": "Không"}, by=bi_thu)
    HoSo.objects.update(trang_thai=T.DONG)
    with pytest.raises(RuleError, match="kết thúc"):
        save_tu_nhan_xet(ho_so=ho_so, version=1, changes={"han_che": "Không"}, by=bi_thu)

    assert TuNhanXet.objects.get().han_che == "Còn rụt rè"


# ---- the letter that the case is sent with -------------------------------------------------


def test_letter_lists_what_is_handed_over_and_takes_a_number(client_of, o_buoc, bi_thu_phuong):
    ho_so = o_buoc(T.DA_GUI)
    GiayTo.objects.filter(loai="chung_nhan").update(tinh_trang="ban_sao", so="214/GCN")

    client_of(bi_thu_phuong).post(url(ho_so, "ho_so_issue", "chuyen-ho-so"))

    van_ban = VanBan.objects.get(loai="CV")
    text = text_of(bytes(van_ban.tep))
    for part in (
        "Số: 01-CV/ĐTN",
        "V/v chuyển hồ sơ giới thiệu đoàn viên ưu tú",
        "ngày 15 tháng 6 năm 2026",
        "hồ sơ của đoàn viên Trần Gia Bảo",
        "Nghị quyết giới thiệu đoàn viên ưu tú (4-KNĐ)",
        "Giấy chứng nhận nhận thức về Đảng 214/GCN Bản sao",
        "Lưu: VP, hồ sơ ĐVƯT.",
    ):
        assert part in text
    assert "Đơn xin vào Đảng" not in text
    assert text.count("./.") == 1
    assert ho_so.buoc.get(loai="gui").so_van_ban == "01-CV/ĐTN"


def test_there_is_no_letter_before_the_case_is_sent(client_of, o_buoc, bi_thu_phuong):
    ho_so = o_buoc(T.CHO_GUI)

    status = client_of(bi_thu_phuong).get(url(ho_so, "ho_so_giay", "chuyen-ho-so")).status_code

    assert status == 404


# ---- the remark on a probationary member ---------------------------------------------------

NHAN_XET = {
    "ngay": date(2026, 11, 20),
    "pham_chat": "Vững vàng.",
    "dao_duc": "Giản dị.",
    "nang_luc": "Hoàn thành tốt nhiệm vụ.",
    "quan_he": "Được tín nhiệm.",
    "khuyet_diem": "Còn nóng tính.",
}


def test_remark_has_five_headings_and_is_locked_once_issued(
    client_of, o_buoc, can_bo_phuong, bi_thu_phuong
):
    ho_so = o_buoc(T.KET_NAP)
    save_nhan_xet_du_bi(ho_so=ho_so, version=0, changes=NHAN_XET, by=can_bo_phuong)

    client_of(bi_thu_phuong).post(url(ho_so, "ho_so_issue", "nhan-xet-du-bi"))

    van_ban = VanBan.objects.get()
    text = text_of(bytes(van_ban.tep))
    for part in (
        "Số: 01-NX/ĐTN",
        "Ý KIẾN NHẬN XÉT",
        "1. Về phẩm chất chính trị Vững vàng.",
        "5. Hạn chế, khuyết điểm Còn nóng tính.",
        "theo Quyết định số 9-QĐ",
    ):
        assert part in text
    assert NhanXetDuBi.objects.get().van_ban == van_ban
    with pytest.raises(RuleError, match="đã ban hành"):
        save_nhan_xet_du_bi(ho_so=ho_so, version=1, changes=NHAN_XET, by=can_bo_phuong)


@pytest.mark.parametrize("ngay", [date(2026, 6, 1), date(2026, 12, 1)])
def test_remark_is_dated_between_admission_and_today(o_buoc, can_bo_phuong, ngay):
    ho_so = o_buoc(T.KET_NAP)

    with pytest.raises(RuleError) as refusal:
        save_nhan_xet_du_bi(ho_so=ho_so, version=0, changes={"ngay": ngay}, by=can_bo_phuong)

    assert refusal.value.field == "ngay"


def test_nobody_is_remarked_on_before_admission(client_of, o_buoc, bi_thu, can_bo_phuong):
    ho_so = o_buoc(T.DA_GUI)

    statuses = [
        client_of(user).get(url(ho_so, "nhan_xet_du_bi")).status_code
        for user in (bi_thu, can_bo_phuong)
    ]

    assert statuses == [403, 404]


def test_page_of_the_case_offers_both(client_of, o_buoc, bi_thu_phuong):
    ho_so = o_buoc(T.KET_NAP)

    page = client_of(bi_thu_phuong).get(ho_so.get_absolute_url())

    rows = page.context["van_ban_khac"]
    assert [row.ten for row in rows] == [
        "Công văn chuyển hồ sơ giới thiệu đoàn viên ưu tú",
        "Ý kiến nhận xét đảng viên dự bị",
    ]
    assert [bool(row.soan_url) for row in rows] == [False, True]


@pytest.mark.parametrize(("ngay", "cho"), [(date(2025, 12, 21), True), (date(2025, 12, 22), False)])
def test_remark_is_a_duty_from_the_eleventh_month_until_it_is_issued(
    client_of, o_buoc, can_bo_phuong, bi_thu_phuong, ngay, cho
):
    ho_so = o_buoc(T.KET_NAP)
    HoSo.objects.update(
        ngay_ket_nap=ngay, ngay_gioi_thieu=date(2025, 6, 1), ngay_gui=date(2025, 6, 2)
    )
    home = reverse("home")

    before = client_of(can_bo_phuong).get(home).content.decode()
    listed = HoSo.objects.cho_nhan_xet_du_bi(date(2025, 12, 21))
    waiting = listed.count()
    save_nhan_xet_du_bi(ho_so=ho_so, version=0, changes=NHAN_XET, by=can_bo_phuong)
    client_of(bi_thu_phuong).post(url(ho_so, "ho_so_issue", "nhan-xet-du-bi"))
    after = client_of(can_bo_phuong).get(home).content.decode()

    assert ("Nhận xét 1 đảng viên dự bị" in before, waiting) == (cho, int(cho))
    assert "đảng viên dự bị" not in after
