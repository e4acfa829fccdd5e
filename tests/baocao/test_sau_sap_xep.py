"""Reports after a reorganisation: who reads those of before, and who is asked for the next."""

from datetime import date

import pytest
from django.urls import reverse

from baocao.danh_sach import reports_before, reports_below
from baocao.du_thao import Cau, Dan, Doan, ghi_lai
from baocao.models import BaoCao, PhanLoi, SoLieu
from chidoan.models import SapXep
from chidoan.sap_xep import ke_hoach as kh
from core.periods import KyBaoCao
from tests.chidoan.test_sap_xep import lam
from tests.factories import (
    make_bao_cao,
    make_chi_doan,
    make_don_vi,
    make_huyen,
    make_nguoi_dung,
    make_phuong,
)
from tochuc.models import DonVi
from tochuc.permissions import VaiTro

pytestmark = pytest.mark.usefixtures("papers_unread")
MOT_NGAY_XUA = date(2020, 1, 1)
QUY_III, QUY_IV = KyBaoCao.parse("2026Q3"), KyBaoCao.parse("2026Q4")


def nop(unit, ky, by, hom_nay, **fields):
    when = f"{hom_nay.isoformat()}T01:00Z"
    sent = {"nop_luc": when, "nop_lan_dau": when, "nop_boi": by, "tinh_den": hom_nay}
    sent["pham_vi"] = {"chi_doan": [], "im_lang": []}
    return make_bao_cao(don_vi=unit, ky=ky, **{"trang_thai": "chap_nhan", **sent, **fields})


@pytest.fixture
def chia(huyen, phuong, chi_doan, chi_doan_khac, van_phong):
    """The ward is split in two, each with one of its branches."""

    def chia(*names):
        dich = tuple(kh.Dich(ten=name, loai="phuong", cap_tren=huyen.pk) for name in names)
        nguoi = {chi_doan.pk: 0, chi_doan_khac.pk: 1}
        done = lam([kh.ThayDoi(kh.CHIA_TACH, (phuong.pk,), dich, nguoi=nguoi)], van_phong)
        return done, [DonVi.objects.get(ten=name) for name in names]

    return chia


def test_each_part_of_a_split_ward_reads_what_the_old_one_had_reported(
    client_of, phuong, van_phong, chia, hom_nay
):
    """Whole, as it was handed in, with no way to rows that are not its own; undone, no more."""
    told = nop(phuong, "2026Q3", van_phong, hom_nay)
    draft = make_bao_cao(don_vi=phuong, ky="2026Q2")
    done, parts = chia("Tây", "Đông")
    later = nop(phuong, "2026", van_phong, hom_nay)

    for part in parts:
        chief = make_nguoi_dung(VaiTro.BI_THU_PHUONG, part)
        assert set(BaoCao.objects.visible_to(chief)) == {told}
        assert [row.bao_cao for row in reports_before(part, hom_nay)] == [told]
        page = client_of(chief).get(told.get_absolute_url())
        assert "trước khi chia tách" in page.text
        assert not any(line.url for line in page.context["trang"].lines)
        today_map = client_of(chief).get(told.get_absolute_url(), {"ban_do": "hom_nay"})
        assert not today_map.context["trang"].ban_do.is_hom_nay
        assert not page.context["may_speak"]
        assert client_of(chief).get(reverse("baocao:pdf", args=[told.pk])).status_code == 200
        assert told.get_absolute_url() in client_of(chief).get("/bao-cao/").text
        for hidden in (draft, later):
            assert client_of(chief).get(hidden.get_absolute_url()).status_code == 404

    SapXep.objects.filter(pk=done.pk).update(trang_thai="da_hoan_tac")
    assert not BaoCao.objects.visible_to(chief).exists()


def test_a_part_reads_the_sections_without_ways_to_rows_that_are_not_its_own(
    client_of, phuong, van_phong, chia, hom_nay
):
    told = nop(phuong, "2026Q3", van_phong, hom_nay)
    kept = ghi_lai([Doan("", (Cau("kết nạp 02 đoàn viên mới", (Dan("ket_nap_moi", 2),)),))])
    PhanLoi.objects.create(
        bao_cao=told, muc="xay_dung_doan", noi_dung="Kết nạp 02 đoàn viên mới.", ban_nhap=kept
    )
    _, (part, _) = chia("Tây", "Đông")
    chief = make_nguoi_dung(VaiTro.BI_THU_PHUONG, part)
    page = reverse("baocao:phan_loi_list", args=[told.pk])

    def cited(user):
        parts = client_of(user).get(page).context["cac_muc"]
        return [dan for muc in parts for doan in muc.doan for cau in doan.cau for dan in cau.dan]

    assert [(dan.loi, dan.url) for dan in cited(chief)] == [("2 dòng", "")]
    (seen,) = cited(van_phong)
    assert client_of(van_phong).get(seen.url).status_code == 200


