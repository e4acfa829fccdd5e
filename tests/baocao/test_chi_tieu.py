import uuid
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from baocao.chi_tieu import THEO_MA, TU_TINH, Kieu, So, ThoiKy, compute
from baocao.models import XepLoaiDonVi
from chidoan.models import DongSapXep, SapXep
from core.periods import KyBaoCao
from doanvien.doan_phi import services as doan_phi
from doanvien.doan_phi.queries import bang_thu, tong_thu
from doanvien.models import QuaTrinh
from tests.baocao.histories import make_history
from tests.factories import (
    make_bao_cao,
    make_buoi,
    make_chi_doan,
    make_doan_vien,
    make_nguyen_vong,
    make_nhan_thuc,
    make_phieu_thu,
)

Q3 = KyBaoCao(2026, quy=3)


def count(don_vi, ma, ky=Q3, *, as_of=date(2026, 12, 31), luy_ke=False) -> So:
    return compute(don_vi, ThoiKy.of(ky, don_vi, as_of)).so(don_vi, ma, luy_ke=luy_ke)


def test_a_member_admitted_in_the_quarter_counts_once_at_its_end(phuong, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 8, 1))
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 2, 1))

    assert count(phuong, "doan_vien") == So(2)
    assert count(phuong, "ket_nap_moi") == So(1)
    assert count(phuong, "ket_nap_moi", luy_ke=True) == So(2)


def test_a_move_inside_a_ward_is_an_arrival_for_the_branch_alone(phuong, chi_doan, chi_doan_khac):
    nguoi = make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2025, 1, 1), den_ngay=date(2026, 7, 31))
    QuaTrinh.objects.create(
        doan_vien=nguoi,
        chi_doan=chi_doan_khac,
        tu_ngay=date(2026, 8, 1),
        ly_do_bat_dau="chuyen_den",
        truoc=nguoi.qua_trinh.get(),
    )

    assert count(phuong, "chuyen_den") == So(0)
    assert count(phuong, "chuyen_di") == So(0)
    assert count(phuong, "doan_vien") == So(1)
    assert count(chi_doan_khac, "chuyen_den") == So(1)
    assert count(chi_doan, "chuyen_di") == So(1)


def test_flows_stop_at_the_day_one_looks_from(phuong, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2026, 9, 20))

    assert count(phuong, "ket_nap_moi", as_of=date(2026, 9, 19)) == So(0)
    assert count(phuong, "doan_vien", as_of=date(2026, 9, 19)) == So(0)
    assert count(phuong, "ket_nap_moi", as_of=date(2026, 9, 20)) == So(1)


def test_an_old_period_is_counted_at_its_end(phuong, chi_doan):
    make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2020, 1, 1), den_ngay=date(2020, 12, 31))

    assert count(phuong, "doan_vien", KyBaoCao(2020)) == So(1)
    assert count(phuong, "doan_vien", KyBaoCao(2021)) == So(0)


def test_attendance_adds_numerators_and_denominators(phuong, chi_doan, chi_doan_khac):
    a, b, c = (make_doan_vien(chi_doan=chi_doan) for _ in range(3))
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 8, 1), diem_danh={a: "co_mat", b: "vang"})
    make_buoi(chi_doan=chi_doan_khac, ngay=date(2026, 9, 1), diem_danh={c: "muon"})
    make_buoi(chi_doan=chi_doan, ngay=date(2026, 9, 2), diem_danh={a: "vang"}, trang_thai="nhap")

    figure = count(phuong, "ty_le_du_sinh_hoat")

    assert figure == So(2, 3)
    assert str(figure.gia_tri) == "66.7"


def test_a_rate_without_a_base_has_no_value(phuong):
    assert count(phuong, "ty_le_du_sinh_hoat").gia_tri is None


@pytest.mark.parametrize(("dac_thu", "so_buoi", "du"), [(False, 2, 0), (False, 3, 1), (True, 1, 1)])
def test_a_dispersed_branch_needs_one_meeting_in_a_quarter(phuong, dac_thu, so_buoi, du):
    branch = make_chi_doan(phuong=phuong, dac_thu=dac_thu)
    for thang in range(so_buoi):
        make_buoi(chi_doan=branch, ngay=date(2026, 7 + thang, 5))

    assert count(phuong, "chi_doan_sinh_hoat_du") == So(du)


