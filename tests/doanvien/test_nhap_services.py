"""A list is looked at, chosen from, and entered all at once or not at all."""

from datetime import date

import pytest
from django.utils import timezone

from chidoan.lich_hop import so_phai_hop
from chidoan.models import ChiDoan
from core.errors import RuleError
from core.periods import KyBaoCao, today
from doanvien.models import DoanVien, DongNhap, DotNhap, QuaTrinh
from doanvien.nhap.services import (
    AlreadyImported,
    choose_nhap,
    confirm_nhap,
    discard_nhap,
    preview_nhap,
)
from doanvien.nhap.storage import values_of
from doanvien.tuoi import read_tuoi_ket_nap
from tests.doanvien.nhap_lists import make_workbook, member
from tests.factories import make_chi_doan, make_doan_vien
from tochuc.models import NhatKy, QuyDinh

DA_NHAP = DotNhap.TrangThai.DA_NHAP


@pytest.fixture
def preview(phuong, chi_doan, bi_thu_phuong):
    """Look at a list of these members in the ward with the branch Khu vực 1."""

    def look(*members):
        content = make_workbook(*members)
        return preview_nhap(content=content, ten_tep="ds.xlsx", don_vi=phuong, by=bi_thu_phuong)

    return look


def confirm(dot_nhap, count, by, updates=0):
    return confirm_nhap(dot_nhap=dot_nhap, expected_count=count, expected_updates=updates, by=by)


def actions(dot_nhap):
    return list(dot_nhap.dong.values_list("row", "hanh_dong"))


def test_preview_keeps_each_row_and_writes_no_member(preview, bi_thu_phuong):
    dot_nhap = preview(member(), member(ho_ten=None), member())

    assert actions(dot_nhap) == [(7, "create"), (8, "reject"), (9, "duplicate")]
    assert (dot_nhap.so_dong, dot_nhap.trang_tinh, dot_nhap.tao_boi) == (3, "DSDV", bi_thu_phuong)
    assert not DoanVien.objects.exists()


def test_preview_keeps_no_citizen_id_in_clear(preview):
    dot_nhap = preview(member(), member(ho_ten=None), member(cccd="0932040001"))

    stored = str(list(dot_nhap.dong.values()))
    assert "093204000001" not in stored
    assert "0932040001" not in stored
    assert values_of(dot_nhap.dong.first())["cccd"] == "093204000001"


def test_second_look_at_the_same_file_replaces_the_first(preview):
    first, second = preview(member()), preview(member())

    assert DotNhap.objects.get() == first == second
    assert DongNhap.objects.count() == 1


def test_list_looked_at_in_two_windows_is_entered_from_either(preview, bi_thu_phuong):
    first, _ = preview(member()), preview(member())

    confirm(first, 1, bi_thu_phuong)

    assert DoanVien.objects.count() == 1


def test_list_is_not_entered_into_a_branch(chi_doan, bi_thu):
    with pytest.raises(RuleError, match="không phải"):
        preview_nhap(content=make_workbook(member()), ten_tep="a", don_vi=chi_doan, by=bi_thu)


def test_list_without_a_numbered_row_is_refused(preview):
    with pytest.raises(RuleError, match="không có dòng nào ghi số thứ tự"):
        preview(member(stt=None))


def test_confirm_enters_members_with_their_period_and_columns(preview, chi_doan, bi_thu_phuong):
    dot_nhap = preview(member(ho_ten="NGUYỄN VĂN ÂN", chuc_vu="Bí thư chi đoàn", email="a@b.vn"))

    confirm(dot_nhap, 1, bi_thu_phuong)

    nguoi = DoanVien.objects.get()
    assert (nguoi.ho_ten, nguoi.chi_doan, nguoi.chuc_vu) == (
        "Nguyễn Văn Ân",
        chi_doan,
        "Bí thư chi đoàn",
    )
    assert (nguoi.ngay_sinh, nguoi.gioi_tinh, nguoi.cccd) == (
        date(2004, 3, 9),
        "nam",
        "093204000001",
    )
    assert (nguoi.khoa_tim, nguoi.email, nguoi.dien_thoai) == (
        "nguyen van an",
        "a@b.vn",
        "0912345678",
    )
    assert list(nguoi.qua_trinh.values_list("chi_doan", "tu_ngay", "ly_do_bat_dau")) == [
        (chi_doan.pk, today(), QuaTrinh.LyDoBatDau.VAO_SO)
    ]


