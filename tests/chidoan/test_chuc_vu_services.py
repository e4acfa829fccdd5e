"""Terms of office: who may hold one, what ends with it, what may be taken back."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from chidoan.chuc_vu import services
from chidoan.chuc_vu.services import CachGiu
from chidoan.chuc_vu.tai_khoan import TaiKhoan
from chidoan.models import ChiDoan, ChucVu, PhuTrach
from core.errors import RuleError
from core.periods import today
from tests.factories import make_chi_doan, make_chuc_vu, make_doan_vien, make_nguoi_dung
from tochuc.bieu_quyet import Phieu
from tochuc.models import NguoiDung, NhatKy, PhanCong
from tochuc.permissions import Quyen, VaiTro
from tochuc.the_thuc import nguoi_ky

NGAY = date(2026, 9, 1)
DAI_HOI = CachGiu(
    cach="dai_hoi",
    phieu=Phieu(co_mat=7, tan_thanh=6, khong_tan_thanh=1),
    co_quyen=8,
    so_quyet_dinh="12-QĐ/ĐTN",
    ngay_quyet_dinh=date(2026, 9, 3),
    han_nhiem_ky=date(2028, 9, 1),
)


def add(don_vi, nguoi, *, by=None, chuc_danh="bi_thu", tu_ngay=NGAY, **more):
    return services.add_chuc_vu(
        don_vi=don_vi, chuc_danh=chuc_danh, doan_vien=nguoi, tu_ngay=tu_ngay, by=by, **more
    )


@pytest.fixture
def nguoi(chi_doan):
    return make_doan_vien(chi_doan=chi_doan)


def test_election_is_kept_with_its_vote_and_decision(chi_doan, nguoi):
    row = add(chi_doan, nguoi, giu=DAI_HOI)

    row.refresh_from_db()
    assert (row.co_quyen, row.co_mat, row.tan_thanh, row.khong_tan_thanh, row.khong_hop_le) == (
        8, 7, 6, 1, 0,
    )  # fmt: skip
    assert (row.cach, row.so_quyet_dinh, row.han_nhiem_ky.year) == ("dai_hoi", "12-QĐ/ĐTN", 2028)


@pytest.mark.parametrize(
    ("giu", "den_ngay", "field"),
    [
        (CachGiu(cach="dai_hoi", phieu=Phieu(co_mat=8, tan_thanh=4, khong_hop_le=4), co_quyen=8),
         None, "tan_thanh"),
        (CachGiu(cach="dai_hoi", phieu=Phieu(co_mat=9, tan_thanh=9), co_quyen=8), None, "co_mat"),
        (CachGiu(cach="chi_dinh"), None, "so_quyet_dinh"),
        (CachGiu(phieu=Phieu(co_mat=3, tan_thanh=3), co_quyen=3), None, "cach"),
        (CachGiu(so_quyet_dinh="3-QĐ"), None, "ngay_quyet_dinh"),
        (CachGiu(tam_quyen="quyen"), None, "den_ngay"),
        (CachGiu(tam_quyen="lam_thoi"), date(2027, 3, 1), "den_ngay"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_its_field(chi_doan, nguoi, giu, den_ngay, field):
    with pytest.raises(RuleError) as refusal:
        add(chi_doan, nguoi, giu=giu, den_ngay=den_ngay)

    assert refusal.value.field == field
    assert not ChucVu.objects.exists()


def test_deputy_may_act_for_the_secretary_and_is_counted_once(chi_doan, nguoi):
    add(chi_doan, nguoi, chuc_danh="pho_bi_thu")

    acting = add(chi_doan, nguoi, giu=CachGiu(tam_quyen="quyen"), den_ngay=date(2027, 2, 28))

    assert (acting.ten_chuc, acting.trong_bch) == ("Quyền Bí thư", False)
    with pytest.raises(RuleError, match="đang giữ một chức vụ"):
        add(chi_doan, nguoi, chuc_danh="bi_thu", tu_ngay=date(2027, 3, 1))


def test_member_who_is_away_leads_with_a_reason_that_is_kept(chi_doan):
    away = make_doan_vien(chi_doan=chi_doan, di_xa_tu=date(2026, 8, 1))

    with pytest.raises(RuleError, match="không bố trí"):
        add(chi_doan, away)
    row = add(chi_doan, away, giu=CachGiu(ly_do_di_xa="Cuối tuần nào cũng về"))

    assert list(ChucVu.objects.co_ly_do_di_xa()) == [row]
    assert not ChucVu.objects.di_xa_qua(NGAY, NGAY)


def test_two_secretaries_at_once_are_refused_by_the_database_too(chi_doan):
    make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", tu_ngay=NGAY, den_ngay=date(2026, 9, 30))

    for tu, den in ((NGAY, NGAY), (date(2026, 9, 30), None), (date(2026, 1, 1), NGAY)):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", tu_ngay=tu, den_ngay=den)
    after = make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", tu_ngay=date(2026, 10, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        ChucVu.objects.filter(pk=after.pk).update(tu_ngay=date(2026, 9, 30))
    make_chuc_vu(don_vi=chi_doan, chuc_danh="pho_bi_thu", tu_ngay=NGAY)
    make_chuc_vu(don_vi=make_chi_doan(), chuc_danh="bi_thu", tu_ngay=NGAY)


class NeverTwo(TestCase):
    """Whatever is begun, ended, mended, struck out and taken back, in whatever order."""

    @settings(max_examples=30)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["add", "end", "update", "reopen", "delete"]),
                st.integers(0, 3),
                st.integers(0, 40),
                st.integers(0, 40) | st.none(),
            ),
            max_size=12,
        )
    )
    def test_no_day_has_two_secretaries(self, steps):
        branch = make_chi_doan()
        people = [make_doan_vien(chi_doan=branch) for _ in range(4)]
        for what, which, start, length in steps:
            tu_ngay = NGAY + timedelta(days=start)
            den_ngay = tu_ngay + timedelta(days=length) if length is not None else None
            rows = list(ChucVu.objects.order_by("pk"))
            row = rows[which % len(rows)] if rows else None
            try:
                with transaction.atomic():
                    self.do(what, branch, people[which], row, tu_ngay, den_ngay)
            except RuleError:
                pass
            spans = [(row.tu_ngay, row.den_ngay or date.max) for row in ChucVu.objects.bi_thu()]
            spans.sort()
            assert all(a[1] < b[0] for a, b in pairwise(spans))

    def do(self, what, branch, person, row, tu_ngay, den_ngay):
        if what == "add":
            add(branch, person, tu_ngay=tu_ngay, den_ngay=den_ngay)
        elif row is None:
            return
        elif what == "end":
            services.end_chuc_vu(chuc_vu=row, den_ngay=tu_ngay, by=None)
        elif what == "update":
            services.update_chuc_vu(
                chuc_vu=row, tu_ngay=tu_ngay, den_ngay=den_ngay, giu=CachGiu(), by=None
            )
        elif what == "reopen":
            services.reopen_chuc_vu(chuc_vu=row, by=None)
        else:
            services.delete_chuc_vu(chuc_vu=row, by=None)


# ---- accounts ----


def test_account_comes_and_goes_with_the_office(chi_doan, nguoi, bi_thu_phuong):
    new = TaiKhoan(username="bithu.kv1", password="một câu dễ nhớ của tôi", dien_thoai="0912345678")
    row = add(chi_doan, nguoi, by=bi_thu_phuong, tu_ngay=today(), tai_khoan=new)
    user = NguoiDung.objects.get(username="bithu.kv1")
    held = user.may(Quyen.GHI_SINH_HOAT, chi_doan)

    services.end_chuc_vu(
        chuc_vu=row, den_ngay=today(), ket_thuc="di_xa", ly_do="", by=bi_thu_phuong
    )

    role = PhanCong.objects.get(nguoi_dung=user)
    assert held
    assert row.phan_cong == role
    assert (role.vai_tro, role.den_ngay, role.ly_do_ket_thuc) == (
        VaiTro.BI_THU_CHI_DOAN, today(), "Đi làm ăn xa",
    )  # fmt: skip


def test_account_of_one_secretary_is_not_handed_to_the_next(chi_doan, nguoi, bi_thu_phuong):
    new = TaiKhoan(username="bithu.kv1", password="một câu dễ nhớ của tôi")
    row = add(chi_doan, nguoi, by=bi_thu_phuong, tu_ngay=today(), tai_khoan=new)
    user = NguoiDung.objects.get(username="bithu.kv1")
    services.end_chuc_vu(chuc_vu=row, den_ngay=today(), ket_thuc="di_xa", by=bi_thu_phuong)
    fields = {"by": bi_thu_phuong, "tu_ngay": today() + timedelta(days=1)}

    with pytest.raises(RuleError, match="Mỗi người một tài khoản"):
        add(
            chi_doan,
            make_doan_vien(chi_doan=chi_doan),
            tai_khoan=TaiKhoan(nguoi_dung=user),
            **fields,
        )
    again = add(chi_doan, nguoi, tai_khoan=TaiKhoan(nguoi_dung=user), **fields)
    assert again.phan_cong.nguoi_dung == user


def test_account_of_an_acting_term_goes_on_when_the_term_is_lengthened(
    chi_doan, nguoi, bi_thu_phuong
):
    user = make_nguoi_dung()
    giu, het = CachGiu(tam_quyen="quyen"), today() + timedelta(days=20)
    acting = add(
        chi_doan, nguoi, by=bi_thu_phuong, tu_ngay=today(), den_ngay=het, giu=giu,
        tai_khoan=TaiKhoan(nguoi_dung=user),
    )  # fmt: skip

    services.update_chuc_vu(
        chuc_vu=acting, tu_ngay=acting.tu_ngay, den_ngay=het + timedelta(days=30), giu=giu,
        by=bi_thu_phuong,
    )  # fmt: skip

    days = [het, het + timedelta(days=1), het + timedelta(days=30), het + timedelta(days=31)]
    held = [user.phan_cong.tai_ngay(day).count() for day in days]
    assert held == [1, 1, 1, 0]


def test_end_in_a_far_year_is_a_slip(chi_doan, nguoi):
    row = add(chi_doan, nguoi)

    with pytest.raises(RuleError) as refusal:
        services.end_chuc_vu(chuc_vu=row, den_ngay=today() + timedelta(days=400), by=None)
    with pytest.raises(RuleError, match="bắt đầu không quá một năm"):
        services.update_chuc_vu(
            chuc_vu=row, tu_ngay=date(2062, 6, 1), den_ngay=None, giu=CachGiu(), by=None
        )

    assert refusal.value.field == "den_ngay"


def test_office_that_begins_later_gives_its_account_no_right_before(chi_doan, nguoi, bi_thu_phuong):
    account = make_nguoi_dung()
    later = today() + timedelta(days=3)

    add(
        chi_doan,
        nguoi,
        by=bi_thu_phuong,
        tu_ngay=later,
        tai_khoan=TaiKhoan(nguoi_dung=account),
    )

    assert not account.may(Quyen.GHI_SINH_HOAT, chi_doan)
    assert account.phan_cong.get().tu_ngay == later


def test_role_that_the_account_holds_already_becomes_the_office_s(
    chi_doan, nguoi, bi_thu, bi_thu_phuong
):
    row = add(chi_doan, nguoi, by=bi_thu_phuong)

    services.set_account(chuc_vu=row, tai_khoan=TaiKhoan(nguoi_dung=bi_thu), by=bi_thu_phuong)

    row.refresh_from_db()
    assert row.phan_cong == bi_thu.phan_cong.get()


def test_officer_without_the_right_neither_gives_nor_ends_an_account(
    chi_doan, nguoi, bi_thu, bi_thu_phuong, can_bo_phuong
):
    row = add(chi_doan, nguoi)
    account = TaiKhoan(nguoi_dung=bi_thu)

    with pytest.raises(RuleError, match="Đây là việc của Bí thư Đoàn phường"):
        services.set_account(chuc_vu=row, tai_khoan=account, by=can_bo_phuong)
    services.set_account(chuc_vu=row, tai_khoan=account, by=bi_thu_phuong)
    with pytest.raises(RuleError, match="Đây là việc của"), transaction.atomic():
        services.end_chuc_vu(chuc_vu=row, den_ngay=today(), by=can_bo_phuong)

    row.refresh_from_db()
    assert row.den_ngay is None


def test_end_that_was_a_mistake_is_taken_back_with_the_account(
    chi_doan, nguoi, bi_thu, bi_thu_phuong
):
    row = add(chi_doan, nguoi, by=bi_thu_phuong, tai_khoan=TaiKhoan(nguoi_dung=bi_thu))
    yesterday = today() - timedelta(days=1)
    services.end_chuc_vu(chuc_vu=row, den_ngay=yesterday, by=bi_thu_phuong)

    services.reopen_chuc_vu(chuc_vu=row, by=bi_thu_phuong)

    row.refresh_from_db()
    again = NguoiDung.objects.get(pk=bi_thu.pk)
    assert (row.den_ngay, row.phan_cong.den_ngay, row.phan_cong.tu_ngay) == (None, None, today())
    assert again.may(Quyen.GHI_SINH_HOAT, chi_doan)


def test_term_on_which_work_hangs_is_not_struck_out(phuong, chi_doan):
    row = make_chuc_vu(don_vi=phuong)
    PhuTrach.objects.create(chi_doan=chi_doan, chuc_vu=row, tu_ngay=NGAY)

    with pytest.raises(RuleError, match="Kết thúc nhiệm kỳ thay vì xóa"):
        services.delete_chuc_vu(chuc_vu=row, by=None)


# ---- who is missing ----


def test_branches_without_a_secretary_are_found_after_so_many_days(phuong, chi_doan):
    for days in (14, 15):
        branch = make_chi_doan(phuong=phuong, ten=f"Trống {days}")
        make_chuc_vu(don_vi=branch, chuc_danh="bi_thu", den_ngay=NGAY - timedelta(days=days))
    make_chuc_vu(don_vi=make_chi_doan(phuong=phuong, ten="Có"), chuc_danh="bi_thu")
    named = make_chi_doan(phuong=phuong, ten="Theo sổ")
    make_doan_vien(chi_doan=named, chuc_vu="Bí thư")
    make_chi_doan(phuong=phuong, ten="Mới lập", thanh_lap=NGAY - timedelta(days=3))

    found = ChiDoan.objects.under(phuong).khuyet_bi_thu(NGAY, 15)

    assert {row.ten: row.khuyet_tu for row in found} == {
        "Khu vực 1": None,
        "Trống 15": NGAY - timedelta(days=14),
    }


def test_secretary_marked_away_is_asked_about_until_a_reason_is_written(chi_doan):
    away = make_doan_vien(chi_doan=chi_doan, di_xa_tu=today() - timedelta(days=40))
    row = make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu", doan_vien=away)
    since = today() - timedelta(days=30)
    asked = list(ChucVu.objects.di_xa_qua(today(), since))

    services.explain_di_xa(chuc_vu=row, ly_do="Cuối tuần về", by=None)
    explained = ChucVu.objects.di_xa_qua(today(), since).count()
    away.di_xa_tu = since
    away.save()

    assert (asked, explained) == ([row], 0)
    assert list(ChucVu.objects.di_xa_qua(today(), since)) == [row]


def test_acting_secretary_signs_as_such(chi_doan):
    make_chuc_vu(
        don_vi=chi_doan, chuc_danh="bi_thu", tam_quyen="quyen", den_ngay=NGAY, ho_ten="Lê Duy"
    )

    signer = nguoi_ky(chi_doan, NGAY)

    assert (signer.lines[1], signer.name) == ("QUYỀN BÍ THƯ", "Lê Duy")


def test_register_follows_offices_that_begin_and_end_by_the_calendar(chi_doan, nguoi):
    old = make_doan_vien(chi_doan=chi_doan)
    before = add(chi_doan, old, tu_ngay=today() - timedelta(days=400))
    services.end_chuc_vu(chuc_vu=before, den_ngay=today(), ket_thuc="di_xa", by=None)
    add(chi_doan, nguoi, tu_ngay=today() + timedelta(days=1))

    changed = services.follow_register(today() + timedelta(days=1))

    assert (changed, services.follow_register(today() + timedelta(days=1))) == (2, 0)
    old.refresh_from_db()
    nguoi.refresh_from_db()
    assert (old.chuc_vu, nguoi.chuc_vu) == ("Đoàn viên", "Bí thư")


def test_ended_term_goes_on_by_reopening_alone(chi_doan, nguoi):
    row = add(chi_doan, nguoi, tu_ngay=today() - timedelta(days=90))
    services.end_chuc_vu(
        chuc_vu=row, den_ngay=today() - timedelta(days=9), ket_thuc="xin_thoi", by=None
    )

    for later in (None, today()):
        with pytest.raises(RuleError, match="Mở lại"):
            services.update_chuc_vu(
                chuc_vu=row, tu_ngay=row.tu_ngay, den_ngay=later, giu=CachGiu(), by=None
            )


def test_discipline_as_a_reason_is_read_by_those_who_may(chi_doan, nguoi, bi_thu, client_of):
    ward = make_nguoi_dung(VaiTro.BI_THU_PHUONG, chi_doan.cap_tren)
    new = TaiKhoan(username="bithu.kv9", password="một câu dễ nhớ của tôi")
    row = add(chi_doan, nguoi, by=ward, tu_ngay=today() - timedelta(days=90), tai_khoan=new)
    services.end_chuc_vu(
        chuc_vu=row,
        den_ngay=today() - timedelta(days=1),
        ket_thuc="ky_luat",
        ly_do="Cảnh cáo",
        by=ward,
    )

    pages = [row.get_absolute_url(), chi_doan.get_absolute_url(), nguoi_url(nguoi)]
    assert all("Cảnh cáo" not in client_of(bi_thu).get(page).text for page in pages)
    assert "Kỷ luật: Cảnh cáo" in client_of(ward).get(row.get_absolute_url()).text
    assert PhanCong.objects.get(nguoi_dung__username="bithu.kv9").ly_do_ket_thuc == (
        "Thôi giữ chức vụ"
    )
    assert "ky_luat" not in str(NhatKy.objects.get(hanh_dong="chuc_vu.end").noi_dung)
    listed = client_of(bi_thu).get(reverse("chidoan:chuc_vu_list"), {"ket_thuc": "ky_luat"})
    assert "Kỷ luật" not in listed.text


def nguoi_url(nguoi) -> str:
    return reverse("chidoan:can_bo_detail", args=[nguoi.pk])


def test_two_who_mend_a_term_are_told_of_each_other(chi_doan, client_of, bi_thu_phuong):
    row = make_chuc_vu(don_vi=chi_doan, chuc_danh="bi_thu")
    client, url = client_of(bi_thu_phuong), reverse("chidoan:chuc_vu_update", args=[row.pk])
    page = client.get(url)
    sent = {box.html_name: box.value() or "" for box in page.context["form"]}
    sent["tu_ngay"] = f"{row.tu_ngay:%d/%m/%Y}"

    first = client.post(url, sent | {"cach": "dai_hoi"})
    late = client.post(url, sent | {"cach": "bch"})

    assert 'name="version"' in page.text
    assert (first.status_code, late.status_code) == (302, 409)
    assert [seen["theirs"] for seen in late.context["versions"]] == [ChucVu.Cach.DAI_HOI.label]
