"""Reorganisations: what moves, what stays, who sees what, and the way back."""

import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baocao.models import BaoCao, SoLieu
from chidoan.models import BuoiSinhHoat, ChucVu, DiemDanh, NghiQuyet, QuyHoach, SapXep
from chidoan.sap_xep import ke_hoach as kh
from chidoan.sap_xep import services
from chidoan.sap_xep.ap_dung import cac_khoa
from chidoan.sap_xep.can_tro import CanTroError
from chidoan.sap_xep.di_theo import tat_ca
from chidoan.sap_xep.o_lai import O_LAI, XU_LY_RIENG
from chidoan.sap_xep.xem_truoc import xem_truoc
from chidoan.tap_huan import viec as tap_huan
from core.errors import RuleError, StaleError
from core.periods import KyBaoCao, today
from doanvien.doan_phi.services import submit_nop
from doanvien.doan_phi.services.nop import chua_nop, noi_nhan
from doanvien.doan_phi.tong_hop import tong_hop
from doanvien.models import DoanVien, QuaTrinh
from tests.factories import (
    make_bao_cao,
    make_buoi,
    make_chi_doan,
    make_chuc_vu,
    make_chuyen,
    make_doan_vien,
    make_don_vi,
    make_ho_so,
    make_hoc_vien,
    make_hoi_thi,
    make_huyen,
    make_lop,
    make_nghi_quyet,
    make_nguoi_dung,
    make_phieu_thu,
    make_phuong,
)
from tests.kiem_tra_data import make_cuoc
from tochuc.ban_do import so_sanh
from tochuc.cay import doc_duong
from tochuc.models import DiaBan, DonVi, LichSuDonVi, NhatKy, PhanCong, VanBan
from tochuc.permissions import VaiTro
from tochuc.van_ban import cap_tren_tai_ngay
from tudưong.models import HoSo
from tudưong.services.ho_so import open_ho_so

MOT = timedelta(days=1)
XUA = today() - timedelta(days=400)


def sap_nhap(units, ten="Khu vực 12", **dich):
    target = {"ten": ten, "loai": "chi_doan", **dich} if "don_vi" not in dich else dich
    return kh.ThayDoi(kh.SAP_NHAP, tuple(unit.pk for unit in units), (kh.Dich(**target),))


def chia(unit, nguoi, *names, cap_tren, **first):
    dich = [kh.Dich(ten=name, loai="chi_doan", cap_tren=cap_tren.pk) for name in names]
    return kh.ThayDoi(kh.CHIA_TACH, (unit.pk,), tuple(dich), nguoi=nguoi)


def lap(plan, *, by=None, hieu_luc=None, **fields):
    fields = {"so_quyet_dinh": "12-QĐ/ĐTN", "ngay_quyet_dinh": today() - MOT, **fields}
    return services.create_sap_xep(
        plan=plan, hieu_luc=hieu_luc or today(), by=by, ma_gui=uuid.uuid4(), **fields
    )


def duyet(sap_xep, by):
    return services.approve(
        sap_xep=sap_xep, bam=services.bam_cua(sap_xep), mat_khau="mat-khau", by=by
    )


def lam(plan, van_phong, **fields):
    """Draft, approve and apply."""
    return services.apply(sap_xep=duyet(lap(plan, **fields), van_phong), by=van_phong)


@pytest.fixture
def hai(chi_doan, chi_doan_khac):
    """Two branches with three members and one."""
    people = [make_doan_vien(chi_doan=chi_doan, tu_ngay=XUA) for _ in range(3)]
    return [chi_doan, chi_doan_khac], [*people, make_doan_vien(chi_doan=chi_doan_khac, tu_ngay=XUA)]


def moi():
    return DonVi.objects.get(ten="Khu vực 12")


def find_faults():
    """Units whose place in today's tree is not what the tree promises."""
    paths = dict(DonVi.objects.values_list("path", "pk"))
    below = Counter(path[:-4] for path in paths)
    return [
        unit.pk
        for unit in DonVi.objects.all()
        if unit.depth * 4 != len(unit.path)
        or unit.numchild != below[unit.path]
        or (unit.depth > 1 and unit.path[:-4] not in paths)
    ]


def anh(*models):
    """All rows of these tables, to be compared."""
    return {
        model: list(model.objects.order_by("pk").values())
        for model in models or (DonVi, LichSuDonVi, QuaTrinh, DoanVien, ChucVu, PhanCong, NghiQuyet)
    }


def test_a_merge_moves_people_with_one_period_after_the_other(hai, phuong, van_phong):
    units, people = hai

    lam([sap_nhap(units, cap_tren=phuong.pk)], van_phong)

    new = moi()
    assert set(DoanVien.objects.filter(chi_doan=new)) == set(people)
    for person in people:
        old, now = person.qua_trinh.order_by("tu_ngay")
        assert (old.den_ngay, old.ly_do_ket_thuc) == (today() - MOT, "sap_xep")
        assert (old.so_quyet_dinh, old.chi_doan_id) == ("12-QĐ/ĐTN", person.chi_doan_id)
        assert (now.tu_ngay, now.ly_do_bat_dau, now.truoc) == (today(), "sap_xep", old)
    assert (new.thanh_lap, new.khoi, new.so_lieu_tu) == (today(), "dan_cu", today())