def test_nothing_is_expected_of_a_branch_before_its_members_came_in(
    preview, chi_doan, bi_thu_phuong
):
    confirm(preview(member()), 1, bi_thu_phuong)

    chi_doan.refresh_from_db()
    assert chi_doan.so_lieu_tu == today()
    branch = ChiDoan.objects.with_nhip().get(pk=chi_doan.pk)
    assert so_phai_hop(branch, KyBaoCao(today().year), today()) == 0


def test_confirm_ties_rows_to_members_and_forgets_their_values(preview, bi_thu_phuong):
    dot_nhap = confirm(preview(member(), member(ho_ten=None)), 1, bi_thu_phuong)

    created, rejected = dot_nhap.dong.all()
    assert (created.doan_vien, created.gia_tri_ma_hoa) == (DoanVien.objects.get(), "")
    assert (rejected.doan_vien, values_of(rejected)["cccd"]) == (None, "093204000001")
    assert (dot_nhap.trang_thai, dot_nhap.nhap_boi) == (DA_NHAP, bi_thu_phuong)


def test_confirm_is_in_the_audit_with_its_counts(preview, bi_thu_phuong):
    dot_nhap = confirm(preview(member()), 1, bi_thu_phuong)

    line = NhatKy.objects.get(hanh_dong="dot_nhap.confirm")
    assert (line.nguoi, line.doi_tuong_id, line.noi_dung["them_moi"]) == (
        bi_thu_phuong,
        dot_nhap.pk,
        1,
    )


def test_confirm_refuses_another_count(preview, bi_thu_phuong):
    dot_nhap = preview(member())

    with pytest.raises(RuleError, match="nay là 1, không phải 2"):
        confirm(dot_nhap, 2, bi_thu_phuong)

    assert not DoanVien.objects.exists()


def test_preview_of_a_file_that_is_already_in_leads_to_that_import(preview, bi_thu_phuong):
    dot_nhap = confirm(preview(member()), 1, bi_thu_phuong)

    with pytest.raises(AlreadyImported, match="Tệp này đã được nhập lúc") as known:
        preview(member())

    assert known.value.dot_nhap == dot_nhap


def test_confirm_refuses_a_file_that_came_in_meanwhile(preview, bi_thu_phuong):
    dot_nhap = preview(member())
    DotNhap.objects.create(
        don_vi=dot_nhap.don_vi,
        sha256=dot_nhap.sha256,
        trang_thai=DA_NHAP,
        nhap_luc=timezone.now(),
    )

    with pytest.raises(AlreadyImported):
        confirm(dot_nhap, 1, bi_thu_phuong)

    assert not DoanVien.objects.exists()


def test_confirm_refuses_when_nothing_is_left_to_enter(preview, bi_thu_phuong):
    with pytest.raises(RuleError, match="không có dòng nào để nhập"):
        confirm(preview(member(ho_ten=None)), 0, bi_thu_phuong)


def test_confirm_refuses_when_somebody_was_entered_meanwhile(preview, chi_doan, bi_thu_phuong):
    dot_nhap = preview(member(), member(cccd="093204000002"))
    make_doan_vien(chi_doan=chi_doan, cccd="093204000002")

    with pytest.raises(RuleError, match="thêm 1 đồng chí này"):
        confirm(dot_nhap, 2, bi_thu_phuong)

    assert DoanVien.objects.count() == 1


def test_confirm_refuses_when_a_branch_was_renamed_meanwhile(preview, chi_doan, bi_thu_phuong):
    dot_nhap = preview(member())
    chi_doan.set_ten("Khu vực mới")
    chi_doan.save()

    with pytest.raises(RuleError, match="Chi đoàn Khu vực 1 vừa đổi tên"):
        confirm(dot_nhap, 1, bi_thu_phuong)


