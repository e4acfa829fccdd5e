from datetime import date

import pytest

from chidoan.lich_hop import nhip_hop
from chidoan.lich_nam import url_nam
from chidoan.models import ChiDoan, NhipSinhHoat
from chidoan.nhip import services
from chidoan.queries import diem_danh_theo_thang
from core.errors import RuleError
from core.periods import KyBaoCao, today
from doanvien.models import QuaTrinh
from tests.baocao.histories import make_history
from tests.factories import make_buoi, make_chi_doan, make_doan_vien, make_nhip
from tochuc.models import NhatKy

DAU_NAM = date(2026, 1, 1)
CAN_CU = "05-CV/ĐTN ngày 28/12/2025"


def put(chi_doan, kieu, tu_ngay, den_ngay=None, can_cu=CAN_CU, by=None):
    return services.set_nhip(
        chi_doan=chi_doan, kieu=kieu, tu_ngay=tu_ngay, den_ngay=den_ngay, can_cu=can_cu, by=by
    )


def spans(chi_doan):
    rows = NhipSinhHoat.objects.filter(chi_doan=chi_doan).order_by("tu_ngay")
    return list(rows.values_list("kieu", "tu_ngay", "den_ngay"))


def test_a_cadence_begins_on_its_day_and_the_one_before_ends_the_day_before(
    chi_doan, bi_thu_phuong
):
    put(chi_doan, "ba_thang", DAU_NAM, by=bi_thu_phuong)
    put(chi_doan, "hang_thang", date(2026, 7, 1), can_cu="", by=bi_thu_phuong)

    assert spans(chi_doan) == [
        ("ba_thang", DAU_NAM, date(2026, 6, 30)),
        ("hang_thang", date(2026, 7, 1), None),
    ]
    line = NhatKy.objects.filter(hanh_dong="nhip.set").order_by("so").first()
    assert (line.nguoi, line.don_vi_id) == (bi_thu_phuong, chi_doan.pk)


def test_a_freed_time_interrupts_the_cadence_and_can_be_taken_back(chi_doan):
    put(chi_doan, "ba_thang", DAU_NAM)
    row = put(chi_doan, "mien", date(2026, 9, 1), date(2026, 9, 30), "Ngập lụt, 21-CV/ĐTN")

    assert spans(chi_doan) == [
        ("ba_thang", DAU_NAM, date(2026, 8, 31)),
        ("mien", date(2026, 9, 1), date(2026, 9, 30)),
        ("ba_thang", date(2026, 10, 1), None),
    ]
    services.remove_nhip(nhip=row, by=None)
    assert spans(chi_doan) == [("ba_thang", DAU_NAM, None)]
    with pytest.raises(RuleError, match="đã được xóa"):
        services.remove_nhip(nhip=row, by=None)


@pytest.mark.parametrize(
    ("kieu", "tu", "den", "can_cu", "field"),
    [
        ("ba_thang", date(2026, 5, 1), None, "  ", "can_cu"),
        ("mien", date(2026, 5, 1), None, CAN_CU, "den_ngay"),
        ("ba_thang", date(2026, 5, 1), date(2026, 4, 1), CAN_CU, "den_ngay"),
        ("ba_thang", date(2019, 5, 1), None, CAN_CU, "tu_ngay"),
        ("ba_thang", date(2027, 2, 1), None, CAN_CU, "tu_ngay"),
        ("hang_thang", date(2026, 2, 1), date(2026, 2, 28), "", "kieu"),
        ("mien", date(2026, 3, 2), date(2026, 3, 31), CAN_CU, "kieu"),
        ("ba_thang", date(2026, 2, 1), None, CAN_CU, "tu_ngay"),
    ],
)
def test_what_is_refused(phuong, kieu, tu, den, can_cu, field):
    branch = make_chi_doan(phuong=phuong, thanh_lap=date(2020, 3, 26), ket_thuc=date(2027, 1, 31))
    make_nhip(branch, "mien", date(2026, 3, 1), date(2026, 4, 30))
    before = spans(branch)

    with pytest.raises(RuleError) as refused:
        put(branch, kieu, tu, den, can_cu)

    assert refused.value.field == field
    assert spans(branch) == before