def test_old_scale_decisions_are_counted_never_converted(phuong, chi_doan, chi_doan_khac):
    for branch, muc in ((chi_doan, "manh"), (chi_doan_khac, "kha")):
        XepLoaiDonVi.objects.create(
            don_vi=branch, nam=2020, thang="cu", muc=muc, ngay=date(2020, 12, 15)
        )

    nam = KyBaoCao(2020)
    assert count(phuong, "chi_doan_manh", nam) == So(1)
    assert count(phuong, "chi_doan_kha", nam) == So(1)
    assert count(phuong, "chi_doan_htxs", nam) == So(0)
    assert count(phuong, "chi_doan_manh", KyBaoCao(2021)) == So(0)


@pytest.mark.parametrize("seed", [0, 1])
def test_any_number_of_units_takes_one_statement(db, seed, django_assert_num_queries):
    huyen, _, branches = make_history(seed)
    units = [huyen, *branches][: 1 + 5 * seed]

    with django_assert_num_queries(1):
        table = compute(huyen, ThoiKy.of(KyBaoCao(2026), huyen, date(2026, 11, 22)))
        figures = [table.so(don_vi, item.ma) for don_vi in units for item in TU_TINH]

    assert len(figures) == len(units) * len(TU_TINH)


def test_hopes_and_concerns_are_counted_for_all_and_opened_for_few(
    client_of, phuong, chi_doan, bi_thu_phuong, van_phong, kiem_tra
):
    make_nguyen_vong(chi_doan=chi_doan, ngay=date(2026, 7, 1), noi_dung="Lời riêng")
    make_nguyen_vong(
        chi_doan=chi_doan, ngay=date(2026, 6, 1), trang_thai="da", ngay_xong=date(2026, 8, 1)
    )

    assert count(phuong, "nguyen_vong") == So(1)
    assert count(phuong, "nguyen_vong", luy_ke=True) == So(2)
    assert count(phuong, "nguyen_vong_da_giai_quyet") == So(1)
    rows_url = reverse("baocao:chi_tieu_rows", args=[phuong.pk, "nguyen_vong"])
    page = client_of(bi_thu_phuong).get(rows_url, {"ky": "2026Q3"})
    assert page.context["page"].paginator.count == 1
    assert "Lời riêng" not in page.content.decode()
    for person in (van_phong, kiem_tra):
        client = client_of(person)
        assert client.get(rows_url, {"ky": "2026Q3"}).status_code == 403
        url = reverse("baocao:don_vi_so_lieu", args=[phuong.pk])
        html = client.get(url, {"ky": "2026Q3"}).content.decode()
        assert "nguyện vọng của đoàn viên được ghi nhận" in html
        assert rows_url not in html
    assert rows_url in client_of(bi_thu_phuong).get(url, {"ky": "2026Q3"}).content.decode()


def test_codes_are_unique_and_stocks_have_no_date():
    assert len(THEO_MA) == len({item.ma for item in THEO_MA.values()})
    for item in TU_TINH:
        if item.kieu != Kieu.RATIO:
            assert (item.kieu == Kieu.STOCK) == (not item.nguon.ngay), item.ma


def test_dues_are_added_up_in_dong_and_open_their_rows(
    client_of, bi_thu_phuong, phuong, chi_doan, chi_doan_khac
):
    """What was taken back does not count, and the ward's own remittance is not counted twice."""
    for branch in (chi_doan, chi_doan_khac):
        person = make_doan_vien(chi_doan=branch)
        make_phieu_thu(person, date(2026, 7, 1), date(2026, 8, 1), ngay=date(2026, 8, 20))
    wrong = make_phieu_thu(person, date(2026, 9, 1), ngay=date(2026, 8, 21))
    doan_phi.cancel_phieu(phieu=wrong, ly_do="Nhầm", by=None)
    for unit, ky, day in ((chi_doan, "2026-08", 2), (phuong, "2026Q3", 3)):
        nop = doan_phi.submit_nop(
            don_vi=unit, ky=KyBaoCao.parse(ky), ngay=date(2026, 9, day), chung_tu="",
            ma_gui=uuid.uuid4(), by=None,
        )  # fmt: skip
        doan_phi.accept_nop(nop=nop, ngay=date(2026, 9, day), by=None)

    figures = {ma: count(phuong, f"doan_phi_{ma}").tu for ma in ("da_thu", "giu_lai", "trich_nop")}
    assert figures == {"da_thu": 8_000, "giu_lai": 2_667, "trich_nop": 1_333}
    report = make_bao_cao(don_vi=phuong)
    client = client_of(bi_thu_phuong)
    page = client.get(report.get_absolute_url(), {"xem": "tat-ca"})
    url = next(line.url for line in page.context["trang"].lines if line.ma == "doan_phi_da_thu")
    shown = client.get(url).context["page"].object_list
    assert sum(row.so_tien for row in shown) == 8_000
    assert "8.000" in page.content.decode()