def test_duplicate_of_an_own_member_says_where_and_what_differs(preview, chi_doan):
    nguoi = make_doan_vien(chi_doan=chi_doan, cccd="093204000001", ho_ten="Nguyễn Văn An")

    [dong] = preview(member()).dong.all()

    assert (dong.hanh_dong, dong.trung_voi) == ("duplicate", nguoi)
    assert dong.loi[0]["message"] == (
        "Đã có trong sổ: Nguyễn Văn An, Chi đoàn Khu vực 1. "
        "Khác: ngày sinh, giới tính, ngày vào Đoàn, điện thoại liên hệ."
    )


def test_duplicate_of_another_wards_member_tells_nothing_of_him(preview, phuong_khac):
    noi_khac = make_chi_doan(phuong=phuong_khac, ten="Bí Mật")
    make_doan_vien(chi_doan=noi_khac, cccd="093204000001", ho_ten="Lê Thị Kín")

    [dong] = preview(member()).dong.all()

    assert (dong.hanh_dong, dong.trung_voi) == ("duplicate", None)
    assert dong.loi[0]["message"] == (
        "Số CCCD này đang có trong sổ của đơn vị khác. Làm thủ tục chuyển sinh hoạt Đoàn."
    )


def test_update_is_refused_for_another_wards_member(preview, phuong_khac, bi_thu_phuong):
    make_doan_vien(chi_doan=make_chi_doan(phuong=phuong_khac), cccd="093204000001")
    [dong] = preview(member()).dong.all()

    with pytest.raises(RuleError, match="không có bản ghi nào của đơn vị"):
        choose_nhap(dong=dong, cap_nhat=True, by=bi_thu_phuong)


def test_chosen_update_fills_the_record_but_moves_nobody(
    preview, chi_doan, chi_doan_khac, bi_thu_phuong
):
    nguoi = make_doan_vien(chi_doan=chi_doan_khac, cccd="093204000001", email="cu@example.vn")
    dot_nhap = preview(member(email=None))
    choose_nhap(dong=dot_nhap.dong.get(), cap_nhat=True, by=bi_thu_phuong)

    confirm(dot_nhap, 0, bi_thu_phuong, updates=1)

    nguoi.refresh_from_db()
    assert (nguoi.ho_ten, nguoi.dien_thoai) == ("Nguyễn Văn An", "0912345678")
    assert (nguoi.email, nguoi.chi_doan) == ("cu@example.vn", chi_doan_khac)


def test_skipped_duplicate_changes_nothing(preview, chi_doan, bi_thu_phuong):
    nguoi = make_doan_vien(chi_doan=chi_doan, cccd="093204000001", ho_ten="Tên Cũ")
    dot_nhap = preview(member(), member(cccd="093204000002"))

    confirm(dot_nhap, 1, bi_thu_phuong)

    nguoi.refresh_from_db()
    assert nguoi.ho_ten == "Tên Cũ"


def test_two_later_rows_may_update_the_same_new_member(preview, bi_thu_phuong):
    dot_nhap = preview(member(), member(email="a@b.vn"), member(dien_thoai="0987654321"))
    for dong in dot_nhap.dong.filter(hanh_dong="duplicate"):
        choose_nhap(dong=dong, cap_nhat=True, by=bi_thu_phuong)

    confirm(dot_nhap, 1, bi_thu_phuong, updates=2)

    nguoi = DoanVien.objects.get()
    assert (nguoi.email, nguoi.dien_thoai) == ("a@b.vn", "0987654321")


def test_update_that_contradicts_the_record_refuses_the_whole_import(
    preview, chi_doan, bi_thu_phuong
):
    make_doan_vien(
        chi_doan=chi_doan,
        cccd="093204000001",
        ngay_sinh=date(1980, 1, 1),
        ngay_vao_doan=date(1999, 1, 1),
    )
    dot_nhap = preview(member(ngay_vao_doan=date(2012, 1, 1)), member(cccd="093204000002"))
    choose_nhap(dong=dot_nhap.dong.first(), cap_nhat=True, by=bi_thu_phuong)

    with pytest.raises(RuleError, match="Dòng 7: ngày sinh không trước ngày vào Đoàn"):
        confirm(dot_nhap, 1, bi_thu_phuong, updates=1)

    assert DoanVien.objects.count() == 1


