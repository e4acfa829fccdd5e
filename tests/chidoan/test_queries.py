from datetime import date

import pytest
from django.urls import reverse

from chidoan.can_giup import CanGiup, LyDo
from chidoan.lich_hop import NhipHop
from chidoan.models import ChiDoan, DiemDanh, PhuTrach
from chidoan.queries import (
    BiThu,
    DiemDanhThang,
    bi_thu_theo_chi_doan,
    chi_doan_can_giup,
    chi_doan_hoat_dong,
    danh_sach,
    diem_danh_theo_thang,
    lan_truoc,
    nghi_quyet_theo_chi_doan,
    nhip_hop_theo_chi_doan,
    phu_trach_theo_chi_doan,
    so_buoi_phai_hop,
    tinh_hinh_chi_doan,
)
from core.periods import KyBaoCao
from doanvien.models import QuaTrinh, SoThuDoanPhi
from tests.factories import (
    make_buoi,
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_nghi_quyet,
    make_phieu_thu,
)
from tochuc.models import QuyDinh

NAM = KyBaoCao(2026)
NGAY = date(2026, 11, 18)
CO_MAT, MUON, LY_DO, VANG = DiemDanh.TrangThai.values


def people(chi_doan, count):
    return [make_doan_vien(chi_doan=chi_doan) for _ in range(count)]


def meeting(chi_doan, ngay, members, states, **fields):
    roll = dict(zip(members, states, strict=True))
    return make_buoi(chi_doan=chi_doan, ngay=ngay, diem_danh=roll, **fields)


def test_attendance_by_month_adds_up_finished_meetings_of_the_branch(phuong, chi_doan):
    members = people(chi_doan, 4)
    meeting(chi_doan, date(2026, 9, 1), members, [CO_MAT, MUON, LY_DO, VANG])
    meeting(chi_doan, date(2026, 9, 30), members, [CO_MAT, CO_MAT, CO_MAT, VANG])
    meeting(chi_doan, date(2026, 10, 1), members, [LY_DO, LY_DO, VANG, VANG])
    meeting(chi_doan, date(2026, 11, 2), members, [CO_MAT] * 4, trang_thai="nhap")
    meeting(chi_doan, date(2026, 11, 3), members, [CO_MAT] * 4, loai="bch")
    meeting(chi_doan, date(2025, 12, 31), members, [CO_MAT] * 4)
    meeting(make_chi_doan(), date(2026, 9, 1), people(make_chi_doan(), 1), [CO_MAT])

    rows = diem_danh_theo_thang(phuong, NAM)

    assert rows == [
        DiemDanhThang(chi_doan.pk, date(2026, 9, 1), 2, 5, 1, 2),
        DiemDanhThang(chi_doan.pk, date(2026, 10, 1), 1, 0, 2, 2),
    ]
    assert [row.danh_sach for row in rows] == [8, 4]
    assert rows[0].khong_tinh_ly_do == 7


@pytest.mark.parametrize("count", [1, 5])
def test_attendance_takes_one_query(phuong, count, django_assert_num_queries):
    for _ in range(count):
        chi_doan = make_chi_doan(phuong=phuong)
        meeting(chi_doan, date(2026, 9, 1), people(chi_doan, 2), [CO_MAT, VANG])

    with django_assert_num_queries(1):
        rows = diem_danh_theo_thang(phuong, NAM)

    assert len(rows) == count


def test_expected_meetings_stop_where_the_records_stop(chi_doan):
    branch = ChiDoan.objects.with_nhip().get(pk=chi_doan.pk)
    branch.so_lieu_den = date(2026, 6, 30)

    assert so_buoi_phai_hop(branch, NAM, NGAY) == 6


def test_held_of_expected_for_each_branch(phuong, chi_doan, chi_doan_khac):
    meeting(chi_doan, date(2026, 9, 1), people(chi_doan, 1), [CO_MAT])

    found = nhip_hop_theo_chi_doan(
        ChiDoan.objects.under(phuong).with_nhip(), diem_danh_theo_thang(phuong, NAM), NAM, NGAY
    )

    assert found == {chi_doan.pk: NhipHop(1, 10), chi_doan_khac.pk: NhipHop(0, 10)}