def test_a_branch_of_a_part_reads_no_report_of_the_old_ward(phuong, van_phong, chia, hom_nay):
    nop(phuong, "2026Q3", van_phong, hom_nay)
    _, (part, _) = chia("Tây", "Đông")
    branch = DonVi.objects.truc_thuoc(part, hom_nay).get()

    secretary = make_nguoi_dung(VaiTro.BI_THU_CHI_DOAN, branch)

    assert not BaoCao.objects.visible_to(secretary).exists()


def test_a_merged_ward_lists_what_its_predecessors_handed_in(
    client_of, huyen, phuong, phuong_khac, van_phong, hom_nay
):
    told = [nop(unit, "2026Q3", van_phong, hom_nay) for unit in (phuong, phuong_khac)]
    new = kh.Dich(ten="Hòa An", loai="phuong", cap_tren=huyen.pk)
    lam([kh.ThayDoi(kh.SAP_NHAP, (phuong.pk, phuong_khac.pk), (new,))], van_phong)
    new = DonVi.objects.get(ten="Hòa An")

    page = client_of(make_nguoi_dung(VaiTro.BI_THU_PHUONG, new)).get("/bao-cao/")

    assert {row.bao_cao for row in page.context["truoc"]} == set(told)


def test_what_merged_wards_had_reported_still_stands_in_the_figures_of_their_district(
    client_of, huyen, phuong, phuong_khac, van_phong, hom_nay
):
    told = [nop(unit, "2026Q1", van_phong, hom_nay) for unit in (phuong, phuong_khac)]
    for report in told:
        SoLieu.objects.create(bao_cao=report, ma="doan_vien", tu_so=0, gia_tri=0, luy_ke=0)
    new = kh.Dich(ten="Hòa An", loai="phuong", cap_tren=huyen.pk)
    lam([kh.ThayDoi(kh.SAP_NHAP, (phuong.pk, phuong_khac.pk), (new,))], van_phong)
    page = reverse("baocao:tong_quan", args=[huyen.pk])

    context = client_of(van_phong).get(page, {"so": "da_bao_cao", "ky": "2026Q1"}).context

    assert {row.bao_cao for row in context["dong"]} == set(told)
    assert context["so_thieu"] == 0


def test_wards_of_a_district_that_is_wound_up_are_asked_for_the_report_that_is_due(
    db, client_of, hom_nay
):
    """The home page and the list say the same; a district that is gone without one owes none, one
    that has handed in stays there, and so it does in the lists of former periods."""
    tinh = make_don_vi(cap="tinh", loai="tinh", ten="Quảng Ngãi")
    empty, huyen = make_huyen(cap_tren=tinh), make_huyen(cap_tren=tinh)
    wards = [make_phuong(cap_tren=above) for above in (empty, huyen)]
    for ward in wards:
        make_chi_doan(phuong=ward)
    office = make_nguoi_dung(VaiTro.VAN_PHONG_CAP_TREN, tinh)
    nop(huyen, "2026Q3", office, hom_nay)
    nop(wards[0], "2026Q3", office, hom_nay, trang_thai="da_nop")

    lam([kh.ThayDoi(kh.BO_CAP, (empty.pk, huyen.pk))], office)

    tinh = DonVi.objects.get(pk=tinh.pk)
    asked = {
        ky: [row.don_vi for row in reports_below(tinh, ky, hom_nay)] for ky in (QUY_III, QUY_IV)
    }
    assert sorted(asked[QUY_III], key=lambda unit: unit.pk) == [huyen, *wards]
    assert set(asked[QUY_IV]) == set(wards)
    home = client_of(office).get("/").context
    listed = client_of(office).get("/bao-cao/?ky=2026Q3").context
    assert home["bao_cao_kpis"] == listed["kpis"]
    long_ago = reports_below(tinh, KyBaoCao.parse("2026Q1"), hom_nay)
    assert {row.don_vi for row in long_ago} == {empty, huyen}


def test_what_a_split_ward_left_open_is_asked_of_nobody_and_of_a_merged_one_of_its_successor(
    huyen, phuong, phuong_khac, chia, van_phong, hom_nay
):
    make_bao_cao(don_vi=phuong, ky="2026Q3")
    make_bao_cao(don_vi=phuong_khac, ky="2026Q3")
    chia("Tây", "Đông")
    target = kh.Dich(don_vi=make_don_vi(cap_tren=huyen, ten="Hòa An", thanh_lap=MOT_NGAY_XUA).pk)
    lam([kh.ThayDoi(kh.SAP_NHAP, (phuong_khac.pk,), (target,))], van_phong)

    rows = reports_below(DonVi.objects.get(pk=huyen.pk), QUY_III, hom_nay)

    assert {row.don_vi.pk for row in rows} == {phuong_khac.pk, target.don_vi}
