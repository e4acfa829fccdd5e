import uuid
from datetime import date
from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.errors import RuleError
from core.periods import KyBaoCao
from doanvien.doan_phi import queries, services, viec
from doanvien.doan_phi.giay_to import papers, read_phieu
from doanvien.doan_phi.so_thu import so_thu
from doanvien.models import DoanPhi, DoanVien, MienDoanPhi, NopDoanPhi, PhieuThu, SoThuDoanPhi
from doanvien.services import begin_membership, end_membership, update_doan_vien
from tests.factories import make_doan_vien, make_phieu_thu
from tochuc.models import NhatKy, QuyDinh
from tochuc.quy_dinh import gia_tri_nhieu
from tochuc.viec import dem_viec

pytestmark = pytest.mark.django_db
NAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    for module in ("thu", "nop", "mien", "muc"):
        monkeypatch.setattr(f"doanvien.doan_phi.services.{module}.today", lambda: NAY)
    monkeypatch.setattr("doanvien.doan_phi.queries.today", lambda: NAY)


def thang(so):
    return date(2026, so, 1)


def open_book(chi_doan, tu=7):
    return services.open_so_thu(chi_doan=chi_doan, tu_thang=thang(tu), by=None)


def collect_all(chi_doan, so, tong, **fields):
    fields = {"ngay": NAY, "ma_gui": uuid.uuid4(), "by": None, **fields}
    return services.collect_all(chi_doan=chi_doan, thang=thang(so), tong=tong, **fields)


def test_months_are_owed_from_the_opening_of_the_book(chi_doan):
    person = make_doan_vien(chi_doan=chi_doan, ngay_vao_doan=date(2018, 3, 26))
    assert queries.con_no(person, NAY) == []
    assert queries.da_dong_den(person, NAY) is None

    open_book(chi_doan, tu=8)
    assert queries.con_no(person, NAY) == [thang(m) for m in (8, 9, 10, 11)]

    make_phieu_thu(person, thang(8), thang(9), thang(11), ngay=NAY)
    assert queries.con_no(person, NAY) == [thang(10)]
    assert queries.da_dong_den(person, NAY) == thang(9)


def test_months_paid_ahead_and_exempt_months_count_as_settled(chi_doan):
    person = make_doan_vien(chi_doan=chi_doan)
    open_book(chi_doan, tu=9)
    mien = services.propose_mien(
        doan_vien=person, chi_doan=chi_doan, tu_thang=thang(9), den_thang=thang(10),
        ly_do="kho_khan", by=None,
    )  # fmt: skip
    assert queries.con_no(person, NAY) == [thang(9), thang(10), thang(11)]

    services.approve_mien(mien=mien, ngay=NAY, van_ban="05-QĐ/ĐTN", by=None)
    make_phieu_thu(person, thang(11), thang(12), ngay=NAY)
    assert queries.con_no(person, NAY) == []
    assert queries.da_dong_den(person, NAY) == thang(12)
    assert queries.con_no_nhieu([person.pk], date(2027, 1, 5)) == {person.pk: [date(2027, 1, 1)]}


def test_who_moves_pays_the_month_at_the_old_branch(chi_doan, chi_doan_khac):
    person = make_doan_vien(chi_doan=chi_doan)
    open_book(chi_doan, 10)
    open_book(chi_doan_khac, 10)
    end_membership(doan_vien=person, den_ngay=date(2026, 10, 14), ly_do="chuyen_di", by=None)
    begin_membership(
        doan_vien=person, chi_doan=chi_doan_khac, tu_ngay=date(2026, 10, 15),
        ly_do="chuyen_den", by=None,
    )  # fmt: skip

    with pytest.raises(RuleError, match="không đóng đoàn phí ở"):
        make_phieu_thu(person, thang(10), chi_doan=chi_doan_khac)
    ky = KyBaoCao.parse("2026")
    ward = queries.bang_thu(chi_doan.cap_tren, ky)
    assert {path: thu.con_no for path, thu in ward.items()} == {
        chi_doan.path: 2_000,
        chi_doan_khac.path: 2_000,
    }
    make_phieu_thu(person, thang(10), chi_doan=chi_doan)
    assert queries.con_no(person, NAY) == [thang(11)]


def test_who_died_owes_nothing(chi_doan):
    person = make_doan_vien(chi_doan=chi_doan)
    open_book(chi_doan)
    end_membership(doan_vien=person, den_ngay=date(2026, 9, 9), ly_do="tu_tran", by=None)

    assert queries.con_no(person, NAY) == []


