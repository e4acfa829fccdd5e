"""Figures that activities count: added up from the register, typed where there is none."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from baocao import services
from baocao.bang_so_lieu import load_bang
from baocao.chi_tieu import TU_TINH, Kieu, So, ThoiKy, compute
from baocao.models import BaoCao, SoLieu
from chidoan.hoat_dong.loai import DON_VI_TINH
from chidoan.models import HoatDong
from core.errors import RuleError
from core.periods import KyBaoCao
from tests.baocao.histories import make_history
from tests.factories import make_bao_cao, make_doan_vien, make_hoat_dong

CAC_QUY = [KyBaoCao(2026, quy=quy) for quy in (1, 2, 3, 4)]
Q2, Q3 = CAC_QUY[1:3]
LOAI = HoatDong.Loai


def count(don_vi, ma, ky=Q3):
    table = compute(don_vi, ThoiKy.of(ky, don_vi, date(2026, 12, 31)))
    return table.so(don_vi, ma)


@pytest.mark.parametrize("seed", [1, 2])
def test_quarters_add_up_to_the_year_and_branches_with_the_wards_own_to_the_ward(db, seed):
    huyen, wards, branches = make_history(seed)
    flows = [ct for ct in TU_TINH if ct.kieu == Kieu.FLOW and not ct.nguon.path_khac]

    def table(ky):
        return compute(huyen, ThoiKy.of(ky, huyen, date(2026, 12, 31)), flows)

    quarters, year = [table(ky) for ky in CAC_QUY], table(KyBaoCao(2026))
    for item in flows:
        whole = year.so(huyen, item.ma).tu
        assert sum(part.so(huyen, item.ma).tu for part in quarters) == whole, item.ma
    for ward in wards:
        below = [unit for unit in branches if unit.path.startswith(ward.path)]
        own = (
            HoatDong.objects.da_xong()
            .filter(don_vi=ward, loai="cong_trinh")
            .trong_ky(KyBaoCao(2026))
        )
        parts = sum(year.so(unit, "cong_trinh").tu for unit in below)
        assert year.so(ward, "cong_trinh").tu == parts + own.count()


def test_activities_are_counted_where_they_ended_in_their_own_units(phuong, chi_doan):
    nguoi = make_doan_vien(chi_doan=chi_doan)
    long = {"tu_ngay": date(2026, 3, 1), "den_ngay": date(2026, 8, 1)}
    make_hoat_dong(don_vi=chi_doan, loai=LOAI.CONG_TRINH, gia_tri=85_000_000, **long)
    make_hoat_dong(don_vi=phuong, loai=LOAI.CONG_TRINH, gia_tri=3_000_000_000)
    make_hoat_dong(don_vi=chi_doan, loai=LOAI.CONG_TRINH, trang_thai="dang_lam")
    make_hoat_dong(don_vi=chi_doan, loai=LOAI.CONG_TRINH, trang_thai="thoi", ket_qua="Thiếu tiền")
    for km in ("0.35", "1.15"):
        make_hoat_dong(don_vi=chi_doan, loai=LOAI.DUONG, so_luong=Decimal(km))
    make_hoat_dong(don_vi=chi_doan, loai=LOAI.HOC_NGHI_QUYET, tham_gia=[nguoi], nguoi_ngoai=30)

    assert count(phuong, "cong_trinh").tu == 2
    assert count(phuong, "cong_trinh_tri_gia").tu == 3_085_000_000
    assert count(chi_doan, "cong_trinh_tri_gia").tu == 85_000_000
    assert count(phuong, "cong_trinh", Q2).tu == 0
    assert count(phuong, "km_duong") == So(1500, chia=1000)
    assert count(phuong, "km_duong").gia_tri == Decimal("1.5")
    assert count(phuong, "hoc_tap_nghi_quyet").tu == 1
    assert count(phuong, "luot_hoc_tap_nghi_quyet").tu == 31


def test_each_kind_is_counted_by_its_figure_of_the_appendix(phuong, chi_doan):
    """Every activity figure of domain notes 6.2; sports, other volunteering and the rest have
    none of their own."""
    people = [make_doan_vien(chi_doan=chi_doan) for _ in range(2)]
    for loai in LOAI:
        fields = {"so_luong": 3 if loai in DON_VI_TINH else None, "gia_tri": 1000}
        make_hoat_dong(don_vi=chi_doan, loai=loai, tham_gia=people, nguoi_ngoai=5, **fields)

    table = compute(phuong, ThoiKy.of(Q3, phuong, date(2026, 12, 31)))

    found = {ct.ma: table.so(phuong, ct.ma).tu for ct in TU_TINH if ct.nguon.ma == "hoat_dong"}
    once = ("hoc_tap_nghi_quyet", "ve_nguon", "cong_trinh", "chu_nhat_xanh", "sinh_hoat_he")
    measured = (
        *("tham_gia_dinh_chinh_sach", "hien_mau", "cay_trong_moi", "cau", "nha_nhan_ai"),
        *("y_tuong", "huong_dan_so", "ocop_so", "qr_dia_chi_do", "tu_van_viec_lam"),
        *("hoc_bong", "giup_thieu_nhi", "hoi_vien_moi"),
    )
    assert found == {
        **dict.fromkeys(once, 1),
        **dict.fromkeys(measured, 3),
        **dict.fromkeys(("luot_hoc_tap_nghi_quyet", "hoc_ai"), 7),
        **dict.fromkeys(("cong_trinh_tri_gia", "hoc_bong_tri_gia"), 1000),
        "km_duong": 3000,
    }


def test_a_typed_stock_does_not_add_up_over_the_year(phuong):
    done = {"trang_thai": "da_nop", "tinh_den": date(2026, 6, 30)}
    typed(make_bao_cao(don_vi=phuong, ky="2026Q2", **done), "to_tiet_kiem", 4)
    report = make_bao_cao(don_vi=phuong)
    typed(report, "to_tiet_kiem", 5)

    line = load_bang(report).dong("to_tiet_kiem")

    assert (line.gia_tri, line.luy_ke, line.ky_truoc) == (5, 5, 4)


def test_the_rows_of_a_sum_say_what_they_come_to(client_of, bi_thu_phuong, phuong, chi_doan):
    for trees in (50, 70):
        make_hoat_dong(don_vi=chi_doan, loai=LOAI.TRONG_CAY, so_luong=trees)
    url = reverse("baocao:chi_tieu_rows", args=[phuong.pk, "cay_trong_moi"])
    page = client_of(bi_thu_phuong).get(url, {"ky": Q3.code, "den": "2026-09-30"})

    assert page.context["page"].paginator.count == 2
    assert "cộng 120 cây" in page.content.decode()


# ---- in reports ----------------------------------------------------------------------------


def typed(bao_cao, ma, value, ly_do=""):
    SoLieu.objects.create(bao_cao=bao_cao, ma=ma, bao_cao_gia_tri=value, ly_do=ly_do)


def submitted(phuong, ky, by, cay):
    """A report of the time before the register: the trees were typed."""
    bao_cao = make_bao_cao(don_vi=phuong, ky=ky.code)
    typed(bao_cao, "cay_trong_moi", cay)
    for muc in ("tinh_hinh", "giao_duc"):
        services.save_phan_loi(bao_cao=bao_cao, muc=muc, noi_dung="Tốt", version=0, by=by)
    bao_cao.refresh_from_db()
    return services.submit_bao_cao(
        bao_cao=bao_cao, version=bao_cao.version, by=by, ly_do_trong="Không có"
    )


def test_a_figure_is_typed_until_an_activity_is_on_record(phuong, chi_doan, bi_thu_phuong):
    bao_cao = make_bao_cao(don_vi=phuong, ky=Q3.code)
    line = load_bang(bao_cao).dong("cay_trong_moi")
    assert (line.he_thong, line.is_trong) == (None, True)

    services.save_so_lieu_nhap(
        bao_cao=bao_cao, gia_tri={"cay_trong_moi": Decimal(30)}, truoc={}, by=bi_thu_phuong
    )
    line = load_bang(bao_cao).dong("cay_trong_moi")
    assert (line.gia_tri, line.is_sua_tay) == (30, False)

    make_hoat_dong(don_vi=chi_doan, loai=LOAI.TRONG_CAY, so_luong=50)
    line = load_bang(bao_cao).dong("cay_trong_moi")
    assert (line.gia_tri_he_thong, line.gia_tri, line.is_sua_tay) == (50, 30, True)

    services.override_so_lieu(
        bao_cao=bao_cao, ma="cay_trong_moi", gia_tri=None, ly_do="", by=bi_thu_phuong
    )
    line = load_bang(bao_cao).dong("cay_trong_moi")
    assert (line.gia_tri, line.luy_ke, line.is_nhap_tay) == (50, 50, False)


def test_what_was_typed_and_handed_in_never_becomes_zero(phuong, chi_doan, bi_thu_phuong):
    bao_cao = submitted(phuong, Q2, bi_thu_phuong, 30)
    for _ in range(2):  # nothing on record, then something that was entered afterwards
        bang = load_bang(BaoCao.objects.get(pk=bao_cao.pk))
        line = bang.dong("cay_trong_moi")
        assert (line.he_thong, line.gia_tri, line.luy_ke, line.da_doi) == (None, 30, 30, False)
        blank = bang.dong("hien_mau")
        assert (blank.he_thong, blank.gia_tri, blank.ly_do) == (None, None, "Không có")
        make_hoat_dong(don_vi=chi_doan, loai=LOAI.TRONG_CAY, so_luong=7, ngay=date(2026, 5, 1))


@pytest.mark.parametrize(("entered_later", "year"), [(0, 80), (30, 80), (45, 95)])
def test_the_year_so_far_knows_quarters_that_were_typed(
    phuong, chi_doan, bi_thu_phuong, entered_later, year
):
    """Typed in one quarter, counted in the next; nothing counts twice when the books catch up."""
    submitted(phuong, Q2, bi_thu_phuong, 30)
    make_hoat_dong(don_vi=chi_doan, loai=LOAI.TRONG_CAY, so_luong=50)
    if entered_later:
        make_hoat_dong(
            don_vi=chi_doan, loai=LOAI.TRONG_CAY, so_luong=entered_later, ngay=date(2026, 5, 1)
        )

    line = load_bang(make_bao_cao(don_vi=phuong, ky=Q3.code)).dong("cay_trong_moi")

    assert (line.gia_tri, line.luy_ke) == (50, year)


def test_a_report_of_earlier_keeps_its_own_lines(phuong, bi_thu_phuong):
    bao_cao = submitted(phuong, Q2, bi_thu_phuong, 30)
    SoLieu.objects.filter(bao_cao=bao_cao, ma="km_duong").delete()  # handed in before the code

    assert "km_duong" not in {line.ma for line in load_bang(BaoCao.objects.get(pk=bao_cao.pk))}


def test_a_measure_may_be_typed_with_a_decimal_and_a_count_not(phuong, bi_thu_phuong):
    bao_cao = make_bao_cao(don_vi=phuong, ky=Q3.code)

    def save(ma):
        services.save_so_lieu_nhap(
            bao_cao=bao_cao, gia_tri={ma: Decimal("1.5")}, truoc={}, by=bi_thu_phuong
        )

    save("km_duong")
    with pytest.raises(RuleError, match="số nguyên"):
        save("cay_trong_moi")
    assert load_bang(bao_cao).dong("km_duong").gia_tri == Decimal("1.5")
