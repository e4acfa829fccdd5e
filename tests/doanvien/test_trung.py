"""Two records of one person: found, told apart, made into one, taken apart again."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidoan.models import DiemDanh
from core.errors import RuleError
from core.periods import today
from doanvien.models import DoanVien, GopDoanVien, NguonCanBo, QuaTrinh
from doanvien.trung import services
from doanvien.trung.hop_nhat import Doan, hop_nhat
from doanvien.trung.tim import find_pairs
from tests.factories import make_buoi, make_doan_vien, make_ho_so, make_xep_loai
from tochuc.models import NhatKy, QuyDinh
from tochuc.permissions import Quyen

START = date(2020, 1, 1)


# ---- periods put together ------------------------------------------------------------------


@st.composite
def histories(draw):
    """Periods of one record: without overlap, the last one perhaps still open."""
    steps = draw(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9)), min_size=1, max_size=4))
    day, result = START, []
    for index, (gap, length) in enumerate(steps):
        tu = day + timedelta(days=gap)
        den = tu + timedelta(days=length)
        is_open = index == len(steps) - 1 and draw(st.booleans())
        branch = draw(st.integers(1, 3))
        vi = draw(st.sampled_from(["ket_nap", "chuyen_den"]))
        result.append((branch, tu, None if is_open else den, vi))
        day = den
    return result


def as_doan(rows, first_pk):
    return [
        Doan(first_pk + index, branch, tu, den, vi, "" if den is None else "chuyen_di")
        for index, (branch, tu, den, vi) in enumerate(rows)
    ]


@given(histories(), histories())
def test_every_day_that_counted_still_counts_and_none_twice(mine, others):
    giu, bo = as_doan(mine, 1), as_doan(others, 101)

    result = hop_nhat(giu, bo)

    for day in (START + timedelta(days=n) for n in range(80)):
        before = [[d for d in rows if d.tu <= day <= d.cuoi] for rows in (giu, bo)]
        after = [d for d in result if d.tu <= day <= d.cuoi]
        assert len(after) == any(before)
        if before[0]:
            assert after[0].chi_doan == before[0][0].chi_doan
    assert sum(d.vi == "ket_nap" for d in result) <= 1
    assert sum(d.den is None for d in result) <= 1
    assert all(bool(d.het) == (d.den is not None) for d in result)
    pks = [d.pk for d in result if d.pk is not None]
    assert len(pks) == len(set(pks))


# ---- found ---------------------------------------------------------------------------------


@pytest.fixture
def twin(chi_doan, chi_doan_khac):
    """One person twice in the ward: in two branches, with days in common."""
    mot = make_doan_vien(
        chi_doan=chi_doan,
        ho_ten="Võ Thị Mỹ Duyên",
        dien_thoai="0912345218",
        tu_ngay=date(2020, 1, 1),
    )
    hai = make_doan_vien(
        chi_doan=chi_doan_khac,
        ho_ten="Vo Thi My Duyen",
        dien_thoai="0812345218",
        cccd="079204014471",
        tu_ngay=date(2019, 1, 1),
        den_ngay=date(2021, 6, 30),
        so_the="77",
    )
    return mot, hai


def pairs_of(user):
    return [(p.mot.pk, p.hai.pk) for p in find_pairs(user, Quyen.DUYET_DOAN_VIEN)]


def test_likely_pairs_are_found_within_the_own_units(
    bi_thu_phuong, nguoi_la, twin, chi_doan, django_assert_max_num_queries
):
    mot, hai = twin
    common = {"chi_doan": chi_doan, "ho_ten": "Lê Minh Duy"}
    make_doan_vien(**common, ngay_sinh=date(1998, 2, 2), dien_thoai="0912000001")
    make_doan_vien(**common, ngay_sinh=date(1998, 9, 9), dien_thoai="0912000002")
    make_doan_vien(**common, ngay_sinh=date(2001, 2, 2))
    make_doan_vien(ho_ten="Võ Thị Mỹ Duyên", dien_thoai="0912345218")

    with django_assert_max_num_queries(3):
        assert pairs_of(bi_thu_phuong) == [(mot.pk, hai.pk)]
    assert pairs_of(nguoi_la) == []

    services.mark_khac_nguoi(mot=hai, hai=mot, by=bi_thu_phuong)
    assert pairs_of(bi_thu_phuong) == []


# ---- made into one -------------------------------------------------------------------------


def counts(days):
    return [DoanVien.objects.tai_ngay(day).count() for day in days]


def merge(twin, by, **values):
    giu, bo = twin
    return services.merge_doan_vien(giu=giu, bo=bo, values=values, by=by)


def everything(*pks):
    """All rows about the two records, to see that an undo leaves nothing behind."""
    return (
        list(DoanVien.objects.filter(pk__in=pks).order_by("pk").values()),
        list(QuaTrinh.objects.filter(doan_vien__in=pks).order_by("pk").values()),
        list(DiemDanh.objects.filter(doan_vien__in=pks).order_by("pk").values()),
        list(NguonCanBo.objects.filter(doan_vien__in=pks).order_by("pk").values()),
    )


def test_nothing_disappears_from_counts_and_nothing_counts_twice(bi_thu_phuong, twin):
    days = [date(year, month, 15) for year in range(2018, 2027) for month in (1, 7)]
    either = [
        DoanVien.objects.tai_ngay(day).filter(pk__in=[row.pk for row in twin]).exists()
        for day in days
    ]

    merge(twin, bi_thu_phuong)

    assert counts(days) == [int(one) for one in either]
    assert [QuaTrinh.objects.tai_ngay(day).count() for day in days] == counts(days)


def test_rows_of_every_layer_move_and_the_better_of_two_stays(client_of, bi_thu_phuong, twin):
    mot, hai = twin
    states = DiemDanh.TrangThai
    both = make_buoi(chi_doan=mot.chi_doan, diem_danh={mot: states.VANG, hai: states.CO_MAT})
    one = make_buoi(chi_doan=hai.chi_doan, ngay=date(2021, 3, 1), diem_danh={hai: states.MUON})
    rating = make_xep_loai(hai, nam=2020)
    for row in twin:
        NguonCanBo.objects.create(doan_vien=row, ma="dan_quan")
    NguonCanBo.objects.create(doan_vien=hai, ma="bo_doi")
    pupil = make_doan_vien(chi_doan=mot.chi_doan, nguoi_gioi_thieu=hai)
    ho_so = make_ho_so(doan_vien=hai, trang_thai="dong")
    before = everything(mot.pk, hai.pk)

    gop = merge(twin, bi_thu_phuong, so_the="77")

    giu = DoanVien.objects.get(pk=mot.pk)
    assert not DoanVien.objects.filter(pk=hai.pk).exists()
    assert [both.diem_danh.get().trang_thai, one.diem_danh.get().doan_vien] == ["co_mat", giu]
    assert sorted(row.ma for row in giu.nguon.all()) == ["bo_doi", "dan_quan"]
    assert (giu.xep_loai.get(), giu.da_gioi_thieu.get(), giu.so_the) == (rating, pupil, "77")
    ho_so.refresh_from_db()
    assert ho_so.doan_vien == giu
    line = NhatKy.objects.order_by("-so").first()
    assert (line.hanh_dong, line.noi_dung["so_trung"]) == ("doan_vien.gop", 2)
    assert "Duyên" not in gop.ban_chup_ma_hoa

    client = client_of(bi_thu_phuong)
    assert client.get(f"/doan-vien/{hai.pk}/").url == giu.get_absolute_url()
    client.post(f"/doan-vien/trung/gop/{gop.pk}/hoan-lai/")

    after = everything(mot.pk, hai.pk)
    after[0][0]["version"] = before[0][0]["version"]
    assert after == before
    assert client.get(f"/doan-vien/{hai.pk}/").status_code == 200


def test_an_undo_ends_with_the_days_and_with_the_first_new_row(bi_thu_phuong, twin, phuong):
    gop = merge(twin, bi_thu_phuong)
    buoi = make_buoi(chi_doan=twin[0].chi_doan, diem_danh={twin[0]: DiemDanh.TrangThai.CO_MAT})
    with pytest.raises(RuleError, match="đã được ghi thêm"):
        services.undo_merge(gop=gop, by=bi_thu_phuong)

    buoi.delete()
    GopDoanVien.objects.update(luc=gop.luc - timedelta(days=8))
    with pytest.raises(RuleError, match="Chỉ hoàn lại được"):
        services.undo_merge(gop=gop, by=bi_thu_phuong)

    QuyDinh.objects.create(
        ma="gop_hoan_ngay", don_vi=phuong, tu_ngay=date(2020, 1, 1), gia_tri=30, can_cu="Thử"
    )
    services.undo_merge(gop=gop, by=bi_thu_phuong)
    with pytest.raises(RuleError, match="đã được hoàn lại"):
        services.undo_merge(gop=gop, by=bi_thu_phuong)


def test_what_both_have_open_is_settled_by_people_first(bi_thu_phuong, twin):
    for row in twin:
        make_ho_so(doan_vien=row)

    with pytest.raises(RuleError, match="Cả hai bản ghi đều có hồ sơ"):
        merge(twin, bi_thu_phuong)

    assert DoanVien.objects.filter(pk__in=[row.pk for row in twin]).count() == 2


def test_the_admission_stands_before_the_first_day(bi_thu_phuong, twin):
    with pytest.raises(RuleError, match="Chọn ngày vào Đoàn sớm hơn"):
        merge(twin, bi_thu_phuong, ngay_vao_doan=date(2019, 5, 1))


# ---- on the page ---------------------------------------------------------------------------


def test_the_ward_compares_chooses_and_merges(client_of, bi_thu_phuong, twin):
    mot, hai = twin
    client = client_of(bi_thu_phuong)
    listed = client.get("/doan-vien/trung/").content.decode()
    assert "Võ Thị Mỹ Duyên" in listed
    page = client.get(f"/doan-vien/trung/{mot.pk}/?voi={hai.pk}")
    proposed = {row.ten: row.chon for row in page.context["form"].dong}
    assert proposed == {"ho_ten": "giu", "cccd": "bo", "dien_thoai": "giu", "so_the": "bo"}

    answer = client.post(
        f"/doan-vien/trung/{mot.pk}/", {"voi": hai.pk, **proposed, "dien_thoai": "bo"}
    )

    assert answer.url == mot.get_absolute_url()
    mot.refresh_from_db()
    assert (mot.cccd, mot.dien_thoai, mot.ho_ten) == (
        "079204014471",
        "0812345218",
        "Võ Thị Mỹ Duyên",
    )
    assert (
        f"{today() + timedelta(days=7):%d/%m/%Y}"
        in client.get("/doan-vien/trung/").content.decode()
    )


def test_two_people_are_remembered_on_the_page(client_of, bi_thu_phuong, nguoi_la, twin):
    mot, hai = twin
    url = f"/doan-vien/trung/{mot.pk}/khac-nguoi/"
    assert client_of(nguoi_la).post(url, {"voi": hai.pk}).status_code == 404
    client_of(bi_thu_phuong).post(url, {"voi": hai.pk})

    assert pairs_of(bi_thu_phuong) == []
