"""The class about the Party and the list of sympathisers: what is kept, what runs out."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import RuleError, StaleError
from tests.factories import make_doan_vien, make_ho_so, make_nhan_thuc, make_thanh_vien
from tochuc.models import QuyDinh
from tudưong.dieu_kien import dieu_kien_cua
from tudưong.models import BoiDuongNhanThuc, GiayTo, ThanhVienTo, ThoiCamTinh
from tudưong.services import (
    open_ho_so,
    record_cam_tinh,
    record_chung_nhan,
    remove_cam_tinh,
    send_to_class,
    update_lop,
)

NGAY = date(2026, 11, 2)


def send_people(people, by, **fields):
    fields = {"noi_hoc": "Trung tâm chính trị", "tu_ngay": NGAY, **fields}
    return send_to_class(doan_vien=people, by=by, **fields)


def certified(row, by, ngay_cap=date(2026, 11, 10), **fields):
    fields = {"trang_thai": "duoc_cap", "so_chung_nhan": "214/GCN", "ngay_cap": ngay_cap, **fields}
    return update_lop(row=row, version=row.version, by=by, **fields)


# ---- the class -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tu_ngay", "trang_thai"), [(NGAY, "dang_hoc"), (date(2026, 12, 7), "cu_di")]
)
def test_several_are_sent_to_one_class(chi_doan_15, can_bo_phuong, tu_ngay, trang_thai):
    rows = send_people(chi_doan_15[:3], can_bo_phuong, tu_ngay=tu_ngay, lop="Khóa II/2026")

    assert [row.doan_vien for row in rows] == chi_doan_15[:3]
    assert {row.trang_thai for row in rows} == {trang_thai}


def test_who_is_in_a_class_or_in_the_party_is_not_sent(chi_doan_15, can_bo_phuong):
    make_nhan_thuc(doan_vien=chi_doan_15[1])
    party = chi_doan_15[2]
    party.ngay_vao_dang = date(2026, 1, 1)
    party.save()

    for one in chi_doan_15[1:3]:
        with pytest.raises(RuleError):
            send_people([chi_doan_15[0], one], can_bo_phuong)
    with pytest.raises(RuleError):
        send_people([], can_bo_phuong)
    assert BoiDuongNhanThuc.objects.count() == 1


def test_branch_sends_nobody(doan_vien, bi_thu):
    with pytest.raises(PermissionDenied):
        send_people([doan_vien], bi_thu)


def test_certificate_counts_for_the_months_of_its_day(doan_vien, can_bo_phuong):
    row = certified(make_nhan_thuc(doan_vien=doan_vien), can_bo_phuong)
    assert row.hieu_luc_den == date(2031, 11, 10)
    QuyDinh.objects.create(
        ma="hieu_luc_chung_nhan", tu_ngay=date(2026, 11, 11), gia_tri=12, can_cu="Thử"
    )

    other = make_nhan_thuc(doan_vien=make_doan_vien(chi_doan=doan_vien.chi_doan))

    later = certified(other, can_bo_phuong, date(2026, 11, 12))
    assert later.hieu_luc_den == date(2027, 11, 12)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"so_chung_nhan": ""}, "so_chung_nhan"),
        ({"ngay_cap": None}, "ngay_cap"),
        ({"ngay_cap": date(2026, 11, 22)}, "ngay_cap"),
        ({"ngay_cap": date(2020, 1, 1)}, "ngay_cap"),
        ({"den_ngay": date(2020, 1, 1)}, "den_ngay"),
    ],
)
def test_certificate_needs_its_number_and_day(doan_vien, can_bo_phuong, changes, field):
    row = make_nhan_thuc(doan_vien=doan_vien)
    with pytest.raises(RuleError) as refusal:
        certified(row, can_bo_phuong, **changes)

    assert refusal.value.field == field


def test_failing_leaves_no_certificate_and_the_later_saver_is_told(doan_vien, can_bo_phuong):
    row = certified(make_nhan_thuc(doan_vien=doan_vien), can_bo_phuong)

    failed = update_lop(row=row, version=2, trang_thai="khong_dat", by=can_bo_phuong)

    assert (failed.so_chung_nhan, failed.ngay_cap, failed.hieu_luc_den) == ("", None, None)
    with pytest.raises(StaleError):
        update_lop(row=row, version=2, trang_thai="dang_hoc", by=can_bo_phuong)


def test_what_runs_out_is_the_last_certificate_of_who_still_needs_it(chi_doan):
    day = date(2027, 1, 1)

    def person(*cap, **fields):
        nguoi = make_doan_vien(chi_doan=chi_doan, **fields)
        return [make_nhan_thuc(doan_vien=nguoi, ngay_cap=one) for one in cap][-1]

    soon = person(date(2021, 12, 1))
    person(date(2022, 1, 2))  # counts longer
    person(date(2021, 12, 1), date(2026, 1, 1))  # has a newer one
    person(date(2021, 12, 1), ngay_vao_dang=date(2024, 1, 1))
    person(date(2021, 12, 1), trang_thai="da_chuyen_di")
    make_nhan_thuc(doan_vien=person(date(2021, 12, 1)).doan_vien)  # learns again

    assert list(BoiDuongNhanThuc.objects.het_han(day)) == [soon]


def test_who_waits_for_a_class(to, hom_nay):
    waiting, learning, certified_one, run_out = (make_thanh_vien(to=to) for _ in range(4))
    make_nhan_thuc(doan_vien=learning.doan_vien)
    make_nhan_thuc(doan_vien=certified_one.doan_vien, ngay_cap=date(2024, 1, 1))
    make_nhan_thuc(doan_vien=run_out.doan_vien, ngay_cap=date(2021, 1, 1))

    assert set(ThanhVienTo.objects.cho_lop(hom_nay)) == {waiting, run_out}


# ---- the case and the conditions -------------------------------------------------------------


def line_of(ho_so):
    return ho_so.giay_to.get(loai=GiayTo.Loai.CHUNG_NHAN)


def test_case_opened_later_has_the_certificate(doan_vien, chi_doan_15, can_bo_phuong):
    make_nhan_thuc(doan_vien=doan_vien, ngay_cap=date(2024, 5, 6))

    line = line_of(open_ho_so(doan_vien=doan_vien, by=can_bo_phuong))

    assert (line.so, line.ngay, line.tinh_trang) == ("214/GCN", date(2024, 5, 6), "ban_sao")
    assert line.hieu_luc_den == date(2029, 5, 6)


def test_certificate_recorded_later_goes_into_the_open_case(doan_vien, can_bo_phuong):
    ho_so = make_ho_so(doan_vien=doan_vien)
    record_chung_nhan(
        doan_vien=doan_vien,
        so_chung_nhan="9/GCN",
        ngay_cap=date(2025, 1, 2),
        noi_hoc="Trung tâm chính trị",
        by=can_bo_phuong,
    )

    assert (line_of(ho_so).so, line_of(ho_so).hieu_luc_den) == ("9/GCN", date(2030, 1, 2))


def test_newer_paper_of_the_case_stays(doan_vien, can_bo_phuong):
    ho_so = make_ho_so(doan_vien=doan_vien)
    ho_so.giay_to.filter(loai="chung_nhan").update(
        tinh_trang="ban_chinh", so="77/GCN", ngay=date(2026, 2, 1)
    )
    make_nhan_thuc(doan_vien=doan_vien)

    certified(BoiDuongNhanThuc.objects.get(), can_bo_phuong, date(2025, 5, 5))

    assert line_of(ho_so).so == "77/GCN"


def test_case_follows_a_certificate_that_is_corrected_or_taken_back(doan_vien, can_bo_phuong):
    ho_so = make_ho_so(doan_vien=doan_vien)
    row = certified(make_nhan_thuc(doan_vien=doan_vien), can_bo_phuong, date(2026, 11, 10))
    ho_so.giay_to.filter(loai="chung_nhan").update(tinh_trang="ban_chinh")

    row = certified(row, can_bo_phuong, date(2026, 10, 1))
    line = line_of(ho_so)
    corrected = (line.tinh_trang, line.ngay, line.hieu_luc_den)
    update_lop(row=row, version=row.version, trang_thai="khong_dat", by=can_bo_phuong)
    line = line_of(ho_so)

    assert corrected == ("ban_chinh", date(2026, 10, 1), date(2031, 10, 1))
    assert (line.tinh_trang, line.so, line.ngay, line.hieu_luc_den) == ("chua_co", "", None, None)


@pytest.mark.parametrize(
    ("ngay_cap", "dat", "note"),
    [
        (date(2024, 5, 6), True, "còn hạn đến 06/05/2029"),
        (date(2021, 11, 20), False, "hết hạn 20/11/2026"),
    ],
)
def test_condition_reads_the_certificate_without_a_case(
    doan_vien, phuong, hom_nay, ngay_cap, dat, note
):
    make_nhan_thuc(doan_vien=doan_vien, ngay_cap=ngay_cap)

    found = dieu_kien_cua(doan_vien, hom_nay, so_quy=0, don_vi=phuong)[3]

    assert (found.dat, found.note) == (dat, note)


# ---- sympathisers ----------------------------------------------------------------------------


def test_sympathiser_is_recorded_with_day_and_cell(doan_vien, can_bo_phuong):
    record_cam_tinh(doan_vien=doan_vien, ngay=date(2026, 5, 19), noi="Chi bộ 1", by=can_bo_phuong)

    doan_vien.refresh_from_db()
    found = (doan_vien.ngay_cam_tinh, doan_vien.noi_cam_tinh)
    assert found == (date(2026, 5, 19), "Chi bộ 1")
    with pytest.raises(RuleError, match="đã ở trong danh sách"):
        record_cam_tinh(doan_vien=doan_vien, ngay=date(2026, 6, 1), noi="", by=can_bo_phuong)


@pytest.mark.parametrize("ngay", [date(2026, 11, 22), date(2010, 1, 1)])
def test_sympathisers_day_is_between_admission_and_today(doan_vien, can_bo_phuong, ngay):
    with pytest.raises(RuleError) as refusal:
        record_cam_tinh(doan_vien=doan_vien, ngay=ngay, noi="", by=can_bo_phuong)

    assert refusal.value.field == "ngay"


def test_taken_off_the_list_what_was_is_kept(doan_vien, can_bo_phuong):
    record_cam_tinh(doan_vien=doan_vien, ngay=date(2026, 5, 19), noi="Chi bộ 1", by=can_bo_phuong)
    with pytest.raises(RuleError):
        remove_cam_tinh(doan_vien=doan_vien, ngay=date(2026, 5, 18), ly_do="Thôi", by=can_bo_phuong)

    remove_cam_tinh(doan_vien=doan_vien, ngay=date(2026, 9, 1), ly_do="Thôi", by=can_bo_phuong)

    doan_vien.refresh_from_db()
    row = ThoiCamTinh.objects.get()
    assert (doan_vien.ngay_cam_tinh, doan_vien.noi_cam_tinh) == (None, "")
    assert (row.ngay_cam_tinh, row.noi_cam_tinh, row.ly_do) == (
        date(2026, 5, 19),
        "Chi bộ 1",
        "Thôi",
    )
    with pytest.raises(RuleError, match="không ở trong danh sách"):
        remove_cam_tinh(doan_vien=doan_vien, ngay=date(2026, 9, 2), ly_do="Thôi", by=can_bo_phuong)


def test_list_is_kept_by_the_ward(doan_vien, bi_thu, nguoi_la):
    for by in (bi_thu, nguoi_la):
        with pytest.raises(PermissionDenied):
            record_cam_tinh(doan_vien=doan_vien, ngay=NGAY, noi="", by=by)