def test_ended_units_hang_below_the_one_that_took_over(hai, phuong, van_phong):
    units, _ = hai

    lam([sap_nhap(units, cap_tren=phuong.pk)], van_phong)

    new = moi()
    for unit in units:
        unit.refresh_from_db()
        assert unit.ket_thuc == today() - MOT
        assert unit.path.startswith(new.path)
        assert unit.cap_tren == phuong  # the unit above is one of a higher level
        assert cap_tren_tai_ngay(unit, today()) == phuong
        assert cap_tren_tai_ngay(unit, today() - MOT) == phuong
    old = LichSuDonVi.objects.duoi(phuong, today() - MOT)
    assert new.pk not in old.values_list("don_vi", flat=True)
    assert find_faults() == []


def test_lineage_says_how_many_went_which_way(hai, phuong, van_phong):
    units, _ = hai

    done = lam([sap_nhap(units, cap_tren=phuong.pk)], van_phong)

    lines = [(line.ten_truoc, line.ten_sau, line.so_nguoi) for line in done.dong.all()]
    assert lines == [
        ("Chi đoàn Khu vực 1", "Chi đoàn Khu vực 12", 3),
        ("Chi đoàn Khu vực 2", "Chi đoàn Khu vực 12", 1),
    ]
    assert done.ket_qua["so_nguoi"] == 4


def test_a_merge_into_a_unit_that_goes_on(hai, van_phong):
    (stays, ends), people = hai

    lam([sap_nhap([ends], don_vi=stays.pk)], van_phong)

    assert set(DoanVien.objects.filter(chi_doan=stays)) == set(people)
    stays.refresh_from_db()
    assert stays.ket_thuc is None
    assert people[0].qua_trinh.count() == 1  # who was there already stays as he was


def test_old_chiefs_lose_access_and_the_named_one_gains_it_at_once(hai, phuong, van_phong, bi_thu):
    units, people = hai
    account = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, units[1])
    office = make_chuc_vu(don_vi=units[0], chuc_danh="bi_thu", doan_vien=people[0])
    plan = [sap_nhap(units, cap_tren=phuong.pk, bi_thu=people[1].pk, tai_khoan=account.pk)]

    lam(plan, van_phong)

    old, now = type(bi_thu).objects.get(pk=bi_thu.pk), type(account).objects.get(pk=account.pk)
    assert not DoanVien.objects.visible_to(old).exists()
    assert set(DoanVien.objects.visible_to(now)) == set(people)
    office.refresh_from_db()
    assert (office.den_ngay, "Sắp xếp" in office.ly_do_ket_thuc) == (today() - MOT, True)
    acting = ChucVu.objects.get(don_vi=moi())
    assert (acting.doan_vien, acting.phan_cong.nguoi_dung) == (people[1], account)
    assert acting.phan_cong.den_ngay == acting.den_ngay  # the account ends with the office
    assert DoanVien.objects.get(pk=people[1].pk).chuc_vu == "Bí thư"


def test_past_meetings_and_reports_stay_and_the_successor_reads_them(hai, phuong, van_phong):
    units, people = hai
    meeting = make_buoi(
        chi_doan=units[0], ngay=today() - timedelta(days=40), diem_danh={people[0]: "co_mat"}
    )
    report = make_bao_cao(don_vi=phuong, ky="2020Q1")
    kept = [type(row).objects.filter(pk=row.pk).values().get() for row in (meeting, report)]
    account = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, units[1])

    lam([sap_nhap(units, cap_tren=phuong.pk, tai_khoan=account.pk)], van_phong)

    rows = [type(row).objects.filter(pk=row.pk).values().get() for row in (meeting, report)]
    assert rows == kept
    reader = type(account).objects.get(pk=account.pk)
    assert meeting in type(meeting).objects.visible_to(reader)


def test_open_work_goes_along_and_what_is_over_stays(hai, phuong, van_phong):
    units, people = hai
    meeting = make_buoi(chi_doan=units[0], ngay=today() - timedelta(days=40))
    open_one = make_nghi_quyet(buoi=meeting, phu_trach=people[0])
    done = make_nghi_quyet(
        buoi=meeting, phu_trach=people[0], trang_thai="xong", ket_qua="Xong", ket_thuc_ngay=today()
    )
    case = make_ho_so(doan_vien=people[3])

    lam([sap_nhap(units, cap_tren=phuong.pk)], van_phong)

    for row in (open_one, done, case):
        row.refresh_from_db()
    assert (open_one.chi_doan, done.chi_doan, case.chi_doan) == (moi(), units[0], moi())


