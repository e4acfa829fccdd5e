from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils.timezone import get_default_timezone

from baocao.bang_so_lieu import load_bang
from baocao.danh_sach import own_reports
from baocao.models import BaoCao, BuocBaoCao, DanhGiaTieuChi, PhanLoi, SoLieu
from baocao.services import (
    accept_bao_cao,
    assess_chi_doan,
    comment_bao_cao,
    lock_ky,
    open_bao_cao,
    override_so_lieu,
    return_bao_cao,
    save_phan_loi,
    save_so_lieu_nhap,
    set_chi_tieu_nam,
    submit_bao_cao,
    zero_so_lieu_nhap,
)
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao
from tests.factories import make_bao_cao, make_buoi, make_doan_vien
from tochuc.models import NhatKy

Q3 = KyBaoCao(2026, quy=3)


@pytest.fixture
def bao_cao(phuong, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 8, 1))
    return make_bao_cao(don_vi=phuong)


@pytest.fixture
def san_sang(bao_cao, bi_thu_phuong):
    """A report that nothing stands against."""
    for muc in ("tinh_hinh", "phuong_huong"):
        save_phan_loi(bao_cao=bao_cao, muc=muc, noi_dung="Ổn định.", version=0, by=bi_thu_phuong)
    zero_so_lieu_nhap(bao_cao=bao_cao, by=bi_thu_phuong)
    bao_cao.refresh_from_db()
    return bao_cao


@pytest.fixture
def da_nop(san_sang, bi_thu_phuong):
    return submit_bao_cao(bao_cao=san_sang, version=san_sang.version, by=bi_thu_phuong)


def test_opening_twice_gives_one_report_with_its_due_day(phuong, bi_thu_phuong):
    first = open_bao_cao(don_vi=phuong, ky=Q3, by=bi_thu_phuong)
    second = open_bao_cao(don_vi=phuong, ky=Q3, by=bi_thu_phuong)

    assert first == second
    assert first.han == date(2026, 9, 25)
    assert BuocBaoCao.objects.count() == 1
    assert NhatKy.objects.filter(hanh_dong="bao_cao.open").count() == 1


@pytest.mark.parametrize(
    ("unit", "ky", "message"),
    [
        ("chi_doan", "2026Q3", "không lập báo cáo"),
        ("phuong", "2026-09", "theo quý, 6 tháng"),
        ("phuong", "2027Q1", "Chưa tới"),
        ("phuong", "2026Q2", "thành lập ngày 01/07/2026, sau quý"),
    ],
)
def test_opening_is_refused(request, bi_thu_phuong, hom_nay, unit, ky, message):
    don_vi = request.getfixturevalue(unit)
    don_vi.thanh_lap = date(2026, 7, 1)
    don_vi.save()

    with pytest.raises(RuleError, match=message):
        open_bao_cao(don_vi=don_vi, ky=KyBaoCao.parse(ky), by=bi_thu_phuong)

    assert not BaoCao.objects.exists()
    if don_vi.is_co_so:
        assert "2026Q2" not in [ky.code for ky in own_reports(don_vi, hom_nay)[1]]


def test_submitting_freezes_figures_scope_and_day(da_nop, phuong, chi_doan, bi_thu_phuong):
    frozen = SoLieu.objects.get(bao_cao=da_nop, ma="ket_nap_moi")

    assert (frozen.tu_so, frozen.gia_tri, frozen.luy_ke) == (1, 1, 1)
    assert da_nop.trang_thai == BaoCao.TrangThai.DA_NOP
    assert da_nop.tinh_den == date(2026, 9, 30)
    assert da_nop.pham_vi == {
        "chi_doan": [chi_doan.pk],
        "im_lang": ["Khu vực 1"],
        "mien": [],
        "chi_tieu_nam": {},
    }
    assert da_nop.nop_boi == bi_thu_phuong
    step = da_nop.buoc.get(hanh_dong="nop")
    assert step.so_lieu["ket_nap_moi"] == ["1", "1", ""]
    assert NhatKy.objects.filter(hanh_dong="bao_cao.submit", doi_tuong_id=da_nop.pk).count() == 1


def test_a_report_entered_afterwards_counts_up_to_the_day_it_was_handed_in(
    san_sang, chi_doan, bi_thu_phuong
):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 28))
    luc = datetime(2026, 9, 24, 16, 40, tzinfo=get_default_timezone())

    report = submit_bao_cao(bao_cao=san_sang, version=san_sang.version, by=bi_thu_phuong, luc=luc)

    assert (report.tinh_den, report.nop_luc, report.nop_lan_dau) == (luc.date(), luc, luc)
    assert SoLieu.objects.get(bao_cao=report, ma="doan_vien").gia_tri == 1
    assert not any(line.da_doi for line in load_bang(report))