def test_roster_is_that_of_the_day_by_given_name(chi_doan, chi_doan_khac):
    binh = make_doan_vien(chi_doan=chi_doan, ho_ten="Lê Văn Bình")
    an = make_doan_vien(chi_doan=chi_doan, ho_ten="Trần Thị An")
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 2))
    make_doan_vien(chi_doan=chi_doan, den_ngay=date(2026, 8, 31))
    last_day = make_doan_vien(chi_doan=chi_doan, ho_ten="Võ Yên", den_ngay=date(2026, 9, 1))
    make_doan_vien(chi_doan=chi_doan_khac)

    assert list(danh_sach(chi_doan.pk, date(2026, 9, 1))) == [an, binh, last_day]


def test_secretary_comes_from_the_terms_else_from_the_register(phuong, chi_doan, chi_doan_khac):
    trong = make_chi_doan(phuong=phuong)
    make_chi_doan(phuong=phuong)
    make_chuc_vu(
        don_vi=chi_doan, chuc_danh="bi_thu", ho_ten="Người Cũ", den_ngay=date(2025, 12, 31)
    )
    make_chuc_vu(
        don_vi=chi_doan, chuc_danh="bi_thu", ho_ten="Lê Minh Duy", tu_ngay=date(2026, 1, 1)
    )
    make_doan_vien(chi_doan=chi_doan, chuc_vu="Bí thư", ho_ten="Theo Danh Sách")
    make_doan_vien(chi_doan=chi_doan_khac, chuc_vu="Bí thư chi đoàn", ho_ten="Trần Thị Theo Sổ")
    make_doan_vien(chi_doan=trong, chuc_vu="Bí thư")
    make_chuc_vu(don_vi=trong, chuc_danh="bi_thu", den_ngay=date(2026, 9, 2))

    assert bi_thu_theo_chi_doan(phuong, NGAY) == {
        chi_doan.pk: BiThu("Lê Minh Duy"),
        chi_doan_khac.pk: BiThu("Trần Thị Theo Sổ"),
        trong.pk: BiThu(khuyet_tu=date(2026, 9, 2)),
    }
    assert bi_thu_theo_chi_doan(phuong, date(2025, 6, 1))[chi_doan.pk] == BiThu("Người Cũ")


def test_resolutions_are_counted_open_and_overdue(phuong, chi_doan):
    buoi = make_buoi(chi_doan=chi_doan)
    make_nghi_quyet(buoi=buoi, han=date(2026, 11, 17))
    make_nghi_quyet(buoi=buoi, han=NGAY)
    make_nghi_quyet(
        buoi=buoi, trang_thai="xong", ket_qua="Đã làm", ket_thuc_ngay=NGAY, han=date(2026, 1, 1)
    )

    assert nghi_quyet_theo_chi_doan(phuong, NGAY) == {chi_doan.pk: (2, 1)}


def test_coach_of_the_day(phuong, chi_doan):
    old, new = (make_chuc_vu(don_vi=phuong, ho_ten=name) for name in ("Cũ", "Mới"))
    PhuTrach.objects.create(
        chi_doan=chi_doan, chuc_vu=old, tu_ngay=date(2025, 1, 1), den_ngay=date(2026, 1, 31)
    )
    PhuTrach.objects.create(chi_doan=chi_doan, chuc_vu=new, tu_ngay=date(2026, 2, 1))

    assert phu_trach_theo_chi_doan(phuong, NGAY)[chi_doan.pk].chuc_vu == new
    assert phu_trach_theo_chi_doan(phuong, date(2026, 1, 31))[chi_doan.pk].chuc_vu == old