def test_money_that_was_not_handed_on_is_the_successors_to_hand_on(hai, phuong, van_phong):
    """Both old branches' receipts go into one remittance; a split one's are shown at the ward."""
    units, people = hai
    month = KyBaoCao.month_of(today()).previous
    for person in (people[0], people[3]):
        make_phieu_thu(person, month.start, ngay=month.start, so_tien=3_000)
    quarter = KyBaoCao.year_of(month.start)
    sap_xep = lap([sap_nhap(units, cap_tren=phuong.pk)])
    said = " ".join(xem_truoc(sap_xep).con_do)
    services.apply(sap_xep=duyet(sap_xep, van_phong), by=van_phong)

    assert f"{units[0]} còn 1 phiếu thu, 3.000" in said
    assert "2 đồng chí chưa đóng đoàn phí" in said
    assert so_sanh(phuong, month.end, tung_don_vi=True).khac
    assert not so_sanh(phuong, month.end, ben_trong=True).khac
    before = tong_hop(phuong, [moi()], quarter, today()).dong[0]
    nop = submit_nop(
        don_vi=moi(), ky=month, ngay=today(), chung_tu="", ma_gui=uuid.uuid4(), by=None
    )
    after = tong_hop(phuong, [moi()], KyBaoCao.month_of(month.start), today()).dong[0]

    assert (before.thu.da_thu, before.chua_nop) == (6_000, nop.trich_nop)
    assert (nop.co_so, nop.don_vi_nhan) == (6_000, phuong)
    assert (after.chua_nop, after.cho_nhan) == (0, nop.trich_nop)
    old = DonVi.objects.get(pk=units[0].pk)  # a debt is paid where it stands, and handed on too
    make_phieu_thu(people[1], month.start, chi_doan=old, ngay=today(), so_tien=2_000)
    assert chua_nop(moi(), KyBaoCao.month_of(today()), today()).tong_tien() == 2_000


def test_what_a_branch_kept_whose_ward_has_ended_too_is_handed_to_who_took_over(
    phuong, phuong_khac, van_phong
):
    gone, other = (make_chi_doan(phuong=phuong_khac) for _ in range(2))
    month = KyBaoCao.month_of(today()).previous
    who = make_doan_vien(chi_doan=gone, tu_ngay=XUA)
    make_phieu_thu(who, month.start, ngay=month.start, so_tien=3_000)
    for rows in (who.qua_trinh, DoanVien.objects.filter(pk=who.pk)):
        rows.update(chi_doan=other)
    lam([kh.ThayDoi(kh.GIAI_THE, (gone.pk,))], van_phong, hieu_luc=today() - MOT)
    lam([sap_nhap([phuong_khac], don_vi=phuong.pk)], van_phong)
    gone = DonVi.objects.get(pk=gone.pk)

    for ngay in (today(), today() - 2 * MOT):
        assert noi_nhan(gone, ngay) == phuong
    nop = submit_nop(don_vi=gone, ky=month, ngay=today(), chung_tu="", ma_gui=uuid.uuid4(), by=None)

    assert (nop.co_so, nop.don_vi_nhan) == (3_000, phuong)


def test_wards_with_equal_case_codes_merge_and_both_cases_are_found(
    huyen, phuong, phuong_khac, chi_doan, bi_thu, van_phong
):
    """The second gets a code of its own that the old one finds; the preview says so; undone it has
    its own again. Nobody else has it: one that came with an earlier merger keeps its. The new
    ward's own numbers go on where they are free."""
    other = make_chi_doan(phuong=phuong_khac)
    year = today().year
    cases = [make_ho_so(chi_doan=unit, ma=f"HS-{year}-01") for unit in (chi_doan, other)]
    make_ho_so(chi_doan=other, ma=f"HS-{year}-01-2")
    target = {"ten": "Lớn", "loai": "phuong", "cap_tren": huyen.pk}
    sap_xep = lap([sap_nhap([phuong, phuong_khac], **target)])

    assert any(f"HS-{year}-01-3" in line for line in xem_truoc(sap_xep).con_do)
    services.apply(sap_xep=duyet(sap_xep, van_phong), by=van_phong)
    services.revert(sap_xep=sap_xep, ly_do="Thử", by=van_phong)
    assert [HoSo.objects.get(pk=case.pk).ma for case in cases] == [f"HS-{year}-01"] * 2

    lam([sap_nhap([phuong, phuong_khac], **{**target, "ten": "Rộng"})], van_phong)
    ward = DonVi.objects.get(ten="Rộng")
    account = make_nguoi_dung(VaiTro.BI_THU_PHUONG, ward)
    new = open_ho_so(doan_vien=make_doan_vien(chi_doan=chi_doan, tu_ngay=XUA), by=account)
    found = HoSo.objects.filter(don_vi=ward, ma__icontains=f"HS-{year}-01")
    assert {case.ma for case in found} == {f"HS-{year}-01{end}" for end in ("", "-2", "-3")}
    assert new.ma == f"HS-{year}-02"


def test_a_plan_names_people_and_accounts_of_its_own_scope_alone(
    hai, phuong, phuong_khac, bi_thu_phuong, van_phong
):
    units, people = hai
    foreign = make_nguoi_dung(VaiTro.BI_THU_PHUONG, phuong_khac)
    stranger = make_doan_vien(chi_doan=make_chi_doan(phuong=phuong_khac))
    for named in ({"tai_khoan": foreign.pk}, {"bi_thu": stranger.pk}):
        with pytest.raises(RuleError, match="trong phạm vi của đồng chí"):
            lap([sap_nhap(units, cap_tren=phuong.pk, **named)], by=bi_thu_phuong)
    account = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, units[0])
    named = {"tai_khoan": account.pk, "bi_thu": people[0].pk}
    sap_xep = lap([sap_nhap(units, cap_tren=phuong.pk, **named)], by=bi_thu_phuong)

    assert [account.username in line for line in xem_truoc(sap_xep).nguoi_moi] == [False, True]
    type(account).objects.filter(pk=account.pk).update(is_active=False)
    assert any("đã ngừng dùng" in line for line in xem_truoc(sap_xep).can_tro)


