"""From the application to the ceremony: each step done, and refused by each of its rules."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connections, transaction

from core.errors import AlreadyRecordedError, RuleError, StaleError
from core.periods import KyBaoCao
from doanvien.ket_nap import quyet_dinh, services
from doanvien.ket_nap.queries import gioi_thieu_theo_chi_doan, khong_ho_so
from doanvien.ket_nap.viec import dem_chi_doan, dem_phuong
from doanvien.models import BuocKetNap, DoanVien, KetNap, QuaTrinh
from tests.factories import make_chi_doan, make_doan_vien, make_ket_nap, make_nguoi_dung
from tochuc.bieu_quyet import Phieu
from tochuc.models import NhatKy, SoVanBan, VanBan
from tochuc.permissions import VaiTro
from tochuc.viec import dem_viec

pytestmark = pytest.mark.django_db
T = KetNap.TrangThai
HOP, CHUAN_Y = date(2026, 3, 10), date(2026, 3, 20)


@pytest.fixture
def members(chi_doan):
    return [make_doan_vien(chi_doan=chi_doan) for _ in range(5)]


@pytest.fixture
def don(chi_doan, members):
    return make_ket_nap(chi_doan=chi_doan, ho_ten="Lý Gia Hân", nguoi_gioi_thieu=members[0])


def applicant(chi_doan, **fields) -> KetNap:
    row = KetNap(
        **{
            "chi_doan": chi_doan,
            "ngay_sinh": date(2008, 5, 19),
            "ngay_don": date(2026, 2, 1),
            **fields,
        }
    )
    row.set_ho_ten("Lý Gia Hân")
    return row


def vote(don, by, tan_thanh=3, co_mat=5, ngay=HOP, **fields):
    phieu = Phieu(co_mat=co_mat, tan_thanh=tan_thanh, khong_tan_thanh=co_mat - tan_thanh)
    return services.bieu_quyet(ket_nap=don, ngay=ngay, phieu=phieu, by=by, **fields)


# ---- the application -----------------------------------------------------------------------


def test_application_is_taken_in_once(chi_doan, bi_thu):
    don = services.create_ket_nap(ket_nap=applicant(chi_doan), by=bi_thu)

    assert (don.trang_thai, don.buoc.get().loai) == (T.DON, BuocKetNap.Loai.LAP)
    with pytest.raises(RuleError, match="đang có một đơn chưa xong"):
        services.create_ket_nap(ket_nap=applicant(chi_doan), by=bi_thu)


def test_who_is_a_member_already_is_recognised(chi_doan, chi_doan_khac, phuong_khac, bi_thu):
    make_doan_vien(chi_doan=chi_doan_khac, ho_ten="Lý Gia Hân", ngay_sinh=date(2008, 5, 19))
    with pytest.raises(RuleError, match="đã có trong sổ của"):
        services.create_ket_nap(ket_nap=applicant(chi_doan), by=bi_thu)

    elsewhere = make_chi_doan(phuong=phuong_khac)
    make_doan_vien(chi_doan=elsewhere, ho_ten="Ai Đó", cccd="079308014471")
    row = applicant(chi_doan, ngay_sinh=date(2008, 6, 1))
    row.set_cccd("079308014471")
    with pytest.raises(RuleError, match="Số CCCD này đã có trong sổ đoàn viên") as refusal:
        services.create_ket_nap(ket_nap=row, by=bi_thu)
    assert refusal.value.field == "cccd"


def test_namesake_in_another_ward_is_only_asked_about(chi_doan, phuong_khac, bi_thu):
    make_doan_vien(
        chi_doan=make_chi_doan(phuong=phuong_khac), ho_ten="Lý Gia Hân", ngay_sinh=date(2008, 5, 19)
    )

    assert services.create_ket_nap(ket_nap=applicant(chi_doan), by=bi_thu).pk


def test_introducer_is_of_the_branch(chi_doan, chi_doan_khac, bi_thu):
    stranger = make_doan_vien(chi_doan=chi_doan_khac)

    with pytest.raises(RuleError, match="không sinh hoạt tại"):
        services.create_ket_nap(ket_nap=applicant(chi_doan, nguoi_gioi_thieu=stranger), by=bi_thu)


def test_application_is_mended_by_its_branch_and_stale_forms_are_told(don, bi_thu, can_bo_phuong):
    changed = services.update_ket_nap(
        ket_nap=don, version=1, changes={"que_quan": "Hậu Giang"}, by=bi_thu
    )
    assert (changed.que_quan, changed.version) == ("Hậu Giang", 2)
    with pytest.raises(StaleError):
        services.update_ket_nap(ket_nap=don, version=1, changes={"que_quan": "Huế"}, by=bi_thu)

    vote(don, bi_thu)
    with pytest.raises(RuleError, match="không sửa được nữa"):
        services.update_ket_nap(ket_nap=don, version=3, changes={}, by=bi_thu)
    done = {"can_y_kien_cap_uy": True, "ngay_y_kien_cap_uy": HOP}
    services.update_ket_nap(ket_nap=don, version=3, changes=done, by=can_bo_phuong)
    assert NhatKy.objects.latest("so").noi_dung["nhap_thay"] is True


# ---- the vote ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tan_thanh", "co_mat", "state"),
    [(3, 5, T.CHO_CHUAN_Y), (2, 4, T.CHUA_THONG_QUA), (2, 3, T.CHO_CHUAN_Y)],
)
def test_more_than_half_of_those_present(don, bi_thu, tan_thanh, co_mat, state):
    vote(don, bi_thu, tan_thanh, co_mat)

    don.refresh_from_db()
    step = don.buoc.last()
    assert (don.trang_thai, don.ngay_buoc) == (state, HOP)
    assert (step.co_quyen, step.co_mat, step.tan_thanh, step.boi) == (5, co_mat, tan_thanh, bi_thu)


def test_failed_vote_may_be_repeated_later(don, bi_thu):
    vote(don, bi_thu, tan_thanh=2, co_mat=5)
    with pytest.raises(RuleError, match="trước bước liền trước"):
        vote(don, bi_thu, ngay=date(2026, 3, 9))

    assert vote(don, bi_thu, ngay=date(2026, 4, 10)).trang_thai == T.CHO_CHUAN_Y


def test_vote_that_cannot_be_is_refused(don, bi_thu):
    with pytest.raises(RuleError, match="nhiều hơn tổng số 5 đoàn viên"):
        vote(don, bi_thu, tan_thanh=6, co_mat=6)
    with pytest.raises(RuleError, match="chưa đến"):
        vote(don, bi_thu, ngay=date(2999, 1, 1))


def test_vote_needs_an_introducer_of_three_months(don, bi_thu, chi_doan):
    new = make_doan_vien(chi_doan=chi_doan, ngay_vao_doan=date(2026, 1, 9))
    KetNap.objects.filter(pk=don.pk).update(nguoi_gioi_thieu=new)
    with pytest.raises(RuleError, match="chưa đủ 3 tháng"):
        vote(don, bi_thu, ngay=date(2026, 4, 8))

    assert vote(don, bi_thu, ngay=date(2026, 4, 9)).trang_thai == T.CHO_CHUAN_Y


def test_vote_sent_twice_counts_once(don, bi_thu):
    vote(don, bi_thu, version=1)
    with pytest.raises(AlreadyRecordedError):
        vote(don, bi_thu, version=1)
    assert don.buoc.filter(loai=BuocKetNap.Loai.THONG_QUA).count() == 1


def test_ward_enters_the_vote_for_the_branch_and_it_says_so(don, can_bo_phuong):
    vote(don, can_bo_phuong)

    assert don.buoc.last().nhap_thay
    assert NhatKy.objects.latest("so").noi_dung["nhap_thay"] is True


def test_office_above_acts_for_nobody(don, van_phong):
    with pytest.raises(PermissionDenied):
        vote(don, van_phong)


# ---- the resolution ------------------------------------------------------------------------


def test_resolution_makes_one_member_with_one_number(don, bi_thu, bi_thu_phuong, phuong):
    vote(don, bi_thu)
    quyet_dinh.chuan_y(ket_nap=don, ngay=CHUAN_Y, by=bi_thu_phuong)

    don.refresh_from_db()
    member = don.doan_vien
    period = member.qua_trinh.get()
    paper = VanBan.objects.issued(don, "NQ")
    assert (don.trang_thai, don.so_nghi_quyet) == (T.CHUAN_Y, "01-NQ/ĐTN")
    assert (member.ho_ten, member.ngay_vao_doan) == ("Lý Gia Hân", CHUAN_Y)
    assert (member.so_nghi_quyet, member.van_hoa) == ("01-NQ/ĐTN", "Trung học cơ sở")
    assert member.nguoi_gioi_thieu == don.nguoi_gioi_thieu
    assert (period.tu_ngay, period.ly_do_bat_dau) == (CHUAN_Y, QuaTrinh.LyDoBatDau.KET_NAP)
    assert (paper.don_vi, paper.so, paper.ngay) == (phuong, 1, CHUAN_Y)
    assert "Lý Gia Hân" not in paper.tieu_de
    assert bytes(paper.tep).startswith(b"%PDF")


def test_refused_decision_takes_no_number(don, bi_thu, bi_thu_phuong):
    KetNap.objects.filter(pk=don.pk).update(ngay_hoc_dieu_le=None)
    vote(don, bi_thu)

    with pytest.raises(RuleError, match="Ghi ngày học Điều lệ"):
        quyet_dinh.chuan_y(ket_nap=don, ngay=CHUAN_Y, by=bi_thu_phuong)
    assert not SoVanBan.objects.filter(loai="NQ", so_cuoi__gt=0).exists()
    assert not DoanVien.objects.filter(ho_ten="Lý Gia Hân").exists()


def test_branch_does_not_decide_on_its_own_proposal(don, bi_thu):
    vote(don, bi_thu)

    with pytest.raises(PermissionDenied):
        quyet_dinh.chuan_y(ket_nap=don, ngay=CHUAN_Y, by=bi_thu)


def test_many_at_once_number_without_gaps_and_leave_the_unready_waiting(chi_doan, bi_thu_phuong):
    rows = [
        make_ket_nap(chi_doan=chi_doan, trang_thai="cho_chuan_y", **fields)
        for fields in ({}, {"ngay_sinh": date(2012, 1, 1)}, {})
    ]

    result = quyet_dinh.chuan_y_nhieu(cases=rows, ngay=CHUAN_Y, by=bi_thu_phuong)

    assert [row.so_nghi_quyet for row in result.dat] == ["01-NQ/ĐTN", "02-NQ/ĐTN"]
    assert [(row.pk, "tuổi" in ly_do) for row, ly_do in result.chua] == [(rows[1].pk, True)]
    assert KetNap.objects.get(pk=rows[1].pk).trang_thai == T.CHO_CHUAN_Y


def test_refusal_goes_back_with_its_reason_and_may_be_answered(don, bi_thu, can_bo_phuong):
    vote(don, bi_thu)
    with pytest.raises(RuleError, match="Ghi lý do"):
        quyet_dinh.tra_lai(ket_nap=don, ngay=CHUAN_Y, ly_do=" ", by=can_bo_phuong)
    back = quyet_dinh.tra_lai(ket_nap=don, ngay=CHUAN_Y, ly_do="Thiếu đơn", by=can_bo_phuong)
    assert back.trang_thai == T.TRA_LAI

    again = services.gui_lai(ket_nap=don, ngay=CHUAN_Y, noi_dung="Đã có đơn", by=bi_thu)
    assert again.trang_thai == T.CHO_CHUAN_Y
    assert quyet_dinh.chuan_y(ket_nap=don, ngay=CHUAN_Y, by=can_bo_phuong).is_chuan_y


def test_proposal_taken_back_needs_its_vote_again(don, bi_thu, bi_thu_phuong):
    vote(don, bi_thu)
    services.lay_lai(ket_nap=don, by=bi_thu)

    assert vote(don, bi_thu, tan_thanh=1).trang_thai == T.CHUA_THONG_QUA


def test_withdrawn_application_is_kept_and_reopened(don, bi_thu):
    services.rut_don(ket_nap=don, ngay=HOP, ly_do="Đi học xa", by=bi_thu)
    assert don.buoc.last().ly_do == "Đi học xa"
    with pytest.raises(RuleError, match="Đã rút đơn"):
        vote(don, bi_thu)

    assert services.mo_lai(ket_nap=don, by=bi_thu).trang_thai == T.DON


# ---- the ceremony --------------------------------------------------------------------------


def test_one_ceremony_for_several_all_or_none(chi_doan, bi_thu_phuong):
    rows = [make_ket_nap(chi_doan=chi_doan, trang_thai="chuan_y") for _ in range(2)]
    late = make_ket_nap(chi_doan=chi_doan, trang_thai="chuan_y", ngay_chuan_y=date(2026, 4, 1))
    fields = {"ngay": date(2026, 3, 26), "noi": "Nhà văn hóa", "by": bi_thu_phuong}
    with pytest.raises(RuleError, match="Lễ kết nạp từ ngày đó"), transaction.atomic():
        quyet_dinh.le_ket_nap(cases=[*rows, late], **fields)
    assert KetNap.objects.filter(ngay_le__isnull=False).count() == 0

    quyet_dinh.le_ket_nap(cases=rows, **fields)
    quyet_dinh.le_ket_nap(cases=rows[:1], **fields | {"noi": "Công viên"})

    assert [KetNap.objects.get(pk=row.pk).noi_le for row in rows] == ["Công viên", "Nhà văn hóa"]


def test_case_cannot_be_decided_without_a_member(don):
    with pytest.raises(IntegrityError), transaction.atomic():
        KetNap.objects.filter(pk=don.pk).update(trang_thai=T.CHUAN_Y, ngay_chuan_y=CHUAN_Y)


# ---- what is counted -----------------------------------------------------------------------


def test_one_plus_one_counts_members_who_introduced(
    chi_doan, chi_doan_khac, members, phuong, django_assert_num_queries
):
    for fields in (
        {"nguoi_gioi_thieu": members[0]},
        {"nguoi_gioi_thieu": members[0]},
        {"to_chuc_gioi_thieu": "Chi đội 9A1"},
    ):
        case = make_ket_nap(chi_doan=chi_doan, trang_thai="chuan_y", **fields)
        DoanVien.objects.filter(pk=case.doan_vien_id).update(
            nguoi_gioi_thieu=fields.get("nguoi_gioi_thieu")
        )
    make_ket_nap(chi_doan=chi_doan, nguoi_gioi_thieu=members[1])

    with django_assert_num_queries(4):
        rows = gioi_thieu_theo_chi_doan(phuong, KyBaoCao(2026))

    here = next(row for row in rows if row.chi_doan == chi_doan)
    assert [row.chi_doan for row in rows] == [chi_doan, chi_doan_khac]
    assert (here.so_nguoi_gioi_thieu, here.so_doan_vien, here.so_duoc_ket_nap) == (1, 8, 3)
    assert [(one.doan_vien, len(one.duoc_ket_nap)) for one in here.nguoi] == [(members[0], 2)]
    assert [new.ket_nap.to_chuc_gioi_thieu for new in here.khac] == ["Chi đội 9A1"]


def test_admissions_without_a_case_are_found(chi_doan):
    make_ket_nap(chi_doan=chi_doan, trang_thai="chuan_y")
    direct = make_doan_vien(chi_doan=chi_doan, ngay_vao_doan=date(2026, 5, 1))

    found = khong_ho_so(KyBaoCao(2026))

    assert [row.doan_vien for row in found] == [direct]


def test_duties_say_what_waits_with_one_statement_each(
    chi_doan, phuong, bi_thu, bi_thu_phuong, django_assert_num_queries
):
    make_ket_nap(chi_doan=chi_doan)
    for state in ("cho_chuan_y", "cho_chuan_y", "chuan_y"):
        make_ket_nap(chi_doan=chi_doan, trang_thai=state)
    day = date(2026, 6, 1)

    items = (
        list(dem_chi_doan(bi_thu, chi_doan, day, {})),
        list(dem_phuong(bi_thu_phuong, phuong, day, {})),
    )

    with django_assert_num_queries(2):
        branch, ward = (dem_viec(part) for part in items)

    assert [row.tieu_de.replace("\u00a0", " ") for row in branch] == [
        "Biểu quyết 1 đơn xin vào Đoàn",
        "Tổ chức lễ kết nạp cho 1 đồng chí",
    ]
    assert [row.tieu_de.replace("\u00a0", " ") for row in ward] == [
        "Chuẩn y 2 đề nghị kết nạp",
        "1 đồng chí chờ lễ kết nạp",
    ]


# ---- two at the same moment ----------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_users_deciding_at_once_make_one_member(don, bi_thu, bi_thu_phuong, phuong):
    vote(don, bi_thu)
    deputy = make_nguoi_dung(VaiTro.PHO_BI_THU_PHUONG, phuong)

    def decide(by):
        try:
            return quyet_dinh.chuan_y(ket_nap=don, ngay=CHUAN_Y, by=by).so_nghi_quyet
        except RuleError:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(decide, (bi_thu_phuong, deputy)))

    assert sorted(found, key=str) == ["01-NQ/ĐTN", None]
    assert DoanVien.objects.filter(ho_ten="Lý Gia Hân").count() == 1
    assert SoVanBan.objects.get(loai="NQ").so_cuoi == 1