def test_later_edits_show_as_changed_and_move_nothing(da_nop, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 20))

    line = load_bang(da_nop).dong("ket_nap_moi")

    assert line.gia_tri == 1
    assert line.da_doi
    assert line.hien_tai.tu == 2
    assert load_bang(da_nop).dong("truong_thanh").da_doi is False


def test_a_target_set_later_moves_no_rate_of_a_report(san_sang, phuong, bi_thu_phuong):
    year = {"don_vi": phuong, "nam": 2026, "by": bi_thu_phuong}
    set_chi_tieu_nam(gia_tri={"ket_nap_moi": Decimal(4)}, **year)
    done = submit_bao_cao(bao_cao=san_sang, version=san_sang.version, by=bi_thu_phuong)

    set_chi_tieu_nam(gia_tri={"ket_nap_moi": Decimal(2)}, **year)

    line = load_bang(BaoCao.objects.get(pk=done.pk)).dong("ket_nap_moi")
    assert (line.chi_tieu_nam, line.ty_le) == (4, 25)


def test_a_second_click_submits_once(da_nop, bi_thu_phuong):
    with pytest.raises(RuleError, match="đã nộp"):
        submit_bao_cao(bao_cao=da_nop, version=da_nop.version, by=bi_thu_phuong)

    assert da_nop.buoc.filter(hanh_dong="nop").count() == 1


def test_submitting_what_somebody_changed_meanwhile_is_refused(san_sang, bi_thu_phuong):
    with pytest.raises(StaleError):
        submit_bao_cao(bao_cao=san_sang, version=san_sang.version - 1, by=bi_thu_phuong)

    san_sang.refresh_from_db()
    assert san_sang.is_dang_sua


def test_blank_figures_stand_against_submitting(bao_cao, bi_thu_phuong):
    with pytest.raises(RuleError, match="tự nhập còn trống"):
        submit_bao_cao(bao_cao=bao_cao, version=bao_cao.version, by=bi_thu_phuong)


def test_one_reason_covers_all_blank_figures(bao_cao, bi_thu_phuong):
    for muc in ("tinh_hinh", "uu_diem"):
        save_phan_loi(bao_cao=bao_cao, muc=muc, noi_dung="Tốt.", version=0, by=bi_thu_phuong)
    bao_cao.refresh_from_db()

    submit_bao_cao(
        bao_cao=bao_cao, version=bao_cao.version, by=bi_thu_phuong, ly_do_trong="Không phát sinh."
    )

    row = SoLieu.objects.get(bao_cao=bao_cao, ma="hien_mau")
    assert (row.bao_cao_gia_tri, row.ly_do) == (None, "Không phát sinh.")


def test_more_admitted_to_the_party_than_referred_is_refused(san_sang, bi_thu_phuong):
    override_so_lieu(
        bao_cao=san_sang,
        ma="duoc_ket_nap_dang",
        gia_tri=Decimal(2),
        ly_do="Chưa nhập hồ sơ.",
        by=bi_thu_phuong,
    )
    san_sang.refresh_from_db()

    with pytest.raises(RuleError, match="nhiều hơn"):
        submit_bao_cao(bao_cao=san_sang, version=san_sang.version, by=bi_thu_phuong)


def test_a_corrected_figure_keeps_both_numbers_and_the_sentence(san_sang, bi_thu_phuong):
    override_so_lieu(
        bao_cao=san_sang,
        ma="ket_nap_moi",
        gia_tri=Decimal(2),
        ly_do="1 đồng chí kết nạp 29/9.",
        by=bi_thu_phuong,
    )
    san_sang.refresh_from_db()
    submitted = submit_bao_cao(bao_cao=san_sang, version=san_sang.version, by=bi_thu_phuong)

    line = load_bang(submitted).dong("ket_nap_moi")
    assert (line.gia_tri_he_thong, line.gia_tri, line.luy_ke) == (1, 2, 2)
    assert line.is_sua_tay
    assert line.ly_do == "1 đồng chí kết nạp 29/9."


