"""Classes: places, rolls, results, certificates, who had none."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from chidoan.models import ChucVu, HocVien, LopTapHuan, QuyHoach
from chidoan.tap_huan import giay_to, queries, services, trang, viec
from chidoan.tap_huan.quy_tac import cac_ngay, check_ngay, chuc_vu_o, con_cho, xep_cho
from chidoan.tap_huan.services.hoc_vien import KetQuaHoc
from core.errors import RuleError, StaleError
from core.pdf.markup import paper_html
from core.periods import today
from tests.factories import (
    make_chi_doan,
    make_chuc_vu,
    make_doan_vien,
    make_hoc_vien,
    make_huyen,
    make_lop,
    make_nguoi_dung,
    make_phuong,
)
from tochuc.models import CongViec, DonVi, NhatKy, VanBan
from tochuc.permissions import VaiTro

NGAY = date(2026, 5, 20)


# ---- rules ---------------------------------------------------------------------------------


@given(
    so_cho=st.none() | st.integers(1, 40),
    co_ten=st.integers(0, 60),
    den=st.lists(st.integers(), unique=True, max_size=40),
)
def test_nobody_is_lost_and_no_seat_is_given_twice(so_cho, co_ten, den):
    placed, waiting = xep_cho(so_cho, co_ten, den)

    assert placed + waiting == den
    if so_cho is None:
        assert not waiting
    else:
        assert len(placed) == min(len(den), max(0, so_cho - co_ten))
        assert con_cho(so_cho, co_ten + len(placed)) == 0 or not waiting


@pytest.mark.parametrize(
    ("chuc_vu", "don_vi", "words"),
    [
        ("Bí thư chi đoàn", "Chi đoàn Khu vực 1", "Bí thư Chi đoàn Khu vực 1"),
        ("Bí thư Đoàn phường", "Đoàn phường I", "Bí thư Đoàn phường I"),
        ("Đoàn viên", "Chi đoàn Khu vực 1", "Đoàn viên, Chi đoàn Khu vực 1"),
        ("", "Trường Chính trị", "Trường Chính trị"),
        ("Giảng viên", "", "Giảng viên"),
    ],
)
def test_office_and_unit_say_once_what_both_say(chuc_vu, don_vi, words):
    assert chuc_vu_o(chuc_vu, don_vi) == words


def test_a_short_class_gets_a_session_each_day():
    assert cac_ngay(NGAY, NGAY + timedelta(days=2)) == [NGAY + timedelta(days=n) for n in range(3)]
    assert cac_ngay(NGAY, NGAY + timedelta(days=30)) == [NGAY]


@pytest.mark.parametrize(
    ("den", "han", "field"),
    [
        (NGAY - timedelta(days=1), None, "den_ngay"),
        (NGAY + timedelta(days=61), None, "den_ngay"),
        (NGAY, NGAY + timedelta(days=1), "han_dang_ky"),
    ],
)
def test_days_out_of_order_are_refused(den, han, field):
    with pytest.raises(RuleError) as refusal:
        check_ngay(NGAY, den, han)

    assert refusal.value.field == field


# ---- services ------------------------------------------------------------------------------


class Canh:
    """A district with a ward of two branches, their secretaries, and who works where."""

    def __init__(self):
        self.huyen = make_huyen()
        self.phuong = make_phuong(cap_tren=self.huyen)
        self.chi_doan = [make_chi_doan(phuong=self.phuong) for _ in range(2)]
        self.bi_thu = [
            make_chuc_vu(don_vi=unit, chuc_danh="bi_thu", doan_vien=nguoi, ho_ten=nguoi.ho_ten)
            for unit in self.chi_doan
            for nguoi in [make_doan_vien(chi_doan=unit)]
        ]
        self.van_phong = make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, self.huyen)
        self.can_bo = make_nguoi_dung(VaiTro.CAN_BO_PHUONG, self.phuong)
        self.o_chi_doan = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, self.chi_doan[0])

    def lop(self, **values):
        ngay = values.pop("tu_ngay", today() + timedelta(days=5))
        values = {
            "ten": "Lớp thử",
            "chu_de": ["sinh_hoat"],
            "tu_ngay": ngay,
            "den_ngay": ngay,
        } | values
        return services.create_lop(don_vi=self.huyen, values=values, by=self.van_phong)


@pytest.fixture
def canh(db):
    return Canh()


def names(lop, trang_thai):
    rows = lop.hoc_vien.filter(trang_thai=trang_thai).order_by("dang_ky_luc", "pk")
    return [row.ho_ten for row in rows]


def test_who_comes_after_the_last_seat_waits_and_moves_up(canh):
    lop = canh.lop(so_cho=1)
    mot, hai = canh.bi_thu

    first = services.dang_ky(lop=lop, don_vi=canh.phuong, them=[mot, hai], bo=[], by=canh.can_bo)

    assert (first.co_cho, first.cho_xep) == (1, 1)
    row = lop.hoc_vien.get(ho_ten=mot.ho_ten)
    assert (row.chuc_vu, row.ten_don_vi) == ("Bí thư chi đoàn", str(canh.chi_doan[0]))

    services.dang_ky(lop=lop, don_vi=canh.chi_doan[0], them=[], bo=[row], by=canh.o_chi_doan)

    assert names(lop, "dang_ky") == [hai.ho_ten]
    assert names(lop, "rut") == [mot.ho_ten]
    again = services.dang_ky(
        lop=lop, don_vi=canh.chi_doan[0], them=[mot], bo=[], by=canh.o_chi_doan
    )
    assert (again.co_cho, again.cho_xep) == (0, 1)
    lop.refresh_from_db()
    services.update_lop(lop=lop, version=lop.version, values={"so_cho": 5}, by=canh.van_phong)
    assert sorted(names(lop, "dang_ky")) == sorted([mot.ho_ten, hai.ho_ten])


def test_a_branch_signs_up_its_own_people_alone_and_in_time(canh):
    lop = canh.lop(han_dang_ky=today())
    mot, hai = canh.bi_thu

    with pytest.raises(PermissionDenied):
        services.dang_ky(lop=lop, don_vi=canh.chi_doan[1], them=[hai], bo=[], by=canh.o_chi_doan)
    with pytest.raises(RuleError, match="không thuộc"):
        services.dang_ky(lop=lop, don_vi=canh.chi_doan[0], them=[hai], bo=[], by=canh.o_chi_doan)
    LopTapHuan.objects.filter(pk=lop.pk).update(han_dang_ky=today() - timedelta(days=1))
    with pytest.raises(RuleError, match="Hết hạn"):
        services.dang_ky(lop=lop, don_vi=canh.chi_doan[0], them=[mot], bo=[], by=canh.o_chi_doan)
    late = services.dang_ky(lop=lop, don_vi=canh.phuong, them=[mot], bo=[], by=canh.van_phong)
    assert late.co_cho == 1


def test_the_office_above_runs_no_class_of_a_ward(canh):
    lop = make_lop(don_vi=canh.phuong)

    for service in (services.huy_lop, services.mo_lai_lop):
        with pytest.raises(PermissionDenied):
            service(lop=lop, ly_do="Thử", by=canh.van_phong)
    with pytest.raises(PermissionDenied):
        services.create_lop(don_vi=canh.phuong, values={}, by=canh.van_phong)


@pytest.mark.parametrize(
    ("values", "field"),
    [({"so_cho": 99_999}, "so_cho"), ({"tu_ngay": today() + timedelta(days=500)}, "tu_ngay")],
)
def test_a_class_of_far_too_many_or_too_far_ahead_was_typed_wrongly(canh, values, field):
    with pytest.raises(RuleError) as refusal:
        canh.lop(**values)

    assert refusal.value.field == field


def test_a_form_sent_twice_opens_one_class_and_a_stale_one_none(canh):
    lop = canh.lop()

    with pytest.raises(RuleError, match="đã được ghi"):
        canh.lop()
    with pytest.raises(StaleError):
        services.update_lop(lop=lop, version=9, values={}, by=canh.van_phong)


def test_a_name_that_one_member_bears_is_that_member(canh):
    lop = canh.lop()
    nguoi = make_doan_vien(chi_doan=canh.chi_doan[0], ho_ten="Lò Thị Mai")

    row = services.them_nguoi(
        lop=lop, don_vi=canh.phuong, ho_ten="lò thị mai", chuc_vu="Ủy viên", by=canh.van_phong
    )
    guest = services.them_nguoi(
        lop=lop, don_vi=canh.huyen, ho_ten="Vi Văn Khách", chuc_vu="", by=canh.van_phong
    )

    assert (row.doan_vien, row.don_vi) == (nguoi, canh.chi_doan[0])
    assert (guest.doan_vien, guest.don_vi) == (None, canh.huyen)
    with pytest.raises(RuleError, match="đã có tên"):
        services.them_nguoi(
            lop=lop, don_vi=canh.phuong, ho_ten="Lò Thị Mai", chuc_vu="", by=canh.van_phong
        )


@pytest.fixture
def lop_da_hoc(canh):
    """A class held: one attended and passed, one did not come."""
    lop = canh.lop(tu_ngay=today() - timedelta(days=3), han_dang_ky=None)
    services.dang_ky(lop=lop, don_vi=canh.phuong, them=canh.bi_thu, bo=[], by=canh.van_phong)
    den, vang = lop.hoc_vien.order_by("pk")
    services.diem_danh(buoi=lop.buoi.get(), vang=[vang.pk], by=canh.van_phong)
    return lop, den, vang


def test_a_class_is_finished_once_everybody_who_came_has_a_result(canh, lop_da_hoc):
    lop, den, vang = lop_da_hoc

    with pytest.raises(RuleError, match="Còn 1 đồng chí"):
        services.finish_lop(lop=lop, ngay=today(), by=canh.van_phong)
    with pytest.raises(RuleError, match="chưa dự buổi nào"):
        services.ghi_ket_qua(lop=lop, ket_qua={vang.pk: KetQuaHoc("dat")}, by=canh.van_phong)
    with pytest.raises(RuleError, match="không rút"):
        services.rut(hoc_vien=den, by=canh.van_phong)
    dat = services.ghi_ket_qua(
        lop=lop, ket_qua={den.pk: KetQuaHoc("dat", Decimal("8.5"))}, by=canh.van_phong
    )
    services.finish_lop(lop=lop, ngay=today(), by=canh.van_phong)

    assert dat == 1
    lop.refresh_from_db()
    assert (lop.trang_thai, lop.ngay_xong) == (LopTapHuan.TrangThai.XONG, today())
    with pytest.raises(RuleError, match="đã kết thúc"):
        services.diem_danh(buoi=lop.buoi.get(), vang=[], by=canh.van_phong)
    assert NhatKy.objects.filter(hanh_dong="lop_tap_huan.finish").count() == 1


def test_a_roll_taken_again_takes_a_result_away_from_who_was_not_there(canh, lop_da_hoc):
    lop, den, _vang = lop_da_hoc
    services.ghi_ket_qua(lop=lop, ket_qua={den.pk: KetQuaHoc("dat")}, by=canh.van_phong)

    du = services.diem_danh(buoi=lop.buoi.get(), vang=[den.pk], by=canh.van_phong)

    assert du == 1
    den.refresh_from_db()
    assert den.ket_qua == ""


def test_certificates_have_numbers_without_gaps_and_lock_the_class(canh, lop_da_hoc, monkeypatch):
    lop, den, vang = lop_da_hoc
    services.diem_danh(buoi=lop.buoi.get(), vang=[], by=canh.van_phong)
    results = {den.pk: KetQuaHoc("dat"), vang.pk: KetQuaHoc("khong_dat")}
    services.ghi_ket_qua(lop=lop, ket_qua=results, by=canh.van_phong)
    with pytest.raises(RuleError, match="Kết thúc lớp trước"):
        services.cap_giay(hoc_vien=den, by=canh.van_phong)
    services.finish_lop(lop=lop, ngay=today(), by=canh.van_phong)

    paper = services.cap_giay(hoc_vien=den, by=canh.van_phong)

    assert services.cap_giay(hoc_vien=den, by=canh.van_phong) == paper
    assert paper.so_ky_hieu.startswith("01-GCN/")
    monkeypatch.setattr(trang, "HIEN", 0)
    page = trang.TrangLop.of(LopTapHuan.objects.with_so_nguoi().get(pk=lop.pk), canh.van_phong)
    assert (page.con_nua, page.so_chua_giay) == (True, 0)
    with pytest.raises(RuleError, match="chưa đạt"):
        services.cap_giay(hoc_vien=vang, by=canh.van_phong)
    with pytest.raises(RuleError, match="Hủy giấy trước"):
        services.mo_lai_lop(lop=lop, ly_do="Ghi sót", by=canh.van_phong)
    services.huy_giay(hoc_vien=den, ly_do="Sai tên", by=canh.van_phong)
    new = services.cap_giay(hoc_vien=den, by=canh.van_phong)
    assert new.so_ky_hieu.startswith("02-GCN/")
    services.huy_giay(hoc_vien=den, ly_do="Sai lần nữa", by=canh.van_phong)
    services.mo_lai_lop(lop=lop, ly_do="Ghi sót", by=canh.van_phong)
    lop.refresh_from_db()
    assert lop.is_mo


def test_a_long_certificate_moves_together_so_that_the_date_stays_below(canh, lop_da_hoc):
    _, den, _ = lop_da_hoc
    short = paper_html(giay_to.chung_nhan(den))
    den.lop.ten = "Lớp bồi dưỡng " + "kỹ năng tổ chức sinh hoạt chi đoàn " * 4

    assert 'class="certificate"' in short
    assert 'class="certificate full"' in paper_html(giay_to.chung_nhan(den))


def test_the_whole_class_gets_its_certificates_in_the_background(canh, lop_da_hoc, client):
    lop, den, _ = lop_da_hoc
    services.ghi_ket_qua(lop=lop, ket_qua={den.pk: KetQuaHoc("dat")}, by=canh.van_phong)
    services.finish_lop(lop=lop, ngay=today(), by=canh.van_phong)
    client.force_login(canh.van_phong)

    client.post(reverse("chidoan:tap_huan_cap_giay", args=[lop.pk]))

    work = CongViec.objects.get()
    assert (work.trang_thai, work.tep) == ("xong", "giay-chung-nhan.pdf")
    assert VanBan.objects.issued(den, "GCN").so == 1


def test_who_took_over_gives_the_certificates_that_an_ended_unit_left_open(
    canh, client, monkeypatch
):
    new = make_phuong(cap_tren=canh.huyen, ten="Mới")
    heir = make_nguoi_dung(VaiTro.CAN_BO_PHUONG, new)
    lop = make_lop(don_vi=canh.phuong, trang_thai="xong", ngay_xong=today())
    had, left = (
        make_hoc_vien(lop=lop, don_vi=unit, ket_qua="dat", du=True) for unit in canh.chi_doan
    )
    old = services.cap_giay(hoc_vien=had, by=canh.can_bo)
    for user in (heir, canh.van_phong):
        with pytest.raises(PermissionDenied):
            services.cap_giay(hoc_vien=left, by=user)
    DonVi.objects.filter(pk=canh.phuong.pk).update(ket_thuc=today() - timedelta(days=1))
    canh.phuong = DonVi.objects.get(pk=canh.phuong.pk)
    DonVi.objects.move(canh.phuong, new, pos="last-child")
    client.force_login(heir)
    url = reverse("chidoan:tap_huan_cap_giay", args=[lop.pk])
    assert url in client.get(lop.get_absolute_url()).text

    client.post(url)

    paper = VanBan.objects.issued(left, "GCN")
    assert (paper.don_vi, paper.ngay, paper.so) == (new, today(), 1)
    assert CongViec.objects.get().trang_thai == "xong"
    assert VanBan.objects.issued(had, "GCN") == old
    left.refresh_from_db()
    words = paper_html(giay_to.chung_nhan(left))
    assert f"do {canh.phuong} tổ chức" in words.replace("\xa0", " ")
    with pytest.raises(PermissionDenied):
        services.cap_giay(hoc_vien=left, by=canh.van_phong)
    monkeypatch.setattr("chidoan.noi_cap.today", lambda: today() + timedelta(days=400))
    assert services.cap_giay(hoc_vien=left, by=heir) == paper, "number and day stay"


# ---- who had no class ----------------------------------------------------------------------


def test_one_session_of_a_class_of_any_level_is_a_class_attended(canh):
    mot, hai = canh.bi_thu
    above = make_lop(don_vi=canh.huyen)
    make_hoc_vien(lop=above, doan_vien=mot.doan_vien, du=True)
    make_hoc_vien(lop=above, doan_vien=hai.doan_vien, du=False)
    cancelled = make_lop(don_vi=canh.phuong, trang_thai="huy", ly_do_huy="Mưa bão")
    make_hoc_vien(lop=cancelled, doan_vien=hai.doan_vien, du=True)
    make_hoc_vien(lop=make_lop(tu_ngay=date(2025, 5, 5)), doan_vien=hai.doan_vien, du=True)

    rows = queries.chua_du_lop(ChucVu.objects.under(canh.huyen), 2026, today(), 1)

    assert list(rows) == [hai]
    covered = queries.bao_phu(canh.huyen, 2026, 1)
    assert covered == {(canh.phuong.path, "bi_thu"): queries.BaoPhu(1, 2)}


def test_an_attendance_is_counted_once_where_the_class_was_held(canh):
    lop = make_lop(don_vi=canh.huyen, chu_de=",sinh_hoat,so_sach,", trang_thai="xong",
                   ngay_xong=NGAY)  # fmt: skip
    for term in canh.bi_thu:
        make_hoc_vien(lop=lop, doan_vien=term.doan_vien, du=True)
    make_hoc_vien(lop=lop, don_vi=canh.phuong, du=False)
    make_lop(don_vi=canh.phuong)

    classes = queries.lop_trong_nam(canh.huyen, 2026)

    assert [(row.so_lop, row.luot) for row in queries.theo_chu_de(classes)] == [(1, 2), (1, 2)]
    assert queries.so_nguoi_du(canh.huyen, 2026) == 2
    assert queries.lop_trong_nam(canh.phuong, 2026) == []


# ---- pages ---------------------------------------------------------------------------------


def test_a_branch_secretary_signs_himself_up_on_the_page(canh, client):
    lop = canh.lop()
    client.force_login(canh.o_chi_doan)
    url = reverse("chidoan:tap_huan_dang_ky", args=[lop.pk])

    page = client.get(url)
    assert canh.bi_thu[0].ho_ten in page.text
    assert canh.bi_thu[1].ho_ten not in page.text
    client.post(url, {"chon": [f"c{canh.bi_thu[0].pk}"]})

    assert names(lop, "dang_ky") == [canh.bi_thu[0].ho_ten]
    client.post(url, {"chon": []})
    assert names(lop, "dang_ky") == [canh.bi_thu[0].ho_ten], "an older page takes nobody off"
    page = client.get(url)
    (shown,) = page.context["form"].initial["da_co"]
    assert f'name="da_co" value="{shown}"' in page.text
    client.post(url, {"chon": [], "da_co": [shown]})
    assert names(lop, "dang_ky") == []


def test_people_of_the_plan_are_offered_as_a_group_to_who_may_read_it(canh, client):
    lop = canh.lop(doi_tuong=["bi_thu", "quy_hoach"])
    nguoi = make_doan_vien(chi_doan=canh.chi_doan[0])
    plan = [
        QuyHoach.objects.create(
            doan_vien=person, don_vi=canh.chi_doan[1], ngay=NGAY, san_sang="ngay", nam_ra_soat=2026
        )
        for person in (nguoi, canh.bi_thu[0].doan_vien)
    ]
    url = reverse("chidoan:tap_huan_dang_ky", args=[lop.pk])

    client.force_login(canh.o_chi_doan)
    assert nguoi.ho_ten not in client.get(url).text
    client.post(url, {"chon": [f"q{plan[0].pk}"]})
    assert names(lop, "dang_ky") == []
    client.force_login(canh.can_bo)
    groups = dict(client.get(url).context["form"].fields["chon"].choices)
    assert [value for value, _ in groups["Cán bộ quy hoạch, tạo nguồn"]] == [f"q{plan[0].pk}"]
    client.post(url, {"chon": [f"q{plan[0].pk}"]})

    row = lop.hoc_vien.get()
    assert (row.doan_vien, row.don_vi_id, row.chuc_vu) == (nguoi, canh.chi_doan[0].pk, "Đoàn viên")


def test_a_class_for_the_plan_alone_asks_no_branch_and_offers_no_office(canh):
    lop = canh.lop(doi_tuong=["quy_hoach"])
    settings = {"tap_huan_moi_nam": 1, "tap_huan_nhac_tu_thang": 13}

    (asked,) = viec.dem_chi_doan(canh.o_chi_doan, canh.chi_doan[0], today(), settings)

    assert not asked.rows
    assert queries.nguoi_de_chon(lop, canh.phuong, today()) == []


def test_a_planned_class_is_not_seen_below(canh, client):
    lop = canh.lop()
    LopTapHuan.objects.filter(pk=lop.pk).update(trang_thai="du_kien")
    url = reverse("chidoan:tap_huan_detail", args=[lop.pk])

    client.force_login(canh.can_bo)
    assert client.get(url).status_code == 404
    client.force_login(canh.van_phong)
    assert client.get(url).status_code == 200
    client.post(reverse("chidoan:tap_huan_publish", args=[lop.pk]))
    client.force_login(canh.can_bo)
    assert client.get(url).status_code == 200
    assert client.get(reverse("chidoan:tap_huan_update", args=[lop.pk])).status_code == 403


@pytest.mark.parametrize("item_count", [1, 3])
def test_the_list_of_who_had_no_class_takes_the_same_queries(
    canh, client, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        make_chuc_vu(don_vi=make_chi_doan(phuong=canh.phuong), chuc_danh="bi_thu")
    client.force_login(canh.can_bo)

    # session, user, roles, settings, count, page, units of the filter
    with django_assert_num_queries(7):
        response = client.get(reverse("chidoan:tap_huan_chua_du"), {"lop": "chua"})

    assert response.context["page"].paginator.count == item_count + 2


def test_results_are_written_row_by_row(canh, lop_da_hoc, client):
    lop, den, vang = lop_da_hoc
    client.force_login(canh.van_phong)
    url = reverse("chidoan:tap_huan_ket_qua", args=[lop.pk])

    version = client.get(url).context["form"]["version"].value()
    sent = {f"kq-{den.pk}": "dat", f"diem-{den.pk}": "8,5", f"nx-{den.pk}": "Hăng hái"}
    client.post(url, sent)
    den.refresh_from_db()
    assert den.ket_qua == ""
    client.post(url, sent | {"version": version})

    den.refresh_from_db()
    assert (den.ket_qua, den.diem, den.nhan_xet) == ("dat", Decimal("8.5"), "Hăng hái")
    assert HocVien.objects.get(pk=vang.pk).ket_qua == ""


def test_the_later_of_two_markers_is_asked_and_keeps_what_he_typed(canh, lop_da_hoc, client):
    lop, den, _ = lop_da_hoc
    client.force_login(canh.van_phong)
    url = reverse("chidoan:tap_huan_ket_qua", args=[lop.pk])
    version = client.get(url).context["form"]["version"].value()
    services.ghi_ket_qua(lop=lop, ket_qua={den.pk: KetQuaHoc("khong_dat")}, by=canh.van_phong)

    late = client.post(url, {"version": version, f"kq-{den.pk}": "dat", f"diem-{den.pk}": "9"})

    assert late.status_code == 409
    assert late.context["versions"] == [
        {"label": den.ho_ten, "mine": "Đạt, 9 điểm", "theirs": "Không đạt"}
    ]
    assert b'value="9"' in late.content
    den.refresh_from_db()
    assert den.ket_qua == "khong_dat"
    version = late.context["form"]["version"].value()
    client.post(url, {"version": version, f"kq-{den.pk}": "dat", f"diem-{den.pk}": "9"})
    den.refresh_from_db()
    assert (den.ket_qua, den.diem) == ("dat", 9)


def test_an_older_page_of_a_session_overwrites_nothing(canh, client):
    lop = canh.lop()
    buoi = lop.buoi.get()
    client.force_login(canh.van_phong)
    url = reverse("chidoan:buoi_tap_huan_update", args=[buoi.pk])
    version = client.get(url).context["form"]["version"].value()
    services.update_buoi(buoi=buoi, values={"chuyen_de": "Đoàn vụ"}, by=canh.van_phong)
    typed = {"ngay": f"{buoi.ngay:%d/%m/%Y}", "chuyen_de": "Sổ sách", "version": version}

    late = client.post(url, typed)

    assert late.status_code == 409
    assert ("Sổ sách", "Đoàn vụ") in [(r["mine"], r["theirs"]) for r in late.context["versions"]]
    buoi.refresh_from_db()
    assert buoi.chuyen_de == "Đoàn vụ"
    client.post(url, typed | {"version": late.context["form"]["version"].value()})
    buoi.refresh_from_db()
    assert buoi.chuyen_de == "Sổ sách"


def test_two_who_take_one_roll_are_told_of_each_other(canh, lop_da_hoc, client):
    lop, den, vang = lop_da_hoc
    client.force_login(canh.van_phong)
    buoi = services.add_buoi(lop=lop, values={"ngay": lop.den_ngay}, by=canh.van_phong)
    url = reverse("chidoan:buoi_tap_huan_diem_danh", args=[buoi.pk])
    version = client.get(url).context["form"]["version"].value()
    services.diem_danh(buoi=buoi, vang=[den.pk], by=canh.van_phong)

    late = client.post(url, {"version": version, "vang": [den.pk, vang.pk]})

    assert late.status_code == 409
    assert late.context["versions"] == [{"label": vang.ho_ten, "mine": "Vắng", "theirs": "Có mặt"}]
    assert buoi.diem_danh.get(co_mat=True).hoc_vien == vang


@pytest.mark.parametrize("name", ["tap_huan_hoc_vien", "tap_huan_chua_du", "de_nghi_khen_list"])
def test_files_with_names_are_for_who_may_take_them_along(canh, lop_da_hoc, client, name):
    """The inspection reads the lists and takes none of them away."""
    url = reverse(f"chidoan:{name}", args=[lop_da_hoc[0].pk] if name.endswith("vien") else [])
    client.force_login(make_nguoi_dung(VaiTro.KIEM_TRA, canh.huyen))
    assert client.get(url).context["may_export"] is False
    assert client.get(f"{url}?export=xlsx").status_code == 403
    client.force_login(canh.van_phong)
    assert client.get(f"{url}?export=xlsx").status_code == 200