def test_last_reason_of_each_person_and_the_last_roll(
    chi_doan, chi_doan_khac, django_assert_num_queries
):
    an, binh = people(chi_doan, 2)
    for ngay, reason in ((date(2026, 8, 1), "om"), (date(2026, 9, 1), "di_hoc")):
        buoi = make_buoi(chi_doan=chi_doan, ngay=ngay)
        DiemDanh.objects.create(buoi=buoi, doan_vien=an, trang_thai=LY_DO, ly_do=reason)
        DiemDanh.objects.create(buoi=buoi, doan_vien=binh, trang_thai=VANG)

    meeting(chi_doan_khac, date(2026, 9, 20), people(chi_doan_khac, 1), [CO_MAT])

    with django_assert_num_queries(1):
        now = lan_truoc(chi_doan.pk, [an.pk, binh.pk], date(2026, 10, 1))
    early = lan_truoc(chi_doan.pk, [an.pk], date(2026, 8, 15))

    assert (now.ly_do, now.ngay) == ({an.pk: "di_hoc"}, date(2026, 9, 1))
    assert (now.trang_thai, now.so_du_hop) == ({an.pk: LY_DO, binh.pk: VANG}, 0)
    assert (early.ly_do, early.ngay) == ({an.pk: "om"}, date(2026, 8, 1))
    assert lan_truoc(chi_doan.pk, [an.pk], date(2026, 7, 1)).trang_thai == {}


def healthy(chi_doan):
    """Five members, one admitted this year, a secretary, and a full meeting each month of the last
    year."""
    members = [*people(chi_doan, 4), admitted(chi_doan)]
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu")
    month = KyBaoCao.month_of(NGAY)
    for _ in range(14):
        meeting(chi_doan, month.start, members, [CO_MAT] * 5)
        month = month.previous
    return members


def admitted(chi_doan):
    return make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 3, 26), ly_do_bat_dau="ket_nap")


def test_branch_without_trouble_is_in_the_list_but_needs_no_help(phuong, chi_doan):
    healthy(chi_doan)

    (row,) = tinh_hinh_chi_doan(phuong, NGAY)

    assert (row.chi_doan.pk, row.diem, row.muc, row.ly_do) == (chi_doan.pk, 0, "ok", "")
    assert chi_doan_can_giup(phuong, NGAY) == []


def test_each_reason_says_what_is_wrong(phuong, chi_doan, chi_doan_khac):
    healthy(chi_doan)
    members = people(chi_doan_khac, 2)
    make_chuc_vu(don_vi=chi_doan_khac, chuc_danh="bi_thu", den_ngay=date(2026, 9, 2))
    buoi = meeting(chi_doan_khac, date(2026, 9, 10), members, [VANG, VANG])
    meeting(chi_doan_khac, date(2026, 8, 10), members, [CO_MAT, CO_MAT])
    for _ in range(2):
        make_nghi_quyet(buoi=buoi, phu_trach=members[0], han=date(2026, 10, 1))

    (row,) = chi_doan_can_giup(phuong, NGAY)

    assert row.chi_doan.pk == chi_doan_khac.pk
    assert [reason.cau for reason in row.cac_ly_do] == [
        "khuyết bí thư từ 02/09/2026",
        "dự họp 3\u00a0tháng qua 0/2 (0%)",
        "còn 2 đoàn viên (dưới 3): cần phương án sắp xếp",
        "2 nghị quyết quá hạn",
        "năm nay chưa kết nạp ai",
        "1 tháng chưa sinh hoạt",
    ]
    assert row.muc == "bad"
    assert row.ly_do.startswith("Khuyết bí thư từ 02/09/2026; dự họp")


@pytest.mark.parametrize(
    ("so_tu", "cau"),
    [
        (date(2025, 3, 1), "12 tháng liền không sinh hoạt; năm nay chưa kết nạp ai"),
        (date(2026, 8, 15), "3 tháng liền không sinh hoạt; năm nay chưa kết nạp ai"),
    ],
)
def test_months_without_a_meeting_come_first(phuong, chi_doan, chi_doan_khac, so_tu, cau):
    """Counted from where the ward's book of meetings begins, whoever met first."""
    people(chi_doan, 5)
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu")
    members = people(chi_doan_khac, 5)
    meeting(chi_doan_khac, so_tu, members, [CO_MAT] * 5)
    meeting(chi_doan_khac, date(2026, 11, 1), members, [CO_MAT] * 5)

    found = chi_doan_can_giup(phuong, NGAY)

    assert [(row.chi_doan.pk, row.ly_do) for row in found] == [
        (chi_doan.pk, cau),
        (chi_doan_khac.pk, "Khuyết bí thư; năm nay chưa kết nạp ai"),
    ]


