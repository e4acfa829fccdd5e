"""Undoing a reorganisation, and days that are too late: what others did meanwhile is not lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from baocao.danh_sach import own_reports, reports_of
from baocao.han import lich_nop
from baocao.services import return_bao_cao
from baocao.viec import viec_lap_bao_cao, viec_xem_bao_cao
from chidoan.models import BuoiHuy, ChucVu, GapDoanVien
from chidoan.sap_xep import ke_hoach as kh
from chidoan.sap_xep import services
from chidoan.sap_xep.can_tro import CanTroError
from chidoan.sap_xep.xem_truoc import xem_truoc
from chidoan.tham_hoi.queries import don_vi_tham
from core.errors import RuleError
from core.periods import KyBaoCao, today
from doanvien.nhap.forms import NhapForm
from tests.chidoan.test_sap_xep import MOT, XUA, find_faults, lam, lap, moi, sap_nhap
from tests.factories import (
    make_bao_cao,
    make_buoi,
    make_chi_doan,
    make_chuyen,
    make_doan_vien,
    make_don_vi,
    make_huyen,
    make_nguoi_dung,
    make_phuong,
)
from tochuc.models import DonVi, LanDangNhap
from tochuc.permissions import VaiTro


@pytest.fixture
def hai(chi_doan, chi_doan_khac):
    """Two branches with a member each."""
    units = [chi_doan, chi_doan_khac]
    return units, [make_doan_vien(chi_doan=unit, tu_ngay=XUA) for unit in units]


def test_a_day_before_a_unit_came_below_is_refused(db):
    tinh = make_don_vi(cap="tinh", loai="tinh", ten="Quảng Ngãi")
    huyen, khac = make_huyen(cap_tren=tinh), make_huyen(cap_tren=tinh)
    xa = make_phuong(cap_tren=huyen)
    make_chi_doan(phuong=xa, thanh_lap=today() - 5 * MOT)
    tinh_doan = make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, tinh)
    plan = [kh.ThayDoi(kh.CHUYEN, (xa.pk,), cap_tren=khac.pk)]

    with pytest.raises(RuleError, match="đã được lập hoặc sắp xếp sau ngày"):
        lam(plan, tinh_doan, hieu_luc=today() - 10 * MOT)


def test_a_move_is_not_undone_once_a_unit_has_come_below(db):
    tinh = make_don_vi(cap="tinh", loai="tinh", ten="Quảng Ngãi")
    di, den = make_huyen(cap_tren=tinh), make_huyen(cap_tren=tinh)
    xa = make_phuong(cap_tren=di)
    tinh_doan = make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, tinh)
    done = lam([kh.ThayDoi(kh.CHUYEN, (xa.pk,), cap_tren=den.pk)], tinh_doan)
    make_chi_doan(phuong=DonVi.objects.get(pk=xa.pk), thanh_lap=today())

    with pytest.raises(CanTroError, match="1 đơn vị mới"):
        services.revert(sap_xep=done, ly_do="Thử", by=tinh_doan)
    assert find_faults() == []


def test_what_never_was_stays_out_of_the_way_of_a_move_that_goes_back(db):
    tinh = make_don_vi(cap="tinh", loai="tinh", ten="Quảng Ngãi")
    di, den = make_huyen(cap_tren=tinh), make_huyen(cap_tren=tinh)
    xa = make_phuong(cap_tren=di)
    units = [make_chi_doan(phuong=xa), make_chi_doan(phuong=xa)]
    tinh_doan = make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, tinh)
    moved = lam([kh.ThayDoi(kh.CHUYEN, (xa.pk,), cap_tren=den.pk)], tinh_doan)
    merged = lam([sap_nhap(units, cap_tren=xa.pk)], tinh_doan)

    services.revert(sap_xep=merged, ly_do="Thử", by=tinh_doan)
    services.revert(sap_xep=moved, ly_do="Thử", by=tinh_doan)

    assert find_faults() == []
    assert DonVi.objects.get(pk=xa.pk).cap_tren == di


def test_the_later_of_two_changes_of_one_day_is_undone_first(
    chi_doan, phuong, phuong_khac, van_phong
):
    moved = lam([kh.ThayDoi(kh.CHUYEN, (chi_doan.pk,), cap_tren=phuong_khac.pk)], van_phong)
    named = lam([kh.ThayDoi(kh.DOI_TEN, (chi_doan.pk,), ten="Bến Đò")], van_phong)

    with pytest.raises(CanTroError, match="1 đợt sắp xếp sau đó"):
        services.revert(sap_xep=moved, ly_do="Thử", by=van_phong)
    services.revert(sap_xep=named, ly_do="Thử", by=van_phong)
    services.revert(sap_xep=moved, ly_do="Thử", by=van_phong)

    chi_doan.refresh_from_db()
    (span,) = chi_doan.lich_su.all()
    assert (chi_doan.ten, chi_doan.cap_tren, span.ten) == ("Khu vực 1", phuong, "Khu vực 1")


def test_undoing_does_not_take_away_what_hangs_on_rows_it_added(hai, phuong, van_phong):
    units, people = hai
    done = lam([sap_nhap(units, cap_tren=phuong.pk, bi_thu=people[1].pk)], van_phong)
    office = ChucVu.objects.get(don_vi=moi())
    GapDoanVien.objects.create(chuc_vu=office, doan_vien=people[0], ngay=today())

    with pytest.raises(RuleError, match="đã thay đổi sau khi sắp xếp"):
        services.revert(sap_xep=done, ly_do="Thử", by=van_phong)
    assert GapDoanVien.objects.exists()


def test_a_wrong_password_at_undoing_is_counted(hai, phuong, van_phong):
    units, _ = hai
    done = lam([sap_nhap(units, cap_tren=phuong.pk)], van_phong)

    with pytest.raises(RuleError, match="Chưa đúng mật khẩu"):
        services.revert(sap_xep=done, ly_do="Thử", by=van_phong, mat_khau="sai")
    assert LanDangNhap.objects.exists()


def test_a_role_that_was_held_after_the_day_stays_on_record(hai, phuong, van_phong):
    units, _ = hai
    late = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, units[0], tu_ngay=today() - 3 * MOT)
    new = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, units[1], tu_ngay=today())

    lam([sap_nhap(units, cap_tren=phuong.pk)], van_phong, hieu_luc=today() - 5 * MOT)

    (held,) = late.phan_cong.all()
    assert (held.tu_ngay, held.den_ngay) == (today() - 3 * MOT, today() - MOT)
    assert not new.phan_cong.exists()


def test_the_secretary_comes_from_what_merges_and_is_there(hai, phuong, van_phong):
    units, people = hai
    stranger = make_doan_vien(chi_doan=make_chi_doan(phuong=phuong), tu_ngay=XUA)
    away = make_doan_vien(chi_doan=units[0], tu_ngay=XUA, di_xa_tu=today() - 60 * MOT)
    said = {
        who.pk: xem_truoc(lap([sap_nhap(units, cap_tren=phuong.pk, bi_thu=who.pk)])).can_tro
        for who in (stranger, away, people[0])
    }

    assert "không sinh hoạt ở" in said[stranger.pk][0]
    assert "đi làm xa" in said[away.pk][0]
    assert said[people[0].pk] == []


def test_a_joint_meeting_that_an_ended_branch_called_is_off_for_all(hai, phuong, van_phong):
    units, _ = hai
    day, third = today() + 3 * MOT, make_chi_doan(phuong=phuong)
    called = {"ngay": day, "hen_luc": timezone.now(), "trang_thai": "nhap"}
    host = make_buoi(chi_doan=units[0], loai="lien_chi_doan", **called)
    guest = make_buoi(chi_doan=third, loai="lien_chi_doan", chu_nha=host, **called)

    done = lam([sap_nhap(units, cap_tren=phuong.pk)], van_phong)

    guest.refresh_from_db()
    assert guest.hen_luc is None
    assert set(BuoiHuy.objects.values_list("so", flat=True)) == {host.pk, guest.pk}
    services.revert(sap_xep=done, ly_do="Thử", by=van_phong)
    guest.refresh_from_db()
    assert abs(guest.hen_luc - called["hen_luc"]) < timedelta(milliseconds=1)
    assert not BuoiHuy.objects.exists()


def test_an_ended_ward_is_not_offered_for_new_work(huyen, phuong, phuong_khac, van_phong):
    account = make_nguoi_dung(VaiTro.BI_THU_PHUONG, phuong)
    target = kh.Dich(ten="Hòa An", loai="phuong", cap_tren=huyen.pk, tai_khoan=account.pk)

    lam([kh.ThayDoi(kh.SAP_NHAP, (phuong.pk, phuong_khac.pk), (target,))], van_phong)

    new = DonVi.objects.get(ten="Hòa An")
    account = type(account).objects.get(pk=account.pk)
    assert account.may("xem_don_vi", DonVi.objects.get(pk=phuong_khac.pk))
    assert list(NhapForm(user=account).fields["don_vi"].queryset) == [new]
    assert list(don_vi_tham(account)) == [new]


def test_a_new_ward_owes_no_report_of_before_and_what_the_old_one_sent_still_waits(
    huyen, phuong, phuong_khac, van_phong
):
    quarter = KyBaoCao.quarter_of(today()).previous
    sent = {
        "tinh_den": quarter.end,
        "nop_luc": timezone.now(),
        "nop_boi": van_phong,
        "nop_lan_dau": timezone.now(),
    }
    make_bao_cao(don_vi=phuong, ky=quarter.code, trang_thai="da_nop", **sent)
    target = kh.Dich(ten="Hòa An", loai="phuong", cap_tren=huyen.pk)
    lam([kh.ThayDoi(kh.SAP_NHAP, (phuong.pk, phuong_khac.pk), (target,))], van_phong)
    new = DonVi.objects.get(ten="Hòa An")

    rows = reports_of([new], huyen, {quarter: quarter.end}, today())

    assert [row.don_vi for row in rows] == [phuong]
    (duty,) = viec_xem_bao_cao(rows, today())
    assert duty.tieu_de.startswith("Xem xét báo cáo")
    assert not [
        duty
        for duty in viec_lap_bao_cao(new, today(), lich_nop(new))
        if quarter.ten in duty.tieu_de
    ]


def test_the_successor_mends_a_report_that_is_given_back(
    client_of, huyen, phuong, phuong_khac, van_phong, bi_thu_phuong
):
    """It is its duty, on its list and its to write; of a ward that was split nobody is left."""
    quarter = KyBaoCao.quarter_of(today()).previous
    now = timezone.now()
    sent = {"tinh_den": quarter.end, "nop_luc": now, "nop_boi": van_phong, "nop_lan_dau": now}
    sent["pham_vi"] = {"chi_doan": [], "im_lang": []}
    old, split = (
        make_bao_cao(don_vi=unit, ky=quarter.code, trang_thai="da_nop", **sent)
        for unit in (phuong, phuong_khac)
    )
    target = kh.Dich(don_vi=make_don_vi(cap_tren=huyen, ten="Hòa An", thanh_lap=XUA).pk)
    lam([kh.ThayDoi(kh.SAP_NHAP, (phuong.pk,), (target,))], van_phong)
    DonVi.objects.filter(pk=phuong_khac.pk).update(ket_thuc=today() - MOT)
    new = DonVi.objects.get(pk=target.don_vi)
    chief = make_nguoi_dung(VaiTro.BI_THU_PHUONG, new)

    return_bao_cao(bao_cao=old, ly_do="Thiếu số liệu", by=van_phong)
    with pytest.raises(RuleError, match="không có đơn vị nào kế tục"):
        return_bao_cao(bao_cao=split, ly_do="Thiếu số liệu", by=van_phong)
    judged = client_of(van_phong).get(split.get_absolute_url()).text
    offered = [
        reverse(f"baocao:{step}", args=[split.pk]) in judged for step in ("return", "accept")
    ]
    assert offered == [False, True]

    page = client_of(chief).get(old.get_absolute_url())
    assert page.context["trang"].is_sua
    assert any(
        str(phuong) in duty.tieu_de for duty in viec_lap_bao_cao(new, today(), lich_nop(new))
    )
    assert own_reports(new, today())[0][0].bao_cao == old


def test_a_unit_to_which_somebody_is_on_the_way_is_not_wound_up(hai, phuong):
    _, people = hai
    empty = make_chi_doan(phuong=phuong)
    make_chuyen(doan_vien=people[0], chi_doan_den=empty)

    plan = lap([kh.ThayDoi(kh.GIAI_THE, (empty.pk,))])

    (line,) = xem_truoc(plan).can_tro
    assert "lần chuyển đến đang làm: 1" in line
