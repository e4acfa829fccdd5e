"""A transfer through its four signatures: what each opens, closes and refuses."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader

from core.errors import AlreadyRecordedError, RuleError, StaleError
from core.periods import today
from doanvien.chuyen import services
from doanvien.chuyen.doan_phi import months_between
from doanvien.chuyen.services import NoiDen, ten_co_so
from doanvien.khi_roi import KHONG_CON
from doanvien.models import ChuyenSinhHoat, DoanVien, QuaTrinh
from doanvien.services import end_membership
from tests.factories import make_chi_doan, make_doan_vien, make_nguoi_dung
from tochuc.models import NhatKy, VanBan
from tochuc.permissions import VaiTro

HOM_NAY = today()
NGAY = HOM_NAY - timedelta(days=20)
T = ChuyenSinhHoat.TrangThai
Loai = ChuyenSinhHoat.Loai


@pytest.fixture
def chi_doan_den(phuong_khac):
    return make_chi_doan(phuong=phuong_khac, ten="Khu vực 9")


@pytest.fixture
def bi_thu_den(chi_doan_den):
    return make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, chi_doan_den)


def ask(doan_vien, by, noi_den, **fields):
    fields = {"loai": Loai.CHINH_THUC, "ngay": NGAY, "dong_phi_den": NGAY, **fields}
    return services.request(doan_vien=doan_vien, noi_den=noi_den, by=by, **fields)


def official(doan_vien):
    rows = QuaTrinh.objects.chinh_thuc().filter(doan_vien=doan_vien).order_by("tu_ngay")
    return list(rows.values_list("chi_doan_id", "tu_ngay", "den_ngay", "ly_do_ket_thuc"))


def test_four_signatures_move_the_person_on_the_day_of_the_last(
    doan_vien, bi_thu, bi_thu_phuong, nguoi_la, bi_thu_den, chi_doan_den, phuong_khac
):
    di = doan_vien.chi_doan_id
    tu = doan_vien.qua_trinh.get().tu_ngay
    chuyen = ask(doan_vien, bi_thu, NoiDen(phuong=phuong_khac, ten_chi_doan="Chi đoàn Khu vực 9"))
    assert not ChuyenSinhHoat.objects.visible_to(bi_thu_den).exists()

    chuyen = services.sign(chuyen=chuyen, ngay=NGAY + timedelta(days=1), by=bi_thu_phuong)
    assert chuyen.so_giay == "01-GGT/ĐTN"
    assert VanBan.objects.issued(chuyen, "GGT").so_ky_hieu == "01-GGT/ĐTN"
    chuyen = services.receive(
        chuyen=chuyen, chi_doan_den=chi_doan_den, ngay=NGAY + timedelta(days=2), by=nguoi_la
    )
    assert official(doan_vien) == [(di, tu, None, "")]

    ngay = NGAY + timedelta(days=3)
    chuyen = services.confirm(chuyen=chuyen, ngay=ngay, by=bi_thu_den)

    assert chuyen.trang_thai == T.XONG
    assert official(doan_vien) == [
        (di, tu, ngay - timedelta(days=1), "chuyen_di"),
        (chi_doan_den.pk, ngay, None, ""),
    ]
    assert chuyen.qua_trinh.truoc.chi_doan_id == di
    doan_vien.refresh_from_db()
    assert (doan_vien.chi_doan, doan_vien.trang_thai) == (chi_doan_den, "dang_sinh_hoat")
    assert not DoanVien.objects.visible_to(bi_thu).exists()
    assert not any(chuyen.buoc.values_list("nhap_thay", flat=True))
    assert list(
        NhatKy.objects.filter(hanh_dong__startswith="chuyen.")
        .values_list("hanh_dong", flat=True)
        .order_by("so")
    ) == ["chuyen.de_nghi", "chuyen.phuong_di", "chuyen.phuong_den", "chuyen.xac_nhan"]


def test_inside_a_ward_it_refers_directly_and_may_act_for_its_branches(
    doan_vien, bi_thu_phuong, chi_doan_khac
):
    noi_den = NoiDen(phuong=chi_doan_khac.cap_tren, chi_doan=chi_doan_khac)
    chuyen = ask(doan_vien, bi_thu_phuong, noi_den)

    chuyen = services.sign(chuyen=chuyen, ngay=NGAY, by=bi_thu_phuong)
    assert chuyen.trang_thai == T.CHO_CHI_DOAN_DEN
    services.confirm(chuyen=chuyen, ngay=HOM_NAY, by=bi_thu_phuong)

    assert list(chuyen.buoc.values_list("loai", "nhap_thay")) == [
        ("de_nghi", True),
        ("phuong_di", False),
        ("xac_nhan", True),
    ]
    assert len(official(doan_vien)) == 2


def test_refused_comes_back_with_the_reason_and_goes_out_again(
    doan_vien, bi_thu, bi_thu_phuong, nguoi_la, chi_doan_den, phuong_khac
):
    chuyen = ask(doan_vien, bi_thu, NoiDen(phuong=phuong_khac))
    services.sign(chuyen=chuyen, ngay=NGAY, by=bi_thu_phuong)
    with pytest.raises(RuleError, match="lý do từ chối"):
        services.refuse(chuyen=chuyen, ngay=NGAY, ly_do=" ", by=nguoi_la)

    chuyen = services.refuse(chuyen=chuyen, ngay=NGAY, ly_do="Chưa có sổ đoàn viên", by=nguoi_la)
    assert chuyen.trang_thai == T.TU_CHOI
    assert list(ChuyenSinhHoat.objects.all().cho_ky(bi_thu)) == [chuyen]

    noi_den = NoiDen(phuong=phuong_khac)
    chuyen = services.resend(
        chuyen=chuyen, noi_den=noi_den, ngay=NGAY, dong_phi_den=NGAY, by=bi_thu
    )
    assert not ChuyenSinhHoat.objects.visible_to(nguoi_la).exists()
    chuyen = services.sign(chuyen=chuyen, ngay=NGAY, by=bi_thu_phuong)
    assert chuyen.so_giay == "01-GGT/ĐTN"
    assert len(official(doan_vien)) == 1


def test_withdrawn_frees_the_person_for_another_transfer(doan_vien, bi_thu, phuong_khac):
    chuyen = ask(doan_vien, bi_thu, NoiDen(phuong=phuong_khac))
    with pytest.raises(RuleError, match="đang có một lần chuyển chưa xong"):
        ask(doan_vien, bi_thu, NoiDen(phuong=phuong_khac))

    services.withdraw(chuyen=chuyen, ngay=HOM_NAY, ly_do="Không đi nữa", by=bi_thu)

    assert ask(doan_vien, bi_thu, NoiDen(phuong=phuong_khac)).is_dang_mo


def test_to_a_unit_outside_the_system_the_returned_slip_ends_it(doan_vien, bi_thu, bi_thu_phuong):
    lop = "Chi đoàn Lớp Quản trị dịch vụ du lịch và lữ hành chất lượng cao K49B"
    que_quan = "Ấp Tân Phú Đông, xã Vĩnh Thuận Tây, huyện Vị Thủy, tỉnh Hậu Giang (nay là Cần Thơ)"
    DoanVien.objects.filter(pk=doan_vien.pk).update(que_quan=que_quan)
    noi_den = NoiDen(ten_phuong="Trường Đại học Cần Thơ, thành phố Cần Thơ", ten_chi_doan=lop)
    chuyen = ask(doan_vien, bi_thu, noi_den)
    chuyen = services.sign(chuyen=chuyen, ngay=NGAY, by=bi_thu_phuong)
    assert chuyen.trang_thai == T.CHO_NOI_KHAC
    slip = bytes(VanBan.objects.issued(chuyen, "GGT").tep)
    assert len(PdfReader(BytesIO(slip)).pages) == 1

    services.confirm_elsewhere(chuyen=chuyen, ngay=HOM_NAY, by=bi_thu_phuong)

    doan_vien.refresh_from_db()
    assert doan_vien.trang_thai == "chuyen_di"
    assert official(doan_vien)[0][2:] == (HOM_NAY - timedelta(days=1), "chuyen_di")


def test_who_has_left_meanwhile_is_referred_nowhere(
    doan_vien, bi_thu, bi_thu_phuong, phuong_khac, chi_doan_den, bi_thu_den
):
    chuyen = ask(doan_vien, bi_thu, NoiDen(phuong=phuong_khac))
    end_membership(doan_vien=doan_vien, den_ngay=HOM_NAY, ly_do="tu_tran", by=bi_thu)

    assert not ChuyenSinhHoat.objects.cho_ky(bi_thu_phuong).exists()
    chuyen.refresh_from_db()
    assert (chuyen.trang_thai, chuyen.buoc.last().ly_do) == (T.RUT, KHONG_CON)
    with pytest.raises(RuleError, match="đang ở bước «Đã rút»"):
        services.sign(chuyen=chuyen, ngay=HOM_NAY, by=bi_thu_phuong)

    chuyen.trang_thai = T.CHO_PHUONG_DI
    chuyen.save()
    with pytest.raises(RuleError, match="không còn sinh hoạt tại Chi đoàn Khu vực 1"):
        services.sign(chuyen=chuyen, ngay=HOM_NAY, by=bi_thu_phuong)
    assert not VanBan.objects.exists()
    chuyen.chi_doan_den = chi_doan_den
    chuyen.trang_thai, chuyen.loai = T.CHO_CHI_DOAN_DEN, Loai.NOI_CU_TRU
    chuyen.save()
    with pytest.raises(RuleError, match="không còn sinh hoạt tại Chi đoàn Khu vực 1"):
        services.confirm(chuyen=chuyen, ngay=HOM_NAY, by=bi_thu_den)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Đoàn phường Hòa An", "Đoàn phường Hòa An"),
        ("Phường  Ninh Kiều, Cần Thơ", "Đoàn phường Ninh Kiều, Cần Thơ"),
        ("BCH Đoàn xã Tân Hòa", "Đoàn xã Tân Hòa"),
        ("thành đoàn Cần Thơ", "Thành đoàn Cần Thơ"),
        ("Trường Đại học Cần Thơ", "Đoàn Trường Đại học Cần Thơ"),
        ("  ", ""),
    ],
)
def test_a_unit_named_by_hand_reads_as_a_union_unit(typed, name):
    assert ten_co_so(typed) == name


@pytest.mark.parametrize("loai", [Loai.TAM_THOI, Loai.NOI_CU_TRU])
def test_a_guest_stays_official_at_home(doan_vien, bi_thu, bi_thu_phuong, chi_doan_khac, loai):
    noi_den = NoiDen(phuong=chi_doan_khac.cap_tren, chi_doan=chi_doan_khac)
    han = HOM_NAY + timedelta(days=60)
    chuyen = ask(doan_vien, bi_thu, noi_den, loai=loai, den_ngay=han, dong_phi_den=None)
    chuyen = services.sign(chuyen=chuyen, ngay=NGAY, by=bi_thu_phuong)

    services.confirm(chuyen=chuyen, ngay=HOM_NAY, by=bi_thu_phuong)

    guest = QuaTrinh.objects.khong_chinh_thuc().get()
    assert (guest.loai, guest.chi_doan, guest.den_ngay) == (loai, chi_doan_khac, han)
    doan_vien.refresh_from_db()
    assert doan_vien.chi_doan != chi_doan_khac
    assert QuaTrinh.objects.chinh_thuc().tai_ngay(HOM_NAY).get().chi_doan == doan_vien.chi_doan

    end_membership(doan_vien=doan_vien, den_ngay=HOM_NAY, ly_do="truong_thanh", by=None)
    guest.refresh_from_db()
    assert (guest.den_ngay, guest.ly_do_ket_thuc) == (HOM_NAY, "het_han")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"ngay": HOM_NAY + timedelta(days=1)}, "chưa đến"),
        ({"ngay": date(2018, 3, 25)}, "về Chi đoàn Khu vực 1 từ 26/03/2018"),
        ({"dong_phi_den": None}, "hết tháng nào"),
        ({"dong_phi_den": NGAY - timedelta(days=150)}, "Còn nợ đoàn phí"),
        ({"loai": Loai.TAM_THOI}, "tạm thời đến hết ngày nào"),
        ({"loai": Loai.TAM_THOI, "den_ngay": NGAY - timedelta(days=1)}, "từ ngày đề nghị"),
    ],
)
def test_a_request_is_refused(doan_vien, bi_thu, phuong_khac, fields, message):
    with pytest.raises(RuleError, match=message):
        ask(doan_vien, bi_thu, NoiDen(phuong=phuong_khac), **fields)


def test_destinations_that_cannot_be(doan_vien, bi_thu, phuong, phuong_khac, chi_doan):
    school = make_chi_doan(phuong=phuong, ten="Trường học", khoi="truong_hoc")
    closed = make_chi_doan(phuong=phuong, ket_thuc=NGAY - timedelta(days=1))
    for noi_den, loai, message in (
        (NoiDen(), Loai.CHINH_THUC, "Ghi nơi đến"),
        (NoiDen(phuong=phuong, chi_doan=chi_doan), Loai.CHINH_THUC, "khác chi đoàn đi"),
        (NoiDen(phuong=phuong_khac, chi_doan=school), Loai.CHINH_THUC, "không thuộc"),
        (NoiDen(phuong=phuong, chi_doan=closed), Loai.CHINH_THUC, "đã kết thúc"),
        (NoiDen(phuong=phuong, chi_doan=school), Loai.NOI_CU_TRU, "địa bàn dân cư"),
    ):
        with pytest.raises(RuleError, match=message):
            ask(doan_vien, bi_thu, noi_den, loai=loai)


def test_debts_are_let_through_with_a_reason(doan_vien, bi_thu, phuong_khac):
    chuyen = ask(
        doan_vien,
        bi_thu,
        NoiDen(phuong=phuong_khac),
        dong_phi_den=None,
        ly_do_no="Đi làm xa, sẽ đóng ở nơi đến",
    )

    assert chuyen.ly_do_no


def test_who_may_not_sign_and_a_form_sent_twice(
    doan_vien, bi_thu, bi_thu_phuong, nguoi_la, phuong_khac
):
    chuyen = ask(doan_vien, bi_thu, NoiDen(phuong=phuong_khac))
    for by in (bi_thu, nguoi_la):
        with pytest.raises(PermissionDenied):
            services.sign(chuyen=chuyen, ngay=NGAY, by=by)
    with pytest.raises(RuleError, match="trước bước liền trước"):
        services.sign(chuyen=chuyen, ngay=NGAY - timedelta(days=1), by=bi_thu_phuong)

    services.sign(chuyen=chuyen, ngay=NGAY, by=bi_thu_phuong, version=1)

    with pytest.raises(AlreadyRecordedError):
        services.sign(chuyen=chuyen, ngay=NGAY, by=bi_thu_phuong, version=1)
    with pytest.raises(StaleError):
        services.withdraw(chuyen=chuyen, ngay=NGAY, ly_do="Thôi", by=bi_thu, version=1)


def test_a_confirmed_day_lies_within_the_request_and_today(
    doan_vien, bi_thu, bi_thu_phuong, chi_doan_khac
):
    noi_den = NoiDen(phuong=chi_doan_khac.cap_tren, chi_doan=chi_doan_khac)
    chuyen = ask(doan_vien, bi_thu, noi_den)
    services.sign(chuyen=chuyen, ngay=NGAY, by=bi_thu_phuong)

    for ngay, message in (
        (NGAY - timedelta(days=1), "trước ngày chi đoàn đi đề nghị"),
        (HOM_NAY + timedelta(days=1), "chưa đến"),
    ):
        with pytest.raises(RuleError, match=message):
            services.confirm(chuyen=chuyen, ngay=ngay, by=bi_thu_phuong)


def test_members_of_a_day_do_not_move_before_they_came(
    bi_thu, bi_thu_phuong, chi_doan, chi_doan_khac
):
    new = make_doan_vien(chi_doan=chi_doan, tu_ngay=NGAY)
    noi_den = NoiDen(phuong=chi_doan_khac.cap_tren, chi_doan=chi_doan_khac)
    chuyen = ask(new, bi_thu, noi_den)
    services.sign(chuyen=chuyen, ngay=NGAY, by=bi_thu_phuong)

    with pytest.raises(RuleError, match="mới về"):
        services.confirm(chuyen=chuyen, ngay=NGAY, by=bi_thu_phuong)


def test_months_owed_end_before_the_month_of_the_transfer():
    assert months_between(date(2026, 8, 1), date(2026, 11, 2)) == [
        date(2026, 9, 1),
        date(2026, 10, 1),
    ]
    assert months_between(date(2026, 12, 1), date(2027, 1, 31)) == []