def test_a_ward_that_has_yet_to_begin_its_book_has_missed_nothing(phuong, chi_doan):
    people(chi_doan, 5)
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu")

    (row,) = tinh_hinh_chi_doan(phuong, NGAY)

    assert (row.diem, row.ly_do) == (
        0,
        "Chưa ghi buổi sinh hoạt nào vào sổ; năm nay chưa kết nạp ai",
    )


def reasons(phuong):
    (row,) = tinh_hinh_chi_doan(phuong, NGAY)
    return row.diem, [(one.diem, one.cau) for one in row.cac_ly_do]


def test_a_year_without_admissions_alone_is_a_remark(phuong, chi_doan):
    members = healthy(chi_doan)
    QuaTrinh.objects.filter(doan_vien=members[-1]).update(ly_do_bat_dau="chuyen_den")

    assert reasons(phuong) == (0, [(0, "năm nay chưa kết nạp ai")])
    QuyDinh.objects.create(ma="can_giup_tu_diem", tu_ngay=date(2026, 1, 1), gia_tri=5, can_cu="Thử")
    assert reasons(phuong) == (5, [(5, "năm nay chưa kết nạp ai")])
    QuyDinh.objects.create(ma="can_giup_ket_nap", tu_ngay=NGAY, gia_tri=12, can_cu="Thử")
    assert reasons(phuong) == (0, [])


@pytest.mark.parametrize(("absent", "found"), [(0, []), (1, [(12, "dự họp giảm")])])
def test_attendance_that_falls_is_a_reason(phuong, chi_doan, absent, found):
    members = healthy(chi_doan)
    DiemDanh.objects.filter(
        doan_vien__in=members[:absent], buoi__ngay__gte=date(2026, 9, 1)
    ).update(trang_thai=VANG)

    assert [(diem, cau[:11]) for diem, cau in reasons(phuong)[1]] == found


@pytest.mark.parametrize(
    ("opened", "paid", "found"),
    [
        ((2026, 8), (2026, 8), []),
        ((2026, 7), (2026, 7), [(10, "3 tháng chưa thu đoàn phí")]),
        ((2026, 3), None, [(10, "8 tháng chưa thu đoàn phí")]),
        (None, None, []),
    ],
)
def test_dues_that_stop_are_a_reason(phuong, chi_doan, opened, paid, found):
    members = healthy(chi_doan)
    if opened:
        SoThuDoanPhi.objects.create(don_vi=chi_doan, tu_thang=date(*opened, 1))
    if paid:
        make_phieu_thu(members[0], date(*paid, 1), ngay=date(2026, 8, 20))

    assert reasons(phuong)[1] == found


def test_reasons_open_their_rows(phuong, chi_doan):
    row = CanGiup(chi_doan, (LyDo(10, "warn", "a", "#doan-phi"), LyDo(5, "warn", "b", "#x")))

    assert row.url == reverse("doanvien:doan_phi_don_vi", args=[chi_doan.pk])
    assert row.url_cua(row.cac_ly_do[1]) == f"{chi_doan.get_absolute_url()}#x"


@pytest.mark.parametrize("count", [1, 25])
def test_help_takes_the_same_queries_for_any_number_of_branches(
    phuong, count, django_assert_num_queries
):
    for _ in range(count):
        branch = make_chi_doan(phuong=phuong)
        make_doan_vien(chi_doan=branch)

    with django_assert_num_queries(6):
        found = chi_doan_can_giup(phuong, NGAY)

    assert len(found) == count


def test_branches_of_the_day_with_their_members(phuong, chi_doan):
    make_chi_doan(phuong=phuong, ket_thuc=date(2026, 11, 17))
    make_chi_doan(phuong=phuong, thanh_lap=date(2026, 11, 19))
    people(chi_doan, 2)
    make_doan_vien(chi_doan=chi_doan, den_ngay=date(2026, 1, 1))

    (row,) = chi_doan_hoat_dong(phuong, NGAY)

    assert (row.pk, row.so_doan_vien) == (chi_doan.pk, 2)