def test_a_transfer_between_units_that_become_one_is_withdrawn(hai, phuong, van_phong):
    units, people = hai
    chuyen = make_chuyen(doan_vien=people[0], chi_doan_den=units[1])

    done = lam([sap_nhap(units, cap_tren=phuong.pk)], van_phong)

    chuyen.refresh_from_db()
    assert (chuyen.trang_thai, chuyen.chi_doan_di) == ("rut", moi())
    assert chuyen.buoc.get().loai == "rut"
    services.revert(sap_xep=done, ly_do="Thử", by=van_phong)
    chuyen.refresh_from_db()
    assert (chuyen.chi_doan_di, chuyen.buoc.count()) == (units[0], 0)


def test_guests_go_along_unless_they_are_members_there_now(hai, phuong, van_phong):
    (first, second), people = hai
    guest = make_doan_vien(chi_doan=make_chi_doan(phuong=phuong), tu_ngay=XUA)
    spans = [
        QuaTrinh.objects.create(
            doan_vien=person,
            chi_doan=first,
            loai="noi_cu_tru",
            tu_ngay=XUA,
            ly_do_bat_dau="gioi_thieu",
        )
        for person in (guest, people[3])  # the other one belongs to the second branch
    ]

    lam([sap_nhap([first, second], cap_tren=phuong.pk)], van_phong)

    for span in spans:
        span.refresh_from_db()
        assert (span.den_ngay, span.ly_do_ket_thuc) == (today() - MOT, "sap_xep")
    running = QuaTrinh.objects.khong_chinh_thuc().filter(den_ngay=None)
    assert [(row.doan_vien, row.chi_doan, row.tu_ngay) for row in running] == [
        (guest, moi(), today())
    ]


def test_a_split_needs_a_place_for_everybody(hai, phuong, van_phong):
    (unit, _), people = hai
    plan = [chia(unit, {people[0].pk: 0}, "A", "B", cap_tren=phuong)]

    with pytest.raises(CanTroError, match="2 đồng chí chưa có nơi đến"):
        duyet(lap(plan), van_phong)


def test_a_split_unit_stays_at_the_common_ancestor(hai, phuong, van_phong):
    (unit, _), people = hai
    nguoi = {people[0].pk: 0, people[1].pk: 1, people[2].pk: 1}

    plan = [chia(unit, nguoi, "A", "B", cap_tren=phuong)]
    (said,) = xem_truoc(lap(plan)).chung
    assert said.endswith("về Chi đoàn A; việc của từng đồng chí đi theo đồng chí ấy.")
    lam(plan, van_phong)

    first, second = DonVi.objects.get(ten="A"), DonVi.objects.get(ten="B")
    assert first.doan_vien.count() == 1
    assert second.doan_vien.count() == 2
    unit.refresh_from_db()
    assert unit.path.startswith(phuong.path)
    assert not unit.path.startswith(first.path)
    assert unit.ket_thuc == today() - MOT


def test_areas_are_those_of_the_ward_of_their_branch(
    huyen, phuong, phuong_khac, chi_doan, chi_doan_khac, van_phong
):
    """Of a ward that is split, and of a branch that is moved; one without a branch goes to the
    first part. Undone, all is as it was."""
    areas = [
        DiaBan.objects.create(don_vi=phuong, chi_doan=unit, loai="thon", ten=ten, tu_ngay=XUA)
        for unit, ten in ((chi_doan, "Một"), (chi_doan_khac, "Hai"), (None, "Ba"))
    ]
    before = anh(DiaBan)
    moved = lam([kh.ThayDoi(kh.CHUYEN, (chi_doan.pk,), cap_tren=phuong_khac.pk)], van_phong)
    assert now_in() == {"Một": phuong_khac, "Hai": phuong, "Ba": phuong}
    services.revert(sap_xep=moved, ly_do="Thử", by=van_phong)
    dich = tuple(kh.Dich(ten=ten, loai="phuong", cap_tren=huyen.pk) for ten in ("Tây", "Đông"))
    nguoi = {chi_doan.pk: 0, chi_doan_khac.pk: 1}

    split = lam([kh.ThayDoi(kh.CHIA_TACH, (phuong.pk,), dich, nguoi=nguoi)], van_phong)

    west, east = (DonVi.objects.get(ten=ten) for ten in ("Tây", "Đông"))
    assert now_in() == {"Một": west, "Hai": east, "Ba": west}
    assert wards(areas, "don_vi") == [phuong] * 3, "the rows of before stay"
    services.revert(sap_xep=split, ly_do="Thử", by=van_phong)
    assert anh(DiaBan) == before