def test_dues_to_collect_are_what_was_paid_and_what_is_owed_of_the_months_begun(
    client_of, bi_thu_phuong, phuong, chi_doan
):
    """One paid July alone, the other nothing; on 14 August September is nobody's debt yet."""
    paid, owes = (make_doan_vien(chi_doan=chi_doan) for _ in range(2))
    make_phieu_thu(paid, date(2026, 7, 1), ngay=date(2026, 7, 20))

    assert count(phuong, "doan_phi_phai_thu", as_of=date(2026, 8, 14)) == So(8_000)
    assert count(phuong, "doan_phi_phai_thu") == So(12_000)
    whole = tong_thu(bang_thu(phuong, Q3, date(2026, 9, 30)))
    assert whole.phai_thu == 12_000
    url = reverse("baocao:chi_tieu_rows", args=[phuong.pk, "doan_phi_phai_thu"])
    pages = [client_of(bi_thu_phuong).get(url, {"ky": "2026Q3", "phan": of}) for of in ("", "them")]
    assert [sum(row.so_tien for row in page.context["page"]) for page in pages] == [2_000, 10_000]
    html = pages[1].content.decode()
    assert "Còn nợ" in html
    assert "tháng 7–9/2026" in html
    assert owes.ho_ten in html


def test_branches_that_merged_are_told_apart_from_those_dissolved(phuong, chi_doan):
    day = date(2026, 8, 1)
    merged, dissolved = (make_chi_doan(phuong=phuong, ket_thuc=day) for _ in range(2))
    done = SapXep.objects.create(
        don_vi=phuong, ten="Thử", hieu_luc=day, trang_thai="da_ap_dung", so_quyet_dinh="1",
        ngay_quyet_dinh=day, ap_dung_luc=datetime(2026, 8, 1, tzinfo=UTC),
    )  # fmt: skip
    DongSapXep.objects.create(sap_xep=done, loai="sap_nhap", truoc=merged, sau=chi_doan)
    DongSapXep.objects.create(sap_xep=done, loai="giai_the", truoc=dissolved)

    assert count(phuong, "chi_doan_giai_the") == So(2)
    assert count(phuong, "chi_doan_sap_nhap") == So(1)
    assert count(phuong, "chi_doan_giai_the_han") == So(1)


def test_a_class_about_the_party_counts_at_the_branch_of_its_day(
    client_of, bi_thu_phuong, phuong, chi_doan, chi_doan_khac
):
    nguoi = make_doan_vien(chi_doan=chi_doan, tu_ngay=date(2025, 1, 1), den_ngay=date(2026, 8, 31))
    make_nhan_thuc(doan_vien=nguoi, ngay_cap=date(2026, 8, 20))
    make_nhan_thuc(doan_vien=make_doan_vien(chi_doan=chi_doan), trang_thai="cu_di")
    QuaTrinh.objects.create(
        doan_vien=nguoi, chi_doan=chi_doan_khac, tu_ngay=date(2026, 9, 1),
        ly_do_bat_dau="chuyen_den", truoc=nguoi.qua_trinh.get(),
    )  # fmt: skip

    assert count(phuong, "hoc_nhan_thuc_dang") == So(1)
    assert count(chi_doan_khac, "hoc_nhan_thuc_dang") == So(0)
    url = reverse("baocao:chi_tieu_rows", args=[phuong.pk, "hoc_nhan_thuc_dang"])
    html = client_of(bi_thu_phuong).get(url, {"ky": "2026Q3"}).content.decode()
    assert nguoi.ho_ten in html
    assert "20/08/2026" in html


def test_branches_that_met_as_often_as_they_had_to_are_a_share_of_all(phuong, chi_doan):
    make_chi_doan(phuong=phuong)
    for thang in (7, 8, 9):
        make_buoi(chi_doan=chi_doan, ngay=date(2026, thang, 5))

    figure = count(phuong, "ty_le_chi_doan_sinh_hoat_du")
    assert figure == So(1, 2)
    assert str(figure.gia_tri) == "50.0"


def test_what_is_due_today_is_missed_tomorrow_though_the_statement_is_kept(chi_doan, monkeypatch):
    """Of one period up to its last day, asked on that day, which leaves time to meet, and later."""
    for thang in (7, 8):
        make_buoi(chi_doan=chi_doan, ngay=date(2026, thang, 5))
    answers = []
    for luc in (datetime(2026, 9, 30, 5, tzinfo=UTC), datetime(2026, 10, 1, 5, tzinfo=UTC)):
        monkeypatch.setattr("django.utils.timezone.now", lambda luc=luc: luc)
        answers.append(count(chi_doan, "ty_le_chi_doan_sinh_hoat_du", as_of=Q3.end))

    assert answers == [So(1, 1), So(0, 1)]