def test_taking_the_systems_number_drops_the_correction(bao_cao, bi_thu_phuong):
    for value in (Decimal(5), Decimal(1)):
        override_so_lieu(
            bao_cao=bao_cao, ma="ket_nap_moi", gia_tri=value, ly_do="Lý do.", by=bi_thu_phuong
        )

    assert not SoLieu.objects.exists()


@pytest.mark.parametrize(
    ("ma", "gia_tri", "ly_do", "message"),
    [
        ("ket_nap_moi", Decimal(5), " ", "một câu lý do"),
        ("ket_nap_moi", Decimal(-1), "Lý do.", "số âm"),
        ("ket_nap_moi", Decimal("1.5"), "Lý do.", "số nguyên"),
        ("ty_le_du_sinh_hoat", Decimal(101), "Lý do.", "100%"),
        ("hien_mau", None, "", "một câu lý do"),
        ("chi_doan_manh", Decimal(1), "Lý do.", "không có chỉ tiêu"),
    ],
)
def test_a_correction_is_refused(bao_cao, bi_thu_phuong, ma, gia_tri, ly_do, message):
    with pytest.raises(RuleError, match=message):
        override_so_lieu(bao_cao=bao_cao, ma=ma, gia_tri=gia_tri, ly_do=ly_do, by=bi_thu_phuong)

    assert not SoLieu.objects.exists()


def test_typed_figures_are_written_once_and_two_editors_are_told(
    bao_cao, bi_thu_phuong, can_bo_phuong
):
    shown = {"hien_mau": None}
    save_so_lieu_nhap(
        bao_cao=bao_cao, gia_tri={"hien_mau": Decimal(22)}, truoc=shown, by=bi_thu_phuong
    )

    again = save_so_lieu_nhap(
        bao_cao=bao_cao, gia_tri={"hien_mau": Decimal(22)}, truoc=shown, by=bi_thu_phuong
    )
    with pytest.raises(StaleError, match="Hiến máu"):
        save_so_lieu_nhap(
            bao_cao=bao_cao, gia_tri={"hien_mau": Decimal(30)}, truoc=shown, by=can_bo_phuong
        )

    assert again == 0
    assert SoLieu.objects.get().bao_cao_gia_tri == 22


def test_typed_figures_add_up_over_the_year(phuong, bi_thu_phuong):
    earlier = make_bao_cao(
        don_vi=phuong, ky="2026Q2", trang_thai="chap_nhan", tinh_den=date(2026, 6, 30)
    )
    SoLieu.objects.create(bao_cao=earlier, ma="hien_mau", bao_cao_gia_tri=29)
    bao_cao = make_bao_cao(don_vi=phuong)
    SoLieu.objects.create(bao_cao=bao_cao, ma="hien_mau", bao_cao_gia_tri=22)

    line = load_bang(bao_cao).dong("hien_mau")

    assert (line.gia_tri, line.luy_ke, line.ky_truoc) == (22, 51, 29)


def test_two_people_writing_one_section_see_both_versions(bao_cao, bi_thu_phuong, can_bo_phuong):
    save_phan_loi(bao_cao=bao_cao, muc="uu_diem", noi_dung="Bản một.", version=0, by=bi_thu_phuong)

    with pytest.raises(StaleError) as stale:
        save_phan_loi(
            bao_cao=bao_cao, muc="uu_diem", noi_dung="Bản hai.", version=0, by=can_bo_phuong
        )

    assert stale.value.current.noi_dung == "Bản một."
    assert PhanLoi.objects.get().noi_dung == "Bản một."


def test_the_same_section_sent_twice_is_written_once(bao_cao, bi_thu_phuong):
    for _ in range(2):
        save_phan_loi(
            bao_cao=bao_cao, muc="uu_diem", noi_dung="Bản một.", version=0, by=bi_thu_phuong
        )

    assert PhanLoi.objects.get().version == 1


def test_a_submitted_report_is_not_written_into(da_nop, bi_thu_phuong):
    with pytest.raises(RuleError, match="đề nghị cấp trên trả lại"):
        save_phan_loi(bao_cao=da_nop, muc="uu_diem", noi_dung="Thêm.", version=0, by=bi_thu_phuong)


def test_a_returned_report_opens_again_and_is_submitted_anew(
    da_nop, chi_doan, bi_thu_phuong, van_phong
):
    first = da_nop.nop_lan_dau
    returned = return_bao_cao(bao_cao=da_nop, ly_do="Kiểm lại chỉ tiêu 2.6.", by=van_phong)
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 20))

    again = submit_bao_cao(bao_cao=returned, version=returned.version, by=bi_thu_phuong)

    assert SoLieu.objects.get(bao_cao=again, ma="ket_nap_moi").tu_so == 2
    assert again.nop_lan_dau == first
    assert [step.so_lieu["ket_nap_moi"][0] for step in again.buoc.filter(hanh_dong="nop")] == [
        "1",
        "2",
    ]