def test_open_work_of_a_ward_goes_where_the_branch_goes(
    huyen, phuong, phuong_khac, chi_doan, chi_doan_khac, van_phong
):
    """What is of a branch follows it, what is the ward's own goes to the first part."""
    away = make_chi_doan(phuong=phuong_khac)
    people = [make_doan_vien(chi_doan=unit, tu_ngay=XUA) for unit in (chi_doan, chi_doan_khac)]
    cases = [make_ho_so(doan_vien=who) for who in people]
    moves = [make_chuyen(doan_vien=who, chi_doan_den=away) for who in people]
    lop = make_lop(don_vi=phuong, tu_ngay=XUA)
    rows = ((cases, "don_vi"), (moves, "phuong_di"))

    moved = lam([kh.ThayDoi(kh.CHUYEN, (chi_doan_khac.pk,), cap_tren=phuong_khac.pk)], van_phong)
    for found, key in rows:
        assert wards(found, key) == [phuong, phuong_khac]
    services.revert(sap_xep=moved, ly_do="Thử", by=van_phong)
    dich = tuple(kh.Dich(ten=ten, loai="phuong", cap_tren=huyen.pk) for ten in ("Tây", "Đông"))
    nguoi = {chi_doan.pk: 0, chi_doan_khac.pk: 1}
    plan = lap([kh.ThayDoi(kh.CHIA_TACH, (phuong.pk,), dich, nguoi=nguoi)])
    (said,) = xem_truoc(plan).chung
    assert "về Đoàn phường Tây; việc của từng đơn vị trực thuộc đi theo đơn vị ấy." in said

    services.apply(sap_xep=duyet(plan, van_phong), by=van_phong)

    parts = [DonVi.objects.get(ten=ten) for ten in ("Tây", "Đông")]
    for found, key in rows:
        assert wards(found, key) == parts
    lop.refresh_from_db()
    assert lop.don_vi == parts[0]


def test_what_a_district_does_about_a_ward_goes_with_it_to_its_new_district(db):
    """Also what is about one of its branches; what is about another ward stays."""
    tinh = make_don_vi(cap="tinh", loai="tinh", ten="Quảng Ngãi")
    old, new = make_huyen(cap_tren=tinh), make_huyen(cap_tren=tinh)
    goes, stays = make_phuong(cap_tren=old), make_phuong(cap_tren=old)
    about = (goes, make_chi_doan(phuong=goes), stays)
    found = [make_cuoc(doi_tuong=unit, don_vi=old, trang_thai="da_ket_luan") for unit in about]
    office = make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, tinh)

    moved = lam([kh.ThayDoi(kh.CHUYEN, (goes.pk,), cap_tren=new.pk)], office)

    assert wards(found, "don_vi") == [new, new, old]
    services.revert(sap_xep=moved, ly_do="Thử", by=office)
    assert wards(found, "don_vi") == [old] * 3


def test_a_ward_whose_branches_went_elsewhere_is_wound_up_in_the_same_plan(
    phuong, phuong_khac, hai, van_phong
):
    units, people = hai
    plan = [
        kh.ThayDoi(kh.CHUYEN, tuple(unit.pk for unit in units), cap_tren=phuong_khac.pk),
        kh.ThayDoi(kh.GIAI_THE, (phuong.pk,)),
    ]
    assert xem_truoc(lap(plan)).chung == []

    lam(plan, van_phong)

    phuong.refresh_from_db()
    assert phuong.ket_thuc == today() - MOT
    assert DoanVien.objects.under(phuong_khac).count() == len(people)


def wards(rows, key):
    """The ward that each of these rows names by now."""
    return [getattr(type(row).objects.get(pk=row.pk), key) for row in rows]


def now_in():
    """The ward of each area today."""
    return {area.ten: area.don_vi for area in DiaBan.objects.tai_ngay(today())}


def test_part_of_a_unit_becomes_a_unit_of_its_own(hai, phuong, van_phong):
    (unit, _), people = hai
    dich = (kh.Dich(don_vi=unit.pk), kh.Dich(ten="Mới", loai="chi_doan", cap_tren=phuong.pk))
    plan = [kh.ThayDoi(kh.CHIA_TACH, (unit.pk,), dich, nguoi={people[0].pk: 1})]

    lam(plan, van_phong)

    unit.refresh_from_db()
    assert unit.ket_thuc is None
    assert unit.doan_vien.count() == 2
    assert DonVi.objects.get(ten="Mới").doan_vien.get() == people[0]


def test_a_district_is_wound_up_and_its_wards_stand_under_the_province(db):
    tinh = make_don_vi(cap="tinh", loai="tinh", ten="Quảng Ngãi")
    huyen = make_huyen(cap_tren=tinh)
    xa = make_phuong(cap_tren=huyen)
    thon = make_chi_doan(phuong=xa)
    person = make_doan_vien(chi_doan=thon, tu_ngay=XUA)
    office = make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, huyen)
    tinh_doan = make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, tinh)

    plan = [kh.ThayDoi(kh.BO_CAP, (huyen.pk,))]
    assert xem_truoc(lap(plan)).doi_cho == [f"{xa}: về {tinh}"]
    lam(plan, tinh_doan)

    for unit in (huyen, xa, thon):
        unit.refresh_from_db()
    assert xa.cap_tren == huyen.cap_tren == tinh
    way = doc_duong(LichSuDonVi.objects.get(don_vi=thon, den_ngay=None).duong)
    assert way == [tinh.pk, xa.pk, thon.pk]
    assert find_faults() == []
    assert set(DoanVien.objects.under_tai(huyen, today() - MOT)) == {person}
    assert not DoanVien.objects.under_tai(huyen, today())
    assert not type(office).objects.get(pk=office.pk).paths_with("xem_don_vi")
    assert QuaTrinh.objects.get(doan_vien=person).den_ngay is None


