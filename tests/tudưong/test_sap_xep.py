"""Branches and wards that are reorganised while cultivation and referral are under way."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import override_settings
from django.urls import reverse

from chidoan.sap_xep import services as sap_xep
from tests.chidoan.test_sap_xep import anh, lam, sap_nhap
from tests.factories import (
    make_chi_doan,
    make_chuc_vu,
    make_de_xuat,
    make_doan_vien,
    make_ho_so,
    make_nguoi_dung,
    make_thanh_vien,
)
from tochuc.bieu_quyet import Phieu
from tochuc.models import DonVi, VanBan
from tochuc.permissions import VaiTro
from tochuc.viec_nen.services import run
from tudưong.giay_to.bang import BANG, giay_cua
from tudưong.giay_to.phat_hanh import issue_giay
from tudưong.in_hang_loat import services as in_hang_loat
from tudưong.models import (
    BienBanHop,
    BuocHoSo,
    DeXuatVaoTo,
    DongIn,
    DongLeTrao,
    DotIn,
    HoSo,
    KeHoachTo,
    LeTrao,
    ThanhVienTo,
    ToTuDuong,
)
from tudưong.services import create_ke_hoach, issue_ke_hoach, propose, resolve, review
from tudưong.services.bien_ban import CUA_BCH, CUA_CHI_DOAN, save_bien_ban
from tudưong.services.le_trao import create_le_trao, pick_ho_so, send_all

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_unread")]
QUEUE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
HOP, DUYET = date(2026, 6, 12), date(2026, 6, 14)
KE_HOACH = {"ngay": date(2026, 1, 10), "muc_dich": "Bồi dưỡng.", "quy_1": "Họp tổ"}
TABLES = (
    BienBanHop,
    BuocHoSo,
    DeXuatVaoTo,
    DongIn,
    DongLeTrao,
    DotIn,
    HoSo,
    KeHoachTo,
    LeTrao,
    ThanhVienTo,
    ToTuDuong,
)


@pytest.fixture(autouse=True)
def _jobs_dir(settings, tmp_path):
    settings.JOBS_DIR = tmp_path


@pytest.fixture
def hai(chi_doan, phuong):
    units = [chi_doan, make_chi_doan(phuong=phuong)]
    for unit in units:
        make_chuc_vu(don_vi=unit, chuc_danh="bi_thu", trong_bch=False)
    return units


@pytest.fixture
def dang_lam(to, hai, phuong, bch, can_bo_phuong, bi_thu_phuong):
    """A resolved case of each of two branches, both voted on at one day, minutes begun and not
    issued; both on the list of a ceremony and waiting in a batch. A group with a plan that is not
    issued, and a proposal for it."""
    cases = []
    for unit in hai:
        ho_so = make_ho_so(doan_vien=make_doan_vien(chi_doan=unit))
        propose(ho_so=ho_so, ngay=HOP, phieu=Phieu(1, 1, 0), by=bi_thu_phuong)
        review(ho_so=ho_so, ngay=HOP + timedelta(1), by=can_bo_phuong)
        resolve(ho_so=ho_so, ngay=DUYET, phieu=Phieu(15, 15, 0), by=bi_thu_phuong)
        cases.append(HoSo.objects.get(pk=ho_so.pk))
    for ho_so in cases:
        for buoc in ho_so.buoc.filter(loai__in=(*CUA_CHI_DOAN, *CUA_BCH)):
            changes = {"dia_diem": str(ho_so.chi_doan)}
            save_bien_ban(buoc=buoc, version=None, changes=changes, by=can_bo_phuong)
    create_ke_hoach(to=to, nam=2026, by=can_bo_phuong, **KE_HOACH)
    make_thanh_vien(to=to, doan_vien=make_doan_vien(chi_doan=hai[1]))
    make_de_xuat(doan_vien=make_doan_vien(chi_doan=hai[1]))
    le_trao = create_le_trao(don_vi=phuong, ten="Lễ", ngay=date(2026, 11, 20), by=can_bo_phuong)
    pick_ho_so(le_trao=le_trao, ho_so=cases, by=can_bo_phuong)
    with override_settings(TASKS=QUEUE):
        in_hang_loat.create_dot_in(ho_so=cases, ma_gui=uuid4(), by=bi_thu_phuong)
    return cases


def closed_pages(client) -> dict:
    """Those of its pages that do not open."""
    cases, le_trao = HoSo.objects.all(), LeTrao.objects.get()
    urls = [
        *(row.get_absolute_url() for row in (*cases, le_trao)),
        *(model.objects.get().get_absolute_url() for model in (DotIn, KeHoachTo, ToTuDuong)),
        *(reverse("tuduong:bien_ban_chi_doan", args=[row.pk]) for row in cases),
        *(reverse("tuduong:bien_ban_bch", args=[row.pk]) for row in cases),
        reverse("tuduong:dot_in_create"),
        reverse("tuduong:le_trao_pick", args=[le_trao.pk]),
    ]
    found = {url: client.get(url).status_code for url in urls}
    return {url: status for url, status in found.items() if status != 200}


def outcomes(dot: DotIn) -> list:
    return list(dot.dong.values_list("trang_thai", "ly_do"))


def numbers(don_vi, loai: str) -> list[int]:
    rows = VanBan.objects.filter(don_vi=don_vi, loai=loai)
    return sorted(rows.values_list("so", flat=True))


def test_work_goes_along_when_branches_merge_and_comes_back_when_that_is_undone(
    dang_lam, hai, phuong, client_of, van_phong, bi_thu_phuong
):
    before, client = anh(*TABLES), client_of(bi_thu_phuong)

    done = lam([sap_nhap(hai, cap_tren=phuong.pk)], van_phong)

    new = DonVi.objects.get(ten="Khu vực 12")
    for model in (HoSo, ThanhVienTo, DeXuatVaoTo):
        assert set(model.objects.values_list("chi_doan", flat=True)) == {new.pk}
    assert closed_pages(client) == {}
    sap_xep.revert(sap_xep=done, ly_do="Thử", by=van_phong)
    assert anh(*TABLES) == before
    assert closed_pages(client) == {}


def test_minutes_of_branches_that_merged_stay_those_of_their_own_meetings(
    dang_lam, hai, phuong, van_phong, can_bo_phuong, bi_thu_phuong
):
    """Both met on one day; written on and issued, they are of the branch that met."""
    lam([sap_nhap(hai, cap_tren=phuong.pk)], van_phong)

    for ho_so, unit in zip(dang_lam, hai, strict=True):
        ho_so.refresh_from_db()
        buoc = ho_so.buoc.get(loai=BuocHoSo.Loai.DE_NGHI)
        save_bien_ban(buoc=buoc, version=None, changes={"thu_ky": "A"}, by=can_bo_phuong)
        giay = giay_cua(ho_so, BANG["bien-ban-chi-doan"])
        assert (giay.target.dia_diem, giay.ho_so) == (str(unit), [ho_so])
        paper = issue_giay(ho_so=ho_so, loai=BANG["bien-ban-chi-doan"], by=bi_thu_phuong)
        assert (paper.don_vi, paper.so) == (unit, 1)


def test_a_batch_goes_on_when_its_branches_have_merged(dang_lam, hai, phuong, van_phong):
    lam([sap_nhap(hai, cap_tren=phuong.pk)], van_phong)
    dot = DotIn.objects.get()

    run(dot.cong_viec_id)

    assert outcomes(dot) == [("xong", "")] * 2
    assert numbers(DonVi.objects.get(ten="Khu vực 12"), "NQ") == [1, 2]
    assert [numbers(phuong, loai) for loai in ("NQ", "DS", "BB")] == [[1, 2], [1, 2], [1]]


def test_work_goes_along_when_a_ward_is_merged_and_comes_back_when_that_is_undone(
    dang_lam, phuong, phuong_khac, client_of, van_phong, bi_thu_phuong
):
    before = anh(*TABLES)

    done = lam([sap_nhap([phuong], don_vi=phuong_khac.pk)], van_phong)

    for model in (HoSo, ToTuDuong):
        assert set(model.objects.values_list("don_vi", flat=True)) == {phuong_khac.pk}
    there = make_nguoi_dung(VaiTro.BI_THU_PHUONG, DonVi.objects.get(pk=phuong_khac.pk))
    assert closed_pages(client_of(there)) == {}
    there.phan_cong.all().delete()
    sap_xep.revert(sap_xep=done, ly_do="Thử", by=van_phong)
    assert anh(*TABLES) == before
    assert closed_pages(client_of(bi_thu_phuong)) == {}


def test_who_took_the_ward_over_finishes_what_was_begun(dang_lam, phuong, phuong_khac, van_phong):
    """Whoever began the batch signs there no more; the minutes are of the committee that met."""
    lam([sap_nhap([phuong], don_vi=phuong_khac.pk)], van_phong)
    ward = DonVi.objects.get(pk=phuong_khac.pk)
    there = make_nguoi_dung(VaiTro.BI_THU_PHUONG, ward)
    dot = DotIn.objects.get()

    run(dot.cong_viec_id)
    refused = outcomes(dot)
    with override_settings(TASKS=QUEUE):
        dot = in_hang_loat.continue_dot_in(dot=dot, by=there)
    run(dot.cong_viec_id)

    assert refused == [("hong", "Đồng chí không còn quyền ký hồ sơ này.")] * 2
    assert outcomes(dot) == [("xong", "")] * 2
    assert [numbers(ward, loai) for loai in ("NQ", "DS", "BB")] == [[1, 2], [1, 2], []]
    assert numbers(phuong, "BB") == [1]
    assert issue_ke_hoach(ke_hoach=KeHoachTo.objects.get(), by=there).don_vi == ward
    assert send_all(le_trao=LeTrao.objects.get(), by=there).da_gui == 2


def test_the_list_of_a_ceremony_can_still_be_changed_by_who_took_the_ward_over(
    dang_lam, phuong, phuong_khac, client_of, van_phong
):
    lam([sap_nhap([phuong], don_vi=phuong_khac.pk)], van_phong)
    there = make_nguoi_dung(VaiTro.BI_THU_PHUONG, DonVi.objects.get(pk=phuong_khac.pk))
    pick = reverse("tuduong:le_trao_pick", args=[LeTrao.objects.get().pk])
    client = client_of(there)

    offered = client.get(pick).context["form"].fields["ho_so"].queryset
    client.post(pick, {"ho_so": [dang_lam[1].pk]})

    assert set(offered) == set(dang_lam)
    assert DongLeTrao.objects.get().ho_so == dang_lam[1]