def test_a_month_is_owed_at_the_rate_that_was_true_in_it(chi_doan, monkeypatch):
    person = make_doan_vien(chi_doan=chi_doan)
    open_book(chi_doan, tu=9)

    def owed():
        items = queries.doc_chi_doan(chi_doan, thang(9), thang(11), NAY)
        return [item.so_tien for item in items]

    monkeypatch.setattr("doanvien.services.today", lambda: NAY)
    person = update_doan_vien(
        doan_vien=person, version=person.version, changes={"huong_luong": True}, by=None
    )
    assert owed() == [2_000, 2_000, 5_000]
    set_muc = partial(services.set_muc, doan_vien=person, huong_luong=True, by=None)
    set_muc(tu_thang=thang(10))
    assert owed() == [2_000, 5_000, 5_000]
    set_muc(tu_thang=None)
    assert owed() == [5_000, 5_000, 5_000]
    with pytest.raises(RuleError, match="tháng đã qua"):
        set_muc(tu_thang=thang(12))


def test_a_whole_branch_in_one_receipt_and_a_second_tap_makes_none(chi_doan):
    make_doan_vien(chi_doan=chi_doan)
    make_doan_vien(chi_doan=chi_doan, huong_luong=True)
    ma_gui = uuid.uuid4()

    (phieu,) = collect_all(chi_doan, 11, 7_000, ma_gui=ma_gui)
    assert collect_all(chi_doan, 11, 7_000, ma_gui=ma_gui) == [phieu]
    assert (phieu.so_phieu, phieu.tong, phieu.nguoi_nop) == (
        "PT-0001",
        7_000,
        "2 đồng chí, theo bảng kê",
    )
    assert phieu.noi_dung == "Đoàn phí tháng 11/2026, 2 đồng chí"
    assert sorted(DoanPhi.objects.values_list("so_tien", flat=True)) == [2_000, 5_000]
    assert SoThuDoanPhi.objects.get().tu_thang == thang(11)
    with pytest.raises(RuleError, match="không còn đồng chí nào"):
        collect_all(chi_doan, 11, 7_000)


def test_the_sum_on_the_page_must_still_be_true(chi_doan):
    make_doan_vien(chi_doan=chi_doan)
    make_doan_vien(chi_doan=chi_doan)

    with pytest.raises(RuleError, match="nay còn 2 đồng chí"):
        collect_all(chi_doan, 11, 2_000)


def test_a_unit_may_want_a_receipt_for_each(chi_doan):
    QuyDinh.objects.create(
        ma="doan_phi_phieu_chung", don_vi=chi_doan, tu_ngay=date(2020, 1, 1),
        gia_tri="moi_nguoi", can_cu="Nếp chi đoàn",
    )  # fmt: skip
    people = [make_doan_vien(chi_doan=chi_doan) for _ in range(3)]
    phieu = collect_all(chi_doan, 11, 6_000)

    assert [row.so for row in phieu] == [1, 2, 3]
    assert {row.doan_vien for row in phieu} == set(people)


def test_rates_follow_the_dated_setting(chi_doan):
    person = make_doan_vien(chi_doan=chi_doan)
    open_book(chi_doan, tu=10)
    QuyDinh.objects.create(
        ma="doan_phi_khong_luong", don_vi=chi_doan.cap_tren, tu_ngay=thang(11),
        gia_tri=3_000, can_cu="Nghị quyết mới",
    )  # fmt: skip

    assert make_phieu_thu(person, thang(10), thang(11), ngay=NAY).tong == 5_000


@pytest.mark.parametrize(
    ("so", "so_tien", "sentence"),
    [
        (11, 1_000, "Mức của"),
        (9, None, "sổ thu chưa mở"),
        (10, None, "đã đóng đoàn phí tháng 10/2026"),
    ],
)
def test_what_cannot_be_collected(chi_doan, so, so_tien, sentence):
    person = make_doan_vien(chi_doan=chi_doan)
    make_phieu_thu(person, thang(10), ngay=NAY)

    with pytest.raises(RuleError, match=sentence):
        make_phieu_thu(person, thang(so), ngay=NAY, so_tien=so_tien)