def test_update_to_a_birth_date_too_late_for_the_admission_names_its_row(
    preview, chi_doan, bi_thu_phuong
):
    make_doan_vien(
        chi_doan=chi_doan,
        cccd="093204000001",
        ngay_sinh=date(1999, 1, 1),
        ngay_vao_doan=date(2015, 1, 1),
    )
    dot_nhap = preview(member(ngay_vao_doan=date(2016, 1, 1)), member(cccd="093204000002"))
    choose_nhap(dong=dot_nhap.dong.first(), cap_nhat=True, by=bi_thu_phuong)

    with pytest.raises(RuleError, match=r"^Dòng 7: Ngày vào Đoàn .+ Chọn bỏ qua dòng này"):
        confirm(dot_nhap, 1, bi_thu_phuong, updates=1)

    assert DoanVien.objects.count() == 1


def test_list_of_too_many_members_is_refused(preview, monkeypatch):
    monkeypatch.setattr("doanvien.nhap.danh_sach.MAX_MEMBERS", 1)
    assert preview(member()).so_dong == 1

    with pytest.raises(RuleError, match=r"quá 5\.000 dòng"):
        preview(member(), member(cccd="093204000002"))


def test_namesake_on_file_is_said_with_his_branch(preview, chi_doan):
    make_doan_vien(chi_doan=chi_doan, ho_ten="Nguyễn Văn An", ngay_sinh=date(2004, 3, 9))

    [dong] = preview(member()).dong.all()

    assert [warning["message"] for warning in dong.canh_bao] == [
        "Cùng tên, ngày sinh với đồng chí ở Chi đoàn Khu vực 1."
    ]


def test_discard_leaves_nothing_of_the_list(preview, bi_thu_phuong):
    discard_nhap(dot_nhap=preview(member()), by=bi_thu_phuong)

    assert not DotNhap.objects.exists()
    assert not DongNhap.objects.exists()


def test_discard_refuses_an_entered_list(preview, bi_thu_phuong):
    dot_nhap = confirm(preview(member()), 1, bi_thu_phuong)

    with pytest.raises(RuleError, match="đã được nhập"):
        discard_nhap(dot_nhap=dot_nhap, by=bi_thu_phuong)


def test_discarded_list_cannot_be_entered(preview, bi_thu_phuong):
    dot_nhap = preview(member())
    discard_nhap(dot_nhap=DotNhap.objects.get(), by=bi_thu_phuong)

    with pytest.raises(RuleError, match="đã bị bỏ"):
        confirm(dot_nhap, 1, bi_thu_phuong)


def test_admission_age_of_the_ward_applies_from_its_day(preview, phuong):
    QuyDinh.objects.create(
        ma="tuoi_ket_nap_toi_thieu", don_vi=phuong, tu_ngay=date(2020, 1, 1), gia_tri="17"
    )

    dot_nhap = preview(
        member(ngay_vao_doan=date(2019, 12, 31)),
        member(ngay_vao_doan=date(2020, 3, 26), cccd="093204000002"),
    )

    assert actions(dot_nhap) == [(7, "create"), (8, "reject")]


@pytest.mark.parametrize("text", ["mười sáu", "15+một", ""])
def test_admission_age_that_cannot_be_read_is_said(text):
    with pytest.raises(RuleError, match="Sửa theo dạng 15\\+1"):
        read_tuoi_ket_nap(text)


def test_ended_branch_takes_nobody(preview, chi_doan):
    chi_doan.ket_thuc = date(2024, 1, 1)
    chi_doan.save()

    dot_nhap = preview(member())

    assert list(dot_nhap.dong.values_list("hanh_dong", "field")) == [("reject", "chi_doan")]