def test_wards_that_merge_bring_their_branches(huyen, phuong, phuong_khac, chi_doan, van_phong):
    other = make_chi_doan(phuong=phuong_khac)
    plan = [
        kh.ThayDoi(
            kh.SAP_NHAP,
            (phuong.pk, phuong_khac.pk),
            (kh.Dich(ten="Hòa An", loai="phuong", cap_tren=huyen.pk),),
        )
    ]

    lam(plan, van_phong)

    new = DonVi.objects.get(ten="Hòa An")
    assert set(DonVi.objects.truc_thuoc(new, today()).chi_doan()) == {chi_doan, other}
    assert {unit.cap_tren for unit in DonVi.objects.truc_thuoc(new, today())} == {new}
    assert DonVi.objects.get(pk=phuong.pk).path.startswith(new.path)


def test_open_classes_of_wards_that_merge_ask_the_one_that_took_over(
    huyen, phuong, phuong_khac, chi_doan, van_phong
):
    lop = make_lop(don_vi=phuong, tu_ngay=XUA)
    done = make_lop(don_vi=phuong, tu_ngay=XUA, trang_thai="xong", ngay_xong=XUA)
    thi = make_hoi_thi(don_vi=phuong)
    row = make_hoc_vien(lop=lop, don_vi=phuong)
    new = kh.Dich(ten="Hòa An", loai="phuong", cap_tren=huyen.pk)

    lam([kh.ThayDoi(kh.SAP_NHAP, (phuong.pk, phuong_khac.pk), (new,))], van_phong)

    new = DonVi.objects.get(ten="Hòa An")
    for one in (lop, done, thi, row):
        one.refresh_from_db()
    assert (lop.don_vi, thi.don_vi, row.don_vi) == (new, new, new)
    assert (done.don_vi, row.ten_don_vi) == (phuong, str(phuong))
    by = make_nguoi_dung(VaiTro.CAN_BO_PHUONG, new)
    settings = dict.fromkeys(tap_huan.KHOA_VIEC, 1)
    asked = next(tap_huan.dem_phuong(by, new, today(), settings))
    assert list(asked.rows) == [lop]
    assert "Kết thúc 1" in asked.viec(1, None).tieu_de.replace("\xa0", " ")


