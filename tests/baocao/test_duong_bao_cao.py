"""The way of a report: branches hand in to their ward, exceptions, comments on cells, versions."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from baocao.bang_so_lieu import load_bang
from baocao.danh_sach import reports_below
from baocao.giay_to import read_bao_cao
from baocao.han import lich_nop
from baocao.lan_nop import cac_lan, loi_khac, so_khac
from baocao.mau import MAU, KieuKy, kieu_ky, mau_cua
from baocao.models import BaoCao, BuocBaoCao, GopY, SoLieu
from baocao.services import (
    accept_bao_cao,
    add_gop_y,
    answer_gop_y,
    end_mien,
    grant_ngoai_le,
    lock_ky,
    open_bao_cao,
    override_so_lieu,
    return_bao_cao,
    save_phan_loi,
    submit_bao_cao,
    unaccept_bao_cao,
)
from core.errors import RuleError
from core.periods import KyBaoCao
from tests.factories import make_bao_cao, make_buoi, make_chi_doan, make_doan_vien
from tochuc.models import NhatKy, QuyDinh

Q3, Q4 = KyBaoCao(2026, quy=3), KyBaoCao(2026, quy=4)


@pytest.fixture
def cua_chi_doan(chi_doan, bi_thu):
    make_doan_vien(chi_doan=chi_doan)
    return open_bao_cao(don_vi=chi_doan, ky=Q4, by=bi_thu)


def nop(bao_cao, by):
    bao_cao.refresh_from_db()
    return submit_bao_cao(bao_cao=bao_cao, version=bao_cao.version, by=by)


# ---- forms and periods ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cap", "ky", "ma"),
    [
        ("chi_doan", "2026Q4", "chi-doan-2026"),
        ("chi_doan", "2026", None),
        ("co_so", "2026Q4", "quy-2026"),
        ("co_so", "2026H1", None),
        ("co_so", "2026", "nam-tu-nguyen-2026"),
        ("huyen", "2026H1", "nua-nam-2026"),
        ("huyen", "2026", "nam-2026"),
        ("huyen", "2020", "nam-tu-nguyen-2026"),
        ("tinh", "2026H2", None),
        ("tinh", "2026-09", None),
    ],
)
def test_which_level_reports_what_for_which_period(cap, ky, ma):
    found = mau_cua(cap, KyBaoCao.parse(ky))

    assert (found and found.ma) == ma


def test_no_two_forms_share_a_code_and_each_asks_for_less_than_it_has():
    assert len({mau.ma for mau in MAU}) == len(MAU)
    assert all(mau.muc_toi_thieu <= len(mau.muc) for mau in MAU)
    assert kieu_ky(KyBaoCao(2026, nua=1)) == KieuKy.NUA_NAM


@pytest.mark.parametrize(
    ("cap", "ky", "han"),
    [
        ("chi_doan", "2026Q4", date(2026, 12, 20)),
        ("co_so", "2026Q3", date(2026, 9, 25)),
        ("huyen", "2026H1", date(2026, 6, 30)),
        ("huyen", "2026", date(2026, 11, 30)),
    ],
)
def test_due_days_are_settings(phuong, cap, ky, han):
    lich, period = lich_nop(phuong), KyBaoCao.parse(ky)

    assert lich.han(mau_cua(cap, period), period) == han


def test_branches_report_from_the_day_their_office_asks_for_it(phuong, chi_doan, hom_nay):
    assert reports_below(phuong, Q3, hom_nay) == []
    assert [row.don_vi for row in reports_below(phuong, Q4, hom_nay)] == [chi_doan]

    QuyDinh.objects.create(
        ma="bao_cao_chi_doan", gia_tri=1, tu_ngay=date(2026, 7, 1), can_cu="Thử", don_vi=phuong
    )

    assert len(reports_below(phuong, Q3, hom_nay)) == 1


# ---- a branch's report ---------------------------------------------------------------------


def test_a_branch_hands_in_without_typing_anything(cua_chi_doan, chi_doan, bi_thu):
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 10, 5))

    done = nop(cua_chi_doan, bi_thu)

    bang = load_bang(done)
    assert not any(line.is_nhap_tay for line in bang)
    assert (bang.dong("buoi_sinh_hoat").gia_tri, bang.dong("hien_mau").gia_tri) == (1, 0)
    assert done.mau == "chi-doan-2026"
    assert "Chi đoàn có 01 đoàn viên" in read_bao_cao(done).mo_dau


def test_the_ward_judges_its_branches_and_nobody_else(
    client_of, cua_chi_doan, bi_thu, bi_thu_phuong, van_phong
):
    nop(cua_chi_doan, bi_thu)
    url = reverse("baocao:accept", args=[cua_chi_doan.pk])

    refused = client_of(van_phong).post(url)
    own = client_of(bi_thu).post(url)
    done = client_of(bi_thu_phuong).post(url)

    assert (refused.status_code, own.status_code, done.status_code) == (403, 403, 302)
    assert "do đoàn cơ sở" in refused.content.decode()
    cua_chi_doan.refresh_from_db()
    assert cua_chi_doan.trang_thai == BaoCao.TrangThai.CHAP_NHAN


def test_the_office_above_wards_does_not_close_reports_of_branches(
    cua_chi_doan, huyen, phuong, bi_thu, bi_thu_phuong, van_phong
):
    accept_bao_cao(bao_cao=nop(cua_chi_doan, bi_thu), by=bi_thu_phuong)

    with pytest.raises(RuleError, match="Chưa có báo cáo"):
        lock_ky(don_vi=huyen, ky=Q4, by=van_phong)

    assert lock_ky(don_vi=phuong, ky=Q4, by=bi_thu_phuong) == 1


def test_a_branch_sees_its_reports_and_the_ward_its_branches(
    client_of, cua_chi_doan, chi_doan, bi_thu, bi_thu_phuong
):
    own = client_of(bi_thu).get(reverse("baocao:list"))
    above = client_of(bi_thu_phuong).get(f"{reverse('baocao:list')}?ky=2026Q4")

    assert [row.ky for row in own.context["own"]] == [Q4]
    assert [row.don_vi for row in above.context["rows"]] == [chi_doan]


# ---- due, lock, exceptions -----------------------------------------------------------------


def test_after_the_lock_handing_in_names_who_may_reopen_it(
    bao_cao, phuong, van_phong, bi_thu_phuong
):
    report = open_bao_cao(don_vi=phuong, ky=KyBaoCao(2026, quy=2), by=bi_thu_phuong)

    with pytest.raises(RuleError, match=r"23/09/2026 thì thôi nhận .*Thành đoàn Thử mở lại"):
        nop(report, bi_thu_phuong)

    grant_ngoai_le(
        don_vi=phuong,
        ky=KyBaoCao(2026, quy=2),
        loai="mo_lai",
        den_ngay=date(2026, 11, 20),
        ly_do="Bí thư mới nhận việc.",
        by=van_phong,
    )
    report.refresh_from_db()
    for muc in ("tinh_hinh", "uu_diem"):
        save_phan_loi(bao_cao=report, muc=muc, noi_dung="Tốt.", version=0, by=bi_thu_phuong)
    report.refresh_from_db()
    done = submit_bao_cao(
        bao_cao=report, version=report.version, by=bi_thu_phuong, ly_do_trong="Không có"
    )

    assert done.han == date(2026, 6, 25)
    step = done.buoc.get(hanh_dong="mo_lai")
    assert (step.den_ngay, step.y_kien, step.by) == (
        date(2026, 11, 20),
        "Bí thư mới nhận việc.",
        van_phong,
    )


def test_more_time_moves_the_due_day_and_keeps_who_gave_it(chi_doan, bi_thu_phuong):
    report = grant_ngoai_le(
        don_vi=chi_doan,
        ky=Q4,
        loai="gia_han",
        den_ngay=date(2026, 12, 28),
        ly_do="Chi đoàn dự hội trại.",
        by=bi_thu_phuong,
    )

    assert report.han == date(2026, 12, 28)
    assert NhatKy.objects.filter(hanh_dong="bao_cao.gia_han").count() == 1


@pytest.mark.parametrize(
    ("loai", "den_ngay", "ly_do", "message"),
    [
        ("gia_han", date(2026, 12, 28), " ", "một câu lý do"),
        ("gia_han", None, "Lý do.", "Chọn ngày"),
        ("gia_han", date(2026, 12, 1), "Lý do.", "Hạn đang là"),
        ("gia_han", date(2026, 11, 1), "Lý do.", "đã qua"),
        ("mo_lai", date(2026, 12, 1), "Lý do.", "chưa cần mở lại"),
    ],
)
def test_an_exception_is_refused(chi_doan, bi_thu_phuong, loai, den_ngay, ly_do, message):
    with pytest.raises(RuleError, match=message):
        grant_ngoai_le(
            don_vi=chi_doan, ky=Q4, loai=loai, den_ngay=den_ngay, ly_do=ly_do, by=bi_thu_phuong
        )

    assert not BuocBaoCao.objects.filter(hanh_dong=loai).exists()


def test_a_ward_goes_ahead_without_a_waived_and_a_silent_branch(
    phuong, chi_doan, chi_doan_khac, bi_thu, bi_thu_phuong
):
    waived = grant_ngoai_le(
        don_vi=chi_doan, ky=Q4, loai="mien", ly_do="Cả chi đoàn đi làm xa", by=bi_thu_phuong
    )
    with pytest.raises(RuleError, match=r"miễn nộp .* bỏ miễn"):
        nop(waived, bi_thu)
    report = open_bao_cao(don_vi=phuong, ky=Q4, by=bi_thu_phuong)
    for muc in ("tinh_hinh", "uu_diem"):
        save_phan_loi(bao_cao=report, muc=muc, noi_dung="Tốt.", version=0, by=bi_thu_phuong)
    report.refresh_from_db()

    done = submit_bao_cao(
        bao_cao=report, version=report.version, by=bi_thu_phuong, ly_do_trong="Không có"
    )

    named = f"{chi_doan.ten} (Cả chi đoàn đi làm xa)"
    assert done.pham_vi["mien"] == [named]
    assert named in read_bao_cao(done).to_chuc


def test_the_duty_of_a_branch_follows_the_days_it_was_granted(
    client_of, phuong, chi_doan, bi_thu, bi_thu_phuong
):
    QuyDinh.objects.create(
        ma="bao_cao_chi_doan", gia_tri=1, tu_ngay=date(2026, 7, 1), can_cu="Thử", don_vi=phuong
    )
    words = {"don_vi": chi_doan, "ly_do": "Dự hội trại.", "by": bi_thu_phuong}
    grant_ngoai_le(ky=Q3, loai="gia_han", den_ngay=date(2026, 12, 10), **words)
    grant_ngoai_le(ky=Q4, loai="gia_han", den_ngay=date(2026, 12, 30), **words)

    duties = client_of(bi_thu).get("/").context["viec"]

    due = {duty.tieu_de: duty.han for duty in duties if "Nộp báo cáo" in duty.tieu_de}
    assert due == {f"Nộp báo cáo {Q3.ten}": date(2026, 12, 10)}


def test_a_waiver_taken_back_lets_the_branch_hand_in(chi_doan, bi_thu, bi_thu_phuong):
    report = grant_ngoai_le(don_vi=chi_doan, ky=Q4, loai="mien", ly_do="Nhầm.", by=bi_thu_phuong)

    end_mien(bao_cao=report, by=bi_thu_phuong)

    assert nop(report, bi_thu).trang_thai == BaoCao.TrangThai.DA_NOP
    assert [step.hanh_dong for step in report.buoc.all()] == ["mo", "mien", "bo_mien", "nop"]


def test_granting_is_a_page_of_the_office_above(client_of, chi_doan, bi_thu, bi_thu_phuong):
    url = reverse("baocao:ngoai_le", args=[chi_doan.pk, "2026Q4"])
    words = {"loai": "mien", "den_ngay": "", "ly_do": "Mới thành lập"}

    assert client_of(bi_thu).post(url, words).status_code == 403
    assert client_of(bi_thu_phuong).get(url).status_code == 200
    page = client_of(bi_thu_phuong).post(url, words, follow=True)

    assert "Miễn nộp kỳ này." in page.content.decode()
    assert client_of(bi_thu_phuong).get(url.replace("2026Q4", "nham")).status_code == 404


# ---- comments on cells ---------------------------------------------------------------------


@pytest.fixture
def bi_gop_y(cua_chi_doan, bi_thu, bi_thu_phuong):
    """Returned with a comment on a figure and one on a section."""
    report = nop(cua_chi_doan, bi_thu)
    for phan, o in (("so_lieu", "ket_nap_moi"), ("phan_loi", "tinh_hinh")):
        add_gop_y(bao_cao=report, phan=phan, o=o, noi_dung=f"Xem lại {o}.", by=bi_thu_phuong)
    return return_bao_cao(bao_cao=report, ly_do="", by=bi_thu_phuong)


def test_comments_are_reason_enough_to_return_and_ask_for_a_change_or_an_answer(bi_gop_y, bi_thu):
    assert bi_gop_y.buoc.last().y_kien == "Sửa 2 ô có góp ý."
    with pytest.raises(RuleError, match=r"Kết nạp mới: Xem lại ket_nap_moi"):
        nop(bi_gop_y, bi_thu)

    override_so_lieu(
        bao_cao=bi_gop_y, ma="ket_nap_moi", gia_tri=Decimal(1), ly_do="Lễ 29/9.", by=bi_thu
    )
    answer_gop_y(gop_y=bi_gop_y.gop_y.get(phan="phan_loi"), tra_loi="Không có gì mới.", by=bi_thu)
    done = nop(bi_gop_y, bi_thu)

    answers = dict(done.gop_y.values_list("o", "tra_loi"))
    assert answers == {
        "ket_nap_moi": "Đã sửa: 0 → 1 (Lễ 29/9.)",
        "tinh_hinh": "Không có gì mới.",
    }


def test_an_answer_stays_and_the_same_comment_may_be_made_anew(bi_gop_y, bi_thu, bi_thu_phuong):
    for row in bi_gop_y.gop_y.all():
        answer_gop_y(gop_y=row, tra_loi="Số đúng.", by=bi_thu)
    with pytest.raises(RuleError, match="đã trả lời"):
        answer_gop_y(gop_y=row, tra_loi="Số khác.", by=bi_thu)
    done = nop(bi_gop_y, bi_thu)

    words = {"phan": "so_lieu", "o": "ket_nap_moi", "noi_dung": "Xem lại ket_nap_moi."}
    add_gop_y(bao_cao=done, by=bi_thu_phuong, **words)

    assert set(done.gop_y.exclude(tra_loi="").values_list("tra_loi", flat=True)) == {"Số đúng."}
    assert done.gop_y.chua_tra_loi().count() == 1


def test_the_returned_page_shows_the_cells_to_mend_first(client_of, bi_gop_y, bi_thu):
    page = client_of(bi_thu).get(bi_gop_y.get_absolute_url())

    text = page.content.decode()
    assert [item.gop_y.o for item in page.context["trang"].o_can_sua] == [
        "ket_nap_moi",
        "tinh_hinh",
    ]
    assert text.index("Cần sửa trước khi nộp lại") < text.index("Phụ lục số liệu")
    assert "Xem lại ket_nap_moi." in text
    edit = client_of(bi_thu).get(reverse("baocao:so_lieu", args=[bi_gop_y.pk, "ket_nap_moi"]))
    assert "Xem lại ket_nap_moi." in edit.content.decode()


def test_a_comment_is_written_and_answered_on_pages(
    client_of, cua_chi_doan, bi_thu, bi_thu_phuong, van_phong
):
    report = nop(cua_chi_doan, bi_thu)
    url = reverse("baocao:gop_y", args=[report.pk, "so_lieu", "doan_vien"])

    assert client_of(van_phong).get(url).status_code == 403
    assert client_of(bi_thu_phuong).post(url, {"noi_dung": " "}).status_code == 200
    for _ in range(2):
        client_of(bi_thu_phuong).post(url, {"noi_dung": "Thiếu một đồng chí."})
    assert client_of(bi_thu_phuong).get(url.replace("doan_vien", "khong_co")).status_code == 404
    row = GopY.objects.get()
    assert row.khi_do == "1"
    return_bao_cao(bao_cao=report, ly_do="", by=bi_thu_phuong)
    answer = reverse("baocao:gop_y_answer", args=[row.pk])
    assert client_of(bi_thu_phuong).post(answer, {"tra_loi": "Đúng."}).status_code == 403
    client_of(bi_thu).post(answer, {"tra_loi": "Đã chuyển đi 5/10."})

    row.refresh_from_db()
    assert (row.tra_loi, row.tra_loi_boi) == ("Đã chuyển đi 5/10.", bi_thu)


@pytest.mark.parametrize(
    ("phan", "o", "noi_dung", "message"),
    [
        ("so_lieu", "doan_vien", " ", "Viết góp ý"),
        ("so_lieu", "to_tu_duong", "Sai.", "không có ô này"),
        ("phan_loi", "kiem_tra", "Sai.", "không có ô này"),
    ],
)
def test_a_comment_is_refused(cua_chi_doan, bi_thu, bi_thu_phuong, phan, o, noi_dung, message):
    report = nop(cua_chi_doan, bi_thu)

    with pytest.raises(RuleError, match=message):
        add_gop_y(bao_cao=report, phan=phan, o=o, noi_dung=noi_dung, by=bi_thu_phuong)


def test_a_report_that_is_with_its_unit_takes_no_comment(cua_chi_doan, bi_thu_phuong):
    with pytest.raises(RuleError, match="đang lập"):
        add_gop_y(
            bao_cao=cua_chi_doan, phan="so_lieu", o="doan_vien", noi_dung="Sai.", by=bi_thu_phuong
        )


# ---- accepted, and taken back --------------------------------------------------------------


def test_an_acceptance_is_taken_back_until_the_report_above_is_accepted(
    cua_chi_doan, phuong, bi_thu, bi_thu_phuong
):
    accepted = accept_bao_cao(bao_cao=nop(cua_chi_doan, bi_thu), by=bi_thu_phuong)
    waiting = unaccept_bao_cao(bao_cao=accepted, by=bi_thu_phuong)
    assert waiting.trang_thai == BaoCao.TrangThai.DA_NOP
    accepted = accept_bao_cao(bao_cao=waiting, by=bi_thu_phuong)
    make_bao_cao(don_vi=phuong, ky="2026Q4", trang_thai="chap_nhan", tinh_den=date(2026, 11, 18))

    for action in (
        lambda: unaccept_bao_cao(bao_cao=accepted, by=bi_thu_phuong),
        lambda: return_bao_cao(bao_cao=accepted, ly_do="Sai.", by=bi_thu_phuong),
    ):
        with pytest.raises(RuleError, match="đã được chấp nhận trên số liệu này"):
            action()


# ---- versions ------------------------------------------------------------------------------


def test_two_submissions_are_compared_line_by_line(
    client_of, bi_gop_y, chi_doan, bi_thu, django_assert_num_queries
):
    save_phan_loi(
        bao_cao=bi_gop_y, muc="tinh_hinh", noi_dung="Thanh niên yên tâm.", version=0, by=bi_thu
    )
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 10, 8))
    nop(bi_gop_y, bi_thu)

    first, second = cac_lan(bi_gop_y)
    changed = {row.ten: (row.cu, row.moi) for row in so_khac(first.buoc, second.buoc)}
    texts = {muc.ten: muc for muc in loi_khac(first.buoc, second.buoc)}

    assert changed["Kết nạp mới"] == ("0", "1")
    assert texts["Tình hình thanh niên, dư luận"].doan[-1] == ("ins", "Thanh niên yên tâm.")
    assert second.tra_lai.y_kien == "Sửa 2 ô có góp ý."
    page = client_of(bi_thu).get(reverse("baocao:lan_nop", args=[bi_gop_y.pk]))
    assert "<ins>Thanh niên yên tâm.</ins>" in page.content.decode()


def test_a_report_handed_in_once_has_nothing_to_compare(client_of, cua_chi_doan, bi_thu):
    nop(cua_chi_doan, bi_thu)

    page = client_of(bi_thu).get(reverse("baocao:lan_nop", args=[cua_chi_doan.pk]))

    assert "Chưa có hai lần nộp" in page.content.decode()


def test_rows_of_branches_cost_no_more_statements(
    client_of, phuong, bi_thu_phuong, django_assert_max_num_queries
):
    for _ in range(5):
        unit = make_chi_doan(phuong=phuong)
        SoLieu.objects.create(
            bao_cao=make_bao_cao(don_vi=unit, ky="2026Q4", mau="chi-doan-2026"), ma="doan_vien"
        )
    client = client_of(bi_thu_phuong)

    with django_assert_max_num_queries(12):
        page = client.get(f"{reverse('baocao:list')}?ky=2026Q4")

    assert len(page.context["rows"]) == 5