def test_an_accepted_report_may_still_be_returned(da_nop, van_phong):
    accepted = accept_bao_cao(bao_cao=da_nop, by=van_phong)
    assert accepted.trang_thai == BaoCao.TrangThai.CHAP_NHAN
    with pytest.raises(RuleError, match="đã chấp nhận"):
        accept_bao_cao(bao_cao=accepted, by=van_phong)

    returned = return_bao_cao(bao_cao=accepted, ly_do="Thiếu chỉ tiêu 2.6.", by=van_phong)

    assert returned.trang_thai == BaoCao.TrangThai.TRA_LAI


def test_locking_a_period_ends_the_road(da_nop, huyen, van_phong):
    with pytest.raises(RuleError, match="Chưa có báo cáo"):
        lock_ky(don_vi=huyen, ky=Q3, by=van_phong)
    accept_bao_cao(bao_cao=da_nop, by=van_phong)

    assert lock_ky(don_vi=huyen, ky=Q3, by=van_phong) == 1

    with pytest.raises(RuleError, match="đã khóa"):
        return_bao_cao(bao_cao=da_nop, ly_do="Muộn.", by=van_phong)


def test_returning_needs_a_reason(da_nop, van_phong):
    with pytest.raises(RuleError, match="lý do"):
        return_bao_cao(bao_cao=da_nop, ly_do=" ", by=van_phong)


def test_an_open_report_cannot_be_accepted(bao_cao, van_phong):
    with pytest.raises(RuleError, match="đang lập"):
        accept_bao_cao(bao_cao=bao_cao, by=van_phong)


def test_a_comment_sent_twice_is_said_once(da_nop, van_phong):
    for _ in range(2):
        comment_bao_cao(bao_cao=da_nop, y_kien="Đề nghị xem lại 2.6.", by=van_phong)

    assert da_nop.buoc.filter(hanh_dong="y_kien").count() == 1


def test_a_silent_branch_is_written_into_the_report(bao_cao, chi_doan, chi_doan_khac):
    make_buoi(chi_doan=chi_doan_khac, ngay=date(2026, 8, 5))

    bang = load_bang(bao_cao)

    assert (bang.so_co_hop, bang.so_chi_doan, bang.im_lang) == (1, 2, ("Khu vực 1",))


def test_an_assessment_adds_rows_and_the_latest_holds(chi_doan, can_bo_phuong):
    for muc, evidence in (("htxs", "Sổ đủ 12 tháng."), ("ht", "Thiếu tháng 7.")):
        assess_chi_doan(
            chi_doan=chi_doan,
            nam=2026,
            danh_gia={"so_chi_doan": (muc, evidence)},
            ngay=date(2026, 11, 18),
            by=can_bo_phuong,
        )
    again = assess_chi_doan(
        chi_doan=chi_doan,
        nam=2026,
        danh_gia={"so_chi_doan": ("ht", "Thiếu tháng 7.")},
        ngay=date(2026, 11, 18),
        by=can_bo_phuong,
    )

    assert again == 0
    assert list(DanhGiaTieuChi.objects.values_list("muc", flat=True)) == ["htxs", "ht"]


@pytest.mark.parametrize(
    ("nam", "danh_gia", "message"),
    [
        (2026, {"so_chi_doan": ("ht", " ")}, "minh chứng"),
        (2026, {"so_chi_doan": ("htt", "Sổ.")}, "không có mức"),
        (2026, {"sinh_hoat": ("htxs", "Đủ.")}, "do hệ thống tính"),
        (2027, {"so_chi_doan": ("ht", "Sổ.")}, "sau hôm nay"),
        (2018, {"so_chi_doan": ("ht", "Sổ.")}, "không đánh giá từng tiêu chí"),
    ],
)
def test_an_assessment_is_refused(chi_doan, can_bo_phuong, nam, danh_gia, message):
    with pytest.raises(RuleError, match=message):
        assess_chi_doan(
            chi_doan=chi_doan, nam=nam, danh_gia=danh_gia, ngay=date(2026, 11, 18), by=can_bo_phuong
        )

    assert not DanhGiaTieuChi.objects.exists()