def test_rename_and_move(chi_doan, phuong, phuong_khac, van_phong):
    plan = [
        kh.ThayDoi(kh.DOI_TEN, (chi_doan.pk,), ten="Bến Đò"),
        kh.ThayDoi(kh.CHUYEN, (chi_doan.pk,), cap_tren=phuong_khac.pk),
    ]

    lam(plan, van_phong)

    chi_doan.refresh_from_db()
    assert (chi_doan.ten, chi_doan.khoa_tim, chi_doan.cap_tren) == ("Bến Đò", "ben do", phuong_khac)
    spans = [(row.ten, row.cap_tren) for row in chi_doan.lich_su.all()]
    assert spans == [("Khu vực 1", phuong), ("Bến Đò", phuong_khac)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_changes_of_one_day_give_one_tree(order, chi_doan, phuong, phuong_khac, van_phong):
    changes = [
        [kh.ThayDoi(kh.DOI_TEN, (chi_doan.pk,), ten="Bến Đò")],
        [kh.ThayDoi(kh.CHUYEN, (chi_doan.pk,), cap_tren=phuong_khac.pk)],
    ]

    for which in order:
        lam(changes[which], van_phong)

    spans = [(row.ten, row.cap_tren, row.tu_ngay) for row in chi_doan.lich_su.all()][1:]
    assert spans == [("Bến Đò", phuong_khac, today())]


def test_what_was_reported_issued_and_met_before_stays_byte_for_byte(
    huyen, phuong, phuong_khac, chi_doan, van_phong
):
    """Of wards that merge: reports with their figures, papers, meetings, attendance."""
    people = [make_doan_vien(chi_doan=chi_doan, tu_ngay=XUA)]
    buoi = make_buoi(chi_doan=chi_doan, ngay=XUA, diem_danh=dict.fromkeys(people, "co_mat"))
    report = make_bao_cao(don_vi=phuong, ky="2020Q1")
    SoLieu.objects.create(bao_cao=report, ma="chi_doan", gia_tri=1, tu_so=1)
    VanBan.objects.create(
        don_vi=phuong, loai="BC", ngay=XUA, tep=b"%PDF", ma_kiem_tra="A", doi_tuong_id=report.pk
    )
    before = anh(BaoCao, SoLieu, VanBan, BuoiSinhHoat, DiemDanh)
    target = kh.Dich(ten="Hòa An", loai="phuong", cap_tren=huyen.pk)

    lam([kh.ThayDoi(kh.SAP_NHAP, (phuong.pk, phuong_khac.pk), (target,))], van_phong)

    assert anh(BaoCao, SoLieu, VanBan, BuoiSinhHoat, DiemDanh) == before
    assert buoi.chi_doan == chi_doan


def test_nobody_may_be_lost_on_the_way(hai, phuong, monkeypatch):
    units, _ = hai
    plan = lap([sap_nhap(units, cap_tren=phuong.pk)])
    before = anh()
    monkeypatch.setattr("chidoan.sap_xep.nguoi.DoiNguoi.chinh_thuc", lambda _: Counter())

    assert "Chưa ghi gì" in xem_truoc(plan).can_tro[0]
    assert anh() == before


def test_revert_restores_every_row(hai, phuong, van_phong, bi_thu):
    units, people = hai
    make_chuc_vu(don_vi=units[0], chuc_danh="bi_thu", doan_vien=people[0])
    make_nghi_quyet(buoi=make_buoi(chi_doan=units[0], ngay=XUA), phu_trach=people[0])
    before = anh()
    done = lam([sap_nhap(units, cap_tren=phuong.pk, bi_thu=people[1].pk)], van_phong)
    new = moi()

    services.revert(sap_xep=done, ly_do="Ghi nhầm ngày", by=van_phong)

    after = anh()
    after[DonVi] = [row for row in after[DonVi] if row["id"] != new.pk]
    for row in after[DonVi]:
        if row["id"] == phuong.pk:
            row["numchild"] -= 1  # the unit that never was hangs there, ended
    assert after == before
    new.refresh_from_db()
    assert not DonVi.objects.filter(pk=new.pk).dang_hoat_dong(today()).exists()
    assert bi_thu.may("xem_don_vi", DonVi.objects.get(pk=units[0].pk))


def test_revert_is_refused_while_something_new_hangs_on_it(hai, phuong, van_phong):
    units, _ = hai
    done = lam([sap_nhap(units, cap_tren=phuong.pk)], van_phong)
    make_buoi(chi_doan=moi(), ngay=today())
    make_doan_vien(chi_doan=moi(), tu_ngay=today())

    with pytest.raises(CanTroError, match="1 buổi sinh hoạt"):
        services.revert(sap_xep=done, ly_do="Thử", by=van_phong)


def test_the_preview_changes_nothing_and_says_what_would_be(hai, phuong, van_phong, bi_thu):
    units, _ = hai
    plan = lap([sap_nhap(units, cap_tren=phuong.pk)])
    before = anh()

    seen = xem_truoc(plan)

    assert anh() == before
    assert (seen.tong_truoc, seen.tong_sau, seen.so_nguoi) == (4, 4, 4)
    assert seen.trong == ["Chi đoàn Khu vực 12 chưa có bí thư."]
    assert seen.tai_khoan == [f"{bi_thu.username}: Bí thư chi đoàn, Chi đoàn Khu vực 1"]


def test_many_new_names_are_looked_at_in_one_statement(phuong):
    def asked(times):
        units = [make_chi_doan(phuong=phuong) for _ in range(times)]
        plan = [kh.ThayDoi(kh.DOI_TEN, (unit.pk,), ten=f"Mới {unit.pk}") for unit in units]
        with CaptureQueriesContext(connection) as statements:
            xem_truoc(lap(plan))
        return sum('FROM "chidoan_dongsapxep"' in row["sql"] for row in statements)

    assert asked(4) == asked(1)


def test_people_of_many_mergers_move_in_few_statements(phuong, monkeypatch):
    """One for each page of people, not one for each page and each branch they go to."""
    monkeypatch.setattr("tochuc.so_thay_doi.TRANG", 8)
    units = [make_chi_doan(phuong=phuong) for _ in range(8)]
    for unit in units * 4:
        make_doan_vien(chi_doan=unit, tu_ngay=XUA)
    pairs = [sap_nhap(units[so : so + 2], f"Gộp {so}", cap_tren=phuong.pk) for so in (0, 2, 4, 6)]
    plan = lap(pairs)

    with CaptureQueriesContext(connection) as asked:
        assert xem_truoc(plan).so_nguoi == 32

    words = ('INSERT INTO "doanvien_quatrinh"', 'UPDATE "doanvien_doanvien" SET "chi_doan_id"')
    assert [sum(row["sql"].startswith(word) for row in asked) for word in words] == [4, 4]


def test_approval_asks_for_the_password_and_for_the_plan_that_was_seen(hai, phuong, van_phong):
    units, _ = hai
    plan = lap([sap_nhap(units, cap_tren=phuong.pk)])
    seen = services.bam_cua(plan)

    with pytest.raises(RuleError, match="mật khẩu"):
        services.approve(sap_xep=plan, bam=seen, mat_khau="sai", by=van_phong)
    services.update_sap_xep(
        sap_xep=plan, version=1, by=None, plan=[sap_nhap(units, "Khác", cap_tren=phuong.pk)]
    )
    with pytest.raises(StaleError):
        services.approve(sap_xep=plan, bam=seen, mat_khau="mat-khau", by=van_phong)


def test_a_future_day_waits_and_is_applied_once(hai, phuong, van_phong, monkeypatch):
    units, people = hai
    day = today() + timedelta(days=3)
    waiting = duyet(lap([sap_nhap(units, cap_tren=phuong.pk)], hieu_luc=day), van_phong)

    assert services.apply_due() == ([], [])
    with pytest.raises(RuleError, match="có hiệu lực từ ngày"):
        services.apply(sap_xep=waiting, by=van_phong)
    assert waiting.is_cho_hieu_luc
    for module in ("chidoan.sap_xep.services", "tochuc.models.nguoi_dung"):
        monkeypatch.setattr(f"{module}.today", lambda: day)
    assert services.apply_due() == ([waiting], [])
    assert services.apply_due() == ([], [])
    assert people[0].qua_trinh.count() == 2


def test_a_past_day_is_refused_when_people_moved_or_a_report_is_closed(hai, phuong, van_phong):
    units, _ = hai
    make_doan_vien(chi_doan=units[0], ho_ten="Lê Mới", tu_ngay=today() - MOT)
    make_bao_cao(
        don_vi=phuong,
        ky=KyBaoCao.quarter_of(today()).code,
        trang_thai="da_nop",
        tinh_den=today(),
        nop_luc="2026-11-01T00:00Z",
        nop_lan_dau="2026-11-01T00:00Z",
        nop_boi=van_phong,
    )
    plan = lap([sap_nhap(units, cap_tren=phuong.pk)], hieu_luc=today() - timedelta(days=5))

    told = xem_truoc(plan).can_tro

    assert any("biến động của 1 đồng chí" in sentence for sentence in told)
    assert any("đã nộp" in sentence for sentence in told)


def test_a_ward_drafts_within_itself_alone(hai, phuong, phuong_khac, bi_thu_phuong, van_phong):
    units, _ = hai
    own = lap([sap_nhap(units, cap_tren=phuong.pk)], by=bi_thu_phuong)

    with pytest.raises(RuleError, match="không thuộc phạm vi"):
        lap([kh.ThayDoi(kh.CHUYEN, (units[0].pk,), cap_tren=phuong_khac.pk)], by=bi_thu_phuong)
    with pytest.raises(RuleError, match="Văn phòng cấp trên"):
        duyet(own, bi_thu_phuong)
    assert services.submit(sap_xep=own, by=bi_thu_phuong).is_cho_duyet
    assert NhatKy.objects.filter(hanh_dong="sap_xep.submit", don_vi=phuong).exists()


def test_a_later_change_forbids_an_earlier_day(hai, phuong, van_phong):
    (unit, _), _ = hai
    lam([kh.ThayDoi(kh.DOI_TEN, (unit.pk,), ten="Mới")], van_phong, hieu_luc=today())

    with pytest.raises(RuleError, match="sắp xếp sau ngày"):
        lam(
            [kh.ThayDoi(kh.DOI_TEN, (unit.pk,), ten="Khác")],
            van_phong,
            hieu_luc=today() - timedelta(days=9),
        )


def test_each_key_to_a_unit_says_what_becomes_of_it():
    """A new table: let its open rows go along (di_theo), or name it in o_lai."""
    declared = [(item.model._meta.label_lower, item.khoa) for item in tat_ca()]
    for part in (XU_LY_RIENG, O_LAI):
        declared += [(label, key) for label, keys in part.items() for key in keys]

    assert sorted(declared) == sorted((model._meta.label_lower, key) for model, key in cac_khoa())


def test_who_is_planned_at_two_units_that_merge_is_planned_once(hai, phuong, van_phong):
    units, people = hai
    plans = [
        QuyHoach.objects.create(
            doan_vien=people[0], don_vi=unit, ngay=XUA, san_sang="ngay", nam_ra_soat=XUA.year
        )
        for unit in units
    ]

    lam([sap_nhap(units, cap_tren=phuong.pk)], van_phong)

    assert [QuyHoach.objects.get(pk=plan.pk).don_vi for plan in plans] == [moi(), units[1]]


def test_the_same_form_twice_makes_one_draft(hai, phuong):
    units, _ = hai
    key = uuid.uuid4()
    drafts = {
        services.create_sap_xep(
            plan=[sap_nhap(units, cap_tren=phuong.pk)], hieu_luc=today(), by=None, ma_gui=key
        )
        for _ in range(2)
    }

    assert len(drafts) == SapXep.objects.count() == 1


def test_a_plan_without_a_name_is_called_by_what_it_does(phuong):
    old = make_chi_doan(phuong=phuong, ten="Ấp 4")
    new = (kh.Dich(ten="Ấp 5", loai="chi_doan"),)
    plans = {
        "Lập mới Ấp 5": kh.ThayDoi(kh.LAP_MOI, dich=new),
        "Đổi tên Chi đoàn Ấp 4 thành Ấp 5": kh.ThayDoi(kh.DOI_TEN, (old.pk,), ten="Ấp 5"),
        "Giải thể Chi đoàn Ấp 4": kh.ThayDoi(kh.GIAI_THE, (old.pk,)),
        "Sáp nhập 2 đơn vị thành Ấp 5": kh.ThayDoi(kh.SAP_NHAP, (old.pk, old.pk + 1), new),
    }

    assert [services.dat_ten([plan]) for plan in plans.values()] == list(plans)