def test_the_ward_sets_it_on_the_branch_page_and_a_branch_cannot(
    client_of, can_bo_phuong, bi_thu, chi_doan
):
    url = f"/chi-doan/{chi_doan.pk}/nhip/dat/"
    data = {"kieu": "ba_thang", "tu_ngay": "01/01/2026", "can_cu": CAN_CU}

    assert client_of(bi_thu).post(url, data).status_code == 403
    assert client_of(can_bo_phuong).post(url, {**data, "can_cu": ""}).status_code == 200
    assert spans(chi_doan) == []
    client_of(can_bo_phuong).post(url, data)
    assert spans(chi_doan) == [("ba_thang", DAU_NAM, None)]
    page = client_of(bi_thu).get(f"/chi-doan/{chi_doan.pk}/nhip/").content.decode()
    assert "Ba tháng một buổi" in page
    assert CAN_CU in page
    assert "Đặt nhịp sinh hoạt" not in page


@pytest.mark.parametrize("seed", range(4))
def test_the_database_counts_meetings_as_the_arithmetic_does(db, seed):
    huyen, *_ = make_history(seed)
    day = date(2026, 9, 20)
    held = {}
    for nam in (2025, 2026):
        for row in diem_danh_theo_thang(huyen, KyBaoCao(nam)):
            held.setdefault(row.chi_doan_id, set()).add(row.thang)
    periods = [KyBaoCao(2025), KyBaoCao(2026), *(KyBaoCao(2026, quy=q) for q in range(1, 5))]
    periods += KyBaoCao(2025).months

    for ky in periods:
        for row in ChiDoan.objects.with_nhip().with_nhip_hop(ky, day):
            found = nhip_hop(row, held.get(row.pk, set()), ky, day)
            assert (row.so_da_hop, row.so_phai_hop) == (found.da_hop, found.phai_hop)


def test_the_month_of_a_merge_is_free_without_anybody_entering_it(client_of, can_bo_phuong, phuong):
    stays = make_chi_doan(phuong=phuong)
    ended = make_chi_doan(phuong=phuong, ket_thuc=date(2026, 6, 14))
    mover = make_doan_vien(chi_doan=ended, den_ngay=date(2026, 6, 14))
    mover.qua_trinh.update(ly_do_ket_thuc="sap_xep")
    QuaTrinh.objects.create(
        doan_vien=mover, chi_doan=stays, tu_ngay=date(2026, 6, 15), ly_do_bat_dau="sap_xep"
    )
    year, day = KyBaoCao(2026), date(2026, 9, 30)

    due = {
        row.pk: (row.so_phai_hop, nhip_hop(row, set(), year, day).phai_hop)
        for row in ChiDoan.objects.with_nhip().with_nhip_hop(year, day)
    }

    assert due == {stays.pk: (8, 8), ended.pk: (5, 5)}
    page = client_of(can_bo_phuong).get(f"/chi-doan/{stays.pk}/nhip/").content.decode()
    assert "Tháng 6/2026 không phải họp" in page


def test_held_of_due_stands_in_the_list_of_branches_and_opens_the_year(
    client_of, bi_thu_phuong, bi_thu, phuong
):
    full, missing = make_chi_doan(phuong=phuong), make_chi_doan(phuong=phuong)
    for month in range(1, today().month + 1):
        make_buoi(chi_doan=full, ngay=date(today().year, month, 1))
    ward = client_of(bi_thu_phuong)
    due = today().month - 1

    def listed(query):
        return [row.pk for row in ward.get(f"/chi-doan/?{query}").context["page"]]

    assert full.pk in listed("nhip=du")
    assert full.pk not in listed("nhip=thieu") or not due
    assert listed("sort=-so_thieu")[0] == full.pk
    year = ward.get(url_nam(missing, today().year))
    assert str(year.context["lich"][0].nhip) == f"0 trên {due} buổi phải họp"
    assert ward.get(url_nam(make_chi_doan(), today().year)).status_code == 404
    assert client_of(bi_thu).get(url_nam(missing, today().year)).status_code == 404
