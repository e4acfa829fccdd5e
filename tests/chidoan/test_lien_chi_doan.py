"""Joint meetings: one host, each branch its own roll, figures each its own."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from chidoan.models import BuoiSinhHoat, DiemDanh
from chidoan.moi.services import Hen, answer, update_hen
from chidoan.noi_dung import Dong, read_noi_dung
from chidoan.queries import cung_hop
from chidoan.services import delete_draft
from core.errors import RuleError
from core.periods import today
from tests.chidoan.buoi_data import post_data
from tests.chidoan.test_services_buoi import NGAY, change, log, said
from tests.factories import make_buoi, make_chi_doan, make_doan_vien

LIEN = "lien_chi_doan"


@pytest.fixture
def members(chi_doan):
    return [make_doan_vien(chi_doan=chi_doan) for _ in range(3)]


@pytest.fixture
def guests(phuong):
    """Another branch of the ward with two members."""
    chi_doan = make_chi_doan(phuong=phuong, ten="Khu vực 9")
    return [make_doan_vien(chi_doan=chi_doan) for _ in range(2)]


def joint(members, *branches, **changes):
    keys = tuple(sorted(branch.pk for branch in branches))
    return said(members, loai=LIEN, cung_hop=keys, **changes)


def test_each_branch_gets_a_draft_with_its_own_roster(chi_doan, members, guests, bi_thu):
    other = guests[0].chi_doan

    host = log(chi_doan, joint(members, other, noi_dung="Bàn việc chung"), bi_thu)

    (theirs,) = host.cung_hop.all()
    assert (theirs.chi_doan, theirs.trang_thai, theirs.loai, theirs.ngay) == (
        other,
        "nhap",
        LIEN,
        NGAY,
    )
    assert (theirs.noi_dung, theirs.chu_tri, theirs.is_hen) == ("Bàn việc chung", members[0], True)
    assert {row.doan_vien for row in theirs.diem_danh.all()} == set(guests)
    assert not BuoiSinhHoat.objects.da_hop().filter(chi_doan=other).exists()
    assert read_noi_dung(host).cung_hop == (other.pk,)


def test_branch_finishes_its_roll_under_the_host_s_chair(chi_doan, members, guests, bi_thu):
    host = log(chi_doan, joint(members, guests[0].chi_doan), bi_thu)
    theirs = host.cung_hop.get()
    roll = {guests[0].pk: Dong(), guests[1].pk: Dong(trang_thai="vang")}

    theirs = change(theirs, joint(members, diem_danh=roll))

    assert theirs.trang_thai == "hoan_thanh"
    (row,) = cung_hop(host)
    assert (row.so_du_hop, row.so_danh_sach) == (1, 2)
    assert cung_hop(theirs)[0].so_du_hop == 3
    assert DiemDanh.objects.filter(buoi=host).count() == 3


def test_drafts_follow_the_host_until_somebody_writes_in_them(chi_doan, members, guests, phuong):
    other, third = guests[0].chi_doan, make_chi_doan(phuong=phuong)
    make_doan_vien(chi_doan=third)
    host = log(chi_doan, joint(members, other, third))
    begun = host.cung_hop.get(chi_doan=third)
    roll = {row.doan_vien_id: Dong() for row in begun.diem_danh.all()}
    change(begun, joint(members, diem_danh=roll, chu_diem="Của mình"), hoan_thanh=False)

    host = change(host, joint(members, other, third, chu_diem="Sửa lại"))

    assert host.cung_hop.get(chi_doan=other).chu_diem == "Sửa lại"
    assert host.cung_hop.get(chi_doan=third).chu_diem == "Của mình"

    change(host, joint(members, third, chu_diem="Sửa lại"))
    assert [row.chi_doan for row in host.cung_hop.all()] == [third]


def test_branches_that_cannot_join_are_refused(chi_doan, members, guests, phuong, bi_thu):
    ended = make_chi_doan(phuong=phuong, ket_thuc=date(2026, 9, 1))
    for branch in (make_chi_doan(), ended, chi_doan):
        with pytest.raises(RuleError, match="cùng phường") as refused:
            log(chi_doan, joint(members, branch))
        assert refused.value.field == "cung_hop"

    host = log(chi_doan, joint(members, guests[0].chi_doan), bi_thu)
    roll = {guest.pk: Dong() for guest in guests}
    change(host.cung_hop.get(), joint(members, diem_danh=roll))
    with pytest.raises(RuleError, match="đã ghi buổi chung"):
        change(host, said(members, loai=LIEN), bi_thu)
    with pytest.raises(RuleError, match="mời các chi đoàn"):
        change(host.cung_hop.get(), joint(members, chi_doan, diem_danh=roll))


def test_draft_in_which_a_branch_has_written_is_not_taken_from_it(chi_doan, members, guests):
    host = log(chi_doan, joint(members, guests[0].chi_doan))
    roll = {guest.pk: Dong() for guest in guests}
    words = joint(members, diem_danh=roll, y_kien="Nửa giờ ghi chép")
    begun = change(host.cung_hop.get(), words, hoan_thanh=False)

    with pytest.raises(RuleError, match="đang ghi bản nháp") as refused:
        change(host, said(members, loai="dinh_ky"))

    assert refused.value.field == "cung_hop"
    assert read_noi_dung(BuoiSinhHoat.objects.get(pk=begun.pk)).y_kien == "Nửa giờ ghi chép"
    delete_draft(buoi=begun, by=None)
    change(host, said(members, loai="dinh_ky"))


def test_called_joint_meeting_takes_its_branches_along_to_another_day(
    chi_doan, members, guests, bi_thu
):
    day = today() + timedelta(days=3)
    host = make_buoi(
        chi_doan=chi_doan, ngay=day, loai=LIEN, trang_thai="nhap", hen_luc=timezone.now()
    )
    host = change(host, joint(members, guests[0].chi_doan, ngay=day), hoan_thanh=False)
    theirs = host.cung_hop.get()
    answer(buoi=theirs, doan_vien=guests[0], du_hop=True)
    moved = Hen(
        loai=LIEN, ngay=day + timedelta(days=1), bat_dau=time(8, 30), dia_diem="Sân vận động"
    )

    host = update_hen(buoi=host, version=host.version, hen=moved, by=bi_thu)

    theirs.refresh_from_db()
    assert (theirs.ngay, theirs.bat_dau, theirs.dia_diem) == (
        moved.ngay,
        moved.bat_dau,
        moved.dia_diem,
    )
    assert not theirs.tra_loi.exists()  # they answered for another day
    assert theirs.diem_danh.count() == 2
    with pytest.raises(RuleError, match="bỏ chọn") as refused:
        update_hen(buoi=host, version=host.version, hen=replace(moved, loai="dinh_ky"), by=bi_thu)
    assert refused.value.field == "loai"


def test_joint_meeting_through_the_pages(client_of, bi_thu, chi_doan, members, guests):
    client, other = client_of(bi_thu), guests[0].chi_doan
    data = post_data(chi_doan, loai=LIEN, cung_hop=[other.pk])

    draft = client.post(reverse("chidoan:buoi_create"), data | {"luu": "nhap"})
    page = client.get(draft.url).context["page"]
    done = client.post(draft.url, data | {"version": 1})
    seen = client.get(done.url).content.decode()

    assert page.cung_hop["cung_hop"].value() == [other.pk]
    assert BuoiSinhHoat.objects.get(chi_doan=other).is_nhap
    assert "Khu vực 9: chưa ghi" in seen
    assert (
        client.get(BuoiSinhHoat.objects.get(chi_doan=other).get_absolute_url()).status_code == 404
    )


def test_draft_that_others_were_invited_to_is_not_thrown_away_under_them(
    chi_doan, members, guests, bi_thu
):
    other = guests[0].chi_doan
    host = make_buoi(
        chi_doan=chi_doan, ngay=NGAY, loai=LIEN, trang_thai="nhap", hen_luc=timezone.now()
    )
    host = change(host, joint(members, other), bi_thu, hoan_thanh=False)
    assert host.cung_hop.get().chi_doan == other

    with pytest.raises(RuleError, match="bỏ chọn các chi đoàn cùng họp"):
        delete_draft(buoi=host, by=bi_thu)
    host = change(host, said(members, loai=LIEN), bi_thu, hoan_thanh=False)
    delete_draft(buoi=host, by=bi_thu)

    assert not BuoiSinhHoat.objects.exists()


def test_called_meeting_that_was_moved_is_filled_too(chi_doan, members, bi_thu):
    called = make_buoi(
        chi_doan=chi_doan, ngay=today(), trang_thai="nhap", hen_luc=timezone.now(), version=3
    )

    assert log(chi_doan, said(members, ngay=today()), bi_thu).pk == called.pk


def test_called_meeting_in_which_somebody_has_written_is_left_alone(chi_doan, members, bi_thu):
    begun = make_buoi(
        chi_doan=chi_doan,
        ngay=today(),
        trang_thai="nhap",
        hen_luc=timezone.now(),
        version=2,
        diem_danh=dict.fromkeys(members, "vang"),
    )

    assert log(chi_doan, said(members, ngay=today()), bi_thu).pk != begun.pk


def test_meeting_that_was_called_is_filled_not_doubled(chi_doan, members, bi_thu):
    called = make_buoi(chi_doan=chi_doan, ngay=today(), trang_thai="nhap", hen_luc=timezone.now())
    other_day = make_buoi(
        chi_doan=chi_doan,
        ngay=today() + timedelta(days=3),
        trang_thai="nhap",
        hen_luc=timezone.now(),
    )

    buoi = log(chi_doan, said(members, ngay=today()), bi_thu)

    assert buoi.pk == called.pk
    assert BuoiSinhHoat.objects.filter(chi_doan=chi_doan).count() == 2
    assert BuoiSinhHoat.objects.get(pk=other_day.pk).is_hen