def test_the_database_refuses_a_second_payment_of_a_month(chi_doan):
    person = make_doan_vien(chi_doan=chi_doan)
    phieu = make_phieu_thu(person, thang(10), ngay=NAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        DoanPhi.objects.create(
            phieu=phieu, doan_vien=person, chi_doan=chi_doan, thang=thang(10), so_tien=2_000
        )


def test_a_mistake_is_taken_back_by_a_counter_entry(chi_doan, bi_thu):
    person, other = make_doan_vien(chi_doan=chi_doan), make_doan_vien(chi_doan=chi_doan)
    (phieu,) = collect_all(chi_doan, 11, 4_000)
    line = phieu.dong.get(doan_vien=person)

    counter = services.cancel_phieu(phieu=phieu, ly_do="Thu nhầm", by=bi_thu, dong=[line.pk])
    assert (counter.tong, counter.so, counter.dao_cua) == (-2_000, 2, phieu)
    assert (phieu.nguoi_nop, counter.nguoi_nop) == ("2 đồng chí, theo bảng kê", person.ho_ten)
    paper = read_phieu(counter)
    assert (paper.ten, paper.kem_theo) == ("PHIẾU GHI GIẢM", "không")
    assert "Họ và tên người nhận lại tiền" in repr(papers(paper))
    assert PhieuThu.objects.get(pk=phieu.pk).tong == 4_000
    assert queries.con_no(person, NAY) == [thang(11)]
    assert queries.con_no(other, NAY) == []
    make_phieu_thu(person, thang(11), ngay=NAY)
    services.cancel_phieu(phieu=phieu, ly_do="Trả lại tiền", by=bi_thu)
    with pytest.raises(RuleError, match="Phiếu này đã hủy"):
        services.cancel_phieu(phieu=phieu, ly_do="Trả lại tiền", by=bi_thu)
    with pytest.raises(RuleError, match="đã là bút toán hủy"):
        services.cancel_phieu(phieu=counter, ly_do="Nhầm", by=bi_thu)
    assert queries.bang_thu(chi_doan, KyBaoCao.parse("2026-11"))[chi_doan.path].da_thu == 2_000


def test_the_ward_that_collects_for_a_branch_is_marked(chi_doan, bi_thu, bi_thu_phuong):
    person = make_doan_vien(chi_doan=chi_doan)
    make_phieu_thu(person, thang(10), ngay=NAY, by=bi_thu)
    make_phieu_thu(person, thang(11), ngay=NAY, by=bi_thu_phuong)

    lines = NhatKy.objects.filter(hanh_dong="phieu_thu.create").order_by("so")
    assert [line.noi_dung.get("nhap_thay") for line in lines] == [None, True]


def remit(don_vi, ky, **fields):
    fields = {"ngay": NAY, "chung_tu": "", "ma_gui": uuid.uuid4(), "by": None, **fields}
    return services.submit_nop(don_vi=don_vi, ky=KyBaoCao.parse(ky), **fields)


def test_money_goes_up_the_levels_and_none_is_remitted_twice(chi_doan, phuong, huyen):
    for luong in (False, False, True):
        make_doan_vien(chi_doan=chi_doan, huong_luong=luong)
    collect_all(chi_doan, 11, 9_000)
    make_phieu_thu(DoanVien.objects.first(), thang(12), ngay=NAY, so_tien=2_001)

    nop = remit(chi_doan, "2026-11")
    assert (nop.co_so, nop.giu_lai, nop.trich_nop) == (11_001, 7_334, 3_667)
    assert remit(chi_doan, "2026-11", ma_gui=nop.ma_gui) == nop
    with pytest.raises(RuleError, match="chưa có khoản nào phải nộp"):
        remit(chi_doan, "2026-11")
    with pytest.raises(RuleError, match="chưa có khoản nào phải nộp"):
        remit(phuong, "2026Q4")

    services.accept_nop(nop=nop, ngay=NAY, by=None)
    with pytest.raises(RuleError, match="đã xử lý: đã nhận"):
        services.accept_nop(nop=nop, ngay=NAY, by=None)
    receipt = NopDoanPhi.objects.get(pk=nop.pk).phieu_nhan
    assert (receipt.don_vi, receipt.tong, receipt.so_phieu) == (phuong, 3_667, "PT-0001")
    assert receipt.nguoi_nop == "Chi đoàn Khu vực 1"
    up = remit(phuong, "2026Q4")
    assert (up.don_vi_nhan, up.co_so, up.trich_nop) == (huyen, 3_667, 1_222)

    services.return_nop(nop=nop, ly_do="Bấm nhầm, chưa có tiền", by=None)
    counter = PhieuThu.objects.get(dao_cua=receipt)
    assert (counter.tong, counter.don_vi, read_phieu(counter).don_vi) == (
        -3_667,
        phuong,
        "Chi đoàn Khu vực 1",
    )
    with pytest.raises(RuleError, match="đã trả lại"):
        services.return_nop(nop=nop, ly_do="Lần nữa", by=None)
    assert remit(chi_doan, "2026-11").trich_nop == 3_667


def test_a_remittance_given_back_frees_its_receipts(chi_doan):
    person = make_doan_vien(chi_doan=chi_doan)
    phieu = make_phieu_thu(person, thang(10), ngay=date(2026, 10, 20))
    nop = remit(chi_doan, "2026-10")
    services.return_nop(nop=nop, ly_do="Chưa nhận được tiền", by=None)

    assert NopDoanPhi.objects.get(pk=nop.pk).ly_do_tra == "Chưa nhận được tiền"
    services.cancel_phieu(phieu=phieu, ly_do="Ghi nhầm người", by=None)
    assert PhieuThu.objects.chua_nop().tong_tien() == 0
    with pytest.raises(RuleError, match="chưa có khoản nào phải nộp"):
        remit(chi_doan, "2026-11")


def test_an_exemption_has_an_end_and_is_decided_once(chi_doan):
    person = make_doan_vien(chi_doan=chi_doan)
    fields = {"doan_vien": person, "chi_doan": chi_doan, "ly_do": "om_dau", "by": None}
    with pytest.raises(RuleError, match="không quá 6 tháng"):
        services.propose_mien(tu_thang=thang(1), den_thang=thang(7), **fields)

    mien = services.propose_mien(tu_thang=thang(2), den_thang=thang(7), **fields)
    with pytest.raises(RuleError, match="đã có đề nghị miễn"):
        services.propose_mien(tu_thang=thang(7), den_thang=thang(8), **fields)
    with pytest.raises(RuleError, match="Ghi ý kiến"):
        services.reject_mien(mien=mien, ngay=NAY, y_kien=" ", by=None)
    services.reject_mien(mien=mien, ngay=NAY, y_kien="Chưa đủ căn cứ", by=None)
    with pytest.raises(RuleError, match="đã xét: không được miễn"):
        services.approve_mien(mien=mien, ngay=NAY, van_ban="", by=None)
    again = services.propose_mien(tu_thang=thang(7), den_thang=thang(8), **fields)
    services.withdraw_mien(mien=again, by=None)
    assert list(MienDoanPhi.objects.all()) == [mien]
    with pytest.raises(RuleError, match="đã xét"):
        services.withdraw_mien(mien=mien, by=None)


def test_a_granted_exemption_ends_early_or_is_taken_back(chi_doan, chi_doan_khac):
    open_book(chi_doan)
    person = make_doan_vien(chi_doan=chi_doan)
    fields = {"doan_vien": person, "chi_doan": chi_doan, "ly_do": "mat_viec", "by": None}
    mien = services.propose_mien(tu_thang=thang(9), den_thang=thang(11), **fields)
    end = partial(services.shorten_mien, mien=mien, ly_do="Đã có việc làm", by=None)
    with pytest.raises(RuleError, match="đã được đồng ý"):
        end(den_thang=thang(10))
    services.approve_mien(mien=mien, ngay=NAY, van_ban="", by=None)
    assert not {thang(9), thang(10), thang(11)} & {*queries.con_no(person, NAY)}
    for month, said in ((11, "trước 11/2026"), (8, "bắt đầu từ tháng 09/2026")):
        with pytest.raises(RuleError, match=said):
            end(den_thang=thang(month))

    end(den_thang=thang(10))
    assert queries.con_no(person, NAY)[-1:] == [thang(11)]
    end(den_thang=None)
    assert queries.con_no(person, NAY)[-3:] == [thang(9), thang(10), thang(11)]
    mien.refresh_from_db()
    assert mien.y_kien == "Đã có việc làm (trước đây miễn đến hết tháng 10/2026)"


@pytest.mark.parametrize("people", [1, 3])
def test_a_ward_is_read_with_the_same_statements(chi_doan, chi_doan_khac, people):
    for branch in (chi_doan, chi_doan_khac):
        for _ in range(people):
            make_phieu_thu(make_doan_vien(chi_doan=branch), thang(10), ngay=NAY)

    with CaptureQueriesContext(connection) as asked:
        bang = queries.bang_thu(chi_doan.cap_tren, KyBaoCao.parse("2026Q4"))
    assert len(asked) == 4  # periods, paid, exemptions, rates
    total = queries.tong_thu(bang)
    assert (total.phai_thu, total.da_thu, total.so_nguoi_no) == (
        8_000 * people,
        4_000 * people,
        2 * people,
    )


def test_one_statement_counts_who_owes_the_month_as_the_book_does(
    chi_doan, chi_doan_khac, django_assert_num_queries
):
    ky = KyBaoCao.parse("2026-11")
    owing, paid, exempt, dead, moving, back, left = (
        make_doan_vien(chi_doan=chi_doan) for _ in range(7)
    )
    assert queries.con_no_thang(chi_doan, ky).count() == 0  # the book is closed
    for branch in (chi_doan, chi_doan_khac):
        open_book(branch)
    make_phieu_thu(paid, thang(11), ngay=NAY)
    mien = services.propose_mien(
        doan_vien=exempt, chi_doan=chi_doan, tu_thang=thang(11), den_thang=thang(11),
        ly_do="om_dau", by=None,
    )  # fmt: skip
    services.approve_mien(mien=mien, ngay=NAY, van_ban="1", by=None)
    DoanVien.objects.filter(pk=dead.pk).update(trang_thai=DoanVien.TrangThai.TU_TRAN)
    for person, day in ((moving, 9), (back, 5)):  # who moves pays the month where he comes from
        last = date(2026, 11, day)
        end_membership(doan_vien=person, den_ngay=last, ly_do="chuyen_di", by=None)
        begin_membership(
            doan_vien=person, chi_doan=chi_doan_khac, tu_ngay=last.replace(day=day + 1),
            ly_do="chuyen_den", by=None,
        )  # fmt: skip
    end_membership(doan_vien=left, den_ngay=date(2026, 10, 31), ly_do="chuyen_di", by=None)

    with django_assert_num_queries(1):
        found = {row.doan_vien_id for row in queries.con_no_thang(chi_doan, ky)}

    assert found == {owing.pk, moving.pk, back.pk}
    bang = queries.bang_thu(chi_doan.cap_tren, ky)
    assert found == bang[chi_doan.path].nguoi_no
    assert not queries.con_no_thang(chi_doan_khac, ky).exists()


def test_duties_of_a_branch_and_of_its_ward(chi_doan, phuong, bi_thu, bi_thu_phuong, kiem_tra):
    person = make_doan_vien(chi_doan=chi_doan)
    make_phieu_thu(person, thang(10), ngay=date(2026, 10, 20))
    services.propose_mien(
        doan_vien=person, chi_doan=chi_doan, tu_thang=thang(12), den_thang=thang(12),
        ly_do="om_dau", by=None,
    )  # fmt: skip

    def duties(dem, user, don_vi):
        settings = gia_tri_nhieu(list(viec.KHOA_VIEC), ngay=NAY, don_vi=don_vi)
        found = dem_viec(list(dem(user, don_vi, NAY, settings)))
        return [(row.tieu_de.replace("\xa0", " "), row.qua_han) for row in found]

    assert duties(viec.dem_chi_doan, bi_thu, chi_doan) == [
        ("Nộp đoàn phí tháng 10 lên phường", True),
        ("Thu đoàn phí tháng 11 của 1 đồng chí", False),
    ]
    assert duties(viec.dem_chi_doan, kiem_tra, chi_doan) == []
    remit(chi_doan, "2026-10")
    assert [title for title, _ in duties(viec.dem_chi_doan, bi_thu, chi_doan)] == [
        "Thu đoàn phí tháng 11 của 1 đồng chí"
    ]
    assert [title for title, _ in duties(viec.dem_phuong, bi_thu_phuong, phuong)] == [
        "Nhận 1 khoản đoàn phí chi đoàn nộp",
        "Xét 1 đề nghị miễn đoàn phí",
    ]


def test_the_book_of_a_year_has_a_row_for_each_member(chi_doan):
    person = make_doan_vien(chi_doan=chi_doan, ho_ten="Trần Gia Bảo")
    open_book(chi_doan, tu=9)
    make_phieu_thu(person, thang(10), ngay=NAY)

    (row,) = so_thu(chi_doan, 2026, NAY)
    assert row.ho_ten == "Trần Gia Bảo"
    assert row.thang == (*["–"] * 8, "nợ", "2.000", "", "")
    assert (row.da_thu, row.con_no) == (2_000, 4_000)
